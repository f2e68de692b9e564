#include "match/internal/plan.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace jingwei::match {

double rarity_of(std::int64_t frequency, std::int64_t documents) {
  const auto n = static_cast<double>(documents);
  const auto df = static_cast<double>(std::max<std::int64_t>(frequency, 0));
  return std::log(1 + (n - df + 0.5) / (df + 0.5));
}

double class_weight(const Weights& weights, const QueryTerm& term) {
  switch (term_class(term.key)) {
    case TermClass::unigram: return weights.text.unigram;
    case TermClass::bigram: return weights.text.bigram + (term.word ? weights.text.word : 0);
    case TermClass::word: return term.searched ? weights.text.searched_token : term.written.empty() ? weights.text.figure : weights.text.word;
    case TermClass::concept_: return 0;
  }
  return 0;
}

namespace {

Frequencies look_up(const IndexSnapshot& index, const Query& query) {
  std::vector<TermKey> keys;
  for (const QueryTerm& term : query.terms) keys.push_back(term.key);
  // Many ways end in the same term: each is looked up once.
  std::vector<TermKey> ends;
  for (const QueryConcept& found : query.concepts)
    for (const Link& link : found.links) ends.push_back(link.key);
  std::ranges::sort(ends);
  ends.erase(std::ranges::unique(ends).begin(), ends.end());
  keys.insert(keys.end(), ends.begin(), ends.end());
  const auto all = index.frequencies(keys);
  Frequencies frequencies;
  frequencies.terms.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(query.terms.size()));
  for (const QueryConcept& found : query.concepts) {
    auto& own = frequencies.links.emplace_back();
    own.reserve(found.links.size());
    for (const Link& link : found.links)
      own.push_back(all[query.terms.size() + static_cast<std::size_t>(std::ranges::lower_bound(ends, link.key) - ends.begin())]);
  }
  return frequencies;
}

void add_terms(const IndexSnapshot& index, const Weights& weights, const Query& query, Plan& plan) {
  const auto documents = index.totals.documents;
  plan.terms.reserve(query.terms.size());
  for (std::size_t i = 0; i < query.terms.size(); ++i) {
    const QueryTerm& term = query.terms[i];
    const auto frequency = plan.frequencies.terms[i];
    const double weight = term.weight * class_weight(weights, term);
    plan.self += weight * rarity_of(std::max<std::int64_t>(frequency, 1), documents) / (1 + weights.text.k1);
    if (frequency <= 0) continue;
    const bool common = term_class(term.key) == TermClass::unigram && static_cast<double>(documents) > weights.text.common_from &&
                        static_cast<double>(frequency) > weights.text.common_share * static_cast<double>(documents);
    if (common) continue;
    const bool han_word = term_class(term.key) == TermClass::word && !term.written.empty() && is_han(term.written.front());
    plan.terms.push_back({term.key, static_cast<float>(weight * rarity_of(frequency, documents)), term.problems, han_word ? term.written : U""});
  }
  if (plan.terms.size() <= kTermsMax) return;
  // A need and eight problems of 4,000 characters each. By key again afterwards: sums of doubles depend on their order.
  std::ranges::sort(plan.terms, [](const auto& a, const auto& b) { return a.weight != b.weight ? a.weight > b.weight : a.key < b.key; });
  plan.terms.resize(kTermsMax);
  std::ranges::sort(plan.terms, {}, &WeightedTerm::key);
}

}  // namespace

Plan make_plan(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query) {
  const auto documents = index.totals.documents;
  Plan plan;
  plan.problems = std::max<std::size_t>(1, query.problems.size());
  plan.frequencies = look_up(index, query);
  add_terms(index, knowledge.weights, query, plan);
  const double rarest = rarity_of(1, std::max<std::int64_t>(documents, 2));
  for (std::size_t i = 0; i < query.concepts.size(); ++i) {
    const QueryConcept& found = query.concepts[i];
    WeightedConcept weighted{{}, found.problems};
    weighted.links.reserve(found.links.size());
    for (std::size_t j = 0; j < found.links.size(); ++j) {
      const Link& link = found.links[j];
      const auto frequency = plan.frequencies.links[i][j];
      if (frequency <= 0) continue;
      const double rare = rarity_of(frequency, documents) / rarest;
      weighted.links.push_back({link.key, static_cast<float>(std::min(1.0, found.weight * link.weight * rare * knowledge.weights.lexicon.saturation))});
    }
    if (weighted.links.empty()) continue;
    std::stable_sort(weighted.links.begin(), weighted.links.end(), [](const auto& a, const auto& b) { return a.weight > b.weight; });
    plan.concepts.push_back(std::move(weighted));
  }
  return plan;
}

}  // namespace jingwei::match
