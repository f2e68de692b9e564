#include <gtest/gtest.h>

#include <sstream>

#include "http/http.h"
#include "testing/text_cases.h"

namespace jingwei::http {
namespace {

Response nothing(const Request&) { return no_content(); }

std::string describe(const Router::Found& found) {
  if (found.route == nullptr) return found.allow.empty() ? "404" : "405 " + found.allow;
  std::string out = found.route->pattern.empty() ? "fallback" : found.route->pattern;
  for (std::size_t i = 0; i < found.route->parameters.size(); ++i)
    out += " " + found.route->parameters[i] + "=" + std::string(found.values[i]);
  return out;
}

void fill(Router& router, const std::string& routes) {
  std::istringstream lines(routes);
  for (std::string line; std::getline(lines, line);) {
    if (line == "fallback") {
      router.set_fallback(nothing);
      continue;
    }
    const auto space = line.find(' ');
    router.add(method_from_name(line.substr(0, space)), line.substr(space + 1), SyncHandler(nothing));
  }
}

TEST(Router, finds_what_the_table_says) {
  for (const auto& text_case : testing::read_text_cases(JINGWEI_TESTDATA "/router.test")) {
    Router router;
    fill(router, text_case.block("routes"));
    std::istringstream lines(text_case.block("requests"));
    for (std::string line; std::getline(lines, line);) {
      const auto space = line.find(' ');
      const auto arrow = line.find(" -> ");
      const auto path = line.substr(space + 1, arrow - space - 1);
      EXPECT_EQ(describe(router.find(method_from_name(line.substr(0, space)), path)), line.substr(arrow + 4)) << text_case.name << ": " << line;
    }
  }
}

TEST(RouterDeathTest, refuses_patterns_that_are_wrong_or_there_already) {
  Router router;
  router.add(Method::get, "/a/{id}", SyncHandler(nothing));
  EXPECT_DEATH(router.add(Method::get, "/a/{other}", SyncHandler(nothing)), "broken invariant");
  EXPECT_DEATH(router.add(Method::get, "a", SyncHandler(nothing)), "broken invariant");
  EXPECT_DEATH(router.add(Method::get, "/{rest*}/b", SyncHandler(nothing)), "broken invariant");
  EXPECT_DEATH(router.add(Method::get, "/{a}/{a}", SyncHandler(nothing)), "broken invariant");
  EXPECT_DEATH(router.add(Method::get, "/x{a}", SyncHandler(nothing)), "broken invariant");
}

}  // namespace
}  // namespace jingwei::http
