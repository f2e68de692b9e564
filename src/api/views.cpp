#include "api/internal/views.h"

#include "base/time.h"

namespace jingwei::api {
namespace {

std::optional<std::string> unless_empty(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

}  // namespace

EntryView view_of(Services& services, store::Connection& connection, const registry::Entry& entry, const identity::Actor& actor) {
  EntryView view;
  const bool hide_owner = services.registry.hides_owner(connection, entry, actor);
  view.id = entry.id;
  view.register_ = entry.register_id;
  view.version = entry.version;
  view.state = entry.state;
  view.title = entry.title;
  if (hide_owner) view.owner_hidden = true;
  else if (!entry.owner_id.empty() && entry.owner_id != entry.id)
    view.owner = Reference{entry.owner_id, registry::Registry::organization_name(connection, entry.owner_id)};
  view.region = unless_empty(entry.region);
  view.segment = unless_empty(entry.segment);
  view.fields = services.registry.visible_fields(entry, actor, hide_owner);
  view.created_at = to_rfc3339(entry.created_at);
  view.updated_at = to_rfc3339(entry.updated_at);
  if (entry.published_at.us != 0) view.published_at = to_rfc3339(entry.published_at);
  view.acts = services.registry.acts(entry, actor);
  return view;
}

registry::Entry require_need(Services& services, store::Connection& connection, const identity::Actor& actor, std::string_view id) {
  registry::Entry entry = services.registry.require_visible(connection, actor, id);
  if (entry.register_id != "needs") throw Rejected(Code::not_found, {"没有这个需求", "There is no such need"});
  return entry;
}

StatementView view_of(const evidence::Statement& statement) {
  return {statement.id, statement.index, statement.kind, statement.subject, statement.at, statement.issuer, statement.public_part};
}

RegionView view_of(const Region& region) { return {region.code, region.name, region.full_name, unless_empty(region.parent)}; }

}  // namespace jingwei::api
