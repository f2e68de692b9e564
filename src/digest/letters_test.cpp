// A letter as bytes.
#include <gtest/gtest.h>

#include <sstream>

#include "base/bytes.h"
#include "base/text.h"
#include "digest/internal/test_world.h"
#include "testing/text_cases.h"

namespace jingwei::digest {
namespace {

Letter letter_named(const std::string& name, const std::string& subject, const std::string& text) {
  return {"account_1", "zhao@jia.example", name, identity::Language::zh, subject, text, "digest_1", "2026-01-21T12:53:20.000000Z"};
}

std::string message(const Letter& letter) {
  static const registry::Definitions none;
  static const evidence::Issuer issuer{"jingwei.example/330400", crypto::KeyPair::from_seed(crypto::Seed{1})};
  static const registry::Registry registry(none, issuer);
  static const Digests digests(registry);
  return Letters(digests, sender_of({"嘉兴四链协同", "Jiaxing four chains"}, "jingwei.example/330400")).message(letter);
}

TEST(Letter, is_what_the_file_says_byte_for_byte) {
  for (const auto& text_case : jingwei::testing::read_text_cases(JINGWEI_TESTDATA "/letter.test")) {
    std::string actual = message(letter_named(text_case.block("name"), text_case.block("subject"), text_case.block("text")));
    std::string lines;
    for (std::size_t at = 0; at < actual.size();) {
      const auto end = actual.find("\r\n", at);
      ASSERT_NE(end, std::string::npos) << "a line that does not end in CRLF";
      lines += actual.substr(at, end - at) + "\n";
      at = end + 2;
    }
    EXPECT_EQ(lines, text_case.block("expect") + "\n") << text_case.name;
  }
}

TEST(Letter, headers_stay_within_limits_whatever_a_title_holds) {
  std::string wild;
  for (int i = 0; i < 60; ++i) wild += i % 3 == 0 ? "题" : i % 3 == 1 ? "😀" : "\r\nBcc: all@else.example";
  const std::string text = message(letter_named(wild, wild, "文字"));
  const auto body = text.find("\r\n\r\n");
  std::istringstream headers(text.substr(0, body));
  for (std::string line; std::getline(headers, line);) {
    EXPECT_LE(line.size(), 77U) << line;  // 76 and the CR
    EXPECT_FALSE(line.starts_with("Bcc")) << "a title made a header";
    // Each encoded word is whole UTF-8.
    if (const auto begin = line.find("=?UTF-8?B?"); begin != std::string::npos) {
      const auto bytes = from_base64(line.substr(begin + 10, line.find("?=", begin + 10) - begin - 10));
      ASSERT_TRUE(bytes.has_value());
      EXPECT_TRUE(is_utf8(std::string(bytes->begin(), bytes->end())));
    }
  }
}

TEST(Sender, host_comes_from_the_origin) {
  EXPECT_EQ(sender_of({}, "jingwei.example/330400").host, "jingwei.example");
  EXPECT_EQ(sender_of({}, "jingwei.example:8443/330400").host, "jingwei.example");
}

}  // namespace
}  // namespace jingwei::digest
