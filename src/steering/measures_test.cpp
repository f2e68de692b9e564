// The tables of testdata: periods, paths, figures, states, forecasts, doubts.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <sstream>

#include "steering/internal/test_tables.h"
#include "steering/measures.h"
#include "testing/text_cases.h"

namespace jingwei::steering {
namespace {

using testing::cases_of;
using testing::number_of;
using testing::rows_of;
using testing::values_of;
using testing::Words;
using testing::words_of;

std::string shown(std::optional<double> value) { return value ? figure_text(*value) : "-"; }

TEST(Periods, text_days_and_neighbours) {
  const auto cases = cases_of("periods.test");
  for (const auto& words : rows_of(cases[0].block("table"))) {
    const auto period = parse_period(words[0]);
    ASSERT_TRUE(period.has_value()) << words[0];
    const Words actual{period_text(*period), first_day(*period), last_day(*period), period_text(later(*period, 1)),
                       period_text(later(*period, -parts_of_year(period->frequency)))};
    EXPECT_EQ(actual, words);
    EXPECT_EQ(period_of(last_day(*period), period->frequency), *period);
    EXPECT_EQ(period_of(first_day(*period), period->frequency), *period);
  }
  for (const auto& words : words_of(cases[1].block("wrong"))) EXPECT_FALSE(parse_period(words).has_value()) << words;
  EXPECT_EQ(days_later("2026-02-28", 1), "2026-03-01");
  EXPECT_EQ(days_between("2026-03-01", "2026-02-28"), -1);
}

TEST(Paths, required_and_judged) {
  for (const auto& text_case : cases_of("paths.test")) {
    const auto course = from_json<Course>(parse_json(text_case.block("course")));
    for (const auto& words : rows_of(text_case.block("table"))) {
      ASSERT_EQ(words.size(), 4u) << text_case.name;
      const Period period = parse_period(words[0]).value();
      const double figure = number_of(words[2]).value();
      const auto judgment = judge(course, period, figure);
      EXPECT_EQ(shown(required_at(course, period)), words[1]) << text_case.name << " " << words[0];
      EXPECT_EQ(enum_name(judgment.verdict), words[3]) << text_case.name << " " << words[0] << " " << words[2] << " short " << judgment.shortfall << " of "
                                                       << judgment.tolerance;
    }
  }
}

TEST(Figures, sum_last_and_average) {
  for (const auto& text_case : cases_of("figures.test")) {
    const Values values = values_of(text_case.block("values"));
    for (const auto& words : rows_of(text_case.block("table")))
      EXPECT_EQ(shown(figure_at(values, enum_from_name<Aggregation>(words[0]).value(), parse_period(words[1]).value())), words[2])
          << text_case.name << " " << words[0] << " " << words[1];
  }
}

void check_standings(const std::string& table, bool confirm) {
  for (const auto& row : testing::columns_of(table)) {
    std::vector<Step> steps;
    for (const auto& word : words_of(row[0]))
      steps.push_back({later(Period{Frequency::quarter, 2026, 1}, static_cast<int>(steps.size())), enum_from_name<PathVerdict>(word), std::to_string(steps.size() + 1)});
    std::string states;
    const auto all = standings(steps, confirm);
    for (const auto& standing : all) states += (states.empty() ? "" : " ") + std::string(enum_name(standing.state));
    EXPECT_EQ(states, row[1]) << row[0];
    EXPECT_EQ(all.back().since, row[2]) << row[0];
  }
}

TEST(Standing, every_step_of_every_row) {
  const auto cases = cases_of("standing.test");
  check_standings(cases[0].block("table"), true);
  check_standings(cases[1].block("yearly"), false);
}

/// What stands after a day or a state: "2026-01-05:40".
std::pair<std::string, std::string> pair_of(const std::string& word) {
  const auto colon = word.find(':');
  return {word.substr(0, colon), colon == std::string::npos ? "" : word.substr(colon + 1)};
}

void check_lines(const jingwei::testing::TextCase& text_case, const Course& course) {
  const Words running = words_of(text_case.block("running"));
  const Period period = parse_period(running[0]).value();
  const Growth growth = running[1] == "count" ? Growth::count : running[1] == "amount" ? Growth::amount : Growth::level;
  const RunningLine line = running_line(course, period, growth);
  for (const auto& words : rows_of(text_case.block("table"))) {
    const auto judgment = judge_running(course, period, line, days_between(first_day(period), words[0]) + 1, number_of(words[1]).value(), growth);
    EXPECT_EQ(shown(judgment.required) + " " + std::string(enum_name(judgment.verdict)), words[2] + " " + words[3]) << text_case.name << " " << words[0] << " " << words[1];
  }
}

void check_days(const std::string& table, const Course& course) {
  for (const auto& row : testing::columns_of(table)) {
    RunningPeriod running{{Frequency::year, 2026, 1}, row[2], {}, Growth::count};
    for (const auto& word : words_of(row[1]))
      if (const auto [day, value] = pair_of(word); !value.empty()) running.values[day] = number_of(value);
    const auto [state, since] = pair_of(row[0]);
    const auto settled = since.empty() ? std::nullopt : std::optional(Standing{enum_from_name<IndicatorState>(state).value(), {}, since});
    const auto standing = running_standing(course, running, {}, settled);
    EXPECT_EQ(standing ? std::string(enum_name(standing->state)) + " " + standing->since : "- -", row[3] + " " + row[4]) << row[0] << " " << row[1] << " " << row[2];
  }
}

TEST(Running, lines_states_and_the_day_they_began) {
  const auto cases = cases_of("running.test");
  for (std::size_t i = 0; i + 2 < cases.size(); ++i) check_lines(cases[i], from_json<Course>(parse_json(cases[i].block("course"))));
  for (const auto& words : rows_of(cases[cases.size() - 2].block("states")))
    EXPECT_EQ(enum_name(running_state(enum_from_name<IndicatorState>(words[0]), enum_from_name<PathVerdict>(words[1]).value())), words[2]) << words[0] << " " << words[1];
  auto days = cases.back().block("days");
  check_days(days.substr(days.find('\n') + 1), from_json<Course>(parse_json(cases.back().block("course"))));
}

std::string told(const std::optional<Forecast>& forecast) {
  if (!forecast) return "none";
  std::string text = fmt::format("{}, held back {}: error {}, inside {}", enum_name(forecast->method), forecast->held_back.periods,
                                 figure_text(forecast->held_back.mean_error), forecast->held_back.inside);
  if (forecast->other_error) text += ", other " + figure_text(*forecast->other_error);
  for (const auto& point : forecast->points)
    text += fmt::format("\n{} {} ({} to {})", point.period, figure_text(point.value), figure_text(point.low), figure_text(point.high));
  return text;
}

TEST(Forecasts, methods_intervals_and_checks) {
  for (const auto& text_case : cases_of("forecast.test"))
    EXPECT_EQ(told(forecast(values_of(text_case.block("values")), std::stoi(text_case.block("steps")))), text_case.block("expect")) << text_case.name;
}

TEST(Doubts, range_jump_and_sum) {
  for (const auto& text_case : cases_of("doubts.test")) {
    const auto rules = from_json<ValueRules>(parse_json(text_case.block("rules")));
    for (const auto& words : rows_of(text_case.block("table"))) {
      std::string found;
      for (const Doubt doubt : doubts_of(rules, number_of(words[0]).value(), number_of(words[1]), number_of(words[2])))
        found += (found.empty() ? "" : " ") + std::string(enum_name(doubt));
      std::string expected;
      for (std::size_t i = 3; i < words.size(); ++i) expected += (i == 3 ? "" : " ") + words[i];
      EXPECT_EQ(found.empty() ? "-" : found, expected) << words[0];
    }
  }
}

}  // namespace
}  // namespace jingwei::steering
