// Reads: the marks of a need, the marks that a supplier received, judgments for the evaluation of the match.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/id.h"
#include "feedback/feedback.h"
#include "feedback/internal/rows.h"

namespace jingwei::feedback {
namespace {

using identity::Actor;
using registry::Entry;
using registry::Registry;
using store::Param;

/// A page ends at (time of the mark, id): "1768982400000000.feedback_01J…".
struct Cursor {
  std::int64_t updated_us = 0;
  std::string id;
};

Cursor read_cursor(std::string_view text) {
  Cursor cursor;
  const auto dot = text.find('.');
  const auto* end = text.data() + std::min(dot, text.size());
  const auto [stopped, error] = std::from_chars(text.data(), end, cursor.updated_us);
  if (dot == std::string_view::npos || error != std::errc{} || stopped != end || !is_id(text.substr(dot + 1), "feedback"))
    throw Rejected(Code::invalid, "cursor", {"翻页位置无效", "this is no cursor of a former page"}, {"请从第一页开始", "start from the first page"});
  cursor.id = text.substr(dot + 1);
  return cursor;
}

/// Conditions on feedback f joined with its supply s, and their parameters in order.
struct Where {
  std::string text = "f.mark <> 'cleared'";
  std::vector<Param> params;

  void add(std::string_view condition, std::string_view value) {
    params.emplace_back(value);
    text += fmt::format(" AND {}${}", condition, params.size());
  }
};

constexpr std::string_view kFrom = " FROM feedback f JOIN entries s ON s.id = f.supply_id WHERE ";

/// What the actor reads of what was received.
Where readable(const Actor& actor) {
  Where where;
  if (internal::oversees(actor)) return where;
  if (actor.organization_id.empty()) where.text = "1 = 0";  // some supplies name no owner either
  else where.add("s.owner_id = ", actor.organization_id);
  return where;
}

NeedGlimpse glimpse(store::Connection& connection, const Registry& registry, const Actor& actor, std::string_view need_id, std::optional<std::string> told) {
  const auto need = Registry::find(connection, need_id);
  if (!need || !registry.may_read(connection, *need, actor)) return {std::nullopt, std::move(told), std::nullopt, true};
  if (registry.hides_owner(connection, *need, actor)) return {need->id, need->title, std::nullopt, true};
  return {need->id, need->title, Registry::organization_name(connection, need->owner_id), std::nullopt};
}

void count_all(store::Connection& connection, const Where& where, ReceivedPage& page) {
  for (const Mark mark : {Mark::shortlisted, Mark::contacted, Mark::refused, Mark::accepted}) page.marks.push_back({mark, 0});
  for (const auto name : enum_names<RefusalReason>()) page.reasons.push_back({enum_from_name<RefusalReason>(name).value(), 0});
  connection.query(fmt::format("SELECT f.mark, f.reason, COUNT(*){}{} GROUP BY f.mark, f.reason", kFrom, where.text), where.params, [&](const store::Row& row) {
    std::ranges::find(page.marks, enum_from_name<Mark>(row.text(0)).value(), &MarkCount::mark)->count += row.integer(2);
    if (const auto reason = enum_from_name<RefusalReason>(row.text(1))) std::ranges::find(page.reasons, *reason, &ReasonCount::reason)->count += row.integer(2);
  });
}

FeedbackVersion version_of(std::int64_t version, std::int64_t at_us, internal::Body body, std::optional<std::string> actor_name) {
  return {version, to_rfc3339({at_us}), std::move(actor_name), body.mark, body.reason, std::move(body.note)};
}

}  // namespace

std::vector<FeedbackView> Feedback::of_need(store::Connection& connection, const Actor& actor, const Entry& need) const {
  std::vector<FeedbackView> views;
  std::string id;  // rows of one mark follow each other, its newest version first
  connection.query(
      "SELECT f.id, v.version, v.at_us, v.body, a.name, s.id, s.register, s.title, s.owner_id FROM feedback f "
      "JOIN feedback_versions v ON v.id = f.id JOIN entries s ON s.id = f.supply_id LEFT JOIN accounts a ON a.id = v.actor_id "
      "WHERE f.need_id = $1 ORDER BY f.updated_us DESC, f.id DESC, v.version DESC",
      {need.id}, [&](const store::Row& row) {
        const Sees may = sees(need.owner_id, row.text(8), actor);
        const bool latest = row.text(0) != id;
        id = row.text(0);
        if (may == Sees::nothing || (may == Sees::received && !latest)) return;
        auto version = version_of(row.integer(1), row.integer(2), internal::read_body(row.text(3)), std::nullopt);
        if (may == Sees::received && version.mark == Mark::cleared) return;
        if (may == Sees::everything && !row.is_null(4)) version.actor_name = row.string(4);
        if (latest) views.push_back({version, {row.string(5), row.string(6), row.string(7)}, {}});
        if (may != Sees::everything) return;
        if (latest) views.back().history.emplace();
        views.back().history->push_back(std::move(version));
      });
  return views;
}

ReceivedPage Feedback::received(store::Connection& connection, const Actor& actor, const ReceivedFilter& filter) const {
  if (filter.limit < 1 || filter.limit > kReceivedPageMax)
    throw Rejected(Code::invalid, "limit", {fmt::format("每页 1 至 {} 条", kReceivedPageMax), fmt::format("a page holds 1 to {}", kReceivedPageMax)},
                   {"请改每页条数", "change the limit"});
  const Cursor cursor = filter.cursor.empty() ? Cursor{} : read_cursor(filter.cursor);
  ReceivedPage page;
  Where where = readable(actor);
  count_all(connection, where, page);
  if (filter.mark) where.add("f.mark = ", enum_name(*filter.mark));
  if (filter.reason) where.add("f.reason = ", enum_name(*filter.reason));
  connection.query(fmt::format("SELECT COUNT(*){}{}", kFrom, where.text), where.params, [&](const store::Row& row) { page.total = row.integer(0); });
  if (!filter.cursor.empty()) {
    const std::size_t n = where.params.size();
    where.text += fmt::format(" AND (f.updated_us < ${} OR (f.updated_us = ${} AND f.id < ${}))", n + 1, n + 2, n + 3);
    where.params.insert(where.params.end(), {Param(cursor.updated_us), Param(cursor.updated_us), Param(std::string_view(cursor.id))});
  }
  // One more tells whether there is a next page.
  const std::string sql = fmt::format("SELECT f.id, f.need_id, f.updated_us, f.body, s.id, s.register, s.title{}{} ORDER BY f.updated_us DESC, f.id DESC LIMIT {}",
                                      kFrom, where.text, filter.limit + 1);
  struct Found {
    ReceivedFeedback item;
    std::string need_id;
    std::int64_t updated_us;
    std::optional<std::string> told_title;
  };
  std::vector<Found> found;
  connection.query(sql, where.params, [&](const store::Row& row) {
    auto body = internal::read_body(row.text(3));
    found.push_back({{row.string(0), {row.string(4), row.string(5), row.string(6)}, {}, body.mark, body.reason, std::move(body.note), to_rfc3339({row.integer(2)})},
                     row.string(1), row.integer(2), std::move(body.need_title)});
  });
  if (found.size() > filter.limit) {
    found.pop_back();
    page.next_cursor = fmt::format("{}.{}", found.back().updated_us, found.back().item.id);
  }
  for (auto& one : found) {
    one.item.need = glimpse(connection, registry_, actor, one.need_id, std::move(one.told_title));
    page.items.push_back(std::move(one.item));
  }
  return page;
}

Recent Feedback::recent(store::Connection& connection, std::string_view organization_id, Timestamp since) {
  Recent recent;
  if (organization_id.empty()) return recent;
  connection.query(
      "SELECT f.id, f.updated_us, f.mark FROM feedback f JOIN entries s ON s.id = f.supply_id "
      "WHERE s.owner_id = $1 AND f.mark <> 'cleared' AND f.updated_us >= $2 ORDER BY f.updated_us DESC, f.id DESC",
      {organization_id, since.us}, [&](const store::Row& row) {
        if (recent.count++ == 0) {
          recent.latest_id = row.string(0);
          recent.latest_at = to_rfc3339({row.integer(1)});
        }
        if (row.text(2) == enum_name(Mark::refused)) ++recent.refused;
      });
  return recent;
}

void Feedback::each_judgment(store::Connection& connection, const std::function<void(const Judgment&)>& visit) {
  connection.query("SELECT need_id, supply_id, mark, reason FROM feedback ORDER BY need_id, supply_id", {}, [&](const store::Row& row) {
    const auto grade = grade_of(enum_from_name<Mark>(row.text(2)).value(), enum_from_name<RefusalReason>(row.text(3)));
    if (grade) visit({row.string(0), row.string(1), *grade});
  });
}

}  // namespace jingwei::feedback
