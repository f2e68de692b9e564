// The table that everything can be computed again from. One row an indicator of a county and year: what goes in (value, bounds, given
// weight, alpha, settings) beside every figure that comes out of it. Numbers are written with 17 digits, so that none is lost.
#include <fmt/format.h>

#include "fusion/fusion.h"

namespace jingwei::fusion {
namespace {

std::string number(std::optional<double> value) { return value ? fmt::format("{:.17g}", *value) : ""; }
std::string whole(std::optional<std::int64_t> value) { return value ? std::to_string(*value) : ""; }

/// Names hold no quotes, but may hold commas.
std::string cell(const std::string& text) { return text.find_first_of(",\"\n") == std::string::npos ? text : "\"" + text + "\""; }

}  // namespace

std::string table_csv(const Indicators& indicators, const Index& index, const Settings& settings) {
  std::string csv =
      "\xEF\xBB\xBF"
      "normalisation,weighting,county,year,system,alpha,indicator,title,unit,direction,given_weight,reference_low,reference_high,low,high,value,fictional,source,z,panel_weight,"
      "weight,share,gain,u,c,t,d,grade,coupling,rank,rank_best,rank_worst,rank_changes,d_low,d_high\r\n";
  for (const auto& place : index.places) {
    const Steadiness* steady = nullptr;
    if (place.year == index.places.back().year)
      for (const auto& each : index.steadiness)
        if (each.county == place.county) steady = &each;
    for (std::size_t i = 0; i < indicators.all.size(); ++i) {
      const Indicator& indicator = indicators.all[i];
      const Cell& values = place.cells[i];
      const auto system = static_cast<std::size_t>(indicator.system);
      csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},", enum_name(settings.normalisation), enum_name(settings.weighting), place.county, place.year,
                         enum_name(indicator.system), number(indicators.alpha[system]), indicator.id, cell(indicator.title.zh), cell(indicator.unit.zh),
                         enum_name(indicator.direction),
                         number(indicator.weight), number(indicator.low), number(indicator.high), number(index.lows[i]), number(index.highs[i]), number(values.value),
                         values.fictional ? "yes" : "", cell(values.source));
      csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},", number(values.z), number(index.weights[i]), number(values.weight), number(values.share), number(values.gain),
                         number(place.levels[system].u), number(place.c), number(place.t), number(place.d), place.grade ? place.grade->zh : "",
                         place.coupling ? place.coupling->zh : "", whole(place.rank));
      csv += steady != nullptr ? fmt::format("{},{},{},{},{}\r\n", steady->rank_best, steady->rank_worst, number(steady->changes), number(steady->d_low), number(steady->d_high)) : ",,,,\r\n";
    }
  }
  return csv;
}

}  // namespace jingwei::fusion
