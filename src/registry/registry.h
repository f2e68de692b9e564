// Registers: typed lists defined by files (registers/README.md), and their entries.
//
//   Definitions   the YAML files, code lists and regions, read and checked once at start
//   Registry      commands (inside a store::Transaction) and reads; who may read and write is decided here
//   Import        CSV: map columns, check every row, dry run, commit in chunks; wrong rows come back with a reason
//
// An entry is one versioned record: draft -> published -> withdrawn or expired. Fields are a JSON object by field id in the
// normal form of registers/README.md. Money is integer fen, regions and codes are codes, organizations are ids.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/region.h"
#include "base/time.h"
#include "evidence/evidence.h"
#include "identity/identity.h"
#include "store/store.h"

namespace jingwei::registry {

// ---- definitions --------------------------------------------------------------------------------------------------

enum class FieldType { text, long_text, integer, decimal, money, date, boolean, code, region, organization, uscc, url };
BOOST_DESCRIBE_ENUM(FieldType, text, long_text, integer, decimal, money, date, boolean, code, region, organization, uscc, url)

enum class Sensitivity { open, members, owner };
BOOST_DESCRIBE_ENUM(Sensitivity, open, members, owner)

struct Field {
  std::string id;
  Bilingual title;
  std::optional<Bilingual> help;
  FieldType type = FieldType::text;
  std::string role;
  bool required = false;
  std::optional<Bilingual> unit;
  std::int64_t fen_per_unit = 0;     ///< money: 100 for 元, 1 000 000 for 万元
  std::optional<double> min;
  std::optional<double> max;
  std::size_t max_length = 0;        ///< characters; text types
  std::string code_list;
  bool many = false;
  std::vector<std::string> synonyms;
  Sensitivity sensitivity = Sensitivity::open;
  bool in_table = false;
};

struct Access {
  std::vector<std::string> create, edit, publish, withdraw, read_published, read_draft;  ///< subjects
};

struct Register {
  std::string id;
  std::string id_prefix;
  Bilingual title;
  Bilingual about;
  std::string chain;
  std::string supply_kind;  ///< empty: not offered as a supply
  std::vector<std::string> key;
  std::vector<Field> fields;
  Access access;
  bool states_publish = false;   ///< publishing leaves a statement
  bool states_withdraw = false;

  const Field* field(std::string_view id) const;
  const Field* with_role(std::string_view role) const;
};

struct CodeItem {
  std::string code;
  std::string zh;
  std::string en;
  std::string chain;  ///< segments only
};

struct CodeList {
  std::string id;
  Bilingual title;
  std::vector<CodeItem> codes;
  const CodeItem* find(std::string_view code) const;
  /// By code, Chinese or English name.
  const CodeItem* resolve(std::string_view text) const;
};

class Definitions {
 public:
  /// Reads registers/*.yaml and registers/code-lists. Throws Rejected{invalid} naming file, line, reason and remedy.
  static Definitions load(const std::filesystem::path& folder);

  const std::vector<Register>& all() const { return registers_; }
  const Register* find(std::string_view id) const;
  /// The register whose ids begin with the prefix of `entry_id`.
  const Register* of_entry(std::string_view entry_id) const;
  const CodeList* code_list(std::string_view id) const;
  const Regions& regions() const { return *regions_; }

