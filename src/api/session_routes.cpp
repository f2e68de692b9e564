// Signing in and out, one's own account, API tokens.
#include "api/internal/views.h"

template <>
struct jingwei::http::Constraints<jingwei::api::SignIn> {
  static std::vector<MemberRule> rules() {
    return {{.member = "login", .min_length = 1, .max_length = 200}, {.member = "password", .min_length = 1, .max_length = 1024}};
  }
};

namespace jingwei::api {
namespace {

using identity::NewSession;

std::string cookie_for(std::string_view token, std::int64_t seconds) {
  return std::string(kSessionCookie) + "=" + std::string(token) + "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds);
}

Me me_of(store::Connection& connection, const identity::Account& account) {
  Me me;
  me.account_id = account.id;
  me.login = account.login;
  me.name = account.name;
  me.roles = account.roles;
  if (account.organization_id)
    me.organization = Reference{*account.organization_id, registry::Registry::organization_name(connection, *account.organization_id)};
  me.language = account.language;
  me.must_set_password = !account.has_password;
  return me;
}

Response signed_in(Services& services, const NewSession& session) {
  auto reader = services.readers.borrow();
  Response response = http::json_response(me_of(*reader, session.account));
  response.set("Set-Cookie", cookie_for(session.token, identity::kSessionAbsoluteUs / kMicrosPerSecond));
  response.set("Cache-Control", "no-store");
  return response;
}

/// Sign-in is not protected by a session yet: the header keeps forms of other sites out (login CSRF).
void require_own_page(const Request& request) {
  if (!request.header(kRequestHeader))
    throw Rejected(Code::forbidden, std::string(kRequestHeader), {"缺少请求头 X-Jingwei-Request", "the header X-Jingwei-Request is missing"},
                   {"带上 X-Jingwei-Request: 1", "send X-Jingwei-Request: 1"});
}

Response throttled(const Request& request, std::int64_t wait_s) {
  Response response = problem_of(identity::SignInThrottle::throttled(wait_s), request);
  response.set("Retry-After", std::to_string(wait_s));
  return response;
}

awaitable<Response> sign_in(Services& services, Request& request) {
  require_own_page(request);
  const SignIn body = http::read_body<SignIn>(request);
  const Timestamp now = services.clock.now();
  if (const auto wait_s = services.throttle.admit(body.login, request.remote_address(), now); wait_s > 0) co_return throttled(request, wait_s);
  const auto verified = co_await services.server.run_on_workers([&] {
    identity::PasswordOnFile on_file;
    {
      auto reader = services.readers.borrow();
      on_file = services.accounts.password_of_login(*reader, body.login);
    }
    return services.accounts.verify(on_file, body.password);
  });
  if (!verified) throw identity::Accounts::wrong_login_or_password();
  const NewSession session = co_await run_command(services, [&](store::Transaction& tx) { return services.accounts.open_session(tx, *verified); });
  services.throttle.succeeded(body.login, request.remote_address());
  co_return signed_in(services, session);
}

awaitable<Response> sign_in_by_link(Services& services, Request& request) {
  require_own_page(request);
  const SignInByLink body = http::read_body<SignInByLink>(request);
  const NewSession session = co_await run_command(services, [&](store::Transaction& tx) { return services.accounts.use_link(tx, body.token); });
  services.sessions.account_changed(session.account.id);
  co_return signed_in(services, session);
}

awaitable<Response> sign_out(Services& services, Request& request) {
  const Caller caller = require_member(services, request);
  require_own_page(request);
  if (!caller.session_hash.empty()) {
    co_await run_command(services, [&](store::Transaction& tx) {
      services.accounts.end_session(tx, caller.session_hash);
      return true;
    });
    services.sessions.session_ended(caller.session_hash);
  }
  Response response = http::no_content();
  response.set("Set-Cookie", cookie_for("", 0));
  response.set("Clear-Site-Data", "\"cache\", \"storage\"");
  co_return response;
}

awaitable<Response> set_password(Services& services, Request& request) {
  const Caller caller = require_member(services, request);
  require_own_page(request);
  if (caller.by_api_token) throw Rejected(Code::forbidden, {"令牌不能修改密码", "A token cannot change a password"});
  const NewPassword body = http::read_body<NewPassword>(request);
  // A weak new password is no guess at the old one: it must not use up a place of the throttle.
  if (auto problems = identity::password_problems(body.new_password, caller.actor.login); !problems.empty())
    throw Rejected(Code::invalid, {"新密码不合要求", "The new password is not good enough"}, std::move(problems));
  if (!caller.must_set_password) {
    if (const auto wait_s = services.throttle.admit(caller.actor.login, request.remote_address(), services.clock.now()); wait_s > 0)
      co_return throttled(request, wait_s);
  }
  const auto prepared = co_await services.server.run_on_workers([&] {
    identity::PasswordOnFile on_file;
    {
      auto reader = services.readers.borrow();
      on_file = services.accounts.password_of_account(*reader, caller.actor);
    }
    return services.accounts.prepare_password(on_file, body.old_password, body.new_password);
  });
  co_await run_command(services, [&](store::Transaction& tx) {
    services.accounts.change_password(tx, caller.actor, prepared, caller.session_hash);
    return true;
  });
  if (!caller.must_set_password) services.throttle.succeeded(caller.actor.login, request.remote_address());
  services.sessions.account_changed(caller.actor.account_id);
  co_return http::no_content();
}

void add_token_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/api/v1/me/tokens", [&services](const Request& request) -> Response {
    const Caller caller = require_member(services, request);
    auto reader = services.readers.borrow();
    return http::json_response(Items<identity::ApiToken>{services.accounts.api_tokens(*reader, caller.actor, services.clock.now())});
  }, {.id = "listMyTokens", .tag = "session", .summary = {"我的接口令牌", "My API tokens"}, .response = http::of<Items<identity::ApiToken>>()});

  router.add(http::Method::post, "/api/v1/me/tokens", [&services](Request& request) -> awaitable<Response> {
    const Caller caller = require_writer(services, request);
    if (caller.by_api_token) throw Rejected(Code::forbidden, {"请登录后再创建令牌", "Sign in to make a token"});
    const auto body = http::read_body<identity::NewApiToken>(request);
    co_return co_await change_once(
        services, request, caller, [&](store::Transaction& tx) { return services.accounts.create_api_token(tx, caller.actor, body); },
        [](store::Connection&, const identity::CreatedApiToken& created) { return http::json_response(created, 201); });
  }, {.id = "createMyToken", .tag = "session", .summary = {"新建接口令牌，只显示一次", "Make an API token; shown once"}, .request = http::of<identity::NewApiToken>(),
      .response = http::of<identity::CreatedApiToken>(), .status = 201, .errors = {Code::invalid, Code::forbidden, Code::conflict}});

  router.add(http::Method::del, "/api/v1/me/tokens/{id}", [&services](Request& request) -> awaitable<Response> {
    const Caller caller = require_writer(services, request);
    const std::string id(request.path_parameter("id"));
    co_await run_command(services, [&](store::Transaction& tx) {
      services.accounts.revoke_api_token(tx, caller.actor, id);
      return true;
    });
    services.sessions.account_changed(caller.actor.account_id);
    co_return http::no_content();
  }, {.id = "revokeMyToken", .tag = "session", .summary = {"撤销接口令牌", "Revoke an API token"}, .status = 204, .errors = {Code::not_found}});
}

}  // namespace

