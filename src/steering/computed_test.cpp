// Figures computed by SQL, on both databases: what is kept, what any day shows of it, what troubles do. The results are handed in; what
// SQL gives is tested where it runs.
#include "steering/internal/test_world.h"

namespace jingwei::steering {
namespace {

using testing::Actor;
using testing::World;

class ComputedTest : public ::testing::TestWithParam<jingwei::testing::Store> {
 protected:
  static IndicatorContent content(const std::string& code = "S01") {
    IndicatorContent content = World::content(code);
    content.source = IndicatorSource::computed;
    content.computed = FigureQuery{"SELECT count(*) FROM needs WHERE deadline BETWEEN $from AND $to", "SELECT id FROM needs"};
    content.duties.clear();
    content.reports_from = "2026-Q1";
    return content;
  }
  FigureResult result(const std::string& id, const std::string& period, std::optional<double> value, std::int64_t feed_seq, std::vector<FigureRow> rows = {}) {
    FigureResult result;
    for (const auto& one : Steering::computables(world.connection(), world.today())) {
      if (one.indicator_id != id) continue;
      for (const auto& span : one.periods)
        if (span.period == period) result.figure = {id, period, value, span.running, true, span.from, span.to, feed_seq, world.today() + "T09:00:00+08:00", one.definition, std::nullopt};
      result.origin = {one.query, std::move(rows), 0, true};
      result.origin.rows_total = static_cast<std::int64_t>(result.origin.rows.size());
    }
    EXPECT_FALSE(result.figure.period.empty());
    return result;
  }
  std::size_t keep(const FigureResult& result) {
    return world.run([&](store::Transaction& tx) { return world.steering.keep_figures(tx, {result}, {}); });
  }
  std::size_t trouble(const std::string& id, std::optional<Bilingual> why) {
    return world.run([&](store::Transaction& tx) { return world.steering.keep_figures(tx, {}, {{id, std::move(why), ""}}); });
  }
  World world{GetParam()};
};
JINGWEI_ON_BOTH_STORES(ComputedTest);

TEST_P(ComputedTest, periods_are_asked_for_with_their_days) {
  world.on("2026-05-20");
  IndicatorContent hidden = content();
  hidden.is_public = false;
  world.define(hidden);
  world.define(World::content("A01"));
  const auto all = Steering::computables(world.connection(), world.today());
  ASSERT_EQ(all.size(), 1u);
  EXPECT_FALSE(all[0].is_public);
  ASSERT_EQ(all[0].periods.size(), 2u);
  EXPECT_EQ(all[0].periods[0].from + " " + all[0].periods[0].to, "2026-04-01 2026-05-20") << "today in the period that runs";
  EXPECT_TRUE(all[0].periods[0].running);
  EXPECT_EQ(all[0].periods[1].from + " " + all[0].periods[1].to, "2026-01-01 2026-03-31");
  EXPECT_FALSE(all[0].periods[1].running);
}

TEST_P(ComputedTest, a_figure_is_kept_shown_judged_and_read_as_of_any_day) {
  world.on("2026-03-10");
  const std::string id = world.define(content());
  EXPECT_EQ(keep(result(id, "2026-Q1", 21, 5)), 1u);
  EXPECT_EQ(keep(result(id, "2026-Q1", 21, 9)), 0u) << "the same figure";
  auto page = world.page(id, world.office);
  EXPECT_EQ(page.running, 21);
  EXPECT_EQ(page.state, IndicatorState::pending) << "for the time being, beside the line of that day";
  EXPECT_TRUE(page.provisional);
  EXPECT_FALSE(page.figure.has_value()) << "the figure of a period is there when it has ended";
  world.on("2026-03-20");
  keep(result(id, "2026-Q1", 24, 12));
  world.on("2026-04-01");
  EXPECT_EQ(keep(result(id, "2026-Q1", 26, 20)), 1u);
  page = world.page(id, world.office);
  EXPECT_EQ(page.state, IndicatorState::on_track);
  EXPECT_EQ(page.since, "2026-04-01");
  EXPECT_EQ(page.figure, 26);
  EXPECT_FALSE(page.points.at(0).computed.value().running);
  EXPECT_EQ(world.page(id, world.office, "2026-03-15").running, 21) << "what was known then";
  EXPECT_EQ(world.page(id, world.office, "2026-03-25").running, 24);
}

TEST_P(ComputedTest, a_running_figure_gives_the_state_for_the_time_being) {
  world.on("2026-01-05");
  const std::string id = world.define(content());
  EXPECT_EQ(world.page(id, world.office).state, IndicatorState::no_data) << "nothing was computed yet";
  keep(result(id, "2026-Q1", 20, 5));
  world.on("2026-03-10");
  auto page = world.page(id, world.office);
  EXPECT_EQ(page.state, IndicatorState::pending) << "beyond the tolerance, and the quarter still runs";
  EXPECT_EQ(page.since, "2026-02-06") << "the day on which the line was out of reach";
  EXPECT_EQ(page.why.en, "after 69 of 90 days of 2026-Q1 the line is at 23.8333家, the figure is 20家, 3.8333 short, beyond the tolerance of 2; the end of the period decides");
  EXPECT_EQ(page.why.zh, "2026-Q1 已过 69 天（共 90 天），按路径到今天应达 23.8333家，目前为 20家，差 3.8333，超出容差 2；期末才定");
  keep(result(id, "2026-Q1", 30, 9));
  page = world.page(id, world.office);
  EXPECT_EQ(page.state, IndicatorState::on_track);
  EXPECT_EQ(page.since, "2026-03-10");
  EXPECT_EQ(world.page(id, world.office, "2026-03-09").state, IndicatorState::pending) << "as it was known then";
  EXPECT_FALSE(page.points.at(0).state.has_value()) << "the period itself has no state before its end";
  world.on("2026-04-01");
  EXPECT_EQ(keep(result(id, "2026-Q1", 21, 20)), 1u);
  world.on("2026-04-02");
  page = world.page(id, world.office);
  EXPECT_FALSE(page.provisional) << "nothing was computed for the new quarter yet";
  EXPECT_EQ(page.state, IndicatorState::pending);
}

TEST_P(ComputedTest, the_sql_the_rows_and_the_statements_of_every_period_can_be_seen) {
  world.on("2026-04-01");
  const std::string id = world.define(content());
  const auto entry = world.entry("events", {{"title", "联合路演"}, {"kind", "roadshow"}, {"held_on", "2026-02-01"}, {"region", "330402"}});
  keep(result(id, "2026-Q1", 21, 5, {{entry, std::nullopt}}));
  keep(result(id, "2026-Q2", 3, 6, {{"deal_x", std::nullopt}}));
  const auto now = world.page(id, world.office).lineage;
  EXPECT_EQ(now.period, "2026-Q2");
  EXPECT_TRUE(now.statements.empty()) << "its period still runs";
  const auto ended = world.page(id, world.office, "", "2026-Q1").lineage;
  EXPECT_EQ(ended.periods, (std::vector<std::string>{"2026-Q2", "2026-Q1"}));
  EXPECT_EQ(ended.value, 21);
  EXPECT_EQ(ended.computed->to, "2026-03-31");
  ASSERT_EQ(ended.rows.size(), 1u);
  EXPECT_EQ(ended.rows[0].title, "联合路演");
  EXPECT_EQ(ended.statements.size(), 1u);
  EXPECT_EQ(ended.query, content().computed->sql);
  EXPECT_THROW(world.page(id, world.office, "", "2026-Q3"), Rejected);
}

TEST_P(ComputedTest, of_a_day_a_running_figure_keeps_its_last_version) {
  const auto versions = [&] { return world.connection().query_integer("SELECT COUNT(*) FROM steering_versions WHERE kind = 'figure'").value(); };
  world.on("2026-03-10");
  const std::string id = world.define(content());
  for (int i = 1; i <= 5; ++i) EXPECT_EQ(keep(result(id, "2026-Q1", i, i)), 1u);
  EXPECT_EQ(versions(), 1);
  world.on("2026-03-11");
  keep(result(id, "2026-Q1", 6, 6));
  EXPECT_EQ(versions(), 2);
  EXPECT_EQ(world.page(id, world.office, "2026-03-10").running, 5);
}

TEST_P(ComputedTest, an_ended_period_is_corrected_with_a_reason_and_a_statement) {
  world.on("2026-04-01");
  const std::string id = world.define(content());
  keep(result(id, "2026-Q1", 21, 5));
  world.on("2026-04-20");
  keep(result(id, "2026-Q1", 26, 40));
  const auto page = world.page(id, world.office);
  const auto& point = page.points.at(0).computed.value();
  EXPECT_EQ(point.value, 26);
  ASSERT_TRUE(point.reason.has_value());
  EXPECT_NE(point.reason->zh.find("原为 21"), std::string::npos) << point.reason->zh;
  EXPECT_EQ(page.since, "2026-04-20");
  EXPECT_EQ(world.page(id, world.office, "2026-04-10").state, IndicatorState::pending) << "as it was known then";
  ASSERT_EQ(page.lineage.statements.size(), 2u);
  EXPECT_EQ(page.lineage.statements[0].kind, "indicator_computed");
  EXPECT_EQ(keep(result(id, "2026-Q1", 22, 30)), 0u) << "an older state of the read model";
}

TEST_P(ComputedTest, no_data_is_never_zero) {
  world.on("2026-04-02");
  const std::string id = world.define(content());
  keep(result(id, "2026-Q1", std::nullopt, 5));
  const auto page = world.page(id, world.office);
  EXPECT_EQ(page.state, IndicatorState::no_data);
  EXPECT_FALSE(page.figure.has_value());
  EXPECT_FALSE(page.points.at(0).value.has_value());
  EXPECT_EQ(page.since, "2026-04-01");
  EXPECT_NE(page.why.zh.find("没有给出数值"), std::string::npos) << page.why.zh;
  EXPECT_EQ(page.overdue, 0) << "nobody is asked to report it";
  EXPECT_TRUE(world.steering.dues(world.connection(), world.office, world.today(), true).empty());
}

TEST_P(ComputedTest, what_speaks_of_the_present_keeps_its_last_figure_when_a_period_ends) {
  world.on("2026-03-30");
  const std::string id = world.define(content());
  auto now = result(id, "2026-Q1", 21, 5);
  now.figure.by_days = false;
  keep(now);
  world.on("2026-04-02");
  auto next = result(id, "2026-Q2", 23, 7);
  next.figure.by_days = false;
  EXPECT_TRUE(Steering::would_change(world.connection(), next));
  EXPECT_EQ(keep(next), 2u);
  const auto page = world.page(id, world.office);
  EXPECT_EQ(page.points.at(0).value, 21);
  EXPECT_FALSE(page.points.at(0).computed->running);
  EXPECT_EQ(page.running, 23);
}

TEST_P(ComputedTest, a_trouble_leaves_the_last_figure_and_is_told_until_it_is_over) {
  world.on("2026-03-10");
  const std::string id = world.define(content());
  keep(result(id, "2026-Q1", 21, 5));
  const Bilingual why{"没有这张表：gone", "there is no table gone"};
  EXPECT_EQ(trouble(id, std::nullopt), 0u);
  EXPECT_EQ(trouble(id, why), 1u);
  EXPECT_EQ(trouble(id, why), 0u);
  auto page = world.page(id, world.office);
  EXPECT_EQ(page.trouble, why);
  EXPECT_EQ(page.running, 21);
  EXPECT_EQ(world.page(id, Actor{}).trouble.value().zh.find("gone"), std::string::npos) << "what is inside is not for visitors";
  world.on("2026-03-11");
  EXPECT_EQ(trouble(id, std::nullopt), 1u);
  EXPECT_FALSE(world.page(id, world.office).trouble.has_value());
  EXPECT_EQ(world.page(id, world.office, "2026-03-10").trouble, why);
}

TEST_P(ComputedTest, formulas_may_name_them_and_older_definitions_are_dropped) {
  world.on("2026-04-02");
  const std::string id = world.define(content());
  IndicatorContent half = World::content("F01");
  half.source = IndicatorSource::formula;
  half.formula = "[S01] / 2";
  const std::string formula = world.define(half);
  const auto late = result(id, "2026-Q1", 99, 4);
  keep(result(id, "2026-Q1", 26, 5));
  EXPECT_EQ(world.page(formula, world.office).figure, 13);
  IndicatorContent changed = content();
  changed.computed->sql = "SELECT 1";
  world.run([&](store::Transaction& tx) { world.steering.redefine(tx, world.office, id, 1, changed, "口径调整"); return true; });
  EXPECT_EQ(keep(late), 0u);
  keep(result(id, "2026-Q1", 1, 8));
  EXPECT_NE(world.page(id, world.office).points.at(0).computed->reason.value().zh.find("查询改了"), std::string::npos);
}

TEST_P(ComputedTest, lineage_shows_the_rows_that_the_reader_may_see) {
  const auto event = world.entry("events", {{"title", "联合路演"}, {"kind", "roadshow"}, {"held_on", "2026-03-05"}, {"region", "330402"}});
  world.on("2026-03-10");
  const std::string id = world.define(content());
  keep(result(id, "2026-Q1", 2, 5, {{event, 1.0}, {"deal_01J00000000000000000000000", 1.0}}));
  const auto page = world.page(id, world.office);
  ASSERT_EQ(page.lineage.rows.size(), 2u);
  EXPECT_EQ(page.lineage.rows_total, 2);
  EXPECT_EQ(page.lineage.query, content().computed->sql);
  EXPECT_EQ(page.lineage.computed->feed_seq, 5);
  EXPECT_EQ(page.lineage.rows[0].title, "联合路演");
  EXPECT_EQ(page.lineage.rows[0].register_, "events");
  EXPECT_FALSE(page.lineage.rows[0].statements.empty());
  EXPECT_EQ(world.page(id, Actor{}).lineage.rows.size(), 1u) << "deals are not for visitors";
}

TEST_P(ComputedTest, sql_belongs_to_its_source_and_must_be_there) {
  const auto outcome = [&](const IndicatorContent& content) { return world.outcome([&](store::Transaction& tx) { return world.steering.define(tx, world.office, content); }); };
  IndicatorContent wrong = content();
  wrong.computed.reset();
  EXPECT_EQ(outcome(wrong), "invalid /computed");
  wrong = World::content();
  wrong.computed = FigureQuery{"SELECT 1", {}};
  EXPECT_EQ(outcome(wrong), "invalid /computed");
  wrong = content();
  wrong.computed->sql = " \n";
  EXPECT_EQ(outcome(wrong), "invalid /computed/sql");
  wrong = content();
  wrong.computed->rows_sql = std::string(kFigureSqlBytesMax + 1, 'x');
  EXPECT_EQ(outcome(wrong), "invalid /computed/rows_sql");
}

}  // namespace
}  // namespace jingwei::steering
