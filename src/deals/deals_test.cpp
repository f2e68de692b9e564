// Commands and reads of deals on both databases.
#include <gtest/gtest.h>

#include "deals/internal/rows.h"
#include "deals/internal/test_world.h"

namespace jingwei::deals {
namespace {

using namespace deals::testing;

class DealsTest : public ::testing::TestWithParam<jingwei::testing::Store> {
 protected:
  std::vector<std::string> statement_kinds(const std::string& id) {
    std::vector<std::string> kinds;
    for (const auto& statement : evidence::statements_about(world.connection(), id)) kinds.push_back(statement.kind);
    return kinds;
  }
  std::string propose_outcome(const Actor& actor, const Proposal& proposal, bool undo = false) {
    return world.outcome([&](store::Transaction& tx) { world.deals.propose(tx, actor, proposal); }, undo);
  }
  std::string act_outcome(const Actor& actor, const Deal& deal, const ActRequest& request, std::int64_t version, bool undo = true) {
    return world.outcome([&](store::Transaction& tx) { world.deals.act(tx, actor, deal.id, version, request); }, undo);
  }
  Deal accepted_deal() {
    Deal deal = world.act(world.seller, world.propose(world.buyer), DealAct::agree);
    for (const std::int64_t milestone : {0, 1}) deal = world.act(world.seller, deal, DealAct::deliver, milestone);
    for (const std::int64_t milestone : {0, 1}) deal = world.act(world.buyer, deal, DealAct::accept, milestone);
    return deal;
  }

