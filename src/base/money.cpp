#include "base/money.h"

namespace jingwei {

std::optional<Money> parse_money(std::string_view text, std::int64_t fen_per_unit) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::int64_t fen = 0;
  std::int64_t scale = 0;  // 0 before the decimal point
  bool any_digit = false;
  for (const char c : text) {
    if (c == '.' && scale == 0) {
      scale = fen_per_unit;
    } else if (c == ',' && scale == 0 && any_digit) {
      continue;
    } else if (c >= '0' && c <= '9') {
      any_digit = true;
      if (scale == 0) {
        if (fen > kMoneyFenMax / 10) return std::nullopt;
        fen = fen * 10 + (c - '0') * fen_per_unit;
      } else {
        if (scale % 10 != 0 && c != '0') return std::nullopt;
        scale /= 10;
        fen += (c - '0') * scale;
        if (scale == 0) scale = 1;
      }
      if (fen > kMoneyFenMax) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  if (!any_digit) return std::nullopt;
  return Money{negative ? -fen : fen};
}

std::string format_money(Money money, std::int64_t fen_per_unit) {
  const std::int64_t magnitude = money.fen < 0 ? -money.fen : money.fen;
  std::string text = (money.fen < 0 ? "-" : "") + std::to_string(magnitude / fen_per_unit);
  std::int64_t rest = magnitude % fen_per_unit;
  if (rest == 0) return text;
  text += '.';
  for (std::int64_t scale = fen_per_unit / 10; rest > 0; scale /= 10) {
    text += static_cast<char>('0' + rest / scale);
    rest %= scale;
  }
  return text;
}

}  // namespace jingwei
