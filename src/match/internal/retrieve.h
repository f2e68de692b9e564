// Stage "retrieve": BM25F over all terms of the need plus the ways through the lexicon, filters first, best candidates out.
//
// Term at a time over flat accumulators: needs are long (some 200 terms), so most documents are touched anyway and skipping
// gains little below a million documents; the skipping structures belong behind this same function.
#pragma once

#include <vector>

#include "match/internal/index.h"
#include "match/internal/query.h"

namespace jingwei::match {

constexpr std::size_t kCandidatesMax = 400;  ///< that get features; more only when more are asked for

struct Candidate {
  Place place;
  double text = 0;                       ///< of the whole need, in units of the best candidate: 0 to 1
  double lexicon = 0;                    ///< 0 to 1
  double base = 0;                       ///< both, for the choice of candidates
  std::vector<double> problem_text;      ///< per problem, in units of its best; empty with one problem
  std::vector<double> problem_lexicon;
};

/// Best first by `base`, ties by id. `shares` are the parts' weights. With `widen`, what the best supplies by words also say
/// is added to the need's words before the choice (relevance feedback; Rocchio 1971, weights.yaml).
std::vector<Candidate> retrieve(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Options& options,
                                const std::map<std::string, double>& shares, bool widen);

/// Weight of a term in the collection; the same for retrieving and explaining.
double rarity(const IndexSnapshot& index, TermKey key);
/// Weight of a term by its class, without its rarity: what BM25F's saturation is multiplied with.
double class_weight(const Weights& weights, const QueryTerm& term, bool word_in_document);
}  // namespace jingwei::match
