// Values: text cases in testdata/values.test; described types, ids and bytes here.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/bytes.h"
#include "base/described.h"
#include "base/id.h"
#include "base/money.h"
#include "base/region.h"
#include "base/text.h"
#include "base/time.h"
#include "base/uscc.h"
#include "testing/text_cases.h"

namespace jingwei {
namespace {

const Regions& regions() {
  static const Regions loaded = [] {
    std::ifstream in(JINGWEI_SOURCE "/registers/code-lists/regions.csv");
    std::ostringstream text;
    text << in.rdbuf();
    return Regions(text.str());
  }();
  return loaded;
}

std::string money_text(const std::string& input, std::int64_t fen_per_unit) {
  const auto money = parse_money(input, fen_per_unit);
  return money ? format_money(*money, fen_per_unit) : "refused";
}

std::string read(const std::string& kind, const std::string& input) {
  if (kind == "date") return normalise_date(input).value_or("refused");
  if (kind == "instant") {
    const auto time = from_rfc3339(input);
    return time ? to_rfc3339(*time) : "refused";
  }
  if (kind == "wan") return money_text(input, kFenPerWan);
  if (kind == "yuan") return money_text(input, kFenPerYuan);
  if (kind == "uscc") {
    const auto verdict = check_uscc(input);
    return verdict == UsccVerdict::valid ? "valid" : verdict == UsccVerdict::wrong_shape ? "wrong shape" : "wrong check digit";
  }
  if (kind == "region") {
    const Region* region = regions().resolve(input);
    return region != nullptr ? region->code + " " + region->full_name : "refused";
  }
  if (kind == "width") return fold_width(input);
  if (kind == "alphanumeric width") return fold_alphanumeric_width(input);
  return "no such kind";
}

class Values : public ::testing::TestWithParam<testing::TextCase> {};

TEST_P(Values, AreReadAsTheTableSays) { EXPECT_EQ(read(GetParam().block("kind"), GetParam().block("input")), GetParam().block("expect")) << GetParam().name; }
INSTANTIATE_TEST_SUITE_P(Table, Values, ::testing::ValuesIn(testing::read_text_cases(JINGWEI_TESTDATA "/values.test")));

TEST(Bytes, Base64IsStrictAndComesBack) {
  for (std::size_t size = 0; size < 40; ++size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 37 + size);
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
  }
  for (const auto* wrong : {"A", "AA", "AAA", "AB==", "AAB=", "A===", "AA-_", "AAAA=", "AA A"}) EXPECT_FALSE(from_base64(wrong)) << wrong;
}

TEST(Text, BrokenUtf8IsNoticed) {
  EXPECT_TRUE(is_utf8("经纬 😀"));
  for (const auto* wrong : {"\xC0\x80", "\xE4\xB8", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xFF", "\x80"}) EXPECT_FALSE(is_utf8(wrong));
  EXPECT_EQ(count_characters("经纬😀a"), 4u);
  EXPECT_EQ(first_characters("经纬😀a", 3), "经纬😀");
  EXPECT_EQ(trim("　\t 缩水 \xEF\xBB\xBF"), "缩水");
  EXPECT_EQ(join({"", "a", ""}, ","), ",a,");
}

TEST(Id, SortsByTimeAndNamesItsKind) {
  const std::string early = make_ulid({1'000'000}, {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF});
  const std::string late = make_ulid({1'001'000}, {});
  EXPECT_LT(early, late);
  EXPECT_TRUE(is_id("need_" + early, "need"));
  EXPECT_FALSE(is_id("need_" + early, "nee"));
  EXPECT_FALSE(is_ulid("8" + early.substr(1))) << "more than 128 bits";
  EXPECT_FALSE(is_ulid(early.substr(1) + "U"));
}

TEST(Region, DistanceGrowsFromCountyToDelta) {
  EXPECT_EQ(region_distance("330402", "330402"), 0);
  EXPECT_EQ(region_distance("330402", "330421"), 1);
  EXPECT_EQ(region_distance("330402", "330108"), 2);
  EXPECT_EQ(region_distance("330402", "310118"), 3);
  EXPECT_EQ(region_distance("310118", "310112"), 1) << "districts of Shanghai lie in one city";
  EXPECT_TRUE(Regions::contains("330400", "330402"));
  EXPECT_FALSE(Regions::contains("330400", "330500"));
}

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)
struct Inner {
  std::int64_t n = 0;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (n))
struct Outer {
  std::string name;
  std::optional<Colour> colour;
  std::vector<Inner> items;
  bool register_ = false;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (name, colour, items, register_))

TEST(Described, GoesToJsonAndBack) {
  const std::string text = R"({"name":"a","colour":"green","items":[{"n":1},{"n":2}],"register":true})";
  EXPECT_EQ(json::serialize(to_json(from_json<Outer>(parse_json(text)))), text);
  EXPECT_EQ(json::serialize(to_json(Outer{})), R"({"name":"","items":[],"register":false})") << "an optional without a value is left out";
}

TEST(Described, EveryProblemIsToldWithItsPlace) {
  try {
    from_json<Outer>(parse_json(R"({"name":5,"colour":"blue","items":[{"n":1.5},{}],"extra":1})"));
    FAIL();
  } catch (const Rejected& rejected) {
    std::vector<std::string> fields;
    for (const auto& problem : rejected.problems()) {
      fields.push_back(problem.field);
      EXPECT_FALSE(problem.reason.zh.empty() || problem.reason.en.empty() || problem.remedy.zh.empty() || problem.remedy.en.empty());
    }
    EXPECT_EQ(fields, (std::vector<std::string>{"/name", "/colour", "/items/0/n", "/items/1/n", "/register", "/extra"}));
  }
}

TEST(Described, JsonThatIsNoneOrTooDeepIsMalformed) {
  for (const std::string& wrong : {std::string("{"), std::string("[1,]"), std::string("\xFF"), std::string(100, '[')}) EXPECT_THROW(parse_json(wrong), Rejected) << wrong;
}

}  // namespace
}  // namespace jingwei
