#include "base/time.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

namespace jingwei {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::int64_t kShanghaiOffsetUs = 8LL * 3600 * kMicrosPerSecond;

year_month_day day_of(std::int64_t us) {
  const std::int64_t whole = us >= 0 ? us / kMicrosPerDay : -((-us + kMicrosPerDay - 1) / kMicrosPerDay);
  return year_month_day{sys_days{days{whole}}};
}

/// Reads a run of at most `digits_max` digits from the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits_min, std::size_t digits_max) {
  int value = 0;
  std::size_t count = 0;
  while (count < digits_max && count < text.size() && text[count] >= '0' && text[count] <= '9') {
    value = value * 10 + (text[count] - '0');
    ++count;
  }
  if (count < digits_min) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

}  // namespace

std::string to_rfc3339(Timestamp time) {
  const auto date = day_of(time.us);
  const std::int64_t rest = time.us - sys_days{date}.time_since_epoch().count() * kMicrosPerDay;
  const std::int64_t seconds = rest / kMicrosPerSecond;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", int{date.year()}, unsigned{date.month()},
                     unsigned{date.day()}, seconds / 3600, seconds / 60 % 60, seconds % 60, rest % kMicrosPerSecond);
}

std::optional<Timestamp> from_rfc3339(std::string_view text) {
  const auto y = take_number(text, 4, 4);
  if (!y || !take(text, "-")) return std::nullopt;
  const auto m = take_number(text, 2, 2);
  if (!m || !take(text, "-")) return std::nullopt;
  const auto d = take_number(text, 2, 2);
  if (!d || !(take(text, "T") || take(text, "t"))) return std::nullopt;
  const auto hour = take_number(text, 2, 2);
  if (!hour || *hour > 23 || !take(text, ":")) return std::nullopt;
  const auto minute = take_number(text, 2, 2);
  if (!minute || *minute > 59 || !take(text, ":")) return std::nullopt;
  const auto second = take_number(text, 2, 2);
  if (!second || *second > 59) return std::nullopt;
  std::int64_t fraction_us = 0;
  if (take(text, ".")) {
    std::int64_t scale = kMicrosPerSecond;
    std::size_t count = 0;
    while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
      scale /= 10;
      fraction_us += (text[0] - '0') * scale;
      text.remove_prefix(1);
      ++count;
    }
    if (count == 0) return std::nullopt;
  }
  std::int64_t offset_minutes = 0;
  if (!(take(text, "Z") || take(text, "z"))) {
    const int sign = take(text, "+") ? 1 : take(text, "-") ? -1 : 0;
    const auto offset_hour = sign == 0 ? std::nullopt : take_number(text, 2, 2);
    if (!offset_hour || !take(text, ":")) return std::nullopt;
    const auto offset_minute = take_number(text, 2, 2);
    if (!offset_minute || *offset_hour > 23 || *offset_minute > 59) return std::nullopt;
    offset_minutes = sign * (*offset_hour * 60 + *offset_minute);
  }
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
  if (!text.empty() || !date.ok()) return std::nullopt;
  const std::int64_t seconds = *hour * 3600LL + *minute * 60 + *second - offset_minutes * 60;
  return Timestamp{sys_days{date}.time_since_epoch().count() * kMicrosPerDay + seconds * kMicrosPerSecond + fraction_us};
}

std::optional<std::string> normalise_date(std::string_view text) {
  const auto y = take_number(text, 4, 4);
  if (!y) return std::nullopt;
  const std::string_view separator = text.starts_with("年") ? "年" : text.substr(0, 1);
  if (separator != "年" && separator != "-" && separator != "/" && separator != ".") return std::nullopt;
  take(text, separator);
  const auto m = take_number(text, 1, 2);
  if (!m || !take(text, separator == "年" ? "月" : separator)) return std::nullopt;
  const auto d = take_number(text, 1, 2);
  if (!d) return std::nullopt;
  if (separator == "年") take(text, "日");
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
  if (!text.empty() || !date.ok()) return std::nullopt;
  return fmt::format("{:04}-{:02}-{:02}", *y, *m, *d);
}

std::string shanghai_date(Timestamp time) {
  const auto date = day_of(time.us + kShanghaiOffsetUs);
  return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
}

}  // namespace jingwei
