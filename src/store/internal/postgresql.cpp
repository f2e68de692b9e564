// PostgreSQL behind store.h through libpq. Results come in binary form. One transaction-level advisory lock puts the
// writers of all replicas in a single order; it is released by commit, rollback or a lost connection.
#include <libpq-fe.h>

#include <unordered_map>

#include "base/check.h"
#include "store/internal/connections.h"

namespace jingwei::store {
namespace {

// "jingwei" in ASCII, cut to 63 bits: any constant that other users of the same database do not take.
constexpr std::string_view kWriterLock = "SELECT pg_advisory_xact_lock(29955957440472425)";
constexpr Oid kBoolOid = 16;
constexpr Oid kByteaOid = 17;
constexpr Oid kInt8Oid = 20;
constexpr Oid kInt2Oid = 21;
constexpr Oid kInt4Oid = 23;
constexpr Oid kTextOid = 25;

struct Result {
  PGresult* value;
  explicit Result(PGresult* result) : value(result) {}
  Result(const Result&) = delete;
  Result& operator=(const Result&) = delete;
  ~Result() { PQclear(value); }
};

std::int64_t big_endian(const char* data, int length) {
  std::int64_t value = length > 0 && (data[0] & 0x80) != 0 ? -1 : 0;
  for (int i = 0; i < length; ++i) value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << 8 | static_cast<unsigned char>(data[i]));
  return value;
}

class PostgresqlRow : public Row {
 public:
  PostgresqlRow(PGresult* result, int row) : result_(result), row_(row) {}
  std::int64_t integer(int column) const override {
    if (is_null(column)) return 0;
    const Oid type = PQftype(result_, column);
    CHECK(type == kInt8Oid || type == kInt4Oid || type == kInt2Oid || type == kBoolOid);
    return big_endian(PQgetvalue(result_, row_, column), PQgetlength(result_, row_, column));
  }
  std::string_view text(int column) const override {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }
  ByteView bytes(int column) const override { return as_bytes(text(column)); }
  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }

 private:
  PGresult* result_;
  int row_;
};

class PostgresqlConnection : public Connection {
 public:
  explicit PostgresqlConnection(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) {
      const std::string text = PQerrorMessage(connection_);
      PQfinish(connection_);
      throw StoreError("PostgreSQL cannot be reached: " + text);
    }
    PQsetNoticeProcessor(connection_, [](void*, const char*) {}, nullptr);
    run("SET client_encoding = 'UTF8'; SET synchronous_commit = on");
  }

  ~PostgresqlConnection() override { PQfinish(connection_); }

  void query(std::string_view sql, std::span<const Param> params, const RowVisitor& visit) override {
    const Result result(execute_prepared(sql, params));
    const int rows = PQntuples(result.value);
    for (int row = 0; row < rows; ++row) visit(PostgresqlRow(result.value, row));
  }

  std::int64_t execute(std::string_view sql, std::span<const Param> params) override {
    const Result result(execute_prepared(sql, params));
    const std::string_view count = PQcmdTuples(result.value);
    return count.empty() ? 0 : std::stoll(std::string(count));
  }

  void run(std::string_view sql) override {
    const Result result(PQexec(connection_, std::string(sql).c_str()));
    expect(result.value, sql);
  }

  void begin_write() override {
    if (PQstatus(connection_) != CONNECTION_OK) {
      PQreset(connection_);
      statements_.clear();
    }
    run("BEGIN");
    run(kWriterLock);
  }
  void begin_snapshot() override { run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
  bool is_postgresql() const override { return true; }

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  void expect(PGresult* result, std::string_view sql) {
    const auto status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return;
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string_view code = state != nullptr ? state : "";
    if (code == "53100")  // disk_full
      throw Rejected(Code::storage_full, {"磁盘已满，本次修改没有写入；已有数据仍可查看", "The disk is full: nothing was written; reading goes on"});
    if (PQstatus(connection_) != CONNECTION_OK || code.starts_with("57P"))
      throw Rejected(Code::unavailable, {"数据库暂时连不上，请稍后再试", "The database cannot be reached right now; try again later"});
    throw StoreError("postgresql: " + std::string(PQresultErrorMessage(result)) + " (" + std::string(sql) + ")");
  }

  const std::string& prepared(std::string_view sql, std::span<const Param> params) {
    if (const auto at = statements_.find(sql); at != statements_.end()) return at->second;
    std::vector<Oid> types;
    for (const auto& param : params)
      types.push_back(std::holds_alternative<std::int64_t>(param) ? kInt8Oid : std::holds_alternative<ByteView>(param) ? kByteaOid : kTextOid);
    const std::string name = "s" + std::to_string(statements_.size());
    const Result result(PQprepare(connection_, name.c_str(), std::string(sql).c_str(), static_cast<int>(types.size()), types.data()));
    expect(result.value, sql);
    return statements_.emplace(std::string(sql), name).first->second;
  }

  PGresult* execute_prepared(std::string_view sql, std::span<const Param> params) {
    if (PQstatus(connection_) != CONNECTION_OK && PQtransactionStatus(connection_) != PQTRANS_INTRANS) {
      PQreset(connection_);  // the server went away between two requests; a new connection has no prepared statements
      statements_.clear();
    }
    const std::string& name = prepared(sql, params);
    std::vector<std::string> numbers(params.size());
    std::vector<const char*> values(params.size());
    std::vector<int> lengths(params.size());
    std::vector<int> formats(params.size(), 1);  // binary text and bytea need no terminator
    for (std::size_t i = 0; i < params.size(); ++i) {
      if (const auto* integer = std::get_if<std::int64_t>(&params[i])) {
        numbers[i] = std::to_string(*integer);
        values[i] = numbers[i].c_str();
        formats[i] = 0;
      } else if (const auto* text = std::get_if<std::string_view>(&params[i])) {
        values[i] = text->data() != nullptr ? text->data() : "";
        lengths[i] = static_cast<int>(text->size());
      } else {
        const ByteView bytes = std::get<ByteView>(params[i]);
        values[i] = bytes.empty() ? "" : reinterpret_cast<const char*>(bytes.data());
        lengths[i] = static_cast<int>(bytes.size());
      }
    }
    PGresult* result = PQexecPrepared(connection_, name.c_str(), static_cast<int>(params.size()), values.data(), lengths.data(), formats.data(), 1);
    try {
      expect(result, sql);
    } catch (...) {
      PQclear(result);
      throw;
    }
    return result;
  }

  PGconn* connection_;
  std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> statements_;  ///< SQL to prepared name
};

}  // namespace

std::unique_ptr<Connection> open_postgresql(const std::string& url) { return std::make_unique<PostgresqlConnection>(url); }

}  // namespace jingwei::store
