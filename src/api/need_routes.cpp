// Needs: problems, matches with reasons, a preview while a need is being written; search over all supplies.
#include "api/internal/views.h"
#include "base/text.h"

template <>
struct jingwei::http::Constraints<jingwei::api::ProblemsWrite> {
  static std::vector<MemberRule> rules() { return {{.member = "problems", .items_min = 1, .items_max = 8}}; }
};
template <>
struct jingwei::http::Constraints<jingwei::api::NeedPreview> {
  static std::vector<MemberRule> rules() {
    return {{.member = "title", .max_length = 120}, {.member = "text", .max_length = 8000}, {.member = "limit", .minimum = 1, .maximum = 50}};
  }
};

namespace jingwei::api {
namespace {

using registry::Entry;
using registry::Registry;

constexpr std::size_t kMatchesDefault = 20;
constexpr std::size_t kMatchesMax = 100;
constexpr std::size_t kMatchesSpare = 10;  ///< looked at beside those that are shown: some of these have no room and step back
constexpr std::size_t kShownTextCharacters = 400;

struct SearchHit {
  EntryView entry;
  std::string kind;
  double score = 0;
  std::vector<match::Reason> reasons;
};
BOOST_DESCRIBE_STRUCT(SearchHit, (), (entry, kind, score, reasons))

struct SearchResult {
  std::int64_t feed_seq = 0;
  std::vector<SearchHit> items;
};
BOOST_DESCRIBE_STRUCT(SearchResult, (), (feed_seq, items))

std::vector<std::string> texts_of(const std::vector<match::Problem>& problems) {
  std::vector<std::string> texts;
  for (const auto& problem : problems) texts.push_back(problem.text);
  return texts;
}

}  // namespace

std::optional<MatchView> view_of_match(Services& services, store::Connection& connection, const match::Item& item, const identity::Actor& actor) {
  const auto entry = Registry::find(connection, item.id);
  if (!entry || entry->state != registry::EntryState::published || !services.registry.may_read(connection, *entry, actor)) return std::nullopt;
  const auto document = services.engine.find(item.id);
  if (!document) return std::nullopt;
  MatchView view;
  const EntryView supply = view_of(services, connection, *entry, actor);
  view.supply = {supply.id,
                 supply.register_,
                 item.kind,
                 document->title,
                 std::string(first_characters(document->text, kShownTextCharacters)),
                 supply.owner,
                 supply.region,
                 supply.segment,
                 document->trl ? std::optional<std::int64_t>(*document->trl) : std::nullopt,
                 document->amount_fen};
  view.score = item.score;
  view.parts = {item.parts.begin(), item.parts.end()};
  for (const int problem : item.problems) view.problems.push_back(problem);
  view.reasons = item.reasons;
  view.missing = item.missing;
  return view;
}

namespace {

/// The suppliers' side of an answer: who has no room or a record. Of suppliers about whom nothing is known nothing changes.
void see_suppliers(Services& services, store::Connection& connection, const match::Need& need, match::Matches& matches) {
  digest::SupplierBook book(connection, services.registry, services.clock.now());
  match::see_both_sides(matches, need, [&](const match::Item& item) -> std::optional<match::KnownSupplier> {
    const auto document = services.engine.find(item.id);
    if (!document) return std::nullopt;
    const auto supplier = book.of(item.id, document->owner);
    if (!supplier) return std::nullopt;
    return match::KnownSupplier{*supplier, document->amount_fen};
  });
}

MatchesView view_of_matches(Services& services, store::Connection& connection, const match::Need& need, match::Matches matches, const identity::Actor& actor,
                            std::size_t limit) {
  see_suppliers(services, connection, need, matches);
  MatchesView view;
  view.feed_seq = static_cast<std::int64_t>(matches.feed_seq);
  for (const auto& problem : matches.problems) view.problems.push_back({problem.index, problem.text});
  for (const auto& item : matches.items) {
    if (view.items.size() >= limit) break;
    if (auto match = view_of_match(services, connection, item, actor)) view.items.push_back(std::move(*match));
  }
  return view;
}

match::Options options_of(Services& services, const Request& request, std::size_t limit) {
  match::Options options;
  options.limit = limit;
  options.kind = query_or_empty(request, "kind");
  options.region = query_or_empty(request, "region");
  options.segment = query_or_empty(request, "segment");
  const Timestamp now = services.clock.now();
  options.today = shanghai_date(now);
  options.now_us = now.us;
  return options;
}

/// The owner's own marks, for the owner's side.
void add_marks(Services& services, store::Connection& connection, const identity::Actor& actor, const Entry& need, MatchesView& view) {
  if (!actor.acts_for(need.owner_id)) return;
  std::map<std::string, feedback::FeedbackVersion> marks;
  for (auto& mark : services.feedback.of_need(connection, actor, need)) marks.emplace(mark.supply.id, std::move(mark));
  const bool may_mark = feedback::may_mark(need.owner_id, actor);
  for (auto& item : view.items) {
    if (const auto at = marks.find(item.supply.id); at != marks.end()) item.feedback = at->second;
    item.may_mark = may_mark && !(item.supply.owner && item.supply.owner->id == need.owner_id);
  }
}

awaitable<Response> matches_of_need(Services& services, Request& request) {
  const Caller caller = require_member(services, request);
  const std::size_t limit = limit_of(request, kMatchesDefault, kMatchesMax);
  const std::string id(request.path_parameter("id"));
  const match::Options options = options_of(services, request, limit + kMatchesSpare);
  co_return co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    const Entry entry = require_need(services, *reader, caller.actor, id);
    match::Need need = need_of(entry);
    const auto split = deals::Deals::problems(*reader, entry.id, {});
    if (split.edited)
      for (const auto& problem : split.problems) need.problems.push_back(problem.text);
    need.meaning = services.models.meaning(need.title, need.text);
    MatchesView view = view_of_matches(services, *reader, need, services.engine.match(need, options), caller.actor, limit);
    view.need_id = entry.id;
    add_marks(services, *reader, caller.actor, entry, view);
    return http::json_response(view);
  });
}

