#include "api/figures.h"

#include "base/check.h"

namespace jingwei::api {
namespace {

sql::Day day_of(const std::string& text) {
  const auto day = sql::parse_day(text);
  CHECK(day.has_value());
  return *day;
}

Rejected named_as_fields(const Rejected& refused) {
  auto problems = refused.problems();
  for (auto& problem : problems) problem.field = "/computed/" + problem.field;
  return {refused.code(), refused.message(), std::move(problems)};
}

}  // namespace

steering::FigureResult compute_figure(const analytics::Model& model, const steering::FigureQuery& query, bool is_public, const steering::Computable::Span& span, Timestamp now) {
  const auto sight = is_public ? analytics::Sight::published : analytics::Sight::everything;
  analytics::Figure figure;
  try {
    figure = model.figure_of({query.sql, query.rows_sql, sight, analytics::FigureDays{day_of(span.from), day_of(span.to)}}, {.deadline_ms = kFigureDeadlineMs});
  } catch (const Rejected& refused) {
    throw named_as_fields(refused);
  }
  steering::FigureResult result;
  result.figure.period = span.period;
  result.figure.value = figure.value;
  result.figure.running = span.running;
  result.figure.by_days = figure.by_days;
  result.figure.from = span.from;
  result.figure.to = span.to;
  result.figure.feed_seq = figure.feed_seq;
  result.figure.at = to_rfc3339(now);
  result.origin = {query, {}, static_cast<std::int64_t>(figure.row_ids.size()), figure.rows_complete};
  for (std::size_t i = 0; i < figure.row_ids.size(); ++i)
    result.origin.rows.push_back({std::move(figure.row_ids[i]), figure.row_values.empty() ? std::nullopt : std::optional(figure.row_values[i])});
  return result;
}

}  // namespace jingwei::api
