// SQL in memory: a small, safe door to DuckDB, for everything that computes over rows without being the store.
//
//   Database    in memory (or in one file of its own), locked down from the first moment: no other file, no network, no extension
//   Session     one connection, used by one thread at a time; runs trusted SQL, prepares statements, appends rows in bulk
//   Statement   one prepared statement: parameters by number or name, result columns, rows one after another
//   Appender    rows into a table, 2048 at a time; a million short rows take about a second
//
//   sql::Database database({.memory_bytes = 64 << 20});
//   auto session = database.connect();
//   session.run("CREATE TABLE facts (id VARCHAR, staff BIGINT, founded DATE)");
//   { auto rows = session.append("facts"); rows.text("ent_1").integer(42).null().end_row(); rows.finish(); }
//   auto verdict = session.prepare("SELECT id, staff >= $least AND founded < $day FROM facts");
//   verdict.bind("least", 10).bind("day", *sql::parse_day("2026-01-21"));
//   verdict.each([&](const sql::Row& row) { row.text(0); row.is_null(1) ? … : row.boolean(1); return true; });
//
// Whoever hands a stranger's SQL to a Session also says `deadline_ms`, asks is_select() first and knows that calls of some
// functions cannot be interrupted: analytics.h has the gate that refuses those.
//
// What SQL did wrong is SqlError. Types are DuckDB's; values come out as one of seven kinds (Value). DuckDB is touched here only;
// its C API: https://duckdb.org/docs/stable/clients/c/api.
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"

namespace jingwei::sql {

// ---- values -------------------------------------------------------------------------------------------------------

/// A calendar day (DATE), counted from 1970-01-01.
struct Day {
  std::int32_t days = 0;
  auto operator<=>(const Day&) const = default;
};
/// "2026-01-21"; nothing for anything else.
std::optional<Day> parse_day(std::string_view text);
std::string to_text(Day day);

/// NULL, BOOLEAN, any integer, any number with a fraction, text, DATE, TIMESTAMP (UTC), list of texts.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, Day, Timestamp, std::vector<std::string>>;

/// What the values of a column are. `text` also stands for what has no kind of its own (times of day, intervals, structs, maps,
/// lists of lists, integers beyond 64 bits): it comes written out.
enum class Kind { boolean, integer, number, text, day, timestamp, list };

struct Column {
  std::string name;
  Kind kind = Kind::text;
  std::string type;  ///< as SQL writes it: BIGINT, VARCHAR[], DECIMAL(18,2)
};

struct Batch;  // internal: up to 2048 rows as DuckDB hands them out

/// One row of a result; columns count from 0. Views live until the next row. A getter that does not fit the column's kind is our
/// fault and stops the process.
class Row {
 public:
  bool is_null(std::size_t column) const;
  bool boolean(std::size_t column) const;
  std::int64_t integer(std::size_t column) const;
  double number(std::size_t column) const;  ///< of integers too
  std::string_view text(std::size_t column) const;  ///< of VARCHAR columns
  Day day(std::size_t column) const;
  Timestamp timestamp(std::size_t column) const;
  std::vector<std::string> list(std::size_t column) const;
  Value value(std::size_t column) const;  ///< any column

 private:
  friend class Statement;
  Row(const Batch& batch, std::size_t row) : batch_(batch), row_(row) {}
  const Batch& batch_;
  std::size_t row_;
};

// ---- errors -------------------------------------------------------------------------------------------------------

enum class Fault {
  syntax,        ///< cannot be read as SQL
  unknown_name,  ///< no such table, column or function
  wrong_use,     ///< types or places that do not fit
  content,       ///< a value that cannot be converted, an overflow
  constraint,    ///< NOT NULL, UNIQUE
  forbidden,     ///< files, network, extensions, locked settings
  memory,        ///< over Opening::memory_bytes
  time,          ///< over deadline_ms, or interrupted
  broken,        ///< the database itself: throw it away and build it anew
};

class SqlError : public std::runtime_error {
 public:
  SqlError(Fault fault, std::string message, std::optional<std::size_t> position = {}, std::string candidates = {})
      : std::runtime_error(std::move(message)), fault_(fault), position_(position), candidates_(std::move(candidates)) {}
  Fault fault() const { return fault_; }
  /// Where in the SQL, in bytes from 0, when DuckDB says so.
  std::optional<std::size_t> position() const { return position_; }
  /// Names that DuckDB takes for meant, with commas.
  const std::string& candidates() const { return candidates_; }