/// A code that no list has would match nothing, and say nothing of why.
void check_codes(const registry::Definitions& definitions, const NeedPreview& body) {
  if (const auto code = body.segment.value_or(""); !code.empty() && definitions.code_list("segments")->find(code) == nullptr)
    throw Rejected(Code::invalid, "segment", {"没有这个产业链环节：" + code, "There is no such segment: " + code},
                   {"从环节列表里选，或留空由文字判断", "Choose one of the list, or leave it empty and let the text say"});
  if (const auto code = body.region.value_or(""); !code.empty() && definitions.regions().find(code) == nullptr)
    throw Rejected(Code::invalid, "region", {"没有这个行政区划代码：" + code, "There is no such division code: " + code},
                   {"用 6 位代码，如 330400，或留空", "Use a 6-digit code such as 330400, or leave it empty"});
}

awaitable<Response> preview(Services& services, Request& request) {
  const Caller caller = require_member(services, request);
  const auto body = http::read_body<NeedPreview>(request);
  check_codes(services.registry.definitions(), body);
  const auto limit = static_cast<std::size_t>(body.limit.value_or(10));
  const match::Options options = options_of(services, request, limit + kMatchesSpare);
  co_return co_await services.server.run_on_workers([&] {
    match::Need need;
    need.title = body.title;
    need.text = body.text;
    need.segment = body.segment.value_or("");
    need.region = body.region.value_or("");
    need.budget_fen = body.budget_fen;
    need.stage = body.stage.value_or("");
    need.deadline = body.deadline.value_or("");
    need.meaning = services.models.meaning(need.title, need.text);
    auto reader = services.readers.borrow();
    return http::json_response(view_of_matches(services, *reader, need, services.engine.match(need, options), caller.actor, limit));
  });
}

