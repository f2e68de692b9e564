// Authentication of each request: limits, what is believed for how long, what makes it read again.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "identity/internal/test_node.h"

namespace jingwei::identity {
namespace {

class SessionCacheTest : public ::testing::TestWithParam<testing::Store> {
 protected:
  std::optional<Authentication> ask(const NewSession& session) { return cache.authenticate_session(session.token, node.clock.now()); }
  NewSession sign_in() { return node.sign_in("wang.li", kGoodPassword).value(); }
  void change(const AccountChange& change) {
    const Account now = node.account(wang.id);
    node.run([&](auto& tx) { node.accounts.update(tx, node.administrator, wang.id, now.version, change); });
  }
  /// Behind the module's back, so that only a read can notice.
  void rename_unseen() {
    node.run([&](auto& tx) { tx.execute("UPDATE accounts SET name = 'changed' WHERE id = $1", {wang.id}); });
  }

  TestNode node{GetParam()};
  SessionCache cache{node.readers};
  Account wang = node.make_with_password("wang.li", {Role::enterprise});
};
JINGWEI_ON_BOTH_STORES(SessionCacheTest);

TEST_P(SessionCacheTest, SaysWhoIsBehindASession) {
  const auto session = sign_in();
  const auto who = ask(session);
  ASSERT_TRUE(who.has_value());
  EXPECT_EQ(who->actor.account_id, wang.id);
  EXPECT_EQ(who->actor.login, "wang.li");
  EXPECT_EQ(who->actor.roles, std::vector{Role::enterprise});
  EXPECT_TRUE(who->actor.may_write);
  EXPECT_FALSE(who->must_set_password);
  EXPECT_FALSE(who->by_api_token);
  EXPECT_FALSE(who->touch_due);
  EXPECT_EQ(who->token_hash, session.token_hash);
}

TEST_P(SessionCacheTest, PersonWithoutPasswordMustSetOne) {
  const auto link = node.run([&](auto& tx) { return node.accounts.make_link(tx, node.administrator, wang.id); });
  const auto session = node.run([&](auto& tx) { return node.accounts.use_link(tx, link.token); });
  EXPECT_TRUE(ask(session)->must_set_password);
  node.set_password(wang, std::nullopt, kNewPassword, session.token_hash);
  cache.account_changed(wang.id);
  EXPECT_FALSE(ask(session)->must_set_password);
}

TEST_P(SessionCacheTest, UnknownTokensAreNobody) {
  sign_in();
  for (const std::string& token : {std::string(), std::string(43, 'a'), std::string(42, 'a'), std::string(1'000'000, 'a'), std::string(43, '\0')}) {
    EXPECT_FALSE(cache.authenticate_session(token, node.clock.now()).has_value());
    EXPECT_FALSE(cache.authenticate_api_token("jwt_" + token, node.clock.now()).has_value());
  }
  EXPECT_EQ(cache.size(), 0u);
}

TEST_P(SessionCacheTest, EntryIsBelievedForFiveSecondsAndThenReadAgain) {
  const auto session = sign_in();
  ask(session);
  rename_unseen();
  node.clock.advance_us(kCachedSessionUs - 1);
  EXPECT_EQ(ask(session)->actor.name, wang.name);
  node.clock.advance_us(1);
  EXPECT_EQ(ask(session)->actor.name, "changed");
}

TEST_P(SessionCacheTest, ClockSetBackMakesItReadAgain) {
  const auto session = sign_in();
  ask(session);
  rename_unseen();
  node.clock.advance_us(-kMicrosPerSecond);
  EXPECT_EQ(ask(session)->actor.name, "changed");
}

TEST_P(SessionCacheTest, ChangedRolesAndDisablingCountAtOnceWhenTold) {
  const auto session = sign_in();
  ask(session);
  change({wang.name, {Role::auditor}, {}, false, {}});
  cache.account_changed("account_01ARZ3NDEKTSV4RRFFQ69G5FAV");
  EXPECT_EQ(ask(session)->actor.roles, std::vector{Role::enterprise});  // somebody else's change
  cache.account_changed(wang.id);
  EXPECT_EQ(ask(session)->actor.roles, std::vector{Role::auditor});
  change({wang.name, {Role::auditor}, {}, true, {}});
  cache.account_changed(wang.id);
  EXPECT_FALSE(ask(session).has_value());
  change({wang.name, {Role::auditor}, {}, false, {}});
  cache.account_changed(wang.id);
  EXPECT_FALSE(ask(session).has_value());  // the session was deleted, not only hidden
}

TEST_P(SessionCacheTest, EndedSessionIsNobodyWhenTold) {
  const auto session = sign_in();
  const auto other = sign_in();
  ask(session);
  ask(other);
  node.run([&](auto& tx) { node.accounts.end_session(tx, session.token_hash); });
  cache.session_ended(session.token_hash);
  EXPECT_FALSE(ask(session).has_value());
  EXPECT_EQ(cache.size(), 1u);
  cache.clear();
  EXPECT_TRUE(ask(other).has_value());
}

TEST_P(SessionCacheTest, IdleSessionEndsAfterTwoHours) {
  const auto session = sign_in();
  const auto other = sign_in();
  node.clock.advance_us(kSessionIdleUs - 1);
  EXPECT_TRUE(ask(session).has_value());
  node.clock.advance_us(1);
  EXPECT_FALSE(ask(other).has_value());
  EXPECT_TRUE(ask(session).has_value());
  node.clock.advance_us(kSessionIdleUs);
  EXPECT_FALSE(ask(session).has_value());
}

TEST_P(SessionCacheTest, BusySessionEndsAfterTwelveHours) {
  const auto session = sign_in();
  for (std::int64_t us = kSessionIdleUs / 2; us < kSessionAbsoluteUs; us += kSessionIdleUs / 2) {
    node.clock.advance_us(kSessionIdleUs / 2);
    ASSERT_TRUE(ask(session).has_value());
  }
  node.clock.advance_us(kSessionIdleUs / 2 - 1);
  EXPECT_TRUE(ask(session).has_value());
  node.clock.advance_us(1);
  EXPECT_FALSE(ask(session).has_value());
}

TEST_P(SessionCacheTest, LastSeenIsWrittenAtMostOnceAMinute) {
  const auto session = sign_in();
  EXPECT_FALSE(ask(session)->touch_due);
  node.clock.advance_us(kSessionTouchUs - 1);
  EXPECT_FALSE(ask(session)->touch_due);
  node.clock.advance_us(1);
  EXPECT_TRUE(ask(session)->touch_due);
  EXPECT_FALSE(ask(session)->touch_due);  // one request is told, before anything is written
  node.clock.advance_us(kCachedSessionUs);
  EXPECT_FALSE(ask(session)->touch_due);  // nor does reading the old row again forget it
}

TEST_P(SessionCacheTest, TouchKeepsTheSessionAliveForACacheThatStartsAnew) {
  const auto session = sign_in();
  node.clock.advance_us(kSessionIdleUs - 1);
  ASSERT_TRUE(ask(session)->touch_due);
  node.run([&](auto& tx) { node.accounts.touch_session(tx, session.token_hash, node.clock.now()); });
  node.clock.advance_us(kSessionIdleUs - 1);
  cache.clear();
  EXPECT_TRUE(ask(session).has_value());
}

TEST_P(SessionCacheTest, SizeIsBounded) {
  SessionCache small(node.readers, 4);
  std::vector<NewSession> sessions;
  for (int i = 0; i < 12; ++i) sessions.push_back(sign_in());
  for (const auto& session : sessions) {
    EXPECT_TRUE(small.authenticate_session(session.token, node.clock.now()).has_value());
    EXPECT_LE(small.size(), 4u);
  }
  node.clock.advance_us(kCachedSessionUs);
  for (const auto& session : sessions) EXPECT_TRUE(small.authenticate_session(session.token, node.clock.now()).has_value());
  EXPECT_LE(small.size(), 4u);
}

TEST_P(SessionCacheTest, ApiTokenActsForItsPersonWithinItsScopes) {
  const auto make = [&](std::vector<TokenScope> scopes) {
    return node.run([&](auto& tx) { return node.accounts.create_api_token(tx, actor_of(wang), {"t", scopes, "2026-01-22"}); });
  };
  const auto reading = make({TokenScope::read});
  const auto writing = make({TokenScope::write});
  const auto by = [&](const CreatedApiToken& token) { return cache.authenticate_api_token(token.token, node.clock.now()); };
  ASSERT_TRUE(by(reading).has_value());
  EXPECT_FALSE(by(reading)->actor.may_write);
  EXPECT_TRUE(by(reading)->by_api_token);
  EXPECT_EQ(by(reading)->actor.account_id, wang.id);
  EXPECT_TRUE(by(writing)->actor.may_write);
  EXPECT_FALSE(cache.authenticate_session(reading.token, node.clock.now()).has_value());
  EXPECT_FALSE(cache.authenticate_session(reading.token.substr(4), node.clock.now()).has_value());

  node.run([&](auto& tx) { node.accounts.revoke_api_token(tx, actor_of(wang), reading.id); });
  cache.account_changed(wang.id);
  EXPECT_FALSE(by(reading).has_value());
  EXPECT_TRUE(by(writing).has_value());

  node.clock.advance_us(kMicrosPerDay);
  EXPECT_TRUE(by(writing).has_value());  // 22 January in Shanghai, and used after a day's rest: no idle limit
  EXPECT_FALSE(by(writing)->touch_due);
  change({wang.name, wang.roles, {}, true, {}});
  cache.account_changed(wang.id);
  EXPECT_FALSE(by(writing).has_value());
}

TEST_P(SessionCacheTest, ApiTokenDiesWithItsLastDayInShanghai) {
  const auto token = node.run([&](auto& tx) { return node.accounts.create_api_token(tx, actor_of(wang), {"t", {TokenScope::read}, "2026-01-22"}); });
  const Timestamp end = from_rfc3339("2026-01-22T16:00:00Z").value();
  EXPECT_TRUE(cache.authenticate_api_token(token.token, {end.us - 1}).has_value());
  EXPECT_FALSE(cache.authenticate_api_token(token.token, end).has_value());
  cache.clear();
  EXPECT_FALSE(cache.authenticate_api_token(token.token, end).has_value());
}

/// The order that threads may come in by bad luck: read, change, tell, keep.
TEST_P(SessionCacheTest, ReadThatWasOvertakenByAChangeIsNotKept) {
  const auto session = sign_in();
  std::function<void()> meanwhile = [] {};
  SessionCache overtaken([&](const auto& use) {
    use(*node.readers.borrow());
    std::exchange(meanwhile, [] {})();
  });
  const auto ask_overtaken = [&] { return overtaken.authenticate_session(session.token, node.clock.now()); };
  meanwhile = [&] {
    change({"changed", wang.roles, {}, false, {}});
    overtaken.account_changed(wang.id);
  };
  EXPECT_EQ(ask_overtaken()->actor.name, wang.name);  // the request that was under way
  EXPECT_EQ(ask_overtaken()->actor.name, "changed");
  overtaken.clear();
  meanwhile = [&] {
    node.run([&](auto& tx) { node.accounts.end_session(tx, session.token_hash); });
    overtaken.session_ended(session.token_hash);
  };
  EXPECT_TRUE(ask_overtaken().has_value());
  EXPECT_FALSE(ask_overtaken().has_value());
}

/// Many threads ask while the account changes; whoever asks after a change was told must see it.
TEST_P(SessionCacheTest, NoThreadSeesTheOldAccountOnceAChangeWasTold) {
  const auto session = sign_in();
  const auto session_name = [&] { return ask(session)->actor.name; };
  std::atomic<bool> stopping = false;
  std::atomic<std::int64_t> asked = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.emplace_back([&] {
      while (!stopping) {
        ask(session);
        ++asked;
      }
    });
  for (int round = 0; round < 60; ++round) {
    const std::string name = "round " + std::to_string(round);
    change({name, {Role::enterprise}, {}, false, {}});
    cache.account_changed(wang.id);
    EXPECT_EQ(session_name(), name);
  }
  stopping = true;
  for (auto& thread : threads) thread.join();
  EXPECT_GT(asked.load(), 0);
}

}  // namespace
}  // namespace jingwei::identity
