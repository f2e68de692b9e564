// Appraisal of platforms: schemes, the table of a year beside what was confirmed, confirming, one platform explained. Departments see all,
// owners their own.
#include <algorithm>

#include "api/internal/appraisal_views.h"
#include "api/internal/downloads.h"
#include "api/policies.h"
#include "base/time.h"
#include "policy/sheet.h"

namespace jingwei::api {
namespace {

using policy::AppraisalResult;
using policy::AppraisalScheme;

bool sees_all(const identity::Actor& actor) {
  return actor.has(identity::Role::department) || actor.has(identity::Role::administrator) || actor.has(identity::Role::auditor);
}

std::int64_t last_full_year(Services& services) { return year_of(shanghai_date(services.clock.now()).substr(0, 4)) - 1; }

/// The table of a scheme and a year, as the read model has it now.
using Appraise = std::function<std::shared_ptr<const AppraisalResult>(const AppraisalScheme& scheme, std::int64_t year)>;

/// Runs `work` on the read model's own threads, where a long query holds up nobody else.
template <class Work>
awaitable<std::invoke_result_t<Work&, const Appraise&>> on_tables(Services& services, PolicyServices& policies, Work work) {
  using Result = std::invoke_result_t<Work&, const Appraise&>;
  struct Done {
    std::optional<Result> result;
    std::exception_ptr failed;
  };
  Done done = co_await http::async_result<Done>([&](auto finish) {
    services.analytics.later([&services, &policies, &work, finish = std::move(finish)]() mutable {
      const auto ask = [&](const std::string& sql) { return services.analytics.ask(analytics::Sight::everything, sql, {.rows_max = analytics::kDownloadRowsMax}); };
      Done told;
      try {
        told.result = work([&](const AppraisalScheme& scheme, std::int64_t year) { return policies.kept_appraisals.of(scheme, year, services.analytics.applied_seq(), ask); });
      } catch (...) {
        told.failed = std::current_exception();
      }
      finish(std::move(told));
    });
  });
  if (done.failed) std::rethrow_exception(done.failed);
  co_return std::move(*done.result);
}

/// Leaves what the caller may see: everything, or the platforms of the caller's own organization.
AppraisalResult visible(AppraisalResult result, const identity::Actor& actor) {
  if (sees_all(actor)) return result;
  const auto foreign = [&](const policy::AppraisedPlatform& platform) { return !actor.acts_for(platform.owner_id); };
  for (auto& scores : result.classes) std::erase_if(scores.rows, [&](const policy::PlatformScore& row) { return foreign(row.platform); });
  std::erase_if(result.without_class, foreign);
  return result;
}

AppraisalTable table_for(store::Connection& connection, const AppraisalScheme& scheme, const AppraisalResult& result, const identity::Actor& actor, std::int64_t last_full_year) {
  AppraisalTable table;
  table.all = sees_all(actor);
  table.sha256 = policy::digest_of(scheme, result);
  table.may_confirm = policy::may_confirm(actor) && result.year <= last_full_year;
  for (const auto& of : scheme.classes)
    if (policy::is_trial(scheme, of)) table.trial.push_back(of.id);
  table.versions = policy::confirmations(connection, scheme.id, result.year);
  if (auto confirmed = policy::confirmed_appraisal(connection, scheme.id, result.year)) {
    table.differences = policy::differences(confirmed->result, result);
    std::erase_if(table.differences, [&](const policy::AppraisalDifference& one) { return !table.all && !actor.acts_for(one.owner_id); });
    table.confirmed = ConfirmedView{*confirmed, evidence::statements_about(connection, confirmed->id), confirmed->scheme.grades, visible(std::move(confirmed->result), actor),
                                    to_json(confirmed->scheme) != to_json(scheme)};
  }
  table.result = visible(result, actor);
  return table;
}

void require_appraisal_reader(const Caller& caller) {
  if (!sees_all(caller.actor) && caller.actor.organization_id.empty())
    throw Rejected(Code::forbidden, {"评价结果只给主管部门和平台依托单位看", "Results are for departments and hosts of platforms"});
}

awaitable<Response> appraisal_table(Services& services, PolicyServices& policies, Request& request) {
  const Caller caller = require_member(services, request);
  require_appraisal_reader(caller);
  const AppraisalScheme& scheme = policies.appraisals.require(request.path_parameter("id"));
  const auto year = year_of(request.path_parameter("year"));
  const auto result = co_await on_tables(services, policies, [&](const Appraise& appraise) { return appraise(scheme, year); });
  co_return co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    return http::json_response(table_for(*reader, scheme, *result, caller.actor, last_full_year(services)));
  });
}

