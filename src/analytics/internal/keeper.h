// Fills the read model's database: builds it from the store, then applies the feed. Knows nothing of who asks.
//
// base.progress holds one row: how far the feed and the log are in, and up to which record a first version may be here already
// (records that came in while it was built are applied once more). It changes in the transaction of the rows it speaks of.
#pragma once

#include <atomic>
#include <span>

#include "analytics/internal/rows.h"

namespace jingwei::analytics::internal {

class Keeper {
 public:
  Keeper(const store::Database& store, const registry::Definitions& definitions, const Schema& schema);

  /// True when the file behind `database` is whole, of this schema and this node, and not ahead of the store.
  bool is_current(sql::Database& database) const;
  /// Fills an empty database; returns false when `stopping` became true on the way.
  bool build(sql::Database& database, const std::atomic<bool>& stopping) const;
  /// Applies records in one transaction. Throws with nothing changed.
  void apply(sql::Session& session, store::Connection& connection, std::span<const store::FeedRecord> records) const;
  /// Number of the last record that is in.
  static std::int64_t feed_seq(sql::Session& session);

 private:
  std::string identity(store::Connection& connection) const;
  bool build_entries(sql::Database& database, store::Connection& connection, const std::atomic<bool>& stopping) const;
  void build_acts(sql::Database& database, store::Connection& connection, std::int64_t feed_seq, std::int64_t leaf_count) const;

  const store::Database& store_;
  const Schema& schema_;
  Names names_;
};

}  // namespace jingwei::analytics::internal
