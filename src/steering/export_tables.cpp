// Tables of indicators and tasks as workbooks, see exports.h.
#include <algorithm>

#include "base/text.h"
#include "steering/internal/export_words.h"

namespace jingwei::steering {
namespace {

using internal::listed;
using internal::say;
using internal::words_of;
using office::Cell;
using office::Column;
using office::Row;
using office::Sheet;

std::vector<Column> columns_of(const ExportFrame& frame, std::initializer_list<Bilingual> titles) {
  std::vector<Column> columns;
  for (const auto& title : titles) columns.push_back({say(frame, title), 0});
  return columns;
}

std::vector<Column> task_columns(const ExportFrame& frame) {
  return columns_of(frame, {{"序号", "Number"},
                            {"种类", "Kind"},
                            {"年度", "Year"},
                            {"名称", "Title"},
                            {"内容", "Content"},
                            {"牵头单位", "Responsible"},
                            {"配合单位", "Helped by"},
                            {"责任人", "Accountable"},
                            {"期限", "Due"},
                            {"状态", "State"},
                            {"原因", "Reason"},
                            {"节点", "Milestones"},
                            {"节点完成", "Milestones done"},
                            {"节点总数", "Milestones in all"},
                            {"佐证", "Evidence"},
                            {"链", "Chain"},
                            {"虚构示例", "Invented"}});
}

Row task_row(const ExportFrame& frame, const TaskContent& task) {
  std::vector<std::string> milestones;
  double done = 0;
  for (const auto& one : task.milestones) {
    milestones.push_back(one.title + (one.due_on ? " " + *one.due_on : "") + (one.done_on ? " ✓ " + *one.done_on : ""));
    done += one.done_on ? 1 : 0;
  }
  std::vector<std::string> evidence;
  for (const auto& link : task.evidence) evidence.push_back(link.title + " " + link.address);
  return {task.number,
          say(frame, words_of(task.kind)),
          static_cast<double>(task.year),
          task.title,
          task.text,
          listed(frame, leads_of(task.duties)),
          listed(frame, internal::units_of(task.duties, DutyRole::co)),
          office::cell_of(task.person),
          office::day_of(task.due_on),
          say(frame, words_of(task.status)),
          task.status_reason,
          join(milestones, "\n"),
          task.milestones.empty() ? Cell() : Cell(done),
          task.milestones.empty() ? Cell() : Cell(static_cast<double>(task.milestones.size())),
          join(evidence, "\n"),
          task.chain ? Cell(say(frame, words_of(*task.chain))) : Cell(),
          task.fictional ? Cell(say(frame, {"是", "yes"})) : Cell()};
}

Bilingual table_name(TaskKind kind) {
  switch (kind) {
    case TaskKind::measure: return {"年度任务分解表", "Tasks of the year"};
    case TaskKind::project: return {"重大项目实施表", "Major projects"};
    case TaskKind::reform: return {"重大改革攻坚表", "Major reforms"};
    case TaskKind::decision: return {"调度决定", "Decisions of reviews"};
  }
  return {};
}

Sheet task_sheet(const ExportFrame& frame, TaskKind kind, const std::vector<TaskView>& tasks) {
  Sheet sheet{say(frame, table_name(kind)), task_columns(frame), {}, {}};
  for (const auto& task : tasks)
    if (task.kind == kind) sheet.rows.push_back(task_row(frame, task));
  return sheet;
}

Sheet indicator_sheet(const ExportFrame& frame, const Bilingual& name, const std::vector<IndicatorView>& indicators) {
  Sheet sheet{say(frame, name), internal::indicator_columns(frame), {}, {}};
  for (const auto& indicator : indicators) sheet.rows.push_back(internal::indicator_row(frame, indicator));
  return sheet;
}

/// What the plan wants at the end of the period, when that is the end of a target's year.
Cell target_cell(const Course& course, const Period& period) {
  if (period.part != parts_of_year(period.frequency)) return {};
  for (const auto& target : course.targets)
    if (target.year == period.year) return office::cell_of(target.value);
  return {};
}

constexpr std::size_t kHistoryFigure = 2, kHistoryPath = 3, kHistoryTarget = 4, kHistoryForecast = 5;

}  // namespace

bool fits(const IndicatorView& indicator, const IndicatorFilter& filter) {
  if (filter.state && indicator.state != *filter.state) return false;
  if (filter.chain && (indicator.chain ? enum_name(*indicator.chain) : enum_name(ChainFilter::none)) != enum_name(*filter.chain)) return false;
  if (filter.promise && indicator.promise != *filter.promise) return false;
  if (!filter.unit.empty() && !std::ranges::count(leads_of(indicator.duties), filter.unit)) return false;
  return filter.words.empty() || to_lower_ascii(indicator.name + indicator.code).contains(to_lower_ascii(filter.words));
}

std::vector<std::string> leads_of(const std::vector<Duty>& duties) {
  std::vector<std::string> leads, named;
  for (const auto& duty : duties) {
    if (duty.role == DutyRole::everywhere) continue;
    named.push_back(duty.unit);
    if (duty.role == DutyRole::lead) leads.push_back(duty.unit);
  }
  return leads.empty() ? named : leads;
}

bool is_late(const TaskContent& task, std::string_view today) {
  if (task.status == TaskStatus::done || task.status == TaskStatus::dropped) return false;
  return task.status == TaskStatus::slipped || task.status == TaskStatus::at_risk || (task.due_on && *task.due_on < today);
}

std::vector<Column> internal::indicator_columns(const ExportFrame& frame) {
  return columns_of(frame, {{"代码", "Code"},
                            {"指标", "Indicator"},
                            {"单位", "Unit"},
                            {"体系", "System"},
                            {"任务", "Task"},
                            {"链", "Chain"},
                            {"责任单位", "Responsible"},
                            {"基期年", "Baseline year"},
                            {"基期值", "Baseline"},
                            {"基期（原文）", "Baseline as published"},
                            {"目标年", "Target year"},
                            {"目标值", "Target"},
                            {"目标（原文）", "Target as published"},
                            {"最新期间", "Latest period"},
                            {"最新值", "Latest"},
                            {"按路径应达", "Required by the path"},
                            {"今年至今", "This year so far"},
                            {"今天应达", "Required today"},
                            {"状态", "State"},
                            {"自", "Since"},
                            {"说明", "Why"},
                            {"逾期未报", "Overdue reports"},
                            {"虚构示例", "Invented"}});
}

Row internal::indicator_row(const ExportFrame& frame, const IndicatorView& view) {
  const auto& course = view.course;
  const IndicatorTarget* target = course.targets.empty() ? nullptr : &course.targets.back();
  return {view.code,
          view.name,
          view.unit,
          office::cell_of(view.system),
          office::cell_of(view.task),
          view.chain ? Cell(say(frame, words_of(*view.chain))) : Cell(),
          listed(frame, leads_of(view.duties)),
          course.baseline ? Cell(static_cast<double>(course.baseline->year)) : Cell(),
          course.baseline ? office::cell_of(course.baseline->value) : Cell(),
          course.baseline ? Cell(course.baseline->text) : Cell(),
          target != nullptr ? Cell(static_cast<double>(target->year)) : Cell(),
          target != nullptr ? office::cell_of(target->value) : Cell(),
          target != nullptr ? Cell(target->text) : Cell(),
          office::cell_of(view.period),
          office::cell_of(view.figure),
          office::cell_of(view.required),
          office::cell_of(view.running),
          office::cell_of(view.required_now),
          say(frame, words_of(view.state)),
          office::day_of(view.since),
          say(frame, view.why),
          view.overdue > 0 ? Cell(static_cast<double>(view.overdue)) : Cell(),
          view.fictional ? Cell(say(frame, {"是", "yes"})) : Cell()};
}

std::vector<Column> internal::history_columns(const ExportFrame& frame) {
  return columns_of(frame, {{"期间", "Period"},
                            {"本期值", "Value"},
                            {"对照路径的数", "Figure"},
                            {"路径", "Path"},
                            {"目标", "Target"},
                            {"预测", "Forecast"},
                            {"预测下限", "Forecast, low"},
                            {"预测上限", "Forecast, high"},
                            {"判断", "Judgment"},
                            {"状态", "State"},
                            {"确认日", "Known on"},
                            {"应报日", "Due on"}});
}

std::vector<Row> internal::history_rows(const ExportFrame& frame, const IndicatorPage& page) {
  std::vector<Row> rows;
  const auto& course = page.course;
  if (course.baseline && course.baseline->value) {
    const std::string year = std::to_string(course.baseline->year);
    rows.push_back({page.frequency == Frequency::year ? year : say(frame, {year + " 基期", "Baseline " + year}), *course.baseline->value, *course.baseline->value, *course.baseline->value});
    rows.back().resize(history_columns(frame).size());
  }
  std::map<std::string, ForecastPoint> forecast;
  // Sums and averages are forecast by single periods, which the line of the year so far does not show.
  if (page.forecast && course.aggregation == Aggregation::last)
    for (const auto& point : page.forecast->points) forecast.emplace(point.period, point);
  for (const auto& point : page.points) {
    const auto period = parse_period(point.period);
    const auto expected = forecast.find(point.period);
    const bool has = expected != forecast.end();
    rows.push_back({point.period, office::cell_of(point.value), office::cell_of(point.figure), office::cell_of(point.required), period ? target_cell(course, *period) : Cell(),
                    has ? Cell(expected->second.value) : Cell(), has ? Cell(expected->second.low) : Cell(), has ? Cell(expected->second.high) : Cell(),
                    point.verdict ? Cell(say(frame, words_of(*point.verdict))) : Cell(),
                    point.state ? Cell(say(frame, words_of(*point.state))) : Cell(), office::day_of(point.known_on),
                    office::day_of(point.due_on)});
  }
  return rows;
}

office::Chart internal::history_chart(const ExportFrame& frame, const IndicatorPage& page, std::size_t shift) {
  office::Chart chart{office::ChartKind::line, page.name + " · " + say(frame, {"历史、路径和目标", "history, path and target"}), say(frame, page.why), shift, {}, page.unit, 0, 0, ""};
  chart.series = {{kHistoryFigure + shift, "1F5F7A", office::Stroke::solid}, {kHistoryPath + shift, "8A8F98", office::Stroke::dashed}, {kHistoryTarget + shift, "B3382C", office::Stroke::marks}};
  if (page.forecast && page.course.aggregation == Aggregation::last) chart.series.push_back({kHistoryForecast + shift, "B9772E", office::Stroke::dotted});
  return chart;
}

office::Workbook tasks_workbook(const ExportFrame& frame, const std::vector<TaskView>& tasks, const std::vector<IndicatorView>& indicators,
                                std::optional<TaskKind> kind) {
  if (kind) return internal::workbook_of(frame, table_name(*kind), {task_sheet(frame, *kind, tasks)});
  std::vector<Sheet> sheets = {indicator_sheet(frame, {"重点指标进度表", "Key indicators"}, indicators)};
  for (const auto each : {TaskKind::project, TaskKind::reform, TaskKind::measure, TaskKind::decision}) sheets.push_back(task_sheet(frame, each, tasks));
  return internal::workbook_of(frame, {"指标、项目、改革和任务", "Indicators, projects, reforms and tasks"}, std::move(sheets));
}

office::Workbook all_tasks_workbook(const ExportFrame& frame, const std::vector<TaskView>& tasks) {
  Sheet sheet{say(frame, {"任务", "Tasks"}), task_columns(frame), {}, {}};
  for (const auto& task : tasks) sheet.rows.push_back(task_row(frame, task));
  return internal::workbook_of(frame, {"任务", "Tasks"}, {std::move(sheet)});
}

office::Workbook indicators_workbook(const ExportFrame& frame, const std::vector<IndicatorView>& indicators) {
  return internal::workbook_of(frame, {"指标", "Indicators"}, {indicator_sheet(frame, {"指标", "Indicators"}, indicators)});
}

office::Workbook indicator_workbook(const ExportFrame& frame, const IndicatorPage& page) {
  Sheet history{say(frame, {"各期", "Periods"}), internal::history_columns(frame), internal::history_rows(frame, page), {internal::history_chart(frame, page, 0)}};
  return internal::workbook_of(frame, {page.name, page.name}, {std::move(history), indicator_sheet(frame, {"指标", "Indicator"}, {page})});
}

}  // namespace jingwei::steering
