// The command and the reads on both databases.
#include <gtest/gtest.h>

#include "feedback/internal/test_world.h"

namespace jingwei::feedback {
namespace {

using namespace feedback::testing;

class FeedbackTest : public ::testing::TestWithParam<jingwei::testing::Store> {
 protected:
  std::string try_mark(const Actor& actor, const std::string& need, const std::string& supply, std::optional<std::int64_t> version, const FeedbackWrite& write) {
    return world.outcome([&] { world.mark(actor, need, supply, version, write); });
  }
  static FeedbackWrite refusal(RefusalReason reason, std::optional<std::string> note = {}) { return {Mark::refused, reason, std::move(note)}; }
  /// What one actor receives, newest first: "refused price 甲厂|轴承座去毛刺".
  std::vector<std::string> received(const Actor& actor, ReceivedFilter filter = {}) {
    std::vector<std::string> lines;
    do {
      const auto page = world.received(actor, filter);
      for (const auto& item : page.items)
        lines.push_back(std::string(enum_name(item.mark)) + " " + (item.reason ? std::string(enum_name(*item.reason)) : "-") + " " +
                        item.need.owner_name.value_or("?") + "|" + item.need.title.value_or("?"));
      filter.cursor = page.next_cursor;
    } while (!filter.cursor.empty());
    return lines;
  }

