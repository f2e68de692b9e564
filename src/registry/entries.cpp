// Commands on entries: load, reject (all reasons first), decide, write entry, version, feed and statement.
#include <fmt/format.h>

#include "base/check.h"
#include "base/text.h"
#include "registry/internal/fields.h"
#include "registry/internal/rows.h"

namespace jingwei::registry {
namespace {

using identity::Actor;

Rejected forbidden() { return Rejected(Code::forbidden, {"您没有权限做这件事", "You are not allowed to do this"}); }

Rejected changed_meanwhile(std::int64_t now_at) {
  return Rejected(Code::version_mismatch, "version",
                  {fmt::format("在您打开之后有人改过它（现在是第 {} 版）", now_at),
                   fmt::format("somebody changed it since you opened it (it is at version {} now)", now_at)},
                  {"重新载入，再改一次", "load it again and repeat your change"});
}

Audience audience_of(const Register& reg, const json::object& fields) {
  const std::string code = role_text(reg, fields, "confidentiality");
  return code == "anonymous" ? Audience::anonymous : code == "invited" ? Audience::invited : Audience::open;
}

/// Copies what lists and filters need out of the fields.
void fill_columns(const Register& reg, Entry& entry) {
  entry.title = role_text(reg, entry.fields, "title");
  entry.region = role_text(reg, entry.fields, "region");
  entry.segment = role_text(reg, entry.fields, "segment");
  entry.valid_to = role_text(reg, entry.fields, "valid_to");
  entry.audience = audience_of(reg, entry.fields);
  const Field* owner = reg.with_role("owner");
  entry.owner_id = owner != nullptr ? role_text(reg, entry.fields, "owner") : entry.id;
}

}  // namespace

Entry read_entry(const store::Row& row) {
  Entry entry;
  entry.id = row.text(0);
  entry.register_id = row.text(1);
  entry.state = enum_from_name<EntryState>(row.text(2)).value_or(EntryState::draft);
  entry.owner_id = row.text(3);
  entry.region = row.text(4);
  entry.segment = row.text(5);
  entry.title = row.text(6);
  entry.audience = enum_from_name<Audience>(row.text(7)).value_or(Audience::invited);
  entry.valid_to = row.text(8);
  entry.version = row.integer(9);
  entry.created_at = {row.integer(10)};
  entry.updated_at = {row.integer(11)};
  entry.published_at = {row.integer(12)};
  entry.fields = parse_json(row.text(13)).as_object();
  return entry;
}

std::optional<Entry> Registry::find(store::Connection& connection, std::string_view id) {
  std::optional<Entry> found;
  connection.query(kEntryById, {id}, [&](const store::Row& row) { found = read_entry(row); });
  return found;
}

std::optional<Entry> Registry::find(store::Transaction& tx, std::string_view id) {
  std::optional<Entry> found;
  tx.query(kEntryById, {id}, [&](const store::Row& row) { found = read_entry(row); });
  return found;
}

const Register& Registry::require_register(std::string_view id) const {
  if (const Register* reg = definitions_.find(id)) return *reg;
  throw Rejected(Code::not_found, {"没有这个清单", "There is no such register"});
}

json::object Registry::check_fields(const Register& reg, const json::object& raw) const {
  json::object fields;
  Problems problems;
  for (const auto& field : reg.fields) {
    const auto at = raw.find(field.id);
    auto value = at == raw.end() ? json::value(nullptr) : check_value(definitions_, field, at->value(), problems);
    if (!value) continue;  // a problem was added
    if (!value->is_null()) fields.emplace(field.id, std::move(*value));
    else if (field.required) problems.errors.push_back(missing_field(field));
  }
  for (const auto& item : raw)
    if (reg.field(item.key()) == nullptr)
      problems.errors.push_back({std::nullopt,
                                 std::string(item.key()),
                                 {"这个清单没有字段 " + std::string(item.key()), "this register has no field " + std::string(item.key())},
                                 {"去掉它", "leave it out"}});
  if (!problems.errors.empty())
    throw Rejected(Code::invalid, {"有几处需要修改", "Some fields need to be mended"}, std::move(problems.errors));
  return fields;
}

void Registry::check_owner_and_references(store::Transaction& tx, const Actor& actor, const Register& reg, const json::object& fields,
                                          const std::string& own_id) const {
  std::vector<InputProblem> problems;
  for (const auto& field : reg.fields) {
    const auto at = fields.find(field.id);
    if (field.type != FieldType::organization || at == fields.end()) continue;
    const auto found = tx.query_text("SELECT register FROM entries WHERE id = $1", {std::string_view(at->value().as_string())});
    if (found != "organizations")
      problems.push_back({std::nullopt,
                          field.id,
                          {field.title.zh + "：没有这个单位", field.title.en + ": there is no such organization"},
                          {"从单位清单里选择", "choose one from the organizations"}});
  }
  if (!problems.empty()) throw Rejected(Code::invalid, {"引用的单位不存在", "An organization that is named does not exist"}, std::move(problems));
  const bool for_others = actor.has(identity::Role::department) || actor.has(identity::Role::administrator);
  if (reg.with_role("owner") != nullptr && !for_others && !actor.acts_for(role_text(reg, fields, "owner"))) throw forbidden();
  const auto holder = tx.query_text("SELECT id FROM entries WHERE register = $1 AND key_text = $2", {reg.id, key_text(reg, fields)});
  if (holder && *holder != own_id)
    throw Rejected(Code::conflict, reg.key.back(), {"清单里已有同样的条目（" + *holder + "）", "the register already holds this entry (" + *holder + ")"},
                   {"改那一条，或改个名称", "edit that one, or choose another name"});
}

Entry Registry::create(store::Transaction& tx, const Actor& actor, const Register& reg, json::object fields, bool publish) const {
  if (!may_create(reg, actor)) throw forbidden();
  Entry entry;
  entry.register_id = reg.id;
  entry.fields = std::move(fields);
  entry.id = tx.new_id(reg.id_prefix);
  fill_columns(reg, entry);
  check_owner_and_references(tx, actor, reg, entry.fields, "");
  if (publish && !allows(reg.access.publish, &entry, actor)) throw forbidden();
  // From here on it must succeed.
  entry.state = publish ? EntryState::published : EntryState::draft;
  entry.created_at = tx.now();
  if (publish) entry.published_at = tx.now();
  entry = write(tx, actor, reg, std::move(entry), publish ? "published" : "created", true);
  if (publish && reg.states_publish) state_publication(tx, reg, entry, "published", "");
  return entry;
}

Entry Registry::edit(store::Transaction& tx, const Actor& actor, std::string_view id, std::int64_t version, json::object fields) const {
  auto entry = find(tx, id);
  if (!entry) throw Rejected(Code::not_found, {"没有这个条目", "There is no such entry"});
  const Register& reg = require_register(entry->register_id);
  if (!actor.may_write || !allows(reg.access.edit, &*entry, actor)) throw forbidden();
  if (entry->version != version) throw changed_meanwhile(entry->version);
  check_owner_and_references(tx, actor, reg, fields, entry->id);
  // From here on it must succeed.
  entry->fields = std::move(fields);
  fill_columns(reg, *entry);
  // What was published stays published, as a new version that has its own statement.
  const bool published = entry->state == EntryState::published;
  Entry written = write(tx, actor, reg, std::move(*entry), "edited", false);
  if (published && reg.states_publish) state_publication(tx, reg, written, "published", "");
  return written;
}

Entry Registry::publish(store::Transaction& tx, const Actor& actor, std::string_view id, std::optional<std::int64_t> version) const {
  auto entry = find(tx, id);
  if (!entry) throw Rejected(Code::not_found, {"没有这个条目", "There is no such entry"});
  const Register& reg = require_register(entry->register_id);
  if (!actor.may_write || !allows(reg.access.publish, &*entry, actor)) throw forbidden();
  if (version && entry->version != *version) throw changed_meanwhile(entry->version);
  if (entry->state == EntryState::published) throw Rejected(Code::wrong_state, {"它已经发布了", "It is published already"});
  if (!entry->valid_to.empty() && entry->valid_to < shanghai_date(tx.now()))
    throw Rejected(Code::wrong_state, reg.with_role("valid_to")->id, {"有效期已过", "its last day has passed"}, {"先改有效期，再发布", "change the last day, then publish"});
  // From here on it must succeed.
  entry->state = EntryState::published;
  entry->published_at = tx.now();
  Entry written = write(tx, actor, reg, std::move(*entry), "published", false);
  if (reg.states_publish) state_publication(tx, reg, written, "published", "");
  return written;
}

Entry Registry::withdraw(store::Transaction& tx, const Actor& actor, std::string_view id, std::optional<std::int64_t> version,
                         const std::string& reason) const {
  auto entry = find(tx, id);
  if (!entry) throw Rejected(Code::not_found, {"没有这个条目", "There is no such entry"});
  const Register& reg = require_register(entry->register_id);
  if (!actor.may_write || !allows(reg.access.withdraw, &*entry, actor)) throw forbidden();
  if (version && entry->version != *version) throw changed_meanwhile(entry->version);
  if (entry->state != EntryState::published) throw Rejected(Code::wrong_state, {"只有已发布的条目才能撤回", "Only a published entry can be withdrawn"});
  // From here on it must succeed.
  entry->state = EntryState::withdrawn;
  Entry written = write(tx, actor, reg, std::move(*entry), "withdrawn", false);
  if (reg.states_withdraw) state_publication(tx, reg, written, "withdrawn", reason);
  return written;
}

std::int64_t Registry::expire_due(store::Transaction& tx, std::string_view today, std::size_t limit) const {
  std::vector<Entry> due;
  tx.query(fmt::format("SELECT {} FROM entries e JOIN entry_versions v ON v.id = e.id AND v.version = e.version "
                       "WHERE e.state = 'published' AND e.valid_to <> '' AND e.valid_to < $1 ORDER BY e.id LIMIT $2",
                       kEntryColumns),
           {today, static_cast<std::int64_t>(limit)}, [&](const store::Row& row) { due.push_back(read_entry(row)); });
  const Actor node;
  for (auto& entry : due) {
    const Register& reg = require_register(entry.register_id);
    entry.state = EntryState::expired;
    write(tx, node, reg, std::move(entry), "expired", false);
  }
  return static_cast<std::int64_t>(due.size());
}

void Registry::invite(store::Transaction& tx, std::string_view need_id, std::string_view organization_id) const {
  tx.execute("INSERT INTO need_guests (need_id, organization_id) VALUES ($1, $2) ON CONFLICT (need_id, organization_id) DO NOTHING",
             {need_id, organization_id});
}

Entry Registry::write(store::Transaction& tx, const Actor& actor, const Register& reg, Entry entry, std::string_view act, bool is_new) const {
  entry.version += 1;
  entry.updated_at = tx.now();
  const std::string key = key_text(reg, entry.fields);
  const auto state = enum_name(entry.state);
  const auto audience = enum_name(entry.audience);
  if (is_new) {
    tx.execute(
        "INSERT INTO entries (id, register, key_text, state, owner_id, region, segment, title, audience, valid_to, version, created_us, updated_us, "
        "published_us) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        {entry.id, reg.id, key, state, entry.owner_id, entry.region, entry.segment, entry.title, audience, entry.valid_to, entry.version, entry.created_at.us,
         entry.updated_at.us, entry.published_at.us});
  } else {
    const auto rows = tx.execute(
        "UPDATE entries SET key_text = $1, state = $2, owner_id = $3, region = $4, segment = $5, title = $6, audience = $7, valid_to = $8, version = $9, "
        "updated_us = $10, published_us = $11 WHERE id = $12",
        {key, state, entry.owner_id, entry.region, entry.segment, entry.title, audience, entry.valid_to, entry.version, entry.updated_at.us,
         entry.published_at.us, entry.id});
    CHECK(rows == 1);
  }
  tx.execute("INSERT INTO entry_versions (id, version, at_us, actor_id, act, body) VALUES ($1, $2, $3, $4, $5, $6)",
             {entry.id, entry.version, tx.now().us, actor.account_id, act, json::serialize(entry.fields)});
  tx.append_feed("entry", act, entry.id, entry.version);
  return entry;
}

