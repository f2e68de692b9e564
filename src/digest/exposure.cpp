// How often the supplies of each owner came up, were told of and were taken up; how even that is.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "digest/internal/rows.h"

namespace jingwei::digest {
namespace {

constexpr std::int64_t kDaysMax = kRoundsKeptDays;

using Counts = std::map<std::string, std::int64_t, std::less<>>;

Counts counts_of(store::Connection& connection, std::string_view sql, std::int64_t since_us) {
  Counts counts;
  connection.query(sql, {since_us}, [&](const store::Row& row) { counts.emplace(row.string(0), row.integer(1)); });
  return counts;
}

std::int64_t at(const Counts& counts, std::string_view owner) {
  const auto found = counts.find(owner);
  return found == counts.end() ? 0 : found->second;
}

std::vector<std::int64_t> column(const std::vector<OwnerExposure>& items, std::int64_t OwnerExposure::* member) {
  std::vector<std::int64_t> values;
  for (const auto& item : items) values.push_back(item.*member);
  return values;
}

}  // namespace

ExposureReport Digests::exposure(store::Connection& connection, Timestamp now, std::int64_t days, std::size_t limit) const {
  if (days < 1 || days > kDaysMax)
    throw Rejected(Code::invalid, "days", {fmt::format("天数应为 1 至 {}", kDaysMax), fmt::format("days must be 1 to {}", kDaysMax)}, {"请改天数", "change it"});
  const std::int64_t since = now.us - days * kMicrosPerDay;
  ExposureReport report;
  report.days = days;
  report.rounds = connection.query_integer("SELECT COUNT(*) FROM rounds WHERE state = 'done' AND ended_us >= $1", {since}).value_or(0);
  connection.query("SELECT e.owner_id, CAST(SUM(e.found) AS BIGINT), CAST(SUM(e.plain) AS BIGINT), CAST(SUM(e.given) AS BIGINT) FROM round_exposure e "
                   "JOIN rounds r ON r.id = e.round_id WHERE r.state = 'done' AND r.ended_us >= $1 GROUP BY e.owner_id",
                   {since}, [&](const store::Row& row) { report.items.push_back({row.string(0), "", row.integer(1), row.integer(2), row.integer(3), 0, 0, 0}); });
  report.owners = static_cast<std::int64_t>(report.items.size());
  for (const auto& item : report.items) report.given += item.given;
  const auto plain = column(report.items, &OwnerExposure::plain);
  const auto given = column(report.items, &OwnerExposure::given);
  report.concentration_plain = digest::concentration(plain);
  report.concentration = digest::concentration(given);
  report.inequality_plain = inequality(plain);
  report.inequality = inequality(given);
  std::ranges::sort(report.items, [](const OwnerExposure& a, const OwnerExposure& b) {
    return std::tuple(-a.given, -a.found, std::string_view(a.id)) < std::tuple(-b.given, -b.found, std::string_view(b.id));
  });
  if (limit > 0 && report.items.size() > limit) report.items.resize(limit);
  const auto contacted = counts_of(connection, "SELECT s.owner_id, COUNT(*) FROM feedback f JOIN entries s ON s.id = f.supply_id "
                                               "WHERE f.mark IN ('contacted', 'accepted') AND f.updated_us >= $1 GROUP BY s.owner_id", since);
  const auto deals = counts_of(connection, "SELECT seller_id, COUNT(*) FROM deals WHERE created_us >= $1 GROUP BY seller_id", since);
  for (auto& item : report.items) {
    item.name = item.id.empty() ? "" : registry::Registry::organization_name(connection, item.id);
    item.share = report.given == 0 ? 0 : static_cast<double>(item.given) / static_cast<double>(report.given);
    item.contacted = at(contacted, item.id);
    item.deals = at(deals, item.id);
  }
  return report;
}

std::string Digests::exposure_csv(const ExposureReport& report) {
  std::string csv = "\xEF\xBB\xBF供给单位,单位编号,进入候选次数,不均衡时推送次数,实际推送次数,推送占比,被联系次数,提出对接次数\r\n";
  for (const auto& item : report.items)
    csv += fmt::format("{},{},{},{},{},{:.4f},{},{}\r\n", registry::csv_cell(item.name), registry::csv_cell(item.id), item.found, item.plain, item.given, item.share,
                       item.contacted, item.deals);
  return csv;
}

}  // namespace jingwei::digest
