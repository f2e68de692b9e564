// The SQL of an indicator, tried before it is kept.
#include "api/figures.h"
#include "api/internal/analytics_views.h"
#include "api/internal/steering_views.h"

namespace jingwei::api {
namespace {

constexpr std::size_t kTrialRowsShown = 20;

void require_steers(Services& services, const Caller& caller) {
  auto reader = services.readers.borrow();
  if (!steering::steers(caller.actor, steering::Steering::units(*reader)))
    throw Rejected(Code::forbidden, {"只有统筹单位可以定义指标", "Only the steering office defines indicators"});
}

awaitable<steering::FigureResult> compute(Services& services, const steering::FigureQuery& query, bool is_public, const steering::Period& period) {
  const Timestamp now = services.clock.now();
  const auto span = steering::span_of(period, shanghai_date(now));
  co_return co_await on_the_models_threads<steering::FigureResult>(services, [&] { return compute_figure(services.analytics, query, is_public, span, now); });
}

steering::Period period_of_trial(const FigureTrial& trial, const std::string& today) {
  if (!trial.period) return steering::period_of(today, trial.frequency);
  const auto period = steering::parse_period(*trial.period);
  if (!period || period->frequency != trial.frequency || steering::first_day(*period) > today)
    throw Rejected(Code::invalid, "/period", {"期间与频次不符，或还没有开始", "the period does not fit the frequency, or has not begun"},
                   {"如 2026、2026-Q1、2026-01", "such as 2026, 2026-Q1, 2026-01"});
  return *period;
}

awaitable<Response> try_figure(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  require_steers(services, caller);
  const auto trial = http::read_body<FigureTrial>(request);
  const auto period = period_of_trial(trial, shanghai_date(services.clock.now()));
  auto result = co_await compute(services, trial.computed, trial.is_public, period);
  const auto& figure = result.figure;
  TriedFigure view{figure.period, figure.from, figure.to, figure.value, figure.by_days, figure.feed_seq, result.origin.rows_total, result.origin.rows_complete, {}};
  result.origin.rows.resize(std::min(result.origin.rows.size(), kTrialRowsShown));
  auto reader = services.readers.borrow();
  view.rows = services.steering.rows_of(*reader, caller.actor, result.origin.rows);
  name_deals(*reader, view.rows);
  co_return http::json_response(view);
}

}  // namespace

awaitable<void> require_sound_query(Services& services, const Caller& caller, const steering::IndicatorContent& content) {
  if (!content.computed) co_return;
  require_steers(services, caller);
  const std::string today = shanghai_date(services.clock.now());
  steering::check_indicator(content, today);  // what is wrong with the rest is told first, all at once
  const auto period = steering::period_of(today, content.frequency);
  co_await compute(services, *content.computed, content.is_public, period);
}

void name_deals(store::Connection& connection, std::vector<steering::LineageRow>& rows) {
  for (auto& row : rows) {
    if (row.register_) continue;
    if (const auto deal = deals::Deals::find(connection, row.id)) {
      row.title = deal->title;
      row.on = deal->starts_on;
    }
  }
}

void add_trial_routes(http::Router& router, Services& services) {
  router.add(http::Method::post, "/api/v1/figure-trials", [&services](Request& request) { return try_figure(services, request); },
             {.id = "tryFigure",
              .tag = "steering",
              .summary = {"试算指标的查询，不写入", "Try the SQL of an indicator; nothing is written"},
              .request = http::of<FigureTrial>(),
              .response = http::of<TriedFigure>(),
              .errors = {Code::invalid, Code::forbidden, Code::too_large, Code::unavailable}});
}

}  // namespace jingwei::api
