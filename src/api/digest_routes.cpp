// Rounds and digests: what each side is told, read and unread; rounds, their progress and mail for administrators; exposure of owners.
#include <charconv>

#include "api/internal/views.h"

namespace jingwei::api {
namespace {

using digest::Digest;
using digest::DigestSummary;
using digest::ExposureReport;
using digest::Round;
using digest::RoundState;
using identity::Actor;
using identity::Role;

constexpr std::chrono::milliseconds kProgressPause{200};
constexpr std::int64_t kDaysUsual = 30;
constexpr std::size_t kOwnersShown = 200;

void require_role(const Actor& actor, std::initializer_list<Role> roles, Bilingual who) {
  for (const Role role : roles)
    if (actor.has(role)) return;
  throw Rejected(Code::forbidden, std::move(who));
}

Caller require_overseer(Services& services, const Request& request) {
  Caller caller = require_member(services, request);
  require_role(caller.actor, {Role::department, Role::administrator, Role::auditor},
               {"只有主管部门、管理员和审计员可以查看", "Only departments, administrators and auditors may see this"});
  return caller;
}

Round require_round(store::Connection& connection, std::string_view id) {
  if (auto round = digest::Rounds::find(connection, id)) return std::move(*round);
  throw Rejected(Code::not_found, {"没有这一轮匹配", "There is no such round"});
}

// ---- digests ----

Response list_digests(Services& services, const Request& request) {
  const Caller caller = require_member(services, request);
  auto reader = services.readers.borrow();
  auto page = services.digests.list(*reader, caller.actor, query_or_empty(request, "cursor"), limit_of(request));
  return http::json_response(DigestsView{std::move(page.items), page.next_cursor.empty() ? std::nullopt : std::optional(page.next_cursor), page.total});
}

awaitable<Response> get_digest(Services& services, Request& request) {
  const Caller caller = require_member(services, request);
  const std::string id(request.path_parameter("id"));
  co_return co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    return http::json_response(services.digests.require(*reader, caller.actor, id));
  });
}

awaitable<Response> mark_digest(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string id(request.path_parameter("id"));
  const auto body = http::read_body<DigestRead>(request);
  co_return co_await change(
      services, request, caller, [&](store::Transaction& tx) { return services.digests.mark_read(tx, caller.actor, id, body.read); },
      [](store::Connection&, const DigestSummary& summary) { return http::json_response(summary); });
}

// ---- rounds ----

awaitable<Response> ask_round(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  require_role(caller.actor, {Role::administrator}, {"只有管理员可以开始一轮匹配", "Only administrators begin a round"});
  std::optional<Round> begun;  // stays empty when the key was answered before
  Response response = co_await change(
      services, request, caller, [&](store::Transaction& tx) { return *(begun = digest::Rounds::begin(tx, digest::Cause::asked, services.round_holder)); },
      [](store::Connection&, const Round& round) {
        Response made = http::json_response(round, 202);
        made.set("Location", "/api/v1/rounds/" + round.id);
        return made;
      });
  if (begun) services.run_round(*begun);
  co_return response;
}

awaitable<void> follow(Services& services, Request& request, http::EventStream& stream) {
  (void)require_overseer(services, request);
  const std::string id(request.path_parameter("id"));
  std::string last;
  while (true) {
    Round round;
    {
      auto reader = services.readers.borrow();
      round = require_round(*reader, id);
    }
    std::string data = json::serialize(to_json(round));
    if (data != last && !co_await stream.send("progress", data)) co_return;
    if (round.state != RoundState::running) co_return;
    last = std::move(data);
    if (!co_await stream.wait(kProgressPause)) co_return;
  }
}

awaitable<Response> mail_of_round(Services& services, Request& request) {
  const Caller caller = require_member(services, request);
  require_role(caller.actor, {Role::administrator}, {"只有管理员可以下载邮件", "Only administrators download mail"});
  const std::string id(request.path_parameter("id"));
  const std::string format = query_or_empty(request, "format");
  if (!format.empty() && format != "mbox" && format != "jsonl")
    throw Rejected(Code::invalid, "format", {"只有 mbox 和 jsonl 两种格式", "the format is mbox or jsonl"}, {"改为其中一种", "choose one of them"});
  const bool lines = format == "jsonl";
  std::string file = co_await services.server.run_on_workers([&] {
    const digest::Letters letters(services.digests, digest::sender_of({services.node.title_zh, services.node.title_en}, services.node.origin));
    auto reader = services.readers.borrow();
    const auto all = letters.of_round(*reader, id);
    return lines ? digest::Letters::json_lines(all) : letters.mbox(all);
  });
  Response response = http::bytes_response(std::move(file), lines ? "application/jsonl; charset=utf-8" : "application/mbox");
  response.set("Content-Disposition", lines ? "attachment; filename=\"digests.jsonl\"" : "attachment; filename=\"digests.mbox\"");
  co_return response;
}

// ---- exposure ----

std::int64_t days_of(const Request& request) {
  const auto text = request.query("days");
  if (!text) return kDaysUsual;
  std::int64_t days = 0;
  const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), days);
  return failed == std::errc() && end == text->data() + text->size() ? days : 0;  // 0 is refused with the range
}

