#include "plan/internal/search.h"

#include <algorithm>

namespace jingwei::plan {
namespace {

struct Partial {
  Picks picks;
  Figures figures;
};

}  // namespace

bool allowed(const Board& board, const Picks& picks) {
  for (std::size_t person = 0; person < picks.size(); ++person) {
    if (board.slots[person].role != PartRole::person || picks[person] == kNobody) continue;
    for (std::size_t i = 0; i < picks.size(); ++i)
      if (board.slots[i].role == PartRole::solver && picks[i] != kNobody && board.choices[picks[i]].candidate == board.choices[picks[person]].candidate) return false;
  }
  return true;
}

Picks search(const Board& board, PlanGoal goal, std::size_t width) {
  std::vector<Partial> beam(1);
  std::vector<Partial> next;
  const auto before = [&](const Partial& a, const Partial& b) { return better(board, goal, a.figures, a.picks, b.figures, b.picks); };
  for (std::size_t slot = 0; slot < board.slots.size(); ++slot) {
    next.clear();
    const auto extend = [&](const Partial& from, int choice) {
      Partial longer{from.picks, {}};
      longer.picks.push_back(choice);
      if (!allowed(board, longer.picks)) return;
      longer.figures = figures(board, longer.picks);
      next.push_back(std::move(longer));
    };
    for (const Partial& partial : beam) {
      for (const int choice : board.slots[slot].options) extend(partial, choice);
      extend(partial, kNobody);
    }
    const std::size_t kept = std::min(width, next.size());
    std::partial_sort(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(kept), next.end(), before);
    next.resize(kept);
    beam.swap(next);
  }
  return beam.front().picks;
}

}  // namespace jingwei::plan
