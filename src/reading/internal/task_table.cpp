#include "reading/internal/task_table.h"

#include <algorithm>

namespace jingwei::reading {
namespace {

constexpr std::size_t kHeadingCharactersMax = 60;

class TaskRows {
 public:
  TaskRows(const Table& table, Outline& outline) : table_(table), outline_(outline), names_itself_(tasks_name_rows()) {}

  void run() {
    for (const Row& row : table_.rows) add(row);
  }

 private:
  const Words& cell(const Row& row, ColumnKind kind) const {
    static const Words none;
    for (std::size_t i = 0; i < table_.columns.size(); ++i)
      if (table_.columns[i].kind == kind) return row.cells[i];
    return none;
  }

  bool has(ColumnKind kind) const {
    return std::any_of(table_.columns.begin(), table_.columns.end(), [&](const Column& column) { return column.kind == kind; });
  }

  /// Every row has a task of its own: it is the row's heading. Where one task has several rows, it is the section above them.
  bool tasks_name_rows() const {
    if (!has(ColumnKind::measure)) return true;
    return std::none_of(table_.rows.begin(), table_.rows.end(),
                        [&](const Row& row) { return cell(row, ColumnKind::task).empty() && !cell(row, ColumnKind::measure).empty(); });
  }

  void add(const Row& row) {
    if (const Words& system = cell(row, ColumnKind::system); !system.empty()) system_ = system;
    const Words& task = cell(row, ColumnKind::task);
    const Words& words = cell(row, ColumnKind::measure);
    if (!task.empty()) task_ = task;
    if (task.empty() && words.empty()) return;
    Measure measure;
    measure.number = trimmed(cell(row, ColumnKind::number), U".、");
    if (!system_.empty()) measure.sections.push_back(system_);
    if (!names_itself_ && !task_.empty()) measure.sections.push_back(task_);
    if (names_itself_ && !task.empty()) measure.parts.push_back(task);
    if (!words.empty()) measure.parts.push_back(words);
    if (measure.parts.empty()) return;  // the task of the rows below it
    const Words& first = measure.parts.front();
    const auto stop = std::min(first.text.find_first_of(U"。；："), first.size());
    if (stop <= kHeadingCharactersMax) measure.heading = first.sub(0, stop);
    for (const auto kind : {ColumnKind::goal, ColumnKind::deadline})
      if (!cell(row, kind).empty()) measure.beside.push_back(cell(row, kind));
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      if (table_.columns[i].kind != ColumnKind::system && (names_itself_ || table_.columns[i].kind != ColumnKind::task)) measure.words.append(row.cells[i]);
    name_units(row, measure);
    outline_.measures.push_back(std::move(measure));
  }

  void name_units(const Row& row, Measure& measure) const {
    UnitClause clause;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const auto kind = table_.columns[i].kind;
      if (kind != ColumnKind::lead && kind != ColumnKind::co && kind != ColumnKind::departments) continue;
      const auto role = kind == ColumnKind::lead ? DraftUnitRole::lead : kind == ColumnKind::co ? DraftUnitRole::co : DraftUnitRole::responsible;
      for (auto& unit : units_in(row.cells[i]))
        if (unit.size() > 1) clause.units.push_back({std::move(unit), role});
    }
    if (!clause.units.empty()) measure.clause = std::move(clause);
  }

  const Table& table_;
  Outline& outline_;
  const bool names_itself_;
  Words system_;
  Words task_;
};

}  // namespace

void add_task_rows(const Table& table, Outline& outline) { TaskRows(table, outline).run(); }

}  // namespace jingwei::reading
