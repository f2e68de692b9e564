// What the index counts. A term is 64 bits: two bits of class, the rest says which.
//   unigram  the code point
//   bigram   two code points; a two-character word is its bigram with a mark, so that it is stored once
//   word     hash of a word of three characters and more, of a Latin or digit token, or of a normalised figure
//   concept  hash of the main name of a term of the lexicon, however the text writes it
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace jingwei::match {

using TermKey = std::uint64_t;

enum class TermClass : std::uint8_t { unigram = 0, bigram = 1, word = 2, concept_ = 3 };

constexpr int kClassShift = 62;
constexpr int kCodePointBits = 21;
constexpr std::uint64_t kTermBodyMask = (std::uint64_t{1} << kClassShift) - 1;

constexpr TermClass term_class(TermKey key) { return static_cast<TermClass>(key >> kClassShift); }
constexpr TermKey unigram_key(char32_t c) { return c; }
constexpr TermKey bigram_key(char32_t a, char32_t b) {
  return (TermKey{1} << kClassShift) | (TermKey{a} << kCodePointBits) | b;
}

/// FNV-1a with a final mix: stable across runs and machines, because it is stored.
constexpr std::uint64_t stable_hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3ULL;
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdULL;
  return hash ^ (hash >> 33);
}
constexpr std::uint64_t stable_hash(std::u32string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char32_t c : text) hash = (hash ^ c) * 0x100000001b3ULL;
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdULL;
  return hash ^ (hash >> 33);
}
constexpr TermKey word_key(std::u32string_view word) {
  return (TermKey{2} << kClassShift) | (stable_hash(word) & kTermBodyMask);
}
constexpr TermKey concept_key(std::string_view main_name) {
  return (TermKey{3} << kClassShift) | (stable_hash(main_name) & kTermBodyMask);
}

/// An opaque term as a document keeps it beside its text: 30 bits of the key, then whether title and text hold it.
constexpr std::uint32_t kInTitle = 2;
constexpr std::uint32_t kInText = 1;
constexpr std::uint32_t opaque_key(TermKey key) { return static_cast<std::uint32_t>(key ^ key >> 32) & ~(kInTitle | kInText); }

constexpr std::uint8_t kTextCountMax = 15;
constexpr std::uint8_t kTitleCountMax = 3;

/// One distinct term of a text with how often title and text hold it.
struct TermCount {
  TermKey key = 0;
  std::uint8_t text = 0;   ///< at most kTextCountMax
  std::uint8_t title = 0;  ///< at most kTitleCountMax
  bool word = false;       ///< of a bigram: the segmentation saw a word here
  bool opaque = false;     ///< cannot be read off the characters alone: Latin and digit tokens, figures, terms of the lexicon
  bool operator==(const TermCount&) const = default;
};

/// Which trades a text speaks of, by the segments of the lexicon's terms in it: the four with most votes, as a unit vector.
struct Trades {
  static constexpr std::size_t kKept = 4;
  std::array<std::uint8_t, kKept> segment{};  ///< place in Lexicon::segments()
  std::array<std::uint8_t, kKept> weight{};   ///< of 255; 0: none
  bool operator==(const Trades&) const = default;
};

/// Cosine, 0 to 1.
constexpr double nearness(const Trades& a, const Trades& b) {
  double sum = 0;
  for (std::size_t i = 0; i < Trades::kKept; ++i)
    for (std::size_t j = 0; j < Trades::kKept; ++j)
      if (a.segment[i] == b.segment[j]) sum += a.weight[i] / 255.0 * (b.weight[j] / 255.0);
  return sum < 1 ? sum : 1;
}

/// Which terms of the lexicon a text comes near, whether it writes them or not (topics.h), as a unit vector.
template <std::size_t kMost>
struct NearTerms {
  static constexpr std::size_t kKept = kMost;
  std::array<std::uint16_t, kKept> entry{};  ///< concept
  std::array<std::uint8_t, kKept> weight{};  ///< of 255, heaviest first; 0: none
  bool operator==(const NearTerms&) const = default;
};

using TextTopics = NearTerms<10>;
using TitleTopics = NearTerms<6>;

/// Of title and text together, and of the title alone: what a document mentions, and what it is about.
struct Topics {
  TextTopics all;
  TitleTopics title;
  bool operator==(const Topics&) const = default;
};
static_assert(sizeof(Topics) == 48);

/// Sorted by key.
struct TermCounts {
  std::vector<TermCount> terms;
  std::uint16_t title_length = 0;  ///< in characters that count (Han characters and Latin tokens)
  std::uint16_t text_length = 0;
  Trades trades;
  Topics topics;
};

}  // namespace jingwei::match
