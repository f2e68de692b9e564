// From observations to the index: panel -> low and high -> z -> weights -> U -> C, T, D -> ranks, shares, gains.
#include <algorithm>
#include <cmath>
#include <ranges>
#include <set>

#include <fmt/format.h>

#include "base/check.h"
#include "fusion/internal/panel.h"

namespace jingwei::fusion {
namespace {

constexpr std::size_t kRaiseFirst = 5;
constexpr double kNoSpread = 0.5;

void refuse(std::string field, Bilingual reason) {
  throw Rejected(Code::invalid, std::move(field), std::move(reason), {"改正数据", "Correct the data"});
}

}  // namespace

Panel make_panel(const Indicators& indicators, const std::vector<Observation>& observations) {
  if (observations.size() > kObservationsMax) throw Rejected(Code::too_large, {"数据太多", "There are too many observations"});
  Panel panel;
  std::map<std::pair<int, std::string>, std::size_t> rows;
  for (const auto& observation : observations) {
    const auto indicator = indicators.find(observation.indicator);
    const std::string place = fmt::format("{} {} {}", observation.county, observation.year, observation.indicator);
    if (!indicator) refuse(place, {"没有这个指标", "there is no such indicator"});
    if (!std::isfinite(observation.value)) refuse(place, {"不是数字", "is no number"});
    const auto [row, is_new] = rows.try_emplace({observation.year, observation.county}, panel.rows.size());
    if (is_new) panel.rows.push_back({observation.county, observation.year, std::vector<const Observation*>(indicators.all.size())});
    auto& cell = panel.rows[row->second].cells[*indicator];
    if (cell != nullptr) refuse(place, {"有两个数", "has two values"});
    cell = &observation;
  }
  std::ranges::sort(panel.rows, [](const Row& a, const Row& b) { return std::tie(a.year, a.county) < std::tie(b.year, b.county); });
  return panel;
}

Bounds bounds_of(const Indicators& indicators, const Panel& panel, Normalisation normalisation) {
  Bounds bounds;
  for (std::size_t i = 0; i < indicators.all.size(); ++i) {
    std::optional<double> low;
    std::optional<double> high;
    for (const auto& row : panel.rows) {
      if (row.cells[i] == nullptr) continue;
      low = std::min(low.value_or(row.cells[i]->value), row.cells[i]->value);
      high = std::max(high.value_or(row.cells[i]->value), row.cells[i]->value);
    }
    const bool reference = normalisation == Normalisation::reference;
    bounds.low.push_back(reference ? indicators.all[i].low : low.value_or(0));
    bounds.high.push_back(reference ? indicators.all[i].high : high.value_or(0));
  }
  return bounds;
}

double normalised(const Indicator& indicator, double value, double low, double high) {
  if (high <= low) return kNoSpread;
  const double z = std::clamp((value - low) / (high - low), 0.0, 1.0);
  return indicator.direction == FigureDirection::up ? z : 1 - z;
}

std::vector<std::vector<std::optional<double>>> normalised(const Indicators& indicators, const Panel& panel, const Bounds& bounds) {
  std::vector<std::vector<std::optional<double>>> all;
  for (const auto& row : panel.rows) {
    auto& z = all.emplace_back(indicators.all.size());
    for (std::size_t i = 0; i < indicators.all.size(); ++i)
      if (row.cells[i] != nullptr) z[i] = normalised(indicators.all[i], row.cells[i]->value, bounds.low[i], bounds.high[i]);
  }
  return all;
}

namespace {

/// 1 - e of one indicator: what its spread over the panel tells.
double information(const std::vector<std::vector<std::optional<double>>>& z, std::size_t indicator) {
  double sum = 0;
  std::size_t count = 0;
  for (const auto& row : z)
    if (row[indicator]) {
      sum += *row[indicator];
      ++count;
    }
  if (count < 2 || sum <= 0) return 0;
  double entropy = 0;
  for (const auto& row : z) {
    const double p = row[indicator].value_or(0) / sum;
    if (p > 0) entropy -= p * std::log(p);
  }
  return std::max(0.0, 1 - entropy / std::log(static_cast<double>(count)));
}

}  // namespace

std::vector<double> weights_of(const Indicators& indicators, const std::vector<std::vector<std::optional<double>>>& z, Weighting weighting) {
  std::vector<double> weights;
  for (std::size_t i = 0; i < indicators.all.size(); ++i) weights.push_back(weighting == Weighting::given ? indicators.all[i].weight : information(z, i));
  return within_systems(indicators, std::move(weights));
}

std::vector<double> within_systems(const Indicators& indicators, std::vector<double> weights) {
  for (std::size_t s = 0; s < kSystems; ++s) {
    double sum = 0;
    double count = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
      if (static_cast<std::size_t>(indicators.all[i].system) == s) {
        sum += weights[i];
        ++count;
      }
    // Nothing tells the counties apart: every indicator counts the same.
    for (std::size_t i = 0; i < weights.size(); ++i)
      if (static_cast<std::size_t>(indicators.all[i].system) == s) weights[i] = sum > 0 ? weights[i] / sum : 1 / count;
  }
  return weights;
}

std::vector<std::optional<double>> levels_of(const Indicators& indicators, const std::vector<std::optional<double>>& z, const std::vector<double>& weights) {
  std::vector<std::optional<double>> u(kSystems);
  for (std::size_t s = 0; s < kSystems; ++s) {
    double known = 0;
    double sum = 0;
    for (std::size_t i = 0; i < z.size(); ++i) {
      if (static_cast<std::size_t>(indicators.all[i].system) != s || !z[i]) continue;
      known += weights[i];
      sum += weights[i] * *z[i];
    }
    if (known >= kWeightKnownMin) u[s] = sum / known;
  }
  return u;
}

std::optional<Degrees> degrees_of(const std::vector<std::optional<double>>& u, const std::array<double, kSystems>& alpha) {
  std::array<double, kSystems> all{};
  for (std::size_t s = 0; s < kSystems; ++s) {
    if (!u[s]) return std::nullopt;
    all[s] = *u[s];
  }
  return degrees(all, alpha);
}

namespace {

/// Weight of an indicator among those of its system that have a value here.
double used_weight(const Indicators& indicators, const std::vector<std::optional<double>>& z, const std::vector<double>& weights, std::size_t indicator) {
  double known = 0;
  for (std::size_t i = 0; i < z.size(); ++i)
    if (indicators.all[i].system == indicators.all[indicator].system && z[i]) known += weights[i];
  return z[indicator] && known > 0 ? weights[indicator] / known : 0;
}

void add_cells(const Indicators& indicators, const Row& row, const std::vector<std::optional<double>>& z, const std::vector<double>& weights, Place& place) {
  for (std::size_t i = 0; i < indicators.all.size(); ++i) {
    Cell cell;
    cell.indicator = indicators.all[i].id;
    cell.weight = used_weight(indicators, z, weights, i);
    if (row.cells[i] != nullptr) {
      cell.value = row.cells[i]->value;
      cell.source = row.cells[i]->source;
      cell.fictional = row.cells[i]->fictional;
    }
    cell.z = z[i];
    if (place.d && z[i]) {
      if (*place.t > 0) cell.share = indicators.alpha[static_cast<std::size_t>(indicators.all[i].system)] * cell.weight * *z[i] / *place.t;
      auto raised = z;
      raised[i] = std::min(1.0, *z[i] + kRaise);
      cell.gain = degrees_of(levels_of(indicators, raised, weights), indicators.alpha)->d - *place.d;
    }
    place.cells.push_back(std::move(cell));
  }
  auto by_gain = place.cells;
  std::erase_if(by_gain, [](const Cell& cell) { return !cell.gain || *cell.gain <= 0; });
  std::ranges::stable_sort(by_gain, std::greater(), [](const Cell& cell) { return *cell.gain; });
  for (std::size_t i = 0; i < std::min(by_gain.size(), kRaiseFirst); ++i) place.raise_first.push_back(by_gain[i].indicator);
}

void add_ranks(std::vector<Place>& places) {
  for (auto& place : places) {
    if (!place.d) continue;
    place.rank = 1 + std::ranges::count_if(places, [&](const Place& other) { return other.year == place.year && other.d && *other.d > *place.d; });
  }
}

}  // namespace

Index compute(const Indicators& indicators, const std::vector<Observation>& observations, const Settings& settings) {
  const Panel panel = make_panel(indicators, observations);
  const Bounds bounds = bounds_of(indicators, panel, settings.normalisation);
  const auto z = normalised(indicators, panel, bounds);
  Index index;
  index.weights = weights_of(indicators, z, settings.weighting);
  index.lows = bounds.low;
  index.highs = bounds.high;
  for (std::size_t r = 0; r < panel.rows.size(); ++r) {
    Place place;
    place.county = panel.rows[r].county;
    place.year = panel.rows[r].year;
    const auto u = levels_of(indicators, z[r], index.weights);
    for (std::size_t s = 0; s < kSystems; ++s) place.levels.push_back({static_cast<System>(s), u[s]});
    if (const auto all = degrees_of(u, indicators.alpha)) {
      place.c = all->c;
      place.t = all->t;
      place.d = all->d;
      place.grade = grade_of(all->d);
      place.coupling = coupling_of(all->c);
    }
    add_cells(indicators, panel.rows[r], z[r], index.weights, place);
    index.places.push_back(std::move(place));
  }
  add_ranks(index.places);
  index.steadiness = shake(indicators, panel, index);
  return index;
}

std::optional<std::int64_t> latest_year(const Index& index) {
  std::set<std::string_view> counties;
  std::map<std::int64_t, std::size_t> known;  // counties with an index, by year
  for (const auto& place : index.places) {
    counties.insert(place.county);
    if (place.d) ++known[place.year];
  }
  for (const auto& [year, count] : known | std::views::reverse)
    if (count == counties.size()) return year;
  return known.empty() ? std::nullopt : std::optional(known.rbegin()->first);
}

}  // namespace jingwei::fusion
