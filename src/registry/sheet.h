// Entries of a register as a sheet of a workbook, for people; CSV (Registry::export_row) is for import again.
#pragma once

#include "office/workbook.h"
#include "registry/registry.h"

namespace jingwei::registry {

/// A column a field and one of the state, a row an entry of the filter that `actor` may see, with what `actor` may see of it. Numbers, days,
/// truths and money (in yuan) are cells of their kind; codes, divisions and organizations have their names. Rows are read by `reader`,
/// names by `names`, a second connection. More than a workbook holds is refused when its bytes are made.
office::Sheet entries_sheet(const Registry& registry, store::Connection& reader, store::Connection& names, const Register& reg, const identity::Actor& actor,
                            const EntryFilter& filter, bool english);

}  // namespace jingwei::registry
