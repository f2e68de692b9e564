// Reading parameters.yaml: a list of dated figures.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <regex>
#include <set>

#include "atlas/atlas.h"

namespace jingwei::atlas {
namespace {

constexpr std::int64_t kHhiMax = 10'000;
constexpr std::int64_t kPercentMax = 100;

Rejected refusal(const YAML::Mark& mark, const Bilingual& reason) {
  const std::string place = "parameters.yaml:" + std::to_string(std::max(mark.line, 0) + 1) + ": ";
  return Rejected(Code::invalid, place, {place + reason.zh, place + reason.en}, {"改正这一行", "correct this line"});
}

const YAML::Node required(const YAML::Node& node, const char* key) {
  if (!node[key]) throw refusal(node.Mark(), {std::string("缺少 ") + key, std::string(key) + " is missing"});
  return node[key];
}

Bilingual bilingual(const YAML::Node& node) {
  return {required(node, "zh").as<std::string>(), required(node, "en").as<std::string>()};
}

std::optional<std::int64_t> figure(const YAML::Node& node, std::int64_t max) {
  if (node.as<std::string>() == "to be set") return std::nullopt;
  const auto value = node.as<std::int64_t>();
  if (value < 0 || value > max)
    throw refusal(node.Mark(), {"应在 0 到 " + std::to_string(max) + " 之间", "must be from 0 to " + std::to_string(max)});
  return value;
}

ChainThresholds read(const YAML::Node& node) {
  static const std::set<std::string> keys = {"valid_from", "hhi", "hhi_source", "key_paths_percent", "key_paths_source"};
  static const std::regex day("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  for (const auto& pair : node)
    if (const auto key = pair.first.as<std::string>(); !keys.contains(key)) throw refusal(pair.first.Mark(), {"没有这个键：" + key, "unknown key: " + key});
  ChainThresholds read{required(node, "valid_from").as<std::string>(), figure(required(node, "hhi"), kHhiMax), bilingual(required(node, "hhi_source")),
                  figure(required(node, "key_paths_percent"), kPercentMax), bilingual(required(node, "key_paths_source"))};
  if (!std::regex_match(read.valid_from, day)) throw refusal(node["valid_from"].Mark(), {"日期写成 2026-01-21", "write the day as 2026-01-21"});
  return read;
}

}  // namespace

std::vector<ChainThresholds> parse_parameters(std::string_view yaml) {
  try {
    const YAML::Node root = YAML::Load(std::string(yaml));
    if (!root.IsMap() || root.size() != 1 || !root["thresholds"] || !root["thresholds"].IsSequence())
      throw refusal(root.Mark(), {"这里应是 thresholds 列表", "a list called thresholds is expected"});
    std::vector<ChainThresholds> dated;
    for (const auto& node : root["thresholds"]) dated.push_back(read(node));
    std::ranges::stable_sort(dated, {}, &ChainThresholds::valid_from);
    return dated;
  } catch (const YAML::Exception& broken) {
    throw refusal(broken.mark, {"YAML 写法有误：" + broken.msg, broken.msg});
  }
}

ChainThresholds thresholds_on(const std::vector<ChainThresholds>& dated, std::string_view today) {
  ChainThresholds valid{"", std::nullopt, {"待定", "to be set"}, std::nullopt, {"待定", "to be set"}};
  for (const auto& each : dated)
    if (each.valid_from <= today) valid = each;
  return valid;
}

}  // namespace jingwei::atlas
