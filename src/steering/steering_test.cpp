// Commands and reads on both databases.
#include "steering/internal/test_world.h"

namespace jingwei::steering {
namespace {

using testing::Actor;
using testing::World;

class SteeringTest : public ::testing::TestWithParam<jingwei::testing::Store> {
 protected:
  World world{GetParam()};
};
JINGWEI_ON_BOTH_STORES(SteeringTest);

TEST_P(SteeringTest, a_report_is_approved_judged_and_stated) {
  const std::string id = world.define(World::content());
  world.on("2026-04-10");
  const auto reported = world.act(world.science, id, "2026-Q1", std::nullopt, World::report(26));
  EXPECT_EQ(reported.version, 1);
  EXPECT_EQ(world.page(id, world.office).state, IndicatorState::no_data) << "what is not approved does not count";
  const auto approved = world.act(world.office, id, "2026-Q1", 1, World::decision(ReportAct::approve));
  const auto page = world.page(id, world.office);
  EXPECT_EQ(page.state, IndicatorState::on_track);
  EXPECT_EQ(page.since, "2026-04-10");
  EXPECT_EQ(page.figure, 26);
  EXPECT_EQ(page.required, 25);
  const auto statements = evidence::statements_about(world.connection(), approved.id);
  ASSERT_EQ(statements.size(), 2u);
  EXPECT_EQ(page.lineage.statements.size(), 2u);
}

TEST_P(SteeringTest, two_missed_quarters_are_off_track_and_the_day_is_told) {
  const std::string id = world.define(World::content());
  world.on("2026-04-10");
  world.report_and_approve(id, "2026-Q1", 21);
  EXPECT_EQ(world.page(id, world.office).state, IndicatorState::pending);
  world.on("2026-07-10");
  world.report_and_approve(id, "2026-Q2", 22);
  const auto page = world.page(id, world.office);
  EXPECT_EQ(page.state, IndicatorState::off_track);
  EXPECT_EQ(page.since, "2026-07-10");
  EXPECT_NE(page.why.zh.find("差 8"), std::string::npos) << page.why.zh;
  EXPECT_EQ(world.page(id, world.office, "2026-07-09").state, IndicatorState::pending) << "as of the day before";
  EXPECT_EQ(world.page(id, world.office, "2026-05-01").figure, 21);
}

TEST_P(SteeringTest, a_unit_has_its_own_things_late_ones_first_and_what_was_a_quarter_ago) {
  const std::string id = world.define(World::content());
  const auto task = [&](const std::string& title, const std::string& due, std::vector<Duty> duties) {
    TaskContent content;
    content.year = 2026;
    content.title = title;
    content.due_on = due;
    content.duties = std::move(duties);
    return world.run([&](store::Transaction& tx) { return world.steering.add_task(tx, world.office, content); });
  };
  const Duty leads{"市科技局", DutyRole::lead, "2026-01-01", std::nullopt};
  const Duty ended{"市科技局", DutyRole::lead, "2026-01-01", "2026-02-28"};
  const auto later = task("后到期", "2026-12-31", {leads});
  const auto late = task("先到期", "2026-03-31", {leads});
  task("已移交", "2026-03-31", {ended, {"市经信局", DutyRole::lead, "2026-03-01", std::nullopt}});
  task("人人有份", "2026-03-31", {{"市科技局", DutyRole::everywhere, "2026-01-01", std::nullopt}});
  world.on("2026-04-25");
  const auto page = world.steering.unit_page(world.connection(), world.auditor, "市科技局", world.today());
  ASSERT_EQ(page.tasks.size(), 2u) << "neither what was handed over nor what everybody has";
  EXPECT_EQ(page.tasks[0].id, late);
  EXPECT_EQ(page.tasks[1].id, later);
  ASSERT_EQ(page.indicators.size(), 1u);
  EXPECT_EQ(page.indicators[0].id, id);
  ASSERT_EQ(page.dues.size(), 1u);
  EXPECT_EQ(page.organization_id, world.science.organization_id);
  EXPECT_EQ(page.before, "2026-01-23");
  ASSERT_EQ(page.tasks_then.size(), 3u) << "then it still had the one that was handed over";
  EXPECT_TRUE(std::ranges::none_of(page.tasks_then, &StoodThen::late));
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.steering.unit_page(tx.reader(), world.auditor, "没有的局", "2026-04-25"); }), "not_found");
}

