#include "policy/internal/judging.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "policy/internal/sql.h"

namespace jingwei::policy {
namespace {

std::vector<std::string> columns_of(const std::vector<Fact>& facts, const Expression& expression) {
  std::vector<std::string> columns;
  for (const auto index : expression.facts) columns.push_back("f." + facts[index].id);
  return columns;
}

std::string any_null(const std::vector<std::string>& columns) {
  if (columns.empty()) return "false";
  std::vector<std::string> parts;
  for (const auto& column : columns) parts.push_back(column + " IS NULL");
  return "(" + join(parts, " OR ") + ")";
}

/// Why an expression gave NULL: a fact is missing, else a figure is to be set, else arithmetic failed, else a fact is not exact enough
/// (a city where the county counts).
std::string why_unknown(const std::vector<Fact>& facts, const Policy& policy, const Expression& expression) {
  std::vector<std::string> figures;
  for (const auto index : expression.parameters) figures.push_back("p." + policy.parameters[index].id);
  return fmt::format("CASE WHEN {} THEN {} WHEN {} THEN {} ELSE {} END", any_null(columns_of(facts, expression)), static_cast<int>(Verdict::tell_us), any_null(figures),
                     static_cast<int>(Verdict::to_be_set), static_cast<int>(expression.computes ? Verdict::not_computable : Verdict::tell_us));
}

/// TRY: what fails for one company (a number too large) is "cannot be computed" for that one and nobody else.
std::string tried(const std::vector<Fact>& facts, const Expression& expression, bool strict) {
  const std::string value = fmt::format("TRY(({}\n))", expression.sql);
  return strict ? fmt::format("CASE WHEN {} THEN NULL ELSE {} END", any_null(columns_of(facts, expression)), value) : value;
}

/// "(c0 = 0) + (c3 = 0)" over the clauses that are chosen; "0" when none is.
template <class Chosen>
std::string count_of(const Policy& policy, Verdict verdict, Chosen&& chosen) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < policy.clauses.size(); ++i)
    if (chosen(policy.clauses[i])) parts.push_back(fmt::format("CAST(c{} = {} AS INTEGER)", i, static_cast<int>(verdict)));
  return parts.empty() ? "0" : join(parts, " + ");
}

std::string outcome_sql(const Policy& policy) {
  const auto all = [](const Clause&) { return true; };
  return fmt::format(
      "CAST(CASE WHEN {fixed_no} > 0 OR {no} > {lacks} THEN {out_no} WHEN {no} > 0 THEN {out_almost} WHEN {missing} + {odd} > 0 THEN {out_tell} "
      "WHEN {unset} > 0 THEN {out_unset} ELSE {out_claim} END AS UTINYINT)",
      fmt::arg("fixed_no", count_of(policy, Verdict::no, [](const Clause& clause) { return clause.fixed; })), fmt::arg("no", "(" + count_of(policy, Verdict::no, all) + ")"),
      fmt::arg("lacks", kLacksMax), fmt::arg("missing", count_of(policy, Verdict::tell_us, all)), fmt::arg("odd", count_of(policy, Verdict::not_computable, all)),
      fmt::arg("unset", count_of(policy, Verdict::to_be_set, all)), fmt::arg("out_no", static_cast<int>(Outcome::no)), fmt::arg("out_almost", static_cast<int>(Outcome::almost)),
      fmt::arg("out_tell", static_cast<int>(Outcome::tell_us)), fmt::arg("out_unset", static_cast<int>(Outcome::to_be_set)), fmt::arg("out_claim", static_cast<int>(Outcome::claim)));
}

std::string trace_sql(const Policy& policy) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < policy.clauses.size(); ++i) parts.push_back(fmt::format("(CAST(c{} AS BIGINT) << {})", i, 3 * i));
  return "CAST(" + join(parts, " | ") + " AS BIGINT)";
}

}  // namespace

std::vector<std::size_t> facts_read(const Policy& policy) {
  std::vector<std::size_t> all;
  const auto add = [&](const Expression& expression) {
    for (const auto index : expression.facts)
      if (std::ranges::find(all, index) == all.end()) all.push_back(index);
  };
  for (const auto& clause : policy.clauses) add(clause.when);
  add(policy.benefit.formula);
  return all;
}

std::string judging_sql(const std::vector<Fact>& facts, const Policy& policy, const Terms& terms, const std::string& facts_source) {
  std::string codes;
  for (std::size_t i = 0; i < policy.clauses.size(); ++i) {
    const auto& when = policy.clauses[i].when;
    codes += fmt::format(", CAST(CASE {} WHEN true THEN 1 WHEN false THEN 0 ELSE {} END AS UTINYINT) AS c{}", tried(facts, when, when.strict), why_unknown(facts, policy, when), i);
  }
  const auto& formula = policy.benefit.formula;
  const std::string amount = formula.sql.empty() ? "CAST(NULL AS BIGINT)" : fmt::format("TRY(CAST(floor(larger(0, {})) AS BIGINT))", tried(facts, formula, true));
  const std::string why = formula.sql.empty() ? "1" : why_unknown(facts, policy, formula);
  return fmt::format(
      "SELECT company, {} AS outcome, {} AS trace, amount, CAST(CASE WHEN amount IS NOT NULL THEN 1 ELSE why END AS UTINYINT) AS amount_state "
      "FROM (SELECT company{}, {} AS amount, {} AS why FROM {} AS f CROSS JOIN ({}) AS p)",
      outcome_sql(policy), trace_sql(policy), codes, amount, why, facts_source, figures_row(policy, terms));
}

}  // namespace jingwei::policy
