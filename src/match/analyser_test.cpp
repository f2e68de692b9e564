// Analyser, figures, decomposition, lexicon: the tables of testdata/.
#include "match/internal/analyser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include "base/text.h"
#include "cppjieba/QuerySegment.hpp"
#include "io/file.h"
#include "match/internal/figures.h"
#include "match/internal/query.h"
#include "match/internal/test_engine.h"
#include "testing/text_cases.h"

namespace jingwei::match {
namespace {

using testing::read_text_cases;

std::string testdata(const std::string& file) { return std::string(JINGWEI_TESTDATA) + "/" + file; }

TEST(Analyser, FindsTheWordsOfTheTable) {
  for (const auto& text_case : read_text_cases(testdata("analyser.test"))) {
    const auto folded = Analyser::fold(text_case.block("text"));
    std::vector<Token> tokens;
    shipped_knowledge().analyser.tokens(folded, tokens);
    std::stable_sort(tokens.begin(), tokens.end(), [](const Token& a, const Token& b) { return a.end < b.end; });
    std::vector<std::string> words;
    for (const Token& token : tokens)
      if (token.word && token.end > token.begin && term_class(token.key) != TermClass::concept_)
        words.push_back(to_utf8(folded.substr(token.begin, token.end - token.begin)));
    std::vector<std::string> expected;
    std::istringstream in(text_case.block("words"));
    for (std::string word; in >> word;) expected.push_back(word);
    std::sort(words.begin(), words.end());
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(words, expected) << text_case.file << ":" << text_case.line << " " << text_case.name;
  }
}

TEST(Analyser, CutsAsCppjiebaDoes) {
  const auto folder = Files::below(JINGWEI_SOURCE).dictionary_folder;
  const cppjieba::DictTrie trie((folder / "jieba.dict.utf8").string());
  const cppjieba::HMMModel model((folder / "hmm_model.utf8").string());
  const cppjieba::QuerySegment theirs(&trie, &model);
  const Dictionary ours(folder);
  std::size_t words = 0;
  // Every Han run of the demo's own words: the shipped lexicon and the other tables here.
  for (const char* file : {"ranking.test", "decompose.test", "analyser.test"}) {
    const auto text = Analyser::fold(io::read_file(testdata(file)));
    for (std::size_t i = 0; i < text.size();) {
      std::size_t end = i;
      while (end < text.size() && is_han(text[end])) ++end;
      if (end > i) {
        const auto run = text.substr(i, end - i);
        std::vector<WordSpan> spans;
        ours.cut(run, spans);
        std::vector<std::string> got;
        for (const WordSpan& span : spans) got.push_back(to_utf8(run.substr(span.begin, span.size())));
        std::vector<std::string> expected;
        theirs.Cut(to_utf8(run), expected);
        EXPECT_EQ(got, expected) << to_utf8(run);
        words += got.size();
      }
      i = end + 1;
    }
  }
  EXPECT_GT(words, 500U);
}

TEST(Analyser, FoldsNoMoreThanItsLimit) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "钢";
  EXPECT_EQ(Analyser::fold(text).size(), kAnalysedCharactersMax);
}

TEST(Analyser, TraditionalCharactersMeetSimplifiedOnes) {
  EXPECT_EQ(Analyser::fold("縮水痕與軸承熱變形"), U"缩水痕与轴承热变形");
  // What simplified text writes too stays: 著 of 显著 is no 着.
  EXPECT_EQ(Analyser::fold("效果显著乾坤"), U"效果显著乾坤");
}

TEST(Analyser, BrokenBytesAreReplacedNotCopied) {
  EXPECT_EQ(Analyser::fold("a\xff\xfe钢"), U"a\ufffd\ufffd钢");
}

TEST(Figures, AreReadAsTheTableSays) {
  constexpr const char* kBounds[] = {"exact", "at_most", "at_least", "tolerance"};
  for (const auto& text_case : read_text_cases(testdata("figures.test"))) {
    std::string got;
    for (const Figure& figure : find_figures(Analyser::fold(text_case.block("text"))))
      got += fmt::format("{}{} {:.4g} {}", got.empty() ? "" : "\n", figure.dimension, figure.value, kBounds[static_cast<int>(figure.bound)]);
    EXPECT_EQ(got, text_case.block("figures")) << text_case.file << ":" << text_case.line;
  }
}

TEST(Figures, OfASupplyMeetANeedAsTheTableSays) {
  for (const auto& text_case : read_text_cases(testdata("figures_met.test"))) {
    bool met = false;
    for (const Figure& asked : find_figures(Analyser::fold(text_case.block("need"))))
      for (const Figure& offered : find_figures(Analyser::fold(text_case.block("supply")))) met = met || figure_met(asked, offered);
    EXPECT_EQ(met ? "yes" : "no", text_case.block("met")) << text_case.file << ":" << text_case.line;
  }
}

TEST(Kinds, MoneyAskedIsReadAsTheTableSays) {
  for (const auto& text_case : read_text_cases(testdata("money.test"))) {
    const MoneyAsked asked = money_asked("", text_case.block("text"));
    EXPECT_EQ(fmt::format("{} {}", asked.forms, asked.amount_fen ? std::to_string(*asked.amount_fen / 100) : "none"), text_case.block("asked"))
        << text_case.file << ":" << text_case.line << " " << text_case.name;
  }
}

TEST(Decompose, SplitsAsTheTableSays) {
  for (const auto& text_case : read_text_cases(testdata("decompose.test"))) {
    const auto problems = split_problems(shipped_knowledge(), text_case.has("title") ? text_case.block("title") : "", text_case.block("text"));
    EXPECT_EQ(join(problems, "\n"), text_case.block("problems")) << text_case.file << ":" << text_case.line << " " << text_case.name;
  }
}

}  // namespace
}  // namespace jingwei::match
