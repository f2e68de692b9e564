// The table of formulas, and circles.
#include <gtest/gtest.h>

#include "base/rejected.h"
#include "steering/formula.h"
#include "steering/internal/test_tables.h"

namespace jingwei::steering {
namespace {

std::optional<double> value_of(std::string_view code, const Period& period) {
  static const std::map<std::string, double, std::less<>> known{{"A 2026-Q2", 12}, {"B 2026-Q2", 4}, {"C 2026-Q2", 0}, {"A 2026-Q1", 10}, {"A 2025-Q2", 8}};
  const auto at = known.find(std::string(code) + " " + period_text(period));
  return at == known.end() ? std::nullopt : std::optional(at->second);
}

std::string answer_of(const std::string& text) {
  const auto answer = Formula::parse(text).evaluate({Frequency::quarter, 2026, 2}, value_of);
  if (answer.value) return figure_text(*answer.value);
  const std::string trouble(enum_name(answer.trouble));
  return answer.trouble == Formula::Trouble::missing ? trouble + " " + answer.code + " " + answer.period : trouble;
}

/// "left = right" of each line.
std::vector<std::pair<std::string, std::string>> pairs_of(const std::string& table) {
  std::vector<std::pair<std::string, std::string>> pairs;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);)
    if (const auto at = line.find(" = "); at != std::string::npos) pairs.emplace_back(line.substr(0, at), line.substr(at + 3));
    else if (line.ends_with(" =")) pairs.emplace_back(line.substr(0, line.size() - 2), "");
  return pairs;
}

TEST(Formulas, values_and_troubles) {
  const auto cases = testing::cases_of("formula.test");
  for (const int at : {0, 1})
    for (const auto& [expected, text] : pairs_of(cases[static_cast<std::size_t>(at)].block("table"))) EXPECT_EQ(answer_of(text), expected) << text;
}

TEST(Formulas, mistakes_name_their_place) {
  std::size_t checked = 0;
  for (const auto& [place, text] : pairs_of(testing::cases_of("formula.test")[2].block("table"))) {
    try {
      Formula::parse(text);
      ADD_FAILURE() << "taken: " << text;
    } catch (const Rejected& rejected) {
      ASSERT_EQ(rejected.problems().size(), 1u);
      EXPECT_EQ(rejected.problems()[0].field, "/formula");
      EXPECT_NE(rejected.problems()[0].reason.zh.find("第 " + place + " 个字符"), std::string::npos) << text << ": " << rejected.problems()[0].reason.zh;
    }
    ++checked;
  }
  EXPECT_GE(checked, 10u);
  EXPECT_THROW(Formula::parse(std::string(kFormulaBytesMax + 1, '1')), Rejected);
  for (const char deep : {'(', '-'}) {
    const std::string text(kFormulaDepthMax + 2, deep);
    EXPECT_THROW(Formula::parse(text), Rejected) << deep;
  }
}

TEST(Formulas, circles_are_told_as_a_way) {
  const std::map<std::string, std::vector<std::string>, std::less<>> references{{"A", {"B", "C"}}, {"B", {"D"}}, {"C", {"B", "A"}}, {"E", {"E"}}, {"F", {"A"}}};
  EXPECT_EQ(circle_from("A", references), (std::vector<std::string>{"A", "C", "A"}));
  EXPECT_EQ(circle_from("E", references), (std::vector<std::string>{"E", "E"}));
  EXPECT_TRUE(circle_from("B", references).empty());
  EXPECT_TRUE(circle_from("F", references).empty()) << "it reads a circle, but is in none";
}

}  // namespace
}  // namespace jingwei::steering
