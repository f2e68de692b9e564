// See internal/fixed_parts.h. 宋体 and 黑体 are the fonts of official papers; fontTable.xml names what stands in where they are missing.
#include "office/internal/fixed_parts.h"

#include <fmt/format.h>

#include "office/internal/xml.h"

namespace jingwei::office::internal {
namespace {

constexpr std::string_view kBody = R"(<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="宋体"/>)";
constexpr std::string_view kHead = R"(<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="黑体"/>)";
constexpr std::string_view kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string heading_style(int level, int half_points, int before) {
  return fmt::format(
      R"(<w:style w:type="paragraph" w:styleId="Heading{0}"><w:name w:val="heading {0}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>)"
      R"(<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="{1}" w:after="80"/><w:outlineLvl w:val="{2}"/></w:pPr><w:rPr>{3}<w:b/><w:bCs/><w:color w:val="1F5F7A"/>)"
      R"(<w:sz w:val="{4}"/><w:szCs w:val="{4}"/></w:rPr></w:style>)",
      level, before, level - 1, kHead, half_points);
}

std::string paragraph_style(std::string_view id, std::string_view name, std::string_view paragraph, std::string_view run) {
  return fmt::format(R"(<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{}</w:pPr><w:rPr>{}</w:rPr>)"
  R"(</w:style>)", id, name,
                     paragraph, run);
}

std::string table_style() {
  std::string borders;
  for (const auto* side : {"top", "left", "bottom", "right", "insideH", "insideV"}) borders += fmt::format(R"(<w:{} w:val="single" w:sz="4" w:space="0" w:color="A8A498"/>)", side);
  return R"(<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>)"
         R"(<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>)"
         R"(<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>)"
         R"(<w:style w:type="table" w:styleId="Ledger"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:pPr>)"
         R"(<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>)"
         R"(<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr><w:tblPr><w:tblBorders>)" +
         borders +
         R"(</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>)"
         R"(</w:tblCellMar></w:tblPr>)"
         R"(<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E8E4D8"/></w:tcPr></w:tblStylePr></w:style>)";
}

std::string field(std::string_view name) {
  return fmt::format(R"(<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r><w:r>)"
  R"(<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>)",
                     name);
}

std::string run(std::string_view text) { return fmt::format(R"(<w:r><w:t xml:space="preserve">{}</w:t></w:r>)", escaped(text)); }

}  // namespace

std::string styles_part(const Document& document) {
  const bool english = document.language.starts_with("en");
  return fmt::format(
             R"({}<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>)"
             R"(</w:rPr></w:rPrDefault>)"
             R"(<w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>)",
             kXmlHead, kWordNames, kBody, english ? document.language : "en-US") +
         R"(<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>)" +
         heading_style(1, 30, 320) + heading_style(2, 25, 220) + heading_style(3, 22, 160) +
         paragraph_style("Title", "Title", R"(<w:spacing w:before="120" w:after="80"/><w:jc w:val="center"/>)", fmt::format(R"({}<w:b/><w:bCs/><w:sz w:val="40"/>)"
         R"(<w:szCs w:val="40"/>)", kHead)) +
         paragraph_style("Subtitle", "Subtitle", R"(<w:spacing w:after="240"/><w:jc w:val="center"/>)", R"(<w:color w:val="56606B"/>)") +
         paragraph_style("Quiet", "Quiet Text", "", R"(<w:color w:val="56606B"/><w:sz w:val="20"/><w:szCs w:val="20"/>)") +
         paragraph_style("Caption", "caption", R"(<w:keepLines/><w:spacing w:after="200"/><w:jc w:val="center"/>)", R"(<w:color w:val="56606B"/><w:sz w:val="18"/>)"
         R"(<w:szCs w:val="18"/>)") +
         paragraph_style("FigurePlace", "Figure", R"(<w:keepNext/><w:spacing w:before="80" w:after="40"/><w:jc w:val="center"/>)", "") +
         paragraph_style("ListBullet", "List Bullet", R"(<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>)", "") +
         paragraph_style("Header", "header", R"(<w:jc w:val="right"/>)", R"(<w:color w:val="56606B"/><w:sz w:val="18"/><w:szCs w:val="18"/>)") +
         paragraph_style("Footer", "footer", R"(<w:jc w:val="center"/>)", R"(<w:color w:val="56606B"/><w:sz w:val="18"/><w:szCs w:val="18"/>)") + table_style() + "</w:styles>";
}

