// Values of facts and figures: read from forms and files, and said in words.
#include <cmath>

#include <fmt/format.h>

#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "policy/policy.h"

namespace jingwei::policy {
namespace {

constexpr std::int64_t kIntegerMax = 1'000'000'000'000;

const Bilingual kMend = {"按说明改正", "Mend it as told"};

struct Reader {
  const registry::Definitions& definitions;
  const Kind& kind;
  const std::string& field;
  std::vector<InputProblem>& problems;

  Value refuse(Bilingual reason, Bilingual remedy = kMend) const {
    problems.push_back({std::nullopt, field, std::move(reason), std::move(remedy)});
    return {};
  }

  Value code(std::string_view text) const {
    const auto* list = definitions.code_list(kind.code_list);
    if (const auto* item = list == nullptr ? nullptr : list->resolve(text)) return item->code;
    return refuse({"没有这个选项：" + std::string(text), "there is no such choice: " + std::string(text)}, {"从选项里选", "Choose one of the options"});
  }

  Value region(std::string_view text) const {
    if (const auto* found = definitions.regions().resolve(text)) return found->code;
    return refuse({"没有这个地区：" + std::string(text), "there is no such division: " + std::string(text)}, {"用地区名称或 6 位代码，如 330402", "Use a name or a 6-digit code such as 330402"});
  }

  Value whole(double number, std::int64_t max) const {
    if (!std::isfinite(number) || number != std::floor(number) || number < 0 || number > static_cast<double>(max))
      return refuse({fmt::format("应为 0 到 {} 的整数", max), fmt::format("must be a whole number from 0 to {}", max)});
    return static_cast<std::int64_t>(number);
  }

  Value number(double number) const {
    if (kind.type == FactType::integer) return whole(number, kIntegerMax);
    if (kind.type == FactType::money) return whole(number, kMoneyMax);
    if (!std::isfinite(number)) return refuse({"应为数字", "must be a number"});
    return number;
  }

  Value of_text(std::string_view text) const {
    switch (kind.type) {
      case FactType::text:
        if (count_characters(text) > kTextMax) return refuse({"太长", "is too long"}, {"写短一些", "Make it shorter"});
        return std::string(text);
      case FactType::code: return code(text);
      case FactType::region: return region(text);
      case FactType::date:
        if (const auto day = normalise_date(text)) return *day;
        return refuse({"不是日期：" + std::string(text), "is no date: " + std::string(text)}, {"写成 2026-01-21", "Write 2026-01-21"});
      case FactType::codes: return codes(split(text, ';'));
      default: return refuse({"类型不对", "has the wrong type"});
    }
  }

