// Values and states of all indicators, see internal/series.h.
#include "steering/internal/series.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace jingwei::steering::internal {
namespace {

constexpr int kStepsShownMax = 240;  ///< periods of one indicator: twenty years of months

/// What registers hold for counted indicators, by code; `find` answers in the order of the rules.
template <class Find>
void read_counts(Board& board, Find&& find) {
  std::vector<std::string> codes;
  std::vector<CountRule> rules;
  for (const auto& [code, content] : board.by_code)
    if (content.source == IndicatorSource::counted && content.count) {
      codes.push_back(code);
      rules.push_back(*content.count);
    }
  auto amounts = find(rules);
  for (std::size_t i = 0; i < codes.size(); ++i) board.counted.emplace(std::move(codes[i]), std::move(amounts[i]));
}

/// A complete register says zero where it has no entry: from the first reported period up to the running one.
Series counted_series(const Board& board, const IndicatorContent& content) {
  Series series;
  const Period last = period_of(board.day, content.frequency);
  Period first = parse_period(content.reports_from.value_or("")).value_or(last);
  for (Period at = first; at <= last; at = later(at, 1)) {
    series.values[at] = 0;
    series.known[at] = std::min(board.day, days_later(last_day(at), 1));
  }
  const auto counted = board.counted.find(content.code);
  if (counted == board.counted.end()) return series;
  for (const auto& [day, amount] : counted->second) {
    if (day > board.day) break;
    if (const auto at = series.values.find(period_of(day, content.frequency)); at != series.values.end()) at->second += amount;
  }
  return series;
}

Series reported_series(const Board& board, const Kept<IndicatorContent>& content) {
  Series series;
  const auto observations = board.observations.find(content.id);
  if (observations == board.observations.end()) return series;
  for (const auto& [period, observation] : observations->second) {
    if (!observation.approved || period.frequency != content.frequency) continue;
    series.values[period] = observation.approved->value;
    series.known[period] = observation.approved_on.value_or(observation.approved->on);
  }
  return series;
}

Series computed_series(const Board& board, const Kept<IndicatorContent>& content) {
  Series series;
  const auto figures = board.figures.find(content.id);
  if (figures == board.figures.end()) return series;
  for (const auto& [period, figure] : figures->second) {
    if (!figure.value || period.frequency != content.frequency) continue;
    series.values[period] = *figure.value;
    series.known[period] = shanghai_date(from_rfc3339(figure.at).value_or(Timestamp{}));
  }
  return series;
}

/// The value of a series at a period that may be coarser than its own; of one that runs, what its parts so far make.
std::optional<double> value_at(const Series& series, const IndicatorContent& content, const Period& period, std::string_view day, std::string& known) {
  std::vector<std::optional<double>> values;
  for (const auto& part : begun_parts(content.frequency, period, day)) {
    const auto value = series.values.find(part);
    values.push_back(value == series.values.end() ? std::nullopt : std::optional(value->second));
    if (values.back()) known = std::max(known, series.known.at(part));
  }
  return gathered(values, content.course.aggregation);
}

}  // namespace

std::vector<Period> begun_parts(Frequency own, const Period& period, std::string_view day) {
  const int parts = parts_of_year(own) / parts_of_year(period.frequency);  // none when `own` is the coarser one
  std::vector<Period> begun;
  for (int part = 1; part <= parts; ++part) {
    const Period at{own, period.year, (period.part - 1) * parts + part};
    if (part > 1 && first_day(at) > day) break;
    begun.push_back(at);
  }
  return begun;
}

std::optional<double> gathered(const std::vector<std::optional<double>>& values, Aggregation aggregation) {
  if (values.empty() || aggregation == Aggregation::last) return values.empty() ? std::nullopt : values.back();
  double sum = 0;
  for (const auto& value : values) {
    if (!value) return std::nullopt;
    sum += *value;
  }
  return aggregation == Aggregation::sum ? sum : sum / static_cast<double>(values.size());
}

