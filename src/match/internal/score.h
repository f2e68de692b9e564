// Stages "score" and "diversify and calibrate": features 0 to 1 per candidate, their convex combination, the final order.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "match/internal/retrieve.h"

namespace jingwei::match {

/// What is asked: the weights' shares by mode.
enum class Mode { need, text_only, search };
const std::map<std::string, double>& shares_of(const Weights& weights, Mode mode);

struct Scored {
  Candidate candidate;
  std::map<std::string, double> parts;
  double raw = 0;             ///< convex combination
  double score = 0;           ///< calibrated, after diversity
  std::vector<int> problems;  ///< answered
};

/// Features and raw scores, in the order of the candidates.
std::vector<Scored> score(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Need& need, const Options& options,
                          Mode mode, std::vector<Candidate> candidates);

/// Best first, at most `options.limit`.
std::vector<Scored> diversify_and_calibrate(const IndexSnapshot& index, const Weights& weights, const Options& options, Mode mode,
                                            std::vector<Scored> scored);

/// Shares of each segment in what the best candidates by words suggest, best = 1.
std::map<std::uint64_t, double> suggested_segments(const IndexSnapshot& index, const Weights& weights, const std::vector<Candidate>& candidates);

}  // namespace jingwei::match