std::string fonts_part() {
  const auto font = [](std::string_view name, std::string_view others, std::string_view family) {
    return fmt::format(R"(<w:font w:name="{}"><w:altName w:val="{}"/><w:charset w:val="86"/><w:family w:val="{}"/><w:pitch w:val="variable"/></w:font>)", name, others, family);
  };
  return fmt::format("{}<w:fonts {}>", kXmlHead, kWordNames) + font("宋体", "SimSun,Songti SC,Noto Serif CJK SC", "roman") + font("黑体", "SimHei,Heiti SC,Noto Sans CJK SC", "swiss") +
         R"(<w:font w:name="Times New Roman"><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font><w:font w:name="Arial"><w:family w:val="swiss"/>)"
         R"(<w:pitch w:val="variable"/></w:font></w:fonts>)";
}

std::string lists_part() {
  return fmt::format("{}<w:numbering {}>", kXmlHead, kWordNames) +
         R"(<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>)"
         R"(<w:lvlText w:val="•"/><w:lvlJc w:val="left"/>)"
         R"(<w:pPr><w:ind w:left="420" w:hanging="280"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>)";
}

std::string settings_part(const Document& document) {
  return fmt::format(
      R"({}<w:settings {}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/>)"
      R"(<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>)"
      R"(<w:themeFontLang w:val="{}" w:eastAsia="zh-CN"/></w:settings>)",
      kXmlHead, kWordNames, document.language.starts_with("en") ? document.language : "en-US");
}

std::string header_part(const Document& document) {
  return fmt::format(R"({}<w:hdr {}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{}</w:p></w:hdr>)", kXmlHead, kWordNames, run(document.title));
}

std::string footer_part(const Document& document) {
  return fmt::format(R"({}<w:ftr {}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{}{}{}{}{}</w:p></w:ftr>)", kXmlHead, kWordNames, run(document.page.before), field("PAGE"),
                     run(document.page.between), field("NUMPAGES"), run(document.page.after));
}

std::string properties_part(const Document& document) {
  const std::string at = to_rfc3339(document.made_at).substr(0, 19) + "Z";
  return fmt::format(
      R"({}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties")"
      R"( xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/")"
      R"( xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">)"
      R"(<dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator><dc:language>{}</dc:language>)"
      R"(<dcterms:created xsi:type="dcterms:W3CDTF">{}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{}</dcterms:modified></cp:coreProperties>)",
      kXmlHead, escaped(document.title), escaped(document.subtitle), escaped(document.author), escaped(document.language), at, at);
}

std::string types_part(std::size_t charts) {
  constexpr std::string_view kWordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
  std::string types = fmt::format(
      R"({}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
      R"(<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
      R"(<Default Extension="xml" ContentType="application/xml"/><Default Extension="xlsx" ContentType="{}"/>)"
      R"(<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>)",
      kXmlHead, kXlsxType);
  constexpr std::pair<const char*, const char*> kParts[] = {{"document", "document.main"}, {"styles", "styles"}, {"numbering", "numbering"}, {"settings", "settings"},
                                                            {"fontTable", "fontTable"},    {"header1", "header"}, {"footer1", "footer"}};
  for (const auto& [name, type] : kParts) types += fmt::format(R"(<Override PartName="/word/{}.xml" ContentType="{}{}+xml"/>)", name, kWordType, type);
  for (std::size_t chart = 1; chart <= charts; ++chart)
    types += fmt::format(R"(<Override PartName="/word/charts/chart{}.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>)", chart);
  return types + "</Types>";
}

std::string package_relations() {
  return fmt::format(
      R"({}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{}/officeDocument" Target="word/document.xml"/>)"
      R"(<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>)",
      kXmlHead, kRelations);
}

std::string document_relations(std::size_t charts) {
  std::string relations = fmt::format(R"({}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)", kXmlHead);
  for (const auto* name : {"styles", "numbering", "settings", "fontTable"}) relations += fmt::format(R"(<Relationship Id="{0}" Type="{1}/{0}" Target="{0}.xml"/>)", name, kRelations);
  for (const auto* name : {"header", "footer"}) relations += fmt::format(R"(<Relationship Id="{0}" Type="{1}/{0}" Target="{0}1.xml"/>)", name, kRelations);
  for (std::size_t chart = 1; chart <= charts; ++chart) relations += fmt::format(R"(<Relationship Id="chart{0}" Type="{1}/chart" Target="charts/chart{0}.xml"/>)", chart, kRelations);
  return relations + "</Relationships>";
}

}  // namespace jingwei::office::internal
