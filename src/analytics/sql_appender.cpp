// Rows in bulk: columns of up to 2048 values are filled here and handed over as one chunk.
#include "analytics/internal/duckdb_handles.h"
#include "base/check.h"

namespace jingwei::sql {
namespace {

bool takes(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN: case DUCKDB_TYPE_BIGINT: case DUCKDB_TYPE_DOUBLE: case DUCKDB_TYPE_VARCHAR: case DUCKDB_TYPE_DATE: case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ: case DUCKDB_TYPE_LIST: return true;
    default: return false;
  }
}

}  // namespace

struct AppenderHandle {
  std::shared_ptr<SessionHandle> session;
  duckdb_appender appender = nullptr;
  duckdb_data_chunk chunk = nullptr;
  std::vector<duckdb_type> types;
  std::vector<duckdb_vector> vectors;
  std::vector<void*> data;
  std::size_t column = 0;  ///< that comes next
  std::size_t row = 0;     ///< of the chunk

  AppenderHandle(std::shared_ptr<SessionHandle> owner, const std::string& schema, const std::string& table) : session(std::move(owner)) {
    const bool temporary = schema == "temp";  // to DuckDB a catalog of its own, with one schema
    if (duckdb_appender_create_ext(session->connection, temporary ? "temp" : nullptr, temporary ? "main" : schema.c_str(), table.c_str(), &appender) != DuckDBSuccess) {
      const auto error = error_of(duckdb_appender_error(appender));
      duckdb_appender_destroy(&appender);
      throw error;
    }
    std::vector<TypeHandle> logical;
    std::vector<duckdb_logical_type> raw;
    for (idx_t i = 0; i < duckdb_appender_column_count(appender); ++i) {
      logical.emplace_back(duckdb_appender_column_type(appender, i));
      raw.push_back(logical.back().type);
      types.push_back(duckdb_get_type_id(raw.back()));
      CHECK(takes(types.back()));
    }
    chunk = duckdb_create_data_chunk(raw.data(), raw.size());
    start_chunk();
  }
  AppenderHandle(const AppenderHandle&) = delete;
  ~AppenderHandle() {
    duckdb_destroy_data_chunk(&chunk);
    duckdb_appender_destroy(&appender);
  }

  void start_chunk() {
    duckdb_data_chunk_reset(chunk);
    vectors.clear();
    data.clear();
    for (idx_t i = 0; i < types.size(); ++i) {
      vectors.push_back(duckdb_data_chunk_get_vector(chunk, i));
      data.push_back(duckdb_vector_get_data(vectors.back()));
    }
    row = 0;
  }

  void hand_over() {
    if (row == 0) return;
    duckdb_data_chunk_set_size(chunk, row);
    if (duckdb_append_data_chunk(appender, chunk) != DuckDBSuccess) throw error_of(duckdb_appender_error(appender));
    start_chunk();
  }

  template <class T>
  void put(duckdb_type type, T value) {
    CHECK(column < types.size() && types[column] == type);
    static_cast<T*>(data[column])[row] = value;
    ++column;
  }
};

Appender Session::append(const std::string& table, const std::string& schema) {
  return Appender(std::make_unique<AppenderHandle>(handle_, schema, table));
}

Appender::Appender(std::unique_ptr<AppenderHandle> handle) : handle_(std::move(handle)) {}
Appender::Appender(Appender&&) noexcept = default;
Appender::~Appender() = default;

Appender& Appender::null() {
  auto& h = *handle_;
  CHECK(h.column < h.types.size());
  duckdb_vector_ensure_validity_writable(h.vectors[h.column]);
  duckdb_validity_set_row_invalid(duckdb_vector_get_validity(h.vectors[h.column]), h.row);
  // A list without a value still has a place in the child, which must not be a leftover.
  if (h.types[h.column] == DUCKDB_TYPE_LIST) static_cast<duckdb_list_entry*>(h.data[h.column])[h.row] = {duckdb_list_vector_get_size(h.vectors[h.column]), 0};
  ++h.column;
  return *this;
}

Appender& Appender::boolean(bool value) {
  handle_->put(DUCKDB_TYPE_BOOLEAN, value);
  return *this;
}

Appender& Appender::integer(std::int64_t value) {
  handle_->put(DUCKDB_TYPE_BIGINT, value);
  return *this;
}

Appender& Appender::number(double value) {
  handle_->put(DUCKDB_TYPE_DOUBLE, value);
  return *this;
}

Appender& Appender::day(Day value) {
  handle_->put(DUCKDB_TYPE_DATE, value.days);
  return *this;
}

Appender& Appender::timestamp(Timestamp value) {
  CHECK(handle_->column < handle_->types.size());
  const auto type = handle_->types[handle_->column];
  handle_->put(type == DUCKDB_TYPE_TIMESTAMP_TZ ? type : DUCKDB_TYPE_TIMESTAMP, value.us);
  return *this;
}

Appender& Appender::text(std::string_view value) {
  auto& h = *handle_;
  CHECK(h.column < h.types.size() && h.types[h.column] == DUCKDB_TYPE_VARCHAR);
  duckdb_vector_assign_string_element_len(h.vectors[h.column], h.row, value.data(), value.size());
  ++h.column;
  return *this;
}

Appender& Appender::list(std::span<const std::string> value) {
  auto& h = *handle_;
  CHECK(h.column < h.types.size() && h.types[h.column] == DUCKDB_TYPE_LIST);
  const auto vector = h.vectors[h.column];
  const auto begin = duckdb_list_vector_get_size(vector);
  CHECK(duckdb_list_vector_reserve(vector, begin + value.size()) == DuckDBSuccess);
  CHECK(duckdb_list_vector_set_size(vector, begin + value.size()) == DuckDBSuccess);
  const auto child = duckdb_list_vector_get_child(vector);
  for (std::size_t item = 0; item < value.size(); ++item) duckdb_vector_assign_string_element_len(child, begin + item, value[item].data(), value[item].size());
  static_cast<duckdb_list_entry*>(h.data[h.column])[h.row] = {begin, value.size()};
  ++h.column;
  return *this;
}

Appender& Appender::value(const Value& value) {
  struct Put {
    Appender& rows;
    void operator()(std::monostate) const { rows.null(); }
    void operator()(bool value) const { rows.boolean(value); }
    void operator()(std::int64_t value) const { rows.integer(value); }
    void operator()(double value) const { rows.number(value); }
    void operator()(const std::string& value) const { rows.text(value); }
    void operator()(Day value) const { rows.day(value); }
    void operator()(Timestamp value) const { rows.timestamp(value); }
    void operator()(const std::vector<std::string>& value) const { rows.list(value); }
  };
  std::visit(Put{*this}, value);
  return *this;
}

void Appender::end_row() {
  auto& h = *handle_;
  CHECK(h.column == h.types.size());
  h.column = 0;
  if (++h.row == duckdb_vector_size()) h.hand_over();
}

void Appender::finish() {
  auto& h = *handle_;
  CHECK(h.column == 0);
  h.hand_over();
  if (duckdb_appender_close(h.appender) != DuckDBSuccess) throw error_of(duckdb_appender_error(h.appender));
}

}  // namespace jingwei::sql
