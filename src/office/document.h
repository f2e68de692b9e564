// Documents as the bytes of a .docx file (ECMA-376, WordprocessingML): headings as styles, tables whose head repeats on every page,
// charts that word processors draw and restyle (DrawingML, each with its workbook inside), A4, page numbers, Chinese fonts by name.
// Written here because Debian has no library that writes .docx; libzip packs it. Knows no domain and no words of one.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "office/workbook.h"

namespace jingwei::office {

constexpr std::size_t kBlocksMax = 20'000;
constexpr std::size_t kChartsMax = 300;  ///< of a document
constexpr std::string_view kDocxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

struct Heading {
  int level = 1;  ///< 1 to 3
  std::string text;
};
enum class ParagraphLook { plain, quiet, item };  ///< item: of a list
struct Paragraph {
  std::string text;
  ParagraphLook look = ParagraphLook::plain;
};
/// Column::width is a share of the page's width; 0 counts as 10.
struct Table {
  std::vector<Column> columns;
  std::vector<Row> rows;
};
/// `chart` points into the columns and rows of `data`; its about is the alternative text, its title the caption below.
struct Figure {
  Sheet data;
  Chart chart;
};
using Block = std::variant<Heading, Paragraph, Table, Figure>;

/// What stands around the page number: "第 ", " 页，共 ", " 页".
struct PageWords {
  std::string before;
  std::string between;
  std::string after;
};

struct Document {
  std::string title;
  std::string subtitle;
  std::string author;
  std::string language;  ///< "zh-CN" or "en-US": of spelling and of the fonts' choice
  PageWords page;
  Timestamp made_at;
  std::vector<Block> blocks;
};

/// Throws Rejected{too_large} over the limits.
std::string bytes_of(const Document& document);

}  // namespace jingwei::office
