// Lines to paragraphs: what page breaks, blank lines and narrow columns cut is joined again.
#pragma once

#include <vector>

#include "reading/internal/numbering.h"
#include "reading/internal/words.h"

namespace jingwei::reading {

struct Paragraph {
  Words words;
  Numbering numbering;
  int hashes = 0;
  bool is_heading = false;  ///< a title of what follows; no sentence
  Words goes_on_under;      ///< joined with a piece that stands elsewhere on the page, below this heading; to be looked at
};

/// `taken` marks the lines that tables and the head of the document hold; they are left out.
std::vector<Paragraph> paragraphs_of(const Source& source, const std::vector<bool>& taken);

/// 责任单位：, 牵头单位：, （配合单位：, 【责任部门】
bool begins_with_unit_label(std::u32string_view text);

}  // namespace jingwei::reading