  World world{GetParam()};
  const FeedbackWrite shortlist{Mark::shortlisted, {}, {}};
};
JINGWEI_ON_BOTH_STORES(FeedbackTest);

using Lines = std::vector<std::string>;

TEST_P(FeedbackTest, a_later_mark_replaces_an_earlier_one_and_history_stays) {
  const auto first = world.mark(world.owner, world.need, world.supply, {}, shortlist);
  EXPECT_EQ(first.version, 1);
  EXPECT_EQ(first.supply.title, "去毛刺工艺");
  const auto second = world.mark(world.owner, world.need, world.supply, 1, refusal(RefusalReason::price, " 贵了一倍 "));
  EXPECT_EQ(second.version, 2);
  EXPECT_EQ(second.note, "贵了一倍");
  const auto views = world.of_need(world.owner, world.need);
  ASSERT_EQ(views.size(), 1u);
  EXPECT_EQ(views[0].mark, Mark::refused);
  EXPECT_EQ(views[0].reason, RefusalReason::price);
  EXPECT_EQ(views[0].actor_name, "王厂长");
  ASSERT_EQ(views[0].history->size(), 2u);
  EXPECT_EQ(views[0].history->at(1).mark, Mark::shortlisted);
  EXPECT_EQ(views[0].history->at(1).at, first.at);
}

TEST_P(FeedbackTest, a_mark_leaves_a_feed_record_and_no_statement) {
  const auto count = [&](const char* sql) { return world.connection().query_integer(sql).value(); };
  const auto statements = count("SELECT COUNT(*) FROM statements");
  world.mark(world.owner, world.need, world.supply, {}, shortlist);
  world.mark(world.owner, world.need, world.supply, 1, {Mark::accepted, {}, {}});
  EXPECT_EQ(count("SELECT COUNT(*) FROM statements"), statements);
  EXPECT_EQ(count("SELECT COUNT(*) FROM feed f JOIN feedback m ON m.id = f.subject WHERE f.kind = 'feedback' AND f.act = 'shortlisted' AND f.version = 1"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM feed f JOIN feedback m ON m.id = f.subject WHERE f.kind = 'feedback' AND f.act = 'accepted' AND f.version = 2"), 1);
}

TEST_P(FeedbackTest, a_change_names_the_version_that_was_read) {
  EXPECT_EQ(try_mark(world.owner, world.need, world.supply, 1, shortlist), "version_mismatch version") << "there is no version 1 yet";
  EXPECT_EQ(try_mark(world.owner, world.need, world.supply, 0, shortlist), "ok");
  EXPECT_EQ(try_mark(world.owner, world.need, world.supply, {}, shortlist), "invalid version");
  EXPECT_EQ(try_mark(world.owner, world.need, world.supply, 0, shortlist), "version_mismatch version");
  EXPECT_EQ(try_mark(world.owner, world.need, world.supply, 2, shortlist), "version_mismatch version");
  EXPECT_EQ(try_mark(world.owner, world.need, world.supply, 1, shortlist), "ok");
  EXPECT_EQ(world.of_need(world.owner, world.need).at(0).version, 2);
}

TEST_P(FeedbackTest, only_the_needs_side_marks_and_ids_cannot_be_probed) {
  const std::string hidden = world.new_need("只给受邀单位", "invited");
  const std::string draft = world.new_need("草稿", "public", false);
  for (const Actor& actor : {world.supplier, world.stranger}) {
    EXPECT_EQ(try_mark(actor, world.need, world.supply, {}, shortlist), "forbidden");
    EXPECT_EQ(try_mark(actor, hidden, world.supply, {}, shortlist), "not_found");
    EXPECT_EQ(try_mark(actor, draft, world.supply, {}, shortlist), "not_found");
  }
  EXPECT_EQ(try_mark(world.department, world.need, world.supply, {}, shortlist), "forbidden");
  EXPECT_EQ(try_mark(world.owner, "need_01KF0000000000000000000000", world.supply, {}, shortlist), "not_found");
  EXPECT_EQ(try_mark(world.owner, world.supply, world.supply, {}, shortlist), "not_found") << "a supply is no need";
  EXPECT_EQ(try_mark(world.owner, draft, world.supply, {}, shortlist), "ok");
}

TEST_P(FeedbackTest, what_is_marked_is_somebody_elses_supply_that_may_be_seen) {
  EXPECT_EQ(try_mark(world.owner, world.need, "ach_01KF0000000000000000000000", {}, shortlist), "not_found");
  EXPECT_EQ(try_mark(world.owner, world.need, world.new_supply(world.owner, "自家的"), {}, shortlist), "invalid supply");
  EXPECT_EQ(try_mark(world.owner, world.need, world.need, {}, shortlist), "invalid supply") << "a need is no supply";
  EXPECT_EQ(try_mark(world.owner, world.need, world.supplier.organization_id, {}, shortlist), "invalid supply");
  const std::string withdrawn = world.new_supply(world.supplier, "撤回的");
  const std::string marked = world.new_supply(world.supplier, "先标后撤");
  world.mark(world.owner, world.need, marked, {}, shortlist);
  for (const auto& id : {withdrawn, marked}) world.withdraw(world.supplier, id);
  EXPECT_EQ(try_mark(world.owner, world.need, withdrawn, {}, shortlist), "not_found");
  EXPECT_EQ(try_mark(world.owner, world.need, marked, 1, refusal(RefusalReason::too_early)), "ok");
}

TEST_P(FeedbackTest, everybody_reads_what_concerns_them) {
  const std::string other = world.new_supply(world.stranger, "别家的工艺");
  world.mark(world.owner, world.need, world.supply, {}, refusal(RefusalReason::capacity));
  world.mark(world.owner, world.need, other, {}, shortlist);
  EXPECT_EQ(world.of_need(world.owner, world.need).size(), 2u);
  EXPECT_EQ(world.of_need(world.department, world.need).size(), 2u);
  const auto own = world.of_need(world.supplier, world.need);
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(own[0].supply.id, world.supply);
  EXPECT_FALSE(own[0].history || own[0].actor_name);
  EXPECT_TRUE(world.of_need({}, world.need).empty());
  EXPECT_EQ(received(world.supplier), (Lines{"refused capacity 甲厂|轴承座去毛刺"}));
  EXPECT_EQ(received(world.stranger), (Lines{"shortlisted - 甲厂|轴承座去毛刺"}));
  EXPECT_EQ(received(world.owner), (Lines{}));
  EXPECT_EQ(received(world.department).size(), 2u);
  Actor auditor = world.stranger;
  auditor.roles = {Role::auditor};
  auditor.organization_id = "";
  EXPECT_EQ(received(auditor), (Lines{})) << "neither an organization nor an office that reads all";
  world.run([&](store::Transaction& tx) { tx.execute("UPDATE entries SET owner_id = '' WHERE id = $1", {other}); });
  EXPECT_EQ(received(auditor), (Lines{})) << "a supply without owner is nobody's";
}

TEST_P(FeedbackTest, the_supplier_learns_no_more_of_a_need_than_it_may) {
  const std::string anonymous = world.new_need("匿名的题", "anonymous");
  const std::string invited = world.new_need("受邀的题", "invited");
  const std::string draft = world.new_need("没发布的题", "public", false);
  for (const auto& need : {anonymous, invited, draft}) world.mark(world.owner, need, world.supply, {}, {Mark::contacted, {}, "电话谈过"});
  EXPECT_EQ(received(world.supplier), (Lines{"contacted - ?|?", "contacted - ?|?", "contacted - ?|匿名的题"}));
  const std::string text = json::serialize(to_json(world.received(world.supplier).items));
  for (const std::string& secret : {std::string("甲厂"), std::string("王厂长"), world.owner.organization_id, invited, draft})
    EXPECT_EQ(text.find(secret), std::string::npos) << secret;
  EXPECT_EQ(received(world.department).at(2), "contacted - 甲厂|匿名的题");
  for (const auto& need : {anonymous, invited}) world.invite(need, world.supplier);
  EXPECT_EQ(received(world.supplier), (Lines{"contacted - ?|?", "contacted - 甲厂|受邀的题", "contacted - 甲厂|匿名的题"}));
}

TEST_P(FeedbackTest, a_title_once_told_stays_told) {
  world.mark(world.owner, world.need, world.supply, {}, shortlist);
  world.withdraw(world.owner, world.need);
  const auto item = world.received(world.supplier).items.at(0);
  EXPECT_EQ(item.need.title, "轴承座去毛刺");
  EXPECT_FALSE(item.need.id || item.need.owner_name);
}

TEST_P(FeedbackTest, a_mark_taken_back_is_gone_for_the_supplier_and_stays_in_the_history) {
  world.mark(world.owner, world.need, world.supply, {}, shortlist);
  world.mark(world.owner, world.need, world.supply, 1, {Mark::cleared, {}, {}});
  EXPECT_EQ(received(world.supplier), (Lines{}));
  EXPECT_EQ(world.received(world.supplier).total, 0);
  EXPECT_TRUE(world.of_need(world.supplier, world.need).empty());
  EXPECT_EQ(Feedback::recent(world.connection(), world.supplier.organization_id, {0}).count, 0);
  const auto own = world.of_need(world.owner, world.need);
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(own[0].mark, Mark::cleared);
  EXPECT_EQ(own[0].history->size(), 2u);
  EXPECT_EQ(try_mark(world.owner, world.need, world.supply, 2, shortlist), "ok");
  EXPECT_EQ(received(world.supplier).size(), 1u);
}

TEST_P(FeedbackTest, what_was_received_comes_page_by_page_with_counts) {
  for (int i = 0; i < 3; ++i)
    world.mark(world.owner, world.need, world.new_supply(world.supplier, "成果" + std::to_string(i)), {}, refusal(i < 2 ? RefusalReason::price : RefusalReason::region));
  for (int i = 3; i < 5; ++i) world.mark(world.owner, world.need, world.new_supply(world.supplier, "成果" + std::to_string(i)), {}, shortlist);
  const auto all = received(world.supplier);
  EXPECT_EQ(all.size(), 5u);
  EXPECT_EQ(all.front(), "shortlisted - 甲厂|轴承座去毛刺");
  for (const std::size_t limit : {1u, 2u, 5u}) EXPECT_EQ(received(world.supplier, {{}, {}, "", limit}), all) << limit;
  EXPECT_EQ(received(world.supplier, {Mark::refused, {}, "", 2}).size(), 3u);
  EXPECT_EQ(received(world.supplier, {{}, RefusalReason::price, "", 1}).size(), 2u);
  const auto page = world.received(world.supplier, {{}, RefusalReason::price, "", 1});
  EXPECT_EQ(page.total, 2);
  const auto count_of = [&](RefusalReason reason) { return std::ranges::find(page.reasons, reason, &ReasonCount::reason)->count; };
  EXPECT_EQ(page.reasons.size(), enum_names<RefusalReason>().size());
  EXPECT_EQ(count_of(RefusalReason::price), 2);
  EXPECT_EQ(count_of(RefusalReason::region), 1) << "counts are those of all that was received, whatever is listed";
  EXPECT_EQ(count_of(RefusalReason::other), 0);
  ASSERT_EQ(page.marks.size(), 4u);
  EXPECT_EQ(page.marks[0].count, 2);
  EXPECT_EQ(page.marks[2].count, 3);
}

TEST_P(FeedbackTest, a_wrong_cursor_or_limit_is_refused) {
  const auto code = [&](const ReceivedFilter& filter) { return world.outcome([&] { world.received(world.supplier, filter); }); };
  for (const char* cursor : {"x", ".", "12.", ".feedback_01KF0000000000000000000000", "12.deal_01KF0000000000000000000000", "1x.feedback_01KF0000000000000000000000"})
    EXPECT_EQ(code({{}, {}, cursor, 50}), "invalid cursor") << cursor;
  EXPECT_EQ(code({{}, {}, "12.feedback_01KF0000000000000000000000", 50}), "ok");
  EXPECT_EQ(code({{}, {}, "", 0}), "invalid limit");
  EXPECT_EQ(code({{}, {}, "", kReceivedPageMax + 1}), "invalid limit");
}

TEST_P(FeedbackTest, recent_marks_are_counted_for_the_inbox) {
  world.mark(world.owner, world.need, world.supply, {}, shortlist);
  const Timestamp after_first{world.now().us + 1};
  const auto latest = world.mark(world.owner, world.need, world.new_supply(world.supplier, "另一项"), {}, refusal(RefusalReason::price));
  const auto all = Feedback::recent(world.connection(), world.supplier.organization_id, {0});
  EXPECT_EQ(all.count, 2);
  EXPECT_EQ(all.refused, 1);
  EXPECT_EQ(all.latest_at, latest.at);
  EXPECT_EQ(Feedback::recent(world.connection(), world.supplier.organization_id, after_first).count, 1);
  EXPECT_EQ(Feedback::recent(world.connection(), "", {0}).count, 0);
}

TEST_P(FeedbackTest, judgments_are_the_latest_marks) {
  const std::string taken_back = world.new_supply(world.supplier, "收回的");
  world.mark(world.owner, world.need, world.supply, {}, shortlist);
  world.mark(world.owner, world.need, world.supply, 1, refusal(RefusalReason::region));
  world.mark(world.owner, world.need, taken_back, {}, shortlist);
  world.mark(world.owner, world.need, taken_back, 1, {Mark::cleared, {}, {}});
  Lines judgments;
  Feedback::each_judgment(world.connection(), [&](const Judgment& one) { judgments.push_back(one.need_id + " " + one.supply_id + " " + std::to_string(one.grade)); });
  EXPECT_EQ(judgments, (Lines{world.need + " " + world.supply + " 1"}));
}

TEST_P(FeedbackTest, a_mark_does_not_change_without_end) {
  world.mark(world.owner, world.need, world.supply, {}, shortlist);
  world.run([&](store::Transaction& tx) { tx.execute("UPDATE feedback SET version = $1 WHERE need_id = $2", {kVersionsMax, world.need}); });
  EXPECT_EQ(try_mark(world.owner, world.need, world.supply, kVersionsMax, shortlist), "wrong_state");
}

}  // namespace
}  // namespace jingwei::feedback
