#include "http/json_schema.h"

#include <gtest/gtest.h>

#include "http/http.h"
#include "testing/text_cases.h"

namespace sample {

using jingwei::Bilingual;

enum class Level { low, high };
BOOST_DESCRIBE_ENUM(Level, low, high)

struct Step {
  std::string title;
  std::int64_t amount_fen = 0;
};
BOOST_DESCRIBE_STRUCT(Step, (), (title, amount_fen))

struct Plan {
  std::string id;
  Bilingual name;
  Level level = Level::low;
  std::optional<std::string> note;
  std::vector<Step> steps;
  std::vector<std::string> tags;
  std::map<std::string, double> weights;
  boost::json::object fields;
  std::int32_t rank = 0;
  bool open = false;
};
BOOST_DESCRIBE_STRUCT(Plan, (), (id, name, level, note, steps, tags, weights, fields, rank, open))

template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next_cursor;
  std::int64_t total = 0;
  BOOST_DESCRIBE_CLASS(Page, (), (items, next_cursor, total), (), ())
};

}  // namespace sample

template <>
struct jingwei::http::Constraints<sample::Plan> {
  static std::vector<MemberRule> rules() {
    return {{.member = "id", .max_length = 10, .pattern = "^[a-z]+$"},
            {.member = "note", .min_length = 2, .max_length = 5, .description = "Why"},
            {.member = "steps", .items_min = 1, .items_max = 2},
            {.member = "tags", .max_length = 3, .items_max = 2},
            {.member = "rank", .minimum = 1, .maximum = 9}};
  }
};

template <>
struct jingwei::http::Constraints<sample::Step> {
  static std::vector<MemberRule> rules() { return {{.member = "amount_fen", .minimum = 0}}; }
};

