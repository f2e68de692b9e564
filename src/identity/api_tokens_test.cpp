// API tokens: making, listing, revoking.
#include <gtest/gtest.h>

#include "identity/internal/test_node.h"

namespace jingwei::identity {
namespace {

class ApiTokensTest : public ::testing::TestWithParam<testing::Store> {
 protected:
  CreatedApiToken make(const NewApiToken& token) {
    return node.run([&](auto& tx) { return node.accounts.create_api_token(tx, wang, token); });
  }
  void revoke(const Actor& actor, const std::string& id) {
    node.run([&](auto& tx) { node.accounts.revoke_api_token(tx, actor, id); });
  }
  std::vector<ApiToken> list() { return node.accounts.api_tokens(*node.readers.borrow(), wang, node.clock.now()); }
  std::string problems(const NewApiToken& token) {
    std::string said;
    try {
      make(token);
    } catch (const Rejected& rejected) {
      EXPECT_EQ(rejected.code(), Code::invalid);
      for (const auto& problem : rejected.problems()) said += problem.field + ": " + problem.reason.en + "; ";
    }
    return said;
  }

  TestNode node{GetParam()};
  Actor wang = actor_of(node.make("wang.li", {Role::enterprise}));
};
JINGWEI_ON_BOTH_STORES(ApiTokensTest);

TEST_P(ApiTokensTest, TokenIsShownOnceAndListedWithoutIt) {
  const auto made = make({" 导入程序 ", {TokenScope::write, TokenScope::read, TokenScope::read}, "2026年6月30日"});
  EXPECT_TRUE(made.token.starts_with("jwt_"));
  EXPECT_EQ(made.token.size(), 47u);
  EXPECT_EQ(made.name, "导入程序");
  EXPECT_EQ(made.scopes, (std::vector{TokenScope::read, TokenScope::write}));
  const auto tokens = list();
  ASSERT_EQ(tokens.size(), 1u);
  EXPECT_EQ(to_json(tokens[0]), to_json(static_cast<const ApiToken&>(made)));
  EXPECT_EQ(tokens[0].expires_on, "2026-06-30");
  EXPECT_EQ(node.count("SELECT COUNT(*) FROM api_tokens WHERE token_hash LIKE '%jwt%'"), 0);
  EXPECT_EQ(node.feed_acts(), "account/created account/token_made ");
}

TEST_P(ApiTokensTest, WhatIsWrongIsSaidAtOnce) {
  EXPECT_EQ(problems({"", {}, "soon"}), "/name: the name is missing; /scopes: no scope is given; /expires_on: this is not a date; ");
}

// The tests begin on 2026-01-21 in Shanghai.
TEST_P(ApiTokensTest, LastDayIsFromTodayToAYearAhead) {
  EXPECT_EQ(problems({"t", {TokenScope::read}, "2026-01-20"}), "/expires_on: the date is past; ");
  EXPECT_EQ(problems({"t", {TokenScope::read}, "2026-01-21"}), "");
  EXPECT_EQ(problems({"t", {TokenScope::read}, "2027-01-22"}), "");
  EXPECT_EQ(problems({"t", {TokenScope::read}, "2027-01-23"}), "/expires_on: it would work for more than 366 days; ");
  EXPECT_EQ(problems({"t", {TokenScope::read}, "9999-12-31"}), "/expires_on: it would work for more than 366 days; ");
}

TEST_P(ApiTokensTest, ExpiredTokenIsListedAsSuch) {
  make({"t", {TokenScope::read}, "2026-01-21"});
  EXPECT_FALSE(list().at(0).expired);
  node.clock.advance_us(kMicrosPerDay);
  EXPECT_TRUE(list().at(0).expired);
  EXPECT_EQ(list().at(0).expires_on, "2026-01-21");
}

TEST_P(ApiTokensTest, RevokedTokenIsGoneAndMayBeRevokedTwice) {
  const auto made = make({"t", {TokenScope::read}, "2026-06-30"});
  revoke(wang, made.id);
  revoke(wang, made.id);
  EXPECT_TRUE(list().empty());
  EXPECT_EQ(node.feed_acts(), "account/created account/token_made account/token_revoked ");
  EXPECT_EQ(refusal([&] { revoke(wang, "token_01ARZ3NDEKTSV4RRFFQ69G5FAV"); }), Code::not_found);
  EXPECT_EQ(refusal([&] { revoke(wang, std::string("tok\0en", 6)); }), Code::not_found);
}

TEST_P(ApiTokensTest, WorkingTokensOfOnePersonAreBounded) {
  std::string last;
  node.run([&](auto& tx) {
    for (std::int64_t i = 0; i < kApiTokensPerAccountMax; ++i)
      last = node.accounts.create_api_token(tx, wang, {"t", {TokenScope::read}, "2026-06-30"}).id;
  });
  EXPECT_EQ(refusal([&] { make({"t", {TokenScope::read}, "2026-06-30"}); }), Code::wrong_state);
  revoke(node.administrator, last);
  EXPECT_EQ(problems({"t", {TokenScope::read}, "2026-06-30"}), "");
}

}  // namespace
}  // namespace jingwei::identity
