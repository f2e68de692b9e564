// Posting lists: which documents of a part hold a term, and how often. Blocks of 128 documents, bit-packed in four lanes so that
// SIMD unpacks them (Lemire, Boytsov 2015), with the largest share that any document of the block can get (block maxima), so
// that whole blocks are passed over. What is left over below 128 is a block of bytes.
//
//   list   := varint count, u8 largest share of the list, count/128 block heads (only when count >= 128), blocks, rest
//   head   := u32 last document, u32 offset of the block's bytes from the list's first byte, u8 bits, u8 kinds, u8 largest share, u8 0
//   block  := 16 * bits bytes of gaps - 1, then (kinds != 0) 32 bytes with two bits of form for each document, then the counts
//   rest   := varint(gap * 4 + form), one byte of counts for form 3
// Forms: 0 once in the text; 1 once in the title; 2 once in both; 3 counts follow, text in the low four bits, title above them.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "match/internal/large_pages.h"
#include "match/internal/terms.h"
#include "match/internal/weights.h"

namespace jingwei::match {

constexpr std::size_t kBlockDocuments = 128;
constexpr std::uint32_t kWindowDocuments = 262'144;  ///< that are looked through together, at most
constexpr std::uint32_t kNoDocument = 0xffffffff;

struct Posting {
  std::uint32_t document = 0;
  std::uint8_t text = 0;
  std::uint8_t title = 0;
};

/// Lengths of a document in steps: exact below 192 characters, then about 5 % apart, so that one byte is enough.
std::uint8_t length_step(std::uint32_t length);

/// BM25F's saturated frequency of a term within one document, 0 to 1. Lengths count against those of weights.yaml and not
/// against the collection's mean: a score depends on nothing but need, document and how rare a term is.
class Saturation {
 public:
  explicit Saturation(const Weights& weights);
  float of(std::uint8_t text, std::uint8_t title, std::uint8_t text_step, std::uint8_t title_step) const {
    const float frequency = static_cast<float>(text) * body_[text_step] + static_cast<float>(title) * title_[title_step];
    return frequency / (k1_ + frequency);
  }
  /// Of a term that stands once in the text, by its length's step.
  const float* once_in_text() const { return once_in_text_.data(); }

 private:
  float k1_;
  std::array<float, 256> body_;
  std::array<float, 256> title_;
  std::array<float, 256> once_in_text_;
};

/// What a list needs to know of the documents of its part.
struct DocumentLengths {
  const std::uint8_t* text_steps = nullptr;
  const std::uint8_t* title_steps = nullptr;
};

/// Appends the list of `postings`, which rise by document and are not empty.
void write_list(std::span<const Posting> postings, const Saturation& saturation, DocumentLengths lengths, LargeVector<std::uint8_t>& out);

/// How many documents a list has, without reading it.
std::uint32_t list_count(const std::uint8_t* list);
/// All of it, appended. For merging.
void read_list(const std::uint8_t* list, std::vector<Posting>& out);

/// What a list adds to the documents that it holds, in whole units of a search: its weight times their share, rounded down.
struct Gain {
  /// A flat list gives its whole weight to every document that it holds. `saturation` must outlive it.
  Gain(float weight, const Saturation& saturation, bool flat);
  std::uint16_t of(std::uint8_t counts, std::uint8_t text_step, std::uint8_t title_step) const {
    return counts == 1 || flat ? once[text_step] : static_cast<std::uint16_t>(weight * saturation->of(counts & 15, counts >> 4, text_step, title_step));
  }
  /// At least what any document with at most this share gets.
  std::uint32_t most(float share) const { return static_cast<std::uint32_t>(weight * (flat ? 1.0F : share)) + 1; }

  const Saturation* saturation;
  float weight;
  bool flat;
  std::array<std::uint16_t, 256> once;  ///< for a term that stands once in the text, by the text's length step
};

/// The documents of a window that were marked: a bit each, and above them a bit for each 64, so that few are found without looking at all.
class Marks {
 public:
  void set(std::uint32_t at) {
    bits_[at / 64] |= std::uint64_t{1} << (at % 64);
    groups_[at / 4096] |= std::uint64_t{1} << (at / 64 % 64);
  }
  bool holds(std::uint32_t at) const { return (bits_[at / 64] >> (at % 64) & 1) != 0; }
  /// Calls visit(at) for each below `size`, rising, and takes the mark away. None may be beyond.
  template <class Visit>
  void take_all(std::uint32_t size, const Visit& visit) {
    for (std::uint32_t top = 0; top * 4096 < size; ++top)
      for (std::uint64_t groups = std::exchange(groups_[top], 0); groups != 0; groups &= groups - 1) {
        const std::uint32_t group = top * 64 + static_cast<std::uint32_t>(std::countr_zero(groups));
        for (std::uint64_t bits = std::exchange(bits_[group], 0); bits != 0; bits &= bits - 1) visit(group * 64 + static_cast<std::uint32_t>(std::countr_zero(bits)));
      }
  }

