#include "models/internal/answers.h"

#include <cmath>

#include <fmt/format.h>

namespace jingwei::models {
namespace {

[[noreturn]] void nonsense(std::string zh, std::string en) { throw Failure(Fault::unwell, {"接口的回答不对：" + std::move(zh), "The endpoint's answer is wrong: " + std::move(en)}); }

json::object read_object(std::string_view body) {
  try {
    json::value value = parse_json(body);
    if (value.is_object()) return std::move(value.as_object());
  } catch (const Rejected&) {
    nonsense("不是 JSON", "it is no JSON");
  }
  nonsense("不是 JSON 对象", "it is no JSON object");
}

const json::value* member(const json::object& object, std::string_view name) {
  const auto at = object.find(name);
  return at == object.end() ? nullptr : &at->value();
}

const json::array& array_of(const json::object& object, const char* name) {
  const json::value* value = member(object, name);
  if (value == nullptr || !value->is_array()) nonsense(fmt::format("没有 {}", name), fmt::format("it has no {}", name));
  return value->as_array();
}

std::vector<float> read_vector(const json::value& item, std::size_t dimensions) {
  const json::object* object = item.if_object();
  if (object == nullptr) nonsense("data 的一项不是对象", "an item of data is no object");
  const json::array& numbers = array_of(*object, "embedding");
  if (numbers.size() != dimensions)
    nonsense(fmt::format("向量有 {} 维，设置为 {} 维", numbers.size(), dimensions), fmt::format("a vector has {} numbers, {} are set", numbers.size(), dimensions));
  std::vector<float> vector;
  vector.reserve(dimensions);
  bool zero = true;
  for (const json::value& number : numbers) {
    if (!number.is_number()) nonsense("向量里有不是数的东西", "a vector holds something that is no number");
    const auto value = static_cast<float>(number.to_number<double>());
    if (!std::isfinite(value)) nonsense("向量里的数太大", "a number of a vector is too large");
    zero = zero && value == 0;
    vector.push_back(value);
  }
  if (zero) nonsense("向量全为零", "a vector is all zero");
  return vector;
}

}  // namespace

std::vector<std::vector<float>> read_vectors(std::string_view body, std::size_t count, std::size_t dimensions) {
  const json::object object = read_object(body);
  const json::array& data = array_of(object, "data");
  if (data.size() != count)
    nonsense(fmt::format("问了 {} 段文字，答了 {} 个向量", count, data.size()), fmt::format("{} texts were asked, {} vectors came", count, data.size()));
  std::vector<std::vector<float>> vectors(count);
  for (std::size_t i = 0; i < count; ++i) {
    // `index` says which text is meant; servers that leave it out answer in order.
    std::size_t place = i;
    if (const json::object* item = data[i].if_object())
      if (const json::value* index = member(*item, "index")) {
        if (!index->is_int64() || index->as_int64() < 0 || static_cast<std::size_t>(index->as_int64()) >= count)
          nonsense("index 不对", "an index is wrong");
        place = static_cast<std::size_t>(index->as_int64());
      }
    if (!vectors[place].empty()) nonsense("index 重复", "an index comes twice");
    vectors[place] = read_vector(data[i], dimensions);
  }
  return vectors;
}

json::value read_reply(std::string_view body) {
  const json::object object = read_object(body);
  const json::array& choices = array_of(object, "choices");
  const json::object* choice = choices.empty() ? nullptr : choices[0].if_object();
  const json::value* message = choice == nullptr ? nullptr : member(*choice, "message");
  if (message == nullptr || !message->is_object()) nonsense("没有 message", "it has no message");
  if (const json::value* refusal = member(message->as_object(), "refusal"); refusal != nullptr && refusal->is_string())
    throw Failure(Fault::text, {"模型拒绝回答", "The model declines to answer"});
  if (const json::value* reason = member(*choice, "finish_reason"); reason != nullptr && reason->is_string() && reason->as_string() == "length")
    throw Failure(Fault::text, {"模型的回答太长，被截断了", "The model's answer was cut off"});
  const json::value* content = member(message->as_object(), "content");
  if (content == nullptr || !content->is_string()) nonsense("没有 content", "it has no content");
  return read_object(content->as_string());
}

}  // namespace jingwei::models
