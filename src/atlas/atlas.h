// Atlas (产业图谱): what the region's industry chains hold, where they are weak, and who elsewhere could fill a gap.
//
//   const Graph graph(data);                                          // nodes, edges and positions as the registers hold them
//   const ChainReport report = graph.report("氢能", "330400", thresholds_on(dated, "2026-01-21"));
//   graph.distance("hydrogen.cell", "chem.polymer");                  // steps between two segments
//
// Pure: same data, same answer, in the same order; no clock, no files. The measures of one chain go over its upstream edges (from
// delivers to to); the other relations are drawn and count for distance. A node code that appears in several chains is one node:
// positions in it count in each.
//
// Sources of the formulas: Herfindahl-Hirschman index, sum of squared percentages (0 to 10 000); betweenness after Brandes 2001;
// immediate dominators after Cooper, Harvey, Kennedy 2001, one pass in topological order, from a virtual source before all nodes
// without suppliers; lost supply paths after the node removal of supply-chain resilience studies.
//
// Cycles: a depth-first walk in order of codes, nodes without supplier first, leaves out each edge that returns to a node still on
// the walk and reports the cycle. Paths and dominators are taken on what remains; betweenness, which needs no order, on all edges.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/rejected.h"

namespace jingwei::atlas {

constexpr std::size_t kNodesPerChainMax = 2'000;   ///< a larger chain is not measured; path counts stay within long double
constexpr std::size_t kEdgesPerChainMax = 20'000;
constexpr std::size_t kLeadsPerNodeMax = 20;       ///< nearest first; the report says how many there are

// ---- data ---------------------------------------------------------------------------------------------------------

enum class NodeKind { segment, product, technology };
BOOST_DESCRIBE_ENUM(NodeKind, segment, product, technology)
enum class ChainPlace { upstream, midstream, downstream };
BOOST_DESCRIBE_ENUM(ChainPlace, upstream, midstream, downstream)
enum class ChainRelation { upstream, part_of, substitute, uses_equipment, uses_material };
BOOST_DESCRIBE_ENUM(ChainRelation, upstream, part_of, substitute, uses_equipment, uses_material)

struct Node {
  std::string chain;
  std::string code;
  std::string title;
  NodeKind kind = NodeKind::segment;
  ChainPlace position = ChainPlace::midstream;
  std::string segment;  ///< code of the flat list; may be empty
  std::string id;       ///< entry
};

struct Edge {
  std::string chain;
  std::string from;
  std::string to;
  ChainRelation relation = ChainRelation::upstream;
  std::string id;
};

struct Position {
  std::string id;  ///< entry: the evidence behind a lead
  std::string organization;
  std::string organization_name;
  std::string node;  ///< code
  std::optional<int> share_percent;
  std::string region;
  std::string source;
};

struct Data {
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<Position> positions;
};

/// From which day on the atlas judges by which figures, and where they come from.
struct ChainThresholds {
  std::string valid_from;                           ///< day
  std::optional<std::int64_t> hhi;                  ///< above it a node is concentrated; nothing: to be set, shown and not judged
  Bilingual hhi_source;
  std::optional<std::int64_t> key_paths_percent;    ///< of the supply paths; a node that carries as many is a key node; nothing: to be set
  Bilingual key_paths_source;
};
BOOST_DESCRIBE_STRUCT(ChainThresholds, (), (valid_from, hhi, hhi_source, key_paths_percent, key_paths_source))

/// Reads parameters.yaml, in order of days. Throws Rejected{invalid} naming the line.
std::vector<ChainThresholds> parse_parameters(std::string_view yaml);
/// The last ones valid on `today`; all "to be set" when none are.
ChainThresholds thresholds_on(const std::vector<ChainThresholds>& dated, std::string_view today);

// ---- what is found ------------------------------------------------------------------------------------------------

/// What an HHI was made from: every supplier's share is known; some are, the rest shares what is left equally; none is: equal shares.
enum class HhiBasis { none, shares, mixed, equal };
BOOST_DESCRIBE_ENUM(HhiBasis, none, shares, mixed, equal)

/// One word for the state of a node, the worst that holds.
enum class NodeRisk { missing, single_source, concentrated, steady };
BOOST_DESCRIBE_ENUM(NodeRisk, missing, single_source, concentrated, steady)

struct NodeMeasures {
  std::string code;
  std::string title;
  NodeKind kind = NodeKind::segment;
  ChainPlace position = ChainPlace::midstream;
  std::optional<std::string> segment;
  std::int64_t suppliers = 0;
  std::int64_t local_suppliers = 0;
  std::optional<std::int64_t> hhi;  ///< 0 to 10 000
  HhiBasis hhi_basis = HhiBasis::none;
  bool single_source = false;       ///< exactly one supplier anywhere
  double betweenness = 0;           ///< shortest supply ways through it, ends not counted
  double betweenness_share = 0;     ///< of the most that a chain of this size can have
  std::optional<std::string> dominator;  ///< code of the last node that every way from raw material to here passes; nothing: there is none
  std::int64_t dominates = 0;       ///< nodes that cannot be supplied without it
  double paths_lost_share = 0;      ///< of the chain's supply paths, if it goes
  NodeRisk risk = NodeRisk::missing;
};
BOOST_DESCRIBE_STRUCT(NodeMeasures, (), (code, title, kind, position, segment, suppliers, local_suppliers, hhi, hhi_basis, single_source, betweenness,
                                         betweenness_share, dominator, dominates, paths_lost_share, risk))

struct ChainEdge {
  std::string from;
  std::string to;
  ChainRelation relation = ChainRelation::upstream;
  bool left_out = false;  ///< closes a cycle: not part of paths and dominators
};
BOOST_DESCRIBE_STRUCT(ChainEdge, (), (from, to, relation, left_out))

struct ChainListed {
  std::string code;
  std::string title;
  std::vector<Bilingual> reasons;  ///< weightiest first
};
BOOST_DESCRIBE_STRUCT(ChainListed, (), (code, title, reasons))

/// An organization of another region in a node that this region lacks.
struct ChainLead {
  std::string code;
  std::string title;
  std::string organization;
  std::string organization_name;
  std::string region;
  std::optional<std::int64_t> share_percent;
  std::string position;  ///< entry id
  std::string source;    ///< as that entry says; may be empty
  Bilingual reason;
};
BOOST_DESCRIBE_STRUCT(ChainLead, (), (code, title, organization, organization_name, region, share_percent, position, source, reason))

enum class ChainFaultKind { unknown_code, self_edge, repeated_node, cycle };
BOOST_DESCRIBE_ENUM(ChainFaultKind, unknown_code, self_edge, repeated_node, cycle)

/// Something in the data that was left out of the measures.
struct ChainFault {
  ChainFaultKind kind = ChainFaultKind::unknown_code;
  std::optional<std::string> entry;  ///< id; a cycle has none
  Bilingual text;
};
BOOST_DESCRIBE_STRUCT(ChainFault, (), (kind, entry, text))

struct ChainCounts {
  std::string chain;
  std::int64_t nodes = 0;
  std::int64_t edges = 0;          ///< drawn ones, of every relation
  std::int64_t organizations = 0;
  std::int64_t covered = 0;        ///< nodes with a supplier of the region
  std::int64_t single_source = 0;
  std::int64_t missing = 0;        ///< nodes without a supplier of the region
};
BOOST_DESCRIBE_STRUCT(ChainCounts, (), (chain, nodes, edges, organizations, covered, single_source, missing))

struct ChainReport {
  ChainCounts counts;
  double supply_paths = 0;
  std::vector<NodeMeasures> nodes;   ///< in order of place, then code
  std::vector<ChainEdge> edges;
  std::vector<ChainListed> strengthen;    ///< 强链: the region is in it, and it is concentrated or much depends on it
  std::vector<ChainListed> fill;          ///< 补链: the region lacks it, or one supplier alone has it
  std::vector<ChainListed> extend;        ///< 延链: next after what the region makes, and nothing of the region's needs it yet
  std::vector<ChainLead> leads;           ///< 招引线索, by node as in `fill` and `extend`, nearest first
  std::int64_t leads_total = 0;
  std::vector<ChainFault> faults;
};
BOOST_DESCRIBE_STRUCT(ChainReport, (), (counts, supply_paths, nodes, edges, strengthen, fill, extend, leads, leads_total, faults))

/// How a node is joined to another.
struct NodeNeighbour {
  std::string code;
  std::string title;
  std::string chain;
  ChainRelation relation = ChainRelation::upstream;
  bool outgoing = false;  ///< the edge leads from this node to the other
};
BOOST_DESCRIBE_STRUCT(NodeNeighbour, (), (code, title, chain, relation, outgoing))

/// Where a segment stands as seen from another: all of the fewest steps lead to suppliers, or to customers, or it is neither.
enum class ChainSide { upstream, downstream, beside };

/// How far a segment is from another; see Graph::distance().
struct SegmentWay {
  std::string from;
  std::string to;
  int steps = 0;
  ChainSide side = ChainSide::beside;  ///< of `to`, seen from `from`
  bool operator==(const SegmentWay&) const = default;
};

// ---- the graph ----------------------------------------------------------------------------------------------------

class Graph {
 public:
  explicit Graph(Data data);

