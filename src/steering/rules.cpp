// Who may do what, what an act makes of an observation, how loudly a report is asked for, what happened to a task. Pure.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "steering/steering.h"

namespace jingwei::steering {
namespace {

using identity::Actor;
using identity::Role;

const SteeringUnit* unit_of(const Units& units, std::string_view name) {
  const auto at = units.find(name);
  return at == units.end() ? nullptr : &at->second;
}

bool runs_on(const Duty& duty, std::string_view day) { return duty.from <= day && (!duty.to || *duty.to >= day); }

struct RungOf {
  int days_after_due;
  Reminder reminder;
};
/// The ladder, lowest rung first. From the first day of a rung on it holds until the next one.
constexpr RungOf kLadder[] = {{-10, Reminder::soon}, {0, Reminder::due}, {1, Reminder::late}, {8, Reminder::very_late}, {30, Reminder::escalated}};

std::optional<std::string> trimmed(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const auto inside = trim(*text);
  return inside.empty() ? std::nullopt : std::optional<std::string>(inside);
}

void check_length(std::vector<InputProblem>& problems, const std::optional<std::string>& text, const char* field, std::size_t characters_max) {
  if (text && count_characters(*text) > characters_max)
    problems.push_back({std::nullopt, field, {fmt::format("最多 {} 个字", characters_max), fmt::format("at most {} characters", characters_max)}, {"请写短些", "write less"}});
}

void require_turn(const ReportContext& context, ReportAct act) {
  const bool reports = act == ReportAct::report || act == ReportAct::correct;
  if (reports && !context.reporter)
    throw Rejected(Code::forbidden, {"只有这项指标的责任部门可以填报", "Only a department that is responsible for the indicator reports it"});
  if (!reports && !context.steers)
    throw Rejected(Code::forbidden, {"只有统筹单位可以审定或退回", "Only the steering office approves or gives back"});
}

/// What the act needs to find; nothing when it does.
std::optional<Rejected> wrong_state(const std::optional<Observation>& before, ReportAct act) {
  const auto state = before ? std::optional(before->state) : std::nullopt;
  const bool locked = state == ReportState::approved || state == ReportState::correcting;
  switch (act) {
    case ReportAct::report:
      if (locked)
        return Rejected(Code::wrong_state, "act", {"这一期已审定，数值已锁定", "this period is approved and its value is locked"},
                        {"如确有差错，请用“更正”并写明理由", "if it is wrong, correct it and say why"});
      break;
    case ReportAct::correct:
      if (!locked)
        return Rejected(Code::wrong_state, "act", {"还没有审定的数值可以更正", "there is no approved value to correct"}, {"请直接填报", "report the value instead"});
      break;
    case ReportAct::approve:
    case ReportAct::give_back:
      if (state != ReportState::reported && state != ReportState::correcting)
        return Rejected(Code::wrong_state, "act", {"没有待审的填报", "nothing waits to be approved"}, {"等责任部门填报后再审", "wait for the department's report"});
  }
  return std::nullopt;
}

void require_content(const ReportWrite& write, bool has_file) {
  std::vector<InputProblem> problems;
  const bool reports = write.act == ReportAct::report || write.act == ReportAct::correct;
  if (reports && (!write.value || !std::isfinite(*write.value)))
    problems.push_back({std::nullopt, "/value", {"没有数值", "there is no value"}, {"请填一个数；没有数就不要填报，零也是一个数", "give a number; report nothing when there is none, zero is a number"}});
  if (!reports && write.value)
    problems.push_back({std::nullopt, "/value", {"审定和退回不改数值", "approving and giving back change no value"}, {"请去掉数值", "leave the value out"}});
  if ((write.act == ReportAct::give_back || write.act == ReportAct::correct) && !write.reason)
    problems.push_back({std::nullopt, "/reason", {"没有写明理由", "no reason is given"}, {"退回和更正都要写明理由", "giving back and correcting need a reason"}});
  check_length(problems, write.remark, "/remark", kNoteCharactersMax);
  check_length(problems, write.reason, "/reason", kNoteCharactersMax);
  check_length(problems, write.attachment, "/attachment", kLinkCharactersMax);
  const bool known = !write.attachment || write.attachment->starts_with("http://") || write.attachment->starts_with("https://") || has_file;
  if (!known)
    problems.push_back({std::nullopt, "/attachment", {"附件应是链接或已上传的文件", "the attachment must be a link or a file that was handed in"},
                        {"以 http:// 或 https:// 开头，或先上传文件", "begin with http:// or https://, or hand in the file first"}});
  if (!problems.empty()) throw Rejected(Code::invalid, {"内容有误，请按提示修改", "The content has mistakes; mend them as told"}, std::move(problems));
}

}  // namespace

bool reads_all(const Actor& actor) { return actor.has(Role::department) || actor.has(Role::administrator) || actor.has(Role::auditor); }

bool steers(const Actor& actor, const Units& units) {
  if (!actor.may_write) return false;
  if (actor.has(Role::administrator)) return true;
  if (!actor.has(Role::department)) return false;
  return actor.organization_id.empty() || std::ranges::any_of(units, [&](const auto& unit) { return unit.second.steers && unit.second.organization_id == actor.organization_id; });
}

bool has_duty(const Actor& actor, const std::vector<Duty>& duties, const Units& units, std::string_view day) {
  if (!actor.may_write || !actor.has(Role::department) || actor.organization_id.empty()) return false;
  return std::ranges::any_of(duties, [&](const Duty& duty) {
    const SteeringUnit* unit = unit_of(units, duty.unit);
    return duty.role != DutyRole::everywhere && runs_on(duty, day) && unit != nullptr && unit->organization_id == actor.organization_id;
  });
}

Observation decide(const std::optional<Observation>& before, const ReportContext& context, const ReportWrite& raw) {
  ReportWrite write = raw;
  write.remark = trimmed(raw.remark);
  write.reason = trimmed(raw.reason);
  write.attachment = trimmed(raw.attachment);
  require_turn(context, write.act);
  if (const auto refused = wrong_state(before, write.act)) throw *refused;
  if (write.act == ReportAct::approve && before->reported.by_id == context.account_id)
    throw Rejected(Code::forbidden, {"填报和审定不能是同一个人", "Whoever reported a figure cannot approve it"});
  require_content(write, context.attachment_sha256.has_value());
  // From here on it must succeed.
  Observation after = before.value_or(Observation{});
  ++after.version;
  after.reason = write.reason;
  switch (write.act) {
    case ReportAct::report:
    case ReportAct::correct:
      after.state = write.act == ReportAct::report ? ReportState::reported : ReportState::correcting;
      after.reported = {*write.value, write.remark, write.attachment, context.account_id, context.account_name, context.today, context.attachment_sha256};
      break;
    case ReportAct::approve:
      after.reason = before->reason;  // of the correction, when it was one
      after.state = ReportState::approved;
      after.approved = after.reported;
      after.approved_by = context.account_name;
      after.approved_on = context.today;
      break;
    case ReportAct::give_back:
      // A refused correction leaves what was approved.
      after.state = after.approved ? ReportState::approved : ReportState::returned;
      if (after.approved) after.reported = *after.approved;
      break;
  }
  return after;
}

Reminder reminder_of(std::string_view due_on, std::string_view today) {
  const auto after = days_between(due_on, today);
  Reminder reminder = Reminder::none;
  for (const auto& rung : kLadder)
    if (after >= rung.days_after_due) reminder = rung.reminder;
  return reminder;
}

std::vector<FieldChange> changes_of(const TaskContent& before, const TaskContent& after) {
  std::vector<FieldChange> changes;
  const auto note = [&](const char* field, const std::string& old_text, const std::string& new_text) {
    if (old_text != new_text) changes.push_back({field, old_text, new_text});
  };
  const auto units = [](const TaskContent& task) {
    std::vector<std::string> names;
    for (const auto& duty : task.duties) names.push_back(duty.unit);
    return join(names, "、");
  };
  const auto milestones = [](const TaskContent& task) {
    std::vector<std::string> lines;
    for (const auto& milestone : task.milestones)
      lines.push_back(milestone.title + " " + milestone.due_on.value_or("") + (milestone.done_on ? " ✓ " + *milestone.done_on : ""));
    return join(lines, "\n");
  };
  note("status", std::string(enum_name(before.status)), std::string(enum_name(after.status)));
  note("status_reason", before.status_reason, after.status_reason);
  note("due_on", before.due_on.value_or(""), after.due_on.value_or(""));
  note("title", before.title, after.title);
  note("text", before.text, after.text);
  note("duties", units(before), units(after));
  note("person", before.person.value_or(""), after.person.value_or(""));
  note("milestones", milestones(before), milestones(after));
  note("evidence", std::to_string(before.evidence.size()), std::to_string(after.evidence.size()));
  return changes;
}

TaskChangeKind kind_of_change(const TaskContent& before, const TaskContent& after) {
  if (after.status != before.status && after.status == TaskStatus::done) return TaskChangeKind::done;
  if (after.status != before.status && after.status == TaskStatus::dropped) return TaskChangeKind::removed;
  const bool later_due = before.due_on && after.due_on && *after.due_on > *before.due_on;
  if (later_due || (after.status != before.status && after.status == TaskStatus::slipped)) return TaskChangeKind::slipped;
  return TaskChangeKind::changed;
}

}  // namespace jingwei::steering
