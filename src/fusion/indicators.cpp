// indicators.yaml: every key known, weights that sum to 1, bounds the right way round.
#include <cmath>

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "fusion/fusion.h"

namespace jingwei::fusion {
namespace {

constexpr double kSumTolerance = 1e-6;

class Reader {
 public:
  explicit Reader(std::vector<InputProblem>& problems) : problems_(problems) {}

  void wrong(const YAML::Node& at, Bilingual reason) {
    problems_.push_back({std::nullopt, fmt::format("indicators.yaml:{}", at.Mark().line + 1), std::move(reason), {"改正文件", "Mend the file"}});
  }
  std::string text(const YAML::Node& node, const char* key) {
    const auto at = node[key];
    if (at && at.IsScalar() && !at.Scalar().empty()) return at.Scalar();
    wrong(node, {std::string("缺少 ") + key, std::string(key) + " is missing"});
    return "";
  }
  double number(const YAML::Node& node, const char* key) {
    double value = 0;
    if (!node[key] || !YAML::convert<double>::decode(node[key], value) || !std::isfinite(value)) wrong(node, {std::string(key) + " 应为数字", std::string(key) + " must be a number"});
    return value;
  }
  Bilingual bilingual(const YAML::Node& node, const char* key) {
    const auto both = node[key];
    if (both && both.IsMap() && both["zh"] && both["en"]) return {both["zh"].Scalar(), both["en"].Scalar()};
    wrong(node, {std::string(key) + " 要有中文和英文", std::string(key) + " needs Chinese and English"});
    return {};
  }
  Indicator indicator(const YAML::Node& node) {
    for (const auto& pair : node)
      if (const auto key = pair.first.Scalar(); key != "id" && key != "system" && key != "direction" && key != "weight" && key != "title" && key != "unit" && key != "low" && key != "high" && key != "reference")
        wrong(pair.first, {"没有这个键：" + key, "there is no key " + key});
    Indicator read{text(node, "id"), bilingual(node, "title"), {}, bilingual(node, "unit"), {}, number(node, "weight"), number(node, "low"), number(node, "high"), text(node, "reference")};
    if (const auto system = enum_from_name<System>(text(node, "system"))) read.system = *system;
    else wrong(node, {"system 应为四链之一", "system must be one of the four chains"});
    if (const auto direction = enum_from_name<FigureDirection>(text(node, "direction"))) read.direction = *direction;
    else wrong(node, {"direction 应为 up 或 down", "direction must be up or down"});
    if (read.high <= read.low) wrong(node, {"high 应大于 low", "high must be more than low"});
    if (read.weight <= 0) wrong(node, {"weight 应大于 0", "weight must be more than 0"});
    return read;
  }

 private:
  std::vector<InputProblem>& problems_;
};

void check_sums(const YAML::Node& root, const Indicators& indicators, Reader& reader) {
  double alpha = 0;
  for (std::size_t s = 0; s < kSystems; ++s) {
    double sum = 0;
    for (const auto& indicator : indicators.all)
      if (static_cast<std::size_t>(indicator.system) == s) sum += indicator.weight;
    const std::string name(enum_name(static_cast<System>(s)));
    if (std::abs(sum - 1) > kSumTolerance) reader.wrong(root, {name + " 的权重之和应为 1，现在是 " + fmt::format("{:.4g}", sum), "weights of " + name + " must sum to 1, not " + fmt::format("{:.4g}", sum)});
    alpha += indicators.alpha[s];
  }
  if (std::abs(alpha - 1) > kSumTolerance) reader.wrong(root, {"alpha 之和应为 1", "alpha must sum to 1"});
}

}  // namespace

Indicators Indicators::parse(std::string_view yaml) {
  std::vector<InputProblem> problems;
  Reader reader(problems);
  Indicators indicators;
  try {
    const YAML::Node root = YAML::Load(std::string(yaml));
    if (!root.IsMap() || !root["alpha"] || !root["indicators"] || !root["indicators"].IsSequence())
      throw Rejected(Code::invalid, "indicators.yaml:1", {"应有 alpha 和 indicators", "needs alpha and indicators"}, {"改正文件", "Mend the file"});
    for (std::size_t s = 0; s < kSystems; ++s) indicators.alpha[s] = reader.number(root["alpha"], std::string(enum_name(static_cast<System>(s))).c_str());
    for (const auto& node : root["indicators"]) {
      auto read = reader.indicator(node);
      if (indicators.find(read.id)) reader.wrong(node, {"编号重复：" + read.id, "two indicators are called " + read.id});
      indicators.all.push_back(std::move(read));
    }
    check_sums(root, indicators, reader);
  } catch (const YAML::Exception& broken) {
    problems.push_back({std::nullopt, fmt::format("indicators.yaml:{}", broken.mark.line + 1), {"YAML 写法有误", "not right YAML"}, {"改正文件", "Mend the file"}});
  }
  if (problems.empty()) return indicators;
  Bilingual message = problems.front().reason;
  throw Rejected(Code::invalid, std::move(message), std::move(problems));
}

std::optional<std::size_t> Indicators::find(std::string_view id) const {
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].id == id) return i;
  return std::nullopt;
}

}  // namespace jingwei::fusion
