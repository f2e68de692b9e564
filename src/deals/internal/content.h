// Checks of content that terms, acts and problems share. Pure.
#pragma once

#include <optional>
#include <string>

#include "base/rejected.h"

namespace jingwei::deals::internal {

/// Trims the text; says what is wrong with it, if anything. Lengths count characters.
std::optional<InputProblem> check_text(std::string pointer, std::string& value, std::size_t characters_max, bool required);

}  // namespace jingwei::deals::internal
