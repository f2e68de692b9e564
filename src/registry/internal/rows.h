// Entries as rows of the database.
#pragma once

#include "registry/registry.h"

namespace jingwei::registry {

/// Columns in the order that read_entry expects; the tables are entries e and entry_versions v.
inline constexpr std::string_view kEntryColumns =
    "e.id, e.register, e.state, e.owner_id, e.region, e.segment, e.title, e.audience, e.valid_to, e.version, e.created_us, e.updated_us, "
    "e.published_us, v.body";
inline constexpr std::string_view kEntryById =
    "SELECT e.id, e.register, e.state, e.owner_id, e.region, e.segment, e.title, e.audience, e.valid_to, e.version, e.created_us, e.updated_us, "
    "e.published_us, v.body FROM entries e JOIN entry_versions v ON v.id = e.id AND v.version = e.version WHERE e.id = $1";

Entry read_entry(const store::Row& row);

}  // namespace jingwei::registry
