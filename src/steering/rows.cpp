// Items and versions in the tables, see internal/rows.h.
#include "steering/internal/rows.h"

#include <fmt/format.h>

#include "base/check.h"

namespace jingwei::steering::internal {
namespace {

Item item_of(const store::Row& row) {
  return {row.string(0), row.string(1), row.string(2), row.string(3), row.integer(4), row.integer(5), row.string(6)};
}

std::optional<Item> first(store::Connection& connection, std::string_view sql, std::string_view kind, std::string_view value) {
  std::optional<Item> found;
  connection.query(sql, {kind, value}, [&](const store::Row& row) { found = item_of(row); });
  return found;
}

/// The instant at which a day ends in the region.
std::int64_t end_of_day_us(std::string_view day) {
  const auto midnight = from_rfc3339(days_later(day, 1) + "T00:00:00+08:00");
  CHECK(midnight.has_value());
  return midnight->us;
}

}  // namespace

std::optional<Item> find_item(store::Connection& connection, std::string_view kind, std::string_view id) {
  return first(connection, "SELECT id, key_text, parent_id, state, version, updated_us, body FROM steering_items WHERE kind = $1 AND id = $2", kind, id);
}

std::optional<Item> find_by_key(store::Connection& connection, std::string_view kind, std::string_view key) {
  return first(connection, "SELECT id, key_text, parent_id, state, version, updated_us, body FROM steering_items WHERE kind = $1 AND key_text = $2", kind, key);
}

std::optional<Item> find_by_key_as_of(store::Connection& connection, std::string_view kind, std::string_view key, std::string_view day) {
  std::optional<Item> found;
  connection.query(
      "SELECT i.id, i.key_text, i.parent_id, i.state, v.version, v.at_us, v.body FROM steering_items i JOIN steering_versions v ON v.id = i.id "
      "WHERE i.kind = $1 AND i.key_text = $2 AND v.at_us < $3 ORDER BY v.version DESC LIMIT 1",
      {kind, key, end_of_day_us(day)}, [&](const store::Row& row) { found = item_of(row); });
  return found;
}

std::vector<Item> all_items(store::Connection& connection, std::string_view kind) {
  std::vector<Item> items;
  connection.query("SELECT id, key_text, parent_id, state, version, updated_us, body FROM steering_items WHERE kind = $1 ORDER BY key_text", {kind},
                   [&](const store::Row& row) { items.push_back(item_of(row)); });
  return items;
}

std::vector<Item> all_items_as_of(store::Connection& connection, std::string_view kind, std::string_view day) {
  std::vector<Item> items;
  connection.query(
      "SELECT i.id, i.key_text, i.parent_id, i.state, v.version, v.at_us, v.body FROM steering_versions v JOIN steering_items i ON i.id = v.id "
      "JOIN (SELECT id, MAX(version) AS latest FROM steering_versions WHERE kind = $1 AND at_us < $2 GROUP BY id) l ON l.id = v.id AND l.latest = v.version "
      "ORDER BY i.key_text",
      {kind, end_of_day_us(day)}, [&](const store::Row& row) { items.push_back(item_of(row)); });
  return items;
}

void each_version(store::Connection& connection, std::string_view kind, std::string_view first_day, std::string_view last_day,
                  const std::function<void(std::string_view, const std::string&, std::string_view)>& visit) {
  connection.query(
      "SELECT i.key_text, v.at_us, v.body FROM steering_versions v JOIN steering_items i ON i.id = v.id WHERE v.kind = $1 AND v.at_us >= $2 AND v.at_us < $3 ORDER BY v.at_us, v.version",
      {kind, end_of_day_us(days_later(first_day, -1)), end_of_day_us(last_day)},
      [&](const store::Row& row) { visit(row.text(0), shanghai_date({row.integer(1)}), row.text(2)); });
}

void write_item(store::Transaction& tx, const identity::Actor& actor, std::string_view kind, Item& item, std::string_view act, std::string_view note) {
  item.updated_us = tx.now().us;
  if (item.version == 0) {
    if (item.id.empty()) item.id = tx.new_id(kind);
    tx.execute(
        "INSERT INTO steering_items (id, kind, key_text, parent_id, state, version, created_us, updated_us, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {item.id, kind, item.key, item.parent, item.state, std::int64_t{1}, tx.now().us, tx.now().us, item.body});
  } else {
    const auto rows = tx.execute(
        "UPDATE steering_items SET key_text = $1, parent_id = $2, state = $3, version = $4, updated_us = $5, body = $6 WHERE id = $7 AND version = $8",
        {item.key, item.parent, item.state, item.version + 1, tx.now().us, item.body, item.id, item.version});
    CHECK(rows == 1);
  }
  ++item.version;
  tx.execute("INSERT INTO steering_versions (id, version, kind, at_us, actor_id, actor_name, act, note, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
             {item.id, item.version, kind, tx.now().us, actor.account_id, actor.name, act, note, item.body});
  tx.append_feed(kind, act, item.id, item.version);
}

void require_version(store::Connection& connection, const Item& item, std::optional<std::int64_t> version) {
  if (item.version >= kVersionsMax)
    throw Rejected(Code::wrong_state, {fmt::format("已改过 {} 次，不能再改", kVersionsMax), fmt::format("It was changed {} times; no more", kVersionsMax)});
  if (version == item.version) return;
  if (!version)
    throw Rejected(Code::invalid, "If-Match", {"修改要说明是在哪一版上改", "a change names the version it was made on"},
                   {"请重新载入，看过再改", "load it again, look, and change it then"});
  const auto who = connection.query_text("SELECT actor_name FROM steering_versions WHERE id = $1 AND version = $2", {item.id, item.version}).value_or("");
  throw Rejected(Code::version_mismatch, "version",
                 {fmt::format("在您打开之后，{}改过这一项（现在是第 {} 版，您看到的是第 {} 版）；您的修改没有写入", who, item.version, *version),
                  fmt::format("{} changed this since you opened it (version {} now, you saw {}); nothing of yours was written", who, item.version, *version)},
                 {"请重新载入，看过对方的修改再决定", "load it again, look at that change, and decide anew"});
}

std::string observation_key(std::string_view indicator_id, std::string_view period) { return fmt::format("{} {}", indicator_id, period); }

Rejected not_found(Bilingual what) {
  return Rejected(Code::not_found, {"没有这个" + what.zh + "，或您无权查看", "There is no such " + what.en + ", or it is not for you to see"});
}
Rejected forbidden(Bilingual why) { return Rejected(Code::forbidden, std::move(why)); }

}  // namespace jingwei::steering::internal
