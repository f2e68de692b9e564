// The tables of testdata: who marks and reads, what a mark must say, what it is worth.
#include <gtest/gtest.h>

#include <sstream>

#include "feedback/feedback.h"
#include "testing/text_cases.h"

namespace jingwei::feedback {
namespace {

using identity::Actor;
using identity::Role;

using Words = std::vector<std::string>;

/// The rows of a table without its heading, each as words.
std::vector<Words> rows_of(const std::string& table) {
  std::vector<Words> rows;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream in(line);
    Words words;
    for (std::string word; in >> word;) words.push_back(word);
    if (!words.empty()) rows.push_back(std::move(words));
  }
  rows.erase(rows.begin());
  return rows;
}

std::vector<Words> table_of(const char* file) {
  std::vector<Words> rows;
  for (const auto& text_case : jingwei::testing::read_text_cases(std::string(JINGWEI_TESTDATA "/") + file))
    for (auto& row : rows_of(text_case.block("table"))) rows.push_back(std::move(row));
  return rows;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  if (const auto at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

/// "{500}" stands for so many characters.
std::string filled(std::string text) {
  for (const std::size_t count : {500u, 501u}) {
    std::string characters;
    for (std::size_t i = 0; i < count; ++i) characters += "字";
    text = replaced(std::move(text), "{" + std::to_string(count) + "}", characters);
  }
  return text;
}

TEST(Who, roles_organizations_and_tokens) {
  std::size_t checked = 0;
  for (const auto& words : table_of("who.test")) {
    ASSERT_EQ(words.size(), 5u) << words.at(0);
    const std::string place = words[0] + " " + words[1] + " " + words[2];
    Actor actor{words[0] == "anonymous" ? "" : "acc_1", "li", "李工", words[1] == "none" ? "" : "org_" + words[1], {}, words[2] == "writes"};
    std::istringstream roles(words[0]);
    for (std::string role; std::getline(roles, role, '+');)
      if (const auto known = enum_from_name<Role>(role)) actor.roles.push_back(*known);
    EXPECT_EQ(may_mark("org_need", actor) ? "marks" : "-", words[3]) << place;
    const Sees seen = sees("org_need", "org_supply", actor);
    EXPECT_EQ(seen == Sees::nothing ? "-" : std::string(enum_name(seen)), words[4]) << place;
    ++checked;
  }
  EXPECT_EQ(checked, 1u + 8 * 4 * 2);
}

TEST(Who, nobody_marks_for_a_need_without_owner) {
  const Actor actor{"acc_1", "li", "李工", "", {Role::enterprise}, true};
  EXPECT_FALSE(may_mark("", actor));
  EXPECT_EQ(sees("", "", actor), Sees::nothing);
}

TEST(Content, what_a_mark_must_say) {
  for (const auto& text_case : jingwei::testing::read_text_cases(JINGWEI_TESTDATA "/content.test")) {
    std::string actual;
    try {
      const auto normal = check(from_json<FeedbackWrite>(parse_json(filled(text_case.block("write")))));
      actual = "ok" + (normal.note ? " note=" + *normal.note : "");
    } catch (const Rejected& rejected) {
      actual = code_name(rejected.code());
      for (const auto& problem : rejected.problems()) {
        actual += " " + problem.field;
        EXPECT_FALSE(problem.reason.zh.empty() || problem.reason.en.empty() || problem.remedy.zh.empty() || problem.remedy.en.empty());
      }
    }
    EXPECT_EQ(actual, filled(text_case.block("expect"))) << text_case.file << ":" << text_case.line << ": " << text_case.name;
  }
}

TEST(Grades, every_mark_and_reason) {
  std::size_t checked = 0;
  for (const auto& words : table_of("grades.test")) {
    ASSERT_EQ(words.size(), 3u) << words.at(0);
    const auto grade = grade_of(enum_from_name<Mark>(words[0]).value(), enum_from_name<RefusalReason>(words[1]));
    EXPECT_EQ(grade ? std::to_string(*grade) : "-", words[2]) << words[0] << " " << words[1];
    ++checked;
  }
  EXPECT_EQ(checked, enum_names<Mark>().size() - 1 + enum_names<RefusalReason>().size());
}

}  // namespace
}  // namespace jingwei::feedback
