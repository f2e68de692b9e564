// Money is integer fen (0.01 yuan); no floating point. Decimal text in yuan or ten thousand yuan is read exactly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jingwei {

struct Money {
  std::int64_t fen = 0;
  auto operator<=>(const Money&) const = default;
};

constexpr std::int64_t kFenPerYuan = 100;
constexpr std::int64_t kFenPerWan = 1'000'000;  ///< 万元
constexpr std::int64_t kMoneyFenMax = 1'000'000'000'000'000;  ///< ten trillion yuan: nothing here is larger

/// "12.5", "1,200" in units of `fen_per_unit`; nothing when it is no number, is finer than a fen or over the maximum.
std::optional<Money> parse_money(std::string_view text, std::int64_t fen_per_unit);
/// Exact decimal text in units of `fen_per_unit` without needless zeros: 12500000 fen in 万元 is "12.5".
std::string format_money(Money money, std::int64_t fen_per_unit);

}  // namespace jingwei
