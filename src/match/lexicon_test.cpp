#include "match/internal/lexicon.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "match/internal/analyser.h"
#include "match/internal/explain.h"
#include "match/internal/test_engine.h"
#include "match/lint.h"
#include "testing/text_cases.h"

namespace jingwei::match {
namespace {

using testing::read_text_cases;

std::string testdata(const std::string& file) { return std::string(JINGWEI_TESTDATA) + "/" + file; }

TEST(Lexicon, LinterSaysFileAndLineOfEveryFault) {
  for (const auto& text_case : read_text_cases(testdata("lexicon_faults.test"))) {
    std::vector<InputProblem> faults;
    (void)Lexicon::parse({{"t.txt", text_case.block("file")}}, faults);
    std::vector<std::string> expected;
    std::istringstream in(text_case.block("faults"));
    for (std::string line; std::getline(in, line);) expected.push_back(line);
    ASSERT_EQ(faults.size(), expected.size()) << text_case.name << (faults.empty() ? "" : ": " + faults[0].reason.en);
    for (std::size_t i = 0; i < faults.size(); ++i) {
      const auto space = expected[i].find(' ');
      EXPECT_EQ(faults[i].field, expected[i].substr(0, space)) << text_case.name;
      EXPECT_NE(faults[i].reason.en.find(expected[i].substr(space + 1)), std::string::npos) << text_case.name << ": " << faults[i].reason.en;
      EXPECT_FALSE(faults[i].reason.zh.empty());
      EXPECT_FALSE(faults[i].remedy.en.empty());
    }
  }
}

TEST(Lexicon, ExpandsAsTheTableSays) {
  for (const auto& text_case : read_text_cases(testdata("expand.test"))) {
    std::vector<InputProblem> faults;
    const auto lexicon = Lexicon::parse({{"t.txt", text_case.block("lexicon")}}, faults);
    ASSERT_TRUE(faults.empty()) << text_case.name << ": " << faults[0].reason.en;
    const auto from = lexicon.entry_named(text_case.block("from"));
    ASSERT_TRUE(from) << text_case.name;
    std::string got;
    for (const Link& link : expand(lexicon, shipped_knowledge().weights, *from))
      got += (got.empty() ? "" : "\n") + lexicon.concepts()[link.to].name + " " +
             std::string(link.steps.empty() ? "same" : relation_name(link.steps.back().type));
    EXPECT_EQ(got, text_case.block("to")) << text_case.name;
  }
}

TEST(Lexicon, FindsNamesAsTheTableSays) {
  for (const auto& text_case : read_text_cases(testdata("mentions.test"))) {
    std::vector<InputProblem> faults;
    const auto lexicon = Lexicon::parse({{"t.txt", text_case.block("lexicon")}}, faults);
    ASSERT_TRUE(faults.empty()) << text_case.name << ": " << faults[0].reason.en;
    const auto folded = Analyser::fold(text_case.block("text"));
    std::string got;
    for (const Mention& mention : lexicon.find(folded)) got += (got.empty() ? "" : "\n") + to_utf8(folded.substr(mention.begin, mention.end - mention.begin));
    EXPECT_EQ(got, text_case.block("found")) << text_case.name;
  }
}

TEST(Lexicon, ShippedFilesHaveNoFaultAndAreBigEnough) {
  const auto lexicon = Lexicon::load(Files::below(JINGWEI_SOURCE).lexicon_folder);  // throws on any fault
  EXPECT_GE(lexicon.relation_count(), 30'000U);
  std::set<std::string> segments;
  for (const Concept& entry : lexicon.concepts()) segments.insert(entry.segments.begin(), entry.segments.end());
  EXPECT_GE(segments.size(), 29U);
  const auto answered = std::ranges::count_if(lexicon.concepts(), [](const Concept& entry) { return !entry.answers.empty() && !entry.said.empty(); });
  EXPECT_GE(answered, 3'200) << "complaints that are described in the words of both sides";
  for (const auto& code : segments) EXPECT_NE(shipped_knowledge().places.segment(code), nullptr) << "unknown segment in the lexicon: " << code;
}

TEST(Lexicon, AFaultyFolderIsRefusedWithAllFaults) {
  const auto folder = std::filesystem::temp_directory_path() / "jingwei-lexicon-test";
  std::filesystem::create_directories(folder);
  {
    std::ofstream(folder / "a.txt") << "symptom 缩水痕\nbogus 别的 | 其他\n";
  }
  try {
    (void)Lexicon::load(folder);
    ADD_FAILURE() << "accepted";
  } catch (const Rejected& rejected) {
    EXPECT_EQ(rejected.problems().size(), 2U);
    EXPECT_NE(rejected.message().en.find("a.txt:2"), std::string::npos) << rejected.message().en;
  }
  std::filesystem::remove_all(folder);
}

TEST(Lexicon, TheCheckCountsPhrasesAndSymptomsThatNothingAnswers) {
  const auto folder = std::filesystem::temp_directory_path() / "jingwei-lexicon-check-test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "a.txt") << "symptom 缩水痕 | 缩痕\n  gloss 厚壁处冷却后的凹坑\n  said 对着灯看有坑影子\n  answer 保压与型腔压力闭环 | 微孔发泡减小收缩\n"
                                     "symptom 熔接痕 | 熔接线\nmaterial 尼龙 | 聚酰胺\n";
  const auto report = check_lexicon(folder, {});
  EXPECT_TRUE(report.faults.empty());
  EXPECT_EQ(report.phrases, 4);
  EXPECT_EQ(report.unanswered, 1);
  std::filesystem::remove_all(folder);
}

TEST(Lexicon, NamesWithAGapMatchWithinASentenceOnly) {
  std::vector<InputProblem> faults;
  const auto lexicon = Lexicon::parse({{"t.txt", "symptom 温漂 | 冬天…夏天\n"}}, faults);
  ASSERT_TRUE(faults.empty());
  EXPECT_EQ(lexicon.find(U"冬天偏低、夏天偏高").size(), 1U);
  EXPECT_EQ(lexicon.find(U"冬天冷。夏天热").size(), 0U);
  EXPECT_EQ(lexicon.find(U"冬天冷得人受不了手都伸不出来可夏天热").size(), 0U);
}

TEST(Lexicon, LatinNamesMatchWholeTokensOnly) {
  std::vector<InputProblem> faults;
  const auto lexicon = Lexicon::parse({{"t.txt", "product 生产管理系统 | MES\n"}}, faults);
  EXPECT_EQ(lexicon.find(U"上了mes以后").size(), 1U);
  EXPECT_EQ(lexicon.find(U"messages").size(), 0U);
}

TEST(Lexicon, ReasonsNameTheRelationInBothLanguages) {
  std::vector<InputProblem> faults;
  const auto lexicon = Lexicon::parse({{"t.txt", "symptom 缩水痕 | 缩痕\n  caused-by 保压不足\ncause 保压不足\n  cured-by 气体辅助注塑\n"}}, faults);
  ASSERT_TRUE(faults.empty());
  const auto entry = *lexicon.entry_named("缩痕");
  const auto links = expand(lexicon, shipped_knowledge().weights, entry);
  ASSERT_EQ(links.size(), 3U);
  EXPECT_EQ(describe_link(lexicon, "缩痕", "缩水痕", links[0]).zh, "你写的“缩痕”，供给里写作“缩水痕”");
  EXPECT_EQ(describe_link(lexicon, "缩痕", "保压不足", links[1]).zh, "你写的“缩痕”常由“保压不足”引起");
  EXPECT_EQ(describe_link(lexicon, "缩痕", "气辅", links[2]).zh, "你写的“缩痕”常由“保压不足”引起，“保压不足”可用“气辅”解决");
  EXPECT_EQ(describe_link(lexicon, "缩痕", "气辅", links[2]).en, "You wrote: “缩痕” is often caused by “保压不足”, “保压不足” can be cured by “气辅”");
}

}  // namespace
}  // namespace jingwei::match
