// Second pass of "retrieve": every term and every way of the need against one document, read off its characters. A document of
// 150 characters takes half a microsecond, a hundredth of walking 300 posting lists for it.
//
// A word of three and more characters counts where the text contains it; how rare it is, the index counts by segmentation.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "match/internal/blob.h"
#include "match/internal/plan.h"

namespace jingwei::match {

/// Where a rescorer keeps which of the plan's terms a document holds.
struct HitsKept {
  std::uint32_t begin = 0;
  std::uint32_t count = 0;
};

/// What one document gets. The sums of problems are as many as the plan has, when it has several.
struct Sums {
  double text = 0;
  double lexicon = 0;  ///< 0 to 1
  std::vector<double> problem_text;
  std::vector<double> problem_lexicon;
  HitsKept hits;
};

class Rescorer {
 public:
  /// `plan` must outlive it.
  Rescorer(const Plan& plan, const Saturation& saturation);
  Rescorer(const Rescorer&) = delete;
  Rescorer& operator=(const Rescorer&) = delete;
  ~Rescorer();

  /// A term of the plan that a document holds.
  struct Hit {
    std::uint16_t term = 0;  ///< place in the plan
    bool title = false;      ///< also or only there
  };

  /// Not from two threads at once.
  void score(const PartData& data, std::uint32_t row, Sums& sums);
  /// What a document holds that was scored, in no order.
  std::span<const Hit> hits(HitsKept kept) const { return std::span(hits_).subspan(kept.begin, kept.count); }

 private:
  static constexpr std::uint16_t kNone = 0xffff;
  static constexpr std::uint32_t kNoWay = 0xffffffff;
  /// Sums are of whole numbers, so that they do not depend on the order in which a document's terms are met.
  static constexpr double kUnits = 1 << 20;
  struct Pair {
    std::uint32_t letters = 0;
    std::uint16_t term = kNone;   ///< the pair itself
    std::uint16_t words = kNone;  ///< first of the longer words that begin so
  };
  struct LongWord {
    std::vector<std::uint16_t> rest;  ///< letters after the first two
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
    std::uint32_t next = kNoWay;  ///< of the same term
  };
  struct Opaque {
    std::uint32_t key = 0;
    std::uint16_t term = kNone;
    std::uint32_t ways = kNoWay;  ///< first of its ways_
  };
  /// A character of the text that the need has too, and where.
  struct Met {
    std::uint16_t letter = 0;
    std::uint16_t at = 0;
  };
  std::uint16_t letter_of(char32_t character);
  Pair& add_pair(std::uint16_t first, std::uint16_t second);
  Opaque& add_opaque(std::uint32_t key);
  void insert(std::uint16_t number, const WeightedTerm& term);
  void spread_letters();
  void count(std::uint16_t term, bool title);
  void read(TextUnits text, bool title);
  void read_opaque(OpaqueTerms terms, Sums& sums);
  void sum_up(std::uint8_t text_step, std::uint8_t title_step, Sums& sums);

  const Plan& plan_;
  const Saturation& saturation_;
  std::vector<char32_t> alphabet_;         ///< characters of the need; letter 0 is none of them
  std::vector<std::uint16_t> term_of_;     ///< of each letter: the single character as a term
  std::vector<std::uint16_t> letters_;     ///< of each 16-bit unit as it is written: traditional and simplified alike
  std::vector<char16_t> spread_;           ///< units that letters_ has besides the alphabet
  std::vector<Pair> pairs_;                ///< open addressing
  std::array<std::uint64_t, 1024> pair_hint_{};  ///< by low bits: 0 means surely not in pairs_
  std::vector<LongWord> words_;
  std::vector<Opaque> opaque_;             ///< open addressing; key 0: free
  std::array<std::uint64_t, 64> opaque_hint_{};  ///< by low bits: 0 means surely not in opaque_
  std::vector<Way> ways_;
  std::vector<float> weights_;             ///< of the plan's terms
  std::vector<Counts> counts_;
  std::vector<std::uint16_t> touched_;
  std::vector<Hit> hits_;  ///< of all that was scored
  std::vector<float> best_way_;            ///< of each concept of the plan
  std::vector<std::uint32_t> touched_concepts_;
  std::vector<Met> met_;
  std::vector<char16_t> decoded_;
};

}  // namespace jingwei::match
