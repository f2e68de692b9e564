// Steering as files: workbooks of indicators, tasks, the cockpit and reviews, a review as a document, observations as SDMX-CSV 2.0.
#include "api/internal/steering_files.h"
#include "api/internal/steering_views.h"
#include "base/text.h"

namespace jingwei::api {
namespace {

using steering::ExportFrame;

awaitable<Response> export_indicators(Services& services, Request& request, TableFormat format) {
  const Caller caller = identify(services, request);
  const auto filter = indicator_filter(request);
  const std::string day = day_of(services, request);
  co_return co_await made(services, caller, request, day, [&](store::Connection& connection, const ExportFrame& frame) {
    return table_response(format, steering::indicators_workbook(frame, indicators_of(services, connection, caller, frame.day, filter)), named(frame, {"指标", "indicators"}));
  });
}

awaitable<Response> export_indicator(Services& services, Request& request, TableFormat format) {
  const Caller caller = identify(services, request);
  const std::string id(request.path_parameter("id"));
  const std::string day = day_of(services, request);
  co_return co_await made(services, caller, request, day, [&](store::Connection& connection, const ExportFrame& frame) {
    const auto page = services.steering.indicator(connection, caller.actor, id, frame.day, today_of(services));
    return table_response(format, steering::indicator_workbook(frame, page), named(frame, {page.name, page.code}));
  });
}

awaitable<Response> export_tasks(Services& services, Request& request, TableFormat format) {
  const Caller caller = require_member(services, request);
  const auto kind = enum_query<steering::TaskKind>(request, "kind");
  const steering::TaskFilter wanted{kind, std::nullopt, enum_query<steering::TaskStatus>(request, "status"), query_or_empty(request, "unit")};
  const bool late = request.query("late") == "true";
  const std::string day = today_of(services);
  co_return co_await made(services, caller, request, day, [&](store::Connection& connection, const ExportFrame& frame) {
    auto tasks = services.steering.tasks(connection, caller.actor, wanted, frame.day);
    if (late) std::erase_if(tasks, [&](const steering::TaskView& task) { return !steering::is_late(task, frame.day); });
    // CSV has room for one table: tasks of all kinds in the order of the page.
    if (format == TableFormat::csv) return table_response(format, steering::all_tasks_workbook(frame, tasks), named(frame, {"任务", "tasks"}));
    std::vector<steering::IndicatorView> indicators;
    if (!kind) {
      steering::IndicatorFilter filter;
      filter.unit = wanted.unit;
      indicators = indicators_of(services, connection, caller, frame.day, filter);
    }
    return table_response(format, steering::tasks_workbook(frame, tasks, indicators, kind), named(frame, {"任务", "tasks"}));
  });
}

awaitable<Response> export_review(Services& services, Request& request, bool as_document) {
  const Caller caller = require_member(services, request);
  const std::string id(request.path_parameter("id"));
  const std::string day = today_of(services);
  co_return co_await made(services, caller, request, day, [&](store::Connection& connection, ExportFrame frame) {
    const auto report = services.steering.review_report(connection, caller.actor, id);
    frame.day = report.page.held_on;
    const std::string name = frame.language == identity::Language::en ? "review-" + report.page.period : report.page.period + "-季度调度报告";
    return as_document ? docx_response(steering::review_document(frame, report), name) : xlsx_response(steering::review_workbook(frame, report), name);
  });
}

std::vector<http::QueryDoc> as_of_query() { return {http::query_of<std::string>("as_of", {"截至哪一天；不写即今天", "as of the end of this day; today unless given"})}; }

void add_indicator_exports(http::Router& router, Services& services) {
  auto indicators_query = chain_and_unit_query();
  indicators_query.push_back(as_of_query()[0]);
  indicators_query.push_back(http::query_of<steering::IndicatorState>("state", {"状态", "state"}));
  indicators_query.push_back(http::query_of<bool>("promise", {"只要承诺，或只要表内指标", "promises alone, or table indicators alone"}));
  indicators_query.push_back(http::query_of<std::string>("q", {"代码或名称里的字", "words in code or name"}));
  add_table_routes(router, "/api/v1/indicators",
                   {.id = "exportIndicators", .tag = "steering", .summary = {"指标表", "Indicators"}, .query = indicators_query, .errors = {Code::invalid}, .access = http::Access::anyone},
                   [&services](Request& request, TableFormat format) { return export_indicators(services, request, format); });
  router.add(http::Method::get, "/api/v1/indicators.sdmx.csv", [&services](Request& request) { return sdmx_response(services, request); },
             {.id = "exportSdmx",
              .tag = "steering",
              .summary = {"各期数值（SDMX-CSV 2.0）", "Observations as SDMX-CSV 2.0"},
              .response = http::text_of("application/vnd.sdmx.data+csv"),
              .query = as_of_query(),
              .errors = {Code::invalid},
              .access = http::Access::anyone});
  add_table_routes(router, "/api/v1/indicators/{id}/history",
                   {.id = "exportIndicator",
                    .tag = "steering",
                    .summary = {"一项指标的各期数值和图", "Every period of one indicator with its chart"},
                    .query = as_of_query(),
                    .errors = {Code::invalid, Code::not_found},
                    .access = http::Access::anyone},
                   [&services](Request& request, TableFormat format) { return export_indicator(services, request, format); });
}

}  // namespace

std::string today_of(Services& services) { return shanghai_date(services.clock.now()); }

ExportFrame frame_of(Services& services, const Caller& caller, const Request& request, const std::string& day) {
  ExportFrame frame;
  frame.language = reads_english(caller, request) ? identity::Language::en : identity::Language::zh;
  frame.node = {services.node.title_zh, services.node.title_en};
  frame.day = day;
  frame.made_at = services.clock.now();
  std::vector<std::string> filters;
  for (const auto& [name, value] : request.query_parameters())
    if (!value.empty() && name != "as_of") filters.push_back(std::string(name) + "=" + std::string(value));
  frame.filters = join(filters, " ");
  return frame;
}

std::string named(const ExportFrame& frame, const Bilingual& what) { return (frame.language == identity::Language::en ? what.en : what.zh) + "-" + frame.day; }

steering::IndicatorFilter indicator_filter(const Request& request) {
  steering::IndicatorFilter filter;
  filter.state = enum_query<steering::IndicatorState>(request, "state");
  filter.chain = enum_query<steering::ChainFilter>(request, "chain");
  filter.unit = query_or_empty(request, "unit");
  filter.words = query_or_empty(request, "q");
  if (const auto promise = request.query("promise"); promise && !promise->empty()) filter.promise = *promise == "true";
  return filter;
}

std::vector<http::QueryDoc> chain_and_unit_query() {
  return {http::query_of<steering::ChainFilter>("chain", {"链；none 即未分链的", "chain; none: those of no chain"}), http::query_of<std::string>("unit", {"责任单位", "responsible unit"})};
}

std::vector<steering::IndicatorView> indicators_of(Services& services, store::Connection& connection, const Caller& caller, const std::string& day,
                                                   const steering::IndicatorFilter& filter) {
  auto indicators = services.steering.indicators(connection, caller.actor, day, today_of(services));
  std::erase_if(indicators, [&](const steering::IndicatorView& one) { return !steering::fits(one, filter); });
  return indicators;
}

bool wants_sdmx(const Request& request) {
  const std::string accepted = to_lower_ascii(request.header("Accept").value_or(""));
  const auto at = accepted.find("application/vnd.sdmx.data+csv");
  if (at == std::string::npos) return false;
  const std::string one = accepted.substr(at, accepted.find(',', at) - at);
  return !one.contains("version=") || one.contains("version=2");
}

awaitable<Response> sdmx_response(Services& services, Request& request) {
  const Caller caller = identify(services, request);
  const std::string day = day_of(services, request);
  std::string csv;
  co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    csv = steering::sdmx_csv(services.steering.histories(*reader, caller.actor, day, today_of(services)), services.node.region);
    return true;
  });
  Response response = http::bytes_response(std::move(csv), steering::kSdmxCsvType);
  response.set("Vary", "Accept");
  set_attachment(response, "indicators-" + day + ".sdmx.csv");
  co_return response;
}

