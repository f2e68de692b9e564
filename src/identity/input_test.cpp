// The rules on logins, accounts and passwords, from text cases; and how their problems reach the caller.
#include <gtest/gtest.h>

#include "base/text.h"
#include "identity/internal/rows.h"
#include "testing/text_cases.h"

namespace jingwei::identity {
namespace {

std::vector<jingwei::testing::TextCase> cases(const std::string& file) { return jingwei::testing::read_text_cases(JINGWEI_TESTDATA "/" + file); }

TEST(Input, LoginsAreNormalisedAndChecked) {
  for (const auto& test : cases("logins.test")) {
    SCOPED_TRACE(test.file + ":" + std::to_string(test.line) + " " + test.name);
    const std::string& barred = test.block("input");
    NewAccount account{barred.substr(1, barred.size() - 2), "-", {Role::auditor}, {}, {}};
    std::string said;
    for (const auto& problem : check_account(account)) said += (said.empty() ? "" : "\n") + problem.reason.en;
    EXPECT_EQ(said.empty() ? account.login : said, test.block("expect"));
  }
}

TEST(Input, AccountsAreCheckedAllAtOnce) {
  for (const auto& test : cases("accounts.test")) {
    SCOPED_TRACE(test.file + ":" + std::to_string(test.line) + " " + test.name);
    auto account = from_json<NewAccount>(parse_json(test.block("input")));
    std::string said;
    for (const auto& problem : check_account(account))
      said += (said.empty() ? "" : "\n") + problem.field + " " + problem.reason.zh + " | " + problem.reason.en + " | " + problem.remedy.en;
    if (said.empty()) {
      said = "fine: " + account.login + " " + account.name + " " + join_names(account.roles);
      if (account.organization_id) said += " " + *account.organization_id;
    }
    EXPECT_EQ(said, test.block("expect"));
  }
}

TEST(Input, PasswordsAreChecked) {
  for (const auto& test : cases("passwords.test")) {
    SCOPED_TRACE(test.file + ":" + std::to_string(test.line) + " " + test.name);
    std::string said;
    for (const auto& problem : password_problems(test.block("password"), "Wang.Li")) {
      said += (said.empty() ? "" : "\n") + problem.reason.en;
      EXPECT_EQ(problem.field, "/new_password");
      EXPECT_FALSE(problem.reason.zh.empty());
      EXPECT_FALSE(problem.remedy.zh.empty());
      EXPECT_FALSE(problem.remedy.en.empty());
    }
    EXPECT_EQ(said.empty() ? "fine" : said, test.block("expect"));
  }
}

TEST(Input, PasswordThatIsNotTextIsRefused) {
  EXPECT_EQ(password_problems("\xFF\xFE lantern seventeen", "wang.li").at(0).reason.en, "the password is not UTF-8");
}

TEST(Input, LongestPasswordIsJudgedQuicklyAndFitsTheHasher) {
  std::string password;
  for (std::size_t i = 0; i < kPasswordCharactersMax; ++i) append_utf8(password, static_cast<char32_t>(0x20000 + i * 7));
  EXPECT_TRUE(password_problems(password, "wang.li").empty());
  EXPECT_LE(password.size(), crypto::kPasswordBytesMax);
}

TEST(Input, RoleNamesSurviveTheirColumnAndUnknownOnesGiveNothing) {
  EXPECT_EQ(split_names<Role>(join_names(std::vector{Role::administrator, Role::auditor})), (std::vector{Role::administrator, Role::auditor}));
  EXPECT_EQ(split_names<Role>("emperor auditor"), std::vector{Role::auditor});
  EXPECT_TRUE(split_names<Role>("").empty());
}

TEST(Input, OnlySecretsOfTheRightShapeAreLookedUp) {
  EXPECT_TRUE(is_secret(std::string(43, 'a')));
  EXPECT_FALSE(is_secret(std::string(42, 'a')));
  EXPECT_FALSE(is_secret(std::string(44, 'a')));
  EXPECT_FALSE(is_secret(std::string(42, 'a') + "="));
  EXPECT_FALSE(is_secret(std::string(42, 'a') + std::string(1, '\0')));
}

}  // namespace
}  // namespace jingwei::identity
