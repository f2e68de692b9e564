// Checking values: types, limits, code systems. Every problem says what is wrong and what to do, in both languages.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/check.h"
#include "base/money.h"
#include "base/text.h"
#include "base/uscc.h"
#include "registry/internal/fields.h"

namespace jingwei::registry {
namespace {

using Result = std::optional<json::value>;

InputProblem problem(const Field& field, Bilingual reason, Bilingual remedy) {
  return {std::nullopt, field.id, {field.title.zh + "：" + reason.zh, field.title.en + ": " + reason.en}, std::move(remedy)};
}

Result refuse(const Field& field, Problems& problems, Bilingual reason, Bilingual remedy) {
  problems.errors.push_back(problem(field, std::move(reason), std::move(remedy)));
  return std::nullopt;
}

std::string number_text(double value) { return fmt::format("{}", value); }

Result in_range(const Field& field, double number, json::value value, double scale, Problems& problems) {
  if (field.min && number < *field.min * scale)
    return refuse(field, problems, {"小于允许的最小值 " + number_text(*field.min), "is below the least value " + number_text(*field.min)},
                  {"填不小于 " + number_text(*field.min) + " 的数", "give at least " + number_text(*field.min)});
  if (field.max && number > *field.max * scale)
    return refuse(field, problems, {"大于允许的最大值 " + number_text(*field.max), "is above the greatest value " + number_text(*field.max)},
                  {"填不大于 " + number_text(*field.max) + " 的数", "give at most " + number_text(*field.max)});
  return value;
}

Result check_text(const Field& field, std::string_view raw, Problems& problems) {
  if (!is_utf8(raw) || raw.find('\0') != std::string_view::npos)
    return refuse(field, problems, {"含有无法识别的字符", "holds characters that are not text"}, {"用 UTF-8 编码保存后重试", "save the text as UTF-8 and try again"});
  const std::string text = field.type == FieldType::long_text ? std::string(trim(raw)) : std::string(trim(fold_alphanumeric_width(trim(raw))));
  const std::size_t length = count_characters(text);
  if (length > field.max_length)
    return refuse(field, problems,
                  {fmt::format("有 {} 个字，超过 {} 个字", length, field.max_length), fmt::format("has {} characters, more than {}", length, field.max_length)},
                  {fmt::format("压缩到 {} 个字以内", field.max_length), fmt::format("shorten it to {} characters", field.max_length)});
  if (field.type == FieldType::text && text.find('\n') != std::string::npos)
    return refuse(field, problems, {"这里只能写一行", "may only be one line"}, {"去掉换行", "remove the line breaks"});
  return json::value(text);
}

Result check_date(const Field& field, std::string_view raw, Problems& problems) {
  if (const auto date = normalise_date(raw)) return json::value(*date);
  return refuse(field, problems, {"“" + std::string(raw) + "”不是日期", "'" + std::string(raw) + "' is not a date"}, {"写成 2026-01-21", "write it as 2026-01-21"});
}

Result check_code(const Definitions& definitions, const Field& field, std::string_view raw, Problems& problems) {
  const CodeList& list = *definitions.code_list(field.code_list);
  if (const CodeItem* item = list.resolve(raw)) return json::value(item->code);
  std::string zh;
  std::string en;
  constexpr std::size_t kShown = 8;
  for (std::size_t i = 0; i < std::min(kShown, list.codes.size()); ++i) {
    zh += (i > 0 ? "、" : "") + list.codes[i].zh;
    en += (i > 0 ? ", " : "") + list.codes[i].en;
  }
  if (list.codes.size() > kShown) zh += "…", en += "…";
  return refuse(field, problems, {"“" + std::string(raw) + "”不在" + list.title.zh + "里", "'" + std::string(raw) + "' is not in the list " + list.title.en},
                {"从这些里选：" + zh, "choose one of: " + en});
}

Result check_region(const Definitions& definitions, const Field& field, std::string_view raw, Problems& problems) {
  if (const Region* region = definitions.regions().resolve(raw)) return json::value(region->code);
  return refuse(field, problems, {"不认识地区“" + std::string(raw) + "”", "'" + std::string(raw) + "' is no known region"},
                {"写六位行政区划代码，或写全称，如 嘉兴市南湖区", "give the six-digit code or the full name, such as 嘉兴市南湖区"});
}

Result check_uscc_text(const Field& field, std::string_view raw, Problems& problems) {
  std::string code(raw);
  for (char& c : code)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  switch (check_uscc(code)) {
    case UsccVerdict::valid: break;
    case UsccVerdict::wrong_check_digit:
      problems.warnings.push_back(problem(field,
                                          {"校验位不符，请核对（早期试点代码可能如此）", "the check digit does not match (some early pilot codes are so)"},
                                          {"与营业执照核对一遍", "compare it with the business licence"}));
      break;
    case UsccVerdict::wrong_shape:
      return refuse(field, problems,
                    {"“" + std::string(raw) + "”不是 18 位统一社会信用代码", "'" + std::string(raw) + "' is not an 18-character social credit code"},
                    {"抄写营业执照上的 18 位代码", "copy the 18 characters from the business licence"});
  }
  return json::value(code);
}

Result check_url(const Field& field, std::string_view raw, Problems& problems) {
  const bool web = (raw.starts_with("https://") || raw.starts_with("http://")) && raw.size() <= 500 && raw.find_first_of(" \t\n\"<>") == std::string_view::npos;
  if (web) return json::value(raw);
  return refuse(field, problems, {"不是网址", "is not a web address"}, {"以 https:// 开头", "begin with https://"});
}

Result check_number(const Field& field, const json::value& raw, Problems& problems) {
  json::error_code failed;
  if (field.type == FieldType::decimal) {
    const double number = raw.is_number() ? raw.to_number<double>(failed) : std::nan("");
    if (failed || !std::isfinite(number)) return refuse(field, problems, {"不是数字", "is not a number"}, {"填一个数字", "give a number"});
    return in_range(field, number, number, 1, problems);
  }
  const std::int64_t number = raw.is_number() ? raw.to_number<std::int64_t>(failed) : 0;
  if (!raw.is_number() || failed) return refuse(field, problems, {"不是整数", "is not a whole number"}, {"填一个整数", "give a whole number"});
  if (field.type == FieldType::money && (number > kMoneyFenMax || number < -kMoneyFenMax))
    return refuse(field, problems, {"金额过大", "is too large an amount"}, {"核对单位", "check the unit"});
  return in_range(field, static_cast<double>(number), number, field.type == FieldType::money ? static_cast<double>(field.fen_per_unit) : 1, problems);
}

/// Values that come as one piece of text, from JSON or from a cell.
Result check_one_text(const Definitions& definitions, const Field& field, std::string_view raw, Problems& problems) {
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text: return check_text(field, raw, problems);
    case FieldType::date: return check_date(field, raw, problems);
    case FieldType::code: return check_code(definitions, field, raw, problems);
    case FieldType::region: return check_region(definitions, field, raw, problems);
    case FieldType::uscc: return check_uscc_text(field, raw, problems);
    case FieldType::url: return check_url(field, raw, problems);
    case FieldType::organization:
      if (is_id(raw, "org")) return json::value(raw);
      return refuse(field, problems, {"不是单位编号", "is not the id of an organization"}, {"从单位清单里选择", "choose one from the organizations"});
    default: break;
  }
  CHECK(false);
}

bool is_one_text(FieldType type) {
  return type != FieldType::integer && type != FieldType::decimal && type != FieldType::money && type != FieldType::boolean;
}

std::vector<std::string> split_codes(std::string_view cell) {
  std::vector<std::string> parts;
  std::string part;
  const auto end_part = [&] {
    if (!trim(part).empty()) parts.emplace_back(trim(part));
    part.clear();
  };
  while (!cell.empty()) {
    const char32_t c = take_code_point(cell);
    if (c == U';' || c == U'、' || c == U'；' || c == U'，') end_part();
    else append_utf8(part, c);
  }
  end_part();
  return parts;
}

Result read_boolean(const Field& field, std::string_view cell, Problems& problems) {
  const std::string text = to_lower_ascii(cell);
  for (const auto* yes : {"是", "yes", "true", "1", "y"})
    if (text == yes) return json::value(true);
  for (const auto* no : {"否", "no", "false", "0", "n"})
    if (text == no) return json::value(false);
  return refuse(field, problems, {"“" + std::string(cell) + "”看不出是或否", "'" + std::string(cell) + "' is neither yes nor no"}, {"填 是 或 否", "write yes or no"});
}

Result read_number(const Field& field, std::string_view cell, Problems& problems) {
  if (field.type == FieldType::money) {
    const auto money = parse_money(cell, field.fen_per_unit);
    if (!money)
      return refuse(field, problems, {"“" + std::string(cell) + "”不是金额", "'" + std::string(cell) + "' is not an amount"},
                    {"只填数字，单位是" + field.unit->zh, "give digits only, in " + field.unit->en});
    return check_number(field, json::value(money->fen), problems);
  }
  std::string digits;
  for (const char c : cell)
    if (c != ',') digits += c;
  if (field.type == FieldType::integer) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (failed == std::errc() && end == digits.data() + digits.size()) return check_number(field, json::value(number), problems);
    return refuse(field, problems, {"“" + std::string(cell) + "”不是整数", "'" + std::string(cell) + "' is not a whole number"}, {"填一个整数", "give a whole number"});
  }
  double number = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (failed == std::errc() && end == digits.data() + digits.size()) return check_number(field, json::value(number), problems);
  return refuse(field, problems, {"“" + std::string(cell) + "”不是数字", "'" + std::string(cell) + "' is not a number"}, {"填一个数字", "give a number"});
}

}  // namespace

