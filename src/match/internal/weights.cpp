#include "match/internal/weights.h"

#include <algorithm>
#include <initializer_list>
#include <set>

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

namespace jingwei::match {
namespace {

constexpr double kNumberMax = 100'000;

/// Reads the keys of one map and remembers what was wrong.
class Section {
 public:
  Section(const YAML::Node& node, std::string path, std::vector<InputProblem>& problems)
      : node_(node), path_(std::move(path)), problems_(problems) {
    if (!node_.IsMap()) wrong(path_, "应为一组键值", "must be a map");
  }
  ~Section() {
    if (!node_.IsMap()) return;
    for (const auto& item : node_)
      if (!read_.contains(item.first.as<std::string>()))
        wrong(path_ + "." + item.first.as<std::string>(), "不认识的键", "is not a known key");
  }
  double number(const std::string& key) {
    const YAML::Node node = child(key);
    double value = -1;
    try {
      if (node) value = node.as<double>();
    } catch (const YAML::Exception&) {
      value = -1;
    }
    if (!(value >= 0 && value <= kNumberMax)) wrong(path_ + "." + key, "应为非负数", "must be a number, 0 or above");
    return value;
  }
  YAML::Node child(const std::string& key) {
    read_.insert(key);
    return node_.IsMap() ? node_[key] : YAML::Node(YAML::NodeType::Undefined);
  }
  void wrong(const std::string& where, const std::string& zh, const std::string& en) {
    problems_.push_back({std::nullopt, where, {where + " " + zh, where + " " + en}, {"改正权重文件", "Mend the weights file"}});
  }

