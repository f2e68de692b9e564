#include "policy/appraisal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "policy/internal/appraising.h"
#include "policy/test_book.h"
#include "testing/text_cases.h"

namespace jingwei::policy {
namespace {

using testing::read_text_cases;

std::string testdata(const std::string& file) { return std::string(JINGWEI_TESTDATA) + "/" + file; }

constexpr const char* kClassHead = R"(  - id: one
    title: {zh: 一, en: One}
    about: {zh: 一, en: One}
    kinds: [testing]
    criteria:
)";

std::string scheme_text(const std::string& fact, const std::string& classes) {
  return R"(id: sample
title: {zh: 例, en: Sample}
about: {zh: 例, en: Sample}
issuer: {zh: 某地, en: Somewhere}
document: 例
place: 一
quote: 例
years: {from: 2024}
facts:
  - id: a
    title: {zh: 甲, en: A}
    unit: {zh: 个, en: things}
    where: {zh: 例, en: Sample}
    sql: ")" + fact + R"("
classes:
)" + classes + R"(
grades:
  standing: set
  legal: 例
  levels:
    - {id: excellent, title: {zh: 优秀, en: Excellent}, from: 80}
    - {id: fair, title: {zh: 合格, en: Fair}, from: 40}
    - {id: weak, title: {zh: 待整改, en: Weak}, from: 0}
)";
}

/// The facts of the cases: a, and b beside it.
std::string with_second_fact(std::string text) {
  const std::string second = R"(  - {id: b, title: {zh: 乙, en: B}, unit: {zh: 个, en: things}, where: {zh: 例, en: Sample}, field: staff_count}
)";
  return text.insert(text.find("classes:\n"), second);
}

Appraisals load(const std::string& text) {
  TestFolder folder;
  folder.write("sample.yaml", text);
  return Appraisals::load(folder.path(), definitions());
}

std::string faults_of(const std::string& text) {
  std::string told;
  try {
    (void)load(text);
  } catch (const Rejected& rejected) {
    for (const auto& problem : rejected.problems()) {
      told += (told.empty() ? "" : "\n") + problem.field + " " + problem.reason.en;
      EXPECT_FALSE(problem.reason.zh.empty() || problem.remedy.zh.empty() || problem.remedy.en.empty()) << problem.field;
    }
  }
  return told;
}

std::string span(const std::string& low, const std::string& high) { return low == high ? low : low + ".." + high; }

/// Lines of "name a b" as platforms and figures.
std::vector<AppraisedPlatform> platforms_of(const std::string& block, AppraisalFigures& figures) {
  std::vector<AppraisedPlatform> platforms;
  std::istringstream lines(block);
  for (std::string name, a, b; lines >> name >> a >> b;) {
    platforms.push_back({name, name, "testing", "330400", "org", "例"});
    if (a != "-") figures["a"][name] = {std::stod(a), ""};
    if (b != "-") figures["b"][name] = {std::stod(b), ""};
  }
  return platforms;
}

TEST(Appraisal, ScoresAndRanksAreAsInTheTable) {
  for (const auto& text_case : read_text_cases(testdata("appraisal.test"))) {
    const auto appraisals = load(with_second_fact(scheme_text("SELECT id, staff_count FROM platforms", kClassHead + text_case.block("criteria"))));
    const auto& scheme = appraisals.require("sample");
    AppraisalFigures figures;
    auto platforms = platforms_of(text_case.block("platforms"), figures);
    std::string told;
    for (const auto& row : score_class(scheme, scheme.classes.front(), std::move(platforms), figures)) {
      told += fmt::format("{}{} {} {} {}", told.empty() ? "" : "\n", row.platform.title, span(plain_number(row.low), plain_number(row.high)), span(row.grade_low, row.grade_high),
                          span(std::to_string(row.rank_best), std::to_string(row.rank_worst)));
      double sum = 0;
      for (const auto& score : row.criteria) sum += score.points.value_or(0);
      EXPECT_NEAR(sum, row.low, 1e-9) << text_case.name;
    }
    EXPECT_EQ(told, text_case.block("scores")) << text_case.file << ":" << text_case.line << " " << text_case.name;
  }
}

