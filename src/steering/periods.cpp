// Periods and days. The calendar is std::chrono's.
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>

#include "base/check.h"
#include "base/time.h"
#include "steering/measures.h"

namespace jingwei::steering {
namespace {

using std::chrono::sys_days;

constexpr int kMonthsOfYear = 12;

std::optional<int> number_of(std::string_view digits, int from, int to) {
  int number = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (failed != std::errc() || end != digits.data() + digits.size() || number < from || number > to) return std::nullopt;
  return number;
}

sys_days day_of(std::string_view day) {
  const auto normal = normalise_date(day);
  CHECK(normal.has_value());
  const int year = number_of(std::string_view(*normal).substr(0, 4), 0, 9999).value();
  const int month = number_of(std::string_view(*normal).substr(5, 2), 1, kMonthsOfYear).value();
  const int date = number_of(std::string_view(*normal).substr(8, 2), 1, 31).value();
  return std::chrono::year{year} / month / date;
}

std::string text_of(sys_days day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

int months_of_part(Frequency frequency) { return kMonthsOfYear / parts_of_year(frequency); }

}  // namespace

int parts_of_year(Frequency frequency) { return frequency == Frequency::year ? 1 : frequency == Frequency::quarter ? 4 : kMonthsOfYear; }

std::optional<Period> parse_period(std::string_view text) {
  constexpr std::size_t kYearLength = 4;
  const auto year = text.size() >= kYearLength ? number_of(text.substr(0, kYearLength), kYearMin, kYearMax) : std::nullopt;
  if (!year) return std::nullopt;
  if (text.size() == kYearLength) return Period{Frequency::year, *year, 1};
  if (text.size() != kYearLength + 3 || text[kYearLength] != '-') return std::nullopt;
  const std::string_view rest = text.substr(kYearLength + 1);
  const bool quarter = rest[0] == 'Q';
  if (!quarter && (rest[0] < '0' || rest[0] > '9')) return std::nullopt;
  const auto part = quarter ? number_of(rest.substr(1), 1, 4) : number_of(rest, 1, kMonthsOfYear);
  if (!part) return std::nullopt;
  return Period{quarter ? Frequency::quarter : Frequency::month, *year, *part};
}

std::string period_text(const Period& period) {
  switch (period.frequency) {
    case Frequency::year: return fmt::format("{:04}", period.year);
    case Frequency::quarter: return fmt::format("{:04}-Q{}", period.year, period.part);
    case Frequency::month: return fmt::format("{:04}-{:02}", period.year, period.part);
  }
  CHECK(false);
}

Period later(const Period& period, int steps) {
  const int parts = parts_of_year(period.frequency);
  const int count = period.year * parts + period.part - 1 + steps;
  return {period.frequency, count / parts, count % parts + 1};
}

std::string first_day(const Period& period) {
  return fmt::format("{:04}-{:02}-01", period.year, (period.part - 1) * months_of_part(period.frequency) + 1);
}

std::string last_day(const Period& period) {
  const int month = period.part * months_of_part(period.frequency);
  const auto last = std::chrono::year{period.year} / month / std::chrono::last;
  return text_of(sys_days{last});
}

Period period_of(std::string_view day, Frequency frequency) {
  const std::chrono::year_month_day date{day_of(day)};
  const int month = static_cast<int>(static_cast<unsigned>(date.month()));
  return {frequency, static_cast<int>(date.year()), (month - 1) / months_of_part(frequency) + 1};
}

std::string days_later(std::string_view day, int days) { return text_of(day_of(day) + std::chrono::days{days}); }

std::int64_t days_between(std::string_view from, std::string_view to) { return (day_of(to) - day_of(from)).count(); }

std::string figure_text(double value) {
  constexpr double kPlaces = 1e4;
  const double rounded = std::round(value * kPlaces) / kPlaces;
  return fmt::format("{}", rounded == 0 ? 0.0 : rounded);
}

}  // namespace jingwei::steering
