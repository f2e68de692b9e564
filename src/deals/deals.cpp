// Commands on deals: load, reject (all reasons first), decide, write row, event, feed record and statements.
#include <fmt/format.h>

#include "base/check.h"
#include "deals/deals.h"
#include "deals/internal/rows.h"
#include "deals/internal/statements.h"
#include "deals/internal/words.h"

namespace jingwei::deals {
namespace {

using identity::Actor;
using registry::Entry;
using registry::EntryState;

Rejected not_found(Bilingual message) { return Rejected(Code::not_found, std::move(message)); }

Rejected no_deal() { return not_found({"没有这个对接事项，或您无权查看", "There is no such deal, or it is not for you to see"}); }

/// The need and the supply of a proposal and on which side of them the actor stands.
struct Matter {
  Entry need;
  Entry supply;
  Side side;
};

/// What others have not published answers like what is not there, so that ids cannot be probed.
Entry require_entry(store::Transaction& tx, const Actor& actor, const std::string& id, const char* pointer, Bilingual what) {
  auto entry = registry::Registry::find(tx, id);
  const bool known = entry && (actor.acts_for(entry->owner_id) ||
                               (entry->state == EntryState::published &&
                                (entry->audience != registry::Audience::invited || internal::is_guest(tx, id, actor.organization_id))));
  if (!known)
    throw Rejected(Code::not_found, pointer, {"没有这个" + what.zh + "，或您无权查看", "There is no such " + what.en + ", or it is not for you to see"},
                   {"请核对编号", "check the id"});
  return std::move(*entry);
}

void require_published(const Entry& entry, const char* pointer, Bilingual what) {
  if (entry.state == EntryState::published) return;
  throw Rejected(Code::wrong_state, pointer, {what.zh + "还没有发布，或已撤回、过期", "The " + what.en + " is not published, was withdrawn or has expired"},
                 {"请先发布", "publish it first"});
}

Side require_side(const Actor& actor, const Entry& need, const Entry& supply) {
  if (may_act_for(actor, need.owner_id)) return Side::buyer;
  if (may_act_for(actor, supply.owner_id)) return Side::seller;
  throw Rejected(Code::forbidden, {"只有需求的提出单位或供给的持有单位可以发起对接", "Only the owner of the need or of the supply can propose a deal"});
}

void check_matter(const registry::Registry& registry, const Matter& matter, std::vector<InputProblem>& problems) {
  if (matter.need.register_id != internal::kNeedsRegister)
    problems.push_back({std::nullopt, "/need_id", {"这不是一条需求", "this is not a need"}, {"请选择需求清单里的条目", "choose an entry of the register of needs"}});
  const registry::Register* offered = registry.definitions().find(matter.supply.register_id);
  if (offered == nullptr || offered->supply_kind.empty())
    problems.push_back({std::nullopt,
                        "/supply_id",
                        {"这个清单里的条目不能作为供给", "entries of this register are not offered as supplies"},
                        {"请另选供给", "choose another supply"}});
  else if (matter.supply.owner_id.empty())
    problems.push_back({std::nullopt, "/supply_id", {"这条供给没有写明持有单位", "this supply names no owner"}, {"请先补充持有单位", "add its owner first"}});
  if (matter.need.owner_id == matter.supply.owner_id)
    problems.push_back({std::nullopt,
                        "/supply_id",
                        {"需求和供给属于同一单位", "the need and the supply belong to the same organization"},
                        {"请另选供给", "choose another supply"}});
}

Terms require_content(const registry::Registry& registry, const Matter& matter, const Terms& terms) {
  std::vector<InputProblem> problems;
  check_matter(registry, matter, problems);
  Terms normal;
  try {
    normal = check_terms(terms);
  } catch (const Rejected& rejected) {
    problems.insert(problems.end(), rejected.problems().begin(), rejected.problems().end());
  }
  if (!problems.empty()) throw Rejected(Code::invalid, {"内容有误，请按提示修改", "The content has mistakes; mend them as told"}, std::move(problems));
  return normal;
}

void require_only_one(store::Transaction& tx, const Matter& matter) {
  const auto open = tx.query_text("SELECT id FROM deals WHERE need_id = $1 AND supply_id = $2 AND state IN ('proposed', 'agreed', 'delivered', 'disputed')",
                                  {matter.need.id, matter.supply.id});
  if (open)
    throw Rejected(Code::conflict, "/supply_id",
                   {"这条需求和这条供给之间已有进行中的事项（" + *open + "）", "A deal between this need and this supply is under way (" + *open + ")"},
                   {"请在那个事项里继续", "go on with that one"});
}

Party party(store::Transaction& tx, std::string_view organization_id) {
  const auto organization = registry::Registry::find(tx, organization_id);
  CHECK(organization.has_value());  // entries are never deleted, and owners are checked when entries are written
  return {organization->id, organization->title, organization->region};
}

}  // namespace

std::optional<Deal> Deals::find(store::Transaction& tx, std::string_view deal_id) {
  const auto body = tx.query_text(internal::kDealById, {deal_id});
  return body ? std::optional(internal::read_deal(*body)) : std::nullopt;
}

Deal Deals::propose(store::Transaction& tx, const Actor& actor, const Proposal& proposal) const {
  if (!may_act_for(actor, actor.organization_id))
    throw Rejected(Code::forbidden, {"只有代表单位办事的人可以发起对接", "Only somebody who acts for an organization can propose a deal"});
  Matter matter{require_entry(tx, actor, proposal.need_id, "/need_id", {"需求", "need"}),
                require_entry(tx, actor, proposal.supply_id, "/supply_id", {"供给", "supply"}), Side::buyer};
  matter.side = require_side(actor, matter.need, matter.supply);
  require_published(matter.need, "/need_id", {"需求", "need"});
  require_published(matter.supply, "/supply_id", {"供给", "supply"});
  const Terms terms = require_content(registry_, matter, proposal);
  require_only_one(tx, matter);
  // From here on it must succeed.
  Deal deal;
  deal.id = tx.new_id("deal");
  deal.need = {matter.need.id, matter.need.title};
  deal.supply = {matter.supply.id, matter.supply.register_id, matter.supply.title};
  deal.proposed_by = matter.side;
  deal.created_at = to_rfc3339(tx.now());
  deal.buyer = party(tx, matter.need.owner_id);
  deal.seller = party(tx, matter.supply.owner_id);
  deal.buyer_anonymous = matter.need.audience == registry::Audience::anonymous && !internal::is_guest(tx, matter.need.id, deal.seller.id);
  ActRequest request;
  request.act = DealAct::propose;
  request.terms = terms;
  const Decision decision = start(std::move(deal), matter.side, std::move(request), tx.now());
  // A proposal made for an invited need is itself the invitation; an anonymous one is disclosed by agreeing only.
  if (matter.side == Side::buyer && matter.need.audience == registry::Audience::invited) registry_.invite(tx, matter.need.id, decision.deal.seller.id);
  write(tx, actor, matter.side, decision);
  return decision.deal;
}

Deal Deals::act(store::Transaction& tx, const Actor& actor, std::string_view deal_id, std::int64_t version, const ActRequest& request) const {
  const auto deal = find(tx, deal_id);
  if (!deal || !may_read(*deal, actor)) throw no_deal();
  const auto side = side_of(*deal, actor);
  if (!side) throw Rejected(Code::forbidden, {"只有事项双方可以办理", "Only the two sides act on a deal"});
  if (deal->version != version)
    throw Rejected(Code::version_mismatch, "version",
                   {fmt::format("在您打开之后事项有了变化（现在是第 {} 版）", deal->version),
                    fmt::format("the deal changed since you opened it (it is at version {} now)", deal->version)},
                   {"请重新载入，看过再办", "load it again, look, and decide anew"});
  Decision decision = decide(*deal, *side, request, tx.now());
  // From here on it must succeed.
  if (request.act == DealAct::agree) {
    decision.deal.buyer = party(tx, deal->buyer.id);
    decision.deal.seller = party(tx, deal->seller.id);
    registry_.invite(tx, deal->need.id, deal->seller.id);
  }
  write(tx, actor, *side, decision);
  return decision.deal;
}

void Deals::write(store::Transaction& tx, const Actor& actor, Side side, const Decision& decision) const {
  const Deal& deal = decision.deal;
  const ActRequest& request = decision.request;
  const std::string body = json::serialize(to_json(deal));
  const auto state = enum_name(deal.state);
  const auto act = enum_name(request.act);
  if (request.act == DealAct::propose) {
    tx.execute(
        "INSERT INTO deals (id, state, version, need_id, supply_id, buyer_id, seller_id, created_us, updated_us, body) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        {deal.id, state, deal.version, deal.need.id, deal.supply.id, deal.buyer.id, deal.seller.id, tx.now().us, tx.now().us, body});
  } else {
    const auto rows = tx.execute("UPDATE deals SET state = $1, version = $2, updated_us = $3, body = $4 WHERE id = $5 AND version = $6",
                                 {state, deal.version, tx.now().us, body, deal.id, deal.version - 1});
    CHECK(rows == 1);
  }
  internal::EventBody event{request.note, decision.milestone, request.score, request.terms, {}};
  for (const auto& plan : decision.statements) {
    auto draft = internal::draft_statement(plan, decision, side, tx.now());
    if (!event.private_parts) event.private_parts.emplace();
    event.private_parts->emplace(plan.kind, *draft.private_part);
    issuer_.issue(tx, std::move(draft));
  }
  tx.execute("INSERT INTO deal_events (deal_id, number, at_us, actor_id, side, act, body) VALUES ($1, $2, $3, $4, $5, $6, $7)",
             {deal.id, deal.version, tx.now().us, actor.account_id, enum_name(side), act, json::serialize(to_json(event))});
  tx.append_feed("deal", act, deal.id, deal.version);
}

}  // namespace jingwei::deals
