// Counts by rule, see internal/counts.h.
#include "steering/internal/counts.h"

#include <algorithm>
#include <ranges>
#include <set>

#include "steering/internal/rows.h"

namespace jingwei::steering::internal {
namespace {

double amount_of(const json::value* field) {
  if (field == nullptr || !field->is_number()) return 0;
  return field->to_number<double>();
}

bool fits(const registry::Entry& entry, const CountRule& rule) {
  if (!rule.equals) return true;
  return std::ranges::all_of(*rule.equals, [&](const auto& wanted) {
    const auto* value = entry.fields.if_contains(wanted.first);
    if (value == nullptr) return false;
    if (const auto* text = value->if_string()) return std::string_view(*text) == wanted.second;
    if (const auto* codes = value->if_array())
      return std::ranges::any_of(*codes, [&](const json::value& code) { return code.is_string() && std::string_view(code.get_string()) == wanted.second; });
    return value->is_bool() && (value->get_bool() ? "true" : "false") == wanted.second;
  });
}

/// The entry as the rule counts it; nothing when it does not.
std::optional<Tally::Row> row_of(const registry::Entry& entry, const CountRule& rule) {
  const auto* date = entry.fields.if_contains(rule.date_field);
  if (date == nullptr || !date->is_string() || !fits(entry, rule)) return std::nullopt;
  return Tally::Row{std::string(date->get_string()), rule.sum_field ? amount_of(entry.fields.if_contains(*rule.sum_field)) : 1};
}

/// Always over all rows in their order: the same rows give the same sums, however they came to be known.
void sum_up(Tally& tally) {
  tally.by_day.clear();
  for (const auto& [id, row] : tally.rows) tally.by_day[row.day] += row.amount;
}

void count_anew(store::Connection& connection, const registry::Registry& registry, Tallies& tallies) {
  std::map<std::string_view, std::vector<Tally*>> by_register;
  for (auto& [key, tally] : tallies)
    if (registry.definitions().find(tally.rule.register_) != nullptr) by_register[tally.rule.register_].push_back(&tally);
  for (const auto& [register_id, counting] : by_register) {
    registry::EntryFilter filter;
    filter.register_id = register_id;
    filter.state = registry::EntryState::published;
    registry.each(connection, identity::node_operator(), filter, [&](const registry::Entry& entry) {
      for (Tally* tally : counting)
        if (auto row = row_of(entry, tally->rule)) tally->rows.emplace_hint(tally->rows.end(), entry.id, std::move(*row));
    });
  }
  for (auto& [key, tally] : tallies) sum_up(tally);
}

std::vector<DayAmounts> in_order(const std::vector<CountRule>& rules, const Tallies& tallies) {
  std::vector<DayAmounts> amounts;
  for (const auto& rule : rules) amounts.push_back(tallies.at(key_of(rule)).by_day);
  return amounts;
}

}  // namespace

std::string key_of(const CountRule& rule) { return body_of(rule); }

std::vector<DayAmounts> counted_anew(store::Connection& connection, const registry::Registry& registry, const std::vector<CountRule>& rules) {
  Tallies tallies;
  for (const auto& rule : rules) tallies.try_emplace(key_of(rule), Tally{rule, {}, {}});
  count_anew(connection, registry, tallies);
  return in_order(rules, tallies);
}

std::vector<Tally*> CountKeeper::tallies_of(std::string_view register_id) {
  std::vector<Tally*> found;
  for (auto& [key, tally] : tallies_)
    if (tally.rule.register_ == register_id) found.push_back(&tally);
  return found;
}

void CountKeeper::follow(store::Connection& connection, std::int64_t feed_seq) {
  if (tallies_.empty()) return;
  if (feed_seq - feed_seq_ > kRecordsFollowedMax) return tallies_.clear();
  std::vector<std::pair<std::string, std::vector<Tally*>>> changed;
  connection.query("SELECT DISTINCT subject FROM feed WHERE seq > $1 AND kind = 'entry'", {feed_seq_}, [&](const store::Row& row) {
    const auto* reg = registry_.definitions().of_entry(row.text(0));
    auto counting = reg == nullptr ? std::vector<Tally*>() : tallies_of(reg->id);
    if (!counting.empty()) changed.emplace_back(row.string(0), std::move(counting));
  });
  if (changed.size() > kEntriesReadMax) return tallies_.clear();
  std::set<Tally*> touched;
  for (const auto& [id, counting] : changed) {
    const auto entry = registry::Registry::find(connection, id);
    const bool counts = entry && entry->state == registry::EntryState::published && registry_.may_read(connection, *entry, identity::node_operator());
    for (Tally* tally : counting) {
      auto row = counts ? row_of(*entry, tally->rule) : std::nullopt;
      if (row) tally->rows.insert_or_assign(id, std::move(*row));
      else tally->rows.erase(id);
      touched.insert(tally);
    }
  }
  for (Tally* tally : touched) sum_up(*tally);
}

void CountKeeper::catch_up(store::Connection& connection, const std::vector<CountRule>& rules) {
  // The number comes first: what is committed while entries are read is read once more the next time.
  const auto feed_seq = connection.query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
  if (feed_seq > feed_seq_) {
    follow(connection, feed_seq);
    feed_seq_ = feed_seq;
  }
  std::set<std::string, std::less<>> asked;
  for (const auto& rule : rules) asked.insert(key_of(rule));
  if (tallies_.size() + asked.size() > kTalliesMax) std::erase_if(tallies_, [&](const auto& kept) { return !asked.contains(kept.first); });
  Tallies fresh;
  for (const auto& rule : rules)
    if (const auto key = key_of(rule); !tallies_.contains(key)) fresh.try_emplace(key, Tally{rule, {}, {}});
  count_anew(connection, registry_, fresh);
  tallies_.merge(fresh);  // only now: half a count must not stay when the database fails
}

std::vector<DayAmounts> CountKeeper::amounts(store::Connection& connection, const std::vector<CountRule>& rules) {
  const std::lock_guard lock(mutex_);
  catch_up(connection, rules);
  return in_order(rules, tallies_);
}

std::vector<CountedRow> CountKeeper::rows(store::Connection& connection, const CountRule& rule, std::string_view first, std::string_view last) {
  std::vector<CountedRow> rows;
  {
    const std::lock_guard lock(mutex_);
    catch_up(connection, {rule});
    for (const auto& [id, row] : tallies_.at(key_of(rule)).rows)
      if (row.day >= first && row.day <= last) rows.push_back({id, row.day, row.amount});
  }
  std::ranges::sort(rows, std::greater(), [](const CountedRow& row) { return std::tie(row.day, row.id); });
  return rows;
}

}  // namespace jingwei::steering::internal
