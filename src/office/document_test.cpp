#include "office/document.h"

#include <gtest/gtest.h>

#include "base/rejected.h"
#include "office/test_reader.h"

namespace jingwei::office {
namespace {

Sheet history() { return {"历史", {{"期间", 0}, {"数值 <家>", 0}, {"路径", 0}}, {{"2024", 1.0, 2.0}, {"2025 & 后", Cell(), 3.0}, {"2026", 4.0, 4.5}}, {}}; }

Document report() {
  Document document{"2026-Q3 调度报告", "经纬 · 2026-10-20", "node", "zh-CN", {"第 ", " 页，共 ", " 页"}, {1'769'000'400'000'000}, {}};
  document.blocks.push_back(Heading{1, "一、偏离的指标"});
  document.blocks.push_back(Paragraph{"第一行\n第二行 <&> \x02", ParagraphLook::plain});
  document.blocks.push_back(Paragraph{"一条", ParagraphLook::item});
  document.blocks.push_back(Table{{{"指标", 30}, {"数值", 10}}, {{"孵化器", 22.5}, {"=cmd", Cell()}}});
  document.blocks.push_back(Table{{{"空", 10}}, {}});
  Chart chart{ChartKind::line, "孵化器：历史与路径", "22 家，差 3", 0, {{1, "1F5F7A", Stroke::solid}, {2, "8A8F98", Stroke::dashed}}, "家", 0, 0, ""};
  document.blocks.push_back(Figure{history(), chart});
  chart.kind = ChartKind::stacked_bars;
  chart.first_row = 1;
  document.blocks.push_back(Figure{history(), chart});
  return document;
}

TEST(Document, every_part_is_sound_and_every_reference_leads_somewhere) {
  const auto parts = parts_of(bytes_of(report()));
  for (const auto& [name, content] : parts)
    if (!name.ends_with(".xlsx")) {
      EXPECT_NE(parse(content), nullptr) << name;
    }
  const auto types = parse(parts.at("[Content_Types].xml"));
  const auto relations = parse(parts.at("word/_rels/document.xml.rels"));
  const auto body = parse(parts.at("word/document.xml"));
  for (const auto* override : types->all("Override")) EXPECT_TRUE(parts.contains(override->attribute("PartName").substr(1))) << override->attribute("PartName");
  std::map<std::string, std::string> targets;
  for (const auto* relation : relations->all("Relationship")) {
    targets.emplace(relation->attribute("Id"), relation->attribute("Target"));
    EXPECT_TRUE(parts.contains("word/" + relation->attribute("Target"))) << relation->attribute("Target");
  }
  for (const auto* chart : body->all("chart")) EXPECT_TRUE(targets.contains(chart->attribute("id")));
  EXPECT_EQ(parse(parts.at("word/charts/_rels/chart2.xml.rels"))->all("Relationship").at(0)->attribute("Target"), "../embeddings/chart2.xlsx");
}

TEST(Document, headings_are_styles_and_styles_exist) {
  const auto parts = parts_of(bytes_of(report()));
  std::vector<std::string> known;
  const auto styles = parse(parts.at("word/styles.xml"));
  const auto body = parse(parts.at("word/document.xml"));
  for (const auto* style : styles->all("style")) known.push_back(style->attribute("styleId"));
  std::vector<std::string> used;
  for (const auto* style : body->all("pStyle")) used.push_back(style->attribute("val"));
  for (const auto& name : used) EXPECT_NE(std::ranges::find(known, name), known.end()) << name;
  EXPECT_EQ(used.front(), "Title");
  EXPECT_NE(std::ranges::find(used, "Heading1"), used.end());
  EXPECT_NE(std::ranges::find(used, "ListBullet"), used.end());
  EXPECT_TRUE(parts.at("word/styles.xml").contains("宋体") && parts.at("word/styles.xml").contains("黑体"));
}

TEST(Document, the_head_of_a_table_repeats_and_texts_keep_their_lines) {
  const auto body = parse(parts_of(bytes_of(report())).at("word/document.xml"));
  const auto tables = body->all("tbl");
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[0]->all("tblHeader").size(), 1U);
  EXPECT_EQ(tables[0]->all("tr").size(), 3U);
  EXPECT_EQ(tables[0]->all("tr")[1]->all("tc")[1]->all_text(), "22.5");
  EXPECT_EQ(tables[0]->all("tr")[2]->all("tc")[0]->all_text(), "=cmd");
  EXPECT_EQ(tables[1]->all("tr").size(), 1U);
  EXPECT_EQ(body->all("br").size(), 1U);
  EXPECT_TRUE(body->all_text().contains("第二行 <&> \xEF\xBF\xBD"));
  const auto size = body->all("pgSz").at(0);
  EXPECT_EQ(size->attribute("w") + "x" + size->attribute("h"), "11906x16838");
}

TEST(Document, a_chart_carries_its_values_its_gaps_and_its_workbook) {
  const auto parts = parts_of(bytes_of(report()));
  const auto chart = parse(parts.at("word/charts/chart1.xml"));
  const auto series = chart->all("ser");
  ASSERT_EQ(series.size(), 2U);
  EXPECT_EQ(series[0]->all("tx")[0]->all_text(), "Data!$B$1数值 <家>");
  EXPECT_EQ(series[0]->all("val")[0]->all("f")[0]->text, "Data!$B$2:$B$4");
  EXPECT_EQ(series[0]->all("val")[0]->all("pt").size(), 2U);
  EXPECT_EQ(series[0]->all("val")[0]->all("pt")[1]->attribute("idx"), "2");
  EXPECT_EQ(series[1]->all("prstDash")[0]->attribute("val"), "dash");
  EXPECT_EQ(chart->all("dispBlanksAs")[0]->attribute("val"), "gap");
  const auto cells = cells_of(parts_of(parts.at("word/embeddings/chart1.xlsx")), 1);
  EXPECT_EQ(cells.at("A3").value, "2025 & 后");
  EXPECT_FALSE(cells.contains("B3"));
  EXPECT_EQ(cells.at("C4").value, "4.5");
  const auto bars = parse(parts.at("word/charts/chart2.xml"));
  EXPECT_EQ(bars->all("barChart")[0]->all("grouping")[0]->attribute("val"), "stacked");
  EXPECT_EQ(bars->all("ser")[0]->all("val")[0]->all("f")[0]->text, "Data!$B$3:$B$4");
}

TEST(Document, the_foot_counts_pages_in_the_readers_language) {
  Document document = report();
  document.language = "en-US";
  document.page = {"Page ", " of ", ""};
  const auto parts = parts_of(bytes_of(document));
  EXPECT_EQ(parse(parts.at("word/footer1.xml"))->all_text(), "Page  PAGE 1 of  NUMPAGES 1");
  EXPECT_TRUE(parts.at("word/styles.xml").contains("w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\""));
  EXPECT_EQ(parse(parts.at("word/header1.xml"))->all_text(), document.title);
}

TEST(Document, equal_documents_are_equal_bytes_and_endless_ones_are_refused) {
  EXPECT_EQ(bytes_of(report()), bytes_of(report()));
  Document document = report();
  document.blocks.assign(kBlocksMax + 1, Paragraph{"x", ParagraphLook::plain});
  EXPECT_THROW(bytes_of(document), Rejected);
}

}  // namespace
}  // namespace jingwei::office
