// Imports: upload (a dry run), commit, progress, the wrong rows.
#include "api/internal/views.h"
#include "http/forms.h"

namespace jingwei::api {
namespace {

using registry::Import;
using registry::ImportJobs;
using registry::ImportState;

constexpr std::chrono::milliseconds kProgressPause{200};

/// The file: a multipart part called "file", or the body itself as text/csv.
std::string uploaded_file(const Request& request) {
  const std::string type = request.media_type();
  if (type == "text/csv") return request.body;
  if (type != "multipart/form-data")
    throw Rejected(Code::unsupported, "Content-Type", {"请上传 CSV 文件", "send a CSV file"},
                   {"用 multipart/form-data 的 file 字段，或 text/csv 正文", "use the part 'file' of multipart/form-data, or a text/csv body"});
  for (const auto& part : http::parse_multipart(request.header("Content-Type").value_or(""), request.body))
    if (part.name == "file") return std::string(part.content);
  throw Rejected(Code::invalid, "file", {"没有选择文件", "no file was sent"}, {"选择一个 CSV 文件", "choose a CSV file"});
}

awaitable<Response> upload(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const auto& reg = services.registry.require_register(request.path_parameter("register"));
  const bool publish = request.query("publish") == "true";
  const Import import = co_await services.server.run_on_workers([&] { return services.imports.check(caller.actor, reg, uploaded_file(request), publish); });
  Response response = http::json_response(import, 201);
  response.set("Location", "/api/v1/imports/" + import.id);
  co_return response;
}

awaitable<void> follow(Services& services, Request& request, http::EventStream& stream) {
  const Caller caller = require_member(services, request);
  const std::string id(request.path_parameter("id"));
  std::string last;
  while (true) {
    Import import;
    {
      auto reader = services.readers.borrow();
      import = ImportJobs::require(*reader, caller.actor, id);
    }
    std::string data = json::serialize(to_json(import));
    if (data != last && !co_await stream.send("progress", data)) co_return;
    if (import.state == ImportState::done || import.state == ImportState::failed) co_return;
    last = std::move(data);
    if (!co_await stream.wait(kProgressPause)) co_return;
  }
}

}  // namespace

void add_import_routes(http::Router& router, Services& services) {
  router.add(http::Method::post, "/api/v1/registers/{register}/imports", [&services](Request& request) { return upload(services, request); },
             {.id = "createImport",
              .tag = "imports",
              .summary = {"上传 CSV 试算，不写入", "Upload a CSV for a dry run; nothing is written"},
              .request = http::form_file("file"),
              .more_requests = {http::text_of("text/csv")},
              .response = http::of<Import>(),
              .status = 201,
              .query = {http::query_of<bool>("publish", {"写入后即发布", "publish what is written"})},
              .errors = {Code::malformed, Code::invalid, Code::forbidden, Code::not_found, Code::too_large, Code::unsupported},
              .body_bytes_max = registry::kImportBytesMax + 4096});
  router.add(http::Method::get, "/api/v1/imports", [&services](const Request& request) -> Response {
    const Caller caller = require_member(services, request);
    auto reader = services.readers.borrow();
    return http::json_response(Items<Import>{ImportJobs::list(*reader, caller.actor, limit_of(request))});
  }, {.id = "listImports", .tag = "imports", .summary = {"我的导入", "My imports"}, .response = http::of<Items<Import>>(), .query = http::list_query({})});
  router.add(http::Method::get, "/api/v1/imports/{id}", [&services](const Request& request) -> Response {
    const Caller caller = require_member(services, request);
    auto reader = services.readers.borrow();
    return http::json_response(ImportJobs::require(*reader, caller.actor, request.path_parameter("id")));
  }, {.id = "getImport", .tag = "imports", .summary = {"一次导入的进展", "How far an import has come"}, .response = http::of<Import>(), .errors = {Code::not_found}});
  router.add(http::Method::post, "/api/v1/imports/{id}/commit",
             [&services](Request& request) -> awaitable<Response> {
               const Caller caller = require_writer(services, request);
               const std::string id(request.path_parameter("id"));
               const Import import = co_await services.server.run_on_workers([&] { return services.imports.start(caller.actor, id); });
               co_return http::json_response(import, 202);
             },
             {.id = "commitImport",
              .tag = "imports",
              .summary = {"写入正确的行", "Write the rows that are right"},
              .response = http::of<Import>(),
              .status = 202,
              .errors = {Code::not_found, Code::wrong_state, Code::unavailable}});
  router.add_stream("/api/v1/imports/{id}/events", [&services](Request& request, http::EventStream& stream) { return follow(services, request, stream); },
                    {.id = "followImport",
                     .tag = "imports",
                     .summary = {"导入进度（事件流）", "Progress as server-sent events"},
                     .response = http::events_of<Import>(),
                     .errors = {Code::not_found}});
  router.add(http::Method::get, "/api/v1/imports/{id}/wrong-rows.csv",
             [&services](Request& request) -> awaitable<Response> {
               const Caller caller = require_member(services, request);
               const std::string id(request.path_parameter("id"));
               std::string rows = co_await services.server.run_on_workers([&] { return services.imports.wrong_rows(caller.actor, id); });
               Response response = http::bytes_response(std::move(rows), "text/csv; charset=utf-8");
               response.set("Content-Disposition", "attachment; filename=\"wrong-rows.csv\"");
               co_return response;
             },
             {.id = "getWrongRows",
              .tag = "imports",
              .summary = {"有误的行和原因", "The wrong rows with reasons"},
              .response = http::text_of("text/csv"),
              .errors = {Code::not_found}});
}

}  // namespace jingwei::api
