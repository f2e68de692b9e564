#include <gtest/gtest.h>

#include <limits>
#include <random>

#include <fmt/format.h>

#include "crypto/crypto.h"
#include "testing/text_cases.h"

namespace jingwei::crypto {
namespace {

std::string diagnose(CborReader& reader) {
  switch (reader.peek()) {
    case CborReader::Kind::integer: return fmt::format("{}", reader.integer());
    case CborReader::Kind::bytes: return "h'" + to_hex(reader.bytes()) + "'";
    case CborReader::Kind::text: return fmt::format("\"{}\"", reader.text());
    case CborReader::Kind::boolean: return reader.boolean() ? "true" : "false";
    case CborReader::Kind::null: reader.null(); return "null";
    case CborReader::Kind::tag: {
      const auto number = reader.tag();
      return fmt::format("{}({})", number, diagnose(reader));
    }
    case CborReader::Kind::array: {
      std::string out;
      for (std::size_t left = reader.array(); left > 0; --left) out += diagnose(reader) + (left > 1 ? ", " : "");
      return "[" + out + "]";
    }
    case CborReader::Kind::map: {
      std::string out;
      for (std::size_t left = reader.map(); left > 0; --left) {
        out += diagnose(reader) + ": ";
        out += diagnose(reader) + (left > 1 ? ", " : "");
      }
      return "{" + out + "}";
    }
    case CborReader::Kind::end: break;
  }
  return "end";
}

TEST(Cbor, ReadsDeterministicDocumentsAndRefusesOthers) {
  for (const auto& text_case : testing::read_text_cases(JINGWEI_TESTDATA "/cbor.test")) {
    SCOPED_TRACE(fmt::format("{}:{} {}", text_case.file, text_case.line, text_case.name));
    const auto document = from_hex(text_case.block("input"));
    ASSERT_TRUE(document);
    std::string seen;
    try {
      CborReader reader(*document);
      seen = diagnose(reader);
      reader.expect_end();
    } catch (const Rejected& rejected) {
      EXPECT_EQ(rejected.code(), Code::malformed);
      EXPECT_FALSE(rejected.message().zh.empty());
      seen = std::string("refused: ") + rejected.what();
    }
    EXPECT_EQ(seen, text_case.block("expect"));
  }
}

TEST(Cbor, IntegersOfEverySizeComeBackAsWritten) {
  constexpr auto kSeed = 20261120;
  SCOPED_TRACE(fmt::format("seed {}", kSeed));
  std::mt19937_64 random(kSeed);
  std::vector<std::int64_t> values{0, -1, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()};
  for (int bits = 0; bits < 63; ++bits) {
    for (const std::int64_t near : {-1, 0, 1}) {
      values.push_back((std::int64_t{1} << bits) + near);
      values.push_back(-(std::int64_t{1} << bits) + near);
    }
    values.push_back(static_cast<std::int64_t>(random() >> bits));
  }
  for (const std::int64_t value : values) {
    const Bytes document = CborWriter().integer(value).take();
    EXPECT_EQ(CborReader(document).integer(), value);
  }
}

TEST(Cbor, SkipPassesOverAWholeItemAndReturnsItsBytes) {
  const Bytes document = CborWriter().array(2).map(1).text("a").array(2).integer(1).integer(2).bytes(as_bytes("z")).take();
  CborReader reader(document);
  EXPECT_EQ(reader.array(), 2U);
  EXPECT_EQ(to_hex(reader.skip()), "a16161820102");
  EXPECT_EQ(as_text(reader.bytes()), "z");
  reader.expect_end();
  EXPECT_EQ(reader.peek(), CborReader::Kind::end);
  EXPECT_THROW(reader.skip(), Rejected);
}

TEST(Cbor, ReadingAnotherKindThanThereIsRefuses) {
  const Bytes document = CborWriter().text("x").take();
  CborReader reader(document);
  EXPECT_THROW(reader.integer(), Rejected);
  EXPECT_THROW(reader.bytes(), Rejected);
  EXPECT_THROW(reader.map(), Rejected);
  EXPECT_EQ(reader.text(), "x");  // a refused read has not moved on
  EXPECT_THROW(reader.text(), Rejected);
}

TEST(Cbor, TooLargeDocumentsAreRefused) {
  const Bytes large(kCborBytesMax + 1, 0);
  EXPECT_THROW(CborReader{large}, Rejected);
  Bytes many{0x9a, 0x00, 0x01, 0x00, 0x00};  // an array of 65,536 zeros is one item over the limit
  many.resize(many.size() + 65'536, 0);
  EXPECT_THROW(CborReader{many}, Rejected);
}

TEST(CborDeathTest, WriterStopsAtADocumentThatIsNotDeterministic) {
  EXPECT_DEATH((void)CborWriter().map(2).integer(2).integer(0).integer(1).integer(0).take(), "broken invariant");
  EXPECT_DEATH((void)CborWriter().array(2).integer(2).take(), "broken invariant");
}

}  // namespace
}  // namespace jingwei::crypto
