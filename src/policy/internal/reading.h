// Files to facts, policies and ladders. Expressions are read as text here; checked.cpp has them prepared.
#pragma once

#include <filesystem>
#include <vector>

#include "policy/internal/yaml_file.h"
#include "policy/policy.h"

namespace jingwei::policy {

struct FactsFile {
  std::vector<FactGroup> groups;
  std::vector<Fact> facts;
};
FactsFile read_facts(const std::filesystem::path& path, const registry::Definitions& definitions, std::vector<InputProblem>& problems);

/// Type, code list and unit under the keys of `node`.
Kind read_kind(YamlFile& file, const YAML::Node& node, const registry::Definitions& definitions);

Policy read_policy(const std::filesystem::path& path, const registry::Definitions& definitions, std::vector<InputProblem>& problems);

/// A ladder and the policies of its levels; Level::policy counts from `first_policy`.
struct SchemeFile {
  Scheme scheme;
  std::vector<Policy> levels;
};
SchemeFile read_scheme(const std::filesystem::path& path, std::size_t first_policy, const registry::Definitions& definitions, std::vector<InputProblem>& problems);

/// What policies and levels have in common: entities, regions, validity, parameters, clauses, benefit, documents.
void read_conditions(YamlFile& file, const YAML::Node& node, const registry::Definitions& definitions, Policy& policy);

/// An identifier of SQL that is no word of SQL we use: lower case letters, digits and _.
bool is_identifier(std::string_view text);

}  // namespace jingwei::policy