awaitable<Response> search(Services& services, Request& request) {
  const Caller caller = identify(services, request);
  const std::string query = query_or_empty(request, "q");
  const std::size_t limit = limit_of(request, kMatchesDefault, kMatchesMax);
  const match::Options options = options_of(services, request, limit);
  co_return co_await services.server.run_on_workers([&] {
    SearchResult result;
    auto reader = services.readers.borrow();
    const auto matches = services.engine.search(query, options);
    result.feed_seq = static_cast<std::int64_t>(matches.feed_seq);
    for (const auto& item : matches.items) {
      const auto entry = Registry::find(*reader, item.id);
      if (!entry || entry->state != registry::EntryState::published || !services.registry.may_read(*reader, *entry, caller.actor)) continue;
      result.items.push_back({view_of(services, *reader, *entry, caller.actor), item.kind, item.score, item.reasons});
    }
    return http::json_response(result);
  });
}

Response problems_of_need(Services& services, const Request& request) {
  const Caller caller = identify(services, request);
  auto reader = services.readers.borrow();
  const Entry entry = require_need(services, *reader, caller.actor, request.path_parameter("id"));
  const auto problems = deals::Deals::problems(*reader, entry.id, texts_of(services.engine.decompose(need_of(entry))));
  return with_version(http::json_response(problems), problems.version);
}

awaitable<Response> set_problems(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string id(request.path_parameter("id"));
  const auto version = require_version(request);
  const auto body = http::read_body<ProblemsWrite>(request);
  std::vector<std::string> texts;
  for (const auto& problem : body.problems) texts.push_back(problem.text);
  const auto problems =
      co_await run_command(services, [&](store::Transaction& tx) { return services.deals.set_problems(tx, caller.actor, id, version, texts); });
  co_return with_version(http::json_response(problems), problems.version);
}

std::vector<http::QueryDoc> match_query() {
  return {http::query_of<std::string>("kind", {"资源类型", "kind of supply"}), http::query_of<std::string>("region", {"行政区划代码", "division code"}),
          http::query_of<std::string>("segment", {"产业链环节代码", "segment code"}), http::query_of<std::int64_t>("limit", {"最多几条", "at most so many"})};
}

}  // namespace

void add_need_routes(http::Router& router, Services& services) {
  using http::Method;
  router.add(Method::get, "/api/v1/needs/{id}/problems", [&services](const Request& request) { return problems_of_need(services, request); },
             {.id = "getProblems",
              .tag = "needs",
              .summary = {"需求拆成的子题", "Problems of a need"},
              .response = http::of<deals::NeedProblems>(),
              .sends_etag = true,
              .errors = {Code::not_found},
              .access = http::Access::anyone});
  router.add(Method::put, "/api/v1/needs/{id}/problems", [&services](Request& request) { return set_problems(services, request); },
             {.id = "setProblems",
              .tag = "needs",
              .summary = {"修改拆题", "Change the split"},
              .request = http::of<ProblemsWrite>(),
              .response = http::of<deals::NeedProblems>(),
              .needs_if_match = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::version_mismatch}});
  router.add(Method::get, "/api/v1/needs/{id}/matches", [&services](Request& request) { return matches_of_need(services, request); },
             {.id = "getMatches",
              .tag = "needs",
              .summary = {"能解题的资源和理由", "Supplies that answer the need, with reasons"},
              .response = http::of<MatchesView>(),
              .query = match_query(),
              .errors = {Code::not_found, Code::invalid}});
  router.add(Method::post, "/api/v1/matches/preview", [&services](Request& request) { return preview(services, request); },
             {.id = "previewMatches",
              .tag = "needs",
              .summary = {"边写边匹配，不保存", "Matches while writing; nothing is kept"},
              .request = http::of<NeedPreview>(),
              .response = http::of<MatchesView>(),
              .errors = {Code::invalid, Code::too_large}});
  auto query = match_query();
  query.insert(query.begin(), http::query_of<std::string>("q", {"检索词", "words"}, true));
  router.add(Method::get, "/api/v1/search", [&services](Request& request) { return search(services, request); },
             {.id = "search",
              .tag = "entries",
              .summary = {"检索全部资源", "Search all supplies"},
              .response = http::of<SearchResult>(),
              .query = query,
              .errors = {Code::invalid, Code::too_large},
              .access = http::Access::anyone});
}

}  // namespace jingwei::api
