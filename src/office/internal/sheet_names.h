// Names of sheets that spreadsheet programs take.
#pragma once

#include <string>
#include <vector>

#include "office/workbook.h"

namespace jingwei::office::internal {

/// One for each sheet: without []:*?/\ and quotes at the ends, at most kSheetNameUnitsMax units, none empty, none twice in any case.
std::vector<std::string> sheet_names(const std::vector<Sheet>& sheets);

}  // namespace jingwei::office::internal
