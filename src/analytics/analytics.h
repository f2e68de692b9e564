// Analytics: a DuckDB read model of the whole node, and read-only SQL over it.
//
//   Model        follows the feed into a file of its own; says how far it is (feed_seq); may be deleted and is built anew
//   Model::ask   a stranger's SELECT: checked, limited in time, memory and rows, and only over the tables of the asker's sight
//   EmptyModel   the same tables without rows, for SQL in files
//   figure_of    one computed figure with its lineage: SQL, feed_seq, the entries behind it (for indicators)
//   Queries      saved queries: commands and reads over the store's tables saved_queries, saved_query_versions
//
// Tables: one a register (columns from its definition: money as BIGINT fen, days as DATE, codes with a second column _name, many codes as
// VARCHAR[]), and entries, versions, parties, deals, milestones, evaluations, feedback, statements, feed. Model::tables describes all.
//
// SQL that is refused is Rejected{invalid} with the place in the text (InputProblem::row: the line, from 1) and what to do instead.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/sql.h"
#include "base/described.h"
#include "base/rejected.h"
#include "identity/identity.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jingwei::analytics {

// ---- who sees what --------------------------------------------------------------------------------------------------

/// published: published entries that everybody or every member may read, without owners of anonymous needs, without columns of
/// sensitivity `owner`. audited: every state of every list, still without those columns, and deals, feedback, versions, feed.
/// everything: all of it.
enum class Sight { published, audited, everything };
BOOST_DESCRIBE_ENUM(Sight, published, audited, everything)

/// Departments and administrators see everything, auditors what is audited, financiers what is published; nobody else runs SQL.
std::optional<Sight> sight_of(const identity::Actor& actor);
/// Throws Rejected{forbidden} for those who run no SQL.
Sight require_sight(const identity::Actor& actor);

// ---- tables ---------------------------------------------------------------------------------------------------------

struct ColumnFacts {
  std::string id;
  std::string type;        ///< VARCHAR, BIGINT, DOUBLE, BOOLEAN, DATE, TIMESTAMP WITH TIME ZONE, VARCHAR[]
  Bilingual title;
  std::optional<Bilingual> about;  ///< unit, where its codes are explained
};
BOOST_DESCRIBE_STRUCT(ColumnFacts, (), (id, type, title, about))

struct TableFacts {
  std::string id;
  Bilingual title;
  Bilingual about;
  std::vector<ColumnFacts> columns;
};
BOOST_DESCRIBE_STRUCT(TableFacts, (), (id, title, about, columns))

// ---- asking ---------------------------------------------------------------------------------------------------------

constexpr std::size_t kSqlBytesMax = 20'000;
constexpr std::size_t kRowsMax = 10'000;           ///< of one answer on a page; a download may have kDownloadRowsMax
constexpr std::size_t kDownloadRowsMax = 200'000;
constexpr int kDeadlineMs = 10'000;                ///< of one query
constexpr int kQueriesAtOnce = 2;                  ///< others wait
constexpr std::size_t kWaitingMax = 32;            ///< of those handed to Model::later
constexpr int kWaitForTurnMs = 5'000;              ///< then they are sent away

struct Limits {
  std::size_t rows_max = kRowsMax;
  int deadline_ms = kDeadlineMs;
};

struct Answer {
  std::vector<sql::Column> columns;
  std::vector<std::vector<sql::Value>> rows;
  bool complete = true;        ///< false: there were more than rows_max
  std::int64_t feed_seq = 0;   ///< of the state that was asked
  std::int64_t took_ms = 0;
};

/// A value as JSON (days and moments as text, NULL as null; infinities, which JSON does not know, as text) and as a cell of a table.
json::value json_of(const sql::Value& value);
std::string cell_of(const sql::Value& value);
/// Header and rows as CSV (RFC 4180). What a spreadsheet program would run is guarded as in exports of registers; numbers never are.
std::string csv_of(const Answer& answer);

/// The days of a period, both in it. SQL of figures names them as $from and $to, values of type DATE.
struct FigureDays {
  sql::Day from;
  sql::Day to;
};

/// What is asked for a figure: SQL that gives exactly one column of numbers and at most one row. `rows_sql` gives the ids behind it in its
/// first column and may give what each adds in its second.
struct FigureQuestion {
  std::string sql;
  std::optional<std::string> rows_sql;
  Sight sight = Sight::everything;   ///< published for figures that are public, so that nothing private shows in them
  std::optional<FigureDays> days;    ///< without them no parameter is admitted
};

