// What counted indicators find in registers, on both databases: the same as reading every entry anew, whatever happened in between.
#include <random>

#include "steering/internal/counts.h"
#include "steering/internal/test_world.h"

namespace jingwei::steering {
namespace {

using internal::CountKeeper;
using internal::DayAmounts;
using testing::Actor;
using testing::World;

class CountsTest : public ::testing::TestWithParam<jingwei::testing::Store> {
 protected:
  static CountRule roadshows(std::optional<std::string> sum_field = std::nullopt) {
    return {"events", "held_on", std::map<std::string, std::string>{{"kind", "roadshow"}}, std::move(sum_field)};
  }
  static json::object event(const std::string& title, const std::string& day, const std::string& kind = "roadshow", std::int64_t firms = 1) {
    return {{"title", title}, {"kind", kind}, {"held_on", day}, {"region", "330402"}, {"firms", firms}};
  }
  /// One change of the register, refused where the state does not allow it.
  void change(std::mt19937& random, int step) {
    const auto& reg = world.registry.require_register("events");
    const std::string day = days_later("2026-02-01", static_cast<int>(random() % 20));
    const auto fields = world.registry.check_fields(reg, event("活动" + std::to_string(step), day, random() % 3 == 0 ? "salon" : "roadshow", static_cast<std::int64_t>(random() % 9)));
    const std::string id = ids.empty() ? "" : ids[random() % ids.size()];
    const bool fails = random() % 5 == 0;
    const auto what = random() % 4;
    world.outcome([&](store::Transaction& tx) {
      if (what == 0 || id.empty()) ids.push_back(world.registry.create(tx, world.office, reg, fields, random() % 3 != 0).id);
      else if (const auto entry = registry::Registry::find(tx, id); !entry) return;
      else if (what == 1) world.registry.edit(tx, world.office, id, entry->version, fields);
      else if (what == 2) world.registry.publish(tx, world.office, id, std::nullopt);
      else world.registry.withdraw(tx, world.office, id, std::nullopt, "取消");
      if (fails) throw Rejected(Code::conflict, {"试试就算", "only an attempt"});
    });
  }
  World world{GetParam()};
  std::vector<std::string> ids;
};
JINGWEI_ON_BOTH_STORES(CountsTest);

TEST_P(CountsTest, following_the_feed_finds_what_reading_everything_finds) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  CountKeeper keeper(world.registry);
  const std::vector<CountRule> rules{roadshows(), roadshows("firms"), {"events", "held_on", std::nullopt, std::nullopt}};
  for (int step = 0; step < 60; ++step) {
    change(random, step);
    if (random() % 3 == 0) continue;
    ASSERT_EQ(keeper.amounts(world.connection(), rules), internal::counted_anew(world.connection(), world.registry, rules)) << "step " << step;
  }
  CountKeeper fresh(world.registry);
  EXPECT_EQ(keeper.amounts(world.connection(), rules), fresh.amounts(world.connection(), rules));
}

TEST_P(CountsTest, an_import_larger_than_is_read_one_by_one_is_counted_anew) {
  CountKeeper keeper(world.registry);
  world.entry("events", event("第一场", "2026-02-01"));
  ASSERT_EQ(keeper.amounts(world.connection(), {roadshows()}).at(0), (DayAmounts{{"2026-02-01", 1}}));
  const auto& reg = world.registry.require_register("events");
  world.run([&](store::Transaction& tx) {
    for (std::size_t i = 0; i <= internal::kEntriesReadMax; ++i)
      world.registry.create(tx, world.office, reg, world.registry.check_fields(reg, event("批量" + std::to_string(i), "2026-02-02")), true);
  });
  EXPECT_EQ(keeper.amounts(world.connection(), {roadshows()}).at(0), (DayAmounts{{"2026-02-01", 1}, {"2026-02-02", internal::kEntriesReadMax + 1.0}}));
}

TEST_P(CountsTest, rows_are_of_the_days_asked_for_newest_first) {
  CountKeeper keeper(world.registry);
  const auto first = world.entry("events", event("甲", "2026-02-01"));
  const auto second = world.entry("events", event("乙", "2026-02-03"));
  world.entry("events", event("丙", "2025-12-31"));
  const auto third = world.entry("events", event("丁", "2026-02-03"));
  const auto rows = keeper.rows(world.connection(), roadshows(), "2026-01-01", "2026-02-03");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].id, third);
  EXPECT_EQ(rows[1].id, second);
  EXPECT_EQ(rows[2].id, first);
  EXPECT_EQ(keeper.rows(world.connection(), {"gone", "held_on", std::nullopt, std::nullopt}, "2026-01-01", "2026-12-31").size(), 0u);
}