InputProblem missing_field(const Field& field) { return problem(field, {"必须填写", "is required"}, {"补上这一项", "fill it in"}); }

std::optional<json::value> check_value(const Definitions& definitions, const Field& field, const json::value& raw, Problems& problems) {
  if (raw.is_null()) return json::value(nullptr);
  if (field.many) {
    const auto* array = raw.if_array();
    if (array == nullptr) return refuse(field, problems, {"要填一组代码", "must be a list of codes"}, {"用数组提交", "send an array"});
    json::array codes;
    for (const auto& item : *array) {
      const auto code = item.is_string() ? check_code(definitions, field, item.as_string(), problems)
                                         : refuse(field, problems, {"不是代码", "is not a code"}, {"用文字提交", "send text"});
      if (!code) return std::nullopt;
      if (std::ranges::find(codes, *code) == codes.end()) codes.push_back(*code);
    }
    return codes.empty() ? json::value(nullptr) : json::value(codes);
  }
  if (is_one_text(field.type)) {
    const auto* text = raw.if_string();
    if (text == nullptr) return refuse(field, problems, {"要填文字", "must be text"}, {"用文字提交", "send text"});
    const std::string_view trimmed = trim(*text);
    return trimmed.empty() ? json::value(nullptr) : check_one_text(definitions, field, trimmed, problems);
  }
  if (field.type == FieldType::boolean) {
    if (raw.is_bool()) return raw;
    return refuse(field, problems, {"要填是或否", "must be true or false"}, {"用 true 或 false 提交", "send true or false"});
  }
  return check_number(field, raw, problems);
}

