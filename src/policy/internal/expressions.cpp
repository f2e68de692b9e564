// DuckDB parses the expression (json_serialize_sql), so what counts as a column, a figure or a function is DuckDB's word, not a guess.
// Allowed are comparisons, AND, OR, NOT, arithmetic, CASE, casts and the functions below; no queries, no windows, no clocks.
#include "policy/internal/expressions.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "policy/internal/sql.h"

namespace jingwei::policy {
namespace {

const std::set<std::string, std::less<>> kClasses = {"COLUMN_REF", "CONSTANT", "FUNCTION", "COMPARISON", "CONJUNCTION", "OPERATOR", "CAST", "CASE", "BETWEEN"};
const std::set<std::string, std::less<>> kFunctions = {"within", "list_contains", "list_has_any", "list_has_all", "list_value", "len",      "smaller",  "larger",
                                                       "abs",    "floor",         "ceil",         "round",        "year",       "datediff", "date_diff", "starts_with",
                                                       "contains", "to_years",    "to_months",    "to_days",      "main.list_value"};
const std::set<std::string, std::less<>> kArithmetic = {"+", "-", "*", "/", "//", "%"};
const std::set<std::string, std::less<>> kDividers = {"/", "//", "%"};

/// Of what DuckDB says; the rest lists candidates.
std::string_view first_line(std::string_view message) { return message.substr(0, message.find('\n')); }

std::string_view word(const json::object& node, std::string_view key) {
  const auto at = node.find(key);
  return at != node.end() && at->value().is_string() ? std::string_view(at->value().as_string()) : std::string_view();
}

class Walk {
 public:
  Walk(const std::vector<Fact>& facts, const Policy& policy, Expression& expression, std::vector<ExpressionFault>& faults)
      : facts_(facts), policy_(policy), expression_(expression), faults_(faults) {}

  void visit(const json::value& value) {
    if (const auto* list = value.if_array())
      for (const auto& item : *list) visit(item);
    const auto* node = value.if_object();
    if (node == nullptr) return;
    if (node->contains("class")) expression(*node);
    for (const auto& member : *node) visit(member.value());
  }

 private:
  void expression(const json::object& node) {
    const auto kind = word(node, "class");
    if (!kClasses.contains(kind)) return refuse({"条件里不能用：" + std::string(kind), "a condition may not use: " + std::string(kind)});
    if (kind == "COLUMN_REF") column(node.at("column_names").as_array());
    if (kind == "FUNCTION") function(node);
    if (kind == "CASE") expression_.strict = true;
  }

  void column(const json::array& names) {
    std::vector<std::string> path;
    for (const auto& name : names) path.emplace_back(name.as_string());
    if (path.size() == 1) return fact(path[0]);
    if (path.size() == 2 && path[0] == "p") return figure(path[1]);
    refuse({"看不懂的名字：" + path.front(), "unknown name: " + path.front()});
  }

  void fact(const std::string& id) {
    const auto at = std::ranges::find(facts_, id, &Fact::id);
    if (at == facts_.end())
      return refuse({"没有这个事实：" + id, "there is no fact " + id}, {"用 facts.yaml 里的事实，参数写成 p." + id, "Use a fact of facts.yaml; a parameter is written p." + id});
    keep(expression_.facts, static_cast<std::size_t>(at - facts_.begin()));
  }

  void figure(const std::string& id) {
    if (id == "today") return;
    const auto at = std::ranges::find(policy_.parameters, id, &Parameter::id);
    if (at == policy_.parameters.end()) return refuse({"缺少参数：" + id, "parameter " + id + " is missing"}, {"在 parameters 里加上 " + id, "Add " + id + " to parameters"});
    keep(expression_.parameters, static_cast<std::size_t>(at - policy_.parameters.begin()));
  }

