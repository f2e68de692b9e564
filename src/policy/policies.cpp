// One policy file. Clauses that every policy has (for whom, where, how long) are made from its head, before its own.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "policy/internal/reading.h"
#include "policy/internal/sql.h"

namespace jingwei::policy {
namespace {

const std::set<std::string> kPolicyKeys = {"id",         "title",    "issuer",   "document",   "place",   "quote",   "standing",  "chain", "segments",
                                           "entities",   "regions",  "valid_from", "valid_to", "parameters", "clauses", "benefit", "documents", "apply"};
constexpr std::string_view kToBeSet = "to_be_set";

std::string day(YamlFile& file, const YAML::Node& node, const std::string& key) {
  const auto text = file.optional_text(node, key);
  if (text.empty()) return "";
  const auto normal = normalise_date(text);
  if (!normal) file.wrong(child(node, key), {"不是日期：" + text, "is no date: " + text}, {"写成 2026-01-21", "Write 2026-01-21"});
  return normal.value_or("");
}

Dated read_dated(YamlFile& file, const YAML::Node& node, const registry::Definitions& definitions, const Kind& kind) {
  file.keys(node, {"from", "value", "legal", "confirmed"});
  Dated dated;
  dated.from = day(file, node, "from");
  if (dated.from.empty()) file.wrong(node, {"缺少 from：从哪天起", "from is missing: the first day"}, {"补上日期", "Add a day"});
  dated.legal = file.text(node, "legal");
  dated.confirmed = file.flag(node, "confirmed", true);
  const YAML::Node at = child(node, "value");
  std::string text = file.text(node, "value");
  if (at.IsDefined() && at.IsSequence()) {  // codes
    std::vector<std::string> items;
    for (const auto& item : at) items.push_back(item.IsScalar() ? item.Scalar() : "");
    text = join(items, ";");
  }
  if (text.empty() || text == kToBeSet) return dated;
  if (kind.type == FactType::money && kind.unit) text += kind.unit->zh;
  std::vector<InputProblem> wrong;
  dated.value = value_of_text(definitions, kind, text, "value", wrong);
  for (const auto& problem : wrong) file.wrong(at, problem.reason, problem.remedy);
  return dated;
}

Parameter read_parameter(YamlFile& file, const YAML::Node& node, const registry::Definitions& definitions, const std::vector<Parameter>& earlier) {
  file.keys(node, {"id", "title", "type", "unit", "code_list", "values"});
  Parameter parameter;
  parameter.id = file.text(node, "id");
  parameter.line = YamlFile::line_of(node);
  if (!is_identifier(parameter.id) || parameter.id == "today" || std::ranges::count(earlier, parameter.id, &Parameter::id) > 0)
    file.wrong(node, {"参数编号不对或重复：" + parameter.id, "the id of a parameter is wrong or there twice: " + parameter.id}, {"换一个编号", "Choose another id"});
  parameter.title = file.bilingual(node, "title");
  parameter.kind = read_kind(file, node, definitions);
  for (const auto& item : file.items(node, "values")) parameter.values.push_back(read_dated(file, item, definitions, parameter.kind));
  if (parameter.values.empty())
    file.wrong(node, {"参数没有值", "the parameter has no values"}, {"写上数值，或写 to_be_set", "Write a value, or to_be_set"});
  if (!std::ranges::is_sorted(parameter.values, {}, &Dated::from))
    file.wrong(node, {"values 应按日期从早到晚", "values must stand in order of their days"}, {"调整顺序", "Put them in order"});
  return parameter;
}

Expression read_expression(YamlFile& file, const YAML::Node& node, const std::string& key) {
  const YAML::Node at = child(node, key);
  return {file.text(node, key), {}, {}, at.IsDefined() ? YamlFile::line_of(at) : YamlFile::line_of(node), false, false};
}

Clause read_clause(YamlFile& file, const YAML::Node& node) {
  file.keys(node, {"id", "required", "when", "todo", "place", "quote", "fixed"});
  Clause clause;
  clause.id = file.text(node, "id");
  clause.required = file.bilingual(node, "required");
  clause.when = read_expression(file, node, "when");
  clause.fixed = file.flag(node, "fixed", false);
  if (!clause.fixed || child(node, "todo").IsDefined()) clause.todo = file.bilingual(node, "todo");
  clause.place = file.optional_text(node, "place");
  clause.quote = file.optional_text(node, "quote");
  return clause;
}

Clause made_clause(const char* id, Bilingual required, std::string sql, int line) {
  return {id, std::move(required), {std::move(sql), {}, {}, line, false, false}, {}, "", "", true};
}

/// For whom, where, and how long: nothing an enterprise can change, so these clauses are fixed.
std::vector<Clause> clauses_of_head(const Policy& policy, const registry::Definitions& definitions, int line) {
  std::vector<Clause> made;
  if (!policy.entities.empty()) {
    std::vector<std::string> codes;
    for (const auto& kind : policy.entities) codes.push_back(sql::quoted_text(kind));
    const auto words = words_of(definitions, {FactType::codes, "organization-kinds", {}, 0}, policy.entities);
    made.push_back(made_clause("for_whom", {"申请单位是" + words.zh, "The applicant is: " + words.en}, "kind IN (" + join(codes, ", ") + ")", line));
  }
  if (!policy.regions.empty()) {
    std::vector<std::string> parts;
    Bilingual words;
    for (const auto& code : policy.regions) {
      parts.push_back("within(region, " + sql::quoted_text(code) + ")");
      const auto one = words_of(definitions, {FactType::region, "", {}, 0}, code);
      words.zh += (words.zh.empty() ? "" : "、") + one.zh;
      words.en += (words.en.empty() ? "" : ", ") + one.en;
    }
    made.push_back(made_clause("where", {"注册在" + words.zh, "Registered in " + words.en}, join(parts, " OR "), line));
  }
  if (!policy.valid_from.empty())
    made.push_back(made_clause("from", {policy.valid_from + " 起施行", "In force from " + policy.valid_from}, "p.today >= DATE " + sql::quoted_text(policy.valid_from), line));
  if (!policy.valid_to.empty())
    made.push_back(made_clause("until", {"有效期至 " + policy.valid_to, "Valid to " + policy.valid_to}, "p.today <= DATE " + sql::quoted_text(policy.valid_to), line));
  return made;
}

void read_benefit(YamlFile& file, const YAML::Node& node, Policy& policy) {
  const YAML::Node benefit = child(node, "benefit");
  if (!file.keys(benefit, {"text", "formula"})) return;
  policy.benefit.text = file.bilingual(benefit, "text");
  if (child(benefit, "formula").IsDefined()) policy.benefit.formula = read_expression(file, benefit, "formula");
}

}  // namespace

void read_conditions(YamlFile& file, const YAML::Node& node, const registry::Definitions& definitions, Policy& policy) {
  policy.file = file.name();
  policy.entities = file.list(node, "entities");
  for (const auto& kind : policy.entities)
    if (const auto* kinds = definitions.code_list("organization-kinds"); kinds == nullptr || kinds->find(kind) == nullptr)
      file.wrong(child(node, "entities"), {"没有这种单位：" + kind, "there is no kind of organization " + kind}, {"用 organization-kinds 里的代码", "Use a code of organization-kinds"});
  policy.regions = file.list(node, "regions");
  for (const auto& code : policy.regions)
    if (definitions.regions().find(code) == nullptr)
      file.wrong(child(node, "regions"), {"没有这个地区：" + code, "there is no division " + code}, {"用 6 位代码", "Use a 6-digit code"});
  policy.valid_from = day(file, node, "valid_from");
  policy.valid_to = day(file, node, "valid_to");
  for (const auto& item : file.items(node, "parameters")) policy.parameters.push_back(read_parameter(file, item, definitions, policy.parameters));
  policy.clauses = clauses_of_head(policy, definitions, YamlFile::line_of(node));
  for (const auto& item : file.items(node, "clauses")) {
    policy.clauses.push_back(read_clause(file, item));
    if (std::ranges::count(policy.clauses, policy.clauses.back().id, &Clause::id) > 1)
      file.wrong(item, {"条款编号重复：" + policy.clauses.back().id, "two clauses are called " + policy.clauses.back().id}, {"换一个编号", "Choose another id"});
  }
  if (policy.clauses.empty() || policy.clauses.size() > kClausesMax)
    file.wrong(node, {fmt::format("应有 1 到 {} 条条款", kClausesMax), fmt::format("there must be 1 to {} clauses", kClausesMax)}, {"调整条款", "Add or join clauses"});
  read_benefit(file, node, policy);
  for (const auto& item : file.items(node, "documents")) {
    file.keys(item, {"zh", "en"});
    policy.documents.push_back({file.text(item, "zh"), file.text(item, "en")});
  }
}

Policy read_policy(const std::filesystem::path& path, const registry::Definitions& definitions, std::vector<InputProblem>& problems) {
  YamlFile file(path, problems);
  const YAML::Node& root = file.root();
  Policy policy;
  if (!file.keys(root, kPolicyKeys) && !root.IsMap()) return policy;  // a wrong key is told with the rest
  policy.id = file.text(root, "id");
  if (policy.id != path.stem().string() || !is_identifier(policy.id))
    file.wrong(root, {"id 应与文件名相同", "id must be the name of the file"}, {"改为 " + path.stem().string(), "Write " + path.stem().string()});
  policy.title = file.bilingual(root, "title");
  policy.issuer = file.bilingual(root, "issuer");
  policy.document = file.text(root, "document");
  policy.place = file.text(root, "place");
  policy.quote = file.text(root, "quote");
  const auto standing = file.text(root, "standing");
  if (const auto known = enum_from_name<Standing>(standing)) policy.standing = *known;
  else file.wrong(child(root, "standing"), {"standing 应为 in_force、draft 或 proposal", "standing must be in_force, draft or proposal"}, {"改正", "Correct it"});
  policy.chain = file.text(root, "chain");
  if (!std::set<std::string>{"innovation", "industry", "capital", "talent"}.contains(policy.chain))
    file.wrong(root, {"chain 应为四链之一", "chain must be one of the four chains"}, {"写 innovation、industry、capital 或 talent", "Write innovation, industry, capital or talent"});
  policy.segments = file.list(root, "segments");
  read_conditions(file, root, definitions, policy);
  policy.apply = file.bilingual(root, "apply");
  return policy;
}

}  // namespace jingwei::policy
