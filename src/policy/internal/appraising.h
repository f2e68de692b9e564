// The year as SQL of appraisals sees it.
#pragma once

#include <cstdint>
#include <string>

namespace jingwei::policy {

/// "WITH term AS (…) ": one row with year, first_day and next_day, the day after the year's last.
std::string term_sql(std::int64_t year);
/// 12.5, 3, 0.25: at most two places, no trailing zeros.
std::string plain_number(double value);

}  // namespace jingwei::policy
