// Commands of rounds and what each side reads, on both databases.
#include <gtest/gtest.h>

#include "digest/internal/test_world.h"

namespace jingwei::digest {
namespace {

using namespace digest::testing;

class RoundsTest : public ::testing::TestWithParam<jingwei::testing::Store> {
 protected:
  std::string begin(Cause cause, const std::string& holder, Round* round = nullptr) {
    return world.outcome([&] {
      const Round begun = world.run([&](store::Transaction& tx) { return Rounds::begin(tx, cause, holder); });
      if (round != nullptr) *round = begun;
    });
  }
  std::string finish(const Round& round, const std::string& holder) {
    return world.outcome([&] { world.run([&](store::Transaction& tx) { return Rounds::finish(tx, round.id, holder, {}); }); });
  }
  std::vector<DigestSummary> digests_of(const Actor& actor) { return world.digests.list(world.connection(), actor, "", 50).items; }
  /// "own title: other title (owner)" lines of one side.
  static std::string lines_of(const std::vector<DigestGroup>& groups) {
    std::string text;
    for (const auto& group : groups)
      for (const auto& line : group.lines) text += group.own.title + ": " + line.entry.title + " (" + line.entry.owner_name.value_or("?") + ")\n";
    return text;
  }
  Digest newest(const Actor& actor) { return world.digests.require(world.connection(), actor, digests_of(actor).at(0).id); }

