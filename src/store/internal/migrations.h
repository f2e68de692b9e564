// The schema's history: SQL texts in order, embedded at build time from src/store/migrations.
#pragma once

#include <string>
#include <vector>

#include "store/store.h"

namespace jingwei::store {

struct Migration {
  std::string name;  ///< "0001_first_light.sql"
  std::string sql;
};

const std::vector<Migration>& migrations();

/// Applies what is missing, each migration in its own transaction; throws StoreError when the database was written by a
/// newer program or an applied migration has another text here.
void migrate(Connection& connection, Timestamp now);

}  // namespace jingwei::store
