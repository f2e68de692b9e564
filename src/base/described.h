// Types described once. A data transfer object is a plain struct with BOOST_DESCRIBE_STRUCT; JSON in both directions, JSON
// Schema, OpenAPI and the TypeScript client follow from that description (schema: src/http/json_schema.h).
//
//   struct NewAccount { std::string login; std::optional<std::string> name; };
//   BOOST_DESCRIBE_STRUCT(NewAccount, (), (login, name))
//
// Members: bool, integers, double, std::string, Bilingual, described enums (their names), std::optional (may be absent),
// std::vector, std::map<std::string, T>, boost::json::object and value (free form), other described structs.
// An optional without a value is left out of the output. Reading collects every problem with its JSON pointer.
#pragma once

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/rejected.h"

namespace jingwei {

BOOST_DESCRIBE_STRUCT(Bilingual, (), (zh, en))
BOOST_DESCRIBE_STRUCT(InputProblem, (), (row, field, reason, remedy))

namespace json = boost::json;

template <class T>
concept DescribedStruct = boost::describe::has_describe_members<T>::value && !std::is_enum_v<T>;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_string_map = false;
template <class T>
inline constexpr bool is_string_map<std::map<std::string, T>> = true;

/// The name outside C++: `register_` is "register", which is a keyword here.
constexpr std::string_view outside_name(std::string_view name) { return name.ends_with('_') ? name.substr(0, name.size() - 1) : name; }

/// Calls visit(name, pointer to member) for each member in order of description.
template <DescribedStruct T, class Visit>
constexpr void for_each_member(Visit&& visit) {
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>>(
      [&](auto member) { visit(outside_name(member.name), member.pointer); });
}

/// Names of a described enum in order.
template <DescribedEnum E>
std::vector<std::string_view> enum_names() {
  std::vector<std::string_view> names;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto e) { names.push_back(e.name); });
  return names;
}

template <DescribedEnum E>
std::string_view enum_name(E value) {
  std::string_view name = "?";
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto e) {
    if (e.value == value) name = e.name;
  });
  return name;
}

template <DescribedEnum E>
std::optional<E> enum_from_name(std::string_view name) {
  std::optional<E> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto e) {
    if (name == e.name) found = e.value;
  });
  return found;
}

template <class T>
json::value to_json(const T& value) {
  if constexpr (std::is_same_v<T, json::object> || std::is_same_v<T, json::value> || std::is_same_v<T, json::array>) {
    return value;
  } else if constexpr (std::is_same_v<T, bool>) {
    return value;
  } else if constexpr (std::integral<T>) {
    return static_cast<std::int64_t>(value);
  } else if constexpr (std::floating_point<T>) {
    return static_cast<double>(value);
  } else if constexpr (DescribedEnum<T>) {
    return json::string(enum_name(value));
  } else if constexpr (is_optional<T>) {
    return value ? to_json(*value) : json::value(nullptr);
  } else if constexpr (is_vector<T>) {
    json::array array;
    array.reserve(value.size());
    for (const auto& item : value) array.push_back(to_json(item));
    return array;
  } else if constexpr (is_string_map<T>) {
    json::object object;
    for (const auto& [key, item] : value) object.emplace(key, to_json(item));
    return object;
  } else if constexpr (DescribedStruct<T>) {
    json::object object;
    for_each_member<T>([&](std::string_view name, auto pointer) {
      using Member = std::remove_cvref_t<decltype(value.*pointer)>;
      if constexpr (is_optional<Member>) {
        if (!(value.*pointer)) return;
      }
      object.emplace(name, to_json(value.*pointer));
    });
    return object;
  } else {
    static_assert(std::is_convertible_v<T, std::string_view>, "not a type that can be described");
    return json::string(std::string_view(value));
  }
}

