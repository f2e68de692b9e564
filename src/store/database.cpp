// Opening a database and bringing its schema up to this program's.
#include <spdlog/spdlog.h>

#include "crypto/crypto.h"
#include "io/file.h"
#include "store/internal/connections.h"
#include "store/internal/migrations.h"

namespace jingwei::store {
namespace {

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

std::string in_dialect(std::string sql, bool postgresql) {
  sql = replace_all(std::move(sql), "{{sequence_key}}", postgresql ? "BIGINT PRIMARY KEY" : "INTEGER PRIMARY KEY");
  return replace_all(std::move(sql), "{{clustered}}", postgresql ? "" : "WITHOUT ROWID");
}

std::string digest_of(const std::string& text) { return to_hex(crypto::sha256(as_bytes(text))); }

}  // namespace

std::optional<std::int64_t> Connection::query_integer(std::string_view sql, std::initializer_list<Param> params) {
  std::optional<std::int64_t> value;
  query(sql, params, [&](const Row& row) {
    if (!value && !row.is_null(0)) value = row.integer(0);
  });
  return value;
}

std::optional<std::string> Connection::query_text(std::string_view sql, std::initializer_list<Param> params) {
  std::optional<std::string> value;
  query(sql, params, [&](const Row& row) {
    if (!value && !row.is_null(0)) value = row.string(0);
  });
  return value;
}

Snapshot::~Snapshot() {
  try {
    connection_.run("COMMIT");
  } catch (const std::exception&) {
    // Nothing was written. The connection is broken, and the next query on it will say so.
  }
}

void migrate(Connection& connection, Timestamp now) {
  connection.begin_write();
  connection.run("CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, digest TEXT NOT NULL, applied_us BIGINT NOT NULL)");
  connection.run("COMMIT");
  std::vector<std::pair<std::string, std::string>> applied;
  connection.query("SELECT name, digest FROM schema_migrations ORDER BY name", {},
                   [&](const Row& row) { applied.emplace_back(row.string(0), row.string(1)); });
  const auto& known = migrations();
  for (std::size_t i = 0; i < applied.size(); ++i) {
    if (i >= known.size())
      throw StoreError("the database was written by a newer program (it has " + applied[i].first + "); install that program or restore a backup");
    if (applied[i].first != known[i].name || applied[i].second != digest_of(known[i].sql))
      throw StoreError("the database's schema differs from this program's at " + applied[i].first + "; restore a backup made with the same program");
  }
  for (std::size_t i = applied.size(); i < known.size(); ++i) {
    connection.begin_write();
    // Another replica may have been quicker while this one waited for the lock.
    if (connection.query_integer("SELECT 1 FROM schema_migrations WHERE name = $1", {known[i].name})) {
      connection.run("COMMIT");
      continue;
    }
    connection.run(in_dialect(known[i].sql, connection.is_postgresql()));
    connection.execute("INSERT INTO schema_migrations (name, digest, applied_us) VALUES ($1, $2, $3)", {known[i].name, digest_of(known[i].sql), now.us});
    connection.run("COMMIT");
    spdlog::info("schema: applied {}", known[i].name);
  }
}

Database::Database(DatabaseOptions options, Timestamp now) : options_(std::move(options)) {
  if (!is_postgresql() && !options_.create && !io::file_exists(options_.sqlite_path))
    throw StoreError(options_.sqlite_path + " does not exist; create a node first (jingwei init)");
  migrate(*connect(), now);
  options_.create = false;
}

std::unique_ptr<Connection> Database::connect(bool read_only) const {
  if (is_postgresql()) return open_postgresql(options_.postgresql_url);
  return open_sqlite(options_.sqlite_path, options_.create, read_only);
}


}  // namespace jingwei::store
