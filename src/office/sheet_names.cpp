// See internal/sheet_names.h.
#include "office/internal/sheet_names.h"

#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "office/internal/xml.h"

namespace jingwei::office::internal {
namespace {

std::string mended(const std::string& name) {
  std::string out;
  for (const char c : clean(name)) out += std::string_view("[]:*?/\\\n\t").contains(c) ? ' ' : c;
  std::string_view bare = trim(out);
  while (bare.starts_with('\'')) bare.remove_prefix(1);
  bare = first_units(bare, kSheetNameUnitsMax);
  while (bare.ends_with('\'') || bare.ends_with(' ')) bare.remove_suffix(1);
  // "History" is a name that Excel keeps for itself.
  return bare.empty() ? "-" : to_lower_ascii(bare) == "history" ? "history-" : std::string(bare);
}

}  // namespace

std::vector<std::string> sheet_names(const std::vector<Sheet>& sheets) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const auto& sheet : sheets) {
    const std::string wanted = mended(sheet.name);
    std::string name = wanted;
    for (int count = 2; !taken.insert(to_lower_ascii(name)).second; ++count) {
      const std::string suffix = fmt::format(" {}", count);
      name = std::string(first_units(wanted, kSheetNameUnitsMax - suffix.size())) + suffix;
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace jingwei::office::internal
