// One immutable part of the index: documents, their postings and what merging needs. Parts of like size are merged eight at a
// time (a log-structured merge), so a document is copied about log8(n) times.
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

#include "match/internal/blob.h"
#include "match/internal/kinds.h"
#include "match/internal/large_pages.h"
#include "match/internal/postings.h"
#include "match/internal/terms.h"
#include "match/match.h"

namespace jingwei::match {

constexpr std::int64_t kNoAmount = std::numeric_limits<std::int64_t>::min();

/// What features read of a document; strings as hashes. Put together from a part's columns, see PartData::row().
struct Row {
  std::uint64_t kind = 0;
  std::uint64_t segment = 0;
  std::int64_t amount_fen = kNoAmount;
  std::int64_t updated_us = 0;    ///< to the second
  std::uint32_t owner = 0;        ///< owner_number
  std::uint32_t region = 0;       ///< GB/T 2260 as a number; 0: none
  std::uint32_t valid_to = 0;     ///< yyyymmdd; 0: no end
  std::uint8_t trl = 0;           ///< 0: none
  std::uint8_t stages = 0;        ///< bits of kStages; 0: any
  std::uint8_t kind_place = 0;    ///< place in kKinds; of "other" for an unknown kind
  std::uint8_t text_kind = 0;     ///< place in kKinds of what the text alone suggests
  std::uint8_t money = 0;         ///< MoneyForm bits of a fund
  Trades trades;
};

/// What of it has no column of its own.
struct StoredRow {
  std::int64_t amount_fen = kNoAmount;
  std::uint32_t owner = 0;        ///< owner_number
  std::uint32_t updated_s = 0;    ///< UTC, from 1970; 0: unknown
  Trades trades;
  std::uint32_t blob = 0;         ///< where the document begins in the text blob
  std::uint8_t trl = 0;
  std::uint8_t stages = 0;
  std::uint8_t text_kind = 0;
  std::uint8_t money = 0;
};
static_assert(sizeof(StoredRow) == 32 && std::is_trivially_copyable_v<StoredRow>);

/// Codes that many documents of a part share, each kept once. The first is empty.
class Codes {
 public:
  /// A part's 65,536th code and what comes after it are not kept: place 0.
  std::uint16_t place(std::string_view code);
  std::uint16_t place_of_hash(std::uint64_t hash) const;  ///< kNone when none has it
  const std::string& code(std::uint16_t place) const { return codes_[place]; }
  std::uint64_t hash(std::uint16_t place) const { return hashes_[place]; }
  const std::vector<std::string>& all() const { return codes_; }
  static constexpr std::uint16_t kNone = std::numeric_limits<std::uint16_t>::max();

 private:
  std::vector<std::string> codes_{""};
  std::vector<std::uint64_t> hashes_{stable_hash(std::string_view())};
};

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

/// A document's texts as they are compared: see PartData::read_folded.
struct FoldedDocument {
  std::vector<char16_t> title;
  std::vector<char16_t> text;
};

struct PartData {
  LargeVector<StoredRow> rows;
  LargeVector<std::uint32_t> by_id;        ///< rows sorted by hash of id
  LargeVector<TermKey> keys;               ///< sorted
  LargeVector<std::uint32_t> offsets;      ///< of each key's list in `postings`
  LargeVector<std::uint8_t> postings;      ///< lists as postings.h has them
  LargeVector<std::uint8_t> blob;          ///< ids and texts of documents as they came, and their opaque terms
  LargeVector<Topics> topics;              ///< of each row
  LargeVector<std::uint8_t> text_steps;    ///< length_step of each row
  LargeVector<std::uint8_t> title_steps;
  LargeVector<std::uint16_t> kinds;        ///< place in kind_codes; of what the text suggests when no kind is given
  LargeVector<std::uint16_t> segments;     ///< place in segment_codes
  LargeVector<std::uint32_t> regions;
  LargeVector<std::uint32_t> valid_to;
  Codes kind_codes;
  Codes segment_codes;
  std::vector<Adjustment> adjustments;     ///< sorted by key, none zero
  Totals totals;                           ///< of the rows, minus documents removed elsewhere

  // Made by finish(), never saved.
  LargeVector<std::uint32_t> slots;        ///< hash table over keys: a key's number, some bits of the key above it; empty in small parts
  std::uint32_t number_bits = 0;           ///< of a slot that say the number
  std::vector<std::uint8_t> kind_places;   ///< in kKinds, of each of kind_codes

