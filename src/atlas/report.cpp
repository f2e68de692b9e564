// One chain from its nodes and edges to the report: number the nodes, measure, judge, list.
#include <fmt/format.h>

#include <algorithm>

#include "atlas/internal/lists.h"
#include "atlas/internal/measures.h"

namespace jingwei::atlas {
namespace {

std::size_t number_of(const std::vector<Node>& nodes, const std::string& code) {
  return static_cast<std::size_t>(std::ranges::lower_bound(nodes, code, {}, &Node::code) - nodes.begin());
}

Adjacency upstream_edges(const std::vector<Node>& nodes, const std::vector<Edge>& edges) {
  Adjacency forward(nodes.size());
  for (const Edge& edge : edges)
    if (edge.relation == ChainRelation::upstream) forward[number_of(nodes, edge.from)].push_back(number_of(nodes, edge.to));
  for (auto& to : forward) std::ranges::sort(to);
  return forward;
}

NodeRisk risk_of(const NodeMeasures& node, const ChainThresholds& thresholds) {
  if (node.local_suppliers == 0) return NodeRisk::missing;
  if (node.single_source) return NodeRisk::single_source;
  return thresholds.hhi && *node.hhi > *thresholds.hhi ? NodeRisk::concentrated : NodeRisk::steady;
}

ChainFault cycle_fault(const std::vector<Node>& nodes, const std::vector<std::size_t>& cycle) {
  std::string round;
  for (const std::size_t node : cycle) round += nodes[node].code + " → ";
  round += nodes[cycle.front()].code;
  const std::string& last = nodes[cycle.back()].code;
  const std::string& first = nodes[cycle.front()].code;
  return {ChainFaultKind::cycle,
          std::nullopt,
          {fmt::format("上游关系成环：{}；路径计算不计 {} → {} 这一条", round, last, first),
           fmt::format("upstream edges form a cycle: {}; paths are counted without {} → {}", round, last, first)}};
}

}  // namespace

std::vector<NodeMeasures> Graph::measures_of(const Chain& chain, std::string_view region, const ChainThresholds& thresholds, ChainReport& report) const {
  const Adjacency forward = upstream_edges(chain.nodes, chain.edges);
  const Acyclic acyclic = without_cycles(forward);
  const Paths paths = count_paths(acyclic);
  const auto between = betweenness(forward);
  const auto dominator = dominators(acyclic);
  const auto dominated = dominated_counts(acyclic, dominator);
  const auto count = static_cast<double>(chain.nodes.size());
  const double between_max = count > 2 ? (count - 1) * (count - 2) : 1;

  std::vector<NodeMeasures> all;
  for (std::size_t at = 0; at < chain.nodes.size(); ++at) {
    const Node& node = chain.nodes[at];
    const Supply& supply = supply_of(node.code);
    std::vector<std::optional<int>> shares;
    for (const Position& position : supply.positions) shares.push_back(position.share_percent);
    const Concentration concentrated = concentration(shares);
    NodeMeasures measured;
    measured.code = node.code;
    measured.title = node.title;
    measured.kind = node.kind;
    measured.position = node.position;
    if (!node.segment.empty()) measured.segment = node.segment;
    measured.suppliers = static_cast<std::int64_t>(shares.size());
    measured.local_suppliers = supply.local(region);
    measured.hhi = concentrated.hhi;
    measured.hhi_basis = concentrated.basis;
    measured.single_source = shares.size() == 1;
    measured.betweenness = between[at];
    measured.betweenness_share = between[at] / between_max;
    if (dominator[at]) measured.dominator = chain.nodes[*dominator[at]].code;
    measured.dominates = dominated[at];
    measured.paths_lost_share = paths.total > 0 ? static_cast<double>(paths.through[at] / paths.total) : 0;
    measured.risk = risk_of(measured, thresholds);
    all.push_back(std::move(measured));
  }
  report.supply_paths = static_cast<double>(paths.total);
  for (const auto& cycle : acyclic.cycles) report.faults.push_back(cycle_fault(chain.nodes, cycle));
  for (const Edge& edge : chain.edges) {
    const std::pair numbers(number_of(chain.nodes, edge.from), number_of(chain.nodes, edge.to));
    const bool left_out = edge.relation == ChainRelation::upstream && std::ranges::count(acyclic.left_out, numbers) > 0;
    report.edges.push_back({edge.from, edge.to, edge.relation, left_out});
  }
  return all;
}

ChainReport Graph::report(std::string_view name, std::string_view region, const ChainThresholds& thresholds) const {
  const auto at = chains_.find(name);
  if (at == chains_.end()) throw Rejected(Code::not_found, {"图谱里没有这条产业链", "The atlas has no such chain"});
  const Chain& chain = at->second;
  if (chain.nodes.size() > kNodesPerChainMax || chain.edges.size() > kEdgesPerChainMax)
    throw Rejected(Code::too_large, {fmt::format("这条链有 {} 个节点、{} 条关系，最多分析 {} 个节点、{} 条关系；请拆成几条链", chain.nodes.size(), chain.edges.size(),
                                                 kNodesPerChainMax, kEdgesPerChainMax),
                                     fmt::format("This chain has {} nodes and {} relations; at most {} and {} are measured. Split it into several chains",
                                                 chain.nodes.size(), chain.edges.size(), kNodesPerChainMax, kEdgesPerChainMax)});
  ChainReport report;
  report.counts = counts_of(at->first, chain, region);
  report.faults = chain.faults;
  report.nodes = measures_of(chain, region, thresholds, report);
  std::ranges::stable_sort(report.nodes, {}, &NodeMeasures::position);
  ListInput input{region, thresholds, {}};
  for (const Node& node : chain.nodes) input.positions.emplace(node.code, &supply_of(node.code).positions);
  fill_lists(input, report);
  return report;
}

}  // namespace jingwei::atlas
