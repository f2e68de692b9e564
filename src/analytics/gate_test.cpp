// What the gate refuses and admits: testdata/refused.test, testdata/admitted.test; and texts that are no text.
#include "analytics/internal/gate.h"

#include <gtest/gtest.h>

#include "testing/text_cases.h"

namespace jingwei::analytics::internal {
namespace {

class GateTest : public ::testing::Test {
 protected:
  std::string verdict(std::string_view sql) {
    try {
      gate_.admit("sql", sql, [](std::string_view table) { return std::set<std::string, std::less<>>{"a", "b", "needs", "Needs"}.contains(table); });
      return "admitted";
    } catch (const Rejected& refused) {
      EXPECT_EQ(refused.problems().at(0).field, "sql");
      for (const auto& problem : refused.problems()) EXPECT_FALSE(problem.remedy.zh.empty() || problem.remedy.en.empty() || problem.reason.en.empty());
      return refused.message().zh;
    }
  }
  Gate gate_;
};

TEST_F(GateTest, refuses_each_attack_and_says_where) {
  for (const auto& test : jingwei::testing::read_text_cases(JINGWEI_TESTDATA "/refused.test")) EXPECT_EQ(verdict(test.block("sql")), test.block("expect")) << test.name;
}

TEST_F(GateTest, admits_what_analysts_write) {
  for (const auto& test : jingwei::testing::read_text_cases(JINGWEI_TESTDATA "/admitted.test")) EXPECT_EQ(verdict(test.block("sql")), "admitted") << test.name;
}

TEST_F(GateTest, refuses_what_is_no_text_and_what_is_too_much) {
  EXPECT_EQ(verdict("SELECT '\xff'"), "文字不是 UTF-8");
  EXPECT_EQ(verdict(std::string("SELECT 1\0; DROP", 15)), "文字不是 UTF-8");
  EXPECT_EQ(verdict("SELECT '" + std::string(kSqlBytesMax, 'x') + "'"), "查询太长，最多 20000 字节");
  EXPECT_EQ(verdict("SELECT " + std::string(5000, '(') + "1" + std::string(5000, ')')), "查询嵌套太深");
  EXPECT_EQ(verdict("SELECT " + std::string(9000, '-') + "1"), "读不懂：SELECT clause without selection list") << "a comment";
  for (const auto& [word, times] : {std::pair<std::string, int>{"NOT ", 4000}, {"1+", 8000}, {"x OR ", 3500}, {"- ", 9000}, {"CASE WHEN ", 1500}}) {
    std::string sql = "SELECT ";
    for (int i = 0; i < times; ++i) sql += word;
    verdict(sql + "1");  // refused or admitted, but the process goes on
  }
}

TEST_F(GateTest, no_function_of_the_library_calls_out_by_a_name_that_nobody_looked_at) {
  // Table functions are admitted by name only; of the others these words in a name would be a reason to look.
  sql::Database database({.memory_bytes = 64LL << 20});
  auto session = database.connect();
  auto statement = session.prepare(
      "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'scalar' AND regexp_matches(function_name, "
      "'read|write|env|sleep|secret|http|load|attach|export|repeat|pad$|levenshtein|editdist|jaro|resize')");
  std::vector<std::string> found;
  statement.each([&](const sql::Row& row) {
    if (verdict("SELECT " + std::string(row.text(0)) + "(1)") == "admitted") found.emplace_back(row.text(0));
    return true;
  });
  EXPECT_EQ(found, std::vector<std::string>{}) << "new in this version of the library";
}

TEST(Place, counts_lines_and_characters) {
  EXPECT_EQ(place_of("abc", 0).character, 1);
  EXPECT_EQ(place_of("需求 x", 7).character, 4);
  EXPECT_EQ(place_of("a\nb\nc", 4).line, 3);
}

}  // namespace
}  // namespace jingwei::analytics::internal
