// Deals: propose, walk, read.
#include "api/internal/views.h"

namespace jingwei::api {
namespace {

using deals::Deal;
using deals::DealView;

Response deal_response(Services& services, store::Connection& connection, std::string_view id, const Caller& caller, int status) {
  const DealView view = services.deals.require_visible(connection, caller.actor, id);
  Response response = with_version(http::json_response(view, status), view.version);
  if (status == 201) response.set("Location", "/api/v1/deals/" + view.id);
  return response;
}

awaitable<Response> propose(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const auto body = http::read_body<deals::Proposal>(request);
  co_return co_await change(services, request, caller, [&](store::Transaction& tx) { return services.deals.propose(tx, caller.actor, body).id; },
                            [&](store::Connection& connection, const std::string& id) { return deal_response(services, connection, id, caller, 201); });
}

awaitable<Response> act(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string id(request.path_parameter("id"));
  const auto version = require_version(request);
  const auto body = http::read_body<deals::ActRequest>(request);
  co_return co_await change(
      services, request, caller, [&](store::Transaction& tx) { return services.deals.act(tx, caller.actor, id, version, body).id; },
      [&](store::Connection& connection, const std::string& deal_id) { return deal_response(services, connection, deal_id, caller, 200); });
}

Response list_deals(Services& services, const Request& request) {
  const Caller caller = require_member(services, request);
  auto reader = services.readers.borrow();
  auto page = services.deals.list(
      *reader, caller.actor,
      {enum_query<deals::State>(request, "state"), enum_query<deals::Side>(request, "side"), query_or_empty(request, "cursor"), limit_of(request)});
  Page<DealView> view{std::move(page.deals), page.next_cursor.empty() ? std::nullopt : std::optional(page.next_cursor), page.total};
  return http::json_response(view);
}

}  // namespace

void add_deal_routes(http::Router& router, Services& services) {
  using http::Method;
  router.add(Method::get, "/api/v1/deals", [&services](const Request& request) { return list_deals(services, request); },
             {.id = "listDeals",
              .tag = "deals",
              .summary = {"对接事项列表", "Deals"},
              .response = http::of<Page<DealView>>(),
              .query = http::list_query({http::query_of<deals::State>("state", {"状态", "state"}),
                                         http::query_of<deals::Side>("side", {"本单位是哪一方", "my organization's side"})}),
              .errors = {Code::invalid}});
  router.add(Method::post, "/api/v1/deals", [&services](Request& request) { return propose(services, request); },
             {.id = "proposeDeal",
              .tag = "deals",
              .summary = {"提出对接", "Propose a deal"},
              .request = http::of<deals::Proposal>(),
              .response = http::of<DealView>(),
              .status = 201,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::conflict, Code::wrong_state}});
  router.add(Method::get, "/api/v1/deals/{id}", [&services](const Request& request) -> Response {
    const Caller caller = require_member(services, request);
    auto reader = services.readers.borrow();
    return deal_response(services, *reader, request.path_parameter("id"), caller, 200);
  }, {.id = "getDeal", .tag = "deals", .summary = {"一个对接事项", "One deal"}, .response = http::of<DealView>(), .sends_etag = true, .errors = {Code::not_found}});
  router.add(Method::post, "/api/v1/deals/{id}/acts", [&services](Request& request) { return act(services, request); },
             {.id = "actOnDeal",
              .tag = "deals",
              .summary = {"同意、交付、验收、评价等", "Agree, deliver, accept, evaluate and so on"},
              .request = http::of<deals::ActRequest>(),
              .response = http::of<DealView>(),
              .needs_if_match = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::wrong_state, Code::version_mismatch}});
}

}  // namespace jingwei::api
