// The five published documents as golden files, texts of other cities as text cases, and what holds for every text.
#include <gtest/gtest.h>

#include "base/text.h"
#include "io/file.h"
#include "reading/test_draft.h"
#include "testing/text_cases.h"

namespace jingwei::reading {
namespace {

using testing::read_text_cases;

std::string testdata(const std::string& file) { return std::string(JINGWEI_TESTDATA) + "/" + file; }

struct Document {
  std::string text;
  std::string draft;
};

const std::vector<Document> kDocuments = {{"documents/jiaxing-2026-no4-cross-region-measures.txt", "drafts/jiaxing-2026-no4-cross-region-measures.draft"},
                                          {"documents/jiaxing-liangxin-plan-and-50-indicators.txt", "drafts/jiaxing-liangxin-plan-and-50-indicators.draft"},
                                          {"documents/binjiang-innovation-opinions.txt", "drafts/binjiang-innovation-opinions.draft"},
                                          {"documents/jiashan-yrd-community-paper.txt", "drafts/jiashan-yrd-community-paper.draft"},
                                          {"documents/silian-and-china-data-valley.txt", "drafts/silian-and-china-data-valley.draft"}};

std::vector<testing::TextCase> other_texts() {
  auto cases = read_text_cases(testdata("other_cities.test"));
  for (auto& text_case : read_text_cases(testdata("other_layouts.test"))) cases.push_back(std::move(text_case));
  return cases;
}

/// The lines that differ, for people: googletest escapes Chinese.
std::string difference(const std::string& expected, const std::string& actual) {
  const auto lines = [](const std::string& text) {
    std::vector<std::string> parts;
    for (const auto part : split(text, '\n')) parts.emplace_back(part);
    return parts;
  };
  const auto wanted = lines(expected);
  const auto got = lines(actual);
  std::string out;
  for (const auto& line : wanted)
    if (std::count(got.begin(), got.end(), line) != std::count(wanted.begin(), wanted.end(), line)) out += "- " + line + "\n";
  for (const auto& line : got)
    if (std::count(got.begin(), got.end(), line) != std::count(wanted.begin(), wanted.end(), line)) out += "+ " + line + "\n";
  return out.empty() && expected != actual ? "the same lines in another order\n" + actual : out;
}

/// Looks up every item where it says it stands.
class Places {
 public:
  explicit Places(const std::string& text) : source_(to_utf32(text)) {}

  /// The words begin and end there, and everything between is there in the same order.
  void exact(const std::string& words, const DraftRanges& ranges) const {
    const std::u32string wanted = plain(to_utf32(words));
    const std::u32string found = at(ranges);
    ASSERT_FALSE(found.empty()) << words;
    EXPECT_TRUE(found.front() == wanted.front() && found.back() == wanted.back()) << words << " / " << to_utf8(found);
    inside(words, ranges);
  }

  void inside(const std::string& words, const DraftRanges& ranges) const {
    const std::u32string found = at(ranges);
    std::size_t next = 0;
    const std::u32string wanted = plain(to_utf32(words));
    for (const char32_t c : found)
      if (next < wanted.size() && wanted[next] == c) ++next;
    EXPECT_EQ(next, wanted.size()) << words << " / " << to_utf8(found);
  }

 private:
  static std::u32string plain(const std::u32string& text) {
    std::u32string out;
    for (const char32_t c : text)
      if (c > U' ' && c != 0x3000) out += c;
    return out;
  }

  std::u32string at(const DraftRanges& ranges) const {
    std::u32string found;
    for (const auto& range : ranges) found += source_.substr(static_cast<std::size_t>(range.begin), static_cast<std::size_t>(range.end - range.begin));
    return plain(found);
  }

