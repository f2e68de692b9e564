#include "plan/internal/explain.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/money.h"
#include "plan/internal/days.h"
#include "plan/internal/steps.h"

namespace jingwei::plan {
namespace {

const std::string& id_of(const Board& board, int choice) { return board.choices[choice].candidate->document.id; }

struct Other {
  Picks picks;
  Figures figures;
  int choice = kNobody;
};

/// The best of the combinations that `change` makes of an option of `slot`; it returns false where there is none.
template <class ChangePicks>
std::optional<Other> best_other(const Board& board, PlanGoal goal, const std::vector<int>& options, ChangePicks change) {
  std::optional<Other> best;
  for (const int option : options) {
    Other other{{}, {}, option};
    if (!change(option, other.picks) || !allowed(board, other.picks)) continue;
    other.figures = figures(board, other.picks);
    if (!best || better(board, goal, other.figures, other.picks, best->figures, best->picks)) best = std::move(other);
  }
  return best;
}

/// Who would stand in the place of `choice` (in all its slots that he can fill), and what that changes.
std::optional<PlanChange> next_best(const Board& board, PlanGoal goal, const Picks& picks, const Figures& now, int choice) {
  std::vector<int> options;
  for (std::size_t slot = 0; slot < picks.size(); ++slot)
    if (picks[slot] == choice) options.insert(options.end(), board.slots[slot].options.begin(), board.slots[slot].options.end());
  const auto other = best_other(board, goal, options, [&](int option, Picks& changed) {
    changed = picks;
    for (std::size_t slot = 0; slot < picks.size(); ++slot) {
      const auto& may = board.slots[slot].options;
      if (picks[slot] == choice && std::find(may.begin(), may.end(), option) != may.end()) changed[slot] = option;
    }
    return changed != picks;
  });
  if (!other) return std::nullopt;
  const auto score = [&](int at) { return board.choices[at].candidate->item.score; };
  return PlanChange{id_of(board, other->choice), score(other->choice) - score(choice), other->figures.net_fen - now.net_fen, other->figures.unpriced - now.unpriced,
                    other->figures.days - now.days};
}

std::vector<PlanPart> parts_of(const Request& request, const Board& board, PlanGoal goal, const Picks& picks, const Figures& now, const std::vector<PlanStep>& steps) {
  std::vector<PlanPart> parts;
  const auto choices = used(picks);
  const auto covered = coverage(board, choices);
  for (const int at : choices) {
    const Choice& choice = board.choices[at];
    PlanPart part;
    for (std::size_t slot = 0; slot < picks.size(); ++slot) {
      if (picks[slot] != at) continue;
      part.role = board.slots[slot].role;
      if (board.slots[slot].problem >= 0) part.problems.push_back(board.slots[slot].problem);
    }
    part.supply_id = id_of(board, at);
    part.amount_fen = choice.candidate->document.amount_fen;
    for (const auto& paid : covered) {
      if (paid.choice != at) continue;
      part.covered_fen = paid.amount_fen;
      part.clause_id = board.rules->clauses[paid.clause].id;
    }
    part.score = choice.candidate->item.score;
    part.reasons = choice.candidate->item.reasons;
    part.missing = choice.candidate->item.missing;
    const std::string& valid_to = choice.candidate->document.valid_to;
    for (const auto& step : steps)
      if (step.supply_id == part.supply_id && !valid_to.empty() && valid_to < step.ends_on)
        part.missing.push_back({"有效期只到 " + valid_to + "，早于这一步完成的日子", "Valid only to " + valid_to + ", before this step is done"});
    part.otherwise = next_best(board, goal, picks, now, at);
    parts.push_back(std::move(part));
  }
  for (auto& policy : policies(request)) parts.push_back(std::move(policy));
  return parts;
}

std::vector<PlanClause> clauses_of(const Board& board, const Picks& picks) {
  const auto choices = used(picks);
  const auto covered = coverage(board, choices);
  std::vector<PlanClause> result;
  for (std::size_t i = 0; i < board.rules->clauses.size(); ++i) {
    const Clause& clause = board.rules->clauses[i];
    PlanClause shown{clause.id, clause.title, clause.source, {}, 0, !clause.of_price || !clause.share_percent || !clause.ceiling_fen, clause.note};
    for (const int at : choices) {
      const auto& possible = board.choices[at].possible;
      if (std::find(possible.begin(), possible.end(), i) != possible.end()) shown.supply_ids.push_back(id_of(board, at));
    }
    for (const auto& paid : covered)
      if (paid.clause == i) shown.covered_fen += paid.amount_fen;
    if (!shown.supply_ids.empty()) result.push_back(std::move(shown));
  }
  return result;
}

Bilingual why_left_out(const Board& board, const Figures& now, const Figures& with) {
  const std::int64_t over = board.budget_fen ? with.net_fen - *board.budget_fen : 0;
  const int late = board.days_left ? with.days - *board.days_left : 0;
  if (over > 0 && with.net_fen > now.net_fen) {
    const auto words = money_words(over);
    return {"加上它，净支出会超出预算 " + words.zh, "With it the net cost is " + words.en + " over the budget"};
  }
  if (late > 0 && with.days > now.days) return {fmt::format("加上它，会比期限晚 {} 天", late), fmt::format("With it the plan ends {} days after the deadline", late)};
  return {"加上它并不更好", "With it the plan is no better"};
}

std::vector<PlanGap> gaps_of(const Board& board, PlanGoal goal, const Picks& picks, const Figures& now) {
  std::vector<PlanGap> gaps;
  for (std::size_t slot = 0; slot < picks.size(); ++slot) {
    if (picks[slot] != kNobody) continue;
    const Slot& place = board.slots[slot];
    PlanGap gap{place.role, place.problem >= 0 ? std::optional<std::int64_t>(place.problem) : std::nullopt, {}, {"没有够分数的候选", "No candidate scores high enough"}};
    const auto other = best_other(board, goal, place.options, [&](int option, Picks& changed) {
      changed = picks;
      changed[slot] = option;
      return true;
    });
    if (other) {
      gap.supply_id = id_of(board, other->choice);
      gap.reason = why_left_out(board, now, other->figures);
    } else if (!place.options.empty()) {
      gap.reason = {"够分数的人已在解题", "Those who score high enough already solve a problem"};
    }
    gaps.push_back(std::move(gap));
  }
  return gaps;
}

void judge_limits(const Request& request, const Board& board, const Figures& now, Alternative& result) {
  if (board.budget_fen) {
    result.over_budget_fen = std::max<std::int64_t>(0, now.net_fen - *board.budget_fen);
    result.budget = result.over_budget_fen > 0 ? LimitVerdict::broken : now.unpriced > 0 ? LimitVerdict::open : LimitVerdict::within;
  }
  if (result.budget == LimitVerdict::broken) {
    const auto over = money_words(result.over_budget_fen);
    const auto net = money_words(now.net_fen);
    result.breaks.push_back({"超出预算 " + over.zh, "Over the budget by " + over.en});
    result.changes.push_back({"预算提高到 " + net.zh + "，已知价格就能放下", "A budget of " + net.en + " holds the known prices"});
  }
  if (!board.days_left) return;
  result.late_days = std::max(0, now.days - *board.days_left);
  result.deadline = result.late_days > 0 ? LimitVerdict::broken : LimitVerdict::within;
  if (result.late_days == 0) return;
  result.breaks.push_back({fmt::format("比希望完成的 {} 晚 {} 天", request.need.deadline, result.late_days), fmt::format("{} days after the deadline of {}", result.late_days, request.need.deadline)});
  result.changes.push_back({"期限放到 " + result.ends_on + "，方案就能按期完成", "A deadline of " + result.ends_on + " is kept"});
}

void say_what_changes(const Figures& now, Alternative& result) {
  if (now.unpriced > 0)
    result.changes.push_back({fmt::format("{} 项价格待商定，谈定后净支出会增加", now.unpriced), fmt::format("{} prices are to be agreed; the net cost grows by them", now.unpriced)});
  std::string zh, en;
  for (const auto& clause : result.clauses) {
    // A clause that is not reckoned from a price says in its note what it does; here stand those that lack a figure.
    if (!clause.to_be_set) continue;
    zh += (zh.empty() ? "" : "、") + clause.title.zh;
    en += (en.empty() ? "" : ", ") + clause.title.en;
  }
  if (!zh.empty()) result.changes.push_back({"未计入、可能减少支出的：" + zh, "Not counted, may lower the cost: " + en});
}

std::string grouped(std::int64_t yuan) {
  std::string digits = std::to_string(yuan);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

}  // namespace

Bilingual money_words(std::int64_t fen) {
  const std::string exact = format_money({fen}, kFenPerYuan);
  const auto point = exact.find('.');
  const std::string en = "CNY " + grouped(fen / kFenPerYuan) + (point == std::string::npos ? "" : exact.substr(point));
  return {fen >= kFenPerWan ? format_money({fen}, kFenPerWan) + " 万元" : exact + " 元", en};
}

std::vector<PlanPart> policies(const Request& request) {
  std::vector<const Candidate*> found;
  for (const auto& candidate : request.candidates)
    if (candidate.item.kind == "policy" && candidate.item.score >= kScoreMin) found.push_back(&candidate);
  std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) {
    return a->item.score != b->item.score ? a->item.score > b->item.score : a->document.id < b->document.id;
  });
  if (found.size() > kPoliciesMax) found.resize(kPoliciesMax);
  std::vector<PlanPart> parts;
  for (const auto* candidate : found) {
    PlanPart part;
    part.role = PartRole::policy;
    part.supply_id = candidate->document.id;
    part.amount_fen = candidate->document.amount_fen;
    part.score = candidate->item.score;
    part.reasons = candidate->item.reasons;
    part.missing = candidate->item.missing;
    parts.push_back(std::move(part));
  }
  return parts;
}

Alternative explain(const Request& request, const Board& board, PlanGoal goal, const Picks& picks) {
  const Figures now = figures(board, picks);
  Alternative result;
  result.goal = goal;
  result.days = now.days;
  result.ends_on = day_after(request.today, now.days);
  result.steps = steps_of(board, used(picks), request.today);
  result.parts = parts_of(request, board, goal, picks, now, result.steps);
  result.money = {now.gross_fen, now.covered_fen, now.net_fen, now.unpriced};
  result.clauses = clauses_of(board, picks);
  judge_limits(request, board, now, result);
  result.gaps = gaps_of(board, goal, picks, now);
  say_what_changes(now, result);
  return result;
}

}  // namespace jingwei::plan