  void function(const json::object& node) {
    const auto name = word(node, "function_name");
    const bool is_operator = node.at("is_operator").is_bool() && node.at("is_operator").as_bool();
    if (!is_operator && !kFunctions.contains(name))
      refuse({"不能用这个函数：" + std::string(name), "this function may not be used: " + std::string(name)}, {"可用的函数见 policies/README.md", "See policies/README.md for the functions"});
    expression_.computes = expression_.computes || kArithmetic.contains(name);
    const auto& children = node.at("children").as_array();
    if (kDividers.contains(name) && children.size() == 2 && is_zero(children[1])) refuse({"除数是 0", "it divides by zero"}, {"改除数", "Change the divisor"});
  }

  /// A divisor that is 0 whatever the enterprise: a number, or a figure that is or was 0.
  bool is_zero(const json::value& divisor) const {
    const auto* node = divisor.if_object();
    if (node == nullptr) return false;
    if (word(*node, "class") == "CONSTANT") {
      const auto& value = node->at("value").as_object();
      const auto at = value.find("value");
      return at != value.end() && at->value().is_number() && at->value().to_number<double>() == 0;
    }
    if (word(*node, "class") != "COLUMN_REF") return false;
    const auto& names = node->at("column_names").as_array();
    if (names.size() != 2) return false;
    const auto at = std::ranges::find(policy_.parameters, std::string(names[1].as_string()), &Parameter::id);
    return at != policy_.parameters.end() && std::ranges::any_of(at->values, [](const Dated& dated) {
             const auto* whole = std::get_if<std::int64_t>(&dated.value);
             const auto* decimal = std::get_if<double>(&dated.value);
             return (whole != nullptr && *whole == 0) || (decimal != nullptr && *decimal == 0);
           });
  }

  static void keep(std::vector<std::size_t>& list, std::size_t index) {
    if (std::ranges::find(list, index) == list.end()) list.push_back(index);
  }

  void refuse(Bilingual reason, Bilingual remedy = {"改正表达式", "Correct the expression"}) { faults_.push_back({std::move(reason), std::move(remedy)}); }

