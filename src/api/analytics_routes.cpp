// Analytics: read-only SQL for analysts, the tables it may name, saved queries.
#include "api/internal/analytics_views.h"
#include "api/internal/downloads.h"

namespace jingwei::api {
namespace {

using analytics::SavedQuery;

awaitable<analytics::Answer> ask(Services& services, analytics::Sight sight, const std::string& sql, std::size_t rows_max) {
  co_return co_await on_the_models_threads<analytics::Answer>(services, [&] { return services.analytics.ask(sight, sql, {.rows_max = rows_max}); });
}

Response tables(Services& services, const Request& request) {
  const auto sight = analytics::require_sight(require_member(services, request).actor);
  return http::json_response(TablesView{sight, services.analytics.state(), services.analytics.applied_seq(), services.analytics.tables(sight)});
}

awaitable<Response> run_query(Services& services, Request& request) {
  const auto sight = analytics::require_sight(require_member(services, request).actor);
  const auto body = http::read_body<QueryRequest>(request);
  const auto answer = co_await ask(services, sight, body.sql, analytics::kRowsMax);
  QueryAnswer view{{}, {}, answer.complete, answer.feed_seq, answer.took_ms};
  for (const auto& column : answer.columns) view.columns.push_back({column.name, column.type});
  for (const auto& row : answer.rows) {
    json::array values;
    for (const auto& value : row) values.push_back(analytics::json_of(value));
    view.rows.emplace_back(std::move(values));
  }
  co_return http::json_response(view);
}

awaitable<analytics::Answer> ask_all(Services& services, const Caller& caller, const std::string& sql) {
  auto answer = co_await ask(services, analytics::require_sight(caller.actor), sql, analytics::kDownloadRowsMax);
  if (!answer.complete)
    throw Rejected(Code::too_large, {"结果超过 " + std::to_string(analytics::kDownloadRowsMax) + " 行，请加条件分批下载",
                                     "More than " + std::to_string(analytics::kDownloadRowsMax) + " rows: add conditions and download in parts"});
  co_return answer;
}

awaitable<Response> download(Services& services, Request& request, TableFormat format) {
  const Caller caller = require_member(services, request);
  const auto body = http::read_body<QueryDownload>(request);
  const bool english = reads_english(caller, request);
  const auto answer = co_await ask_all(services, caller, body.sql);
  co_return co_await services.server.run_on_workers([&] {
    const std::string name = english ? "query" : "查询结果";
    if (format == TableFormat::csv) {
      // The rows as they are, not as a workbook could hold them: there is no limit but that of the answer.
      Response response = http::bytes_response("\xEF\xBB\xBF" + analytics::csv_of(answer), "text/csv; charset=utf-8");
      set_attachment(response, name + ".csv");
      return response;
    }
    auto book = workbook_of(services, english, analytics::sheet_of(answer, english ? "Rows" : "查询结果", body.chart.value_or(analytics::AnswerChart::table)));
    book.sheets.push_back({"SQL", {{"SQL", 0}}, {{body.sql}}, {}});
    return xlsx_response(book, name);
  });
}

Response list_saved(Services& services, const Request& request) {
  const Caller caller = require_member(services, request);
  auto reader = services.readers.borrow();
  return http::json_response(Items<SavedQuery>{analytics::Queries().list(*reader, caller.actor)});
}

Response get_saved(Services& services, const Request& request) {
  const Caller caller = require_member(services, request);
  auto reader = services.readers.borrow();
  const auto query = analytics::Queries().require(*reader, caller.actor, request.path_parameter("id"));
  return with_version(http::json_response(query), query.version);
}

awaitable<Response> create_saved(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const auto body = http::read_body<analytics::QueryWrite>(request);
  co_return co_await change(
      services, request, caller, [&](store::Transaction& tx) { return analytics::Queries().create(tx, caller.actor, body); },
      [](store::Connection&, const SavedQuery& query) { return with_version(http::json_response(query, 201), query.version); });
}

awaitable<Response> edit_saved(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string id(request.path_parameter("id"));
  const auto version = require_version(request);
  const auto body = http::read_body<analytics::QueryWrite>(request);
  co_return co_await change(
      services, request, caller, [&](store::Transaction& tx) { return analytics::Queries().edit(tx, caller.actor, id, version, body); },
      [](store::Connection&, const SavedQuery& query) { return with_version(http::json_response(query), query.version); });
}

awaitable<Response> remove_saved(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string id(request.path_parameter("id"));
  const auto version = require_version(request);
  co_return co_await change(
      services, request, caller,
      [&](store::Transaction& tx) {
        analytics::Queries().remove(tx, caller.actor, id, version);
        return true;
      },
      [](store::Connection&, bool) { return http::no_content(); });
}

void add_saved_query_routes(http::Router& router, Services& services) {
  using http::Method;
  const std::string saved = "/api/v1/analytics/saved-queries";
  router.add(Method::get, saved, [&services](const Request& request) { return list_saved(services, request); },
             {.id = "listSavedQueries",
              .tag = "analytics",
              .summary = {"保存的查询", "Saved queries"},
              .response = http::of<Items<SavedQuery>>(),
              .errors = {Code::forbidden}});
  router.add(Method::post, saved, [&services](Request& request) { return create_saved(services, request); },
             {.id = "saveQuery",
              .tag = "analytics",
              .summary = {"保存查询", "Save a query"},
              .request = http::of<analytics::QueryWrite>(),
              .response = http::of<SavedQuery>(),
              .status = 201,
              .accepts_key = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::conflict, Code::wrong_state}});
  router.add(Method::get, saved + "/{id}", [&services](const Request& request) { return get_saved(services, request); },
             {.id = "getSavedQuery",
              .tag = "analytics",
              .summary = {"一个保存的查询", "A saved query"},
              .response = http::of<SavedQuery>(),
              .sends_etag = true,
              .errors = {Code::forbidden, Code::not_found}});
  router.add(Method::put, saved + "/{id}", [&services](Request& request) { return edit_saved(services, request); },
             {.id = "editSavedQuery",
              .tag = "analytics",
              .summary = {"修改保存的查询", "Change a saved query"},
              .request = http::of<analytics::QueryWrite>(),
              .response = http::of<SavedQuery>(),
              .needs_if_match = true,
              .accepts_key = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::conflict}});
  router.add(Method::del, saved + "/{id}", [&services](Request& request) { return remove_saved(services, request); },
             {.id = "removeSavedQuery",
              .tag = "analytics",
              .summary = {"删除保存的查询", "Remove a saved query"},
              .status = 204,
              .needs_if_match = true,
              .accepts_key = true,
              .errors = {Code::forbidden, Code::not_found, Code::conflict}});
}

}  // namespace

