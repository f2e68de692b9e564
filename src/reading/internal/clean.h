// From the text as given to lines: without what editors, printers and converters leave behind.
#pragma once

#include <string>

#include "reading/internal/words.h"

namespace jingwei::reading {

/// `text` is the source as code points. Dropped: [bookmark: …], tags, Markdown marks, white space between Chinese, page numbers,
/// tables of contents. A headline printed twice (发挥发挥优势优势) is there once.
Source clean(const std::u32string& text);

}  // namespace jingwei::reading
