// A chain as sheets of a workbook.
#pragma once

#include <functional>

#include "atlas/atlas.h"
#include "office/workbook.h"

namespace jingwei::atlas {

/// What the atlas has only codes of, in the reader's language: of a code list (chain-positions, chain-node-kinds, chain-relations, segments),
/// and of a division.
struct ChainNames {
  std::function<std::string(std::string_view list, std::string_view code)> code;
  std::function<std::string(std::string_view division)> region;
};

/// All that the picture shows and what stands behind it: nodes with their measures, relations, what to strengthen, fill and extend with
/// reasons, leads with their source; then from where the chain is seen, by which figures it is judged, and which data were left out.
std::vector<office::Sheet> chain_sheets(const ChainReport& report, const ChainThresholds& thresholds, std::string_view region, const ChainNames& names, bool english);

}  // namespace jingwei::atlas