/// Confirms what the caller saw, or corrects what was confirmed.
awaitable<Response> confirm_appraisal(Services& services, PolicyServices& policies, Request& request) {
  const Caller caller = require_writer(services, request);
  if (!policy::may_confirm(caller.actor)) throw Rejected(Code::forbidden, {"只有主管部门可以确认评价结果", "Only departments confirm results"});
  const AppraisalScheme& scheme = policies.appraisals.require(request.path_parameter("id"));
  const auto year = year_of(request.path_parameter("year"));
  const auto version = request.header("If-Match") ? std::optional(require_version(request)) : std::nullopt;
  const auto body = http::read_body<policy::ConfirmationWrite>(request);
  const auto result = co_await on_tables(services, policies, [&](const Appraise& appraise) { return appraise(scheme, year); });
  co_return co_await change(
      services, request, caller,
      [&](store::Transaction& tx) { return policy::confirm_appraisal(tx, caller.actor, services.issuer, scheme, *result, version, body); },
      [](store::Connection&, const policy::AppraisalConfirmation& made) { return with_version(http::json_response(made, 201), made.version); });
}

/// One version as it was confirmed.
Response confirmed_version(Services& services, PolicyServices& policies, const Request& request) {
  const Caller caller = require_member(services, request);
  require_appraisal_reader(caller);
  const AppraisalScheme& scheme = policies.appraisals.require(request.path_parameter("id"));
  const auto year = year_of(request.path_parameter("year"));
  const std::string text(request.path_parameter("version"));
  auto reader = services.readers.borrow();
  for (const auto& one : policy::confirmations(*reader, scheme.id, year)) {
    if (std::to_string(one.version) != text) continue;
    auto confirmed = *policy::confirmed_appraisal(*reader, scheme.id, year, one.version);
    confirmed.result = visible(std::move(confirmed.result), caller.actor);
    return with_version(http::json_response(confirmed), one.version);
  }
  throw Rejected(Code::not_found, {"没有这一版确认", "There is no such confirmation"});
}

awaitable<Response> appraisal_download(Services& services, PolicyServices& policies, Request& request, TableFormat format) {
  const Caller caller = require_member(services, request);
  if (!sees_all(caller.actor)) throw Rejected(Code::forbidden, {"只有主管部门可以导出", "Only departments export"});
  const AppraisalScheme& scheme = policies.appraisals.require(request.path_parameter("id"));
  const auto year = year_of(request.path_parameter("year"));
  const bool english = reads_english(caller, request);
  const auto result = co_await on_tables(services, policies, [&](const Appraise& appraise) { return appraise(scheme, year); });
  co_return co_await services.server.run_on_workers([&] {
    std::optional<policy::ConfirmedAppraisal> confirmed;
    {
      auto reader = services.readers.borrow();
      confirmed = policy::confirmed_appraisal(*reader, scheme.id, year);
    }
    auto book = workbook_of(services, english, {});
    book.title = (english ? scheme.title.en : scheme.title.zh) + " " + std::to_string(year);
    book.sheets = policy::appraisal_sheets(scheme, *result, confirmed ? &*confirmed : nullptr, english);
    return table_response(format, book, book.title);
  });
}

struct Found {
  const policy::ClassScores* scores = nullptr;
  const policy::PlatformScore* row = nullptr;
};
Found find_platform(const AppraisalResult& result, std::string_view platform) {
  for (const auto& scores : result.classes)
    for (const auto& row : scores.rows)
      if (row.platform.id == platform) return {&scores, &row};
  return {};
}

AppraisalPage explained(const AppraisalScheme& scheme, std::string_view platform, std::int64_t year, const identity::Actor& actor, const Appraise& appraise) {
  const Rejected none(Code::not_found, {"没有这个平台的评价", "There is no appraisal of such a platform"});
  const auto result = appraise(scheme, year);
  const auto [scores, row] = find_platform(*result, platform);
  if (row == nullptr || (!sees_all(actor) && !actor.acts_for(row->platform.owner_id))) throw none;
  const auto& of = *std::ranges::find(scheme.classes, scores->class_id, &policy::AppraisalClass::id);
  AppraisalPage page{year, of.id, policy::is_trial(scheme, of), result->feed_seq, *row, policy::explain(scheme, of, *row, scores->rows.size()), {}, {}, {}, {}};
  for (std::int64_t each = std::max(scheme.first_year, year - policy::kAppraisalYearsShown + 1); each <= year; ++each) {
    const auto then = each == year ? result : appraise(scheme, each);
    if (const auto found = find_platform(*then, platform); found.row != nullptr)
      page.years.push_back({each, found.row->low, found.row->high, found.row->grade_low, found.row->grade_high, found.row->rank_best, found.row->rank_worst,
                            static_cast<std::int64_t>(found.scores->rows.size()), {}});
  }
  return page;
}

