// Rows of the store into tables of the read model: reading them in one snapshot, and appending them with names beside codes.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "analytics/internal/schema.h"

namespace jingwei::analytics::internal {

struct EntryRow {
  std::string id, state, owner_id, region, segment, title, audience, valid_to;
  const StoredRegister* stored = nullptr;
  std::int64_t version = 0, created_us = 0, updated_us = 0, published_us = 0;
  std::string body;
};

/// The columns of every query that gives entry rows, in the order that read_entry expects.
inline constexpr std::string_view kEntryColumns =
    "e.id, e.register, e.state, e.owner_id, e.region, e.segment, e.title, e.audience, e.valid_to, e.version, e.created_us, e.updated_us, e.published_us, v.body";
EntryRow read_entry(const Schema& schema, const store::Row& row);

/// Names of codes and regions by code, made once for all rows.
class Names {
 public:
  Names(const Schema& schema, const registry::Definitions& definitions);
  /// Empty when the code has none.
  std::string_view of(const registry::Field& field, std::string_view code) const;

 private:
  std::unordered_map<std::string, std::unordered_map<std::string, std::string>> lists_;  ///< by code list; regions under ""
  std::unordered_map<const registry::Field*, const std::unordered_map<std::string, std::string>*> by_field_;
};

/// Appends rows; tables are opened when their first row comes. One transaction of the session is around all of them.
class RowWriter {
 public:
  RowWriter(sql::Session& session, const Names& names) : session_(session), names_(names) {}

  void entry(const EntryRow& row);
  void version(const store::Row& row);    ///< id, version, at_us, actor_id, act
  void deal(const store::Row& row);       ///< id, created_us, updated_us, body; milestones and evaluations too
  void feedback(const store::Row& row);   ///< id, need_id, supply_id, mark, reason, updated_us, version
  void statement(const store::Row& row);  ///< leaf, id, kind, subject, at_us
  void feed(const store::FeedRecord& record);
  /// All appended rows are in their tables.
  void finish();

 private:
  sql::Appender& table(const std::string& name);

  sql::Session& session_;
  const Names& names_;
  std::map<std::string, sql::Appender, std::less<>> tables_;
};

}  // namespace jingwei::analytics::internal
