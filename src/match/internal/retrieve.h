// Stage "retrieve": from a need's terms to its candidates. find_best (finder.h) looks through the index by the heaviest terms
// alone, Rescorer (rescore.h) scores what it found by all of them. With a small collection everything is scored.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "match/internal/index.h"
#include "match/internal/plan.h"
#include "match/internal/rescore.h"

namespace jingwei::match {

constexpr std::size_t kCandidatesMax = 150;   ///< that get features; more only when more are asked for
constexpr std::size_t kAllRescored = 1'000;   ///< collections of no more are scored whole
constexpr std::size_t kFoundMax = 1'600;      ///< by the heaviest terms and ways
constexpr std::size_t kRescoredMax = 260;     ///< of them scored by all terms: those that their topics promise most of, too
constexpr std::size_t kFoundOfProblem = 250;
constexpr std::size_t kRescoredOfProblem = 100;
constexpr std::size_t kHeaviestTerms = 24;    ///< of words that look through the index; more find what topics choose no better
constexpr std::size_t kHeaviestWays = 64;     ///< beside them

struct Candidate {
  Place place;
  double text = 0;                       ///< of the whole need, in units of the best candidate: 0 to 1
  double lexicon = 0;                    ///< 0 to 1
  double topic = 0;                      ///< nearness of the topics of both, 0 to 1
  double base = 0;                       ///< text and lexicon, for what is asked of the best by words
  double promise = 0;                    ///< all of that together, for the choice of those that get features
  std::vector<double> problem_text;      ///< per problem, in units of its best; empty with one problem
  std::vector<double> problem_lexicon;
  HitsKept hits;                         ///< which of the need's terms it holds
  bool near = false;                     ///< stays a candidate whatever its words
};

/// What words, lexicon and topics weigh in the choice of candidates.
struct RetrievalShares {
  double text = 0;
  double lexicon = 0;
  double topic = 0;
  double title = 0;
};

/// Best first by `base`, ties by id. With `widen`, what the best supplies by
/// words also say is added to the need's words (relevance feedback; Rocchio 1971, weights.yaml). Those of `near` (sorted, passing the
/// filter) are candidates whatever their words. `rescorer` is the plan's.
std::vector<Candidate> retrieve(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Plan& plan, Rescorer& rescorer, const Options& options,
                                const RetrievalShares& shares, bool widen, std::span<const Place> near = {});

}  // namespace jingwei::match