TEST_P(SteeringTest, a_draft_is_its_accounts_alone_and_the_second_window_is_told) {
  PlanDraftWrite write;
  write.text = "一、总则";
  const auto save = [&](const Actor& actor, std::optional<std::string> id, std::optional<std::int64_t> version) {
    return world.outcome([&](store::Transaction& tx) { world.steering.save_draft(tx, actor, id, version, write); });
  };
  EXPECT_EQ(save(world.science, std::nullopt, std::nullopt), "forbidden") << "only the steering office reads plans in";
  ASSERT_EQ(save(world.office, std::nullopt, std::nullopt), "ok");
  const auto notes = world.steering.drafts(world.connection(), world.office);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].title, "一、总则");
  write.code = "KQ";
  EXPECT_EQ(save(world.office, notes[0].id, 1), "ok");
  EXPECT_EQ(save(world.office, notes[0].id, 1), "version_mismatch version");
  Actor other = world.office;
  other.account_id = "acc_other";
  EXPECT_EQ(save(other, notes[0].id, 2), "not_found");
  EXPECT_EQ(world.steering.draft(world.connection(), world.office, notes[0].id).code, "KQ");
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.steering.discard_draft(tx, world.office, notes[0].id, 1); }), "version_mismatch version");
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.steering.discard_draft(tx, world.office, notes[0].id, 2); }), "ok");
  EXPECT_TRUE(world.steering.drafts(world.connection(), world.office).empty());
  for (std::int64_t i = 0; i < kPlanDraftsMax; ++i) EXPECT_EQ(save(world.office, std::nullopt, std::nullopt), "ok");
  EXPECT_EQ(save(world.office, std::nullopt, std::nullopt), "conflict ");
}

TEST_P(SteeringTest, a_missing_value_is_no_data_and_stays_overdue) {
  const std::string id = world.define(World::content());
  world.on("2026-04-21");
  EXPECT_EQ(world.page(id, world.office).state, IndicatorState::no_data);
  const auto dues = world.steering.dues(world.connection(), world.science, world.today(), false);
  ASSERT_EQ(dues.size(), 1u);
  EXPECT_EQ(dues[0].due_on, "2026-04-20");
  EXPECT_EQ(dues[0].reminder, Reminder::late);
  world.on("2027-06-01");
  EXPECT_EQ(world.steering.dues(world.connection(), world.science, world.today(), false).size(), 5u) << "the overdue ones are all still there";
  EXPECT_TRUE(world.steering.dues(world.connection(), world.industry, world.today(), false).empty());
  EXPECT_EQ(world.steering.dues(world.connection(), world.office, world.today(), true).size(), 5u);
}

TEST_P(SteeringTest, two_people_who_correct_one_figure_do_not_overwrite_each_other) {
  const std::string id = world.define(World::content());
  world.on("2026-04-10");
  world.report_and_approve(id, "2026-Q1", 26);
  ReportWrite first = World::report(27);
  first.act = ReportAct::correct;
  first.reason = "漏统一家";
  world.act(world.science, id, "2026-Q1", 2, first);
  ReportWrite second = first;
  second.value = 28;
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.steering.act(tx, world.science, id, "2026-Q1", 2, second); }), "version_mismatch version");
  EXPECT_EQ(world.page(id, world.office).figure, 26) << "until the correction is approved";
  world.act(world.office, id, "2026-Q1", 3, World::decision(ReportAct::approve));
  EXPECT_EQ(world.page(id, world.office).figure, 27);
}

