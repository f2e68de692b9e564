// Figures as people write them: 3,500, ３．５, 两千, 五百余, 百分之三, 3%—5%.
#pragma once

#include <optional>
#include <string>

#include "reading/internal/words.h"

namespace jingwei::reading {

/// Full-width digits, points and per cent signs as ASCII; everything else stays, so that places stay too.
std::u32string fold_digits(std::u32string_view text);
/// Where a year stands: four digits from 1990 to 2099 that no digit touches.
std::optional<std::size_t> find_year(std::u32string_view text, std::size_t from = 0);

struct Figure {
  std::size_t begin = 0;  ///< in the text looked through
  std::size_t end = 0;    ///< behind the unit
  std::string value;      ///< decimal
  std::string value_to;   ///< of a range; else empty
  std::u32string unit;    ///< with its multiple: 亿元, 万家, %; empty when none follows
  bool is_more = false;   ///< 余, 多: a bit more
  bool is_round = false;  ///< 百个, 千项: a number in words without a digit before it
  bool is_one = false;    ///< 一个: perhaps no figure at all
};

/// Figures from left to right; `text` is folded. Years, ordinals (第三), names (G60, 5G, 135N) and numbers inside “…” are none.
std::vector<Figure> figures_in(std::u32string_view text);

/// Whether digits, points and thousands separators make one figure: 3.12.5 does not, nor do more than 18 characters.
bool is_number(std::u32string_view digits);
/// "0012.50" as "12.5"; the decimal that digits, point and thousands separators make.
std::string decimal_of(std::u32string_view digits);

}  // namespace jingwei::reading
