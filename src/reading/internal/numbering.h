// The number at the front of a heading or item: 第三章, 第二条, 一、, （一）, 1., 1.1, (1), ①, ——.
#pragma once

#include "reading/internal/words.h"

namespace jingwei::reading {

/// Styles of numbers. Which one stands below which is what a text shows by using them; only the order of these is a default.
enum class NumberStyle { none, part, chapter, section, article, han, han_bracket, bare, digits, dotted, dotted_deep, digits_bracket, circled, dash };

struct Numbering {
  NumberStyle style = NumberStyle::none;
  std::size_t length = 0;  ///< characters of the words that are the number
  int value = 0;           ///< its last figure; 0 for a dash
  explicit operator bool() const { return style != NumberStyle::none; }
};

Numbering numbering_of(const Words& words);

/// 三十二 as 32, also 两百; digits too. Nothing else in it, below ten thousand; -1 otherwise.
int small_number(std::u32string_view text);

}  // namespace jingwei::reading