TEST_P(SteeringTest, only_those_with_a_duty_report_and_duties_are_dated) {
  IndicatorContent content = World::content();
  content.duties = {{"市科技局", DutyRole::lead, "2026-01-01", "2026-06-30"}, {"市经信局", DutyRole::lead, "2026-07-01", std::nullopt}};
  const std::string id = world.define(content);
  world.on("2026-04-10");
  const auto try_report = [&](const Actor& actor, const char* period) {
    return world.outcome([&](store::Transaction& tx) { world.steering.act(tx, actor, id, period, std::nullopt, World::report(26)); });
  };
  EXPECT_EQ(try_report(world.industry, "2026-Q1"), "forbidden");
  EXPECT_EQ(try_report(world.auditor, "2026-Q1"), "forbidden");
  EXPECT_EQ(try_report(world.science, "2026-Q1"), "ok");
  world.on("2026-07-10");
  EXPECT_EQ(try_report(world.science, "2026-Q2"), "forbidden");
  EXPECT_EQ(try_report(world.industry, "2026-Q2"), "ok");
  EXPECT_EQ(try_report(world.industry, "2026-Q4"), "wrong_state period");
  EXPECT_EQ(try_report(world.industry, "2026"), "invalid period");
}

TEST_P(SteeringTest, doubtful_values_are_refused_or_explained) {
  IndicatorContent content = World::content();
  content.rules.min = 0;
  content.rules.jump_percent = 50;
  const std::string id = world.define(content);
  world.on("2026-04-10");
  world.report_and_approve(id, "2026-Q1", 20);
  world.on("2026-07-10");
  const auto try_report = [&](double value, std::optional<std::string> remark) {
    ReportWrite write = World::report(value);
    write.remark = std::move(remark);
    return world.outcome([&](store::Transaction& tx) { world.steering.act(tx, world.science, id, "2026-Q2", std::nullopt, write); });
  };
  EXPECT_EQ(try_report(-1, "真的"), "invalid /value");
  EXPECT_EQ(try_report(60, std::nullopt), "invalid /remark");
  EXPECT_EQ(try_report(60, "并入两个园区"), "ok");
}

TEST_P(SteeringTest, formulas_follow_their_parts_and_circles_are_refused) {
  const std::string part = world.define(World::content("A01"));
  IndicatorContent share = World::content("A02");
  share.source = IndicatorSource::formula;
  share.formula = "[A01] / 2";
  const std::string id = world.define(share);
  world.on("2026-04-10");
  EXPECT_FALSE(world.page(id, world.office).figure.has_value());
  world.report_and_approve(part, "2026-Q1", 26);
  EXPECT_EQ(world.page(id, world.office).figure, 13);
  EXPECT_EQ(world.page(id, world.office).lineage.values.at(0).value, 26);
  EXPECT_EQ(world.page(id, world.office).lineage.values.at(0).period, "2026-Q1") << "the part as it was then";
  IndicatorContent circle = World::content("A01");
  circle.source = IndicatorSource::formula;
  circle.formula = "[A02] * 2";
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.steering.redefine(tx, world.office, part, 1, circle, "改为计算"); }), "invalid /formula");
  share.formula = "[A09]";
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.steering.redefine(tx, world.office, id, 1, share, "换分母"); }), "invalid /formula");
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.steering.act(tx, world.science, id, "2026-Q1", std::nullopt, World::report(1)); }), "wrong_state source");
}

TEST_P(SteeringTest, definitions_are_kept_in_versions_with_reasons) {
  const std::string id = world.define(World::content());
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.steering.define(tx, world.office, World::content()); }), "conflict /code");
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.steering.define(tx, world.science, World::content("A03")); }), "forbidden");
  IndicatorContent changed = World::content();
  changed.course.targets[0].value = 44;
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.steering.redefine(tx, world.office, id, 1, changed, " "); }), "invalid /reason");
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.steering.redefine(tx, world.office, id, 1, changed, "市政府调整目标"); }), "ok");
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.steering.redefine(tx, world.office, id, 1, changed, "再调"); }), "version_mismatch version");
  const auto versions = Steering::versions(world.connection(), id);
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_EQ(versions[0].note, "市政府调整目标");
}

