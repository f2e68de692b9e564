// Keeps all organizations' facts as the registers hold them, for judging everybody at once. Read again when somebody asks and an
// organization, a year or a certification has changed since, or another day has come.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "io/clock.h"
#include "policy/lists.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jingwei::node {

class PolicyKeeper {
 public:
  PolicyKeeper(store::ReadPool& readers, const registry::Registry& registry, const policy::Book& book, io::Clock& clock)
      : readers_(readers), registry_(registry), book_(book), clock_(clock) {}

  /// Slow: call it on a worker. Others wait until `use` returns.
  void with_everybody(const std::function<void(policy::Everybody&)>& use);

 private:
  bool has_changed(store::Connection& connection, std::int64_t feed_seq, const std::string& today) const;

  store::ReadPool& readers_;
  const registry::Registry& registry_;
  const policy::Book& book_;
  io::Clock& clock_;
  std::mutex mutex_;
  std::unique_ptr<policy::Everybody> everybody_;  ///< guarded by mutex_
  std::int64_t looked_at_seq_ = 0;                ///< guarded by mutex_: nothing of it changed between its own number and here
};

}  // namespace jingwei::node
