// The fusion index from the register of county figures: as JSON for the page, as the table that everything is computed again from, and
// the rows behind one picture.
#include "api/internal/downloads.h"
#include "api/internal/fusion_files.h"
#include "api/internal/views.h"

namespace jingwei::api {
namespace {

constexpr std::string_view kFigures = "county-figures";

struct CountyName {
  std::string county;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(CountyName, (), (county, name))

struct FusionView {
  fusion::Normalisation normalisation = fusion::Normalisation::min_max;
  fusion::Weighting weighting = fusion::Weighting::entropy;
  std::vector<fusion::Indicator> indicators;
  std::vector<double> alpha;
  std::vector<double> weights;
  std::vector<CountyName> counties;
  std::vector<fusion::Place> places;
  std::optional<std::int64_t> latest_year;  ///< as fusion::latest_year()
  std::vector<fusion::Comparison> compared;
  std::vector<fusion::Steadiness> steadiness;
  std::int64_t runs = fusion::kRuns;
  std::vector<Bilingual> cautions;
};
BOOST_DESCRIBE_STRUCT(FusionView, (), (normalisation, weighting, indicators, alpha, weights, counties, places, latest_year, compared, steadiness, runs, cautions))

std::vector<fusion::Observation> observations(Services& services, const identity::Actor& actor) {
  std::vector<fusion::Observation> all;
  registry::EntryFilter filter;
  filter.register_id = kFigures;
  filter.state = registry::EntryState::published;
  auto reader = services.readers.borrow();
  services.registry.each(*reader, actor, filter, [&](const registry::Entry& entry) {
    const auto& fields = entry.fields;
    const auto text = [&](std::string_view id) { return fields.contains(id) ? std::string(fields.at(id).as_string()) : std::string(); };
    all.push_back({text("county"), static_cast<int>(fields.at("year").to_number<std::int64_t>()), text("indicator"), fields.at("value").to_number<double>(), text("source"),
                   fields.contains("fictional") && fields.at("fictional").as_bool()});
  });
  return all;
}

fusion::Settings settings_of(const Request& request) {
  fusion::Settings settings;
  settings.normalisation = enum_query<fusion::Normalisation>(request, "normalisation").value_or(settings.normalisation);
  settings.weighting = enum_query<fusion::Weighting>(request, "weighting").value_or(settings.weighting);
  return settings;
}

awaitable<Response> get_fusion(Services& services, PolicyServices& policies, Request& request) {
  const Caller caller = identify(services, request);
  const auto settings = settings_of(request);
  co_return co_await services.server.run_on_workers([&] {
    auto index = fusion_index(services, policies, caller.actor, settings);
    FusionView view;
    view.normalisation = settings.normalisation;
    view.weighting = settings.weighting;
    view.indicators = policies.fusion_indicators.all;
    view.alpha.assign(policies.fusion_indicators.alpha.begin(), policies.fusion_indicators.alpha.end());
    view.weights = std::move(index.weights);
    for (const auto& place : index.places) {
      if (std::ranges::any_of(view.counties, [&](const CountyName& known) { return known.county == place.county; })) continue;
      const Region* region = services.registry.definitions().regions().find(place.county);
      view.counties.push_back({place.county, region == nullptr ? place.county : region->name});
    }
    view.latest_year = fusion::latest_year(index);
    view.compared = fusion::comparisons(index);
    view.places = std::move(index.places);
    view.steadiness = std::move(index.steadiness);
    view.cautions = fusion::cautions();
    return http::json_response(view);
  });
}

/// The picture whose rows are asked for; absent: all there is.
std::optional<fusion::PictureChoice> picture_of(const Request& request) {
  const auto picture = enum_query<fusion::Picture>(request, "picture");
  if (!picture) return std::nullopt;
  return fusion::PictureChoice{*picture, year_query(request, "year"), query_or_empty(request, "county")};
}

awaitable<Response> export_fusion(Services& services, PolicyServices& policies, Request& request, TableFormat format) {
  const Caller caller = identify(services, request);
  const auto settings = settings_of(request);
  const auto choice = picture_of(request);
  const bool english = reads_english(caller, request);
  co_return co_await services.server.run_on_workers([&] {
    const auto index = fusion_index(services, policies, caller.actor, settings);
    const auto names = county_names(services, index);
    const auto all = [&] { return fusion::table_sheet(policies.fusion_indicators, index, settings); };
    // As CSV everything is the table that a script computes again; the workbook has people's table before it.
    if (!choice && format == TableFormat::csv) return table_response(format, workbook_of(services, english, all()), "fusion");
    auto book = workbook_of(services, english, choice ? fusion::picture_sheet(index, *choice, names, english) : fusion::index_sheet(index, names, english));
    book.sheets.push_back(choice ? fusion::about_sheet(settings, english) : all());
    return table_response(format, book, choice ? book.title : english ? "fusion-index" : "四链融合度");
  });
}

std::vector<http::QueryDoc> settings_query() {
  return {http::query_of<fusion::Normalisation>("normalisation", {"归一：最小最大（默认）或参照值", "normalisation: least and most of the panel (default), or reference values"}),
          http::query_of<fusion::Weighting>("weighting", {"权重：熵值（默认）或给定", "weights: entropy (default), or as given"})};
}

std::vector<http::QueryDoc> download_query() {
  auto query = settings_query();
  query.push_back(http::query_of<fusion::Picture>("picture", {"只要一张图背后的行：levels 四链水平，degrees 各县融合度；不写即全部", "the rows behind one picture alone: levels, or degrees by county; everything unless given"}));
  query.push_back(http::query_of<std::int64_t>("year", {"图的年度；不写即各县都有数的最近一年", "year of the picture; the last in which all counties have an index unless given"}));
  query.push_back(http::query_of<std::string>("county", {"四链水平图：与最高的县比哪个县，行政区划代码；不写即最高和最低", "of levels: division code of the county beside the highest; the highest and the lowest unless given"}));
  return query;
}

}  // namespace

fusion::Index fusion_index(Services& services, const PolicyServices& policies, const identity::Actor& actor, const fusion::Settings& settings) {
  return fusion::compute(policies.fusion_indicators, observations(services, actor), settings);
}

fusion::CountyNames county_names(Services& services, const fusion::Index& index) {
  fusion::CountyNames names;
  for (const auto& place : index.places)
    if (const Region* region = services.registry.definitions().regions().find(place.county)) names.emplace(place.county, region->name);
  return names;
}

void add_fusion_routes(http::Router& router, Services& services, PolicyServices& policies) {
  using http::Access;
  using http::Method;
  router.add(Method::get, "/api/v1/fusion", [&services, &policies](Request& request) { return get_fusion(services, policies, request); },
             {.id = "getFusion",
              .tag = "fusion",
              .summary = {"四链融合度：分县分年、贡献、先补什么、稳不稳", "The fusion index by county and year, contributions, what to raise first, steadiness"},
              .response = http::of<FusionView>(),
              .query = settings_query(),
              .errors = {Code::invalid},
              .access = Access::anyone});
  add_table_routes(router, "/api/v1/fusion",
                   {.id = "exportFusion",
                    .tag = "fusion",
                    .summary = {"融合度全表，可用 docs/fusion/recompute.mjs 复算；或一张图背后的行", "The whole table, which docs/fusion/recompute.mjs computes again; or the rows behind one picture"},
                    .query = download_query(),
                    .errors = {Code::invalid},
                    .access = Access::anyone},
                   [&services, &policies](Request& request, TableFormat format) { return export_fusion(services, policies, request, format); });
}

}  // namespace jingwei::api
