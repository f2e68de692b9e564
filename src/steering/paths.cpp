// The path from baseline to target, and a figure beside it.
#include <algorithm>
#include <cmath>

#include "steering/measures.h"

namespace jingwei::steering {
namespace {

constexpr double kRounding = 1e-9;  ///< 53.66 computed as 53.660000000000004 is not missed by 53.66

/// Where a period ends, counted in years: 2026-Q1 ends at 2026.25, 2026 at 2027.
double end_of(const Period& period) { return period.year + static_cast<double>(period.part) / parts_of_year(period.frequency); }
double end_of_year(std::int64_t year) { return static_cast<double>(year) + 1; }

struct Point {
  double at = 0;
  double value = 0;
};

/// The level that a target asks for; "stable" asks for the baseline.
std::optional<double> level_of(const Course& course, const IndicatorTarget& target) {
  if (target.kind == TargetKind::none) return std::nullopt;
  if (target.kind == TargetKind::keep_stable && !target.value) return course.baseline ? course.baseline->value : std::nullopt;
  return target.value;
}

enum class Side { floor, ceiling, both };

Side side_of(const Course& course, TargetKind kind) {
  switch (kind) {
    case TargetKind::at_least: return Side::floor;
    case TargetKind::at_most:
    case TargetKind::rank_at_best: return Side::ceiling;
    default: return course.direction == Direction::up ? Side::floor : course.direction == Direction::down ? Side::ceiling : Side::both;
  }
}

/// Where the path begins. A baseline that is better than the target asks for is no duty to fall back to it evenly: 296 beside a floor
/// of 230 asks for 230 from the start.
double start_of(const Course& course, double baseline) {
  for (const auto& target : course.targets) {
    const auto level = level_of(course, target);
    if (!level) continue;
    const Side side = side_of(course, target.kind);
    return side == Side::floor ? std::min(baseline, *level) : side == Side::ceiling ? std::max(baseline, *level) : baseline;
  }
  return baseline;
}

std::vector<Point> points_of(const Course& course) {
  std::vector<Point> points;
  if (course.baseline && course.baseline->value) points.push_back({end_of_year(course.baseline->year), start_of(course, *course.baseline->value)});
  if (course.path == PathKind::own && course.own_path)
    for (const auto& point : *course.own_path)
      if (const auto period = parse_period(point.period)) points.push_back({end_of(*period), point.value});
  for (const auto& target : course.targets)
    if (const auto level = level_of(course, target)) points.push_back({end_of_year(target.year), *level});
  std::ranges::stable_sort(points, {}, &Point::at);
  return points;
}

/// Evenly between points; the last level goes on; nothing before the first one, which is the baseline or the first thing asked for.
std::optional<double> between(const std::vector<Point>& points, double at) {
  if (points.empty() || at < points.front().at) return std::nullopt;
  const auto next = std::ranges::find_if(points, [&](const Point& point) { return point.at >= at; });
  if (next == points.end()) return points.back().value;
  if (next == points.begin() || next->at == at) return next->value;
  const Point& before = *(next - 1);
  return before.value + (next->value - before.value) * (at - before.at) / (next->at - before.at);
}

/// For a sum the points are what whole years bring; a year before the first target has no path.
std::optional<double> required_sum(const Course& course, const Period& period) {
  const auto whole = between(points_of(course), end_of_year(period.year));
  if (!whole) return std::nullopt;
  const double share = end_of(period) - period.year;
  if (course.path == PathKind::stepped) return share < 1 ? std::nullopt : whole;
  return *whole * share;
}

/// The whole way that the plan wants to go, in the unit of the indicator.
double way_of(const Course& course, const IndicatorTarget& target, double required) {
  const auto level = level_of(course, target);
  const bool from_baseline = course.aggregation != Aggregation::sum && level && course.baseline && course.baseline->value;
  const double way = from_baseline ? std::abs(*level - *course.baseline->value) : 0;
  return way > 0 ? way : std::abs(level.value_or(required));
}

}  // namespace

const IndicatorTarget* target_of(const Course& course, const Period& period) {
  if (course.targets.empty()) return nullptr;
  const auto at = std::ranges::find_if(course.targets, [&](const IndicatorTarget& target) { return target.year >= period.year; });
  return at == course.targets.end() ? &course.targets.back() : &*at;
}

std::optional<double> required_at(const Course& course, const Period& period) {
  const IndicatorTarget* target = target_of(course, period);
  if (target == nullptr || !level_of(course, *target)) return std::nullopt;
  if (course.baseline && period.year <= course.baseline->year) return std::nullopt;
  const double at = end_of(period);
  if (course.path == PathKind::own) return between(points_of(course), at);
  if (course.aggregation == Aggregation::sum) return required_sum(course, period);
  return between(points_of(course), course.path == PathKind::stepped ? std::floor(at) : at);
}

std::optional<double> figure_at(const Values& values, Aggregation aggregation, const Period& period) {
  const auto last = values.find(period);
  if (last == values.end()) return std::nullopt;
  if (aggregation == Aggregation::last) return last->second;
  double sum = 0;
  for (int part = 1; part <= period.part; ++part) {
    const auto at = values.find({period.frequency, period.year, part});
    if (at == values.end()) return std::nullopt;
    sum += at->second;
  }
  return aggregation == Aggregation::sum ? sum : sum / period.part;
}

namespace {

Judgment judge_against(const Course& course, const IndicatorTarget& target, double required, double figure) {
  Judgment judgment;
  judgment.required = required;
  const Side side = side_of(course, target.kind);
  const double missed = side == Side::floor ? required - figure : side == Side::ceiling ? figure - required : std::abs(figure - required);
  const bool has_band = target.kind == TargetKind::about || target.kind == TargetKind::keep_stable;
  const double band = has_band ? std::abs(required) * course.band_percent / 100 : 0;
  judgment.shortfall = std::max(0.0, missed - band);
  if (judgment.shortfall <= kRounding * std::max(1.0, std::abs(required))) judgment.shortfall = 0;
  judgment.tolerance = way_of(course, target, required) * course.tolerance_percent / 100;
  judgment.verdict = judgment.shortfall == 0 ? PathVerdict::good : judgment.shortfall <= judgment.tolerance ? PathVerdict::near : PathVerdict::bad;
  return judgment;
}

/// What must be there when the line asks for `required`: of whole things no part of one.
double whole(const Course& course, const IndicatorTarget& target, double required) {
  switch (side_of(course, target.kind)) {
    case Side::floor: return std::floor(required + kRounding);
    case Side::ceiling: return std::ceil(required - kRounding);
    case Side::both: break;
  }
  return required;
}

}  // namespace

Judgment judge(const Course& course, const Period& period, double figure) {
  const auto required = required_at(course, period);
  if (!required) return {};
  return judge_against(course, *target_of(course, period), *required, figure);  // there is a target, or nothing would be required
}

std::optional<double> RunningLine::at(std::int64_t days_gone) const {
  if (days_gone >= days) return end;
  if (stepped || !start) return start;
  return *start + (*end - *start) * static_cast<double>(days_gone) / static_cast<double>(days);
}

RunningLine running_line(const Course& course, const Period& period, Growth growth) {
  RunningLine line;
  line.days = days_between(first_day(period), last_day(period)) + 1;
  line.end = required_at(course, period);
  line.stepped = course.path == PathKind::stepped;
  if (!line.end && !line.stepped) return line;
  const double parts_gone = period.part - 1;
  if (line.stepped) {
    if (growth == Growth::level && course.aggregation != Aggregation::sum) line.start = required_at(course, {Frequency::month, period.year, 1});
  } else if (course.aggregation == Aggregation::sum) {
    line.start = period.part == 1 ? 0 : required_at(course, later(period, -1));  // a year gathers from nothing
  } else if (const auto before = between(points_of(course), end_of(later(period, -1))); growth == Growth::level) {
    line.start = before;
  } else if (course.aggregation == Aggregation::last || period.part == 1) {
    line.start = 0;
  } else if (before) {
    line.start = *before * parts_gone / period.part;  // the mean over so many parts, the last of which has only begun
  }
  return line;
}

Judgment judge_running(const Course& course, const Period& period, const RunningLine& line, std::int64_t days_gone, double figure, Growth growth) {
  const auto required = line.at(days_gone);
  if (!required) return {};
  const IndicatorTarget& target = *target_of(course, period);
  Judgment judgment = judge_against(course, target, growth == Growth::count ? whole(course, target, *required) : *required, figure);
  judgment.required = required;
  const bool moves = line.start && line.end && !line.stepped && std::abs(*line.end - *line.start) > judgment.tolerance;
  const bool early = moves && std::abs(*required - *line.start) <= judgment.tolerance;
  if (judgment.verdict != PathVerdict::bad && early) judgment.verdict = PathVerdict::free;
  return judgment;
}

}  // namespace jingwei::steering
