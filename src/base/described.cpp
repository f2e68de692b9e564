#include "base/described.h"

#include "base/text.h"

namespace jingwei {
namespace described_detail {

InputProblem wrong_type(const std::string& pointer, Bilingual expected) {
  return {std::nullopt, pointer, {"类型不对", "wrong type"}, {"这里要填" + expected.zh, "give " + expected.en}};
}

InputProblem missing(const std::string& pointer) {
  return {std::nullopt, pointer, {"缺少必填项", "is required but missing"}, {"补上这一项", "add it"}};
}

InputProblem unknown_member(const std::string& pointer) {
  return {std::nullopt, pointer, {"没有这一项", "no such member"}, {"检查拼写，或去掉它", "check the spelling, or leave it out"}};
}

InputProblem not_one_of(const std::string& pointer, const std::vector<std::string_view>& names) {
  std::string list;
  for (const auto name : names) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return {std::nullopt, pointer, {"不是可用的值", "not one of the values allowed"}, {"可用的值：" + list, "use one of: " + list}};
}

std::string child(const std::string& pointer, std::string_view name) {
  std::string out = pointer + "/";
  for (const char c : name) {
    if (c == '~') out += "~0";
    else if (c == '/') out += "~1";
    else out += c;
  }
  return out;
}

}  // namespace described_detail

json::value parse_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = kJsonDepthMax;
  json::error_code failed;
  json::value value = json::parse(json::string_view(text.data(), text.size()), failed, {}, options);
  if (failed)
    throw Rejected(Code::malformed, {"内容不是合法的 JSON", "The content is not valid JSON"},
                   {{std::nullopt, "", {"无法解析：" + failed.message(), "cannot be parsed: " + failed.message()},
                     {"用 UTF-8 编码的 JSON 重新提交", "send JSON in UTF-8"}}});
  return value;
}

}  // namespace jingwei
