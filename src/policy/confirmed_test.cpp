// Results as they were confirmed, on both databases: who, when, in which order it is refused, what later figures do not change.
#include "policy/confirmed.h"

#include <gtest/gtest.h>

#include <sstream>

#include <fmt/format.h>

#include "base/text.h"
#include "policy/internal/appraising.h"
#include "policy/sheet.h"
#include "testing/test_database.h"
#include "testing/text_cases.h"

namespace jingwei::policy {
namespace {

using identity::Actor;
using identity::Role;
using testing::Store;

/// Two classes with one criterion each: a point a unit, from nothing to a hundred.
AppraisalScheme scheme() {
  AppraisalScheme scheme;
  scheme.id = "sample";
  scheme.title = {"例", "Sample"};
  scheme.first_year = 2024;
  scheme.facts = {{"a", {"数", "Count"}, {"个", "things"}, {"清单", "Register"}, "", false}};
  for (const auto* id : {"one", "two"}) {
    AppraisalCriterion criterion;
    criterion.id = std::string(id) + "_count";
    criterion.title = {"数量", "Count"};
    criterion.fact = "a";
    criterion.weight = 100;
    criterion.weight_basis = {true, "例"};
    criterion.rule.floor = 0;
    criterion.rule.full = 100;
    criterion.rule.basis = {true, "例"};
    scheme.classes.push_back({id, {std::string("类") + id, id}, {}, {id}, {std::move(criterion)}});
  }
  scheme.grades = {{"good", {"优秀", "Good"}, 60}, {"weak", {"待整改", "Weak"}, 0}};
  scheme.grades_basis = {true, "例"};
  return scheme;
}

/// Lines of "platform class figure"; "-" is no figure.
AppraisalResult result_of(const AppraisalScheme& scheme, std::int64_t year, const std::string& lines, std::int64_t feed_seq = 1) {
  AppraisalResult result{scheme.id, year, feed_seq, {}, {}};
  std::map<std::string, std::vector<AppraisedPlatform>> members;
  AppraisalFigures figures;
  std::istringstream in(lines);
  for (std::string platform, of, figure; in >> platform >> of >> figure;) {
    members[of].push_back({platform, "平台" + platform, of, "330402", "org_" + platform, "单位" + platform});
    if (figure != "-") figures["a"][platform] = {std::stod(figure), ""};
  }
  for (const auto& of : scheme.classes) result.classes.push_back({of.id, score_class(scheme, of, members[of.id], figures)});
  return result;
}

std::string said(const std::optional<AppraisalStanding>& standing) {
  if (!standing) return "-";
  return fmt::format("{}-{} {}-{} {}-{}", plain_number(standing->low), plain_number(standing->high), standing->grade_low, standing->grade_high, standing->rank_best, standing->rank_worst);
}

TEST(Confirmed, differences_are_told_platform_by_platform) {
  for (const auto& one : testing::read_text_cases(std::string(JINGWEI_TESTDATA) + "/differences.test")) {
    std::string told;
    for (const auto& each : differences(result_of(scheme(), 2025, one.block("confirmed")), result_of(scheme(), 2025, one.block("now")))) {
      told += fmt::format("{}: {} {} | {} {}\n", each.platform, each.class_confirmed.value_or("-"), said(each.confirmed), each.class_now.value_or("-"), said(each.now));
      const auto number = [](const std::optional<double>& value) { return value ? plain_number(*value) : std::string("-"); };
      for (const auto& criterion : each.criteria)
        told += fmt::format("  {} {} > {}, {} > {} points\n", criterion.criterion, number(criterion.figure_confirmed), number(criterion.figure_now),
                            number(criterion.points_confirmed), number(criterion.points_now));
    }
    if (!told.empty()) told.pop_back();
    EXPECT_EQ(told, one.block("expect")) << one.name;
  }
}

class ConfirmedTest : public ::testing::TestWithParam<Store> {
 protected:
  ~ConfirmedTest() override { writer_.stop(); }
  AppraisalConfirmation confirm(const AppraisalResult& result, std::optional<std::int64_t> version = std::nullopt, std::optional<std::string> reason = std::nullopt) {
    return confirm(department_, result, version, {digest_of(scheme_, result), std::move(reason)});
  }
  AppraisalConfirmation confirm(const Actor& actor, const AppraisalResult& result, std::optional<std::int64_t> version, const ConfirmationWrite& write) {
    clock_.advance_us(kMicrosPerSecond);
    return writer_.run([&](store::Transaction& tx) { return confirm_appraisal(tx, actor, issuer_, scheme_, result, version, write); });
  }
  template <class Act>
  std::string outcome(Act act) {
    try {
      act();
      return "ok";
    } catch (const Rejected& rejected) {
      std::string text(code_name(rejected.code()));
      for (const auto& problem : rejected.problems()) text += " " + problem.field;
      return text;
    }
  }

