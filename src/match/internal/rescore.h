// Second pass of "retrieve": every term and every way of the need against one document, read off its characters. A document of
// 150 characters takes half a microsecond, a hundredth of walking 300 posting lists for it.
//
// A word of three and more characters counts where the text contains it; how rare it is, the index counts by segmentation.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "match/internal/plan.h"

namespace jingwei::match {

/// What one document gets. The sums of problems are as many as the plan has, when it has several.
struct Sums {
  double text = 0;
  double lexicon = 0;  ///< 0 to 1
  std::vector<double> problem_text;
  std::vector<double> problem_lexicon;
};

class Rescorer {
 public:
  /// `plan` must outlive it.
  Rescorer(const Plan& plan, const Saturation& saturation);

  /// Not from two threads at once.
  void score(const PartData& data, std::uint32_t row, Sums& sums);

 private:
  static constexpr std::uint16_t kNone = 0xffff;
  struct Pair {
    std::uint32_t characters = 0;
    std::uint16_t term = kNone;   ///< the pair itself
    std::uint16_t words = kNone;  ///< first of the longer words that begin so
  };
  struct Single {
    char16_t character = 0;
    std::uint16_t term = kNone;
  };
  struct LongWord {
    std::vector<char16_t> rest;  ///< after the first two characters
    std::uint16_t term = kNone;
    std::uint16_t next = kNone;
  };
  struct Counts {
    std::uint8_t text = 0;
    std::uint8_t title = 0;
  };
  struct Way {
    std::uint32_t entry = 0;  ///< concept of the plan
    float weight = 0;
  };
  std::size_t place_of(char16_t character) const;
  Pair& add_pair(std::uint32_t characters);
  void insert(std::uint16_t number, const WeightedTerm& term);
  void count(std::uint16_t term, bool title);
  void read(const std::vector<char16_t>& units, bool title);
  void read_opaque(bool several, Sums& sums);

  const Plan& plan_;
  const Saturation& saturation_;
  std::vector<Single> singles_;        ///< open addressing
  std::vector<Pair> pairs_;            ///< open addressing
  std::array<std::uint64_t, 256> pair_hint_{};  ///< by low bits: 0 means surely not in pairs_
  std::vector<LongWord> words_;
  std::unordered_map<std::uint32_t, std::uint16_t> opaque_terms_;
  std::unordered_map<std::uint32_t, std::vector<Way>> ways_;  ///< by opaque_key of the concept that a document may hold
  std::array<std::uint64_t, 64> opaque_hint_{};               ///< by low bits: 0 means in neither of the two
  std::vector<Counts> counts_;
  std::vector<std::uint16_t> touched_;
  std::vector<float> best_way_;        ///< of each concept of the plan
  std::vector<std::uint32_t> touched_concepts_;
  FoldedDocument document_;
};

}  // namespace jingwei::match
