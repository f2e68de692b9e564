// A sheet as CSV (RFC 4180): the same table for programs that read no workbooks.
#pragma once

#include <string>
#include <string_view>

#include "office/workbook.h"

namespace jingwei::office {

/// UTF-8 with a byte order mark, lines end in CR LF; charts are left out. A number is the shortest text that reads as the same number, money
/// is yuan with two decimals, a moment is shown in Asia/Shanghai, a truth is "true" or "false", nothing is an empty field.
std::string csv_of(const Sheet& sheet);

/// One field, quoted where it must be; what a spreadsheet program would run gets an apostrophe in front.
std::string csv_cell(std::string_view text);
/// Text that a spreadsheet program would run as a formula (CSV injection), or that looks like such text behind a guard.
bool wants_guard(std::string_view text);

}  // namespace jingwei::office