awaitable<Response> exposure(Services& services, Request& request, bool csv) {
  (void)require_overseer(services, request);
  const std::int64_t days = days_of(request);
  const ExposureReport report = co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    return services.digests.exposure(*reader, services.clock.now(), days, csv ? 0 : kOwnersShown);
  });
  if (!csv) co_return http::json_response(report);
  Response response = http::bytes_response(digest::Digests::exposure_csv(report), "text/csv; charset=utf-8");
  response.set("Content-Disposition", "attachment; filename=\"exposure.csv\"");
  co_return response;
}

void add_round_routes(http::Router& router, Services& services) {
  using http::Method;
  router.add(Method::post, "/api/v1/rounds", [&services](Request& request) { return ask_round(services, request); },
             {.id = "startRound",
              .tag = "rounds",
              .summary = {"现在就匹配一轮", "Match everybody with everybody now"},
              .response = http::of<Round>(),
              .status = 202,
              .errors = {Code::forbidden, Code::wrong_state}});
  router.add(Method::get, "/api/v1/rounds", [&services](const Request& request) -> Response {
    (void)require_overseer(services, request);
    auto reader = services.readers.borrow();
    return http::json_response(Items<Round>{digest::Rounds::list(*reader, limit_of(request))});
  }, {.id = "listRounds",
      .tag = "rounds",
      .summary = {"匹配轮次，最近的在前", "Rounds, newest first"},
      .response = http::of<Items<Round>>(),
      .query = {http::query_of<std::int64_t>("limit", {"最多几条", "at most so many"})},
      .errors = {Code::invalid, Code::forbidden}});
  router.add(Method::get, "/api/v1/rounds/{id}", [&services](const Request& request) -> Response {
    (void)require_overseer(services, request);
    auto reader = services.readers.borrow();
    return http::json_response(require_round(*reader, request.path_parameter("id")));
  }, {.id = "getRound", .tag = "rounds", .summary = {"一轮匹配", "One round"}, .response = http::of<Round>(), .errors = {Code::forbidden, Code::not_found}});
  router.add_stream("/api/v1/rounds/{id}/events", [&services](Request& request, http::EventStream& stream) { return follow(services, request, stream); },
                    {.id = "followRound",
                     .tag = "rounds",
                     .summary = {"匹配进度（事件流）", "Progress as server-sent events"},
                     .response = http::events_of<Round>(),
                     .errors = {Code::forbidden, Code::not_found}});
  router.add(Method::get, "/api/v1/rounds/{id}/mail", [&services](Request& request) { return mail_of_round(services, request); },
             {.id = "getRoundMail",
              .tag = "rounds",
              .summary = {"一轮匹配的邮件（mbox 或 JSON 行）；系统不发邮件", "Mail of a round as mbox or JSON lines; nothing is sent"},
              .response = http::text_of("application/mbox"),
              .query = {http::query_of<std::string>("format", {"mbox 或 jsonl", "mbox or jsonl"})},
              .errors = {Code::invalid, Code::forbidden, Code::not_found}});
}

void add_exposure_routes(http::Router& router, Services& services) {
  using http::Method;
  const auto days = [] { return std::vector<http::QueryDoc>{http::query_of<std::int64_t>("days", {"最近几天，1 至 60", "the last so many days, 1 to 60"})}; };
  router.add(Method::get, "/api/v1/exposure", [&services](Request& request) { return exposure(services, request, false); },
             {.id = "getExposure",
              .tag = "rounds",
              .summary = {"各供给单位被推送和联系的次数", "How often each owner's supplies were told of and taken up"},
              .response = http::of<ExposureReport>(),
              .query = days(),
              .errors = {Code::invalid, Code::forbidden}});
  router.add(Method::get, "/api/v1/exposure.csv", [&services](Request& request) { return exposure(services, request, true); },
             {.id = "getExposureCsv",
              .tag = "rounds",
              .summary = {"同上，全部单位的表格", "The same for all owners, as a table"},
              .response = http::text_of("text/csv"),
              .query = days(),
              .errors = {Code::invalid, Code::forbidden}});
}

}  // namespace

void add_digest_routes(http::Router& router, Services& services) {
  using http::Method;
  router.add(Method::get, "/api/v1/digests", [&services](const Request& request) { return list_digests(services, request); },
             {.id = "listDigests",
              .tag = "digests",
              .summary = {"本单位的匹配简报", "Digests of one's organization"},
              .response = http::of<DigestsView>(),
              .query = http::list_query({}),
              .errors = {Code::invalid}});
  router.add(Method::get, "/api/v1/digests/{id}", [&services](Request& request) { return get_digest(services, request); },
             {.id = "getDigest", .tag = "digests", .summary = {"一份匹配简报", "One digest"}, .response = http::of<Digest>(), .errors = {Code::not_found}});
  router.add(Method::put, "/api/v1/digests/{id}/read", [&services](Request& request) { return mark_digest(services, request); },
             {.id = "markDigest",
              .tag = "digests",
              .summary = {"标为已读或未读", "Mark as read or unread"},
              .request = http::of<DigestRead>(),
              .response = http::of<DigestSummary>(),
              .accepts_key = true,
              .errors = {Code::invalid, Code::not_found}});
  add_round_routes(router, services);
  add_exposure_routes(router, services);
}

}  // namespace jingwei::api
