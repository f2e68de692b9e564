// The search among combinations: candidates made comparable (choices), places to fill (slots), figures of a combination, and
// the beam over the slots. Everything a comparison needs is a number here; words come later (explain.h).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "plan/plan.h"

namespace jingwei::plan {

constexpr int kNobody = -1;

/// A candidate with what counts of it.
struct Choice {
  const Candidate* candidate = nullptr;
  std::optional<std::int64_t> price_fen;  ///< absent: to be agreed
  bool costs = true;                      ///< false: gives money, or is read only
  std::size_t duration = 0;               ///< index in Rules::durations
  int days = 0;
  int distance = 0;                       ///< region_distance to the need
  std::vector<std::size_t> possible;      ///< indexes in Rules::clauses, of those that apply to it
  std::vector<std::size_t> clauses;       ///< ... and of these the ones that give money for it
};

/// One place in a plan.
struct Slot {
  PartRole role = PartRole::solver;
  int problem = -1;          ///< of solvers and instruments; otherwise -1
  std::vector<int> options;  ///< indexes of choices, best by score first
};

/// The request in numbers.
struct Board {
  const Rules* rules = nullptr;
  std::vector<Choice> choices;
  std::vector<Slot> slots;
  std::optional<std::int64_t> budget_fen;
  std::optional<int> days_left;  ///< to the deadline; negative when it is past
};

/// For each slot the index of a choice, or kNobody. Shorter than the slots while a plan is being made.
using Picks = std::vector<int>;

struct Figures {
  int answered = 0;
  int breaks = 0;
  int filled = 0;
  int unpriced = 0;
  std::int64_t gross_fen = 0;
  std::int64_t covered_fen = 0;
  std::int64_t net_fen = 0;
  int days = 0;
  int distance = 0;
  double worth = 0;
};

/// What a clause gives for a choice.
struct Coverage {
  int choice = kNobody;
  std::size_t clause = 0;
  std::int64_t amount_fen = 0;
};

Board prepare(const Request& request, const Rules& rules);

/// The choices of a combination, each once, in order of the slots.
std::vector<int> used(const Picks& picks);
/// Which clause pays how much of what. The dearest part first, each from the one clause that gives most for it now (no part
/// is paid twice); a clause gives its share of the price, rounded down, and over all parts at most its ceiling.
std::vector<Coverage> coverage(const Board& board, const std::vector<int>& choices);
/// Day on which the steps of each duration are done, counted from the first day.
std::vector<int> ends(const Board& board, const std::vector<int>& choices);
Figures figures(const Board& board, const Picks& picks);
/// True when `a` is the better combination for the goal; the order is total over different combinations.
bool better(const Board& board, PlanGoal goal, const Figures& a, const Picks& a_picks, const Figures& b, const Picks& b_picks);
/// False when somebody who solves a problem stands there once more as the person beside the solvers.
bool allowed(const Board& board, const Picks& picks);
/// The best combination that a beam of `width` finds.
Picks search(const Board& board, PlanGoal goal, std::size_t width = kBeamWidth);

}  // namespace jingwei::plan
