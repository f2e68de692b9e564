// From a found combination to what a person reads: parts with reasons and their next best, dated steps, money clause by
// clause, what breaks a limit, what stayed empty and why.
#pragma once

#include "plan/internal/search.h"

namespace jingwei::plan {

Alternative explain(const Request& request, const Board& board, PlanGoal goal, const Picks& picks);
/// Policies among the candidates, best first: read with any plan, bought with none.
std::vector<PlanPart> policies(const Request& request);
/// 12.5 万元 / CNY 125,000.
Bilingual money_words(std::int64_t fen);

}  // namespace jingwei::plan
