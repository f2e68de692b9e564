// See internal/growing.h.
#include "steering/internal/growing.h"

namespace jingwei::steering::internal {
namespace {

/// What holds on a day.
std::optional<double> on_day(const Grown& grown, std::string_view day) {
  auto after = grown.upper_bound(std::string(day));
  return after == grown.begin() ? std::nullopt : std::prev(after)->second;
}

std::set<std::string> days_of(const std::vector<Grown>& all) {
  std::set<std::string> days;
  for (const auto& grown : all)
    for (const auto& [day, value] : grown) days.insert(day);
  return days;
}

}  // namespace

Grown Growing::of(const Kept<IndicatorContent>& indicator, const Period& period) {
  if (indicator.source == IndicatorSource::counted) return of_count(indicator, period);
  const auto& series = board_.series.at(indicator.code);
  const auto value = series.values.find(period);
  if (indicator.source == IndicatorSource::reported) return value == series.values.end() ? Grown() : Grown{{series.known.at(period), value->second}};
  if (last_day(period) < board_.day) return {{first_day(period), value == series.values.end() ? std::nullopt : std::optional(value->second)}};
  if (indicator.source == IndicatorSource::formula) return of_formula(indicator, period);
  const auto figures = board_.growth.find(indicator.id);
  return figures == board_.growth.end() ? Grown() : figures->second;
}

Grown Growing::of_count(const Kept<IndicatorContent>& indicator, const Period& period) const {
  Grown values{{first_day(period), 0.0}};
  const auto counted = board_.counted.find(indicator.code);
  if (counted == board_.counted.end()) return values;
  const std::string last = std::min(last_day(period), board_.day);
  double sum = 0;
  for (auto day = counted->second.lower_bound(first_day(period)); day != counted->second.end() && day->first <= last; ++day) values[day->first] = sum += day->second;
  return values;
}

Grown Growing::of_input(std::string_view code, const Period& period) {
  const auto other = board_.by_code.find(code);
  if (other == board_.by_code.end() || under_way_.contains(code)) return {};
  std::vector<Period> parts = begun_parts(other->second.frequency, period, board_.day);
  std::vector<Grown> grown;
  for (const auto& part : parts) grown.push_back(of(other->second, part));
  Grown made;
  for (const auto& day : days_of(grown)) {
    std::vector<std::optional<double>> values;
    for (std::size_t i = 0; i < parts.size() && (i == 0 || first_day(parts[i]) <= day); ++i) values.push_back(on_day(grown[i], day));
    made[day] = gathered(values, other->second.course.aggregation);
  }
  return made;
}

Grown Growing::of_formula(const Kept<IndicatorContent>& indicator, const Period& period) {
  if (!indicator.formula || !under_way_.insert(indicator.code).second) return {};
  const Formula formula = Formula::parse(*indicator.formula);
  std::map<std::string_view, std::size_t> places;
  std::vector<Grown> inputs;
  for (const auto& code : formula.codes()) {
    places.emplace(code, inputs.size());
    inputs.push_back(of_input(code, period));
  }
  auto days = days_of(inputs);
  days.insert(first_day(period));
  Grown made;
  for (const auto& day : days) {
    const auto value = [&](std::string_view code, const Period& at) { return at == period ? on_day(inputs[places.at(code)], day) : input_at(board_, code, at); };
    made[day] = formula.evaluate(period, value).value;
  }
  under_way_.erase(indicator.code);
  return made;
}

}  // namespace jingwei::steering::internal
