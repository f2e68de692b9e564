// Values and facts as SQL: literals and the types of columns.
#pragma once

#include <string>
#include <string_view>

#include "analytics/sql.h"
#include "policy/policy.h"

namespace jingwei::policy {

/// VARCHAR, BIGINT, DOUBLE, DATE, BOOLEAN, VARCHAR[]; money is BIGINT fen.
std::string_view column_type(FactType type);
/// A typed literal: CAST('2026-01-21' AS DATE); unknown is a typed NULL.
std::string literal(FactType type, const Value& value);
/// Columns of the table of facts: the company's index and one column a fact.
std::string facts_columns(const std::vector<Fact>& facts);
/// One row that holds the policy's figures in force and the day; other policies' figures are not in sight.
std::string figures_row(const Policy& policy, const Terms& terms);
/// Functions that conditions may use beside SQL's own: within(code, division), smaller(a, b), larger(a, b).
std::string_view macros();

}  // namespace jingwei::policy
