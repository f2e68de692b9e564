#include "policy/sheet.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/money.h"
#include "base/text.h"

namespace jingwei::policy {
namespace {

ListRow row_of(const Everybody& everybody, const Policy& policy, const Judged& judged, const std::optional<std::set<std::string>>& known) {
  const Who& who = everybody.who[static_cast<std::size_t>(judged.company)];
  ListRow row{who.id, who.name, who.region, judged.outcome, judged.amount_fen, judged.amount_state, {}, {}, {}, false};
  for (std::size_t i = 0; i < policy.clauses.size(); ++i) {
    const auto verdict = verdict_of(judged.trace, i);
    if (verdict == Verdict::no) row.lacks.push_back(policy.clauses[i].id);
    if (verdict == Verdict::tell_us || verdict == Verdict::not_computable) row.unknown.push_back(policy.clauses[i].id);
    if (verdict == Verdict::to_be_set) row.to_be_set.push_back(policy.clauses[i].id);
  }
  row.is_new = judged.outcome == Outcome::claim && known && !known->contains(who.id);
  return row;
}

std::int64_t count_of(const Tally& tally, Outcome outcome) {
  switch (outcome) {
    case Outcome::claim: return tally.claim;
    case Outcome::to_be_set: return tally.to_be_set;
    case Outcome::tell_us: return tally.tell_us;
    case Outcome::almost: return tally.almost;
    case Outcome::no: return tally.no;
  }
  return 0;
}

std::vector<Judged> claimants(Everybody& everybody, const Policy& policy) {
  auto list = everybody.companies.list(policy, {Outcome::claim}, 0, everybody.who.size());
  std::ranges::sort(list, {}, &Judged::company);
  return list;
}

/// Of `list`, those that are not in `others`; both in order of company.
std::vector<Judged> without(const std::vector<Judged>& list, const std::vector<Judged>& others) {
  std::vector<Judged> rest;
  std::ranges::set_difference(list, others, std::back_inserter(rest), {}, &Judged::company, &Judged::company);
  return rest;
}

std::vector<ListRow> shown(const Everybody& everybody, const Policy& policy, const std::vector<Judged>& list) {
  std::vector<ListRow> rows;
  for (std::size_t i = 0; i < std::min(list.size(), kChangesShown); ++i) rows.push_back(row_of(everybody, policy, list[i], {}));
  return rows;
}

Bilingual outcome_words(Outcome outcome) {
  switch (outcome) {
    case Outcome::claim: return {"可以申领", "may claim"};
    case Outcome::to_be_set: return {"待定标准", "figure to be set"};
    case Outcome::tell_us: return {"信息不全", "facts missing"};
    case Outcome::almost: return {"差一点", "almost"};
    case Outcome::no: return {"不适用", "not applicable"};
  }
  return {};
}

std::string required_words(const Policy& policy, const std::vector<std::string>& ids, bool english) {
  std::string words;
  for (const auto& id : ids)
    if (const auto clause = std::ranges::find(policy.clauses, id, &Clause::id); clause != policy.clauses.end())
      words += (words.empty() ? "" : english ? "; " : "；") + (english ? clause->required.en : clause->required.zh);
  return words;
}

}  // namespace

Everybody read_everybody(const Book& book, const registry::Registry& registry, store::Connection& connection, const identity::Actor& actor, const std::string& today,
                         std::int64_t feed_seq) {
  Everybody everybody{Companies(book), {}, today, feed_seq};
  const auto region = book.fact("region");
  each_company(book, registry, connection, actor, today, [&](const Company& company) {
    everybody.companies.add(company);
    const auto* code = region ? std::get_if<std::string>(&company.facts[*region].value) : nullptr;
    everybody.who.push_back({company.id, company.name, code == nullptr ? "" : *code});
  });
  return everybody;
}

Entitlement entitled(Everybody& everybody, const Policy& policy, const Terms& terms, const std::vector<Outcome>& outcomes, std::size_t offset, std::size_t limit,
                     const std::optional<std::set<std::string>>& known) {
  Entitlement result;
  result.policy = policy.id;
  result.day = terms.today;
  result.feed_seq = everybody.feed_seq;
  result.tally = everybody.companies.judge(policy, terms);
  const auto counts = everybody.companies.clause_counts(policy);
  for (std::size_t i = 0; i < policy.clauses.size(); ++i) {
    const auto of = [&](Verdict verdict) { return counts[i][static_cast<std::size_t>(verdict)]; };
    result.clauses.push_back({policy.clauses[i].id, policy.clauses[i].required, of(Verdict::yes), of(Verdict::no), of(Verdict::tell_us), of(Verdict::to_be_set),
                              of(Verdict::not_computable)});
  }
  for (const auto& judged : everybody.companies.list(policy, outcomes, offset, limit)) result.items.push_back(row_of(everybody, policy, judged, known));
  for (const auto outcome : outcomes) result.total += count_of(result.tally, outcome);
  return result;
}

office::Sheet entitled_sheet(Everybody& everybody, const Policy& policy, const Terms& terms, const std::vector<Outcome>& outcomes,
                             const std::optional<std::set<std::string>>& known, bool english) {
  const auto say = [&](const Bilingual& words) { return english ? words.en : words.zh; };
  office::Sheet sheet{say({"名单", "List"}), {}, {}, {}};
  const Bilingual titles[] = {{"单位", "Organization"}, {"单位编号", "Id"},   {"地区", "Region"},          {"结论", "Verdict"},       {"金额（元）", "Amount (yuan)"},
                              {"新增", "New"},          {"不符合", "Lacks"}, {"缺少信息", "Facts missing"}, {"待定标准", "Figures to be set"}};
  for (const auto& title : titles) sheet.columns.push_back({say(title), 0});
  for (auto& row : entitled(everybody, policy, terms, outcomes, 0, everybody.who.size(), known).items)
    sheet.rows.push_back({std::move(row.name), std::move(row.organization), std::move(row.region), say(outcome_words(row.outcome)),
                          row.amount_fen ? office::Cell(Money{*row.amount_fen}) : office::Cell(),
                          row.is_new ? office::Cell(say({"是", "yes"})) : office::Cell(), required_words(policy, row.lacks, english), required_words(policy, row.unknown, english),
                          required_words(policy, row.to_be_set, english)});
  return sheet;
}

WhatIf what_if(Everybody& everybody, const Book& book, const Policy& policy, const std::string& today, const std::map<std::string, Value>& tried) {
  WhatIf result;
  result.policy = policy.id;
  result.day = today;
  const Terms now{today, {}};
  const Terms then{today, tried};
  result.now = everybody.companies.judge(policy, now);
  const auto before = claimants(everybody, policy);
  result.then = everybody.companies.judge(policy, then);
  const auto after = claimants(everybody, policy);
  const auto gains = without(after, before);
  const auto loses = without(before, after);
  result.gain = static_cast<std::int64_t>(gains.size());
  result.lose = static_cast<std::int64_t>(loses.size());
  result.gains = shown(everybody, policy, gains);
  result.loses = shown(everybody, policy, loses);
  for (const auto& parameter : policy.parameters) {
    const Value& value = in_force(parameter, then);
    FigureUsed figure{parameter.id, parameter.title, {}, "", "", true, tried.contains(parameter.id)};
    if (is_known(value)) figure.words = words_of(book.definitions(), parameter.kind, value);
    result.figures.push_back(std::move(figure));
  }
  return result;
}

std::map<std::string, Value> figures_tried(const Book& book, const Policy& policy, const json::object& figures) {
  std::map<std::string, Value> tried;
  std::vector<InputProblem> problems;
  for (const auto& item : figures) {
    const std::string id(item.key());
    const auto at = std::ranges::find(policy.parameters, id, &Parameter::id);
    if (at == policy.parameters.end())
      problems.push_back({std::nullopt, "/figures/" + id, {"这项政策没有这个参数", "the policy has no such figure"}, {"用政策里的参数", "Use a figure of the policy"}});
    else tried[id] = value_of(book.definitions(), at->kind, item.value(), "/figures/" + id, problems);
  }
  if (!problems.empty()) throw Rejected(Code::invalid, {"试填的数字不对，请按提示修改", "A figure that was tried is wrong; mend it as told"}, std::move(problems));
  return tried;
}

}  // namespace jingwei::policy
