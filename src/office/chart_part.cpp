// See internal/chart_part.h.
#include "office/internal/chart_part.h"

#include <fmt/format.h>

#include <cmath>

#include "base/check.h"
#include "office/internal/fixed_parts.h"
#include "office/internal/xml.h"

namespace jingwei::office::internal {
namespace {

constexpr std::string_view kDataSheet = "Data";
constexpr int kCategoryAxis = 111111111;
constexpr int kValueAxis = 222222222;

std::string column_letters(std::size_t column) {
  constexpr std::size_t kLetters = 26;
  std::string letters;
  for (++column; column > 0; column = (column - 1) / kLetters) letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % kLetters));
  return letters;
}

struct Range {
  const Sheet& sheet;
  std::size_t first;  ///< row of the table, from 0
  std::size_t count;
};

std::string reference(std::size_t column, const Range& range) {
  const std::string letters = column_letters(column);
  return fmt::format("{0}!${1}${2}:${1}${3}", kDataSheet, letters, range.first + 2, range.first + 1 + range.count);
}

std::string text_points(std::size_t column, const Range& range) {
  std::string points;
  for (std::size_t row = 0; row < range.count; ++row)
    points += fmt::format(R"(<c:pt idx="{}"><c:v>{}</c:v></c:pt>)", row, escaped(text_of(range.sheet.rows[range.first + row][column])));
  return points;
}

/// A missing value has no point: the line has a gap there.
std::string number_points(std::size_t column, const Range& range) {
  std::string points;
  for (std::size_t row = 0; row < range.count; ++row)
    if (const auto* number = std::get_if<double>(&range.sheet.rows[range.first + row][column]); number != nullptr && std::isfinite(*number))
      points += fmt::format(R"(<c:pt idx="{}"><c:v>{}</c:v></c:pt>)", row, *number);
  return points;
}

std::string line_look(const ChartSeries& series, int width_emu) {
  if (series.stroke == Stroke::marks) return R"(<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr>)";
  const char* dash = series.stroke == Stroke::dashed ? "dash" : series.stroke == Stroke::dotted ? "sysDot" : "solid";
  return fmt::format(R"(<c:spPr><a:ln w="{}" cap="rnd"><a:solidFill><a:srgbClr val="{}"/></a:solidFill><a:prstDash val="{}"/><a:round/></a:ln>)"
  R"(</c:spPr>)", width_emu, series.colour, dash);
}

std::string marker(const ChartSeries& series) {
  if (series.stroke != Stroke::solid && series.stroke != Stroke::marks) return R"(<c:marker><c:symbol val="none"/></c:marker>)";
  return fmt::format(
      R"(<c:marker><c:symbol val="{0}"/><c:size val="6"/><c:spPr><a:solidFill><a:srgbClr val="{1}"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="{1}"/>)"
      R"(</a:solidFill></a:ln></c:spPr></c:marker>)",
      series.stroke == Stroke::marks ? "diamond" : "circle", series.colour);
}

std::string one_series(const Chart& chart, std::size_t number, const Range& range) {
  const ChartSeries& series = chart.series[number];
  CHECK(series.column < range.sheet.columns.size());
  const bool line = chart.kind == ChartKind::line;
  constexpr int kSolidEmu = 25'400;
  constexpr int kThinEmu = 19'050;
  return fmt::format(R"(<c:ser><c:idx val="{0}"/><c:order val="{0}"/><c:tx><c:strRef><c:f>{1}!${2}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{3}</c:v>)"
  R"(</c:pt></c:strCache></c:strRef></c:tx>)",
                     number, kDataSheet, column_letters(series.column), escaped(range.sheet.columns[series.column].title)) +
         (line ? line_look(series, series.stroke == Stroke::solid ? kSolidEmu : kThinEmu) + marker(series)
               : fmt::format(R"(<c:spPr><a:solidFill><a:srgbClr val="{}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>)", series.colour)) +
         fmt::format(R"(<c:cat><c:strRef><c:f>{}</c:f><c:strCache><c:ptCount val="{}"/>{}</c:strCache></c:strRef></c:cat>)", reference(chart.labels, range), range.count,
                     text_points(chart.labels, range)) +
         fmt::format(R"(<c:val><c:numRef><c:f>{}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{}"/>{}</c:numCache></c:numRef></c:val>{}</c:ser>)",
                     reference(series.column, range), range.count, number_points(series.column, range), line ? R"(<c:smooth val="0"/>)" : "");
}

