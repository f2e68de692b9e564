#include "match/match.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include <fmt/format.h>

#include "base/money.h"
#include "base/text.h"
#include "io/file.h"
#include "match/eval.h"
#include "match/internal/weights.h"
#include "match/internal/test_engine.h"
#include "testing/text_cases.h"

namespace jingwei::match {
namespace {

constexpr int kAnswersAboveLookalikes = 13;  ///< of thirty; as measured when the set was made

std::string testdata(const std::string& file) { return std::string(JINGWEI_TESTDATA) + "/" + file; }

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

Document read_supply(const std::string& line) {
  std::vector<std::string> cells;
  for (const auto cell : split(line, '|')) cells.emplace_back(trim(cell));
  cells.resize(8);
  Document document{cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]};
  if (!cells[6].empty()) document.amount_fen = parse_money(cells[6], kFenPerWan)->fen;
  if (!cells[7].empty()) document.trl = std::stoi(cells[7]);
  return document;
}

Need read_need(const std::string& text) {
  Need need;
  for (const auto& line : lines_of(text)) {
    const auto colon = line.find(':');
    const auto key = line.substr(0, colon);
    const std::string value(trim(line.substr(colon + 1)));
    if (key == "title") need.title = value;
    if (key == "text") need.text = value;
    if (key == "segment") need.segment = value;
    if (key == "region") need.region = value;
    if (key == "budget") need.budget_fen = parse_money(value, kFenPerWan)->fen;
  }
  return need;
}

/// "id: words" lines; `said` gives all texts said of an item.
void expect_said(const std::string& block, const Matches& matches, const std::string& name, auto&& said) {
  for (const auto& line : lines_of(block)) {
    const auto colon = line.find(": ");
    std::string all;
    for (const Item& item : matches.items)
      if (item.id == line.substr(0, colon)) all = said(item);
    EXPECT_NE(all.find(line.substr(colon + 2)), std::string::npos) << name << ": wanted " << line << ", said: " << all;
  }
}

TEST(Match, RanksAsTheTableSays) {
  const auto engine = new_engine();
  for (const auto& text_case : testing::read_text_cases(testdata("ranking.test"))) {
    SCOPED_TRACE(text_case.name);
    engine->clear();
    for (const auto& line : lines_of(text_case.block("supplies"))) engine->put(read_supply(line));
    const auto matches = engine->match(read_need(text_case.block("need")), {});
    std::istringstream in(text_case.block("expect"));
    std::size_t at = 0;
    for (std::string id; in >> id; ++at) {
      ASSERT_LT(at, matches.items.size());
      EXPECT_EQ(matches.items[at].id, id);
    }
    expect_said(text_case.block("reason"), matches, text_case.name, [](const Item& item) {
      std::string all;
      for (const Reason& reason : item.reasons) all += reason.text.zh + "; ";
      return all;
    });
    for (const auto& line : text_case.has("unsaid") ? lines_of(text_case.block("unsaid")) : std::vector<std::string>{})
      for (const Item& item : matches.items)
        for (const Reason& reason : item.reasons) EXPECT_EQ(reason.text.zh.find(line), std::string::npos) << item.id << ": " << reason.text.zh;
    expect_said(text_case.block("missing"), matches, text_case.name, [](const Item& item) {
      std::string all;
      for (const Bilingual& text : item.missing) all += text.zh + "; ";
      return all;
    });
    if (text_case.has("problems"))
      expect_said(text_case.block("problems"), matches, text_case.name, [](const Item& item) {
        std::string all;
        for (const int problem : item.problems) all += std::to_string(problem) + " ";
        return all;
      });
    for (const Item& item : matches.items) {
      EXPECT_GE(item.score, 0);
      EXPECT_LE(item.score, 1);
      EXPECT_LE(item.reasons.size(), 3U);
      for (const auto& [part, value] : item.parts) EXPECT_TRUE(value >= 0 && value <= 1) << part << " " << value;
      for (const Reason& reason : item.reasons) EXPECT_FALSE(reason.text.en.empty());
    }
  }
}

std::unique_ptr<Engine> small_engine() {
  auto engine = new_engine();
  for (const char* line : {"a1 | achievement | 主轴热误差补偿 | 机床主轴热伸长补偿，PECVD腔体也可用 | machine.tool | 330402 | 30 | 8",
                           "a2 | platform | 表面工程中心 | 电镀、涂层、盐雾试验 | chem.surface | 330481 | |",
                           "a3 | instrument | 盐雾试验箱 | 盐雾试验 | chem.surface | 310115 | 0.1 |"})
    engine->put(read_supply(line));
  return engine;
}

TEST(Match, OddNeedsGetSensibleAnswers) {
  const auto engine = small_engine();
  const auto count = [&](const std::string& title, const std::string& text) {
    Need need;
    need.title = title;
    need.text = text;
    return engine->match(need, {}).items.size();
  };
  EXPECT_EQ(count("", ""), 0U);
  EXPECT_EQ(count("   ", "，。！"), 0U);
  EXPECT_EQ(count("😀😀😀", "🎉"), 0U);
  EXPECT_EQ(count("12345", "67890 1234567890"), 0U);
  engine->put(read_supply("a4 | platform | 副产氢提纯平台 | 变压吸附，分子筛吸附提纯 | hydrogen.production | 330481 | |"));
  EXPECT_EQ(count("12345 67890", "999"), 0U) << "the description of pure hydrogen has 99.999 %";
  EXPECT_EQ(count("please help with our machine", "nothing here is Chinese"), 0U);
  EXPECT_EQ(count("PECVD chamber", ""), 1U);
  EXPECT_EQ(count("\xff\xfe\xc0", "\x80"), 0U);
  EXPECT_GE(count(std::string("主轴\0热", 10), ""), 1U);
}

TEST(Match, TooLongTextsAreRefusedByTheirNamedLimits) {
  const auto engine = small_engine();
  Need need;
  need.text = std::string(10'000'000, 'a');
  try {
    (void)engine->match(need, {});
    ADD_FAILURE() << "accepted";
  } catch (const Rejected& rejected) {
    EXPECT_EQ(rejected.code(), Code::too_large);
    EXPECT_NE(rejected.message().zh.find("20000"), std::string::npos);
  }
  EXPECT_THROW((void)engine->search(std::string(10'000'000, 'a'), {}), Rejected);
  EXPECT_THROW((void)engine->decompose(need), Rejected);
  need.text.clear();
  need.problems.assign(kProblemsMax + 1, "主轴发热");
  EXPECT_THROW((void)engine->match(need, {}), Rejected);
  need.problems.clear();
  std::string longest;
  for (std::size_t i = 0; i < kTextCharactersMax; ++i) longest += "轴";
  need.text = longest;
  EXPECT_NO_THROW((void)engine->match(need, {}));
  need.text += "轴";
  EXPECT_THROW((void)engine->match(need, {}), Rejected);
}

TEST(Match, AWrongDocumentChangesNothing) {
  const auto engine = small_engine();
  std::vector<Document> batch{read_supply("a9 | achievement | 新的 | 文字 | | | |"), Document{}};
  EXPECT_THROW(engine->put(batch), Rejected);
  EXPECT_EQ(engine->state().documents, 3U);
  EXPECT_FALSE(engine->find("a9"));
}

TEST(Match, TheOwnersProblemsAreUsedAsGiven) {
  const auto engine = small_engine();
  Need need;
  need.title = "两样";
  need.problems = {"主轴热伸长", "盐雾试验不过"};
  const auto matches = engine->match(need, {});
  ASSERT_EQ(matches.problems.size(), 2U);
  EXPECT_EQ(matches.problems[1].text, "盐雾试验不过");
  ASSERT_FALSE(matches.items.empty());
  for (const Item& item : matches.items) EXPECT_EQ(item.problems, item.id == "a1" ? std::vector<int>{0} : std::vector<int>{1}) << item.id;
}

TEST(Match, FiltersLeaveOutBeforeRanking) {
  const auto engine = small_engine();
  const auto ids = [&](const Options& options) {
    std::set<std::string> found;
    for (const Item& item : engine->search("盐雾试验 主轴", options).items) found.insert(item.id);
    return found;
  };
  Options options;
  EXPECT_EQ(ids(options), (std::set<std::string>{"a1", "a2", "a3"}));
  options.kind = "instrument";
  EXPECT_EQ(ids(options), (std::set<std::string>{"a3"}));
  options = {};
  options.region = "330400";
  EXPECT_EQ(ids(options), (std::set<std::string>{"a1", "a2"}));
  options.region = "330481";
  EXPECT_EQ(ids(options), (std::set<std::string>{"a2"}));
  options = {};
  options.segment = "machine.tool";
  EXPECT_EQ(ids(options), (std::set<std::string>{"a1"}));
  options = {};
  options.limit = 1;
  EXPECT_EQ(ids(options).size(), 1U);
  Document ended = read_supply("a1 | achievement | 主轴热误差补偿 | 主轴 | machine.tool | 330402 | |");
  ended.valid_to = "2026-01-20";
  engine->put(ended);
  options = {};
  options.today = "2026-01-21";
  EXPECT_EQ(ids(options), (std::set<std::string>{"a2", "a3"}));
  options.today = "2026-01-20";
  EXPECT_EQ(ids(options).size(), 3U);
}

TEST(Match, WhatIsAboutTheSameIsFoundAmongThousandsThatShareMoreWords) {
  const auto engine = new_engine();
  std::vector<Document> documents;
  // Half of them write all that the need writes and are about something else: more than are scored by all terms.
  for (int i = 0; i < 3'000; ++i) {
    const bool same_words = i % 2 == 0;
    documents.push_back({fmt::format("other{:04}", i), "achievement", same_words ? "数控车间生产排程软件" : "印染废水深度处理",
                         same_words ? "数控车间的机床连续开机两小时，主轴、工件、孔距要求严，发热、热伸长、热误差补偿、精度保不住等停机一并计入排程，订单、班次、交期统一安排，排产更快。" : "膜法处理印染废水，回用率高。"});
  }
  documents.push_back({"answer", "achievement", "主轴温升与热变形抑制", "主轴冷却与热变形建模，开机即稳。"});
  engine->put(documents);
  Need need;
  need.title = "数控车间连续开机后主轴发热";
  need.text = "数控车间的机床连续开机两小时，主轴就热伸长，工件孔距要求严，精度保不住。";
  const auto matches = engine->match(need, {});
  EXPECT_NE(std::ranges::find(matches.items, "answer", &Item::id), matches.items.end());
  Options all;
  all.limit = kResultsMax;
  EXPECT_EQ(engine->match(need, all).items.size(), kResultsMax) << "who asks for many gets them";
}

TEST(Match, PutIsFindableAtOnceAndReplacesById) {
  const auto engine = small_engine();
  EXPECT_EQ(engine->search("量子传感", {}).items.size(), 0U);
  engine->put(read_supply("a1 | achievement | 量子传感 | 新 | iot.sensor | 330402 | |"));
  EXPECT_EQ(engine->search("量子传感", {}).items.size(), 1U);
  EXPECT_EQ(engine->search("热误差", {}).items.size(), 0U);
  engine->remove("a1");
  engine->remove("unknown");
  EXPECT_EQ(engine->search("量子传感", {}).items.size(), 0U);
  EXPECT_EQ(engine->state().documents, 2U);
  engine->clear();
  EXPECT_EQ(engine->state().documents, 0U);
}

TEST(Match, AFigureOrALatinTokenThatIsSearchedForCountsAsAWordDoes) {
  const auto engine = new_engine();
  const auto put = [&](const char* id, const char* title, const char* text) {
    Document document;
    document.id = id;
    document.title = title;
    document.text = text;
    engine->put(document);
  };
  put("with_both", "真空手检修服务", "可处理机械手漏磁，涂胶机型号 BM515，烘干到 18.3℃");
  put("with_title", "真空机械手漏磁治理", "真空机械手漏磁的成因与治理，真空机械手漏磁检测");
  for (int i = 0; i < 20; ++i) put(fmt::format("other{}", i).c_str(), "染色掉色", "拉伸试验");
  for (const char* words : {"BM515 机械手漏磁", "18.3℃ 机械手漏磁"}) EXPECT_EQ(engine->search(words, {}).items[0].id, "with_both") << words;
}

TEST(Match, FurtherSharedWordsCountLessAndLess) {
  const auto engine = new_engine();
  Need need;
  need.title = "离心水泵轴套磨出沟";
  need.text = "离心水泵的密封三个月就漏，轴套磨出沟，换过进口密封也撑不过半年";
  // All of the need's words, and about an eighth of their weight.
  engine->put(Document{"all", "achievement", need.title, need.text, "", ""});
  engine->put(Document{"some", "achievement", "离心水泵叶轮", "离心水泵的叶轮三个月换一次", "", ""});
  std::map<std::string, double> text;
  for (const Item& item : engine->match(need, {}).items) text[item.id] = item.parts.at("text");
  EXPECT_EQ(text["all"], 1);
  EXPECT_GT(text["some"], 0.25);
  EXPECT_LT(text["some"], 0.75);
}

TEST(Match, TextOnlyLooksAtTitleAndTextAlone) {
  const auto answer = [](const char* segment, const char* kind, std::optional<std::int64_t> amount) {
    const auto engine = small_engine();
    Document document = read_supply("a1 | achievement | 主轴热误差补偿 | 机床主轴热伸长补偿 | | | |");
    document.segment = segment;
    document.kind = kind;
    document.amount_fen = amount;
    engine->put(document);
    Need need;
    need.title = "主轴热伸长";
    need.segment = "machine.tool";
    need.region = "330402";
    need.budget_fen = 1;
    Options options;
    options.text_only = true;
    return engine->match(need, options).items.at(0).score;
  };
  EXPECT_EQ(answer("machine.tool", "achievement", {}), answer("food.health", "fund", 100'000'000));
}

TEST(Weights, AWrongKeyIsNamed) {
  auto yaml = io::read_file(Files::below(JINGWEI_SOURCE).weights);
  EXPECT_NO_THROW((void)Weights::parse(yaml, "weights.yaml"));
  yaml.replace(yaml.find("b_title"), 7, "b_tytle");
  try {
    (void)Weights::parse(yaml, "weights.yaml");
    ADD_FAILURE() << "accepted";
  } catch (const Rejected& rejected) {
    ASSERT_EQ(rejected.problems().size(), 2U);
    EXPECT_EQ(rejected.problems()[0].field, "text.b_title");
    EXPECT_EQ(rejected.problems()[1].field, "text.b_tytle");
  }
  EXPECT_THROW((void)Weights::parse("text: [", "weights.yaml"), Rejected);
  EXPECT_THROW((void)Weights::parse("", "weights.yaml"), Rejected);
}

TEST(Eval, FiguresOfOneNeedAreAsComputedByHand) {
  // Gains 7 (grade 3), 3 (grade 2), 1 (grade 1). Ideal: 7/1 + 3/log2(3) + 1/2 = 9.392789.
  const std::map<std::string, int> judgments{{"a", 3}, {"b", 2}, {"c", 1}, {"d", 0}};
  // x unlisted, b at 2, d at 3, a at 4: 3/log2(3) + 7/log2(5) = 4.907536 -> 0.522478.
  const auto result = measure({"x", "b", "d", "a"}, judgments);
  EXPECT_NEAR(result.ndcg10, 0.522478, 1e-6);
  // Listed alone: b, d, a: 3/1 + 7/2 = 6.5 -> 0.692020.
  EXPECT_NEAR(result.ndcg10_judged, 0.692020, 1e-6);
  EXPECT_DOUBLE_EQ(result.recall20, 1.0);
  EXPECT_DOUBLE_EQ(result.mrr10, 0.5);
  EXPECT_NEAR(measure({"a", "b", "c"}, judgments).ndcg10, 1.0, 1e-12);
  EXPECT_DOUBLE_EQ(measure({"x", "b"}, judgments).recall20, 0.5);
  EXPECT_DOUBLE_EQ(measure({}, judgments).ndcg10, 0.0);
}

TEST(Eval, NoFewerAnswersStandAboveTheirLookalikesThanBefore) {
  const auto files = Files::below(JINGWEI_SOURCE);
  const auto engine = new_engine();
  engine->put(read_supplies(io::read_file(testdata("lookalikes/supplies.jsonl")), files));
  const auto needs = read_needs(io::read_file(testdata("lookalikes/needs.jsonl")), files);
  ASSERT_EQ(needs.size(), 30U);
  int above = 0;
  for (const auto& judged : needs)
    for (const Item& item : engine->match(judged.need, {}).items) {
      const auto at = judged.judgments.find(item.id);
      if (at == judged.judgments.end()) continue;
      above += at->second == 3;
      break;
    }
  // Hard ones: the answer speaks as an institute does, the lookalike repeats the need's own words.
  EXPECT_GE(above, kAnswersAboveLookalikes);
}

TEST(Eval, LoadsMatchesAndWritesARun) {
  const auto folder = std::filesystem::temp_directory_path() / "jingwei-eval-test";
  io::make_folders(folder);
  io::write_file_atomically(
      folder / "s.jsonl",
      R"({"id":"d1","kind":"achievement","title":"主轴热误差补偿","text":"机床主轴","segment":"工业母机-机床与功能部件","region":"嘉兴南湖","trl":8,"amount_wan":30})"
      "\n"
      R"({"id":"d2","kind":"fund","title":"科创贷","text":"信用贷款","segment":"综合金融服务","region":"桐乡","trl":null,"amount_wan":1000})"
      "\n");
  io::write_file_atomically(
      folder / "n.jsonl",
      R"({"id":"m1","title":"主轴热伸长","text":"上午准下午不准","segment":null,"region":"嘉兴秀洲","budget_wan":50,"stage":"成长","judgments":{"d1":3,"d2":0}})"
      "\n");
  EvalRequest request{folder / "s.jsonl", folder / "n.jsonl", folder / "run.txt", 100, false};
  const auto result = evaluate(Files::below(JINGWEI_SOURCE), request);
  EXPECT_DOUBLE_EQ(result.ndcg10, 1.0);
  EXPECT_EQ(result.needs, 1);
  EXPECT_TRUE(io::read_file(folder / "run.txt").starts_with("m1 Q0 d1 1 0."));
  std::filesystem::remove_all(folder);
}

TEST(Eval, AWrongFileIsRefusedWithItsLine) {
  const auto files = Files::below(JINGWEI_SOURCE);
  const auto line_of = [&](const std::string& jsonl) -> std::int64_t {
    try {
      (void)read_supplies(jsonl, files);
    } catch (const Rejected& rejected) {
      return rejected.problems().at(0).row.value_or(-1);
    }
    return 0;
  };
  const std::string good = R"({"id":"d1","kind":"fund","title":"t","text":"x"})";
  EXPECT_EQ(line_of(good), 0);
  EXPECT_EQ(line_of(good + "\n{broken"), 2);
  EXPECT_EQ(line_of(good + "\n" + good), 2);
  EXPECT_EQ(line_of(R"({"id":"d1","kind":"fund","title":"t"})"), 1);
  EXPECT_EQ(line_of(R"({"id":"d1","kind":"fund","title":"t","text":"x","segment":"没有的环节"})"), 1);
  EXPECT_EQ(line_of(R"({"id":"d1","kind":"fund","title":"t","text":"x","amount_wan":-1})"), 1);
  EXPECT_THROW((void)read_needs(R"({"id":"m1","title":"t","text":"x","judgments":{"d1":7}})", files), Rejected);
}

}  // namespace
}  // namespace jingwei::match
