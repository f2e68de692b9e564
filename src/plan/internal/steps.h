// The dated steps of a combination.
#pragma once

#include "plan/internal/search.h"

namespace jingwei::plan {

/// In order of their first day. A step begins when all it waits for are done; the plan's first day is `today`.
std::vector<PlanStep> steps_of(const Board& board, const std::vector<int>& choices, const std::string& today);

}  // namespace jingwei::plan
