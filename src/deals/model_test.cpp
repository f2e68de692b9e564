// Random acts on one deal after another against a model that knows no rule but sets and counts. The seed is printed.
#include <gtest/gtest.h>

#include <random>

#include "deals/internal/test_world.h"

namespace jingwei::deals {
namespace {

using namespace deals::testing;

constexpr int kRounds = 12;          ///< deals of one run
constexpr int kActsPerRound = 40;    ///< tried on each

/// What a person with paper and pencil would keep of a deal.
struct Ledger {
  bool open = true;      ///< under negotiation
  bool agreed = false;
  bool ended = false;    ///< declined or terminated
  Side turn = Side::seller;
  std::vector<int> milestones;  ///< 0 to do, 1 handed over, 2 contested, 3 done
  bool evaluated[2] = {false, false};
  std::int64_t events = 1;
  std::int64_t statements = 0;

  int how_many(int state) const { return static_cast<int>(std::count(milestones.begin(), milestones.end(), state)); }
  bool all_done() const { return how_many(3) == static_cast<int>(milestones.size()); }
  bool working() const { return agreed && !ended && !all_done(); }
  State state() const {
    if (ended) return agreed ? State::terminated : State::declined;
    if (!agreed) return State::proposed;
    if (how_many(2) > 0) return State::disputed;
    if (how_many(0) > 0) return State::agreed;
    return all_done() ? State::accepted : State::delivered;
  }
  /// Follows the act; false when paper says that it must be refused.
  bool follow(DealAct act, Side side, std::size_t milestone, std::size_t new_milestones);
};

bool Ledger::follow(DealAct act, Side side, std::size_t milestone, std::size_t new_milestones) {
  const bool buyer = side == Side::buyer;
  int* one = milestone < milestones.size() ? &milestones[milestone] : nullptr;
  switch (act) {
    case DealAct::propose: return false;
    case DealAct::agree:
      if (!open || turn != side) return false;
      open = false, agreed = true, ++statements;
      break;
    case DealAct::decline:
      if (!open) return false;
      open = false, ended = true;
      break;
    case DealAct::revise:
      if (!open) return false;
      turn = other(side), milestones.assign(new_milestones, 0);
      break;
    case DealAct::deliver:
      if (buyer || !working() || one == nullptr || (*one != 0 && *one != 2)) return false;
      *one = 1, ++statements;
      break;
    case DealAct::accept:
      if (!buyer || !working() || one == nullptr || (*one != 1 && *one != 2)) return false;
      *one = 3, statements += all_done() ? 2 : 1;
      break;
    case DealAct::dispute:
      if (!buyer || !working() || one == nullptr || *one != 1) return false;
      *one = 2;
      break;
    case DealAct::terminate:
      if (!working()) return false;
      ended = true, ++statements;
      break;
    case DealAct::evaluate:
      if (!agreed || working() || evaluated[buyer]) return false;
      evaluated[buyer] = true, ++statements;
      break;
  }
  ++events;
  return true;
}

Terms random_terms(std::mt19937_64& random) {
  Terms terms = good_terms();
  terms.milestones.clear();
  terms.contract_total_fen = 0;
  const auto count = 1 + random() % 4;
  for (std::size_t i = 0; i < count; ++i) {
    terms.milestones.push_back({"阶段", "2026-05-01", static_cast<std::int64_t>(random() % 1'000'000)});
    terms.contract_total_fen += terms.milestones.back().amount_fen;
  }
  terms.technology_amount_fen = terms.contract_total_fen / 2;
  return terms;
}

ActRequest random_request(std::mt19937_64& random) {
  const auto acts = every_act();
  // Acts that end a deal are rare, or no deal would ever get far.
  DealAct act = acts[random() % acts.size()];
  if ((act == DealAct::decline || act == DealAct::terminate) && random() % 6 != 0) act = DealAct::deliver;
  ActRequest request = complete_request(act, static_cast<std::int64_t>(random() % 4));
  if (act == DealAct::revise) request.terms = random_terms(random);
  return request;
}

void check_invariants(World& world, const Deal& deal, const Ledger& ledger) {
  std::int64_t sum = 0;
  for (const auto& milestone : deal.milestones) sum += milestone.amount_fen;
  ASSERT_EQ(sum, deal.contract_total_fen);
  ASSERT_LE(deal.technology_amount_fen, deal.contract_total_fen);
  ASSERT_EQ(enum_name(deal.state), enum_name(ledger.state()));
  ASSERT_EQ(deal.version, ledger.events);
  ASSERT_EQ(world.count("SELECT COUNT(*) FROM deal_events WHERE deal_id = $1", deal.id), ledger.events);
  ASSERT_EQ(world.count("SELECT COUNT(*) FROM feed WHERE kind = 'deal' AND subject = $1", deal.id), ledger.events);
  ASSERT_EQ(world.count("SELECT COUNT(*) FROM statements WHERE subject = $1", deal.id), ledger.statements);
  ASSERT_EQ(world.connection().query_text("SELECT state FROM deals WHERE id = $1", {deal.id}), std::string(enum_name(deal.state)));
  ASSERT_EQ(to_json(Deals::find(world.connection(), deal.id).value()), to_json(deal));
}

class DealModelTest : public ::testing::TestWithParam<jingwei::testing::Store> {};
JINGWEI_ON_BOTH_STORES(DealModelTest);

TEST_P(DealModelTest, random_acts_agree_with_the_model) {
  const char* given = std::getenv("JINGWEI_TEST_SEED");
  const std::uint64_t seed = given != nullptr ? std::stoull(given) : std::random_device{}();
  SCOPED_TRACE("JINGWEI_TEST_SEED=" + std::to_string(seed));
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  std::mt19937_64 random(seed);
  World world(GetParam(), seed);
  for (int round = 0; round < kRounds; ++round) {
    const Side first = random() % 2 == 0 ? Side::buyer : Side::seller;
    world.supply = world.entry("achievements", world.seller, "成果" + std::to_string(round), {{"segment", "chem.polymer"}});
    Deal deal = world.propose(first == Side::buyer ? world.buyer : world.seller, random_terms(random));
    Ledger ledger;
    ledger.turn = other(first);
    ledger.milestones.assign(deal.milestones.size(), 0);
    for (int i = 0; i < kActsPerRound; ++i) {
      const Side side = random() % 2 == 0 ? Side::buyer : Side::seller;
      const auto request = random_request(random);
      const bool expected =
          ledger.follow(request.act, side, static_cast<std::size_t>(request.milestone.value_or(0)), request.terms ? request.terms->milestones.size() : 0);
      const std::string result = world.outcome([&](store::Transaction& tx) {
        deal = world.deals.act(tx, side == Side::buyer ? world.buyer : world.seller, deal.id, deal.version, request);
      });
      ASSERT_EQ(result == "ok", expected) << enum_name(request.act) << " by the " << enum_name(side) << ": " << result << ", deal is " << enum_name(deal.state);
      check_invariants(world, deal, ledger);
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace jingwei::deals
