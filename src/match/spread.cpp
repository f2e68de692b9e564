// The auction behind spread(): needs bid for places at supplies, supplies lie within owners.
//
// A need with open places looks at the pairs that it does not hold, each at worth minus price, and bids for as many of the best as it has
// places: its worth less the margin of the first pair that it leaves out, plus a step. A full supply gives its lowest unit up; so does an owner
// whose next place costs more than its lowest unit pays. Whoever loses a place bids again. Prices never fall, so it ends.
//
// Why the result is good, and provably so: prices are zero where there is room, so that at the end they are dual variables of the
// transportation problem whose slackness is violated by at most a step for each chosen pair (Bertsekas 1988, "epsilon complementary
// slackness"). That needs prices that rise from zero, and so forgoes epsilon scaling: with worths of 0 to 1 and a step of 0.002 a place
// changes hands some hundred times at worst. Places of supplies within places of owners are a laminar family, for which the price of
// entry is the lowest bid of whichever set is full. An owner's further places cost a little more each (kCrowding): parallel arcs with rising
// cost, which keep the problem one of flow.
#include <algorithm>
#include <deque>
#include <limits>
#include <set>

#include "base/check.h"
#include "match/two_sides.h"

namespace jingwei::match {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

/// A place that is taken, by what was bid. Of equal bids the later pair gives way.
struct Unit {
  double bid = 0;
  std::uint32_t pair = 0;
  bool operator<(const Unit& other) const { return bid != other.bid ? bid < other.bid : pair > other.pair; }
};

class Auction {
 public:
  Auction(const Market& market, double step)
      : market_(market), step_(step), bid_(market.pairs.size(), kNever), pairs_of_(market.need_places.size()), held_(market.need_places.size()),
        waits_(market.need_places.size()), at_supply_(market.supply_places.size()), at_owner_(market.owner_places.size()) {
    CHECK(market.owner_of.size() == market.supply_places.size());
    for (std::uint32_t i = 0; i < market.pairs.size(); ++i) {
      const Pair& pair = market.pairs[i];
      CHECK(pair.need < pairs_of_.size() && pair.supply < at_supply_.size() && market.owner_of[pair.supply] < at_owner_.size());
      pairs_of_[pair.need].push_back(i);
    }
  }

  Spread run() {
    for (std::uint32_t need = 0; need < pairs_of_.size(); ++need) wait(need);
    while (!waiting_.empty()) {
      const std::uint32_t need = waiting_.front();
      waiting_.pop_front();
      waits_[need] = false;
      // Again when a bid of its own made another one too low.
      while (held_[need] < market_.need_places[need] && bid_for(need)) {
      }
    }
    return result();
  }

 private:
  bool holds(std::uint32_t pair) const { return bid_[pair] != kNever; }
  std::uint32_t owner(std::uint32_t pair) const { return market_.owner_of[market_.pairs[pair].supply]; }

  /// What the owner's place with this number costs, from 0.
  double place_cost(std::uint32_t owner, std::size_t number) const {
    const std::int64_t places = market_.owner_places[owner];
    return static_cast<std::int64_t>(number) >= places ? kNever : kCrowding * static_cast<double>(number) / static_cast<double>(places);
  }
  double price_at_owner(std::uint32_t owner) const {
    const auto& units = at_owner_[owner];
    const double next = place_cost(owner, units.size());
    return units.empty() ? next : std::min(next, units.begin()->bid);
  }
  bool supply_is_full(std::uint32_t supply) const { return static_cast<std::int64_t>(at_supply_[supply].size()) >= market_.supply_places[supply]; }
  double price(std::uint32_t pair) const {
    const std::uint32_t supply = market_.pairs[pair].supply;
    if (!supply_is_full(supply)) return price_at_owner(market_.owner_of[supply]);
    return at_supply_[supply].empty() ? kNever : at_supply_[supply].begin()->bid;
  }

