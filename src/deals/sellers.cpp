// What deals say of a supplier: how much it has to do, how its work went, what it is usually paid.
#include <algorithm>

#include "deals/deals.h"
#include "deals/internal/rows.h"

namespace jingwei::deals {
namespace {

constexpr double kAcceptedUnsaid = 0.75;   ///< an accepted deal that its buyer did not evaluate
constexpr double kTerminatedUnsaid = 0.25;
constexpr std::int64_t kScoreMost = 5;

double how_well(const Deal& deal) {
  for (const auto& evaluation : deal.evaluations)
    if (evaluation.side == Side::buyer) return static_cast<double>(evaluation.score - 1) / static_cast<double>(kScoreMost - 1);
  return deal.state == State::accepted ? kAcceptedUnsaid : kTerminatedUnsaid;
}

void add_load(SellerLoad& load, const Deal& deal, bool under_way, bool this_year) {
  load.under_way += under_way;
  load.this_year += under_way || this_year;
  if (under_way && (load.free_on.empty() || deal.ends_on < load.free_on)) load.free_on = deal.ends_on;
}

void add(SellerRecord& record, const Deal& deal, Timestamp now) {
  if (!deal.agreed_at) return;
  const bool ended = deal.state == State::accepted || deal.state == State::terminated;
  const auto agreed = from_rfc3339(*deal.agreed_at).value_or(Timestamp{});
  const bool this_year = deal.state != State::terminated && agreed.us > now.us - 365 * kMicrosPerDay;
  add_load(record, deal, !ended, this_year);
  add_load(record.supplies[deal.supply.id], deal, !ended, this_year);
  record.totals_fen.push_back(deal.contract_total_fen);
  if (!ended) return;
  record.well += how_well(deal);
  record.concluded += 1;
}

std::int64_t since(Timestamp now) { return now.us - kSellerDays * kMicrosPerDay; }

}  // namespace

SellerRecord Deals::seller(store::Connection& connection, std::string_view organization_id, Timestamp now) {
  SellerRecord record;
  if (organization_id.empty()) return record;
  connection.query("SELECT body FROM deals WHERE seller_id = $1 AND updated_us >= $2 ORDER BY updated_us DESC, id LIMIT $3",
                   {organization_id, since(now), kSellerDealsMax}, [&](const store::Row& row) { add(record, internal::read_deal(row.text(0)), now); });
  return record;
}

void Deals::each_seller(store::Connection& connection, Timestamp now, const std::function<void(const std::string&, const SellerRecord&)>& visit) {
  std::string seller;
  SellerRecord record;
  std::int64_t seen = 0;
  const auto tell = [&] {
    if (!seller.empty()) visit(seller, record);
  };
  connection.query("SELECT seller_id, body FROM deals WHERE updated_us >= $1 ORDER BY seller_id, updated_us DESC, id", {since(now)}, [&](const store::Row& row) {
    if (row.text(0) != seller) {
      tell();
      seller = row.string(0);
      record = {};
      seen = 0;
    }
    if (++seen <= kSellerDealsMax) add(record, internal::read_deal(row.text(1)), now);
  });
  tell();
}

}  // namespace jingwei::deals
