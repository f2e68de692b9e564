// Plans that were committed, their tasks, and the reviews that follow them.
#include "api/internal/steering_views.h"
#include "http/forms.h"
#include "reading/file.h"

namespace jingwei::api {
namespace {

constexpr std::size_t kPlanBodyBytesMax = 24U << 20;  ///< text of reading::kTextBytesMax and a draft that repeats it

std::string today_of(Services& services) { return shanghai_date(services.clock.now()); }

Response task_response(Services& services, store::Connection& connection, std::string_view id, const Caller& caller, int status) {
  const auto view = services.steering.task(connection, caller.actor, id, today_of(services));
  Response response = with_version(http::json_response(view, status), view.version);
  if (status == 201) response.set("Location", "/api/v1/tasks/" + view.id);
  return response;
}

Response list_tasks(Services& services, const Request& request) {
  const Caller caller = require_member(services, request);
  auto reader = services.readers.borrow();
  steering::TaskFilter filter{enum_query<steering::TaskKind>(request, "kind"), std::nullopt, enum_query<steering::TaskStatus>(request, "status"), query_or_empty(request, "unit")};
  TasksView view;
  view.today = today_of(services);
  view.items = services.steering.tasks(*reader, caller.actor, filter, view.today);
  view.may_steer = steering::steers(caller.actor, steering::Steering::units(*reader));
  return http::json_response(view);
}

std::string day_query(const Request& request, const char* name) {
  if (const auto day = normalise_date(query_or_empty(request, name))) return *day;
  throw Rejected(Code::invalid, name, {"没有这一天", "there is no such day"}, {"如 2026-09-30", "such as 2026-09-30"});
}

Response list_changes(Services& services, const Request& request) {
  const Caller caller = require_member(services, request);
  auto reader = services.readers.borrow();
  return http::json_response(Items<steering::TaskChange>{services.steering.task_changes(*reader, caller.actor, day_query(request, "from"), day_query(request, "to"))});
}

awaitable<Response> add_task(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const auto body = http::read_body<steering::TaskContent>(request);
  co_return co_await change(services, request, caller, [&](store::Transaction& tx) { return services.steering.add_task(tx, caller.actor, body); },
                            [&](store::Connection& connection, const std::string& id) { return task_response(services, connection, id, caller, 201); });
}

awaitable<Response> change_task(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string id(request.path_parameter("id"));
  const auto version = require_version(request);
  const auto body = http::read_body<steering::TaskContent>(request);
  co_return co_await change(
      services, request, caller,
      [&](store::Transaction& tx) {
        services.steering.change_task(tx, caller.actor, id, version, body);
        return id;
      },
      [&](store::Connection& connection, const std::string& written) { return task_response(services, connection, written, caller, 200); });
}

Response plan_response(Services& services, store::Connection& connection, std::string_view id, const Caller& caller, int status) {
  const KeptPlan plan = services.steering.plan(connection, caller.actor, id);
  Response response = with_version(http::json_response(plan, status), plan.version);
  if (status == 201) response.set("Location", "/api/v1/plans/" + plan.id);
  return response;
}

awaitable<Response> commit_plan(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const auto body = http::read_body<steering::PlanCommit>(request);
  co_return co_await change(services, request, caller, [&](store::Transaction& tx) { return services.steering.commit_plan(tx, caller.actor, body); },
                            [&](store::Connection& connection, const std::string& id) { return plan_response(services, connection, id, caller, 201); });
}

/// The text of a text, Word or PDF file: a multipart part called "file", or the body itself as text/plain.
std::string text_of(const Request& request) {
  std::string text;
  if (request.media_type() == "text/plain") text = request.body;
  else if (request.media_type() == "multipart/form-data") {
    for (const auto& part : http::parse_multipart(request.header("Content-Type").value_or(""), request.body))
      if (part.name == "file") text = part.content;
  } else {
    throw Rejected(Code::unsupported, "Content-Type", {"请上传文件，或粘贴正文", "send a file, or paste the text"},
                   {"用 multipart/form-data 的 file 字段，或 text/plain 正文", "use the part 'file' of multipart/form-data, or a text/plain body"});
  }
  io::SystemPrograms programs;
  return reading::text_of_file(text, programs);
}

awaitable<Response> read_plan(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string replaces = query_or_empty(request, "replaces");
  PlanReading answer;
  co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    if (!steering::steers(caller.actor, steering::Steering::units(*reader))) throw Rejected(Code::forbidden, {"只有统筹单位可以读入文件", "Only the steering office reads plans in"});
    answer.text = text_of(request);
    answer.draft = reading::read(answer.text);
    if (!replaces.empty()) answer.changes = reading::compare(services.steering.plan(*reader, caller.actor, replaces).draft, answer.draft).changes;
    return true;
  });
  co_return http::json_response(answer);
}

