// Grids of strokes, words in their cells, and what stands outside them: a table of small pages.
#include "reading/internal/pdf_tables.h"

#include <gtest/gtest.h>

#include <sstream>

#include "base/text.h"
#include "testing/text_cases.h"

namespace jingwei::reading {
namespace {

/// "x y text" a word 10 points high, "-- " a new block, everything else of a line one line.
PdfPage page_of(const std::string& block) {
  PdfPage page;
  page.blocks.emplace_back();
  std::istringstream in(block);
  for (std::string line; std::getline(in, line);) {
    if (line == "block") {
      page.blocks.emplace_back();
      continue;
    }
    page.blocks.back().emplace_back();
    for (const auto word : split(line, ';')) {
      std::istringstream parts{std::string(word)};
      PdfWord one;
      std::getline(parts >> one.left >> one.top >> std::ws, one.text);
      one.right = one.left + 10;
      one.bottom = one.top + 10;
      page.blocks.back().back().push_back(one);
    }
  }
  return page;
}

/// "| at from to" upright, "- at from to" level.
std::vector<Stroke> strokes(const std::string& block) {
  std::vector<Stroke> all;
  std::istringstream in(block);
  char way = 0;
  for (Stroke one; in >> way >> one.at >> one.from >> one.to;) {
    one.upright = way == '|';
    all.push_back(one);
  }
  return all;
}

TEST(PdfTables, WordsInCellsAsTheTableSays) {
  for (const auto& text_case : testing::read_text_cases(std::string(JINGWEI_TESTDATA) + "/pdf_tables.test")) {
    std::string text = text_with_tables(page_of(text_case.block("page")), strokes(text_case.block("strokes")));
    while (text.ends_with('\n')) text.pop_back();
    std::string shown;
    for (const char c : text) shown += c == '\t' ? std::string("→") : std::string(1, c);
    EXPECT_EQ(shown, text_case.block("expect")) << text_case.name;
  }
}

TEST(PdfTables, StrokesOfADrawing) {
  const auto found = strokes_of(R"svg(<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<defs><symbol id="g"><path style="stroke:none;fill:rgb(0%,0%,0%);" d="M 0 0 L 100 0 L 100 1 L 0 1 Z "/></symbol></defs>
<path style=" stroke:none;fill-rule:nonzero;fill:rgb(0%,0%,0%);" d="M 10 20 L 110 20 L 110 20.75 L 10 20.75 Z M 10 20 "/>
<path style=" stroke:none;fill:rgb(90%,90%,90%);" d="M 10 20 L 110 20 L 110 60 L 10 60 Z M 10 20 "/>
<path style=" stroke:none;fill:rgb(100%,100%,100%);" d="M 10 70 L 110 70 L 110 71 L 10 71 Z M 10 70 "/>
<g transform="matrix(1,0,0,1,5,0)"><path style="fill:none;stroke-width:1;stroke:rgb(0%,0%,0%);" d="M 10 20 L 10 120 " transform="matrix(1,0,0,-1,0,200)"/></g>
<path style="fill:none;stroke:rgb(0%,0%,0%);" d="M 0 0 C 10 0 20 0 30 0 "/>
<path style="fill:none;stroke:rgb(0%,0%,0%);" d="M 0 0 L 50 50 "/>
</svg>)svg");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_FALSE(found[0].upright);
  EXPECT_NEAR(found[0].at, 20.375, 1e-9);
  EXPECT_EQ(found[0].from, 10);
  EXPECT_EQ(found[0].to, 110);
  EXPECT_TRUE(found[1].upright);
  EXPECT_EQ(found[1].at, 15);
  EXPECT_EQ(found[1].from, 80);
  EXPECT_EQ(found[1].to, 180);
}

TEST(PdfTables, WhatIsNoDrawingHasNothing) {
  EXPECT_TRUE(strokes_of("").empty());
  EXPECT_TRUE(strokes_of("<svg><path style='stroke:rgb(0%,0%,0%)' d='M nan inf L'/>").empty());
  EXPECT_TRUE(pages_of("<doc><page>").empty());
  EXPECT_TRUE(pages_of("<!DOCTYPE a [<!ENTITY b 'ccc'>]><doc><page/></doc>").empty());
}

}  // namespace
}  // namespace jingwei::reading
