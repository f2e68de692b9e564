// Steering: commands and reads about what content.h describes.
//
//   rules      pure: who steers and who reports, what an act makes of an observation (testdata/reports.test), what content must say,
//              the ladder of reminders (testdata/ladder.test), what becomes of a computed figure (testdata/computed.test)
//   Steering   commands inside a store::Transaction (item, version, feed record, statements), and reads as of any day
//
// Statements: indicator_reported, indicator_approved, indicator_corrected, indicator_computed, plan_committed, task_evidence. The value is in the public part when the
// indicator is public, in the private part otherwise.
#pragma once

#include "evidence/evidence.h"
#include "identity/identity.h"
#include "registry/registry.h"
#include "steering/content.h"
#include "store/store.h"

namespace jingwei::steering {

namespace internal {
struct Board;
class CountKeeper;
}

// ---- rules: pure ------------------------------------------------------------------------------------------------------------

using Units = std::map<std::string, SteeringUnit, std::less<>>;

/// Departments, administrators and auditors read everything; others what is public.
bool reads_all(const identity::Actor& actor);
/// Who approves and keeps plans: administrators, and people of a department that has no organization or one of a steering unit.
bool steers(const identity::Actor& actor, const Units& units);
/// People of a department that has a duty on that day (but one that everybody has).
bool has_duty(const identity::Actor& actor, const std::vector<Duty>& duties, const Units& units, std::string_view day);

struct ReportContext {
  bool reporter = false;
  bool steers = false;
  std::string account_id;
  std::string account_name;
  std::string today;
  std::optional<std::string> attachment_sha256;  ///< of the attachment that the report names, when it is one
};
/// The observation after an act; `before` is nothing for the first report. Refuses in this order: forbidden (whose act it is),
/// wrong_state (locked, or nothing to decide), forbidden (four eyes), invalid (value and reason, all at once).
Observation decide(const std::optional<Observation>& before, const ReportContext& context, const ReportWrite& write);

/// Content in normal form; throws Rejected{invalid} with all problems. `today` fills what may be left out.
IndicatorContent check_indicator(IndicatorContent content, std::string_view today);
TaskContent check_task(TaskContent content);
ReviewContent check_review(ReviewContent content);

/// A figure as it was computed just now, with its origin.
struct FigureResult {
  ComputedFigure figure;
  FigureOrigin origin;
};
/// What is kept after `now` was computed; nothing when it changes nothing: the same figure over the same rows, or one of an older state of
/// the read model or of an older definition. A figure that had ended says why it is another one now.
std::optional<FigureResult> next_figure(const std::optional<FigureResult>& before, FigureResult now);

/// How loudly a report is asked for.
enum class Reminder { none, soon, due, late, very_late, escalated };
BOOST_DESCRIBE_ENUM(Reminder, none, soon, due, late, very_late, escalated)
/// soon: 10 days before; due: on the day; late: from the day after; very_late: from 8 days; escalated to the leader: from 30 days.
Reminder reminder_of(std::string_view due_on, std::string_view today);

/// What happened to a task between two days.
enum class TaskChangeKind { added, removed, done, slipped, changed };
BOOST_DESCRIBE_ENUM(TaskChangeKind, added, removed, done, slipped, changed)
struct FieldChange {
  std::string field;
  std::string before;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(FieldChange, (), (field, before, after))
std::vector<FieldChange> changes_of(const TaskContent& before, const TaskContent& after);
TaskChangeKind kind_of_change(const TaskContent& before, const TaskContent& after);

// ---- what reads answer ----------------------------------------------------------------------------------------------------

/// A thing with its id and version.
template <class Content>
struct Kept : Content {
  std::string id;
  std::int64_t version = 0;
  std::string updated_at;
  BOOST_DESCRIBE_CLASS(Kept, (Content), (id, version, updated_at), (), ())
};

struct IndicatorView : Kept<IndicatorContent> {
  IndicatorState state = IndicatorState::no_data;
  std::optional<std::string> since;   ///< day of the change to this state
  Bilingual why;
  std::optional<std::string> period;  ///< of the latest figure
  std::optional<double> figure;       ///< held against the path: the year so far for sums and averages
  std::optional<double> required;
  std::optional<double> running;      ///< counted, computed and calculated ones: the year so far, today included
  std::optional<double> required_now; ///< by the path, today
  bool provisional = false;           ///< the state is that of a period that still runs, for the time being
  std::int64_t overdue = 0;           ///< reports
  std::optional<Bilingual> trouble;   ///< computed ones: why the SQL gives no figure any more; what is shown is its last one
  std::optional<std::string> trouble_since;
};
BOOST_DESCRIBE_STRUCT(IndicatorView, (Kept<IndicatorContent>), (state, since, why, period, figure, required, running, required_now, provisional, overdue, trouble, trouble_since))

struct IndicatorPoint {
  std::string period;
  std::optional<double> value;
  std::optional<double> figure;
  std::optional<double> required;
  std::optional<PathVerdict> verdict;
  std::optional<IndicatorState> state;  ///< after this period
  std::optional<std::string> known_on;
  std::optional<std::string> due_on;    ///< of the report
  bool overdue = false;
  std::optional<Observation> report;    ///< for those who read everything
  std::optional<ComputedFigure> computed;
};
BOOST_DESCRIBE_STRUCT(IndicatorPoint, (), (period, value, figure, required, verdict, state, known_on, due_on, overdue, report, computed))

struct LineageRow {
  std::string id;
  std::optional<std::string> register_;  ///< of entries; a deal has none
  std::string title;
  std::string on;
  std::optional<double> amount;
  std::vector<evidence::StatementReference> statements;
};
BOOST_DESCRIBE_STRUCT(LineageRow, (), (id, register_, title, on, amount, statements))

struct LineageValue {
  std::string code;
  std::string name;
  std::string id;
  std::optional<double> value;
  std::string period;  ///< whose value it is
};
BOOST_DESCRIBE_STRUCT(LineageValue, (), (code, name, id, value, period))

/// Where the value of one period comes from.
struct Lineage {
  /// Of which it can be told, newest first; before them the year, of counted ones whose figure is the year so far.
  std::vector<std::string> periods;
  std::optional<std::string> period;  ///< of which it is told: as asked for, else that year, the newest with a value, the newest
  std::optional<double> value;        ///< of that period alone; absent: no data
  std::optional<std::string> from;    ///< counted: the days that are counted
  std::optional<std::string> to;
  std::optional<std::string> query;   ///< counted: the question put to the register; computed: the SQL
  std::optional<std::string> rows_query;  ///< computed: the SQL of the rows
  std::optional<ComputedFigure> computed;
  std::int64_t rows_total = 0;
  bool rows_complete = true;          ///< false: more than rows_total
  std::vector<LineageRow> rows;       ///< newest first, at most kLineageRowsMax, those that the reader may see
  std::vector<LineageValue> values;   ///< formula
  std::vector<evidence::StatementReference> statements;  ///< of the report or the computed figure
};
BOOST_DESCRIBE_STRUCT(Lineage, (), (periods, period, value, from, to, query, rows_query, computed, rows_total, rows_complete, rows, values, statements))
constexpr std::size_t kLineageRowsMax = 200;

struct VersionNote {
  std::int64_t version = 0;
  std::string at;
  std::string actor_name;
  std::string act;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(VersionNote, (), (version, at, actor_name, act, note))

struct IndicatorPage : IndicatorView {
  std::string as_of;
  std::vector<IndicatorPoint> points;  ///< oldest first, up to the last target year
  std::optional<Forecast> forecast;
  Lineage lineage;
  std::vector<VersionNote> versions;   ///< newest first
  bool may_report = false;
  bool may_steer = false;
};
BOOST_DESCRIBE_STRUCT(IndicatorPage, (IndicatorView), (as_of, points, forecast, lineage, versions, may_report, may_steer))

struct DueReport {
  std::string indicator_id;
  std::string code;
  std::string name;
  std::string unit;
  std::string period;
  std::string due_on;
  Reminder reminder = Reminder::none;
  std::vector<std::string> departments;
  std::optional<Observation> observation;  ///< returned, or reported and waiting
};
BOOST_DESCRIBE_STRUCT(DueReport, (), (indicator_id, code, name, unit, period, due_on, reminder, departments, observation))

struct TaskView : Kept<TaskContent> {
  bool may_edit = false;
};
BOOST_DESCRIBE_STRUCT(TaskView, (Kept<TaskContent>), (may_edit))

struct TaskChange {
  TaskChangeKind kind = TaskChangeKind::changed;
  std::string id;
  std::string title;
  TaskKind task_kind = TaskKind::measure;
  std::vector<FieldChange> fields;
};
BOOST_DESCRIBE_STRUCT(TaskChange, (), (kind, id, title, task_kind, fields))

struct PlanView {
  std::string id;
  std::int64_t version = 0;
  std::string code;
  std::string title;
  std::optional<std::string> number;
  std::optional<std::string> date;
  std::optional<std::string> replaced_by;
  std::int64_t tasks = 0;
  std::int64_t indicators = 0;
  std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(PlanView, (), (id, version, code, title, number, date, replaced_by, tasks, indicators, updated_at))

/// One line of a review's agenda.
struct AgendaItem {
  std::string id;
  bool is_task = false;
  std::string title;
  std::string state;
  Bilingual why;
  std::vector<std::string> units;
};
BOOST_DESCRIBE_STRUCT(AgendaItem, (), (id, is_task, title, state, why, units))

struct ReviewPage : Kept<ReviewContent> {
  std::vector<AgendaItem> off_track;  ///< off track, at risk, pending, recovering, no data: worst first
  std::vector<AgendaItem> changed;    ///< state changed since the review before, or within 92 days
  std::vector<AgendaItem> tasks;      ///< slipped, at risk or overdue
  std::vector<TaskChange> differences;
  bool may_steer = false;
};
BOOST_DESCRIBE_STRUCT(ReviewPage, (Kept<ReviewContent>), (off_track, changed, tasks, differences, may_steer))

/// What SQL is to be run for an indicator, newest period first.
struct Computable {
  std::string indicator_id;
  std::int64_t definition = 0;  ///< version
  FigureQuery query;
  bool is_public = false;       ///< then the SQL sees what is published, and nothing else
  struct Span {
    std::string period;
    std::string from;
    std::string to;             ///< today in the period that runs
    bool running = false;
  };
  std::vector<Span> periods;
};
/// The days that SQL is asked for: all of the period, up to today in the one that runs.
Computable::Span span_of(const Period& period, std::string_view today);

constexpr std::size_t kReviewChartsMax = 200;  ///< of one report
/// A review with what its report shows.
struct ReviewReport {
  ReviewPage page;
  std::vector<IndicatorPage> indicators;       ///< to look at, as of the review's day, worst first, at most kReviewChartsMax; no lineage
  std::vector<Kept<TaskContent>> decided;      ///< tasks that its decisions became, as they are now
  std::map<std::string, std::string> titles;   ///< of what its notes are about, by id
};

/// How one thing of a unit stood on an earlier day.
struct StoodThen {
  std::string id;
  std::string state;  ///< of the indicator or the task
  bool late = false;  ///< tasks: open and over its date then
};
BOOST_DESCRIBE_STRUCT(StoodThen, (), (id, state, late))

/// Everything that one responsible unit has, and how it stood a quarter before.
struct UnitPage : SteeringUnit {
  std::string today;
  std::string before;                      ///< the day, kUnitLooksBackDays ago
  std::vector<IndicatorView> indicators;   ///< promises too, by code
  std::vector<TaskView> tasks;             ///< late first, then by date
  std::vector<DueReport> dues;             ///< overdue first
  std::vector<StoodThen> indicators_then;
  std::vector<StoodThen> tasks_then;
};
BOOST_DESCRIBE_STRUCT(UnitPage, (SteeringUnit), (today, before, indicators, tasks, dues, indicators_then, tasks_then))
constexpr int kUnitLooksBackDays = 92;

/// The unit has this duty on the day, other than what everybody has.
bool has_part(const std::vector<Duty>& duties, std::string_view unit, std::string_view day);

// ---- commands and reads -----------------------------------------------------------------------------------------------------

struct TaskFilter {
  std::optional<TaskKind> kind;
  std::optional<std::int64_t> year;
  std::optional<TaskStatus> status;
  std::string unit;
};

class Steering {
 public:
  Steering(const registry::Registry& registry, const evidence::Issuer& issuer);
  ~Steering();

