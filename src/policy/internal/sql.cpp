#include "policy/internal/sql.h"

#include <fmt/format.h>

#include "base/text.h"

namespace jingwei::policy {

std::string_view column_type(FactType type) {
  switch (type) {
    case FactType::text:
    case FactType::code:
    case FactType::region: return "VARCHAR";
    case FactType::codes: return "VARCHAR[]";
    case FactType::integer:
    case FactType::money: return "BIGINT";
    case FactType::decimal: return "DOUBLE";
    case FactType::date: return "DATE";
    case FactType::boolean: return "BOOLEAN";
  }
  return "VARCHAR";
}

std::string literal(FactType type, const Value& value) {
  std::string inner = "NULL";
  if (const auto* flag = std::get_if<bool>(&value)) inner = *flag ? "true" : "false";
  else if (const auto* number = std::get_if<std::int64_t>(&value)) inner = std::to_string(*number);
  else if (const auto* decimal = std::get_if<double>(&value)) inner = fmt::format("{}", *decimal);
  else if (const auto* text = std::get_if<std::string>(&value)) inner = sql::quoted_text(*text);
  else if (const auto* many = std::get_if<std::vector<std::string>>(&value)) {
    std::vector<std::string> items;
    for (const auto& item : *many) items.push_back(sql::quoted_text(item));
    inner = "[" + join(items, ", ") + "]";
  }
  return fmt::format("CAST({} AS {})", inner, column_type(type));
}

std::string facts_columns(const std::vector<Fact>& facts) {
  std::string columns = "company BIGINT";
  for (const auto& fact : facts) columns += fmt::format(", {} {}", fact.id, column_type(fact.kind.type));
  return columns;
}

std::string figures_row(const Policy& policy, const Terms& terms) {
  std::string row = fmt::format("SELECT CAST({} AS DATE) AS today", sql::quoted_text(terms.today));
  for (const auto& parameter : policy.parameters) row += fmt::format(", {} AS {}", literal(parameter.kind.type, in_force(parameter, terms)), parameter.id);
  return row;
}

std::string_view macros() {
  // A firm that names only its city may or may not lie in one of the city's counties: unknown.
  return "CREATE MACRO division_prefix(code) AS CASE WHEN code LIKE '%0000' THEN left(code, 2) WHEN code LIKE '%00' THEN left(code, 4) ELSE code END;"
         "CREATE MACRO within(code, division) AS CASE WHEN code IS NULL OR division IS NULL THEN NULL "
         "WHEN starts_with(code, division_prefix(division)) THEN true WHEN starts_with(division, division_prefix(code)) THEN NULL ELSE false END;"
         // least and greatest of SQL leave out what is unknown; these do not.
         "CREATE MACRO smaller(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a < b THEN a ELSE b END;"
         "CREATE MACRO larger(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a > b THEN a ELSE b END;";
}

}  // namespace jingwei::policy
