// What the atlas routes answer beside the described types of atlas/atlas.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/internal/views.h"

namespace jingwei::api {

struct AtlasOverview {
  RegionView region;
  std::vector<atlas::ChainCounts> items;
};
BOOST_DESCRIBE_STRUCT(AtlasOverview, (), (region, items))

struct AtlasChain : atlas::ChainReport {
  RegionView region;
  atlas::ChainThresholds thresholds;
};
BOOST_DESCRIBE_STRUCT(AtlasChain, (atlas::ChainReport), (region, thresholds))

struct NodePosition {
  std::string id;
  Reference organization;
  std::string region;
  bool local = false;
  std::optional<std::int64_t> share_percent;
  std::optional<std::string> source;
};
BOOST_DESCRIBE_STRUCT(NodePosition, (), (id, organization, region, local, share_percent, source))

/// Entries of one register in the node's segment, newest first.
struct NodeEntries {
  std::string register_;
  Bilingual title;
  std::int64_t total = 0;
  std::vector<EntryView> items;
};
BOOST_DESCRIBE_STRUCT(NodeEntries, (), (register_, title, total, items))

struct AtlasNode {
  std::string code;
  std::string title;
  std::string id;
  std::optional<std::string> text;
  atlas::NodeKind kind = atlas::NodeKind::segment;
  atlas::ChainPlace position = atlas::ChainPlace::midstream;
  std::optional<std::string> segment;
  std::vector<std::string> chains;
  RegionView region;
  std::int64_t suppliers = 0;
  std::int64_t local_suppliers = 0;
  std::vector<NodePosition> positions;  ///< the first kPositionsShownMax
  std::vector<atlas::NodeNeighbour> neighbours;
  std::vector<NodeEntries> entries;
};
BOOST_DESCRIBE_STRUCT(AtlasNode, (), (code, title, id, text, kind, position, segment, chains, region, suppliers, local_suppliers, positions, neighbours, entries))

}  // namespace jingwei::api