TEST_P(CountsTest, everybody_sees_the_same_count_and_only_rows_that_are_for_them) {
  IndicatorContent content = World::content("P01");
  content.source = IndicatorSource::counted;
  content.count = CountRule{"needs", "deadline", std::nullopt, std::nullopt};
  content.course.aggregation = Aggregation::sum;
  content.duties.clear();
  const std::string id = world.define(content);
  world.on("2026-02-10");
  for (const auto* audience : {"public", "invited"})
    world.entry("needs", {{"title", std::string("需求") + audience}, {"text", "注塑件缩水痕怎样消除"}, {"deadline", "2026-02-01"}, {"region", "330402"},
                          {"confidentiality", audience}, {"owner", world.science.organization_id}});
  const auto inside = world.page(id, world.office);
  EXPECT_EQ(inside.running, 2);
  EXPECT_EQ(inside.lineage.rows.size(), 2u);
  const auto outside = world.page(id, Actor{});
  EXPECT_EQ(outside.running, 2) << "the node counts, whoever asks";
  EXPECT_EQ(outside.lineage.rows_total, 2);
  ASSERT_EQ(outside.lineage.rows.size(), 1u) << "what is for invited ones is not shown";
}

TEST_P(CountsTest, a_promise_of_the_year_is_judged_beside_the_line_to_today) {
  IndicatorContent content = World::content("P01");
  content.source = IndicatorSource::counted;
  content.count = roadshows();
  content.frequency = Frequency::year;
  content.course = Course{};
  content.course.aggregation = Aggregation::sum;
  content.course.targets = {{2026, TargetKind::at_least, 12, "不少于 12 场"}};
  content.reports_from = "2026";
  content.duties.clear();
  const std::string id = world.define(content);
  const auto state_on = [&](const std::string& day) {
    const auto page = world.page(id, world.office, day);
    return std::string(enum_name(page.state)) + " " + page.since.value_or("-");
  };
  for (const auto* day : {"2026-01-28", "2026-02-20", "2026-03-20", "2026-07-10"}) world.entry("events", event(std::string("路演") + day, day));
  world.on("2026-12-30");
  EXPECT_EQ(state_on("2026-01-25"), "on_track 2026-01-01") << "a month's event is not asked for before the month is over";
  EXPECT_EQ(state_on("2026-04-20"), "on_track 2026-01-01");
  EXPECT_EQ(state_on("2026-05-10"), "at_risk 2026-05-02");
  EXPECT_EQ(state_on("2026-12-30"), "pending 2026-06-02") << "an unfinished year is not off track";
  const auto why = world.page(id, world.office, "2026-05-10").why;
  EXPECT_EQ(why.zh, "2026 已过 130 天（共 365 天），按路径到今天应达 4.274家，目前为 3家，按整数差 1，未超出容差 1.2");
  EXPECT_EQ(why.en, "after 130 of 365 days of 2026 the line is at 4.274家, the figure is 3家, 1 short in whole ones, within the tolerance of 1.2");
  EXPECT_EQ(world.page(id, world.office).figure, std::nullopt);
  EXPECT_EQ(world.page(id, world.office).running, 4);
  world.on("2027-01-01");
  EXPECT_EQ(state_on("2027-01-01"), "off_track 2027-01-01") << "with its end it is decided";
  EXPECT_EQ(world.page(id, world.office).figure, 4);
}

