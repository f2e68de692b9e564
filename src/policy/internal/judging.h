// The one statement that judges: the same SQL for one company at the form and for all of a region.
#pragma once

#include <string>

#include "policy/policy.h"

namespace jingwei::policy {

/// Gives a row a company: company, outcome (UTINYINT, Outcome), trace (BIGINT, three bits a clause), amount (BIGINT fen or NULL),
/// amount_state (UTINYINT, Verdict). `facts_source` is a table or subquery with the columns of facts that the policy reads.
std::string judging_sql(const std::vector<Fact>& facts, const Policy& policy, const Terms& terms, const std::string& facts_source);

/// Facts that a policy reads, each once, in order of first use.
std::vector<std::size_t> facts_read(const Policy& policy);

}  // namespace jingwei::policy
