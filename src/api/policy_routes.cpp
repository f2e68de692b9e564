// Policies: what there is, the self-test that anyone may take, and for departments who is entitled and what a figure would change.
#include <algorithm>
#include <charconv>

#include "api/internal/downloads.h"
#include "api/internal/policy_views.h"
#include "api/policies.h"
#include "base/time.h"
#include "policy/sheet.h"

namespace jingwei::api {
namespace {

using policy::Outcome;

constexpr std::size_t kKeptShown = 10;
constexpr std::size_t kFactsSaidMax = 200;
constexpr std::size_t kAnswerBytesMax = 256 * 1024;

ParameterView view_of(const policy::Book& book, const policy::Parameter& parameter) {
  ParameterView view{parameter.id, parameter.title, parameter.kind.type, parameter.kind.unit,
                     parameter.kind.fen_per_unit > 0 ? std::optional(parameter.kind.fen_per_unit) : std::nullopt, {}};
  for (const auto& dated : parameter.values) {
    const bool known = policy::is_known(dated.value);
    view.values.push_back({dated.from, known ? std::optional(policy::words_of(book.definitions(), parameter.kind, dated.value)) : std::nullopt,
                           known ? std::optional(policy::json_of(dated.value)) : std::nullopt, dated.legal, dated.confirmed});
  }
  return view;
}

PolicyView view_of(const policy::Book& book, const policy::Policy& policy) {
  PolicyView view{policy.id,    policy.title,    policy.issuer,  policy.document,     policy.place, policy.quote, policy.standing, policy.chain,
                  policy.segments, policy.regions, policy.benefit.text, {}, {}, {}, policy.documents, policy.apply};
  if (!policy.benefit.formula.sql.empty()) view.formula = policy.benefit.formula.sql;
  for (const auto& parameter : policy.parameters) view.parameters.push_back(view_of(book, parameter));
  for (const auto& clause : policy.clauses) view.clauses.push_back({clause.id, clause.required, clause.when.sql, clause.todo, clause.place, clause.quote, clause.fixed});
  return view;
}

Response list_policies(PolicyServices& policies) {
  Items<PolicyView> view;
  for (const auto& policy : policies.policies.policies()) view.items.push_back(view_of(policies.policies, policy));
  return http::json_response(view);
}

CodeListView view_of(const registry::CodeList& list) {
  CodeListView view{list.id, list.title, {}};
  for (const auto& code : list.codes) view.codes.push_back({code.code, code.zh, code.en, code.chain.empty() ? std::nullopt : std::optional(code.chain)});
  return view;
}

Response list_questions(PolicyServices& policies) {
  const policy::Book& book = policies.policies;
  PolicyQuestions view;
  view.groups = book.groups();
  for (const auto& fact : book.facts()) {
    view.questions.push_back({fact.id, fact.title, fact.question, fact.help, fact.kind.type, fact.kind.code_list.empty() ? std::nullopt : std::optional(fact.kind.code_list),
                              fact.kind.unit, fact.kind.fen_per_unit > 0 ? std::optional(fact.kind.fen_per_unit) : std::nullopt, fact.group, fact.core});
    const auto* list = book.definitions().code_list(fact.kind.code_list);
    if (list != nullptr && std::ranges::none_of(view.code_lists, [&](const CodeListView& known) { return known.id == list->id; })) view.code_lists.push_back(view_of(*list));
  }
  return http::json_response(view);
}

std::vector<const policy::Policy*> chosen(const policy::Book& book, const std::optional<std::vector<std::string>>& ids) {
  std::vector<const policy::Policy*> policies;
  if (ids)
    for (const auto& id : *ids) policies.push_back(&book.require(id));
  else
    for (const auto& policy : book.policies()) policies.push_back(&policy);
  return policies;
}

awaitable<Response> answer_policies(Services& services, PolicyServices& policies, Request& request) {
  const Caller caller = identify(services, request);
  const auto ask = http::read_body<PolicyAsk>(request);
  if (ask.facts.size() > kFactsSaidMax || (ask.policies && ask.policies->size() > kFactsSaidMax))
    throw Rejected(Code::too_large, {"一次问得太多", "Too much was asked at once"});
  co_return co_await services.server.run_on_workers([&] {
    const policy::Book& book = policies.policies;
    PolicyAnswers view;
    view.day = shanghai_date(services.clock.now());
    policy::Company company;
    if (ask.organization) {
      auto reader = services.readers.borrow();
      company = policy::facts_of(book, services.registry, *reader, caller.actor, *ask.organization, view.day);
      view.organization = Reference{company.id, company.name};
    }
    policy::say(book, company, ask.facts);
    for (std::size_t i = 0; i < book.facts().size(); ++i)
      if (const auto& known = company.facts[i]; known.origin != policy::Origin::unknown)
        view.known.push_back({book.facts()[i].id, policy::json_of(known.value), policy::words_of(book.definitions(), book.facts()[i].kind, known.value), known.origin});
    const policy::Terms terms{view.day, {}};
    view.answers = policy::answer(book, chosen(book, ask.policies), company, terms);
    view.ladders = policy::ladders(book, company, terms);
    return http::json_response(view);
  });
}

// ---- for departments ----------------------------------------------------------------------------------------------

void require_department(const Caller& caller) {
  if (!caller.actor.has(identity::Role::department) && !caller.actor.has(identity::Role::administrator) && !caller.actor.has(identity::Role::auditor))
    throw Rejected(Code::forbidden, {"只有主管部门可以测算", "Only departments may do this"});
}

std::vector<Outcome> outcomes_of(const Request& request) {
  if (const auto outcome = enum_query<Outcome>(request, "outcome")) return {*outcome};
  return {Outcome::claim, Outcome::to_be_set, Outcome::tell_us, Outcome::almost};
}

std::size_t offset_of(const Request& request) {
  const std::string cursor = query_or_empty(request, "cursor");
  std::size_t offset = 0;
  const auto [end, failed] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), offset);
  if (failed != std::errc() && !cursor.empty()) throw Rejected(Code::invalid, "cursor", {"翻页位置不对", "the cursor is wrong"}, {"从第一页开始", "begin with the first page"});
  return offset;
}

