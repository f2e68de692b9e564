// The index as sheets of a workbook.
#pragma once

#include "fusion/fusion.h"
#include "office/workbook.h"

namespace jingwei::fusion {

/// The table of table_csv() with typed cells under the same heads.
office::Sheet table_sheet(const Indicators& indicators, const Index& index, const Settings& settings);
/// For people: every county and year with its four levels, C, T, D, grade and rank; the last year as bars and as a radar. `names`: of counties.
office::Sheet index_sheet(const Index& index, const std::map<std::string, std::string, std::less<>>& names, bool english);

}  // namespace jingwei::fusion
