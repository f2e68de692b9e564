// Where the value of one period comes from: the question and the rows behind it, the parts of a formula, the report; and the statements.
#include <algorithm>

#include "base/check.h"
#include "steering/internal/series.h"

namespace jingwei::steering {
namespace {

using identity::Actor;
using internal::Board;

/// Whether anything stands behind what is shown of the period.
bool can_be_told(const IndicatorContent& content, const IndicatorPoint& point) {
  switch (content.source) {
    case IndicatorSource::counted: return content.count.has_value();
    case IndicatorSource::computed: return point.computed.has_value();
    case IndicatorSource::formula: return content.formula.has_value();
    case IndicatorSource::reported: return point.report.has_value();
  }
  return false;
}

void choose_period(const Board& board, const IndicatorPage& page, std::string_view asked, Lineage& lineage) {
  const Period running = period_of(board.day, page.frequency);
  const IndicatorPoint* chosen = nullptr;
  for (const auto& point : page.points) {
    if (*parse_period(point.period) > running || !can_be_told(page, point)) continue;
    lineage.periods.push_back(point.period);
    if (asked.empty() ? chosen == nullptr || point.value || !chosen->value : point.period == asked) chosen = &point;
  }
  std::ranges::reverse(lineage.periods);
  if (page.count && page.frequency != Frequency::year && page.course.aggregation != Aggregation::last) {
    const std::string year = std::to_string(running.year);
    lineage.periods.insert(lineage.periods.begin(), year);
    if (asked.empty() || asked == year) {
      lineage.period = year;
      lineage.value = page.running;
      return;
    }
  }
  if (chosen == nullptr && !asked.empty())
    throw Rejected(Code::invalid, "period", {"这一期没有来源可说", "there is nothing to tell of this period"}, {"选页面上列出的一期", "choose one of those that the page lists"});
  if (chosen == nullptr) return;
  lineage.period = chosen->period;
  lineage.value = chosen->value;
}

void tell_formula(const Actor& actor, const Board& board, const IndicatorContent& content, Lineage& lineage) {
  (void)Formula::parse(*content.formula).evaluate(*parse_period(*lineage.period), [&](std::string_view code, const Period& period) {
    const auto value = internal::input_at(board, code, period);
    const auto other = board.by_code.find(code);
    const std::string text = period_text(period);
    const bool told = std::ranges::any_of(lineage.values, [&](const LineageValue& known) { return known.code == code && known.period == text; });
    if (!told && other != board.by_code.end() && internal::may_see(actor, other->second))
      lineage.values.push_back({std::string(code), other->second.name, other->second.id, value, text});
    // What is missing is told beside the other parts: the formula goes on as if it were there.
    return value ? value : std::optional(1.0);
  });
}

}  // namespace

std::vector<LineageRow> Steering::rows_of(store::Connection& connection, const Actor& actor, const std::vector<FigureRow>& rows) const {
  std::vector<LineageRow> shown;
  for (const auto& row : rows) {
    if (shown.size() == kLineageRowsMax) break;
    const auto entry = registry::Registry::find(connection, row.id);
    if (entry ? !registry_.may_read(connection, *entry, actor) : !reads_all(actor)) continue;
    LineageRow line;
    line.id = row.id;
    line.amount = row.amount;
    if (entry) {
      line.register_ = entry->register_id;
      line.title = entry->title;
      if (entry->published_at.us > 0) line.on = shanghai_date(entry->published_at);
    }
    line.statements = evidence::statements_about(connection, row.id);
    shown.push_back(std::move(line));
  }
  return shown;
}

void Steering::tell_count(store::Connection& connection, const Actor& actor, const Board& board, const IndicatorContent& content, Lineage& lineage) const {
  const Period period = *parse_period(*lineage.period);
  lineage.from = first_day(period);
  lineage.to = std::min(last_day(period), board.day);
  lineage.query = internal::query_of(*content.count, *lineage.from, *lineage.to);
  std::vector<FigureRow> rows;
  std::map<std::string, std::string, std::less<>> days;
  for (auto& row : counts_->rows(connection, *content.count, *lineage.from, *lineage.to)) {
    rows.push_back({row.id, row.amount});
    days.emplace(std::move(row.id), std::move(row.day));
  }
  lineage.rows_total = static_cast<std::int64_t>(rows.size());
  lineage.rows = rows_of(connection, actor, rows);
  for (auto& row : lineage.rows) row.on = days[row.id];
}

void Steering::tell_computed(store::Connection& connection, const Actor& actor, const Board& board, const Kept<IndicatorContent>& content, Lineage& lineage) const {
  const auto& figure = board.figures.at(content.id).at(*parse_period(*lineage.period));
  lineage.computed = figure;
  const auto item = internal::find_by_key(connection, internal::kFigure, internal::observation_key(content.id, figure.period));
  CHECK(item.has_value());
  lineage.statements = evidence::statements_about(connection, item->id);
  const auto origin_item = internal::find_by_key_as_of(connection, internal::kOrigin, item->id, board.day);
  if (!origin_item) return;
  const auto origin = internal::read_body<FigureOrigin>(*origin_item);
  lineage.query = origin.query.sql;
  lineage.rows_query = origin.query.rows_sql;
  lineage.rows_total = origin.rows_total;
  lineage.rows_complete = origin.rows_complete;
  lineage.rows = rows_of(connection, actor, origin.rows);
}

Lineage Steering::lineage_of(store::Connection& connection, const Actor& actor, const Board& board, const IndicatorPage& page, std::string_view period) const {
  Lineage lineage;
  if (page.source == IndicatorSource::computed && page.computed) {
    lineage.query = page.computed->sql;
    lineage.rows_query = page.computed->rows_sql;
  }
  choose_period(board, page, period, lineage);
  if (!lineage.period) return lineage;
  switch (page.source) {
    case IndicatorSource::counted: tell_count(connection, actor, board, page, lineage); break;
    case IndicatorSource::computed: tell_computed(connection, actor, board, page, lineage); break;
    case IndicatorSource::formula: tell_formula(actor, board, page, lineage); break;
    case IndicatorSource::reported:
      lineage.statements = evidence::statements_about(connection, board.observations.at(page.id).at(*parse_period(*lineage.period)).id);
      break;
  }
  return lineage;
}

}  // namespace jingwei::steering
