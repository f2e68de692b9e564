// Links, passwords, sessions.
#include <gtest/gtest.h>

#include "identity/internal/test_node.h"

namespace jingwei::identity {
namespace {

class SignInTest : public ::testing::TestWithParam<testing::Store> {
 protected:
  SignInLink link(const Account& account, LinkUse use = LinkUse::new_password) {
    return node.run([&](auto& tx) { return node.accounts.make_link(tx, node.administrator, account.id, use); });
  }
  NewSession use(const std::string& token) {
    return node.run([&](auto& tx) { return node.accounts.use_link(tx, token); });
  }
  std::int64_t sessions() { return node.count("SELECT COUNT(*) FROM sessions"); }

  TestNode node{GetParam()};
};
JINGWEI_ON_BOTH_STORES(SignInTest);

TEST_P(SignInTest, NewPersonUsesTheLinkSetsAPasswordAndSignsIn) {
  const Account wang = node.make("wang.li", {Role::enterprise});
  EXPECT_FALSE(node.sign_in("wang.li", "").has_value());
  const NewSession first = use(link(wang).token);
  EXPECT_EQ(first.account.id, wang.id);
  EXPECT_FALSE(first.account.has_password);
  node.set_password(wang, std::nullopt, kGoodPassword, first.token_hash);
  const auto second = node.sign_in(" Wang.Li", kGoodPassword);
  ASSERT_TRUE(second.has_value());
  EXPECT_TRUE(second->account.has_password);
  EXPECT_NE(second->token, first.token);
  EXPECT_EQ(sessions(), 2);
  EXPECT_EQ(node.feed_acts(), "account/created account/link_made account/link_used account/password_changed ");
}

TEST_P(SignInTest, LinkWorksOnce) {
  const auto made = link(node.make("wang.li", {Role::enterprise}));
  use(made.token);
  EXPECT_EQ(refusal([&] { use(made.token); }), Code::unauthenticated);
  EXPECT_EQ(sessions(), 1);
}

TEST_P(SignInTest, LinkWorksForADay) {
  const auto early = link(node.make("early", {Role::enterprise}));
  const auto late = link(node.make("late", {Role::enterprise}));
  EXPECT_EQ(early.expires_at, to_rfc3339({node.clock.now().us + kLinkValidUs}));
  node.clock.advance_us(kLinkValidUs - 1);
  EXPECT_EQ(use(early.token).account.login, "early");
  node.clock.advance_us(1);
  EXPECT_EQ(refusal([&] { use(late.token); }), Code::unauthenticated);
}

TEST_P(SignInTest, NewLinkVoidsTheOlder) {
  const Account wang = node.make("wang.li", {Role::enterprise});
  const auto older = link(wang);
  const auto other = link(node.make("chen", {Role::enterprise}));
  const auto newer = link(wang, LinkUse::sign_in);
  EXPECT_EQ(refusal([&] { use(older.token); }), Code::unauthenticated);
  EXPECT_EQ(use(newer.token).account.id, wang.id);
  EXPECT_EQ(use(other.token).account.login, "chen");
}

TEST_P(SignInTest, OnlyTheDigestOfALinkIsStored) {
  const auto made = link(node.make("wang.li", {Role::enterprise}));
  EXPECT_EQ(made.token.size(), 43u);
  const auto stored = node.readers.borrow()->query_text("SELECT token_hash FROM sign_in_links").value();
  EXPECT_EQ(stored.size(), 64u);
  EXPECT_EQ(refusal([&] { use(stored); }), Code::unauthenticated);
}

TEST_P(SignInTest, TextThatIsNoLinkIsRefused) {
  for (const std::string& token : {std::string(), std::string("x"), std::string(43, 'a'), std::string(43, '\0'), std::string(100'000, 'a')})
    EXPECT_EQ(refusal([&] { use(token); }), Code::unauthenticated) << token.size();
}

TEST_P(SignInTest, LinkForAForgottenPasswordEmptiesItAndEndsSessions) {
  const Account wang = node.make_with_password("wang.li", {Role::enterprise});
  ASSERT_TRUE(node.sign_in("wang.li", kGoodPassword).has_value());
  const auto made = link(wang);
  EXPECT_TRUE(node.sign_in("wang.li", kGoodPassword).has_value());  // not before it is used
  const NewSession opened = use(made.token);
  EXPECT_FALSE(opened.account.has_password);
  EXPECT_EQ(opened.account.version, wang.version + 1);
  EXPECT_EQ(sessions(), 1);
  EXPECT_FALSE(node.sign_in("wang.li", kGoodPassword).has_value());
  node.set_password(wang, std::nullopt, kNewPassword, opened.token_hash);
  EXPECT_TRUE(node.sign_in("wang.li", kNewPassword).has_value());
}

TEST_P(SignInTest, LinkForSigningInLeavesPasswordAndSessions) {
  const Account wang = node.make_with_password("wang.li", {Role::enterprise});
  ASSERT_TRUE(node.sign_in("wang.li", kGoodPassword).has_value());
  EXPECT_TRUE(use(link(wang, LinkUse::sign_in).token).account.has_password);
  EXPECT_EQ(sessions(), 2);
  EXPECT_TRUE(node.sign_in("wang.li", kGoodPassword).has_value());
}

TEST_P(SignInTest, DisablingEndsSessionsAndLinksAtOnce) {
  const Account wang = node.make_with_password("wang.li", {Role::enterprise});
  const Account chen = node.make_with_password("chen", {Role::enterprise});
  ASSERT_TRUE(node.sign_in("wang.li", kGoodPassword).has_value());
  ASSERT_TRUE(node.sign_in("chen", kGoodPassword).has_value());
  const auto made = link(wang);
  const Account disabled =
      node.run([&](auto& tx) { return node.accounts.update(tx, node.administrator, wang.id, wang.version, {wang.name, wang.roles, {}, true, {}}); });
  EXPECT_EQ(sessions(), 1);
  EXPECT_EQ(refusal([&] { use(made.token); }), Code::unauthenticated);
  EXPECT_FALSE(node.sign_in("wang.li", kGoodPassword).has_value());
  EXPECT_EQ(refusal([&] { link(disabled); }), Code::wrong_state);
  // Enabled again, the old link stays dead.
  node.run([&](auto& tx) { node.accounts.update(tx, node.administrator, wang.id, disabled.version, {wang.name, wang.roles, {}, false, {}}); });
  EXPECT_EQ(refusal([&] { use(made.token); }), Code::unauthenticated);
  EXPECT_TRUE(node.sign_in("wang.li", kGoodPassword).has_value());
}

TEST_P(SignInTest, WrongPasswordAndUnknownLoginAreAnsweredAlike) {
  const Account wang = node.make_with_password("wang.li", {Role::enterprise});
  EXPECT_FALSE(node.sign_in("wang.li", "copper lantern eighteen").has_value());
  EXPECT_FALSE(node.sign_in("nobody", kGoodPassword).has_value());
  EXPECT_FALSE(node.sign_in("nobody", "nobody's password").has_value());  // what the stand-in hash was made of
  EXPECT_FALSE(node.sign_in("root", "nobody's password").has_value());    // no password set
  EXPECT_FALSE(node.sign_in(std::string("wang\0li", 7), kGoodPassword).has_value());
  EXPECT_FALSE(node.sign_in(std::string(100'000, 'a'), std::string(100'000, 'b')).has_value());
  EXPECT_EQ(sessions(), 0);
}

TEST_P(SignInTest, SessionIsNotOpenedWhenTheAccountChangedWhileThePasswordWasChecked) {
  const Account wang = node.make_with_password("wang.li", {Role::enterprise});
  const auto verified = node.accounts.verify(node.accounts.password_of_login(*node.readers.borrow(), "wang.li"), kGoodPassword);
  ASSERT_TRUE(verified.has_value());
  node.set_password(wang, std::string(kGoodPassword), kNewPassword, "");
  EXPECT_EQ(refusal([&] { node.run([&](auto& tx) { node.accounts.open_session(tx, *verified); }); }), Code::unauthenticated);

  const auto again = node.accounts.verify(node.accounts.password_of_login(*node.readers.borrow(), "wang.li"), kNewPassword);
  const Account now = node.account(wang.id);
  node.run([&](auto& tx) { node.accounts.update(tx, node.administrator, now.id, now.version, {now.name, now.roles, {}, true, {}}); });
  EXPECT_EQ(refusal([&] { node.run([&](auto& tx) { node.accounts.open_session(tx, again.value()); }); }), Code::unauthenticated);
}

TEST_P(SignInTest, PasswordIsHashedAnewWhenItsCostIsOutOfDate) {
  node.make_with_password("wang.li", {Role::enterprise});
  const Accounts dearer{crypto::PasswordHasher({2, 8U << 10})};
  const auto verified = dearer.verify(dearer.password_of_login(*node.readers.borrow(), "wang.li"), kGoodPassword);
  ASSERT_TRUE(verified.has_value() && verified->rehashed.has_value());
  node.run([&](auto& tx) { dearer.open_session(tx, *verified); });
  const auto next = dearer.verify(dearer.password_of_login(*node.readers.borrow(), "wang.li"), kGoodPassword);
  ASSERT_TRUE(next.has_value());
  EXPECT_FALSE(next->rehashed.has_value());
}

TEST_P(SignInTest, ChangingThePasswordEndsTheOtherSessionsAndLinks) {
  const Account wang = node.make_with_password("wang.li", {Role::enterprise});
  const auto kept = node.sign_in("wang.li", kGoodPassword);
  ASSERT_TRUE(node.sign_in("wang.li", kGoodPassword).has_value());
  const auto made = link(wang);
  node.set_password(wang, std::string(kGoodPassword), kNewPassword, kept->token_hash);
  EXPECT_EQ(sessions(), 1);
  EXPECT_EQ(node.readers.borrow()->query_text("SELECT token_hash FROM sessions"), kept->token_hash);
  EXPECT_EQ(refusal([&] { use(made.token); }), Code::unauthenticated);
  EXPECT_EQ(node.account(wang.id).version, wang.version + 1);
}

TEST_P(SignInTest, WhatIsWrongWithANewPasswordIsSaidAtOnce) {
  const Account wang = node.make_with_password("wang.li", {Role::enterprise});
  const auto on_file = node.accounts.password_of_account(*node.readers.borrow(), actor_of(wang));
  const auto problems = [&](std::optional<std::string> old_password, std::string_view new_password) {
    std::string said;
    try {
      node.accounts.prepare_password(on_file, old_password, new_password);
    } catch (const Rejected& rejected) {
      for (const auto& problem : rejected.problems()) said += problem.field + ": " + problem.reason.en + "; ";
    }
    return said;
  };
  EXPECT_EQ(
      problems(std::nullopt, "wang.li"),
      "/new_password: the password has fewer than 12 characters; /new_password: the password contains the login; /old_password: the old password is missing; ");
  EXPECT_EQ(problems("wrong", kNewPassword), "/old_password: the old password is wrong; ");
  EXPECT_EQ(problems(std::string(kGoodPassword), kGoodPassword), "/new_password: the new password is the old one; ");
  EXPECT_EQ(problems(std::string(kGoodPassword), kNewPassword), "");
}

TEST_P(SignInTest, OfTwoPasswordChangesAtOnceTheSecondIsRefused) {
  const Account wang = node.make_with_password("wang.li", {Role::enterprise});
  const auto on_file = node.accounts.password_of_account(*node.readers.borrow(), actor_of(wang));
  const auto one = node.accounts.prepare_password(on_file, std::string(kGoodPassword), kNewPassword);
  const auto two = node.accounts.prepare_password(on_file, std::string(kGoodPassword), kOtherPassword);
  node.run([&](auto& tx) { node.accounts.change_password(tx, actor_of(wang), one, ""); });
  EXPECT_EQ(refusal([&] { node.run([&](auto& tx) { node.accounts.change_password(tx, actor_of(wang), two, ""); }); }), Code::wrong_state);
  EXPECT_TRUE(node.sign_in("wang.li", kNewPassword).has_value());
}

TEST_P(SignInTest, SessionsCanBeEndedOneByOneAndTogether) {
  const Account wang = node.make_with_password("wang.li", {Role::enterprise});
  const auto one = node.sign_in("wang.li", kGoodPassword);
  const auto two = node.sign_in("wang.li", kGoodPassword);
  node.sign_in("wang.li", kGoodPassword);
  EXPECT_EQ(sessions(), 3);
  node.run([&](auto& tx) { node.accounts.end_session(tx, one->token_hash); });
  EXPECT_EQ(sessions(), 2);
  EXPECT_EQ(node.run([&](auto& tx) { return node.accounts.end_sessions(tx, actor_of(wang), wang.id, two->token_hash); }), 1);
  EXPECT_EQ(node.run([&](auto& tx) { return node.accounts.end_sessions(tx, node.administrator, wang.id); }), 1);
  EXPECT_EQ(sessions(), 0);
}

TEST_P(SignInTest, OneSessionTooManyEndsTheOneSeenLongestAgo) {
  const Account wang = node.make_with_password("wang.li", {Role::enterprise});
  const auto first = node.sign_in("wang.li", kGoodPassword);
  const auto second = node.sign_in("wang.li", kGoodPassword);
  node.clock.advance_us(kMicrosPerSecond);
  node.run([&](auto& tx) { node.accounts.touch_session(tx, first->token_hash, node.clock.now()); });
  for (std::int64_t i = 2; i <= kSessionsPerAccountMax; ++i) ASSERT_TRUE(node.sign_in("wang.li", kGoodPassword).has_value());
  EXPECT_EQ(sessions(), kSessionsPerAccountMax);
  const auto there = [&](const NewSession& session) {
    return node.readers.borrow()->query_integer("SELECT 1 FROM sessions WHERE token_hash = $1", {session.token_hash}).has_value();
  };
  EXPECT_TRUE(there(*first));
  EXPECT_FALSE(there(*second));
}

TEST_P(SignInTest, TouchNeverGoesBack) {
  const Account wang = node.make_with_password("wang.li", {Role::enterprise});
  const auto session = node.sign_in("wang.li", kGoodPassword);
  const Timestamp later{node.clock.now().us + 5 * kMicrosPerSecond};
  node.run([&](auto& tx) { node.accounts.touch_session(tx, session->token_hash, later); });
  node.run([&](auto& tx) { node.accounts.touch_session(tx, session->token_hash, node.clock.now()); });
  EXPECT_EQ(node.account(wang.id).last_seen_at, to_rfc3339(later));
}

TEST_P(SignInTest, ExpiredSessionsAndLinksAreDeletedAndOthersStay) {
  node.make_with_password("wang.li", {Role::enterprise});
  const auto idle = node.sign_in("wang.li", kGoodPassword);
  const auto busy = node.sign_in("wang.li", kGoodPassword);
  link(node.make("chen", {Role::enterprise}));
  const auto sweep = [&] { return node.run([&](auto& tx) { return node.accounts.delete_expired(tx); }); };
  const auto touch = [&] { node.run([&](auto& tx) { node.accounts.touch_session(tx, busy->token_hash, node.clock.now()); }); };
  node.clock.advance_us(kSessionIdleUs + kSessionTouchUs);
  touch();
  EXPECT_EQ(sweep(), 0);  // memory may know of a request that is not written yet
  node.clock.advance_us(kSessionTouchUs + 1);
  EXPECT_EQ(sweep(), 1);
  EXPECT_EQ(node.readers.borrow()->query_text("SELECT token_hash FROM sessions"), busy->token_hash);
  node.clock.advance_us(kSessionAbsoluteUs - kSessionIdleUs - 2 * kSessionTouchUs - 2);
  touch();
  EXPECT_EQ(sweep(), 0);
  node.clock.advance_us(1);
  EXPECT_EQ(sweep(), 1);  // twelve hours after it began, however busy
  node.clock.advance_us(kLinkValidUs);
  EXPECT_EQ(sweep(), 1);
  EXPECT_EQ(node.count("SELECT COUNT(*) FROM sign_in_links"), 0);
}

}  // namespace
}  // namespace jingwei::identity