void add_analytics_routes(http::Router& router, Services& services) {
  using http::Method;
  router.add(Method::get, "/api/v1/analytics/tables", [&services](const Request& request) { return tables(services, request); },
             {.id = "listAnalyticsTables",
              .tag = "analytics",
              .summary = {"可查询的表和列", "Tables and columns that SQL may name"},
              .response = http::of<TablesView>(),
              .errors = {Code::forbidden}});
  router.add(Method::post, "/api/v1/analytics/queries", [&services](Request& request) { return run_query(services, request); },
             {.id = "runQuery",
              .tag = "analytics",
              .summary = {"运行一个 SELECT", "Run one SELECT"},
              .request = http::of<QueryRequest>(),
              .response = http::of<QueryAnswer>(),
              .errors = {Code::invalid, Code::forbidden, Code::too_large, Code::unavailable}});
  router.add(Method::post, "/api/v1/analytics/queries.csv", [&services](Request& request) { return download(services, request, TableFormat::csv); },
             {.id = "downloadQuery",
              .tag = "analytics",
              .summary = {"运行一个 SELECT 并下载 CSV", "Run one SELECT and download its rows as CSV"},
              .request = http::of<QueryDownload>(),
              .response = http::text_of("text/csv"),
              .errors = {Code::invalid, Code::forbidden, Code::too_large, Code::unavailable}});
  router.add(Method::post, "/api/v1/analytics/queries.xlsx", [&services](Request& request) { return download(services, request, TableFormat::xlsx); },
             {.id = "downloadQueryWorkbook",
              .tag = "analytics",
              .summary = {"运行一个 SELECT 并下载 XLSX", "Run one SELECT and download its rows as XLSX"},
              .request = http::of<QueryDownload>(),
              .response = xlsx_body(),
              .errors = {Code::invalid, Code::forbidden, Code::too_large, Code::unavailable}});
  add_saved_query_routes(router, services);
}

}  // namespace jingwei::api
