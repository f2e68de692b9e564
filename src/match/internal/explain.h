// Stage "explain": why a supply is shown and what speaks against it, in plain words, Chinese first.
#pragma once

#include <bitset>
#include <span>
#include <unordered_map>
#include <vector>

#include "match/internal/plan.h"
#include "match/internal/rescore.h"
#include "match/internal/score.h"
#include "match/internal/shared_trouble.h"

namespace jingwei::match {

constexpr std::size_t kReasonsMax = 3;
constexpr std::size_t kWordsShownMax = 4;

/// What all explanations of one answer share.
class Explainer {
 public:
  /// All must outlive it; `rescorer` is the plan's and has scored what is explained.
  Explainer(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Plan& plan, const Rescorer& rescorer, const Need& need,
            Mode mode, const Features& shares);
  Item explain(const Scored& scored) const;

  /// Words of the need that may be shown, heaviest first.
  struct Word {
    double worth = 0;
    const std::u32string* written = nullptr;
  };
  std::span<const Word> words() const { return words_; }
  /// Those of them that a supply holds, by their places and so heaviest first. Until the next call.
  struct WordHeld {
    std::uint32_t place = 0;
    bool title = false;  ///< also or only there
  };
  std::span<const WordHeld> words_held(HitsKept hits) const;
  struct Way {
    std::uint32_t key = 0;   ///< opaque_key of the term where it ends
    std::uint32_t from = 0;  ///< concept of the query
    std::uint32_t link = 0;  ///< number of the link
  };
  /// Ways that end in a term of the lexicon, by its opaque_key; those that no supply holds are left out.
  std::span<const Way> ways_to(std::uint32_t key) const {
    if (!ways_hint_.test(hint_of(key))) return {};
    return ways_with(key);
  }
  /// Of the term where a way ends, 0 to 1.
  double rarity_of_end(std::uint32_t from, std::uint32_t link) const;
  /// Of a concept; made when first asked for. Not from two threads at once.
  const std::vector<std::u32string>& folded_names(std::uint32_t entry) const;
  const Features& shares() const { return shares_; }
  const SharedTrouble& trouble() const { return trouble_; }
  /// Room for what is read and gathered of one supply; of one explanation at a time.
  struct Room {
    FoldedDocument folded;
    std::u32string title;       ///< folded
    std::u32string text;
    std::bitset<4096> pairs;    ///< of their characters, by hash: false means surely none
    std::vector<Way> ways;
    std::vector<WordHeld> words;
  };
  Room& room() const { return room_; }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;
  static constexpr std::size_t kHints = 32'768;
  static std::size_t hint_of(std::uint32_t key) { return key >> 2 & (kHints - 1); }
  std::span<const Way> ways_with(std::uint32_t key) const;

  const IndexSnapshot& index_;
  const Knowledge& knowledge_;
  const Query& query_;
  const Need& need_;
  Mode mode_;
  const Features& shares_;
  const Rescorer& rescorer_;
  std::vector<Word> words_;
  std::vector<std::uint32_t> word_of_term_;  ///< place in words_ of each of the plan's terms, or kNone
  mutable std::unordered_map<std::uint32_t, std::vector<std::u32string>> folded_names_;
  mutable Room room_;
  std::vector<Way> ways_;           ///< sorted
  std::bitset<kHints> ways_hint_;   ///< by low bits of the key: false means surely none
  const Frequencies& frequencies_;
  double rarest_ = 1;
  SharedTrouble trouble_;
};

/// "你写的“缩水痕”可用“气体辅助注塑”解决" for the steps of a link. Names of one term are said to be written for each other, not to be the same:
/// salt spray and its harsher kinds share one.
Bilingual describe_link(const Lexicon& lexicon, const std::string& need_words, const std::string& supply_words, const Link& link);
/// "产业图谱中在你的上游一步：聚合物材料", for ways of up to so many steps.
constexpr int kStepsOfWayMax = 3;
Bilingual describe_way(const SegmentWays::Way& way, const Segment& own);

}  // namespace jingwei::match