/// A computed figure and where it comes from.
struct Figure {
  std::optional<double> value;        ///< nothing: the query gave NULL or no row; that is "no data", never zero
  std::int64_t feed_seq = 0;          ///< figure and rows are of this one state
  bool by_days = false;               ///< names $from or $to; otherwise it speaks of the present
  std::vector<std::string> row_ids;   ///< first column of rows_sql: ids of entries or deals, each with its page and statements
  std::vector<double> row_values;     ///< second column of rows_sql when it has one: what each row adds
  bool rows_complete = true;          ///< false: more than kFigureRowsMax
};
constexpr std::size_t kFigureRowsMax = 1'000;

enum class ReadModelState { building, ready, stopped };
BOOST_DESCRIBE_ENUM(ReadModelState, building, ready, stopped)

struct ModelOptions {
  std::filesystem::path file;                ///< made when it is not there
  std::int64_t memory_bytes = 256LL << 20;
  int threads = 2;
};

class Model {
 public:
  /// Opens or builds on a thread of its own and returns at once.
  Model(const store::Database& database, store::FeedSignal& signal, const registry::Definitions& definitions, ModelOptions options);
  ~Model();

  ReadModelState state() const;
  /// True once it can be asked; false after `timeout_ms` or when stopped.
  bool wait_ready(int timeout_ms) const;
  /// Number of the last feed record that is in it; 0 while it is being built.
  std::int64_t applied_seq() const;
  bool wait_applied(std::int64_t seq, int timeout_ms) const;
  /// Ends queries, building and following. Nothing is asked afterwards.
  void stop();
  /// The part of stop() that waits for nobody but running queries, which it interrupts: no query is taken from now on.
  void end_queries();

  std::vector<TableFacts> tables(Sight sight) const;

  /// Runs `work`, which asks, on one of kQueriesAtOnce threads of the model's own, so that long queries hold up nobody else's work.
  /// Throws Rejected{unavailable} when kWaitingMax are waiting or the model was stopped.
  void later(std::move_only_function<void()> work);

  /// Throws Rejected: invalid (the SQL, with its place), unavailable (being built, too many at once).
  Answer ask(Sight sight, std::string_view sql, const Limits& limits = {}) const;

  /// Figure and rows of one state. Throws as ask() does, and for a figure that is no finite number; problems name the field "sql" or
  /// "rows_sql".
  Figure figure_of(const FigureQuestion& question, const Limits& limits = {}) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// The same tables without a row, in memory: checks SQL that stands in files before there is a node to ask.
class EmptyModel {
 public:
  explicit EmptyModel(const registry::Definitions& definitions);
  ~EmptyModel();
  /// As Model::ask; what comes back has columns and, but for constants and aggregates, no rows.
  Answer ask(Sight sight, std::string_view sql) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// ---- saved queries --------------------------------------------------------------------------------------------------

constexpr std::size_t kQueryTitleMax = 80;  ///< characters
constexpr std::size_t kQueriesPerOrganizationMax = 500;

struct QueryWrite {
  std::string title;
  std::string sql;
  std::optional<json::object> chart;  ///< how the page draws it; kept as it comes, at most 2 kB
};
BOOST_DESCRIBE_STRUCT(QueryWrite, (), (title, sql, chart))

struct SavedQuery {
  std::string id;
  std::int64_t version = 0;
  std::string title;
  std::string sql;
  std::optional<json::object> chart;
  std::string owner_id;    ///< account
  std::string owner_name;
  std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(SavedQuery, (), (id, version, title, sql, chart, owner_id, owner_name, updated_at))

/// Everyone who runs SQL reads all saved queries (they hold no data, and run with the reader's own sight); one's own are changed by oneself
/// and by administrators.
class Queries {
 public:
  SavedQuery create(store::Transaction& tx, const identity::Actor& actor, QueryWrite write) const;
  /// version_mismatch when somebody changed it since `version`.
  SavedQuery edit(store::Transaction& tx, const identity::Actor& actor, std::string_view id, std::int64_t version, QueryWrite write) const;
  void remove(store::Transaction& tx, const identity::Actor& actor, std::string_view id, std::int64_t version) const;
  SavedQuery require(store::Connection& connection, const identity::Actor& actor, std::string_view id) const;
  std::vector<SavedQuery> list(store::Connection& connection, const identity::Actor& actor) const;
};

}  // namespace jingwei::analytics