TEST(Appraisal, WrongSchemesAreToldWithFileLineAndReason) {
  const std::string sound_fact = "SELECT id, staff_count FROM platforms";
  const std::string sound_class = std::string(kClassHead) +
                                  "      - {id: a, title: {zh: 甲, en: A}, fact: a, weight: {value: 100, standing: set, legal: 例}, rule: {kind: percentile, standing: set, legal: 例}}";
  EXPECT_EQ(faults_of(with_second_fact(scheme_text(sound_fact, sound_class))), "");
  for (const auto& text_case : read_text_cases(testdata("appraisal_faults.test"))) {
    const auto text = with_second_fact(scheme_text(text_case.has("fact") ? text_case.block("fact") : sound_fact, text_case.has("classes") ? text_case.block("classes") : sound_class));
    EXPECT_EQ(faults_of(text), text_case.block("faults")) << text_case.file << ":" << text_case.line << " " << text_case.name;
  }
}

TEST(Appraisal, ShippedSchemesStandAndNothingIsSetWithoutARule) {
  const auto shipped = Appraisals::load(policies_folder() / "appraisals", definitions());
  ASSERT_FALSE(shipped.schemes().empty());
  for (const auto& scheme : shipped.schemes()) {
    EXPECT_FALSE(scheme.grades_basis.is_set);
    std::vector<std::string> kinds;
    for (const auto& of : scheme.classes) {
      EXPECT_TRUE(is_trial(scheme, of));
      std::ranges::copy(of.kinds, std::back_inserter(kinds));
      for (const auto& criterion : of.criteria) {
        EXPECT_FALSE(criterion.weight_basis.is_set) << "the documents give no weights";
        EXPECT_FALSE(criterion.weight_basis.legal.empty() || criterion.rule.basis.legal.empty());
      }
    }
    const analytics::EmptyModel tables(definitions());
    const auto result = appraise(scheme, scheme.first_year, [&](const std::string& sql) { return tables.ask(analytics::Sight::everything, sql); });
    EXPECT_EQ(result.classes.size(), scheme.classes.size()) << "the SQL of all facts together fits the tables of the read model";
    EXPECT_EQ(kinds.size(), definitions().code_list("platform-kinds")->codes.size()) << "every kind has a class";
  }
}

/// A small read model: what the SQL of facts sees.
class Tables {
 public:
  Tables() : session_(database_.connect()) {
    session_.run(R"(
      CREATE TABLE platforms (id VARCHAR, title VARCHAR, kind VARCHAR, region VARCHAR, owner_id VARCHAR, state VARCHAR, valid_to DATE, staff_count BIGINT);
      CREATE TABLE parties (id VARCHAR, name VARCHAR);
      CREATE TABLE yearly (platform VARCHAR, year BIGINT, hours DOUBLE, entry VARCHAR);
      INSERT INTO parties VALUES ('o1', '示例一'), ('o2', '示例二');
      INSERT INTO platforms VALUES
        ('p1', '甲', 'testing', '330400', 'o1', 'published', NULL, 5), ('p2', '乙', 'testing', '330400', 'o2', 'published', NULL, NULL),
        ('p3', '丙', 'testing', '330400', 'o2', 'draft', NULL, 9), ('p4', '丁', 'testing', '330400', 'o2', 'expired', '2023-12-31', 9),
        ('p5', '戊', 'incubator', '330400', 'o2', 'expired', '2024-06-30', 9);
      INSERT INTO yearly VALUES ('p1', 2024, 30, 'e1'), ('p1', 2025, 90, 'e2'), ('p2', 2024, 10, 'e3'), ('p2', 2024, 20, 'e4');)");
  }
  analytics::Answer ask(const std::string& sql) {
    auto statement = session_.prepare(sql);
    auto table = sql::collect(statement, 1000);
    return {std::move(table.columns), std::move(table.rows), table.complete, 7, 0};
  }

 private:
  sql::Database database_{sql::Opening{}};
  sql::Session session_;
};

