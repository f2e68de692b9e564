// The other direction of a match: would the supplier want this need, has it room, and who is proposed to whom when not everybody
// can have the best. Pure: what is known of a supplier comes in as values.
//
//   supplier_view    a supplier's view of one need: field, size, region, load, record; each 0 to 1
//   see_both_sides   an answer of Engine::match, with the suppliers' view in it
//   spread           a night's needs over all suppliers within their capacities, and a proof of how good that is
//
// Both directions meet in their geometric mean, times what is short (Su, Bayoumi, Joachims 2021: one-sided rankings are not
// optimal when suppliers have limits; Wantedly 2024: a direct score beside two one-way ones). Of suppliers about whom nothing is known
// every part is neutral, and an answer stays as it was.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "match/match.h"

namespace jingwei::match {

// ---- one supplier, one need ---------------------------------------------------------------------------------------------

/// What is known of who offers a supply.
struct Supplier {
  std::optional<std::int64_t> places;     ///< pieces of work that it takes in a year
  std::int64_t taken = 0;                 ///< of them; without places: its deals that are under way
  std::string free_on;                    ///< day on which the next of them is to end; empty: not known
  std::optional<std::int64_t> usual_fen;  ///< what its contracts are usually worth
  double well = 0;                        ///< concluded deals, each by how well it went, 0 to 1
  double concluded = 0;                   ///< how many

  bool full() const { return places && taken >= *places; }
};

/// What is offered and how near it is to the need, as the engine found it.
struct Offer {
  std::string kind;
  std::optional<std::int64_t> amount_fen;
  double field = 0.5;   ///< nearness of segments, 0 to 1
  double region = 0.5;  ///< nearness of places, 0 to 1
};

struct SupplierView {
  double score = 0;                     ///< 0 to 1: how much it would want the need
  double room = 1;                      ///< factor below 1 when it is full
  std::map<std::string, double> parts;  ///< field, size, region, load, record
};

SupplierView supplier_view(const std::optional<std::int64_t>& budget_fen, const Offer& offer, const Supplier& supplier);

/// What a pair is worth to both, 0 to 1. `score` is the need's view, as it is shown.
double mutual_worth(double score, const SupplierView& view);

/// The reasons of a match in the supplier's words: what the need says and what of its own it meets; what concerns the need's side alone is
/// left out.
std::vector<Reason> told_to_supplier(std::span<const Reason> reasons);

/// What speaks against a supplier that has no room, or little; nothing otherwise.
std::optional<Bilingual> said_of_load(const Supplier& supplier);

struct KnownSupplier {
  Supplier supplier;
  std::optional<std::int64_t> amount_fen;  ///< of the supply
};

/// Puts the suppliers' view into an answer: parts `supplier`, `load` and `record`, what is missing, the score and the order. Items for which
/// `known` gives nothing stay as they are; so does their order among each other.
void see_both_sides(Matches& matches, const Need& need, const std::function<std::optional<KnownSupplier>(const Item&)>& known);

// ---- everybody with everybody -------------------------------------------------------------------------------------------

/// A possible pair. Numbers count from 0.
struct Pair {
  std::uint32_t need = 0;
  std::uint32_t supply = 0;
  double worth = 0;  ///< 0 to 1
  bool operator==(const Pair&) const = default;
};

struct Market {
  std::vector<std::int64_t> need_places;    ///< how many supplies each need is to get at most
  std::vector<std::int64_t> supply_places;  ///< how many needs each supply is to get at most
  std::vector<std::uint32_t> owner_of;      ///< of each supply
  std::vector<std::int64_t> owner_places;   ///< how many needs all supplies of an owner together are to get at most
  std::vector<Pair> pairs;                  ///< each (need, supply) once
};

/// What an owner's last place costs beside its first one: of two suppliers with the same worth the one with more room left is chosen.
constexpr double kCrowding = 0.1;
/// What each pair may be short of the best possible.
constexpr double kSpreadStep = 0.002;

struct Spread {
  std::vector<std::uint32_t> chosen;  ///< places in Market::pairs, rising
  double worth = 0;                   ///< of the chosen pairs, less crowding
  double bound = 0;                   ///< no choice within these capacities is worth more; at most chosen.size() * step above `worth`
};

/// Chooses pairs by auction (Bertsekas, Castañon 1989), with places at supplies within places at owners. Needs bid in their order; the same
/// market gives the same answer. CHECKs that numbers lie within the market.
Spread spread(const Market& market, double step = kSpreadStep);

}  // namespace jingwei::match
