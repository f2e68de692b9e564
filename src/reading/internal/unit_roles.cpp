// Roles of the units that a clause or a cell names.
#include <algorithm>
#include <set>

#include "reading/internal/doubts.h"
#include "reading/internal/units.h"

namespace jingwei::reading {

std::u32string plain_brackets(std::u32string_view name) {
  std::u32string plain;
  for (const char32_t c : name) {
    const char kind = bracket_kind(c);
    plain += kind != '\0' ? static_cast<char32_t>(kind) : c;
  }
  return plain;
}

std::vector<DraftUnit> roles_settled(const Source& source, const std::vector<NamedUnit>& named, bool first_leads) {
  std::vector<DraftUnit> units;
  std::set<std::u32string> seen;
  for (const auto& unit : named)
    if (seen.insert(plain_brackets(unit.words.text)).second) units.push_back({unit.words.utf8(), unit.role, source.ranges_of(unit.words)});
  const bool has_lead = std::any_of(units.begin(), units.end(), [](const DraftUnit& unit) { return unit.role == DraftUnitRole::lead; });
  const auto responsible = std::count_if(units.begin(), units.end(), [](const DraftUnit& unit) { return unit.role == DraftUnitRole::responsible; });
  bool leads = !has_lead && (first_leads || responsible == 1);
  const bool others_follow = has_lead || leads;
  for (auto& unit : units) {
    if (unit.role != DraftUnitRole::responsible) continue;
    unit.role = leads ? DraftUnitRole::lead : others_follow ? DraftUnitRole::co : DraftUnitRole::responsible;
    leads = false;
  }
  return units;
}

void note_lead(Draft& draft, const std::string& item, const std::vector<DraftUnit>& units) {
  const auto open = std::count_if(units.begin(), units.end(), [](const DraftUnit& unit) { return unit.role == DraftUnitRole::responsible; });
  if (open < 2) return;
  DraftRanges ranges;
  for (const auto& unit : units)
    if (unit.role == DraftUnitRole::responsible) ranges.insert(ranges.end(), unit.ranges.begin(), unit.ranges.end());
  add_doubt(draft, item, std::move(ranges), {"没有说哪个单位牵头", "It does not say which unit leads"},
            {"列了几个责任单位，原文没有“第一个为牵头单位”一类的话", "Several are responsible, and the text does not say that the first one leads"},
            {"选定牵头单位，其余为配合单位", "Choose who leads; the others take part"});
}

}  // namespace jingwei::reading
