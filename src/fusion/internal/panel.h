// The steps of the index, each a value to the next; index.cpp and sensitivity.cpp share them.
#pragma once

#include "fusion/fusion.h"

namespace jingwei::fusion {

struct Row {
  std::string county;
  int year = 0;
  std::vector<const Observation*> cells;  ///< by indicator; null: no value
};
struct Panel {
  std::vector<Row> rows;  ///< by year, then county
};
Panel make_panel(const Indicators& indicators, const std::vector<Observation>& observations);

struct Bounds {
  std::vector<double> low, high;  ///< by indicator
};
Bounds bounds_of(const Indicators& indicators, const Panel& panel, Normalisation normalisation);

/// 0 to 1, 1 is best.
double normalised(const Indicator& indicator, double value, double low, double high);
std::vector<std::vector<std::optional<double>>> normalised(const Indicators& indicators, const Panel& panel, const Bounds& bounds);

std::vector<double> weights_of(const Indicators& indicators, const std::vector<std::vector<std::optional<double>>>& z, Weighting weighting);
/// Made to sum to 1 within each system.
std::vector<double> within_systems(const Indicators& indicators, std::vector<double> weights);
std::vector<std::optional<double>> levels_of(const Indicators& indicators, const std::vector<std::optional<double>>& z, const std::vector<double>& weights);
std::optional<Degrees> degrees_of(const std::vector<std::optional<double>>& u, const std::array<double, kSystems>& alpha);

/// The last year's ranks under kRuns other choices, each drawn from kSeed.
std::vector<Steadiness> shake(const Indicators& indicators, const Panel& panel, const Index& index);

}  // namespace jingwei::fusion
