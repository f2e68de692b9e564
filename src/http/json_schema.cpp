#include "http/json_schema.h"

#include <regex>

#include "base/check.h"
#include "base/text.h"

namespace jingwei::http {

bool Schemas::begin(const std::string& name, std::type_index type) {
  const auto [at, fresh] = types_.try_emplace(name, type);
  if (at->second != type) check_failed(("two types share the schema name " + name).c_str(), __FILE__, __LINE__);
  return fresh;
}

json::object Schemas::components() const {
  json::object out;
  for (const auto& [name, schema] : components_) out.emplace(name, schema);
  return out;
}

namespace schema_detail {
namespace {

bool is_name_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// The schema that a rule about texts or numbers is for: the items of an array, else the schema itself.
json::object& inner(json::object& schema) {
  auto* items = schema.if_contains("items");
  return items != nullptr ? inner(items->as_object()) : schema;
}

void add(std::vector<InputProblem>& problems, const std::string& pointer, Bilingual reason, Bilingual remedy) {
  problems.push_back({std::nullopt, pointer, std::move(reason), std::move(remedy)});
}

}  // namespace

std::string short_name(std::string_view type_name) {
  std::string out;
  std::string word;
  for (const char c : type_name) {
    if (is_name_character(c)) {
      word += c;
    } else {
      if (c != ':') out += word;  // a word before "::" is a namespace
      word.clear();
    }
  }
  return out + word;
}

json::object reference(const std::string& name) { return {{"$ref", "#/components/schemas/" + name}}; }

void apply_rule(json::object& schema, const MemberRule& rule) {
  const auto put = [](json::object& target, const char* key, const auto& value) {
    if (value) target[key] = *value;
  };
  put(schema, "minItems", rule.items_min);
  put(schema, "maxItems", rule.items_max);
  if (!rule.description.empty()) schema["description"] = rule.description;
  auto& values = inner(schema);  // only now: members added above may have moved it
  put(values, "minLength", rule.min_length);
  put(values, "maxLength", rule.max_length);
  put(values, "minimum", rule.minimum);
  put(values, "maximum", rule.maximum);
  if (!rule.pattern.empty()) {
    CHECK(rule.max_length && *rule.max_length <= kPatternTextMax);
    values["pattern"] = rule.pattern;
  }
  if (!rule.format.empty()) values["format"] = rule.format;
}

void check_text(std::string_view text, const MemberRule& rule, const std::string& pointer, std::vector<InputProblem>& problems) {
  const auto length = static_cast<std::int64_t>(count_characters(text));
  if (rule.min_length && length < *rule.min_length) {
    const auto n = std::to_string(*rule.min_length);
    return add(problems, pointer, {"太短", "is too short"}, {"至少 " + n + " 个字符", "use at least " + n + " characters"});
  }
  if (rule.max_length && length > *rule.max_length) {
    const auto n = std::to_string(*rule.max_length);
    return add(problems, pointer, {"太长", "is too long"}, {"最多 " + n + " 个字符", "use at most " + n + " characters"});
  }
  if (rule.pattern.empty()) return;
  CHECK(rule.max_length && *rule.max_length <= kPatternTextMax);
  // Compiling a pattern takes longer than the rest of a request; the patterns are literals of the program, so few.
  thread_local std::map<std::string, std::regex, std::less<>> compiled;
  auto known = compiled.find(rule.pattern);
  if (known == compiled.end()) known = compiled.emplace(rule.pattern, std::regex(rule.pattern.begin(), rule.pattern.end())).first;
  if (!std::regex_search(text.begin(), text.end(), known->second))
    add(problems, pointer, {"格式不对", "does not have the right form"},
        {"应符合 " + std::string(rule.pattern), "it should match " + std::string(rule.pattern)});
}

void check_number(double number, const MemberRule& rule, const std::string& pointer, std::vector<InputProblem>& problems) {
  if (rule.minimum && number < static_cast<double>(*rule.minimum)) {
    const auto n = std::to_string(*rule.minimum);
    add(problems, pointer, {"太小", "is too small"}, {"至少为 " + n, "use at least " + n});
  } else if (rule.maximum && number > static_cast<double>(*rule.maximum)) {
    const auto n = std::to_string(*rule.maximum);
    add(problems, pointer, {"太大", "is too large"}, {"最多为 " + n, "use at most " + n});
  }
}

void check_count(std::size_t count, const MemberRule& rule, const std::string& pointer, std::vector<InputProblem>& problems) {
  const auto items = static_cast<std::int64_t>(count);
  if (rule.items_min && items < *rule.items_min) {
    const auto n = std::to_string(*rule.items_min);
    add(problems, pointer, {"项数太少", "has too few items"}, {"至少 " + n + " 项", "give at least " + n + " items"});
  } else if (rule.items_max && items > *rule.items_max) {
    const auto n = std::to_string(*rule.items_max);
    add(problems, pointer, {"项数太多", "has too many items"}, {"最多 " + n + " 项", "give at most " + n + " items"});
  }
}

}  // namespace schema_detail
}  // namespace jingwei::http
