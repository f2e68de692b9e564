// What is looked for in the index: every term and way of a need with its weight in this collection. Between "analyse" and
// "retrieve".
#pragma once

#include <vector>

#include "match/internal/index.h"
#include "match/internal/query.h"

namespace jingwei::match {

constexpr std::size_t kTermsMax = 20'000;  ///< of one need; of a longer one the heaviest count

struct WeightedTerm {
  TermKey key = 0;
  float weight = 0;  ///< times the saturated frequency is what a document gets
  ProblemSet problems = 0;
  std::u32string written;  ///< of a word of three and more Han characters, which is looked for in the text itself
};

struct WeightedLink {
  TermKey key = 0;
  float weight = 0;
};

/// The ways from one term of the need. Of all that a document holds only the heaviest counts.
struct WeightedConcept {
  std::vector<WeightedLink> links;  ///< heaviest first
  ProblemSet problems = 0;
};

/// In how many documents the terms of a need and the ends of its ways are, looked up once for all stages.
struct Frequencies {
  std::vector<std::int64_t> terms;                 ///< of Query::terms
  std::vector<std::vector<std::int64_t>> links;    ///< of Query::concepts and their links
};

struct Plan {
  std::vector<WeightedTerm> terms;
  std::vector<WeightedConcept> concepts;
  std::size_t problems = 1;
  Frequencies frequencies;
  double self = 0;  ///< what a supply that is the need itself would get, about
  bool several() const { return problems > 1; }
};

Plan make_plan(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query);

/// How rare a term is, as BM25 has it; the same for retrieving and explaining.
double rarity_of(std::int64_t frequency, std::int64_t documents);
/// Weight of a term by its class, without its rarity.
double class_weight(const Weights& weights, const QueryTerm& term);

}  // namespace jingwei::match
