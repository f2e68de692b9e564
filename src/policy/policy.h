// Policy: what may an enterprise claim, and why not.
//
//   const Book book = Book::load("policies", definitions);                    // every file read and checked, once
//   const auto answers = answer(book, company, terms);                        // one enterprise: each clause with its reason
//   Companies companies(book); companies.add(…); companies.judge(policy, terms);  // all at once, the same expressions
//
// A policy is a YAML file (policies/README.md). Its conditions are SQL boolean expressions over facts (policies/facts.yaml) and the
// policy's own dated parameters. SQL's three values are the verdicts: true yes, false no, NULL unknown. An unknown verdict says
// whether a fact is missing ("tell us"), a figure is still to be set, or the expression cannot be computed (a zero divisor).
// Whoever asks hands in the day: there is no clock here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/described.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jingwei::sql {
class Database;
}

namespace jingwei::policy {

constexpr std::size_t kClausesMax = 20;   ///< of one policy: three bits each in a trace
constexpr int kLacksMax = 2;              ///< clauses not met up to which an enterprise is "almost" there
constexpr std::size_t kTextMax = 400;     ///< characters of a fact that is text or a code
constexpr std::int64_t kMoneyMax = 1'000'000'000'000'000;  ///< fen

// ---- facts --------------------------------------------------------------------------------------------------------

enum class FactType { text, code, codes, region, integer, decimal, money, date, boolean };
BOOST_DESCRIBE_ENUM(FactType, text, code, codes, region, integer, decimal, money, date, boolean)

/// Nothing: unknown. Money is fen, a date is "2026-01-21", a code or region its code.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>>;
inline bool is_known(const Value& value) { return !std::holds_alternative<std::monostate>(value); }

/// What an amount or figure is: of a fact or of a parameter.
struct Kind {
  FactType type = FactType::text;
  std::string code_list;             ///< code and codes
  std::optional<Bilingual> unit;     ///< money: 元 or 万元
  std::int64_t fen_per_unit = 0;     ///< money
};

/// Something known or not known of an enterprise (policies/facts.yaml).
struct Fact {
  std::string id;
  Bilingual title;
  Bilingual question;
  std::optional<Bilingual> help;
  Kind kind;
  std::string group;
  std::string register_;             ///< where it is looked up; empty: only the enterprise can say
  std::string field;
  std::optional<int> years_back;     ///< of a register by year: 1 is the last full year
  bool core = false;                 ///< asked of everybody first
};

struct FactGroup {
  std::string id;
  Bilingual title;
};
BOOST_DESCRIBE_STRUCT(FactGroup, (), (id, title))

enum class Origin { unknown, registers, said };
BOOST_DESCRIBE_ENUM(Origin, unknown, registers, said)

struct KnownFact {
  Value value;
  Origin origin = Origin::unknown;
  std::string entry_id;  ///< of the register's entry
};

/// Facts of one enterprise in the order of Book::facts().
struct Company {
  std::string id;    ///< organization; empty: somebody at the form
  std::string name;
  std::vector<KnownFact> facts;
};

// ---- policies -----------------------------------------------------------------------------------------------------

/// A figure from a day on. Without a value nobody has set it yet.
struct Dated {
  std::string from;      ///< day
  Value value;
  std::string legal;     ///< rule, number and article; or why there is none
  bool confirmed = true; ///< false: quoted from a rule outside the documents at hand, to be compared with its text in force
};

struct Parameter {
  std::string id;
  Bilingual title;
  Kind kind;
  std::vector<Dated> values;  ///< oldest first
  int line = 0;
};

/// An SQL expression with what it reads: indexes of facts and of the policy's parameters.
struct Expression {
  std::string sql;
  std::vector<std::size_t> facts;
  std::vector<std::size_t> parameters;
  int line = 0;
  bool strict = false;    ///< unknown as soon as one fact is: CASE would take the other branch
  bool computes = false;  ///< has arithmetic, which can fail on known facts
};

struct Clause {
  std::string id;
  Bilingual required;
  Expression when;
  Bilingual todo;       ///< what to do when it is not met
  std::string place;    ///< in the document
  std::string quote;    ///< its words
  bool fixed = false;   ///< who the policy is for: nothing can be done about it
};

enum class Standing { in_force, draft, proposal };
BOOST_DESCRIBE_ENUM(Standing, in_force, draft, proposal)

struct Benefit {
  Bilingual text;
  Expression formula;   ///< fen; no SQL: it is not money
};

struct Policy {
  std::string id;
  std::string file;
  Bilingual title;
  Bilingual issuer;
  std::string document;
  std::string place;
  std::string quote;
  Standing standing = Standing::in_force;
  std::string chain;                      ///< innovation, industry, capital, talent
  std::vector<std::string> segments;      ///< of the atlas that it is about; none: any
  std::vector<std::string> entities;      ///< kinds of organization
  std::vector<std::string> regions;       ///< divisions it holds in; none: everywhere
  std::string valid_from, valid_to;       ///< days; empty: open
  std::vector<Parameter> parameters;
  std::vector<Clause> clauses;            ///< first those made from entities, regions and validity, then its own
  Benefit benefit;
  std::vector<Bilingual> documents;       ///< to hand in
  Bilingual apply;                        ///< where and how
  std::string scheme;                     ///< a level of a ladder; empty: a policy
};

/// A level of a ladder: its conditions are a policy like any other.
struct Level {
  std::string code;                        ///< of the code list certifications
  Bilingual title;
  std::size_t policy = 0;                  ///< index in Book::levels()
  std::optional<int> valid_years;          ///< nothing: to be set
  std::string valid_legal;
  std::string granted_by;                  ///< nation, province, region
  std::vector<std::string> recognised_in;  ///< further divisions that recognise it, whoever granted it
  std::string recognised_legal;
};

struct Scheme {
  std::string id;
  Bilingual title;
  Bilingual about;
  std::vector<Level> levels;  ///< lowest first
};

/// Files, checked. Immutable; any number of threads. `definitions` must outlive it.
class Book {
 public:
  /// Reads facts.yaml, *.yaml and schemes/*.yaml of `folder`; files of the same name in `own` (a region's, may be absent) stand for them
  /// and further ones are added. Has every expression prepared and run once over the typed facts.
  /// Throws Rejected{invalid}: all that is wrong, each with file, line, reason and remedy.
  static Book load(const std::filesystem::path& folder, const registry::Definitions& definitions, const std::filesystem::path& own = {});
  Book(Book&&) noexcept;
  ~Book();

