// Who is responsible: clauses such as （责任单位：…）, 牵头单位：…, 由…牵头，…配合, and what a text says once for all of them.
#pragma once

#include <optional>
#include <vector>

#include "reading/internal/words.h"

namespace jingwei::reading {

struct NamedUnit {
  Words words;
  DraftUnitRole role = DraftUnitRole::responsible;
};

/// A list of units: 市科技局、市经信局和各县〔市、区〕政府.
std::vector<Words> units_in(const Words& list);
/// Ends as names of units do, each of the list.
bool looks_like_units(std::u32string_view text);

struct UnitClause {
  std::size_t begin = 0;  ///< in the words looked through
  std::size_t end = 0;
  std::vector<NamedUnit> units;
  bool has_more = false;  ///< …等: others whom it does not name
};

/// The clause at the end of the words of a measure, or nothing.
std::optional<UnitClause> unit_clause_of(const Words& words);

/// The clause in a bracket behind the heading: 建设中试平台（市经信局牵头）。… Only what is plainly a unit counts; 高新区（滨江） is a name.
std::optional<UnitClause> unit_clause_of_heading(const Words& words);

/// What holds for every measure, wherever the text says it.
struct UnitRules {
  bool first_leads = false;  ///< 列第一位的为牵头单位
  Words first_leads_words;
  std::vector<Words> everywhere;  ///< 均需…落实，不再列出
};
UnitRules unit_rules_of(const std::vector<Words>& texts);

/// Who leads: whom the text calls so; the only one; the first where the text says that the first does. Each unit once.
std::vector<DraftUnit> roles_settled(const Source& source, const std::vector<NamedUnit>& named, bool first_leads);
/// A doubt where several are responsible and nobody is said to lead.
void note_lead(Draft& draft, const std::string& item, const std::vector<DraftUnit>& units);
/// The same unit in spite of other brackets: 各县〔市、区〕政府, 各县（市、区）政府.
std::u32string plain_brackets(std::u32string_view name);

}  // namespace jingwei::reading
