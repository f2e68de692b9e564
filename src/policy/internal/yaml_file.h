// One YAML file being read. What is wrong is collected, each with file and line, so that one start tells all of it.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "base/rejected.h"

namespace jingwei::policy {

class YamlFile {
 public:
  YamlFile(const std::filesystem::path& path, std::vector<InputProblem>& problems);

  /// The document; not a map when the file cannot be read or is no YAML.
  const YAML::Node& root() const { return root_; }
  const std::string& name() const { return name_; }
  /// False, with problems: not a map, or a key that is not known.
  bool keys(const YAML::Node& node, const std::set<std::string>& known);
  /// The scalar under a key; a problem when it is missing.
  std::string text(const YAML::Node& node, const std::string& key);
  std::string optional_text(const YAML::Node& node, const std::string& key);
  /// {zh: …, en: …}
  Bilingual bilingual(const YAML::Node& node, const std::string& key);
  bool flag(const YAML::Node& node, const std::string& key, bool otherwise);
  std::vector<std::string> list(const YAML::Node& node, const std::string& key);
  /// The list under a key, each item for itself; a problem when there is something else.
  std::vector<YAML::Node> items(const YAML::Node& node, const std::string& key);

  void wrong(const YAML::Node& at, Bilingual reason, Bilingual remedy) { wrong(line_of(at), std::move(reason), std::move(remedy)); }
  void wrong(int line, Bilingual reason, Bilingual remedy);
  /// As a person counts lines.
  static int line_of(const YAML::Node& node) { return node.Mark().line + 1; }

 private:
  static std::string scalar(const YAML::Node& node) { return node && node.IsScalar() ? node.Scalar() : ""; }

  std::string name_;
  std::vector<InputProblem>& problems_;
  YAML::Node root_;
  bool readable_ = true;
};

/// A member that may be absent; indexing a const node never adds to it.
inline YAML::Node child(const YAML::Node& node, const std::string& key) {
  const YAML::Node& fixed = node;
  return fixed.IsMap() ? YAML::Node(fixed[key]) : YAML::Node(YAML::NodeType::Undefined);
}

/// *.yaml of a folder in order of their names.
std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder, const std::string& extension);

}  // namespace jingwei::policy
