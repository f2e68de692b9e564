// A responsible unit: its indicators, promises, tasks and reports now, and how they stood a quarter before.
#include <algorithm>

#include "steering/exports.h"
#include "steering/internal/series.h"

namespace jingwei::steering {
namespace {

using identity::Actor;

bool is_open(const TaskContent& task) { return task.status != TaskStatus::done && task.status != TaskStatus::dropped; }

/// Late ones first, then by date; what has no date comes last, what is closed after what is open.
auto place_of(const TaskView& task, std::string_view today) {
  return std::tuple(!is_late(task, today), !is_open(task), task.due_on.value_or("9999"), task.number, task.id);
}

}  // namespace

bool has_part(const std::vector<Duty>& duties, std::string_view unit, std::string_view day) {
  return std::ranges::any_of(duties, [&](const Duty& duty) {
    return duty.unit == unit && duty.role != DutyRole::everywhere && duty.from <= day && (!duty.to || *duty.to >= day);
  });
}

UnitPage Steering::unit_page(store::Connection& connection, const Actor& actor, std::string_view name, std::string_view today) const {
  if (!reads_all(actor)) throw internal::forbidden({"只有政府部门可以看责任单位", "Responsible units are for departments"});
  UnitPage page;
  const Units known = Steering::units(connection);
  if (const auto at = known.find(name); at != known.end()) static_cast<SteeringUnit&>(page) = at->second;
  page.name = name;
  page.today = today;
  page.before = days_later(today, -kUnitLooksBackDays);
  for (auto& view : indicators(connection, actor, today, today))
    if (has_part(view.duties, name, today)) page.indicators.push_back(std::move(view));
  for (auto& task : tasks(connection, actor, {}, today))
    if (has_part(task.duties, name, today)) page.tasks.push_back(std::move(task));
  std::ranges::sort(page.tasks, [&](const TaskView& a, const TaskView& b) { return place_of(a, today) < place_of(b, today); });
  for (auto& due : dues(connection, actor, today, true))
    if (std::ranges::count(due.departments, name) > 0 && std::ranges::any_of(page.indicators, [&](const auto& one) { return one.id == due.indicator_id; }))
      page.dues.push_back(std::move(due));
  for (const auto& view : indicators(connection, actor, page.before, today))
    if (has_part(view.duties, name, page.before)) page.indicators_then.push_back({view.id, std::string(enum_name(view.state)), false});
  for (const auto& item : internal::all_items_as_of(connection, internal::kTask, page.before)) {
    const auto task = internal::read_body<TaskContent>(item);
    if (has_part(task.duties, name, page.before)) page.tasks_then.push_back({item.id, std::string(enum_name(task.status)), is_late(task, page.before)});
  }
  if (!known.contains(name) && page.indicators.empty() && page.tasks.empty() && page.indicators_then.empty() && page.tasks_then.empty())
    throw internal::not_found({"责任单位", "responsible unit"});
  return page;
}

}  // namespace jingwei::steering
