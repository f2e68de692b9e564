// Figures computed by SQL: what is to be run, what of the results is kept, and what is said when nothing came. The SQL itself is run by
// the node, which hands in the results.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "steering/internal/rows.h"

namespace jingwei::steering {
namespace {

using internal::Item;

constexpr int kPeriodsComputedMax = 240;  ///< of one indicator: twenty years of months
constexpr double kSameWithin = 1e-9;      ///< of the value: sums of fractions differ by the order in which threads add

bool same(const std::optional<double>& a, const std::optional<double>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return std::abs(*a - *b) <= kSameWithin * std::max(std::abs(*a), std::abs(*b));
}

bool same_rows(const FigureOrigin& a, const FigureOrigin& b) {
  if (a.rows_total != b.rows_total || a.rows_complete != b.rows_complete) return false;
  // Of more rows than are looked at it is chance which were.
  if (!a.rows_complete) return true;
  return std::ranges::equal(a.rows, b.rows, [](const FigureRow& x, const FigureRow& y) { return x.id == y.id && same(x.amount, y.amount); });
}

std::string told(const std::optional<double>& value, std::string_view otherwise) { return value ? figure_text(*value) : std::string(otherwise); }

Bilingual reason_of(const FigureResult& before, const FigureResult& now) {
  if (before.origin.query != now.origin.query)
    return {fmt::format("指标的查询改了，按新的查询重算：原为 {}", told(before.figure.value, "无数据")),
            fmt::format("the SQL of the indicator was changed and run anew; it was {} before", told(before.figure.value, "no data"))};
  if (before.figure.definition != now.figure.definition)
    return {fmt::format("指标的定义改了，或期末以后数据有变动：原为 {}", told(before.figure.value, "无数据")),
            fmt::format("the definition was changed, or the data after the period had ended; it was {} before", told(before.figure.value, "no data"))};
  return {fmt::format("期末以后数据有变动（截至第 {} 次变动）：原为 {}", now.figure.feed_seq, told(before.figure.value, "无数据")),
          fmt::format("the data changed after the period had ended (up to change {}); it was {} before", now.figure.feed_seq, told(before.figure.value, "no data"))};
}

std::optional<FigureResult> kept_figure(store::Connection& connection, std::string_view indicator_id, std::string_view period, std::optional<Item>& figure,
                                        std::optional<Item>& origin) {
  figure = internal::find_by_key(connection, internal::kFigure, internal::observation_key(indicator_id, period));
  if (!figure) return std::nullopt;
  origin = internal::find_by_key(connection, internal::kOrigin, figure->id);
  CHECK(origin.has_value());
  return FigureResult{internal::read_body<ComputedFigure>(*figure), internal::read_body<FigureOrigin>(*origin)};
}

/// Periods that have ended with a figure that still runs. What speaks of the present cannot be asked of the past: their last figure stands.
std::vector<std::string> left_running(store::Connection& connection, const ComputedFigure& now) {
  std::vector<std::string> periods;
  connection.query("SELECT body FROM steering_items WHERE parent_id = $1 AND kind = 'figure' AND state = 'running'", {now.indicator_id}, [&](const store::Row& row) {
    const auto figure = from_json<ComputedFigure>(parse_json(row.text(0)));
    if (figure.to < now.from) periods.push_back(figure.period);
  });
  return periods;
}

std::string_view state_of(const ComputedFigure& figure) { return figure.running ? "running" : "ended"; }

evidence::StatementDraft statement_of(const IndicatorContent& content, const std::string& figure_id, std::int64_t version, const std::optional<ComputedFigure>& before,
                                      const ComputedFigure& after) {
  evidence::StatementDraft draft;
  draft.kind = "indicator_computed";
  draft.subject = figure_id;
  draft.public_part = {{"indicator", after.indicator_id}, {"code", content.code}, {"period", after.period}, {"version", version}, {"feed_seq", after.feed_seq}};
  json::object value{{"unit", content.unit}};
  value.emplace("value", after.value ? json::value(*after.value) : json::value(nullptr));
  if (before && !before->running && before->value) value.emplace("value_before", *before->value);
  if (content.is_public)
    for (const auto& member : value) draft.public_part.emplace(member.key(), member.value());
  draft.private_part = value;
  return draft;
}

/// Writes figure and origin. Of one day a running figure keeps its last version only: lists are asked as of ends of days.
std::string write_figure(store::Transaction& tx, std::optional<Item> figure_item, std::optional<Item> origin_item, const std::optional<FigureResult>& before,
                         const FigureResult& now) {
  const auto actor = identity::node_operator();
  const std::string today = shanghai_date(tx.now());
  const bool replaces = before && before->figure.running && now.figure.running && shanghai_date(from_rfc3339(before->figure.at).value_or(Timestamp{})) == today;
  const auto write = [&](std::string_view kind, std::optional<Item>& item, Item fresh, std::string body, std::string_view state) {
    if (!item) item = std::move(fresh);
    item->body = std::move(body);
    item->state = state;
    const auto earlier = item->version;
    internal::write_item(tx, actor, kind, *item, "computed", "");
    if (replaces) tx.execute("DELETE FROM steering_versions WHERE id = $1 AND version = $2", {item->id, earlier});
  };
  const auto& figure = now.figure;
  const auto key = internal::observation_key(figure.indicator_id, figure.period);
  write(internal::kFigure, figure_item, {"", key, figure.indicator_id, "", 0, 0, ""}, internal::body_of(figure), state_of(figure));
  write(internal::kOrigin, origin_item, {"", figure_item->id, figure.indicator_id, "", 0, 0, ""}, internal::body_of(now.origin), "");
  return figure_item->id;
}

}  // namespace

std::optional<FigureResult> next_figure(const std::optional<FigureResult>& before, FigureResult now) {
  std::ranges::sort(now.origin.rows, std::greater(), &FigureRow::id);
  if (now.origin.rows.size() > kFigureRowsKeptMax) now.origin.rows.resize(kFigureRowsKeptMax);
  now.figure.reason.reset();
  if (!before) return now;
  const ComputedFigure& old = before->figure;
  if (now.figure.feed_seq < old.feed_seq || now.figure.definition < old.definition || (!old.running && now.figure.running)) return std::nullopt;
  const bool differs = !same(old.value, now.figure.value) || before->origin.query != now.origin.query || !same_rows(before->origin, now.origin);
  if (!differs && old.running == now.figure.running) return std::nullopt;
  if (differs && !old.running) now.figure.reason = reason_of(*before, now);
  return now;
}

Computable::Span span_of(const Period& period, std::string_view today) {
  return {period_text(period), first_day(period), std::min(last_day(period), std::string(today)), last_day(period) >= today};
}

std::vector<Computable> Steering::computables(store::Connection& connection, std::string_view today) {
  std::vector<Computable> all;
  for (const auto& item : internal::all_items(connection, internal::kIndicator)) {
    const auto content = internal::read_body<IndicatorContent>(item);
    if (content.source != IndicatorSource::computed || !content.computed) continue;
    Computable one{item.id, item.version, *content.computed, content.is_public, {}};
    const Period running = period_of(today, content.frequency);
    const Period first = parse_period(content.reports_from.value_or("")).value_or(running);
    for (Period at = running; at >= first && one.periods.size() < kPeriodsComputedMax; at = later(at, -1))
      one.periods.push_back(span_of(at, today));
    all.push_back(std::move(one));
  }
  return all;
}

bool Steering::would_change(store::Connection& connection, const FigureResult& result) {
  std::optional<Item> figure, origin;
  if (next_figure(kept_figure(connection, result.figure.indicator_id, result.figure.period, figure, origin), result)) return true;
  return !result.figure.by_days && !left_running(connection, result.figure).empty();
}

bool Steering::would_change(store::Connection& connection, const FigureTrouble& trouble) {
  const auto item = internal::find_by_key(connection, internal::kTrouble, trouble.indicator_id);
  return item ? internal::read_body<FigureTrouble>(*item).why != trouble.why : trouble.why.has_value();
}

std::size_t Steering::keep_figures(store::Transaction& tx, const std::vector<FigureResult>& results, const std::vector<FigureTrouble>& troubles) const {
  std::size_t written = 0;
  const auto keep = [&](const IndicatorContent& content, const FigureResult& now) {
    std::optional<Item> figure_item, origin_item;
    const auto before = kept_figure(tx.reader(), now.figure.indicator_id, now.figure.period, figure_item, origin_item);
    const auto next = next_figure(before, now);
    if (!next) return;
    const auto version = figure_item ? figure_item->version + 1 : 1;
    const std::string id = write_figure(tx, std::move(figure_item), std::move(origin_item), before, *next);
    ++written;
    if (!next->figure.running) issuer_.issue(tx, statement_of(content, id, version, before ? std::optional(before->figure) : std::nullopt, next->figure));
  };
  for (const auto& result : results) {
    const auto item = internal::find_item(tx.reader(), internal::kIndicator, result.figure.indicator_id);
    if (!item || item->version != result.figure.definition) continue;
    const auto content = internal::read_body<IndicatorContent>(*item);
    if (!result.figure.by_days) {
      for (const auto& period : left_running(tx.reader(), result.figure)) {
        std::optional<Item> figure_item, origin_item;
        auto last = kept_figure(tx.reader(), item->id, period, figure_item, origin_item).value();
        last.figure.running = false;
        last.figure.at = to_rfc3339(tx.now());
        keep(content, last);
      }
    }
    keep(content, result);
  }
  for (const auto& trouble : troubles) {
    if (!would_change(tx.reader(), trouble) || !internal::find_item(tx.reader(), internal::kIndicator, trouble.indicator_id)) continue;
    auto item = internal::find_by_key(tx.reader(), internal::kTrouble, trouble.indicator_id).value_or(Item{"", trouble.indicator_id, trouble.indicator_id, "", 0, 0, ""});
    FigureTrouble noted = trouble;
    noted.since = to_rfc3339(tx.now());
    item.body = internal::body_of(noted);
    internal::write_item(tx, identity::node_operator(), internal::kTrouble, item, trouble.why ? "failed" : "recovered", "");
    ++written;
  }
  return written;
}

}  // namespace jingwei::steering