 private:
  std::vector<Register> registers_;
  std::map<std::string, CodeList, std::less<>> code_lists_;
  std::shared_ptr<const Regions> regions_;
};

// ---- entries ------------------------------------------------------------------------------------------------------

enum class EntryState { draft, published, withdrawn, expired };
BOOST_DESCRIBE_ENUM(EntryState, draft, published, withdrawn, expired)

enum class Act { edit, publish, withdraw };
BOOST_DESCRIBE_ENUM(Act, edit, publish, withdraw)

/// The audience of a need; other entries are always `open`.
enum class Audience { open, anonymous, invited };
BOOST_DESCRIBE_ENUM(Audience, open, anonymous, invited)

struct Entry {
  std::string id;
  std::string register_id;
  EntryState state = EntryState::draft;
  std::string owner_id;  ///< organization
  std::string region;
  std::string segment;
  std::string title;
  Audience audience = Audience::open;
  std::string valid_to;
  std::int64_t version = 0;
  Timestamp created_at, updated_at, published_at;  ///< published_at 0: never
  json::object fields;                             ///< everything, whoever asks; see visible_fields
};

struct EntryVersion {
  std::int64_t version = 0;
  Timestamp at;
  std::string actor_id;
  std::string actor_name;
  std::string act;
  json::object fields;
};

struct EntryFilter {
  std::string register_id;
  std::string text;                    ///< part of the title
  std::optional<EntryState> state;     ///< nothing: published for strangers, all that the reader may see otherwise
  std::string region;                  ///< this division and what lies in it
  std::string segment;
  std::string owner_id;
  bool by_title = false;               ///< else newest change first
  std::string cursor;                  ///< from a former page
  std::size_t limit = 50;              ///< 1 to kPageMax
};
constexpr std::size_t kPageMax = 200;

struct EntryPage {
  std::vector<Entry> entries;
  std::string next_cursor;  ///< empty: the last page
  std::int64_t total = 0;
};

// ---- import -------------------------------------------------------------------------------------------------------

constexpr std::size_t kImportBytesMax = 64U << 20;
constexpr std::size_t kImportRowsMax = 200'000;
constexpr std::size_t kImportColumnsMax = 200;
constexpr std::size_t kImportCellBytesMax = 100'000;
constexpr std::size_t kImportChunkRows = 200;        ///< rows committed by one command
constexpr std::size_t kImportProblemsShown = 100;    ///< the rest is in the file of wrong rows

enum class RowVerdict { new_entry, changed, same, wrong };

struct PlannedRow {
  std::int64_t row = 0;  ///< line number as a spreadsheet shows it
  RowVerdict verdict = RowVerdict::wrong;
  std::string entry_id;       ///< of the entry it changes
  std::int64_t version = 0;   ///< of that entry when the plan was made
  json::object fields;
};

struct ColumnMapping {
  std::string header;
  std::optional<std::string> field;  ///< nothing: the column is not read
};
BOOST_DESCRIBE_STRUCT(ColumnMapping, (), (header, field))

struct ImportPlan {
  std::vector<ColumnMapping> columns;
  std::vector<PlannedRow> rows;
  std::vector<InputProblem> problems;  ///< of wrong rows
  std::vector<InputProblem> warnings;  ///< of rows that are taken all the same
  std::int64_t count(RowVerdict verdict) const;
};

struct ImportResult {
  std::int64_t committed = 0;
  std::vector<InputProblem> problems;  ///< rows that no longer fit because somebody changed the entry in between
};

/// Splits RFC 4180 text into rows of cells; accepts a byte order mark, CRLF and LF. Row 0 is the header.
/// Throws Rejected{malformed, too_large, unsupported}: not UTF-8, an unclosed quote (with its line), over a limit.
std::vector<std::vector<std::string>> parse_csv(std::string_view text);
/// One cell, quoted where it must be; what a spreadsheet program would run gets an apostrophe in front.
std::string csv_cell(std::string_view text);
/// A cell as parse_csv gave it, without that apostrophe.
std::string_view without_guard(std::string_view cell);

// ---- the registry -------------------------------------------------------------------------------------------------

class Registry {
 public:
  Registry(const Definitions& definitions, const evidence::Issuer& issuer) : definitions_(definitions), issuer_(issuer) {}

  const Definitions& definitions() const { return definitions_; }
  /// Throws Rejected{not_found}.
  const Register& require_register(std::string_view id) const;

  // Content: pure.
  /// Normal form of fields as a form or program sends them; throws Rejected{invalid} with every problem of every field.
  json::object check_fields(const Register& reg, const json::object& raw) const;

  // Commands.
  Entry create(store::Transaction& tx, const identity::Actor& actor, const Register& reg, json::object fields, bool publish) const;
  Entry edit(store::Transaction& tx, const identity::Actor& actor, std::string_view id, std::int64_t version, json::object fields) const;
  Entry publish(store::Transaction& tx, const identity::Actor& actor, std::string_view id, std::optional<std::int64_t> version) const;
  Entry withdraw(store::Transaction& tx, const identity::Actor& actor, std::string_view id, std::optional<std::int64_t> version,
                 const std::string& reason) const;
  /// Marks at most `limit` published entries whose last day is before `today` as expired; returns how many.
  std::int64_t expire_due(store::Transaction& tx, std::string_view today, std::size_t limit) const;
  /// Lets an organization see a need that is anonymous or invited, name included. Nothing happens when it may already.
  void invite(store::Transaction& tx, std::string_view need_id, std::string_view organization_id) const;

  // Reads.
  static std::optional<Entry> find(store::Connection& connection, std::string_view id);
  static std::optional<Entry> find(store::Transaction& tx, std::string_view id);
  /// The entry if `actor` may know of it; throws Rejected{not_found} otherwise.
  Entry require_visible(store::Connection& connection, const identity::Actor& actor, std::string_view id) const;
  EntryPage list(store::Connection& connection, const identity::Actor& actor, const EntryFilter& filter) const;
  std::vector<EntryVersion> history(store::Connection& connection, std::string_view id) const;
  /// Calls visit with every entry of the filter that `actor` may see, ignoring cursor and limit.
  void each(store::Connection& connection, const identity::Actor& actor, const EntryFilter& filter, const std::function<void(const Entry&)>& visit) const;
  static std::string organization_name(store::Connection& connection, std::string_view organization_id);

  // Who may do what: pure but for guests of invited needs.
  bool may_create(const Register& reg, const identity::Actor& actor) const;
  bool may_read(store::Connection& connection, const Entry& entry, const identity::Actor& actor) const;
  /// True when the owner's name must not be shown to `actor`.
  bool hides_owner(store::Connection& connection, const Entry& entry, const identity::Actor& actor) const;
  json::object visible_fields(const Entry& entry, const identity::Actor& actor, bool hide_owner) const;
  std::vector<Act> acts(const Entry& entry, const identity::Actor& actor) const;