/// What was confirmed of the platform, in the year asked for and in those before.
void add_confirmed(store::Connection& connection, const AppraisalScheme& scheme, std::string_view platform, const AppraisalResult& now, AppraisalPage& page) {
  for (auto& each : page.years) {
    const auto confirmed = policy::confirmed_appraisal(connection, scheme.id, each.year);
    if (!confirmed) continue;
    if (const auto then = find_platform(confirmed->result, platform); then.row != nullptr) each.confirmed = policy::standing_of(*then.row);
    if (each.year != page.year) continue;
    page.confirmation = *confirmed;
    page.confirmed_grades = confirmed->scheme.grades;
    for (auto& one : policy::differences(confirmed->result, now))
      if (one.platform == platform) page.difference = std::move(one);
  }
}

awaitable<Response> appraisal_page(Services& services, PolicyServices& policies, Request& request) {
  const Caller caller = require_member(services, request);
  require_appraisal_reader(caller);
  const AppraisalScheme& scheme = policies.appraisals.require(request.path_parameter("id"));
  const std::string platform(request.path_parameter("platform"));
  const auto asked = year_query(request, "year");
  const auto year = asked ? *asked : last_full_year(services);
  std::shared_ptr<const AppraisalResult> now;
  AppraisalPage page = co_await on_tables(services, policies, [&](const Appraise& appraise) {
    now = appraise(scheme, year);
    return explained(scheme, platform, year, caller.actor, appraise);
  });
  co_return co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    add_confirmed(*reader, scheme, platform, *now, page);
    return http::json_response(page);
  });
}

}  // namespace

void add_appraisal_routes(http::Router& router, Services& services, PolicyServices& policies) {
  using http::Method;
  const std::string one = "/api/v1/appraisals/{id}";
  router.add(Method::get, "/api/v1/appraisals", [&policies](const Request&) { return http::json_response(Items<AppraisalScheme>{policies.appraisals.schemes()}); },
             {.id = "listAppraisals",
              .tag = "appraisals",
              .summary = {"分类评价办法：类别、权重、计分、等级", "Schemes of appraisal: classes, weights, rules, grades"},
              .response = http::of<Items<AppraisalScheme>>(),
              .access = http::Access::anyone});
  router.add(Method::get, one + "/years/{year}", [&services, &policies](Request& request) { return appraisal_table(services, policies, request); },
             {.id = "getAppraisal",
              .tag = "appraisals",
              .summary = {"一年的评价结果：部门看全部，依托单位看自己的", "Results of a year: all for departments, one's own for hosts"},
              .response = http::of<AppraisalTable>(),
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::too_large, Code::unavailable}});
  add_table_routes(router, one + "/years/{year}/table",
                   {.id = "exportAppraisal",
                    .tag = "appraisals",
                    .summary = {"评价结果，旁边是确认的结果", "Results beside what was confirmed"},
                    .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::too_large, Code::unavailable}},
                   [&services, &policies](Request& request, TableFormat format) { return appraisal_download(services, policies, request, format); });
  router.add(Method::post, one + "/years/{year}/confirmations", [&services, &policies](Request& request) { return confirm_appraisal(services, policies, request); },
             {.id = "confirmAppraisal",
              .tag = "appraisals",
              .summary = {"确认一年的结果，或带原因更正已确认的结果", "Confirm the result of a year, or correct a confirmed one with a reason"},
              .request = http::of<policy::ConfirmationWrite>(),
              .response = http::of<policy::AppraisalConfirmation>(),
              .status = 201,
              .accepts_if_match = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::conflict, Code::wrong_state, Code::version_mismatch, Code::too_large, Code::unavailable,
                         Code::storage_full}});
  router.add(Method::get, one + "/years/{year}/confirmations/{version}",
             [&services, &policies](const Request& request) { return confirmed_version(services, policies, request); },
             {.id = "getConfirmedAppraisal",
              .tag = "appraisals",
              .summary = {"一版确认：当时的办法和结果", "One confirmation: scheme and result as they were"},
              .response = http::of<policy::ConfirmedAppraisal>(),
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found}});
  router.add(Method::get, one + "/platforms/{platform}", [&services, &policies](Request& request) { return appraisal_page(services, policies, request); },
             {.id = "explainAppraisal",
              .tag = "appraisals",
              .summary = {"一个平台的得分：逐项的数值、来源、得分和再进一步", "One platform: figure, source, points and next step of each criterion"},
              .response = http::of<AppraisalPage>(),
              .query = {http::query_of<std::int64_t>("year", {"年份；不写即上一个整年", "the last full year unless given"})},
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::too_large, Code::unavailable}});
}

}  // namespace jingwei::api