awaitable<Response> save_draft(Services& services, Request& request, bool fresh) {
  const Caller caller = require_writer(services, request);
  const auto id = fresh ? std::nullopt : std::optional<std::string>(request.path_parameter("id"));
  const auto version = fresh ? std::nullopt : std::optional(require_version(request));
  const auto body = http::read_body<steering::PlanDraftWrite>(request);
  co_return co_await change(services, request, caller, [&](store::Transaction& tx) { return services.steering.save_draft(tx, caller.actor, id, version, body); },
                            [&](store::Connection&, const steering::PlanDraftNote& note) { return with_version(http::json_response(note, fresh ? 201 : 200), note.version); });
}

awaitable<Response> discard_draft(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string id(request.path_parameter("id"));
  const auto version = require_version(request);
  co_return co_await change(
      services, request, caller,
      [&](store::Transaction& tx) {
        services.steering.discard_draft(tx, caller.actor, id, version);
        return true;
      },
      [](store::Connection&, bool) { return http::no_content(); });
}

Response review_response(Services& services, store::Connection& connection, std::string_view id, const Caller& caller, int status) {
  const auto page = services.steering.review(connection, caller.actor, id);
  Response response = with_version(http::json_response(page, status), page.version);
  if (status == 201) response.set("Location", "/api/v1/reviews/" + page.id);
  return response;
}

awaitable<Response> get_review(Services& services, Request& request) {
  const Caller caller = require_member(services, request);
  const std::string id(request.path_parameter("id"));
  std::optional<Response> response;
  co_await services.server.run_on_workers([&] {
    auto reader = services.readers.borrow();
    response = review_response(services, *reader, id, caller, 200);
    return true;
  });
  co_return std::move(*response);
}

awaitable<Response> open_review(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const auto body = http::read_body<steering::ReviewContent>(request);
  co_return co_await change(services, request, caller, [&](store::Transaction& tx) { return services.steering.open_review(tx, caller.actor, body); },
                            [&](store::Connection& connection, const std::string& id) { return review_response(services, connection, id, caller, 201); });
}

awaitable<Response> change_review(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string id(request.path_parameter("id"));
  const auto version = require_version(request);
  const auto body = http::read_body<steering::ReviewContent>(request);
  co_return co_await change(
      services, request, caller,
      [&](store::Transaction& tx) {
        services.steering.change_review(tx, caller.actor, id, version, body);
        return id;
      },
      [&](store::Connection& connection, const std::string& written) { return review_response(services, connection, written, caller, 200); });
}

