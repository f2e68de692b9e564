// The tables of testdata about acts, reminders and changes of tasks.
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

}  // namespace
}  // namespace jingwei::steering
