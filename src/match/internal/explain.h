// Stage "explain": why a supply is shown and what speaks against it, in plain words, Chinese first.
#pragma once

#include <unordered_map>

#include "match/internal/plan.h"
#include "match/internal/score.h"

namespace jingwei::match {

constexpr std::size_t kReasonsMax = 3;
constexpr std::size_t kWordsShownMax = 4;

/// What all explanations of one answer share.
class Explainer {
 public:
  Explainer(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Need& need, Mode mode);
  Item explain(const Scored& scored) const;

  /// Words of the need that may be shown, heaviest first.
  const std::vector<std::pair<double, const std::u32string*>>& words_by_worth() const { return words_by_worth_; }
  /// Ways that end in a term of the lexicon, by its opaque_key: concept of the query, number of the link.
  std::span<const std::pair<std::uint32_t, std::uint32_t>> ways_to(std::uint32_t key) const;
  double rarity_of_concept(std::uint32_t entry) const { return concept_rarity_.at(entry); }  ///< 0 to 1
  std::vector<std::u32string> folded_names(std::uint32_t entry) const;

 private:
  const IndexSnapshot& index_;
  const Knowledge& knowledge_;
  const Query& query_;
  const Need& need_;
  Mode mode_;
  std::vector<std::pair<double, const std::u32string*>> words_by_worth_;
  std::unordered_map<std::uint32_t, std::vector<std::pair<std::uint32_t, std::uint32_t>>> ways_;
  std::unordered_map<std::uint32_t, double> concept_rarity_;  ///< of every concept that a link leads to
};

/// "你写的“缩水痕”与供给里的“缩痕”是同一种说法" for the steps of a link.
Bilingual describe_link(const Lexicon& lexicon, const std::string& need_words, const std::string& supply_words, const Link& link);

}  // namespace jingwei::match
