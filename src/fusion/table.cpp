// The table that everything can be computed again from. One row an indicator of a county and year: what goes in (value, bounds, given
// weight, alpha, settings) beside every figure that comes out of it. As CSV its numbers have 17 digits, so that none is lost.
#include <fmt/format.h>

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

/// Names hold no quotes, but may hold commas.
struct CsvText {
  std::string operator()(double number) const { return fmt::format("{:.17g}", number); }
  std::string operator()(const std::string& text) const { return text.find_first_of(",\"\n") == std::string::npos ? text : "\"" + text + "\""; }
  template <class Other>
  std::string operator()(const Other&) const {
    return "";  // no other kind of cell is in the table
  }
};

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

std::string table_csv(const Indicators& indicators, const Index& index, const Settings& settings) {
  const office::Sheet sheet = table_sheet(indicators, index, settings);
  std::string csv = "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) csv += (i == 0 ? "" : ",") + sheet.columns[i].title;
  csv += "\r\n";
  for (const auto& row : sheet.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) csv += (i == 0 ? "" : ",") + std::visit(CsvText(), row[i]);
    csv += "\r\n";
  }
  return csv;
}

office::Sheet index_sheet(const Index& index, const std::map<std::string, std::string, std::less<>>& names, bool english) {
  const auto say = [&](const Bilingual& text) { return english ? text.en : text.zh; };
  office::Sheet sheet{say({"融合度", "Fusion index"}), {}, {}, {}};
  const Bilingual titles[] = {{"县（市、区）", "County"}, {"代码", "Code"},          {"年度", "Year"},           {"创新链", "Innovation"},         {"产业链", "Industry"}, {"资金链", "Capital"},
                              {"人才链", "Talent"},       {"耦合度 C", "Coupling C"}, {"发展水平 T", "Level T"}, {"协调度 D", "Coordination D"}, {"等级", "Grade"},      {"位次", "Rank"}};
  for (const auto& title : titles) sheet.columns.push_back({say(title), 0});
  constexpr std::size_t kLevels = 3, kDegree = 9;
  std::size_t last_year = 0;
  for (const auto& place : index.places) {
    if (place.year != index.places.back().year) ++last_year;
    const auto known = names.find(place.county);
    office::Row row = {known == names.end() ? place.county : known->second, place.county, office::whole_of(place.year)};
    for (const auto& level : place.levels) row.push_back(cell_of(level.u));
    for (const auto& degree : {place.c, place.t, place.d}) row.push_back(cell_of(degree));
    row.push_back(place.grade ? TableCell(say(*place.grade)) : TableCell());
    row.push_back(whole(place.rank));
    sheet.rows.push_back(std::move(row));
  }
  if (last_year == sheet.rows.size()) return sheet;
  const std::string year = std::to_string(index.places.back().year);
  constexpr std::array kColours{"1F5F7A", "B9772E", "2F7D4F", "B3382C"};
  office::Chart bars{office::ChartKind::bars, year + " " + say({"协调度", "coordination"}), "", 0, {{kDegree, kColours[0], office::Stroke::solid}}, "D", last_year, 0, ""};
  office::Chart radar{office::ChartKind::radar, year + " " + say({"四链水平", "levels of the four chains"}), "", 0, {}, "", last_year, 0, ""};
  for (std::size_t i = 0; i < kSystems; ++i) radar.series.push_back({kLevels + i, kColours[i], office::Stroke::solid});
  sheet.charts = {std::move(bars), std::move(radar)};
  return sheet;
}

}  // namespace jingwei::fusion
