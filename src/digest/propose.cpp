// Who is given to whom in a round, how even that is, and whether a round is due. Pure.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>

#include "digest/digest.h"

namespace jingwei::digest {
namespace {

/// The market of a round, with what is needed to say afterwards who was given to whom.
class RoundMarket {
 public:
  RoundMarket(std::span<const AskedNeed> needs, const SupplierOf& supplier, const ToldBefore& told) : needs_(needs), supplier_(supplier), told_(told) {
    market_.need_places.assign(needs.size(), kGivenPerNeed);
  }

  void add(std::uint32_t need, std::span<const match::Found> found) {
    std::int64_t plain = 0;
    for (const match::Found& one : found) {
      if (one.score < kScoreLeast || one.owner == needs_[need].owner) continue;
      if (told_(needs_[need].id, one.id)) continue;
      const Supply& supply = supply_of(one);
      Exposure& exposure = exposure_[market_.owner_of[supply.number]];
      ++exposure.found;
      if (plain++ < kGivenPerNeed) ++exposure.plain;
      const auto view = match::supplier_view(needs_[need].budget_fen, {one.kind, one.amount_fen, one.segment, one.region}, supply.supplier);
      const double worth = match::mutual_worth(one.score, view);
      market_.pairs.push_back({need, supply.number, worth});
      given_.push_back({need, one.id, one.owner, one.score, view.score, worth});
    }
  }

  Proposals choose() {
    for (auto& places : market_.owner_places) places = std::min(places, kOwnerPlacesMax);
    const match::Spread spread = match::spread(market_);
    Proposals proposals;
    proposals.candidates = static_cast<std::int64_t>(market_.pairs.size());
    if (spread.bound > 0) proposals.share_of_best = std::clamp(spread.worth / spread.bound, 0.0, 1.0);
    for (const auto i : spread.chosen) {
      ++exposure_[market_.owner_of[market_.pairs[i].supply]].given;
      proposals.given.push_back(std::move(given_[i]));
    }
    std::ranges::stable_sort(proposals.given, [](const Given& a, const Given& b) { return a.need != b.need ? a.need < b.need : a.worth > b.worth; });
    proposals.exposure = std::move(exposure_);
    std::ranges::sort(proposals.exposure, {}, &Exposure::owner);
    return proposals;
  }

 private:
  struct Supply {
    std::uint32_t number = 0;
    match::Supplier supplier;
  };

  const Supply& supply_of(const match::Found& found) {
    const auto [at, is_new] = supplies_.try_emplace(found.id);
    Supply& supply = at->second;
    if (!is_new) return supply;
    supply.number = static_cast<std::uint32_t>(market_.supply_places.size());
    supply.supplier = supplier_(found);
    // An owner without a name is nobody in particular: each of its supplies stands for itself.
    const auto [owner, first] = owners_.try_emplace(found.owner.empty() ? found.id : found.owner, static_cast<std::uint32_t>(market_.owner_places.size()));
    if (first) {
      market_.owner_places.push_back(0);
      exposure_.push_back({found.owner, 0, 0, 0});
    }
    const auto& known = supply.supplier.places;
    const std::int64_t places = known ? kInvitationsPerPlace * std::max<std::int64_t>(0, *known - supply.supplier.taken) : kSupplyPlaces;
    market_.supply_places.push_back(places);
    market_.owner_of.push_back(owner->second);
    market_.owner_places[owner->second] += std::min(places, kOwnerPlacesMax);
    return supply;
  }

  std::span<const AskedNeed> needs_;
  const SupplierOf& supplier_;
  const ToldBefore& told_;
  match::Market market_;
  std::vector<Given> given_;  ///< of each pair of the market
  std::map<std::string, Supply, std::less<>> supplies_;
  std::map<std::string, std::uint32_t, std::less<>> owners_;
  std::vector<Exposure> exposure_;
};

}  // namespace

Proposals propose(std::span<const AskedNeed> needs, std::span<const std::vector<match::Found>> found, const SupplierOf& supplier, const ToldBefore& told) {
  RoundMarket round(needs, supplier, told);
  for (std::uint32_t i = 0; i < needs.size(); ++i) round.add(i, found[i]);
  return round.choose();
}

double concentration(std::span<const std::int64_t> counts) {
  const auto total = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}));
  if (total <= 0) return 0;
  double index = 0;
  for (const auto count : counts) index += static_cast<double>(count) / total * (static_cast<double>(count) / total);
  return index;
}

double inequality(std::vector<std::int64_t> counts) {
  std::ranges::sort(counts);
  double total = 0;
  double ranked = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    total += static_cast<double>(counts[i]);
    ranked += static_cast<double>(i + 1) * static_cast<double>(counts[i]);
  }
  const auto n = static_cast<double>(counts.size());
  return total <= 0 ? 0 : 2 * ranked / (n * total) - (n + 1) / n;
}

std::optional<int> parse_time_of_day(std::string_view text) {
  if (text == "off") return std::nullopt;
  int hour = -1;
  int minute = -1;
  const bool shaped = text.size() == 5 && text[2] == ':';
  const auto number = [&](std::size_t at, int& value) {
    const auto [end, failed] = std::from_chars(text.data() + at, text.data() + at + 2, value);
    return failed == std::errc() && end == text.data() + at + 2 && text[at] != '-';
  };
  if (shaped && number(0, hour) && number(3, minute) && hour <= 23 && minute <= 59) return 60 * hour + minute;
  throw Rejected(Code::invalid, "round_at", {"夜间匹配的时间应形如 02:30，或写 off", "the time of the nightly round must look like 02:30, or be off"},
                 {"改正 node.toml 里的 round_at", "mend round_at in node.toml"});
}

bool due(Timestamp now, int minute_of_day, const Past& past) {
  constexpr std::int64_t kShanghaiUs = 8 * 3'600 * kMicrosPerSecond;
  const std::int64_t midnight = (now.us + kShanghaiUs) / kMicrosPerDay * kMicrosPerDay - kShanghaiUs;
  const std::int64_t time = midnight + minute_of_day * 60 * kMicrosPerSecond;
  if (now.us < time || past.done_today || past.tries_today >= kNightlyTriesMax) return false;
  return past.had_rounds || past.node_started.us <= time;
}

}  // namespace jingwei::digest
