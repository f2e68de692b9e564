// Tables of indicators and of tasks, in the layouts that texts have: Markdown, cells divided by tabs, one cell a line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reading/internal/words.h"

namespace jingwei::reading {

enum class ColumnKind { unknown, number, system, task, name, unit, figure, lead, co, departments, remark, property, measure, goal, deadline };
enum class ColumnTime { unsaid, baseline, target };

struct Column {
  ColumnKind kind = ColumnKind::unknown;
  Words words;         ///< of the head
  std::string period;  ///< of a figure: "2027", "2026Q1", "Q1" while the year is open
  ColumnTime time = ColumnTime::unsaid;
};

struct Row {
  std::vector<Words> cells;  ///< as many as there are columns
  bool is_guessed = false;   ///< the cells did not fit the head one by one
};

struct Table {
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::vector<Words> unread;  ///< cells between rows that fit nowhere
  bool is_of_tasks = false;   ///< its rows are measures, not indicators
  std::size_t first_line = 0;
  std::size_t end_line = 0;
};

/// What a column is, from its head.
Column column_of(const Words& head);
/// Names, and figures of at least one period.
bool is_head(const std::vector<Column>& columns);
/// Tasks or measures, and who does them or by when; no figures.
bool is_task_head(const std::vector<Column>& columns);
/// A cell of a column of figures: 3.7, 80以上, 保持基本稳定, 前50, -, 12800/7721.
bool is_figure_cell(std::u32string_view text);
/// 亿元, %, 万元/人, 件
bool is_unit_of_figures(std::u32string_view text);

std::vector<Table> find_tables(const Source& source);
/// The rows of a table with one cell a line whose head ends before `line`; sets end_line.
void read_stacked_rows(const Source& source, std::size_t line, Table& table);

}  // namespace jingwei::reading
