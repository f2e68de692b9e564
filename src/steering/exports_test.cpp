// What leaves the house as files; which cell and which part is written where is tested in src/office.
#include "steering/exports.h"

#include <sstream>

#include "base/text.h"
#include "steering/internal/test_world.h"
#include "testing/text_cases.h"

namespace jingwei::steering {
namespace {

using testing::World;

std::vector<std::vector<std::string>> lines_of(const std::string& block) {
  std::vector<std::vector<std::string>> lines;
  for (const auto line : split(block, '\n')) {
    std::istringstream in{std::string(line)};
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    lines.push_back(std::move(words));
  }
  return lines;
}

std::optional<double> number_of(const std::string& word) { return word == "-" ? std::nullopt : std::optional(std::stod(word)); }

IndicatorPage page_of(const jingwei::testing::TextCase& one) {
  const auto words = lines_of(one.block("indicator"))[0];
  IndicatorPage page;
  page.code = words[0];
  page.frequency = enum_from_name<Frequency>(words[1]).value();
  page.unit = words[2];
  page.name = words[3];
  page.as_of = "2026-04-25";
  if (one.has("baseline")) {
    const auto baseline = lines_of(one.block("baseline"))[0];
    page.course.baseline = IndicatorBaseline{std::stoll(baseline[0]), number_of(baseline[1]), baseline[2]};
  }
  for (const auto& line : lines_of(one.block("points"))) {
    IndicatorPoint point;
    point.period = line[0];
    point.value = number_of(line[1]);
    point.overdue = line[2] == "overdue";
    page.points.push_back(point);
  }
  return page;
}

TEST(Sdmx, observations_follow_the_field_guide) {
  for (const auto& one : jingwei::testing::read_text_cases(JINGWEI_TESTDATA "/sdmx.test")) {
    std::string expected = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,TITLE,COMMENT_OBS,FICTIONAL\r\n";
    for (const auto line : split(one.block("expect"), '\n')) expected += "dataflow,JINGWEI_330400:INDICATORS(1.0.0),I," + std::string(line) + "\r\n";
    EXPECT_EQ(sdmx_csv({page_of(one)}, "330400"), expected) << one.name;
  }
}

class ExportsTest : public ::testing::TestWithParam<jingwei::testing::Store> {
 protected:
  World world{GetParam()};
  ExportFrame frame(const std::string& day, identity::Language language = identity::Language::zh) { return {language, {"经纬 · 示例", "Jingwei example"}, day, "", {1'769'000'400'000'000}}; }

  std::string task(TaskKind kind, const std::string& title, TaskStatus status, const std::string& reason) {
    TaskContent content;
    content.kind = kind;
    content.year = 2026;
    content.title = title;
    content.duties = {{"市科技局", DutyRole::lead, "2026-01-01", std::nullopt}, {"市经信局", DutyRole::co, "2026-01-01", std::nullopt}};
    content.due_on = "2026-06-30";
    content.status = status;
    content.status_reason = reason;
    return world.run([&](store::Transaction& tx) { return world.steering.add_task(tx, world.office, content); });
  }
  /// Two missed quarters, a late task, a review on 2026-07-15.
  std::string review() {
    const std::string id = world.define(World::content());
    world.on("2026-04-10");
    world.report_and_approve(id, "2026-Q1", 21);
    task(TaskKind::project, "示例项目", TaskStatus::slipped, "=HYPERLINK(\"x\")");
    world.on("2026-07-10");
    world.report_and_approve(id, "2026-Q2", 22);
    world.on("2026-07-15");
    ReviewContent content{"2026-Q2", "2026-07-15", {{"孵化器未达路径", id, "2026-07-15"}}, {{"一周内报补救办法", "市科技局", "2026-07-31", std::nullopt}}};
    const std::string opened = world.run([&](store::Transaction& tx) { return world.steering.open_review(tx, world.office, content); });
    world.run([&](store::Transaction& tx) {
      world.steering.change_review(tx, world.office, opened, 1, content);
      return true;
    });
    return opened;
  }
  static std::string text_of(const office::Block& block) {
    if (const auto* heading = std::get_if<office::Heading>(&block)) return "# " + heading->text;
    if (const auto* paragraph = std::get_if<office::Paragraph>(&block)) return paragraph->text;
    if (const auto* table = std::get_if<office::Table>(&block)) {
      std::string text;
      for (const auto& row : table->rows)
        for (const auto& cell : row) text += office::text_of(cell) + "|";
      return text;
    }
    return "chart " + std::get<office::Figure>(block).chart.title;
  }
};
JINGWEI_ON_BOTH_STORES(ExportsTest);

TEST_P(ExportsTest, living_tables_are_a_sheet_each) {
  task(TaskKind::project, "示例项目", TaskStatus::running, "已开工");
  task(TaskKind::reform, "示例改革", TaskStatus::planned, "");
  world.define(World::content());
  const auto tasks = world.steering.tasks(world.connection(), world.office, {}, world.today());
  const auto indicators = world.steering.indicators(world.connection(), world.office, world.today(), world.today());
  const auto book = tasks_workbook(frame(world.today()), tasks, indicators, std::nullopt);
  std::vector<std::string> names;
  for (const auto& sheet : book.sheets) names.push_back(sheet.name + " " + std::to_string(sheet.rows.size()));
  EXPECT_EQ(names, (std::vector<std::string>{"重点指标进度表 1", "重大项目实施表 1", "重大改革攻坚表 1", "年度任务分解表 0", "调度决定 0", "说明 5"}));
  EXPECT_EQ(book.sheets[1].rows[0][8], office::Cell(office::Day{"2026-06-30"}));
  EXPECT_EQ(book.sheets[1].rows[0][6], office::Cell(std::string("市经信局")));
  EXPECT_EQ(book.sheets[0].rows[0][14], office::Cell()) << "no figure is an empty cell";
  const auto alone = tasks_workbook(frame(world.today(), identity::Language::en), tasks, indicators, TaskKind::reform);
  EXPECT_EQ(alone.sheets[0].name, "Major reforms");
  EXPECT_EQ(alone.sheets.size(), 2u);
  const auto all = all_tasks_workbook(frame(world.today()), tasks).sheets.front();
  ASSERT_EQ(all.rows.size(), tasks.size());
  for (std::size_t i = 0; i < tasks.size(); ++i) EXPECT_EQ(all.rows[i][1], office::Cell(std::string(tasks[i].kind == TaskKind::project ? "重大项目" : "重大改革"))) << "one table says of which kind each is";
  EXPECT_FALSE(office::bytes_of(book).empty());
}

TEST_P(ExportsTest, a_review_is_reported_as_of_its_day_with_a_chart_for_every_indicator) {
  const std::string id = review();
  world.on("2026-10-10");
  const auto indicators = world.steering.indicators(world.connection(), world.office, world.today(), world.today());
  world.report_and_approve(indicators[0].id, "2026-Q3", 60);
  const auto report = world.steering.review_report(world.connection(), world.auditor, id);
  const auto document = review_document(frame(report.page.held_on), report);
  std::string text;
  std::size_t charts = 0;
  for (const auto& block : document.blocks) {
    text += text_of(block) + "\n";
    charts += std::holds_alternative<office::Figure>(block) ? 1 : 0;
  }
  EXPECT_EQ(charts, 1u);
  EXPECT_NE(text.find("# 一、需要关注的指标\n省级以上孵化器|偏离|市科技局|"), std::string::npos) << text;
  EXPECT_NE(text.find("示例项目|滞后|市科技局、市经信局|"), std::string::npos) << text;
  EXPECT_NE(text.find("2026-07-15|省级以上孵化器|孵化器未达路径|"), std::string::npos) << text;
  EXPECT_NE(text.find("一周内报补救办法|市科技局|2026-07-31|未开始"), std::string::npos) << text;
  EXPECT_EQ(text.find("60"), std::string::npos) << "what came later is not in it";
  EXPECT_FALSE(office::bytes_of(document).empty());
  const auto english = review_document(frame(report.page.held_on, identity::Language::en), report);
  EXPECT_EQ(english.title, "Quarterly review 2026-Q2");
  EXPECT_EQ(english.language, "en-US");
}

TEST_P(ExportsTest, the_workbook_of_a_review_draws_each_indicator_from_its_own_rows) {
  const std::string id = review();
  const auto report = world.steering.review_report(world.connection(), world.office, id);
  const auto book = review_workbook(frame("2026-07-15"), report);
  const auto charts = std::ranges::find(book.sheets, "图", &office::Sheet::name);
  ASSERT_NE(charts, book.sheets.end());
  ASSERT_EQ(charts->charts.size(), 1u);
  EXPECT_EQ(charts->charts[0].data_sheet, "指标各期");
  const auto history = std::ranges::find(book.sheets, "指标各期", &office::Sheet::name);
  EXPECT_EQ(history->rows.size(), charts->charts[0].rows);
  EXPECT_EQ(history->rows[1][2], office::Cell(std::string("2026-Q1")));
  EXPECT_EQ(history->rows[1][4], office::Cell(21.0));
  EXPECT_FALSE(office::bytes_of(book).empty());
}

TEST_P(ExportsTest, what_visitors_may_not_see_is_in_no_file_of_theirs) {
  auto hidden = World::content("A02");
  hidden.is_public = false;
  world.define(hidden);
  const std::string id = world.define(World::content("A01"));
  world.on("2026-04-10");
  world.report_and_approve(id, "2026-Q1", 21);
  world.act(world.science, id, "2026-Q2", std::nullopt, World::report(33));
  const auto histories = world.steering.histories(world.connection(), identity::Actor{}, world.today(), world.today());
  ASSERT_EQ(histories.size(), 1u);
  EXPECT_TRUE(histories[0].duties.empty());
  const std::string csv = sdmx_csv(histories, "330400");
  EXPECT_NE(csv.find(",Q,330400,A01,2026-Q1,21,A,"), std::string::npos) << csv;
  EXPECT_EQ(csv.find("33,"), std::string::npos) << "what is not approved stays inside";
  EXPECT_THROW(world.steering.review_report(world.connection(), identity::Actor{}, "review_x"), Rejected);
}

TEST_P(ExportsTest, the_cockpit_counts_as_its_page_does) {
  review();
  const auto tasks = world.steering.tasks(world.connection(), world.office, {}, world.today());
  const auto indicators = world.steering.indicators(world.connection(), world.office, world.today(), world.today());
  const auto book = cockpit_workbook(frame(world.today()), indicators, tasks, std::nullopt);
  ASSERT_EQ(book.sheets.size(), 6u);
  EXPECT_EQ(book.sheets[0].rows[0], (office::Row{std::string("偏离"), 1.0}));
  EXPECT_EQ(book.sheets[2].rows[0][0], office::Cell(std::string("市科技局")));
  EXPECT_EQ(book.sheets[4].rows.size(), 1u) << "the slipped project; the decision is not late";
  EXPECT_EQ(cockpit_workbook(frame(world.today()), indicators, tasks, CockpitPicture::unit).sheets.size(), 2u);
}

}  // namespace
}  // namespace jingwei::steering
