#include "match/internal/topics.h"

#include <gtest/gtest.h>

#include "match/internal/analyser.h"
#include "match/internal/test_engine.h"
#include "testing/text_cases.h"

namespace jingwei::match {
namespace {

std::vector<TopicTerm> pairs_of(const std::string& text) {
  const auto folded = Analyser::fold(text);
  std::vector<TopicTerm> terms;
  for (std::size_t i = 0; i + 1 < folded.size(); ++i) terms.push_back({bigram_key(folded[i], folded[i + 1]), kTopicText});
  return terms;
}

TEST(Topics, TextsComeNearAsTheTableSays) {
  for (const auto& text_case : testing::read_text_cases(JINGWEI_TESTDATA "/topics.test")) {
    std::vector<InputProblem> faults;
    const auto lexicon = Lexicon::parse({{"t.txt", text_case.block("lexicon")}}, faults);
    ASSERT_TRUE(faults.empty()) << text_case.name << ": " << faults[0].field << " " << faults[0].reason.en;
    const TopicIndex topics(lexicon);
    const TopicVector need(topics.nearest(pairs_of(text_case.block("need")), 8), lexicon.concepts().size());
    const double near = need.nearness(topics.of<TextTopics>(pairs_of(text_case.block("near"))));
    const double far = need.nearness(topics.of<TextTopics>(pairs_of(text_case.block("far"))));
    EXPECT_GT(near, 2 * far) << text_case.name;
    EXPECT_GT(near, 0.1) << text_case.name;
    EXPECT_LE(near, 1.0) << text_case.name;
  }
}

TEST(Topics, AStepLeadsWhereTheTableSays) {
  for (const auto& text_case : testing::read_text_cases(JINGWEI_TESTDATA "/causes_and_cures.test")) {
    std::vector<InputProblem> faults;
    const auto lexicon = Lexicon::parse({{"t.txt", text_case.block("lexicon")}}, faults);
    ASSERT_TRUE(faults.empty()) << text_case.name << ": " << faults[0].field << " " << faults[0].reason.en;
    const auto from = lexicon.entry_named(text_case.block("from"));
    ASSERT_TRUE(from) << text_case.name;
    const std::vector<Topic> topics{{*from, 1}};
    const auto led = causes_and_cures(lexicon, shipped_knowledge().weights, topics);
    std::string got;
    float length = 0;
    for (const Topic& topic : led) {
      got += (got.empty() ? "" : "\n") + lexicon.concepts()[topic.entry].name;
      length += topic.weight * topic.weight;
    }
    EXPECT_EQ(got, text_case.block("to")) << text_case.name;
    EXPECT_LE(length, 1) << text_case.name << ": many ways from a term are no better lead than few";
    TopicVector before(topics, lexicon.concepts().size());
    TopicVector after = before;
    after.add(led, 0.5);
    if (led.empty()) continue;
    EXPECT_EQ(before.weights()[led[0].entry], 0) << text_case.name;
    EXPECT_GT(after.weights()[led[0].entry], 0) << text_case.name;
    EXPECT_GT(after.weights()[*from], after.weights()[led[0].entry]) << text_case.name;
  }
}

TEST(Topics, ATextIsNearestToItself) {
  const auto& knowledge = shipped_knowledge();
  const auto terms = pairs_of("注塑件表面缩水痕，保压时间加长也没用");
  const TopicVector same(knowledge.analyser.topics().nearest(terms, TextTopics::kKept), knowledge.lexicon.concepts().size());
  EXPECT_NEAR(same.nearness(knowledge.analyser.topics().of<TextTopics>(terms)), 1, 0.02);
}

TEST(Topics, NothingIsNearToNothing) {
  const auto& knowledge = shipped_knowledge();
  EXPECT_EQ(knowledge.analyser.topics().of<TextTopics>({}), TextTopics{});
  EXPECT_EQ(TopicVector({}, knowledge.lexicon.concepts().size()).nearness(knowledge.analyser.topics().of<TextTopics>(pairs_of("缩水痕"))), 0);
}

TEST(Topics, OneWordOfALatinNameIsNotItsName) {
  const auto& topics = shipped_knowledge().analyser.topics();
  const auto near = [&](std::u32string_view token) {
    const TopicTerm term{word_key(token), kTopicText};
    return topics.nearest(std::span(&term, 1), 1).size();
  };
  EXPECT_EQ(near(U"pecvd"), 1U);
  EXPECT_EQ(near(U"hot"), 0U) << "of Hot Disk";
  EXPECT_EQ(near(U"a"), 0U) << "of 双酚A";
}

}  // namespace
}  // namespace jingwei::match
