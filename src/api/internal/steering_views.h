// What the steering routes take and answer beside the described types of steering/.
#pragma once

#include <string>
#include <vector>

#include "api/internal/views.h"
#include "api/internal/context.h"
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

/// SQL of an indicator that is being written, to be tried for one period.
struct FigureTrial {
  steering::FigureQuery computed;
  bool is_public = false;
  steering::Frequency frequency = steering::Frequency::year;
  std::optional<std::string> period;  ///< the one that runs when absent
};
BOOST_DESCRIBE_STRUCT(FigureTrial, (), (computed, is_public, frequency, period))

struct TriedFigure {
  std::string period;
  std::string from;                ///< what $from and $to were
  std::string to;
  std::optional<double> value;     ///< absent: no data
  bool by_days = false;            ///< the SQL names $from or $to
  std::int64_t feed_seq = 0;
  std::int64_t rows_total = 0;
  bool rows_complete = true;
  std::vector<steering::LineageRow> rows;  ///< the first ones
};
BOOST_DESCRIBE_STRUCT(TriedFigure, (), (period, from, to, value, by_days, feed_seq, rows_total, rows_complete, rows))

/// Runs the SQL of a definition for the period that runs: one that gives no figure is not taken. Throws forbidden for those who do not
/// steer, and what compute_figure throws. Nothing to do for indicators of other sources.
awaitable<void> require_sound_query(Services& services, const Caller& caller, const steering::IndicatorContent& content);
/// Titles of deals among the rows, which steering does not know.
void name_deals(store::Connection& connection, std::vector<steering::LineageRow>& rows);
void add_trial_routes(http::Router& router, Services& services);

struct SteeringUnitView : steering::SteeringUnit {
  std::optional<std::string> organization_name;
};
BOOST_DESCRIBE_STRUCT(SteeringUnitView, (steering::SteeringUnit), (organization_name))

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

/// A responsible unit with the people who act for it.
struct UnitView : steering::UnitPage {
  std::optional<std::string> organization_name;
  std::vector<identity::Colleague> people;
};
BOOST_DESCRIBE_STRUCT(UnitView, (steering::UnitPage), (organization_name, people))

/// A text and what was read in it; nothing is written yet.
struct PlanReading {
  std::string text;
  reading::Draft draft;
  std::optional<std::vector<reading::DraftChange>> changes;  ///< against the plan that it would replace
};
BOOST_DESCRIBE_STRUCT(PlanReading, (), (text, draft, changes))

/// `as_of` of the query: a day up to today; today when absent.
std::string day_of(Services& services, const Request& request);
/// Workbooks, reports and observations as files; called by add_steering_routes().
void add_steering_exports(http::Router& router, Services& services);
/// Whether the reader asks for SDMX-CSV 2.0 by its Accept header.
bool wants_sdmx(const Request& request);
/// Observations of what the caller may see, as SDMX-CSV 2.0.
awaitable<Response> sdmx_response(Services& services, Request& request);

using KeptPlan = steering::Kept<steering::PlanContent>;
using KeptReview = steering::Kept<steering::ReviewContent>;

}  // namespace jingwei::api
