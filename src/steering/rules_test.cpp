// The tables of testdata about acts, reminders and changes of tasks.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "steering/internal/test_tables.h"
#include "steering/steering.h"

namespace jingwei::steering {
namespace {

using testing::cases_of;
using testing::rows_of;

constexpr const char* kDay = "2026-10-15";

std::optional<Observation> in_state(const std::string& word) {
  if (word == "-") return std::nullopt;
  Observation observation;
  observation.version = 3;
  observation.state = enum_from_name<ReportState>(word).value();
  observation.reported = {12, {}, {}, "acc_reporter", "李工", kDay};
  if (word == "approved" || word == "correcting") observation.approved = ReportedValue{10, {}, {}, "acc_reporter", "李工", kDay};
  return observation;
}

ReportContext context_of(const std::string& who) {
  return {who == "reporter" || who == "both", who == "steering" || who == "both" || who == "self", who == "self" || who == "reporter" ? "acc_reporter" : "acc_other", "陈科长", kDay};
}

ReportWrite complete(ReportAct act) {
  ReportWrite write;
  write.act = act;
  if (act == ReportAct::report || act == ReportAct::correct) write.value = 13;
  if (act == ReportAct::give_back || act == ReportAct::correct) write.reason = "口径不对";
  return write;
}

TEST(Reports, every_state_act_and_side) {
  for (const auto& words : rows_of(cases_of("reports.test")[0].block("table"))) {
    const std::string place = words[0] + " " + words[1] + " " + words[2];
    const auto before = in_state(words[0]);
    std::string after;
    try {
      const auto result = decide(before, context_of(words[2]), complete(enum_from_name<ReportAct>(words[1]).value()));
      after = enum_name(result.state);
      EXPECT_EQ(result.version, before ? 4 : 1) << place;
    } catch (const Rejected& rejected) {
      after = code_name(rejected.code());
    }
    EXPECT_EQ(after, words[3]) << place;
  }
}

TEST(Reports, approval_locks_and_a_refused_correction_leaves_what_was_approved) {
  const auto approved = decide(in_state("reported"), context_of("steering"), complete(ReportAct::approve));
  ASSERT_TRUE(approved.approved.has_value());
  EXPECT_EQ(approved.approved->value, 12);
  const auto correcting = decide(approved, context_of("reporter"), complete(ReportAct::correct));
  EXPECT_EQ(correcting.approved->value, 12) << "what is approved stands";
  EXPECT_EQ(correcting.reported.value, 13);
  EXPECT_EQ(decide(correcting, context_of("steering"), complete(ReportAct::give_back)).reported.value, 12);
  const auto corrected = decide(correcting, context_of("steering"), complete(ReportAct::approve));
  EXPECT_EQ(corrected.approved->value, 13);
  EXPECT_EQ(corrected.reason, "口径不对");
}

TEST(Reports, content_is_told_all_at_once) {
  ReportWrite write;
  write.act = ReportAct::correct;
  write.reason = " 　";
  write.attachment = "ftp://a";
  try {
    decide(in_state("approved"), context_of("reporter"), write);
    FAIL();
  } catch (const Rejected& rejected) {
    std::string fields;
    for (const auto& problem : rejected.problems()) fields += problem.field + " ";
    EXPECT_EQ(fields, "/value /reason /attachment ");
  }
}

TEST(Ladder, first_and_last_day_of_every_rung) {
  for (const auto& words : rows_of(cases_of("ladder.test")[0].block("table"))) EXPECT_EQ(enum_name(reminder_of("2026-10-20", words[0])), words[1]) << words[0];
}

TEST(Tasks, a_change_has_one_name) {
  for (const auto& words : rows_of(cases_of("task_changes.test")[0].block("table"))) {
    const auto task = [](const std::string& status, const std::string& due) {
      TaskContent content;
      content.status = enum_from_name<TaskStatus>(status).value();
      if (due != "-") content.due_on = due;
      return content;
    };
    EXPECT_EQ(enum_name(kind_of_change(task(words[0], words[1]), task(words[2], words[3]))), words[4]) << words[0] << " " << words[2];
  }
}

/// "12/running/5/1/q/a,b": value, state, feed_seq, definition, query, rows.
std::optional<FigureResult> figure_in(const std::string& word) {
  if (word == "-") return std::nullopt;
  std::vector<std::string> parts;
  std::istringstream in(word);
  for (std::string part; std::getline(in, part, '/');) parts.push_back(part);
  parts.resize(6);
  FigureResult result;
  result.figure.value = testing::number_of(parts[0]);
  result.figure.running = parts[1] == "running";
  result.figure.feed_seq = std::stoll(parts[2]);
  result.figure.definition = std::stoll(parts[3]);
  result.origin.query.sql = parts[4];
  std::istringstream rows(parts[5]);
  for (std::string id; std::getline(rows, id, ',');) result.origin.rows.push_back({id, std::nullopt});
  result.origin.rows_total = static_cast<std::int64_t>(result.origin.rows.size());
  return result;
}

TEST(ComputedFigures, a_version_is_written_when_something_changed_and_says_why) {
  for (const auto& test : cases_of("computed.test"))
    for (const auto& words : rows_of(test.block("table"))) {
      auto before = figure_in(words[0]);
      if (before) before = next_figure(std::nullopt, *before);  // in the order in which rows are kept
      const auto next = next_figure(before, figure_in(words[1]).value());
      std::string outcome = "same";
      if (next && next->figure.reason)
        outcome = next->figure.reason->zh.starts_with("期末以后") ? "late" : next->figure.reason->zh.starts_with("指标的查询") ? "query" : "definition";
      else if (next) outcome = before && before->figure.running && !next->figure.running ? "closed" : "new";
      EXPECT_EQ(outcome, words[2]) << words[0] << " " << words[1];
    }
}

TEST(ComputedFigures, of_many_rows_the_newest_are_kept) {
  auto many = figure_in("300/running/1/1/q/").value();
  for (int i = 0; i < 300; ++i) many.origin.rows.push_back({fmt::format("need_{:03}", i), 1.0});
  many.origin.rows_total = 300;
  const auto kept = next_figure(std::nullopt, many).value();
  EXPECT_EQ(kept.origin.rows.size(), kFigureRowsKeptMax);
  EXPECT_EQ(kept.origin.rows.front().id, "need_299");
  EXPECT_EQ(kept.origin.rows_total, 300);
}

}  // namespace
}  // namespace jingwei::steering
