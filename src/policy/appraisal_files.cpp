// appraisals/*.yaml to schemes; every mistake with file and line.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "policy/appraisal.h"
#include "policy/internal/appraising.h"
#include "policy/internal/reading.h"

namespace jingwei::policy {
namespace {

constexpr std::string_view kPlatforms = "platforms";

std::optional<double> number(YamlFile& file, const YAML::Node& node, const std::string& key, bool required) {
  const YAML::Node at = child(node, key);
  if (!at.IsDefined()) {
    if (required) file.wrong(node, {"缺少 " + key, key + " is missing"}, {"补上数字", "Add a number"});
    return std::nullopt;
  }
  double value = 0;
  if (at.IsScalar() && YAML::convert<double>::decode(at, value) && std::isfinite(value)) return value;
  file.wrong(at, {key + " 应为数字", key + " must be a number"}, {"写成数字", "Write a number"});
  return std::nullopt;
}

std::optional<std::int64_t> year(YamlFile& file, const YAML::Node& node, const std::string& key) {
  const auto value = number(file, node, key, key == "from");
  if (!value) return std::nullopt;
  if (*value < 2000 || *value > 2100 || *value != std::floor(*value)) file.wrong(child(node, key), {key + " 应为年份", key + " must be a year"}, {"例如 2025", "For example 2025"});
  return static_cast<std::int64_t>(*value);
}

/// `standing: set` or `trial`, and why.
AppraisalBasis read_basis(YamlFile& file, const YAML::Node& node) {
  const auto standing = file.text(node, "standing");
  if (standing != "set" && standing != "trial" && !standing.empty())
    file.wrong(child(node, "standing"), {"standing 应为 set（已定）或 trial（试算）", "standing must be set or trial"}, {"改正", "Correct it"});
  return {standing == "set", file.text(node, "legal")};
}

void read_steps(YamlFile& file, const YAML::Node& node, AppraisalRule& rule) {
  for (const auto& item : file.items(node, "steps")) {
    file.keys(item, {"at", "share"});
    rule.steps.push_back({number(file, item, "at", true).value_or(0), number(file, item, "share", true).value_or(0)});
  }
  const auto& steps = rule.steps;
  bool sound = !steps.empty() && steps.back().share == 100;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    sound = sound && steps[i].share > (i == 0 ? 0 : steps[i - 1].share);
    if (i > 0) sound = sound && (rule.less_is_better ? steps[i].at < steps[i - 1].at : steps[i].at > steps[i - 1].at);
  }
  if (!sound)
    file.wrong(node, {"各档应越来越好，得分比例递增，最后一档为 100", "steps must get better and better, shares must grow, the last is 100"},
               {"按从差到好写：{at: 10, share: 50}, {at: 20, share: 100}", "Write from worst to best: {at: 10, share: 50}, {at: 20, share: 100}"});
}

AppraisalRule read_rule(YamlFile& file, const YAML::Node& node) {
  AppraisalRule rule;
  if (!file.keys(node, {"kind", "better", "floor", "full", "unit_step", "steps", "standing", "legal"}) && !node.IsMap()) return rule;
  const auto name = file.text(node, "kind");
  const auto kind = enum_from_name<AppraisalRuleKind>(name);
  if (!kind && !name.empty())
    file.wrong(child(node, "kind"), {"没有这种计分方法：" + name, "there is no rule " + name}, {"写 linear、steps 或 percentile", "Write linear, steps or percentile"});
  rule.kind = kind.value_or(AppraisalRuleKind::linear);
  const auto better = file.optional_text(node, "better");
  if (!better.empty() && better != "more" && better != "less")
    file.wrong(child(node, "better"), {"better 应为 more 或 less", "better must be more or less"}, {"改正", "Correct it"});
  rule.less_is_better = better == "less";
  if (kind == AppraisalRuleKind::linear) {
    rule.floor = number(file, node, "floor", true);
    rule.full = number(file, node, "full", true);
    rule.unit_step = number(file, node, "unit_step", false);
    if (rule.floor && rule.full && *rule.floor == *rule.full) file.wrong(node, {"floor 和 full 相同", "floor and full are the same"}, {"改正", "Correct it"});
    if (rule.unit_step && *rule.unit_step <= 0) file.wrong(child(node, "unit_step"), {"unit_step 应大于 0", "unit_step must be above 0"}, {"改正", "Correct it"});
    if (rule.floor && rule.full) rule.less_is_better = *rule.full < *rule.floor;
  }
  if (kind == AppraisalRuleKind::steps) read_steps(file, node, rule);
  rule.basis = read_basis(file, node);
  return rule;
}

AppraisalCriterion read_criterion(YamlFile& file, const YAML::Node& node, const AppraisalScheme& scheme, const AppraisalClass& of) {
  file.keys(node, {"id", "title", "fact", "weight", "rule"});
  AppraisalCriterion criterion;
  criterion.id = file.text(node, "id");
  if (!is_identifier(criterion.id) || std::ranges::count(of.criteria, criterion.id, &AppraisalCriterion::id) > 0)
    file.wrong(node, {"评价项编号不对或重复：" + criterion.id, "the id of a criterion is wrong or there twice: " + criterion.id}, {"换一个编号", "Choose another id"});
  criterion.title = file.bilingual(node, "title");
  criterion.fact = file.text(node, "fact");
  if (!criterion.fact.empty() && std::ranges::count(scheme.facts, criterion.fact, &AppraisalFact::id) == 0)
    file.wrong(child(node, "fact"), {"没有这个事实：" + criterion.fact, "there is no fact " + criterion.fact}, {"用 facts 里的编号，或先加上它", "Use an id of facts, or add it there"});
  const YAML::Node weight = child(node, "weight");
  if (file.keys(weight, {"value", "standing", "legal"}) || weight.IsMap()) {
    const auto value = number(file, weight, "value", true);
    if (value && (*value <= 0 || *value > kWeightsTotal)) file.wrong(child(weight, "value"), {"权重应大于 0、不超过 100", "a weight is above 0 and at most 100"}, {"改正", "Correct it"});
    criterion.weight = value.value_or(0);
    criterion.weight_basis = read_basis(file, weight);
  }
  criterion.rule = read_rule(file, child(node, "rule"));
  return criterion;
}

AppraisalClass read_class(YamlFile& file, const YAML::Node& node, const AppraisalScheme& scheme, const registry::Definitions& definitions) {
  file.keys(node, {"id", "title", "about", "kinds", "criteria"});
  AppraisalClass of;
  of.id = file.text(node, "id");
  if (!is_identifier(of.id) || std::ranges::count(scheme.classes, of.id, &AppraisalClass::id) > 0)
    file.wrong(node, {"类别编号不对或重复：" + of.id, "the id of a class is wrong or there twice: " + of.id}, {"换一个编号", "Choose another id"});
  of.title = file.bilingual(node, "title");
  of.about = file.bilingual(node, "about");
  of.kinds = file.list(node, "kinds");
  const auto* kinds = definitions.code_list("platform-kinds");
  for (const auto& kind : of.kinds) {
    if (kinds == nullptr || kinds->find(kind) == nullptr)
      file.wrong(child(node, "kinds"), {"平台类型代码表里没有：" + kind, "not in the code list of kinds of platforms: " + kind}, {"用 registers/code-lists 里的代码", "Use a code of registers/code-lists"});
    for (const auto& other : scheme.classes)
      if (std::ranges::count(other.kinds, kind) > 0)
        file.wrong(child(node, "kinds"), {kind + " 已归入 " + other.id, kind + " is in class " + other.id + " already"}, {"一种平台只归一类", "A kind belongs to one class"});
  }
  if (of.kinds.empty()) file.wrong(node, {"没有写归入哪些平台类型", "no kinds of platforms are named"}, {"补上 kinds", "Add kinds"});
  double total = 0;
  for (const auto& item : file.items(node, "criteria")) {
    of.criteria.push_back(read_criterion(file, item, scheme, of));
    total += of.criteria.back().weight;
  }
  if (of.criteria.empty() || of.criteria.size() > kAppraisalCriteriaMax)
    file.wrong(node, {fmt::format("一类应有 1 到 {} 个评价项", kAppraisalCriteriaMax), fmt::format("a class has 1 to {} criteria", kAppraisalCriteriaMax)}, {"改正 criteria", "Correct the criteria"});
  else if (std::abs(total - kWeightsTotal) > kWeightsSlack)
    file.wrong(node, {fmt::format("{} 的权重合计 {:g}，应为 100", of.id, total), fmt::format("the weights of {} add up to {:g}, not to 100", of.id, total)}, {"调整权重", "Change the weights"});
  return of;
}

AppraisalFact read_fact(YamlFile& file, const YAML::Node& node, const AppraisalScheme& scheme, const registry::Definitions& definitions) {
  file.keys(node, {"id", "title", "unit", "where", "field", "sql"});
  AppraisalFact fact{file.text(node, "id"), file.bilingual(node, "title"), file.bilingual(node, "unit"), file.bilingual(node, "where"), file.optional_text(node, "sql"), false};
  if (!is_identifier(fact.id) || std::ranges::count(scheme.facts, fact.id, &AppraisalFact::id) > 0)
    file.wrong(node, {"编号不对或重复：" + fact.id, "the id is wrong or there twice: " + fact.id}, {"换一个编号", "Choose another id"});
  const auto name = file.optional_text(node, "field");
  if (name.empty() == fact.sql.empty()) file.wrong(node, {"field 和 sql 写且只写一个", "exactly one of field and sql is needed"}, {"数字在平台条目里就写 field，否则写 sql", "Write field for a number of the entry, sql otherwise"});
  if (name.empty()) return fact;
  const auto* platforms = definitions.find(kPlatforms);
  const auto* field = platforms == nullptr ? nullptr : platforms->field(name);
  if (field == nullptr || field->many || (field->type != registry::FieldType::integer && field->type != registry::FieldType::decimal))
    file.wrong(child(node, "field"), {"平台清单没有这个数字字段：" + name, "the register platforms has no number called " + name}, {"用整数或小数字段；金额用 sql 换算", "Name an integer or decimal; convert money by sql"});
  fact.sql = "SELECT id, " + sql::quoted_name(name) + ", id FROM platforms";
  return fact;
}

void check_sql(YamlFile& file, const YAML::Node& node, AppraisalFact& fact, const analytics::EmptyModel& tables) {
  using sql::Kind;
  try {
    const auto columns = tables.ask(analytics::Sight::everything, term_sql(2000) + "SELECT * FROM (" + fact.sql + "\n) AS a").columns;
    const bool pair = columns.size() >= 2 && columns[0].kind == Kind::text && (columns[1].kind == Kind::integer || columns[1].kind == Kind::number);
    if (!pair || columns.size() > 3 || (columns.size() == 3 && columns[2].kind != Kind::text))
      file.wrong(node, {"查询应给出平台编号、一个数，可再给依据条目的编号", "the query must give the platform's id, a number and perhaps the id of the entry behind it"},
                 {"例如 SELECT p.id, y.firms_served, y.id FROM …", "For example SELECT p.id, y.firms_served, y.id FROM …"});
    fact.tells_entry = columns.size() == 3;
  } catch (const Rejected& refused) {
    for (const auto& problem : refused.problems()) file.wrong(node, problem.reason, problem.remedy);
    if (refused.problems().empty()) file.wrong(node, refused.message(), {"改正 sql", "Correct the sql"});
  }
}

void read_grades(YamlFile& file, const YAML::Node& root, AppraisalScheme& scheme) {
  const YAML::Node node = child(root, "grades");
  if (!file.keys(node, {"standing", "legal", "levels"}) && !node.IsMap()) return;
  scheme.grades_basis = read_basis(file, node);
  for (const auto& item : file.items(node, "levels")) {
    file.keys(item, {"id", "title", "from"});
    scheme.grades.push_back({file.text(item, "id"), file.bilingual(item, "title"), number(file, item, "from", true).value_or(0)});
  }
  bool falls = !scheme.grades.empty() && scheme.grades.back().from == 0 && scheme.grades.front().from <= kWeightsTotal;
  for (std::size_t i = 1; i < scheme.grades.size(); ++i) falls = falls && scheme.grades[i].from < scheme.grades[i - 1].from;
  if (!falls) file.wrong(node, {"等级应从高到低，最后一级从 0 分起", "grades must stand from best to worst, the last from 0"}, {"改正 levels", "Correct the levels"});
}

AppraisalScheme read_appraisal(const std::filesystem::path& path, const registry::Definitions& definitions, const analytics::EmptyModel& tables,
                               std::vector<InputProblem>& problems) {
  YamlFile file(path, problems);
  const YAML::Node& root = file.root();
  AppraisalScheme scheme;
  if (!file.keys(root, {"id", "title", "about", "issuer", "document", "place", "quote", "years", "facts", "classes", "grades"}) && !root.IsMap()) return scheme;
  scheme.id = file.text(root, "id");
  if (scheme.id != path.stem().string()) file.wrong(root, {"id 应与文件名相同", "id must be the name of the file"}, {"改正", "Correct it"});
  scheme.title = file.bilingual(root, "title");
  scheme.about = file.bilingual(root, "about");
  scheme.issuer = file.bilingual(root, "issuer");
  scheme.document = file.text(root, "document");
  scheme.place = file.text(root, "place");
  scheme.quote = file.text(root, "quote");
  if (const YAML::Node years = child(root, "years"); file.keys(years, {"from", "to"})) {
    scheme.first_year = year(file, years, "from").value_or(2000);
    scheme.last_year = year(file, years, "to");
    if (scheme.last_year && *scheme.last_year < scheme.first_year) file.wrong(years, {"to 早于 from", "to is before from"}, {"改正年份", "Correct the years"});
  }
  for (const auto& node : file.items(root, "facts")) {
    scheme.facts.push_back(read_fact(file, node, scheme, definitions));
    if (!scheme.facts.back().sql.empty()) check_sql(file, node, scheme.facts.back(), tables);
  }
  if (scheme.facts.size() > kAppraisalFactsMax) file.wrong(root, {"事实太多", "there are too many facts"}, {fmt::format("最多 {} 个", kAppraisalFactsMax), fmt::format("At most {}", kAppraisalFactsMax)});
  for (const auto& node : file.items(root, "classes")) scheme.classes.push_back(read_class(file, node, scheme, definitions));
  if (scheme.classes.empty()) file.wrong(root, {"没有类别", "there are no classes"}, {"写上 classes", "Add classes"});
  read_grades(file, root, scheme);
  return scheme;
}

}  // namespace