  const std::vector<Fact>& facts() const { return facts_; }
  const std::vector<FactGroup>& groups() const { return groups_; }
  const std::vector<Policy>& policies() const { return policies_; }
  const std::vector<Policy>& levels() const { return levels_; }
  const std::vector<Scheme>& schemes() const { return schemes_; }
  const registry::Definitions& definitions() const { return *definitions_; }
  std::optional<std::size_t> fact(std::string_view id) const;
  const Policy* find(std::string_view id) const;
  /// Throws Rejected{not_found}.
  const Policy& require(std::string_view id) const;
  /// Where single answers are computed.
  sql::Database& database() const { return *database_; }

 private:
  Book();
  std::unique_ptr<sql::Database> database_;
  const registry::Definitions* definitions_ = nullptr;
  std::vector<Fact> facts_;
  std::vector<FactGroup> groups_;
  std::vector<Policy> policies_;
  std::vector<Policy> levels_;
  std::vector<Scheme> schemes_;
};

/// The day on which is judged, and figures tried instead of those in force ("what if"): parameter id to value.
struct Terms {
  std::string today;
  std::map<std::string, Value> instead;
};

/// The figure in force on the day, or tried; nothing known: to be set.
const Value& in_force(const Parameter& parameter, const Terms& terms);

/// "12.5 万元", "2026-01-21", names of codes and divisions; 未知 when not known.
Bilingual words_of(const registry::Definitions& definitions, const Kind& kind, const Value& value);
/// A value as a form or program sends it; null is unknown. Adds to `problems` what is wrong with it.
Value value_of(const registry::Definitions& definitions, const Kind& kind, const json::value& source, const std::string& field, std::vector<InputProblem>& problems);
/// As people write it in a test or on the command line: 是, 1200 万元, 330402, tech_sme;high_tech. "-" is unknown.
Value value_of_text(const registry::Definitions& definitions, const Kind& kind, std::string_view text, const std::string& field, std::vector<InputProblem>& problems);
json::value json_of(const Value& value);

// ---- answers ------------------------------------------------------------------------------------------------------

enum class Verdict { no, yes, tell_us, to_be_set, not_computable };
BOOST_DESCRIBE_ENUM(Verdict, no, yes, tell_us, to_be_set, not_computable)

enum class Outcome { claim, to_be_set, tell_us, almost, no };
BOOST_DESCRIBE_ENUM(Outcome, claim, to_be_set, tell_us, almost, no)

struct HaveFact {
  std::string fact;
  Bilingual title;
  Bilingual words;
  Origin origin = Origin::unknown;
  std::optional<std::string> entry_id;
};
BOOST_DESCRIBE_STRUCT(HaveFact, (), (fact, title, words, origin, entry_id))

struct FigureUsed {
  std::string parameter;
  Bilingual title;
  std::optional<Bilingual> words;  ///< absent: to be set
  std::string from;
  std::string legal;
  bool confirmed = true;
  bool tried = false;              ///< a "what if"
};
BOOST_DESCRIBE_STRUCT(FigureUsed, (), (parameter, title, words, from, legal, confirmed, tried))

struct ClauseAnswer {
  std::string id;
  Bilingual required;
  std::vector<FigureUsed> figures;
  std::vector<HaveFact> have;
  Verdict verdict = Verdict::tell_us;
  Bilingual todo;                  ///< empty when met
  std::string place;
  std::string quote;
  bool fixed = false;
};
BOOST_DESCRIBE_STRUCT(ClauseAnswer, (), (id, required, figures, have, verdict, todo, place, quote, fixed))

struct BenefitAnswer {
  Bilingual text;
  std::optional<std::int64_t> amount_fen;  ///< with state yes
  Verdict state = Verdict::yes;            ///< yes: known or not money; otherwise why there is no amount
  bool money = false;
  std::vector<FigureUsed> figures;
  std::vector<HaveFact> have;
};
BOOST_DESCRIBE_STRUCT(BenefitAnswer, (), (text, amount_fen, state, money, figures, have))

struct PolicyAnswer {
  std::string policy;
  Bilingual title;
  Bilingual issuer;
  std::string document;
  Standing standing = Standing::in_force;
  std::string chain;
  Outcome outcome = Outcome::no;
  Bilingual summary;                   ///< one sentence
  std::vector<ClauseAnswer> clauses;
  std::vector<std::string> ask;        ///< facts that would decide what is unknown
  BenefitAnswer benefit;
  std::vector<Bilingual> documents;
  Bilingual apply;
};
BOOST_DESCRIBE_STRUCT(PolicyAnswer, (), (policy, title, issuer, document, standing, chain, outcome, summary, clauses, ask, benefit, documents, apply))

/// Judges the given policies for one company, best outcome first, then in the order given.
std::vector<PolicyAnswer> answer(const Book& book, const std::vector<const Policy*>& policies, const Company& company, const Terms& terms);

/// Where a company stands on one ladder.
struct LadderAnswer {
  std::string scheme;
  Bilingual title;
  Bilingual about;
  struct Rung {
    std::string code;
    Bilingual title;
    bool held = false;
    std::optional<std::int64_t> valid_years;
    std::string valid_legal;
    std::string granted_by;
    std::string recognised_legal;
    BOOST_DESCRIBE_CLASS(Rung, (), (code, title, held, valid_years, valid_legal, granted_by, recognised_legal), (), ())
  };
  std::vector<Rung> rungs;
  std::optional<PolicyAnswer> next;  ///< the level above the highest one held; absent at the top
};
BOOST_DESCRIBE_STRUCT(LadderAnswer, (), (scheme, title, about, rungs, next))
std::vector<LadderAnswer> ladders(const Book& book, const Company& company, const Terms& terms);

// ---- everybody at once --------------------------------------------------------------------------------------------

struct Judged {
  std::int64_t company = 0;   ///< index in the order of adding
  Outcome outcome = Outcome::no;
  std::uint64_t trace = 0;    ///< verdict of clause i in bits 3i to 3i+2
  std::optional<std::int64_t> amount_fen;
  Verdict amount_state = Verdict::yes;
};

struct Tally {
  std::int64_t companies = 0;
  std::int64_t claim = 0, to_be_set = 0, tell_us = 0, almost = 0, no = 0;
  std::int64_t amount_fen = 0;     ///< sum over those that may claim
  std::int64_t without_amount = 0; ///< of those that may claim: amount not known
};
BOOST_DESCRIBE_STRUCT(Tally, (), (companies, claim, to_be_set, tell_us, almost, no, amount_fen, without_amount))

inline Verdict verdict_of(std::uint64_t trace, std::size_t clause) { return static_cast<Verdict>((trace >> (3 * clause)) & 7U); }

/// Facts of many enterprises as columns in a database of its own. Not thread safe: one user at a time.
class Companies {
 public:
  explicit Companies(const Book& book);
  Companies(Companies&&) noexcept;
  ~Companies();

