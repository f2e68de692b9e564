// Which complaint of the lexicon a need and a supply both speak of, when no word of the need leads to the supply: the reason that is told
// of an answer in other words. Topics are relative (a text that the lexicon knows nothing of is nearest to something too), so both texts
// must hold pairs of characters of what the lexicon says of the complaint, and its trade must be the need's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "match/internal/query.h"
#include "match/internal/terms.h"
#include "match/match.h"

namespace jingwei::match {

/// Of one need; not from two threads at once.
class SharedTrouble {
 public:
  /// All must outlive it.
  SharedTrouble(const Knowledge& knowledge, const Query& query, const Need& need) : knowledge_(knowledge), query_(query), need_(need) {}
  struct Found {
    std::uint32_t entry = 0;
    double share = 0;  ///< of the cosine of both sides' topics, that it makes up alone
  };
  /// The symptom that makes up most of what the topics of both share; not yet checked against the texts.
  std::optional<Found> nearest(const Topics& supply) const;
  /// Nothing: the texts do not bear it out.
  std::optional<Reason> tell(std::uint32_t entry, std::u32string_view title, std::u32string_view text) const;

 private:
  using Pairs = std::vector<std::uint64_t>;  ///< sorted, each once
  /// What the lexicon says of a symptom, or nothing when the need does not speak of it.
  const Pairs& known(std::uint32_t entry) const;
  bool of_the_trade(const Concept& trouble) const;

  const Knowledge& knowledge_;
  const Query& query_;
  const Need& need_;
  mutable std::unordered_map<std::uint32_t, Pairs> known_;
  mutable Pairs need_pairs_;  ///< made when first asked for
};

}  // namespace jingwei::match