 private:
  std::array<std::uint64_t, kWindowDocuments / 64> bits_{};
  std::array<std::uint64_t, kWindowDocuments / 4096> groups_{};
};

/// Walks a list forward, block by block.
class ListCursor {
 public:
  /// Without lengths only documents and counts can be read; a flat list gives all its documents the same and reads no counts.
  ListCursor(const std::uint8_t* list, DocumentLengths lengths, bool flat = false);

  std::uint32_t count() const { return count_; }
  /// Back to the first document.
  void rewind() {
    ahead_ = block_ = at_ = 0;
    decoded_ = false;
  }
  /// Calls visit(first, last) for each block of 128: its documents lie from `first` up to `last`, which is one of them.
  template <class Visit>
  void each_block(const Visit& visit) const {
    for (std::uint32_t block = 0, first = 0; block < full_; first = head(block).last + 1, ++block) visit(first, head(block).last);
  }
  float largest() const { return largest_; }  ///< share of any document of the list
  /// What the list has of the documents [from, to), or somewhat more. Moves forward: `from` never falls.
  struct Within {
    float largest = 0;        ///< share
    std::uint32_t count = 0;  ///< of documents
  };
  Within within(std::uint32_t from, std::uint32_t to);
  /// Adds what the list gives to `scores[document - from]` for the documents from `from` up to `to`; each call begins where the
  /// last one ended. Who then has more than `least` is marked in `over`, counted from `from` too. `given`, when there is one, receives
  /// the documents.
  void add(std::uint32_t from, std::uint32_t to, const Gain& gain, std::uint16_t* scores, std::uint32_t least, Marks& over,
           std::vector<std::uint32_t>* given = nullptr);
  /// Adds what the list gives to documents that are marked, and passes over the others.
  void add_marked(std::uint32_t from, std::uint32_t to, const Gain& gain, std::uint16_t* scores, const Marks& marked);
  /// What the list gives a document; 0 when it does not hold it. Documents rise from call to call.
  std::uint16_t given(std::uint32_t document, const Gain& gain);

 private:
  struct Head {
    std::uint32_t last;
    std::uint32_t offset;
    std::uint8_t bits;
    std::uint8_t forms;
    std::uint8_t largest;
    std::uint8_t zero;
  };
  friend void write_list(std::span<const Posting>, const Saturation&, DocumentLengths, LargeVector<std::uint8_t>&);
  friend void read_list(const std::uint8_t*, std::vector<Posting>&);
  Head head(std::uint32_t block) const {
    Head head;
    std::memcpy(&head, heads_ + block * sizeof head, sizeof head);
    return head;
  }
  /// Calls use(begin, end) for the documents from `from` up to `to`, which lie there in documents_; each call begins where the last ended.
  template <class Use>
  void each_run(std::uint32_t from, std::uint32_t to, const Use& use);
  /// Moves to the first block that may hold `document` or later ones; false at the end.
  bool seek_block(std::uint32_t document);
  void decode(std::uint32_t block);
  void decode_forms(const std::uint8_t* forms);
  void decode_rest();
  std::uint8_t counts_at(std::uint32_t i) const { return (special_[i / 64] >> (i % 64) & 1) != 0 ? counts_[i] : 1; }
  std::uint16_t given_at(std::uint32_t i, const Gain& gain) const {
    const std::uint32_t document = documents_[i];
    return gain.of(counts_at(i), lengths_.text_steps[document], lengths_.title_steps[document]);
  }

  const std::uint8_t* list_;
  const std::uint8_t* heads_;
  DocumentLengths lengths_;
  bool flat_;
  std::uint32_t count_ = 0;
  std::uint32_t full_ = 0;       ///< blocks of 128
  std::uint32_t blocks_ = 0;     ///< with the rest
  float largest_ = 0;
  std::uint32_t ahead_ = 0;      ///< block that within() looks at
  std::uint32_t block_ = 0;      ///< block that is or will be decoded
  bool decoded_ = false;
  std::uint32_t size_ = 0;       ///< documents decoded
  std::uint32_t at_ = 0;         ///< first of them not yet passed
  std::array<std::uint64_t, 2> special_{};  ///< which of them do not stand once in the text: counts_ says how they stand
  alignas(16) std::array<std::uint32_t, kBlockDocuments> documents_;
  std::array<std::uint8_t, kBlockDocuments> counts_;  ///< text | title << 4
};

}  // namespace jingwei::match
