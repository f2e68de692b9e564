// Who may see and do what. Every answer follows from the register's access block, the entry's state and audience, and the
// actor; only the guests of a need are looked up.
#include <algorithm>

#include "registry/internal/fields.h"
#include "registry/registry.h"

namespace jingwei::registry {
namespace {

using identity::Actor;
using identity::Role;

bool sees_everything(const Actor& actor) { return actor.has(Role::department) || actor.has(Role::administrator) || actor.has(Role::auditor); }

/// People of the owning organization may act for it unless they only audit.
bool writes_for(const Actor& actor, std::string_view owner_id) {
  return actor.acts_for(owner_id) && std::ranges::any_of(actor.roles, [](Role role) { return role != Role::auditor; });
}

bool is_guest(store::Connection& connection, std::string_view need_id, const Actor& actor) {
  if (actor.organization_id.empty()) return false;
  return connection.query_integer("SELECT 1 FROM need_guests WHERE need_id = $1 AND organization_id = $2", {need_id, actor.organization_id}).has_value();
}

}  // namespace

bool Registry::allows(const std::vector<std::string>& subjects, const Entry* entry, const Actor& actor) const {
  return std::ranges::any_of(subjects, [&](const std::string& subject) {
    if (subject == "anyone") return true;
    if (subject == "member") return !actor.is_anonymous();
    if (subject == "owner") return entry != nullptr && writes_for(actor, entry->owner_id);
    const auto role = enum_from_name<Role>(subject);
    return role && actor.has(*role);
  });
}

bool Registry::may_create(const Register& reg, const Actor& actor) const { return actor.may_write && allows(reg.access.create, nullptr, actor); }

bool Registry::may_read(store::Connection& connection, const Entry& entry, const Actor& actor) const {
  const Register* reg = definitions_.find(entry.register_id);
  if (reg == nullptr) return false;
  if (actor.acts_for(entry.owner_id) || allows(reg->access.read_draft, &entry, actor)) return true;
  if (entry.state != EntryState::published || !allows(reg->access.read_published, &entry, actor)) return false;
  return entry.audience != Audience::invited || is_guest(connection, entry.id, actor);
}

bool Registry::hides_owner(store::Connection& connection, const Entry& entry, const Actor& actor) const {
  if (entry.audience != Audience::anonymous || actor.acts_for(entry.owner_id) || sees_everything(actor)) return false;
  return !is_guest(connection, entry.id, actor);
}

json::object Registry::visible_fields(const Entry& entry, const Actor& actor, bool hide_owner) const {
  const Register* reg = definitions_.find(entry.register_id);
  json::object visible;
  if (reg == nullptr) return visible;
  const bool near = actor.acts_for(entry.owner_id) || actor.has(Role::department) || actor.has(Role::administrator);
  for (const auto& field : reg->fields) {
    const bool shown = near || field.sensitivity == Sensitivity::open || (field.sensitivity == Sensitivity::members && !actor.is_anonymous() && !hide_owner);
    if (!shown || (hide_owner && field.role == "owner")) continue;
    if (const auto at = entry.fields.find(field.id); at != entry.fields.end()) visible.emplace(field.id, at->value());
  }
  return visible;
}

std::vector<Act> Registry::acts(const Entry& entry, const Actor& actor) const {
  const Register* reg = definitions_.find(entry.register_id);
  std::vector<Act> possible;
  if (reg == nullptr || !actor.may_write) return possible;
  if (allows(reg->access.edit, &entry, actor)) possible.push_back(Act::edit);
  if (entry.state != EntryState::published && allows(reg->access.publish, &entry, actor)) possible.push_back(Act::publish);
  if (entry.state == EntryState::published && allows(reg->access.withdraw, &entry, actor)) possible.push_back(Act::withdraw);
  return possible;
}

Entry Registry::require_visible(store::Connection& connection, const Actor& actor, std::string_view id) const {
  auto entry = find(connection, id);
  // What may not be seen is answered like what is not there, so that ids cannot be probed.
  if (!entry || !may_read(connection, *entry, actor)) throw Rejected(Code::not_found, {"没有这个条目，或您无权查看", "There is no such entry, or it is not for you to see"});
  return std::move(*entry);
}

}  // namespace jingwei::registry