  // Import and export.
  /// Checks a whole file against the present state. Throws Rejected for a file that cannot be read at all.
  ImportPlan plan_import(store::Connection& connection, const identity::Actor& actor, const Register& reg, std::string_view csv) const;
  ImportResult commit_rows(store::Transaction& tx, const identity::Actor& actor, const Register& reg, std::span<const PlannedRow> rows, bool publish) const;
  std::string export_header(const Register& reg) const;
  /// Names that several organizations bear: their cells are written as 统一社会信用代码, so that an import finds the same one.
  static std::set<std::string> shared_names(store::Connection& connection);
  std::string export_row(store::Connection& connection, const Register& reg, const Entry& entry, const identity::Actor& actor, bool hide_owner,
                         const std::set<std::string>& shared_names) const;

 private:
  bool allows(const std::vector<std::string>& subjects, const Entry* entry, const identity::Actor& actor) const;
  void check_owner_and_references(store::Transaction& tx, const identity::Actor& actor, const Register& reg, const json::object& fields,
                                  const std::string& own_id) const;
  Entry write(store::Transaction& tx, const identity::Actor& actor, const Register& reg, Entry entry, std::string_view act, bool is_new) const;
  void state_publication(store::Transaction& tx, const Register& reg, const Entry& entry, std::string_view kind, const std::string& reason) const;

  const Definitions& definitions_;
  const evidence::Issuer& issuer_;
};

// ---- imports as jobs ----------------------------------------------------------------------------------------------

enum class ImportState { checked, committing, done, failed };
BOOST_DESCRIBE_ENUM(ImportState, checked, committing, done, failed)

/// An uploaded file and how far it has come. "checked" is a dry run: nothing of it is written yet.
struct Import {
  std::string id;
  std::string register_;
  ImportState state = ImportState::checked;
  bool publish = false;
  std::int64_t rows = 0;
  std::int64_t new_ = 0;
  std::int64_t changed = 0;
  std::int64_t same = 0;
  std::int64_t wrong = 0;
  std::int64_t warned = 0;
  std::int64_t done_rows = 0;               ///< of new and changed ones, committed
  std::vector<ColumnMapping> columns;
  std::vector<InputProblem> problems;       ///< the first kImportProblemsShown
  std::vector<InputProblem> warnings;       ///< likewise
  std::string created_at;
};
BOOST_DESCRIBE_STRUCT(Import, (), (id, register_, state, publish, rows, new_, changed, same, wrong, warned, done_rows, columns, problems, warnings, created_at))

constexpr std::size_t kImportJobsWaitingMax = 100;
constexpr std::size_t kImportPlansKept = 4;  ///< plans in memory between dry run and commit; others are made again
constexpr std::int64_t kImportKeptDays = 30;

/// Runs imports one after another on a thread of its own. A job that a stop or a crash interrupts goes on at the next start: its
/// file is checked again, and what was committed before is the same by then.
class ImportJobs {
 public:
  ImportJobs(const Registry& registry, store::Writer& writer, store::ReadPool& readers);
  ~ImportJobs();

  /// Checks the file (slow: call it on a worker) and keeps it. The dry run of an import.
  Import check(const identity::Actor& actor, const Register& reg, std::string csv, bool publish);
  /// Starts the commit of a checked import of this account. Throws Rejected{not_found, wrong_state, unavailable}.
  Import start(const identity::Actor& actor, std::string_view id);
  /// One's own; administrators and departments see all. Throws Rejected{not_found}.
  static Import require(store::Connection& connection, const identity::Actor& actor, std::string_view id);
  static std::vector<Import> list(store::Connection& connection, const identity::Actor& actor, std::size_t limit);
  /// The wrong rows of the file as it was uploaded, with two more columns: row number and reason. Slow: call it on a worker.
  std::string wrong_rows(const identity::Actor& actor, std::string_view id);
  /// Takes up what was interrupted. Call once after construction.
  void resume();
  /// Finishes the running chunk and stops.
  void stop();

 private:
  struct Job {
    std::string id;
    identity::Actor actor;
  };
  void loop();
  void commit(const Job& job);
  std::shared_ptr<const ImportPlan> plan_of(const identity::Actor& actor, const Import& import, const std::string& csv);
  void keep_plan(const std::string& id, std::shared_ptr<const ImportPlan> plan);

  const Registry& registry_;
  store::Writer& writer_;
  store::ReadPool& readers_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> waiting_;                                                            ///< guarded by mutex_
  std::deque<std::pair<std::string, std::shared_ptr<const ImportPlan>>> plans_;        ///< guarded by mutex_
  bool stopping_ = false;                                                              ///< guarded by mutex_
  std::thread thread_;
};

}  // namespace jingwei::registry
