// Calendar days as text ("2026-01-21") and the arithmetic a plan needs.
#pragma once

#include <string>
#include <string_view>

namespace jingwei::plan {

bool is_day(std::string_view text);
/// Both are days.
int days_between(std::string_view from, std::string_view to);
std::string day_after(std::string_view from, int days);

}  // namespace jingwei::plan
