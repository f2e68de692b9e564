// durations.yaml and support.yaml. Every key must be known: a typing error is a message at start, not a silent default.
#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "base/money.h"
#include "plan/internal/days.h"
#include "plan/plan.h"

namespace jingwei::plan {
namespace {

constexpr std::string_view kToBeSet = "to_be_set";
constexpr std::size_t kTrlLevels = 9;
constexpr std::size_t kDistances = 4;
const std::vector<std::string> kDurationIds = {"support", "person", "agreement", "fund", "achievement", "platform", "expert", "instrument", "pilot"};
const std::set<std::string> kKinds = {"achievement", "expert", "platform", "instrument", "pilot", "fund"};
const std::set<std::string> kStages = {"seed", "growth", "mature"};

/// One map of a file: reads its keys, remembers which and what was wrong.
class Section {
 public:
  Section(const YAML::Node& node, std::string where, std::vector<InputProblem>& problems) : node_(node), where_(std::move(where)), problems_(problems) {
    if (!node_.IsMap()) wrong("", "应为一组键值", "must be a map");
  }
  void finish() {
    if (!node_.IsMap()) return;
    for (const auto& item : node_)
      if (!read_.contains(item.first.as<std::string>())) wrong(item.first.as<std::string>(), "不认识的键", "is not a known key");
  }
  YAML::Node child(const std::string& key) {
    read_.insert(key);
    return node_.IsMap() ? YAML::Node(node_[key]) : YAML::Node(YAML::NodeType::Undefined);
  }
  bool has(const std::string& key) { return static_cast<bool>(child(key)); }
  std::string text(const std::string& key) {
    const auto value = scalar(child(key));
    if (value.empty()) wrong(key, "缺少", "is missing");
    return value;
  }
  std::string optional_text(const std::string& key) { return has(key) ? text(key) : ""; }
  Bilingual bilingual(const std::string& key) {
    Section both(child(key), where_ + "." + key, problems_);
    Bilingual result{both.text("zh"), both.text("en")};
    both.finish();
    return result;
  }
  std::optional<std::int64_t> number(const std::string& key, std::int64_t max) {
    const auto value = number_of(child(key), max);
    if (!value) wrong(key, fmt::format("应为 0 到 {} 的整数", max), fmt::format("must be a whole number from 0 to {}", max));
    return value;
  }
  /// Nothing when it says to_be_set.
  std::optional<std::int64_t> parameter(const std::string& key, std::int64_t max) { return scalar(child(key)) == kToBeSet ? std::nullopt : number(key, max); }
  std::vector<std::string> list(const std::string& key) {
    std::vector<std::string> result;
    if (!has(key)) return result;
    if (!child(key).IsSequence()) wrong(key, "应为列表", "must be a list");
    else for (const auto& item : child(key)) result.push_back(scalar(item));
    if (result.empty() || std::find(result.begin(), result.end(), "") != result.end()) wrong(key, "列表里要有值", "must be a list of values");
    return result;
  }
  std::vector<int> numbers(const std::string& key, std::size_t count) {
    std::vector<int> result;
    if (!has(key)) return result;
    for (const auto& item : list(key))
      if (const auto value = number_of(YAML::Node(item), kDaysMax)) result.push_back(static_cast<int>(*value));
    if (result.size() != count) wrong(key, fmt::format("应为 {} 个天数", count), fmt::format("must be {} numbers of days", count));
    return result;
  }
  void wrong(const std::string& key, const std::string& zh, const std::string& en) {
    const std::string field = key.empty() ? where_ : where_ + "." + key;
    problems_.push_back({std::nullopt, field, {field + " " + zh, field + " " + en}, {"改正文件", "Mend the file"}});
  }

 private:
  static std::string scalar(const YAML::Node& node) { return node && node.IsScalar() ? node.Scalar() : ""; }
  static std::optional<std::int64_t> number_of(const YAML::Node& node, std::int64_t max) {
    std::int64_t value = -1;
    if (!node || !node.IsScalar() || !YAML::convert<std::int64_t>::decode(node, value) || value < 0 || value > max) return std::nullopt;
    return value;
  }

