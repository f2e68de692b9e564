// Quarterly reviews: the agenda is made from what is off track and what changed; decisions become tasks.
#include <fmt/format.h>

#include <algorithm>

#include "steering/internal/series.h"

namespace jingwei::steering {
namespace {

using identity::Actor;
using internal::Item;

constexpr int kLookBackDays = 92;  ///< when there was no review before

/// Worst first.
int rank_of(IndicatorState state) {
  switch (state) {
    case IndicatorState::off_track: return 0;
    case IndicatorState::no_data: return 1;
    case IndicatorState::pending: return 2;
    case IndicatorState::at_risk: return 3;
    case IndicatorState::recovering: return 4;
    case IndicatorState::on_track: return 5;
  }
  return 5;
}

std::vector<std::string> names_of(const std::vector<Duty>& duties) {
  std::vector<std::string> names;
  for (const auto& duty : duties)
    if (duty.role != DutyRole::everywhere) names.push_back(duty.unit);
  return names;
}

AgendaItem agenda_of(const IndicatorView& view) { return {view.id, false, view.name, std::string(enum_name(view.state)), view.why, names_of(view.duties)}; }

AgendaItem agenda_of(const Kept<TaskContent>& task, bool overdue) {
  const std::string due = task.due_on.value_or("");
  Bilingual why{task.status_reason, task.status_reason};
  if (overdue) why = {"期限 " + due + " 已过。" + task.status_reason, "due on " + due + ". " + task.status_reason};
  return {task.id, true, task.title, std::string(enum_name(task.status)), std::move(why), names_of(task.duties)};
}

/// The day of the review before this one.
std::string look_back(store::Connection& connection, const ReviewContent& review) {
  std::string before;
  for (const auto& item : internal::all_items(connection, internal::kReview)) {
    const auto other = internal::read_body<ReviewContent>(item);
    if (other.held_on < review.held_on && other.held_on > before) before = other.held_on;
  }
  return before.empty() ? days_later(review.held_on, -kLookBackDays) : before;
}

void add_indicators(ReviewPage& page, const internal::Board& board, const std::string& since) {
  std::vector<IndicatorView> views;
  for (const auto& [code, indicator] : board.by_code) views.push_back(internal::view_of(board, indicator));
  std::ranges::stable_sort(views, {}, [](const IndicatorView& view) { return rank_of(view.state); });
  for (const auto& view : views) {
    const bool has_standing = view.since.has_value();
    if (view.state != IndicatorState::on_track && has_standing) page.off_track.push_back(agenda_of(view));
    if (has_standing && *view.since > since) page.changed.push_back(agenda_of(view));
  }
}

}  // namespace

std::string Steering::open_review(store::Transaction& tx, const Actor& actor, const ReviewContent& content) const {
  if (!steers(actor, units(tx.reader()))) throw internal::forbidden({"只有统筹单位可以召集调度", "Only the steering office holds reviews"});
  const ReviewContent normal = check_review(content);
  if (internal::find_by_key(tx.reader(), internal::kReview, normal.period))
    throw Rejected(Code::conflict, "/period", {"这一期的调度已经有了", "there is a review of this period already"}, {"请打开那一次", "open that one"});
  // From here on it must succeed.
  Item item{"", normal.period, "", "", 0, 0, internal::body_of(normal)};
  internal::write_item(tx, actor, internal::kReview, item, "opened", "");
  return item.id;
}

void Steering::change_review(store::Transaction& tx, const Actor& actor, std::string_view id, std::int64_t version, const ReviewContent& content) const {
  if (!steers(actor, units(tx.reader()))) throw internal::forbidden({"只有统筹单位可以记录调度", "Only the steering office writes reviews"});
  auto item = internal::find_item(tx.reader(), internal::kReview, id);
  if (!item) throw internal::not_found({"调度", "review"});
  internal::require_version(tx.reader(), *item, version);
  ReviewContent normal = check_review(content);
  const auto before = internal::read_body<ReviewContent>(*item);
  normal.period = before.period;
  // From here on it must succeed.
  for (auto& decision : normal.decisions) {
    const bool known = decision.task_id && std::ranges::any_of(before.decisions, [&](const ReviewDecision& old) { return old.task_id == decision.task_id; });
    if (known) continue;
    TaskContent task;
    task.kind = TaskKind::decision;
    task.year = parse_period(normal.period)->year;
    task.title = decision.text;
    task.duties = {{decision.unit, DutyRole::lead, normal.held_on, std::nullopt}};
    task.due_on = decision.due_on;
    task.review_id = item->id;
    decision.task_id = write_task(tx, actor, task, "");
  }
  item->body = internal::body_of(normal);
  internal::write_item(tx, actor, internal::kReview, *item, "written", "");
}

std::vector<Kept<ReviewContent>> Steering::reviews(store::Connection& connection, const Actor& actor) const {
  if (!reads_all(actor)) throw internal::forbidden({"只有政府部门可以看调度", "Reviews are for departments"});
  std::vector<Kept<ReviewContent>> reviews;
  for (const auto& item : internal::all_items(connection, internal::kReview)) reviews.push_back(internal::kept<ReviewContent>(item));
  std::ranges::reverse(reviews);
  return reviews;
}

ReviewPage Steering::review(store::Connection& connection, const Actor& actor, std::string_view id) const {
  if (!reads_all(actor)) throw internal::forbidden({"只有政府部门可以看调度", "Reviews are for departments"});
  const auto item = internal::find_item(connection, internal::kReview, id);
  if (!item) throw internal::not_found({"调度", "review"});
  ReviewPage page;
  static_cast<Kept<ReviewContent>&>(page) = internal::kept<ReviewContent>(*item);
  page.may_steer = steers(actor, units(connection));
  const std::string since = look_back(connection, page);
  add_indicators(page, internal::load_board(connection, *counts_, page.held_on, false), since);
  for (const auto& task_item : internal::all_items_as_of(connection, internal::kTask, page.held_on)) {
    const auto task = internal::kept<TaskContent>(task_item);
    const bool open = task.status != TaskStatus::done && task.status != TaskStatus::dropped;
    const bool overdue = open && task.due_on && *task.due_on < page.held_on;
    if (overdue || task.status == TaskStatus::slipped || task.status == TaskStatus::at_risk) page.tasks.push_back(agenda_of(task, overdue));
  }
  page.differences = task_changes(connection, actor, since, page.held_on);
  return page;
}

ReviewReport Steering::review_report(store::Connection& connection, const Actor& actor, std::string_view id) const {
  ReviewReport report{review(connection, actor, id), {}, {}, {}};
  const internal::Board board = internal::load_board(connection, *counts_, report.page.held_on, false);
  std::map<std::string_view, const Kept<IndicatorContent>*> by_id;
  for (const auto& [code, indicator] : board.by_code) by_id.emplace(indicator.id, &indicator);
  for (const auto& item : report.page.off_track) {
    const auto indicator = by_id.find(item.id);
    if (indicator != by_id.end() && report.indicators.size() < kReviewChartsMax) report.indicators.push_back(internal::history_of(board, *indicator->second));
  }
  for (const auto& decision : report.page.decisions)
    if (const auto task = decision.task_id ? internal::find_item(connection, internal::kTask, *decision.task_id) : std::nullopt)
      report.decided.push_back(internal::kept<TaskContent>(*task));
  for (const auto& note : report.page.notes) {
    if (!note.item_id) continue;
    if (const auto indicator = by_id.find(*note.item_id); indicator != by_id.end()) report.titles.emplace(*note.item_id, indicator->second->name);
    else if (const auto task = internal::find_item(connection, internal::kTask, *note.item_id)) report.titles.emplace(*note.item_id, internal::read_body<TaskContent>(*task).title);
  }
  return report;
}

}  // namespace jingwei::steering
