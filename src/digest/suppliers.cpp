// Needs and suppliers as the matching engine takes them: the only place where deals and capacities become numbers of a match.
#include <algorithm>

#include "digest/digest.h"

namespace jingwei::digest {
namespace {

constexpr std::int64_t kDaysOfWork = 20;   ///< of a person, for one piece of work
constexpr std::int64_t kHoursOfWork = 40;  ///< of an instrument

std::string text_field(const registry::Entry& entry, std::string_view name) {
  const auto at = entry.fields.find(name);
  return at != entry.fields.end() && at->value().is_string() ? std::string(at->value().as_string()) : "";
}

std::optional<std::int64_t> median(std::vector<std::int64_t> values) {
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

}  // namespace

match::Need need_of(const registry::Entry& entry) {
  match::Need need;
  need.title = entry.title;
  need.text = text_field(entry, "text");
  need.segment = entry.segment;
  need.region = entry.region;
  need.stage = text_field(entry, "stage");
  need.deadline = text_field(entry, "deadline");
  if (const auto at = entry.fields.find("budget_fen"); at != entry.fields.end()) need.budget_fen = at->value().as_int64();
  return need;
}

std::optional<std::int64_t> places_of(const registry::Register& reg, const registry::Entry& entry) {
  const registry::Field* field = reg.with_role("capacity");
  if (field == nullptr) return std::nullopt;
  const auto at = entry.fields.find(field->id);
  if (at == entry.fields.end() || !at->value().is_int64()) return std::nullopt;
  const std::int64_t units = at->value().as_int64();
  const std::int64_t of_one = reg.supply_kind == "expert" ? kDaysOfWork : reg.supply_kind == "instrument" ? kHoursOfWork : 1;
  return units == 0 ? 0 : std::max<std::int64_t>(1, units / of_one);
}

std::optional<match::Supplier> supplier_of(const std::optional<std::int64_t>& places, const deals::SellerRecord& record, std::string_view supply_id) {
  if (!places && record.totals_fen.empty()) return std::nullopt;
  match::Supplier supplier;
  supplier.places = places;
  if (places) {
    if (const auto own = record.supplies.find(supply_id); own != record.supplies.end()) {
      supplier.taken = own->second.this_year;
      supplier.free_on = own->second.free_on;
    }
  } else {
    supplier.taken = record.under_way;
    supplier.free_on = record.free_on;
  }
  supplier.usual_fen = median(record.totals_fen);
  supplier.well = record.well;
  supplier.concluded = record.concluded;
  return supplier;
}

void SupplierBook::read_all() {
  deals::Deals::each_seller(connection_, now_, [&](const std::string& id, const deals::SellerRecord& record) { records_[id] = record; });
  all_ = true;
}

std::optional<match::Supplier> SupplierBook::of(const std::string& supply_id, const std::string& owner_id) {
  std::optional<std::int64_t> places;
  const registry::Register* reg = registry_.definitions().of_entry(supply_id);
  if (reg != nullptr && reg->with_role("capacity") != nullptr)
    if (const auto entry = registry::Registry::find(connection_, supply_id)) places = places_of(*reg, *entry);
  auto at = records_.find(owner_id);
  if (at == records_.end()) at = records_.emplace(owner_id, all_ ? deals::SellerRecord{} : deals::Deals::seller(connection_, owner_id, now_)).first;
  return supplier_of(places, at->second, supply_id);
}

}  // namespace jingwei::digest
