// A list of who may claim, and the table of an appraisal, as sheets of a workbook.
#pragma once

#include "office/workbook.h"
#include "policy/confirmed.h"
#include "policy/lists.h"

namespace jingwei::policy {

/// Everybody with the outcomes asked for.
office::Sheet entitled_sheet(Everybody& everybody, const Policy& policy, const Terms& terms, const std::vector<Outcome>& outcomes,
                             const std::optional<std::set<std::string>>& known, bool english);

/// A line a platform: what is computed beside what was confirmed, then figure and points of every criterion; then the differences, the
/// scorecards now and as confirmed, and who confirmed. Without a confirmation its columns are empty and its sheets are left out.
std::vector<office::Sheet> appraisal_sheets(const AppraisalScheme& scheme, const AppraisalResult& now, const ConfirmedAppraisal* confirmed, bool english);

}  // namespace jingwei::policy
