// Keeps the industry atlas as the registers hold it. The graph is made when somebody asks and something in it has changed since.
#pragma once

#include <memory>
#include <mutex>

#include "atlas/atlas.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jingwei::node {

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

}  // namespace jingwei::node
