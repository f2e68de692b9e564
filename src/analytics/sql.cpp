#include "analytics/sql.h"

#include <boost/json.hpp>
#include <utility>

#include "analytics/internal/duckdb_handles.h"
#include "base/check.h"

namespace jingwei::sql {
namespace {

namespace json = boost::json;

/// Set before the database is opened: no extension is looked for, and errors say where they are.
constexpr std::pair<const char*, const char*> kFromTheStart[] = {
    {"autoload_known_extensions", "false"}, {"autoinstall_known_extensions", "false"},
    {"allow_community_extensions", "false"},    {"allow_unsigned_extensions", "false"}, {"allow_persistent_secrets", "false"},
    {"enable_external_file_cache", "false"},    {"errors_as_json", "true"},
};

Fault fault_of(std::string_view exception) {
  constexpr std::pair<std::string_view, Fault> kFaults[] = {
      {"Parser", Fault::syntax},          {"Syntax", Fault::syntax},        {"Catalog", Fault::unknown_name},
      {"Binder", Fault::wrong_use},       {"Mismatch Type", Fault::wrong_use}, {"Parameter Not Resolved", Fault::wrong_use},
      {"Parameter Not Allowed", Fault::wrong_use}, {"Expression", Fault::wrong_use}, {"Not implemented", Fault::wrong_use},
      {"Conversion", Fault::content},     {"Out of Range", Fault::content}, {"Invalid Input", Fault::content},
      {"Invalid", Fault::content},        {"Divide by Zero", Fault::content}, {"Decimal", Fault::content},
      {"Invalid type", Fault::wrong_use}, {"Constraint", Fault::constraint}, {"Permission", Fault::forbidden},
      {"Invalid Configuration", Fault::forbidden}, {"IO", Fault::forbidden}, {"Missing Extension", Fault::forbidden},
      {"Extension Autoloading", Fault::forbidden}, {"HTTP", Fault::forbidden}, {"Network", Fault::forbidden},
      {"Out of Memory", Fault::memory},   {"Object Size", Fault::memory},   {"INTERRUPT", Fault::time},
      {"FATAL", Fault::broken},           {"INTERNAL", Fault::broken},
  };
  for (const auto& [name, fault] : kFaults)
    if (name == exception) return fault;
  return Fault::wrong_use;
}

std::string text_at(const json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

void set(duckdb_config config, const char* name, const std::string& value) { CHECK(duckdb_set_config(config, name, value.c_str()) == DuckDBSuccess); }

}  // namespace

std::string take_text(char* owned) {
  std::string text = owned != nullptr ? owned : "";
  duckdb_free(owned);
  return text;
}

SqlError error_of(std::string_view message) {
  const auto brace = message.find('{');
  boost::system::error_code failed;
  const auto parsed = brace == std::string_view::npos ? json::value() : json::parse(message.substr(brace), failed);
  if (failed || !parsed.is_object()) return {Fault::wrong_use, std::string(message)};
  const auto& error = parsed.as_object();
  auto fault = fault_of(text_at(error, "exception_type"));
  // A column that is not there is a binder's error to DuckDB, and a missing name to whoever wrote it.
  const auto subtype = text_at(error, "error_subtype");
  if (subtype == "COLUMN_NOT_FOUND" || subtype == "MISSING_ENTRY") fault = Fault::unknown_name;
  const auto position = text_at(error, "position");
  return {fault, text_at(error, "exception_message"), position.empty() ? std::nullopt : std::optional(std::size_t(std::stoull(position))),
          text_at(error, "candidates")};
}

std::string quoted_name(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

std::string quoted_text(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
  return quoted + "'";
}

// ---- database and session -----------------------------------------------------------------------------------------

Database::Database(const Opening& opening) : handle_(std::make_shared<DatabaseHandle>()) {
  CHECK(opening.threads >= 1 && opening.memory_bytes > 0);
  duckdb_config config = nullptr;
  CHECK(duckdb_create_config(&config) == DuckDBSuccess);
  for (const auto& [name, value] : kFromTheStart) set(config, name, value);
  set(config, "memory_limit", std::to_string(opening.memory_bytes) + "B");
  set(config, "threads", std::to_string(opening.threads));
  set(config, "ieee_floating_point_ops", opening.null_by_zero ? "false" : "true");
  char* error = nullptr;
  const auto state = duckdb_open_ext(opening.file.empty() ? nullptr : opening.file.c_str(), &handle_->database, config, &error);
  duckdb_destroy_config(&config);
  const std::string message = take_text(error);
  if (state != DuckDBSuccess) throw SqlError(Fault::broken, error_of(message).what());
  // Spilling needs files, and a folder for it would also be one that COPY may write into. It can only be taken away while
  // access outside is still open, so this is the order; nobody else has a session yet.
  // Days are those of the region whatever the machine's clock says: a deal of half past midnight is of the new day.
  connect().run("SET GLOBAL TimeZone = 'Asia/Shanghai'; SET temp_directory = ''; SET enable_external_access = false; SET lock_configuration = true");
}

Session Database::connect() {
  auto handle = std::make_shared<SessionHandle>();
  handle->database = handle_;
  CHECK(duckdb_connect(handle_->database, &handle->connection) == DuckDBSuccess);
  return Session(std::move(handle));
}

std::string Database::library_version() {
  const std::string version = duckdb_library_version();
  return version.starts_with('v') ? version.substr(1) : version;
}

Session::Session(std::shared_ptr<SessionHandle> handle) : handle_(std::move(handle)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

void Session::run(const std::string& sql) {
  ResultHandle result;
  if (duckdb_query(handle_->connection, sql.c_str(), &result.result) != DuckDBSuccess) throw error_of(duckdb_result_error(&result.result));
}

Statement Session::prepare(std::string_view sql, int deadline_ms) {
  // A zero byte would end the text for the C API, and what follows would be looked at by nobody.
  if (const auto zero = sql.find('\0'); zero != std::string_view::npos) throw SqlError(Fault::syntax, "a zero byte in the text", zero);
  auto handle = std::make_unique<StatementHandle>();
  const Watchdog::Watch watch(handle_->watchdog, deadline_ms);
  if (duckdb_prepare(handle_->connection, std::string(sql).c_str(), &handle->statement) != DuckDBSuccess) throw error_of(duckdb_prepare_error(handle->statement));
  return {handle_, handle.release()};
}

Value Session::value_of(std::string_view sql, std::initializer_list<Value> params) {
  auto statement = prepare(sql);
  std::size_t number = 0;
  for (const auto& param : params) statement.bind(++number, param);
  Value first;
  statement.each([&](const Row& row) {
    first = row.value(0);
    return false;
  });
  return first;
}

void Session::interrupt() { duckdb_interrupt(handle_->connection); }

// ---- statements ---------------------------------------------------------------------------------------------------

Statement::Statement(std::shared_ptr<SessionHandle> session, StatementHandle* handle) : session_(std::move(session)), handle_(handle) {
  const auto count = duckdb_prepared_statement_column_count(handle_->statement);
  for (idx_t column = 0; column < count; ++column) {
    const TypeHandle type(duckdb_prepared_statement_column_logical_type(handle_->statement, column));
    columns_.push_back(column_of(take_text(const_cast<char*>(duckdb_prepared_statement_column_name(handle_->statement, column))), type.type));
  }
}
Statement::Statement(Statement&&) noexcept = default;
Statement::~Statement() = default;

bool Statement::is_select() const { return duckdb_prepared_statement_type(handle_->statement) == DUCKDB_STATEMENT_TYPE_SELECT; }

std::size_t Statement::parameter_count() const { return duckdb_nparams(handle_->statement); }

bool Statement::has_parameter(const std::string& parameter) const {
  idx_t number = 0;
  return duckdb_bind_parameter_index(handle_->statement, &number, parameter.c_str()) == DuckDBSuccess;
}

Statement& Statement::bind(const std::string& parameter, const Value& value) {
  idx_t number = 0;
  if (duckdb_bind_parameter_index(handle_->statement, &number, parameter.c_str()) != DuckDBSuccess)
    throw SqlError(Fault::wrong_use, "there is no parameter $" + parameter);
  return bind(number, value);
}

Statement& Statement::bind(std::size_t parameter, const Value& value) {
  const auto statement = handle_->statement;
  struct Bind {
    duckdb_prepared_statement statement;
    idx_t at;
    duckdb_state operator()(std::monostate) const { return duckdb_bind_null(statement, at); }
    duckdb_state operator()(bool value) const { return duckdb_bind_boolean(statement, at, value); }
    duckdb_state operator()(std::int64_t value) const { return duckdb_bind_int64(statement, at, value); }
    duckdb_state operator()(double value) const { return duckdb_bind_double(statement, at, value); }
    duckdb_state operator()(const std::string& value) const { return duckdb_bind_varchar_length(statement, at, value.data(), value.size()); }
    duckdb_state operator()(Day value) const { return duckdb_bind_date(statement, at, {value.days}); }
    duckdb_state operator()(Timestamp value) const { return duckdb_bind_timestamp(statement, at, {value.us}); }
    duckdb_state operator()(const std::vector<std::string>& values) const {
      std::vector<duckdb_value> items;
      for (const auto& item : values) items.push_back(duckdb_create_varchar_length(item.data(), item.size()));
      const TypeHandle text(duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR));
      auto list = duckdb_create_list_value(text.type, items.data(), items.size());
      const auto state = duckdb_bind_value(statement, at, list);
      duckdb_destroy_value(&list);
      for (auto& item : items) duckdb_destroy_value(&item);
      return state;
    }
  };
  if (std::visit(Bind{statement, parameter}, value) != DuckDBSuccess)
    throw SqlError(Fault::wrong_use, "there is no parameter $" + std::to_string(parameter) + ", or it does not take this value");
  return *this;
}

/// Lets the rest of a result go, its threads brought to rest first. When a result was destroyed in the middle of a parallel scan, a worker of
/// DuckDB 1.5.6 was seen to crash in LocalStorage::Scan while the query was being cancelled (figures_bench, one run in two).
static void let_go(duckdb_connection connection, duckdb_result& result) {
  bool told = false;
  while (auto* fetched = duckdb_fetch_chunk(result)) {
    const ChunkHandle chunk(fetched);
    if (!std::exchange(told, true)) duckdb_interrupt(connection);
  }
}

void Statement::each(const std::function<bool(const Row&)>& visit, int deadline_ms) {
  const Watchdog::Watch watch(session_->watchdog, deadline_ms);
  ResultHandle result;
  // Streamed: a caller that stops early never has the rest in memory.
  duckdb_pending_result pending = nullptr;
  auto state = duckdb_pending_prepared_streaming(handle_->statement, &pending);
  if (state == DuckDBSuccess) state = duckdb_execute_pending(pending, &result.result);
  const std::string failed = state == DuckDBSuccess ? "" : duckdb_pending_error(pending) != nullptr ? duckdb_pending_error(pending) : duckdb_result_error(&result.result);
  duckdb_destroy_pending(&pending);
  if (state != DuckDBSuccess) throw error_of(failed);
  columns_.clear();
  for (idx_t column = 0; column < duckdb_column_count(&result.result); ++column) {
    const TypeHandle type(duckdb_column_logical_type(&result.result, column));
    columns_.push_back(column_of(duckdb_column_name(&result.result, column), type.type));
  }
  while (auto* fetched = duckdb_fetch_chunk(result.result)) {
    const ChunkHandle chunk(fetched);
    const Batch batch(chunk.chunk);
    for (std::size_t row = 0; row < duckdb_data_chunk_get_size(chunk.chunk); ++row)
      if (!visit(Row(batch, row))) return let_go(session_->connection, result.result);
  }
  if (const char* error = duckdb_result_error(&result.result); error != nullptr && *error != '\0') throw error_of(error);
}

std::int64_t Statement::execute(int deadline_ms) {
  const Watchdog::Watch watch(session_->watchdog, deadline_ms);
  ResultHandle result;
  if (duckdb_execute_prepared(handle_->statement, &result.result) != DuckDBSuccess) throw error_of(duckdb_result_error(&result.result));
  return static_cast<std::int64_t>(duckdb_rows_changed(&result.result));
}

Table collect(Statement& statement, std::size_t rows_max, int deadline_ms) {
  Table table;
  statement.each(
      [&](const Row& row) {
        table.complete = table.rows.size() < rows_max;
        if (!table.complete) return false;
        auto& values = table.rows.emplace_back();
        for (std::size_t column = 0; column < statement.columns().size(); ++column) values.push_back(row.value(column));
        return true;
      },
      deadline_ms);
  table.columns = statement.columns();
  return table;
}

}  // namespace jingwei::sql