/// Counted roadshows of a year, or of its quarters.
IndicatorContent promise(const std::string& code, Frequency frequency) {
  IndicatorContent content = World::content(code);
  content.source = IndicatorSource::counted;
  content.count = CountRule{"events", "held_on", std::nullopt, std::nullopt};
  content.frequency = frequency;
  content.course = Course{};
  content.course.aggregation = Aggregation::sum;
  content.reports_from = frequency == Frequency::year ? "2026" : "2026-Q1";
  content.duties.clear();
  return content;
}

TEST_P(CountsTest, a_formula_over_counts_is_judged_while_its_period_runs) {
  world.define(promise("P01", Frequency::year));
  IndicatorContent content = promise("R01", Frequency::year);
  content.source = IndicatorSource::formula;
  content.count.reset();
  content.formula = "[P01] * 2";
  content.course.aggregation = Aggregation::last;
  content.course.targets = {{2026, TargetKind::at_least, 24, "不少于 24"}};
  const std::string id = world.define(content);
  const auto on = [&](const std::string& day) {
    const auto page = world.page(id, world.office, day);
    return std::string(enum_name(page.state)) + " " + page.since.value_or("-") + " " + figure_text(page.running.value_or(-1)) + (page.provisional ? " provisional" : "");
  };
  for (const auto* day : {"2026-01-28", "2026-02-20", "2026-03-20", "2026-07-10"}) world.entry("events", event(std::string("活动") + day, day));
  world.on("2026-12-30");
  EXPECT_EQ(on("2026-01-25"), "on_track 2026-01-01 0 provisional") << "too early to tell: what it counts gathers from nothing";
  EXPECT_EQ(on("2026-04-20"), "at_risk 2026-04-02 6 provisional");
  EXPECT_EQ(on("2026-05-10"), "pending 2026-05-08 6 provisional") << "the day on which the line was out of reach";
  EXPECT_EQ(on("2026-12-30"), "pending 2026-05-08 8 provisional") << "an unfinished year is not off track";
  EXPECT_EQ(world.page(id, world.office, "2026-05-10").why.zh, "2026 已过 130 天（共 365 天），按路径到今天应达 8.5479家，目前为 6家，差 2.5479，超出容差 2.4；期末才定");
  EXPECT_EQ(world.page(id, world.office, "2026-05-10").figure, std::nullopt) << "the year has no figure before its end";
  EXPECT_EQ(world.page(id, world.office).lineage.values.at(0).value, 4);
  world.on("2027-01-01");
  EXPECT_EQ(on("2027-01-01"), "off_track 2027-01-01 0 provisional") << "with its end it is decided; the new year asks for nothing yet";
  EXPECT_EQ(world.page(id, world.office).figure, 8);
}

TEST_P(CountsTest, a_formula_of_a_year_takes_the_quarters_of_its_counts_so_far) {
  world.define(promise("P01", Frequency::quarter));
  world.define(promise("P02", Frequency::year));
  IndicatorContent content = promise("R01", Frequency::year);
  content.source = IndicatorSource::formula;
  content.count.reset();
  content.formula = "[P01] / max([P02], 1) * 100";
  content.course.aggregation = Aggregation::last;
  content.course.baseline = IndicatorBaseline{2025, 100, "100"};
  content.course.targets = {{2026, TargetKind::keep_stable, std::nullopt, "保持稳定"}};
  const std::string id = world.define(content);
  world.entry("events", event("甲", "2026-02-01"));
  world.entry("events", event("乙", "2026-05-01"));
  world.on("2026-05-20");
  const auto page = world.page(id, world.office);
  EXPECT_EQ(page.running, 100) << "two of two: both quarters that have begun";
  EXPECT_EQ(page.state, IndicatorState::on_track);
  EXPECT_EQ(page.since, "2026-02-01") << "before the first event it was nothing of nothing";
  EXPECT_EQ(page.required_now, 100) << "a ratio stands at a level, it does not gather";
}

