// What a model of meaning adds to one answer: candidates that lie near the need whatever their words, and the part "meaning" of the
// score. Without vectors there is nothing here and no share for it: the answer is what it was.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "match/internal/index.h"
#include "match/internal/weights.h"
#include "match/match.h"
#include "match/meaning.h"

namespace jingwei::match {

constexpr std::size_t kNearestMax = 100;               ///< that join the candidates
constexpr std::size_t kPassingComparedMax = 20'000;    ///< supplies that pass the filter, up to which all of them are compared

class Nearness {
 public:
  /// Looks for the supplies that pass the options' filter and lie nearest.
  Nearness(const Meanings& meanings, const Weights& weights, const IndexSnapshot& index, const Need& need, const Options& options);

  /// Of the score, for supplies that have a vector; those without one are judged by the rest alone.
  double share() const { return share_; }
  /// Sorted by place.
  const std::vector<Place>& places() const { return places_; }
  /// Cosines as parts from 0 to 1 for supplies in this order: 0 is what any supply reaches, 1 the nearest. Empty without vectors.
  std::vector<std::optional<double>> parts(std::span<const std::string_view> ids) const;

 private:
  void keep_nearest(std::vector<Meanings::Near> near, const IndexSnapshot& index);

  const Meanings& meanings_;
  std::span<const float> vector_;
  double share_ = 0;
  double usual_ = 0;
  double best_ = 0;
  double range_ = 1;  ///< from the usual cosine to the best
  std::vector<Place> places_;
};

}  // namespace jingwei::match