  World world{GetParam()};
};
JINGWEI_ON_BOTH_STORES(DealsTest);

TEST_P(DealsTest, the_whole_way_leaves_row_events_feed_and_statements) {
  Deal deal = world.propose(world.buyer);
  EXPECT_EQ(deal.state, State::proposed);
  EXPECT_EQ(deal.proposed_by, Side::buyer);
  Terms better = good_terms();
  better.title = "去毛刺专机";
  deal = world.act(world.seller, deal, {DealAct::revise, "加一台", {}, {}, better});
  deal = world.act(world.buyer, deal, DealAct::agree);
  deal = world.act(world.seller, deal, DealAct::deliver, 0);
  deal = world.act(world.buyer, deal, DealAct::dispute, 0);
  deal = world.act(world.seller, deal, DealAct::deliver, 0);
  deal = world.act(world.seller, deal, DealAct::deliver, 1);
  EXPECT_EQ(deal.state, State::delivered);
  deal = world.act(world.buyer, deal, DealAct::accept, 1);
  deal = world.act(world.buyer, deal, DealAct::accept, 0);
  EXPECT_EQ(deal.state, State::accepted);
  deal = world.act(world.buyer, deal, {DealAct::evaluate, "响应快", {}, 5, {}});
  deal = world.act(world.seller, deal, {DealAct::evaluate, {}, {}, 4, {}});

  auto& connection = world.connection();
  EXPECT_EQ(to_json(Deals::find(connection, deal.id).value()), to_json(deal));
  const DealView view = world.deals.require_visible(connection, world.buyer, deal.id);
  EXPECT_EQ(view.version, 11);
  EXPECT_EQ(view.title, "去毛刺专机");
  EXPECT_EQ(view.buyer.name, "甲厂");
  EXPECT_EQ(view.buyer.region, "330402");
  EXPECT_EQ(view.seller.region, "310112");
  EXPECT_TRUE(view.acts.empty());
  ASSERT_EQ(view.events->size(), 11u);
  EXPECT_EQ(view.events->at(0).actor_name, "王厂长");
  EXPECT_EQ(view.events->at(0).terms->title, "轴承座去毛刺");
  EXPECT_EQ(view.events->at(1).act, DealAct::revise);
  EXPECT_EQ(view.events->at(1).note, "加一台");
  EXPECT_EQ(view.events->at(1).actor_name, "李工");
  EXPECT_EQ(view.events->at(4).milestone, 0);
  EXPECT_EQ(view.events->at(9).score, 5);
  std::vector<std::string> kinds;
  for (const auto& statement : *view.statements) kinds.push_back(statement.kind);
  EXPECT_EQ(sorted(kinds), sorted({"deal_agreed", "deal_delivered", "deal_delivered", "deal_delivered", "deal_milestone_accepted",
                                          "deal_milestone_accepted", "deal_accepted", "deal_evaluated", "deal_evaluated"}));
  std::vector<std::string> feed;
  for (const auto& record : store::read_feed(connection, 0))
    if (record.subject == deal.id) feed.push_back(record.kind + " " + record.act + " " + std::to_string(record.version));
  EXPECT_EQ(feed, (Words{"deal propose 1", "deal revise 2", "deal agree 3", "deal deliver 4", "deal dispute 5", "deal deliver 6", "deal deliver 7",
                                "deal accept 8", "deal accept 9", "deal evaluate 10", "deal evaluate 11"}));
}

TEST_P(DealsTest, a_statement_says_in_public_nothing_of_names_titles_and_amounts) {
  const Deal deal = accepted_deal();
  world.act(world.buyer, deal, {DealAct::evaluate, "响应快", {}, 5, {}});
  auto& connection = world.connection();
  std::size_t checked = 0;
  connection.query("SELECT kind, public_text, cose, salt FROM statements WHERE subject = $1 ORDER BY leaf", {deal.id}, [&](const store::Row& row) {
    const std::string text = row.string(1);
    for (const char* secret : {"甲厂", "乙所", "毛刺", "王厂长", "李工", "30000000", "24000000", "10000000", "响应快", "写明", "score", "org_", "acc_"})
      EXPECT_EQ(text.find(secret), std::string::npos) << row.text(0) << ": " << text;
    const auto open = parse_json(text).as_object();
    EXPECT_EQ(open.at("deal"), json::value(deal.id));
    EXPECT_EQ(open.at("need"), json::value(world.need));
    EXPECT_EQ(open.at("supply_register"), json::value("achievements"));
    EXPECT_EQ(open.at("deal_kind"), json::value("development"));
    EXPECT_EQ(open.at("buyer_region"), json::value("330402"));
    EXPECT_EQ(open.at("seller_region"), json::value("310112"));
    EXPECT_EQ(open.at("month"), json::value("2026-01"));
    ++checked;
  });
  EXPECT_EQ(checked, 7u);
}

TEST_P(DealsTest, the_private_part_of_every_statement_can_be_proved_later) {
  const Deal deal = accepted_deal();
  auto& connection = world.connection();
  std::multimap<std::string, std::string> private_texts;
  connection.query("SELECT body FROM deal_events WHERE deal_id = $1 ORDER BY number", {deal.id}, [&](const store::Row& row) {
    const auto body = from_json<internal::EventBody>(parse_json(row.text(0)));
    if (body.private_parts)
      for (const auto& [kind, part] : *body.private_parts) private_texts.emplace(kind, json::serialize(part));
  });
  std::size_t proved = 0;
  connection.query("SELECT kind, cose, salt FROM statements WHERE subject = $1", {deal.id}, [&](const store::Row& row) {
    const auto claims = evidence::read_claims(crypto::parse_cose_sign1(row.bytes(1)));
    const auto [from, to] = private_texts.equal_range(row.string(0));
    for (auto at = from; at != to; ++at)
      if (crypto::sha256({row.bytes(2), as_bytes(at->second)}) == claims.private_digest) ++proved;
  });
  EXPECT_EQ(proved, 6u);
  const auto agreed = parse_json(private_texts.find("deal_agreed")->second).as_object();
  EXPECT_EQ(agreed.at("contract_total_fen"), json::value(30'000'000));
  EXPECT_EQ(agreed.at("technology_amount_fen"), json::value(24'000'000));
  EXPECT_EQ(agreed.at("buyer").at("name"), json::value("甲厂"));
}

TEST_P(DealsTest, either_side_proposes_and_nobody_else) {
  EXPECT_EQ(propose_outcome(world.buyer, world.proposal(), true), "ok");
  EXPECT_EQ(propose_outcome(world.seller, world.proposal(), true), "ok");
  EXPECT_EQ(propose_outcome(world.stranger, world.proposal()), "forbidden");
  EXPECT_EQ(propose_outcome(world.department, world.proposal()), "forbidden");
  EXPECT_EQ(propose_outcome({}, world.proposal()), "forbidden");
  Actor auditor = world.buyer;
  auditor.roles = {Role::auditor};
  EXPECT_EQ(propose_outcome(auditor, world.proposal()), "forbidden");
  Actor reader = world.buyer;
  reader.may_write = false;
  EXPECT_EQ(propose_outcome(reader, world.proposal()), "forbidden");
  EXPECT_EQ(world.connection().query_integer("SELECT COUNT(*) FROM deals"), 0);
}

TEST_P(DealsTest, a_proposal_needs_a_published_need_and_a_published_supply_of_another) {
  const auto with = [&](const std::string& need, const std::string& supply) { return Proposal{good_terms(), need, supply}; };
  const auto draft = world.entry("needs", world.buyer, "草稿", {{"confidentiality", "public"}}, false);
  const auto own_supply = world.entry("achievements", world.buyer, "自己的成果", {{"segment", "chem.polymer"}});
  const auto draft_supply = world.entry("achievements", world.seller, "没发布的成果", {{"segment", "chem.polymer"}}, false);
  EXPECT_EQ(propose_outcome(world.buyer, with(draft, world.supply)), "wrong_state");
  EXPECT_EQ(propose_outcome(world.seller, with(draft, world.supply)), "not_found") << "others do not learn of drafts";
  EXPECT_EQ(propose_outcome(world.buyer, with(world.need, draft_supply)), "not_found");
  EXPECT_EQ(propose_outcome(world.seller, with(world.need, draft_supply)), "wrong_state");
  EXPECT_EQ(propose_outcome(world.buyer, with(world.need, own_supply)), "invalid");
  EXPECT_EQ(propose_outcome(world.buyer, with(world.need, "ach_nothing")), "not_found");
  EXPECT_EQ(propose_outcome(world.buyer, with("need_nothing", world.supply)), "not_found");
  EXPECT_EQ(propose_outcome(world.buyer, with(own_supply, world.supply)), "invalid") << "an achievement is not a need";
  EXPECT_EQ(propose_outcome(world.buyer, with(world.need, world.seller.organization_id)), "invalid") << "an organization is not a supply";
  Terms wrong = good_terms();
  wrong.title = "";
  EXPECT_EQ(propose_outcome(world.buyer, world.proposal(wrong)), "invalid");
}

TEST_P(DealsTest, one_open_deal_for_a_need_and_a_supply) {
  const Deal first = world.propose(world.buyer);
  EXPECT_EQ(propose_outcome(world.seller, world.proposal()), "conflict");
  world.act(world.seller, first, DealAct::decline);
  const Deal second = world.propose(world.seller);
  const Deal agreed = world.act(world.buyer, second, DealAct::agree);
  EXPECT_EQ(propose_outcome(world.buyer, world.proposal()), "conflict");
  world.act(world.buyer, agreed, DealAct::terminate);
  EXPECT_EQ(propose_outcome(world.buyer, world.proposal()), "ok");
}

TEST_P(DealsTest, an_anonymous_enterprise_shows_its_name_by_agreeing) {
  world.need = world.entry("needs", world.buyer, "匿名的题", {{"confidentiality", "anonymous"}});
  const Deal proposed = world.propose(world.seller);
  auto& connection = world.connection();
  EXPECT_EQ(world.deals.require_visible(connection, world.seller, proposed.id).buyer.hidden, true);
  EXPECT_EQ(json::serialize(to_json(world.deals.list(connection, world.seller, {}).deals)).find(world.buyer.organization_id), std::string::npos);
  const auto need = registry::Registry::find(connection, world.need).value();
  EXPECT_TRUE(world.registry.hides_owner(connection, need, world.seller));

  const Deal revised = world.act(world.buyer, proposed, DealAct::revise);
  const DealView hidden = world.deals.require_visible(connection, world.seller, revised.id);
  EXPECT_FALSE(hidden.events->at(1).actor_name) << "the person would give the enterprise away";
  EXPECT_EQ(world.deals.require_visible(connection, world.department, revised.id).events->at(1).actor_name, "王厂长");

  world.act(world.seller, revised, DealAct::agree);
  const DealView shown = world.deals.require_visible(connection, world.seller, proposed.id);
  EXPECT_EQ(shown.buyer.name, "甲厂");
  EXPECT_EQ(shown.events->at(1).actor_name, "王厂长");
  EXPECT_FALSE(world.registry.hides_owner(connection, need, world.seller));
  EXPECT_TRUE(world.registry.hides_owner(connection, need, world.stranger));
}

TEST_P(DealsTest, an_invited_need_is_answered_by_guests_and_proposing_to_somebody_invites) {
  world.need = world.entry("needs", world.buyer, "邀请的题", {{"confidentiality", "invited"}});
  EXPECT_EQ(propose_outcome(world.seller, world.proposal()), "not_found");
  const Deal deal = world.propose(world.buyer);
  auto& connection = world.connection();
  EXPECT_NO_THROW(world.registry.require_visible(connection, world.seller, world.need));
  world.act(world.seller, deal, DealAct::decline);
  EXPECT_EQ(propose_outcome(world.seller, world.proposal()), "ok");
}

TEST_P(DealsTest, regions_and_names_are_those_of_the_day_of_agreement) {
  const Deal deal = world.propose(world.buyer);
  world.run([&](store::Transaction& tx) {
    auto organization = registry::Registry::find(tx, world.seller.organization_id).value();
    organization.fields["name"] = "乙研究院";
    organization.fields["region"] = "340111";
    world.registry.edit(tx, world.department, organization.id, organization.version, organization.fields);
  });
  EXPECT_EQ(Deals::find(world.connection(), deal.id)->seller.name, "乙所");
  const Deal agreed = world.act(world.seller, deal, DealAct::agree);
  EXPECT_EQ(agreed.seller.name, "乙研究院");
  EXPECT_EQ(agreed.seller.region, "340111");
}

TEST_P(DealsTest, an_act_on_an_older_version_is_refused_and_changes_nothing) {
  const Deal deal = world.propose(world.buyer);
  world.act(world.buyer, deal, DealAct::revise);
  EXPECT_EQ(act_outcome(world.seller, deal, complete_request(DealAct::agree, 0), deal.version), "version_mismatch");
  EXPECT_EQ(act_outcome(world.seller, deal, complete_request(DealAct::agree, 0), deal.version + 2), "version_mismatch");
  EXPECT_EQ(act_outcome(world.seller, deal, complete_request(DealAct::agree, 0), deal.version + 1), "ok");
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM deal_events WHERE deal_id = $1", deal.id), 2);
  EXPECT_EQ(statement_kinds(deal.id), (Words{}));
}

/// A deal in which the act is possible for that side, walked to.
Deal deal_for(World& world, DealAct act, Side side) {
  const Actor& proposer = act == DealAct::agree && side == Side::buyer ? world.seller : world.buyer;
  Deal deal = world.propose(proposer);
  if (act == DealAct::agree || act == DealAct::decline || act == DealAct::revise) return deal;
  deal = world.act(world.seller, deal, DealAct::agree);
  if (act == DealAct::deliver) return deal;
  deal = world.act(world.seller, deal, DealAct::deliver);
  return act == DealAct::evaluate ? world.act(world.seller, deal, DealAct::terminate) : deal;
}

TEST_P(DealsTest, every_role_and_every_act_on_own_and_foreign_deals) {
  std::vector<std::vector<Role>> role_sets = {{}};
  for (const auto name : enum_names<Role>()) role_sets.push_back({enum_from_name<Role>(name).value()});
  int allowed = 0;
  for (const DealAct act : every_act()) {
    if (act == DealAct::propose) continue;
    const Side side = act == DealAct::accept || act == DealAct::dispute || act == DealAct::agree ? Side::buyer : Side::seller;
    const Deal deal = deal_for(world, act, side);
    const auto request = complete_request(act, 0);
    const bool either = act == DealAct::decline || act == DealAct::revise || act == DealAct::terminate || act == DealAct::evaluate;
    for (const auto& roles : role_sets)
      for (const Actor& person : {world.buyer, world.seller, world.stranger, world.department}) {
        Actor actor = person;
        actor.roles = roles;
        const bool own = actor.organization_id == deal.buyer.id || actor.organization_id == deal.seller.id;
        const bool right_side = either ? own : actor.organization_id == (side == Side::buyer ? deal.buyer.id : deal.seller.id);
        const bool acts = !roles.empty() && roles[0] != Role::auditor;
        const bool reads_all = actor.has(Role::department) || actor.has(Role::administrator) || actor.has(Role::auditor);
        const std::string expected = !own && !reads_all ? "not_found" : right_side && acts ? "ok" : "forbidden";
        const std::string where = std::string(enum_name(act)) + " by " + actor.name + " as " + (roles.empty() ? "nobody" : std::string(enum_name(roles[0])));
        EXPECT_EQ(act_outcome(actor, deal, request, deal.version), expected) << where;
        allowed += expected == "ok";
        Actor reader = actor;
        reader.may_write = false;
        EXPECT_EQ(act_outcome(reader, deal, request, deal.version), expected == "ok" ? "forbidden" : expected) << where << ", read-only";
      }
    EXPECT_EQ(act_outcome({}, deal, request, deal.version), "not_found") << "anonymous";
    EXPECT_EQ(Deals::find(world.connection(), deal.id)->version, deal.version) << "a refused or undone act left a trace";
    if (act != DealAct::evaluate) world.run([&](store::Transaction& tx) { tx.execute("UPDATE deals SET state = 'declined' WHERE id = $1", {deal.id}); });
  }
  EXPECT_EQ(allowed, 4 * 5 + 4 * 10);
}

TEST_P(DealsTest, an_unknown_deal_and_a_foreign_one_answer_alike) {
  const Deal deal = world.propose(world.buyer);
  auto& connection = world.connection();
  for (const std::string& id : {deal.id, std::string("deal_01KF0000000000000000000000")}) {
    try {
      world.deals.require_visible(connection, world.stranger, id);
      FAIL();
    } catch (const Rejected& rejected) {
      EXPECT_EQ(rejected.code(), Code::not_found);
      EXPECT_EQ(rejected.message().zh, "没有这个对接事项，或您无权查看");
    }
  }
  EXPECT_THROW(world.deals.require_visible(connection, {}, deal.id), Rejected);
}

TEST_P(DealsTest, problems_are_the_engines_until_the_owner_edits_them) {
  const auto read = [&] { return Deals::problems(world.connection(), world.need, {"去毛刺", "在线检测"}); };
  const auto edit = [&](const Actor& actor, std::int64_t version, const std::vector<std::string>& texts) {
    return world.outcome([&](store::Transaction& tx) { world.deals.set_problems(tx, actor, world.need, version, texts); });
  };
  EXPECT_FALSE(read().edited);
  EXPECT_EQ(read().version, 0);
  EXPECT_EQ(read().problems.at(1).text, "在线检测");
  EXPECT_EQ(edit(world.buyer, 1, {"甲"}), "version_mismatch");
  EXPECT_EQ(edit(world.buyer, 0, {" 孔口毛刺 ", "夹具定位", "在线检测"}), "ok");
  EXPECT_TRUE(read().edited);
  EXPECT_EQ(read().version, 1);
  EXPECT_EQ(read().problems.at(0).text, "孔口毛刺");
  EXPECT_EQ(read().problems.at(2).index, 2);
  EXPECT_EQ(edit(world.buyer, 0, {"甲"}), "version_mismatch");
  EXPECT_EQ(edit(world.department, 1, {"甲"}), "ok");
  EXPECT_EQ(edit(world.seller, 2, {"甲"}), "forbidden");
  EXPECT_EQ(edit({}, 2, {"甲"}), "forbidden");
  Actor auditor = world.buyer;
  auditor.roles = {Role::auditor};
  EXPECT_EQ(edit(auditor, 2, {"甲"}), "forbidden");
  Actor reader = world.buyer;
  reader.may_write = false;
  EXPECT_EQ(edit(reader, 2, {"甲"}), "forbidden");
  EXPECT_EQ(edit(world.buyer, 2, {}), "invalid");
  EXPECT_EQ(edit(world.buyer, 2, std::vector<std::string>(9, "甲")), "invalid");
  EXPECT_EQ(edit(world.buyer, 2, {"甲", "  "}), "invalid");
  std::string long_text;
  for (int i = 0; i < 501; ++i) long_text += "题";
  EXPECT_EQ(edit(world.buyer, 2, {long_text}), "invalid");
  EXPECT_EQ(edit(world.buyer, 2, {long_text.substr(3)}), "ok");
  std::vector<std::string> feed;
  for (const auto& record : store::read_feed(world.connection(), 0))
    if (record.kind == "need_problems") feed.push_back(record.act + " " + record.subject + " " + std::to_string(record.version));
  EXPECT_EQ(feed, (Words{"edited " + world.need + " 1", "edited " + world.need + " 2", "edited " + world.need + " 3"}));
}

TEST_P(DealsTest, the_split_of_a_need_that_strangers_may_not_see_does_not_exist_for_them) {
  for (const bool publish : {true, false}) {
    world.need = world.entry("needs", world.buyer, publish ? "邀请" : "草稿", {{"confidentiality", "invited"}}, publish);
    const auto edit = [&](const Actor& actor) {
      return world.outcome([&](store::Transaction& tx) { world.deals.set_problems(tx, actor, world.need, 0, {"甲"}); }, true);
    };
    EXPECT_EQ(edit(world.stranger), "not_found");
    EXPECT_EQ(edit(world.buyer), "ok");
  }
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.deals.set_problems(tx, world.seller, world.supply, 0, {"甲"}); }), "forbidden") << "not a need";
}

}  // namespace
}  // namespace jingwei::deals
