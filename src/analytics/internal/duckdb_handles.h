// Owners of DuckDB's C handles: each is released once, in the order the C API asks for. Only src/analytics/sql*.cpp sees them.
#pragma once

#include <duckdb.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/internal/watchdog.h"
#include "analytics/sql.h"

namespace jingwei::sql {

struct DatabaseHandle {
  duckdb_database database = nullptr;
  DatabaseHandle() = default;
  DatabaseHandle(const DatabaseHandle&) = delete;
  ~DatabaseHandle() { duckdb_close(&database); }
};

struct SessionHandle {
  std::shared_ptr<DatabaseHandle> database;  ///< outlives the connection
  duckdb_connection connection = nullptr;
  Watchdog watchdog{[this] { duckdb_interrupt(connection); }};
  SessionHandle() = default;
  SessionHandle(const SessionHandle&) = delete;
  ~SessionHandle() {
    watchdog.stop();
    duckdb_disconnect(&connection);
  }
};

struct StatementHandle {
  duckdb_prepared_statement statement = nullptr;
  StatementHandle() = default;
  StatementHandle(const StatementHandle&) = delete;
  ~StatementHandle() { duckdb_destroy_prepare(&statement); }
};

struct ResultHandle {
  duckdb_result result{};
  ResultHandle() = default;
  ResultHandle(const ResultHandle&) = delete;
  ~ResultHandle() { duckdb_destroy_result(&result); }
};

struct TypeHandle {
  duckdb_logical_type type;
  explicit TypeHandle(duckdb_logical_type owned) : type(owned) {}
  TypeHandle(TypeHandle&& other) noexcept : type(std::exchange(other.type, nullptr)) {}
  ~TypeHandle() { duckdb_destroy_logical_type(&type); }
};

struct ChunkHandle {
  duckdb_data_chunk chunk;
  explicit ChunkHandle(duckdb_data_chunk owned) : chunk(owned) {}
  ChunkHandle(const ChunkHandle&) = delete;
  ~ChunkHandle() { duckdb_destroy_data_chunk(&chunk); }
};

/// A text that DuckDB allocated.
std::string take_text(char* owned);

/// DuckDB's message ("Parser Error: {json}", "{json}" or a plain sentence) as an error.
SqlError error_of(std::string_view message);

/// Kind and written type of a logical type.
Column column_of(std::string name, duckdb_logical_type type);

/// The columns of one chunk with their data at hand.
struct Batch {
  struct Cells {
    duckdb_vector vector;
    TypeHandle type;
    duckdb_type id;
    void* data;
    std::uint64_t* validity;  ///< null: every row has a value
  };
  std::vector<Cells> columns;
  explicit Batch(duckdb_data_chunk chunk);
};

}  // namespace jingwei::sql