std::optional<double> input_at(const Board& board, std::string_view code, const Period& period) {
  const auto content = board.by_code.find(code);
  const auto series = board.series.find(code);
  std::string known;
  return content == board.by_code.end() || series == board.series.end() ? std::nullopt : value_at(series->second, content->second, period, board.day, known);
}

namespace {

class Computer {
 public:
  explicit Computer(Board& board) : board_(board) {}
  const Series& series(const std::string& code) {
    if (const auto done = board_.series.find(code); done != board_.series.end()) return done->second;
    const auto& content = board_.by_code.at(code);
    running_.insert(code);
    Series made = content.source == IndicatorSource::counted    ? counted_series(board_, content)
                  : content.source == IndicatorSource::reported ? reported_series(board_, content)
                  : content.source == IndicatorSource::computed ? computed_series(board_, content)
                                                                : formula_series(content);
    running_.erase(code);
    return board_.series.emplace(code, std::move(made)).first->second;
  }

 private:
  Series formula_series(const IndicatorContent& content) {
    Series series;
    if (!content.formula) return series;
    const Formula formula = Formula::parse(*content.formula);
    const Period last = period_of(board_.day, content.frequency);
    const Period first = parse_period(content.reports_from.value_or("")).value_or(last);
    int steps = 0;
    for (Period at = first; at <= last && steps < kStepsShownMax; at = later(at, 1), ++steps) {
      std::string known;
      const auto answer = formula.evaluate(at, [&](std::string_view code, const Period& period) -> std::optional<double> {
        const auto other = board_.by_code.find(code);
        if (other == board_.by_code.end() || running_.contains(other->first)) return std::nullopt;
        return value_at(this->series(other->first), other->second, period, board_.day, known);
      });
      if (!answer.value) continue;
      series.values[at] = *answer.value;
      series.known[at] = known.empty() ? first_day(at) : known;
    }
    return series;
  }

  Board& board_;
  std::set<std::string, std::less<>> running_;  ///< a circle, refused when defined, must not run for ever here
};

Bilingual why(const IndicatorContent& content, const IndicatorPoint& point, const Judgment& judgment) {
  if (!point.figure && content.source == IndicatorSource::computed)
    return {fmt::format("{} 已结束，查询没有给出数值", point.period), fmt::format("{} has ended and the query gave no figure for it", point.period)};
  if (!point.figure)
    return {fmt::format("{} 的数值应于 {} 前审定，至今没有", point.period, point.due_on.value_or("")),
            fmt::format("the figure of {} was due on {} and is not there", point.period, point.due_on.value_or(""))};
  const std::string figure = figure_text(*point.figure) + content.unit;
  if (!judgment.required)
    return {fmt::format("{} 为 {}，计划对这一期没有要求", point.period, figure), fmt::format("{}: {}; the plan asks for nothing yet", point.period, figure)};
  const std::string required = figure_text(*judgment.required) + content.unit;
  if (judgment.verdict == PathVerdict::good)
    return {fmt::format("{} 为 {}，按路径应达 {}", point.period, figure, required), fmt::format("{}: {} against {} by the path", point.period, figure, required)};
  const bool near = judgment.verdict == PathVerdict::near;
  return {fmt::format("{} 为 {}，按路径应达 {}，差 {}，{}容差 {}", point.period, figure, required, figure_text(judgment.shortfall), near ? "未超出" : "超出", figure_text(judgment.tolerance)),
          fmt::format("{}: {} against {} by the path, {} short, {} the tolerance of {}", point.period, figure, required, figure_text(judgment.shortfall), near ? "within" : "beyond",
                      figure_text(judgment.tolerance))};
}

Period first_period(const Board& board, const Kept<IndicatorContent>& indicator, const Series& series) {
  const Period running = period_of(board.day, indicator.frequency);
  Period first = parse_period(indicator.reports_from.value_or("")).value_or(running);
  if (!series.values.empty()) first = std::min(first, series.values.begin()->first);
  return first;
}

}  // namespace

