// The rule of a deal: one table of acts, and decide(), which applies it. Pure; testdata/acts.test is its readable twin.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "deals/deals.h"
#include "deals/internal/content.h"
#include "deals/internal/words.h"

namespace jingwei::deals {
namespace {

using identity::Actor;
using identity::Role;

enum class Who { buyer, seller, either };
enum class Text { optional, required };

/// When an act is possible, for whom, and what it must say.
struct Rule {
  DealAct act;
  Who who;
  std::vector<State> states;
  std::vector<MilestoneState> milestone_states;  ///< empty: the act is about the whole deal
  Text note;
};

const std::array<Rule, 8>& rules() {
  using enum State;
  using M = MilestoneState;
  static const std::array<Rule, 8> all = {{
      {DealAct::agree, Who::either, {proposed}, {}, Text::optional},  // only the side that did not write the terms: decide()
      {DealAct::decline, Who::either, {proposed}, {}, Text::optional},
      {DealAct::revise, Who::either, {proposed}, {}, Text::optional},
      {DealAct::deliver, Who::seller, {agreed, disputed}, {M::open, M::disputed}, Text::required},
      {DealAct::accept, Who::buyer, {agreed, delivered, disputed}, {M::delivered, M::disputed}, Text::optional},
      {DealAct::dispute, Who::buyer, {agreed, delivered, disputed}, {M::delivered}, Text::required},
      {DealAct::terminate, Who::either, {agreed, delivered, disputed}, {}, Text::required},
      {DealAct::evaluate, Who::either, {accepted, terminated}, {}, Text::optional},  // once by each side: decide()
  }};
  return all;
}

const Rule* rule_of(DealAct act) {
  const auto found = std::ranges::find(rules(), act, &Rule::act);
  return found == rules().end() ? nullptr : &*found;
}

bool is_for(const Rule& rule, Side side) { return rule.who == Who::either || (rule.who == Who::buyer) == (side == Side::buyer); }
bool fits(const Rule& rule, State state) { return std::ranges::count(rule.states, state) > 0; }
bool fits(const Rule& rule, const Milestone& milestone) { return std::ranges::count(rule.milestone_states, milestone.state) > 0; }
bool has_evaluated(const Deal& deal, Side side) { return std::ranges::count(deal.evaluations, side, &Evaluation::side) > 0; }

/// Nobody can make a deal's history grow without end; every act that ends a deal stays possible.
bool is_worn_out(const Deal& deal, DealAct act) {
  return deal.version >= kDealVersionsMax && (act == DealAct::revise || act == DealAct::dispute);
}

[[noreturn]] void refuse_state(const Deal& deal, DealAct act) {
  throw Rejected(Code::wrong_state, {fmt::format("事项现在是“{}”，不能{}", internal::words(deal.state).zh, internal::words(act).zh),
                                     fmt::format("The deal is {} now: {} is not possible", internal::words(deal.state).en, internal::words(act).en)});
}

/// Refuses an act that is the other side's, or that is not possible now.
const Rule& require_possible(const Deal& deal, Side side, const ActRequest& request) {
  const Rule* rule = rule_of(request.act);
  if (rule == nullptr) refuse_state(deal, request.act);  // propose: the deal is there already
  if (!is_for(*rule, side)) {
    const Bilingual who = internal::words(other(side));
    throw Rejected(Code::forbidden, {fmt::format("只有{}可以{}", who.zh, internal::words(request.act).zh),
                                     fmt::format("Only the {} can do this: {}", who.en, internal::words(request.act).en)});
  }
  if (!fits(*rule, deal.state)) refuse_state(deal, request.act);
  if (request.act == DealAct::evaluate && has_evaluated(deal, side))
    throw Rejected(Code::wrong_state, {"贵方已经评价过", "Your side has evaluated this deal already"});
  if (!rule->milestone_states.empty() && std::ranges::none_of(deal.milestones, [&](const auto& milestone) { return fits(*rule, milestone); }))
    throw Rejected(Code::wrong_state, {fmt::format("现在没有可以{}的里程碑", internal::words(request.act).zh),
                                       fmt::format("There is no milestone for this now: {}", internal::words(request.act).en)});
  if (is_worn_out(deal, request.act))
    throw Rejected(Code::wrong_state, {"这个事项的往来次数已到上限，请了结或终止", "Too many acts on this deal; bring it to an end"});
  if (request.act == DealAct::agree && side == deal.terms_by)
    throw Rejected(Code::forbidden, {"条款是贵方提出的，请等对方同意", "Your side wrote these terms; the other side agrees to them"});
  return *rule;
}

/// A member that the act has no use for is a misunderstanding, not something to ignore.
template <class T>
void check_unused(const std::optional<T>& member, bool is_used, const char* pointer, std::vector<InputProblem>& problems) {
  if (member && !is_used)
    problems.push_back({std::nullopt, pointer, {"这个动作用不到这一项", "this act has no use for it"}, {"请去掉", "leave it out"}});
}

void check_note(ActRequest& request, Text note, std::vector<InputProblem>& problems) {
  if (!request.note) request.note.emplace();
  if (auto problem = internal::check_text("/note", *request.note, kNoteCharactersMax, note == Text::required)) problems.push_back(std::move(*problem));
  if (request.note->empty()) request.note.reset();
}

void check_score(const ActRequest& request, std::vector<InputProblem>& problems) {
  const bool evaluates = request.act == DealAct::evaluate;
  check_unused(request.score, evaluates, "/score", problems);
  if (evaluates && (!request.score || *request.score < 1 || *request.score > 5))
    problems.push_back({std::nullopt, "/score", {"评分是 1 至 5 的整数", "a score is a whole number from 1 to 5"}, {"请选择评分", "choose a score"}});
}

void check_revised_terms(ActRequest& request, std::vector<InputProblem>& problems) {
  const bool revises = request.act == DealAct::revise;
  check_unused(request.terms, revises, "/terms", problems);
  if (!revises) return;
  if (!request.terms) {
    problems.push_back({std::nullopt, "/terms", {"没有给出新条款", "the new terms are missing"}, {"请给出全部条款", "give all the terms"}});
    return;
  }
  try {
    request.terms = check_terms(*request.terms, "/terms");
  } catch (const Rejected& rejected) {
    problems.insert(problems.end(), rejected.problems().begin(), rejected.problems().end());
  }
}

/// Which milestone the act is about. Acceptance and dispute name theirs: they have legal effect.
std::optional<std::int64_t> check_milestone(const Deal& deal, const Rule& rule, const ActRequest& request, std::vector<InputProblem>& problems) {
  if (rule.milestone_states.empty()) {
    check_unused(request.milestone, false, "/milestone", problems);
    return std::nullopt;
  }
  if (!request.milestone && rule.act == DealAct::deliver)
    return std::ranges::find_if(deal.milestones, [&](const auto& milestone) { return fits(rule, milestone); })->index;
  const auto count = static_cast<std::int64_t>(deal.milestones.size());
  if (request.milestone && *request.milestone >= 0 && *request.milestone < count) return request.milestone;
  problems.push_back({std::nullopt, "/milestone", {fmt::format("请指明里程碑，序号 0 至 {}", count - 1), fmt::format("name the milestone, 0 to {}", count - 1)},
                      {"请选择一个里程碑", "choose a milestone"}});
  return std::nullopt;
}

void apply_terms(Deal& deal, const Terms& terms) {
  deal.kind = terms.kind;
  deal.title = terms.title;
  deal.scope = terms.scope;
  deal.contract_total_fen = terms.contract_total_fen;
  deal.technology_amount_fen = terms.technology_amount_fen;
  deal.starts_on = terms.starts_on;
  deal.ends_on = terms.ends_on;
  deal.milestones.clear();
  for (const auto& milestone : terms.milestones)
    deal.milestones.push_back(
        {static_cast<std::int64_t>(deal.milestones.size()), milestone.title, milestone.due_on, milestone.amount_fen, MilestoneState::open, {}});
}

MilestoneState after(DealAct act) {
  return act == DealAct::deliver ? MilestoneState::delivered : act == DealAct::accept ? MilestoneState::accepted : MilestoneState::disputed;
}

void apply_to_milestone(Decision& decision, const ActRequest& request) {
  Milestone& milestone = decision.deal.milestones[static_cast<std::size_t>(*decision.milestone)];
  milestone.state = after(request.act);
  if (request.note) milestone.note = request.note;
  decision.deal.state = state_of(decision.deal.milestones);
}

/// What a permitted act makes of the deal; nothing is refused here.
void apply(Decision& decision, Side side, const ActRequest& request, Timestamp now) {
  Deal& deal = decision.deal;
  auto& statements = decision.statements;
  switch (request.act) {
    case DealAct::agree:
      deal.state = State::agreed;
      deal.agreed_at = to_rfc3339(now);
      statements = {{"deal_agreed", {}}};
      break;
    case DealAct::decline: deal.state = State::declined; break;
    case DealAct::propose:
    case DealAct::revise:
      apply_terms(deal, *request.terms);
      deal.terms_by = side;
      break;
    case DealAct::deliver:
      apply_to_milestone(decision, request);
      statements = {{"deal_delivered", decision.milestone}};
      break;
    case DealAct::accept:
      apply_to_milestone(decision, request);
      statements = {{"deal_milestone_accepted", decision.milestone}};
      if (deal.state == State::accepted) statements.push_back({"deal_accepted", {}});
      break;
    case DealAct::dispute: apply_to_milestone(decision, request); break;
    case DealAct::terminate:
      deal.state = State::terminated;
      statements = {{"deal_terminated", {}}};
      break;
    case DealAct::evaluate:
      deal.evaluations.push_back({side, *request.score, request.note.value_or(""), to_rfc3339(now)});
      statements = {{"deal_evaluated", {}}};
      break;
  }
  deal.version += 1;
  deal.updated_at = to_rfc3339(now);
}

}  // namespace

bool may_act_for(const Actor& actor, std::string_view organization_id) {
  // An auditor looks on: that role alone acts for nobody.
  return actor.may_write && !actor.is_anonymous() && actor.acts_for(organization_id) &&
         std::ranges::any_of(actor.roles, [](Role role) { return role != Role::auditor; });
}

std::optional<Side> side_of(const Deal& deal, const Actor& actor) {
  if (may_act_for(actor, deal.buyer.id)) return Side::buyer;
  if (may_act_for(actor, deal.seller.id)) return Side::seller;
  return std::nullopt;
}

bool may_read(const Deal& deal, const Actor& actor) {
  if (actor.is_anonymous()) return false;
  return internal::reads_all(actor) || actor.acts_for(deal.buyer.id) || actor.acts_for(deal.seller.id);
}

bool hides_buyer(const Deal& deal, const Actor& actor) {
  return deal.buyer_anonymous && !deal.agreed_at && !internal::reads_all(actor) && !actor.acts_for(deal.buyer.id);
}

State state_of(const std::vector<Milestone>& milestones) {
  const auto count = [&](MilestoneState state) { return std::ranges::count(milestones, state, &Milestone::state); };
  if (count(MilestoneState::disputed) > 0) return State::disputed;
  if (count(MilestoneState::open) > 0) return State::agreed;
  return count(MilestoneState::delivered) > 0 ? State::delivered : State::accepted;
}

std::vector<AllowedAct> acts_of(const Deal& deal, Side side) {
  std::vector<AllowedAct> allowed;
  for (const auto& rule : rules()) {
    const bool out_of_turn = rule.act == DealAct::agree && side == deal.terms_by;
    const bool done = rule.act == DealAct::evaluate && has_evaluated(deal, side);
    if (!is_for(rule, side) || !fits(rule, deal.state) || out_of_turn || done || is_worn_out(deal, rule.act)) continue;
    if (rule.milestone_states.empty()) allowed.push_back({rule.act, std::nullopt});
    for (const auto& milestone : deal.milestones)
      if (fits(rule, milestone)) allowed.push_back({rule.act, milestone.index});
  }
  return allowed;
}

std::vector<AllowedAct> acts_allowed(const Deal& deal, const Actor& actor) {
  const auto side = side_of(deal, actor);
  return side ? acts_of(deal, *side) : std::vector<AllowedAct>{};
}

Decision start(Deal deal, Side side, ActRequest request, Timestamp now) {
  CHECK(request.act == DealAct::propose && request.terms && deal.version == 0);
  Decision decision{std::move(deal), std::nullopt, std::move(request), {}};
  apply(decision, side, decision.request, now);
  return decision;
}

Decision decide(const Deal& deal, Side side, const ActRequest& asked, Timestamp now) {
  const Rule& rule = require_possible(deal, side, asked);
  ActRequest request = asked;
  std::vector<InputProblem> problems;
  Decision decision{deal, check_milestone(deal, rule, request, problems), request, {}};
  if (decision.milestone && !fits(rule, deal.milestones[static_cast<std::size_t>(*decision.milestone)]))
    throw Rejected(Code::wrong_state, "/milestone",
                   {fmt::format("这个里程碑现在不能{}", internal::words(rule.act).zh),
                    fmt::format("not possible for this milestone now: {}", internal::words(rule.act).en)},
                   {"请另选里程碑", "choose another milestone"});
  check_note(request, rule.note, problems);
  check_score(request, problems);
  check_revised_terms(request, problems);
  if (!problems.empty()) throw Rejected(Code::invalid, {"内容有误，请按提示修改", "The content has mistakes; mend them as told"}, std::move(problems));
  // From here on it must succeed.
  decision.request = request;
  apply(decision, side, request, now);
  CHECK(decision.deal.version == deal.version + 1);
  CHECK(decision.deal.evaluations.size() <= 2);
  return decision;
}

}  // namespace jingwei::deals
