#include "reading/internal/words.h"

#include <algorithm>

#include "base/text.h"

namespace jingwei::reading {

void Words::append(const Words& more) {
  text += more.text;
  at.insert(at.end(), more.at.begin(), more.at.end());
}

Words Words::sub(std::size_t begin, std::size_t count) const {
  begin = std::min(begin, size());
  count = std::min(count, size() - begin);
  const auto first = at.begin() + static_cast<std::ptrdiff_t>(begin);
  return {text.substr(begin, count), {first, first + static_cast<std::ptrdiff_t>(count)}};
}

std::string Words::utf8() const { return to_utf8(text); }

DraftRanges Source::ranges_of(const Words& words) const {
  DraftRanges ranges;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint32_t place = words.at[i];
    const bool goes_on = i > 0 && place > words.at[i - 1] && kept_before[place] == kept_before[words.at[i - 1] + 1];
    if (goes_on)
      ranges.back().end = place + 1;
    else
      ranges.push_back({place, place + 1});
  }
  return ranges;
}

bool is_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); }

bool is_space_character(char32_t c) {
  return c == U' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x3000 || c == 0xFEFF || (c >= 0x2000 && c <= 0x200D) || c == 0x2028 || c == 0x2029 || c == 0xAD;
}

bool is_one_of(char32_t c, std::u32string_view set) { return set.find(c) != set.npos; }

bool ends_sentence(char32_t c) { return is_one_of(c, U"。！？；"); }

Words trimmed(const Words& words, std::u32string_view also) {
  const auto is_outside = [&](char32_t c) { return is_space_character(c) || is_one_of(c, also); };
  std::size_t begin = 0;
  std::size_t end = words.size();
  while (begin < end && is_outside(words.text[begin])) ++begin;
  while (end > begin && is_outside(words.text[end - 1])) --end;
  return words.sub(begin, end - begin);
}

std::vector<Words> split_words(const Words& words, std::u32string_view separators) {
  std::vector<Words> parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= words.size(); ++i)
    if (i == words.size() || is_one_of(words.text[i], separators)) {
      parts.push_back(words.sub(begin, i - begin));
      begin = i + 1;
    }
  return parts;
}

bool contains(std::u32string_view text, std::u32string_view part) { return text.find(part) != text.npos; }

bool contains_any(std::u32string_view text, const std::vector<std::u32string_view>& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::u32string_view part) { return contains(text, part); });
}

bool starts_with_any(std::u32string_view text, const std::vector<std::u32string_view>& parts) { return longest_start(text, parts) > 0; }

std::size_t longest_end(std::u32string_view text, const std::vector<std::u32string_view>& parts) {
  std::size_t longest = 0;
  for (const auto part : parts)
    if (text.ends_with(part)) longest = std::max(longest, part.size());
  return longest;
}

std::size_t longest_start(std::u32string_view text, const std::vector<std::u32string_view>& parts) {
  std::size_t longest = 0;
  for (const auto part : parts)
    if (text.starts_with(part)) longest = std::max(longest, part.size());
  return longest;
}

char bracket_kind(char32_t c) {
  if (is_one_of(c, U"（(〔[【《")) return '(';
  return is_one_of(c, U"）)〕]】》") ? ')' : '\0';
}

std::size_t closing_bracket(std::u32string_view text, std::size_t open, std::size_t characters_max) {
  int depth = 0;
  for (std::size_t i = open; i < text.size() && i - open <= characters_max; ++i) {
    const char kind = bracket_kind(text[i]);
    if (kind == '(') ++depth;
    if (kind == ')' && --depth <= 0) return i;
  }
  return text.npos;
}

}  // namespace jingwei::reading
