// Keeps the industry atlas as the registers hold it. The graph is made when somebody asks and something in it has changed since.
#pragma once

#include <memory>
#include <mutex>

#include "atlas/atlas.h"
#include "match/match.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jingwei::node {

/// Which segments are near each other, as the engine takes it.
std::vector<match::SegmentWay> segment_ways(const atlas::Graph& graph);

class AtlasKeeper {
 public:
  AtlasKeeper(store::ReadPool& readers, const registry::Registry& registry) : readers_(readers), registry_(registry) {}

  /// As the database says now. Slow after a change: call it on a worker.
  std::shared_ptr<const atlas::Graph> graph();

 private:
  bool has_changed(store::Connection& connection, std::int64_t feed_seq) const;
  atlas::Data read(store::Connection& connection) const;

  store::ReadPool& readers_;
  const registry::Registry& registry_;
  std::mutex mutex_;
  std::shared_ptr<const atlas::Graph> graph_;  ///< guarded by mutex_
  std::int64_t feed_seq_ = 0;                  ///< guarded by mutex_: nothing of the atlas changed between the graph and here
};

/// Tells the engine how far segments are from each other, at start and whenever the atlas changes.
class SegmentWayFeeder {
 public:
  SegmentWayFeeder(const store::Database& database, store::FeedSignal& signal, AtlasKeeper& atlas, match::Engine& engine, std::int64_t feed_seq);
  void stop() { follower_.stop(); }

 private:
  void give();

  AtlasKeeper& atlas_;
  match::Engine& engine_;
  store::FeedFollower follower_;
};

}  // namespace jingwei::node
