// Charts of a workbook through libxlsxwriter.
#pragma once

#include <xlsxwriter.h>

#include "office/workbook.h"

namespace jingwei::office::internal {

/// Where the rows of a chart are: the sheet and its name in the file.
struct ChartData {
  const Sheet& sheet;
  const std::string& name;
};

/// Puts chart number `at` of `sheet` onto `worksheet`: beside the table, or two in a row on a sheet without one.
void add_chart(lxw_workbook* book, lxw_worksheet* worksheet, const Sheet& sheet, std::size_t at, const ChartData& data);

}  // namespace jingwei::office::internal
