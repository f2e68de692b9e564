// The parts of indicators.h that look at single cells.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "reading/internal/words.h"

namespace jingwei::reading {

using TargetWords = std::vector<std::u32string_view>;

/// A dash or nothing: no figure, and no doubt about it.
bool is_missing(std::u32string_view text);
/// 12800/7721
std::optional<std::pair<Words, Words>> pair_of(const Words& cell);

struct IndicatorName {
  bool has_star = false;
  Words words;
  Words unit;
  std::vector<Words> parts;  ///< 415X and 135N, or none
};
IndicatorName name_of_cell(Words cell);

/// -1, 0, 1; both are decimals that this module made.
int compare_decimals(const std::string& left, const std::string& right);

}  // namespace jingwei::reading