  Value codes(const std::vector<std::string_view>& names) const {
    std::vector<std::string> result;
    for (const auto name : names) {
      if (trim(name).empty() || trim(name) == "none") continue;
      const Value one = code(trim(name));
      if (const auto* text = std::get_if<std::string>(&one)) result.push_back(*text);
      else return {};
    }
    return result;
  }
};

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

Bilingual money_words(std::int64_t fen) {
  const std::string zh = std::abs(fen) >= kFenPerWan ? format_money({fen}, kFenPerWan) + " 万元" : format_money({fen}, kFenPerYuan) + " 元";
  const auto rest = fen % kFenPerYuan;
  return {zh, "CNY " + grouped(fen / kFenPerYuan) + (rest == 0 ? "" : fmt::format(".{:02}", rest))};
}

Bilingual with_unit(const std::string& number, const Kind& kind) {
  return kind.unit ? Bilingual{number + " " + kind.unit->zh, number + " " + kind.unit->en} : Bilingual{number, number};
}

Bilingual code_words(const registry::Definitions& definitions, const Kind& kind, const std::string& code) {
  if (kind.type == FactType::region) {
    const auto* region = definitions.regions().find(code);
    return region == nullptr ? Bilingual{code, code} : Bilingual{region->full_name, region->full_name};
  }
  const auto* list = definitions.code_list(kind.code_list);
  const auto* item = list == nullptr ? nullptr : list->find(code);
  return item == nullptr ? Bilingual{code, code} : Bilingual{item->zh, item->en};
}

Bilingual all_codes(const registry::Definitions& definitions, const Kind& kind, const std::vector<std::string>& codes) {
  if (codes.empty()) return {"没有", "none"};
  Bilingual words;
  for (const auto& code : codes) {
    const auto one = code_words(definitions, kind, code);
    words.zh += (words.zh.empty() ? "" : "、") + one.zh;
    words.en += (words.en.empty() ? "" : ", ") + one.en;
  }
  return words;
}

}  // namespace

Value value_of(const registry::Definitions& definitions, const Kind& kind, const json::value& source, const std::string& field, std::vector<InputProblem>& problems) {
  const Reader reader{definitions, kind, field, problems};
  if (source.is_null()) return {};
  if (const auto* flag = source.if_bool(); flag != nullptr && kind.type == FactType::boolean) return *flag;
  const bool wants_number = kind.type == FactType::integer || kind.type == FactType::decimal || kind.type == FactType::money;
  if (source.is_number() && wants_number) return reader.number(source.to_number<double>());
  if (const auto* text = source.if_string(); text != nullptr && !wants_number && kind.type != FactType::boolean && kind.type != FactType::codes)
    return text->empty() ? Value{} : reader.of_text(std::string_view(*text));
  if (const auto* list = source.if_array(); list != nullptr && kind.type == FactType::codes) {
    std::vector<std::string_view> names;
    for (const auto& item : *list) {
      if (!item.is_string()) return reader.refuse({"应为选项的列表", "must be a list of choices"});
      names.emplace_back(item.as_string());
    }
    return reader.codes(names);
  }
  return reader.refuse({"类型不对，应为" + std::string(wants_number ? "数字" : kind.type == FactType::boolean ? "是或否" : kind.type == FactType::codes ? "列表" : "文字"),
                        std::string("has the wrong type; must be ") + (wants_number ? "a number" : kind.type == FactType::boolean ? "true or false" : kind.type == FactType::codes ? "a list" : "text")});
}

Value value_of_text(const registry::Definitions& definitions, const Kind& kind, std::string_view text, const std::string& field, std::vector<InputProblem>& problems) {
  const Reader reader{definitions, kind, field, problems};
  text = trim(text);
  if (text.empty() || text == "-") return {};
  if (kind.type == FactType::boolean) {
    if (text == "yes" || text == "true" || text == "是") return true;
    if (text == "no" || text == "false" || text == "否") return false;
    return reader.refuse({"应为 yes 或 no", "must be yes or no"});
  }
  if (kind.type == FactType::money) {
    std::int64_t unit = kFenPerYuan;
    for (const auto& [name, fen] : {std::pair{std::string_view("万元"), kFenPerWan}, std::pair{std::string_view("元"), kFenPerYuan}})
      if (text.ends_with(name)) {
        text = trim(text.substr(0, text.size() - name.size()));
        unit = fen;
        break;
      }
    if (const auto money = parse_money(text, unit)) return money->fen;
    return reader.refuse({"不是金额：" + std::string(text), "is no amount: " + std::string(text)}, {"写成 12.5 万元", "Write 12.5 万元"});
  }
  if (kind.type == FactType::integer || kind.type == FactType::decimal) {
    char* end = nullptr;
    const std::string copy(text);
    const double number = std::strtod(copy.c_str(), &end);
    if (end != copy.c_str() + copy.size()) return reader.refuse({"应为数字：" + copy, "must be a number: " + copy});
    return reader.number(number);
  }
  return reader.of_text(text);
}

Bilingual words_of(const registry::Definitions& definitions, const Kind& kind, const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? Bilingual{"是", "yes"} : Bilingual{"否", "no"};
  if (const auto* number = std::get_if<std::int64_t>(&value)) return kind.type == FactType::money ? money_words(*number) : with_unit(grouped(*number), kind);
  if (const auto* decimal = std::get_if<double>(&value)) return with_unit(fmt::format("{:.10g}", *decimal), kind);
  if (const auto* text = std::get_if<std::string>(&value))
    return kind.type == FactType::code || kind.type == FactType::region ? code_words(definitions, kind, *text) : Bilingual{*text, *text};
  if (const auto* many = std::get_if<std::vector<std::string>>(&value)) return all_codes(definitions, kind, *many);
  return {"未知", "not known"};
}

json::value json_of(const Value& value) {
  return std::visit(
      [](const auto& inner) -> json::value {
        using T = std::decay_t<decltype(inner)>;
        if constexpr (std::is_same_v<T, std::monostate>) return nullptr;
        else if constexpr (std::is_same_v<T, std::vector<std::string>>) return to_json(inner);
        else if constexpr (std::is_same_v<T, std::string>) return json::string(inner);
        else return inner;
      },
      value);
}

const Value& in_force(const Parameter& parameter, const Terms& terms) {
  static const Value kNone;
  if (const auto tried = terms.instead.find(parameter.id); tried != terms.instead.end()) return tried->second;
  const Value* value = &kNone;
  for (const auto& dated : parameter.values)
    if (dated.from <= terms.today) value = &dated.value;
  return *value;
}

}  // namespace jingwei::policy