  /// All chains in order of name. Everyone is local when `region` is empty.
  std::vector<ChainCounts> chains(std::string_view region) const;
  bool has_chain(std::string_view chain) const { return chains_.contains(chain); }
  /// Throws Rejected{not_found} for an unknown chain, {too_large} for one over the limits above.
  ChainReport report(std::string_view chain, std::string_view region, const ChainThresholds& thresholds) const;

  /// The node in every chain that has it, in order of chains; empty: unknown code.
  std::vector<Node> nodes_of(std::string_view code) const;
  /// Positions in the node: local ones first, then larger shares, then names.
  std::vector<Position> positions_of(std::string_view code, std::string_view region) const;
  std::vector<NodeNeighbour> neighbours_of(std::string_view code) const;
  /// Relations and positions that belong to no chain.
  const std::vector<ChainFault>& loose_faults() const { return loose_faults_; }

  /// Fewest edges of any relation, in either direction and through any chain, between a node of one segment and one of the other.
  /// 0 for equal codes; nothing when one has no node or no way leads there.
  std::optional<int> distance(std::string_view segment_a, std::string_view segment_b) const;
  /// All pairs of segments at most `steps_max` apart, both directions, none with itself, in order of codes.
  std::vector<SegmentWay> segment_ways(int steps_max) const;

