// The node itself: overview for the portal, inbox, health, state for administrators, the OpenAPI document.
#include <cstdio>

#include <fmt/format.h>

#include "api/internal/views.h"
#include "policy/lists.h"
#include "steering/steering.h"

namespace jingwei::api {
namespace {

using identity::Actor;
using identity::Role;
using registry::EntryFilter;
using registry::EntryState;

constexpr std::size_t kLatest = 6;
constexpr std::int64_t kOldDraftDays = 7;
constexpr std::size_t kOldDraftsShown = 20;
constexpr std::int64_t kRecentFeedbackDays = 7;
constexpr std::size_t kDigestsShown = 3;

std::vector<EntryView> latest(Services& services, store::Connection& connection, const std::string& register_id, const Actor& actor) {
  EntryFilter filter;
  filter.register_id = register_id;
  filter.state = EntryState::published;
  filter.limit = kLatest;
  std::vector<EntryView> views;
  for (const auto& entry : services.registry.list(connection, actor, filter).entries) views.push_back(view_of(services, connection, entry, actor));
  return views;
}

Overview overview(Services& services, const Request& request) {
  const Actor actor = identify(services, request).actor;
  auto reader = services.readers.borrow();
  Overview view;
  if (const Region* region = services.registry.definitions().regions().find(services.node.region)) view.region = view_of(*region);
  view.node = {services.node.origin, {services.node.title_zh, services.node.title_en}};
  for (const auto& reg : services.registry.definitions().all())
    view.registers.push_back(
        {reg.id, reg.title, reader->query_integer("SELECT COUNT(*) FROM entries WHERE register = $1 AND state = 'published'", {reg.id}).value_or(0)});
  view.deals = deals::Deals::count_by_state(*reader);
  view.statements = reader->query_integer("SELECT leaf_count FROM heads WHERE id = 1").value_or(0);
  view.latest_needs = latest(services, *reader, "needs", actor);
  view.latest_supplies = latest(services, *reader, "achievements", actor);
  return view;
}

Bilingual waiting_title(const deals::Waiting& waiting) {
  switch (waiting.act.act) {
    case deals::DealAct::agree: return {"等您答复：" + waiting.deal_title, "Waits for your answer: " + waiting.deal_title};
    case deals::DealAct::deliver: return {"等您交付：" + waiting.deal_title, "Waits for your delivery: " + waiting.deal_title};
    case deals::DealAct::accept: return {"等您验收：" + waiting.deal_title, "Waits for your acceptance: " + waiting.deal_title};
    default: return {"等您评价：" + waiting.deal_title, "Waits for your evaluation: " + waiting.deal_title};
  }
}

void add_old_drafts(Services& services, store::Connection& connection, const Actor& actor, std::vector<InboxItem>& items) {
  const std::int64_t before_us = services.clock.now().us - kOldDraftDays * kMicrosPerDay;
  connection.query(
      "SELECT id, register, title, updated_us FROM entries WHERE owner_id = $1 AND state = 'draft' AND updated_us < $2 ORDER BY updated_us LIMIT $3",
      {actor.organization_id, before_us, static_cast<std::int64_t>(kOldDraftsShown)}, [&](const store::Row& row) {
        const std::string title = row.string(2);
        items.push_back({"old_draft",
                         {"草稿还没发布：" + title, "Draft not published yet: " + title},
                         row.string(0),
                         "/entries/" + row.string(1) + "/" + row.string(0),
                         to_rfc3339({row.integer(3)})});
      });
}

/// One line for all of it: feedback is news, not work that waits.
void add_recent_feedback(Services& services, store::Connection& connection, const Actor& actor, std::vector<InboxItem>& items) {
  const Timestamp since{services.clock.now().us - kRecentFeedbackDays * kMicrosPerDay};
  const auto recent = feedback::Feedback::recent(connection, actor.organization_id, since);
  if (recent.count == 0) return;
  Bilingual title{"最近 " + std::to_string(kRecentFeedbackDays) + " 天收到 " + std::to_string(recent.count) + " 条反馈",
                  "Feedback of the last " + std::to_string(kRecentFeedbackDays) + " days: " + std::to_string(recent.count)};
  if (recent.refused > 0) {
    title.zh += "，其中 " + std::to_string(recent.refused) + " 条说不合适";
    title.en += ", " + std::to_string(recent.refused) + " of it refusals";
  }
  items.push_back({"feedback_received", std::move(title), recent.latest_id, "/feedback", recent.latest_at});
}

Bilingual digest_title(const digest::DigestSummary& digest) {
  Bilingual title{"匹配简报 " + digest.day + "：", "Matches of " + digest.day + ": "};
  const std::string needs = std::to_string(digest.needs), supplies = std::to_string(digest.supplies), wanted = std::to_string(digest.wanted);
  if (digest.supplies > 0) title.zh += needs + " 条需求有 " + supplies + " 项新资源", title.en += supplies + " new supplies for " + needs + " of your needs";
  if (digest.supplies > 0 && digest.wanted > 0) title.zh += "，", title.en += ", ";
  if (digest.wanted > 0) title.zh += wanted + " 条需求适合您的资源", title.en += wanted + " needs that suit what you offer";
  return title;
}

/// Until they are read.
void add_digests(Services& services, store::Connection& connection, const Actor& actor, std::vector<InboxItem>& items) {
  for (const auto& digest : services.digests.unread(connection, actor, services.clock.now(), kDigestsShown))
    items.push_back({"digest", digest_title(digest), digest.id, "/digests/" + digest.id, digest.at});
}

void add_newly_entitled(Services& services, store::Connection& connection, const Actor& actor, std::vector<InboxItem>& items) {
  const Timestamp since{services.clock.now().us - policy::kNewsDays * kMicrosPerDay};
  for (const auto& news : policy::newly_entitled(connection, actor.organization_id, since))
    items.push_back({"policy_entitled", {"可以申领：" + news.title.zh, "You may claim: " + news.title.en}, news.list_id, "/policies?outcome=claim", news.at});
}

/// Indicators that the person's units owe a figure of, in one line with the longest overdue one first.
void add_due_reports(Services& services, store::Connection& connection, const Actor& actor, std::vector<InboxItem>& items) {
  if (!actor.has(identity::Role::department)) return;
  const std::string today = shanghai_date(services.clock.now());
  std::int64_t due = 0;
  std::int64_t overdue = 0;
  std::string first_id;
  for (const auto& report : services.steering.dues(connection, actor, today, false)) {
    if (report.reminder == steering::Reminder::none || (report.observation && report.observation->state != steering::ReportState::returned)) continue;
    if (first_id.empty()) first_id = report.indicator_id;
    ++due;
    if (report.due_on < today) ++overdue;
  }
  if (due == 0) return;
  items.push_back({"report_due",
                   {fmt::format("{} 项指标待填报，其中 {} 项逾期", due, overdue), fmt::format("{} figures to report, {} of them overdue", due, overdue)},
                   first_id,
                   "/steering/reports",
                   to_rfc3339(services.clock.now())});
}

std::vector<InboxItem> inbox(Services& services, const Actor& actor) {
  auto reader = services.readers.borrow();
  std::vector<InboxItem> items;
  add_due_reports(services, *reader, actor, items);
  if (!actor.organization_id.empty()) {
    for (const auto& waiting : deals::Deals::waiting_for(*reader, actor.organization_id))
      items.push_back({"deal_" + std::string(enum_name(waiting.act.act)), waiting_title(waiting), waiting.deal_id, "/deals/" + waiting.deal_id, waiting.since});
    add_digests(services, *reader, actor, items);
    add_recent_feedback(services, *reader, actor, items);
    add_newly_entitled(services, *reader, actor, items);
    add_old_drafts(services, *reader, actor, items);
  }
  for (const auto& import : registry::ImportJobs::list(*reader, actor, 20)) {
    if (import.state == registry::ImportState::checked)
      items.push_back(
          {"import_unfinished", {"导入已检查，还没写入", "An import was checked and not yet written"}, import.id, "/imports/" + import.id, import.created_at});
    else if (import.wrong > 0)
      items.push_back({"import_wrong_rows",
                       {"导入有 " + std::to_string(import.wrong) + " 行需要修改", std::to_string(import.wrong) + " rows of an import need mending"},
                       import.id,
                       "/imports/" + import.id,
                       import.created_at});
  }
  return items;
}

std::int64_t resident_bytes() {
  long pages = 0;
  long resident = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%ld %ld", &pages, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return static_cast<std::int64_t>(resident) * 4096;
}

NodeState node_state(Services& services, const Caller& caller) {
  if (!caller.actor.has(Role::administrator) && !caller.actor.has(Role::auditor))
    throw Rejected(Code::forbidden, {"只有管理员和审计员可以查看", "Only administrators and auditors may see this"});
  auto reader = services.readers.borrow();
  NodeState state;
  state.version = services.node.version;
  state.origin = services.node.origin;
  if (const Region* region = services.registry.definitions().regions().find(services.node.region)) state.region = view_of(*region);
  state.store = services.database.is_postgresql() ? "postgresql" : "sqlite";
  state.data_folder = services.node.data_folder;
  state.feed_seq = reader->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
  state.match_seq = services.match_seq();
  state.match_documents = static_cast<std::int64_t>(services.engine.state().documents);
  state.memory_bytes = resident_bytes();
  state.started_at = to_rfc3339(services.node.started_at);
  return state;
}

/// Two spaces an indent; what a golden file can be compared by.
void write_pretty(std::string& out, const json::value& value, std::size_t depth) {
  const std::string indent(2 * depth + 2, ' ');
  const std::string closing(2 * depth, ' ');
  const auto separate = [&](bool first) { out += (first ? "\n" : ",\n") + indent; };
  if (value.is_object() && !value.as_object().empty()) {
    out += '{';
    bool first = true;
    for (const auto& item : value.as_object()) {
      separate(first);
      first = false;
      out += json::serialize(json::value(item.key())) + ": ";
      write_pretty(out, item.value(), depth + 1);
    }
    out += "\n" + closing + "}";
  } else if (value.is_array() && !value.as_array().empty()) {
    out += '[';
    bool first = true;
    for (const auto& item : value.as_array()) {
      separate(first);
      first = false;
      write_pretty(out, item, depth + 1);
    }
    out += "\n" + closing + "]";
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::string openapi_text(const http::Router& router) {
  http::OpenApiInfo info;
  info.title = "Jingwei";
  info.version = "1";
  info.description = {"经纬节点接口", "The interface of a Jingwei node"};
  info.session_cookie = kSessionCookie;
  info.status_of = status_of;
  std::string text;
  write_pretty(text, http::openapi_document(router, info), 0);
  return text + "\n";
}

void add_node_routes(http::Router& router, Services& services) {
  using http::Access;
  using http::Method;
  router.add(Method::get, "/api/v1/overview", [&services](const Request& request) { return http::json_response(overview(services, request)); },
             {.id = "getOverview",
              .tag = "node",
              .summary = {"门户首页的数字和最新条目", "Figures and latest entries for the portal"},
              .response = http::of<Overview>(),
              .access = Access::anyone});
  router.add(Method::get, "/api/v1/inbox", [&services](const Request& request) {
    return http::json_response(Items<InboxItem>{inbox(services, require_member(services, request).actor)});
  }, {.id = "getInbox", .tag = "node", .summary = {"等我处理的事", "What waits for me"}, .response = http::of<Items<InboxItem>>()});
  router.add(
      Method::get, "/api/v1/admin/node",
      [&services](const Request& request) { return http::json_response(node_state(services, require_member(services, request))); },
      {.id = "getNodeState", .tag = "node", .summary = {"节点状态", "State of the node"}, .response = http::of<NodeState>(), .errors = {Code::forbidden}});
  router.add(Method::get, "/healthz", [](const Request&) { return http::json_response(Health{"ok"}); },
             {.id = "getHealth", .tag = "node", .summary = {"是否在运行", "Whether it runs"}, .response = http::of<Health>(), .access = Access::anyone});
  router.add(Method::get, "/readyz",
             [&services](const Request&) {
               auto reader = services.readers.borrow();
               const auto feed_seq = reader->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
               const auto match_seq = services.match_seq();
               return http::json_response(Readiness{true, feed_seq, match_seq, static_cast<std::int64_t>(services.log.size())});
             },
             {.id = "getReadiness",
              .tag = "node",
              .summary = {"是否就绪，读模型读到哪里", "Whether it is ready and how far the read models are"},
              .response = http::of<Readiness>(),
              .access = Access::anyone});
}

void add_routes(http::Router& router, Services& services) {
  add_session_routes(router, services);
  add_account_routes(router, services);
  add_register_routes(router, services);
  add_import_routes(router, services);
  add_need_routes(router, services);
  add_plan_routes(router, services);
  add_deal_routes(router, services);
  add_feedback_routes(router, services);
  add_digest_routes(router, services);
  add_evidence_routes(router, services);
  add_analytics_routes(router, services);
  add_atlas_routes(router, services);
  add_model_routes(router, services);
  add_steering_routes(router, services);
  add_plan_task_routes(router, services);
  add_attachment_routes(router, services);
  add_node_routes(router, services);
  router.add(http::Method::get, "/api/openapi.json", [text = std::make_shared<const std::string>(openapi_text(router))](const Request&) -> Response {
    Response response;
    response.set("Content-Type", "application/json; charset=utf-8");
    response.shared_body = text;
    return response;
  });
}

}  // namespace jingwei::api
