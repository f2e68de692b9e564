// Where tables stand, and the rows of those whose cells share a line.
#include <algorithm>

#include "reading/internal/table.h"

namespace jingwei::reading {
namespace {

constexpr std::size_t kColumnsMax = 24;
constexpr std::size_t kHeadCharactersMax = 20;
constexpr std::size_t kStackedTablesMax = 50;  ///< of one text; each may look at every line behind its head

bool is_marks_row(const Line& line) {
  return line.is_bar_row &&
         std::all_of(line.cells.begin(), line.cells.end(), [](const Words& cell) { return cell.text.find_first_not_of(U"-:—") == cell.text.npos; });
}

std::vector<Column> columns_of(const std::vector<Words>& cells) {
  std::vector<Column> columns;
  for (const auto& cell : cells) columns.push_back(column_of(cell));
  // Where figures of a period stand beside tasks, the tasks are what is measured.
  const bool has_name = std::any_of(columns.begin(), columns.end(), [](const Column& column) { return column.kind == ColumnKind::name; });
  const bool has_period =
      std::any_of(columns.begin(), columns.end(), [](const Column& column) { return column.kind == ColumnKind::figure && !column.period.empty(); });
  if (has_name || !has_period) return columns;
  for (auto& column : columns)
    if (column.kind == ColumnKind::task) {
      column.kind = ColumnKind::name;
      break;
    }
  return columns;
}

/// A second line of heads under a merged one: 目标值 above 2026年, 2027年.
bool join_second_head(const std::vector<Words>& cells, std::vector<Column>& columns) {
  if (cells.size() != columns.size()) return false;
  std::size_t periods = 0;
  for (const auto& cell : cells) {
    if (cell.empty()) continue;
    if (column_of(cell).kind != ColumnKind::figure) return false;
    ++periods;
  }
  if (periods < 2) return false;
  ColumnTime above = ColumnTime::unsaid;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (columns[i].time != ColumnTime::unsaid) above = columns[i].time;
    if (cells[i].empty()) continue;
    Column below = column_of(cells[i]);
    if (below.time == ColumnTime::unsaid) below.time = above;
    columns[i] = below;
  }
  return true;
}

bool is_same_head(const std::vector<Words>& cells, const Table& table) {
  if (cells.size() != table.columns.size()) return false;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (cells[i].text != table.columns[i].words.text) return false;
  return true;
}

/// Rows of Markdown or with tabs, from the line behind the head.
void read_wide_rows(const Source& source, std::size_t line, Table& table) {
  std::size_t end = line;
  for (; line < source.lines.size(); ++line) {
    const Line& row = source.lines[line];
    if (row.is_blank()) continue;
    if (row.cells.empty()) break;
    end = line + 1;
    if (is_marks_row(row) || is_same_head(row.cells, table)) continue;
    if (table.rows.empty() && join_second_head(row.cells, table.columns)) continue;
    Row read{row.cells, row.cells.size() != table.columns.size()};
    // Empty cells at the end of a row are often not written.
    if (row.cells.size() < table.columns.size() && row.cells.size() + 3 > table.columns.size()) read.is_guessed = row.cells.size() + 1 < table.columns.size();
    read.cells.resize(table.columns.size());
    table.rows.push_back(std::move(read));
  }
  table.end_line = end;
}

bool is_head_line(const Line& line) {
  return line.cells.empty() && !line.is_blank() && line.words.size() <= kHeadCharactersMax && column_of(line.words).kind != ColumnKind::unknown;
}

/// The heads of a table with one cell a line, from `line` on; the line behind them, or 0 when they are none.
std::size_t read_stacked_head(const Source& source, std::size_t line, Table& table) {
  std::vector<Words> heads;
  std::size_t at = line;
  std::size_t end = line;
  bool has_name = false;
  for (; at < source.lines.size() && heads.size() < kColumnsMax; ++at) {
    if (source.lines[at].is_blank()) continue;
    if (!is_head_line(source.lines[at])) break;
    // Names twice: the first was the table's title.
    const bool is_name = column_of(source.lines[at].words).kind == ColumnKind::name;
    if (is_name && has_name) return 0;
    has_name = has_name || is_name;
    heads.push_back(source.lines[at].words);
    end = at + 1;
  }
  table.columns = columns_of(heads);
  table.first_line = line;
  return is_head(table.columns) ? end : 0;
}

}  // namespace

std::vector<Table> find_tables(const Source& source) {
  std::vector<Table> tables;
  std::size_t stacked = 0;
  for (std::size_t i = 0; i < source.lines.size(); ++i) {
    const Line& line = source.lines[i];
    Table table;
    if (line.cells.size() >= 3 && line.cells.size() <= kColumnsMax) {
      table.columns = columns_of(line.cells);
      table.first_line = i;
      table.is_of_tasks = !is_head(table.columns) && is_task_head(table.columns);
      if (!is_head(table.columns) && !table.is_of_tasks) continue;
      read_wide_rows(source, i + 1, table);
    } else if (stacked < kStackedTablesMax && is_head_line(line)) {
      const std::size_t behind = read_stacked_head(source, i, table);
      if (behind == 0) continue;
      ++stacked;
      read_stacked_rows(source, behind, table);
    } else {
      continue;
    }
    i = std::max(i, table.end_line - 1);
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace jingwei::reading
