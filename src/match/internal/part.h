// One immutable part of the index: documents, their postings and what merging needs. A single new document is a part of its
// own; parts of like size are merged eight at a time (a log-structured merge), so a document is copied about log8(n) times.
//
// Postings of a term: varint count, then per document varint(gap * 4 + form). Form 0: once in the text; 1: once in the text, as
// a word; 2: once in the title alone, as a word; 3: one byte follows, text count (4 bits) | title count (2) | word (1).
// The first gap is from document 0. A varint is little-endian groups of 7 bits (LEB128).
//
// Document frequencies stay exact after removals: a removal adds a part without documents whose `adjustments` take the
// removed document's terms off; merging drops the document for good and cancels both. So the same documents give the same
// scores, whatever their history.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "match/internal/kinds.h"
#include "match/internal/terms.h"
#include "match/match.h"

namespace jingwei::match {

constexpr std::int64_t kNoAmount = std::numeric_limits<std::int64_t>::min();

/// What filters and features read; strings as hashes (the strings themselves are in the text blob).
struct Row {
  std::uint64_t id = 0;
  std::uint64_t kind = 0;
  std::uint64_t segment = 0;
  std::uint64_t owner = 0;
  std::int64_t amount_fen = kNoAmount;
  std::int64_t updated_us = 0;
  std::uint32_t blob = 0;      ///< where the document begins in the text blob
  std::uint32_t region = 0;    ///< GB/T 2260 as a number; 0: none
  std::uint32_t valid_to = 0;  ///< yyyymmdd; 0: no end
  std::uint16_t title_length = 0;
  std::uint16_t text_length = 0;
  std::uint8_t trl = 0;        ///< 0: none
  std::uint8_t stages = 0;     ///< bits of kStages; 0: any
  std::uint8_t text_kind = 0;  ///< place in kKinds of what the text alone suggests
  std::uint8_t padding[5] = {};
};
static_assert(sizeof(Row) == 72 && std::is_trivially_copyable_v<Row>);

struct Adjustment {
  TermKey key = 0;
  std::int64_t documents = 0;
};

struct Totals {
  std::int64_t documents = 0;
  std::int64_t title_length = 0;
  std::int64_t text_length = 0;
  void operator+=(const Totals& other) {
    documents += other.documents;
    title_length += other.title_length;
    text_length += other.text_length;
  }
};

struct Posting {
  std::uint32_t document = 0;
  std::uint8_t text = 0;
  std::uint8_t title = 0;
  bool word = false;
};

/// Reads one posting list from front to back.
class PostingReader {
 public:
  explicit PostingReader(const std::uint8_t* at) : at_(at) { left_ = read(); }
  std::uint32_t left() const { return left_; }
  const std::uint8_t* at() const { return at_; }
  bool next(Posting& posting) {
    if (left_ == 0) return false;
    --left_;
    const std::uint32_t gap = read();
    document_ += gap >> 2;
    posting.document = document_;
    const std::uint32_t form = gap & 3;
    if (form == 3) {
      const std::uint8_t counts = *at_++;
      posting.text = counts & 15;
      posting.title = (counts >> 4) & 3;
      posting.word = (counts & 64) != 0;
    } else {
      posting.text = form != 2;
      posting.title = form == 2;
      posting.word = form != 0;
    }
    return true;
  }

 private:
  std::uint32_t read() {
    std::uint32_t value = *at_++;
    if (value < 128) return value;
    value &= 127;
    for (int shift = 7;; shift += 7) {
      const std::uint32_t byte = *at_++;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
  const std::uint8_t* at_;
  std::uint32_t left_ = 0;
  std::uint32_t document_ = 0;
};

struct PartData {
  std::vector<Row> rows;
  std::vector<std::uint32_t> by_id;        ///< rows sorted by hash of id
  std::vector<TermKey> keys;               ///< sorted
  std::vector<std::uint32_t> offsets;      ///< of each key's list in `postings`
  std::vector<std::uint8_t> postings;
  std::vector<std::uint8_t> blob;          ///< documents as they came
  std::vector<Adjustment> adjustments;     ///< sorted by key, none zero
  Totals totals;                           ///< of the rows, minus documents removed elsewhere
  std::uint32_t level = 0;                 ///< 0 for one document; merging eight raises it by one

  /// First byte of the term's list, or nothing.
  const std::uint8_t* find(TermKey key) const;
  /// Documents that hold the term as far as this part knows (its rows plus its adjustments).
  std::int64_t frequency(TermKey key) const;
  Document document(std::uint32_t row) const;
  std::string_view id(std::uint32_t row) const;
  std::size_t bytes() const;
};

/// A part and which of its documents are gone. Copied on every change; the data is shared.
struct Part {
  std::shared_ptr<const PartData> data;
  std::shared_ptr<const std::vector<std::uint64_t>> removed;  ///< bitmap; nothing: none removed
  std::uint32_t removed_count = 0;
  bool is_removed(std::uint32_t row) const { return removed && ((*removed)[row / 64] >> (row % 64) & 1) != 0; }
};

/// Bits of Row::stages in this order; an unknown stage sets no bit.
std::uint8_t stage_bits(std::span<const std::string> stages);
/// "2026-01-21" as 20260121; 0 when it is no such text.
std::uint32_t day_number(std::string_view day);

PartData make_part(const Document& document, const TermCounts& counts);
/// A part that takes one document off the statistics.
PartData make_removal(const TermCounts& counts);
/// One part out of several, in their order, without what was removed.
PartData merge_parts(std::span<const Part> parts);

}  // namespace jingwei::match
