// The rule of a deal against its table (testdata/acts.test), what each act must say, and who may act at all.
#include <gtest/gtest.h>

#include <deque>
#include <set>

#include "deals/internal/test_deal.h"
#include "testing/text_cases.h"

namespace jingwei::deals {
namespace {

using namespace deals::testing;
using identity::Actor;
using identity::Role;

/// One line of the table: what comes of every act of one side in one situation.
struct TableRow {
  std::string place;
  std::string situation;  ///< state, milestones, terms-by, evaluated: as written
  Side side;
  std::map<DealAct, std::string> cells;
};

std::vector<TableRow> read_table() {
  std::vector<TableRow> rows;
  for (const auto& text_case : jingwei::testing::read_text_cases(JINGWEI_TESTDATA "/acts.test")) {
    std::istringstream lines(text_case.block("table"));
    std::vector<std::string> header;
    for (std::string line; std::getline(lines, line);) {
      if (line.empty() || line.starts_with('#')) continue;
      const auto words = words_of(line);
      if (header.empty()) {
        header = words;
        continue;
      }
      EXPECT_EQ(words.size(), header.size()) << line;
      TableRow row{text_case.name + ": " + line, words[0] + " " + words[1] + " " + words[2] + " " + words[3], enum_from_name<Side>(words[4]).value(), {}};
      for (std::size_t i = 5; i < words.size(); ++i) row.cells[enum_from_name<DealAct>(header[i]).value()] = words[i];
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

std::vector<Side> read_evaluated(const std::string& text) {
  if (text == "both") return {Side::buyer, Side::seller};
  const auto side = enum_from_name<Side>(text);
  return side ? std::vector{*side} : std::vector<Side>{};
}

/// A situation with `*` stands for several.
std::vector<Deal> deals_of(const std::string& situation) {
  const auto words = words_of(situation);
  const auto state = enum_from_name<State>(words[0]).value();
  const auto milestones = words[1] == "*" ? std::vector<std::string>{"oo", "do", "ad", "xa"} : std::vector{words[1]};
  const auto sides = words[2] == "*" ? std::vector{Side::buyer, Side::seller} : std::vector{enum_from_name<Side>(words[2]).value()};
  std::vector<Deal> deals;
  for (const auto& letters : milestones)
    for (const Side side : sides) deals.push_back(deal_in(state, letters, side, read_evaluated(words[3])));
  return deals;
}

/// The cell that decide() gives.
std::string outcome(const Deal& deal, Side side, const ActRequest& request) {
  try {
    return std::string(enum_name(decide(deal, side, request, kNow).deal.state));
  } catch (const Rejected& rejected) {
    return rejected.code() == Code::forbidden ? "!" : rejected.code() == Code::wrong_state ? "." : std::string(code_name(rejected.code()));
  }
}

std::string situation_of(const Deal& deal) {
  std::string milestones;
  for (const auto& milestone : deal.milestones) milestones += letter(milestone.state);
  const bool ended = deal.state == State::terminated || deal.state == State::declined;
  std::set<Side> evaluated;
  for (const auto& evaluation : deal.evaluations) evaluated.insert(evaluation.side);
  const std::string by = evaluated.empty() ? "none" : evaluated.size() == 2 ? "both" : std::string(enum_name(*evaluated.begin()));
  return std::string(enum_name(deal.state)) + " " + (ended ? "*" : milestones) + " " +
         (deal.state == State::proposed ? std::string(enum_name(deal.terms_by)) : "*") + " " + by;
}

TEST(Acts, the_table_says_what_comes_of_every_act) {
  const auto rows = read_table();
  ASSERT_GT(rows.size(), 50u);
  for (const auto& row : rows) {
    ASSERT_EQ(row.cells.size(), enum_names<DealAct>().size()) << row.place;
    for (const auto& deal : deals_of(row.situation))
      for (const auto& [act, cell] : row.cells) EXPECT_EQ(outcome(deal, row.side, complete_request(act, 0)), cell) << row.place << "\n  act " << enum_name(act);
  }
}

TEST(Acts, the_second_milestone_follows_the_same_rule_as_the_first) {
  for (const auto& row : read_table())
    for (auto deal : deals_of(row.situation)) {
      std::swap(deal.milestones[0].state, deal.milestones[1].state);
      for (const auto& [act, cell] : row.cells) EXPECT_EQ(outcome(deal, row.side, complete_request(act, 1)), cell) << row.place << "\n  act " << enum_name(act);
    }
}

TEST(Acts, what_is_offered_is_exactly_what_is_possible) {
  for (const auto& row : read_table())
    for (const auto& deal : deals_of(row.situation)) {
      std::vector<std::string> possible;
      std::vector<std::string> offered;
      for (const DealAct act : every_act())
        for (std::int64_t milestone = 0; milestone < 2; ++milestone) {
          const auto request = complete_request(act, milestone);
          if (!request.milestone && milestone > 0) continue;
          if (enum_from_name<State>(outcome(deal, row.side, request)))
            possible.push_back(std::string(enum_name(act)) + (request.milestone ? " " + std::to_string(milestone) : ""));
        }
      for (const auto& allowed : acts_of(deal, row.side))
        offered.push_back(std::string(enum_name(allowed.act)) + (allowed.milestone ? " " + std::to_string(*allowed.milestone) : ""));
      EXPECT_EQ(sorted(offered), sorted(possible)) << row.place;
    }
}

TEST(Acts, every_situation_that_can_be_reached_has_its_rows) {
  std::set<std::pair<std::string, Side>> described;
  for (const auto& row : read_table()) EXPECT_TRUE(described.insert({row.situation, row.side}).second) << "twice: " << row.place;

  std::set<std::string> seen;
  std::deque<Deal> waiting = {deal_in(State::proposed, "oo", Side::buyer), deal_in(State::proposed, "oo", Side::seller)};
  while (!waiting.empty()) {
    const Deal deal = waiting.front();
    waiting.pop_front();
    if (!seen.insert(situation_of(deal)).second) continue;
    for (const Side side : {Side::buyer, Side::seller}) {
      EXPECT_TRUE(described.contains({situation_of(deal), side})) << "no row for " << situation_of(deal) << ", " << enum_name(side);
      for (const auto& allowed : acts_of(deal, side))
        waiting.push_back(decide(deal, side, complete_request(allowed.act, allowed.milestone.value_or(0)), kNow).deal);
    }
  }
  EXPECT_EQ(seen.size() * 2, described.size()) << "the table describes a situation that cannot be reached";
}

TEST(Acts, content) {
  for (const auto& text_case : jingwei::testing::read_text_cases(JINGWEI_TESTDATA "/content.test")) {
    const auto words = words_of(text_case.block("situation"));
    const Deal deal = deal_in(enum_from_name<State>(words.at(0)).value(), words.at(1), enum_from_name<Side>(words.at(2)).value());
    const Side side = enum_from_name<Side>(text_case.block("side")).value();
    std::string actual;
    try {
      const auto decision = decide(deal, side, from_json<ActRequest>(parse_json(text_case.block("request"))), kNow);
      actual = "ok" + (decision.milestone ? " milestone=" + std::to_string(*decision.milestone) : "");
    } catch (const Rejected& rejected) {
      actual = code_name(rejected.code());
      for (const auto& problem : rejected.problems()) {
        actual += " " + problem.field;
        EXPECT_FALSE(problem.reason.zh.empty() || problem.reason.en.empty() || problem.remedy.zh.empty() || problem.remedy.en.empty());
      }
    }
    EXPECT_EQ(actual, text_case.block("expect")) << text_case.file << ":" << text_case.line << ": " << text_case.name;
  }
}

TEST(Acts, an_agreed_deal_makes_the_statements_of_its_steps) {
  const auto kinds = [](const Decision& decision) {
    std::vector<std::string> kinds;
    for (const auto& plan : decision.statements) kinds.push_back(plan.kind + (plan.milestone ? " " + std::to_string(*plan.milestone) : ""));
    return kinds;
  };
  const auto after = [](const char* milestones, State state, Side side, DealAct act) {
    return decide(deal_in(state, milestones, Side::buyer), side, complete_request(act, 0), kNow);
  };
  EXPECT_EQ(kinds(after("oo", State::proposed, Side::seller, DealAct::agree)), (Words{"deal_agreed"}));
  EXPECT_EQ(kinds(after("oo", State::proposed, Side::seller, DealAct::decline)), (Words{}));
  EXPECT_EQ(kinds(after("oo", State::proposed, Side::seller, DealAct::revise)), (Words{}));
  EXPECT_EQ(kinds(after("oo", State::agreed, Side::seller, DealAct::deliver)), (Words{"deal_delivered 0"}));
  EXPECT_EQ(kinds(after("dd", State::delivered, Side::buyer, DealAct::dispute)), (Words{}));
  EXPECT_EQ(kinds(after("dd", State::delivered, Side::buyer, DealAct::accept)), (Words{"deal_milestone_accepted 0"}));
  EXPECT_EQ(kinds(after("da", State::delivered, Side::buyer, DealAct::accept)), (Words{"deal_milestone_accepted 0", "deal_accepted"}));
  EXPECT_EQ(kinds(after("oo", State::agreed, Side::buyer, DealAct::terminate)), (Words{"deal_terminated"}));
  EXPECT_EQ(kinds(after("aa", State::accepted, Side::buyer, DealAct::evaluate)), (Words{"deal_evaluated"}));
}

TEST(Acts, a_history_does_not_grow_without_end_but_the_deal_can_always_be_ended) {
  Deal worn = deal_in(State::proposed, "oo", Side::buyer);
  worn.version = kDealVersionsMax;
  EXPECT_EQ(outcome(worn, Side::seller, complete_request(DealAct::revise, 0)), ".");
  EXPECT_EQ(outcome(worn, Side::seller, complete_request(DealAct::agree, 0)), "agreed");
  EXPECT_EQ(acts_of(worn, Side::seller), (std::vector<AllowedAct>{AllowedAct{DealAct::agree, {}}, AllowedAct{DealAct::decline, {}}}));
  Deal disputed = deal_in(State::delivered, "dd", Side::buyer);
  disputed.version = kDealVersionsMax;
  EXPECT_EQ(outcome(disputed, Side::buyer, complete_request(DealAct::dispute, 0)), ".");
  EXPECT_EQ(outcome(disputed, Side::buyer, complete_request(DealAct::accept, 0)), "delivered");
}

// ---- who ------------------------------------------------------------------------------------------------------------

Actor person_of(const char* organization, std::vector<Role> roles) { return {"acc_1", "li", "李工", organization, std::move(roles), true}; }

TEST(Who, roles_organizations_and_tokens) {
  const Deal deal = deal_in(State::agreed, "od", Side::buyer);
  for (const auto& text_case : jingwei::testing::read_text_cases(JINGWEI_TESTDATA "/who.test")) {
    std::istringstream lines(text_case.block("table"));
    std::size_t checked = 0;
    for (std::string line; std::getline(lines, line);) {
      if (line.empty() || line.starts_with('#') || line.starts_with("role")) continue;
      const auto words = words_of(line);
      ASSERT_EQ(words.size(), 5u) << line;
      Actor actor = person_of("", {});
      if (words[0] == "anonymous") actor = {};
      std::istringstream roles(words[0]);
      for (std::string role; std::getline(roles, role, '+');)
        if (const auto known = enum_from_name<Role>(role)) actor.roles.push_back(*known);
      actor.organization_id = words[1] == "buyer" ? kBuyerId : words[1] == "seller" ? kSellerId : words[1] == "foreign" ? "org_01KF0THER00000000000000000" : "";
      actor.may_write = words[2] != "read-only";
      const auto side = side_of(deal, actor);
      EXPECT_EQ(side ? std::string(enum_name(*side)) : "-", words[3]) << line;
      EXPECT_EQ(may_read(deal, actor) ? "reads" : "-", words[4]) << line;
      EXPECT_EQ(acts_allowed(deal, actor), side ? acts_of(deal, *side) : std::vector<AllowedAct>{}) << line;
      ++checked;
    }
    EXPECT_GT(checked, 5u);
  }
}

TEST(Who, an_anonymous_enterprise_is_hidden_from_the_seller_until_it_agrees) {
  Deal deal = deal_in(State::proposed, "oo", Side::seller);
  deal.buyer_anonymous = true;
  const Actor seller = person_of(kSellerId, {Role::provider});
  const Actor buyer = person_of(kBuyerId, {Role::enterprise});
  const DealView hidden = Deals::view(deal, seller);
  EXPECT_FALSE(hidden.buyer.id || hidden.buyer.name || hidden.buyer.region);
  EXPECT_EQ(hidden.buyer.hidden, true);
  EXPECT_EQ(json::serialize(to_json(hidden)).find("甲厂"), std::string::npos);
  EXPECT_EQ(json::serialize(to_json(hidden)).find(kBuyerId), std::string::npos);
  EXPECT_EQ(Deals::view(deal, buyer).buyer.name, "甲厂");
  EXPECT_EQ(Deals::view(deal, person_of("", {Role::department})).buyer.name, "甲厂");
  EXPECT_EQ(Deals::view(decide(deal, Side::seller, complete_request(DealAct::decline, 0), kNow).deal, seller).buyer.hidden, true);
  EXPECT_EQ(Deals::view(decide(deal, Side::buyer, complete_request(DealAct::agree, 0), kNow).deal, seller).buyer.name, "甲厂");
}

}  // namespace
}  // namespace jingwei::deals
