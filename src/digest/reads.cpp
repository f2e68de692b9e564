// What an organization reads of rounds. Titles, names and who may see what are those of the moment of reading.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/id.h"
#include "digest/internal/rows.h"

namespace jingwei::digest {
namespace {

using identity::Actor;
using registry::Audience;
using registry::Entry;
using registry::EntryState;
using registry::Registry;

constexpr const char* kSummaryColumns = "d.id, d.round_id, r.day, d.at_us, d.needs, d.supplies, d.wanted, s.digest_id";
constexpr const char* kFrom = " FROM digests d JOIN rounds r ON r.id = d.round_id LEFT JOIN digest_reads s ON s.digest_id = d.id AND s.account_id = $1 "
                              "WHERE r.state = 'done' AND d.organization_id = $2";

DigestSummary read_summary(const store::Row& row) {
  return {row.string(0), row.string(1), row.string(2), to_rfc3339({row.integer(3)}), row.integer(4), row.integer(5), row.integer(6), !row.is_null(7)};
}

Rejected not_found() { return Rejected(Code::not_found, {"没有这份匹配简报，或不是给贵单位的", "There is no such digest, or it is not for your organization"}); }

/// A page ends at (time, id): "1768982400000000.digest_01J…".
struct Cursor {
  std::int64_t at_us = 0;
  std::string id;
};

Cursor read_cursor(std::string_view text) {
  Cursor cursor;
  const auto dot = text.find('.');
  const auto* end = text.data() + std::min(dot, text.size());
  const auto [stopped, error] = std::from_chars(text.data(), end, cursor.at_us);
  if (dot == std::string_view::npos || error != std::errc{} || stopped != end || !is_id(text.substr(dot + 1), "digest"))
    throw Rejected(Code::invalid, "cursor", {"翻页位置无效", "this is no cursor of a former page"}, {"请从第一页开始", "start from the first page"});
  cursor.id = text.substr(dot + 1);
  return cursor;
}

struct StoredPair {
  std::string need_id;
  std::string supply_id;
  std::int64_t worth_ppm = 0;
  internal::PairBody body;
};

std::vector<StoredPair> pairs_of(store::Connection& connection, const std::string& round_id, const char* side, const std::string& organization_id) {
  std::vector<StoredPair> pairs;
  connection.query(fmt::format("SELECT need_id, supply_id, worth_ppm, body FROM round_pairs WHERE round_id = $1 AND {} = $2 ORDER BY need_id, supply_id", side),
                   {round_id, organization_id}, [&](const store::Row& row) {
                     pairs.push_back({row.string(0), row.string(1), row.integer(2), from_json<internal::PairBody>(parse_json(row.text(3)))});
                   });
  std::ranges::stable_sort(pairs, std::ranges::greater{}, &StoredPair::worth_ppm);
  return pairs;
}

/// Entries by id as this actor may see them now; each is looked up once.
class Shown {
 public:
  Shown(store::Connection& connection, const Registry& registry, const Actor& actor) : connection_(connection), registry_(registry), actor_(actor) {}

  /// Nothing when it is withdrawn or not for the actor.
  const Named* find(const std::string& id) {
    const auto [at, is_new] = known_.try_emplace(id);
    if (!is_new) return at->second ? &*at->second : nullptr;
    const auto entry = Registry::find(connection_, id);
    if (!entry || entry->state != EntryState::published || !registry_.may_read(connection_, *entry, actor_)) return nullptr;
    Named named{entry->id, entry->register_id, entry->title, {}, entry->region.empty() ? std::nullopt : std::optional(entry->region)};
    if (!entry->owner_id.empty() && !registry_.hides_owner(connection_, *entry, actor_)) named.owner_name = Registry::organization_name(connection_, entry->owner_id);
    at->second = std::move(named);
    return &*at->second;
  }

