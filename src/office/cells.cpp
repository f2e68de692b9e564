// Cells of any kind as values, see workbook.h.
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "office/workbook.h"

namespace jingwei::office {
namespace {

constexpr std::int64_t kWholeMax = 1LL << std::numeric_limits<double>::digits;

/// Thousands apart, two decimals.
std::string yuan_text(Money money) {
  const std::int64_t fen = money.fen < 0 ? -money.fen : money.fen;
  std::string whole = std::to_string(fen / kFenPerYuan);
  for (std::size_t at = whole.size(); at > 3; at -= 3) whole.insert(whole.begin() + static_cast<std::ptrdiff_t>(at) - 3, ',');
  return fmt::format("{}{}.{:02}", money.fen < 0 ? "-" : "", whole, fen % kFenPerYuan);
}

struct Text {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(double number) const { return fmt::format("{:.10g}", number); }
  std::string operator()(bool yes) const { return yes ? "✓" : "✗"; }
  std::string operator()(const Day& day) const { return day.text; }
  std::string operator()(Timestamp moment) const {
    constexpr std::int64_t kShanghaiUs = 8 * 3600 * kMicrosPerSecond;
    std::string text = to_rfc3339({moment.us + kShanghaiUs}).substr(0, 19);
    text[10] = ' ';
    return text;
  }
  std::string operator()(Money money) const { return yuan_text(money); }
};

}  // namespace

Cell cell_of(const std::optional<double>& number) { return number ? Cell(*number) : Cell(); }
Cell cell_of(const std::optional<std::string>& text) { return text ? Cell(*text) : Cell(); }
Cell day_of(const std::optional<std::string>& day) { return day && !day->empty() ? Cell(Day{*day}) : Cell(); }

Cell whole_of(std::int64_t number) {
  if (number > kWholeMax || number < -kWholeMax) return std::to_string(number);
  return static_cast<double>(number);
}

std::string text_of(const Cell& cell) { return std::visit(Text(), cell); }

}  // namespace jingwei::office
