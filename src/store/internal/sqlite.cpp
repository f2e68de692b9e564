// SQLite behind store.h: WAL so that readers never wait for the writer, synchronous=FULL so that a commit is on disk.
#include <sqlite3.h>

#include <unordered_map>

#include "base/check.h"
#include "store/internal/connections.h"

namespace jingwei::store {
namespace {

constexpr int kBusyTimeoutMs = 10'000;

[[noreturn]] void fail(sqlite3* db, int code, std::string_view what) {
  const std::string text = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  const int primary = code & 0xff;
  // A failed write of the log or of a page is how a full disk shows up when SQLite cannot tell; the operating system can.
  if (primary == SQLITE_FULL || (primary == SQLITE_IOERR && db != nullptr && sqlite3_system_errno(db) == ENOSPC))
    throw Rejected(Code::storage_full, {"磁盘已满，本次修改没有写入；已有数据仍可查看", "The disk is full: nothing was written; reading goes on"});
  throw StoreError("sqlite: " + text + " (" + std::string(what) + ")");
}

class SqliteRow : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string_view text(int column) const override {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  ByteView bytes(int column) const override {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

 private:
  sqlite3_stmt* statement_;
};

class SqliteConnection : public Connection {
 public:
  SqliteConnection(const std::string& path, bool create, bool read_only) {
    const int flags = (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0)) | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(path.c_str(), &db_, flags, nullptr);
    if (code != SQLITE_OK) {
      const std::string text = db_ != nullptr ? sqlite3_errmsg(db_) : sqlite3_errstr(code);
      sqlite3_close(db_);
      throw StoreError(path + ": " + text);
    }
    sqlite3_extended_result_codes(db_, 1);
    sqlite3_busy_timeout(db_, kBusyTimeoutMs);
    // A version or statement of some 1 kB fits into a page of 8 kB with others; into one of 4 kB it would not, and each would
    // cost a page of its own in the log and in the file. Only a new database takes this.
    if (create) run("PRAGMA page_size=8192");
    if (!read_only) run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=2000");
  }

  ~SqliteConnection() override {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(db_);
  }

  void query(std::string_view sql, std::span<const Param> params, const RowVisitor& visit) override {
    sqlite3_stmt* statement = bind(sql, params);
    const Reset reset{statement};
    while (true) {
      const int code = sqlite3_step(statement);
      if (code == SQLITE_DONE) return;
      if (code != SQLITE_ROW) fail(db_, code, sql);
      visit(SqliteRow(statement));
    }
  }

  std::int64_t execute(std::string_view sql, std::span<const Param> params) override {
    sqlite3_stmt* statement = bind(sql, params);
    const Reset reset{statement};
    int code = sqlite3_step(statement);
    while (code == SQLITE_ROW) code = sqlite3_step(statement);
    if (code != SQLITE_DONE) fail(db_, code, sql);
    return sqlite3_changes64(db_);
  }

  void run(std::string_view sql) override {
    const int code = sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(db_, code, sql);
  }

  void begin_write() override { run("BEGIN IMMEDIATE"); }
  void begin_snapshot() override { run("BEGIN"); }
  bool is_postgresql() const override { return false; }

 private:
  struct Reset {
    sqlite3_stmt* statement;
    ~Reset() {
      sqlite3_reset(statement);
      sqlite3_clear_bindings(statement);
    }
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  sqlite3_stmt* prepared(std::string_view sql) {
    if (const auto at = statements_.find(sql); at != statements_.end()) return at->second;
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) fail(db_, code, sql);
    statements_.emplace(sql, statement);
    return statement;
  }

  sqlite3_stmt* bind(std::string_view sql, std::span<const Param> params) {
    sqlite3_stmt* statement = prepared(sql);
    // $1, $2… are names to SQLite, numbered in order of first appearance, which store.h asks for.
    CHECK(sqlite3_bind_parameter_count(statement) == static_cast<int>(params.size()));
    for (std::size_t i = 0; i < params.size(); ++i) {
      const int at = static_cast<int>(i) + 1;
      int code = SQLITE_OK;
      if (const auto* integer = std::get_if<std::int64_t>(&params[i])) {
        code = sqlite3_bind_int64(statement, at, *integer);
      } else if (const auto* text = std::get_if<std::string_view>(&params[i])) {
        code = sqlite3_bind_text64(statement, at, text->data() != nullptr ? text->data() : "", text->size(), SQLITE_STATIC, SQLITE_UTF8);
      } else {
        const ByteView bytes = std::get<ByteView>(params[i]);
        code = bytes.empty() ? sqlite3_bind_zeroblob(statement, at, 0) : sqlite3_bind_blob64(statement, at, bytes.data(), bytes.size(), SQLITE_STATIC);
      }
      if (code != SQLITE_OK) fail(db_, code, sql);
    }
    return statement;
  }

  sqlite3* db_ = nullptr;
  std::unordered_map<std::string, sqlite3_stmt*, TextHash, std::equal_to<>> statements_;
};

}  // namespace

std::unique_ptr<Connection> open_sqlite(const std::string& path, bool create, bool read_only) {
  // SQLite's memory statistics would take one global lock for every allocation of every connection.
  [[maybe_unused]] static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  return std::make_unique<SqliteConnection>(path, create, read_only);
}

}  // namespace jingwei::store
