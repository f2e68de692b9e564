// What language models say, when the node may ask any: a proposed split for the owner of a need, and their state for administrators.
#include "api/internal/views.h"

namespace jingwei::api {
namespace {

using identity::Role;

/// The need, for whoever may edit it.
registry::Entry require_own_need(Services& services, store::Connection& connection, const Caller& caller, std::string_view id) {
  registry::Entry need = require_need(services, connection, caller.actor, id);
  const auto acts = services.registry.acts(need, caller.actor);
  if (std::ranges::count(acts, registry::Act::edit) == 0)
    throw Rejected(Code::forbidden, {"只有需求的提出单位和主管部门可以查看拆分建议", "Only the owner of the need and the department see a proposed split"});
  return need;
}

Response advice(Services& services, const Request& request) {
  const Caller caller = require_member(services, request);
  auto reader = services.readers.borrow();
  const registry::Entry need = require_own_need(services, *reader, caller, request.path_parameter("id"));
  return http::json_response(services.models.advice(*reader, need));
}

awaitable<Response> dismiss(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string id(request.path_parameter("id"));
  co_await run_command(services, [&](store::Transaction& tx) {
    services.deals.dismiss_proposal(tx, caller.actor, id);
    return true;
  });
  co_return http::no_content();
}

Items<ModelState> states(Services& services, const Caller& caller) {
  if (!caller.actor.has(Role::administrator) && !caller.actor.has(Role::auditor))
    throw Rejected(Code::forbidden, {"只有管理员和审计员可以查看", "Only administrators and auditors may see this"});
  return {services.models.state()};
}

}  // namespace

void add_model_routes(http::Router& router, Services& services) {
  using http::Method;
  router.add(Method::get, "/api/v1/needs/{id}/split-advice", [&services](const Request& request) { return advice(services, request); },
             {.id = "getSplitAdvice",
              .tag = "needs",
              .summary = {"语言模型建议的拆分，由提出单位决定", "How a language model would split the need; its owner decides"},
              .response = http::of<SplitAdvice>(),
              .errors = {Code::forbidden, Code::not_found}});
  router.add(Method::del, "/api/v1/needs/{id}/split-advice", [&services](Request& request) { return dismiss(services, request); },
             {.id = "dismissSplitAdvice",
              .tag = "needs",
              .summary = {"不采用建议的拆分", "Dismiss the proposed split"},
              .status = 204,
              .errors = {Code::forbidden, Code::not_found}});
  router.add(Method::get, "/api/v1/admin/models", [&services](const Request& request) { return http::json_response(states(services, require_member(services, request))); },
             {.id = "getModelStates",
              .tag = "node",
              .summary = {"语言模型的工作情况；没有配置时为空", "State of the language models; empty when none are set"},
              .response = http::of<Items<ModelState>>(),
              .errors = {Code::forbidden}});
}

}  // namespace jingwei::api
