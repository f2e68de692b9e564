// Indicators, reports, units: what is asked for, how it stands, who reports. Tasks, plans and reviews are in plan_task_routes.cpp.
#include "api/internal/steering_views.h"

namespace jingwei::api {
namespace {

using steering::IndicatorContent;
using steering::IndicatorPage;

std::string today_of(Services& services) { return shanghai_date(services.clock.now()); }

}  // namespace

std::string day_of(Services& services, const Request& request) {
  const std::string today = today_of(services);
  const auto text = request.query("as_of");
  if (!text || text->empty()) return today;
  const auto day = normalise_date(*text);
  if (!day || *day > today)
    throw Rejected(Code::invalid, "as_of", {"没有这一天，或还没到", "there is no such day, or it is still to come"}, {"如 2026-09-30", "such as 2026-09-30"});
  return *day;
}

namespace {

Response page_response(Services& services, store::Connection& connection, std::string_view id, const Caller& caller, const std::string& day, int status,
                       std::string_view period = "") {
  IndicatorPage page = services.steering.indicator(connection, caller.actor, id, day, today_of(services), period);
  name_deals(connection, page.lineage.rows);
  Response response = with_version(http::json_response(page, status), page.version);
  if (status == 201) response.set("Location", "/api/v1/indicators/" + page.id);
  return response;
}

awaitable<Response> list_indicators(Services& services, Request& request) {
  if (wants_sdmx(request)) co_return co_await sdmx_response(services, request);
  const Caller caller = identify(services, request);
  IndicatorsView view;
  view.as_of = day_of(services, request);
  view.today = today_of(services);
  co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    view.items = services.steering.indicators(*reader, caller.actor, view.as_of, view.today);
    view.may_steer = steering::steers(caller.actor, steering::Steering::units(*reader));
    return true;
  });
  co_return http::json_response(view);
}

awaitable<Response> get_indicator(Services& services, Request& request) {
  const Caller caller = identify(services, request);
  const std::string id(request.path_parameter("id"));
  const std::string day = day_of(services, request);
  const std::string period = query_or_empty(request, "period");
  std::optional<Response> response;
  co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    response = page_response(services, *reader, id, caller, day, 200, period);
    return true;
  });
  co_return std::move(*response);
}

awaitable<Response> define_indicator(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const auto body = http::read_body<IndicatorContent>(request);
  co_await require_sound_query(services, caller, body);
  const std::string day = today_of(services);
  co_return co_await change(services, request, caller, [&](store::Transaction& tx) { return services.steering.define(tx, caller.actor, body); },
                            [&](store::Connection& connection, const std::string& id) { return page_response(services, connection, id, caller, day, 201); });
}

awaitable<Response> redefine_indicator(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string id(request.path_parameter("id"));
  const auto version = require_version(request);
  const auto body = http::read_body<IndicatorChange>(request);
  co_await require_sound_query(services, caller, body);
  const std::string day = today_of(services);
  co_return co_await change(
      services, request, caller,
      [&](store::Transaction& tx) {
        services.steering.redefine(tx, caller.actor, id, version, body, body.reason);
        return id;
      },
      [&](store::Connection& connection, const std::string& written) { return page_response(services, connection, written, caller, day, 200); });
}

awaitable<Response> report(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string id(request.path_parameter("id"));
  const std::string period(request.path_parameter("period"));
  const std::optional<std::int64_t> version = request.header("If-Match") ? std::optional(require_version(request)) : std::nullopt;
  const auto body = http::read_body<steering::ReportWrite>(request);
  co_return co_await change(
      services, request, caller, [&](store::Transaction& tx) { return services.steering.act(tx, caller.actor, id, period, version, body); },
      [](store::Connection&, const steering::Observation& observation) { return with_version(http::json_response(observation), observation.version); });
}

awaitable<Response> list_dues(Services& services, Request& request) {
  const Caller caller = require_member(services, request);
  const bool all = request.query("all") == "true";
  DueReportsView view;
  view.today = today_of(services);
  co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    view.items = services.steering.dues(*reader, caller.actor, view.today, all);
    for (const auto& [name, unit] : steering::Steering::units(*reader))
      if (unit.organization_id && caller.actor.acts_for(*unit.organization_id)) view.departments.push_back(name);
    return true;
  });
  co_return http::json_response(view);
}

Response list_units(Services& services, const Request& request) {
  const Caller caller = require_member(services, request);
  if (!steering::reads_all(caller.actor)) throw Rejected(Code::forbidden, {"只有政府部门可以看责任单位", "Responsible units are for departments"});
  auto reader = services.readers.borrow();
  Items<SteeringUnitView> view;
  for (const auto& [name, unit] : steering::Steering::units(*reader)) {
    auto& shown = view.items.emplace_back();
    static_cast<steering::SteeringUnit&>(shown) = unit;
    if (unit.organization_id) shown.organization_name = registry::Registry::organization_name(*reader, *unit.organization_id);
  }
  return http::json_response(view);
}

awaitable<Response> get_unit(Services& services, Request& request) {
  const Caller caller = require_member(services, request);
  const std::string name(request.path_parameter("name"));
  UnitView view;
  co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    static_cast<steering::UnitPage&>(view) = services.steering.unit_page(*reader, caller.actor, name, today_of(services));
    if (view.organization_id) {
      view.organization_name = registry::Registry::organization_name(*reader, *view.organization_id);
      view.people = services.accounts.colleagues(*reader, caller.actor, *view.organization_id);
    }
    return true;
  });
  co_return http::json_response(view);
}

