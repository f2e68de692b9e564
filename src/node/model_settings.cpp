#define TOML_EXCEPTIONS 1
#include "node/internal/model_settings.h"

#include <toml++/toml.h>

#include <cstdlib>
#include <map>
#include <variant>

#include "io/file.h"

namespace jingwei::node {
namespace {

constexpr std::uint64_t kSettingsBytesMax = 1 << 20;

using Target = std::variant<std::string*, int*, bool*>;

Bilingual not_of_type(const Target& target) {
  if (std::holds_alternative<int*>(target)) return {"应为整数", "must be a whole number"};
  if (std::holds_alternative<bool*>(target)) return {"应为 true 或 false", "must be true or false"};
  return {"应为加引号的文字", "must be text in quotes"};
}

bool take(const toml::node& value, const Target& target) {
  if (auto* const* text = std::get_if<std::string*>(&target)) return value.is_string() && (**text = value.as_string()->get(), true);
  if (auto* const* flag = std::get_if<bool*>(&target)) return value.is_boolean() && (**flag = value.as_boolean()->get(), true);
  if (!value.is_integer() || !std::in_range<int>(value.as_integer()->get())) return false;
  *std::get<int*>(target) = static_cast<int>(value.as_integer()->get());
  return true;
}

void read_section(const toml::table& section, const std::string& name, const std::map<std::string, Target, std::less<>>& targets,
                  std::vector<InputProblem>& problems) {
  for (const auto& [key, value] : section) {
    const std::string field = name + "." + std::string(key.str());
    const auto at = targets.find(key.str());
    if (at != targets.end()) {
      if (!take(value, at->second)) problems.push_back({std::nullopt, field, not_of_type(at->second), {"改正 node.toml", "Mend node.toml"}});
    } else if (key.str() == "key" || key.str() == "api_key") {
      problems.push_back({std::nullopt, field, {"密钥不写在文件里", "A key does not belong into this file"},
                          {"把它放进环境变量，在 key_variable 里写变量名；删去这一行并换一把密钥", "Put it into an environment variable and name that in key_variable; take this line out and have the key replaced"}});
    } else {
      problems.push_back({std::nullopt, field, {"不认识这个设置", "There is no such setting"}, {"看 src/node/README.md", "See src/node/README.md"}});
    }
  }
}

std::map<std::string, Target, std::less<>> targets_of(models::EndpointSettings& settings) {
  return {{"url", &settings.url},         {"model", &settings.model},           {"key_variable", &settings.key_variable},
          {"ca_file", &settings.ca_file}, {"timeout_ms", &settings.timeout_ms}, {"send_confidential", &settings.send_confidential}};
}

const toml::table* section_of(const toml::table& all, const char* name, std::vector<InputProblem>& problems) {
  const toml::node* node = all.get(name);
  if (node != nullptr && !node->is_table())
    problems.push_back({std::nullopt, name, {"应为一节：[" + std::string(name) + "]", "must be a section: [" + std::string(name) + "]"}, {"改正 node.toml", "Mend node.toml"}});
  return node == nullptr ? nullptr : node->as_table();
}

}  // namespace

models::Environment program_environment() {
  return [](const char* name) { return std::getenv(name); };
}

ModelSettings read_model_settings(const std::filesystem::path& data) {
  constexpr int kChatTimeoutMs = 30'000;  // a model writes slower than it measures
  const toml::table all = toml::parse(io::read_file(data / "node.toml", kSettingsBytesMax));
  const auto environment = program_environment();
  std::vector<InputProblem> problems;
  ModelSettings settings;
  if (const auto* section = section_of(all, "embeddings", problems)) {
    auto& embeddings = settings.embeddings.emplace();
    auto targets = targets_of(embeddings);
    targets.emplace("dimensions", &embeddings.dimensions);
    targets.emplace("batch", &embeddings.batch);
    read_section(*section, "embeddings", targets, problems);
    models::check(embeddings, "embeddings", environment, problems);
  }
  if (const auto* section = section_of(all, "chat", problems)) {
    auto& chat = settings.chat.emplace();
    chat.timeout_ms = kChatTimeoutMs;
    read_section(*section, "chat", targets_of(chat), problems);
    models::check(chat, "chat", environment, problems);
  }
  if (problems.empty()) return settings;
  throw Rejected(Code::invalid, {"node.toml 里的模型设置有误", "The settings of models in node.toml are wrong"}, std::move(problems));
}

}  // namespace jingwei::node