  jingwei::testing::TestDatabase database_{GetParam()};
  std::unique_ptr<store::Connection> connection_ = database_.database().connect(true);
  io::ManualClock clock_{jingwei::testing::kTestStart};  // in January 2026
  io::SeededRandom random_{1};
  store::FeedSignal signal_;
  store::Writer writer_{database_.database(), clock_, random_, signal_};
  evidence::Issuer issuer_{"jingwei.example/330400", crypto::KeyPair::from_seed(crypto::Seed{1, 2, 3})};
  AppraisalScheme scheme_ = scheme();
  Actor department_{"acc_dept", "chen", "陈科长", "", {Role::department}, true};
};
JINGWEI_ON_BOTH_STORES(ConfirmedTest);

TEST_P(ConfirmedTest, what_was_confirmed_stays_as_it_was) {
  const auto seen = result_of(scheme_, 2025, "p1 one 70\np2 one 30", 7);
  const auto made = confirm(seen);
  EXPECT_EQ(std::tuple(made.version, made.by_name, made.feed_seq, made.reason), std::tuple(1, "陈科长", 7, std::nullopt));
  scheme_.classes[0].criteria[0].weight = 50;
  scheme_.grades[0].from = 90;
  const auto kept = confirmed_appraisal(*connection_, "sample", 2025).value();
  EXPECT_EQ(to_json(kept.result), to_json(seen));
  EXPECT_EQ(kept.scheme.classes[0].criteria[0].weight, 100);
  EXPECT_EQ(kept.scheme.grades[0].from, 60);
  EXPECT_EQ(kept.sha256, digest_of(kept.scheme, kept.result)) << "the digest can be made again of what is kept";
  const auto statements = evidence::statements_about(*connection_, made.id);
  ASSERT_EQ(statements.size(), 1u);
  const auto statement = evidence::find_statement(*connection_, statements[0].id, "").value();
  EXPECT_EQ(statement.kind, "appraisal_confirmed");
  EXPECT_EQ(std::string_view(statement.public_part.at("result_sha256").as_string()), made.sha256);
  EXPECT_EQ(connection_->query_text("SELECT act FROM feed WHERE subject = $1", {made.id}), "confirm");
  EXPECT_FALSE(confirmed_appraisal(*connection_, "sample", 2024).has_value());
}

TEST_P(ConfirmedTest, a_correction_is_a_new_version_with_its_reason) {
  const auto first = confirm(result_of(scheme_, 2025, "p1 one 70"));
  const auto late = result_of(scheme_, 2025, "p1 one 75", 9);
  EXPECT_EQ(outcome([&] { confirm(late, 1); }), "invalid /reason");
  EXPECT_EQ(outcome([&] { confirm(late, 1, std::string(3 * (kConfirmReasonMax + 1), 'x')); }), "invalid /reason");
  const auto second = confirm(late, 1, " 平台补报了年度数据 ");
  EXPECT_EQ(std::tuple(second.id, second.version, second.reason.value()), std::tuple(first.id, 2, "平台补报了年度数据"));
  EXPECT_EQ(confirmed_appraisal(*connection_, "sample", 2025)->result.classes[0].rows[0].low, 75);
  EXPECT_EQ(confirmed_appraisal(*connection_, "sample", 2025, 1)->result.classes[0].rows[0].low, 70) << "the first one is still there";
  EXPECT_EQ(confirmations(*connection_, "sample", 2025).size(), 2u);
  EXPECT_EQ(evidence::statements_about(*connection_, first.id).size(), 2u);
}

TEST_P(ConfirmedTest, refusals_come_in_their_order) {
  const auto seen = result_of(scheme_, 2025, "p1 one 70");
  const ConfirmationWrite write{digest_of(scheme_, seen), std::nullopt};
  Actor owner{"acc_owner", "li", "李工", "org_p1", {Role::provider}, true};
  Actor token = department_;
  token.may_write = false;
  EXPECT_EQ(outcome([&] { confirm(owner, seen, std::nullopt, write); }), "forbidden");
  EXPECT_EQ(outcome([&] { confirm(token, seen, std::nullopt, write); }), "forbidden");
  EXPECT_EQ(outcome([&] { confirm(result_of(scheme_, 2026, "p1 one 70")); }), "wrong_state") << "the year is not over";
  EXPECT_EQ(outcome([&] { confirm(result_of(scheme_, 2025, "")); }), "wrong_state") << "nobody has a score";
  EXPECT_EQ(outcome([&] { confirm(seen, 1); }), "version_mismatch");
  EXPECT_EQ(outcome([&] { confirm(department_, seen, std::nullopt, {std::string(64, '0'), std::nullopt}); }), "conflict /sha256") << "other figures than were seen";
  EXPECT_EQ(outcome([&] { confirm(seen); }), "ok");
  EXPECT_EQ(outcome([&] { confirm(result_of(scheme_, 2025, "p1 one 71")); }), "version_mismatch ") << "somebody else was first";
  EXPECT_EQ(outcome([&] { confirm(result_of(scheme_, 2025, "p1 one 70", 99), 1, "再确认"); }), "wrong_state") << "the same figures at a later state are the same";
  EXPECT_EQ(confirmations(*connection_, "sample", 2025).size(), 1u);
}

TEST(Confirmed, a_file_shows_computed_beside_confirmed) {
  const auto then = result_of(scheme(), 2025, "p1 one 70\np2 one 30\np3 two 10");
  const auto now = result_of(scheme(), 2025, "p1 one 70\np2 one 80\np4 two -", 5);
  ConfirmedAppraisal confirmed;
  confirmed.at = "2026-01-21T09:00:00+08:00";
  confirmed.by_name = "陈科长";
  confirmed.version = 2;
  confirmed.reason = "补报";
  confirmed.scheme = scheme();
  confirmed.result = then;
  const auto sheets = appraisal_sheets(scheme(), now, &confirmed, false);
  std::string names;
  for (const auto& sheet : sheets) {
    names += sheet.name + " ";
    for (const auto& row : sheet.rows) ASSERT_EQ(row.size(), sheet.columns.size()) << sheet.name;
  }
  EXPECT_EQ(names, "评价结果 与确认结果的差异 记分卡 确认时的记分卡 说明 ");
  std::string told;
  for (const auto& row : sheets[0].rows) {
    for (std::size_t i = 1; i < 13; ++i) told += (i == 1 ? "" : "|") + office::text_of(row[i]);
    told += "\n";
  }
  EXPECT_EQ(told,
            "平台p2|单位p2|80|80|优秀|1|0|30|30|待整改|2|不同\n"
            "平台p1|单位p1|70|70|优秀|2|0|70|70|优秀|1|不同\n"
            "平台p4|单位p4|0|100|待整改至优秀|1|1|||||不同\n"
            "平台p3|单位p3||||||10|10|待整改|1|不同\n");
  EXPECT_EQ(sheets[0].rows[0][14], office::Cell(80.0)) << "points of its own class";
  EXPECT_EQ(sheets[0].rows[0][16], office::Cell()) << "none of another";
  EXPECT_EQ(sheets[1].rows[0], (office::Row{std::string("平台p2"), std::string("得分"), std::string("30"), std::string("80")}));
  const auto alone = appraisal_sheets(scheme(), now, nullptr, true);
  EXPECT_EQ(alone.size(), 3u);
  EXPECT_EQ(alone[0].columns[12].title, "Against what was confirmed");
  EXPECT_EQ(alone[0].rows[0][12], office::Cell()) << "nothing was confirmed, nothing is said";
}

}  // namespace
}  // namespace jingwei::policy
