// JSON Schema (2020-12, the dialect of OpenAPI 3.1) from described types, and the rules of members that a type alone cannot
// say. The same rules are written into the schema and enforced by read_body(), so the two cannot differ.
//
//   template <> struct jingwei::http::Constraints<NewAccount> {
//     static std::vector<MemberRule> rules() { return {{.member = "login", .min_length = 3, .max_length = 64}}; }
//   };
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>
#include <vector>

#include "base/described.h"
#include "http/message.h"

namespace jingwei::http {

/// Rules for one member; lengths count code points for text and items for arrays. On an optional or an array of texts the
/// text rules hold for what is inside.
struct MemberRule {
  std::string_view member;
  std::optional<std::int64_t> min_length = {};
  std::optional<std::int64_t> max_length = {};
  std::optional<std::int64_t> items_min = {};
  std::optional<std::int64_t> items_max = {};
  std::optional<std::int64_t> minimum = {};
  std::optional<std::int64_t> maximum = {};
  /// ECMAScript; needs a max_length of at most kPatternTextMax beside it, so that matching stays cheap.
  std::string_view pattern = {};
  std::string_view format = {};       ///< "date", "date-time", "uri"...; documentation only
  std::string_view description = {};  ///< English; documentation only
};
constexpr std::int64_t kPatternTextMax = 500;  ///< characters

/// Specialise for a described struct to constrain its members.
template <class T>
struct Constraints {
  static std::vector<MemberRule> rules() { return {}; }
};

/// Specialise to name a component otherwise than by the type's own name (Page<Entry> is "PageEntry" by itself).
template <class T>
struct SchemaName {
  static std::string_view name() { return {}; }
};

/// Collects components while schemas are made; names are unique (two types of one name stop the process).
class Schemas {
 public:
  /// True when `name` has to be described now (it is new).
  bool begin(const std::string& name, std::type_index type);
  void finish(const std::string& name, json::object schema) { components_[name] = std::move(schema); }
  /// "components/schemas" in order of names.
  json::object components() const;

