// The state that a period gives while it still runs. Nothing here is final; the end of the period decides.
#include <algorithm>

#include "steering/measures.h"

namespace jingwei::steering {

IndicatorState running_state(std::optional<IndicatorState> settled, PathVerdict verdict) {
  const bool was_off = settled == IndicatorState::off_track || settled == IndicatorState::recovering;
  switch (verdict) {
    case PathVerdict::free: return settled.value_or(IndicatorState::on_track);
    case PathVerdict::good: return was_off ? IndicatorState::recovering : IndicatorState::on_track;
    case PathVerdict::near: return was_off ? IndicatorState::recovering : IndicatorState::at_risk;
    case PathVerdict::bad: return settled == IndicatorState::off_track ? IndicatorState::off_track : IndicatorState::pending;
  }
  return IndicatorState::no_data;
}

std::optional<RunningStanding> running_standing(const Course& course, const RunningPeriod& running, const Values& values, const std::optional<Standing>& settled) {
  const RunningLine line = running_line(course, running.period, running.growth);
  const std::string first = first_day(running.period);
  const auto days_gone = days_between(first, running.day) + 1;
  const auto settled_state = settled ? std::optional(settled->state) : std::nullopt;
  Values with_running = values;
  auto next = running.values.begin();
  std::optional<double> value;
  RunningStanding standing;
  std::optional<IndicatorState> state;
  std::int64_t since = 0;
  for (std::int64_t day = 1; day <= days_gone; ++day) {
    for (; next != running.values.end() && days_between(first, next->first) < day; ++next) value = next->second;
    std::optional<IndicatorState> now;
    if (value) {
      with_running[running.period] = *value;
      if (const auto figure = figure_at(with_running, course.aggregation, running.period)) {
        standing.figure = *figure;
        standing.judgment = judge_running(course, running.period, line, day, *figure, running.growth);
        now = running_state(settled_state, standing.judgment.verdict);
      }
    }
    if (now != state) since = day;
    state = now;
  }
  if (!state) return std::nullopt;
  standing.state = *state;
  standing.days_gone = days_gone;
  standing.days = line.days;
  const bool goes_on = since <= 1 && settled_state == state;
  standing.since = goes_on ? settled->since : std::max(days_later(first, static_cast<int>(since) - 1), settled ? settled->since : "");
  return standing;
}

}  // namespace jingwei::steering
