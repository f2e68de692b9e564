// What is expected of an indicator and how it stands: pure values and decisions, no storage, no clock.
//
//   periods     2026, 2026-Q1, 2026-01: order, ends, days
//   targets     what a plan asks for, and the path that leads from the baseline to it
//   judging     a figure beside its path: good, near, bad
//   standing    the state of an indicator, when it came to it and why; one step a period
//   running     a period that has not ended: the line to today, the figure so far, the state for the time being
//   forecasts   last trend and seasonal naive with an interval, checked on held-back periods
//   validation  range, jump against history, sums of other indicators
// Formulas over other indicators are in formula.h. No value is "no data" everywhere, never zero.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"

namespace jingwei::steering {

// ---- periods --------------------------------------------------------------------------------------------------------

enum class Frequency { year, quarter, month };
BOOST_DESCRIBE_ENUM(Frequency, year, quarter, month)

/// `part` is 1 for a year, 1 to 4 for a quarter, 1 to 12 for a month.
struct Period {
  Frequency frequency = Frequency::year;
  int year = 0;
  int part = 1;
  auto operator<=>(const Period&) const = default;
};

constexpr int kYearMin = 1990;
constexpr int kYearMax = 2100;

/// "2026", "2026-Q1", "2026-01"; nothing for another text or a year out of range.
std::optional<Period> parse_period(std::string_view text);
std::string period_text(const Period& period);
int parts_of_year(Frequency frequency);
/// `steps` periods later, or earlier when negative.
Period later(const Period& period, int steps);
std::string first_day(const Period& period);
std::string last_day(const Period& period);
/// The period in which a day falls. `day` is a date in normal form.
Period period_of(std::string_view day, Frequency frequency);
/// `day` as normalise_date gives it.
std::string days_later(std::string_view day, int days);
/// Days from one day to another; negative when `to` is before.
std::int64_t days_between(std::string_view from, std::string_view to);

// ---- targets and paths ------------------------------------------------------------------------------------------------

/// Which way is better.
enum class Direction { up, down, none };
BOOST_DESCRIBE_ENUM(Direction, up, down, none)

/// equal: reach it in the indicator's direction; at_least 以上, at_most 以内: a floor and a ceiling whatever the direction; about 左右;
/// keep_stable 保持基本稳定: stay by the baseline; rank_at_best 前50: that rank or a better one; none: nothing is asked for.
enum class TargetKind { equal, at_least, at_most, about, keep_stable, rank_at_best, none };
BOOST_DESCRIBE_ENUM(TargetKind, equal, at_least, at_most, about, keep_stable, rank_at_best, none)

/// How the values of a year's periods make the year's: 累计, 期末, 平均.
enum class Aggregation { sum, last, average };
BOOST_DESCRIBE_ENUM(Aggregation, sum, last, average)

/// linear: evenly from year end to year end; stepped: only year ends count; own: given points, evenly between them.
enum class PathKind { linear, stepped, own };
BOOST_DESCRIBE_ENUM(PathKind, linear, stepped, own)

struct IndicatorBaseline {
  std::int64_t year = 0;
  std::optional<double> value;
  std::string text;  ///< as published: "15（24年数据未出）"
  bool operator==(const IndicatorBaseline&) const = default;
};
BOOST_DESCRIBE_STRUCT(IndicatorBaseline, (), (year, value, text))

struct IndicatorTarget {
  std::int64_t year = 0;
  TargetKind kind = TargetKind::equal;
  std::optional<double> value;  ///< absent for keep_stable and none
  std::string text;             ///< as published: "44.5左右"
  bool operator==(const IndicatorTarget&) const = default;
};
BOOST_DESCRIBE_STRUCT(IndicatorTarget, (), (year, kind, value, text))

struct PathPoint {
  std::string period;
  double value = 0;
  bool operator==(const PathPoint&) const = default;
};
BOOST_DESCRIBE_STRUCT(PathPoint, (), (period, value))

constexpr double kTolerancePercent = 10;  ///< of the way from baseline to target, unless the indicator says otherwise
constexpr double kBandPercent = 2;        ///< of the target: how far "about" and "stable" reach, unless the indicator says otherwise

/// Everything that says what is expected of an indicator.
struct Course {
  Direction direction = Direction::up;
  Aggregation aggregation = Aggregation::last;
  std::optional<IndicatorBaseline> baseline;
  std::vector<IndicatorTarget> targets;  ///< by year, each year once
  PathKind path = PathKind::linear;
  std::optional<std::vector<PathPoint>> own_path;
  double tolerance_percent = kTolerancePercent;
  double band_percent = kBandPercent;
};
BOOST_DESCRIBE_STRUCT(Course, (), (direction, aggregation, baseline, targets, path, own_path, tolerance_percent, band_percent))

/// The target that a period works towards: that of its year or the next one with a target; the last one after that. Nothing without any.
const IndicatorTarget* target_of(const Course& course, const Period& period);
/// What the path asks for at the end of the period: for sums what the year must have gathered by then. Nothing when the plan asks for
/// nothing yet (no baseline before the first target, a stepped sum before the year's end).
std::optional<double> required_at(const Course& course, const Period& period);

using Values = std::map<Period, double>;
/// The figure that is held against the path: the value itself, or sum or average of the year so far. Nothing when one of the periods
/// that it needs has no value.
std::optional<double> figure_at(const Values& values, Aggregation aggregation, const Period& period);

// ---- judging ----------------------------------------------------------------------------------------------------------

/// near: short of the path, but within the tolerance; free: nothing is required yet.
enum class PathVerdict { good, near, bad, free };
BOOST_DESCRIBE_ENUM(PathVerdict, good, near, bad, free)

struct Judgment {
  PathVerdict verdict = PathVerdict::free;
  std::optional<double> required;
  double shortfall = 0;  ///< how far the figure misses what is required; 0 when it does not
  double tolerance = 0;  ///< up to this shortfall it is near
};
Judgment judge(const Course& course, const Period& period, double figure);

/// How the value of a period comes to be while it runs: it stands at a level (stocks, shares, means), or gathers from nothing, as an amount
/// or as a count of whole things.
enum class Growth { level, amount, count };

/// What the path asks for after so many days of a period that runs: evenly from where the period began to what its end asks for. A stepped
/// path stays where it was until the year ends. Nothing is asked for before the end where no line leads to it.
struct RunningLine {
  std::int64_t days = 0;         ///< of the whole period
  std::optional<double> start;   ///< when the period begins
  std::optional<double> end;     ///< required_at()
  bool stepped = false;
  std::optional<double> at(std::int64_t days_gone) const;
};
RunningLine running_line(const Course& course, const Period& period, Growth growth);
/// The figure so far beside the line. Of whole things the line asks for no part of one. As long as a line that moves has not moved
/// by more than the tolerance, only a figure beyond it says something: any other is free.
Judgment judge_running(const Course& course, const Period& period, const RunningLine& line, std::int64_t days_gone, double figure, Growth growth);

// ---- standing ---------------------------------------------------------------------------------------------------------

/// pending: missed once, to be confirmed; at_risk: short within tolerance; recovering: met again, to be confirmed; no_data: the value
/// that is due is not there.
enum class IndicatorState { on_track, pending, at_risk, off_track, recovering, no_data };
BOOST_DESCRIBE_ENUM(IndicatorState, on_track, pending, at_risk, off_track, recovering, no_data)

/// One period that counts: it has a value, or was due without one.
struct Step {
  Period period;
  std::optional<PathVerdict> verdict;  ///< nothing: overdue
  std::string day;                 ///< when that became known: value approved, or the day after it was due
};

struct Standing {
  IndicatorState state = IndicatorState::no_data;
  Period period;      ///< of the step that led to it
  std::string since;  ///< the day on which the indicator came to this state
};

/// The state after one more step. `confirm` is false for yearly indicators: one missed year is enough.
IndicatorState next_state(IndicatorState state, std::optional<PathVerdict> verdict, bool confirm);
/// After each step, in order of period.
std::vector<Standing> standings(const std::vector<Step>& steps, bool confirm);

/// A period that has not ended, with its value as it grew.
struct RunningPeriod {
  Period period;
  std::string day;                                     ///< today, in the period
  std::map<std::string, std::optional<double>> values;  ///< from a day on; no value: there is none from then on
  Growth growth = Growth::level;
};

struct RunningStanding {
  IndicatorState state = IndicatorState::on_track;
  std::string since;
  double figure = 0;       ///< the year so far for sums and averages
  Judgment judgment;       ///< required: where the line is today
  std::int64_t days_gone = 0;
  std::int64_t days = 0;
};

/// The state that a running period gives after what the ended ones led to (nothing: none had a value). It is for the time being: never
/// off track but where an ended period has led there, and never on track again before an ended one has shown it.
IndicatorState running_state(std::optional<IndicatorState> settled, PathVerdict verdict);
/// Day by day since the period began, so that the day of the last change is known. `values` are those of ended periods. Nothing when there
/// is no figure today.
std::optional<RunningStanding> running_standing(const Course& course, const RunningPeriod& running, const Values& values, const std::optional<Standing>& settled);

// ---- forecasts --------------------------------------------------------------------------------------------------------

enum class ForecastMethod { last_trend, seasonal_naive };
BOOST_DESCRIBE_ENUM(ForecastMethod, last_trend, seasonal_naive)

constexpr std::size_t kForecastValuesMin = 4;   ///< fewer values have no trend
constexpr std::size_t kTrendStepsMax = 4;       ///< the trend is the mean of at most so many last changes
constexpr double kForecastLevelPercent = 80;    ///< share of cases the interval is made to hold
constexpr double kForecastSpread = 1.2816;      ///< its quantile of the normal distribution

struct ForecastPoint {
  std::string period;
  double value = 0;
  double low = 0;
  double high = 0;
};
BOOST_DESCRIBE_STRUCT(ForecastPoint, (), (period, value, low, high))

/// How a method did on the last periods, which it was not shown.
struct HeldBack {
  std::int64_t periods = 0;
  double mean_error = 0;        ///< mean absolute error, in the unit of the indicator
  std::int64_t inside = 0;      ///< values that fell into the interval
};
BOOST_DESCRIBE_STRUCT(HeldBack, (), (periods, mean_error, inside))

struct Forecast {
  ForecastMethod method = ForecastMethod::last_trend;
  std::vector<ForecastPoint> points;
  HeldBack held_back;
  std::optional<double> other_error;  ///< of the method that did worse, when both could be tried
};
BOOST_DESCRIBE_STRUCT(Forecast, (), (method, points, held_back, other_error))

/// Forecasts `steps` periods after the last value by the method that did better on held-back periods. Nothing with fewer than
/// kForecastValuesMin values in a row, up to the last one.
std::optional<Forecast> forecast(const Values& values, int steps);

// ---- validation -------------------------------------------------------------------------------------------------------

struct ValueRules {
  std::optional<double> min;
  std::optional<double> max;
  std::optional<double> jump_percent;  ///< a change by more than this against the period before needs a remark
  std::optional<std::string> sum_of;   ///< formula that the value must equal within half a per cent, or be explained
};
BOOST_DESCRIBE_STRUCT(ValueRules, (), (min, max, jump_percent, sum_of))

enum class Doubt { below_min, above_max, jump, sum };
BOOST_DESCRIBE_ENUM(Doubt, below_min, above_max, jump, sum)

/// What is doubtful about a value; below_min and above_max cannot be explained away. `expected_sum` is the value of rules.sum_of.
std::vector<Doubt> doubts_of(const ValueRules& rules, double value, std::optional<double> previous, std::optional<double> expected_sum);

/// A figure as people write it: at most four decimals, no needless zeros.
std::string figure_text(double value);

}  // namespace jingwei::steering
