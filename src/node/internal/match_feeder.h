// Keeps the match index behind the feed: published entries of supply registers are put, all others removed.
#pragma once

#include <filesystem>
#include <memory>

#include "match/match.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jingwei::node {

class MatchFeeder {
 public:
  /// Loads the saved index or builds it from the database; findable supplies are complete when it returns.
  MatchFeeder(const store::Database& database, store::FeedSignal& signal, const registry::Definitions& definitions, match::Engine& engine,
              std::filesystem::path index_file);
  ~MatchFeeder();

  std::int64_t applied_seq() const { return follower_->applied_seq(); }
  bool wait_applied(std::int64_t seq, int timeout_ms) { return follower_->wait_applied(seq, timeout_ms); }
  /// Saves the index when it has changed since the last save.
  void save();
  void stop();

 private:
  void build(store::Connection& connection);
  void apply(store::Connection& connection, std::span<const store::FeedRecord> records);

  const registry::Definitions& definitions_;
  match::Engine& engine_;
  std::filesystem::path index_file_;
  std::atomic<std::int64_t> saved_seq_ = 0;
  std::unique_ptr<store::FeedFollower> follower_;
};

/// The supply that an entry is to the engine. The register has a supply_kind.
match::Document document_of(const registry::Register& reg, const registry::Entry& entry);

}  // namespace jingwei::node