  void add(const Company& company);
  std::int64_t size() const;
  /// Runs SQL that fills the table `facts` (benchmarks): "INSERT INTO facts SELECT …", company index first.
  void fill(const std::string& sql);

  /// Everybody's verdicts in one statement, kept as a table until the next judgment of this policy; returns their tally.
  Tally judge(const Policy& policy, const Terms& terms);
  /// The last judgment of the policy: those with one of the outcomes, dearest first, then in order of adding.
  std::vector<Judged> list(const Policy& policy, const std::vector<Outcome>& outcomes, std::size_t offset, std::size_t limit);
  /// Of the last judgment: how often each clause has each verdict. Outer index: clause; inner: Verdict.
  std::vector<std::vector<std::int64_t>> clause_counts(const Policy& policy);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// ---- facts from the registers -------------------------------------------------------------------------------------

/// True when a certification granted in one division counts in another.
bool recognised(const Book& book, std::string_view level, std::string_view granted_in, std::string_view company_region);

/// One organization's facts from published entries of the registers, as far as `actor` may read them; later years' rows are not
/// looked at before `today`'s last full year. Throws Rejected{not_found}.
Company facts_of(const Book& book, const registry::Registry& registry, store::Connection& connection, const identity::Actor& actor, std::string_view organization_id,
                 std::string_view today);
/// Calls visit with every enterprise of the region's registers.
void each_company(const Book& book, const registry::Registry& registry, store::Connection& connection, const identity::Actor& actor, std::string_view today,
                  const std::function<void(const Company&)>& visit);
/// What was said at the form replaces what the registers know. Throws Rejected{invalid} with every wrong answer.
void say(const Book& book, Company& company, const json::object& said);

// ---- tests beside the policies ------------------------------------------------------------------------------------

struct CaseResult {
  std::string file;
  int line = 0;
  std::string name;
  bool passed = false;
  std::string difference;  ///< expected and actual
};
/// Runs policies/<id>.test and schemes/<id>.test. Throws Rejected{invalid} for a file that is no test.
std::vector<CaseResult> run_cases(const Book& book, const std::filesystem::path& folder);

}  // namespace jingwei::policy
