// Forecasts by two methods that fit in a sentence each:
//   last trend      the last value, moved on by the mean of the last changes (at most kTrendStepsMax)
//   seasonal naive  the value of the same period one year before
// Interval: spread of the method's own one-step errors so far, times the root of how far ahead (steps, or whole years for seasonal
// naive), times the quantile of kForecastLevelPercent. Both methods are tried on the last quarter of the values, which they are not
// shown; the one with the smaller mean error is taken. See Hyndman and Athanasopoulos, Forecasting: Principles and Practice, ch. 5.
#include <algorithm>
#include <cmath>

#include "steering/measures.h"

namespace jingwei::steering {
namespace {

using Series = std::vector<double>;

double drift(const Series& series) {
  const std::size_t steps = std::min(kTrendStepsMax, series.size() - 1);
  return steps == 0 ? 0 : (series.back() - series[series.size() - 1 - steps]) / static_cast<double>(steps);
}

std::optional<double> predict(ForecastMethod method, const Series& series, std::size_t ahead, std::size_t season) {
  if (method == ForecastMethod::last_trend) return series.size() < 2 ? std::nullopt : std::optional(series.back() + drift(series) * static_cast<double>(ahead));
  const std::size_t back = season - (ahead - 1) % season;
  return season < 2 || series.size() < season ? std::nullopt : std::optional(series[series.size() - back]);
}

/// Root mean square of the one-step errors of the method within the series; nothing when it could not be tried once.
std::optional<double> spread_of(ForecastMethod method, const Series& series, std::size_t season) {
  double squares = 0;
  std::size_t tried = 0;
  for (std::size_t known = 2; known < series.size(); ++known) {
    const auto value = predict(method, Series(series.begin(), series.begin() + static_cast<std::ptrdiff_t>(known)), 1, season);
    if (!value) continue;
    squares += (series[known] - *value) * (series[known] - *value);
    ++tried;
  }
  return tried == 0 ? std::nullopt : std::optional(std::sqrt(squares / static_cast<double>(tried)));
}

struct Guess {
  double value = 0;
  double half = 0;  ///< half the width of the interval
};

std::optional<Guess> guess(ForecastMethod method, const Series& series, std::size_t ahead, std::size_t season) {
  const auto value = predict(method, series, ahead, season);
  const auto spread = spread_of(method, series, season);
  if (!value || !spread) return std::nullopt;
  const double far = method == ForecastMethod::last_trend ? static_cast<double>(ahead) : static_cast<double>((ahead - 1) / season + 1);
  return Guess{*value, kForecastSpread * *spread * std::sqrt(far)};
}

std::optional<HeldBack> check(ForecastMethod method, const Series& series, std::size_t season) {
  const std::size_t held = std::max<std::size_t>(1, series.size() / 4);
  const Series shown(series.begin(), series.end() - static_cast<std::ptrdiff_t>(held));
  HeldBack result;
  for (std::size_t ahead = 1; ahead <= held; ++ahead) {
    const auto said = guess(method, shown, ahead, season);
    if (!said) return std::nullopt;
    const double error = std::abs(series[shown.size() + ahead - 1] - said->value);
    result.mean_error += error / static_cast<double>(held);
    result.inside += error <= said->half ? 1 : 0;
    ++result.periods;
  }
  return result;
}

/// The values without a gap up to the last one.
Series last_run(const Values& values) {
  Series series;
  for (auto at = values.rbegin(); at != values.rend(); ++at) {
    if (!series.empty() && !(later(at->first, 1) == std::prev(at)->first)) break;
    series.push_back(at->second);
  }
  std::ranges::reverse(series);
  return series;
}

}  // namespace

std::optional<Forecast> forecast(const Values& values, int steps) {
  const Series series = last_run(values);
  if (series.size() < kForecastValuesMin) return std::nullopt;
  const Period last = values.rbegin()->first;
  const auto season = static_cast<std::size_t>(parts_of_year(last.frequency));
  const auto trend = check(ForecastMethod::last_trend, series, season);
  const auto seasonal = check(ForecastMethod::seasonal_naive, series, season);
  if (!trend) return std::nullopt;
  Forecast result;
  const bool take_seasonal = seasonal && seasonal->mean_error < trend->mean_error;
  result.method = take_seasonal ? ForecastMethod::seasonal_naive : ForecastMethod::last_trend;
  result.held_back = take_seasonal ? *seasonal : *trend;
  if (seasonal) result.other_error = take_seasonal ? trend->mean_error : seasonal->mean_error;
  for (int ahead = 1; ahead <= steps; ++ahead) {
    const auto said = guess(result.method, series, static_cast<std::size_t>(ahead), season);
    if (!said) break;
    result.points.push_back({period_text(later(last, ahead)), said->value, said->value - said->half, said->value + said->half});
  }
  return result;
}

std::vector<Doubt> doubts_of(const ValueRules& rules, double value, std::optional<double> previous, std::optional<double> expected_sum) {
  constexpr double kSumPercent = 0.5;
  constexpr double kRounding = 1 + 1e-9;  // 57.6 is 20 per cent above 48, whatever the machine makes of it
  std::vector<Doubt> doubts;
  if (rules.min && value < *rules.min) doubts.push_back(Doubt::below_min);
  if (rules.max && value > *rules.max) doubts.push_back(Doubt::above_max);
  if (rules.jump_percent && previous && std::abs(value - *previous) > std::abs(*previous) * *rules.jump_percent / 100 * kRounding) doubts.push_back(Doubt::jump);
  if (expected_sum && std::abs(value - *expected_sum) > std::abs(*expected_sum) * kSumPercent / 100 * kRounding) doubts.push_back(Doubt::sum);
  return doubts;
}

}  // namespace jingwei::steering
