// Creating, listing and changing accounts.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "identity/internal/test_node.h"

namespace jingwei::identity {
namespace {

class AccountsTest : public ::testing::TestWithParam<testing::Store> {
 protected:
  AccountPage list(const AccountQuery& query) { return node.accounts.list(*node.readers.borrow(), node.administrator, query); }
  std::string logins(const AccountPage& page) {
    std::string text;
    for (const auto& account : page.items) text += account.login + " ";
    return text;
  }
  Account update(const Account& account, AccountChange change) {
    return node.run([&](auto& tx) { return node.accounts.update(tx, node.administrator, account.id, account.version, change); });
  }

  TestNode node{GetParam()};
};
JINGWEI_ON_BOTH_STORES(AccountsTest);

TEST_P(AccountsTest, CreatedAccountIsStoredWhole) {
  const NewAccount wanted{" Wang.Li", "王丽", {Role::provider, Role::enterprise}, "org_01ARZ3NDEKTSV4RRFFQ69G5FAV", Language::en};
  const Account made = node.run([&](auto& tx) { return node.accounts.create(tx, node.administrator, wanted); });
  const Account expected{made.id, "wang.li", "王丽", {Role::enterprise, Role::provider}, "org_01ARZ3NDEKTSV4RRFFQ69G5FAV", Language::en, false, false, 1,
                         to_rfc3339(testing::kTestStart), {}};
  EXPECT_EQ(made, expected);
  EXPECT_EQ(node.account(made.id), expected);
  EXPECT_TRUE(is_id(made.id, "account"));
  EXPECT_EQ(node.feed_acts(), "account/created ");
}

TEST_P(AccountsTest, FirstAdministratorIsMadeOnceOnly) {
  EXPECT_EQ(node.account(node.administrator.account_id).roles, std::vector{Role::administrator});
  EXPECT_EQ(refusal([&] { node.run([&](auto& tx) { node.accounts.create_first_administrator(tx, "second", "又一个"); }); }), Code::wrong_state);
  EXPECT_EQ(refusal([&] { node.run([&](auto& tx) { node.accounts.create_first_administrator(tx, "!", ""); }); }), Code::invalid);
}

TEST_P(AccountsTest, LoginThatIsTakenIsAConflictHoweverItIsWritten) {
  node.make("wang.li", {Role::auditor});
  EXPECT_EQ(refusal([&] { node.make("ＷＡＮＧ.li ", {Role::auditor}); }), Code::conflict);
  EXPECT_EQ(list({}).total, 2);
}

TEST_P(AccountsTest, ListGoesThroughAllPagesOnce) {
  for (const auto* login : {"delta", "alpha", "echo", "bravo", "charlie"}) node.make(login, {Role::auditor});
  auto page = list({.limit = 2});
  EXPECT_EQ(logins(page), "alpha bravo ");
  EXPECT_EQ(page.total, 6);
  page = list({.cursor = page.next_cursor.value(), .limit = 2});
  EXPECT_EQ(logins(page), "charlie delta ");
  page = list({.cursor = page.next_cursor.value(), .limit = 2});
  EXPECT_EQ(logins(page), "echo root ");
  EXPECT_FALSE(page.next_cursor.has_value());
}

TEST_P(AccountsTest, ListFindsTextInLoginAndNameAndTakesItLiterally) {
  node.make("wang_li", {Role::auditor});
  node.make("wangxli", {Role::auditor});
  node.run([&](auto& tx) { node.accounts.create(tx, node.administrator, {"chen", "Chen 100%", {Role::auditor}, {}, {}}); });
  EXPECT_EQ(logins(list({.text = "WANG"})), "wang_li wangxli ");
  EXPECT_EQ(logins(list({.text = "g_l"})), "wang_li ");
  EXPECT_EQ(logins(list({.text = " chen 100"})), "chen ");
  EXPECT_EQ(logins(list({.text = "%"})), "chen ");
  EXPECT_EQ(logins(list({.text = "管理"})), "root ");
  EXPECT_EQ(list({.text = "!"}).total, 0);
}

TEST_P(AccountsTest, QueriesOutsideTheLimitsAreRefused) {
  EXPECT_EQ(refusal([&] { list({.limit = 0}); }), Code::invalid);
  EXPECT_EQ(refusal([&] { list({.limit = kAccountPageMax + 1}); }), Code::invalid);
  EXPECT_EQ(refusal([&] { list({.text = std::string("a\0b", 3)}); }), Code::invalid);
  EXPECT_EQ(refusal([&] { list({.text = "\xFF"}); }), Code::invalid);
  EXPECT_EQ(refusal([&] { list({.cursor = std::string("a\0b", 3)}); }), Code::invalid);
  EXPECT_EQ(refusal([&] { list({.cursor = std::string(41, 'a')}); }), Code::invalid);
}

TEST_P(AccountsTest, IdsThatAreNoneAreNotFound) {
  EXPECT_EQ(refusal([&] { node.account("account_01ARZ3NDEKTSV4RRFFQ69G5FAV"); }), Code::not_found);
  EXPECT_EQ(refusal([&] { node.account(std::string("acc\0unt", 7)); }), Code::not_found);
}

TEST_P(AccountsTest, UpdateReplacesAndCountsVersions) {
  const Account made = node.make("wang.li", {Role::enterprise});
  const Account changed = update(made, {" 王莉 ", {Role::provider}, "org_01ARZ3NDEKTSV4RRFFQ69G5FAV", false, Language::en});
  EXPECT_EQ(changed.name, "王莉");
  EXPECT_EQ(changed.roles, std::vector{Role::provider});
  EXPECT_EQ(changed.organization_id, "org_01ARZ3NDEKTSV4RRFFQ69G5FAV");
  EXPECT_EQ(changed.language, Language::en);
  EXPECT_EQ(changed.version, 2);
  const Account again = update(changed, {"王莉", {Role::provider}, {}, false, {}});
  EXPECT_FALSE(again.organization_id.has_value());
  EXPECT_EQ(again.language, Language::en);  // an absent one leaves it
  EXPECT_EQ(node.account(made.id), again);
  EXPECT_EQ(node.feed_acts(), "account/created account/updated account/updated ");
}

TEST_P(AccountsTest, UpdateOfAnOldVersionChangesNothing) {
  const Account made = node.make("wang.li", {Role::enterprise});
  const Account changed = update(made, {"王莉", {Role::provider}, {}, false, {}});
  EXPECT_EQ(refusal([&] { update(made, {"别人", {Role::provider}, {}, false, {}}); }), Code::version_mismatch);
  EXPECT_EQ(refusal([&] { update(made, {"", {}, {}, false, {}}); }), Code::invalid);  // the input comes first
  EXPECT_EQ(node.account(made.id), changed);
}

TEST_P(AccountsTest, LastEnabledAdministratorStays) {
  const Account root = node.account(node.administrator.account_id);
  EXPECT_EQ(refusal([&] { update(root, {"管理员", {Role::administrator}, {}, true, {}}); }), Code::wrong_state);
  EXPECT_EQ(refusal([&] { update(root, {"管理员", {Role::auditor}, {}, false, {}}); }), Code::wrong_state);
  const Account second = node.make("second", {Role::administrator, Role::auditor});
  const Account disabled = update(second, {"第二", second.roles, {}, true, {}});
  EXPECT_EQ(refusal([&] { update(root, {"管理员", {Role::auditor}, {}, false, {}}); }), Code::wrong_state);  // a disabled one does not count
  update(disabled, {"第二", second.roles, {}, false, {}});
  EXPECT_EQ(update(root, {"管理员", {Role::auditor}, {}, false, {}}).roles, std::vector{Role::auditor});
}

TEST_P(AccountsTest, AdministratorWhoLostTheRoleCannotFinishWhatWasBegun) {
  const Account second = node.make("second", {Role::administrator});
  const Actor as_read_before = actor_of(second);
  update(second, {"第二", {Role::auditor}, {}, false, {}});
  EXPECT_EQ(refusal([&] { node.run([&](auto& tx) { node.accounts.create(tx, as_read_before, {"third", "第三", {Role::auditor}, {}, {}}); }); }), Code::forbidden);
}

/// Random changes against a model of three lines; the seed is in the trace.
TEST_P(AccountsTest, AnyChangesLeaveAnEnabledAdministratorAndMatchTheModel) {
  constexpr unsigned kSeed = 7;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  std::map<std::string, Account> model;
  model[node.administrator.account_id] = node.account(node.administrator.account_id);
  for (const auto* login : {"one", "two", "three"}) {
    const Account made = node.make(login, {Role::administrator});
    model[made.id] = made;
  }
  const Actor asker = node_operator();
  int refused = 0;
  for (int step = 0; step < 120; ++step) {
    auto& account = std::next(model.begin(), random() % model.size())->second;
    AccountChange change{account.name, {random() % 2 ? Role::administrator : Role::auditor}, {}, random() % 2 == 0, {}};
    const bool others = std::ranges::any_of(model, [&](const auto& item) {
      return item.first != account.id && !item.second.disabled && item.second.roles.front() == Role::administrator;
    });
    const bool possible = others || (!change.disabled && change.roles.front() == Role::administrator);
    const auto code = refusal([&] { account = node.run([&](auto& tx) { return node.accounts.update(tx, asker, account.id, account.version, change); }); });
    ASSERT_EQ(code, possible ? std::nullopt : std::optional(Code::wrong_state)) << "step " << step;
    refused += code ? 1 : 0;
    ASSERT_GE(node.count("SELECT COUNT(*) FROM accounts WHERE disabled = 0 AND roles LIKE '%administrator%'"), 1);
  }
  EXPECT_GT(refused, 0);
  for (const auto& [id, account] : model) {
    Account stored;
    EXPECT_NO_THROW(stored = node.accounts.find(*node.readers.borrow(), asker, id));
    EXPECT_EQ(stored, account);
  }
}

}  // namespace
}  // namespace jingwei::identity
