// What the page of an indicator says of the period that runs, see add_running() in internal/series.h.
#include <fmt/format.h>

#include "steering/internal/series.h"

namespace jingwei::steering::internal {
namespace {

Growth growth_of(const IndicatorContent& content) {
  if (content.source == IndicatorSource::counted) return content.count && content.count->sum_field ? Growth::amount : Growth::count;
  return content.course.aggregation == Aggregation::sum ? Growth::amount : Growth::level;
}

/// The value of the running period from day to day.
std::map<std::string, std::optional<double>> grown(const Board& board, const Kept<IndicatorContent>& indicator, const Period& running) {
  if (indicator.source == IndicatorSource::computed) {
    const auto figures = board.growth.find(indicator.id);
    return figures == board.growth.end() ? std::map<std::string, std::optional<double>>() : figures->second;
  }
  std::map<std::string, std::optional<double>> values{{first_day(running), 0.0}};
  const auto counted = board.counted.find(indicator.code);
  if (counted == board.counted.end()) return values;
  double sum = 0;
  for (auto day = counted->second.lower_bound(first_day(running)); day != counted->second.end() && day->first <= board.day; ++day) values[day->first] = sum += day->second;
  return values;
}

Bilingual why_running(const IndicatorContent& content, const Period& period, const RunningStanding& standing) {
  const std::string text = period_text(period);
  const std::string figure = figure_text(standing.figure) + content.unit;
  const auto& judgment = standing.judgment;
  if (!judgment.required)
    return {fmt::format("{} 还在进行，目前为 {}；计划在期末之前没有要求", text, figure), fmt::format("{} is running, {} so far; the plan asks for nothing before its end", text, figure)};
  Bilingual why{fmt::format("{} 已过 {} 天（共 {} 天），按路径到今天应达 {}，目前为 {}", text, standing.days_gone, standing.days, figure_text(*judgment.required) + content.unit, figure),
                fmt::format("after {} of {} days of {} the line is at {}, the figure is {}", standing.days_gone, standing.days, text, figure_text(*judgment.required) + content.unit, figure)};
  const bool whole = growth_of(content) == Growth::count;  // the line stands between two whole things, and asks for the lower one
  const Bilingual shortfall{(whole ? "按整数差 " : "差 ") + figure_text(judgment.shortfall), figure_text(judgment.shortfall) + (whole ? " short in whole ones" : " short")};
  const std::string tolerance = figure_text(judgment.tolerance);
  switch (judgment.verdict) {
    case PathVerdict::good: break;
    case PathVerdict::free:
      why.zh += "；期初不久，还看不出快慢";
      why.en += "; it is too early to tell";
      break;
    case PathVerdict::near:
      why.zh += fmt::format("，{}，未超出容差 {}", shortfall.zh, tolerance);
      why.en += fmt::format(", {}, within the tolerance of {}", shortfall.en, tolerance);
      break;
    case PathVerdict::bad:
      why.zh += fmt::format("，{}，超出容差 {}；期末才定", shortfall.zh, tolerance);
      why.en += fmt::format(", {}, beyond the tolerance of {}; the end of the period decides", shortfall.en, tolerance);
      break;
  }
  return why;
}

}  // namespace

void add_running(const Board& board, const Kept<IndicatorContent>& indicator, const Walked& walked, IndicatorView& view) {
  const Period running = period_of(board.day, indicator.frequency);
  view.required_now = running_line(indicator.course, running, growth_of(indicator)).at(days_between(first_day(running), board.day) + 1);
  if (indicator.source != IndicatorSource::counted && indicator.source != IndicatorSource::computed) return;
  const auto& values = board.series.at(indicator.code).values;
  view.running = figure_at(values, indicator.course.aggregation, running);
  if (!view.running) return;
  const auto standing = running_standing(indicator.course, {running, board.day, grown(board, indicator, running), growth_of(indicator)}, values, walked.settled);
  if (!standing) return;
  view.provisional = true;
  view.state = standing->state;
  view.since = standing->since;
  view.why = why_running(indicator, running, *standing);
}

}  // namespace jingwei::steering::internal
