// Commands and reads of tasks, and of reviews whose decisions become tasks.
#include <fmt/format.h>

#include <algorithm>

#include "attachments/attachments.h"
#include "base/check.h"
#include "steering/internal/series.h"

namespace jingwei::steering {
namespace {

using identity::Actor;
using internal::Item;

void require_reader(const Actor& actor) {
  if (!reads_all(actor)) throw internal::forbidden({"只有政府部门可以看任务", "Tasks are for departments"});
}

/// What a unit with a duty may change; the rest stays as it was.
TaskContent with_progress(const TaskContent& before, const TaskContent& wanted) {
  TaskContent content = before;
  content.status = wanted.status;
  content.status_reason = wanted.status_reason;
  content.milestones = wanted.milestones;
  content.evidence = wanted.evidence;
  content.person = wanted.person;
  return content;
}

void require_reason(const TaskContent& before, const TaskContent& after) {
  const bool moved = after.status != before.status || (before.due_on && after.due_on != before.due_on);
  if (moved && (after.status_reason.empty() || after.status_reason == before.status_reason))
    throw Rejected(Code::invalid, "/status_reason", {"状态或期限变了，要写明原因", "the status or the date changed without a new reason"}, {"请写明为什么", "say why"});
}

/// Evidence with the digests of the attachments that it names; whatever digest came with it is not believed.
TaskContent with_digests(store::Transaction& tx, TaskContent content) {
  for (std::size_t i = 0; i < content.evidence.size(); ++i) {
    auto& link = content.evidence[i];
    link.sha256.reset();
    if (!attachments::is_id(link.address)) continue;
    const auto file = attachments::find(tx.reader(), link.address);
    if (!file)
      throw Rejected(Code::invalid, fmt::format("/evidence/{}/address", i), {"没有这个文件", "there is no such file"}, {"请重新上传", "hand it in again"});
    link.sha256 = file->sha256;
  }
  return content;
}

/// What was handed in since: nothing when no file was added.
std::optional<evidence::StatementDraft> statement_of(const std::string& id, const TaskContent& before, const TaskContent& after) {
  json::array digests;
  for (const auto& link : after.evidence)
    if (link.sha256 && std::ranges::find(before.evidence, link.sha256, &EvidenceLink::sha256) == before.evidence.end()) digests.emplace_back(*link.sha256);
  if (digests.empty()) return std::nullopt;
  return evidence::StatementDraft{"task_evidence", id, {{"files", digests.size()}}, json::object{{"title", after.title}, {"sha256", digests}}};
}

bool may_edit(const Actor& actor, const TaskContent& task, const Units& units, std::string_view today) {
  return steers(actor, units) || has_duty(actor, task.duties, units, today);
}

bool fits(const TaskContent& task, const TaskFilter& filter) {
  const auto is_theirs = [&](const Duty& duty) { return duty.unit == filter.unit && duty.role != DutyRole::everywhere; };
  const bool of_unit = filter.unit.empty() || std::ranges::any_of(task.duties, is_theirs);
  const bool of_kind = !filter.kind || task.kind == *filter.kind;
  const bool of_year = !filter.year || task.year == *filter.year;
  return of_unit && of_kind && of_year && (!filter.status || task.status == *filter.status);
}

}  // namespace

std::string Steering::write_task(store::Transaction& tx, const Actor& actor, const TaskContent& content, const std::string& place) const {
  const std::string id = tx.new_id(internal::kTask);
  const std::string parent = content.plan_id.value_or(content.review_id.value_or(""));
  Item item{id, place.empty() ? id : place + " " + id, parent, std::string(enum_name(content.status)), 0, 0, internal::body_of(content)};
  internal::write_item(tx, actor, internal::kTask, item, "added", "");
  return item.id;
}

std::string Steering::add_task(store::Transaction& tx, const Actor& actor, const TaskContent& content) const {
  if (!steers(actor, units(tx.reader()))) throw internal::forbidden({"只有统筹单位可以下达任务", "Only the steering office gives out tasks"});
  const TaskContent normal = with_digests(tx, check_task(content));
  // From here on it must succeed.
  auto id = write_task(tx, actor, normal, "");
  if (auto draft = statement_of(id, {}, normal)) issuer_.issue(tx, std::move(*draft));
  return id;
}

void Steering::change_task(store::Transaction& tx, const Actor& actor, std::string_view id, std::int64_t version, const TaskContent& content) const {
  require_reader(actor);
  auto item = internal::find_item(tx.reader(), internal::kTask, id);
  if (!item) throw internal::not_found({"任务", "task"});
  const auto before = internal::read_body<TaskContent>(*item);
  const Units units = Steering::units(tx.reader());
  if (!may_edit(actor, before, units, shanghai_date(tx.now()))) throw internal::forbidden({"只有统筹单位和责任单位可以修改", "Only the steering office and the responsible units change it"});
  internal::require_version(tx.reader(), *item, version);
  const TaskContent after = with_digests(tx, check_task(steers(actor, units) ? content : with_progress(before, content)));
  require_reason(before, after);
  // From here on it must succeed.
  item->state = enum_name(after.status);
  item->body = internal::body_of(after);
  internal::write_item(tx, actor, internal::kTask, *item, "changed", after.status_reason == before.status_reason ? "" : after.status_reason);
  if (auto draft = statement_of(item->id, before, after)) issuer_.issue(tx, std::move(*draft));
}

std::vector<TaskView> Steering::tasks(store::Connection& connection, const Actor& actor, const TaskFilter& filter, std::string_view today) const {
  require_reader(actor);
  const Units units = Steering::units(connection);
  std::vector<TaskView> tasks;
  for (const auto& item : internal::all_items(connection, internal::kTask)) {
    auto content = internal::kept<TaskContent>(item);
    if (!fits(content, filter)) continue;
    const bool edit = may_edit(actor, content, units, today);
    tasks.push_back({std::move(content), edit});
  }
  return tasks;
}

TaskView Steering::task(store::Connection& connection, const Actor& actor, std::string_view id, std::string_view today) const {
  require_reader(actor);
  const auto item = internal::find_item(connection, internal::kTask, id);
  if (!item) throw internal::not_found({"任务", "task"});
  auto content = internal::kept<TaskContent>(*item);
  const bool edit = may_edit(actor, content, units(connection), today);
  return {std::move(content), edit};
}

std::vector<TaskChange> Steering::task_changes(store::Connection& connection, const Actor& actor, std::string_view from, std::string_view to) const {
  require_reader(actor);
  std::map<std::string, TaskContent> before;
  for (const auto& item : internal::all_items_as_of(connection, internal::kTask, from)) before.emplace(item.id, internal::read_body<TaskContent>(item));
  std::vector<TaskChange> changes;
  for (const auto& item : internal::all_items_as_of(connection, internal::kTask, to)) {
    const auto after = internal::read_body<TaskContent>(item);
    const auto old = before.find(item.id);
    if (old == before.end()) {
      changes.push_back({TaskChangeKind::added, item.id, after.title, after.kind, {}});
      continue;
    }
    auto fields = changes_of(old->second, after);
    if (!fields.empty()) changes.push_back({kind_of_change(old->second, after), item.id, after.title, after.kind, std::move(fields)});
  }
  std::ranges::stable_sort(changes, {}, &TaskChange::kind);
  return changes;
}

}  // namespace jingwei::steering
