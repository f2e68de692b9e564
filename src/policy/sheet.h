// A list of who may claim as a sheet of a workbook.
#pragma once

#include "office/workbook.h"
#include "policy/lists.h"

namespace jingwei::policy {

/// Everybody with the outcomes asked for.
office::Sheet entitled_sheet(Everybody& everybody, const Policy& policy, const Terms& terms, const std::vector<Outcome>& outcomes,
                             const std::optional<std::set<std::string>>& known, bool english);

}  // namespace jingwei::policy