  const std::vector<Fact>& facts_;
  const Policy& policy_;
  Expression& expression_;
  std::vector<ExpressionFault>& faults_;
};

/// The parsed expression; nothing, with a fault, when it is not exactly one.
std::optional<json::value> parse(sql::Session& session, const Expression& expression, std::vector<ExpressionFault>& faults) {
  const Bilingual remedy{"写一个 SQL 表达式，如 staff >= p.staff_min", "Write one SQL expression such as staff >= p.staff_min"};
  const auto parsed = json::parse(text_of(session, "SELECT CAST(json_serialize_sql(" + sql::quoted_text("SELECT (" + expression.sql + "\n)") + ") AS VARCHAR)")).as_object();
  if (parsed.at("error").as_bool()) {
    const std::string said(word(parsed, "error_message"));
    faults.push_back({{"不是正确的 SQL：" + said, "is not right SQL: " + said}, remedy});
    return std::nullopt;
  }
  const auto& statements = parsed.at("statements").as_array();
  const auto& node = statements.front().as_object().at("node").as_object();
  if (statements.size() != 1 || word(node, "type") != "SELECT_NODE" || node.at("select_list").as_array().size() != 1 ||
      word(node.at("from_table").as_object(), "type") != "EMPTY" || !node.at("where_clause").is_null()) {
    faults.push_back({{"应只有一个表达式", "must be one expression and nothing else"}, remedy});
    return std::nullopt;
  }
  return node.at("select_list").as_array().front();
}

Value sample(FactType type, std::int64_t number) {
  switch (type) {
    case FactType::text: return std::string("x");
    case FactType::code: return std::string("x");
    case FactType::region: return std::string("330402");
    case FactType::codes: return std::vector<std::string>{"x"};
    case FactType::integer:
    case FactType::money: return number;
    case FactType::decimal: return static_cast<double>(number);
    case FactType::date: return std::string("2020-02-29");
    case FactType::boolean: return number > 0;
  }
  return {};
}

/// Figures unset, and set to something of their type.
Terms trial_terms(const Policy& policy, bool set) {
  Terms terms{"2026-01-01", {}};
  for (const auto& parameter : policy.parameters) terms.instead[parameter.id] = set ? sample(parameter.kind.type, 1) : Value{};
  return terms;
}

bool is_number(const std::string& type) {
  return type == "BIGINT" || type == "INTEGER" || type == "DOUBLE" || type == "HUGEINT" || type.starts_with("DECIMAL") || type.ends_with("INT");
}

std::optional<ExpressionFault> wrong_type(const std::string& type, bool condition) {
  if (condition ? type == "BOOLEAN" : is_number(type)) return std::nullopt;
  return condition ? ExpressionFault{{"条件应得真假，这里得到 " + type, "a condition must be true or false, this is " + type}, {"加上比较，如 >= p.…", "Add a comparison such as >= p.…"}}
                   : ExpressionFault{{"公式应得数字，这里得到 " + type, "a formula must be a number, this is " + type}, {"改成金额（分）", "Make it an amount in fen"}};
}

}  // namespace

std::vector<ExpressionFault> read_expression(sql::Session& session, const std::vector<Fact>& facts, const Policy& policy, Expression& expression) {
  std::vector<ExpressionFault> faults;
  if (expression.sql.empty()) return faults;
  if (const auto parsed = parse(session, expression, faults)) Walk(facts, policy, expression, faults).visit(*parsed);
  return faults;
}

std::vector<ExpressionFault> try_expression(sql::Session& session, const Policy& policy, const Expression& expression, bool condition) {
  if (expression.sql.empty()) return {};
  try {
    for (const bool set : {false, true}) {
      const std::string query = fmt::format("SELECT ({}\n) AS v FROM facts CROSS JOIN ({}) AS p", expression.sql, figures_row(policy, trial_terms(policy, set)));
      if (const auto fault = wrong_type(session.prepare(query).columns().front().type, condition)) return {*fault};
      (void)integers(session, fmt::format("SELECT COUNT(v) FROM ({})", query));
    }
  } catch (const sql::SqlError& wrong) {
    const std::string said(first_line(wrong.what()));
    return {{{"类型不符：" + said, "types do not fit: " + said}, {"比较同类的事实和参数", "Compare facts and parameters of one type"}}};
  }
  return {};
}

bool all_stand(sql::Session& session, const Policy& policy) {
  std::string columns;
  std::string counts;
  std::vector<bool> conditions;
  const auto add = [&](const Expression& expression, bool condition) {
    if (expression.sql.empty()) return;
    const auto number = conditions.size();
    columns += fmt::format("{}({}\n) AS v{}", number == 0 ? "" : ", ", expression.sql, number);
    counts += fmt::format("{}COUNT(v{})", number == 0 ? "" : ", ", number);
    conditions.push_back(condition);
  };
  for (const auto& clause : policy.clauses) add(clause.when, true);
  add(policy.benefit.formula, false);
  try {
    for (const bool set : {false, true}) {
      const std::string query = fmt::format("SELECT {} FROM facts CROSS JOIN ({}) AS p", columns, figures_row(policy, trial_terms(policy, set)));
      const auto statement = session.prepare(query);
      for (std::size_t i = 0; i < conditions.size(); ++i)
        if (wrong_type(statement.columns()[i].type, conditions[i])) return false;
      (void)integers(session, fmt::format("SELECT {} FROM ({})", counts, query));
    }
    return true;
  } catch (const sql::SqlError&) {
    return false;  // one of them; the caller tries each
  }
}

void make_probes(sql::Session& session, const std::vector<Fact>& facts) {
  session.run("CREATE TABLE facts (" + facts_columns(facts) + ")");
  auto rows = session.append("facts");
  for (const std::int64_t number : {-1, 1, 0}) {
    rows.integer(number);
    for (const auto& fact : facts) append(rows, fact.kind.type, number < 0 ? Value{} : sample(fact.kind.type, number));
    rows.end_row();
  }
  rows.finish();
}

}  // namespace jingwei::policy