std::string run_look(int hundredths) { return fmt::format(R"(<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{}"/></a:pPr><a:endParaRPr lang="zh-CN"/></a:p>)"
R"(</c:txPr>)", hundredths); }

std::string axis_title(const std::string& text) {
  if (text.empty()) return "";
  return fmt::format(R"(<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900" b="0"/></a:pPr><a:r><a:rPr sz="900" b="0"/><a:t>{}</a:t></a:r>)"
  R"(</a:p></c:rich></c:tx><c:overlay val="0"/></c:title>)",
                     escaped(text));
}

std::string axes(const Chart& chart) {
  const bool line = chart.kind == ChartKind::line;
  constexpr int kLabelSize = 900;
  const std::string grid = R"(<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="DDDAD0"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>)";
  return fmt::format(
             R"(<c:catAx><c:axId val="{}"/><c:scaling><c:orientation val="{}"/></c:scaling><c:delete val="0"/><c:axPos val="{}"/>)"
             R"(<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/>)"
             R"(<c:tickLblPos val="low"/>{}<c:crossAx val="{}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>)"
             R"(<c:noMultiLvlLbl val="1"/></c:catAx>)",
             kCategoryAxis, line ? "minMax" : "maxMin", line ? "b" : "l", run_look(kLabelSize), kValueAxis) +
         fmt::format(
             R"(<c:valAx><c:axId val="{}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>)"
             R"(<c:axPos val="{}"/>{}{}<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/>)"
             R"(<c:tickLblPos val="nextTo"/>{}<c:crossAx val="{}"/><c:crosses val="{}"/><c:crossBetween val="between"/></c:valAx>)",
             kValueAxis, line ? "l" : "b", grid, axis_title(chart.unit), run_look(kLabelSize), kCategoryAxis, line ? "autoZero" : "max");
}

}  // namespace

std::string chart_part(const Figure& figure, const std::string& language) {
  const Chart& chart = figure.chart;
  CHECK(chart.kind != ChartKind::radar && chart.labels < figure.data.columns.size());  // no document has needed one
  const std::size_t rows = figure.data.rows.size() - std::min(chart.first_row, figure.data.rows.size());
  const Range range{figure.data, chart.first_row, chart.rows == 0 ? rows : std::min(chart.rows, rows)};
  const bool line = chart.kind == ChartKind::line;
  std::string series;
  for (std::size_t i = 0; i < chart.series.size(); ++i) series += one_series(chart, i, range);
  const std::string ids = fmt::format(R"(<c:axId val="{}"/><c:axId val="{}"/>)", kCategoryAxis, kValueAxis);
  const std::string plot = line ? fmt::format(R"(<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{}<c:marker val="1"/>{}</c:lineChart>)", series, ids)
                                : fmt::format(R"(<c:barChart><c:barDir val="bar"/><c:grouping val="{}"/><c:varyColors val="0"/>{}<c:gapWidth val="60"/>{}{}</c:barChart>)",
                                              chart.kind == ChartKind::stacked_bars ? "stacked" : "clustered", series, chart.kind == ChartKind::stacked_bars ? R"(<c:overlap val="100"/>)" : "", ids);
  return fmt::format(
      R"({}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main")"
      R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">)"
      R"(<c:date1904 val="0"/><c:lang val="{}"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{}{}</c:plotArea>)"
      R"(<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{}</c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>)"
      R"(<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr>)"
      R"(<a:latin typeface="Arial"/><a:ea typeface="黑体"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>)"
      R"(<c:externalData r:id="data"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>)",
      kXmlHead, escaped(language), plot, axes(chart), run_look(900));
}

std::string chart_relations(std::size_t number) {
  return fmt::format(
      R"({}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
      R"(<Relationship Id="data" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package" Target="../embeddings/chart{}.xlsx"/></Relationships>)",
      kXmlHead, number);
}

std::string embedded_workbook(const Figure& figure, const Document& document) {
  Sheet sheet = figure.data;
  sheet.name = kDataSheet;
  sheet.charts.clear();
  return bytes_of(Workbook{figure.chart.title, document.author, document.made_at, {std::move(sheet)}});
}

}  // namespace jingwei::office::internal
