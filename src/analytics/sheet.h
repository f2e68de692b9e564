// An answer of SQL as a sheet of a workbook.
#pragma once

#include "analytics/analytics.h"
#include "office/workbook.h"

namespace jingwei::analytics {

/// Header and rows with typed cells: numbers, days and moments as such, lists as texts.
office::Sheet sheet_of(const Answer& answer, std::string name);

}  // namespace jingwei::analytics
