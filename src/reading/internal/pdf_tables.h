// Tables of a PDF, which knows words and strokes but no tables. Where strokes cross, as they do around nearly every table of an
// official text, they make a grid; words lie in its cells, and cells without a stroke between them are one.
//
// Places are in points from the top left corner of the page, as `pdftotext -bbox-layout` and `pdftocairo -svg` give them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jingwei::reading {

struct PdfWord {
  double left = 0, top = 0, right = 0, bottom = 0;
  std::string text;
};

/// Words in the order in which the page is read, by lines and blocks.
struct PdfPage {
  std::vector<std::vector<std::vector<PdfWord>>> blocks;
};

/// A stroke along one of the axes; `at` on the other.
struct Stroke {
  bool upright = false;
  double at = 0;
  double from = 0, to = 0;
};

/// What `pdftotext -bbox-layout` says; nothing when it cannot be read.
std::vector<PdfPage> pages_of(std::string_view boxes);
/// Whether lines of it stand beside each other, as cells do: others need not be drawn.
bool may_have_table(const PdfPage& page);
/// The strokes of a page that `pdftocairo -svg` drew.
std::vector<Stroke> strokes_of(std::string_view drawing);
/// The page's text, each row of a table a line with tabs between its cells, empty where a cell is one with that above or beside it.
/// Nothing when the strokes make no table with words in it.
std::string text_with_tables(const PdfPage& page, const std::vector<Stroke>& strokes);

}  // namespace jingwei::reading
