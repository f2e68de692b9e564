#include "policy/internal/session.h"

#include "base/check.h"
#include "policy/internal/sql.h"

namespace jingwei::policy {

sql::Database open_database(std::int64_t memory_bytes, int threads) {
  // A zero divisor gives NULL, which is "cannot be computed", and not infinity, which would pass for a large share.
  sql::Database database({.memory_bytes = memory_bytes, .threads = threads, .null_by_zero = true});
  database.connect().run(std::string(macros()));
  return database;
}

std::vector<std::vector<std::int64_t>> integers(sql::Session& session, const std::string& query) {
  auto statement = session.prepare(query);
  std::vector<std::vector<std::int64_t>> rows;
  statement.each([&](const sql::Row& row) {
    auto& values = rows.emplace_back();
    for (std::size_t column = 0; column < statement.columns().size(); ++column)
      values.push_back(row.is_null(column)                                               ? kNull
                       : statement.columns()[column].kind == sql::Kind::boolean ? static_cast<std::int64_t>(row.boolean(column))
                                                                                         : row.integer(column));
    return true;
  });
  return rows;
}

std::string text_of(sql::Session& session, const std::string& query) {
  const auto value = session.value_of(query);
  const auto* text = std::get_if<std::string>(&value);
  CHECK(text != nullptr);
  return *text;
}

void append(sql::Appender& rows, FactType type, const Value& value) {
  if (!is_known(value)) rows.null();
  else if (const auto* flag = std::get_if<bool>(&value)) rows.boolean(*flag);
  else if (const auto* number = std::get_if<std::int64_t>(&value)) rows.integer(*number);
  else if (const auto* decimal = std::get_if<double>(&value)) rows.number(*decimal);
  else if (const auto* many = std::get_if<std::vector<std::string>>(&value)) rows.list(*many);
  else {
    const auto& text = std::get<std::string>(value);
    if (type == FactType::date) rows.day(*sql::parse_day(text));
    else rows.text(text);
  }
}

}  // namespace jingwei::policy
