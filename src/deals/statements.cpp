// Statements of deals, see internal/statements.h.
#include "deals/internal/statements.h"

namespace jingwei::deals::internal {
namespace {

constexpr std::size_t kMonthLength = 7;  ///< "2026-01"

json::object public_part(const StatementPlan& plan, const Deal& deal, Timestamp now) {
  json::object part{{"deal", deal.id},
                    {"deal_kind", enum_name(deal.kind)},
                    {"buyer_region", deal.buyer.region},
                    {"seller_region", deal.seller.region},
                    {"need", deal.need.id},
                    {"supply_register", deal.supply.register_},
                    {"month", shanghai_date(now).substr(0, kMonthLength)},
                    {"milestones", deal.milestones.size()}};
  if (plan.milestone) part.emplace("milestone", *plan.milestone);
  return part;
}

json::object private_part(const StatementPlan& plan, const Decision& decision, Side side) {
  const Deal& deal = decision.deal;
  json::object part{{"title", deal.title},
                    {"need_title", deal.need.title},
                    {"supply", to_json(deal.supply)},
                    {"buyer", to_json(deal.buyer)},
                    {"seller", to_json(deal.seller)},
                    {"contract_total_fen", deal.contract_total_fen},
                    {"technology_amount_fen", deal.technology_amount_fen},
                    {"side", enum_name(side)}};
  if (decision.request.note) part.emplace("note", *decision.request.note);
  if (decision.request.score) part.emplace("score", *decision.request.score);
  if (plan.milestone) part.emplace("milestone", to_json(deal.milestones[static_cast<std::size_t>(*plan.milestone)]));
  if (plan.kind != "deal_agreed") return part;
  part.emplace("scope", deal.scope);
  part.emplace("starts_on", deal.starts_on);
  part.emplace("ends_on", deal.ends_on);
  part.emplace("milestones", to_json(deal.milestones));
  return part;
}

}  // namespace

evidence::StatementDraft draft_statement(const StatementPlan& plan, const Decision& decision, Side side, Timestamp now) {
  return {plan.kind, decision.deal.id, public_part(plan, decision.deal, now), private_part(plan, decision, side)};
}

}  // namespace jingwei::deals::internal
