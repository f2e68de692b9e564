// Terms against testdata/terms.test.
#include <gtest/gtest.h>

#include "deals/internal/test_deal.h"
#include "testing/text_cases.h"

namespace jingwei::deals {
namespace {

/// The full terms with the members that the case changes.
Terms terms_of(const std::string& changes) {
  json::value terms = to_json(testing::good_terms());
  const json::value changed = parse_json(changes);
  for (const auto& member : changed.as_object()) terms.as_object().insert_or_assign(member.key(), member.value());
  return from_json<Terms>(terms);
}

std::string outcome(const std::string& changes, const Terms& terms) {
  try {
    const json::value before = parse_json(changes);
    const json::value after = to_json(check_terms(terms));
    std::string text = "ok";
    for (const auto& member : before.as_object()) {
      const auto& normal = after.as_object().at(member.key());
      if (normal.is_string() && normal != member.value()) text += " " + std::string(member.key()) + "=" + std::string(normal.as_string());
    }
    return text;
  } catch (const Rejected& rejected) {
    EXPECT_EQ(rejected.code(), Code::invalid);
    std::string text;
    for (const auto& problem : rejected.problems()) text += (text.empty() ? "" : "\n") + problem.field + " " + problem.reason.zh;
    return text;
  }
}

TEST(Terms, rules) {
  for (const auto& text_case : jingwei::testing::read_text_cases(JINGWEI_TESTDATA "/terms.test")) {
    const auto& changes = text_case.block("input");
    EXPECT_EQ(outcome(changes, terms_of(changes)), text_case.block("expect")) << text_case.file << ":" << text_case.line << ": " << text_case.name;
  }
}

TEST(Terms, twenty_milestones_are_the_most) {
  Terms terms = testing::good_terms();
  terms.milestones.assign(kMilestonesMax, {"阶段", "2026-05-01", 0});
  terms.milestones[0].amount_fen = terms.contract_total_fen;
  EXPECT_NO_THROW(check_terms(terms));
  terms.milestones.push_back({"阶段", "2026-05-01", 0});
  EXPECT_THROW(check_terms(terms), Rejected);
}

TEST(Terms, broken_text_is_refused_where_it_stands) {
  Terms terms = testing::good_terms();
  terms.scope = "\xff\xfe";
  terms.milestones[1].title = std::string("a\0b", 3);
  try {
    check_terms(terms, "/terms");
    FAIL();
  } catch (const Rejected& rejected) {
    ASSERT_EQ(rejected.problems().size(), 2u);
    EXPECT_EQ(rejected.problems()[0].field, "/terms/scope");
    EXPECT_EQ(rejected.problems()[1].field, "/terms/milestones/1/title");
  }
}

TEST(Terms, checked_terms_are_in_normal_form) {
  const Terms once = check_terms(testing::good_terms());
  EXPECT_EQ(to_json(check_terms(once)), to_json(once));
}

}  // namespace
}  // namespace jingwei::deals
