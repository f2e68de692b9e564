// What the statements of a deal say: in public only that a deal of this kind between these regions took this step; titles,
// names, amounts and words in the private part, of which the log carries a salted digest. Pure.
#pragma once

#include "deals/deals.h"

namespace jingwei::deals::internal {

evidence::StatementDraft draft_statement(const StatementPlan& plan, const Decision& decision, Side side, Timestamp now);

}  // namespace jingwei::deals::internal