namespace described_detail {

InputProblem wrong_type(const std::string& pointer, Bilingual expected);
InputProblem missing(const std::string& pointer);
InputProblem unknown_member(const std::string& pointer);
InputProblem not_one_of(const std::string& pointer, const std::vector<std::string_view>& names);
std::string child(const std::string& pointer, std::string_view name);

template <class T>
void read(const json::value& source, T& target, const std::string& pointer, std::vector<InputProblem>& problems) {
  if constexpr (std::is_same_v<T, json::value>) {
    target = source;
  } else if constexpr (std::is_same_v<T, json::object>) {
    if (const auto* object = source.if_object()) target = *object;
    else problems.push_back(wrong_type(pointer, {"对象", "an object"}));
  } else if constexpr (std::is_same_v<T, bool>) {
    if (const auto* flag = source.if_bool()) target = *flag;
    else problems.push_back(wrong_type(pointer, {"true 或 false", "true or false"}));
  } else if constexpr (std::integral<T>) {
    json::error_code failed;
    const auto number = source.is_number() ? source.to_number<std::int64_t>(failed) : 0;
    if (!source.is_number() || failed || !std::in_range<T>(number)) problems.push_back(wrong_type(pointer, {"整数", "a whole number"}));
    else target = static_cast<T>(number);
  } else if constexpr (std::floating_point<T>) {
    json::error_code failed;
    const auto number = source.is_number() ? source.to_number<double>(failed) : 0;
    if (!source.is_number() || failed) problems.push_back(wrong_type(pointer, {"数字", "a number"}));
    else target = number;
  } else if constexpr (DescribedEnum<T>) {
    const auto* text = source.if_string();
    const auto value = text ? enum_from_name<T>(*text) : std::nullopt;
    if (value) target = *value;
    else problems.push_back(not_one_of(pointer, enum_names<T>()));
  } else if constexpr (is_optional<T>) {
    if (source.is_null()) {
      target.reset();
    } else {
      target.emplace();
      read(source, *target, pointer, problems);
    }
  } else if constexpr (is_vector<T>) {
    const auto* array = source.if_array();
    if (!array) {
      problems.push_back(wrong_type(pointer, {"数组", "an array"}));
      return;
    }
    target.resize(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) read((*array)[i], target[i], child(pointer, std::to_string(i)), problems);
  } else if constexpr (is_string_map<T>) {
    const auto* object = source.if_object();
    if (!object) {
      problems.push_back(wrong_type(pointer, {"对象", "an object"}));
      return;
    }
    for (const auto& item : *object) read(item.value(), target[std::string(item.key())], child(pointer, item.key()), problems);
  } else if constexpr (DescribedStruct<T>) {
    const auto* object = source.if_object();
    if (!object) {
      problems.push_back(wrong_type(pointer, {"对象", "an object"}));
      return;
    }
    std::size_t known = 0;
    for_each_member<T>([&](std::string_view name, auto member) {
      using Member = std::remove_cvref_t<decltype(target.*member)>;
      const auto found = object->find(name);
      if (found != object->end()) {
        ++known;
        read(found->value(), target.*member, child(pointer, name), problems);
      } else if constexpr (!is_optional<Member>) {
        problems.push_back(missing(child(pointer, name)));
      }
    });
    if (known == object->size()) return;
    for (const auto& item : *object) {
      bool is_known = false;
      for_each_member<T>([&](std::string_view name, auto) { is_known = is_known || name == std::string_view(item.key()); });
      if (!is_known) problems.push_back(unknown_member(child(pointer, item.key())));
    }
  } else {
    static_assert(std::is_same_v<T, std::string>, "not a type that can be described");
    if (const auto* text = source.if_string()) target = std::string(*text);
    else problems.push_back(wrong_type(pointer, {"文字", "text"}));
  }
}

}  // namespace described_detail

/// Reads a described value. Throws Rejected{invalid} with all problems; field names are JSON pointers ("/milestones/0/title").
template <class T>
T from_json(const json::value& source) {
  T target{};
  std::vector<InputProblem> problems;
  described_detail::read(source, target, "", problems);
  if (!problems.empty())
    throw Rejected(Code::invalid, {"提交的内容有误，请按提示修改", "The content has mistakes; mend them as told"}, std::move(problems));
  return target;
}

constexpr std::size_t kJsonDepthMax = 32;

/// Parses JSON text (RFC 8259, UTF-8, at most kJsonDepthMax deep). Throws Rejected{malformed}.
json::value parse_json(std::string_view text);

}  // namespace jingwei
