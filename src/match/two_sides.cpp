// The supplier's view. Shares and curves are chosen by reason: nobody has judged yet which needs suppliers want. What the parts of
// an unknown supplier are is neutral on purpose, since an answer must not change by what is not known.
#include "match/two_sides.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace jingwei::match {
namespace {

// Shares of the view; their sum is 1.
constexpr double kField = 0.35;
constexpr double kSize = 0.15;
constexpr double kRegion = 0.15;
constexpr double kLoad = 0.2;
constexpr double kRecord = 0.15;

constexpr double kUnknownSize = 0.6;
constexpr double kUnknownLoad = 0.75;    ///< most suppliers have room
constexpr double kUnknownRecord = 0.6;
constexpr double kRecordPrior = 3;       ///< deals that an unknown record stands for: one bad deal is no verdict
constexpr double kUsualOpenDeals = 12;   ///< under way at a supplier of unknown capacity, from which it is surely busy
constexpr double kRegionFloor = 0.5;     ///< suppliers travel farther than needs look
constexpr double kLargeFrom = 10;        ///< times the usual contract, from which a need is too large
constexpr double kFullFactor = 0.7;
constexpr double kTiltLeast = 0.6;       ///< of a shown score: the need's view stays the main thing
constexpr double kTiltMost = 1.1;
constexpr double kNearlyFull = 0.8;
constexpr std::int64_t kManyOpenDeals = 5;

/// What a piece of work is usually worth to the supplier. A fund's amount is a ceiling and an instrument's a fee for one use: neither
/// says which needs are too small.
std::optional<std::int64_t> usual_of(const Offer& offer, const Supplier& supplier) {
  if (supplier.usual_fen && *supplier.usual_fen > 0) return supplier.usual_fen;
  if (offer.kind == "fund" || offer.kind == "policy" || offer.kind == "instrument") return std::nullopt;
  return offer.amount_fen && *offer.amount_fen > 0 ? offer.amount_fen : std::nullopt;
}

/// A need of the usual size and up to ten times it is welcome; a tenth of it hardly, and what is very much larger is out of reach.
double size_part(const std::optional<std::int64_t>& budget_fen, const Offer& offer, const Supplier& supplier) {
  const auto usual = usual_of(offer, supplier);
  if (!budget_fen || *budget_fen <= 0 || !usual) return kUnknownSize;
  const double ratio = static_cast<double>(*budget_fen) / static_cast<double>(*usual);
  if (ratio < 1) return std::max(0.1, 1 + 0.6 * std::log10(ratio));
  return ratio <= kLargeFrom ? 1 : std::max(0.2, 1 - 0.4 * std::log10(ratio / kLargeFrom));
}

double load_part(const Supplier& supplier) {
  const auto taken = static_cast<double>(std::max<std::int64_t>(0, supplier.taken));
  if (supplier.places) return *supplier.places <= 0 ? 0 : std::max(0.0, 1 - taken / static_cast<double>(*supplier.places));
  return kUnknownLoad * std::max(0.2, 1 - taken / kUsualOpenDeals);
}

double record_part(const Supplier& supplier) {
  return (kUnknownRecord * kRecordPrior + std::min(supplier.well, supplier.concluded)) / (kRecordPrior + supplier.concluded);
}

double part_or_half(const Item& item, const char* name) {
  const auto at = item.parts.find(name);
  return at == item.parts.end() ? 0.5 : at->second;
}

}  // namespace

SupplierView supplier_view(const std::optional<std::int64_t>& budget_fen, const Offer& offer, const Supplier& supplier) {
  SupplierView view;
  view.parts = {{"field", std::clamp(offer.field, 0.0, 1.0)},
                {"size", size_part(budget_fen, offer, supplier)},
                {"region", kRegionFloor + (1 - kRegionFloor) * std::clamp(offer.region, 0.0, 1.0)},
                {"load", load_part(supplier)},
                {"record", record_part(supplier)}};
  view.score = kField * view.parts["field"] + kSize * view.parts["size"] + kRegion * view.parts["region"] + kLoad * view.parts["load"] +
               kRecord * view.parts["record"];
  view.room = supplier.full() ? kFullFactor : 1;
  return view;
}