 private:
  YAML::Node node_;
  std::string path_;
  std::vector<InputProblem>& problems_;
  std::set<std::string> read_;
};

std::map<std::string, double> shares(Section& root, const std::string& key, std::initializer_list<const char*> names,
                                     std::vector<InputProblem>& problems) {
  std::map<std::string, double> values;
  Section section(root.child(key), key, problems);
  double sum = 0;
  for (const char* name : names) sum += values[name] = section.number(name);
  if (!(sum > 0)) section.wrong(key, "之和应大于 0", "must have a sum above 0");
  for (auto& [name, value] : values) value /= sum;
  return values;
}

void read_relations(Section& root, Weights& weights, std::vector<InputProblem>& problems) {
  Section section(root.child("relations"), "relations", problems);
  for (std::size_t i = 0; i < kRelationTypes; ++i) {
    const std::string name(relation_name(static_cast<RelationType>(i)));
    const YAML::Node pair = section.child(name);
    try {
      if (!pair || !pair.IsSequence() || pair.size() != 2) throw YAML::Exception(YAML::Mark::null_mark(), "pair");
      weights.relations[i] = {pair[0].as<double>(), pair[1].as<double>()};
      if (std::min(weights.relations[i].forward, weights.relations[i].backward) < 0 ||
          std::max(weights.relations[i].forward, weights.relations[i].backward) > 1)
        throw YAML::Exception(YAML::Mark::null_mark(), "range");
    } catch (const YAML::Exception&) {
      section.wrong("relations." + name, "应为两个 0 到 1 的数", "must be two numbers from 0 to 1");
    }
  }
}

void read_calibration(Section& root, Weights& weights) {
  const YAML::Node knots = root.child("calibration");
  bool good = knots && knots.IsSequence() && knots.size() >= 2;
  try {
    for (std::size_t i = 0; good && i < knots.size(); ++i) {
      weights.calibration.emplace_back(knots[i][0].as<double>(), knots[i][1].as<double>());
      good = i == 0 || (weights.calibration[i - 1].first < weights.calibration[i].first &&
                        weights.calibration[i - 1].second <= weights.calibration[i].second);
    }
  } catch (const YAML::Exception&) {
    good = false;
  }
  if (good) good = weights.calibration.front() == std::pair(0.0, 0.0) && weights.calibration.back().first == 1 && weights.calibration.back().second <= 1;
  if (!good) root.wrong("calibration", "应为从 [0, 0] 递增到 [1, y] 的点，y 不大于 1", "must be points that rise from [0, 0] to [1, y], y at most 1");
}

void read_all(const YAML::Node& document, Weights& weights, std::vector<InputProblem>& problems) {
  Section root(document, "weights", problems);
  {
    Section s(root.child("text"), "text", problems);
    weights.text = {s.number("k1"), s.number("b_title"), s.number("b_body"), s.number("title_length"), s.number("body_length"), s.number("title"), s.number("body"), s.number("unigram"),
                    s.number("bigram"), s.number("word"), s.number("figure"), s.number("searched_token"), s.number("common_share"), s.number("common_from")};
  }
  {
    Section s(root.child("need"), "need", problems);
    weights.need = {s.number("title"), s.number("body"), s.number("floor"), s.number("own_problem"), s.number("text_saturation")};
  }
  {
    Section s(root.child("lexicon"), "lexicon", problems);
    weights.lexicon = {s.number("hops"), s.number("floor"), s.number("saturation"), s.number("topic_floor"), s.number("topic_step")};
  }
  {
    Section s(root.child("feedback"), "feedback", problems);
    weights.feedback = {s.number("documents"), s.number("terms"), s.number("weight"), s.number("rarity"), s.number("topic_documents"), s.number("topic_weight")};
  }
  {
    Section s(root.child("meaning"), "meaning", problems);
    weights.meaning = {s.number("share"), s.number("range")};
    if (weights.meaning.share > 1) s.wrong("meaning.share", "不能大于 1", "must not be above 1");
  }
  {
    Section s(root.child("segment"), "segment", problems);
    weights.segment = {s.number("same"), s.number("chain"), s.number("step"), s.number("general"), s.number("given"), s.number("neighbours")};
  }
  {
    Section s(root.child("diversity"), "diversity", problems);
    weights.diversity = {s.number("kind"), s.number("owner"), s.number("kind_max"), s.number("problem"), s.number("depth")};
  }
  {
    Section s(root.child("kinds"), "kinds", problems);
    for (const char* kind : {"achievement", "expert", "platform", "instrument", "pilot", "dataset", "policy", "fund", "scenario", "other"})
      weights.kinds[kind] = s.number(kind);
  }
  weights.kind_not_called = root.number("kind_not_called");
  weights.kind_called = root.number("kind_called");
  weights.parts = shares(root, "parts", {"text", "lexicon", "topic", "title", "trouble", "trade", "segment", "kind", "region", "budget", "stage", "trl", "freshness"}, problems);
  weights.parts_text_only = shares(root, "parts_text_only", {"text", "lexicon", "topic", "title", "trouble", "trade", "kind"}, problems);
  weights.parts_search = shares(root, "parts_search", {"text", "lexicon"}, problems);
  read_relations(root, weights, problems);
  read_calibration(root, weights);
  const YAML::Node words = root.child("stop_words");
  if (!words || !words.IsSequence()) root.wrong("stop_words", "应为词的列表", "must be a list of words");
  else for (const auto& word : words) weights.stop_words.push_back(word.as<std::string>());
}

}  // namespace

Weights Weights::parse(std::string_view yaml, const std::string& name) {
  Weights weights{};
  std::vector<InputProblem> problems;
  try {
    read_all(YAML::Load(std::string(yaml)), weights, problems);
  } catch (const YAML::Exception& broken) {
    problems.push_back(
        {std::nullopt, fmt::format("{}:{}", name, broken.mark.line + 1), {"不是正确的 YAML", "is not right YAML"}, {"改正权重文件", "Mend the weights file"}});
  }
  if (problems.empty()) return weights;
  Bilingual message{name + "：" + problems[0].reason.zh, name + ": " + problems[0].reason.en};
  throw Rejected(Code::invalid, std::move(message), std::move(problems));
}

double Weights::calibrate(double raw) const {
  raw = std::clamp(raw, 0.0, 1.0);
  for (std::size_t i = 1; i < calibration.size(); ++i) {
    const auto [x0, y0] = calibration[i - 1];
    const auto [x1, y1] = calibration[i];
    if (raw <= x1) return y0 + (y1 - y0) * (raw - x0) / (x1 - x0);
  }
  return 1;
}

}  // namespace jingwei::match
