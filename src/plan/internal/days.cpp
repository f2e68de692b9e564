#include "plan/internal/days.h"

#include <chrono>

#include <fmt/format.h>

#include "base/check.h"
#include "base/time.h"

namespace jingwei::plan {
namespace {

std::chrono::sys_days parse(std::string_view text) {
  CHECK(is_day(text));
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = 0;
    for (const char digit : text.substr(at, length)) value = value * 10 + (digit - '0');
    return value;
  };
  return std::chrono::year(number(0, 4)) / std::chrono::month(static_cast<unsigned>(number(5, 2))) / std::chrono::day(static_cast<unsigned>(number(8, 2)));
}

}  // namespace

bool is_day(std::string_view text) { return normalise_date(text) == text; }

int days_between(std::string_view from, std::string_view to) { return static_cast<int>((parse(to) - parse(from)).count()); }

std::string day_after(std::string_view from, int days) {
  const std::chrono::year_month_day date{parse(from) + std::chrono::days{days}};
  return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
}

}  // namespace jingwei::plan
