// What the appraisal routes answer beside the described types of policy/appraisal.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/internal/views.h"
#include "policy/confirmed.h"

namespace jingwei::api {

/// What a person confirmed, as far as the caller may see it.
struct ConfirmedView {
  policy::AppraisalConfirmation confirmation;
  std::vector<evidence::StatementReference> statements;  ///< of all versions
  std::vector<policy::AppraisalGrade> grades;            ///< of the scheme as it was
  policy::AppraisalResult result;
  bool scheme_changed = false;                           ///< weights, rules or grades are other ones now
};
BOOST_DESCRIBE_STRUCT(ConfirmedView, (), (confirmation, statements, grades, result, scheme_changed))

struct AppraisalTable {
  policy::AppraisalResult result;       ///< of those whom the caller may see
  std::vector<std::string> trial;       ///< classes with anything that nobody has set
  bool all = false;                     ///< false: only the caller's own platforms
  std::string sha256;                   ///< of scheme and whole result: what a confirmation names
  bool may_confirm = false;             ///< the year is over, and the caller may
  std::optional<ConfirmedView> confirmed;
  std::vector<policy::AppraisalDifference> differences;  ///< from what was confirmed
  std::vector<policy::AppraisalConfirmation> versions;   ///< newest first
};
BOOST_DESCRIBE_STRUCT(AppraisalTable, (), (result, trial, all, sha256, may_confirm, confirmed, differences, versions))

struct AppraisalOfYear {
  std::int64_t year = 0;
  double low = 0;
  double high = 0;
  std::string grade_low;
  std::string grade_high;
  std::int64_t rank_best = 0;
  std::int64_t rank_worst = 0;
  std::int64_t platforms = 0;  ///< in the class
  std::optional<policy::AppraisalStanding> confirmed;
};
BOOST_DESCRIBE_STRUCT(AppraisalOfYear, (), (year, low, high, grade_low, grade_high, rank_best, rank_worst, platforms, confirmed))

/// One platform explained.
struct AppraisalPage {
  std::int64_t year = 0;
  std::string class_id;
  bool trial = false;
  std::int64_t feed_seq = 0;
  policy::PlatformScore score;
  std::vector<policy::CriterionReason> reasons;  ///< in the order of the criteria
  std::vector<AppraisalOfYear> years;            ///< oldest first, the year asked for last
  std::optional<policy::AppraisalConfirmation> confirmation;
  std::vector<policy::AppraisalGrade> confirmed_grades;      ///< of the scheme as it was confirmed
  std::optional<policy::AppraisalDifference> difference;     ///< from what was confirmed; absent: none
};
BOOST_DESCRIBE_STRUCT(AppraisalPage, (), (year, class_id, trial, feed_seq, score, reasons, years, confirmation, confirmed_grades, difference))

}  // namespace jingwei::api
