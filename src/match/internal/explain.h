// Stage "explain": why a supply is shown and what speaks against it, in plain words, Chinese first.
#pragma once

#include <bitset>
#include <span>
#include <utility>
#include <unordered_map>
#include <vector>

#include "match/internal/plan.h"
#include "match/internal/score.h"
#include "match/internal/shared_trouble.h"

namespace jingwei::match {

constexpr std::size_t kReasonsMax = 3;
constexpr std::size_t kWordsShownMax = 4;

/// What all explanations of one answer share.
class Explainer {
 public:
  /// All must outlive it.
  Explainer(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Frequencies& frequencies, const Need& need,
            Mode mode, const Features& shares);
  Item explain(const Scored& scored) const;

  /// Words of the need that may be shown, heaviest first.
  const std::vector<std::pair<double, const std::u32string*>>& words_by_worth() const { return words_by_worth_; }
  struct Way {
    std::uint32_t key = 0;   ///< opaque_key of the term where it ends
    std::uint32_t from = 0;  ///< concept of the query
    std::uint32_t link = 0;  ///< number of the link
  };
  /// Ways that end in a term of the lexicon, by its opaque_key; those that no supply holds are left out.
  std::span<const Way> ways_to(std::uint32_t key) const;
  /// Of the term where a way ends, 0 to 1.
  double rarity_of_end(std::uint32_t from, std::uint32_t link) const;
  /// Of a concept; made when first asked for. Not from two threads at once.
  const std::vector<std::u32string>& folded_names(std::uint32_t entry) const;
  const Features& shares() const { return shares_; }
  const SharedTrouble& trouble() const { return trouble_; }
  /// Room for the text that is read; of one explanation at a time.
  FoldedDocument& room() const { return room_; }

 private:
  const IndexSnapshot& index_;
  const Knowledge& knowledge_;
  const Query& query_;
  const Need& need_;
  Mode mode_;
  const Features& shares_;
  std::vector<std::pair<double, const std::u32string*>> words_by_worth_;
  mutable std::unordered_map<std::uint32_t, std::vector<std::u32string>> folded_names_;
  mutable FoldedDocument room_;
  std::vector<Way> ways_;           ///< sorted
  std::bitset<4096> ways_hint_;     ///< by low bits of the key: false means surely none
  const Frequencies& frequencies_;
  double rarest_ = 1;
  SharedTrouble trouble_;
};

/// "你写的“缩水痕”与供给里的“缩痕”是同一种说法" for the steps of a link.
Bilingual describe_link(const Lexicon& lexicon, const std::string& need_words, const std::string& supply_words, const Link& link);

}  // namespace jingwei::match
