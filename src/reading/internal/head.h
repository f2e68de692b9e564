// What stands before the first measure: title, issuer, number, date, draft or in force.
#pragma once

#include <optional>
#include <vector>

#include "reading/internal/words.h"

namespace jingwei::reading {

struct Head {
  Words title;
  std::vector<Words> other_titles;  ///< headlines of other articles on the page
  bool is_title_guessed = false;    ///< no word such as 方案 or 意见 ends it
  Words issuer;
  Words number;
  Words date;
  std::string day;  ///< 2026-01-21
  DraftForce force = DraftForce::unknown;
  Words force_words;
  std::optional<int> plan_year;  ///< the one year that the title names
};

/// Marks the lines of the head in `taken`: nothing else is read from them.
Head head_of(const Source& source, std::vector<bool>& taken);

}  // namespace jingwei::reading