 private:
  store::Connection& connection_;
  const Registry& registry_;
  const Actor& actor_;
  std::map<std::string, std::optional<Named>> known_;
};

/// Pairs by one's own entry, in order of the best pair of each.
std::vector<DigestGroup> grouped(Shown& shown, std::vector<StoredPair> pairs, bool own_is_need) {
  std::vector<DigestGroup> groups;
  std::map<std::string, std::size_t> places;
  for (auto& pair : pairs) {
    const Named* own = shown.find(own_is_need ? pair.need_id : pair.supply_id);
    const Named* other = shown.find(own_is_need ? pair.supply_id : pair.need_id);
    if (own == nullptr || other == nullptr) continue;
    const auto [at, is_new] = places.try_emplace(own->id, groups.size());
    if (is_new) groups.push_back({*own, {}});
    DigestLine line{*other, pair.body.score, pair.body.supplier, std::move(pair.body.reasons), std::move(pair.body.missing)};
    if (!own_is_need) {
      line.reasons = match::told_to_supplier(line.reasons);
      line.missing.clear();  // what speaks against a supply is the need's side's to weigh
    }
    groups[at->second].lines.push_back(std::move(line));
  }
  return groups;
}

void require_limit(std::size_t limit) {
  if (limit >= 1 && limit <= kPageMax) return;
  throw Rejected(Code::invalid, "limit", {fmt::format("每页 1 至 {} 条", kPageMax), fmt::format("a page holds 1 to {}", kPageMax)}, {"请改每页条数", "change the limit"});
}

}  // namespace

DigestPage Digests::list(store::Connection& connection, const Actor& actor, std::string_view cursor, std::size_t limit) const {
  require_limit(limit);
  const Cursor from = cursor.empty() ? Cursor{std::numeric_limits<std::int64_t>::max(), ""} : read_cursor(cursor);
  DigestPage page;
  if (actor.organization_id.empty()) return page;
  page.total = connection.query_integer(fmt::format("SELECT COUNT(*){}", kFrom), {actor.account_id, actor.organization_id}).value_or(0);
  connection.query(fmt::format("SELECT {}{} AND (d.at_us < $3 OR (d.at_us = $4 AND d.id < $5)) ORDER BY d.at_us DESC, d.id DESC LIMIT $6", kSummaryColumns, kFrom),
                   {actor.account_id, actor.organization_id, from.at_us, from.at_us, from.id, static_cast<std::int64_t>(limit + 1)},
                   [&](const store::Row& row) { page.items.push_back(read_summary(row)); });
  if (page.items.size() > limit) {
    page.items.pop_back();
    page.next_cursor = fmt::format("{}.{}", from_rfc3339(page.items.back().at).value().us, page.items.back().id);
  }
  return page;
}

std::vector<DigestSummary> Digests::unread(store::Connection& connection, const Actor& actor, Timestamp now, std::size_t limit) const {
  std::vector<DigestSummary> items;
  if (actor.organization_id.empty()) return items;
  connection.query(fmt::format("SELECT {}{} AND s.digest_id IS NULL AND d.at_us >= $3 ORDER BY d.at_us DESC, d.id DESC LIMIT $4", kSummaryColumns, kFrom),
                   {actor.account_id, actor.organization_id, now.us - kUnreadShownDays * kMicrosPerDay, static_cast<std::int64_t>(limit)},
                   [&](const store::Row& row) { items.push_back(read_summary(row)); });
  return items;
}

Digest Digests::require(store::Connection& connection, const Actor& actor, std::string_view id) const {
  std::optional<DigestSummary> summary;
  if (!actor.organization_id.empty())
    connection.query(fmt::format("SELECT {}{} AND d.id = $3", kSummaryColumns, kFrom), {actor.account_id, actor.organization_id, id},
                     [&](const store::Row& row) { summary = read_summary(row); });
  if (!summary) throw not_found();
  return read(connection, std::move(*summary), actor.organization_id);
}

Digest Digests::read(store::Connection& connection, DigestSummary summary, const std::string& organization_id) const {
  const Actor actor = internal::member_of(organization_id);
  Digest digest;
  static_cast<DigestSummary&>(digest) = std::move(summary);
  Shown shown(connection, registry_, actor);
  digest.for_needs = grouped(shown, pairs_of(connection, digest.round_id, "need_owner_id", organization_id), true);
  digest.for_supplies = grouped(shown, pairs_of(connection, digest.round_id, "supply_owner_id", organization_id), false);
  return digest;
}

DigestSummary Digests::mark_read(store::Transaction& tx, const Actor& actor, std::string_view id, bool read) const {
  std::optional<DigestSummary> summary;
  if (!actor.organization_id.empty() && !actor.account_id.empty())
    tx.reader().query(fmt::format("SELECT {}{} AND d.id = $3", kSummaryColumns, kFrom), {actor.account_id, actor.organization_id, id},
                      [&](const store::Row& row) { summary = read_summary(row); });
  if (!summary) throw not_found();
  // From here on it must succeed.
  if (read && !summary->read)
    tx.execute("INSERT INTO digest_reads (digest_id, account_id, at_us) VALUES ($1, $2, $3)", {id, actor.account_id, tx.now().us});
  if (!read) tx.execute("DELETE FROM digest_reads WHERE digest_id = $1 AND account_id = $2", {id, actor.account_id});
  summary->read = read;
  return *summary;
}

std::vector<DigestRow> Digests::count(store::Connection& connection, std::string_view round_id) const {
  std::set<std::string> readers;
  connection.query("SELECT DISTINCT organization_id FROM accounts WHERE disabled = 0 AND organization_id <> ''", {},
                   [&](const store::Row& row) { readers.insert(row.string(0)); });
  struct Seen {
    std::set<std::string> needs;
    std::set<std::string> wanted;
    std::int64_t supplies = 0;
  };
  struct Pair {
    std::string need_id, need_owner, supply_owner;
  };
  std::vector<Pair> pairs;
  connection.query("SELECT need_id, need_owner_id, supply_owner_id FROM round_pairs WHERE round_id = $1 ORDER BY need_id, supply_id", {round_id},
                   [&](const store::Row& row) { pairs.push_back({row.string(0), row.string(1), row.string(2)}); });
  std::map<std::string, Seen> seen;
  std::optional<Entry> need;
  for (const auto& pair : pairs) {
    if (!need || need->id != pair.need_id) need = Registry::find(connection, pair.need_id);
    if (readers.contains(pair.need_owner)) {
      seen[pair.need_owner].needs.insert(pair.need_id);
      ++seen[pair.need_owner].supplies;
    }
    if (readers.contains(pair.supply_owner) && need && registry_.may_read(connection, *need, internal::member_of(pair.supply_owner)))
      seen[pair.supply_owner].wanted.insert(pair.need_id);
  }
  std::vector<DigestRow> rows;
  for (const auto& [organization, counts] : seen)
    rows.push_back({organization, static_cast<std::int64_t>(counts.needs.size()), counts.supplies, static_cast<std::int64_t>(counts.wanted.size())});
  return rows;
}

}  // namespace jingwei::digest
