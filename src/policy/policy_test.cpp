#include "policy/policy.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <fstream>

#include "io/file.h"
#include "policy/test_book.h"
#include "testing/text_cases.h"

namespace jingwei::policy {
namespace {

using testing::read_text_cases;

std::string testdata(const std::string& file) { return std::string(JINGWEI_TESTDATA) + "/" + file; }

/// "file:line reason" of everything that is wrong with a folder that holds one policy.
std::string faults_of(const std::string& policy, const std::string& facts) {
  TestFolder folder;
  folder.write("facts.yaml", facts);
  folder.write("sample.yaml", policy);
  std::string told;
  try {
    (void)Book::load(folder.path(), definitions());
  } catch (const Rejected& rejected) {
    for (const auto& problem : rejected.problems()) {
      told += (told.empty() ? "" : "\n") + problem.field + " " + problem.reason.en;
      EXPECT_FALSE(problem.reason.zh.empty() || problem.remedy.zh.empty() || problem.remedy.en.empty()) << problem.field;
    }
  }
  return told;
}

TEST(Policy, WrongFilesAreToldWithFileLineAndReason) {
  for (const auto& text_case : read_text_cases(testdata("faults.test"))) {
    const std::string facts = text_case.has("facts") ? text_case.block("facts") : std::string(kSampleFacts);
    EXPECT_EQ(faults_of(text_case.block("policy"), facts), text_case.block("faults")) << text_case.file << ":" << text_case.line << " " << text_case.name;
  }
}

TEST(Policy, CasesBesideThePoliciesPass) {
  const auto results = run_cases(shipped(), policies_folder());
  EXPECT_GE(results.size(), 60U);
  for (const auto& result : results) EXPECT_TRUE(result.passed) << result.file << ":" << result.line << " " << result.name << "\n" << result.difference;
}

TEST(Policy, EveryPolicyAndLadderHasACase) {
  for (const auto& policy : shipped().policies()) EXPECT_TRUE(io::file_exists(policies_folder() / (policy.id + ".test"))) << policy.id;
  for (const auto& scheme : shipped().schemes()) EXPECT_TRUE(io::file_exists(policies_folder() / "schemes" / (scheme.id + ".test"))) << scheme.id;
}

TEST(Policy, NoFigureStandsWithoutItsRule) {
  int unset = 0;
  const auto look = [&](const Policy& policy) {
    for (const auto& parameter : policy.parameters)
      for (const auto& dated : parameter.values) {
        EXPECT_FALSE(dated.legal.empty()) << policy.id << " " << parameter.id;
        unset += is_known(dated.value) ? 0 : 1;
      }
  };
  for (const auto& policy : shipped().policies()) look(policy);
  for (const auto& level : shipped().levels()) look(level);
  EXPECT_GE(unset, 30) << "amounts that the documents do not give must not be filled in";
}

// The documents are not part of the source; where a folder with them is named, every quote must stand in one of them.
TEST(Policy, QuotesStandInTheDocuments) {
  const char* folder = std::getenv("JINGWEI_DOCUMENTS");
  if (folder == nullptr) GTEST_SKIP() << "JINGWEI_DOCUMENTS names no folder";
  std::string all;
  for (const auto& item : std::filesystem::directory_iterator(folder)) all += io::read_file(item.path());
  const auto bare = [](std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    return text;
  };
  all = bare(all);
  const auto stands = [&](const std::string& quote) { return quote.empty() || all.find(bare(quote)) != std::string::npos; };
  const auto look = [&](const Policy& policy) {
    EXPECT_TRUE(stands(policy.quote)) << policy.id << ": " << policy.quote;
    for (const auto& clause : policy.clauses) EXPECT_TRUE(stands(clause.quote)) << policy.id << " " << clause.id << ": " << clause.quote;
  };
  for (const auto& policy : shipped().policies()) look(policy);
  for (const auto& level : shipped().levels()) look(level);
}

// Plans of a need list clauses of support; the same ids are policies here, with the same titles and places.
TEST(Policy, ClausesOfSupportArePolicies) {
  const std::string yaml = io::read_file(std::string(JINGWEI_SOURCE) + "/src/plan/support.yaml");
  int clauses = 0;
  std::istringstream in(yaml);
  const Policy* policy = nullptr;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("  - id: ")) {
      policy = shipped().find(line.substr(8));
      EXPECT_NE(policy, nullptr) << line << " has no policy";
      ++clauses;
    }
    if (policy == nullptr) continue;
    const std::string& wanted = line.starts_with("    title: {zh: ") ? policy->title.zh : line.starts_with("    regions: ") ? policy->regions.front() : line;
    EXPECT_NE(line.find(wanted), std::string::npos) << policy->id << ": " << line;
  }
  EXPECT_GE(clauses, 12);
}