struct EntitlementPage : policy::Entitlement {
  std::optional<std::string> next_cursor;
  std::vector<policy::KeptList> kept;  ///< newest first
};
BOOST_DESCRIBE_STRUCT(EntitlementPage, (policy::Entitlement), (next_cursor, kept))

awaitable<Response> list_entitled(Services& services, PolicyServices& policies, Request& request) {
  require_department(require_member(services, request));
  const policy::Policy& policy = policies.policies.require(request.path_parameter("id"));
  const auto outcomes = outcomes_of(request);
  const std::size_t offset = offset_of(request);
  const std::size_t limit = limit_of(request);
  co_return co_await services.server.run_on_workers([&] {
    EntitlementPage page;
    auto reader = services.readers.borrow();
    const auto known = policy::ever_listed(*reader, policy.id);
    page.kept = policy::kept_lists(*reader, policy.id, kKeptShown);
    policies.everybody([&](policy::Everybody& everybody) {
      static_cast<policy::Entitlement&>(page) = policy::entitled(everybody, policy, {everybody.today, {}}, outcomes, offset, limit, known);
    });
    if (static_cast<std::int64_t>(offset + page.items.size()) < page.total) page.next_cursor = std::to_string(offset + page.items.size());
    return http::json_response(page);
  });
}

awaitable<Response> export_entitled(Services& services, PolicyServices& policies, Request& request, TableFormat format) {
  const Caller caller = require_member(services, request);
  require_department(caller);
  const policy::Policy& policy = policies.policies.require(request.path_parameter("id"));
  const auto outcomes = outcomes_of(request);
  const bool english = reads_english(caller, request);
  co_return co_await services.server.run_on_workers([&] {
    office::Sheet sheet;
    {
      auto reader = services.readers.borrow();
      const auto known = policy::ever_listed(*reader, policy.id);
      policies.everybody([&](policy::Everybody& everybody) { sheet = policy::entitled_sheet(everybody, policy, {everybody.today, {}}, outcomes, known, english); });
    }
    return table_response(format, workbook_of(services, english, std::move(sheet)), english ? policy.title.en : policy.title.zh);
  });
}

awaitable<Response> try_figures(Services& services, PolicyServices& policies, Request& request) {
  require_department(require_member(services, request));
  const policy::Policy& policy = policies.policies.require(request.path_parameter("id"));
  const auto ask = http::read_body<WhatIfAsk>(request);
  const auto tried = policy::figures_tried(policies.policies, policy, ask.figures);
  co_return co_await services.server.run_on_workers([&] {
    policy::WhatIf result;
    policies.everybody([&](policy::Everybody& everybody) { result = policy::what_if(everybody, policies.policies, policy, everybody.today, tried); });
    return http::json_response(result);
  });
}

