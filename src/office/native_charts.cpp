// See internal/native_charts.h. A name that begins with "=" would be taken for a reference by libxlsxwriter, so that a space goes before it.
#include "office/internal/native_charts.h"

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "office/internal/xml.h"

namespace jingwei::office::internal {
namespace {

constexpr lxw_color_t kGrid = 0xDDDAD0;
constexpr float kLineWidth = 2.0F;
constexpr float kThinWidth = 1.5F;
constexpr std::uint8_t kMarkerSize = 6;
constexpr lxw_row_t kRowsPerChart = 17;
constexpr lxw_col_t kColumnsPerChart = 9;
constexpr double kXScale = 1.15;
constexpr double kYScale = 1.1;

lxw_color_t colour_of(const std::string& hex) {
  unsigned value = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
  return value;
}

std::string words(const std::string& text) {
  const std::string cleaned = clean(text);
  return cleaned.starts_with('=') ? " " + cleaned : cleaned;
}

std::uint8_t type_of(ChartKind kind) {
  switch (kind) {
    case ChartKind::line: return LXW_CHART_LINE;
    case ChartKind::bars: return LXW_CHART_BAR;
    case ChartKind::stacked_bars: return LXW_CHART_BAR_STACKED;
    case ChartKind::radar: return LXW_CHART_RADAR_WITH_MARKERS;
  }
  return LXW_CHART_LINE;
}

void style_line(lxw_chart_series* series, const ChartSeries& wanted) {
  const lxw_color_t colour = colour_of(wanted.colour);
  lxw_chart_line line{};
  line.color = colour;
  line.none = wanted.stroke == Stroke::marks ? 1 : 0;
  line.width = wanted.stroke == Stroke::solid ? kLineWidth : kThinWidth;
  line.dash_type = wanted.stroke == Stroke::dashed ? LXW_CHART_LINE_DASH_DASH : wanted.stroke == Stroke::dotted ? LXW_CHART_LINE_DASH_ROUND_DOT : LXW_CHART_LINE_DASH_SOLID;
  chart_series_set_line(series, &line);
  const bool marked = wanted.stroke == Stroke::solid || wanted.stroke == Stroke::marks;
  chart_series_set_marker_type(series, !marked ? LXW_CHART_MARKER_NONE : wanted.stroke == Stroke::marks ? LXW_CHART_MARKER_DIAMOND : LXW_CHART_MARKER_CIRCLE);
  if (!marked) return;
  lxw_chart_fill fill{};
  fill.color = colour;
  lxw_chart_line edge{};
  edge.color = colour;
  chart_series_set_marker_size(series, kMarkerSize);
  chart_series_set_marker_fill(series, &fill);
  chart_series_set_marker_line(series, &edge);
}

void add_series(lxw_chart* chart, const Chart& wanted, const ChartSeries& one, const ChartData& data) {
  const std::size_t rows = wanted.rows != 0 ? wanted.rows : data.sheet.rows.size() - std::min(wanted.first_row, data.sheet.rows.size());
  const auto first = static_cast<lxw_row_t>(wanted.first_row + 1);  // below the head
  const auto last = static_cast<lxw_row_t>(wanted.first_row + std::max<std::size_t>(rows, 1));
  const auto column = static_cast<lxw_col_t>(one.column);
  const auto labels = static_cast<lxw_col_t>(wanted.labels);
  lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
  chart_series_set_categories(series, data.name.c_str(), first, labels, last, labels);
  chart_series_set_values(series, data.name.c_str(), first, column, last, column);
  chart_series_set_name_range(series, data.name.c_str(), 0, column);
  if (wanted.kind == ChartKind::line || wanted.kind == ChartKind::radar) {
    style_line(series, one);
  } else {
    lxw_chart_fill fill{};
    fill.color = colour_of(one.colour);
    chart_series_set_fill(series, &fill);
  }
}

void style_axes(lxw_chart* chart, const Chart& wanted) {
  if (wanted.kind == ChartKind::radar) return;
  const bool bars = wanted.kind != ChartKind::line;
  // libxlsxwriter turns the axes of bars about: X is the one with the values.
  lxw_chart_axis* values = chart_axis_get(chart, bars ? LXW_CHART_AXIS_TYPE_X : LXW_CHART_AXIS_TYPE_Y);
  lxw_chart_axis* labels = chart_axis_get(chart, bars ? LXW_CHART_AXIS_TYPE_Y : LXW_CHART_AXIS_TYPE_X);
  lxw_chart_line grid{};
  grid.color = kGrid;
  chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
  chart_axis_major_gridlines_set_visible(labels, LXW_FALSE);
  chart_axis_major_gridlines_set_line(values, &grid);
  if (!wanted.unit.empty()) chart_axis_set_name(values, words(wanted.unit).c_str());
  if (!bars) return;
  constexpr std::uint16_t kGapPercent = 60;
  chart_set_series_gap(chart, kGapPercent);
  chart_axis_set_interval_unit(labels, 1);
  chart_axis_set_reverse(labels);  // the first row of the table is the upper bar,
  chart_axis_set_crossing_max(labels);  // and the values stay below
}

}  // namespace

void add_chart(lxw_workbook* book, lxw_worksheet* worksheet, const Sheet& sheet, std::size_t at, const ChartData& data) {
  const Chart& wanted = sheet.charts[at];
  CHECK(wanted.labels < data.sheet.columns.size());
  lxw_chart* chart = workbook_add_chart(book, type_of(wanted.kind));
  chart_title_set_name(chart, words(wanted.title).c_str());
  constexpr double kTitleSize = 12;
  lxw_chart_font font{};
  font.size = kTitleSize;
  chart_title_set_name_font(chart, &font);
  chart_legend_set_position(chart, wanted.series.size() > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
  chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_GAP);
  for (const auto& one : wanted.series) {
    CHECK(one.column < data.sheet.columns.size());
    add_series(chart, wanted, one, data);
  }
  style_axes(chart, wanted);
  const bool has_table = !sheet.columns.empty();
  const auto row = static_cast<lxw_row_t>(has_table ? 1 + at * kRowsPerChart : (at / 2) * kRowsPerChart);
  const auto column = static_cast<lxw_col_t>(has_table ? sheet.columns.size() + 1 : (at % 2) * kColumnsPerChart);
  std::string about = clean(wanted.about.empty() ? wanted.title : wanted.about);
  lxw_chart_options options{};
  options.x_scale = kXScale;
  options.y_scale = kYScale;
  options.description = about.data();
  CHECK(worksheet_insert_chart_opt(worksheet, row, column, chart, &options) == LXW_NO_ERROR);
}

}  // namespace jingwei::office::internal
