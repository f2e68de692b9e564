// Feedback: the owner of a need marks supplies; suppliers read what they were told.
#include "api/internal/views.h"

template <>
struct jingwei::http::Constraints<jingwei::feedback::FeedbackWrite> {
  static std::vector<MemberRule> rules() { return {{.member = "note", .max_length = jingwei::feedback::kNoteCharactersMax}}; }
};

namespace jingwei::api {
namespace {

using feedback::FeedbackView;

awaitable<Response> mark(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string need_id(request.path_parameter("id"));
  const std::string supply_id(request.path_parameter("supply"));
  const std::optional<std::int64_t> version = request.header("If-Match") ? std::optional(require_version(request)) : std::nullopt;
  const auto body = http::read_body<feedback::FeedbackWrite>(request);
  co_return co_await change(
      services, request, caller,
      [&](store::Transaction& tx) { return services.feedback.mark(tx, caller.actor, need_id, supply_id, version, body); },
      [](store::Connection&, const FeedbackView& view) { return with_version(http::json_response(view), view.version); });
}

Response of_need(Services& services, const Request& request) {
  const Caller caller = require_member(services, request);
  auto reader = services.readers.borrow();
  const auto need = require_need(services, *reader, caller.actor, request.path_parameter("id"));
  return http::json_response(Items<FeedbackView>{services.feedback.of_need(*reader, caller.actor, need)});
}

Response received(Services& services, const Request& request) {
  const Caller caller = require_member(services, request);
  auto reader = services.readers.borrow();
  auto page = services.feedback.received(
      *reader, caller.actor,
      {enum_query<feedback::Mark>(request, "mark"), enum_query<feedback::RefusalReason>(request, "reason"), query_or_empty(request, "cursor"), limit_of(request)});
  return http::json_response(ReceivedView{std::move(page.items), page.next_cursor.empty() ? std::nullopt : std::optional(page.next_cursor), page.total,
                                          std::move(page.marks), std::move(page.reasons)});
}

}  // namespace

void add_feedback_routes(http::Router& router, Services& services) {
  using http::Method;
  router.add(Method::get, "/api/v1/needs/{id}/feedback", [&services](const Request& request) { return of_need(services, request); },
             {.id = "getFeedback",
              .tag = "feedback",
              .summary = {"对各项资源的反馈", "What was said of the supplies for a need"},
              .response = http::of<Items<FeedbackView>>(),
              .errors = {Code::not_found}});
  router.add(Method::put, "/api/v1/needs/{id}/feedback/{supply}", [&services](Request& request) { return mark(services, request); },
             {.id = "giveFeedback",
              .tag = "feedback",
              .summary = {"收藏、已联系、不合适或已采纳", "Shortlist, contact, refuse or accept a supply"},
              .request = http::of<feedback::FeedbackWrite>(),
              .response = http::of<FeedbackView>(),
              .accepts_if_match = true,
              .accepts_key = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::conflict, Code::wrong_state}});
  router.add(Method::get, "/api/v1/feedback/received", [&services](const Request& request) { return received(services, request); },
             {.id = "listReceivedFeedback",
              .tag = "feedback",
              .summary = {"收到的反馈", "Feedback on one's own supplies"},
              .response = http::of<ReceivedView>(),
              .query = http::list_query({http::query_of<feedback::Mark>("mark", {"只看这种标记", "only this mark"}),
                                         http::query_of<feedback::RefusalReason>("reason", {"只看这种原因", "only this reason"})}),
              .errors = {Code::invalid}});
}

}  // namespace jingwei::api
