// policies/facts.yaml: what may be known of an enterprise, who knows it, and how it is asked.
#include <algorithm>

#include "base/money.h"
#include "policy/internal/reading.h"

namespace jingwei::policy {
namespace {

const std::set<std::string> kFactKeys = {"id", "title", "question", "help", "type", "code_list", "unit", "group", "register", "field", "years_back", "core"};

void read_place(YamlFile& file, const YAML::Node& node, const registry::Definitions& definitions, Fact& fact) {
  fact.register_ = file.optional_text(node, "register");
  if (fact.register_.empty()) return;
  fact.field = file.text(node, "field");
  const auto* reg = definitions.find(fact.register_);
  if (reg == nullptr) return file.wrong(node, {"没有这个清单：" + fact.register_, "there is no register " + fact.register_}, {"用 registers/ 里的清单", "Name one of registers/"});
  if (reg->field(fact.field) == nullptr) file.wrong(node, {"清单没有这个字段：" + fact.field, "the register has no field " + fact.field}, {"用清单的字段", "Name one of its fields"});
  int years = 0;
  if (const auto at = child(node, "years_back"); at.IsDefined()) {
    if (!YAML::convert<int>::decode(at, years) || years < 1 || years > 5) file.wrong(at, {"years_back 应为 1 到 5", "years_back must be 1 to 5"}, {"改正", "Correct it"});
    else fact.years_back = years;
  }
}

Fact read_fact(YamlFile& file, const YAML::Node& node, const registry::Definitions& definitions, const FactsFile& sofar) {
  file.keys(node, kFactKeys);
  Fact fact;
  fact.id = file.text(node, "id");
  if (!is_identifier(fact.id) || fact.id == "company" || fact.id == "p")
    file.wrong(node, {"编号只用小写字母、数字和下划线", "an id has lower case letters, digits and _"}, {"换一个编号", "Choose another id"});
  if (std::ranges::count(sofar.facts, fact.id, &Fact::id) > 0) file.wrong(node, {"编号重复：" + fact.id, "two facts are called " + fact.id}, {"换一个编号", "Choose another id"});
  fact.title = file.bilingual(node, "title");
  fact.question = file.bilingual(node, "question");
  if (child(node, "help").IsDefined()) fact.help = file.bilingual(node, "help");
  fact.kind = read_kind(file, node, definitions);
  fact.group = file.text(node, "group");
  if (std::ranges::count(sofar.groups, fact.group, &FactGroup::id) == 0) file.wrong(node, {"没有这个分组：" + fact.group, "there is no group " + fact.group}, {"在 groups 里加上", "Add it to groups"});
  fact.core = file.flag(node, "core", false);
  read_place(file, node, definitions, fact);
  return fact;
}

}  // namespace

bool is_identifier(std::string_view text) {
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

Kind read_kind(YamlFile& file, const YAML::Node& node, const registry::Definitions& definitions) {
  Kind kind;
  const auto type = file.text(node, "type");
  if (const auto known = enum_from_name<FactType>(type)) kind.type = *known;
  else if (!type.empty()) file.wrong(node, {"没有这种类型：" + type, "there is no type " + type}, {"可用的类型见 policies/README.md", "See policies/README.md for the types"});
  kind.code_list = file.optional_text(node, "code_list");
  const bool has_codes = kind.type == FactType::code || kind.type == FactType::codes;
  if (has_codes != (definitions.code_list(kind.code_list) != nullptr))
    file.wrong(node, {"代码类型要写已有的代码表", "a code needs a code_list that is there, other types none"}, {"写 registers/code-lists 里的代码表", "Name one of registers/code-lists"});
  if (child(node, "unit").IsDefined()) kind.unit = file.bilingual(node, "unit");
  if (kind.type == FactType::money) {
    kind.fen_per_unit = kind.unit && kind.unit->zh == "万元" ? kFenPerWan : kFenPerYuan;
    if (!kind.unit || (kind.unit->zh != "元" && kind.unit->zh != "万元"))
      file.wrong(node, {"金额要写单位", "money needs a unit"}, {"写 unit: {zh: 万元, en: 10 000 yuan}", "Add unit: {zh: 万元, en: 10 000 yuan}"});
  }
  return kind;
}

FactsFile read_facts(const std::filesystem::path& path, const registry::Definitions& definitions, std::vector<InputProblem>& problems) {
  YamlFile file(path, problems);
  FactsFile read;
  if (!file.keys(file.root(), {"groups", "facts"})) return read;
  for (const auto& node : file.items(file.root(), "groups")) {
    file.keys(node, {"id", "title"});
    read.groups.push_back({file.text(node, "id"), file.bilingual(node, "title")});
  }
  for (const auto& node : file.items(file.root(), "facts")) read.facts.push_back(read_fact(file, node, definitions, read));
  return read;
}

}  // namespace jingwei::policy
