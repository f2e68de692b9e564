// Figures of a combination: money, days, distance; and which of two combinations is the better one.
#include <algorithm>
#include <array>
#include <tuple>

#include "plan/internal/search.h"

namespace jingwei::plan {

std::vector<int> used(const Picks& picks) {
  std::vector<int> choices;
  for (const int pick : picks)
    if (pick != kNobody && std::find(choices.begin(), choices.end(), pick) == choices.end()) choices.push_back(pick);
  return choices;
}

std::vector<Coverage> coverage(const Board& board, const std::vector<int>& choices) {
  std::vector<int> dearest;
  for (const int choice : choices)
    if (board.choices[choice].price_fen && !board.choices[choice].clauses.empty()) dearest.push_back(choice);
  if (dearest.empty()) return {};
  std::sort(dearest.begin(), dearest.end(), [&](int a, int b) {
    const auto& left = board.choices[a];
    const auto& right = board.choices[b];
    if (*left.price_fen != *right.price_fen) return *left.price_fen > *right.price_fen;
    return left.candidate->document.id < right.candidate->document.id;
  });
  std::vector<std::int64_t> given(board.rules->clauses.size(), 0);
  std::vector<Coverage> result;
  for (const int choice : dearest) {
    Coverage best{choice, 0, 0};
    for (const std::size_t at : board.choices[choice].clauses) {
      const Clause& clause = board.rules->clauses[at];
      const std::int64_t share = *board.choices[choice].price_fen * *clause.share_percent / 100;
      const std::int64_t amount = std::min(share, *clause.ceiling_fen - given[at]);
      if (amount > best.amount_fen) best = {choice, at, amount};
    }
    if (best.amount_fen == 0) continue;
    given[best.clause] += best.amount_fen;
    result.push_back(best);
  }
  return result;
}

std::vector<int> ends(const Board& board, const std::vector<int>& choices) {
  const auto& durations = board.rules->durations;
  std::vector<int> longest(durations.size(), 0);
  bool agreed = false;
  bool supported = false;
  for (const int at : choices) {
    const Choice& choice = board.choices[at];
    longest[choice.duration] = std::max(longest[choice.duration], choice.days);
    agreed = agreed || choice.costs;
    supported = supported || !choice.possible.empty();
  }
  std::vector<int> done(durations.size(), 0);
  for (std::size_t i = 0; i < durations.size(); ++i) {
    if (agreed && durations[i].id == "agreement") longest[i] = durations[i].days;
    if (supported && durations[i].id == "support") longest[i] = durations[i].days;
    // A step that this plan lacks lasts no time and passes on what it waits for.
    for (const std::size_t before : durations[i].after) done[i] = std::max(done[i], done[before]);
    done[i] += longest[i];
  }
  return done;
}

Figures figures(const Board& board, const Picks& picks) {
  Figures result;
  for (std::size_t slot = 0; slot < picks.size(); ++slot) {
    if (picks[slot] == kNobody) continue;
    ++result.filled;
    if (board.slots[slot].role == PartRole::solver) ++result.answered;
    result.worth += board.choices[picks[slot]].candidate->item.score;
  }
  const auto choices = used(picks);
  for (const int at : choices) {
    const Choice& choice = board.choices[at];
    result.distance += choice.distance;
    if (!choice.costs) continue;
    if (choice.price_fen) result.gross_fen += *choice.price_fen;
    else ++result.unpriced;
  }
  for (const auto& part : coverage(board, choices)) result.covered_fen += part.amount_fen;
  result.net_fen = result.gross_fen - result.covered_fen;
  const auto done = ends(board, choices);
  result.days = choices.empty() ? 0 : *std::max_element(done.begin(), done.end());
  if (board.budget_fen && result.net_fen > *board.budget_fen) ++result.breaks;
  if (board.days_left && result.days > *board.days_left) ++result.breaks;
  return result;
}

bool better(const Board& board, PlanGoal goal, const Figures& a, const Picks& a_picks, const Figures& b, const Picks& b_picks) {
  // An unknown price is no low price: fewer of them come before less money. Distance counts for the nearest only, so that
  // otherwise the better match wins where days and money are equal.
  const auto measure = [goal](const Figures& f) -> std::array<std::int64_t, 4> {
    if (goal == PlanGoal::soonest) return {f.days, f.unpriced, f.net_fen, 0};
    if (goal == PlanGoal::nearest) return {f.distance, f.unpriced, f.net_fen, f.days};
    return {f.unpriced, f.net_fen, f.days, 0};
  };
  const auto first = std::make_tuple(-a.answered, a.breaks, -a.filled, measure(a), -a.worth);
  const auto second = std::make_tuple(-b.answered, b.breaks, -b.filled, measure(b), -b.worth);
  if (first != second) return first < second;
  const auto id = [&](int pick) { return pick == kNobody ? std::string_view() : std::string_view(board.choices[pick].candidate->document.id); };
  return std::lexicographical_compare(a_picks.begin(), a_picks.end(), b_picks.begin(), b_picks.end(), [&](int l, int r) { return id(l) < id(r); });
}

}  // namespace jingwei::plan
