// Reads: indicators as of a day, one with its history and lineage, reports that are due.
#include <fmt/format.h>

#include <algorithm>

#include "steering/internal/series.h"

namespace jingwei::steering {
namespace {

using identity::Actor;
using internal::Board;
using internal::may_see;

IndicatorView shown(IndicatorView view, const Actor& actor) {
  if (reads_all(actor)) return view;
  view.duties.clear();
  view.rules = {};
  view.note.reset();
  view.overdue = 0;
  if (view.trouble) view.trouble = Bilingual{"暂时算不出新的数值，显示的是最近一次算出的", "No new figure can be computed at the moment; the last one is shown"};
  return view;
}

/// Periods after the running one, up to the last target's year.
void add_future(std::vector<IndicatorPoint>& points, const IndicatorContent& content, const Period& running) {
  constexpr int kFutureMax = 130;
  if (content.course.targets.empty()) return;
  const auto last_year = content.course.targets.back().year;
  int count = 0;
  for (Period at = later(running, 1); at.year <= last_year && count < kFutureMax; at = later(at, 1), ++count) {
    IndicatorPoint point;
    point.period = period_text(at);
    point.required = required_at(content.course, at);
    points.push_back(std::move(point));
  }
}

/// Up to the end of the last target's year.
std::optional<Forecast> forecast_of(const Board& board, const IndicatorContent& content) {
  const auto& series = board.series.at(content.code);
  Values past;
  for (const auto& [period, value] : series.values)
    if (last_day(period) < board.day) past.emplace(period, value);
  if (content.frequency == Frequency::year && content.course.baseline && content.course.baseline->value)
    past.emplace(Period{Frequency::year, static_cast<int>(content.course.baseline->year), 1}, *content.course.baseline->value);
  if (past.empty()) return std::nullopt;
  const Period last = past.rbegin()->first;
  const int year = content.course.targets.empty() ? last.year + 1 : static_cast<int>(content.course.targets.back().year);
  const int steps = (year - last.year) * parts_of_year(content.frequency) + parts_of_year(content.frequency) - last.part;
  constexpr int kForecastStepsMax = 60;
  return steps < 1 ? std::nullopt : forecast(past, std::min(steps, kForecastStepsMax));
}

std::vector<std::string> departments_of(const IndicatorContent& content) {
  std::vector<std::string> names;
  for (const auto& duty : content.duties)
    if (duty.role != DutyRole::everywhere) names.push_back(duty.unit);
  return names;
}

}  // namespace

bool internal::may_see(const Actor& actor, const IndicatorContent& content) { return content.is_public || reads_all(actor); }

Steering::Steering(const registry::Registry& registry, const evidence::Issuer& issuer)
    : registry_(registry), issuer_(issuer), counts_(std::make_unique<internal::CountKeeper>(registry)) {}

Steering::~Steering() = default;

std::vector<IndicatorView> Steering::indicators(store::Connection& connection, const Actor& actor, std::string_view day, std::string_view today) const {
  const Board board = internal::load_board(connection, *counts_, day, day == today);
  std::vector<IndicatorView> views;
  for (const auto& [code, content] : board.by_code)
    if (may_see(actor, content)) views.push_back(shown(internal::view_of(board, content), actor));
  return views;
}

IndicatorPage internal::history_of(const Board& board, const Kept<IndicatorContent>& indicator) {
  IndicatorPage page;
  static_cast<IndicatorView&>(page) = view_of(board, indicator);
  page.as_of = board.day;
  page.points = walk(board, indicator).points;
  add_future(page.points, indicator, period_of(board.day, indicator.frequency));
  page.forecast = forecast_of(board, indicator);
  return page;
}

std::vector<IndicatorPage> Steering::histories(store::Connection& connection, const Actor& actor, std::string_view day, std::string_view today) const {
  const Board board = internal::load_board(connection, *counts_, day, day == today);
  std::vector<IndicatorPage> pages;
  for (const auto& [code, content] : board.by_code) {
    if (!may_see(actor, content)) continue;
    IndicatorPage page = internal::history_of(board, content);
    static_cast<IndicatorView&>(page) = shown(page, actor);
    if (!reads_all(actor))
      for (auto& point : page.points) point.report.reset();
    pages.push_back(std::move(page));
  }
  return pages;
}

IndicatorPage Steering::indicator(store::Connection& connection, const Actor& actor, std::string_view id, std::string_view day, std::string_view today,
                                  std::string_view period) const {
  const Board board = internal::load_board(connection, *counts_, day, day == today);
  const auto found = std::ranges::find_if(board.by_code, [&](const auto& entry) { return entry.second.id == id; });
  if (found == board.by_code.end() || !may_see(actor, found->second)) throw internal::not_found({"指标", "indicator"});
  const auto& content = found->second;
  IndicatorPage page = internal::history_of(board, content);
  static_cast<IndicatorView&>(page) = shown(page, actor);
  page.lineage = lineage_of(connection, actor, board, page, period);
  const Units units = Steering::units(connection);
  page.may_steer = steers(actor, units);
  page.may_report = content.source == IndicatorSource::reported && (has_duty(actor, content.duties, units, today) || (actor.has(identity::Role::administrator) && actor.may_write));
  if (reads_all(actor)) page.versions = versions(connection, id);
  else
    for (auto& point : page.points) point.report.reset();
  return page;
}

std::vector<DueReport> Steering::dues(store::Connection& connection, const Actor& actor, std::string_view today, bool all) const {
  if (!reads_all(actor)) throw internal::forbidden({"只有政府部门填报指标", "Indicators are reported by departments"});
  const Units units = Steering::units(connection);
  Board board = internal::load_reports(connection, today);
  std::vector<DueReport> dues;
  for (const auto& [code, content] : board.by_code) {
    if (!all && !has_duty(actor, content.duties, units, today)) continue;
    for (auto& point : internal::walk(board, content).points) {
      const bool open = !point.report || point.report->state != ReportState::approved;
      const Period period = *parse_period(point.period);
      if (!open || !point.due_on || period < *parse_period(content.reports_from.value_or(point.period))) continue;
      const Reminder reminder = reminder_of(*point.due_on, today);
      if (reminder == Reminder::none && last_day(period) >= today && !point.report) continue;
      dues.push_back({content.id, content.code, content.name, content.unit, point.period, *point.due_on, reminder, departments_of(content), std::move(point.report)});
    }
  }
  std::ranges::stable_sort(dues, {}, &DueReport::due_on);
  return dues;
}

std::vector<VersionNote> Steering::versions(store::Connection& connection, std::string_view id) {
  std::vector<VersionNote> notes;
  connection.query("SELECT version, at_us, actor_name, act, note FROM steering_versions WHERE id = $1 ORDER BY version DESC", {id}, [&](const store::Row& row) {
    VersionNote note{row.integer(0), to_rfc3339({row.integer(1)}), row.string(2), row.string(3), std::nullopt};
    if (!row.text(4).empty()) note.note = row.string(4);
    notes.push_back(std::move(note));
  });
  return notes;
}

}  // namespace jingwei::steering
