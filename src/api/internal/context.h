// What handlers share: who asks, running a command, pages, versions.
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"
#include "crypto/crypto.h"

namespace jingwei::api {

using http::awaitable;
using http::Request;
using http::Response;

struct Caller {
  identity::Actor actor;
  identity::Language language = identity::Language::zh;
  bool must_set_password = false;
  bool by_api_token = false;
  std::string session_hash;  ///< empty: not by session
};

/// Reads session cookie or bearer token. A wrong bearer token is refused; a dead session counts as no session.
Caller identify(Services& services, const Request& request);
/// As identify, and refuses those who are not signed in.
Caller require_member(Services& services, const Request& request);
/// For changes: also the header against CSRF, the right to write, and a password that is set.
Caller require_writer(Services& services, const Request& request);

/// Number in If-Match: "\"3\"" is 3. Throws Rejected{invalid} when it is missing or no version.
std::int64_t require_version(const Request& request);
std::string etag_of(std::int64_t version);

/// limit and cursor of lists.
std::size_t limit_of(const Request& request, std::size_t otherwise = 50, std::size_t max = 200);
std::string query_or_empty(const Request& request, std::string_view name);
/// Four digits; throws Rejected{invalid} naming `field` for another text.
std::int64_t year_of(std::string_view text, std::string_view field = "year");
/// The query parameter as a year; absent when it is missing or empty.
std::optional<std::int64_t> year_query(const Request& request, std::string_view name);
/// The query parameter as a value of a described enum; throws Rejected{invalid} for another text.
template <DescribedEnum E>
std::optional<E> enum_query(const Request& request, std::string_view name);

std::optional<std::string> idempotency_key(const Request& request);
std::string digest_of(const Request& request);
store::KeptAnswer kept(const Response& response);
Response answer_of(const store::KeptAnswer& kept);

/// Queues a command and resumes when it is durable. The command returns a value.
template <class Command>
awaitable<std::invoke_result_t<Command&, store::Transaction&>> run_command(Services& services, Command command) {
  using Result = std::invoke_result_t<Command&, store::Transaction&>;
  std::optional<Result> result;  // in this frame, which lives until the writer has answered
  const auto error = co_await http::async_result<std::exception_ptr>([&](auto done) {
    services.writer.submit([&](store::Transaction& tx) { result = command(tx); }, std::move(done));
  });
  if (error) std::rethrow_exception(error);
  co_return std::move(*result);
}

/// A change by POST, PUT or DELETE: runs `command(tx) -> Result` and answers `render(connection, Result) -> Response`.
/// With an Idempotency-Key the answer is made and kept inside the transaction, and given again to a repeated request.
template <class Command, class Render>
awaitable<Response> change(Services& services, const Request& request, const Caller& caller, Command command, Render render) {
  using Result = std::invoke_result_t<Command&, store::Transaction&>;
  const auto key = idempotency_key(request);
  if (!key) {
    const Result result = co_await run_command(services, std::move(command));
    auto reader = services.readers.borrow();
    co_return render(*reader, result);
  }
  const std::string digest = digest_of(request);
  co_return co_await run_command(services, [&](store::Transaction& tx) {
    if (const auto before = store::find_answer(tx, caller.actor.account_id, *key, digest)) return answer_of(*before);
    const Result result = command(tx);
    Response response = render(tx.reader(), result);
    store::keep_answer(tx, caller.actor.account_id, *key, digest, kept(response));
    return response;
  });
}

Rejected already_done();

/// As change(), for answers that hold a secret: a secret is shown once and never kept, so a repeated key is refused.
template <class Command, class Render>
awaitable<Response> change_once(Services& services, const Request& request, const Caller& caller, Command command, Render render) {
  using Result = std::invoke_result_t<Command&, store::Transaction&>;
  const auto key = idempotency_key(request);
  const std::string digest = key ? digest_of(request) : std::string();
  const Result result = co_await run_command(services, [&](store::Transaction& tx) {
    if (key && store::find_answer(tx, caller.actor.account_id, *key, digest)) throw already_done();
    Result made = command(tx);
    if (key) store::keep_answer(tx, caller.actor.account_id, *key, digest, store::KeptAnswer{201, "{}", ""});
    return made;
  });
  auto reader = services.readers.borrow();
  co_return render(*reader, result);
}

Response with_version(Response response, std::int64_t version);

template <DescribedEnum E>
std::optional<E> enum_query(const Request& request, std::string_view name) {
  const auto text = request.query(name);
  if (!text || text->empty()) return std::nullopt;
  if (const auto value = enum_from_name<E>(*text)) return value;
  throw Rejected(Code::invalid, {"查询条件有误", "A query parameter is wrong"},
                 {described_detail::not_one_of(std::string(name), enum_names<E>())});
}

// One function a group of routes, each in its own file.
void add_session_routes(http::Router& router, Services& services);
void add_account_routes(http::Router& router, Services& services);
void add_register_routes(http::Router& router, Services& services);
void add_import_routes(http::Router& router, Services& services);
void add_need_routes(http::Router& router, Services& services);
void add_plan_routes(http::Router& router, Services& services);
void add_deal_routes(http::Router& router, Services& services);
void add_feedback_routes(http::Router& router, Services& services);
void add_digest_routes(http::Router& router, Services& services);
void add_evidence_routes(http::Router& router, Services& services);
void add_analytics_routes(http::Router& router, Services& services);
void add_steering_routes(http::Router& router, Services& services);
void add_attachment_routes(http::Router& router, Services& services);
void add_plan_task_routes(http::Router& router, Services& services);
void add_atlas_routes(http::Router& router, Services& services);
void add_model_routes(http::Router& router, Services& services);
void add_node_routes(http::Router& router, Services& services);

}  // namespace jingwei::api
