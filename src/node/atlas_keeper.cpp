#include "node/internal/atlas_keeper.h"

#include <algorithm>
#include <map>

namespace jingwei::node {
namespace {

constexpr int kStepsMax = 3;  ///< between segments; farther ones help nobody

/// Feed records looked through for changes of the atlas; with more of them it is made anew without looking.
constexpr std::int64_t kRecordsLookedAtMax = 50'000;

std::string text_of(const json::object& fields, std::string_view id) {
  const auto at = fields.find(id);
  return at != fields.end() && at->value().is_string() ? std::string(at->value().as_string()) : "";
}

std::optional<int> percent_of(const json::object& fields, std::string_view id) {
  const auto at = fields.find(id);
  return at != fields.end() && at->value().is_int64() ? std::optional(static_cast<int>(at->value().as_int64())) : std::nullopt;
}

}  // namespace

std::shared_ptr<const atlas::Graph> AtlasKeeper::graph() {
  auto reader = readers_.borrow();
  const std::lock_guard lock(mutex_);
  const store::Snapshot snapshot(*reader);
  const auto feed_seq = reader->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
  // Another reader may have seen a later state while this one waited for the lock: its graph holds what this one would.
  if (!graph_ || (feed_seq > feed_seq_ && has_changed(*reader, feed_seq))) graph_ = std::make_shared<const atlas::Graph>(read(*reader));
  feed_seq_ = std::max(feed_seq_, feed_seq);
  return graph_;
}

bool AtlasKeeper::has_changed(store::Connection& connection, std::int64_t feed_seq) const {
  if (feed_seq - feed_seq_ > kRecordsLookedAtMax) return true;
  return connection.query_integer("SELECT COUNT(*) FROM feed WHERE seq > $1 AND kind = 'entry' AND (subject LIKE 'cgs|_%' ESCAPE '|' OR subject LIKE 'cge|_%' "
                                  "ESCAPE '|' OR subject LIKE 'cgp|_%' ESCAPE '|' OR subject LIKE 'org|_%' ESCAPE '|')",
                                  {feed_seq_})
             .value_or(0) > 0;
}

atlas::Data AtlasKeeper::read(store::Connection& connection) const {
  atlas::Data data;
  const auto each = [&](const char* register_id, const std::function<void(const registry::Entry&)>& visit) {
    registry::EntryFilter published;
    published.register_id = register_id;
    published.state = registry::EntryState::published;
    registry_.each(connection, identity::Actor{}, published, visit);
  };
  each("chain-segments", [&](const registry::Entry& entry) {
    data.nodes.push_back({text_of(entry.fields, "chain"), text_of(entry.fields, "code"), entry.title,
                          enum_from_name<atlas::NodeKind>(text_of(entry.fields, "kind")).value_or(atlas::NodeKind::segment),
                          enum_from_name<atlas::ChainPlace>(text_of(entry.fields, "position")).value_or(atlas::ChainPlace::midstream), entry.segment, entry.id});
  });
  each("chain-edges", [&](const registry::Entry& entry) {
    data.edges.push_back({text_of(entry.fields, "chain"), text_of(entry.fields, "from_code"), text_of(entry.fields, "to_code"),
                          enum_from_name<atlas::ChainRelation>(text_of(entry.fields, "relation")).value_or(atlas::ChainRelation::upstream), entry.id});
  });
  each("chain-positions", [&](const registry::Entry& entry) {
    data.positions.push_back({entry.id, text_of(entry.fields, "organization"), "", text_of(entry.fields, "node_code"), percent_of(entry.fields, "share_percent"),
                              entry.region, text_of(entry.fields, "source")});
  });
  // Names after the rows: one connection runs one query at a time.
  std::map<std::string, std::string> names;
  for (auto& position : data.positions) {
    const auto [name, is_new] = names.try_emplace(position.organization);
    if (is_new) name->second = registry::Registry::organization_name(connection, position.organization);
    position.organization_name = name->second;
  }
  return data;
}

std::vector<match::SegmentWay> segment_ways(const atlas::Graph& graph) {
  const auto side_of = [](atlas::ChainSide side) {
    switch (side) {
      case atlas::ChainSide::upstream: return match::ChainSide::upstream;
      case atlas::ChainSide::downstream: return match::ChainSide::downstream;
      case atlas::ChainSide::beside: break;
    }
    return match::ChainSide::beside;
  };
  std::vector<match::SegmentWay> ways;
  for (auto& way : graph.segment_ways(kStepsMax)) ways.push_back({std::move(way.from), std::move(way.to), way.steps, side_of(way.side)});
  return ways;
}

SegmentWayFeeder::SegmentWayFeeder(const store::Database& database, store::FeedSignal& signal, AtlasKeeper& atlas, match::Engine& engine, std::int64_t feed_seq)
    : atlas_(atlas), engine_(engine),
      follower_(database, signal, "segment ways", feed_seq, [this](store::Connection&, std::span<const store::FeedRecord> records) {
        if (std::ranges::any_of(records, [](const auto& record) { return record.subject.starts_with("cgs_") || record.subject.starts_with("cge_"); })) give();
      }) {
  give();
}

void SegmentWayFeeder::give() { engine_.set_segment_ways(segment_ways(*atlas_.graph())); }

}  // namespace jingwei::node
