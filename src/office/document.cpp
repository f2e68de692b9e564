// The body of a .docx and its parts together, see document.h.
#include "office/document.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/rejected.h"
#include "base/text.h"
#include "office/internal/chart_part.h"
#include "office/internal/fixed_parts.h"
#include "office/internal/packed.h"
#include "office/internal/xml.h"

namespace jingwei::office {
namespace {

using internal::escaped;

// A4, in twentieths of a point; margins of 2.2 cm leave the width of the text.
constexpr int kPageWidth = 11'906;
constexpr int kPageHeight = 16'838;
constexpr int kMargin = 1'247;
constexpr int kTextWidth = kPageWidth - 2 * kMargin;
// Charts in English Metric Units (360,000 a centimetre): 16.4 by 7 cm.
constexpr int kChartWidth = 5'904'000;
constexpr int kChartHeight = 2'520'000;

/// Lines of a text as one run with breaks.
std::string run(std::string_view text) {
  std::string out = "<w:r>";
  const std::string whole = internal::clean(text);
  bool first = true;
  for (const auto line : split(whole, '\n')) {
    if (!first) out += "<w:br/>";
    out += fmt::format(R"(<w:t xml:space="preserve">{}</w:t>)", escaped(line));
    first = false;
  }
  return out + "</w:r>";
}

std::string paragraph(std::string_view style, std::string_view text) {
  const std::string look = style.empty() ? "" : fmt::format(R"(<w:pPr><w:pStyle w:val="{}"/></w:pPr>)", style);
  return "<w:p>" + look + (text.empty() ? "" : run(text)) + "</w:p>";
}

bool is_numeric(const Cell& cell) { return std::holds_alternative<double>(cell) || std::holds_alternative<Money>(cell); }

std::string table_cell(int width, const std::string& text, bool right) {
  return fmt::format(R"(<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr><w:p>{}{}</w:p></w:tc>)", width, right ? R"(<w:pPr><w:jc w:val="right"/>)"
  R"(</w:pPr>)" : "", text.empty() ? "" : run(text));
}

std::vector<int> widths_of(const Table& table) {
  constexpr double kShare = 10;
  const auto share = [](const Column& column) { return column.width > 0 ? column.width : kShare; };
  double all = 0;
  for (const auto& column : table.columns) all += share(column);
  std::vector<int> widths;
  for (const auto& column : table.columns) widths.push_back(static_cast<int>(kTextWidth * share(column) / all));
  return widths;
}

class Body {
 public:
  void operator()(const Heading& heading) { xml_ += paragraph(fmt::format("Heading{}", std::clamp(heading.level, 1, 3)), heading.text); }

  void operator()(const Paragraph& block) {
    xml_ += paragraph(block.look == ParagraphLook::quiet ? "Quiet" : block.look == ParagraphLook::item ? "ListBullet" : "", block.text);
  }

  void operator()(const Table& table) {
    const auto widths = widths_of(table);
    xml_ += fmt::format(R"(<w:tbl><w:tblPr><w:tblStyle w:val="Ledger"/><w:tblW w:w="{}" w:type="dxa"/><w:tblLayout w:type="fixed"/>)"
    R"(<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>)",
                        kTextWidth);
    for (const int width : widths) xml_ += fmt::format(R"(<w:gridCol w:w="{}"/>)", width);
    xml_ += R"(</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>)";
    for (std::size_t i = 0; i < widths.size(); ++i) xml_ += table_cell(widths[i], table.columns[i].title, false);
    xml_ += "</w:tr>";
    for (const auto& row : table.rows) {
      CHECK(row.size() == widths.size());
      xml_ += R"(<w:tr><w:trPr><w:cantSplit/></w:trPr>)";
      for (std::size_t i = 0; i < widths.size(); ++i) xml_ += table_cell(widths[i], text_of(row[i]), is_numeric(row[i]));
      xml_ += "</w:tr>";
    }
    xml_ += "</w:tbl>" + paragraph("", "");
  }

  void operator()(const Figure& figure) {
    ++charts_;
    const std::string& about = figure.chart.about.empty() ? figure.chart.title : figure.chart.about;
    xml_ += fmt::format(
        R"(<w:p><w:pPr><w:pStyle w:val="FigurePlace"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{}" cy="{}"/>)"
        R"(<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{}" name="Chart {}" descr="{}"/><wp:cNvGraphicFramePr/>)"
        R"(<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">)"
        R"(<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="chart{}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>)",
        kChartWidth, kChartHeight, charts_, charts_, escaped(about), charts_);
    xml_ += paragraph("Caption", figure.chart.title);
  }

  std::string take() { return std::move(xml_); }

 private:
  std::string xml_;
  int charts_ = 0;
};

std::string document_part(const Document& document) {
  Body body;
  for (const auto& block : document.blocks) std::visit(body, block);
  return fmt::format(
      R"({}<w:document {} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:body>{}{}{})"
      R"(<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/><w:pgSz w:w="{}" w:h="{}"/>)"
      R"(<w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="680" w:footer="680" w:gutter="0"/></w:sectPr></w:body></w:document>)",
      internal::kXmlHead, internal::kWordNames, paragraph("Title", document.title), document.subtitle.empty() ? "" : paragraph("Subtitle", document.subtitle), body.take(),
      kPageWidth, kPageHeight, kMargin, kMargin, kMargin, kMargin);
}

}  // namespace

std::string bytes_of(const Document& document) {
  std::vector<const Figure*> figures;
  for (const auto& block : document.blocks)
    if (const auto* figure = std::get_if<Figure>(&block)) figures.push_back(figure);
  if (document.blocks.size() > kBlocksMax || figures.size() > kChartsMax)
    throw Rejected(Code::too_large, "", {fmt::format("文档有 {} 段、{} 张图，太长了", document.blocks.size(), figures.size()),
                                         fmt::format("The document has {} parts and {} charts: too long", document.blocks.size(), figures.size())},
                   {"请改用表格下载", "Download the tables instead"});
  std::vector<internal::Part> parts = {{"[Content_Types].xml", internal::types_part(figures.size())},
                                       {"_rels/.rels", internal::package_relations()},
                                       {"docProps/core.xml", internal::properties_part(document)},
                                       {"word/document.xml", document_part(document)},
                                       {"word/_rels/document.xml.rels", internal::document_relations(figures.size())},
                                       {"word/styles.xml", internal::styles_part(document)},
                                       {"word/numbering.xml", internal::lists_part()},
                                       {"word/settings.xml", internal::settings_part(document)},
                                       {"word/fontTable.xml", internal::fonts_part()},
                                       {"word/header1.xml", internal::header_part(document)},
                                       {"word/footer1.xml", internal::footer_part(document)}};
  for (std::size_t i = 0; i < figures.size(); ++i) {
    parts.push_back({fmt::format("word/charts/chart{}.xml", i + 1), internal::chart_part(*figures[i], document.language)});
    parts.push_back({fmt::format("word/charts/_rels/chart{}.xml.rels", i + 1), internal::chart_relations(i + 1)});
    parts.push_back({fmt::format("word/embeddings/chart{}.xlsx", i + 1), internal::embedded_workbook(*figures[i], document)});
  }
  return internal::packed(parts, document.made_at);
}

}  // namespace jingwei::office
