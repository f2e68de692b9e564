// One company's answers: the verdicts of the statement, each with what is required, what is known, from where, and what to do.
#include <algorithm>

#include <fmt/format.h>

#include "policy/internal/judging.h"
#include "policy/internal/session.h"
#include "policy/internal/sql.h"

namespace jingwei::policy {
namespace {

constexpr std::size_t kNamedMax = 3;  ///< things that a summary names

std::vector<HaveFact> have_of(const Book& book, const Company& company, const Expression& expression) {
  std::vector<HaveFact> have;
  for (const auto index : expression.facts) {
    const Fact& fact = book.facts()[index];
    const KnownFact& known = company.facts[index];
    have.push_back({fact.id, fact.title, words_of(book.definitions(), fact.kind, known.value), known.origin,
                    known.entry_id.empty() ? std::nullopt : std::optional(known.entry_id)});
  }
  return have;
}

std::vector<FigureUsed> figures_of(const Book& book, const Policy& policy, const Expression& expression, const Terms& terms) {
  std::vector<FigureUsed> figures;
  for (const auto index : expression.parameters) {
    const Parameter& parameter = policy.parameters[index];
    const Value& value = in_force(parameter, terms);
    FigureUsed figure{parameter.id, parameter.title, {}, "", "", true, terms.instead.contains(parameter.id)};
    if (is_known(value)) figure.words = words_of(book.definitions(), parameter.kind, value);
    for (const auto& dated : parameter.values)
      if (dated.from <= terms.today) std::tie(figure.from, figure.legal, figure.confirmed) = std::tie(dated.from, dated.legal, dated.confirmed);
    figures.push_back(std::move(figure));
  }
  return figures;
}

Bilingual named(const std::vector<Bilingual>& things) {
  Bilingual words;
  for (std::size_t i = 0; i < std::min(things.size(), kNamedMax); ++i) {
    words.zh += (i == 0 ? "" : "；") + things[i].zh;
    words.en += (i == 0 ? "" : "; ") + things[i].en;
  }
  if (things.size() > kNamedMax) {
    words.zh += fmt::format(" 等 {} 项", things.size());
    words.en += fmt::format(" and {} more", things.size() - kNamedMax);
  }
  return words;
}

std::vector<Bilingual> clauses_with(const PolicyAnswer& answer, Verdict verdict, bool fixed_only) {
  std::vector<Bilingual> result;
  for (const auto& clause : answer.clauses)
    if (clause.verdict == verdict && (!fixed_only || clause.fixed)) result.push_back(clause.required);
  return result;
}

std::vector<Bilingual> unset(const std::vector<FigureUsed>& figures) {
  std::vector<Bilingual> result;
  for (const auto& figure : figures)
    if (!figure.words) result.push_back(figure.title);
  return result;
}

Bilingual summary_of(const Book& book, const PolicyAnswer& answer) {
  switch (answer.outcome) {
    case Outcome::claim: return {"可以申领", "You may claim this"};
    case Outcome::almost: {
      const auto lacks = named(clauses_with(answer, Verdict::no, false));
      return {"差一点：" + lacks.zh, "Almost. Not met: " + lacks.en};
    }
    case Outcome::tell_us: {
      std::vector<Bilingual> facts;
      for (const auto& id : answer.ask) facts.push_back(book.facts()[*book.fact(id)].title);
      if (facts.empty()) return {"按现有数据算不出来，请核对数据", "It cannot be computed from what is known; check the data"};
      const auto names = named(facts);
      return {"还需要知道：" + names.zh, "Tell us: " + names.en};
    }
    case Outcome::to_be_set: {
      std::vector<Bilingual> figures;
      for (const auto& clause : answer.clauses)
        if (clause.verdict == Verdict::to_be_set) std::ranges::move(unset(clause.figures), std::back_inserter(figures));
      const auto names = named(figures);
      return {"已公布的条件都符合，主管部门还没定：" + names.zh, "All published conditions are met; still to be set by the department: " + names.en};
    }
    case Outcome::no: {
      const auto fixed = clauses_with(answer, Verdict::no, true);
      const auto reasons = named(fixed.empty() ? clauses_with(answer, Verdict::no, false) : fixed);
      return {"不适用：" + reasons.zh, "Not for you: " + reasons.en};
    }
  }
  return {};
}

/// Facts that are not known; where all are, one of them is not exact enough.
void add_missing(const std::vector<HaveFact>& have, std::vector<std::string>& ask) {
  const bool all_known = std::ranges::none_of(have, [](const HaveFact& fact) { return fact.origin == Origin::unknown; });
  for (const auto& fact : have)
    if ((all_known || fact.origin == Origin::unknown) && std::ranges::find(ask, fact.fact) == ask.end()) ask.push_back(fact.fact);
}

BenefitAnswer benefit_of(const Book& book, const Policy& policy, const Company& company, const Terms& terms, const Judged& judged) {
  BenefitAnswer benefit;
  benefit.text = policy.benefit.text;
  benefit.money = !policy.benefit.formula.sql.empty();
  benefit.state = judged.amount_state;
  benefit.amount_fen = judged.amount_fen;
  benefit.figures = figures_of(book, policy, policy.benefit.formula, terms);
  benefit.have = have_of(book, company, policy.benefit.formula);
  return benefit;
}

PolicyAnswer explain(const Book& book, const Policy& policy, const Company& company, const Terms& terms, const Judged& judged) {
  PolicyAnswer answer;
  answer.policy = policy.id;
  answer.title = policy.title;
  answer.issuer = policy.issuer;
  answer.document = policy.document;
  answer.standing = policy.standing;
  answer.chain = policy.chain;
  answer.outcome = judged.outcome;
  for (std::size_t i = 0; i < policy.clauses.size(); ++i) {
    const Clause& clause = policy.clauses[i];
    const Verdict verdict = verdict_of(judged.trace, i);
    answer.clauses.push_back({clause.id, clause.required, figures_of(book, policy, clause.when, terms), have_of(book, company, clause.when), verdict,
                              verdict == Verdict::yes ? Bilingual{} : clause.todo, clause.place, clause.quote, clause.fixed});
    if (verdict == Verdict::tell_us) add_missing(answer.clauses.back().have, answer.ask);
  }
  answer.benefit = benefit_of(book, policy, company, terms, judged);
  if (answer.outcome == Outcome::claim && answer.benefit.state == Verdict::tell_us) add_missing(answer.benefit.have, answer.ask);
  answer.summary = summary_of(book, answer);
  answer.documents = policy.documents;
  answer.apply = policy.apply;
  return answer;
}

std::string row_of(const Book& book, const Policy& policy, const Company& company) {
  std::string row = "(SELECT CAST(0 AS BIGINT) AS company";
  for (const auto index : facts_read(policy))
    row += ", " + literal(book.facts()[index].kind.type, company.facts[index].value) + " AS " + book.facts()[index].id;
  return row + ")";
}

}  // namespace

std::vector<PolicyAnswer> answer(const Book& book, const std::vector<const Policy*>& policies, const Company& company, const Terms& terms) {
  auto session = book.database().connect();
  std::vector<PolicyAnswer> answers;
  for (const auto* policy : policies) {
    const auto row = integers(session, judging_sql(book.facts(), *policy, terms, row_of(book, *policy, company))).front();
    const Judged judged{0, static_cast<Outcome>(row[1]), static_cast<std::uint64_t>(row[2]), row[3] == kNull ? std::nullopt : std::optional(row[3]),
                        static_cast<Verdict>(row[4])};
    answers.push_back(explain(book, *policy, company, terms, judged));
  }
  std::ranges::stable_sort(answers, {}, &PolicyAnswer::outcome);
  return answers;
}

std::vector<LadderAnswer> ladders(const Book& book, const Company& company, const Terms& terms) {
  const auto certifications = book.fact("certifications");
  const auto* held = certifications ? std::get_if<std::vector<std::string>>(&company.facts[*certifications].value) : nullptr;
  std::vector<LadderAnswer> result;
  for (const auto& scheme : book.schemes()) {
    LadderAnswer ladder{scheme.id, scheme.title, scheme.about, {}, {}};
    std::size_t next = 0;
    for (std::size_t i = 0; i < scheme.levels.size(); ++i) {
      const Level& level = scheme.levels[i];
      const bool holds = held != nullptr && std::ranges::find(*held, level.code) != held->end();
      if (holds) next = i + 1;
      ladder.rungs.push_back({level.code, level.title, holds, level.valid_years ? std::optional<std::int64_t>(*level.valid_years) : std::nullopt, level.valid_legal,
                              level.granted_by, level.recognised_legal});
    }
    if (next < scheme.levels.size()) ladder.next = answer(book, {&book.levels()[scheme.levels[next].policy]}, company, terms).front();
    result.push_back(std::move(ladder));
  }
  return result;
}

}  // namespace jingwei::policy
