// The graph as the registers hold it: chains, positions by node, neighbours, distance.
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <set>

#include "atlas/atlas.h"
#include "base/region.h"

namespace jingwei::atlas {
namespace {

bool is_local(std::string_view region, const Position& position) { return region.empty() || Regions::contains(region, position.region); }

ChainFault unknown_code(const std::string& entry, const std::string& code) {
  return {ChainFaultKind::unknown_code, entry, {fmt::format("节点代码 {} 不在这条链上，未计入", code), fmt::format("node code {} is not in this chain; left out", code)}};
}

/// Fewest of the steps to the wanted nodes.
std::optional<int> nearest(const std::map<std::string_view, int>& steps, const std::vector<std::string>& wanted) {
  std::optional<int> fewest;
  for (const auto& code : wanted)
    if (const auto at = steps.find(code); at != steps.end() && (!fewest || at->second < *fewest)) fewest = at->second;
  return fewest;
}

}  // namespace

std::int64_t Graph::Supply::local(std::string_view region) const {
  return std::ranges::count_if(positions, [&](const Position& position) { return is_local(region, position); });
}

Graph::Graph(Data data) {
  keep_nodes(std::move(data.nodes));
  keep_edges(std::move(data.edges));
  keep_positions(std::move(data.positions));
}

void Graph::keep_nodes(std::vector<Node> nodes) {
  std::ranges::stable_sort(nodes, [](const Node& a, const Node& b) { return std::tie(a.chain, a.code, a.id) < std::tie(b.chain, b.code, b.id); });
  for (Node& node : nodes) {
    Chain& chain = chains_[node.chain];
    if (!chain.nodes.empty() && chain.nodes.back().code == node.code) {
      chain.faults.push_back({ChainFaultKind::repeated_node,
                              node.id,
                              {fmt::format("节点代码 {} 在这条链上重复，只取第一条", node.code), fmt::format("node code {} is repeated in this chain; the first is taken", node.code)}});
      continue;
    }
    joined_[node.code];
    if (auto& codes = codes_of_segment_[node.segment]; !node.segment.empty() && !std::ranges::count(codes, node.code)) codes.push_back(node.code);
    chain.nodes.push_back(std::move(node));
  }
}

void Graph::keep_edges(std::vector<Edge> edges) {
  std::ranges::stable_sort(edges, [](const Edge& a, const Edge& b) { return std::tie(a.from, a.to, a.relation, a.id) < std::tie(b.from, b.to, b.relation, b.id); });
  for (Edge& edge : edges) {
    const auto at = chains_.find(edge.chain);
    if (at == chains_.end()) {
      loose_faults_.push_back({ChainFaultKind::unknown_code, edge.id, {"没有产业链 " + edge.chain, "there is no chain " + edge.chain}});
      continue;
    }
    Chain& chain = at->second;
    const auto known = [&](const std::string& code) { return std::ranges::binary_search(chain.nodes, code, {}, &Node::code); };
    if (!known(edge.from) || !known(edge.to)) {
      chain.faults.push_back(unknown_code(edge.id, known(edge.from) ? edge.to : edge.from));
    } else if (edge.from == edge.to) {
      chain.faults.push_back({ChainFaultKind::self_edge,
                              edge.id,
                              {fmt::format("节点 {} 指向自己，未计入", edge.from), fmt::format("node {} leads to itself; left out", edge.from)}});
    } else {
      joined_[edge.from].push_back(edge.to);
      joined_[edge.to].push_back(edge.from);
      if (edge.relation == ChainRelation::upstream) {
        suppliers_[edge.to].push_back(edge.from);
        customers_[edge.from].push_back(edge.to);
      }
      const bool repeated = !chain.edges.empty() && chain.edges.back().from == edge.from && chain.edges.back().to == edge.to && chain.edges.back().relation == edge.relation;
      if (!repeated) chain.edges.push_back(std::move(edge));
    }
  }
}

void Graph::keep_positions(std::vector<Position> positions) {
  std::ranges::stable_sort(positions, [](const Position& a, const Position& b) { return std::tie(a.node, a.organization, a.id) < std::tie(b.node, b.organization, b.id); });
  for (Position& position : positions) {
    if (!joined_.contains(position.node)) {
      loose_faults_.push_back(unknown_code(position.id, position.node));
      continue;
    }
    auto& kept = supplies_[position.node].positions;
    if (kept.empty() || kept.back().organization != position.organization) kept.push_back(std::move(position));
  }
}

const Graph::Supply& Graph::supply_of(std::string_view code) const {
  static const Supply nobody;
  const auto at = supplies_.find(code);
  return at == supplies_.end() ? nobody : at->second;
}

ChainCounts Graph::counts_of(const std::string& name, const Chain& chain, std::string_view region) const {
  ChainCounts counts;
  counts.chain = name;
  counts.nodes = static_cast<std::int64_t>(chain.nodes.size());
  counts.edges = static_cast<std::int64_t>(chain.edges.size());
  std::set<std::string_view> organizations;
  for (const Node& node : chain.nodes) {
    const Supply& supply = supply_of(node.code);
    for (const Position& position : supply.positions) organizations.insert(position.organization);
    ++(supply.local(region) > 0 ? counts.covered : counts.missing);
    if (supply.positions.size() == 1) ++counts.single_source;
  }
  counts.organizations = static_cast<std::int64_t>(organizations.size());
  return counts;
}

std::vector<ChainCounts> Graph::chains(std::string_view region) const {
  std::vector<ChainCounts> all;
  for (const auto& [name, chain] : chains_) all.push_back(counts_of(name, chain, region));
  return all;
}

std::vector<Node> Graph::nodes_of(std::string_view code) const {
  std::vector<Node> found;
  for (const auto& [name, chain] : chains_) {
    const auto at = std::ranges::lower_bound(chain.nodes, code, {}, &Node::code);
    if (at != chain.nodes.end() && at->code == code) found.push_back(*at);
  }
  return found;
}

std::vector<Position> Graph::positions_of(std::string_view code, std::string_view region) const {
  std::vector<Position> positions = supply_of(code).positions;
  std::ranges::sort(positions, [&](const Position& a, const Position& b) {
    const auto rank = [&](const Position& p) {
      return std::tuple(!is_local(region, p), -p.share_percent.value_or(-1), std::string_view(p.organization_name), std::string_view(p.id));
    };
    return rank(a) < rank(b);
  });
  return positions;
}

std::vector<NodeNeighbour> Graph::neighbours_of(std::string_view code) const {
  std::vector<NodeNeighbour> found;
  for (const auto& [name, chain] : chains_)
    for (const Edge& edge : chain.edges) {
      if (edge.from != code && edge.to != code) continue;
      const std::string& other = edge.from == code ? edge.to : edge.from;
      const auto node = std::ranges::lower_bound(chain.nodes, other, {}, &Node::code);
      found.push_back({other, node->title, name, edge.relation, edge.from == code});
    }
  return found;
}

/// Fewest steps from any node of the segment to each node that can be reached.
std::map<std::string_view, int> Graph::steps_from(std::string_view segment, const Joined& joined, int steps_max) const {
  std::map<std::string_view, int> steps;
  std::deque<std::string_view> waiting;
  for (const auto& code : codes_of_segment_.find(segment)->second) {
    steps.emplace(code, 0);
    waiting.push_back(code);
  }
  for (; !waiting.empty(); waiting.pop_front()) {
    const int next_steps = steps[waiting.front()] + 1;
    const auto next = joined.find(waiting.front());
    if (next == joined.end() || next_steps > steps_max) continue;
    for (const auto& code : next->second)
      if (steps.emplace(code, next_steps).second) waiting.push_back(code);
  }
  return steps;
}

std::optional<int> Graph::distance(std::string_view segment_a, std::string_view segment_b) const {
  if (segment_a == segment_b) return 0;
  const auto end = codes_of_segment_.find(segment_b);
  if (segment_a.empty() || segment_b.empty() || !codes_of_segment_.contains(segment_a) || end == codes_of_segment_.end()) return std::nullopt;
  return nearest(steps_from(segment_a, joined_, std::numeric_limits<int>::max()), end->second);
}

std::vector<SegmentWay> Graph::segment_ways(int steps_max) const {
  std::vector<SegmentWay> ways;
  for (const auto& [from, codes] : codes_of_segment_) {
    const auto any = steps_from(from, joined_, steps_max);
    const auto up = steps_from(from, suppliers_, steps_max);
    const auto down = steps_from(from, customers_, steps_max);
    for (const auto& [to, wanted] : codes_of_segment_) {
      const auto steps = nearest(any, wanted);
      if (to == from || !steps) continue;
      const bool upstream = nearest(up, wanted) == steps;
      const bool downstream = nearest(down, wanted) == steps;
      // A supplier that is a customer too, by another chain or a cycle, is neither.
      ways.push_back({from, to, *steps, upstream == downstream ? ChainSide::beside : upstream ? ChainSide::upstream : ChainSide::downstream});
    }
  }
  return ways;
}

}  // namespace jingwei::atlas
