// Instants and calendar days. Instants are UTC microseconds since 1970; text is RFC 3339 in UTC ("2026-01-21T08:00:00.000000Z").
// Days are written as people write them and stored as "2026-01-21". No clock here: src/io/clock.h hands one in.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jingwei {

struct Timestamp {
  std::int64_t us = 0;  ///< microseconds since 1970-01-01T00:00:00Z
  auto operator<=>(const Timestamp&) const = default;
};

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

std::string to_rfc3339(Timestamp time);
/// Accepts any RFC 3339 time with an offset; nothing otherwise.
std::optional<Timestamp> from_rfc3339(std::string_view text);

/// "2026-01-21" from 2026-01-21, 2026/1/21, 2026.1.21 or 2026年1月21日; nothing when no such day exists.
std::optional<std::string> normalise_date(std::string_view text);
/// The day on which `time` falls in Asia/Shanghai (UTC+8 all year).
std::string shanghai_date(Timestamp time);

}  // namespace jingwei