  /// Room for so many rows.
  void reserve(std::size_t rows_wanted);
  /// Appends a row of another part, or a new one. Its text lies at the end of the blob.
  void append_row(const PartData& from, std::uint32_t row);
  void append_row(const Document& document, const TermCounts& counts);
  void finish();
  DocumentLengths lengths() const { return {text_steps.data(), title_steps.data()}; }

  /// First byte of the term's list, or nothing.
  const std::uint8_t* find(TermKey key) const;
  /// Documents that hold the term as far as this part knows (its rows plus its adjustments).
  std::int64_t frequency(TermKey key) const;
  void add_frequencies(std::span<const TermKey> keys, std::span<std::int64_t> frequencies) const;
  /// Lists of many terms at once: what each asks of the memory is fetched together.
  std::vector<const std::uint8_t*> find_all(std::span<const TermKey> keys) const;
  Row row(std::uint32_t row) const;
  Document document(std::uint32_t row) const;
  /// Without title and text.
  Document particulars(std::uint32_t row) const;
  /// Title and text in folded UTF-16 units, without making strings.
  void read_folded(std::uint32_t row, FoldedDocument& out) const;
  std::string_view id(std::uint32_t row) const;
  /// Title, text and opaque terms come next from it.
  BlobReader texts(std::uint32_t row) const {
    BlobReader reader(blob.data() + rows[row].blob);
    (void)reader.string();
    return reader;
  }
  OpaqueTerms opaque_terms(std::uint32_t row) const {
    BlobReader reader = texts(row);
    reader.skip_text();
    reader.skip_text();
    return reader.opaque_terms();
  }
  /// Hints to the processor; they change nothing.
  void prefetch_row(std::uint32_t row) const {
    __builtin_prefetch(&rows[row].blob);
    __builtin_prefetch(&text_steps[row]);
    __builtin_prefetch(&title_steps[row]);
  }
  void prefetch_columns(std::uint32_t row) const {
    __builtin_prefetch(&kinds[row]);
    __builtin_prefetch(&segments[row]);
    __builtin_prefetch(&regions[row]);
    __builtin_prefetch(&valid_to[row]);
  }
  void prefetch_text(std::uint32_t row) const {
    for (std::uint32_t line = 0; line < 7; ++line) __builtin_prefetch(blob.data() + rows[row].blob + line * 64);
  }
  std::size_t bytes() const;

 private:
  static constexpr std::uint32_t kFree = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint64_t mixed(TermKey key) { return key * 0x9e3779b97f4a7c15ULL; }
  std::size_t slot_of(TermKey key) const { return static_cast<std::size_t>(static_cast<unsigned __int128>(mixed(key)) * slots.size() >> 64); }
  std::uint32_t tag_of(TermKey key) const { return static_cast<std::uint32_t>(mixed(key) & kFree >> 1) >> number_bits << number_bits; }
  std::uint32_t number_in(std::uint32_t slot) const { return slot & ((1U << number_bits) - 1); }
  /// Number of the key, kFree when there is none. Keys of other tags are passed over without looking at them.
  std::uint32_t number_of(TermKey key) const;
  std::size_t slot_after(std::size_t slot) const { return slot + 1 < slots.size() ? slot + 1 : 0; }
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
/// Tells owners apart; two of a region's may share one by a chance in billions. 0: no owner.
std::uint32_t owner_number(std::string_view owner);
/// "330402" as 330402; of what is no number, something that finds it again.
std::uint32_t region_number(std::string_view region);

/// A document with its terms, ready to be put.
struct AnalysedDocument {
  Document document;
  TermCounts counts;
};

PartData make_part(std::span<const AnalysedDocument> documents, const Saturation& saturation);
/// A part that takes one document off the statistics.
PartData make_removal(const TermCounts& counts);
/// In which order a merged part keeps its documents. By topic, those that speak of the same lie together: lists have runs and gaps, whole
/// windows are passed over, and the texts that are scored again lie near each other.
enum class RowOrder { as_they_came, by_topic };
/// One part out of several, without what was removed.
/// `moved` receives where each part's rows went (kGone for those dropped), when asked for.
PartData merge_parts(std::span<const Part> parts, const Saturation& saturation, RowOrder order = RowOrder::as_they_came,
                     std::vector<std::vector<std::uint32_t>>* moved = nullptr);
constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();

}  // namespace jingwei::match
