#include "reading/internal/figures.h"

#include <algorithm>

#include "base/text.h"

namespace jingwei::reading {
namespace {

using View = std::u32string_view;

constexpr std::size_t kDigitsMax = 18;
constexpr View kHanDigits = U"零一二三四五六七八九";
constexpr View kHanNumber = U"零〇一二两三四五六七八九十百千万亿";
constexpr View kRangeMarks = U"—-–－~～至到";

const std::vector<View> kUnits = {
    U"万亿元",   U"亿元",   U"万元",   U"千元", U"元", U"亿美元", U"万美元",   U"美元",   U"%",    U"‰",    U"个百分点", U"百分点", U"家次",     U"家",
    U"个工作日", U"个",     U"项",     U"件",   U"名", U"人次",   U"人年",     U"人",     U"场次", U"场",   U"次",       U"亩",     U"平方公里", U"公里",
    U"平方米",   U"立方米", U"座",     U"只",   U"支", U"所",     U"台（套）", U"台(套)", U"台套", U"台",   U"套",       U"辆",     U"户",       U"例",
    U"篇",       U"册",     U"条",     U"种",   U"类", U"批次",   U"批",       U"倍",     U"天",   U"小时", U"分钟",     U"万吨",   U"吨",       U"千瓦时",
    U"千瓦",     U"组",     U"对",     U"块",   U"处", U"起",     U"宗",       U"笔",     U"份",   U"株",   U"头",       U"间",     U"栋",       U"EFLOPS",
    U"PFLOPS",   U"Pflops", U"EFlops", U"P",    U"GW", U"MW",     U"TB",       U"PB",     U"GB",   U"位",   U"分"};
const std::vector<View> kMultiples = {U"万亿", U"亿", U"万", U"千", U"百"};

bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

struct Number {
  std::size_t end = 0;
  std::string value;
  std::u32string multiple;  ///< 万, 亿 that belong to the unit
  bool is_round = false;
  bool is_one = false;
};

std::optional<Number> ascii_number(View text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_digit(text[end]) || (is_one_of(text[end], U".,，") && end + 1 < text.size() && is_digit(text[end + 1]) && end > at))) {
    // 1，200 with a Chinese comma is two figures unless three digits follow.
    if (is_one_of(text[end], U",，") &&
        !(end + 3 < text.size() && is_digit(text[end + 2]) && is_digit(text[end + 3]) && (end + 4 == text.size() || !is_digit(text[end + 4]))))
      break;
    ++end;
  }
  const View digits = text.substr(at, end - at);
  if (!is_number(digits)) return std::nullopt;
  return Number{end, decimal_of(digits), {}, false, false};
}

/// 三千五百, 两万; the last 万 or 亿 becomes the unit's when a figure stands before it.
std::optional<Number> han_number(View text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < kDigitsMax && is_one_of(text[end], kHanNumber)) ++end;
  View digits = text.substr(at, end - at);
  Number number{end, {}, {}, false, false};
  for (const View multiple : {View(U"万亿"), View(U"亿"), View(U"万")})
    if (digits.size() > multiple.size() && digits.ends_with(multiple)) {
      number.multiple = multiple;
      digits.remove_suffix(multiple.size());
      break;
    }
  std::uint64_t total = 0;
  std::uint64_t section = 0;
  std::uint64_t digit = 0;
  bool has_digit = false;
  for (const char32_t c : digits) {
    const auto power = c == U'十' ? 10U : c == U'百' ? 100U : c == U'千' ? 1000U : 0U;
    if (power > 0) {
      section += (has_digit ? digit : 1) * power;
      number.is_round = number.is_round || (!has_digit && power > 10);
      has_digit = false;
    } else if (c == U'万' || c == U'亿') {
      const std::uint64_t below = section + (has_digit ? digit : 0);
      number.is_round = number.is_round || (below == 0 && total == 0);
      total = (total + (below == 0 && total == 0 ? 1 : below)) * (c == U'万' ? 10'000ULL : 100'000'000ULL);
      section = 0;
      has_digit = false;
    } else {
      // Two digits side by side are no number: 一二三, 三三制.
      if (has_digit && digit != 0) return std::nullopt;
      digit = c == U'两' ? 2 : c == U'〇' ? 0 : kHanDigits.find(c);
      has_digit = true;
    }
    if (total > 1'000'000'000'000ULL) return std::nullopt;
  }
  total += section + (has_digit ? digit : 0);
  if (total == 0) return std::nullopt;
  number.value = std::to_string(total);
  number.is_one = digits == U"一" && number.multiple.empty();
  return number;
}

std::optional<Number> number_at(View text, std::size_t at) {
  if (at >= text.size()) return std::nullopt;
  if (is_digit(text[at])) return ascii_number(text, at);
  return is_one_of(text[at], kHanNumber) ? han_number(text, at) : std::nullopt;
}

/// 万元/人, 台（套）, 余家: what stands behind the number.
void read_unit(View text, const Number& number, Figure& figure) {
  std::size_t at = number.end;
  const auto skip_more = [&] {
    if (at < text.size() && is_one_of(text[at], U"余多")) {
      figure.is_more = true;
      ++at;
    }
  };
  figure.unit = number.multiple;
  skip_more();
  if (number.multiple.empty()) {
    const View rest = text.substr(at);
    if (const auto whole = longest_start(rest, kUnits); whole == 0 || rest.starts_with(U"百")) {
      const auto length = longest_start(rest, kMultiples);
      figure.unit += rest.substr(0, length);
      at += length;
      if (length > 0) skip_more();
    }
  }
  View rest = text.substr(at);
  auto length = longest_start(rest, kUnits);
  // 5G, 3D: a letter of a unit is followed by none.
  if (length > 0 && is_latin(rest[0]) && rest.size() > length && is_latin(rest[length])) length = 0;
  figure.unit += rest.substr(0, length);
  at += length;
  rest = text.substr(at);
  if (length > 0 && rest.size() > 1 && is_one_of(rest[0], U"/／")) {
    const auto multiple = longest_start(rest.substr(1), kMultiples);
    const auto per = longest_start(rest.substr(1 + multiple), kUnits);
    if (per > 0) {
      figure.unit += rest.substr(0, 1 + multiple + per);
      at += 1 + multiple + per;
    }
  }
  figure.end = at;
}