void add_tasks(http::Router& router, Services& services) {
  using http::Method;
  router.add(Method::get, "/api/v1/tasks", [&services](const Request& request) { return list_tasks(services, request); },
             {.id = "listTasks",
              .tag = "steering",
              .summary = {"任务、重大项目、重大改革", "Tasks, projects and reforms"},
              .response = http::of<TasksView>(),
              .query = {http::query_of<steering::TaskKind>("kind", {"种类", "kind"}), http::query_of<steering::TaskStatus>("status", {"状态", "status"}),
                        http::query_of<std::string>("unit", {"责任单位", "responsible unit"})},
              .errors = {Code::invalid, Code::forbidden}});
  router.add(Method::get, "/api/v1/tasks/changes", [&services](const Request& request) { return list_changes(services, request); },
             {.id = "listTaskChanges",
              .tag = "steering",
              .summary = {"两天之间任务的变化", "What changed between two days"},
              .response = http::of<Items<steering::TaskChange>>(),
              .query = {http::query_of<std::string>("from", {"从这天末", "from the end of this day"}, true), http::query_of<std::string>("to", {"到这天末", "to the end of this day"}, true)},
              .errors = {Code::invalid, Code::forbidden}});
  router.add(Method::post, "/api/v1/tasks", [&services](Request& request) { return add_task(services, request); },
             {.id = "addTask",
              .tag = "steering",
              .summary = {"下达任务", "Give out a task"},
              .request = http::of<steering::TaskContent>(),
              .response = http::of<steering::TaskView>(),
              .status = 201,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden}});
  router.add(Method::get, "/api/v1/tasks/{id}", [&services](const Request& request) {
    const Caller caller = require_member(services, request);
    auto reader = services.readers.borrow();
    return task_response(services, *reader, request.path_parameter("id"), caller, 200);
  }, {.id = "getTask", .tag = "steering", .summary = {"一项任务", "One task"}, .response = http::of<steering::TaskView>(), .sends_etag = true, .errors = {Code::forbidden, Code::not_found}});
  router.add(Method::put, "/api/v1/tasks/{id}", [&services](Request& request) { return change_task(services, request); },
             {.id = "changeTask",
              .tag = "steering",
              .summary = {"修改任务；状态或期限变了要写明原因", "Change a task; a new status or date needs a reason"},
              .request = http::of<steering::TaskContent>(),
              .response = http::of<steering::TaskView>(),
              .needs_if_match = true,
              .accepts_key = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::wrong_state, Code::version_mismatch}});
}

void add_plans(http::Router& router, Services& services) {
  using http::Method;
  router.add(Method::get, "/api/v1/plans", [&services](const Request& request) {
    const Caller caller = require_member(services, request);
    auto reader = services.readers.borrow();
    return http::json_response(Items<steering::PlanView>{services.steering.plans(*reader, caller.actor)});
  }, {.id = "listPlans", .tag = "steering", .summary = {"已确认的文件", "Plans that were committed"}, .response = http::of<Items<steering::PlanView>>(), .errors = {Code::forbidden}});
  router.add(Method::post, "/api/v1/plans", [&services](Request& request) { return commit_plan(services, request); },
             {.id = "commitPlan",
              .tag = "steering",
              .summary = {"确认读出的文件，生成任务、承诺和指标", "Commit a confirmed draft: tasks, promises, indicators"},
              .request = http::of<steering::PlanCommit>(),
              .response = http::of<KeptPlan>(),
              .status = 201,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::conflict, Code::wrong_state, Code::too_large, Code::malformed},
              .body_bytes_max = kPlanBodyBytesMax});
  router.add(Method::post, "/api/v1/plans/readings", [&services](Request& request) { return read_plan(services, request); },
             {.id = "readPlan",
              .tag = "steering",
              .summary = {"读一份文件，不写入", "Read a plan without writing anything"},
              .request = http::form_file("file"),
              .more_requests = {http::text_of("text/plain")},
              .response = http::of<PlanReading>(),
              .query = {http::query_of<std::string>("replaces", {"与这份文件比较", "compare with this plan"})},
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::malformed, Code::unsupported, Code::too_large, Code::unavailable},
              .body_bytes_max = kPlanBodyBytesMax});
  router.add(Method::get, "/api/v1/plans/{id}", [&services](const Request& request) {
    const Caller caller = require_member(services, request);
    auto reader = services.readers.borrow();
    return plan_response(services, *reader, request.path_parameter("id"), caller, 200);
  }, {.id = "getPlan", .tag = "steering", .summary = {"一份文件及其原文", "One plan with its text"}, .response = http::of<KeptPlan>(), .sends_etag = true, .errors = {Code::forbidden, Code::not_found}});
}