void Registry::state_publication(store::Transaction& tx, const Register& reg, const Entry& entry, std::string_view act, const std::string& reason) const {
  // Built and thrown away at once: one arena instead of an allocation a value.
  const json::storage_ptr arena = json::make_shared_resource<json::monotonic_resource>();
  evidence::StatementDraft draft{.public_part = json::object(arena)};
  draft.kind = (reg.id == "needs" ? "need_" : "entry_") + std::string(act);
  draft.subject = entry.id;
  draft.public_part.emplace("register", reg.id);
  draft.public_part.emplace("id", entry.id);
  draft.public_part.emplace("version", entry.version);
  if (!reason.empty()) draft.public_part["reason"] = reason;
  json::object open(arena);
  json::object closed(arena);
  for (const auto& field : reg.fields) {
    const auto at = entry.fields.find(field.id);
    if (at == entry.fields.end()) continue;
    const bool hidden =
        field.sensitivity != Sensitivity::open || entry.audience == Audience::invited || (entry.audience == Audience::anonymous && field.role == "owner");
    (hidden ? closed : open).emplace(field.id, at->value());
  }
  if (!open.empty()) draft.public_part.emplace("fields", std::move(open));
  if (!closed.empty()) draft.private_part = std::move(closed);
  issuer_.issue(tx, std::move(draft));
}

}  // namespace jingwei::registry
