// Rows of tables to indicators: names and their units, figures with what they mean, the direction they should take.
#pragma once

#include <vector>

#include "reading/internal/table.h"

namespace jingwei::reading {

struct IndicatorContext {
  std::vector<int> horizon;      ///< years that the text looks to
  std::optional<int> text_year;  ///< of its date
  std::optional<int> plan_year;  ///< the one year of its title
  bool explains_star = false;    ///< 带*的为…自设指标
  bool first_leads = false;
};

/// Adds indicators and doubts to the draft.
void add_indicators(const Source& source, const Table& table, const IndicatorContext& context, Draft& draft);

/// One cell: 3.7, 80以上, 44.5左右, 保持基本稳定, 前50, -, 15（24年数据未出）.
DraftFigure figure_of_cell(std::u32string_view text);

}  // namespace jingwei::reading
