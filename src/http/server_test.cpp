// What a well-behaved client sees.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "http/internal/server_fixture.h"

namespace jingwei::http {
namespace {

TEST(Server, answers_many_requests_on_one_connection) {
  TestServer test;
  Client client(test.port());
  for (const auto* name : {"a", "b", "c"}) {
    const auto answer = client.ask("GET", std::string("/hello/") + name);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, std::string("hello ") + name);
  }
  EXPECT_EQ(client.ask("GET", "/hello/%E9%9C%80?mark=%21").body, "hello 需!");
  EXPECT_EQ(client.ask("GET", "/address").body, "127.0.0.1");
}

TEST(Server, answers_pipelined_requests_in_order) {
  TestServer test;
  Client client(test.port());
  std::string all;
  constexpr int kRequests = 200;
  for (int i = 0; i < kRequests; ++i) {
    const auto path = i % 3 == 0 ? "/work" : "/hello/" + std::to_string(i);
    all += "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }
  client.send(all);
  for (int i = 0; i < kRequests; ++i) EXPECT_EQ(client.read_answer().body, i % 3 == 0 ? "42" : "hello " + std::to_string(i));
}

TEST(Server, answers_head_without_body_and_keeps_the_connection) {
  TestServer test;
  Client client(test.port());
  const auto head = client.ask("HEAD", "/hello/a");
  EXPECT_EQ(head.status, 200);
  EXPECT_NE(head.head.find("content-length: 7\r\n"), head.head.npos);
  EXPECT_EQ(client.ask("GET", "/hello/a").body, "hello a");
}

TEST(Server, says_not_found_and_method_not_allowed_as_problems) {
  TestServer test;
  Client client(test.port());
  const auto absent = client.ask("GET", "/nowhere", "Accept-Language: en\r\n");
  EXPECT_EQ(absent.status, 404);
  EXPECT_NE(absent.head.find("content-type: application/problem+json"), absent.head.npos);
  EXPECT_NE(absent.body.find("\"type\":\"urn:jingwei:problem:not_found\",\"title\":\"There is nothing"), absent.body.npos) << absent.body;
  const auto wrong = client.ask("DELETE", "/echo");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_NE(wrong.head.find("allow: POST, OPTIONS\r\n"), wrong.head.npos);
  const auto options = client.ask("OPTIONS", "/echo");
  EXPECT_EQ(options.status, 204);
  EXPECT_NE(options.head.find("allow: POST, OPTIONS\r\n"), options.head.npos);
  EXPECT_EQ(options.head.find("content-length"), options.head.npos);
  EXPECT_EQ(client.ask("POST", "/nowhere", "", "body").status, 404);
  EXPECT_EQ(client.ask("GET", "/hello/a%0ab").status, 400);
  EXPECT_EQ(client.ask("POST", "/echo", "", "still here").body, "still here");
}

TEST(Server, answers_malformed_bytes_with_400_and_closes) {
  TestServer test;
  Client client(test.port());
  client.send("NONSENSE\r\n\r\n");
  const auto answer = client.read_answer();
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(answer.body.find("urn:jingwei:problem:malformed"), answer.body.npos);
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(Server, turns_exceptions_into_answers_and_goes_on) {
  TestServer test;
  Client client(test.port());
  EXPECT_EQ(client.ask("GET", "/rejected").status, 422);
  for (const auto* path : {"/broken", "/broken-later", "/dropped", "/forged"}) {
    const auto answer = client.ask("GET", path);
    EXPECT_EQ(answer.status, 500) << path;
    EXPECT_EQ(answer.body.find("secret"), answer.body.npos);
    EXPECT_EQ(answer.head.find("set-cookie"), answer.head.npos);
  }
  EXPECT_EQ(client.ask("GET", "/refused-start").status, 422);
  EXPECT_EQ(client.ask("GET", "/hello/a").status, 200);
}

TEST(Server, uses_the_hook_for_failures) {
  auto options = options_for_tests();
  options.on_failure = [](const std::exception& failure, const Request&) { return text_response(failure.what(), 507); };
  TestServer test(std::move(options));
  Client client(test.port());
  const auto answer = client.ask("GET", "/broken");
  EXPECT_EQ(answer.status, 507);
  EXPECT_EQ(answer.body, "secret detail");
}

TEST(Server, resumes_handlers_on_the_connections_thread) {
  TestServer test;
  Client client(test.port());
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(client.ask("GET", "/thread").body, "42 same thread");
    EXPECT_EQ(client.ask("GET", "/at-once").body, "at once");
    EXPECT_EQ(client.ask("GET", "/work").body, "42");
  }
}

TEST(Server, sends_large_answers_whole) {
  TestServer test;
  Client client(test.port());
  const auto answer = client.ask("GET", "/big");
  EXPECT_EQ(answer.body.size(), 20'000'000u);
  EXPECT_EQ(client.ask("GET", "/hello/a").status, 200);
}

TEST(Server, invites_bodies_that_wait_to_be_expected) {
  TestServer test;
  Client client(test.port());
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("body");
  EXPECT_EQ(client.read_answer().body, "body");
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4000000\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 413) << "not invited first";
}

TEST(Server, closes_when_the_client_says_so) {
  TestServer test;
  Client client(test.port());
  const auto answer = client.ask("GET", "/hello/a", "Connection: close\r\n");
  EXPECT_NE(answer.head.find("connection: close"), answer.head.npos);
  EXPECT_EQ(client.read_to_end(), "");
  Client old(test.port());
  old.send("GET /hello/a HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(old.read_to_end().ends_with("hello a"));
  Client old_but_stays(test.port());
  old_but_stays.send("GET /hello/a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_NE(old_but_stays.read_answer().head.find("connection: keep-alive"), std::string::npos);
}

TEST(Server, adds_its_headers_where_the_response_has_none) {
  auto options = options_for_tests();
  options.headers = {{"content-security-policy", "default-src 'none'"}, {"content-type", "never/used"}};
  TestServer test(std::move(options));
  Client client(test.port());
  const auto answer = client.ask("GET", "/hello/a");
  EXPECT_NE(answer.head.find("content-security-policy: default-src 'none'\r\n"), answer.head.npos);
  EXPECT_EQ(answer.head.find("never/used"), answer.head.npos);
  EXPECT_NE(answer.head.find("date: "), answer.head.npos);
  EXPECT_NE(client.ask("GET", "/nowhere").head.find("content-security-policy"), std::string::npos);
}

TEST(Server, streams_events_and_ends_them) {
  TestServer test;
  Client client(test.port());
  client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_NE(client.read_until("\r\n\r\n").find("content-type: text/event-stream\r\n"), std::string::npos);
  EXPECT_EQ(client.read_to_end(), "event: progress\ndata: {\"n\":0}\n\nevent: progress\ndata: {\"n\":1}\n\nevent: progress\ndata: {\"n\":2}\n\n");
  Client refused(test.port());
  EXPECT_EQ(refused.ask("GET", "/events?refuse").status, 422);
  EXPECT_EQ(refused.ask("GET", "/hello/a").status, 200) << "nothing was streamed, so the connection stays";
  EXPECT_EQ(refused.ask("HEAD", "/events").status, 200);
}

TEST(Server, ends_a_stream_when_its_client_leaves) {
  TestServer test;
  {
    Client client(test.port());
    client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
    client.read_until("data: 1\n\n");
  }
  EXPECT_EQ(test.stream_ended.get_future().wait_for(20s), std::future_status::ready);
}

}  // namespace
}  // namespace jingwei::http
