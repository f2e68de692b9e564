// The beam against all combinations, on small random requests; the seed is printed with every difference.
#include "plan/internal/search.h"

#include <gtest/gtest.h>

#include <random>

#include <fmt/format.h>

#include "plan/test_plan.h"

namespace jingwei::plan {
namespace {

constexpr std::uint64_t kSeeds = 400;
constexpr int kCandidates = 16;
constexpr PlanGoal kGoals[] = {PlanGoal::cheapest, PlanGoal::soonest, PlanGoal::nearest};

Rules support() {
  return Rules::parse(kTestDurations,
                      "clauses:\n"
                      "  - {id: v, title: {zh: 券, en: voucher}, source: 文, kinds: [instrument, pilot], of: price, share_percent: 50, ceiling_fen: 300, note: {zh: 注, en: note}}\n"
                      "  - {id: w, title: {zh: 券, en: voucher}, source: 文, kinds: [achievement, platform], of: price, share_percent: 30, ceiling_fen: 500, note: {zh: 注, en: note}}\n");
}

Request random_request(std::uint64_t seed, int candidates) {
  std::mt19937_64 random(seed);
  const auto up_to = [&](int max) { return static_cast<int>(random() % static_cast<std::uint64_t>(max + 1)); };
  const char* kinds[] = {"achievement", "platform", "expert", "instrument", "pilot", "fund"};
  const char* regions[] = {"330402", "330411", "330108", "310115", ""};
  Request request;
  request.today = "2026-01-01";
  request.need.region = "330402";
  if (up_to(3) > 0) request.need.budget_fen = up_to(3'000);
  if (up_to(3) > 0) request.need.deadline = fmt::format("2026-{:02}-15", 1 + up_to(5));
  const int problems = 1 + up_to(1);
  for (int i = 0; i < problems; ++i) request.problems.push_back({i, "problem"});
  for (int i = 0; i < candidates; ++i) {
    std::vector<int> answers;
    for (int problem = 0; problem < problems; ++problem)
      if (up_to(2) > 0) answers.push_back(problem);
    request.candidates.push_back(candidate(fmt::format("s{}", i), kinds[up_to(5)], up_to(3) > 0 ? std::optional<std::int64_t>(up_to(1'500)) : std::nullopt, regions[up_to(4)],
                                           up_to(1) ? std::optional(1 + up_to(8)) : std::nullopt, 0.2 + 0.1 * up_to(7), answers));
  }
  return request;
}

/// Every combination that is allowed, by counting through.
Picks best_of_all(const Board& board, PlanGoal goal) {
  Picks best;
  Figures best_figures;
  std::vector<std::size_t> at(board.slots.size(), 0);
  for (;;) {
    Picks picks;
    for (std::size_t slot = 0; slot < at.size(); ++slot) picks.push_back(at[slot] == 0 ? kNobody : board.slots[slot].options[at[slot] - 1]);
    if (allowed(board, picks)) {
      const Figures now = figures(board, picks);
      if (best.empty() || better(board, goal, now, picks, best_figures, best)) {
        best = picks;
        best_figures = now;
      }
    }
    std::size_t slot = 0;
    while (slot < at.size() && ++at[slot] > board.slots[slot].options.size()) at[slot++] = 0;
    if (slot == at.size()) return best;
  }
}

TEST(Search, FindsTheBestOfAllCombinations) {
  const Rules rules = support();
  int missed_by_one = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Request request = random_request(seed, kCandidates);
    const Board board = prepare(request, rules);
    for (const PlanGoal goal : kGoals) {
      const Picks best = best_of_all(board, goal);
      EXPECT_EQ(search(board, goal), best) << "seed " << seed << " " << enum_name(goal);
      missed_by_one += search(board, goal, 1) != best;
    }
  }
  // A beam of one goes wrong now and then, so the requests are no mere formality.
  EXPECT_GT(missed_by_one, 0);
}

TEST(Search, IsTheSameForAnyOrderOfCandidates) {
  const Rules rules = support();
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Request request = random_request(seed, 20);
    const auto first = to_json(make(request, rules).alternatives);
    EXPECT_EQ(first, to_json(make(request, rules).alternatives)) << "seed " << seed;
    std::mt19937_64 random(seed);
    // Not std::shuffle, whose result the standard leaves open.
    for (std::size_t i = request.candidates.size(); i > 1; --i) std::swap(request.candidates[i - 1], request.candidates[random() % i]);
    EXPECT_EQ(first, to_json(make(request, rules).alternatives)) << "seed " << seed;
  }
}

}  // namespace
}  // namespace jingwei::plan
