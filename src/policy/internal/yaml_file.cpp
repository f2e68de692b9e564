#include "policy/internal/yaml_file.h"

#include <algorithm>

#include "io/file.h"

namespace jingwei::policy {

YamlFile::YamlFile(const std::filesystem::path& path, std::vector<InputProblem>& problems) : name_(path.filename().string()), problems_(problems) {
  try {
    root_ = YAML::Load(io::read_file(path));
  } catch (const YAML::Exception& broken) {
    readable_ = false;  // one complaint is enough
    wrong(std::max(broken.mark.line, 0) + 1, {"YAML 写法有误：" + broken.msg, "not right YAML: " + broken.msg}, {"改正写法", "Correct the YAML"});
  }
}

bool YamlFile::keys(const YAML::Node& node, const std::set<std::string>& known) {
  if (!readable_) return false;
  if (!node.IsDefined() || !node.IsMap()) {
    wrong(node.IsDefined() ? node : root_, {"这里应是键值", "a mapping is expected here"}, {"写成 键: 值", "Write key: value"});
    return false;
  }
  bool all = true;
  for (const auto& pair : node) {
    if (known.contains(scalar(pair.first))) continue;
    wrong(pair.first, {"没有这个键：" + scalar(pair.first), "there is no key '" + scalar(pair.first) + "'"}, {"可用的键见 policies/README.md", "See policies/README.md for the keys"});
    all = false;
  }
  return all;
}

std::string YamlFile::optional_text(const YAML::Node& node, const std::string& key) { return scalar(child(node, key)); }

std::string YamlFile::text(const YAML::Node& node, const std::string& key) {
  auto value = optional_text(node, key);
  if (value.empty() && readable_) wrong(node, {"缺少 " + key, key + " is missing"}, {"补上 " + key, "Add " + key});
  return value;
}

Bilingual YamlFile::bilingual(const YAML::Node& node, const std::string& key) {
  const YAML::Node both = child(node, key);
  Bilingual value{optional_text(both, "zh"), optional_text(both, "en")};
  if (value.zh.empty() || value.en.empty())
    wrong(both.IsDefined() ? both : node, {key + " 要有中文和英文", key + " needs Chinese and English"}, {"写成 {zh: …, en: …}", "Write {zh: …, en: …}"});
  return value;
}

bool YamlFile::flag(const YAML::Node& node, const std::string& key, bool otherwise) {
  const YAML::Node at = child(node, key);
  if (!at.IsDefined()) return otherwise;
  bool value = otherwise;
  if (!YAML::convert<bool>::decode(at, value)) wrong(at, {key + " 应为 true 或 false", key + " must be true or false"}, {"改为 true 或 false", "Write true or false"});
  return value;
}

std::vector<std::string> YamlFile::list(const YAML::Node& node, const std::string& key) {
  std::vector<std::string> result;
  for (const auto& item : items(node, key)) {
    result.push_back(scalar(item));
    if (result.back().empty()) wrong(item, {key + " 里有空值", "an item of " + key + " is empty"}, {"写上值或删去", "Write a value or remove it"});
  }
  return result;
}

std::vector<YAML::Node> YamlFile::items(const YAML::Node& node, const std::string& key) {
  std::vector<YAML::Node> result;
  const YAML::Node at = child(node, key);
  if (!at.IsDefined()) return result;
  if (!at.IsSequence()) wrong(at, {key + " 应为列表", key + " must be a list"}, {"写成列表", "Write a list"});
  else
    for (const auto& item : at) result.push_back(item);
  return result;
}

void YamlFile::wrong(int line, Bilingual reason, Bilingual remedy) {
  problems_.push_back({std::nullopt, name_ + ":" + std::to_string(line), std::move(reason), std::move(remedy)});
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder, const std::string& extension) {
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  for (const auto& item : std::filesystem::directory_iterator(folder, failed))
    if (item.path().extension() == extension) files.push_back(item.path());
  if (failed) throw io::FileError(folder, "cannot be read", failed.value());
  std::ranges::sort(files);
  return files;
}

}  // namespace jingwei::policy
