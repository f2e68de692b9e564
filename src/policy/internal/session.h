// What judging needs of DuckDB: rows of integers, one text, the type of a column, facts appended.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analytics/sql.h"
#include "policy/policy.h"

namespace jingwei::policy {

constexpr std::int64_t kNull = INT64_MIN;

/// A database with the functions of conditions. `threads` work on one statement.
sql::Database open_database(std::int64_t memory_bytes, int threads);

/// Every column an integer or boolean; NULL is kNull.
std::vector<std::vector<std::int64_t>> integers(sql::Session& session, const std::string& query);
std::string text_of(sql::Session& session, const std::string& query);
void append(sql::Appender& rows, FactType type, const Value& value);

}  // namespace jingwei::policy
