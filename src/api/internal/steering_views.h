// What the steering routes take and answer beside the described types of steering/.
#pragma once

#include <string>
#include <vector>

#include "api/internal/views.h"
#include "steering/steering.h"

namespace jingwei::api {

/// A definition that replaces another, and why.
struct IndicatorChange : steering::IndicatorContent {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(IndicatorChange, (steering::IndicatorContent), (reason))

/// Indicators with the day as of which they are answered.
struct IndicatorsView {
  std::string as_of;
  std::string today;
  bool may_steer = false;
  std::vector<steering::IndicatorView> items;
};
BOOST_DESCRIBE_STRUCT(IndicatorsView, (), (as_of, today, may_steer, items))

struct TasksView {
  std::string today;
  bool may_steer = false;
  std::vector<steering::TaskView> items;
};
BOOST_DESCRIBE_STRUCT(TasksView, (), (today, may_steer, items))

struct DueReportsView {
  std::string today;
  std::vector<std::string> departments;  ///< units that the reader's organization acts for
  std::vector<steering::DueReport> items;
};
BOOST_DESCRIBE_STRUCT(DueReportsView, (), (today, departments, items))

/// A text and what was read in it; nothing is written yet.
struct PlanReading {
  std::string text;
  reading::Draft draft;
  std::optional<std::vector<reading::DraftChange>> changes;  ///< against the plan that it would replace
};
BOOST_DESCRIBE_STRUCT(PlanReading, (), (text, draft, changes))

using KeptPlan = steering::Kept<steering::PlanContent>;
using KeptReview = steering::Kept<steering::ReviewContent>;

}  // namespace jingwei::api
