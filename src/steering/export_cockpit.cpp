// The pictures of the cockpit as tables with native charts, see exports.h.
#include <algorithm>

#include "steering/internal/export_words.h"

namespace jingwei::steering {
namespace {

using internal::say;
using internal::words_of;
using office::Cell;
using office::Sheet;

struct Group {
  std::string name;
  std::map<IndicatorState, double> counts;
  double total = 0;
};

/// The largest group first, as on the page.
std::vector<Group> groups_by(const std::vector<IndicatorView>& indicators, const std::function<std::vector<std::string>(const IndicatorView&)>& names_of) {
  std::vector<Group> groups;
  for (const auto& indicator : indicators)
    for (const auto& name : names_of(indicator)) {
      auto found = std::ranges::find(groups, name, &Group::name);
      if (found == groups.end()) found = groups.insert(groups.end(), {name, {}, 0});
      ++found->counts[indicator.state];
      ++found->total;
    }
  std::ranges::stable_sort(groups, std::greater(), &Group::total);
  return groups;
}

Sheet group_sheet(const ExportFrame& frame, const Bilingual& name, const Bilingual& of, const std::vector<Group>& groups) {
  Sheet sheet{say(frame, name), {{say(frame, of), 0}}, {}, {}};
  office::Chart chart{office::ChartKind::stacked_bars, say(frame, name), "", 0, {}, "", 0, 0, ""};
  for (const auto state : internal::kStates) {
    chart.series.push_back({sheet.columns.size(), internal::colour_of(state), office::Stroke::solid});
    sheet.columns.push_back({say(frame, words_of(state)), 0});
  }
  sheet.columns.push_back({say(frame, {"合计", "Total"}), 0});
  for (const auto& group : groups) {
    office::Row row = {group.name};
    for (const auto state : internal::kStates) row.emplace_back(group.counts.contains(state) ? group.counts.at(state) : 0.0);
    row.emplace_back(group.total);
    sheet.rows.push_back(std::move(row));
  }
  if (!groups.empty()) sheet.charts.push_back(std::move(chart));
  return sheet;
}

Sheet state_sheet(const ExportFrame& frame, const std::vector<IndicatorView>& indicators) {
  Sheet sheet{say(frame, {"按状态", "By state"}), {{say(frame, {"状态", "State"}), 0}, {say(frame, {"指标数", "Indicators"}), 0}}, {}, {}};
  for (const auto state : internal::kStates) sheet.rows.push_back({say(frame, words_of(state)), static_cast<double>(std::ranges::count(indicators, state, &IndicatorView::state))});
  sheet.charts.push_back({office::ChartKind::bars, sheet.name, "", 0, {{1, "1F5F7A", office::Stroke::solid}}, "", 0, 0, ""});
  return sheet;
}

Sheet promise_sheet(const ExportFrame& frame, const std::vector<IndicatorView>& indicators) {
  Sheet sheet{say(frame, {"承诺进度", "Promises"}), {}, {}, {}};
  for (const Bilingual& title : {Bilingual{"承诺", "Promise"}, {"单位", "Unit"}, {"已完成", "Done"}, {"今天应达", "Path today"}, {"目标", "Target"},
                                 {"完成 %", "Done, %"}, {"今天应达 %", "Path today, %"}, {"状态", "State"}})
    sheet.columns.push_back({say(frame, title), 0});
  for (const auto& one : indicators) {
    if (!one.promise || one.course.aggregation != Aggregation::sum) continue;
    const auto target = one.course.targets.empty() ? std::nullopt : one.course.targets.back().value;
    const auto done = one.running ? one.running : one.figure;
    const auto share = [&](const std::optional<double>& part) { return part && target && *target != 0 ? Cell(*part / *target * 100) : Cell(); };
    sheet.rows.push_back({one.name, one.unit, office::cell_of(done), office::cell_of(one.required_now), office::cell_of(target), share(done), share(one.required_now),
                          say(frame, words_of(one.state))});
  }
  constexpr std::size_t kDone = 5, kPath = 6;
  if (!sheet.rows.empty())
    sheet.charts.push_back({office::ChartKind::bars, sheet.name, "", 0, {{kDone, "1F5F7A", office::Stroke::solid}, {kPath, "C9C4B5", office::Stroke::solid}}, "%", 0, 0, ""});
  return sheet;
}

Sheet late_sheet(const ExportFrame& frame, const std::vector<TaskView>& tasks) {
  Sheet sheet{say(frame, {"滞后任务", "Late tasks"}), {}, {}, {}};
  for (const Bilingual& title : {Bilingual{"任务", "Task"}, {"种类", "Kind"}, {"责任单位", "Responsible"}, {"期限", "Due"}, {"状态", "State"}, {"原因", "Reason"}}) sheet.columns.push_back({say(frame, title), 0});
  std::vector<const TaskView*> late;
  for (const auto& task : tasks)
    if (is_late(task, frame.day)) late.push_back(&task);
  std::ranges::stable_sort(late, {}, [](const TaskView* task) { return task->due_on.value_or("9999"); });
  for (const TaskView* task : late)
    sheet.rows.push_back({task->title, say(frame, words_of(task->kind)), internal::listed(frame, leads_of(task->duties)), office::day_of(task->due_on),
                          say(frame, words_of(task->status)), task->status_reason});
  return sheet;
}

}  // namespace

office::Workbook cockpit_workbook(const ExportFrame& frame, const std::vector<IndicatorView>& indicators, const std::vector<TaskView>& tasks, std::optional<CockpitPicture> only) {
  const auto chain_of = [&](const IndicatorView& one) { return std::vector{one.chain ? say(frame, words_of(*one.chain)) : say(frame, {"未分链", "No chain"})}; };
  const auto sheet_of = [&](CockpitPicture picture) {
    switch (picture) {
      case CockpitPicture::state: return state_sheet(frame, indicators);
      case CockpitPicture::chain: return group_sheet(frame, {"按链", "By chain"}, {"链", "Chain"}, groups_by(indicators, chain_of));
      case CockpitPicture::unit:
        return group_sheet(frame, {"按责任单位", "By unit"}, {"责任单位", "Responsible"}, groups_by(indicators, [](const IndicatorView& one) { return leads_of(one.duties); }));
      case CockpitPicture::promises: return promise_sheet(frame, indicators);
      case CockpitPicture::tasks: break;
    }
    return late_sheet(frame, tasks);
  };
  std::vector<Sheet> sheets;
  for (const auto picture : {CockpitPicture::state, CockpitPicture::chain, CockpitPicture::unit, CockpitPicture::promises, CockpitPicture::tasks})
    if (!only || *only == picture) sheets.push_back(sheet_of(picture));
  return internal::workbook_of(frame, {"驾驶舱", "Cockpit"}, std::move(sheets));
}

}  // namespace jingwei::steering
