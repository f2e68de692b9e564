// The tables of the read model, made from the register definitions.
//
//   schema base        what is stored: one table a register with all its columns, and the tables of acts
//   schema published   views for each sight: columns and rows that it may see, under plain names
//   schema audited
//   schema everything
//
// Views cost nothing and nothing is stored twice; a query names no schema and finds the views of its own sight.
#pragma once

#include <string>
#include <vector>

#include "analytics/analytics.h"

namespace jingwei::analytics::internal {

/// Where a column of a register's table is taken from.
enum class Source { id, state, audience, owner_id, version, created_at, updated_at, published_at, title, region, segment, valid_to, field, field_name };

struct StoredColumn {
  std::string name;
  std::string type;
  Bilingual title;
  std::optional<Bilingual> about;
  Source source = Source::field;
  const registry::Field* field = nullptr;  ///< of field and field_name
  bool in_typed_view = true;               ///< false: only the view `entries` shows it
};

/// One register's table in schema base. The name is the register's id with _ for -.
struct StoredRegister {
  const registry::Register* definition = nullptr;
  std::string name;
  std::vector<StoredColumn> columns;
};

/// A table of acts: stored as it is seen, and only by those who see more than what is published unless it is public.
struct StoredActs {
  std::string name;
  Bilingual title;
  Bilingual about;
  std::vector<ColumnFacts> columns;
  bool is_public = false;
};

struct Schema {
  std::vector<StoredRegister> registers;
  std::vector<StoredActs> acts;
  /// Changes whenever anything above would, or a name of a code: a stored file with another digest is built anew.
  std::string digest;

  const StoredRegister* of_register(std::string_view id) const;
};

Schema schema_of(const registry::Definitions& definitions);
/// Statements that make everything in an empty database.
std::string creation_sql(const Schema& schema);
/// What the asker of this sight can name.
std::vector<TableFacts> facts_of(const Schema& schema, Sight sight);

}  // namespace jingwei::analytics::internal
