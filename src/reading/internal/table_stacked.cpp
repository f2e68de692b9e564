// Rows of a table whose cells come one a line. Where empty lines divide the rows and each has as many cells as the head, they are
// taken as they are. Otherwise cells are given to columns by what they look like, column by column; the merged ones may be missing.
#include <algorithm>

#include "reading/internal/numbering.h"
#include "reading/internal/table.h"
#include "reading/internal/units.h"

namespace jingwei::reading {
namespace {

constexpr std::size_t kCellCharactersMax = 80;
constexpr std::size_t kCellsMax = 100'000;  ///< of one table; what stands behind is left to be read as text
constexpr std::size_t kTriesMax = 2'000;    ///< for one row; each tries one cell in one column

struct Cell {
  Words words;
  std::size_t line = 0;
};

struct Group {
  std::vector<Cell> cells;
  std::size_t end_line = 0;
};

/// Runs of lines between empty ones; a line with nothing but a tab is an empty cell.
std::vector<Group> groups_from(const Source& source, std::size_t line) {
  std::vector<Group> groups(1);
  std::size_t cells = 0;
  for (; line < source.lines.size() && cells < kCellsMax; ++line) {
    const Line& next = source.lines[line];
    if (!next.cells.empty() || next.hashes > 0 || next.words.size() > kCellCharactersMax || next.words.text.find(U'。') != std::u32string::npos) break;
    if (next.is_blank() && !next.is_tabbed) {
      if (!groups.back().cells.empty()) groups.emplace_back();
      continue;
    }
    groups.back().cells.push_back({next.words, line});
    ++cells;
    groups.back().end_line = line + 1;
  }
  if (groups.back().cells.empty()) groups.pop_back();
  return groups;
}

bool may_be_absent(const Column& column) {
  return column.kind == ColumnKind::system || column.kind == ColumnKind::task || column.kind == ColumnKind::co || column.kind == ColumnKind::remark ||
         column.kind == ColumnKind::property;
}

bool fits(const Column& column, std::u32string_view text, int expected_number) {
  const bool is_figure = is_figure_cell(text);
  switch (column.kind) {
    case ColumnKind::number:
      return small_number(text) > 0 && (expected_number == 0 || small_number(text) == expected_number);
    case ColumnKind::figure:
      return text.empty() || is_figure;
    case ColumnKind::unit:
      return text.empty() || is_unit_of_figures(text) || text == U"/" || text == U"-" || text == U"—";
    case ColumnKind::lead:
    case ColumnKind::co:
    case ColumnKind::departments:
      return looks_like_units(text);
    case ColumnKind::name:
      return text.size() > 1 && !is_figure && small_number(text) < 0;
    case ColumnKind::system:
    case ColumnKind::task:
      return text.empty() || (!is_digit(text[0]) && !is_figure);
    default:
      return true;
  }
}

/// Gives cells to columns from left to right; the way with the fewest absent cells that are tried last.
class RowFitter {
 public:
  RowFitter(const std::vector<Column>& columns, const std::vector<Cell>& cells, std::size_t first, int expected_number)
      : columns_(columns), cells_(cells), first_(first), expected_number_(expected_number) {}

  /// How many cells the row takes; 0 when it cannot be read.
  std::size_t fit(Row& row) {
    row.cells.assign(columns_.size(), {});
    return place(0, first_, row) ? used_ - first_ : 0;
  }

 private:
  bool place(std::size_t column, std::size_t at, Row& row) {
    if (++tries_ > kTriesMax) return false;
    if (column == columns_.size()) {
      used_ = at;
      return at > first_;
    }
    if (at < cells_.size() && fits(columns_[column], cells_[at].words.text, expected_number_)) {
      row.cells[column] = cells_[at].words;
      if (place(column + 1, at + 1, row)) return true;
    }
    row.cells[column] = {};
    return may_be_absent(columns_[column]) && place(column + 1, at, row);
  }

  const std::vector<Column>& columns_;
  const std::vector<Cell>& cells_;
  std::size_t first_;
  int expected_number_;
  std::size_t used_ = 0;
  std::size_t tries_ = 0;
};

std::optional<std::size_t> number_column(const Table& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i].kind == ColumnKind::number) return i;
  return std::nullopt;
}

/// The empty lines divide rows: at least four of five groups have a cell for every column.
bool are_rows(const std::vector<Group>& groups, std::size_t columns) {
  std::size_t whole = 0;
  for (const auto& group : groups) whole += group.cells.size() == columns;
  return whole > 0 && whole * 5 >= (groups.size() - (groups.size() > 1 ? 1 : 0)) * 4;
}

void take_groups(const std::vector<Group>& groups, Table& table) {
  for (const auto& group : groups) {
    if (group.cells.size() != table.columns.size()) {
      Row row;
      if (RowFitter(table.columns, group.cells, 0, 0).fit(row) != group.cells.size()) break;
      row.is_guessed = true;
      table.rows.push_back(std::move(row));
    } else {
      Row row;
      for (const auto& cell : group.cells) row.cells.push_back(cell.words);
      table.rows.push_back(std::move(row));
    }
    table.end_line = group.end_line;
  }
}

void take_stream(const std::vector<Group>& groups, Table& table) {
  std::vector<Cell> cells;
  for (const auto& group : groups)
    for (const auto& cell : group.cells)
      if (!cell.words.empty()) cells.push_back(cell);
  const auto numbered = number_column(table);
  int expected = numbered ? 1 : 0;
  for (std::size_t at = 0; at < cells.size();) {
    Row row;
    std::size_t taken = RowFitter(table.columns, cells, at, expected).fit(row);
    if (taken == 0) {
      // The next row that can be read, a few cells on; what lies between is told.
      std::size_t skipped = 0;
      const std::size_t reach = numbered && !table.rows.empty() ? 2 * table.columns.size() : 0;
      while (taken == 0 && skipped < reach && at + skipped < cells.size()) {
        ++skipped;
        taken = RowFitter(table.columns, cells, at + skipped, expected + 1).fit(row);
        if (taken == 0) taken = RowFitter(table.columns, cells, at + skipped, expected).fit(row);
      }
      if (taken == 0) return;
      for (std::size_t i = at; i < at + skipped; ++i) table.unread.push_back(cells[i].words);
      at += skipped;
      row.is_guessed = true;
    }
    if (numbered) expected = small_number(row.cells[*numbered].text) + 1;
    at += taken;
    table.end_line = cells[at - 1].line + 1;
    table.rows.push_back(std::move(row));
  }
}

}  // namespace

void read_stacked_rows(const Source& source, std::size_t line, Table& table) {
  table.end_line = line;
  const auto groups = groups_from(source, line);
  if (are_rows(groups, table.columns.size()))
    take_groups(groups, table);
  else
    take_stream(groups, table);
}

}  // namespace jingwei::reading
