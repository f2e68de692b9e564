// Plan: a costed combination over the four chains for one need: who solves each problem, on which instruments and pilot line,
// with whom, with whose money and under which support, by when and for how much.
//
//   const plan::Rules rules = plan::Rules::parse(durations_yaml, support_yaml);   // once
//   const plan::Plans plans = plan::make(request, rules);                         // any number of threads
//
// The way (plan.cpp shows it in one function): check -> prepare slots -> search once a goal -> leave out equals -> explain.
// Same request, same rules: same plans (ties by the id of the supply). No clock, no storage, no randomness.
//
// What is preferred, in this order: problems answered; keeping budget and deadline; parts found; then the goal's own measure
// (money, days, distance); then the sum of scores. So an optional part is left out only when it would break a limit, and a
// weak candidate never gets in for being cheap: a candidate is eligible from kScoreMin and kShareOfBest of its slot's best.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "match/match.h"

namespace jingwei::plan {

constexpr std::size_t kCandidatesMax = 200;  ///< of one request; more are refused
constexpr std::size_t kOptionsMax = 12;      ///< of one slot, best by score
constexpr std::size_t kBeamWidth = 64;       ///< unfinished plans kept after each slot
constexpr std::size_t kPoliciesMax = 3;      ///< policies listed with a plan
constexpr double kScoreMin = 0.2;            ///< a supply below this score takes no part
constexpr double kShareOfBest = 0.6;         ///< nor one below this share of the best score of its slot
constexpr int kDaysMax = 3'660;              ///< of one step

enum class PlanGoal { cheapest, soonest, nearest };
BOOST_DESCRIBE_ENUM(PlanGoal, cheapest, soonest, nearest)

enum class PartRole { solver, instrument, pilot, person, fund, policy };
BOOST_DESCRIBE_ENUM(PartRole, solver, instrument, pilot, person, fund, policy)

/// within: kept. broken: not kept. open: kept by what is known, but prices are still to be agreed. not_given: no such limit.
enum class LimitVerdict { within, broken, open, not_given };
BOOST_DESCRIBE_ENUM(LimitVerdict, within, broken, open, not_given)

/// How long a kind of step takes, and after which others it begins (durations.yaml).
struct Duration {
  std::string id;                  ///< agreement, support, person, achievement, platform, expert, instrument, pilot, fund
  int days = 0;                    ///< calendar days
  std::vector<int> days_by_trl;    ///< nine figures, TRL 1 to 9; empty: `days` always
  std::vector<int> days_by_distance;  ///< four figures added for base::region_distance 0 to 3; empty: nothing
  std::vector<std::size_t> after;  ///< earlier durations; where one has no step in a plan, what that one waits for counts
  Bilingual title;
  Bilingual reason;
};

/// One rule of public support (support.yaml). A figure that no document gives is absent: to be set.
struct Clause {
  std::string id;
  Bilingual title;
  std::string source;                        ///< document and clause
  std::vector<std::string> kinds;            ///< of supply that it covers
  bool of_price = true;                      ///< a share of the part's price; false: reckoned from something else, never money here
  std::optional<int> share_percent;          ///< 0 to 100
  std::optional<std::int64_t> ceiling_fen;   ///< for one need
  std::vector<std::string> regions;          ///< the need lies in one of them; empty: anywhere
  std::vector<std::string> supplier_inside;  ///< the supply lies in one of them; empty: anywhere
  std::vector<std::string> supplier_outside; ///< the supply lies in none of them
  std::vector<std::string> segments;         ///< the need's segment is or begins with one of them ("intel"); empty: any
  std::vector<std::string> stages;           ///< of the enterprise; empty: any
  std::string valid_to;                      ///< day; empty: no end known
  Bilingual note;                            ///< what is to be set or how it works
};

struct Rules {
  std::vector<Duration> durations;
  std::vector<Clause> clauses;
  /// Throws Rejected{invalid} naming file and key of everything that is wrong.
  static Rules parse(std::string_view durations_yaml, std::string_view support_yaml);
};

struct Candidate {
  match::Item item;
  match::Document document;
};

struct Request {
  match::Need need;                      ///< budget, deadline, region, stage; its words are not read
  std::vector<match::Problem> problems;  ///< as match split the need; none: one problem without words
  std::vector<Candidate> candidates;     ///< of all kinds, in any order, each id once
  std::string today;                     ///< day on which the plan begins
};

/// The next best supply in the place of a part, and what it would change (its figure minus this plan's).
struct PlanChange {
  std::string supply_id;
  double score = 0;
  std::int64_t net_fen = 0;
  std::int64_t unpriced = 0;
  std::int64_t days = 0;
};
BOOST_DESCRIBE_STRUCT(PlanChange, (), (supply_id, score, net_fen, unpriced, days))

struct PlanPart {
  PartRole role = PartRole::solver;
  std::string supply_id;
  std::vector<std::int64_t> problems;      ///< of solvers and instruments: which they serve
  std::optional<std::int64_t> amount_fen;  ///< price; of a fund what it gives at most; absent: to be agreed
  std::int64_t covered_fen = 0;
  std::optional<std::string> clause_id;    ///< which covers it
  double score = 0;
  std::vector<match::Reason> reasons;
  std::vector<Bilingual> missing;
  std::optional<PlanChange> otherwise;     ///< absent: nobody else is eligible
};
BOOST_DESCRIBE_STRUCT(PlanPart, (), (role, supply_id, problems, amount_fen, covered_fen, clause_id, score, reasons, missing, otherwise))

struct PlanStep {
  std::string kind;                      ///< id of its duration
  Bilingual title;
  std::optional<std::string> supply_id;
  std::string begins_on;                 ///< day
  std::string ends_on;                   ///< day on which it is done
  std::int64_t begins_after_days = 0;    ///< from the plan's first day
  std::int64_t days = 0;
  std::vector<std::int64_t> after;       ///< indexes of the steps it waits for; others run beside it
  Bilingual reason;                      ///< why it takes so long
};
BOOST_DESCRIBE_STRUCT(PlanStep, (), (kind, title, supply_id, begins_on, ends_on, begins_after_days, days, after, reason))

/// A clause that applies to a plan. Without its figures it is possible support of 0 fen.
struct PlanClause {
  std::string id;
  Bilingual title;
  std::string source;
  std::vector<std::string> supply_ids;  ///< what it covers or could cover
  std::int64_t covered_fen = 0;
  bool to_be_set = false;               ///< a figure is missing, or it is not reckoned from a price
  Bilingual note;
};
BOOST_DESCRIBE_STRUCT(PlanClause, (), (id, title, source, supply_ids, covered_fen, to_be_set, note))

struct PlanMoney {
  std::int64_t gross_fen = 0;    ///< sum of the known prices
  std::int64_t covered_fen = 0;
  std::int64_t net_fen = 0;      ///< gross less covered
  std::int64_t unpriced = 0;     ///< parts whose price is to be agreed
};
BOOST_DESCRIBE_STRUCT(PlanMoney, (), (gross_fen, covered_fen, net_fen, unpriced))

/// A place that stayed empty, and why.
struct PlanGap {
  PartRole role = PartRole::solver;
  std::optional<std::int64_t> problem;
  std::optional<std::string> supply_id;  ///< who would have taken it
  Bilingual reason;
};
BOOST_DESCRIBE_STRUCT(PlanGap, (), (role, problem, supply_id, reason))

struct Alternative {
  PlanGoal goal = PlanGoal::cheapest;
  std::vector<PlanPart> parts;
  std::vector<PlanStep> steps;
  PlanMoney money;
  std::vector<PlanClause> clauses;
  LimitVerdict budget = LimitVerdict::not_given;
  LimitVerdict deadline = LimitVerdict::not_given;
  std::int64_t over_budget_fen = 0;
  std::int64_t late_days = 0;
  std::string ends_on;
  std::int64_t days = 0;
  std::vector<Bilingual> breaks;   ///< each limit that is not kept, in a sentence
  std::vector<PlanGap> gaps;
  std::vector<Bilingual> changes;  ///< what would change the plan as a whole
};
BOOST_DESCRIBE_STRUCT(Alternative, (), (goal, parts, steps, money, clauses, budget, deadline, over_budget_fen, late_days, ends_on, days, breaks, gaps, changes))

/// A goal whose plan is the very same as another's.
struct SamePlan {
  PlanGoal goal = PlanGoal::cheapest;
  PlanGoal same_as = PlanGoal::cheapest;
};
BOOST_DESCRIBE_STRUCT(SamePlan, (), (goal, same_as))

struct Plans {
  std::vector<match::Problem> problems;
  std::vector<Alternative> alternatives;  ///< none when nobody is eligible
  std::vector<SamePlan> same;
  std::vector<Bilingual> notes;           ///< what holds for all of them
};

/// Throws Rejected{invalid}: a wrong day, a negative amount, an id twice, no such problem; Rejected{too_large}: over the limits.
Plans make(const Request& request, const Rules& rules);

}  // namespace jingwei::plan
