// Committing a plan: a draft that a person confirmed becomes tasks, indicators and promises; a newer version changes what it replaces.
#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "steering/internal/plan_items.h"
#include "steering/internal/rows.h"

namespace jingwei::steering {
namespace {

using identity::Actor;
using internal::Item;

constexpr std::size_t kPlanCodeBytesMax = 12;
constexpr std::string_view kReplacedNote = "由新版本文件修改";
constexpr std::string_view kDroppedReason = "新版本文件不再列出";

void require_content(const PlanCommit& commit) {
  if (commit.text.size() > reading::kTextBytesMax) throw Rejected(Code::too_large, {"文件太长", "The text is too long"});
  if (!is_utf8(commit.text)) throw Rejected(Code::malformed, {"文件不是 UTF-8 文本", "The text is not UTF-8"});
  reading::check(commit.draft, static_cast<std::int64_t>(count_characters(commit.text)));
  const bool good = !commit.code.empty() && commit.code.size() <= kPlanCodeBytesMax &&
                    std::ranges::all_of(commit.code, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
  if (!good)
    throw Rejected(Code::invalid, "/code", {"简称应为 1 到 12 个大写字母和数字", "the code has 1 to 12 capital letters and digits"}, {"如 KQ2026", "such as KQ2026"});
}

/// The organization whose full name ends with what the plan writes, when there is exactly one.
std::optional<std::string> organization_of(store::Transaction& tx, const std::string& name) {
  std::vector<std::string> found;
  const std::string pattern = "%" + name;
  tx.query("SELECT id FROM entries WHERE register = 'organizations' AND state = 'published' AND title LIKE $1 LIMIT 2", {pattern},
           [&](const store::Row& row) { found.push_back(row.string(0)); });
  return found.size() == 1 ? std::optional(found[0]) : std::nullopt;
}

void add_units(store::Transaction& tx, const Actor& actor, const internal::PlanItems& items) {
  std::vector<std::string> names;
  for (const auto& content : items.indicators)
    for (const auto& duty : content.duties) names.push_back(duty.unit);
  for (const auto& content : items.tasks)
    for (const auto& duty : content.duties) names.push_back(duty.unit);
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  for (const auto& name : names) {
    if (internal::find_by_key(tx.reader(), internal::kUnit, name)) continue;
    Item item{"", name, "", "", 0, 0, internal::body_of(SteeringUnit{name, organization_of(tx, name), false})};
    internal::write_item(tx, actor, internal::kUnit, item, "set", "");
  }
}

/// A newer text says what is asked for; how it is reported and counted stays as people have set it.
IndicatorContent renewed(IndicatorContent kept, const IndicatorContent& read) {
  kept.name = read.name;
  kept.unit = read.unit;
  kept.system = read.system;
  kept.task = read.task;
  kept.own = read.own;
  kept.course.baseline = read.course.baseline;
  kept.course.targets = read.course.targets;
  kept.course.direction = read.course.direction;
  kept.duties = read.duties;
  kept.plan_id = read.plan_id;
  kept.ranges = read.ranges;
  return kept;
}

TaskContent renewed(TaskContent kept, const TaskContent& read) {
  kept.number = read.number;
  kept.text = read.text;
  kept.duties = read.duties;
  kept.plan_id = read.plan_id;
  kept.ranges = read.ranges;
  for (const auto& step : read.milestones)
    if (std::ranges::find(kept.milestones, step.title, &TaskMilestone::title) == kept.milestones.end()) kept.milestones.push_back(step);
  return kept;
}

void write_indicators(store::Transaction& tx, const Actor& actor, const std::vector<IndicatorContent>& contents) {
  for (const auto& content : contents) {
    auto item = internal::find_by_key(tx.reader(), internal::kIndicator, content.code);
    if (!item) {
      Item added{"", content.code, *content.plan_id, "", 0, 0, internal::body_of(content)};
      internal::write_item(tx, actor, internal::kIndicator, added, "defined", "");
      continue;
    }
    item->parent = *content.plan_id;
    item->body = internal::body_of(renewed(internal::read_body<IndicatorContent>(*item), content));
    internal::write_item(tx, actor, internal::kIndicator, *item, "redefined", kReplacedNote);
  }
}

/// Tasks of the replaced plan that the newer one still has are changed; the others are dropped with that reason.
std::vector<TaskContent> write_known_tasks(store::Transaction& tx, const Actor& actor, const std::string& old_plan, std::vector<TaskContent> contents) {
  for (auto& item : internal::all_items(tx.reader(), internal::kTask)) {
    if (item.parent != old_plan) continue;
    auto kept = internal::read_body<TaskContent>(item);
    const auto same = std::ranges::find(contents, kept.title, &TaskContent::title);
    if (same != contents.end()) {
      kept = renewed(std::move(kept), *same);
      item.parent = *same->plan_id;
      contents.erase(same);
    } else if (kept.status != TaskStatus::done) {
      kept.status = TaskStatus::dropped;
      kept.status_reason = kDroppedReason;
    }
    item.state = enum_name(kept.status);
    item.body = internal::body_of(kept);
    internal::write_item(tx, actor, internal::kTask, item, "changed", kReplacedNote);
  }
  return contents;
}

void require_free_codes(store::Transaction& tx, const PlanCommit& commit, const internal::PlanItems& items) {
  std::vector<std::string> codes;
  for (const auto& content : items.indicators) codes.push_back(content.code);
  std::ranges::sort(codes);
  const auto twice = std::ranges::adjacent_find(codes);
  if (twice != codes.end())
    throw Rejected(Code::invalid, "/draft/indicators", {"有两项指标的编号相同：" + *twice, "two indicators have one number: " + *twice}, {"请改其中一项的编号", "renumber one of them"});
  if (commit.replaces) return;
  for (const auto& code : codes)
    if (internal::find_by_key(tx.reader(), internal::kIndicator, code))
      throw Rejected(Code::conflict, "/code", {"代码 " + code + " 已有指标在用", "the code " + code + " is taken"}, {"请换一个简称，或选明替换哪份文件", "choose another code, or say which plan this replaces"});
}

std::string digest_of(std::string_view text) { return to_hex(crypto::sha256({as_bytes(text)})); }

}  // namespace

std::string Steering::commit_plan(store::Transaction& tx, const Actor& actor, const PlanCommit& commit) const {
  if (!steers(actor, units(tx.reader()))) throw internal::forbidden({"只有统筹单位可以确认文件", "Only the steering office commits plans"});
  std::optional<Item> old;
  if (commit.replaces) {
    old = internal::find_item(tx.reader(), internal::kPlan, *commit.replaces);
    if (!old) throw internal::not_found({"文件", "plan"});
    if (internal::read_body<PlanContent>(*old).replaced_by)
      throw Rejected(Code::wrong_state, "/replaces", {"这份文件已被更新的版本替换", "that plan is replaced already"}, {"请选最新的版本", "choose the newest version"});
  }
  require_content(commit);
  const std::string today = shanghai_date(tx.now());
  internal::PlanItems items = internal::items_of(commit, today);
  require_free_codes(tx, commit, items);
  const std::string id = tx.new_id(internal::kPlan);
  for (auto& content : items.indicators) {
    content.plan_id = id;
    content.fictional = commit.fictional.value_or(false);
    if (content.count && registry_.definitions().find(content.count->register_) == nullptr) {
      content.count.reset();
      content.source = IndicatorSource::reported;
    }
    content = check_indicator(std::move(content), today);
  }
  for (auto& content : items.tasks) {
    content.plan_id = id;
    content = check_task(std::move(content));
  }
  // From here on it must succeed.
  PlanContent content;
  static_cast<PlanCommit&>(content) = commit;
  content.draft_id.reset();
  if (commit.draft_id && tx.execute("DELETE FROM plan_drafts WHERE id = $1 AND account_id = $2", {*commit.draft_id, actor.account_id}) > 0)
    tx.append_feed("plan_draft", "committed", *commit.draft_id, 1);
  content.title = internal::title_of(commit);
  Item item{id, id, "", "", 0, 0, internal::body_of(content)};
  internal::write_item(tx, actor, internal::kPlan, item, "committed", "");
  add_units(tx, actor, items);
  write_indicators(tx, actor, items.indicators);
  if (old) items.tasks = write_known_tasks(tx, actor, old->id, std::move(items.tasks));
  for (std::size_t i = 0; i < items.tasks.size(); ++i) write_task(tx, actor, items.tasks[i], fmt::format("{} {:04}", id, i));
  if (old) {
    auto replaced = internal::read_body<PlanContent>(*old);
    replaced.replaced_by = id;
    old->body = internal::body_of(replaced);
    internal::write_item(tx, actor, internal::kPlan, *old, "replaced", "");
  }
  issuer_.issue(tx, {"plan_committed", id,
                     {{"title", content.title}, {"text_sha256", digest_of(commit.text)}, {"indicators", items.indicators.size()}, {"measures", commit.draft.measures.size()}},
                     std::nullopt});
  return id;
}

std::vector<PlanView> Steering::plans(store::Connection& connection, const Actor& actor) const {
  if (!reads_all(actor)) throw internal::forbidden({"只有政府部门可以看文件", "Plans are for departments"});
  std::vector<PlanView> views;
  for (const auto& item : internal::all_items(connection, internal::kPlan)) {
    const auto content = internal::read_body<PlanContent>(item);
    PlanView view{item.id, item.version, content.code, content.title, {}, {}, content.replaced_by, 0, 0, to_rfc3339({item.updated_us})};
    if (content.draft.number) view.number = content.draft.number->text;
    if (content.draft.date) view.date = content.draft.date->text;
    view.tasks = connection.query_integer("SELECT COUNT(*) FROM steering_items WHERE parent_id = $1 AND kind = 'task'", {item.id}).value_or(0);
    view.indicators = connection.query_integer("SELECT COUNT(*) FROM steering_items WHERE parent_id = $1 AND kind = 'indicator'", {item.id}).value_or(0);
    views.push_back(std::move(view));
  }
  std::ranges::reverse(views);
  return views;
}

Kept<PlanContent> Steering::plan(store::Connection& connection, const Actor& actor, std::string_view id) const {
  if (!reads_all(actor)) throw internal::forbidden({"只有政府部门可以看文件", "Plans are for departments"});
  const auto item = internal::find_item(connection, internal::kPlan, id);
  if (!item) throw internal::not_found({"文件", "plan"});
  return internal::kept<PlanContent>(*item);
}

}  // namespace jingwei::steering
