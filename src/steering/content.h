// What is kept about steering: units, plans, indicators, observations, tasks, reviews. Values only; who may change them and how is in
// steering.h.
#pragma once

#include "reading/reading.h"
#include "steering/measures.h"

namespace jingwei::steering {

// ---- limits -----------------------------------------------------------------------------------------------------------

constexpr std::size_t kNameCharactersMax = 120;
constexpr std::size_t kTextCharactersMax = 20'000;
constexpr std::size_t kNoteCharactersMax = 1'000;    ///< remark, reason, note
constexpr std::size_t kLinkCharactersMax = 500;
constexpr std::size_t kDutiesMax = 60;
constexpr std::size_t kMilestonesOfTaskMax = 40;
constexpr std::size_t kLinksMax = 40;
constexpr std::size_t kReviewPartsMax = 200;         ///< notes of a review, and as many decisions
constexpr std::size_t kIndicatorsAllMax = 5'000;     ///< of one node
constexpr std::int64_t kVersionsMax = 1'000;         ///< of one thing
constexpr std::int64_t kDueDays = 20;                ///< after the end of a period, unless the indicator says otherwise
constexpr std::int64_t kDueDaysMax = 366;
constexpr std::size_t kFigureSqlBytesMax = 20'000;
constexpr std::size_t kFigureRowsKeptMax = 200;     ///< rows behind a computed figure that are kept with it

// ---- who is responsible -------------------------------------------------------------------------------------------------

/// As reading::DraftUnitRole.
enum class DutyRole { lead, co, responsible, everywhere };
BOOST_DESCRIBE_ENUM(DutyRole, lead, co, responsible, everywhere)

/// Dated, so that a reorganised department does not rewrite history.
struct Duty {
  std::string unit;  ///< as the plan names it: 市科技局
  DutyRole role = DutyRole::lead;
  std::string from;               ///< first day
  std::optional<std::string> to;  ///< last day; absent: still
  bool operator==(const Duty&) const = default;
};
BOOST_DESCRIBE_STRUCT(Duty, (), (unit, role, from, to))

/// A unit that plans name, and the organization whose people act for it.
struct SteeringUnit {
  std::string name;
  std::optional<std::string> organization_id;
  bool steers = false;  ///< the office that approves reports and keeps plans (统筹单位)
};
BOOST_DESCRIBE_STRUCT(SteeringUnit, (), (name, organization_id, steers))

// ---- indicators -----------------------------------------------------------------------------------------------------------

/// reported by a department; a formula over other indicators; counted: entries of a register; computed by SQL over everything.
enum class IndicatorSource { reported, formula, counted, computed };
BOOST_DESCRIBE_ENUM(IndicatorSource, reported, formula, counted, computed)

enum class SteeringChain { innovation, industry, capital, talent };
BOOST_DESCRIBE_ENUM(SteeringChain, innovation, industry, capital, talent)

/// Counts published entries of a register by the day that a field says. A period counts what falls into it.
struct CountRule {
  std::string register_;
  std::string date_field;
  std::optional<std::map<std::string, std::string>> equals;  ///< field to code that it must hold
  std::optional<std::string> sum_field;                      ///< adds up this field instead of counting entries
};
BOOST_DESCRIBE_STRUCT(CountRule, (), (register_, date_field, equals, sum_field))

/// SQL over the read model that gives one number. `$from` and `$to` in it are the first and the last day of the period, as DATE; of a
/// period that runs the last day is today. Without them it speaks of the present: a period that ends keeps its last figure.
struct FigureQuery {
  std::string sql;
  std::optional<std::string> rows_sql;  ///< ids of entries or deals behind the number in the first column, what each adds in a second
  bool operator==(const FigureQuery&) const = default;
};
BOOST_DESCRIBE_STRUCT(FigureQuery, (), (sql, rows_sql))

/// What a person writes about an indicator.
struct IndicatorContent {
  std::string code;  ///< unique; formulas name it
  std::string name;
  std::string unit;
  std::optional<std::string> system;  ///< 体系
  std::optional<std::string> task;    ///< 任务
  std::optional<SteeringChain> chain;
  bool own = false;        ///< set by the region itself (带*)
  bool is_public = false;  ///< anyone may see approved values
  bool promise = false;    ///< a quantified promise of a plan
  bool fictional = false;  ///< values are invented for demonstration
  Frequency frequency = Frequency::year;
  Course course;
  IndicatorSource source = IndicatorSource::reported;
  std::optional<std::string> formula;
  std::optional<CountRule> count;
  std::optional<FigureQuery> computed;
  ValueRules rules;
  std::optional<std::string> reports_from;  ///< first period that is reported; the one of the day of definition when absent
  std::int64_t due_days = kDueDays;
  std::vector<Duty> duties;
  std::optional<std::string> plan_id;
  std::optional<reading::DraftRanges> ranges;  ///< in the text of the plan
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(IndicatorContent, (), (code, name, unit, system, task, chain, own, is_public, promise, fictional, frequency, course, source, formula, count,
                                             computed, rules, reports_from, due_days, duties, plan_id, ranges, note))

// ---- observations ---------------------------------------------------------------------------------------------------------

/// reported waits for approval; returned waits for the department; approved is locked; correcting: the approved value stands until
/// the correction is approved.
enum class ReportState { reported, returned, approved, correcting };
BOOST_DESCRIBE_ENUM(ReportState, reported, returned, approved, correcting)

enum class ReportAct { report, give_back, approve, correct };
BOOST_DESCRIBE_ENUM(ReportAct, report, give_back, approve, correct)

struct ReportWrite {
  ReportAct act = ReportAct::report;
  std::optional<double> value;             ///< report, correct
  std::optional<std::string> remark;       ///< report, correct
  std::optional<std::string> attachment;   ///< link to the proof, or the id of an attachment
  std::optional<std::string> reason;       ///< give_back and correct must
};
BOOST_DESCRIBE_STRUCT(ReportWrite, (), (act, value, remark, attachment, reason))

struct ReportedValue {
  double value = 0;
  std::optional<std::string> remark;
  std::optional<std::string> attachment;
  std::string by_id;    ///< account
  std::string by_name;
  std::string on;       ///< day
  std::optional<std::string> attachment_sha256;  ///< of a file that was handed in
};
BOOST_DESCRIBE_STRUCT(ReportedValue, (), (value, remark, attachment, by_id, by_name, on, attachment_sha256))

/// One figure of one period with everything that happened to it so far.
struct Observation {
  std::string id;
  std::string indicator_id;
  std::string period;
  std::int64_t version = 0;
  ReportState state = ReportState::reported;
  ReportedValue reported;                 ///< the latest
  std::optional<ReportedValue> approved;  ///< what counts
  std::optional<std::string> approved_by;
  std::optional<std::string> approved_on;  ///< day
  std::optional<std::string> reason;       ///< of the latest return or correction
};
BOOST_DESCRIBE_STRUCT(Observation, (), (id, indicator_id, period, version, state, reported, approved, approved_by, approved_on, reason))

// ---- computed figures -----------------------------------------------------------------------------------------------------

/// A row behind a figure: an entry or a deal.
struct FigureRow {
  std::string id;
  std::optional<double> amount;  ///< what it adds, when the query says so
  bool operator==(const FigureRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(FigureRow, (), (id, amount))

/// Where a figure came from, kept beside it.
struct FigureOrigin {
  FigureQuery query;
  std::vector<FigureRow> rows;   ///< newest id first, at most kFigureRowsKeptMax
  std::int64_t rows_total = 0;
  bool rows_complete = true;     ///< false: there are more than rows_total
};
BOOST_DESCRIBE_STRUCT(FigureOrigin, (), (query, rows, rows_total, rows_complete))

/// The figure of one period as SQL gave it.
struct ComputedFigure {
  std::string indicator_id;
  std::string period;
  std::optional<double> value;        ///< nothing: the SQL gave NULL or no row, which is no data
  bool running = true;                ///< the period has not ended
  bool by_days = true;                ///< the SQL names $from or $to
  std::string from;                   ///< what $from and $to were
  std::string to;
  std::int64_t feed_seq = 0;          ///< state of the read model
  std::string at;                     ///< RFC 3339
  std::int64_t definition = 0;        ///< version of the indicator
  std::optional<Bilingual> reason;    ///< why it differs from what it was when its period had ended already
};
BOOST_DESCRIBE_STRUCT(ComputedFigure, (), (indicator_id, period, value, running, by_days, from, to, feed_seq, at, definition, reason))

/// That the SQL of an indicator gives no figure any more; the last one stands.
struct FigureTrouble {
  std::string indicator_id;
  std::optional<Bilingual> why;  ///< nothing: it is over
  std::string since;             ///< RFC 3339
};
BOOST_DESCRIBE_STRUCT(FigureTrouble, (), (indicator_id, why, since))

// ---- tasks ----------------------------------------------------------------------------------------------------------------

/// measure: of a plan; project 重大项目, reform 重大改革: the other two living tables; decision: of a review.
enum class TaskKind { measure, project, reform, decision };
BOOST_DESCRIBE_ENUM(TaskKind, measure, project, reform, decision)

enum class TaskStatus { planned, running, at_risk, slipped, done, dropped };
BOOST_DESCRIBE_ENUM(TaskStatus, planned, running, at_risk, slipped, done, dropped)

struct TaskMilestone {
  std::string title;
  std::optional<std::string> due_on;
  std::optional<std::string> done_on;
  bool operator==(const TaskMilestone&) const = default;
};
BOOST_DESCRIBE_STRUCT(TaskMilestone, (), (title, due_on, done_on))

struct EvidenceLink {
  std::string title;
  std::string address;  ///< http(s)://…, or the id of an entry, statement or attachment here
  std::optional<std::string> sha256;  ///< of an attachment; the node writes it
  bool operator==(const EvidenceLink&) const = default;
};
BOOST_DESCRIBE_STRUCT(EvidenceLink, (), (title, address, sha256))

struct TaskContent {
  TaskKind kind = TaskKind::measure;
  std::int64_t year = 0;  ///< of the annual breakdown
  std::string number;     ///< as in the plan; may be empty
  std::string title;
  std::string text;
  std::optional<SteeringChain> chain;
  std::vector<Duty> duties;
  std::optional<std::string> person;  ///< accountable person (责任人)
  std::optional<std::string> due_on;
  TaskStatus status = TaskStatus::planned;
  std::string status_reason;  ///< a change of status must say why
  std::vector<TaskMilestone> milestones;
  std::vector<EvidenceLink> evidence;
  bool fictional = false;
  std::optional<std::string> plan_id;
  std::optional<reading::DraftRanges> ranges;
  std::optional<std::string> review_id;  ///< decided there
};
BOOST_DESCRIBE_STRUCT(TaskContent, (), (kind, year, number, title, text, chain, duties, person, due_on, status, status_reason, milestones, evidence, fictional, plan_id,
                                        ranges, review_id))

// ---- plans and reviews --------------------------------------------------------------------------------------------------------

/// A confirmed draft with the text it was read from.
struct PlanCommit {
  std::string code;  ///< short, begins the codes of its indicators: "KQ"
  std::string text;
  reading::Draft draft;
  /// How often indicators that count things (家, 个, 名…) are reported; amounts and shares of a year are reported by the year.
  Frequency frequency = Frequency::year;
  std::optional<std::string> replaces;  ///< id of the plan whose newer version this is
  std::optional<bool> fictional;        ///< true: values will be invented for demonstration
  std::optional<std::string> draft_id;  ///< of the kept draft that this was; it is gone afterwards
};
BOOST_DESCRIBE_STRUCT(PlanCommit, (), (code, text, draft, frequency, replaces, fictional, draft_id))

struct PlanContent : PlanCommit {
  std::string title;
  std::optional<std::string> replaced_by;
};
BOOST_DESCRIBE_STRUCT(PlanContent, (PlanCommit), (title, replaced_by))

/// A plan that somebody is in the middle of confirming: as far as it is corrected, with what the form says so far.
struct PlanDraftWrite {
  std::string code;  ///< may be empty yet
  std::string text;
  reading::Draft draft;
  Frequency frequency = Frequency::quarter;
  std::optional<std::string> replaces;
};
BOOST_DESCRIBE_STRUCT(PlanDraftWrite, (), (code, text, draft, frequency, replaces))
constexpr std::int64_t kPlanDraftsMax = 20;  ///< of one account

struct PlanDraftNote {
  std::string id;
  std::int64_t version = 0;
  std::string title;
  std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(PlanDraftNote, (), (id, version, title, updated_at))

struct PlanDraft : PlanDraftWrite {
  std::string id;
  std::int64_t version = 0;
  std::string title;
  std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(PlanDraft, (PlanDraftWrite), (id, version, title, updated_at))

struct ReviewNote {
  std::string text;
  std::optional<std::string> item_id;  ///< indicator or task
  std::string on;                      ///< day; the chart opens as of it
};
BOOST_DESCRIBE_STRUCT(ReviewNote, (), (text, item_id, on))

struct ReviewDecision {
  std::string text;
  std::string unit;
  std::string due_on;
  std::optional<std::string> task_id;  ///< set when it became a task
};
BOOST_DESCRIBE_STRUCT(ReviewDecision, (), (text, unit, due_on, task_id))

struct ReviewContent {
  std::string period;   ///< "2026-Q3"
  std::string held_on;  ///< day; the agenda is as of it
  std::vector<ReviewNote> notes;
  std::vector<ReviewDecision> decisions;
};
BOOST_DESCRIBE_STRUCT(ReviewContent, (), (period, held_on, notes, decisions))

}  // namespace jingwei::steering