double mutual_worth(double score, const SupplierView& view) { return std::sqrt(std::clamp(score, 0.0, 1.0) * view.score) * view.room; }

std::vector<Reason> told_to_supplier(std::span<const Reason> reasons) {
  std::vector<Reason> told;
  for (const Reason& reason : reasons) {
    const bool of_both = reason.kind == ReasonKind::segment || reason.kind == ReasonKind::region || reason.kind == ReasonKind::topic;
    if (of_both || (reason.need_words && reason.need_words == reason.supply_words)) {
      told.push_back(reason);  // it speaks of both sides alike
    } else if (reason.need_words && reason.supply_words) {
      told.push_back(reason);
      told.back().text = {fmt::format("需求里的“{}”，您写的是“{}”", *reason.need_words, *reason.supply_words),
                          fmt::format("The need says “{}”, you say “{}”", *reason.need_words, *reason.supply_words)};
    }
  }
  return told;
}

std::optional<Bilingual> said_of_load(const Supplier& supplier) {
  const std::string until_zh = supplier.free_on.empty() ? "暂时没有空档" : supplier.free_on + " 前没有空档";
  const std::string until_en = supplier.free_on.empty() ? "no free capacity for now" : "no free capacity until " + supplier.free_on;
  if (supplier.places && *supplier.places <= 0) return Bilingual{"对方写明目前不承接", "The supplier says that it takes no work at present"};
  if (supplier.full())
    return Bilingual{fmt::format("对方一年可承接 {} 项，已有 {} 项，{}", *supplier.places, supplier.taken, until_zh),
                     fmt::format("This supplier takes {} a year and has {}: {}", *supplier.places, supplier.taken, until_en)};
  if (supplier.places && static_cast<double>(supplier.taken) >= kNearlyFull * static_cast<double>(*supplier.places))
    return Bilingual{fmt::format("对方一年可承接 {} 项，已有 {} 项，空档不多", *supplier.places, supplier.taken),
                     fmt::format("This supplier has taken {} of the {} that it can take in a year", supplier.taken, *supplier.places)};
  if (!supplier.places && supplier.taken >= kManyOpenDeals)
    return Bilingual{fmt::format("对方手上有 {} 项在办，先问有没有空档", supplier.taken),
                     fmt::format("This supplier has {} deals under way; ask first whether it has time", supplier.taken)};
  return std::nullopt;
}

void see_both_sides(Matches& matches, const Need& need, const std::function<std::optional<KnownSupplier>(const Item&)>& known) {
  bool changed = false;
  for (Item& item : matches.items) {
    const auto found = known(item);
    if (!found) continue;
    const Offer offer{item.kind, found->amount_fen, part_or_half(item, "segment"), part_or_half(item, "region")};
    const SupplierView view = supplier_view(need.budget_fen, offer, found->supplier);
    // Against the same supply from somebody unknown: what the forms say counts once, in the need's own view.
    const double unknown = supplier_view(need.budget_fen, offer, {}).score;
    const double tilt = std::clamp(std::sqrt(view.score / std::max(1e-9, unknown)), kTiltLeast, kTiltMost) * view.room;
    item.score = std::clamp(item.score * tilt, 0.0, 1.0);
    item.parts["supplier"] = view.score;
    item.parts["load"] = view.parts.at("load");
    item.parts["record"] = view.parts.at("record");
    if (auto said = said_of_load(found->supplier)) item.missing.insert(item.missing.begin(), std::move(*said));
    changed = true;
  }
  if (changed) std::ranges::stable_sort(matches.items, std::ranges::greater{}, &Item::score);
}

}  // namespace jingwei::match
