// Accounts and roles, for administrators.
#include "api/internal/views.h"

namespace jingwei::api {
namespace {

AccountView view_of_account(store::Connection& connection, const identity::Account& account) {
  AccountView view;
  static_cast<identity::Account&>(view) = account;
  if (account.organization_id)
    view.organization = Reference{*account.organization_id, registry::Registry::organization_name(connection, *account.organization_id)};
  return view;
}

/// Before anything is looked up, so that others learn nothing from the answer.
void require_administrator(const Caller& caller) {
  if (!caller.actor.has(identity::Role::administrator)) throw Rejected(Code::forbidden, {"只有管理员可以这样做", "Only administrators may do this"});
}

void require_organization(store::Transaction& tx, const std::optional<std::string>& id) {
  if (!id) return;
  const auto found = tx.query_text("SELECT register FROM entries WHERE id = $1", {*id});
  if (found != "organizations")
    throw Rejected(Code::invalid, "/organization_id", {"没有这个单位", "there is no such organization"},
                   {"从单位清单里选择", "choose one from the organizations"});
}

std::string link_path(const std::string& token) { return "/signin#link=" + token; }

struct Created {
  identity::Account account;
  identity::SignInLink link;
};

awaitable<Response> create_account(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  require_administrator(caller);
  const auto body = http::read_body<identity::NewAccount>(request);
  co_return co_await change_once(
      services, request, caller,
      [&](store::Transaction& tx) {
        require_organization(tx, body.organization_id);
        Created created;
        created.account = services.accounts.create(tx, caller.actor, body);
        created.link = services.accounts.make_link(tx, caller.actor, created.account.id);
        return created;
      },
      [](store::Connection& connection, const Created& created) {
        return with_version(
            http::json_response(AccountWithLink{view_of_account(connection, created.account), link_path(created.link.token), created.link.expires_at}, 201),
            created.account.version);
      });
}

awaitable<Response> update_account(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  require_administrator(caller);
  const std::string id(request.path_parameter("id"));
  const auto version = require_version(request);
  const auto body = http::read_body<identity::AccountChange>(request);
  const auto account = co_await run_command(services, [&](store::Transaction& tx) {
    require_organization(tx, body.organization_id);
    return services.accounts.update(tx, caller.actor, id, version, body);
  });
  services.sessions.account_changed(id);
  auto reader = services.readers.borrow();
  co_return with_version(http::json_response(view_of_account(*reader, account)), account.version);
}

void add_link_route(http::Router& router, Services& services) {
  router.add(http::Method::post, "/api/v1/accounts/{id}/link",
             [&services](Request& request) -> awaitable<Response> {
               const Caller caller = require_writer(services, request);
               const std::string id(request.path_parameter("id"));
               co_return co_await change_once(
                   services, request, caller, [&](store::Transaction& tx) { return services.accounts.make_link(tx, caller.actor, id); },
                   [&](store::Connection&, const identity::SignInLink& link) {
                     services.sessions.account_changed(id);
                     return http::json_response(LinkView{link_path(link.token), link.expires_at}, 201);
                   });
             },
             {.id = "createAccountLink",
              .tag = "accounts",
              .summary = {"新的一次性登录链接（忘记密码时用）", "A new one-time link, as for a forgotten password"},
              .response = http::of<LinkView>(),
              .status = 201,
              .errors = {Code::forbidden, Code::not_found, Code::conflict, Code::wrong_state}});
}

}  // namespace

void add_account_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/api/v1/accounts", [&services](const Request& request) -> Response {
    const Caller caller = require_member(services, request);
    auto reader = services.readers.borrow();
    const auto page = services.accounts.list(*reader, caller.actor, {query_or_empty(request, "q"), query_or_empty(request, "cursor"), limit_of(request)});
    Page<AccountView> view;
    for (const auto& account : page.items) view.items.push_back(view_of_account(*reader, account));
    view.next_cursor = page.next_cursor;
    view.total = page.total;
    return http::json_response(view);
  }, {.id = "listAccounts", .tag = "accounts", .summary = {"账号列表", "Accounts"}, .response = http::of<Page<AccountView>>(),
      .query = http::list_query({http::query_of<std::string>("q", {"登录名或姓名的一部分", "part of login or name"})}), .errors = {Code::forbidden}});
  router.add(http::Method::post, "/api/v1/accounts", [&services](Request& request) { return create_account(services, request); },
             {.id = "createAccount",
              .tag = "accounts",
              .summary = {"新建账号，返回一次性登录链接", "Create an account; answers a one-time link"},
              .request = http::of<identity::NewAccount>(),
              .response = http::of<AccountWithLink>(),
              .status = 201,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::conflict}});
  router.add(http::Method::get, "/api/v1/accounts/{id}",
             [&services](const Request& request) -> Response {
               const Caller caller = require_member(services, request);
               auto reader = services.readers.borrow();
               const auto account = services.accounts.find(*reader, caller.actor, request.path_parameter("id"));
               return with_version(http::json_response(view_of_account(*reader, account)), account.version);
             },
             {.id = "getAccount",
              .tag = "accounts",
              .summary = {"一个账号", "One account"},
              .response = http::of<AccountView>(),
              .sends_etag = true,
              .errors = {Code::forbidden, Code::not_found}});
  router.add(http::Method::put, "/api/v1/accounts/{id}", [&services](Request& request) { return update_account(services, request); },
             {.id = "updateAccount",
              .tag = "accounts",
              .summary = {"修改角色、单位或停用", "Change roles, organization, or disable"},
              .request = http::of<identity::AccountChange>(),
              .response = http::of<AccountView>(),
              .needs_if_match = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::version_mismatch, Code::wrong_state}});
  add_link_route(router, services);
}

}  // namespace jingwei::api
