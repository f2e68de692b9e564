// What leaves the house: the living tables, indicators and reviews as office files, and observations as SDMX-CSV. Pure: from what reads
// answer to bytes' worth of tables, in the reader's language; the day as of which they are is on the sheet "about".
//
//   office::bytes_of(tasks_workbook(frame, tasks, indicators))
//
// A missing value is an empty cell, never zero.
#pragma once

#include "office/document.h"
#include "steering/steering.h"

namespace jingwei::steering {

/// For whom, and what stands on every file.
struct ExportFrame {
  identity::Language language = identity::Language::zh;
  Bilingual node;       ///< title of the node
  std::string day;      ///< as of its end
  std::string filters;  ///< as the reader chose them; empty: none
  Timestamp made_at;
};

/// A chain, or those that belong to none.
enum class ChainFilter { innovation, industry, capital, talent, none };
BOOST_DESCRIBE_ENUM(ChainFilter, innovation, industry, capital, talent, none)
/// Which indicators: absent parts let all pass.
struct IndicatorFilter {
  std::optional<IndicatorState> state;
  std::optional<ChainFilter> chain;
  std::string unit;             ///< that leads, or is responsible where nobody leads
  std::optional<bool> promise;
  std::string words;            ///< in code or name
};
bool fits(const IndicatorView& indicator, const IndicatorFilter& filter);
/// The units that stand first: those that lead, or all that are responsible where nobody leads.
std::vector<std::string> leads_of(const std::vector<Duty>& duties);
/// Slipped, at risk, or open past its date.
bool is_late(const TaskContent& task, std::string_view today);

/// 重点指标进度表, 重大项目实施表, 重大改革攻坚表, the annual breakdown, and decisions: a sheet each, those without rows but with their head.
/// `kind`: that sheet alone, without indicators.
office::Workbook tasks_workbook(const ExportFrame& frame, const std::vector<TaskView>& tasks, const std::vector<IndicatorView>& indicators, std::optional<TaskKind> kind);
/// Tasks of every kind as one table, as the page lists them.
office::Workbook all_tasks_workbook(const ExportFrame& frame, const std::vector<TaskView>& tasks);
office::Workbook indicators_workbook(const ExportFrame& frame, const std::vector<IndicatorView>& indicators);
/// Every period with value, figure, path, target, forecast; drawn beside it.
office::Workbook indicator_workbook(const ExportFrame& frame, const IndicatorPage& page);

/// The pictures of the cockpit.
enum class CockpitPicture { state, chain, unit, promises, tasks };
BOOST_DESCRIBE_ENUM(CockpitPicture, state, chain, unit, promises, tasks)
/// A sheet a picture, drawn beside its table; `only`: that one.
office::Workbook cockpit_workbook(const ExportFrame& frame, const std::vector<IndicatorView>& indicators, const std::vector<TaskView>& tasks, std::optional<CockpitPicture> only);

/// The report of a quarter's review: agenda, changes, notes, decisions, and every indicator to look at with its chart as of the review's day.
office::Workbook review_workbook(const ExportFrame& frame, const ReviewReport& report);
office::Document review_document(const ExportFrame& frame, const ReviewReport& report);

// ---- SDMX-CSV 2.0 ---------------------------------------------------------------------------------------------------------

constexpr std::string_view kSdmxCsvType = "application/vnd.sdmx.data+csv; version=2.0.0";

/// Observations as an SDMX-CSV 2.0 data message (sdmx-twg/sdmx-csv, data message field guide), action "I". Dimensions FREQ, REF_AREA,
/// INDICATOR, TIME_PERIOD; measure OBS_VALUE; attributes OBS_STATUS, UNIT_MEASURE, TITLE, COMMENT_OBS; own column FICTIONAL.
///   FREQ         A, Q, M (CL_FREQ); the baseline of a quarterly or monthly indicator is a row of FREQ A
///   TIME_PERIOD  2025, 2025-Q1, 2025-03
///   OBS_STATUS   (CL_OBS_STATUS) A approved or computed for a period that is over, P of a running period, O due and missing (OBS_VALUE empty)
/// `region` is a GB/T 2260 code; the structure is JINGWEI_<region>:INDICATORS(1.0.0). Figures that are not approved are not in it.
std::string sdmx_csv(const std::vector<IndicatorPage>& histories, std::string_view region);

}  // namespace jingwei::steering