 private:
  Fault fault_;
  std::optional<std::size_t> position_;
  std::string candidates_;
};

// ---- databases ----------------------------------------------------------------------------------------------------

class Session;

struct Opening {
  std::filesystem::path file;               ///< empty: in memory; else made when it is not there
  std::int64_t memory_bytes = 256LL << 20;  ///< of tables, buffers and queries together; nothing is spilled to disk
  int threads = 1;                          ///< that work on one query, the caller's included
  bool null_by_zero = false;                ///< x / 0 is NULL; otherwise infinity, as IEEE 754 has it
};

class Database {
 public:
  /// Throws SqlError{broken} for a file that is not a database of this version or is open elsewhere.
  explicit Database(const Opening& opening);
  Session connect();
  /// "1.5.6": the library that is running.
  static std::string library_version();

 private:
  std::shared_ptr<struct DatabaseHandle> handle_;
};

class Statement;
class Appender;

/// A connection keeps its database alive.
class Session {
 public:
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  /// One or several statements without parameters; results are thrown away.
  void run(const std::string& sql);
  /// Exactly one statement. Not yet run, but constant parts of it may already be computed: a deadline holds here too.
  Statement prepare(std::string_view sql, int deadline_ms = 0);
  /// First column of the first row of a query; NULL when there is none.
  Value value_of(std::string_view sql, std::initializer_list<Value> params = {});
  /// Columns in the order of the table. They must be BOOLEAN, BIGINT, DOUBLE, VARCHAR, DATE, TIMESTAMP(TZ) or VARCHAR[].
  /// Temporary tables are in schema "temp".
  Appender append(const std::string& table, const std::string& schema = "main");
  /// Ends what runs, from another thread; what runs throws SqlError{time}.
  void interrupt();

 private:
  friend class Database;
  explicit Session(std::shared_ptr<struct SessionHandle> handle);
  std::shared_ptr<struct SessionHandle> handle_;
};

/// Name or other text as SQL writes it, quotes doubled: "col""umn", 'it''s'.
std::string quoted_name(std::string_view name);
std::string quoted_text(std::string_view text);

// ---- statements ---------------------------------------------------------------------------------------------------

class Statement {
 public:
  Statement(Statement&&) noexcept;
  ~Statement();

  /// By DuckDB's own judgement: it returns rows and changes nothing. DESCRIBE and SHOW count as queries, EXPLAIN does not.
  bool is_select() const;
  /// Parameters count from 1. Names come without `$`. An unknown one is SqlError{wrong_use}.
  Statement& bind(std::size_t parameter, const Value& value);
  Statement& bind(const std::string& parameter, const Value& value);
  std::size_t parameter_count() const;
  bool has_parameter(const std::string& parameter) const;

  /// Runs it and hands out the rows until `visit` says false. Interrupted after `deadline_ms` (0: never). What was handed out before an
  /// error was right as far as it went. May run again with other parameters.
  void each(const std::function<bool(const Row&)>& visit, int deadline_ms = 0);
  /// Runs a statement whose rows, if any, do not matter. Returns the number of rows changed.
  std::int64_t execute(int deadline_ms = 0);
  /// Of the last run; before it, only names of statements without parameters are certain.
  const std::vector<Column>& columns() const { return columns_; }

 private:
  friend class Session;
  Statement(std::shared_ptr<struct SessionHandle> session, struct StatementHandle* handle);
  std::shared_ptr<struct SessionHandle> session_;
  std::unique_ptr<struct StatementHandle> handle_;
  std::vector<Column> columns_;
};

/// Everything a query returned, at most `rows_max` rows.
struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<Value>> rows;
  bool complete = true;  ///< false: there was more
};
Table collect(Statement& statement, std::size_t rows_max, int deadline_ms = 0);

// ---- bulk rows ----------------------------------------------------------------------------------------------------

/// One value a column, left to right, then end_row(), and finish() at the end: only then is everything in the table. One that is
/// given up before has handed over some of its rows; put BEGIN and ROLLBACK of the same session around it where that matters.
class Appender {
 public:
  Appender(Appender&&) noexcept;
  ~Appender();

  Appender& null();
  Appender& boolean(bool value);
  Appender& integer(std::int64_t value);
  Appender& number(double value);
  Appender& text(std::string_view value);
  Appender& day(Day value);
  Appender& timestamp(Timestamp value);
  Appender& list(std::span<const std::string> value);
  Appender& value(const Value& value);
  void end_row();
  void finish();

 private:
  friend class Session;
  explicit Appender(std::unique_ptr<struct AppenderHandle> handle);
  std::unique_ptr<struct AppenderHandle> handle_;
};

}  // namespace jingwei::sql