/// Keeps today's claimants as a list; those who are new on it find it in their inbox.
awaitable<Response> keep_entitled(Services& services, PolicyServices& policies, Request& request) {
  const Caller caller = require_writer(services, request);
  if (!caller.actor.has(identity::Role::department) && !caller.actor.has(identity::Role::administrator))
    throw Rejected(Code::forbidden, {"只有主管部门可以存名单", "Only departments keep lists"});
  const policy::Policy& policy = policies.policies.require(request.path_parameter("id"));
  const auto list = co_await services.server.run_on_workers([&] {
    policy::Entitlement claimants;
    policies.everybody([&](policy::Everybody& everybody) {
      claimants = policy::entitled(everybody, policy, {everybody.today, {}}, {Outcome::claim}, 0, everybody.who.size(), {});
    });
    return claimants;
  });
  co_return co_await change(
      services, request, caller, [&](store::Transaction& tx) { return policy::keep_list(tx, caller.actor, policy, list.day, list.items); },
      [](store::Connection&, const policy::KeptList& kept) { return http::json_response(kept, 201); });
}

std::vector<http::QueryDoc> outcome_query() { return {http::query_of<Outcome>("outcome", {"只要这种结论；不写即除不适用外的全部", "only with this outcome; all but `no` unless given"})}; }

void add_department_routes(http::Router& router, Services& services, PolicyServices& policies) {
  using http::Method;
  auto paged = outcome_query();
  paged.push_back(http::query_of<std::int64_t>("limit", {"每页条数", "items a page"}));
  paged.push_back(http::query_of<std::string>("cursor", {"上一页给的位置", "from the page before"}));
  router.add(Method::get, "/api/v1/policies/{id}/entitled", [&services, &policies](Request& request) { return list_entitled(services, policies, request); },
             {.id = "listEntitled",
              .tag = "policies",
              .summary = {"免申即享：谁符合、谁差一点、谁缺信息", "Who is entitled without asking, who almost, of whom facts are missing"},
              .response = http::of<EntitlementPage>(),
              .query = paged,
              .errors = {Code::not_found, Code::forbidden, Code::invalid}});
  add_table_routes(router, "/api/v1/policies/{id}/entitled",
                   {.id = "exportEntitled",
                    .tag = "policies",
                    .summary = {"名单", "The list"},
                    .query = outcome_query(),
                    .errors = {Code::not_found, Code::forbidden, Code::invalid}},
                   [&services, &policies](Request& request, TableFormat format) { return export_entitled(services, policies, request, format); });
  router.add(Method::post, "/api/v1/policies/{id}/lists", [&services, &policies](Request& request) { return keep_entitled(services, policies, request); },
             {.id = "keepEntitled",
              .tag = "policies",
              .summary = {"存下今天的名单，新进名单的单位会在待办里看到", "Keep today's list; organizations that are new on it see it in their inbox"},
              .response = http::of<policy::KeptList>(),
              .status = 201,
              .errors = {Code::not_found, Code::forbidden, Code::too_large}});
  router.add(Method::post, "/api/v1/policies/{id}/what-if", [&services, &policies](Request& request) { return try_figures(services, policies, request); },
             {.id = "tryFigures",
              .tag = "policies",
              .summary = {"试改数字：谁多得、谁少得、要花多少；不保存", "Try other figures: who gains, who loses, what it costs; nothing is kept"},
              .request = http::of<WhatIfAsk>(),
              .response = http::of<policy::WhatIf>(),
              .errors = {Code::not_found, Code::forbidden, Code::invalid}});
}

}  // namespace

void add_policy_routes(http::Router& router, Services& services, PolicyServices& policies) {
  using http::Access;
  using http::Method;
  router.add(Method::get, "/api/v1/policies", [&policies](const Request&) { return list_policies(policies); },
             {.id = "listPolicies", .tag = "policies", .summary = {"政策：条款、参数、出处", "Policies with clauses, figures and sources"}, .response = http::of<Items<PolicyView>>(), .access = Access::anyone});
  router.add(Method::get, "/api/v1/policies/questions", [&policies](const Request&) { return list_questions(policies); },
             {.id = "listPolicyQuestions", .tag = "policies", .summary = {"自测表的问题", "Questions of the self-test"}, .response = http::of<PolicyQuestions>(), .access = Access::anyone});
  router.add(Method::post, "/api/v1/policies/answers", [&services, &policies](Request& request) { return answer_policies(services, policies, request); },
             {.id = "answerPolicies",
              .tag = "policies",
              .summary = {"政策自测：能领什么，差什么；不保存填写的内容", "Self-test: what may be claimed and what is missing; nothing said is kept"},
              .request = http::of<PolicyAsk>(),
              .response = http::of<PolicyAnswers>(),
              .errors = {Code::not_found, Code::invalid, Code::too_large},
              .access = Access::anyone,
              .body_bytes_max = kAnswerBytesMax});
  add_department_routes(router, services, policies);
}

}  // namespace jingwei::api
