// Plans over the four chains for a need: candidates of each kind from match, the combination from plan.
#include <set>

#include "api/internal/views.h"

namespace jingwei::api {
namespace {

constexpr std::size_t kCandidatesOfKind = 12;
constexpr const char* kPlannedKinds[] = {"achievement", "expert", "platform", "instrument", "pilot", "fund", "policy"};

/// Two or three ways to get a need solved. `supplies` holds every supply that a part, a change or a gap names.
struct PlansView {
  std::string need_id;
  std::string title;
  std::string begins_on;
  std::optional<std::int64_t> budget_fen;
  std::optional<std::string> deadline;
  std::int64_t feed_seq = 0;
  std::vector<deals::NeedProblem> problems;
  std::vector<plan::Alternative> alternatives;
  std::vector<plan::SamePlan> same;
  std::vector<Bilingual> notes;
  std::vector<MatchedSupply> supplies;
};
BOOST_DESCRIBE_STRUCT(PlansView, (), (need_id, title, begins_on, budget_fen, deadline, feed_seq, problems, alternatives, same, notes, supplies))

std::set<std::string> named(const plan::Plans& plans) {
  std::set<std::string> ids;
  for (const auto& alternative : plans.alternatives) {
    for (const auto& part : alternative.parts) {
      ids.insert(part.supply_id);
      if (part.otherwise) ids.insert(part.otherwise->supply_id);
    }
    for (const auto& gap : alternative.gaps)
      if (gap.supply_id) ids.insert(*gap.supply_id);
  }
  return ids;
}

/// Candidates that the caller may read, and what is shown of them.
std::vector<MatchedSupply> gather(Services& services, store::Connection& connection, const identity::Actor& actor, plan::Request& request, Timestamp now, std::int64_t& feed_seq) {
  std::vector<MatchedSupply> supplies;
  match::Options options;
  options.limit = kCandidatesOfKind;
  options.today = request.today;
  options.now_us = now.us;
  for (const char* kind : kPlannedKinds) {
    options.kind = kind;
    auto matches = services.engine.match(request.need, options);
    feed_seq = static_cast<std::int64_t>(matches.feed_seq);
    request.problems = std::move(matches.problems);
    for (auto& item : matches.items) {
      auto view = view_of_match(services, connection, item, actor);
      auto document = services.engine.find(item.id);
      if (!view || !document) continue;
      supplies.push_back(std::move(view->supply));
      request.candidates.push_back({std::move(item), std::move(*document)});
    }
  }
  return supplies;
}

awaitable<Response> plans_of_need(Services& services, Request& request) {
  const Caller caller = require_member(services, request);
  const std::string id(request.path_parameter("id"));
  co_return co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    const registry::Entry entry = require_need(services, *reader, caller.actor, id);
    const Timestamp now = services.clock.now();
    plan::Request asked;
    asked.need = need_of(entry);
    asked.need.meaning = services.models.meaning(asked.need.title, asked.need.text);
    asked.today = shanghai_date(now);
    const auto split = deals::Deals::problems(*reader, entry.id, {});
    if (split.edited)
      for (const auto& problem : split.problems) asked.need.problems.push_back(problem.text);
    PlansView view;
    auto supplies = gather(services, *reader, caller.actor, asked, now, view.feed_seq);
    auto plans = plan::make(asked, services.plan_rules);
    const auto ids = named(plans);
    std::erase_if(supplies, [&](const MatchedSupply& supply) { return !ids.contains(supply.id); });
    view.need_id = entry.id;
    view.title = entry.title;
    view.begins_on = asked.today;
    view.budget_fen = asked.need.budget_fen;
    if (!asked.need.deadline.empty()) view.deadline = asked.need.deadline;
    for (const auto& problem : plans.problems) view.problems.push_back({problem.index, problem.text});
    view.alternatives = std::move(plans.alternatives);
    view.same = std::move(plans.same);
    view.notes = std::move(plans.notes);
    view.supplies = std::move(supplies);
    return http::json_response(view);
  });
}

}  // namespace

void add_plan_routes(http::Router& router, Services& services) {
  router.add(http::Method::get, "/api/v1/needs/{id}/plans", [&services](Request& request) { return plans_of_need(services, request); },
             {.id = "getPlans",
              .tag = "needs",
              .summary = {"四链方案：谁来解、用什么、花多少、何时完成", "Costed plans over the four chains"},
              .response = http::of<PlansView>(),
              .errors = {Code::not_found}});
}

}  // namespace jingwei::api
