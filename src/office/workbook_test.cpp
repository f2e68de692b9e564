#include "office/workbook.h"

#include <gtest/gtest.h>

#include "base/rejected.h"
#include "office/csv.h"
#include "office/internal/sheet_names.h"
#include "office/internal/xml.h"
#include "office/test_reader.h"
#include "testing/text_cases.h"

namespace jingwei::office {
namespace {

const Timestamp kAt{1'769'000'400'000'000};

Workbook book_of(Sheet sheet) { return {"题目", "node", kAt, {std::move(sheet)}}; }

Cell cell_of_case(const testing::TextCase& one) {
  const std::string& kind = one.block("kind");
  const std::string& input = one.block("input");
  if (kind == "number") return std::stod(input);
  if (kind == "day") return Day{input};
  if (kind == "moment") return Timestamp{std::stoll(input)};
  if (kind == "money") return Money{std::stoll(input)};
  if (kind == "yes") return input == "true";
  if (kind == "nothing") return {};
  return input;
}

TEST(Workbook, every_value_is_a_cell_of_its_kind) {
  for (const auto& one : testing::read_text_cases(JINGWEI_TESTDATA "/cells.test")) {
    const auto parts = parts_of(bytes_of(book_of({"表", {{"列", 0}}, {{cell_of_case(one)}}, {}})));
    const auto cells = cells_of(parts, 1);
    ASSERT_TRUE(cells.contains("A2")) << one.name;
    const auto& seen = cells.at("A2");
    EXPECT_EQ(seen.type + " " + seen.format + " " + seen.value, one.block("expect")) << one.name;
  }
}

TEST(Csv, every_value_is_a_field_that_reads_as_what_it_was) {
  for (const auto& one : testing::read_text_cases(JINGWEI_TESTDATA "/csv.test"))
    EXPECT_EQ(csv_of({"表", {{"列", 0}, {"后", 0}}, {{cell_of_case(one), 1.0}}, {}}), "\xEF\xBB\xBF列,后\r\n" + one.block("expect") + ",1\r\n") << one.name;
}

TEST(Csv, an_empty_table_has_its_head) { EXPECT_EQ(csv_of({"空", {{"单位", 0}, {"=数", 0}}, {}, {}}), "\xEF\xBB\xBF单位,\"'=数\"\r\n"); }

TEST(Workbook, no_value_is_an_empty_cell) {
  const auto cells = cells_of(parts_of(bytes_of(book_of({"表", {{"a", 0}, {"b", 0}}, {{Cell(), 0.0}}, {}}))), 1);
  EXPECT_FALSE(cells.contains("A2"));
  EXPECT_EQ(cells.at("B2").value, "0");
}

TEST(Workbook, what_xml_cannot_carry_is_replaced) {
  using namespace std::string_literals;
  const auto cells = cells_of(parts_of(bytes_of(book_of({"表", {{"a", 0}}, {{"x\x01\x0By\xFF\xED\xA0\x80z\xEF\xBF\xBE\0!"s}, {"one\r\ntwo\rthree"s}}, {}}))), 1);
  EXPECT_TRUE(cells.at("A2").value.starts_with("x\xEF\xBF\xBD\xEF\xBF\xBDy\xEF\xBF\xBD"));
  EXPECT_TRUE(cells.at("A2").value.ends_with("\xEF\xBF\xBD!"));
  EXPECT_EQ(cells.at("A3").value, "one\ntwo\nthree");
}

TEST(Workbook, a_long_text_is_cut_and_says_so) {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += "长";
  const auto cells = cells_of(parts_of(bytes_of(book_of({"表", {{"a", 0}}, {{text}}, {}}))), 1);
  EXPECT_EQ(internal::units_of(cells.at("A2").value), kCellUnitsMax);
  EXPECT_TRUE(cells.at("A2").value.contains("全文 40000 字 / only the beginning of 40000 characters"));
}

TEST(Workbook, an_empty_table_has_its_head) {
  const auto parts = parts_of(bytes_of(book_of({"空", {{"单位", 0}, {"数", 0}}, {}, {}})));
  const auto cells = cells_of(parts, 1);
  EXPECT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells.at("B1").value, "数");
}

TEST(Workbook, the_head_is_frozen_filtered_and_repeated_in_print) {
  const auto parts = parts_of(bytes_of(book_of({"表", {{"名称", 0}, {"宽", 30}}, {{"一二三四五六七八九十", 1.0}}, {}})));
  const auto sheet = parse(parts.at("xl/worksheets/sheet1.xml"));
  EXPECT_EQ(sheet->all("pane").at(0)->attribute("state"), "frozen");
  EXPECT_EQ(sheet->all("autoFilter").at(0)->attribute("ref"), "A1:B2");
  EXPECT_GT(std::stod(sheet->all("col").at(0)->attribute("width")), 20);
  EXPECT_GT(std::stod(sheet->all("col").at(1)->attribute("width")), 29);
  EXPECT_TRUE(parts.at("xl/workbook.xml").contains("_xlnm.Print_Titles"));
}

TEST(Workbook, names_of_sheets_are_mended_and_unique) {
  const auto named = [](std::string name) { return Sheet{std::move(name), {{"a", 0}}, {}, {}}; };
  const std::string longest = "这是一个非常非常长的工作表名称超过了三十一个字符的上限所以要截短";
  const auto names = internal::sheet_names({named("a/b:c?"), named("'引'"), named(""), named("History"), named("A B C"), named(longest), named(longest)});
  EXPECT_EQ(names[0], "a b c");
  EXPECT_EQ(names[1], "引");
  EXPECT_EQ(names[2], "-");
  EXPECT_EQ(names[3], "history-");
  EXPECT_EQ(names[4], "A B C 2");
  EXPECT_EQ(internal::units_of(names[5]), kSheetNameUnitsMax);
  EXPECT_TRUE(names[6].ends_with(" 2"));
  EXPECT_EQ(internal::units_of(names[6]), kSheetNameUnitsMax);
}

Sheet history() {
  Sheet sheet{"历史", {{"期间", 0}, {"数值", 0}, {"路径", 0}}, {{"2024", 1.0, 2.0}, {"2025", Cell(), 3.0}, {"2026", 4.0, 4.0}}, {}};
  sheet.charts.push_back({ChartKind::line, "=1+1", "", 0, {{1, "1F5F7A", Stroke::solid}, {2, "8A8F98", Stroke::dashed}}, "家", 0, 0, ""});
  return sheet;
}

TEST(Workbook, charts_are_native_and_point_at_their_cells) {
  const auto parts = parts_of(bytes_of(book_of(history())));
  ASSERT_TRUE(parts.contains("xl/charts/chart1.xml"));
  const auto chart = parse(parts.at("xl/charts/chart1.xml"));
  ASSERT_EQ(chart->all("ser").size(), 2U);
  EXPECT_EQ(chart->all("ser")[0]->all("val")[0]->all("f")[0]->text, "'历史'!$B$2:$B$4");
  EXPECT_EQ(chart->all("ser")[0]->all("tx")[0]->all("f")[0]->text, "'历史'!$B$1");
  EXPECT_EQ(chart->all("ser")[0]->all("val")[0]->all("pt").size(), 2U) << "a missing value is a gap";
  EXPECT_TRUE(chart->all("chart")[0]->children[0]->all_text().contains("=1+1")) << "a title is never a reference";
  EXPECT_TRUE(chart->all("chart")[0]->children[0]->all("f").empty());
}

TEST(Workbook, a_sheet_of_charts_points_at_another_sheet) {
  Workbook book = book_of(history());
  book.sheets[0].charts.clear();
  Sheet charts{"图", {}, {}, {history().charts[0], history().charts[0]}};
  for (auto& chart : charts.charts) chart.data_sheet = "历史";
  charts.charts[1].first_row = 1;
  charts.charts[1].rows = 2;
  book.sheets.push_back(charts);
  const auto parts = parts_of(bytes_of(book));
  EXPECT_EQ(parse(parts.at("xl/charts/chart2.xml"))->all("cat").at(0)->all("f").at(0)->text, "'历史'!$A$3:$A$4");
}

TEST(Workbook, a_large_table_is_written_row_by_row_and_too_large_ones_are_refused) {
  Sheet sheet{"表", {{"a", 0}, {"b", 0}}, {}, {}};
  sheet.rows.assign(60'000, {"值", 1.5});
  const auto cells = cells_of(parts_of(bytes_of(book_of(sheet))), 1);
  EXPECT_EQ(cells.at("A60001").value, "值");
  EXPECT_EQ(cells.at("B60001").value, "1.5");
  sheet.rows.assign(kCellsMax / 2 + 1, {"值", 1.5});
  EXPECT_THROW(bytes_of(book_of(sheet)), Rejected);
}

TEST(Workbook, equal_workbooks_are_equal_bytes) { EXPECT_EQ(bytes_of(book_of(history())), bytes_of(book_of(history()))); }

TEST(Cells, whole_numbers_keep_every_digit_and_money_its_fen) {
  EXPECT_TRUE(std::holds_alternative<double>(whole_of(9'007'199'254'740'992)));
  EXPECT_EQ(std::get<std::string>(whole_of(9'007'199'254'740'993)), "9007199254740993");
  EXPECT_EQ(text_of(Money{-123'456'789}), "-1,234,567.89");
  EXPECT_EQ(text_of(Money{5}), "0.05");
  EXPECT_EQ(text_of(Cell(12.5)), "12.5");
  EXPECT_EQ(text_of(Cell()), "");
}

}  // namespace
}  // namespace jingwei::office
