#include "reading/internal/numbering.h"

#include <algorithm>

namespace jingwei::reading {
namespace {

using View = std::u32string_view;

constexpr View kHanDigits = U"零一二三四五六七八九";
constexpr View kHanNumber = U"零〇一二三四五六七八九十百两";
constexpr std::size_t kNumberCharactersMax = 5;
constexpr std::size_t kBareHeadingCharactersMax = 30;
/// What follows a figure, not a number of a heading: 1.5亿元, 2.1%.
constexpr View kFollowsFigure = U"亿万千百%％倍个家元吨项名人件公平米年月日时座、，；。)）—-~～";

std::size_t run_of(View text, std::size_t from, View set) {
  std::size_t length = 0;
  while (from + length < text.size() && length <= kNumberCharactersMax && is_one_of(text[from + length], set)) ++length;
  return length;
}

std::size_t digits_at(View text, std::size_t from) { return run_of(text, from, U"0123456789０１２３４５６７８９"); }

/// 第三章, 第2条.
Numbering ordinal(View text) {
  if (!text.starts_with(U"第")) return {};
  std::size_t length = run_of(text, 1, kHanNumber);
  if (length == 0) length = digits_at(text, 1);
  if (length == 0) return {};
  const int value = small_number(text.substr(1, length));
  const View rest = text.substr(1 + length);
  for (const auto& [word, style] :
       {std::pair{View(U"部分"), NumberStyle::part}, std::pair{View(U"篇"), NumberStyle::part}, std::pair{View(U"章"), NumberStyle::chapter},
        std::pair{View(U"节"), NumberStyle::section}, std::pair{View(U"条"), NumberStyle::article}})
    if (rest.starts_with(word)) return {style, 1 + length + word.size(), value};
  return {};
}

/// （一）, (10), 3）.
Numbering bracketed(View text) {
  const bool opens = is_one_of(text[0], U"（(〔");
  const std::size_t from = opens ? 1 : 0;
  const std::size_t han = opens ? run_of(text, from, kHanNumber) : 0;
  const std::size_t length = han > 0 ? han : digits_at(text, from);
  if (length == 0 || length > 3 || from + length >= text.size() || !is_one_of(text[from + length], U"）)〕")) return {};
  const int value = small_number(text.substr(from, length));
  return {han > 0 ? NumberStyle::han_bracket : NumberStyle::digits_bracket, from + length + 1, value};
}

/// 1.1, 1.1.1; the figures are small and no unit follows.
Numbering dotted(const Words& words, std::size_t first) {
  const View text = words.text;
  std::size_t end = first;
  int value = 0;
  int groups = 1;
  while (end < text.size() && is_one_of(text[end], U".．")) {
    const std::size_t length = digits_at(text, end + 1);
    if (length == 0 || length > 2) break;
    value = small_number(text.substr(end + 1, length));
    end += 1 + length;
    ++groups;
  }
  if (groups == 1 || first > 2 || end >= text.size() || value == 0) return {};
  const bool stands_apart = words.at[end] != words.at[end - 1] + 1;
  if (!stands_apart && is_one_of(text[end], kFollowsFigure)) return {};
  if (is_one_of(text[end], U".．、")) ++end;
  return {groups == 2 ? NumberStyle::dotted : NumberStyle::dotted_deep, end, value};
}

}  // namespace

int small_number(View text) {
  if (text.empty()) return -1;
  int total = 0;
  if (std::all_of(text.begin(), text.end(), is_digit)) {
    for (const char32_t c : text) total = std::min(total * 10 + static_cast<int>(c >= U'０' ? c - U'０' : c - U'0'), 9999);
    return total;
  }
  int digit = -1;
  for (const char32_t c : text) {
    if (c == U'百' || c == U'十') {
      total += (digit < 0 ? 1 : digit) * (c == U'百' ? 100 : 10);
      digit = -1;
    } else {
      const auto at = c == U'两' ? 2 : c == U'〇' ? 0 : kHanDigits.find(c);
      if (at == View::npos) return -1;
      digit = static_cast<int>(at);
    }
  }
  return total + std::max(digit, 0);
}

Numbering numbering_of(const Words& words) {
  const View text = words.text;
  if (text.size() < 2) return {};
  if (text.starts_with(U"——")) return {NumberStyle::dash, 2, 0};
  const bool apart = words.at[1] != words.at[0] + 1;
  if (is_one_of(text[0], U"•●■◆") || (is_one_of(text[0], U"-*·") && apart)) return {NumberStyle::dash, 1, 0};
  if (text[0] >= U'①' && text[0] <= U'⑳') return {NumberStyle::circled, 1, static_cast<int>(text[0] - U'①') + 1};
  if (const auto found = ordinal(text)) return found;
  if (const auto found = bracketed(text)) return found;
  if (const auto length = run_of(text, 0, kHanNumber); length > 0 && length < text.size() && is_one_of(text[length], U"、．."))
    return {NumberStyle::han, length + 1, small_number(text.substr(0, length))};
  const std::size_t length = digits_at(text, 0);
  if (length == 0 || length > 3 || length >= text.size()) return {};
  if (const auto found = dotted(words, length)) return found;
  const int value = small_number(text.substr(0, length));
  const bool is_marked = is_one_of(text[length], U".．、") && length + 1 < text.size();
  // 1.持续推进, but not 1.5亿元.
  if (is_marked && !is_digit(text[length + 1])) return {NumberStyle::digits, length + 1, value};
  const bool stands_apart = words.at[length] != words.at[length - 1] + 1;
  const bool is_heading = text.size() <= kBareHeadingCharactersMax && text.find_first_of(U"。；，、") == text.npos && text[length] >= 0x3400;
  if (stands_apart && length <= 2 && is_heading && !is_one_of(text[length], kFollowsFigure)) return {NumberStyle::bare, length, value};
  return {};
}

}  // namespace jingwei::reading
