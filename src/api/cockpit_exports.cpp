// The pictures of the cockpit as files: those of steering, and with them those of the fusion index.
#include "api/internal/fusion_files.h"
#include "api/internal/steering_files.h"

namespace jingwei::api {
namespace {

/// The pictures of the index as the page shows them, and what must be said of them, before and in the sheet "about".
void add_fusion(Services& services, const PolicyServices& policies, const Caller& caller, const std::string& county, bool english, office::Workbook& book) {
  const fusion::Settings settings;
  const auto index = fusion_index(services, policies, caller.actor, settings);
  if (!fusion::latest_year(index)) return;
  const auto names = county_names(services, index);
  for (const auto picture : {fusion::Picture::levels, fusion::Picture::degrees})
    book.sheets.insert(book.sheets.end() - 1, fusion::picture_sheet(index, {picture, std::nullopt, county}, names, english));
  for (auto& row : fusion::about_sheet(settings, english).rows) book.sheets.back().rows.push_back(std::move(row));
}

awaitable<Response> export_cockpit(Services& services, PolicyServices& policies, Request& request, TableFormat format) {
  const Caller caller = require_member(services, request);
  const auto picture = enum_query<steering::CockpitPicture>(request, "picture");
  if (!picture && format == TableFormat::csv)
    throw Rejected(Code::invalid, "picture", {"CSV 只放得下一张表", "CSV has room for one table"}, {"选一张图，或下载 XLSX", "choose a picture, or download XLSX"});
  const auto filter = indicator_filter(request);
  const std::string county = query_or_empty(request, "county");
  const std::string day = today_of(services);
  co_return co_await made(services, caller, request, day, [&](store::Connection& connection, const steering::ExportFrame& frame) {
    auto tasks = services.steering.tasks(connection, caller.actor, {}, frame.day);
    if (!filter.unit.empty()) std::erase_if(tasks, [&](const steering::TaskView& task) { return std::ranges::count(steering::leads_of(task.duties), filter.unit) == 0; });
    auto book = steering::cockpit_workbook(frame, indicators_of(services, connection, caller, frame.day, filter), tasks, picture);
    if (!picture) add_fusion(services, policies, caller, county, frame.language == identity::Language::en, book);
    const std::string name = picture ? book.sheets.front().name : frame.language == identity::Language::en ? "cockpit" : "驾驶舱";
    return table_response(format, book, name + "-" + frame.day);
  });
}

}  // namespace

void add_cockpit_exports(http::Router& router, Services& services, PolicyServices& policies) {
  auto query = chain_and_unit_query();
  query.push_back(http::query_of<steering::CockpitPicture>("picture", {"哪张图；不写即全部，含融合度（只有 XLSX）", "which picture; all with those of the fusion index unless given (XLSX alone)"}));
  query.push_back(http::query_of<std::string>("county", {"四链水平图：与最高的县比哪个县，行政区划代码", "of the levels of the four chains: division code of the county beside the highest"}));
  add_table_routes(router, "/api/v1/cockpit",
                   {.id = "exportCockpit", .tag = "steering", .summary = {"驾驶舱各图的表和图", "Tables and charts of the cockpit"}, .query = query, .errors = {Code::invalid, Code::forbidden}},
                   [&services, &policies](Request& request, TableFormat format) { return export_cockpit(services, policies, request, format); });
}

}  // namespace jingwei::api
