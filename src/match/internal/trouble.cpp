#include "match/internal/trouble.h"

#include <algorithm>

#include "match/internal/part.h"
#include "match/internal/query.h"

namespace jingwei::match {
namespace {

constexpr std::size_t kHints = 1 << 16;
constexpr float kSpokenOfFrom = 0.2F;  ///< weight in a need's topics, a unit vector, from which it speaks of a term in full
constexpr double kBeside = 1;          ///< so many troubles stand beside those of the title: one alone is no certainty

std::size_t hint_of(std::uint32_t opaque) { return opaque >> 2 & (kHints - 1); }

}  // namespace

Troubles::Troubles(const Lexicon& lexicon) : hint_(kHints) {
  for (std::uint32_t entry = 0; entry < lexicon.concepts().size(); ++entry) {
    const Concept& one = lexicon.concepts()[entry];
    if (one.type != TermType::symptom && one.type != TermType::cause && one.type != TermType::property) continue;
    entries_.emplace(opaque_key(one.key), entry);
    hint_[hint_of(opaque_key(one.key))] = true;
  }
}

std::optional<std::uint32_t> Troubles::entry(std::uint32_t opaque) const {
  if (!hint_[hint_of(opaque)]) return std::nullopt;
  const auto at = entries_.find(opaque);
  return at == entries_.end() ? std::nullopt : std::optional(at->second);
}

SpokenOf::SpokenOf(const Lexicon& lexicon, const Troubles& troubles, const Query& query)
    : troubles_(troubles), ways_(lexicon.concepts().size()) {
  topics_.push_back(query.topics.weights());
  for (const TopicVector& problem : query.problem_topics) topics_.push_back(problem.weights());
  for (const QueryConcept& found : query.concepts)
    for (const Link& link : found.links) ways_[link.to] = std::max(ways_[link.to], static_cast<float>(link.weight));
}

float SpokenOf::near(std::uint32_t entry) const {
  float near = ways_[entry];
  for (const auto weights : topics_)
    if (!weights.empty()) near = std::max(near, std::min(1.0F, weights[entry] / kSpokenOfFrom));
  return near;
}

OtherTrouble SpokenOf::other_trouble(const PartData& data, std::uint32_t row) const {
  BlobReader reader = data.texts(row);
  reader.skip_text();
  reader.skip_text();
  const OpaqueTerms terms = reader.opaque_terms();
  double all = 0;
  double other = 0;
  OtherTrouble found;
  float nearest = 1;
  for (std::uint32_t i = 0; i < terms.size(); ++i) {
    if ((terms[i] & kInTitle) == 0) continue;
    const auto entry = troubles_.entry(terms[i] & ~(kInTitle | kInText));
    if (!entry) continue;
    all += 1;
    const float own = near(*entry);
    other += 1 - own;
    if (own < nearest) found.entry = entry;
    nearest = std::min(nearest, own);
  }
  found.share = other / (all + kBeside);
  return found;
}

}  // namespace jingwei::match
