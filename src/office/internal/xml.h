// Text that XML and spreadsheet programs take.
#pragma once

#include <string>
#include <string_view>

namespace jingwei::office::internal {

/// Valid UTF-8 of characters that XML 1.0 has (section 2.2); others, and broken sequences, become U+FFFD. Line ends are \n.
std::string clean(std::string_view text);
/// clean(), with & < > " ' written as entities.
std::string escaped(std::string_view text);
/// UTF-16 units of clean text; what spreadsheet programs count.
std::size_t units_of(std::string_view text);
/// The longest beginning with at most so many units.
std::string_view first_units(std::string_view text, std::size_t units_max);
/// For a cell: clean, at most kCellUnitsMax units (a longer one is cut and says so), and "_x0041_" guarded, which would be read as "A"
/// (ECMA-376 part 1, 22.9.2.19).
std::string cell_text(std::string_view text);

}  // namespace jingwei::office::internal