  std::u32string source_;
};

void expect_in_place(const std::string& text) {
  const Draft draft = read(text);
  const Places places(text);
  check(draft, static_cast<std::int64_t>(count_characters(text)));
  for (const auto* words : {&draft.title, &draft.issuer, &draft.number})
    if (*words) places.exact((*words)->text, (*words)->ranges);
  const auto units = [&](const std::vector<DraftUnit>& list) {
    for (const auto& unit : list) places.exact(unit.name, unit.ranges);
  };
  for (const auto& measure : draft.measures) {
    places.inside(measure.number + measure.text, measure.ranges);
    for (const auto& section : measure.sections) places.exact(section.text, section.ranges);
    for (const auto& step : measure.steps) places.exact(step.number + step.text, step.ranges);
    units(measure.units);
  }
  for (const auto& promise : draft.promises) places.exact(promise.text, promise.ranges);
  for (const auto& indicator : draft.indicators) {
    places.inside(indicator.number + indicator.name, indicator.ranges);
    for (const auto* words : {&indicator.system, &indicator.task})
      if (*words) places.exact((*words)->text, (*words)->ranges);
    for (const auto* figures : {&indicator.baselines, &indicator.targets})
      for (const auto& figure : *figures)
        if (!figure.written.empty()) places.exact(figure.written, figure.ranges);
    units(indicator.departments);
  }
}

TEST(Reading, PublishedDocuments) {
  for (const auto& document : kDocuments) {
    std::string said;
    EXPECT_TRUE(testing::matches_golden(testdata(document.draft), lines_of(read(io::read_file(testdata(document.text))), true) + "\n", said)) << said;
  }
}

TEST(Reading, OtherCities) {
  for (const auto& text_case : other_texts()) {
    SCOPED_TRACE(text_case.name);
    const std::string actual = lines_of(read(text_case.block("text")), false);
    EXPECT_TRUE(actual == text_case.block("expect")) << difference(text_case.block("expect"), actual);
  }
}

TEST(Reading, EveryItemStandsWhereItSays) {
  for (const auto& document : kDocuments) {
    SCOPED_TRACE(document.text);
    expect_in_place(io::read_file(testdata(document.text)));
  }
  for (const auto& text_case : other_texts()) {
    SCOPED_TRACE(text_case.name);
    expect_in_place(text_case.block("text"));
  }
}

TEST(Reading, AnotherEndOfLineMovesPlacesOnly) {
  for (const auto& document : kDocuments) {
    const std::string text = io::read_file(testdata(document.text));
    std::string windows;
    for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    EXPECT_EQ(lines_of(read(windows), false), lines_of(read(text), false));
    expect_in_place(windows);
  }
}

TEST(Reading, EveryPublishedTextHasItsSource) {
  const std::string sources = io::read_file(testdata("documents/README.md"));
  for (const auto& document : kDocuments) EXPECT_NE(sources.find("`" + document.text.substr(document.text.find('/') + 1) + "`"), sources.npos) << document.text;
}

std::string repeated(const std::string& text, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += text;
  return out;
}

/// "code message" of the refusal; "" when it is read.
std::string refusal(const std::string& text) {
  try {
    read(text);
  } catch (const Rejected& rejected) {
    EXPECT_FALSE(rejected.problems().empty() || rejected.problems()[0].remedy.zh.empty() || rejected.problems()[0].remedy.en.empty());
    return std::string(code_name(rejected.code())) + " " + rejected.message().zh;
  }
  return "";
}

TEST(Reading, RefusesWhatItCannotTakeIn) {
  EXPECT_EQ(refusal(""), "malformed 里面没有文字");
  EXPECT_EQ(refusal(" \r\n\t\f　"), "malformed 里面没有文字");
  EXPECT_EQ(refusal("方案\xFF"), "malformed 不是 UTF-8 文字");
  EXPECT_EQ(refusal(repeated("每年举办活动不少于30场。", 20U << 20)), "too_large 文字有 20 MB，最多 2 MB");
  EXPECT_NE(refusal(repeated("（一）打造平台。办好。（责任单位：市科技局）\n", 300'000)).find("too_large 读出 2001 条举措"), std::string::npos);
  EXPECT_NE(refusal(repeated("每年举办活动不少于30场。", 300'000)).find("too_large 读出 0 条举措、5001 条承诺"), std::string::npos);
  EXPECT_NE(refusal("序号\t指标\t2027年\n" + repeated("1\t指标名\t3\n", 100'000)).find("个指标，太多了"), std::string::npos);
}

TEST(Reading, ComesToAnEndOnTextsMadeToKeepItBusy) {
  for (const char* piece : {"一是", "，\n", "（", "（责任单位：\n", "1.", "序号\n指标\n2024年\n责任单位\nx\n", "aabbccddeeffgg", "|a|b|c|\n",
                            "一二三四五六七八九十百千万亿", "[bookmark: ", "“五个百项", "各县不再", "责任单位：", "甲乙丙丁。戊己庚\n\n短板\n\n源、泛\n\n",
                            "一、\n（一）\n1.\n(1)\n①\n", "序号\t指标\t2027年\n\f", "印发《", "牵头"})
    EXPECT_EQ(refusal(repeated(piece, 100'000)).find("malformed"), std::string::npos) << piece;
  EXPECT_EQ(read(repeated("指标序号2027年责任单位\n", 200'000)).doubts.size(), kDoubtsMax);
}

TEST(Reading, GoesOverTheWireAndBack) {
  for (const auto& document : kDocuments) {
    const Draft draft = read(io::read_file(testdata(document.text)));
    EXPECT_EQ(lines_of(from_json<Draft>(to_json(draft)), true), lines_of(draft, true));
  }
}

}  // namespace
}  // namespace jingwei::reading