  // Commands. All throw forbidden, not_found, version_mismatch, invalid, conflict in this order; ids of what was written come back.
  std::string define(store::Transaction& tx, const identity::Actor& actor, const IndicatorContent& content) const;
  void redefine(store::Transaction& tx, const identity::Actor& actor, std::string_view id, std::int64_t version, const IndicatorContent& content,
                const std::string& reason) const;
  /// One act on the figure of a period. `version` is the observation's that was read; nothing for a first report.
  Observation act(store::Transaction& tx, const identity::Actor& actor, std::string_view indicator_id, std::string_view period,
                  std::optional<std::int64_t> version, const ReportWrite& write) const;
  std::string add_task(store::Transaction& tx, const identity::Actor& actor, const TaskContent& content) const;
  /// The steering office changes everything; a unit with a duty changes status, reason, milestones, person and evidence.
  void change_task(store::Transaction& tx, const identity::Actor& actor, std::string_view id, std::int64_t version, const TaskContent& content) const;
  /// By the node itself: keeps of `results` what has changed, closes figures of the present whose period has ended, and notes troubles.
  /// What is of another definition than the present one is dropped. Returns how many versions were written.
  std::size_t keep_figures(store::Transaction& tx, const std::vector<FigureResult>& results, const std::vector<FigureTrouble>& troubles) const;
  void set_unit(store::Transaction& tx, const identity::Actor& actor, const SteeringUnit& unit) const;
  /// Makes tasks of measures, counted or reported promises and indicators of what a person confirmed. With `replaces`, what has the same
  /// code or heading is changed and keeps its history.
  std::string commit_plan(store::Transaction& tx, const identity::Actor& actor, const PlanCommit& commit) const;
  /// Drafts are their account's alone: others find nothing. A first draft without id; a later save names the version it was made on.
  /// Throws forbidden, not_found, version_mismatch, too_large, conflict (kPlanDraftsMax).
  PlanDraftNote save_draft(store::Transaction& tx, const identity::Actor& actor, const std::optional<std::string>& id, std::optional<std::int64_t> version,
                           const PlanDraftWrite& write) const;
  void discard_draft(store::Transaction& tx, const identity::Actor& actor, std::string_view id, std::int64_t version) const;
  std::string open_review(store::Transaction& tx, const identity::Actor& actor, const ReviewContent& content) const;
  /// Decisions without a task become one.
  void change_review(store::Transaction& tx, const identity::Actor& actor, std::string_view id, std::int64_t version, const ReviewContent& content) const;