void add_drafts(http::Router& router, Services& services) {
  using http::Method;
  const std::string all = "/api/v1/plans/drafts";
  router.add(Method::get, all, [&services](const Request& request) {
    const Caller caller = require_member(services, request);
    auto reader = services.readers.borrow();
    return http::json_response(Items<steering::PlanDraftNote>{services.steering.drafts(*reader, caller.actor)});
  }, {.id = "listPlanDrafts", .tag = "steering", .summary = {"自己还没有确认完的文件", "One's own plans that are not committed yet"}, .response = http::of<Items<steering::PlanDraftNote>>(), .errors = {Code::forbidden}});
  router.add(Method::post, all, [&services](Request& request) { return save_draft(services, request, true); },
             {.id = "keepPlanDraft",
              .tag = "steering",
              .summary = {"存一份草稿", "Keep a draft"},
              .request = http::of<steering::PlanDraftWrite>(),
              .response = http::of<steering::PlanDraftNote>(),
              .status = 201,
              .accepts_key = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::conflict, Code::malformed, Code::too_large},
              .body_bytes_max = kPlanBodyBytesMax});
  router.add(Method::get, all + "/{id}", [&services](const Request& request) {
    const Caller caller = require_member(services, request);
    auto reader = services.readers.borrow();
    const auto draft = services.steering.draft(*reader, caller.actor, request.path_parameter("id"));
    return with_version(http::json_response(draft), draft.version);
  }, {.id = "getPlanDraft", .tag = "steering", .summary = {"一份草稿", "One draft"}, .response = http::of<steering::PlanDraft>(), .sends_etag = true, .errors = {Code::not_found}});
  router.add(Method::put, all + "/{id}", [&services](Request& request) { return save_draft(services, request, false); },
             {.id = "savePlanDraft",
              .tag = "steering",
              .summary = {"再存草稿", "Save a draft again"},
              .request = http::of<steering::PlanDraftWrite>(),
              .response = http::of<steering::PlanDraftNote>(),
              .needs_if_match = true,
              .accepts_key = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::version_mismatch, Code::malformed, Code::too_large},
              .body_bytes_max = kPlanBodyBytesMax});
  router.add(Method::del, all + "/{id}", [&services](Request& request) { return discard_draft(services, request); },
             {.id = "discardPlanDraft", .tag = "steering", .summary = {"删掉草稿", "Discard a draft"}, .status = 204, .needs_if_match = true, .accepts_key = true, .errors = {Code::not_found, Code::version_mismatch}});
}

void add_reviews(http::Router& router, Services& services) {
  using http::Method;
  router.add(Method::get, "/api/v1/reviews", [&services](const Request& request) {
    const Caller caller = require_member(services, request);
    auto reader = services.readers.borrow();
    return http::json_response(Items<KeptReview>{services.steering.reviews(*reader, caller.actor)});
  }, {.id = "listReviews", .tag = "steering", .summary = {"季度调度", "Quarterly reviews"}, .response = http::of<Items<KeptReview>>(), .errors = {Code::forbidden}});
  router.add(Method::post, "/api/v1/reviews", [&services](Request& request) { return open_review(services, request); },
             {.id = "openReview",
              .tag = "steering",
              .summary = {"召集一次调度", "Hold a review"},
              .request = http::of<steering::ReviewContent>(),
              .response = http::of<steering::ReviewPage>(),
              .status = 201,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::conflict}});
  router.add(Method::get, "/api/v1/reviews/{id}", [&services](Request& request) { return get_review(services, request); },
             {.id = "getReview",
              .tag = "steering",
              .summary = {"一次调度：议程、记录、决定", "One review: agenda, notes, decisions"},
              .response = http::of<steering::ReviewPage>(),
              .sends_etag = true,
              .errors = {Code::forbidden, Code::not_found}});
  router.add(Method::put, "/api/v1/reviews/{id}", [&services](Request& request) { return change_review(services, request); },
             {.id = "changeReview",
              .tag = "steering",
              .summary = {"写记录和决定；决定成为任务", "Write notes and decisions; decisions become tasks"},
              .request = http::of<steering::ReviewContent>(),
              .response = http::of<steering::ReviewPage>(),
              .needs_if_match = true,
              .accepts_key = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::wrong_state, Code::version_mismatch}});
}

}  // namespace

void add_plan_task_routes(http::Router& router, Services& services) {
  add_tasks(router, services);
  add_drafts(router, services);
  add_plans(router, services);
  add_reviews(router, services);
}

}  // namespace jingwei::api