// The register of policies, from which matching and plans offer them, has each of them under its title.
TEST(Policy, TheDemoRegionListsEveryPolicy) {
  const auto rows = registry::parse_csv(io::read_file(std::string(JINGWEI_SOURCE) + "/demo/policies.csv"));
  EXPECT_EQ(rows.size(), shipped().policies().size() + 1);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto* policy = shipped().find(rows[i].at(1));
    ASSERT_NE(policy, nullptr) << rows[i].at(1);
    EXPECT_EQ(rows[i].at(0), policy->title.zh);
    EXPECT_NE(rows[i].at(3).find(policy->quote), std::string::npos) << policy->id;
  }
}

constexpr int kSampleCompanies = 40;
constexpr std::int64_t kAskedOneByOne = 8;

TEST(Policy, OneCompanyAndAllAtOnceGetTheSameVerdicts) {
  const Book& book = shipped();
  const auto sample = sample_companies(book, kSampleCompanies);
  Companies all(book);
  for (const auto& company : sample) all.add(company);
  const Terms terms{"2026-06-30", {}};
  const std::vector<Outcome> outcomes = {Outcome::claim, Outcome::to_be_set, Outcome::tell_us, Outcome::almost, Outcome::no};
  for (const auto& policy : book.policies()) {
    const Tally tally = all.judge(policy, terms);
    EXPECT_EQ(tally.claim + tally.to_be_set + tally.tell_us + tally.almost + tally.no, kSampleCompanies) << policy.id;
    for (const auto& judged : all.list(policy, outcomes, 0, sample.size())) {
      if (judged.company >= kAskedOneByOne) continue;
      const auto one = answer(book, {&policy}, sample[static_cast<std::size_t>(judged.company)], terms).front();
      ASSERT_EQ(one.outcome, judged.outcome) << policy.id << " company " << judged.company;
      ASSERT_EQ(one.benefit.amount_fen, judged.amount_fen) << policy.id;
      for (std::size_t i = 0; i < one.clauses.size(); ++i) ASSERT_EQ(one.clauses[i].verdict, verdict_of(judged.trace, i)) << policy.id << " " << one.clauses[i].id;
    }
  }
}

TEST(Policy, WhatIfChangesWhoGainsAndWhatItCosts) {
  const Book book = sample_book();
  const Policy& policy = book.require("sample");
  Companies all(book);
  const auto kind = std::pair<std::string, Value>{"kind", Value(std::string("enterprise"))};
  for (const std::int64_t staff : {5, 10, 15, 20}) all.add(company_with(book, {kind, {"staff", Value(staff)}, {"rd_spend_fen", Value(staff * 1'000'000)}}));
  const Tally now = all.judge(policy, {"2026-06-30", {}});
  EXPECT_EQ(now.claim, 2);
  EXPECT_EQ(now.amount_fen, 3'500'000);
  const Tally then = all.judge(policy, {"2026-06-30", {{"staff_min", Value(std::int64_t{10})}}});
  EXPECT_EQ(then.claim, 3);
  EXPECT_EQ(then.amount_fen, 4'500'000);
  const auto gains = all.list(policy, {Outcome::claim}, 0, 10);
  ASSERT_EQ(gains.size(), 3U);
  EXPECT_EQ(gains[0].company, 3) << "dearest first";
}

