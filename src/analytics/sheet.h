// An answer of SQL as a sheet of a workbook.
#pragma once

#include "analytics/analytics.h"
#include "office/workbook.h"

namespace jingwei::analytics {

/// How the rows are drawn beside them; a saved query keeps it as chart.kind.
enum class AnswerChart { table, bar, line };
BOOST_DESCRIBE_ENUM(AnswerChart, table, bar, line)

/// Header and rows with typed cells: numbers, days and moments as such, lists as texts. Drawn as the page draws it: the first kPointsMax rows,
/// the first column of numbers over the first other one. Without both, or with one row, there is nothing to draw.
office::Sheet sheet_of(const Answer& answer, std::string name, AnswerChart chart = AnswerChart::table);
constexpr std::size_t kPointsMax = 60;

}  // namespace jingwei::analytics