  // What is to be computed. Of the node itself.
  static std::vector<Computable> computables(store::Connection& connection, std::string_view today);
  /// True when keep_figures() would write something.
  static bool would_change(store::Connection& connection, const FigureResult& result);
  static bool would_change(store::Connection& connection, const FigureTrouble& trouble);

  // Reads. `day` is the day as of which they answer; content and figures are those of that day's end.
  static Units units(store::Connection& connection);
  /// By code. Of those who do not read everything: public ones.
  std::vector<IndicatorView> indicators(store::Connection& connection, const identity::Actor& actor, std::string_view day, std::string_view today) const;
  /// `period`: whose lineage is told; throws Rejected{invalid} when there is none of it.
  IndicatorPage indicator(store::Connection& connection, const identity::Actor& actor, std::string_view id, std::string_view day, std::string_view today,
                          std::string_view period = "") const;
  /// Reports that are due for the actor's units, overdue ones first; all for the steering office when `all`.
  std::vector<DueReport> dues(store::Connection& connection, const identity::Actor& actor, std::string_view today, bool all) const;
  std::vector<TaskView> tasks(store::Connection& connection, const identity::Actor& actor, const TaskFilter& filter, std::string_view today) const;
  TaskView task(store::Connection& connection, const identity::Actor& actor, std::string_view id, std::string_view today) const;
  std::vector<TaskChange> task_changes(store::Connection& connection, const identity::Actor& actor, std::string_view from, std::string_view to) const;
  /// Of a unit that is kept or that any duty names. Throws forbidden, not_found.
  UnitPage unit_page(store::Connection& connection, const identity::Actor& actor, std::string_view name, std::string_view today) const;
  /// One's own, newest first.
  std::vector<PlanDraftNote> drafts(store::Connection& connection, const identity::Actor& actor) const;
  PlanDraft draft(store::Connection& connection, const identity::Actor& actor, std::string_view id) const;
  std::vector<PlanView> plans(store::Connection& connection, const identity::Actor& actor) const;
  Kept<PlanContent> plan(store::Connection& connection, const identity::Actor& actor, std::string_view id) const;
  std::vector<Kept<ReviewContent>> reviews(store::Connection& connection, const identity::Actor& actor) const;
  ReviewPage review(store::Connection& connection, const identity::Actor& actor, std::string_view id) const;
  ReviewReport review_report(store::Connection& connection, const identity::Actor& actor, std::string_view id) const;
  /// Every indicator that the actor may see with its points and forecast, by code; without lineage and versions.
  std::vector<IndicatorPage> histories(store::Connection& connection, const identity::Actor& actor, std::string_view day, std::string_view today) const;
  static std::vector<VersionNote> versions(store::Connection& connection, std::string_view id);
  /// Entries of these rows that the actor may see, with their statements; deals by their ids, for those who read everything.
  std::vector<LineageRow> rows_of(store::Connection& connection, const identity::Actor& actor, const std::vector<FigureRow>& rows) const;

 private:
  /// `place` orders tasks of one plan; empty: by their ids.
  std::string write_task(store::Transaction& tx, const identity::Actor& actor, const TaskContent& content, const std::string& place) const;
  void require_sound_formula(store::Transaction& tx, const IndicatorContent& content) const;
  Lineage lineage_of(store::Connection& connection, const identity::Actor& actor, const internal::Board& board, const IndicatorPage& page, std::string_view period) const;
  void tell_count(store::Connection& connection, const identity::Actor& actor, const internal::Board& board, const IndicatorContent& content, Lineage& lineage) const;
  void tell_computed(store::Connection& connection, const identity::Actor& actor, const internal::Board& board, const Kept<IndicatorContent>& content, Lineage& lineage) const;

  const registry::Registry& registry_;
  const evidence::Issuer& issuer_;
  const std::unique_ptr<internal::CountKeeper> counts_;  ///< guards itself
};

}  // namespace jingwei::steering