std::string due_day(const IndicatorContent& content, const Period& period) { return days_later(last_day(period), static_cast<int>(content.due_days)); }

namespace {

void read_indicators_and_reports(Board& board, store::Connection& connection, bool now) {
  for (const auto& item : now ? all_items(connection, kIndicator) : all_items_as_of(connection, kIndicator, board.day)) {
    auto content = kept<IndicatorContent>(item);
    board.by_code.emplace(content.code, std::move(content));
  }
  for (const auto& item : now ? all_items(connection, kObservation) : all_items_as_of(connection, kObservation, board.day)) {
    auto observation = read_body<Observation>(item);
    if (const auto period = parse_period(observation.period)) board.observations[observation.indicator_id].emplace(*period, std::move(observation));
  }
}

/// How the figures of running periods grew, from their versions: a day's last one counts.
void read_growth(Board& board, store::Connection& connection) {
  std::map<std::string, std::string, std::less<>> wanted;  // indicator's id by key of its running figure
  std::string first = board.day;
  for (const auto& [code, content] : board.by_code) {
    if (content.source != IndicatorSource::computed) continue;
    const Period running = period_of(board.day, content.frequency);
    wanted.emplace(observation_key(content.id, period_text(running)), content.id);
    first = std::min(first, first_day(running));
  }
  if (wanted.empty()) return;
  each_version(connection, kFigure, first, board.day, [&](std::string_view key, const std::string& day, std::string_view body) {
    const auto indicator = wanted.find(key);
    if (indicator != wanted.end()) board.growth[indicator->second][day] = from_json<ComputedFigure>(parse_json(body)).value;
  });
}

void read_figures(Board& board, store::Connection& connection, bool now) {
  for (const auto& item : now ? all_items(connection, kFigure) : all_items_as_of(connection, kFigure, board.day)) {
    auto figure = read_body<ComputedFigure>(item);
    if (const auto period = parse_period(figure.period)) board.figures[figure.indicator_id].emplace(*period, std::move(figure));
  }
  for (const auto& item : now ? all_items(connection, kTrouble) : all_items_as_of(connection, kTrouble, board.day)) {
    auto trouble = read_body<FigureTrouble>(item);
    if (trouble.why) board.troubles.emplace(trouble.indicator_id, std::move(trouble));
  }
}

}  // namespace

Board load_board(store::Connection& connection, CountKeeper& counts, std::string_view day, bool now) {
  Board board;
  board.day = day;
  read_indicators_and_reports(board, connection, now);
  read_figures(board, connection, now);
  read_growth(board, connection);
  read_counts(board, [&](const std::vector<CountRule>& rules) { return counts.amounts(connection, rules); });
  compute(board);
  return board;
}

Board load_board_of_command(store::Transaction& tx, const registry::Registry& registry) {
  Board board;
  board.day = shanghai_date(tx.now());
  read_indicators_and_reports(board, tx.reader(), true);
  read_figures(board, tx.reader(), true);
  read_counts(board, [&](const std::vector<CountRule>& rules) { return counted_anew(tx.reader(), registry, rules); });
  compute(board);
  return board;
}

Board load_reports(store::Connection& connection, std::string_view day) {
  Board board;
  board.day = day;
  read_indicators_and_reports(board, connection, true);
  std::erase_if(board.by_code, [](const auto& entry) { return entry.second.source != IndicatorSource::reported; });
  compute(board);
  return board;
}

void compute(Board& board) {
  Computer computer(board);
  for (const auto& [code, content] : board.by_code) computer.series(code);
}

