#include <gtest/gtest.h>

#include "match/internal/test_engine.h"
#include "match/match.h"

namespace jingwei::match {
namespace {

std::unique_ptr<Engine> engine_with(const char* title, const char* text) {
  Document document;
  document.id = "a";
  document.title = title;
  document.text = text;
  auto engine = new_engine();
  engine->put({&document, 1});
  return engine;
}

std::string first_reason(const Matches& matches) {
  return matches.items.empty() || matches.items[0].reasons.empty() ? std::string() : matches.items[0].reasons[0].text.zh;
}

TEST(Reasons, ASearchShowsTheWordsItFound) {
  const auto matches = engine_with("主轴热误差补偿", "机床主轴热伸长补偿")->search("主轴补偿", {});
  EXPECT_EQ(first_reason(matches), "都提到：主轴、补偿");
  EXPECT_EQ(matches.items[0].reasons[0].kind, ReasonKind::words);
}

TEST(Reasons, ANumberOrALatinTokenIsSharedOnlyWhole) {
  const auto engine = engine_with("主轴检测 chain49", "跳动 149 微米，型号 XKQ-U");
  const auto told = [&](const char* title) {
    Need need;
    need.title = title;
    return first_reason(engine->match(need, {}));
  };
  EXPECT_EQ(told("主轴 49"), "都提到：主轴");
  EXPECT_EQ(told("主轴 ai"), "都提到：主轴");
  EXPECT_EQ(told("主轴 XKQ"), "都提到：主轴、xkq");
}

TEST(Reasons, ASmallNumberIsNoSharedWordOfANeed) {
  const auto engine = engine_with("主轴检测 78", "转速 78，材料 7075");
  Need need;
  need.title = "主轴 78 7075";
  EXPECT_EQ(first_reason(engine->match(need, {})), "都提到：主轴、7075");
  EXPECT_EQ(first_reason(engine->search("78", {})), "都提到：78");
}

}  // namespace
}  // namespace jingwei::match