/// 3%—5%, 2—3家, 三至五家.
void read_range(View text, Figure& figure, std::size_t number_end) {
  const std::size_t mark = figure.unit.empty() ? number_end : figure.end;
  if (mark >= text.size() || !is_one_of(text[mark], kRangeMarks)) return;
  const std::size_t next = mark + 1 + (mark + 1 < text.size() && text[mark + 1] == U'—' ? 1 : 0);
  const auto upper = number_at(text, next);
  if (!upper) return;
  Figure second;
  read_unit(text, *upper, second);
  if (second.unit.empty() || (!figure.unit.empty() && figure.unit != second.unit)) return;
  figure.value_to = upper->value;
  figure.unit = second.unit;
  figure.end = second.end;
}

/// True where a number is part of a name or an order: G60, 3+X, 第三, 每万人, 二〇.
bool is_part_of_name(View text, std::size_t at, const Figure& figure, std::size_t number_end) {
  const char32_t before = at > 0 ? text[at - 1] : U' ';
  const char32_t after = number_end < text.size() ? text[number_end] : U' ';
  if (is_latin(before) || is_one_of(before, U"+＋第每×统")) return true;
  if (is_one_of(after, U"+＋") || (figure.end < text.size() && text[figure.end] == U'级')) return true;
  if (is_latin(after) && figure.unit.empty()) return true;
  return figure.unit.empty() && is_one_of(after, U"是月日号届期版级大地周岁体流性步定");
}

Figure figure_of(View text, std::size_t at, const Number& number) {
  Figure figure;
  figure.begin = at;
  figure.value = number.value;
  figure.is_round = number.is_round;
  figure.is_one = number.is_one;
  read_unit(text, number, figure);
  read_range(text, figure, number.end);
  return figure;
}

}  // namespace

std::u32string fold_digits(View text) {
  std::u32string folded(text);
  for (char32_t& c : folded) {
    if ((c >= U'０' && c <= U'９') || (c >= U'Ａ' && c <= U'Ｚ') || (c >= U'ａ' && c <= U'ｚ'))
      c = c - U'０' + U'0';
    else if (c == U'．')
      c = U'.';
    else if (c == U'％')
      c = U'%';
  }
  return folded;
}

std::optional<std::size_t> find_year(View text, std::size_t from) {
  const auto digit = [&](std::size_t at) {
    return at < text.size() && is_digit(text[at]) ? static_cast<int>(text[at] >= U'０' ? text[at] - U'０' : text[at] - U'0') : -1;
  };
  for (std::size_t i = from; i + 4 <= text.size(); ++i) {
    const int century = digit(i) * 10 + digit(i + 1);
    if (digit(i) < 1 || (century != 20 && !(century == 19 && digit(i + 2) == 9)) || digit(i + 2) < 0 || digit(i + 3) < 0) continue;
    const bool touches = (i > 0 && is_digit(text[i - 1])) || (i + 4 < text.size() && is_digit(text[i + 4]));
    if (!touches) return i;
  }
  return std::nullopt;
}

bool is_number(View digits) { return !digits.empty() && digits.size() <= kDigitsMax && std::count(digits.begin(), digits.end(), U'.') <= 1; }

std::string decimal_of(View digits) {
  std::string decimal;
  for (const char32_t c : digits)
    if (is_digit(c))
      decimal += static_cast<char>('0' + (c >= U'０' ? c - U'０' : c - U'0'));
    else if (is_one_of(c, U".．"))
      decimal += '.';
  while (decimal.size() > 1 && decimal[0] == '0' && decimal[1] != '.') decimal.erase(0, 1);
  if (decimal.find('.') != decimal.npos) {
    while (decimal.ends_with('0')) decimal.pop_back();
    if (decimal.ends_with('.')) decimal.pop_back();
  }
  return decimal;
}

std::vector<Figure> figures_in(View text) {
  std::vector<Figure> found;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U'“') quoted = true;
    if (text[i] == U'”') quoted = false;
    const bool is_share = text.substr(i).starts_with(U"百分之");
    const auto number = number_at(text, is_share ? i + 3 : i);
    if (!number) {
      // What is no figure is passed over whole: too many digits, and 3.12.5, a date, a version or two figures that lost what stood between.
      const auto digit_at = [&](std::size_t at) { return at < text.size() && is_digit(text[at]); };
      while (digit_at(i) && (digit_at(i + 1) || (digit_at(i + 2) && text[i + 1] == U'.'))) i += digit_at(i + 1) ? 1 : 2;
      continue;
    }
    Figure figure = figure_of(text, i, *number);
    const bool is_year = number->end - i == 4 && find_year(text.substr(0, std::min(text.size(), number->end + 1)), i) == i &&
                         is_one_of(number->end < text.size() ? text[number->end] : U' ', U"年—-–－~～至");
    const bool is_name = is_part_of_name(text, i, figure, number->end);
    if (is_share) {
      figure.unit = U"%";
      figure.end = number->end;
    }
    if (!quoted && !is_year && !is_name) {
      i = figure.end - 1;
      found.push_back(std::move(figure));
    } else {
      i = (is_share ? number->end : std::max(number->end, i + 1)) - 1;
    }
  }
  return found;
}

}  // namespace jingwei::reading