 private:
  std::map<std::string, std::type_index> types_;
  std::map<std::string, json::object> components_;
};

namespace schema_detail {

/// "jingwei::api::Page<jingwei::api::Entry>" becomes "PageEntry".
std::string short_name(std::string_view type_name);
void apply_rule(json::object& schema, const MemberRule& rule);
json::object reference(const std::string& name);
void check_text(std::string_view text, const MemberRule& rule, const std::string& pointer, std::vector<InputProblem>& problems);
void check_number(double number, const MemberRule& rule, const std::string& pointer, std::vector<InputProblem>& problems);
void check_count(std::size_t count, const MemberRule& rule, const std::string& pointer, std::vector<InputProblem>& problems);

template <class T>
std::string_view pretty_name() {
  std::string_view name = __PRETTY_FUNCTION__;
  name.remove_prefix(name.find("T = ") + 4);
  return name.substr(0, name.find_first_of(";]"));
}

template <class T>
std::string component_name() {
  const auto given = SchemaName<T>::name();
  return given.empty() ? short_name(pretty_name<T>()) : std::string(given);
}

}  // namespace schema_detail

/// Schema of T; structs and enums become components of `schemas` and are referred to.
template <class T>
json::object schema_of(Schemas& schemas) {
  using namespace schema_detail;
  if constexpr (std::is_same_v<T, json::value>) {
    return {};
  } else if constexpr (std::is_same_v<T, json::object>) {
    return {{"type", "object"}};
  } else if constexpr (std::is_same_v<T, json::array>) {
    return {{"type", "array"}};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::integral<T>) {
    return {{"type", "integer"}, {"format", sizeof(T) > 4 ? "int64" : "int32"}};
  } else if constexpr (std::floating_point<T>) {
    return {{"type", "number"}};
  } else if constexpr (is_optional<T>) {
    return schema_of<typename T::value_type>(schemas);
  } else if constexpr (is_vector<T>) {
    return {{"type", "array"}, {"items", schema_of<typename T::value_type>(schemas)}};
  } else if constexpr (is_string_map<T>) {
    return {{"type", "object"}, {"additionalProperties", schema_of<typename T::mapped_type>(schemas)}};
  } else if constexpr (DescribedEnum<T>) {
    const auto name = component_name<T>();
    if (schemas.begin(name, typeid(T))) {
      json::array names;
      for (const auto value : enum_names<T>()) names.push_back(json::string(value));
      schemas.finish(name, {{"type", "string"}, {"enum", std::move(names)}});
    }
    return reference(name);
  } else if constexpr (DescribedStruct<T>) {
    const auto name = component_name<T>();
    if (!schemas.begin(name, typeid(T))) return reference(name);
    const auto rules = Constraints<T>::rules();
    json::object properties;
    json::array required;
    for_each_member<T>([&](std::string_view member, auto pointer) {
      using Member = std::remove_cvref_t<decltype(std::declval<T&>().*pointer)>;
      auto schema = schema_of<Member>(schemas);
      for (const auto& rule : rules)
        if (rule.member == member) apply_rule(schema, rule);
      properties.emplace(member, std::move(schema));
      if constexpr (!is_optional<Member>) required.push_back(json::string(member));
    });
    json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema["required"] = std::move(required);
    schema["additionalProperties"] = false;
    schemas.finish(name, std::move(schema));
    return reference(name);
  } else {
    static_assert(std::is_same_v<T, std::string>, "not a type that can be described");
    return {{"type", "string"}};
  }
}

/// A schema that stands alone, with its components in the place where the references point.
template <class T>
json::value standalone_schema_of() {
  Schemas schemas;
  json::object schema = schema_of<T>(schemas);
  schema["components"] = json::object{{"schemas", schemas.components()}};
  return schema;
}

namespace schema_detail {

template <class T>
void check_rule(const T& value, const MemberRule& rule, const std::string& pointer, std::vector<InputProblem>& problems) {
  if constexpr (is_optional<T>) {
    if (value) check_rule(*value, rule, pointer, problems);
  } else if constexpr (is_vector<T>) {
    check_count(value.size(), rule, pointer, problems);
    for (std::size_t i = 0; i < value.size(); ++i) check_rule(value[i], rule, pointer + "/" + std::to_string(i), problems);
  } else if constexpr (std::is_same_v<T, std::string>) {
    check_text(value, rule, pointer, problems);
  } else if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) {
    check_number(static_cast<double>(value), rule, pointer, problems);
  }
}

}  // namespace schema_detail

/// Adds what breaks the rules of T or of anything inside it.
template <class T>
void check_constraints(const T& value, const std::string& pointer, std::vector<InputProblem>& problems) {
  if constexpr (is_optional<T>) {
    if (value) check_constraints(*value, pointer, problems);
  } else if constexpr (is_vector<T>) {
    for (std::size_t i = 0; i < value.size(); ++i) check_constraints(value[i], pointer + "/" + std::to_string(i), problems);
  } else if constexpr (is_string_map<T>) {
    for (const auto& [key, item] : value) check_constraints(item, described_detail::child(pointer, key), problems);
  } else if constexpr (DescribedStruct<T>) {
    const auto rules = Constraints<T>::rules();
    for_each_member<T>([&](std::string_view member, auto target) {
      const auto here = described_detail::child(pointer, member);
      for (const auto& rule : rules)
        if (rule.member == member) schema_detail::check_rule(value.*target, rule, here, problems);
      check_constraints(value.*target, here, problems);
    });
  }
}

/// The body as a described type: media type, JSON, members, rules, in this order. Throws Rejected (unsupported, malformed,
/// invalid with every problem).
template <class T>
T read_body(const Request& request) {
  require_json(request);
  T value = from_json<T>(parse_json(request.body));
  std::vector<InputProblem> problems;
  check_constraints(value, "", problems);
  if (!problems.empty())
    throw Rejected(Code::invalid, {"提交的内容有误，请按提示修改", "The content has mistakes; mend them as told"}, std::move(problems));
  return value;
}

}  // namespace jingwei::http
