#include "http/internal/request_parser.h"

#include <gtest/gtest.h>

namespace jingwei::http {
namespace {

using Step = RequestParser::Step;

/// Feeds `bytes` in pieces of `piece` bytes as a connection would; says what came of it.
struct Fed {
  Request request;
  std::string outcome;
};

Fed feed(std::string_view bytes, std::size_t piece, const Limits& limits = {}, std::size_t body_bytes_max = 1000) {
  Fed fed;
  RequestParser parser(limits, fed.request);
  std::string pending;
  bool header_done = false;
  while (fed.outcome.empty()) {
    if (bytes.empty()) {
      fed.outcome = "incomplete";
      break;
    }
    pending += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    for (bool again = true; again;) {
      std::size_t consumed = 0;
      auto step = parser.put(pending, consumed);
      pending.erase(0, consumed);
      again = step == Step::header_done;
      if (again) step = parser.take_body(body_bytes_max);
      header_done = header_done || again;
      again = again && step == Step::need_more;
      if (step == Step::failed) fed.outcome = std::to_string(parser.failure().status);
      if (step == Step::complete) fed.outcome = pending.empty() ? "complete" : "complete, then " + pending;
    }
  }
  EXPECT_TRUE(header_done || fed.outcome != "complete");
  return fed;
}

/// The outcome must not depend on how the network cuts the bytes.
std::string outcome(std::string_view bytes, const Limits& limits = {}) {
  const auto whole = feed(bytes, bytes.size(), limits);
  for (const std::size_t piece : {1, 3, 7}) {
    const auto cut = feed(bytes, piece, limits);
    if (whole.outcome.starts_with("complete, then")) EXPECT_TRUE(cut.outcome.starts_with("complete")) << piece;
    else EXPECT_EQ(cut.outcome, whole.outcome) << piece;
    if (!whole.outcome.starts_with("complete")) continue;
    EXPECT_EQ(cut.request.body, whole.request.body);
    EXPECT_EQ(cut.request.target(), whole.request.target());
  }
  return whole.outcome;
}

std::string get(std::string_view target, std::string_view headers = "Host: a\r\n") {
  return "GET " + std::string(target) + " HTTP/1.1\r\n" + std::string(headers) + "\r\n";
}

TEST(RequestParser, reads_line_headers_query_and_cookies) {
  const auto fed = feed(get("/a/b?x=1&y=%E9%9C%80", "Host: a\r\nCookie: s=1\r\nCOOKIE: t=2\r\nAccept-Language:  en \r\n"), 5);
  ASSERT_EQ(fed.outcome, "complete");
  const auto& request = fed.request;
  EXPECT_EQ(request.method(), Method::get);
  EXPECT_EQ(request.method_name(), "GET");
  EXPECT_EQ(request.path(), "/a/b");
  EXPECT_EQ(request.query("x"), "1");
  EXPECT_EQ(request.query("y"), "需");
  EXPECT_EQ(request.query("z"), std::nullopt);
  EXPECT_EQ(request.header("accept-language"), "en");
  EXPECT_EQ(request.cookie("s"), "1");
  EXPECT_EQ(request.cookie("t"), "2");
  EXPECT_EQ(request.cookie("u"), std::nullopt);
  EXPECT_EQ(request.language(), Language::en);
}

TEST(RequestParser, reads_bodies_of_both_framings) {
  EXPECT_EQ(feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", 2).request.body, "hello");
  const std::string chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: t\r\n\r\n";
  EXPECT_EQ(outcome(chunked), "complete");
  const auto fed = feed(chunked, 1);
  EXPECT_EQ(fed.request.body, "hello");
  EXPECT_EQ(fed.request.header("trailer"), std::nullopt) << "a trailer is no header";
}

TEST(RequestParser, reads_empty_chunked_bodies_however_they_are_cut) {
  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(outcome(post + "0\r\n\r\n"), "complete");
  EXPECT_EQ(outcome(post + "0\r\nA: b\r\n\r\n"), "complete");
  EXPECT_EQ(outcome(post + "1\r\na\r\n0\r\n\r\n"), "complete");
  EXPECT_EQ(outcome(post + "0;a=\"b\"\r\n\r\n"), "complete");
}

TEST(RequestParser, leaves_the_next_request_alone) {
  EXPECT_EQ(outcome(get("/a") + "GET /b"), "complete, then GET /b");
}

TEST(RequestParser, refuses_what_two_readers_could_frame_differently) {
  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(outcome(post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc"), "400");
  EXPECT_EQ(outcome(post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc"), "400");
  EXPECT_EQ(outcome(post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"), "400");
  EXPECT_EQ(outcome(post + "Content-Length: -3\r\n\r\nabc"), "400");
  EXPECT_EQ(outcome(post + "Content-Length: 3x\r\n\r\nabc"), "400");
  EXPECT_EQ(outcome(post + "Transfer-Encoding: gzip\r\n\r\nabc"), "400");
  EXPECT_EQ(outcome(post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), "400");
  EXPECT_EQ(outcome(post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"), "400");
  EXPECT_EQ(outcome("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "400");
  EXPECT_EQ(outcome(post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"), "400");
}

TEST(RequestParser, refuses_targets_that_are_no_plain_path) {
  EXPECT_EQ(outcome(get("/")), "complete");
  EXPECT_EQ(outcome(get("http://a/x")), "complete");
  EXPECT_EQ(feed(get("http://A/x?y=1"), 100).request.path(), "/x");
  EXPECT_EQ(outcome(get("http://b/x")), "400");
  EXPECT_EQ(outcome(get("http://a")), "400");
  EXPECT_EQ(outcome(get("ftp://a/x")), "400");
  EXPECT_EQ(outcome(get("a")), "400");
  EXPECT_EQ(outcome(get("*")), "400");
  EXPECT_EQ(outcome("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"), "400");
  EXPECT_EQ(outcome("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), "complete");
  for (const auto* path : {"/..", "/a/../b", "/a/./b", "/%2e%2E/a", "/.%2e", "/a%2fb", "/..%2F..", "/a\\b", "/a%5cb", "/a#b", "/a?q=%f", "/a?q=%ff"})
    EXPECT_EQ(outcome(get(path)), "400") << path;
  for (const auto* path : {"/...", "/.well-known", "/a..b", "/a.", "/%E9%9C%80"}) EXPECT_EQ(outcome(get(path)), "complete") << path;
}

TEST(RequestParser, wants_exactly_one_host) {
  EXPECT_EQ(outcome(get("/", "")), "400");
  EXPECT_EQ(outcome(get("/", "Host: a\r\nHost: a\r\n")), "400");
  EXPECT_EQ(outcome("GET / HTTP/1.0\r\n\r\n"), "complete");
}

TEST(RequestParser, refuses_bytes_that_are_no_http) {
  for (const auto* bytes : {"\x16\x03\x01\x02\x00\x01", "GET / HTTP/2.0\r\n\r\n", "GET /\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "G\tT / HTTP/1.1\r\n\r\n",
                            "GET / HTTP/1.1\r\nBad Name: 1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n", "GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n"})
    EXPECT_EQ(outcome(bytes), "400") << bytes;
}

TEST(RequestParser, keeps_its_limits_however_the_bytes_come) {
  Limits limits;
  limits.header_bytes_max = 1000;
  limits.target_bytes_max = 200;
  limits.header_count_max = 20;
  limits.query_parameters_max = 3;
  EXPECT_EQ(outcome(get("/" + std::string(300, 'a')), limits), "414");
  EXPECT_EQ(outcome(get("/", "Host: a\r\nX: " + std::string(1000, 'x') + "\r\n"), limits), "431");
  std::string many = "Host: a\r\n";
  for (int i = 0; i < 15; ++i) many += "X" + std::to_string(i) + ": " + std::string(80, 'x') + "\r\n";
  EXPECT_EQ(outcome(get("/", many), limits), "431") << "each line is short, all together are too long";
  EXPECT_EQ(feed(get("/", many), 600, limits).outcome, "431") << "each packet is short, all together are too long";
  std::string count = "Host: a\r\n";
  for (int i = 0; i < 20; ++i) count += "X: 1\r\n";
  EXPECT_EQ(outcome(get("/", count), limits), "431");
  EXPECT_EQ(outcome(get("/?a&b&c"), limits), "complete");
  EXPECT_EQ(outcome(get("/?a&b&c&d"), limits), "400");
}

TEST(RequestParser, keeps_the_body_limit_in_both_framings) {
  EXPECT_EQ(outcome("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n"), "413");
  EXPECT_EQ(outcome("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n"), "400");
  std::string chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 11; ++i) chunked += "64\r\n" + std::string(100, 'x') + "\r\n";
  EXPECT_EQ(feed(chunked, 50).outcome, "413");
  EXPECT_EQ(feed("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(40'000, 'x'), 1000).outcome, "431");
}

TEST(Request, can_be_made_for_tests_and_moved) {
  auto request = Request::make(Method::post, "/a?b=1", {{"X", "y"}}, "body");
  const Request moved = std::move(request);
  EXPECT_EQ(moved.query("b"), "1");
  EXPECT_EQ(moved.header("x"), "y");
  EXPECT_EQ(moved.body, "body");
}

}  // namespace
}  // namespace jingwei::http