void add_steering_exports(http::Router& router, Services& services) {
  using http::Method;
  add_indicator_exports(router, services);
  auto tasks_query = std::vector<http::QueryDoc>{http::query_of<steering::TaskKind>("kind", {"种类；不写即全部，工作簿里各一张表", "kind; all, a sheet each in the workbook, unless given"}),
                                                 http::query_of<steering::TaskStatus>("status", {"状态", "status"}), http::query_of<std::string>("unit", {"责任单位", "responsible unit"}),
                                                 http::query_of<bool>("late", {"只要滞后的", "late ones alone"})};
  add_table_routes(router, "/api/v1/tasks",
                   {.id = "exportTasks",
                    .tag = "steering",
                    .summary = {"重点指标进度表、重大项目实施表、重大改革攻坚表、年度任务分解", "Key indicators, major projects, major reforms and the year's tasks"},
                    .query = tasks_query,
                    .errors = {Code::invalid, Code::forbidden}},
                   [&services](Request& request, TableFormat format) { return export_tasks(services, request, format); });
  router.add(Method::get, "/api/v1/reviews/{id}/report.docx", [&services](Request& request) { return export_review(services, request, true); },
             {.id = "reportReviewDocument",
              .tag = "steering",
              .summary = {"季度调度报告（DOCX，含图）", "The report of a review as DOCX, with charts"},
              .response = docx_body(),
              .errors = {Code::forbidden, Code::not_found, Code::too_large}});
  router.add(Method::get, "/api/v1/reviews/{id}/report.xlsx", [&services](Request& request) { return export_review(services, request, false); },
             {.id = "reportReviewWorkbook",
              .tag = "steering",
              .summary = {"季度调度报告（XLSX，含图）", "The report of a review as XLSX, with charts"},
              .response = xlsx_body(),
              .errors = {Code::forbidden, Code::not_found, Code::too_large}});
}

}  // namespace jingwei::api
