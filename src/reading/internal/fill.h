// From what the stages found to the draft: words become text with ranges, and what is not sure becomes a doubt.
#pragma once

#include <vector>

#include "reading/internal/head.h"
#include "reading/internal/outline.h"

namespace jingwei::reading {

void fill_head(const Source& source, const Head& head, Draft& draft);
/// Years that the text looks to: 到2027年.
void fill_horizon(const Source& source, const std::vector<Words>& texts, Draft& draft);
void fill_measures(const Source& source, const Outline& outline, const UnitRules& rules, Draft& draft);
void fill_promises(const Source& source, const Outline& outline, std::optional<int> plan_year, Draft& draft);
/// Doubts about the text as a whole: no title, no measure, no unit, numbers that are missing.
void note_whole(const Source& source, const Head& head, const Outline& outline, Draft& draft);

/// 备注：带*的为嘉兴市自设指标。
bool explains_star(const Line& line);

}  // namespace jingwei::reading
