// From DuckDB's vectors to values. Kinds that have a getter are read in place; everything else is written out as text.
#include <fmt/format.h>

#include <chrono>

#include "analytics/internal/duckdb_handles.h"
#include "base/bytes.h"
#include "base/check.h"

namespace jingwei::sql {
namespace {

using Cells = Batch::Cells;

template <class T>
T at(const Cells& cells, std::size_t row) {
  return static_cast<const T*>(cells.data)[row];
}

bool null_at(const Cells& cells, std::size_t row) { return cells.validity != nullptr && !duckdb_validity_row_is_valid(cells.validity, row); }

std::string_view text_at(const Cells& cells, std::size_t row) {
  auto* text = static_cast<duckdb_string_t*>(cells.data) + row;
  return {duckdb_string_t_data(text), duckdb_string_t_length(*text)};
}

Cells cells_of(duckdb_vector vector) {
  TypeHandle type(duckdb_vector_get_column_type(vector));
  const auto id = duckdb_get_type_id(type.type);
  return {vector, std::move(type), id, duckdb_vector_get_data(vector), duckdb_vector_get_validity(vector)};
}

std::string decimal_text(__int128 value, std::uint8_t scale) {
  const bool negative = value < 0;
  auto rest = negative ? -static_cast<unsigned __int128>(value) : static_cast<unsigned __int128>(value);
  std::string digits;
  while (rest != 0 || digits.size() <= scale) {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    rest /= 10;
  }
  if (scale > 0) digits.insert(digits.size() - scale, ".");
  return (negative ? "-" : "") + digits;
}

/// Integers of every width, the unscaled ones of decimals included.
__int128 wide_integer(const Cells& cells, std::size_t row, duckdb_type id) {
  switch (id) {
    case DUCKDB_TYPE_TINYINT: return at<std::int8_t>(cells, row);
    case DUCKDB_TYPE_SMALLINT: return at<std::int16_t>(cells, row);
    case DUCKDB_TYPE_INTEGER: return at<std::int32_t>(cells, row);
    case DUCKDB_TYPE_BIGINT: return at<std::int64_t>(cells, row);
    case DUCKDB_TYPE_UTINYINT: return at<std::uint8_t>(cells, row);
    case DUCKDB_TYPE_USMALLINT: return at<std::uint16_t>(cells, row);
    case DUCKDB_TYPE_UINTEGER: return at<std::uint32_t>(cells, row);
    case DUCKDB_TYPE_UBIGINT: return at<std::uint64_t>(cells, row);
    default: break;
  }
  CHECK(id == DUCKDB_TYPE_HUGEINT);
  const auto huge = at<duckdb_hugeint>(cells, row);
  return static_cast<__int128>((static_cast<unsigned __int128>(static_cast<std::uint64_t>(huge.upper)) << 64) | huge.lower);
}

bool is_integer(duckdb_type id) {
  switch (id) {
    case DUCKDB_TYPE_TINYINT: case DUCKDB_TYPE_SMALLINT: case DUCKDB_TYPE_INTEGER: case DUCKDB_TYPE_BIGINT: case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT: case DUCKDB_TYPE_UINTEGER: case DUCKDB_TYPE_UBIGINT: case DUCKDB_TYPE_HUGEINT: return true;
    default: return false;
  }
}

double number_at(const Cells& cells, std::size_t row) {
  if (cells.id == DUCKDB_TYPE_DOUBLE) return at<double>(cells, row);
  if (cells.id == DUCKDB_TYPE_FLOAT) return at<float>(cells, row);
  if (is_integer(cells.id)) return static_cast<double>(wide_integer(cells, row, cells.id));
  CHECK(cells.id == DUCKDB_TYPE_DECIMAL);
  const auto unscaled = wide_integer(cells, row, duckdb_decimal_internal_type(cells.type.type));
  // Through the decimal text: dividing by a power of ten would round twice.
  return std::strtod(decimal_text(unscaled, duckdb_decimal_scale(cells.type.type)).c_str(), nullptr);
}

/// Microseconds since 1970 of any TIMESTAMP type.
std::int64_t micros_at(const Cells& cells, std::size_t row) {
  const auto raw = at<std::int64_t>(cells, row);
  switch (cells.id) {
    case DUCKDB_TYPE_TIMESTAMP_S: return raw * kMicrosPerSecond;
    case DUCKDB_TYPE_TIMESTAMP_MS: return raw * 1000;
    case DUCKDB_TYPE_TIMESTAMP_NS: return raw / 1000;
    default: return raw;
  }
}

std::string enum_text(const Cells& cells, std::size_t row) {
  const auto inner = duckdb_enum_internal_type(cells.type.type);
  return take_text(duckdb_enum_dictionary_value(cells.type.type, static_cast<idx_t>(wide_integer(cells, row, inner))));
}

std::string interval_text(duckdb_interval interval) { return fmt::format("{} months {} days {} us", interval.months, interval.days, interval.micros); }

std::string uuid_text(duckdb_hugeint raw) {
  // The top bit is stored turned over, so that UUIDs sort as numbers.
  const std::string hex = fmt::format("{:016x}{:016x}", static_cast<std::uint64_t>(raw.upper) ^ (1ULL << 63), raw.lower);
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" + hex.substr(20);
}

std::string written(const Cells& cells, std::size_t row);

std::string written_list(const Cells& cells, std::size_t row) {
  std::uint64_t begin = 0, length = 0;
  duckdb_vector child = nullptr;
  if (cells.id == DUCKDB_TYPE_ARRAY) {
    length = duckdb_array_type_array_size(cells.type.type);
    begin = row * length;
    child = duckdb_array_vector_get_child(cells.vector);
  } else {
    const auto entry = at<duckdb_list_entry>(cells, row);
    begin = entry.offset;
    length = entry.length;
    child = duckdb_list_vector_get_child(cells.vector);
  }
  const Cells items = cells_of(child);
  std::string text = "[";
  for (auto item = begin; item < begin + length; ++item) text += (item == begin ? "" : ", ") + written(items, item);
  return text + "]";
}

std::string written_struct(const Cells& cells, std::size_t row) {
  std::string text = "{";
  for (idx_t member = 0; member < duckdb_struct_type_child_count(cells.type.type); ++member)
    text += (member == 0 ? "" : ", ") + take_text(duckdb_struct_type_child_name(cells.type.type, member)) + ": " +
            written(cells_of(duckdb_struct_vector_get_child(cells.vector, member)), row);
  return text + "}";
}

std::string written(const Cells& cells, std::size_t row) {
  if (null_at(cells, row)) return "NULL";
  if (is_integer(cells.id)) return decimal_text(wide_integer(cells, row, cells.id), 0);
  switch (cells.id) {
    case DUCKDB_TYPE_BOOLEAN: return at<bool>(cells, row) ? "true" : "false";
    case DUCKDB_TYPE_FLOAT: case DUCKDB_TYPE_DOUBLE: return fmt::format("{}", number_at(cells, row));
    case DUCKDB_TYPE_DECIMAL: return decimal_text(wide_integer(cells, row, duckdb_decimal_internal_type(cells.type.type)), duckdb_decimal_scale(cells.type.type));
    case DUCKDB_TYPE_VARCHAR: return std::string(text_at(cells, row));
    case DUCKDB_TYPE_BLOB: return to_hex(as_bytes(text_at(cells, row)));
    case DUCKDB_TYPE_ENUM: return enum_text(cells, row);
    case DUCKDB_TYPE_DATE: return to_text(Day{at<std::int32_t>(cells, row)});
    case DUCKDB_TYPE_TIME: {
      const auto us = at<std::int64_t>(cells, row);
      return fmt::format("{:02}:{:02}:{:02}.{:06}", us / 3'600'000'000, us / 60'000'000 % 60, us / kMicrosPerSecond % 60, us % kMicrosPerSecond);
    }
    case DUCKDB_TYPE_TIMESTAMP: case DUCKDB_TYPE_TIMESTAMP_S: case DUCKDB_TYPE_TIMESTAMP_MS: case DUCKDB_TYPE_TIMESTAMP_NS: case DUCKDB_TYPE_TIMESTAMP_TZ:
      return to_rfc3339({micros_at(cells, row)});
    case DUCKDB_TYPE_INTERVAL: return interval_text(at<duckdb_interval>(cells, row));
    case DUCKDB_TYPE_UUID: return uuid_text(at<duckdb_hugeint>(cells, row));
    case DUCKDB_TYPE_LIST: case DUCKDB_TYPE_MAP: case DUCKDB_TYPE_ARRAY: return written_list(cells, row);
    case DUCKDB_TYPE_STRUCT: return written_struct(cells, row);
    default: throw SqlError(Fault::wrong_use, "a column of this type cannot be shown; CAST it to VARCHAR");
  }
}

std::string type_text(duckdb_logical_type type) {
  switch (duckdb_get_type_id(type)) {
    case DUCKDB_TYPE_BOOLEAN: return "BOOLEAN";
    case DUCKDB_TYPE_TINYINT: return "TINYINT";
    case DUCKDB_TYPE_SMALLINT: return "SMALLINT";
    case DUCKDB_TYPE_INTEGER: return "INTEGER";
    case DUCKDB_TYPE_BIGINT: return "BIGINT";
    case DUCKDB_TYPE_UTINYINT: return "UTINYINT";
    case DUCKDB_TYPE_USMALLINT: return "USMALLINT";
    case DUCKDB_TYPE_UINTEGER: return "UINTEGER";
    case DUCKDB_TYPE_UBIGINT: return "UBIGINT";
    case DUCKDB_TYPE_HUGEINT: return "HUGEINT";
    case DUCKDB_TYPE_FLOAT: return "FLOAT";
    case DUCKDB_TYPE_DOUBLE: return "DOUBLE";
    case DUCKDB_TYPE_DECIMAL: return fmt::format("DECIMAL({},{})", duckdb_decimal_width(type), duckdb_decimal_scale(type));
    case DUCKDB_TYPE_VARCHAR: return "VARCHAR";
    case DUCKDB_TYPE_BLOB: return "BLOB";
    case DUCKDB_TYPE_DATE: return "DATE";
    case DUCKDB_TYPE_TIME: return "TIME";
    case DUCKDB_TYPE_TIMESTAMP: return "TIMESTAMP";
    case DUCKDB_TYPE_TIMESTAMP_S: return "TIMESTAMP_S";
    case DUCKDB_TYPE_TIMESTAMP_MS: return "TIMESTAMP_MS";
    case DUCKDB_TYPE_TIMESTAMP_NS: return "TIMESTAMP_NS";
    case DUCKDB_TYPE_TIMESTAMP_TZ: return "TIMESTAMP WITH TIME ZONE";
    case DUCKDB_TYPE_INTERVAL: return "INTERVAL";
    case DUCKDB_TYPE_UUID: return "UUID";
    case DUCKDB_TYPE_ENUM: return "ENUM";
    case DUCKDB_TYPE_STRUCT: return "STRUCT";
    case DUCKDB_TYPE_MAP: return "MAP";
    case DUCKDB_TYPE_LIST: return type_text(TypeHandle(duckdb_list_type_child_type(type)).type) + "[]";
    case DUCKDB_TYPE_ARRAY: return fmt::format("{}[{}]", type_text(TypeHandle(duckdb_array_type_child_type(type)).type), duckdb_array_type_array_size(type));
    default: return "OTHER";
  }
}

Kind kind_of(duckdb_logical_type type) {
  const auto id = duckdb_get_type_id(type);
  if (id == DUCKDB_TYPE_BOOLEAN) return Kind::boolean;
  if (is_integer(id)) return Kind::integer;
  switch (id) {
    case DUCKDB_TYPE_FLOAT: case DUCKDB_TYPE_DOUBLE: case DUCKDB_TYPE_DECIMAL: return Kind::number;
    case DUCKDB_TYPE_DATE: return Kind::day;
    case DUCKDB_TYPE_TIMESTAMP: case DUCKDB_TYPE_TIMESTAMP_S: case DUCKDB_TYPE_TIMESTAMP_MS: case DUCKDB_TYPE_TIMESTAMP_NS: case DUCKDB_TYPE_TIMESTAMP_TZ:
      return Kind::timestamp;
    case DUCKDB_TYPE_LIST: return duckdb_get_type_id(TypeHandle(duckdb_list_type_child_type(type)).type) == DUCKDB_TYPE_VARCHAR ? Kind::list : Kind::text;
    default: return Kind::text;
  }
}

constexpr auto kInt64Max = static_cast<__int128>(INT64_MAX);

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  const auto day = normalise_date(text);
  if (!day || *day != text) return std::nullopt;
  const auto midnight = from_rfc3339(*day + "T00:00:00Z");  // so the division leaves no rest, before 1970 either
  return midnight ? std::optional(Day{static_cast<std::int32_t>(midnight->us / kMicrosPerDay)}) : std::nullopt;
}

std::string to_text(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day.days}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

Column column_of(std::string name, duckdb_logical_type type) { return {std::move(name), kind_of(type), type_text(type)}; }

Batch::Batch(duckdb_data_chunk chunk) {
  for (idx_t column = 0; column < duckdb_data_chunk_get_column_count(chunk); ++column) columns.push_back(cells_of(duckdb_data_chunk_get_vector(chunk, column)));
}

bool Row::is_null(std::size_t column) const { return null_at(batch_.columns.at(column), row_); }

bool Row::boolean(std::size_t column) const {
  const auto& cells = batch_.columns.at(column);
  CHECK(cells.id == DUCKDB_TYPE_BOOLEAN);
  return at<bool>(cells, row_);
}

std::int64_t Row::integer(std::size_t column) const {
  const auto& cells = batch_.columns.at(column);
  if (cells.id == DUCKDB_TYPE_BIGINT) return at<std::int64_t>(cells, row_);
  CHECK(is_integer(cells.id));
  const auto wide = wide_integer(cells, row_, cells.id);
  if (wide > kInt64Max || wide < -kInt64Max - 1) throw SqlError(Fault::content, "an integer beyond 64 bits");
  return static_cast<std::int64_t>(wide);
}

double Row::number(std::size_t column) const { return number_at(batch_.columns.at(column), row_); }

std::string_view Row::text(std::size_t column) const {
  const auto& cells = batch_.columns.at(column);
  CHECK(cells.id == DUCKDB_TYPE_VARCHAR);
  return text_at(cells, row_);
}

Day Row::day(std::size_t column) const {
  const auto& cells = batch_.columns.at(column);
  CHECK(cells.id == DUCKDB_TYPE_DATE);
  return {at<std::int32_t>(cells, row_)};
}

Timestamp Row::timestamp(std::size_t column) const {
  const auto& cells = batch_.columns.at(column);
  CHECK(kind_of(cells.type.type) == Kind::timestamp);
  return {micros_at(cells, row_)};
}

std::vector<std::string> Row::list(std::size_t column) const {
  const auto& cells = batch_.columns.at(column);
  CHECK(kind_of(cells.type.type) == Kind::list);
  const auto entry = at<duckdb_list_entry>(cells, row_);
  const Cells items = cells_of(duckdb_list_vector_get_child(cells.vector));
  std::vector<std::string> list;
  for (auto item = entry.offset; item < entry.offset + entry.length; ++item) list.push_back(written(items, item));
  return list;
}

Value Row::value(std::size_t column) const {
  const auto& cells = batch_.columns.at(column);
  if (null_at(cells, row_)) return std::monostate();
  if (cells.id == DUCKDB_TYPE_HUGEINT) {
    const auto wide = wide_integer(cells, row_, cells.id);
    if (wide > kInt64Max || wide < -kInt64Max - 1) return decimal_text(wide, 0);
  }
  switch (kind_of(cells.type.type)) {
    case Kind::boolean: return boolean(column);
    case Kind::integer: return integer(column);
    case Kind::number: return number(column);
    case Kind::day: return day(column);
    case Kind::timestamp: return timestamp(column);
    case Kind::list: return list(column);
    case Kind::text: break;
  }
  return written(cells, row_);
}

}  // namespace jingwei::sql
