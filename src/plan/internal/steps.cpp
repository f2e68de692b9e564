#include "plan/internal/steps.h"

#include <algorithm>

#include "plan/internal/days.h"

namespace jingwei::plan {
namespace {

struct Bar {
  std::size_t duration = 0;
  int choice = kNobody;
  int begins = 0;
  int days = 0;
};

std::vector<Bar> bars_of(const Board& board, const std::vector<int>& choices) {
  const auto& durations = board.rules->durations;
  const auto done = ends(board, choices);
  std::vector<Bar> bars;
  const auto add = [&](std::size_t duration, int choice, int days) {
    int begins = 0;
    for (const std::size_t before : durations[duration].after) begins = std::max(begins, done[before]);
    bars.push_back({duration, choice, begins, days});
  };
  const auto any = [&](auto holds) { return std::any_of(choices.begin(), choices.end(), [&](int at) { return holds(board.choices[at]); }); };
  for (std::size_t i = 0; i < durations.size(); ++i) {
    if (durations[i].id == "agreement" && any([](const Choice& choice) { return choice.costs; })) add(i, kNobody, durations[i].days);
    if (durations[i].id == "support" && any([](const Choice& choice) { return !choice.possible.empty(); })) add(i, kNobody, durations[i].days);
    for (const int at : choices)
      if (board.choices[at].duration == i) add(i, at, board.choices[at].days);
  }
  std::stable_sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) { return a.begins < b.begins; });
  return bars;
}

/// Bars that one of `duration` waits for; through a duration without a bar to what that one waits for.
void waits_for(const Board& board, const std::vector<Bar>& bars, std::size_t duration, std::vector<std::int64_t>& found) {
  for (const std::size_t before : board.rules->durations[duration].after) {
    bool present = false;
    for (std::size_t i = 0; i < bars.size(); ++i) {
      if (bars[i].duration != before) continue;
      present = true;
      found.push_back(static_cast<std::int64_t>(i));
    }
    if (!present) waits_for(board, bars, before, found);
  }
}

/// True when step `later` waits for step `earlier`, at once or through others.
bool waits(const std::vector<PlanStep>& steps, std::int64_t later, std::int64_t earlier) {
  const auto& after = steps[static_cast<std::size_t>(later)].after;
  return std::any_of(after.begin(), after.end(), [&](std::int64_t at) { return at == earlier || waits(steps, at, earlier); });
}

}  // namespace

std::vector<PlanStep> steps_of(const Board& board, const std::vector<int>& choices, const std::string& today) {
  const auto bars = bars_of(board, choices);
  std::vector<PlanStep> steps;
  for (const Bar& bar : bars) {
    const Duration& duration = board.rules->durations[bar.duration];
    PlanStep step;
    step.kind = duration.id;
    step.title = duration.title;
    if (bar.choice != kNobody) step.supply_id = board.choices[bar.choice].candidate->document.id;
    step.begins_on = day_after(today, bar.begins);
    step.ends_on = day_after(today, bar.begins + bar.days);
    step.begins_after_days = bar.begins;
    step.days = bar.days;
    waits_for(board, bars, bar.duration, step.after);
    std::sort(step.after.begin(), step.after.end());
    step.after.erase(std::unique(step.after.begin(), step.after.end()), step.after.end());
    // What another of them waits for need not be said again. All of them begin earlier, so they are in `steps` already.
    const auto all = step.after;
    std::erase_if(step.after, [&](std::int64_t at) { return std::any_of(all.begin(), all.end(), [&](std::int64_t other) { return other != at && waits(steps, other, at); }); });
    step.reason = duration.reason;
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace jingwei::plan
