// The state of an indicator as one table of steps.
#include "steering/measures.h"

namespace jingwei::steering {

State next_state(State state, std::optional<Verdict> verdict, bool confirm) {
  if (!verdict) return State::no_data;
  const bool was_off = state == State::off_track || state == State::recovering;
  switch (*verdict) {
    case Verdict::free: return State::on_track;
    case Verdict::good:
      // One good period after a bad time is a sign, two are a state.
      return confirm && state == State::off_track ? State::recovering : State::on_track;
    case Verdict::near: return was_off ? State::recovering : State::at_risk;
    case Verdict::bad:
      // One bad period out of a good time may be chance; out of a warned or missing one it is not.
      return confirm && (state == State::on_track || state == State::no_data) ? State::pending : State::off_track;
  }
  return state;
}

std::vector<Standing> standings(const std::vector<Step>& steps, bool confirm) {
  std::vector<Standing> all;
  State with_value = State::no_data;  // what the last value led to: a gap does not make a bad time forgotten
  for (const auto& step : steps) {
    const State state = next_state(with_value, step.verdict, confirm);
    if (step.verdict) with_value = state;
    const bool same = !all.empty() && all.back().state == state;
    all.push_back({state, step.period, same ? all.back().since : step.day});
  }
  return all;
}

}  // namespace jingwei::steering