TEST_P(CountsTest, without_a_figure_of_every_part_a_formula_has_no_state_for_the_time_being) {
  world.define(promise("P01", Frequency::quarter));
  const std::string reported = world.define(World::content("A01"));
  IndicatorContent content = World::content("R01");
  content.source = IndicatorSource::formula;
  content.formula = "[P01] + [A01]";
  content.duties.clear();
  const std::string id = world.define(content);
  world.entry("events", event("甲", "2026-02-01"));
  world.on("2026-04-10");
  world.report_and_approve(reported, "2026-Q1", 30);
  world.on("2026-05-20");
  auto page = world.page(id, world.office);
  EXPECT_FALSE(page.provisional) << "the department has not reported the second quarter";
  EXPECT_EQ(page.running, std::nullopt);
  EXPECT_EQ(page.figure, 31);
  EXPECT_EQ(page.state, IndicatorState::on_track);
  world.report_and_approve(reported, "2026-Q2", 10);
  page = world.page(id, world.office);
  EXPECT_TRUE(page.provisional) << "a final figure beside a count so far";
  EXPECT_EQ(page.running, 10);
  EXPECT_EQ(page.state, IndicatorState::pending) << "never off track by a period that runs";
}

TEST_P(CountsTest, the_rows_of_every_period_can_be_seen) {
  IndicatorContent content = World::content("P01");
  content.source = IndicatorSource::counted;
  content.count = roadshows();
  content.course.aggregation = Aggregation::sum;
  content.duties.clear();
  const std::string id = world.define(content);
  const auto first = world.entry("events", event("一季度", "2026-03-31"));
  const auto second = world.entry("events", event("二季度", "2026-04-01"));
  const auto third = world.entry("events", event("又一场", "2026-05-01"));
  world.on("2026-07-10");
  const auto told = [&](std::string_view period, const std::string& day = "") {
    const auto lineage = world.page(id, world.office, day, period).lineage;
    std::string text = lineage.period.value() + " " + figure_text(lineage.value.value_or(-1)) + " " + lineage.from.value() + " " + lineage.to.value();
    for (const auto& row : lineage.rows) text += " " + (row.id == first ? "1" : row.id == second ? "2" : row.id == third ? "3" : row.id);
    return text;
  };
  EXPECT_EQ(world.page(id, world.office).lineage.periods, (std::vector<std::string>{"2026", "2026-Q3", "2026-Q2", "2026-Q1"}));
  EXPECT_EQ(told(""), "2026 3 2026-01-01 2026-07-10 3 2 1") << "what the figure is made of: the year so far";
  EXPECT_EQ(told("2026"), told(""));
  EXPECT_EQ(told("2026-Q3"), "2026-Q3 0 2026-07-01 2026-07-10") << "a complete register says zero";
  EXPECT_EQ(told("2026-Q2"), "2026-Q2 2 2026-04-01 2026-06-30 3 2");
  EXPECT_EQ(told("2026-Q1"), "2026-Q1 1 2026-01-01 2026-03-31 1");
  EXPECT_EQ(told("2026-Q2", "2026-04-10"), "2026-Q2 1 2026-04-01 2026-04-10 2") << "as of a day that was within it";
  EXPECT_FALSE(world.page(id, world.office, "", "2026-Q1").lineage.rows.at(0).statements.empty());
  for (const auto* period : {"2026-Q4", "2025-Q4", "2025", "soon"}) EXPECT_THROW(world.page(id, world.office, "", period), Rejected) << period;
}

TEST_P(CountsTest, a_report_held_against_counts_sees_what_was_just_committed) {
  IndicatorContent counted = World::content("P01");
  counted.source = IndicatorSource::counted;
  counted.count = roadshows();
  counted.duties.clear();
  world.define(counted);
  IndicatorContent reported = World::content("A01");
  reported.rules.sum_of = "[P01]";
  const std::string id = world.define(reported);
  world.entry("events", event("甲", "2026-02-01"));
  world.on("2026-04-10");
  const auto report = [&](double value) {
    return world.outcome([&](store::Transaction& tx) { world.steering.act(tx, world.science, id, "2026-Q1", std::nullopt, World::report(value)); });
  };
  EXPECT_EQ(report(2), "invalid /remark");
  EXPECT_EQ(report(1), "ok");
}

}  // namespace
}  // namespace jingwei::steering