Walked walk(const Board& board, const Kept<IndicatorContent>& indicator) {
  Walked walked;
  const Series& series = board.series.at(indicator.code);
  const auto reports = board.observations.find(indicator.id);
  const auto figures = indicator.source == IndicatorSource::computed ? board.figures.find(indicator.id) : board.figures.end();
  const Period running = period_of(board.day, indicator.frequency);
  std::vector<Step> steps;
  std::vector<std::size_t> at_point;
  Period at = first_period(board, indicator, series);
  const Period reported_from = parse_period(indicator.reports_from.value_or("")).value_or(at);
  for (int count = 0; at <= running && count < kStepsShownMax; at = later(at, 1), ++count) {
    IndicatorPoint point;
    point.period = period_text(at);
    if (const auto value = series.values.find(at); value != series.values.end()) point.value = value->second;
    point.figure = figure_at(series.values, indicator.course.aggregation, at);
    point.required = required_at(indicator.course, at);
    const bool ended = last_day(at) < board.day;
    const bool asks_itself = indicator.source == IndicatorSource::counted || indicator.source == IndicatorSource::computed;
    if (!asks_itself) point.due_on = due_day(indicator, at);
    point.overdue = !point.value && at >= reported_from && point.due_on && *point.due_on < board.day;
    // The node computes by itself: with the end of a period its figure is due.
    const std::optional<std::string> wanted_by = indicator.source == IndicatorSource::computed ? std::optional(last_day(at)) : point.due_on;
    if (figures != board.figures.end())
      if (const auto figure = figures->second.find(at); figure != figures->second.end()) point.computed = figure->second;
    if (reports != board.observations.end())
      if (const auto report = reports->second.find(at); report != reports->second.end()) point.report = report->second;
    if (point.figure && ended) {
      point.verdict = judge(indicator.course, at, *point.figure).verdict;
      point.known_on = series.known.at(at);
      steps.push_back({at, point.verdict, *point.known_on});
      at_point.push_back(walked.points.size());
    } else if (at >= reported_from && wanted_by && *wanted_by < board.day) {
      steps.push_back({at, std::nullopt, days_later(*wanted_by, 1)});
      at_point.push_back(walked.points.size());
    }
    walked.points.push_back(std::move(point));
  }
  walked.standings = standings(steps, indicator.frequency != Frequency::year);
  for (std::size_t i = 0; i < at_point.size(); ++i) {
    walked.points[at_point[i]].state = walked.standings[i].state;
    if (steps[i].verdict) walked.settled = walked.standings[i];
  }
  return walked;
}

IndicatorView view_of(const Board& board, const Kept<IndicatorContent>& indicator) {
  IndicatorView view;
  static_cast<Kept<IndicatorContent>&>(view) = indicator;
  const Walked walked = walk(board, indicator);
  view.why = {"还没有到期的数值", "no figure has been due yet"};
  if (!walked.standings.empty()) {
    view.state = walked.standings.back().state;
    view.since = walked.standings.back().since;
  }
  for (const auto& point : walked.points) {
    view.overdue += point.overdue ? 1 : 0;
    if (!point.state) continue;
    const auto judgment = point.figure ? judge(indicator.course, *parse_period(point.period), *point.figure) : Judgment{};
    view.why = why(indicator, point, judgment);
    if (!point.figure) continue;
    view.period = point.period;
    view.figure = point.figure;
    view.required = judgment.required;
  }
  add_running(board, indicator, walked, view);
  if (const auto trouble = board.troubles.find(indicator.id); trouble != board.troubles.end() && indicator.source == IndicatorSource::computed) {
    view.trouble = trouble->second.why;
    view.trouble_since = trouble->second.since;
  }
  return view;
}

std::string query_of(const CountRule& rule, std::string_view from, std::string_view to) {
  std::string sql = fmt::format("SELECT {} FROM {} WHERE state = 'published' AND {} BETWEEN DATE '{}' AND DATE '{}'",
                                rule.sum_field ? "SUM(" + *rule.sum_field + ")" : "COUNT(*)", rule.register_, rule.date_field, from, to);
  if (rule.equals)
    for (const auto& [field, code] : *rule.equals) sql += fmt::format(" AND {} = '{}'", field, code);
  return sql;
}

}  // namespace jingwei::steering::internal
