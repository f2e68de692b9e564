#include "plan/plan.h"

#include <gtest/gtest.h>

#include <sstream>

#include <fmt/format.h>

#include "base/money.h"
#include "io/file.h"
#include "plan/internal/explain.h"
#include "plan/test_plan.h"
#include "testing/text_cases.h"

namespace jingwei::plan {
namespace {

using testing::read_text_cases;

std::string testdata(const std::string& file) { return std::string(JINGWEI_TESTDATA) + "/" + file; }

std::vector<std::vector<std::string>> rows(const std::string& text) {
  std::vector<std::vector<std::string>> result;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::vector<std::string> row;
    for (std::string word; words >> word;) row.push_back(word);
    if (!row.empty()) result.push_back(std::move(row));
  }
  return result;
}

std::optional<std::int64_t> yuan(const std::string& text) {
  if (text == "-") return std::nullopt;
  if (text.starts_with("-")) return -1;  // a wrong amount, on purpose
  const auto money = parse_money(text, kFenPerYuan);
  EXPECT_TRUE(money) << text;
  return money ? std::optional(money->fen) : std::nullopt;
}

std::string word(const std::string& text) { return text == "-" ? "" : text; }

Request request_of(const testing::TextCase& text_case) {
  Request request;
  for (const auto& row : rows(text_case.block("need"))) {
    const auto& value = row.at(1);
    if (row[0] == "today") request.today = value;
    else if (row[0] == "budget") request.need.budget_fen = yuan(value);
    else if (row[0] == "deadline") request.need.deadline = value;
    else if (row[0] == "region") request.need.region = value;
    else if (row[0] == "stage") request.need.stage = value;
    else if (row[0] == "problems") for (int i = 0; i < std::stoi(value); ++i) request.problems.push_back({i, "problem"});
    else ADD_FAILURE() << row[0];
  }
  for (const auto& row : rows(text_case.block("candidates"))) {
    if (row[0] == "id") continue;  // the head
    std::vector<int> problems;
    for (const char digit : word(row.at(6)))
      if (digit != ',') problems.push_back(digit - '0');
    auto made = candidate(row[0], row.at(1), yuan(row.at(2)), word(row.at(3)), row.at(4) == "-" ? std::nullopt : std::optional(std::stoi(row[4])), std::stod(row.at(5)), problems);
    if (row.size() > 7) made.document.valid_to = word(row[7]);
    if (row.size() > 8) made.document.stages = {row[8]};
    request.candidates.push_back(std::move(made));
  }
  return request;
}

/// Clauses of a case: id, kinds, share, ceiling in yuan, region of the need, where the supply lies (in:330400, out:330400), last day.
Rules rules_of(const testing::TextCase& text_case) {
  std::string yaml = "clauses:\n";
  bool any = false;
  if (text_case.has("support"))
    for (const auto& row : rows(text_case.block("support"))) {
      if (row[0] == "id") continue;
      any = true;
      const auto ceiling = row.at(3) == "to_be_set" ? row[3] : std::to_string(*yuan(row[3]));
      yaml += fmt::format("  - {{id: {}, title: {{zh: 券, en: voucher}}, source: 文, kinds: [{}], of: price, share_percent: {}, ceiling_fen: {}, note: {{zh: 注, en: note}}", row[0], row.at(1), row.at(2), ceiling);
      if (row.at(4) != "-") yaml += fmt::format(", regions: [\"{}\"]", row[4]);
      if (row.at(5) != "-") yaml += fmt::format(", supplier_{}side: [\"{}\"]", row[5].starts_with("in:") ? "in" : "out", row[5].substr(row[5].find(':') + 1));
      if (row.at(6) != "-") yaml += fmt::format(", valid_to: {}", row[6]);
      yaml += "}\n";
    }
  return Rules::parse(kTestDurations, any ? yaml : "clauses: []\n");
}

std::string in_yuan(std::int64_t fen) { return (fen < 0 ? "-" : "") + format_money({std::abs(fen)}, kFenPerYuan); }

std::string told(const Alternative& plan) {
  std::string out = fmt::format("{}\n", enum_name(plan.goal));
  for (const auto& part : plan.parts) {
    std::string problems;
    for (const auto problem : part.problems) problems += fmt::format(" {}", problem);
    out += fmt::format("  {} {}{}", enum_name(part.role), part.supply_id, problems);
    if (part.clause_id) out += fmt::format(", {} by {}", in_yuan(part.covered_fen), *part.clause_id);
    if (part.otherwise) out += fmt::format("; else {} score {:+.2f} net {} days {:+}", part.otherwise->supply_id, part.otherwise->score, in_yuan(part.otherwise->net_fen), part.otherwise->days);
    out += "\n";
  }
  out += fmt::format("  money {} - {} = {}{}\n", in_yuan(plan.money.gross_fen), in_yuan(plan.money.covered_fen), in_yuan(plan.money.net_fen),
                     plan.money.unpriced ? fmt::format(", {} to be agreed", plan.money.unpriced) : "");
  for (const auto& clause : plan.clauses) out += fmt::format("  clause {} {}{}\n", clause.id, in_yuan(clause.covered_fen), clause.to_be_set ? " to be set" : "");
  for (const auto& step : plan.steps) out += fmt::format("  step {}{} {} {}\n", step.kind, step.supply_id ? " " + *step.supply_id : "", step.begins_on, step.ends_on);
  out += fmt::format("  budget {}, deadline {}, {} days\n", enum_name(plan.budget), enum_name(plan.deadline), plan.days);
  for (const auto& broken : plan.breaks) out += "  breaks: " + broken.en + "\n";
  for (const auto& gap : plan.gaps) {
    if (gap.reason.en == "No candidate scores high enough" && gap.role != PartRole::solver) continue;  // every case has such places
    out += fmt::format("  gap {}{}: {}\n", enum_name(gap.role), gap.supply_id ? " " + *gap.supply_id : "", gap.reason.en);
  }
  return out;
}

std::string told(const Plans& plans, const std::string& goals) {
  std::string out;
  for (const auto& plan : plans.alternatives)
    if (goals.find(enum_name(plan.goal)) != std::string::npos) out += told(plan);
  for (const auto& same : plans.same) out += fmt::format("{} is the same as {}\n", enum_name(same.goal), enum_name(same.same_as));
  for (const auto& note : plans.notes) out += "note: " + note.en + "\n";
  if (!out.empty()) out.pop_back();
  return out;
}

class PlanCases : public ::testing::TestWithParam<const char*> {};

TEST_P(PlanCases, AreAsTheTableSays) {
  for (const auto& text_case : read_text_cases(testdata(GetParam()))) {
    const auto plans = make(request_of(text_case), rules_of(text_case));
    EXPECT_EQ(told(plans, text_case.has("goals") ? text_case.block("goals") : "cheapest soonest nearest"), text_case.block("expect")) << text_case.file << ":" << text_case.line << " " << text_case.name;
  }
}
INSTANTIATE_TEST_SUITE_P(Plan, PlanCases, ::testing::Values("money.test", "search.test", "limits.test"));

TEST(Plan, WrongInputIsRefusedWithEveryFault) {
  for (const auto& text_case : read_text_cases(testdata("wrong_input.test"))) {
    std::string fields;
    try {
      (void)make(request_of(text_case), rules_of(text_case));
    } catch (const Rejected& rejected) {
      for (const auto& problem : rejected.problems()) {
        fields += (fields.empty() ? "" : "\n") + problem.field;
        EXPECT_FALSE(problem.reason.zh.empty() || problem.remedy.en.empty());
      }
    }
    EXPECT_EQ(fields, text_case.block("faults")) << text_case.name;
  }
  Request many;
  many.today = "2026-01-01";
  for (std::size_t i = 0; i <= kCandidatesMax; ++i) many.candidates.push_back(candidate(fmt::format("a{}", i), "expert", {}, "", {}, 0.5, {}));
  EXPECT_THROW((void)make(many, Rules::parse(kTestDurations, "clauses: []")), Rejected);
}

TEST(Plan, RulesSayWhatIsWrongWithTheirFiles) {
  for (const auto& text_case : read_text_cases(testdata("rules_faults.test"))) {
    std::string fields;
    try {
      (void)Rules::parse(text_case.has("durations") ? text_case.block("durations") : std::string(kTestDurations), text_case.has("support") ? text_case.block("support") : "clauses: []");
    } catch (const Rejected& rejected) {
      for (const auto& problem : rejected.problems()) fields += (fields.empty() ? "" : "\n") + problem.field;
    }
    EXPECT_EQ(fields, text_case.block("faults")) << text_case.name;
  }
}

TEST(Plan, ShippedRulesInventNoFigure) {
  const std::string folder = std::string(JINGWEI_SOURCE) + "/src/plan/";
  const auto rules = Rules::parse(io::read_file(folder + "durations.yaml"), io::read_file(folder + "support.yaml"));
  EXPECT_GE(rules.clauses.size(), 10U);
  for (const auto& clause : rules.clauses) {
    EXPECT_FALSE(clause.share_percent || clause.ceiling_fen) << clause.id << ": the policy texts give no such figure";
    EXPECT_FALSE(clause.source.empty()) << clause.id;
  }
}

TEST(Plan, MoneyIsWrittenAsPeopleReadIt) {
  EXPECT_EQ(money_words(12'500'000).zh, "12.5 万元");
  EXPECT_EQ(money_words(12'500'000).en, "CNY 125,000");
  EXPECT_EQ(money_words(99'950).zh, "999.5 元");
  EXPECT_EQ(money_words(123'456'789'01).en, "CNY 123,456,789.01");
  EXPECT_EQ(money_words(0).en, "CNY 0");
}

}  // namespace
}  // namespace jingwei::plan
