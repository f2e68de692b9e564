// The command: load, reject (all reasons first), write row, version and feed record.
#include "feedback/feedback.h"

#include <fmt/format.h>

#include "base/check.h"
#include "feedback/internal/rows.h"

namespace jingwei::feedback {
namespace {

using identity::Actor;
using registry::Audience;
using registry::Entry;
using registry::EntryState;
using registry::Registry;

struct Stored {
  std::string id;
  std::int64_t version = 0;  ///< 0: not marked yet
};

Entry require_need(store::Transaction& tx, const Registry& registry, const Actor& actor, std::string_view id) {
  auto need = Registry::find(tx, id);
  if (!need || need->register_id != internal::kNeedsRegister || !registry.may_read(tx.reader(), *need, actor))
    throw Rejected(Code::not_found, {"没有这条需求，或您无权查看", "There is no such need, or it is not for you to see"});
  if (!may_mark(need->owner_id, actor)) throw Rejected(Code::forbidden, {"只有需求的提出单位可以标记", "Only the owner of the need marks supplies for it"});
  return std::move(*need);
}

/// A supply that was marked before may be marked again after it was withdrawn; otherwise it must be there to be seen.
Entry require_supply(store::Transaction& tx, const Registry& registry, const Actor& actor, std::string_view id, const Entry& need, const Stored& stored) {
  auto supply = Registry::find(tx, id);
  const bool seen = supply && supply->state == EntryState::published && registry.may_read(tx.reader(), *supply, actor);
  if (!seen && stored.version == 0)
    throw Rejected(Code::not_found, {"没有这条供给，或您无权查看", "There is no such supply, or it is not for you to see"});
  CHECK(supply.has_value());  // entries are never deleted
  const registry::Register* offered = registry.definitions().find(supply->register_id);
  if (offered == nullptr || offered->supply_kind.empty())
    throw Rejected(Code::invalid, "supply", {"这个清单里的条目不能作为供给", "entries of this register are not offered as supplies"},
                   {"请另选供给", "choose another supply"});
  if (supply->owner_id == need.owner_id)
    throw Rejected(Code::invalid, "supply", {"需求和供给属于同一单位", "the need and the supply belong to the same organization"},
                   {"请标记别的单位的供给", "mark the supplies of others"});
  return std::move(*supply);
}

void require_version(const Stored& stored, std::optional<std::int64_t> version) {
  if (stored.version != 0 && !version)
    throw Rejected(Code::invalid, "version", {"这条供给已有标记，修改要说明是在哪一版上改", "the supply is marked already; a change names the version it was made on"},
                   {"请重新载入，看过再改", "load it again, look, and change it then"});
  if (version.value_or(0) != stored.version)
    throw Rejected(Code::version_mismatch, "version",
                   {fmt::format("在您打开之后有人改过这个标记（现在是第 {} 版）", stored.version),
                    fmt::format("the mark changed since you opened it (version {} now)", stored.version)},
                   {"请重新载入，看过再改", "load it again, look, and change it then"});
}

void require_room(store::Transaction& tx, const Stored& stored, std::string_view need_id) {
  if (stored.version >= kVersionsMax)
    throw Rejected(Code::wrong_state, {fmt::format("这个标记已改过 {} 次，不能再改", kVersionsMax), fmt::format("The mark was changed {} times; no more", kVersionsMax)});
  if (stored.version == 0 && tx.query_integer("SELECT COUNT(*) FROM feedback WHERE need_id = $1", {need_id}).value_or(0) >= kSuppliesOfNeedMax)
    throw Rejected(Code::wrong_state, {fmt::format("一条需求最多标记 {} 项供给", kSuppliesOfNeedMax), fmt::format("A need marks at most {} supplies", kSuppliesOfNeedMax)});
}

/// The title as the supplier may know it from now on.
std::optional<std::string> told_title(store::Transaction& tx, const Entry& need, const Entry& supply) {
  if (need.state != EntryState::published) return std::nullopt;
  const bool invited = need.audience != Audience::invited ||
                       tx.query_integer("SELECT 1 FROM need_guests WHERE need_id = $1 AND organization_id = $2", {need.id, supply.owner_id}).has_value();
  return invited ? std::optional(need.title) : std::nullopt;
}

void write_row(store::Transaction& tx, const Stored& row, std::string_view need_id, std::string_view supply_id, const internal::Body& content, std::string_view body) {
  const auto mark = enum_name(content.mark);
  const std::string_view reason = content.reason ? enum_name(*content.reason) : "";
  if (row.version == 1) {
    tx.execute("INSERT INTO feedback (id, need_id, supply_id, version, updated_us, mark, reason, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
               {row.id, need_id, supply_id, row.version, tx.now().us, mark, reason, body});
    return;
  }
  const auto rows = tx.execute("UPDATE feedback SET version = $1, updated_us = $2, mark = $3, reason = $4, body = $5 WHERE id = $6 AND version = $7",
                               {row.version, tx.now().us, mark, reason, body, row.id, row.version - 1});
  CHECK(rows == 1);
}

}  // namespace

FeedbackView Feedback::mark(store::Transaction& tx, const Actor& actor, std::string_view need_id, std::string_view supply_id,
                            std::optional<std::int64_t> version, const FeedbackWrite& write) const {
  const Entry need = require_need(tx, registry_, actor, need_id);
  Stored row;
  tx.query("SELECT id, version FROM feedback WHERE need_id = $1 AND supply_id = $2", {need_id, supply_id},
           [&](const store::Row& found) { row = {found.string(0), found.integer(1)}; });
  const Entry supply = require_supply(tx, registry_, actor, supply_id, need, row);
  require_version(row, version);
  const FeedbackWrite normal = check(write);
  require_room(tx, row, need_id);
  // From here on it must succeed.
  if (row.version == 0) row.id = tx.new_id("feedback");
  ++row.version;
  const internal::Body content{normal.mark, normal.reason, normal.note, told_title(tx, need, supply)};
  const std::string body = json::serialize(to_json(content));
  write_row(tx, row, need_id, supply_id, content, body);
  tx.execute("INSERT INTO feedback_versions (id, version, at_us, actor_id, body) VALUES ($1, $2, $3, $4, $5)",
             {row.id, row.version, tx.now().us, actor.account_id, body});
  tx.append_feed("feedback", enum_name(normal.mark), row.id, row.version);
  return {{row.version, to_rfc3339(tx.now()), actor.name, normal.mark, normal.reason, normal.note}, {supply.id, supply.register_id, supply.title}, {}};
}

}  // namespace jingwei::feedback