namespace jingwei::http {
namespace {

/// Two spaces per level, so that a golden file can be reviewed.
void write_indented(std::string& out, const json::value& value, std::size_t depth) {
  const std::string inner(2 * depth + 2, ' ');
  const std::string outer(2 * depth, ' ');
  if (const auto* object = value.if_object(); object != nullptr && !object->empty()) {
    out += "{\n";
    for (const auto& item : *object) {
      out += inner + json::serialize(json::string(item.key())) + ": ";
      write_indented(out, item.value(), depth + 1);
      out += &item == &*(object->end() - 1) ? "\n" : ",\n";
    }
    out += outer + "}";
  } else if (const auto* array = value.if_array(); array != nullptr && !array->empty()) {
    out += "[\n";
    for (const auto& item : *array) {
      out += inner;
      write_indented(out, item, depth + 1);
      out += &item == &array->back() ? "\n" : ",\n";
    }
    out += outer + "]";
  } else {
    out += json::serialize(value);
  }
}

std::string indented(const json::value& value) {
  std::string out;
  write_indented(out, value, 0);
  return out + "\n";
}

TEST(JsonSchema, equals_the_golden_file) {
  std::string difference;
  EXPECT_TRUE(testing::matches_golden(JINGWEI_TESTDATA "/schema.golden.json",
                                      indented(standalone_schema_of<sample::Page<sample::Plan>>()), difference))
      << difference;
}

TEST(JsonSchema, names_components_without_namespaces) {
  EXPECT_EQ(schema_detail::short_name("jingwei::api::Page<jingwei::registry::Entry>"), "PageEntry");
  EXPECT_EQ(schema_detail::short_name("sample::{anonymous}::Plan"), "anonymousPlan");
  EXPECT_EQ(schema_detail::component_name<sample::Page<sample::Step>>(), "PageStep");
}

Response none(const Request&) { return no_content(); }

void document(Router& router) {
  router.add(Method::get, "/api/v1/plans", SyncHandler(none),
             {.id = "listPlans", .tag = "plans", .summary = {"方案列表", "List plans"}, .response = of<sample::Page<sample::Plan>>(),
              .query = list_query({query_of<sample::Level>("level", {"级别", "level"}), query_of<std::string>("q", {}, true)}),
              .access = Access::anyone});
  router.add(Method::post, "/api/v1/plans", SyncHandler(none),
             {.id = "createPlan", .tag = "plans", .summary = {"新建方案", "Create a plan"}, .request = of<sample::Plan>(),
              .more_requests = {form_file("file"), text_of("text/csv")}, .response = of<sample::Plan>(), .status = 201, .sends_etag = true,
              .errors = {Code::conflict}});
  router.add(Method::put, "/api/v1/plans/{id}", SyncHandler(none),
             {.id = "changePlan", .request = of<sample::Plan>(), .response = of<sample::Plan>(), .needs_if_match = true, .errors = {Code::not_found}});
  router.add(Method::del, "/api/v1/plans/{id}", SyncHandler(none), {.id = "deletePlan", .status = 204});
  router.add_stream("/api/v1/plans/{id}/events", [](Request&, EventStream&) -> awaitable<void> { co_return; },
                    {.id = "planEvents", .response = events_of<sample::Plan>()});
  router.add(Method::get, "/log/tile/{path*}", SyncHandler(none), {.id = "tile", .response = text_of("application/octet-stream"), .access = Access::anyone});
  router.add(Method::get, "/not-documented", SyncHandler(none));
}

TEST(OpenApi, equals_the_golden_file) {
  Router router;
  document(router);
  const OpenApiInfo info{"Sample", "1.0", {"示例", "A sample"}, "__Host-session", [](Code code) {
                           constexpr int kStatuses[] = {422, 400, 401, 403, 404, 409, 409, 412, 413, 415, 429, 507, 503};
                           return kStatuses[static_cast<int>(code)];
                         }};
  std::string difference;
  EXPECT_TRUE(testing::matches_golden(JINGWEI_TESTDATA "/openapi.golden.json", indented(openapi_document(router, info)), difference)) << difference;
}

constexpr std::string_view kGoodPlan =
    R"({"id":"abc","name":{"zh":"一","en":"one"},"level":"low","steps":[{"title":"t","amount_fen":1}],"tags":["a"],"weights":{},"fields":{},"rank":3,"open":true})";

std::string problems_of(std::string_view body, std::string_view media_type = "application/json") {
  const auto request = Request::make(Method::post, "/plans", {{"content-type", std::string(media_type)}}, std::string(body));
  try {
    read_body<sample::Plan>(request);
    return "none";
  } catch (const Rejected& rejected) {
    std::string out(code_name(rejected.code()));
    for (const auto& problem : rejected.problems()) out += " " + problem.field;
    return out;
  }
}

std::string with(std::string_view from, std::string_view to) {
  std::string body(kGoodPlan);
  const auto at = body.find(from);
  EXPECT_NE(at, body.npos);
  return body.replace(at, from.size(), to);
}

TEST(ReadBody, enforces_what_the_schema_says) {
  EXPECT_EQ(problems_of(kGoodPlan), "none");
  EXPECT_EQ(problems_of(kGoodPlan, "application/json; charset=utf-8"), "none");
  EXPECT_EQ(problems_of(kGoodPlan, "text/plain"), "unsupported");
  EXPECT_EQ(problems_of("{"), "malformed ");
  EXPECT_EQ(problems_of(with("\"abc\"", "\"ABC\"")), "invalid /id");
  EXPECT_EQ(problems_of(with("\"rank\":3", "\"rank\":10")), "invalid /rank");
  EXPECT_EQ(problems_of(with("\"amount_fen\":1", "\"amount_fen\":-1")), "invalid /steps/0/amount_fen");
  EXPECT_EQ(problems_of(with("[{\"title\":\"t\",\"amount_fen\":1}]", "[]")), "invalid /steps");
  EXPECT_EQ(problems_of(with("[\"a\"]", "[\"a\",\"long\",\"c\"]")), "invalid /tags /tags/1");
  EXPECT_EQ(problems_of(with("\"open\":true", "\"open\":true,\"note\":\"太长的说明文字\"")), "invalid /note");
  EXPECT_EQ(problems_of(with("\"open\":true", "\"open\":true,\"note\":\"五个字以内\"")), "none");
  EXPECT_EQ(problems_of(with("\"open\":true", "\"open\":true,\"more\":1")), "invalid /more");
}

}  // namespace
}  // namespace jingwei::http