void add_session_routes(http::Router& router, Services& services) {
  router.add(http::Method::post, "/api/v1/session", [&services](Request& request) { return sign_in(services, request); },
             {.id = "signIn", .tag = "session", .summary = {"登录", "Sign in"}, .request = http::of<SignIn>(), .response = http::of<Me>(),
              .errors = {Code::unauthenticated, Code::throttled, Code::forbidden}, .access = http::Access::anyone});
  router.add(http::Method::post, "/api/v1/session/link", [&services](Request& request) { return sign_in_by_link(services, request); },
             {.id = "signInByLink",
              .tag = "session",
              .summary = {"用一次性链接登录", "Sign in by a one-time link"},
              .request = http::of<SignInByLink>(),
              .response = http::of<Me>(),
              .errors = {Code::unauthenticated, Code::forbidden},
              .access = http::Access::anyone});
  router.add(http::Method::del, "/api/v1/session", [&services](Request& request) { return sign_out(services, request); },
             {.id = "signOut", .tag = "session", .summary = {"退出登录", "Sign out"}, .status = 204});
  router.add(http::Method::get, "/api/v1/me", [&services](const Request& request) -> Response {
    const Caller caller = require_member(services, request);
    auto reader = services.readers.borrow();
    Response response = http::json_response(me_of(*reader, services.accounts.find(*reader, caller.actor, caller.actor.account_id)));
    response.set("Cache-Control", "no-store");
    return response;
  }, {.id = "getMe", .tag = "session", .summary = {"我是谁", "Who I am"}, .response = http::of<Me>()});
  router.add(http::Method::put, "/api/v1/me/password", [&services](Request& request) { return set_password(services, request); },
             {.id = "setMyPassword", .tag = "session", .summary = {"设置或修改密码", "Set or change the password"}, .request = http::of<NewPassword>(), .status = 204,
              .errors = {Code::invalid, Code::forbidden, Code::throttled}});
  add_token_routes(router, services);
}

}  // namespace jingwei::api
