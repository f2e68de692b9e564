// How steady the ranks are. Each run multiplies every weight and every alpha by a number from 1 - kShake to 1 + kShake, makes them sum to
// 1 again, and takes one of the two normalisations by the toss of a coin. Numbers come from splitmix64 (Steele, Lea, Flood 2014), so
// that docs/fusion/recompute.mjs draws the same: for each run first the coin, then the indicators in order, then the four alphas.
#include <algorithm>

#include "fusion/internal/panel.h"

namespace jingwei::fusion {
namespace {

class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}
  /// From 0 to 1, 53 bits.
  double unit() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
  }
  double factor() { return 1 - kShake + 2 * kShake * unit(); }

 private:
  std::uint64_t state_;
};

}  // namespace

std::vector<Steadiness> shake(const Indicators& indicators, const Panel& panel, const Index& index) {
  std::vector<Steadiness> result;
  std::vector<std::size_t> rows;
  for (std::size_t r = 0; r < index.places.size(); ++r) {
    const Place& place = index.places[r];
    if (place.year != index.places.back().year || !place.rank) continue;
    rows.push_back(r);
    result.push_back({place.county, *place.rank, *place.rank, *place.rank, 0, *place.d, *place.d});
  }
  const std::array normalisations = {Normalisation::min_max, Normalisation::reference};
  std::array<std::vector<std::vector<std::optional<double>>>, 2> z;
  for (std::size_t n = 0; n < 2; ++n) z[n] = normalised(indicators, panel, bounds_of(indicators, panel, normalisations[n]));
  SplitMix random(kSeed);
  for (int run = 0; run < kRuns; ++run) {
    const auto& chosen = z[random.unit() < 0.5 ? 0 : 1];
    auto weights = index.weights;
    for (auto& weight : weights) weight *= random.factor();
    weights = within_systems(indicators, std::move(weights));
    auto alpha = indicators.alpha;
    double sum = 0;
    for (auto& each : alpha) sum += each *= random.factor();
    for (auto& each : alpha) each /= sum;
    std::vector<double> d;
    for (const auto row : rows) d.push_back(degrees_of(levels_of(indicators, chosen[row], weights), alpha).value_or(Degrees{}).d);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::int64_t rank = 1 + std::ranges::count_if(d, [&](double other) { return other > d[i]; });
      result[i].changes += rank == result[i].rank ? 0 : 1.0 / kRuns;
      result[i].rank_best = std::min(result[i].rank_best, rank);
      result[i].rank_worst = std::max(result[i].rank_worst, rank);
      result[i].d_low = std::min(result[i].d_low, d[i]);
      result[i].d_high = std::max(result[i].d_high, d[i]);
    }
  }
  return result;
}

}  // namespace jingwei::fusion