TEST_P(SteeringTest, visitors_see_public_indicators_without_what_is_inside) {
  IndicatorContent hidden = World::content("A02");
  hidden.is_public = false;
  world.define(hidden);
  const std::string id = world.define(World::content());
  world.on("2026-04-10");
  world.report_and_approve(id, "2026-Q1", 26);
  const auto seen = world.steering.indicators(world.connection(), Actor{}, world.today(), world.today());
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_TRUE(seen[0].duties.empty());
  const auto page = world.page(id, Actor{});
  EXPECT_TRUE(page.versions.empty());
  for (const auto& point : page.points) EXPECT_FALSE(point.report.has_value());
  EXPECT_EQ(page.figure, 26);
}

TEST_P(SteeringTest, tasks_say_why_and_tell_two_days_apart) {
  TaskContent task;
  task.kind = TaskKind::project;
  task.year = 2026;
  task.title = "算力中心二期";
  task.due_on = "2026-06-30";
  task.duties = {{"市经信局", DutyRole::lead, "2026-01-01", std::nullopt}};
  const std::string id = world.run([&](store::Transaction& tx) { return world.steering.add_task(tx, world.office, task); });
  const std::string before = world.today();
  world.on("2026-07-01");
  task.status = TaskStatus::slipped;
  const auto change = [&](const Actor& actor) { return world.outcome([&](store::Transaction& tx) { world.steering.change_task(tx, actor, id, 1, task); }); };
  EXPECT_EQ(change(world.industry), "invalid /status_reason");
  task.status_reason = "设备到货推迟";
  task.title = "改了名字";
  EXPECT_EQ(change(world.science), "forbidden");
  EXPECT_EQ(change(world.industry), "ok");
  EXPECT_EQ(world.steering.task(world.connection(), world.industry, id, world.today()).title, "算力中心二期") << "a unit changes progress only";
  const auto changes = world.steering.task_changes(world.connection(), world.auditor, before, world.today());
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].kind, TaskChangeKind::slipped);
  EXPECT_EQ(world.steering.task_changes(world.connection(), world.auditor, "2026-01-01", before).at(0).kind, TaskChangeKind::added);
  EXPECT_TRUE(world.steering.task_changes(world.connection(), world.auditor, before, "2026-06-30").empty());
}

TEST_P(SteeringTest, a_review_has_its_agenda_and_decisions_become_tasks) {
  const std::string id = world.define(World::content());
  world.on("2026-04-10");
  world.report_and_approve(id, "2026-Q1", 21);
  world.on("2026-07-10");
  world.report_and_approve(id, "2026-Q2", 22);
  ReviewContent review;
  review.period = "2026-Q2";
  review.held_on = world.today();
  const std::string held = world.run([&](store::Transaction& tx) { return world.steering.open_review(tx, world.office, review); });
  EXPECT_EQ(world.outcome([&](store::Transaction& tx) { world.steering.open_review(tx, world.office, review); }), "conflict /period");
  review.notes = {{"孵化器两季未达", id, world.today()}};
  review.decisions = {{"一周内拿出补救办法", "市科技局", "2026-07-17", std::nullopt}};
  world.run([&](store::Transaction& tx) { world.steering.change_review(tx, world.office, held, 1, review); });
  const auto page = world.steering.review(world.connection(), world.office, held);
  ASSERT_EQ(page.off_track.size(), 1u);
  EXPECT_EQ(page.off_track[0].state, "off_track");
  EXPECT_EQ(page.changed.size(), 1u);
  ASSERT_TRUE(page.decisions[0].task_id.has_value());
  EXPECT_EQ(world.steering.task(world.connection(), world.office, *page.decisions[0].task_id, world.today()).review_id, held);
  review.decisions = page.decisions;
  world.run([&](store::Transaction& tx) { world.steering.change_review(tx, world.office, held, 2, review); });
  EXPECT_EQ(world.steering.tasks(world.connection(), world.office, {}, world.today()).size(), 1u) << "no second task for the same decision";
}

}  // namespace
}  // namespace jingwei::steering
