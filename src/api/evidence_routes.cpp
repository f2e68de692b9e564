// Statements, receipts, and the log itself under /log/.
#include "api/internal/views.h"

#include <charconv>

namespace jingwei::api {
namespace {

constexpr int kCheckpointWaitMs = 1000;

std::string root_text(const tlog::Checkpoint& checkpoint) { return to_base64(checkpoint.root); }

awaitable<Response> receipt(Services& services, Request& request) {
  const std::string id(request.path_parameter("id"));
  // A receipt asked for right after its act waits for the checkpoint instead of being refused.
  std::string text = co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    const auto leaf = reader->query_integer("SELECT leaf FROM statements WHERE id = $1", {id});
    if (!leaf) throw Rejected(Code::not_found, {"没有这条存证声明", "There is no such statement"});
    services.wait_log(*leaf, kCheckpointWaitMs);
    return evidence::make_receipt(*reader, services.log, id);
  });
  Response response = http::text_response(std::move(text));
  response.set("Content-Disposition", "attachment; filename=\"" + id + ".receipt.txt\"");
  co_return response;
}

awaitable<Response> verify(Services& services, Request& request) {
  const std::string text = request.body;
  co_return co_await services.server.run_on_workers([&] {
    const tlog::ProofPolicy policy{{services.issuer.verifier_key()}, {}, 0};
    const auto verdict = evidence::verify_receipt(text, policy);
    ReceiptVerdictView view;
    view.valid = verdict.valid;
    view.checks = verdict.checks;
    if (verdict.statement) view.statement = view_of(*verdict.statement);
    if (verdict.checkpoint) {
      view.log = LogView{verdict.checkpoint->origin, tlog::format_vkey(services.issuer.verifier_key()), static_cast<std::int64_t>(verdict.checkpoint->size),
                         root_text(*verdict.checkpoint)};
    }
    return http::json_response(view);
  });
}

Response list_statements(Services& services, const Request& request) {
  evidence::StatementFilter filter;
  filter.subject = query_or_empty(request, "subject");
  filter.kind = query_or_empty(request, "kind");
  filter.limit = limit_of(request);
  if (const std::string cursor = query_or_empty(request, "cursor"); !cursor.empty()) {
    const auto [end, failed] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), filter.before_index);
    if (failed != std::errc() || end != cursor.data() + cursor.size())
      throw Rejected(Code::invalid, "cursor", {"翻页标记不对", "the cursor is wrong"}, {"从第一页重新开始", "start from the first page"});
  }
  auto reader = services.readers.borrow();
  Page<StatementView> view;
  for (const auto& statement : evidence::list_statements(*reader, filter, services.issuer.origin())) view.items.push_back(view_of(statement));
  if (view.items.size() == filter.limit) view.next_cursor = std::to_string(view.items.back().index);
  view.total = reader
                   ->query_integer("SELECT COUNT(*) FROM statements WHERE ($1 = '' OR subject = $2) AND ($3 = '' OR kind = $4)",
                                   {filter.subject, filter.subject, filter.kind, filter.kind})
                   .value_or(0);
  return http::json_response(view);
}

LogState log_state(Services& services) {
  auto reader = services.readers.borrow();
  const auto checkpoint = services.log.checkpoint();
  LogState state{
      checkpoint.origin, tlog::format_vkey(services.log.verifier_key()), static_cast<std::int64_t>(checkpoint.size), root_text(checkpoint), std::nullopt, 0, 0};
  if (const auto at = services.log.published_at()) state.checkpoint_at = to_rfc3339(*at);
  state.statements = reader->query_integer("SELECT leaf_count FROM heads WHERE id = 1").value_or(0);
  state.feed_seq = reader->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
  return state;
}

/// Files of the log as C2SP tlog-tiles wants them served.
void add_log_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/log/checkpoint", [&services](const Request&) -> Response {
    Response response = http::text_response(services.log.checkpoint_text());
    response.set("Cache-Control", "max-age=1");
    return response;
  });
  router.add(http::Method::get, "/log/tile/{path*}", [&services](const Request& request) -> Response {
    auto content = services.log.read_tile("tile/" + std::string(request.path_parameter("path")));
    if (!content) throw Rejected(Code::not_found, {"日志里没有这一块", "The log has no such tile"});
    Response response = http::bytes_response(std::move(*content), "application/octet-stream");
    response.set("Cache-Control", "public, max-age=31536000, immutable");
    return response;
  });
}

}  // namespace

void add_evidence_routes(http::Router& router, Services& services) {
  using http::Access;
  using http::Method;
  router.add(Method::get, "/api/v1/statements", [&services](const Request& request) { return list_statements(services, request); },
             {.id = "listStatements",
              .tag = "evidence",
              .summary = {"存证声明列表", "Statements"},
              .response = http::of<Page<StatementView>>(),
              .query = http::list_query(
                  {http::query_of<std::string>("subject", {"对象编号", "id of the subject"}), http::query_of<std::string>("kind", {"种类", "kind"})}),
              .errors = {Code::invalid},
              .access = Access::anyone});
  router.add(Method::get, "/api/v1/statements/{id}",
             [&services](const Request& request) -> Response {
               auto reader = services.readers.borrow();
               const auto statement = evidence::find_statement(*reader, request.path_parameter("id"), services.issuer.origin());
               if (!statement) throw Rejected(Code::not_found, {"没有这条存证声明", "There is no such statement"});
               return http::json_response(view_of(*statement));
             },
             {.id = "getStatement",
              .tag = "evidence",
              .summary = {"一条存证声明", "One statement"},
              .response = http::of<StatementView>(),
              .errors = {Code::not_found},
              .access = Access::anyone});
  router.add(Method::get, "/api/v1/statements/{id}/receipt", [&services](Request& request) { return receipt(services, request); },
             {.id = "getReceipt",
              .tag = "evidence",
              .summary = {"回执：声明和日志证明，可离线核验", "Receipt: statement and log proof, checked offline"},
              .response = http::text_of("text/plain"),
              .errors = {Code::not_found, Code::wrong_state},
              .access = Access::anyone});
  router.add(Method::post, "/api/v1/receipts/verify", [&services](Request& request) { return verify(services, request); },
             {.id = "verifyReceipt",
              .tag = "evidence",
              .summary = {"核验回执，不用登录", "Verify a receipt; no account needed"},
              .request = http::text_of("text/plain"),
              .response = http::of<ReceiptVerdictView>(),
              .access = Access::anyone});
  router.add(Method::get, "/api/v1/log/state", [&services](const Request&) { return http::json_response(log_state(services)); },
             {.id = "getLogState", .tag = "evidence", .summary = {"存证日志的状态", "State of the log"}, .response = http::of<LogState>(), .access = Access::anyone});
  add_log_routes(router, services);
}

}  // namespace jingwei::api
