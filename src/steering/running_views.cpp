// What the page of an indicator says of the period that runs, see add_running() in internal/series.h.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "steering/internal/growing.h"

namespace jingwei::steering::internal {
namespace {

bool gathers(const Board& board, const IndicatorContent& content, std::set<std::string_view>& under_way);

/// Twice as much of every input that gathers gives twice as much of it: a sum of counts does, a ratio of two does not. Tried on made-up
/// inputs, so that it is a property of the formula and not of today's figures.
bool formula_gathers(const Board& board, const IndicatorContent& content, std::set<std::string_view>& under_way) {
  const Formula formula = Formula::parse(*content.formula);
  const Period period = period_of(board.day, content.frequency);
  std::map<std::string_view, bool> gathering;
  for (const auto& code : formula.codes())
    if (const auto other = board.by_code.find(code); other != board.by_code.end()) gathering[code] = gathers(board, other->second, under_way);
  const auto with = [&](double scale) {
    return formula
        .evaluate(period,
                  [&](std::string_view code, const Period& at) {
                    constexpr double kApart = 0.37;  // no two inputs are the same, so that a difference of two is not nothing
                    const auto place = std::ranges::find(formula.codes(), code) - formula.codes().begin();
                    const auto input = gathering.find(code);
                    const bool scaled = at == period && input != gathering.end() && input->second;
                    return std::optional((1 + kApart * static_cast<double>(place)) * (scaled ? scale : 1));
                  })
        .value;
  };
  constexpr double kSameWithin = 1e-9;
  const auto once = with(1);
  const auto twice = with(2);
  return once && twice && *once != 0 && std::abs(*twice - 2 * *once) <= kSameWithin * std::abs(*once);
}

/// Whether the value of a period gathers from nothing while it runs.
bool gathers(const Board& board, const IndicatorContent& content, std::set<std::string_view>& under_way) {
  if (content.source == IndicatorSource::counted || content.course.aggregation == Aggregation::sum) return true;
  if (content.source != IndicatorSource::formula || !content.formula || !under_way.insert(content.code).second) return false;
  const bool result = formula_gathers(board, content, under_way);
  under_way.erase(content.code);
  return result;
}

Growth growth_of(const Board& board, const IndicatorContent& content) {
  if (content.source == IndicatorSource::counted) return content.count && content.count->sum_field ? Growth::amount : Growth::count;
  std::set<std::string_view> under_way;
  return gathers(board, content, under_way) ? Growth::amount : Growth::level;
}

Bilingual why_running(const IndicatorContent& content, Growth growth, const Period& period, const RunningStanding& standing) {
  const std::string text = period_text(period);
  const std::string figure = figure_text(standing.figure) + content.unit;
  const auto& judgment = standing.judgment;
  if (!judgment.required)
    return {fmt::format("{} 还在进行，目前为 {}；计划在期末之前没有要求", text, figure), fmt::format("{} is running, {} so far; the plan asks for nothing before its end", text, figure)};
  Bilingual why{fmt::format("{} 已过 {} 天（共 {} 天），按路径到今天应达 {}，目前为 {}", text, standing.days_gone, standing.days, figure_text(*judgment.required) + content.unit, figure),
                fmt::format("after {} of {} days of {} the line is at {}, the figure is {}", standing.days_gone, standing.days, text, figure_text(*judgment.required) + content.unit, figure)};
  const bool whole = growth == Growth::count;  // the line stands between two whole things, and asks for the lower one
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
  const Growth growth = growth_of(board, indicator);
  view.required_now = running_line(indicator.course, running, growth).at(days_between(first_day(running), board.day) + 1);
  if (indicator.source == IndicatorSource::reported) return;
  const auto& values = board.series.at(indicator.code).values;
  view.running = figure_at(values, indicator.course.aggregation, running);
  if (!view.running) return;
  const auto standing = running_standing(indicator.course, {running, board.day, Growing(board).of(indicator, running), growth}, values, walked.settled);
  if (!standing) return;
  view.provisional = true;
  view.state = standing->state;
  view.since = standing->since;
  view.why = why_running(indicator, growth, running, *standing);
}

}  // namespace jingwei::steering::internal
