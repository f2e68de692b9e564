// The index for people: all of it as one sheet, and the rows behind each picture. Words of both languages stand here.
#include <algorithm>
#include <array>
#include <set>

#include "fusion/sheet.h"

namespace jingwei::fusion {
namespace {

using TableCell = office::Cell;  // fusion::Cell is a figure of the index
using office::cell_of;

constexpr std::array kColours{"1F5F7A", "B9772E", "2F7D4F", "B3382C"};
constexpr std::size_t kLevels = 3, kDegree = 9;  ///< columns of people's table
const std::array<Bilingual, kSystems> kChains{{{"创新链", "Innovation"}, {"产业链", "Industry"}, {"资金链", "Capital"}, {"人才链", "Talent"}}};

std::string say(const Bilingual& text, bool english) { return english ? text.en : text.zh; }

std::string name_of(const Place& place, const CountyNames& names) {
  const auto known = names.find(place.county);
  return known == names.end() ? place.county : known->second;
}

/// People's table without rows.
office::Sheet people_sheet(std::string name, bool english) {
  office::Sheet sheet{std::move(name), {}, {}, {}};
  const auto add = [&](const Bilingual& title) { sheet.columns.push_back({say(title, english), 0}); };
  for (const Bilingual& title : {Bilingual{"县（市、区）", "County"}, {"代码", "Code"}, {"年度", "Year"}}) add(title);
  for (const auto& chain : kChains) add(chain);
  for (const Bilingual& title : {Bilingual{"耦合度 C", "Coupling C"}, {"水平 T", "Level T"}, {"融合度 D", "Coordination D"}, {"等级", "Grade"}, {"位次", "Rank"}}) add(title);
  return sheet;
}

office::Row people_row(const Place& place, const CountyNames& names, bool english) {
  office::Row row = {name_of(place, names), place.county, office::whole_of(place.year)};
  for (const auto& level : place.levels) row.push_back(cell_of(level.u));
  for (const auto& degree : {place.c, place.t, place.d}) row.push_back(cell_of(degree));
  row.push_back(place.grade ? TableCell(say(*place.grade, english)) : TableCell());
  row.push_back(place.rank ? office::whole_of(*place.rank) : TableCell());
  return row;
}

office::Chart degree_bars(std::string title, std::size_t first_row) {
  return {office::ChartKind::bars, std::move(title), "", 0, {{kDegree, kColours[0], office::Stroke::solid}}, "D", first_row, 0, ""};
}

/// By rank; those without one last.
std::vector<const Place*> places_of(const Index& index, std::int64_t year) {
  std::vector<const Place*> places;
  for (const auto& place : index.places)
    if (place.year == year) places.push_back(&place);
  std::ranges::stable_sort(places, {}, [](const Place* place) { return place->rank.value_or(INT64_MAX); });
  return places;
}

[[noreturn]] void refuse(std::string field, Bilingual reason) {
  throw Rejected(Code::invalid, std::move(field), std::move(reason), {"换一个再试", "Choose another one"});
}

/// The chosen county beside the highest; when none is chosen, the highest and the lowest.
std::vector<const Place*> compared(const std::vector<const Place*>& places, const std::string& county) {
  std::vector<const Place*> lines;
  const auto add = [&](const Place* place) {
    if (std::ranges::find(lines, place) == lines.end()) lines.push_back(place);
  };
  if (!county.empty()) {
    const auto chosen = std::ranges::find(places, county, &Place::county);
    if (chosen == places.end()) refuse("county", {"这一年没有这个县（市、区）的数据", "there are no figures of this county in this year"});
    add(*chosen);
  }
  const auto ranked = std::ranges::count_if(places, [](const Place* place) { return place->rank.has_value(); });
  if (ranked > 0) add(places.front());
  if (ranked > 0 && county.empty()) add(places[static_cast<std::size_t>(ranked) - 1]);
  return lines;
}

office::Sheet levels_sheet(std::string name, const std::vector<const Place*>& lines, const CountyNames& names, bool english) {
  office::Sheet sheet{std::move(name), {{say({"链", "Chain"}, english), 0}}, {}, {}};
  if (lines.empty()) return sheet;
  office::Chart radar{office::ChartKind::radar, sheet.name, "", 0, {}, "", 0, 0, ""};
  for (const Place* place : lines) {
    radar.series.push_back({sheet.columns.size(), kColours[radar.series.size()], radar.series.empty() ? office::Stroke::solid : office::Stroke::dashed});
    sheet.columns.push_back({name_of(*place, names), 0});
  }
  for (std::size_t s = 0; s < kSystems; ++s) {
    office::Row row = {say(kChains[s], english)};
    for (const Place* place : lines) row.push_back(cell_of(place->levels[s].u));
    sheet.rows.push_back(std::move(row));
  }
  sheet.charts.push_back(std::move(radar));
  return sheet;
}

}  // namespace

office::Sheet index_sheet(const Index& index, const CountyNames& names, bool english) {
  office::Sheet sheet = people_sheet(say({"融合度", "Fusion index"}, english), english);
  std::size_t last_year = 0;
  for (const auto& place : index.places) {
    if (place.year != index.places.back().year) ++last_year;
    sheet.rows.push_back(people_row(place, names, english));
  }
  if (last_year == sheet.rows.size()) return sheet;
  const std::string year = std::to_string(index.places.back().year);
  office::Chart radar{office::ChartKind::radar, year + " " + say({"四链水平", "levels of the four chains"}, english), "", 0, {}, "", last_year, 0, ""};
  for (std::size_t i = 0; i < kSystems; ++i) radar.series.push_back({kLevels + i, kColours[i], office::Stroke::solid});
  sheet.charts = {degree_bars(year + " " + say({"融合度", "coordination"}, english), last_year), std::move(radar)};
  return sheet;
}

std::vector<Comparison> comparisons(const Index& index) {
  std::vector<Comparison> all;
  std::set<std::int64_t> years;
  for (const auto& place : index.places) years.insert(place.year);
  for (const std::int64_t year : years) {
    const auto places = places_of(index, year);
    const auto add = [&](const std::string& county) {
      all.push_back({year, county, {}});
      for (const Place* place : compared(places, county)) all.back().counties.push_back(place->county);
    };
    add("");
    for (const Place* place : places) add(place->county);
  }
  return all;
}

office::Sheet picture_sheet(const Index& index, const PictureChoice& choice, const CountyNames& names, bool english) {
  const auto year = choice.year ? choice.year : latest_year(index);
  const auto places = year ? places_of(index, *year) : std::vector<const Place*>();
  if (choice.year && places.empty()) refuse("year", {"没有这一年的数据", "there are no figures of this year"});
  const std::string of_year = year ? " " + std::to_string(*year) : "";
  if (choice.picture == Picture::levels)
    return levels_sheet(say({"四链水平", "Chain levels"}, english) + of_year, compared(places, choice.county), names, english);
  office::Sheet sheet = people_sheet(say({"各县融合度", "Fusion index"}, english) + of_year, english);
  for (const Place* place : places) sheet.rows.push_back(people_row(*place, names, english));
  if (!places.empty()) sheet.charts.push_back(degree_bars(sheet.name, 0));
  return sheet;
}

office::Sheet about_sheet(const Settings& settings, bool english) {
  office::Sheet sheet{say({"说明", "About"}, english), {{say({"项", "Item"}, english), 0}, {say({"内容", "Text"}, english), 0}}, {}, {}};
  const auto add = [&](const Bilingual& item, const Bilingual& text) { sheet.rows.push_back({say(item, english), say(text, english)}); };
  add({"归一方法", "Normalisation"}, settings.normalisation == Normalisation::min_max ? Bilingual{"面板最小最大", "Least and most of the panel"} : Bilingual{"参照值", "Reference values"});
  add({"权重", "Weights"}, settings.weighting == Weighting::entropy ? Bilingual{"熵值", "Entropy"} : Bilingual{"给定", "As given"});
  for (const auto& caution : cautions()) add({"它不说明什么", "What it does not show"}, caution);
  return sheet;
}

}  // namespace jingwei::fusion
