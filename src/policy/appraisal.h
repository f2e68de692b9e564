// Appraisal of platforms by class (科创平台分类评价): a scorecard a class, over figures of the registers and of deals, with every point
// explained.
//
//   const auto appraisals = Appraisals::load("policies/appraisals", definitions);       // every file read and checked, once
//   const auto result = appraise(appraisals.require("science_platforms"), 2025, ask);   // `ask` runs one SELECT over the read model
//   explain(scheme, row)                                                                 // figure, points, what one step more would bring
//
// A scheme is a YAML file (policies/README.md). Each criterion takes its figure from a fact, a rule turns the figure into a share of the
// criterion's weight, weights of a class add up to 100. A figure that is not there is "no data": the score is then a range, from all
// missing criteria at nothing to all of them at their full weight, and so are grade and rank. It is never taken for zero.
//
// Weights, rules and grades that nobody has set yet are trial values: the result says so (`trial`), and why (`legal`).
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/analytics.h"
#include "base/described.h"
#include "registry/registry.h"

namespace jingwei::policy {

constexpr std::size_t kAppraisalCriteriaMax = 30;   ///< of one class
constexpr std::size_t kAppraisalFactsMax = 40;      ///< of one scheme
constexpr int kAppraisalYearsShown = 6;             ///< of the history of one platform, the year asked for included
constexpr std::size_t kPeersMin = 3;                ///< platforms with a figure below which places within the class mean nothing
constexpr double kWeightsTotal = 100;
constexpr double kWeightsSlack = 0.005;             ///< within which weights add up

// ---- schemes --------------------------------------------------------------------------------------------------------

/// Who says a weight, a rule or the boundaries of grades.
struct AppraisalBasis {
  bool is_set = false;  ///< false: a trial value; nobody has set it
  std::string legal;    ///< the rule that sets it, or why there is none
};
BOOST_DESCRIBE_STRUCT(AppraisalBasis, (), (is_set, legal))

/// A figure of platforms: a number of the entry, or SQL that gives platform, number and perhaps the entry behind it.
struct AppraisalFact {
  std::string id;
  Bilingual title;
  Bilingual unit;
  Bilingual where;  ///< where the figure comes from, in words
  std::string sql;  ///< over the read model and `term` (year, first_day, next_day)
  bool tells_entry = false;
};
BOOST_DESCRIBE_STRUCT(AppraisalFact, (), (id, title, unit, where, sql, tells_entry))

/// linear: nothing up to `floor`, all from `full` on, in proportion between them; `full` below `floor`: less is better.
/// steps: the share of the last step that is reached. percentile: the share of the class's other platforms that are behind, those that
/// are level counted half.
enum class AppraisalRuleKind { linear, steps, percentile };
BOOST_DESCRIBE_ENUM(AppraisalRuleKind, linear, steps, percentile)

struct AppraisalStep {
  double at = 0;
  double share = 0;  ///< percent of the weight
};
BOOST_DESCRIBE_STRUCT(AppraisalStep, (), (at, share))

struct AppraisalRule {
  AppraisalRuleKind kind = AppraisalRuleKind::linear;
  bool less_is_better = false;
  std::optional<double> floor;       ///< linear
  std::optional<double> full;        ///< linear
  std::optional<double> unit_step;   ///< linear: "one step more" of the explanation
  std::vector<AppraisalStep> steps;
  AppraisalBasis basis;
};
BOOST_DESCRIBE_STRUCT(AppraisalRule, (), (kind, less_is_better, floor, full, unit_step, steps, basis))

struct AppraisalCriterion {
  std::string id;
  Bilingual title;
  std::string fact;
  double weight = 0;
  AppraisalBasis weight_basis;
  AppraisalRule rule;
};
BOOST_DESCRIBE_STRUCT(AppraisalCriterion, (), (id, title, fact, weight, weight_basis, rule))

struct AppraisalClass {
  std::string id;
  Bilingual title;
  Bilingual about;
  std::vector<std::string> kinds;  ///< codes of platform-kinds
  std::vector<AppraisalCriterion> criteria;
};
BOOST_DESCRIBE_STRUCT(AppraisalClass, (), (id, title, about, kinds, criteria))

/// A score that reaches `from` has the grade; best first, the last from 0.
struct AppraisalGrade {
  std::string id;
  Bilingual title;
  double from = 0;
};
BOOST_DESCRIBE_STRUCT(AppraisalGrade, (), (id, title, from))

struct AppraisalScheme {
  std::string id;
  Bilingual title;
  Bilingual about;
  Bilingual issuer;
  std::string document;
  std::string place;
  std::string quote;
  std::int64_t first_year = 0;
  std::optional<std::int64_t> last_year;  ///< absent: still in use
  std::vector<AppraisalFact> facts;
  std::vector<AppraisalClass> classes;
  std::vector<AppraisalGrade> grades;
  AppraisalBasis grades_basis;

