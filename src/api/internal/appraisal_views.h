// What the appraisal routes answer beside the described types of policy/appraisal.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/internal/views.h"
#include "policy/appraisal.h"

namespace jingwei::api {

struct AppraisalTable {
  policy::AppraisalResult result;       ///< of those whom the caller may see
  std::vector<std::string> trial;       ///< classes with anything that nobody has set
  bool all = false;                     ///< false: only the caller's own platforms
};
BOOST_DESCRIBE_STRUCT(AppraisalTable, (), (result, trial, all))

struct AppraisalOfYear {
  std::int64_t year = 0;
  double low = 0;
  double high = 0;
  std::string grade_low;
  std::string grade_high;
  std::int64_t rank_best = 0;
  std::int64_t rank_worst = 0;
  std::int64_t platforms = 0;  ///< in the class
};
BOOST_DESCRIBE_STRUCT(AppraisalOfYear, (), (year, low, high, grade_low, grade_high, rank_best, rank_worst, platforms))

/// One platform explained.
struct AppraisalPage {
  std::int64_t year = 0;
  std::string class_id;
  bool trial = false;
  std::int64_t feed_seq = 0;
  policy::PlatformScore score;
  std::vector<policy::CriterionReason> reasons;  ///< in the order of the criteria
  std::vector<AppraisalOfYear> years;            ///< oldest first, the year asked for last
};
BOOST_DESCRIBE_STRUCT(AppraisalPage, (), (year, class_id, trial, feed_seq, score, reasons, years))

}  // namespace jingwei::api
