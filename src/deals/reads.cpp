// Reads of deals: one, lists, history, what waits for whom.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/id.h"
#include "deals/deals.h"
#include "deals/internal/rows.h"
#include "deals/internal/words.h"

namespace jingwei::deals {
namespace {

using identity::Actor;
using store::Param;

constexpr std::int64_t kWaitingScanMax = 2'000;  ///< deals of one organization looked at for its inbox, newest first

/// Conditions of a query with their parameters, numbered as they come.
class Where {
 public:
  void add(std::string_view condition, std::initializer_list<Param> params) {
    text_ += text_.empty() ? " WHERE " : " AND ";
    for (const char c : condition) {
      if (c != '?') {
        text_ += c;
        continue;
      }
      text_ += "$" + std::to_string(params_.size() + ++placed_);
    }
    params_.insert(params_.end(), params.begin(), params.end());
    placed_ = 0;
  }
  std::string next() const { return "$" + std::to_string(params_.size() + 1); }
  const std::string& text() const { return text_; }
  std::vector<Param>& params() { return params_; }

 private:
  std::string text_;
  std::vector<Param> params_;
  std::size_t placed_ = 0;
};

/// A page ends at (time of the last change, id): "1768982400000000.deal_01J…".
struct Cursor {
  std::int64_t updated_us = 0;
  std::string id;
};

Cursor read_cursor(std::string_view text) {
  Cursor cursor;
  const auto dot = text.find('.');
  const auto* end = text.data() + std::min(dot, text.size());
  const auto [stopped, error] = std::from_chars(text.data(), end, cursor.updated_us);
  if (dot == std::string_view::npos || error != std::errc{} || stopped != end || !is_id(text.substr(dot + 1), "deal"))
    throw Rejected(Code::invalid, "cursor", {"翻页位置无效", "this is no cursor of a former page"}, {"请从第一页开始", "start from the first page"});
  cursor.id = text.substr(dot + 1);
  return cursor;
}

std::string cursor_after(const Deal& last) { return fmt::format("{}.{}", from_rfc3339(last.updated_at).value().us, last.id); }

/// Which deals the actor may list.
void add_reader(Where& where, const Actor& actor, const DealFilter& filter) {
  const std::string_view own = actor.organization_id;
  if (own.empty() && (filter.side || !internal::reads_all(actor))) where.add("1 = 0", {});
  else if (filter.side) where.add(*filter.side == Side::buyer ? "buyer_id = ?" : "seller_id = ?", {own});
  else if (!internal::reads_all(actor)) where.add("(buyer_id = ? OR seller_id = ?)", {own, own});
}

PartyView shown(const Party& party) { return {party.id, party.name, party.region, std::nullopt}; }

/// Acts that wait for a side: of several open milestones only the next one.
std::vector<AllowedAct> waiting_acts(const Deal& deal, Side side) {
  std::vector<AllowedAct> waiting;
  bool delivers = false;
  for (const auto& allowed : acts_of(deal, side)) {
    const bool is_delivered = allowed.milestone && deal.milestones[static_cast<std::size_t>(*allowed.milestone)].state == MilestoneState::delivered;
    const bool next_delivery = allowed.act == DealAct::deliver && !delivers;
    delivers = delivers || allowed.act == DealAct::deliver;
    if (allowed.act == DealAct::agree || allowed.act == DealAct::evaluate || next_delivery || (allowed.act == DealAct::accept && is_delivered))
      waiting.push_back(allowed);
  }
  return waiting;
}

}  // namespace

std::optional<Deal> Deals::find(store::Connection& connection, std::string_view deal_id) {
  const auto body = connection.query_text(internal::kDealById, {deal_id});
  return body ? std::optional(internal::read_deal(*body)) : std::nullopt;
}

DealView Deals::view(const Deal& deal, const Actor& actor) {
  DealView view;
  static_cast<DealFacts&>(view) = deal;
  view.buyer = shown(deal.buyer);
  if (hides_buyer(deal, actor)) view.buyer = {std::nullopt, std::nullopt, std::nullopt, true};
  view.seller = shown(deal.seller);
  view.acts = acts_allowed(deal, actor);
  return view;
}

DealView Deals::require_visible(store::Connection& connection, const Actor& actor, std::string_view deal_id) const {
  const auto deal = find(connection, deal_id);
  if (!deal || !may_read(*deal, actor)) throw Rejected(Code::not_found, {"没有这个对接事项，或您无权查看", "There is no such deal, or it is not for you to see"});
  DealView view = Deals::view(*deal, actor);
  view.events = events(connection, *deal, actor);
  view.statements = evidence::statements_about(connection, deal->id);
  return view;
}

std::vector<DealEvent> Deals::events(store::Connection& connection, const Deal& deal, const Actor& actor) {
  std::vector<DealEvent> events;
  const bool hides = hides_buyer(deal, actor);
  connection.query(
      "SELECT e.at_us, e.act, e.side, e.body, a.name FROM deal_events e LEFT JOIN accounts a ON a.id = e.actor_id WHERE e.deal_id = $1 ORDER BY e.number",
      {deal.id}, [&](const store::Row& row) {
        auto body = from_json<internal::EventBody>(parse_json(row.text(3)));
        DealEvent event{to_rfc3339({row.integer(0)}), enum_from_name<DealAct>(row.text(1)).value(), enum_from_name<Side>(row.text(2)).value(),
                        {},                           std::move(body.note),                          body.milestone,
                        body.score,                   std::move(body.terms)};
        if (!row.is_null(4) && !(hides && event.side == Side::buyer)) event.actor_name = row.string(4);
        events.push_back(std::move(event));
      });
  return events;
}

DealPage Deals::list(store::Connection& connection, const Actor& actor, const DealFilter& filter) const {
  if (filter.limit < 1 || filter.limit > kDealPageMax)
    throw Rejected(Code::invalid, "limit", {fmt::format("每页 1 至 {} 条", kDealPageMax), fmt::format("a page holds 1 to {}", kDealPageMax)},
                   {"请改每页条数", "change the limit"});
  const std::string state = filter.state ? std::string(enum_name(*filter.state)) : "";
  const Cursor cursor = filter.cursor.empty() ? Cursor{} : read_cursor(filter.cursor);
  Where where;
  add_reader(where, actor, filter);
  if (filter.state) where.add("state = ?", {state});
  DealPage page;
  connection.query("SELECT COUNT(*) FROM deals" + where.text(), where.params(), [&](const store::Row& row) { page.total = row.integer(0); });
  if (!filter.cursor.empty()) where.add("(updated_us < ? OR (updated_us = ? AND id < ?))", {cursor.updated_us, cursor.updated_us, cursor.id});
  const std::string sql = "SELECT body FROM deals" + where.text() + " ORDER BY updated_us DESC, id DESC LIMIT " + where.next();
  where.params().push_back(static_cast<std::int64_t>(filter.limit) + 1);  // one more tells whether there is a next page
  std::vector<Deal> found;
  connection.query(sql, where.params(), [&](const store::Row& row) { found.push_back(internal::read_deal(row.text(0))); });
  if (found.size() > filter.limit) {
    found.pop_back();
    page.next_cursor = cursor_after(found.back());
  }
  for (const auto& deal : found) page.deals.push_back(view(deal, actor));
  return page;
}

std::vector<Waiting> Deals::waiting_for(store::Connection& connection, std::string_view organization_id) {
  std::vector<Waiting> waiting;
  if (organization_id.empty()) return waiting;
  connection.query("SELECT body FROM deals WHERE (buyer_id = $1 OR seller_id = $2) AND state <> 'declined' ORDER BY updated_us DESC, id DESC LIMIT $3",
                   {organization_id, organization_id, kWaitingScanMax}, [&](const store::Row& row) {
                     const Deal deal = internal::read_deal(row.text(0));
                     const Side side = deal.buyer.id == organization_id ? Side::buyer : Side::seller;
                     for (const auto& act : waiting_acts(deal, side))
                       if (waiting.size() < kWaitingMax) waiting.push_back({deal.id, deal.title, deal.state, side, act, deal.updated_at});
                   });
  return waiting;
}

std::vector<StateCount> Deals::count_by_state(store::Connection& connection) {
  std::vector<StateCount> counts;
  for (const auto name : enum_names<State>()) counts.push_back({enum_from_name<State>(name).value(), 0});
  connection.query("SELECT state, COUNT(*) FROM deals GROUP BY state", {}, [&](const store::Row& row) {
    const auto at = std::ranges::find(counts, enum_from_name<State>(row.text(0)).value(), &StateCount::state);
    at->count = row.integer(1);
  });
  return counts;
}

}  // namespace jingwei::deals
