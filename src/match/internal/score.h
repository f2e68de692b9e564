// Stages "score" and "diversify and calibrate": features 0 to 1 per candidate, their convex combination, the final order.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "match/internal/nearness.h"
#include "match/internal/retrieve.h"

namespace jingwei::match {

/// What is asked: the weights' shares by mode.
enum class Mode { need, text_only, search };

/// What speaks for a candidate, each 0 to 1. In this order, because sums of doubles depend on theirs.
enum class Feature : std::size_t { budget, freshness, kind, lexicon, region, segment, stage, text, title, topic, trade, trl, trouble };
constexpr std::array<const char*, 13> kFeatureNames = {"budget", "freshness", "kind", "lexicon", "region", "segment", "stage", "text", "title", "topic", "trade", "trl", "trouble"};
using Features = std::array<double, kFeatureNames.size()>;
constexpr double& at(Features& features, Feature feature) { return features[static_cast<std::size_t>(feature)]; }
constexpr double at(const Features& features, Feature feature) { return features[static_cast<std::size_t>(feature)]; }

/// Shares of the features, sum 1; 0 for those that a mode does not use.
Features shares_of(const Weights& weights, Mode mode);

/// Of them, what counts in the choice of candidates, of those whose words widen the need, and of those that suggest its segment. Words
/// count twice as much there as in a need's score: who may be an answer shows in words first, who is one shows in the rest.
inline RetrievalShares retrieval_shares(const Features& shares, Mode mode) {
  return {(mode == Mode::search ? 1 : 2) * at(shares, Feature::text), at(shares, Feature::lexicon), at(shares, Feature::topic), at(shares, Feature::title)};
}

struct Scored {
  Candidate candidate;
  Features features{};
  std::optional<double> meaning;  ///< the feature that not every supply has: see Nearness
  OtherTrouble other_trouble;
  double raw = 0;             ///< convex combination
  double score = 0;           ///< calibrated, after diversity
  std::vector<int> problems;  ///< answered
};

/// Features and raw scores, in the order of the candidates. `shares` are those of the mode.
std::vector<Scored> score(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Need& need, const Options& options,
                          Mode mode, const Features& shares, std::vector<Candidate> candidates, const Nearness& near);

/// Best first, at most `options.limit`.
std::vector<Scored> diversify_and_calibrate(const IndexSnapshot& index, const Weights& weights, const Options& options, Mode mode,
                                            std::vector<Scored> scored);

/// Shares of each segment in what the best candidates by words suggest, best = 1.
std::map<std::uint64_t, double> suggested_segments(const IndexSnapshot& index, const Weights& weights, const std::vector<Candidate>& candidates);

}  // namespace jingwei::match
