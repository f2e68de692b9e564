// Workbooks as the bytes of an .xlsx file (ECMA-376), written by libxlsxwriter: sheets of typed columns, and charts that spreadsheet
// programs draw themselves.
//
//   Workbook book{"指标", language, {sheet}};
//   std::string bytes = bytes_of(book);
//
// A text is a text: no cell ever becomes a formula, a link or a number because of what it says. Numbers, days, moments and money are
// cells of their kind, so that they sort and add up. What XML cannot carry becomes U+FFFD; a text over kCellUnitsMax is cut and says so.
// Knows no domain and no words of one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/money.h"
#include "base/time.h"

namespace jingwei::office {

constexpr std::size_t kSheetsMax = 60;
constexpr std::size_t kColumnsMax = 400;
constexpr std::size_t kRowsMax = 1'048'575;    ///< of a sheet beside its head; a spreadsheet program shows no more
constexpr std::size_t kCellsMax = 1'000'000;   ///< of a workbook; more is for CSV
constexpr std::size_t kCellUnitsMax = 32'767;  ///< UTF-16 units of a text; a spreadsheet program takes no more
constexpr std::size_t kSheetNameUnitsMax = 31;
constexpr std::string_view kXlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A date in normal form ("2026-01-21"). Another text stays a text; so does a day before 1900, which spreadsheet programs do not know.
struct Day {
  std::string text;
  bool operator==(const Day&) const = default;
};

/// Nothing, text, number, truth, day, moment (shown in Asia/Shanghai), money (shown in yuan). A number that is not finite is a text.
using Cell = std::variant<std::monostate, std::string, double, bool, Day, Timestamp, Money>;
using Row = std::vector<Cell>;

/// A day or a figure that may be missing as a cell: nothing is an empty cell, never zero.
Cell cell_of(const std::optional<double>& number);
Cell cell_of(const std::optional<std::string>& text);
Cell day_of(const std::optional<std::string>& day);
/// A whole number that a double would round stays a text.
Cell whole_of(std::int64_t number);

struct Column {
  std::string title;
  double width = 0;  ///< in characters; 0: by what is in it
};

enum class ChartKind { line, bars, stacked_bars, radar };
enum class Stroke { solid, dashed, dotted, marks };  ///< marks: points without a line between them

/// One line or one piece of the bars: the numbers of a column.
struct ChartSeries {
  std::size_t column = 0;
  std::string colour;  ///< "1F5F7A"
  Stroke stroke = Stroke::solid;
};

struct Chart {
  ChartKind kind = ChartKind::line;
  std::string title;
  std::string about;          ///< what it shows, in a sentence, for those who do not see it
  std::size_t labels = 0;     ///< column of the categories
  std::vector<ChartSeries> series;
  std::string unit;           ///< beside the axis of values
  std::size_t first_row = 0;  ///< of the rows below the head
  std::size_t rows = 0;       ///< 0: all that follow
  std::string data_sheet;     ///< name of another sheet that holds the rows; empty: its own
};

/// A table with a frozen head and a filter, its charts to the right of it; without columns, a sheet of charts.
struct Sheet {
  std::string name;  ///< cut and mended to what a spreadsheet program takes; made unique
  std::vector<Column> columns;
  std::vector<Row> rows;  ///< as long as columns
  std::vector<Chart> charts;
};

struct Workbook {
  std::string title;
  std::string author;
  Timestamp made_at;
  std::vector<Sheet> sheets;
};

/// Throws Rejected{too_large} over kRowsMax, kColumnsMax, kCellsMax or kSheetsMax. Stops the process for rows that do not fit their columns.
std::string bytes_of(const Workbook& workbook);

/// A cell as people read it: for documents.
std::string text_of(const Cell& cell);

}  // namespace jingwei::office
