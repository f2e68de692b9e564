#include "match/internal/shared_trouble.h"

#include <algorithm>

#include <fmt/format.h>

#include "match/internal/analyser.h"

namespace jingwei::match {
namespace {

constexpr double kShareLeast = 0.1;       // of the cosine of topics
constexpr std::size_t kNeedPairs = 3;     // of what the lexicon says of the complaint, that the need must hold
constexpr std::size_t kSupplyPairs = 3;

using Pairs = std::vector<std::uint64_t>;

void add_pairs(std::u32string_view folded, Pairs& pairs) {
  for (std::size_t i = 0; i + 1 < folded.size(); ++i)
    if (folded[i] >= 0x3400 && folded[i + 1] >= 0x3400) pairs.push_back(std::uint64_t{folded[i]} << 32 | folded[i + 1]);
}

void sort_once(Pairs& pairs) {
  std::ranges::sort(pairs);
  pairs.erase(std::ranges::unique(pairs).begin(), pairs.end());
}

std::size_t shared(const Pairs& a, const Pairs& b) {
  std::size_t count = 0;
  for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
    if (*left == *right) ++count, ++left, ++right;
    else if (*left < *right) ++left;
    else ++right;
  }
  return count;
}

}  // namespace

const SharedTrouble::Pairs& SharedTrouble::known(std::uint32_t entry) const {
  const auto [at, first] = known_.try_emplace(entry);
  const Concept& trouble = knowledge_.lexicon.concepts()[entry];
  if (!first || !of_the_trade(trouble)) return at->second;
  Pairs pairs;
  add_pairs(Analyser::fold(trouble.gloss), pairs);
  for (const auto* phrases : {&trouble.names, &trouble.said, &trouble.answers})
    for (const auto& phrase : *phrases) add_pairs(Analyser::fold(phrase), pairs);
  for (const Step& step : knowledge_.lexicon.steps(entry))
    for (const auto& name : knowledge_.lexicon.concepts()[step.to].names) add_pairs(Analyser::fold(name), pairs);
  sort_once(pairs);
  if (need_pairs_.empty()) {
    add_pairs(Analyser::fold(need_.title), need_pairs_);
    add_pairs(Analyser::fold(need_.text), need_pairs_);
    sort_once(need_pairs_);
  }
  if (shared(need_pairs_, pairs) >= kNeedPairs) at->second = std::move(pairs);
  return at->second;
}

std::optional<SharedTrouble::Found> SharedTrouble::nearest(const Topics& supply) const {
  const auto weights = query_.topics.weights();
  if (weights.empty()) return std::nullopt;
  Found found{0, kShareLeast};
  const auto look = [&](const auto& near) {
    for (std::size_t i = 0; i < near.kKept && near.weight[i] != 0; ++i) {
      const double share = static_cast<double>(weights[near.entry[i]]) * near.weight[i] / 255;
      if (share > found.share && knowledge_.lexicon.concepts()[near.entry[i]].type == TermType::symptom) found = {near.entry[i], share};
    }
  };
  look(supply.all);
  look(supply.title);
  return found.share > kShareLeast ? std::optional(found) : std::nullopt;
}

bool SharedTrouble::of_the_trade(const Concept& trouble) const {
  const Segment* given = knowledge_.places.segment(need_.segment);
  if (given == nullptr || given->general()) return true;
  return std::ranges::any_of(trouble.segments, [&](const std::string& code) {
    const Segment* own = knowledge_.places.segment(code);
    return own != nullptr && (own->general() || own->chain == given->chain);
  });
}

std::optional<Reason> SharedTrouble::tell(std::uint32_t entry, std::u32string_view title, std::u32string_view text) const {
  const Pairs& said = known(entry);
  if (said.empty()) return std::nullopt;
  Pairs held;
  add_pairs(title, held);
  add_pairs(text, held);
  sort_once(held);
  if (shared(held, said) < kSupplyPairs) return std::nullopt;
  const Concept& trouble = knowledge_.lexicon.concepts()[entry];
  const bool explained = !trouble.gloss.empty();
  Reason reason;
  reason.kind = ReasonKind::topic;
  reason.text = {fmt::format("说法不同，讲的都近于“{}”这类问题{}", trouble.name, explained ? fmt::format("（{}）", trouble.gloss) : ""),
                 fmt::format("Other words, but both are close to “{}”{}", trouble.name, explained ? fmt::format(" ({})", trouble.gloss) : "")};
  return reason;
}

}  // namespace jingwei::match
