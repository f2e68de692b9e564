// Guessing is slowed down, per login and per address, within bounded memory.
#include <gtest/gtest.h>

#include "identity/identity.h"

namespace jingwei::identity {
namespace {

constexpr Timestamp kStart{1'769'000'000'000'000};
Timestamp after_s(std::int64_t seconds) { return {kStart.us + seconds * kMicrosPerSecond}; }
std::string address(int i) { return "192.0.2." + std::to_string(i); }

TEST(SignInThrottle, SixthFailureOfALoginWaitsThreeMinutesWhereverItComesFrom) {
  SignInThrottle throttle;
  for (int i = 0; i < kThrottleFailuresPerLogin; ++i) EXPECT_EQ(throttle.admit("wang.li", address(i), kStart), 0);
  EXPECT_EQ(throttle.admit("WANG.li ", address(9), kStart), 180);
  EXPECT_EQ(throttle.admit("wang.li", address(9), after_s(100)), 80);
  EXPECT_EQ(throttle.admit("wang.li", address(9), after_s(180)), 0);  // one place came back
  EXPECT_EQ(throttle.admit("wang.li", address(9), after_s(180)), 180);
  EXPECT_EQ(throttle.admit("chen", address(9), after_s(180)), 0);  // others are not hindered
}

TEST(SignInThrottle, PlacesComeBackButAreNotSavedUp) {
  SignInThrottle throttle;
  for (int round = 0; round < 3; ++round) {
    const Timestamp now = after_s(round * 4 * kThrottleWindowUs / kMicrosPerSecond);
    for (int i = 0; i < kThrottleFailuresPerLogin; ++i) EXPECT_EQ(throttle.admit("wang.li", address(i), now), 0);
    EXPECT_GT(throttle.admit("wang.li", address(9), now), 0);
  }
}

TEST(SignInThrottle, AddressIsSlowedDownOverAllLogins) {
  SignInThrottle throttle;
  for (int i = 0; i < kThrottleFailuresPerAddress; ++i) EXPECT_EQ(throttle.admit("login" + std::to_string(i), "192.0.2.1", kStart), 0);
  EXPECT_EQ(throttle.admit("another", "192.0.2.1", kStart), 30);
  EXPECT_EQ(throttle.admit("another", "192.0.2.2", kStart), 0);
}

TEST(SignInThrottle, RefusedTryTakesNoPlace) {
  SignInThrottle throttle;
  for (int i = 0; i < kThrottleFailuresPerAddress; ++i) throttle.admit("login" + std::to_string(i), "192.0.2.1", kStart);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(throttle.admit("wang.li", "192.0.2.1", kStart), 30);
  EXPECT_EQ(throttle.admit("wang.li", "192.0.2.2", kStart), 0);
  EXPECT_EQ(throttle.admit("wang.li", "192.0.2.1", after_s(30)), 0);
}

TEST(SignInThrottle, SuccessGivesThePlaceBackSoThatColleaguesBehindOneAddressMayWork) {
  SignInThrottle throttle;
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(throttle.admit("wang.li", "192.0.2.1", kStart), 0);
    throttle.succeeded("wang.li", "192.0.2.1");
  }
  for (int i = 0; i < kThrottleFailuresPerLogin - 1; ++i) throttle.admit("wang.li", "192.0.2.1", kStart);
  EXPECT_EQ(throttle.admit("wang.li", "192.0.2.1", kStart), 0);
  throttle.succeeded("wang.li", "192.0.2.1");  // gives back its own place, not the failures before it
  EXPECT_EQ(throttle.admit("wang.li", "192.0.2.1", kStart), 0);
  EXPECT_GT(throttle.admit("wang.li", "192.0.2.1", kStart), 0);
}

TEST(SignInThrottle, AddressesOfOneNetworkCountAsOne) {
  SignInThrottle throttle;
  for (int i = 0; i < kThrottleFailuresPerAddress; ++i)
    EXPECT_EQ(throttle.admit("login" + std::to_string(i), "2001:db8:1:2::" + std::to_string(i), kStart), 0);
  EXPECT_GT(throttle.admit("x", "2001:db8:1:2:ffff::1", kStart), 0);
  EXPECT_EQ(throttle.admit("x", "2001:db8:1:3::1", kStart), 0);
  for (int i = 0; i < kThrottleFailuresPerAddress; ++i) throttle.admit("other" + std::to_string(i), "::ffff:192.0.2.7", kStart);
  EXPECT_GT(throttle.admit("y", "192.0.2.7", kStart), 0);  // the same address, written in the other family
  EXPECT_EQ(throttle.admit("y", "::ffff:192.0.2.8", kStart), 0);
}

TEST(SignInThrottle, MemoryIsBoundedAndTheWorstAreNotForgotten) {
  constexpr std::size_t kKeys = 64;
  SignInThrottle throttle(kKeys);
  for (int i = 0; i < kThrottleFailuresPerLogin; ++i) throttle.admit("victim", address(i), kStart);
  for (int i = 0; i < 5000; ++i) {
    throttle.admit("login" + std::to_string(i), "10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250), kStart);
    ASSERT_LE(throttle.size(), 2 * kKeys);
    ASSERT_GE(throttle.size(), i > 100 ? kKeys : 0) << "forgot more than it had to";
  }
  EXPECT_EQ(throttle.admit("victim", "198.51.100.1", kStart), 180);
}

TEST(SignInThrottle, KeysThatRanOutMakeRoomFirst) {
  SignInThrottle throttle(64);
  for (int i = 0; i < 64; ++i) throttle.admit("login" + std::to_string(i), address(i), kStart);
  EXPECT_EQ(throttle.admit("late", "198.51.100.1", after_s(3600)), 0);
  EXPECT_EQ(throttle.size(), 2);
}

TEST(SignInThrottle, LongLoginsAreCut) {
  SignInThrottle throttle;
  for (int i = 0; i < kThrottleFailuresPerLogin; ++i) EXPECT_EQ(throttle.admit(std::string(100'000 + i, 'a'), address(i), kStart), 0);
  EXPECT_GT(throttle.admit(std::string(200'000, 'a'), address(9), kStart), 0);
}

TEST(SignInThrottle, WaitIsSaidInBothLanguages) {
  const Rejected rejected = SignInThrottle::throttled(180);
  EXPECT_EQ(rejected.code(), Code::throttled);
  EXPECT_EQ(rejected.message(), (Bilingual{"登录尝试过多，请在 180 秒后再试", "Too many tries to sign in; try again in 180 s"}));
}

}  // namespace
}  // namespace jingwei::identity
