// A chart of a document: its part (DrawingML, ECMA-376 part 1, 21.2) and the workbook inside it that "edit data" opens.
#pragma once

#include <string>

#include "office/document.h"

namespace jingwei::office::internal {

/// Refers to the embedded workbook by the relation "data"; its values are also kept in the part, so that it shows without it.
std::string chart_part(const Figure& figure, const std::string& language);
/// The relations of chart number `number`.
std::string chart_relations(std::size_t number);
/// The table of the figure alone.
std::string embedded_workbook(const Figure& figure, const Document& document);

}  // namespace jingwei::office::internal