const AppraisalFact& AppraisalScheme::fact(std::string_view wanted) const { return *std::ranges::find(facts, wanted, &AppraisalFact::id); }

Appraisals Appraisals::load(const std::filesystem::path& folder, const registry::Definitions& definitions, const std::filesystem::path& own) {
  std::map<std::string, std::filesystem::path> files;
  for (const auto& path : files_of(folder, ".yaml")) files[path.filename().string()] = path;
  if (!own.empty() && std::filesystem::is_directory(own))
    for (const auto& path : files_of(own, ".yaml")) files[path.filename().string()] = path;
  const analytics::EmptyModel tables(definitions);
  std::vector<InputProblem> problems;
  Appraisals all;
  for (const auto& [name, path] : files) all.schemes_.push_back(read_appraisal(path, definitions, tables, problems));
  if (problems.empty()) return all;
  Bilingual message{problems.front().field + "：" + problems.front().reason.zh, problems.front().field + ": " + problems.front().reason.en};
  throw Rejected(Code::invalid, std::move(message), std::move(problems));
}

const AppraisalScheme& Appraisals::require(std::string_view id) const {
  const auto at = std::ranges::find(schemes_, id, &AppraisalScheme::id);
  if (at == schemes_.end()) throw Rejected(Code::not_found, {"没有这个评价办法", "There is no such appraisal"});
  return *at;
}

}  // namespace jingwei::policy