AppraisalScheme scheme_over_tables() {
  AppraisalScheme scheme;
  scheme.id = "sample";
  scheme.first_year = 2024;
  scheme.facts = {{"hours", {"机时", "Hours"}, {"小时", "hours"}, {"例", "sample"}, "SELECT platform, hours, entry FROM yearly, term WHERE yearly.year = term.year", true},
                  {"staff", {"人", "Staff"}, {"人", "people"}, {"例", "sample"}, "SELECT id, staff_count FROM platforms", false}};
  AppraisalRule rule{AppraisalRuleKind::linear, false, 0, 100, 10, {}, {true, "例"}};
  scheme.classes = {{"service", {"服务类", "Service"}, {}, {"testing"}, {{"hours", {"机时", "Hours"}, "hours", 80, {true, "例"}, rule}, {"staff", {"人", "Staff"}, "staff", 20, {true, "例"}, rule}}}};
  scheme.grades = {{"good", {"好", "Good"}, 50}, {"weak", {"差", "Weak"}, 0}};
  return scheme;
}

TEST(Appraisal, FiguresComeFromTheYearAndNameTheirEntry) {
  Tables tables;
  const auto scheme = scheme_over_tables();
  const auto ask = [&](const std::string& sql) { return tables.ask(sql); };
  const auto result = appraise(scheme, 2024, ask);
  EXPECT_EQ(result.feed_seq, 7);
  ASSERT_EQ(result.classes.front().rows.size(), 2U) << "drafts, and those that expired before the year, are not appraised";
  ASSERT_EQ(result.without_class.size(), 1U);
  EXPECT_EQ(result.without_class.front().id, "p5");
  const auto& first = result.classes.front().rows.front();
  EXPECT_EQ(first.platform.id, "p1");
  EXPECT_EQ(first.criteria[0].figure, 30);
  EXPECT_EQ(first.criteria[0].entry_id, "e1");
  EXPECT_EQ(first.low, 25);
  const auto& second = result.classes.front().rows.back();
  EXPECT_FALSE(second.criteria[0].figure) << "two figures of one platform are no data";
  EXPECT_FALSE(second.criteria[1].figure) << "NULL is no data";
  EXPECT_EQ(second.high, 100);
  EXPECT_EQ(appraise(scheme, 2025, ask).classes.front().rows.front().low, 73);
  EXPECT_THROW(appraise(scheme, 2023, ask), Rejected);
}

TEST(Appraisal, ATableIsKeptUntilTheReadModelMovesOn) {
  Tables tables;
  const auto scheme = scheme_over_tables();
  int asked = 0;
  std::int64_t now = 7;
  const auto ask = [&](const std::string& sql) {
    ++asked;
    auto answer = tables.ask(sql);
    answer.feed_seq = now;
    return answer;
  };
  KeptAppraisals kept;
  const auto first = kept.of(scheme, 2024, now, ask);
  const int once = asked;
  EXPECT_EQ(first->classes.front().rows.size(), 2U);
  EXPECT_EQ(kept.of(scheme, 2024, now, ask), first);
  EXPECT_EQ(asked, once);
  EXPECT_EQ(kept.of(scheme, 2025, now, ask)->year, 2025);
  EXPECT_EQ(asked, 2 * once) << "another year is another table";
  now = 8;
  EXPECT_EQ(kept.of(scheme, 2024, now, ask)->feed_seq, 8);
  EXPECT_EQ(asked, 3 * once) << "something was written";
  EXPECT_EQ(kept.of(scheme, 2025, now, ask)->feed_seq, 8);
  EXPECT_EQ(asked, 4 * once);
  EXPECT_THROW((void)kept.of(scheme, 2023, now, ask), Rejected);
}

TEST(Appraisal, OneStepMoreBringsWhatTheReasonSays) {
  auto scheme = scheme_over_tables();
  const auto& of = scheme.classes.front();
  AppraisalFigures figures{{"hours", {{"p1", {30, ""}}}}};
  const auto before = score_class(scheme, of, {{"p1", "甲", "testing", "", "", ""}}, figures).front();
  const auto reasons = explain(scheme, of, before, 1);
  EXPECT_EQ(reasons[0].next.en, "10 hours more: 8 points more");
  figures["hours"]["p1"].value += 10;
  EXPECT_EQ(score_class(scheme, of, {{"p1", "甲", "testing", "", "", ""}}, figures).front().low, before.low + 8);
  EXPECT_EQ(reasons[1].next.en, "with the figure: 0 to 20 points");
  figures["hours"]["p1"].value = 100;
  EXPECT_EQ(explain(scheme, of, score_class(scheme, of, {{"p1", "甲", "testing", "", "", ""}}, figures).front(), 1)[0].next.en, "");
}

}  // namespace
}  // namespace jingwei::policy