 private:
  using Joined = std::map<std::string, std::vector<std::string>, std::less<>>;
  std::map<std::string_view, int> steps_from(std::string_view segment, const Joined& joined, int steps_max) const;
  struct Chain {
    std::vector<Node> nodes;  ///< in order of codes, each once
    std::vector<Edge> edges;  ///< between known nodes, no self-edges, in order
    std::vector<ChainFault> faults;
  };
  struct Supply {
    std::vector<Position> positions;  ///< of one node, one for each organization
    std::int64_t local(std::string_view region) const;
  };
  const Supply& supply_of(std::string_view code) const;
  void keep_nodes(std::vector<Node> nodes);
  void keep_edges(std::vector<Edge> edges);
  void keep_positions(std::vector<Position> positions);
  ChainCounts counts_of(const std::string& name, const Chain& chain, std::string_view region) const;
  std::vector<NodeMeasures> measures_of(const Chain& chain, std::string_view region, const ChainThresholds& thresholds, ChainReport& report) const;

  std::map<std::string, Chain, std::less<>> chains_;
  std::map<std::string, Supply, std::less<>> supplies_;                           ///< by node code
  std::map<std::string, std::vector<std::string>, std::less<>> codes_of_segment_;
  Joined joined_;     ///< code to codes, both directions
  Joined suppliers_;  ///< code to those that deliver to it
  Joined customers_;  ///< code to those that it delivers to
  std::vector<ChainFault> loose_faults_;
};

}  // namespace jingwei::atlas
