// The industry atlas: chains, one chain with its measures and lists, one node with what the registers hold about its segment.
#include <array>

#include "api/internal/atlas_views.h"
#include "api/internal/downloads.h"
#include "atlas/sheet.h"
#include "base/time.h"

namespace jingwei::api {
namespace {

constexpr std::size_t kPositionsShownMax = 200;
constexpr std::size_t kEntriesShown = 10;  ///< of each register on a node's page
constexpr std::array<std::string_view, 5> kNodeRegisters = {"needs", "achievements", "persons", "instruments", "platforms"};

/// The division that the reader looks from: the node's own unless another is asked for.
const Region& region_of(const Services& services, const Request& request) {
  const std::string asked = query_or_empty(request, "region");
  if (const Region* region = services.registry.definitions().regions().find(asked.empty() ? services.node.region : asked)) return *region;
  throw Rejected(Code::invalid, "region", {"没有这个行政区划代码", "There is no such division code"},
                 {"用 6 位代码，如 330400", "use a 6-digit code such as 330400"});
}

awaitable<Response> list_chains(Services& services, Request& request) {
  const Region& region = region_of(services, request);
  AtlasOverview view{view_of(region), {}};
  view.items = co_await services.server.run_on_workers([&] { return services.atlas()->chains(region.code); });
  co_return http::json_response(view);
}

awaitable<Response> get_chain(Services& services, Request& request) {
  const Region& region = region_of(services, request);
  const std::string chain(request.path_parameter("chain"));
  AtlasChain view;
  view.region = view_of(region);
  view.thresholds = atlas::thresholds_on(services.atlas_thresholds, shanghai_date(services.clock.now()));
  std::string body = co_await services.server.run_on_workers([&] {
    static_cast<atlas::ChainReport&>(view) = services.atlas()->report(chain, region.code, view.thresholds);
    return json::serialize(to_json(view));
  });
  co_return http::bytes_response(std::move(body), "application/json; charset=utf-8");
}

atlas::ChainNames names_of(Services& services, bool english) {
  const auto& definitions = services.registry.definitions();
  return {[&definitions, english](std::string_view list, std::string_view code) {
            const auto* codes = definitions.code_list(list);
            const auto* item = codes == nullptr ? nullptr : codes->find(code);
            return item == nullptr ? std::string(code) : english ? item->en : item->zh;
          },
          [&definitions](std::string_view division) {
            const Region* region = definitions.regions().find(division);
            return region == nullptr ? std::string(division) : region->full_name;
          }};
}

awaitable<Response> export_chain(Services& services, Request& request, TableFormat format) {
  const Caller caller = identify(services, request);
  const Region& region = region_of(services, request);
  const std::string chain(request.path_parameter("chain"));
  const bool english = reads_english(caller, request);
  co_return co_await services.server.run_on_workers([&] {
    const auto thresholds = atlas::thresholds_on(services.atlas_thresholds, shanghai_date(services.clock.now()));
    const auto report = services.atlas()->report(chain, region.code, thresholds);
    auto book = workbook_of(services, english, {});
    book.title = chain;
    book.sheets = atlas::chain_sheets(report, thresholds, region.code, names_of(services, english), english);
    return table_response(format, book, chain);
  });
}

void add_positions(const atlas::Graph& graph, const Region& region, AtlasNode& view) {
  const auto positions = graph.positions_of(view.code, region.code);
  view.suppliers = static_cast<std::int64_t>(positions.size());
  for (const auto& position : positions) {
    const bool local = Regions::contains(region.code, position.region);
    if (local) ++view.local_suppliers;
    if (view.positions.size() >= kPositionsShownMax) continue;
    view.positions.push_back({position.id, {position.organization, position.organization_name}, position.region, local,
                              position.share_percent ? std::optional<std::int64_t>(*position.share_percent) : std::nullopt,
                              position.source.empty() ? std::nullopt : std::optional(position.source)});
  }
}

/// The node's own text, and what the registers hold in its segment.
void add_entries(Services& services, const identity::Actor& actor, AtlasNode& view) {
  auto reader = services.readers.borrow();
  if (const auto entry = registry::Registry::find(*reader, view.id))
    if (const auto text = entry->fields.find("text"); text != entry->fields.end()) view.text = std::string(text->value().as_string());
  for (const auto register_id : kNodeRegisters) {
    const auto& reg = services.registry.require_register(register_id);
    NodeEntries of_register{reg.id, reg.title, 0, {}};
    if (view.segment) {
      registry::EntryFilter filter;
      filter.register_id = reg.id;
      filter.state = registry::EntryState::published;
      filter.segment = *view.segment;
      filter.limit = kEntriesShown;
      const auto page = services.registry.list(*reader, actor, filter);
      of_register.total = page.total;
      for (const auto& entry : page.entries) of_register.items.push_back(view_of(services, *reader, entry, actor));
    }
    view.entries.push_back(std::move(of_register));
  }
}

awaitable<Response> get_node(Services& services, Request& request) {
  const Caller caller = identify(services, request);
  const Region& region = region_of(services, request);
  AtlasNode view;
  view.code = request.path_parameter("code");
  view.region = view_of(region);
  co_await services.server.run_on_workers([&] {
    const auto graph = services.atlas();
    const auto nodes = graph->nodes_of(view.code);
    if (nodes.empty()) throw Rejected(Code::not_found, {"图谱里没有这个节点", "The atlas has no such node"});
    const atlas::Node& node = nodes.front();
    view.title = node.title;
    view.id = node.id;
    view.kind = node.kind;
    view.position = node.position;
    for (const auto& each : nodes) {
      view.chains.push_back(each.chain);
      if (!view.segment && !each.segment.empty()) view.segment = each.segment;
    }
    add_positions(*graph, region, view);
    view.neighbours = graph->neighbours_of(view.code);
    add_entries(services, caller.actor, view);
    return true;
  });
  co_return http::json_response(view);
}

std::vector<http::QueryDoc> region_query() {
  return {http::query_of<std::string>("region", {"从哪个区域看，行政区划代码；不写即本节点的区域", "division code to look from; this node's own unless given"})};
}

}  // namespace

void add_atlas_routes(http::Router& router, Services& services) {
  using http::Access;
  using http::Method;
  router.add(Method::get, "/api/v1/atlas", [&services](Request& request) { return list_chains(services, request); },
             {.id = "listChains",
              .tag = "atlas",
              .summary = {"产业链及其本地覆盖", "Chains and how the region covers them"},
              .response = http::of<AtlasOverview>(),
              .query = region_query(),
              .errors = {Code::invalid},
              .access = Access::anyone});
  router.add(Method::get, "/api/v1/atlas/{chain}", [&services](Request& request) { return get_chain(services, request); },
             {.id = "getChain",
              .tag = "atlas",
              .summary = {"一条产业链：图、指标、强链补链延链和招引线索", "One chain: graph, measures, what to strengthen, fill and extend, leads"},
              .response = http::of<AtlasChain>(),
              .query = region_query(),
              .errors = {Code::not_found, Code::invalid, Code::too_large},
              .access = Access::anyone});
  add_table_routes(router, "/api/v1/atlas/{chain}/table",
                   {.id = "exportChain",
                    .tag = "atlas",
                    .summary = {"一条产业链：全部节点；工作簿里还有关系、强链补链延链和招引线索", "The nodes of a chain; in the workbook also relations, what to strengthen, fill and extend, leads"},
                    .query = region_query(),
                    .errors = {Code::not_found, Code::invalid, Code::too_large},
                    .access = Access::anyone},
                   [&services](Request& request, TableFormat format) { return export_chain(services, request, format); });
  router.add(Method::get, "/api/v1/atlas/nodes/{code}", [&services](Request& request) { return get_node(services, request); },
             {.id = "getChainNode",
              .tag = "atlas",
              .summary = {"一个节点：单位、需求、成果、人才、仪器、平台", "One node: organizations, needs, achievements, people, instruments, platforms"},
              .response = http::of<AtlasNode>(),
              .query = region_query(),
              .errors = {Code::not_found, Code::invalid},
              .access = Access::anyone});
}

}  // namespace jingwei::api
