// Lists, the inbox and counts on both databases.
#include <gtest/gtest.h>

#include <set>

#include "deals/internal/test_world.h"

namespace jingwei::deals {
namespace {

using namespace deals::testing;

class DealReadsTest : public ::testing::TestWithParam<jingwei::testing::Store> {
 protected:
  /// A proposed deal of its own supply.
  Deal another_deal(int number) {
    world.supply = world.entry("achievements", world.seller, "成果" + std::to_string(number), {{"segment", "chem.polymer"}});
    return world.propose(world.buyer);
  }
  std::vector<std::string> ids(const Actor& actor, DealFilter filter) {
    std::vector<std::string> ids;
    do {
      const auto page = world.deals.list(world.connection(), actor, filter);
      for (const auto& deal : page.deals) ids.push_back(deal.id);
      filter.cursor = page.next_cursor;
    } while (!filter.cursor.empty());
    return ids;
  }
  std::vector<std::string> waiting(const Actor& actor) {
    std::vector<std::string> lines;
    for (const auto& item : Deals::waiting_for(world.connection(), actor.organization_id))
      lines.push_back(std::string(enum_name(item.act.act)) + (item.act.milestone ? " " + std::to_string(*item.act.milestone) : ""));
    return lines;
  }

  World world{GetParam()};
};
JINGWEI_ON_BOTH_STORES(DealReadsTest);

TEST_P(DealReadsTest, lists_show_newest_change_first_page_by_page) {
  std::vector<std::string> made;
  for (int i = 0; i < 7; ++i) made.insert(made.begin(), another_deal(i).id);
  for (const std::size_t limit : {1u, 2u, 3u, 7u, 200u}) EXPECT_EQ(ids(world.buyer, {{}, {}, "", limit}), made) << limit;
  const Deal touched = world.act(world.seller, Deals::find(world.connection(), made[5]).value(), DealAct::agree);
  EXPECT_EQ(ids(world.buyer, {{}, {}, "", 3}).front(), touched.id);
  const auto page = world.deals.list(world.connection(), world.buyer, {{}, {}, "", 3});
  EXPECT_EQ(page.total, 7);
  EXPECT_EQ(page.deals.size(), 3u);
  EXPECT_FALSE(page.deals[0].events);
  EXPECT_EQ(world.deals.list(world.connection(), world.buyer, {{}, {}, page.next_cursor, 3}).total, 7) << "the total is that of the whole list";
}

TEST_P(DealReadsTest, a_supplier_is_known_by_what_was_agreed_not_by_what_was_proposed) {
  const auto seller = [&] { return Deals::seller(world.connection(), world.seller.organization_id, kNow); };
  Deal deal = another_deal(1);
  EXPECT_EQ(seller().under_way, 0);
  EXPECT_TRUE(seller().totals_fen.empty());
  deal = world.act(world.seller, deal, complete_request(DealAct::agree, 0));
  EXPECT_EQ(seller().under_way, 1);
  EXPECT_EQ(seller().free_on, "2026-09-30");
  EXPECT_EQ(seller().supplies.at(world.supply).this_year, 1);
  EXPECT_EQ(seller().totals_fen, std::vector<std::int64_t>{30'000'000});
  for (const std::int64_t milestone : {0, 1}) {
    deal = world.act(world.seller, deal, complete_request(DealAct::deliver, milestone));
    deal = world.act(world.buyer, deal, complete_request(DealAct::accept, milestone));
  }
  EXPECT_EQ(seller().under_way, 0);
  EXPECT_EQ(seller().this_year, 1) << "a year's place stays taken";
  EXPECT_EQ(seller().free_on, "");
  EXPECT_EQ(seller().concluded, 1);
  EXPECT_EQ(seller().well, 0.75) << "accepted, and nobody said how it went";
  deal = world.act(world.buyer, deal, complete_request(DealAct::evaluate, 0));  // 4 of 5
  EXPECT_EQ(seller().well, 0.75);
  Deal stopped = world.act(world.seller, another_deal(2), complete_request(DealAct::agree, 0));
  stopped = world.act(world.buyer, stopped, complete_request(DealAct::terminate, 0));
  EXPECT_EQ(seller().concluded, 2);
  EXPECT_EQ(seller().well, 1.0);
  EXPECT_EQ(seller().this_year, 1);
  std::vector<std::string> visited;
  Deals::each_seller(world.connection(), kNow, [&](const std::string& id, const SellerRecord& record) {
    visited.push_back(id);
    EXPECT_EQ(record.concluded, 2);
    EXPECT_EQ(record.supplies.size(), 2u);
  });
  EXPECT_EQ(visited, std::vector<std::string>{world.seller.organization_id});
  EXPECT_EQ(Deals::seller(world.connection(), world.buyer.organization_id, kNow).totals_fen.size(), 0u);
}

TEST_P(DealReadsTest, deals_changed_in_the_same_microsecond_are_neither_lost_nor_repeated) {
  std::set<std::string> made;
  for (int i = 0; i < 6; ++i) made.insert(another_deal(i).id);
  world.run([&](store::Transaction& tx) {
    for (const auto& id : made) {
      Deal deal = Deals::find(tx, id).value();
      deal.updated_at = to_rfc3339(kNow);
      tx.execute("UPDATE deals SET updated_us = $1, body = $2 WHERE id = $3", {kNow.us, json::serialize(to_json(deal)), id});
    }
  });
  const auto listed = ids(world.buyer, {{}, {}, "", 1});
  EXPECT_EQ(listed.size(), 6u);
  EXPECT_EQ(std::set<std::string>(listed.begin(), listed.end()), made);
}

TEST_P(DealReadsTest, everybody_sees_the_deals_of_the_own_organization_and_overseers_all) {
  const Deal deal = another_deal(1);
  const auto visible = [&](const Actor& actor, std::optional<Side> side = {}) { return ids(actor, {{}, side, "", 50}).size(); };
  EXPECT_EQ(visible(world.buyer), 1u);
  EXPECT_EQ(visible(world.seller), 1u);
  EXPECT_EQ(visible(world.stranger), 0u);
  EXPECT_EQ(visible(world.department), 1u);
  EXPECT_EQ(visible({}), 0u);
  EXPECT_EQ(visible(world.buyer, Side::buyer), 1u);
  EXPECT_EQ(visible(world.buyer, Side::seller), 0u);
  EXPECT_EQ(visible(world.seller, Side::seller), 1u);
  EXPECT_EQ(visible(world.department, Side::buyer), 0u) << "it has no organization that could be a side";
  Actor auditor = world.stranger;
  auditor.roles = {Role::auditor};
  EXPECT_EQ(visible(auditor), 1u);
  EXPECT_EQ(visible(auditor, Side::buyer), 0u);
}

TEST_P(DealReadsTest, lists_by_state) {
  const Deal first = another_deal(1);
  another_deal(2);
  world.act(world.seller, first, DealAct::decline);
  EXPECT_EQ(ids(world.buyer, {State::declined, {}, "", 50}), (Words{first.id}));
  EXPECT_EQ(ids(world.buyer, {State::proposed, Side::buyer, "", 50}).size(), 1u);
  EXPECT_EQ(ids(world.department, {State::accepted, {}, "", 50}).size(), 0u);
}

TEST_P(DealReadsTest, a_wrong_cursor_or_limit_is_refused) {
  const auto code = [&](const DealFilter& filter) {
    try {
      world.deals.list(world.connection(), world.buyer, filter);
      return std::string("ok");
    } catch (const Rejected& rejected) {
      return std::string(code_name(rejected.code())) + " " + rejected.problems().at(0).field;
    }
  };
  for (const char* cursor : {"x", ".", "12", "12.", ".deal_01KF0000000000000000000000", "12.need_01KF0000000000000000000000",
                             "1x.deal_01KF0000000000000000000000", "99999999999999999999.deal_01KF0000000000000000000000"})
    EXPECT_EQ(code({{}, {}, cursor, 50}), "invalid cursor") << cursor;
  EXPECT_EQ(code({{}, {}, "12.deal_01KF0000000000000000000000", 50}), "ok");
  EXPECT_EQ(code({{}, {}, "", 0}), "invalid limit");
  EXPECT_EQ(code({{}, {}, "", kDealPageMax + 1}), "invalid limit");
}

TEST_P(DealReadsTest, the_inbox_says_what_waits_for_each_side) {
  Deal deal = another_deal(1);
  EXPECT_EQ(waiting(world.buyer), (Words{}));
  EXPECT_EQ(waiting(world.seller), (Words{"agree"}));
  deal = world.act(world.seller, deal, DealAct::revise);
  EXPECT_EQ(waiting(world.buyer), (Words{"agree"}));
  EXPECT_EQ(waiting(world.seller), (Words{}));
  deal = world.act(world.buyer, deal, DealAct::agree);
  EXPECT_EQ(waiting(world.buyer), (Words{}));
  EXPECT_EQ(waiting(world.seller), (Words{"deliver 0"})) << "of two open milestones the next one";
  deal = world.act(world.seller, deal, DealAct::deliver, 0);
  EXPECT_EQ(waiting(world.buyer), (Words{"accept 0"}));
  EXPECT_EQ(waiting(world.seller), (Words{"deliver 1"}));
  deal = world.act(world.seller, deal, DealAct::deliver, 1);
  EXPECT_EQ(waiting(world.buyer), (Words{"accept 0", "accept 1"}));
  deal = world.act(world.buyer, deal, DealAct::dispute, 1);
  EXPECT_EQ(waiting(world.buyer), (Words{"accept 0"})) << "a disputed milestone waits for the seller";
  EXPECT_EQ(waiting(world.seller), (Words{"deliver 1"}));
  deal = world.act(world.buyer, deal, DealAct::accept, 0);
  deal = world.act(world.buyer, deal, DealAct::accept, 1);
  EXPECT_EQ(waiting(world.buyer), (Words{"evaluate"}));
  EXPECT_EQ(waiting(world.seller), (Words{"evaluate"}));
  deal = world.act(world.seller, deal, DealAct::evaluate);
  EXPECT_EQ(waiting(world.seller), (Words{}));
  EXPECT_EQ(waiting(world.stranger), (Words{}));
  EXPECT_EQ(waiting(world.department), (Words{}));
  const auto item = Deals::waiting_for(world.connection(), world.buyer.organization_id).at(0);
  EXPECT_EQ(item.deal_id, deal.id);
  EXPECT_EQ(item.side, Side::buyer);
  EXPECT_EQ(item.since, deal.updated_at);
}

TEST_P(DealReadsTest, every_state_is_counted) {
  another_deal(1);
  world.act(world.seller, another_deal(2), DealAct::agree);
  world.act(world.seller, another_deal(3), DealAct::decline);
  another_deal(4);
  std::vector<std::string> counts;
  for (const auto& [state, count] : Deals::count_by_state(world.connection())) counts.push_back(std::string(enum_name(state)) + " " + std::to_string(count));
  EXPECT_EQ(counts, (Words{"proposed 2", "agreed 1", "delivered 0", "accepted 0", "disputed 0", "terminated 0", "declined 1"}));
}

}  // namespace
}  // namespace jingwei::deals