awaitable<Response> set_unit(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const auto body = http::read_body<steering::SteeringUnit>(request);
  co_return co_await change(
      services, request, caller,
      [&](store::Transaction& tx) {
        services.steering.set_unit(tx, caller.actor, body);
        return body;
      },
      [](store::Connection&, const steering::SteeringUnit& unit) { return http::json_response(unit); });
}

std::vector<http::QueryDoc> as_of_query() {
  return {http::query_of<std::string>("as_of", {"截至哪一天，如 2026-09-30；不写即今天", "as of the end of this day, such as 2026-09-30; today unless given"})};
}

void add_reading_routes(http::Router& router, Services& services) {
  using http::Method;
  router.add(Method::get, "/api/v1/indicators", [&services](Request& request) { return list_indicators(services, request); },
             {.id = "listIndicators",
              .tag = "steering",
              .summary = {"指标及其状态；没有登录的人看到公开指标。Accept 为 SDMX-CSV 2.0 时答各期数值", "Indicators and how they stand; public ones for visitors. With an Accept of SDMX-CSV 2.0: their observations"},
              .response = http::of<IndicatorsView>(),
              .query = as_of_query(),
              .errors = {Code::invalid},
              .access = http::Access::anyone});
  router.add(Method::get, "/api/v1/indicators/{id}", [&services](Request& request) { return get_indicator(services, request); },
             {.id = "getIndicator",
              .tag = "steering",
              .summary = {"一项指标：历史、路径、预测、来源", "One indicator: history, path, forecast, lineage"},
              .response = http::of<IndicatorPage>(),
              .query = {as_of_query()[0], http::query_of<std::string>("period", {"说哪一期的来源，如 2026-Q3；不写即页面上最近的数", "whose lineage is told, such as 2026-Q3; that of the latest figure unless given"})},
              .sends_etag = true,
              .errors = {Code::invalid, Code::not_found},
              .access = http::Access::anyone});
  router.add(Method::get, "/api/v1/reports/due", [&services](Request& request) { return list_dues(services, request); },
             {.id = "listDueReports",
              .tag = "steering",
              .summary = {"待填报和逾期的指标", "Reports that are due"},
              .response = http::of<DueReportsView>(),
              .query = {http::query_of<bool>("all", {"所有部门的，不只本单位的", "of all departments, not only one's own"})},
              .errors = {Code::forbidden}});
  router.add(Method::get, "/api/v1/steering-units", [&services](const Request& request) { return list_units(services, request); },
             {.id = "listSteeringUnits",
              .tag = "steering",
              .summary = {"责任单位及对应的组织", "Responsible units and their organizations"},
              .response = http::of<Items<SteeringUnitView>>(),
              .errors = {Code::forbidden}});
}

}  // namespace

void add_steering_routes(http::Router& router, Services& services) {
  using http::Method;
  add_reading_routes(router, services);
  add_trial_routes(router, services);
  add_steering_exports(router, services);
  router.add(Method::post, "/api/v1/indicators", [&services](Request& request) { return define_indicator(services, request); },
             {.id = "defineIndicator",
              .tag = "steering",
              .summary = {"定义指标", "Define an indicator"},
              .request = http::of<IndicatorContent>(),
              .response = http::of<IndicatorPage>(),
              .status = 201,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::conflict, Code::wrong_state, Code::too_large, Code::unavailable}});
  router.add(Method::put, "/api/v1/indicators/{id}", [&services](Request& request) { return redefine_indicator(services, request); },
             {.id = "redefineIndicator",
              .tag = "steering",
              .summary = {"修改指标定义，留下新版本", "Change a definition; the old version stays"},
              .request = http::of<IndicatorChange>(),
              .response = http::of<IndicatorPage>(),
              .needs_if_match = true,
              .accepts_key = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::conflict, Code::wrong_state, Code::version_mismatch, Code::too_large, Code::unavailable}});
  router.add(Method::post, "/api/v1/indicators/{id}/reports/{period}", [&services](Request& request) { return report(services, request); },
             {.id = "actOnReport",
              .tag = "steering",
              .summary = {"填报、退回、审定、更正一期数值", "Report, give back, approve or correct the figure of a period"},
              .request = http::of<steering::ReportWrite>(),
              .response = http::of<steering::Observation>(),
              .accepts_if_match = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::wrong_state}});
  router.add(Method::get, "/api/v1/steering-units/{name}", [&services](Request& request) { return get_unit(services, request); },
             {.id = "getSteeringUnit",
              .tag = "steering",
              .summary = {"一个责任单位的全部：指标、承诺、任务、填报，和一个季度前", "All that a responsible unit has: indicators, promises, tasks, reports, and a quarter before"},
              .response = http::of<UnitView>(),
              .errors = {Code::forbidden, Code::not_found}});
  router.add(Method::put, "/api/v1/steering-units", [&services](Request& request) { return set_unit(services, request); },
             {.id = "setSteeringUnit",
              .tag = "steering",
              .summary = {"指定责任单位对应的组织", "Say which organization a responsible unit is"},
              .request = http::of<steering::SteeringUnit>(),
              .response = http::of<steering::SteeringUnit>(),
              .accepts_key = true,
              .errors = {Code::invalid, Code::forbidden}});
}

}  // namespace jingwei::api
