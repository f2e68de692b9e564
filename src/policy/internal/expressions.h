// Conditions and formulas as files write them: which facts and figures they read, and what they may not do.
#pragma once

#include <string>
#include <vector>

#include "policy/internal/session.h"

namespace jingwei::policy {

struct ExpressionFault {
  Bilingual reason;
  Bilingual remedy;
};

/// Fills in the facts and parameters that `expression` reads, and says what it may not do.
std::vector<ExpressionFault> read_expression(sql::Session& session, const std::vector<Fact>& facts, const Policy& policy, Expression& expression);
/// Prepares and runs it over the probes: a condition must be true or false, a formula a number.
std::vector<ExpressionFault> try_expression(sql::Session& session, const Policy& policy, const Expression& expression, bool condition);
/// True when all conditions of a policy and its formula together stand the same trial; which one does not, try_expression tells.
bool all_stand(sql::Session& session, const Policy& policy);

/// Makes the table of facts with rows to try expressions on: nothing known, everything small, everything zero.
void make_probes(sql::Session& session, const std::vector<Fact>& facts);

}  // namespace jingwei::policy
