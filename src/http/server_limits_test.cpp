// Slow, large, many, leaving: what a client must not be able to do, and how the server stops.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "http/internal/server_fixture.h"

namespace jingwei::http {
namespace {

TEST(ServerLimits, refuses_too_large_bodies_and_closes) {
  TestServer test;
  for (const bool announced_only : {true, false}) {
    Client client(test.port());
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n" + (announced_only ? "" : std::string(2'000'000, 'x')));
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.status, 413);
    EXPECT_NE(answer.body.find("最多 1 MB：请删短，或分几次提交"), answer.body.npos) << answer.body;
    EXPECT_NE(answer.head.find("connection: close"), answer.head.npos);
    EXPECT_EQ(client.read_to_end(), "");
  }
  Client client(test.port());
  EXPECT_EQ(client.ask("POST", "/large", "", std::string(2'000'000, 'x')).body, "2000000");
}

TEST(ServerLimits, refuses_work_when_the_queue_is_full) {
  auto options = options_for_tests();
  options.worker_threads = 1;
  options.limits.worker_queue_max = 0;
  TestServer test(std::move(options));
  Client client(test.port());
  EXPECT_EQ(client.ask("GET", "/work").status, 503);
  EXPECT_EQ(client.ask("GET", "/hello/a").status, 200);
}

TEST(ServerLimits, survives_clients_that_leave_in_the_middle) {
  TestServer test;
  for (const auto* bytes : {"", "GE", "GET /hello/a HTTP/1.1\r\nHo", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf"}) {
    Client leaver(test.port());
    leaver.send(bytes);
  }
  {
    Client leaver(test.port());
    leaver.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    test.gate.reached.get_future().wait();
  }
  test.gate.opened.set_value();
  Client client(test.port());
  EXPECT_EQ(client.ask("GET", "/hello/a").status, 200);
  client.close();
  test.server.stop();
  EXPECT_EQ(test.server.connections(), 0u);
}

TEST(ServerLimits, cuts_off_slow_headers_and_bodies) {
  auto options = options_for_tests();
  options.limits.header_timeout = 60ms;
  options.limits.body_timeout = 60ms;
  TestServer test(std::move(options));
  Client silent(test.port());
  EXPECT_EQ(silent.read_to_end(), "");
  Client slow_header(test.port());
  slow_header.send("GET /hello/a HTTP/1.1\r\nHost:");
  EXPECT_EQ(slow_header.read_answer().status, 408);
  EXPECT_EQ(slow_header.read_to_end(), "");
  Client slow_body(test.port());
  slow_body.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
  EXPECT_EQ(slow_body.read_answer().status, 408);
  EXPECT_EQ(slow_body.read_to_end(), "");
}

TEST(ServerLimits, closes_idle_connections_and_those_that_do_not_read) {
  auto options = options_for_tests();
  options.limits.idle_timeout = 60ms;
  options.limits.write_timeout = 60ms;
  options.limits.bytes_per_second_min = 1'000'000'000;
  TestServer test(std::move(options));
  Client idle(test.port());
  EXPECT_EQ(idle.ask("GET", "/hello/a").status, 200);
  EXPECT_EQ(idle.read_to_end(), "");
  Client lazy(test.port());
  lazy.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
  Client other(test.port());
  EXPECT_EQ(other.ask("GET", "/hello/a").status, 200);
  EXPECT_EQ(other.read_to_end(), "");
  while (test.server.connections() > 0) std::this_thread::yield();
  EXPECT_LT(lazy.read_to_end().size(), 20'000'000u);
}

TEST(ServerLimits, bounds_streams) {
  auto options = options_for_tests();
  options.limits.streams_max = 1;
  TestServer test(std::move(options));
  Client first(test.port());
  first.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
  first.read_until("data: 1\n\n");
  Client second(test.port());
  EXPECT_EQ(second.ask("GET", "/events").status, 503);
}

TEST(ServerLimits, bounds_bodies_of_all_connections_together) {
  auto options = options_for_tests();
  options.limits.body_bytes_all_max = 10'000;
  TestServer test(std::move(options));
  Client client(test.port());
  EXPECT_EQ(client.ask("POST", "/echo", "", std::string(9'000, 'x')).status, 200);
  EXPECT_EQ(client.ask("POST", "/echo", "", std::string(9'000, 'x')).status, 200) << "the first was given back";
  EXPECT_EQ(client.ask("POST", "/echo", "", std::string(11'000, 'x')).status, 503);
}

TEST(ServerLimits, bounds_connections_and_serves_waiting_ones_later) {
  auto options = options_for_tests();
  options.limits.connections_max = 2;
  TestServer test(std::move(options));
  Client a(test.port());
  Client b(test.port());
  EXPECT_EQ(a.ask("GET", "/hello/a").status, 200);
  EXPECT_EQ(b.ask("GET", "/hello/b").status, 200);
  Client c(test.port());
  c.send("GET /hello/c HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(a.ask("GET", "/hello/a").status, 200);
  EXPECT_LE(test.server.connections(), 2u);
  a.close();
  EXPECT_EQ(c.read_answer().body, "hello c");
}

TEST(ServerLimits, lets_running_requests_finish_when_it_stops) {
  TestServer test;
  Client idle(test.port());
  EXPECT_EQ(idle.ask("GET", "/hello/a").status, 200);
  Client streaming(test.port());
  streaming.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
  streaming.read_until("data: 1\n\n");
  Client running(test.port());
  running.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  test.gate.reached.get_future().wait();
  std::thread stopper([&] { test.server.stop(); });
  EXPECT_EQ(idle.read_to_end(), "") << "idle connections end at once";
  EXPECT_EQ(streaming.read_to_end(), "");
  test.gate.opened.set_value();
  const auto answer = running.read_answer();
  EXPECT_EQ(answer.body, "slow");
  EXPECT_NE(answer.head.find("connection: close"), answer.head.npos);
  stopper.join();
  EXPECT_EQ(test.server.connections(), 0u);
  test.server.stop();
}

TEST(ServerLimits, cuts_requests_that_outlast_the_deadline_but_waits_for_their_handlers) {
  auto options = options_for_tests();
  options.limits.stop_deadline = 10ms;
  TestServer test(std::move(options));
  Client running(test.port());
  running.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  test.gate.reached.get_future().wait();
  std::thread stopper([&] { test.server.stop(); });
  EXPECT_EQ(running.read_to_end(), "") << "cut while the handler still runs";
  test.gate.opened.set_value();
  stopper.join();
  EXPECT_EQ(test.server.connections(), 0u);
}

TEST(ServerLimits, tells_that_a_port_is_busy) {
  TestServer first;
  auto options = options_for_tests();
  options.port = first.port();
  Server second(std::move(options));
  try {
    second.start();
    FAIL() << "started on a busy port";
  } catch (const PortBusy& busy) {
    EXPECT_EQ(busy.port(), first.port());
  }
}

TEST(ServerLimits, stands_many_clients_at_once) {
  TestServer test;
  constexpr int kClients = 32;
  constexpr int kRequests = 50;
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int c = 0; c < kClients; ++c)
    threads.emplace_back([&, c] {
      Client client(test.port());
      for (int i = 0; i < kRequests; ++i) {
        const auto body = std::to_string(c) + ":" + std::to_string(i);
        right += client.ask("POST", "/echo", "", body).body == body;
        right += client.ask("GET", i % 2 == 0 ? "/at-once" : "/thread").status == 200;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, kClients * kRequests * 2);
}

}  // namespace
}  // namespace jingwei::http
