#include "plan/plan.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/money.h"
#include "plan/internal/days.h"
#include "plan/internal/explain.h"
#include "plan/internal/search.h"

namespace jingwei::plan {
namespace {

constexpr PlanGoal kGoals[] = {PlanGoal::cheapest, PlanGoal::soonest, PlanGoal::nearest};

void refuse(std::string field, Bilingual reason, Bilingual remedy, std::vector<InputProblem>& problems) {
  problems.push_back({std::nullopt, std::move(field), std::move(reason), std::move(remedy)});
}

bool is_amount(std::int64_t fen) { return fen >= 0 && fen <= kMoneyFenMax; }

void check_candidate(const Request& request, std::size_t index, std::set<std::string_view>& ids, std::vector<InputProblem>& problems) {
  const Candidate& candidate = request.candidates[index];
  const std::string field = fmt::format("/candidates/{}", index);
  const auto& id = candidate.document.id;
  if (id.empty() || candidate.item.id != id || !ids.insert(id).second) refuse(field, {"编号缺少、不符或重复", "The id is missing, differs or is there twice"}, {"每个候选只给一次", "Give each candidate once"}, problems);
  if (!(candidate.item.score >= 0 && candidate.item.score <= 1)) refuse(field + "/score", {"分数应在 0 到 1", "The score must lie between 0 and 1"}, {"改正分数", "Mend the score"}, problems);
  if (candidate.document.amount_fen && !is_amount(*candidate.document.amount_fen)) refuse(field + "/amount_fen", {"金额不对", "The amount is wrong"}, {"改正金额", "Mend the amount"}, problems);
  for (const int problem : candidate.item.problems)
    if (problem < 0 || problem >= std::max<int>(1, static_cast<int>(request.problems.size())))
      refuse(field + "/problems", {"没有这个子题", "There is no such problem"}, {"改正子题序号", "Mend the problem's index"}, problems);
}

void check(const Request& request) {
  if (request.candidates.size() > kCandidatesMax || request.problems.size() > match::kProblemsMax)
    throw Rejected(Code::too_large, "/candidates", {fmt::format("最多 {} 个候选、{} 个子题", kCandidatesMax, match::kProblemsMax), fmt::format("At most {} candidates and {} problems", kCandidatesMax, match::kProblemsMax)},
                   {"取分数最高的", "Take those that score highest"});
  std::vector<InputProblem> problems;
  if (!is_day(request.today)) refuse("/today", {"日期不对", "This is no day"}, {"写成 2026-01-21", "Write 2026-01-21"}, problems);
  if (!request.need.deadline.empty() && !is_day(request.need.deadline)) refuse("/need/deadline", {"日期不对", "This is no day"}, {"写成 2026-01-21", "Write 2026-01-21"}, problems);
  if (request.need.budget_fen && !is_amount(*request.need.budget_fen)) refuse("/need/budget_fen", {"预算不能为负，也不能过大", "A budget is not negative and not too large"}, {"改正预算", "Mend the budget"}, problems);
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < request.candidates.size(); ++i) check_candidate(request, i, ids, problems);
  if (!problems.empty()) throw Rejected(Code::invalid, {"方案的输入有误", "The input of the plan is wrong"}, std::move(problems));
}

std::vector<Bilingual> notes_of(const Request& request, const Board& board, bool found) {
  std::vector<Bilingual> notes;
  if (!found) notes.push_back({"没有够分数的候选，排不出方案。把问题写得更具体，或等更多资源发布", "No candidate scores high enough for a plan. State the problem in more detail, or wait for more supplies"});
  if (board.days_left && *board.days_left < 0)
    notes.push_back({fmt::format("希望完成的日期 {} 已过去 {} 天", request.need.deadline, -*board.days_left), fmt::format("The deadline {} was {} days ago", request.need.deadline, -*board.days_left)});
  if (!board.budget_fen) notes.push_back({"需求没有写预算，方案不能判断是否超支", "The need gives no budget, so no plan can be said to keep it"});
  if (request.need.deadline.empty()) notes.push_back({"需求没有写希望完成的日期，方案不能判断是否按期", "The need gives no deadline, so no plan can be said to keep it"});
  if (request.need.region.empty()) notes.push_back({"需求没有写所在地，不能比较远近", "The need gives no place, so distances cannot be compared"});
  return notes;
}

}  // namespace

Plans make(const Request& request, const Rules& rules) {
  check(request);
  const Board board = prepare(request, rules);
  Plans plans;
  plans.problems = request.problems;
  std::vector<std::pair<PlanGoal, Picks>> made;
  for (const PlanGoal goal : kGoals) {
    Picks picks = search(board, goal);
    if (used(picks).empty()) break;
    const auto same = std::find_if(made.begin(), made.end(), [&](const auto& earlier) { return earlier.second == picks; });
    if (same != made.end()) {
      plans.same.push_back({goal, same->first});
      continue;
    }
    plans.alternatives.push_back(explain(request, board, goal, picks));
    made.emplace_back(goal, std::move(picks));
  }
  plans.notes = notes_of(request, board, !made.empty());
  return plans;
}

}  // namespace jingwei::plan