  World world{GetParam()};
};
JINGWEI_ON_BOTH_STORES(RoundsTest);

TEST_P(RoundsTest, one_runs_at_a_time_and_one_nightly_a_day) {
  Round round;
  EXPECT_EQ(begin(Cause::nightly, "a", &round), "ok");
  EXPECT_EQ(begin(Cause::nightly, "b"), "wrong_state");
  EXPECT_EQ(begin(Cause::asked, "b"), "wrong_state");
  EXPECT_EQ(finish(round, "b"), "wrong_state") << "only its holder ends it";
  EXPECT_EQ(finish(round, "a"), "ok");
  EXPECT_EQ(finish(round, "a"), "wrong_state");
  EXPECT_EQ(begin(Cause::nightly, "b"), "wrong_state");
  EXPECT_TRUE(Rounds::past(world.connection(), world.now()).done_today);
  EXPECT_EQ(begin(Cause::asked, "b", &round), "ok");
  EXPECT_EQ(finish(round, "b"), "ok");
  world.advance_days(1);
  EXPECT_FALSE(Rounds::past(world.connection(), world.now()).done_today);
  EXPECT_EQ(begin(Cause::nightly, "b"), "ok");
}

TEST_P(RoundsTest, a_silent_holder_is_taken_for_dead_and_the_round_before_it_stands) {
  const Round before = world.round_of({{world.need, world.supply}});
  Round dead;
  ASSERT_EQ(begin(Cause::nightly, "a", &dead), "ok");
  const std::vector<PairRow> rows{{world.need, world.other_supply, world.owner.organization_id, world.other.organization_id, 0.5, 0.5, 0.5, {}, {}}};
  world.run([&](store::Transaction& tx) { Rounds::add_pairs(tx, dead.id, "a", rows); });
  const std::vector<DigestRow> digests{{world.owner.organization_id, 1, 1, 0}};
  world.run([&](store::Transaction& tx) { Rounds::add_digests(tx, dead.id, "a", digests); });
  world.advance_us(kLeaseUs / 2);
  EXPECT_EQ(begin(Cause::nightly, "b"), "wrong_state");
  world.run([&](store::Transaction& tx) { Rounds::advance(tx, dead.id, "a", 10, 5); });
  world.advance_us(kLeaseUs / 2 + kMicrosPerSecond);
  EXPECT_EQ(begin(Cause::nightly, "b"), "wrong_state") << "it has shown that it lives";
  // Its digest is not read before the round is done.
  ASSERT_EQ(digests_of(world.owner).size(), 1U);
  EXPECT_EQ(digests_of(world.owner)[0].round_id, before.id);
  world.advance_us(kLeaseUs + kMicrosPerSecond);
  EXPECT_EQ(begin(Cause::nightly, "b"), "ok");
  EXPECT_EQ(Rounds::find(world.connection(), dead.id)->state, RoundState::failed);
  EXPECT_FALSE(Rounds::find(world.connection(), dead.id)->failure->zh.empty());
  EXPECT_EQ(world.outcome([&] { world.run([&](store::Transaction& tx) { Rounds::add_pairs(tx, dead.id, "a", rows); }); }), "wrong_state");
  while (world.run([](store::Transaction& tx) { return Rounds::forget(tx); })) {
  }
  EXPECT_EQ(world.connection().query_integer("SELECT COUNT(*) FROM round_pairs WHERE round_id = $1", {dead.id}), 0);
  EXPECT_EQ(world.connection().query_integer("SELECT COUNT(*) FROM digests WHERE round_id = $1", {dead.id}), 0);
  EXPECT_EQ(lines_of(newest(world.owner).for_needs), "轴承座去毛刺: 去毛刺工艺 (乙所)\n");
}

TEST_P(RoundsTest, each_side_reads_its_own_pairs_and_nobody_elses) {
  const Round round = world.round_of({{world.need, world.supply}, {world.need, world.other_supply}});
  EXPECT_EQ(round.pairs, 2);
  const Digest mine = newest(world.owner);
  EXPECT_EQ(lines_of(mine.for_needs), "轴承座去毛刺: 去毛刺工艺 (乙所)\n轴承座去毛刺: 水射流去毛刺 (丙公司)\n");
  EXPECT_EQ(lines_of(mine.for_supplies), "");
  EXPECT_EQ(mine.needs, 1);
  EXPECT_EQ(mine.supplies, 2);
  EXPECT_EQ(mine.for_needs[0].lines[0].missing.size(), 1U);
  const Digest theirs = newest(world.supplier);
  EXPECT_EQ(lines_of(theirs.for_supplies), "去毛刺工艺: 轴承座去毛刺 (甲厂)\n");
  EXPECT_EQ(lines_of(theirs.for_needs), "");
  EXPECT_EQ(theirs.for_supplies[0].lines[0].reasons[0].text.zh, "需求里的“毛刺”，您写的是“去毛刺”") << "in the supplier's words";
  EXPECT_TRUE(theirs.for_supplies[0].lines[0].missing.empty());
  EXPECT_EQ(world.outcome([&] { world.digests.require(world.connection(), world.supplier, mine.id); }), "not_found");
  EXPECT_EQ(world.outcome([&] { world.digests.require(world.connection(), world.department, mine.id); }), "not_found");
  EXPECT_EQ(world.outcome([&] { world.run([&](store::Transaction& tx) { world.digests.mark_read(tx, world.supplier, mine.id, true); }); }), "not_found");
  EXPECT_TRUE(digests_of(world.department).empty());
}

TEST_P(RoundsTest, a_need_that_is_not_for_the_supplier_never_shows) {
  const auto invited = world.entry("needs", world.owner, "只给受邀方看的题", {{"confidentiality", "invited"}});
  const auto hidden = world.entry("needs", world.owner, "不具名的题", {{"confidentiality", "anonymous"}});
  world.invite(invited, world.other);
  world.round_of({{invited, world.supply}, {invited, world.other_supply}, {hidden, world.supply}});
  EXPECT_EQ(newest(world.owner).supplies, 3);
  const Digest stranger = newest(world.supplier);
  EXPECT_EQ(stranger.wanted, 1) << "not even counted";
  EXPECT_EQ(lines_of(stranger.for_supplies), "去毛刺工艺: 不具名的题 (?)\n") << "an anonymous need without its owner";
  EXPECT_EQ(lines_of(newest(world.other).for_supplies), "水射流去毛刺: 只给受邀方看的题 (甲厂)\n");
  const std::string all = json::serialize(to_json(stranger));
  EXPECT_EQ(all.find("受邀"), std::string::npos);
  EXPECT_EQ(all.find("甲厂"), std::string::npos);
}

TEST_P(RoundsTest, an_older_digest_tells_nothing_that_was_withdrawn_or_hidden_since) {
  world.round_of({{world.need, world.supply}, {world.need, world.other_supply}});
  world.withdraw(world.supplier, world.supply);
  EXPECT_EQ(lines_of(newest(world.owner).for_needs), "轴承座去毛刺: 水射流去毛刺 (丙公司)\n");
  world.withdraw(world.owner, world.need);
  EXPECT_EQ(lines_of(newest(world.other).for_supplies), "");
}

TEST_P(RoundsTest, read_and_unread_are_an_accounts_own) {
  world.round_of({{world.need, world.supply}});
  const auto unread = [&](const Actor& actor) { return world.digests.unread(world.connection(), actor, world.now(), 10).size(); };
  Actor colleague = world.owner;
  colleague.account_id = "acc_colleague";
  ASSERT_EQ(unread(world.owner), 1U);
  const std::string id = digests_of(world.owner)[0].id;
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(world.run([&](store::Transaction& tx) { return world.digests.mark_read(tx, world.owner, id, true); }).read);
  EXPECT_EQ(unread(world.owner), 0U);
  EXPECT_EQ(unread(colleague), 1U);
  EXPECT_TRUE(digests_of(world.owner)[0].read);
  EXPECT_FALSE(world.run([&](store::Transaction& tx) { return world.digests.mark_read(tx, world.owner, id, false); }).read);
  EXPECT_EQ(unread(world.owner), 1U);
  world.advance_days(kUnreadShownDays + 1);
  EXPECT_EQ(unread(world.owner), 0U) << "old news is none";
}

TEST_P(RoundsTest, lists_go_page_by_page_and_refuse_wrong_cursors) {
  for (int i = 0; i < 5; ++i) world.round_of({{world.need, i % 2 == 0 ? world.supply : world.other_supply}});
  std::vector<std::string> ids;
  std::string cursor;
  do {
    const auto page = world.digests.list(world.connection(), world.owner, cursor, 2);
    EXPECT_EQ(page.total, 5);
    for (const auto& item : page.items) ids.push_back(item.id);
    cursor = page.next_cursor;
  } while (!cursor.empty());
  EXPECT_EQ(ids.size(), 5U);
  EXPECT_TRUE(std::ranges::is_sorted(ids, std::ranges::greater{}));
  for (const char* wrong : {"x", "1.need_01KF0000000000000000000000", "1.", ".digest_01KF0000000000000000000000"})
    EXPECT_EQ(world.outcome([&] { world.digests.list(world.connection(), world.owner, wrong, 2); }), "invalid") << wrong;
  EXPECT_EQ(world.outcome([&] { world.digests.list(world.connection(), world.owner, "", 0); }), "invalid");
}

TEST_P(RoundsTest, what_was_told_marked_or_dealt_with_is_known) {
  world.round_of({{world.need, world.supply}});
  world.run([&](store::Transaction& tx) {
    tx.execute("INSERT INTO feedback (id, need_id, supply_id, version, updated_us, mark, reason, body) VALUES ('feedback_1', $1, 's_marked', 1, 1, 'refused', 'price', '{}')", {world.need});
    tx.execute("INSERT INTO feedback (id, need_id, supply_id, version, updated_us, mark, reason, body) VALUES ('feedback_2', $1, 's_cleared', 1, 1, 'cleared', '', '{}')", {world.need});
  });
  const auto told = Rounds::told_before(world.connection());
  EXPECT_TRUE(told.contains(world.need, world.supply));
  EXPECT_TRUE(told.contains(world.need, "s_marked"));
  EXPECT_FALSE(told.contains(world.need, "s_cleared"));
  EXPECT_FALSE(told.contains(world.need, world.other_supply));
  world.advance_days(kRoundsKeptDays + 1);
  while (world.run([](store::Transaction& tx) { return Rounds::forget(tx); })) {
  }
  EXPECT_FALSE(Rounds::told_before(world.connection()).contains(world.need, world.supply)) << "after a while it may be told again";
}

TEST_P(RoundsTest, exposure_adds_up_over_rounds) {
  for (int i = 0; i < 2; ++i) {
    const Round round = world.run([&](store::Transaction& tx) { return Rounds::begin(tx, Cause::asked, "here"); });
    const std::vector<Exposure> rows{{world.supplier.organization_id, 9, 5, 3}, {world.other.organization_id, 4, 0, 1}};
    world.run([&](store::Transaction& tx) { Rounds::add_exposure(tx, round.id, "here", rows); });
    const ExposureReport meanwhile = world.digests.exposure(world.connection(), world.now(), 30, 10);
    EXPECT_EQ(meanwhile.rounds, i) << "a running round counts for nothing";
    EXPECT_EQ(meanwhile.owners, i == 0 ? 0 : 2);
    world.run([&](store::Transaction& tx) { return Rounds::finish(tx, round.id, "here", {}); });
  }
  const auto report = world.digests.exposure(world.connection(), world.now(), 30, 10);
  ASSERT_EQ(report.items.size(), 2U);
  EXPECT_EQ(report.rounds, 2);
  EXPECT_EQ(report.items[0].name, "乙所");
  EXPECT_EQ(report.items[0].given, 6);
  EXPECT_NEAR(report.items[0].share, 0.75, 1e-12);
  EXPECT_NEAR(report.concentration, 0.625, 1e-12);
  EXPECT_EQ(report.concentration_plain, 1);
  EXPECT_EQ(world.digests.exposure(world.connection(), world.now(), 30, 1).items.size(), 1U);
  EXPECT_NE(Digests::exposure_csv(report).find("乙所,"), std::string::npos);
  EXPECT_EQ(world.outcome([&] { world.digests.exposure(world.connection(), world.now(), 0, 1); }), "invalid");
  world.advance_days(31);
  EXPECT_EQ(world.digests.exposure(world.connection(), world.now(), 30, 10).given, 0);
}

TEST_P(RoundsTest, letters_go_to_each_account_in_its_language) {
  const Round round = world.round_of({{world.need, world.supply}, {world.need, world.other_supply}});
  const Letters letters(world.digests, sender_of({"嘉兴四链协同", "Jiaxing four chains"}, "jingwei.example/330400"));
  const auto all = letters.of_round(world.connection(), round.id);
  ASSERT_EQ(all.size(), 3U);
  std::map<std::string, Letter> by_account;
  for (const auto& letter : all) by_account[letter.account_id] = letter;
  EXPECT_EQ(by_account["acc_owner"].address, "owner@jia.example");
  EXPECT_FALSE(by_account["acc_supplier"].address) << "a login that is no address";
  EXPECT_NE(by_account["acc_other"].text.find("Needs that suit"), std::string::npos);
  EXPECT_NE(by_account["acc_owner"].text.find("去毛刺工艺（乙所）"), std::string::npos);
  const std::string mbox = letters.mbox(all);
  EXPECT_EQ(std::ranges::count(mbox, '\r'), 0);
  EXPECT_EQ(mbox.find("<>"), std::string::npos);
  std::size_t messages = 0;
  for (std::size_t at = 0; (at = mbox.find("From no-reply@", at)) != std::string::npos; ++at) ++messages;
  EXPECT_EQ(messages, 2U);
  EXPECT_EQ(std::ranges::count(Letters::json_lines(all), '\n'), 3);
  EXPECT_EQ(world.outcome([&] { letters.of_round(world.connection(), "round_01KF0000000000000000000000"); }), "not_found");
}

}  // namespace
}  // namespace jingwei::digest