std::optional<json::value> read_cell(const Definitions& definitions, const Field& field, std::string_view cell, const OrganizationResolver& resolve,
                                     Problems& problems) {
  const std::string_view raw = trim(cell);
  if (raw.empty()) return json::value(nullptr);
  if (field.type == FieldType::long_text || field.type == FieldType::text) return check_text(field, raw, problems);
  const std::string text = fold_width(raw);
  if (field.many) {
    json::array codes;
    for (const auto& part : split_codes(text)) {
      const auto code = check_code(definitions, field, part, problems);
      if (!code) return std::nullopt;
      if (std::ranges::find(codes, *code) == codes.end()) codes.push_back(*code);
    }
    return codes.empty() ? json::value(nullptr) : json::value(codes);
  }
  if (field.type == FieldType::organization) {
    if (auto id = resolve(raw); id || (id = resolve(text))) return json::value(*id);
    return refuse(field, problems, {"单位清单里没有“" + std::string(raw) + "”", "there is no organization '" + std::string(raw) + "'"},
                  {"先把它加进单位清单，或改用统一社会信用代码", "add it to the organizations first, or use its social credit code"});
  }
  if (field.type == FieldType::boolean) return read_boolean(field, text, problems);
  if (is_one_text(field.type)) return check_one_text(definitions, field, text, problems);
  return read_number(field, text, problems);
}

std::string write_cell(const Definitions& definitions, const Field& field, const json::value& value) {
  if (value.is_null()) return "";
  const auto code_name = [&](const json::value& code) {
    const CodeItem* item = definitions.code_list(field.code_list)->find(code.as_string());
    return item != nullptr ? item->zh : std::string(code.as_string());
  };
  if (field.many) {
    std::string cell;
    for (const auto& code : value.as_array()) cell += (cell.empty() ? "" : ";") + code_name(code);
    return cell;
  }
  switch (field.type) {
    case FieldType::code: return code_name(value);
    case FieldType::money: return format_money({value.as_int64()}, field.fen_per_unit);
    case FieldType::boolean: return value.as_bool() ? "是" : "否";
    case FieldType::integer: return std::to_string(value.as_int64());
    case FieldType::decimal: return number_text(value.to_number<double>());
    default: return std::string(value.as_string());
  }
}

std::string key_text(const Register& reg, const json::object& fields) {
  std::string key;
  for (const auto& id : reg.key) {
    if (!key.empty()) key += '\x1f';
    const auto at = fields.find(id);
    if (at == fields.end()) continue;
    key += at->value().is_string() ? std::string(at->value().as_string()) : json::serialize(at->value());
  }
  return key;
}

std::string role_text(const Register& reg, const json::object& fields, std::string_view role) {
  const Field* field = reg.with_role(role);
  if (field == nullptr) return "";
  const auto at = fields.find(field->id);
  return at != fields.end() && at->value().is_string() ? std::string(at->value().as_string()) : "";
}

}  // namespace jingwei::registry
