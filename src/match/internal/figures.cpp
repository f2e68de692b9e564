#include "match/internal/figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"

namespace jingwei::match {
namespace {

constexpr std::size_t kSubjectCharacters = 8;
constexpr std::size_t kCueCharacters = 6;

struct Unit {
  std::u32string_view name;
  const char* dimension;
  double factor;
};

// Longer names before their prefixes. 度 is a temperature only after a number and not before another character of a word.
constexpr std::array kUnits = {
    Unit{U"纳米", "length", 1e-9}, Unit{U"nm", "length", 1e-9}, Unit{U"微米", "length", 1e-6}, Unit{U"um", "length", 1e-6},
    Unit{U"μm", "length", 1e-6}, Unit{U"µm", "length", 1e-6}, Unit{U"毫米", "length", 1e-3}, Unit{U"mm", "length", 1e-3},
    Unit{U"厘米", "length", 1e-2}, Unit{U"公分", "length", 1e-2}, Unit{U"cm", "length", 1e-2}, Unit{U"公里", "length", 1e3},
    Unit{U"千米", "length", 1e3}, Unit{U"km", "length", 1e3}, Unit{U"丝", "length", 1e-5},
    Unit{U"摄氏度", "temperature", 1}, Unit{U"℃", "temperature", 1}, Unit{U"°c", "temperature", 1},
    Unit{U"ppm", "share", 1e-6}, Unit{U"ppb", "share", 1e-9}, Unit{U"ppt", "share", 1e-12}, Unit{U"%", "share", 1e-2},
    Unit{U"‰", "share", 1e-3}, Unit{U"mpa·s", "viscosity", 1e-3}, Unit{U"cp", "viscosity", 1e-3},
    Unit{U"兆帕", "pressure", 1e6}, Unit{U"mpa", "pressure", 1e6}, Unit{U"gpa", "pressure", 1e9}, Unit{U"kpa", "pressure", 1e3},
    Unit{U"千帕", "pressure", 1e3}, Unit{U"帕", "pressure", 1}, Unit{U"bar", "pressure", 1e5}, Unit{U"公斤压力", "pressure", 1e5},
    Unit{U"毫秒", "time", 1e-3}, Unit{U"ms", "time", 1e-3}, Unit{U"微秒", "time", 1e-6}, Unit{U"秒", "time", 1},
    Unit{U"分钟", "time", 60}, Unit{U"个小时", "time", 3600}, Unit{U"小时", "time", 3600}, Unit{U"h", "time", 3600},
    Unit{U"个月", "time", 2592000}, Unit{U"天", "time", 86400}, Unit{U"年", "time", 31536000}, Unit{U"周", "time", 604800},
    Unit{U"分贝", "sound", 1}, Unit{U"db", "sound", 1},
    Unit{U"毫克", "mass", 1e-6}, Unit{U"mg", "mass", 1e-6}, Unit{U"公斤", "mass", 1}, Unit{U"千克", "mass", 1}, Unit{U"kg", "mass", 1},
    Unit{U"克", "mass", 1e-3}, Unit{U"吨", "mass", 1e3},
    Unit{U"kwh", "energy", 3.6e6}, Unit{U"mwh", "energy", 3.6e9}, Unit{U"gwh", "energy", 3.6e12},
    Unit{U"千瓦", "power", 1e3}, Unit{U"kw", "power", 1e3}, Unit{U"兆瓦", "power", 1e6}, Unit{U"mw", "power", 1e6}, Unit{U"瓦", "power", 1},
    Unit{U"毫伏", "voltage", 1e-3}, Unit{U"mv", "voltage", 1e-3}, Unit{U"千伏", "voltage", 1e3}, Unit{U"kv", "voltage", 1e3},
    Unit{U"伏", "voltage", 1}, Unit{U"v", "voltage", 1}, Unit{U"毫安", "current", 1e-3}, Unit{U"ma", "current", 1e-3},
    Unit{U"安培", "current", 1}, Unit{U"千赫兹", "frequency", 1e3}, Unit{U"khz", "frequency", 1e3}, Unit{U"兆赫", "frequency", 1e6},
    Unit{U"mhz", "frequency", 1e6}, Unit{U"ghz", "frequency", 1e9}, Unit{U"赫兹", "frequency", 1}, Unit{U"hz", "frequency", 1},
    Unit{U"英寸", "inch", 1}, Unit{U"寸", "inch", 1}, Unit{U"毫升", "volume", 1e-6}, Unit{U"ml", "volume", 1e-6}, Unit{U"升", "volume", 1e-3},
    Unit{U"立方米", "volume", 1}, Unit{U"平方米", "area", 1}, Unit{U"转/分", "speed", 1}, Unit{U"rpm", "speed", 1},
    Unit{U"级", "grade", 1}, Unit{U"倍", "ratio", 1}, Unit{U"度", "temperature", 1}, Unit{U"米", "length", 1}};

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_latin(char32_t c) { return c >= U'a' && c <= U'z'; }

bool holds_any(std::u32string_view text, std::initializer_list<std::u32string_view> cues) {
  return std::ranges::any_of(cues, [&](auto cue) { return text.find(cue) != std::u32string_view::npos; });
}

/// A decimal number at `at`; moves `at` behind it.
std::optional<double> read_number(std::u32string_view text, std::size_t& at) {
  std::size_t i = at;
  double value = 0;
  double scale = 0;
  for (; i < text.size(); ++i) {
    if (is_digit(text[i])) {
      value = value * 10 + (text[i] - U'0');
      scale *= 10;
    } else if (text[i] == U'.' && scale == 0 && i + 1 < text.size() && is_digit(text[i + 1])) {
      scale = 1;
    } else if (text[i] != U',' || i + 3 >= text.size() || !is_digit(text[i + 1]) || !is_digit(text[i + 2]) || !is_digit(text[i + 3])) {
      break;
    }
  }
  if (i == at) return std::nullopt;
  at = i;
  return scale == 0 ? value : value / scale;
}

/// Sorted by their first character.
const std::vector<Unit>& units_by_first() {
  static const auto kSorted = [] {
    std::vector<Unit> sorted(kUnits.begin(), kUnits.end());
    std::ranges::stable_sort(sorted, {}, [](const Unit& unit) { return unit.name.front(); });
    return sorted;
  }();
  return kSorted;
}

const Unit* unit_at(std::u32string_view rest) {
  if (rest.empty()) return nullptr;
  const Unit* best = nullptr;
  for (const Unit& unit : std::ranges::equal_range(units_by_first(), rest.front(), {}, [](const Unit& one) { return one.name.front(); })) {
    if (!rest.starts_with(unit.name) || (best != nullptr && best->name.size() >= unit.name.size())) continue;
    // "5v" is volts, "5version" is not; "3h后" is.
    if (is_latin(unit.name.back()) && rest.size() > unit.name.size() && is_latin(rest[unit.name.size()])) continue;
    best = &unit;
  }
  return best;
}

Bound bound_of(std::u32string_view before, std::u32string_view after) {
  if (before.ends_with(U"±") || before.ends_with(U"正负")) return Bound::tolerance;
  if (holds_any(before, {U"不低于", U"大于", U"≥", U">", U"至少", U"不少于", U"超过", U"高于", U"提高到", U"提到", U"升至", U"达到", U"达"}) &&
      !holds_any(before, {U"不超过", U"不大于", U"不高于"}))
    return Bound::at_least;
  if (holds_any(before, {U"≤", U"<", U"小于", U"低于", U"不超过", U"不大于", U"不高于", U"降到", U"降至", U"压到", U"控制在", U"少于"}))
    return Bound::at_most;
  if (after.starts_with(U"以内") || after.starts_with(U"以下") || after.starts_with(U"内") || after.starts_with(U"之内")) return Bound::at_most;
  if (after.starts_with(U"以上")) return Bound::at_least;
  return Bound::exact;
}

int han_digit(char32_t c) {
  constexpr std::u32string_view kDigits = U"零一二三四五六七八九十";
  if (c == U'两') return 2;
  const auto at = kDigits.find(c);
  return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

bool begins_share(char32_t c) { return c == U'百' || c == U'千' || c == U'万'; }

/// 百分之三, 千分之6, 万分之五: moves `at` behind it.
std::optional<double> read_share(std::u32string_view text, std::size_t& at) {
  const double whole = text[at] == U'百' ? 100 : text[at] == U'千' ? 1000 : text[at] == U'万' ? 10000 : 0;
  if (whole == 0 || text.substr(at + 1, 2) != U"分之") return std::nullopt;
  std::size_t i = at + 3;
  if (const auto number = read_number(text, i)) {
    at = i;
    return *number / whole;
  }
  if (i >= text.size() || han_digit(text[i]) < 0) return std::nullopt;
  const double share = han_digit(text[i]) / whole;
  at = i + 1;
  return share;
}

Figure make_figure(std::u32string_view text, std::size_t begin, std::size_t end, const char* dimension, double value) {
  Figure figure;
  figure.dimension = dimension;
  figure.value = value;
  const auto before = text.substr(begin - std::min(begin, kCueCharacters), std::min(begin, kCueCharacters));
  figure.bound = bound_of(before, text.substr(end, 2));
  for (std::size_t i = begin; i-- > 0 && figure.subject.size() < kSubjectCharacters && is_han(text[i]);)
    figure.subject.insert(figure.subject.begin(), text[i]);
  figure.written = std::u32string(text.substr(begin, end - begin));
  return figure;
}

}  // namespace

TermKey Figure::key() const { return word_key(to_utf32(fmt::format("\x01{}:{:.4g}", dimension, value))); }

std::vector<Figure> find_figures(std::u32string_view text, std::span<const Figure> like) {
  std::vector<Figure> figures;
  const auto add = [&](std::size_t begin, std::size_t end, const char* dimension, double value) {
    if (!like.empty() && std::ranges::find(like, dimension, &Figure::dimension) == like.end()) return;
    figures.push_back(make_figure(text, begin, end, dimension, value));
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    if (!is_digit(text[i]) && !begins_share(text[i])) {
      ++i;
      continue;
    }
    if (const auto share = read_share(text, i)) {
      add(begin, i, "share", *share);
      continue;
    }
    if (!is_digit(text[i]) || (i > 0 && (is_latin(text[i - 1]) || text[i - 1] == U'.'))) {
      ++i;
      continue;
    }
    const auto number = read_number(text, i);
    if (!number) {
      ++i;
      continue;
    }
    if (const Unit* unit = unit_at(text.substr(i))) {
      i += unit->name.size();
      add(begin, i, unit->dimension, *number * unit->factor);
    }
  }
  return figures;
}

bool figure_met(const Figure& asked, const Figure& offered) {
  if (asked.dimension != offered.dimension || asked.bound == Bound::exact) return false;
  constexpr double kSlack = 1e-9;
  const double limit = std::abs(asked.value);
  const double value = std::abs(offered.value);
  // A supply's "over 90" may answer "at least 85", never "at most 95"; and the other way round.
  if (asked.bound == Bound::at_least) {
    if (offered.bound == Bound::at_most || offered.bound == Bound::tolerance || value < limit * (1 - kSlack)) return false;
  } else if (offered.bound == Bound::at_least || value > limit * (1 + kSlack)) {
    return false;
  }
  for (std::size_t i = 0; i + 2 <= asked.subject.size(); ++i)
    if (offered.subject.find(asked.subject.substr(i, 2)) != std::u32string::npos) return true;
  return false;
}

}  // namespace jingwei::match
