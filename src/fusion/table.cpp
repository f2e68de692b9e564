// The table that everything can be computed again from. One row an indicator of a county and year: what goes in (value, bounds, given
// weight, alpha, settings) beside every figure that comes out of it.
#include <array>

#include "fusion/sheet.h"

namespace jingwei::fusion {
namespace {

using TableCell = office::Cell;  // fusion::Cell is a figure of the index
using office::cell_of;

constexpr std::array kHeads{"normalisation", "weighting", "county", "year", "system", "alpha", "indicator", "title", "unit", "direction", "given_weight", "reference_low", "reference_high",
                            "low", "high", "value", "fictional", "source", "z", "panel_weight", "weight", "share", "gain", "u", "c", "t", "d", "grade", "coupling", "rank", "rank_best",
                            "rank_worst", "rank_changes", "d_low", "d_high"};

TableCell whole(std::optional<std::int64_t> value) { return value ? office::whole_of(*value) : TableCell(); }
TableCell words(const std::optional<Bilingual>& text) { return text ? TableCell(text->zh) : TableCell(); }
TableCell name(std::string_view text) { return std::string(text); }

const Steadiness* steadiness_of(const Index& index, const Place& place) {
  if (place.year != index.places.back().year) return nullptr;
  for (const auto& each : index.steadiness)
    if (each.county == place.county) return &each;
  return nullptr;
}

}  // namespace

office::Sheet table_sheet(const Indicators& indicators, const Index& index, const Settings& settings) {
  office::Sheet sheet{"recompute", {}, {}, {}};
  for (const auto* head : kHeads) sheet.columns.push_back({head, 0});
  for (const auto& place : index.places) {
    const Steadiness* steady = steadiness_of(index, place);
    for (std::size_t i = 0; i < indicators.all.size(); ++i) {
      const Indicator& indicator = indicators.all[i];
      const auto& values = place.cells[i];
      const auto system = static_cast<std::size_t>(indicator.system);
      office::Row row = {name(enum_name(settings.normalisation)), name(enum_name(settings.weighting)), place.county, office::whole_of(place.year),
                         name(enum_name(indicator.system)), indicators.alpha[system], indicator.id, indicator.title.zh, indicator.unit.zh,
                         name(enum_name(indicator.direction)), indicator.weight, indicator.low, indicator.high, index.lows[i], index.highs[i], cell_of(values.value),
                         values.fictional ? TableCell("yes") : TableCell(), values.source, cell_of(values.z), index.weights[i], values.weight, cell_of(values.share),
                         cell_of(values.gain), cell_of(place.levels[system].u), cell_of(place.c), cell_of(place.t), cell_of(place.d), words(place.grade),
                         words(place.coupling), whole(place.rank)};
      if (steady != nullptr)
        row.insert(row.end(), {office::whole_of(steady->rank_best), office::whole_of(steady->rank_worst), steady->changes, steady->d_low, steady->d_high});
      row.resize(kHeads.size());
      sheet.rows.push_back(std::move(row));
    }
  }
  return sheet;
}

}  // namespace jingwei::fusion