  /// One round of bids; false when nothing is worth its price any more.
  bool bid_for(std::uint32_t need) {
    struct Margin {
      double margin;
      std::uint32_t pair;
    };
    std::vector<Margin> margins;
    for (const std::uint32_t pair : pairs_of_[need])
      if (!holds(pair))
        if (const double margin = market_.pairs[pair].worth - price(pair); margin > 0) margins.push_back({margin, pair});
    if (margins.empty()) return false;
    std::sort(margins.begin(), margins.end(), [](const Margin& a, const Margin& b) { return a.margin != b.margin ? a.margin > b.margin : a.pair < b.pair; });
    const auto wanted = std::min(margins.size(), static_cast<std::size_t>(market_.need_places[need] - held_[need]));
    const double left_out = wanted < margins.size() ? margins[wanted].margin : 0;
    for (std::size_t i = 0; i < wanted; ++i) {
      const double bid = market_.pairs[margins[i].pair].worth - left_out + step_;
      if (bid > price(margins[i].pair)) take(margins[i].pair, bid);
    }
    return true;
  }

  void take(std::uint32_t pair, double bid) {
    const std::uint32_t supply = market_.pairs[pair].supply;
    auto& units = at_owner_[owner(pair)];
    if (supply_is_full(supply)) give_up(at_supply_[supply].begin()->pair);
    else if (!units.empty() && units.begin()->bid <= place_cost(owner(pair), units.size())) give_up(units.begin()->pair);
    bid_[pair] = bid;
    at_supply_[supply].insert({bid, pair});
    units.insert({bid, pair});
    ++held_[market_.pairs[pair].need];
  }

  void give_up(std::uint32_t pair) {
    const Unit unit{bid_[pair], pair};
    at_supply_[market_.pairs[pair].supply].erase(unit);
    at_owner_[owner(pair)].erase(unit);
    bid_[pair] = kNever;
    --held_[market_.pairs[pair].need];
    wait(market_.pairs[pair].need);
  }

  void wait(std::uint32_t need) {
    if (waits_[need]) return;
    waits_[need] = true;
    waiting_.push_back(need);
  }

  Spread result() const {
    Spread spread;
    for (std::uint32_t i = 0; i < market_.pairs.size(); ++i) {
      if (!holds(i)) continue;
      spread.chosen.push_back(i);
      spread.worth += market_.pairs[i].worth;
    }
    for (std::uint32_t o = 0; o < at_owner_.size(); ++o)
      for (std::size_t number = 0; number < at_owner_[o].size(); ++number) spread.worth -= place_cost(o, number);
    spread.bound = dual();
    return spread;
  }

  /// The value of the prices as a solution of the dual problem: no choice is worth more.
  double dual() const {
    double bound = 0;
    std::vector<double> owner_price(at_owner_.size());
    for (std::uint32_t o = 0; o < at_owner_.size(); ++o) {
      owner_price[o] = market_.owner_places[o] > 0 ? price_at_owner(o) : 1;  // without places any price will do
      for (std::size_t number = 0; place_cost(o, number) < owner_price[o]; ++number) bound += owner_price[o] - place_cost(o, number);
    }
    std::vector<double> supply_price(at_supply_.size());
    for (std::uint32_t s = 0; s < at_supply_.size(); ++s) {
      if (market_.supply_places[s] <= 0) supply_price[s] = 1;
      else if (supply_is_full(s)) supply_price[s] = std::max(0.0, at_supply_[s].begin()->bid - owner_price[market_.owner_of[s]]);
      bound += supply_price[s] * static_cast<double>(std::max<std::int64_t>(0, market_.supply_places[s]));
    }
    const auto margin = [&](std::uint32_t i) { return market_.pairs[i].worth - supply_price[market_.pairs[i].supply] - owner_price[owner(i)]; };
    for (std::uint32_t need = 0; need < pairs_of_.size(); ++need) {
      double own = 0;
      if (held_[need] >= market_.need_places[need])
        for (const std::uint32_t i : pairs_of_[need])
          if (!holds(i)) own = std::max(own, margin(i));
      bound += own * static_cast<double>(std::max<std::int64_t>(0, market_.need_places[need]));
      for (const std::uint32_t i : pairs_of_[need]) bound += std::max(0.0, margin(i) - own);
    }
    return bound;
  }

  const Market& market_;
  double step_;
  std::vector<double> bid_;  ///< of each pair; kNever: not held
  std::vector<std::vector<std::uint32_t>> pairs_of_;
  std::vector<std::int64_t> held_;
  std::vector<bool> waits_;
  std::vector<std::set<Unit>> at_supply_;
  std::vector<std::set<Unit>> at_owner_;
  std::deque<std::uint32_t> waiting_;
};

}  // namespace

Spread spread(const Market& market, double step) { return Auction(market, step).run(); }

}  // namespace jingwei::match