  const AppraisalFact& fact(std::string_view id) const;  ///< checked at reading
  bool covers(std::int64_t year) const { return year >= first_year && (!last_year || year <= *last_year); }
};
BOOST_DESCRIBE_STRUCT(AppraisalScheme, (), (id, title, about, issuer, document, place, quote, first_year, last_year, facts, classes, grades, grades_basis))

class Appraisals {
 public:
  /// Reads *.yaml; files of the same names in `own` (may be absent) stand for them, further ones are added. Runs every fact's SQL over
  /// the tables without rows. Throws Rejected{invalid}: all that is wrong, each with file, line, reason and remedy.
  static Appraisals load(const std::filesystem::path& folder, const registry::Definitions& definitions, const std::filesystem::path& own = {});
  const std::vector<AppraisalScheme>& schemes() const { return schemes_; }
  /// Throws Rejected{not_found}.
  const AppraisalScheme& require(std::string_view id) const;

 private:
  std::vector<AppraisalScheme> schemes_;
};

// ---- results --------------------------------------------------------------------------------------------------------

/// A platform that is appraised.
struct AppraisedPlatform {
  std::string id;
  std::string title;
  std::string kind;
  std::string region;
  std::string owner_id;
  std::string owner_name;
};
BOOST_DESCRIBE_STRUCT(AppraisedPlatform, (), (id, title, kind, region, owner_id, owner_name))

struct AppraisalFigure {
  double value = 0;
  std::string entry_id;  ///< of the entry behind it; may be empty
};
/// Fact id, then platform id.
using AppraisalFigures = std::map<std::string, std::map<std::string, AppraisalFigure>>;

struct CriterionScore {
  std::string criterion;
  std::optional<double> figure;        ///< absent: no data
  std::optional<std::string> entry_id;
  std::optional<double> share;         ///< percent of the weight; absent: no data, or too few to compare with
  std::optional<double> points;        ///< rounded to 0.01, so that a table adds up
};
BOOST_DESCRIBE_STRUCT(CriterionScore, (), (criterion, figure, entry_id, share, points))

/// One line of the table. With everything known low and high are the same, and so are both grades and both ranks.
struct PlatformScore {
  AppraisedPlatform platform;
  double low = 0;
  double high = 0;
  std::string grade_low;
  std::string grade_high;
  std::int64_t rank_best = 0;   ///< from 1; nobody behind it could be before it
  std::int64_t rank_worst = 0;
  std::int64_t missing = 0;     ///< criteria without points
  std::vector<CriterionScore> criteria;
};
BOOST_DESCRIBE_STRUCT(PlatformScore, (), (platform, low, high, grade_low, grade_high, rank_best, rank_worst, missing, criteria))

struct ClassScores {
  std::string class_id;
  std::vector<PlatformScore> rows;  ///< best first: by low, then high, then title
};
BOOST_DESCRIBE_STRUCT(ClassScores, (), (class_id, rows))

struct AppraisalResult {
  std::string scheme;
  std::int64_t year = 0;
  std::int64_t feed_seq = 0;
  std::vector<ClassScores> classes;
  std::vector<AppraisedPlatform> without_class;  ///< of kinds that no class names
};
BOOST_DESCRIBE_STRUCT(AppraisalResult, (), (scheme, year, feed_seq, classes, without_class))

/// Runs one SELECT over the read model with the sight of everything.
using AskTables = std::function<analytics::Answer(const std::string& sql)>;

/// The table of one year. Throws Rejected{invalid} for a year that the scheme does not cover, and what `ask` throws.
AppraisalResult appraise(const AppraisalScheme& scheme, std::int64_t year, const AskTables& ask);
/// Tables of years that were asked for, each kept until the read model has moved on: a platform's page shows five of them. Safe from
/// several threads; two may work out the same table at once.
class KeptAppraisals {
 public:
  /// As appraise(), which it calls unless it has the table of the state `feed_seq`, where the read model is now.
  std::shared_ptr<const AppraisalResult> of(const AppraisalScheme& scheme, std::int64_t year, std::int64_t feed_seq, const AskTables& ask);

 private:
  std::mutex mutex_;
  std::int64_t feed_seq_ = 0;                                                                        ///< guarded by mutex_
  std::map<std::pair<std::string, std::int64_t>, std::shared_ptr<const AppraisalResult>> tables_;  ///< of it, by scheme and year; guarded by mutex_
};

/// The pure part: one class from figures at hand.
std::vector<PlatformScore> score_class(const AppraisalScheme& scheme, const AppraisalClass& of, std::vector<AppraisedPlatform> platforms, const AppraisalFigures& figures);
/// Percent of the weight; nothing when it cannot be said. `others`: figures of the class's other platforms.
std::optional<double> share_of(const AppraisalRule& rule, double figure, const std::vector<double>& others);
/// The grade that a score has.
const AppraisalGrade& grade_of(const AppraisalScheme& scheme, double score);
/// True while anything that decides the class's scores is a trial value.
bool is_trial(const AppraisalScheme& scheme, const AppraisalClass& of);

/// Why a criterion has its points, and what one step more would bring.
struct CriterionReason {
  std::string criterion;
  Bilingual how;
  Bilingual next;  ///< empty: nothing can be said
};
BOOST_DESCRIBE_STRUCT(CriterionReason, (), (criterion, how, next))
std::vector<CriterionReason> explain(const AppraisalScheme& scheme, const AppraisalClass& of, const PlatformScore& row, std::size_t platforms_in_class);

}  // namespace jingwei::policy
