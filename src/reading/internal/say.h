// Parts of a draft as a person reads them, in the words of the trade.
#pragma once

#include <string>
#include <vector>

#include "reading/reading.h"

namespace jingwei::reading {

std::string say_years(const std::vector<DraftYear>& years);        ///< 2027、2030
std::string say_units(const std::vector<DraftUnit>& units);        ///< 市科技局（牵头）、市经信局
std::string say_value(const DraftPromise& promise);                ///< 不少于30场
std::string say_period(const DraftPromise& promise);               ///< 每年, 到2027年
std::string say_figures(const std::vector<DraftFigure>& figures);  ///< 2026年 320、2027年 500以上

}  // namespace jingwei::reading
