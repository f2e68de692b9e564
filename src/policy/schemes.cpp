// Ladders of certification: schemes/*.yaml. A level's conditions are read as a policy of their own.
#include <algorithm>

#include "policy/internal/reading.h"

namespace jingwei::policy {
namespace {

const std::set<std::string> kLevelKeys = {"code",    "title",    "valid_years", "valid_legal", "granted_by", "recognised_in", "recognised_legal", "document", "place", "quote",
                                          "standing", "entities", "regions",    "valid_from",  "valid_to",   "parameters",    "clauses",          "benefit",  "documents", "apply"};

void read_validity(YamlFile& file, const YAML::Node& node, Level& level) {
  const auto years = file.text(node, "valid_years");
  level.valid_legal = file.text(node, "valid_legal");
  int number = 0;
  if (years == "to_be_set") return;
  if (!YAML::convert<int>::decode(child(node, "valid_years"), number) || number < 1 || number > 20)
    file.wrong(child(node, "valid_years"), {"有效期应为 1 到 20 年或 to_be_set", "valid_years must be 1 to 20 or to_be_set"}, {"改正", "Correct it"});
  else level.valid_years = number;
}

Level read_level(YamlFile& file, const YAML::Node& node, const registry::Definitions& definitions) {
  Level level;
  level.code = file.text(node, "code");
  const auto* list = definitions.code_list("certifications");
  if (list == nullptr || list->find(level.code) == nullptr)
    file.wrong(node, {"认定代码表里没有：" + level.code, "not in the code list of certifications: " + level.code}, {"先加到 registers/code-lists", "Add it to registers/code-lists first"});
  level.title = file.bilingual(node, "title");
  read_validity(file, node, level);
  level.granted_by = file.text(node, "granted_by");
  if (!std::set<std::string>{"nation", "province", "region"}.contains(level.granted_by))
    file.wrong(node, {"granted_by 应为 nation、province 或 region", "granted_by must be nation, province or region"}, {"改正", "Correct it"});
  level.recognised_in = file.list(node, "recognised_in");
  level.recognised_legal = file.optional_text(node, "recognised_legal");
  if (!level.recognised_in.empty() && level.recognised_legal.empty())
    file.wrong(node, {"互认要写依据", "recognition needs its rule"}, {"补上 recognised_legal", "Add recognised_legal"});
  return level;
}

}  // namespace

SchemeFile read_scheme(const std::filesystem::path& path, std::size_t first_policy, const registry::Definitions& definitions, std::vector<InputProblem>& problems) {
  YamlFile file(path, problems);
  const YAML::Node& root = file.root();
  SchemeFile read;
  if (!file.keys(root, {"id", "title", "about", "issuer", "chain", "levels"}) && !root.IsMap()) return read;
  read.scheme = {file.text(root, "id"), file.bilingual(root, "title"), file.bilingual(root, "about"), {}};
  if (read.scheme.id != path.stem().string()) file.wrong(root, {"id 应与文件名相同", "id must be the name of the file"}, {"改正", "Correct it"});
  const auto issuer = file.bilingual(root, "issuer");
  for (const auto& node : file.items(root, "levels")) {
    if (!file.keys(node, kLevelKeys) && !node.IsMap()) continue;
    Level level = read_level(file, node, definitions);
    Policy policy;
    policy.id = level.code;
    policy.scheme = read.scheme.id;
    policy.title = level.title;
    policy.issuer = issuer;
    policy.chain = file.optional_text(root, "chain");
    policy.document = file.text(node, "document");
    policy.place = file.text(node, "place");
    policy.quote = file.optional_text(node, "quote");
    policy.standing = enum_from_name<Standing>(file.text(node, "standing")).value_or(Standing::in_force);
    read_conditions(file, node, definitions, policy);
    policy.apply = file.bilingual(node, "apply");
    level.policy = first_policy + read.levels.size();
    read.scheme.levels.push_back(std::move(level));
    read.levels.push_back(std::move(policy));
  }
  if (read.scheme.levels.empty()) file.wrong(root, {"没有级别", "there are no levels"}, {"写上 levels", "Add levels"});
  return read;
}

}  // namespace jingwei::policy
