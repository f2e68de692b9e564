// From the measures of a chain to what should be done: 强链, 补链, 延链 and 招引线索, each with its reasons.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "atlas/atlas.h"

namespace jingwei::atlas {

/// What the lists are made from: the report's nodes and edges are filled, its lists are not.
struct ListInput {
  std::string_view region;
  const ChainThresholds& thresholds;
  std::map<std::string, const std::vector<Position>*, std::less<>> positions;  ///< by node code
};

void fill_lists(const ListInput& input, ChainReport& report);

}  // namespace jingwei::atlas
