#include "http/forms.h"

#include <gtest/gtest.h>

#include "base/rejected.h"
#include "http/message.h"
#include "testing/text_cases.h"

namespace jingwei::http {
namespace {

constexpr std::size_t kQueryCountMax = 4;
const std::string kBoundary = "----form7Ma4YW";

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

std::string visible(std::string_view text) { return replace_all(replace_all(std::string(text), "\r", "\\r"), "\n", "\\n"); }

std::string query_outcome(const std::string& input) {
  const auto pairs = parse_query(input, kQueryCountMax);
  if (!pairs) return "malformed";
  std::string out;
  for (const auto& [name, value] : *pairs) out += (out.empty() ? "" : "\n") + name + "=" + visible(value);
  return out;
}

std::string multipart_outcome(const std::string& input) {
  const auto body = replace_all(replace_all(input, "\n", "\r\n"), "<B>", kBoundary);
  try {
    std::string out;
    for (const auto& part : parse_multipart("multipart/form-data; boundary=" + kBoundary, body)) {
      out += (out.empty() ? "" : "\n") + part.name;
      if (part.file_name) out += " \"" + *part.file_name + "\"";
      out += " [" + part.media_type + "] " + replace_all(visible(part.content), kBoundary, "<B>");
    }
    return out;
  } catch (const Rejected& rejected) {
    return std::string(code_name(rejected.code()));
  }
}

TEST(Forms, parse_as_the_table_says) {
  for (const auto& text_case : testing::read_text_cases(JINGWEI_TESTDATA "/forms.test")) {
    std::string actual;
    for (const auto& [name, input] : text_case.blocks) {
      if (name == "query") actual = query_outcome(input);
      if (name == "segment") actual = decode_path_segment(input).value_or("malformed");
      if (name == "language") actual = pick_language(input) == Language::zh ? "zh" : "en";
      if (name == "multipart") actual = multipart_outcome(input);
      if (name.starts_with("cookie ")) actual = find_cookie(input, name.substr(7)).value_or("absent");
    }
    EXPECT_EQ(actual, text_case.block("expect")) << text_case.file << ":" << text_case.line << " " << text_case.name;
  }
}

Code rejection_of(std::string_view content_type, std::string_view body) {
  try {
    parse_multipart(content_type, body);
  } catch (const Rejected& rejected) {
    return rejected.code();
  }
  ADD_FAILURE() << "was not rejected";
  return Code::invalid;
}

TEST(Multipart, is_bounded) {
  const std::string part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
  std::string body;
  for (std::size_t i = 0; i < kFormPartsMax; ++i) body += part;
  EXPECT_EQ(parse_multipart("multipart/form-data; boundary=b", body + "--b--\r\n").size(), kFormPartsMax);
  EXPECT_EQ(rejection_of("multipart/form-data; boundary=b", body + part + "--b--\r\n"), Code::too_large);
  const std::string long_header = "--b\r\nX: " + std::string(kFormPartHeaderBytesMax, 'x') + "\r\n\r\n1\r\n--b--\r\n";
  EXPECT_EQ(rejection_of("multipart/form-data; boundary=b", long_header), Code::malformed);
}

TEST(Multipart, wants_its_media_type_and_a_sane_boundary) {
  EXPECT_EQ(rejection_of("text/csv", ""), Code::unsupported);
  EXPECT_EQ(rejection_of("multipart/mixed; boundary=b", ""), Code::unsupported);
  EXPECT_EQ(rejection_of("multipart/form-data", ""), Code::malformed);
  EXPECT_EQ(rejection_of("multipart/form-data; boundary=" + std::string(71, 'b'), ""), Code::malformed);
  EXPECT_EQ(rejection_of("multipart/form-data; boundary=\"a\rb\"", ""), Code::malformed);
}

TEST(HeaderParameter, is_found_by_any_case_and_unquoted) {
  EXPECT_EQ(header_parameter("text/csv; Charset=\"utf-8\"", "charset"), "utf-8");
  EXPECT_EQ(header_parameter("a; x=\"1;2\"; y=3", "y"), "3");
  EXPECT_EQ(header_parameter("a; x=1", "y"), std::nullopt);
}

TEST(EncodeComponent, is_undone_by_decoding) {
  const std::string text = "清单 a/b?c&d=e%";
  EXPECT_EQ(encode_component("a b"), "a%20b");
  EXPECT_EQ(decode_path_segment(encode_component(text)), text);
}

}  // namespace
}  // namespace jingwei::http