  YAML::Node node_;
  std::string where_;
  std::vector<InputProblem>& problems_;
  std::set<std::string> read_;
};

void read_after(Section& section, const std::vector<Duration>& earlier, Duration& duration) {
  // Only what stands above may be waited for, so there is no circle.
  const YAML::Node after = section.child("after");
  if (!after.IsDefined() || !after.IsSequence()) return section.wrong("after", "应为列表", "must be a list");
  for (const auto& name : after) {
    const auto found = std::find_if(earlier.begin(), earlier.end(), [&](const auto& d) { return name.IsScalar() && d.id == name.Scalar(); });
    if (found == earlier.end()) section.wrong("after", "只能写上文已有的步骤", "may name only steps above");
    else duration.after.push_back(static_cast<std::size_t>(found - earlier.begin()));
  }
}

std::vector<Duration> read_durations(const YAML::Node& steps, std::vector<InputProblem>& problems) {
  std::vector<Duration> durations;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Section section(steps[i], fmt::format("durations.yaml: steps[{}]", i), problems);
    Duration duration;
    duration.id = section.text("id");
    duration.days = static_cast<int>(section.number("days", kDaysMax).value_or(0));
    duration.days_by_trl = section.numbers("days_by_trl", kTrlLevels);
    duration.days_by_distance = section.numbers("days_by_distance", kDistances);
    duration.title = section.bilingual("title");
    duration.reason = section.bilingual("reason");
    read_after(section, durations, duration);
    section.finish();
    durations.push_back(std::move(duration));
  }
  for (const auto& id : kDurationIds)
    if (std::count_if(durations.begin(), durations.end(), [&](const auto& d) { return d.id == id; }) != 1)
      problems.push_back({std::nullopt, "durations.yaml: " + id, {"步骤 " + id + " 应恰好写一次", "Step " + id + " must be there exactly once"}, {"改正文件", "Mend the file"}});
  if (durations.size() > kDurationIds.size())
    problems.push_back({std::nullopt, "durations.yaml", {"有不认识的步骤", "There is an unknown step"}, {"改正文件", "Mend the file"}});
  return durations;
}

std::vector<std::string> known(Section& section, const std::string& key, const std::set<std::string>& values) {
  auto list = section.list(key);
  for (const auto& value : list)
    if (!values.contains(value)) section.wrong(key, "不认识：" + value, "does not know " + value);
  return list;
}

Clause read_clause(Section& section) {
  Clause clause;
  clause.id = section.text("id");
  clause.title = section.bilingual("title");
  clause.source = section.text("source");
  if (!section.has("kinds")) section.wrong("kinds", "缺少", "is missing");
  clause.kinds = known(section, "kinds", kKinds);
  const auto of = section.text("of");
  if (of != "price" && of != "other") section.wrong("of", "应为 price 或 other", "must be price or other");
  clause.of_price = of == "price";
  if (clause.of_price) {
    if (const auto share = section.parameter("share_percent", 100)) clause.share_percent = static_cast<int>(*share);
    clause.ceiling_fen = section.parameter("ceiling_fen", kMoneyFenMax);
  }
  clause.regions = section.list("regions");
  clause.supplier_inside = section.list("supplier_inside");
  clause.supplier_outside = section.list("supplier_outside");
  clause.segments = section.list("segments");
  clause.stages = known(section, "stages", kStages);
  clause.valid_to = section.optional_text("valid_to");
  if (!clause.valid_to.empty() && !is_day(clause.valid_to)) section.wrong("valid_to", "应为日期，如 2026-12-31", "must be a day such as 2026-12-31");
  clause.note = section.bilingual("note");
  return clause;
}

std::vector<Clause> read_clauses(const YAML::Node& list, std::vector<InputProblem>& problems) {
  std::vector<Clause> clauses;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Section section(list[i], fmt::format("support.yaml: clauses[{}]", i), problems);
    Clause clause = read_clause(section);
    if (!ids.insert(clause.id).second) section.wrong("id", "重复", "is there twice");
    section.finish();
    clauses.push_back(std::move(clause));
  }
  return clauses;
}

/// The list under the file's only key; nothing, with a problem, when the file is not of that shape.
YAML::Node list_of(std::string_view yaml, const std::string& file, const std::string& key, std::vector<InputProblem>& problems) {
  try {
    const YAML::Node root = YAML::Load(std::string(yaml));
    if (root.IsMap() && root.size() == 1 && root[key] && root[key].IsSequence()) return root[key];
    problems.push_back({std::nullopt, file, {file + " 应只有列表 " + key, file + " must hold the list " + key + " and nothing else"}, {"改正文件", "Mend the file"}});
  } catch (const YAML::Exception& broken) {
    problems.push_back({std::nullopt, fmt::format("{}:{}", file, broken.mark.line + 1), {file + " 不是正确的 YAML", file + " is not right YAML"}, {"改正文件", "Mend the file"}});
  }
  return YAML::Node(YAML::NodeType::Sequence);
}

}  // namespace

Rules Rules::parse(std::string_view durations_yaml, std::string_view support_yaml) {
  std::vector<InputProblem> problems;
  Rules rules;
  rules.durations = read_durations(list_of(durations_yaml, "durations.yaml", "steps", problems), problems);
  rules.clauses = read_clauses(list_of(support_yaml, "support.yaml", "clauses", problems), problems);
  if (problems.empty()) return rules;
  Bilingual message = problems.front().reason;
  throw Rejected(Code::invalid, std::move(message), std::move(problems));
}

}  // namespace jingwei::plan
