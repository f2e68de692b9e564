// The state of an indicator as one table of steps.
#include "steering/measures.h"

namespace jingwei::steering {

IndicatorState next_state(IndicatorState state, std::optional<PathVerdict> verdict, bool confirm) {
  if (!verdict) return IndicatorState::no_data;
  const bool was_off = state == IndicatorState::off_track || state == IndicatorState::recovering;
  switch (*verdict) {
    case PathVerdict::free: return IndicatorState::on_track;
    case PathVerdict::good:
      // One good period after a bad time is a sign, two are a state.
      return confirm && state == IndicatorState::off_track ? IndicatorState::recovering : IndicatorState::on_track;
    case PathVerdict::near: return was_off ? IndicatorState::recovering : IndicatorState::at_risk;
    case PathVerdict::bad:
      // One bad period out of a good time may be chance; out of a warned or missing one it is not.
      return confirm && (state == IndicatorState::on_track || state == IndicatorState::no_data) ? IndicatorState::pending : IndicatorState::off_track;
  }
  return state;
}

std::vector<Standing> standings(const std::vector<Step>& steps, bool confirm) {
  std::vector<Standing> all;
  IndicatorState with_value = IndicatorState::no_data;  // what the last value led to: a gap does not make a bad time forgotten
  for (const auto& step : steps) {
    const IndicatorState state = next_state(with_value, step.verdict, confirm);
    if (step.verdict) with_value = state;
    const bool same = !all.empty() && all.back().state == state;
    all.push_back({state, step.period, same ? all.back().since : step.day});
  }
  return all;
}

}  // namespace jingwei::steering