TEST(Policy, ADivisionByZeroIsNeitherYesNorMoney) {
  const Book book = sample_book();
  const auto company = company_with(book, {{"staff", Value(std::int64_t{0})}, {"rd_spend_fen", Value(std::int64_t{100})}, {"kind", Value(std::string("enterprise"))}});
  const auto one = answer(book, {&book.require("ratio")}, company, {"2026-06-30", {}}).front();
  EXPECT_EQ(one.clauses.back().verdict, Verdict::not_computable);
  EXPECT_EQ(one.outcome, Outcome::tell_us);
  EXPECT_FALSE(one.benefit.amount_fen);
  EXPECT_EQ(one.benefit.state, Verdict::not_computable);
}

TEST(Policy, AFigureTooLargeSpoilsNobodyElse) {
  const Book book = sample_book();
  Companies all(book);
  const auto kind = std::pair<std::string, Value>{"kind", Value(std::string("enterprise"))};
  all.add(company_with(book, {kind, {"staff", Value(INT64_MAX)}, {"rd_spend_fen", Value(INT64_MAX)}}));
  all.add(company_with(book, {kind, {"staff", Value(std::int64_t{20})}, {"rd_spend_fen", Value(std::int64_t{2000})}}));
  const Tally tally = all.judge(book.require("sample"), {"2026-06-30", {}});
  EXPECT_EQ(tally.claim, 2);
  EXPECT_EQ(tally.amount_fen, 200);
  EXPECT_EQ(tally.without_amount, 1);
}

TEST(Policy, FiguresAreDated) {
  const Book book = sample_book();
  const auto& staff_min = book.require("sample").parameters.front();
  EXPECT_FALSE(is_known(in_force(staff_min, {"2019-12-31", {}})));
  EXPECT_EQ(in_force(staff_min, {"2020-01-01", {}}), Value(std::int64_t{15}));
  EXPECT_EQ(in_force(staff_min, {"2030-01-01", {}}), Value(std::int64_t{30}));
}

TEST(Policy, RecognitionFollowsWhoGrantedIt) {
  EXPECT_TRUE(recognised(shipped(), "high_tech", "310000", "330402")) << "a national level counts everywhere";
  EXPECT_TRUE(recognised(shipped(), "specialized", "330000", "330402"));
  EXPECT_FALSE(recognised(shipped(), "specialized", "310000", "330402")) << "a level of a province stays there";
  EXPECT_TRUE(recognised(shipped(), "spark_merchant", "330108", "330108"));
  EXPECT_FALSE(recognised(shipped(), "spark_merchant", "330108", "330402"));
}

TEST(Policy, ALadderNamesTheNextLevelAndWhatIsMissing) {
  const Book& book = shipped();
  const auto company = company_with(book, {{"certifications", Value(std::vector<std::string>{"tech_sme"})}, {"kind", Value(std::string("enterprise"))},
                                           {"staff", Value(std::int64_t{100})}, {"rd_staff", Value(std::int64_t{5})}});
  const auto all = ladders(book, company, {"2026-06-30", {}});
  const auto firms = std::ranges::find(all, "innovative_firms", &LadderAnswer::scheme);
  ASSERT_NE(firms, all.end());
  EXPECT_TRUE(firms->rungs[0].held);
  ASSERT_TRUE(firms->next);
  EXPECT_EQ(firms->next->policy, "high_tech");
  const auto staff = std::ranges::find(firms->next->clauses, "research_staff", &ClauseAnswer::id);
  EXPECT_EQ(staff->verdict, Verdict::no) << "5 of 100 is under 10 percent";
}

TEST(Policy, WrongAnswersAtTheFormAreToldTogether) {
  Company company;
  try {
    say(shipped(), company, parse_json(R"({"staff": "many", "region": "nowhere", "colour": 1, "founded_on": "2020-02-30", "fined": false})").as_object());
    FAIL();
  } catch (const Rejected& rejected) {
    EXPECT_EQ(rejected.problems().size(), 4U);
  }
  say(shipped(), company, parse_json(R"({"staff": 12, "certifications": [], "region": "330402", "founded_on": null})").as_object());
  EXPECT_EQ(company.facts[*shipped().fact("staff")].origin, Origin::said);
  EXPECT_TRUE(is_known(company.facts[*shipped().fact("certifications")].value)) << "none is an answer, too";
  EXPECT_FALSE(is_known(company.facts[*shipped().fact("founded_on")].value));
}

}  // namespace
}  // namespace jingwei::policy
