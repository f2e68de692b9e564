// For tests of the server over real loopback sockets: a client of bytes and a server with handlers of every kind. Waiting is
// for events, never for time; receive timeouts only end a broken run.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "http/http.h"

namespace jingwei::http {

using namespace std::chrono_literals;

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { close(); }

  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }
  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  /// False at the end of the connection.
  bool receive() {
    char bytes[4096];
    const auto received = ::recv(socket_, bytes, sizeof bytes, 0);
    if (received <= 0) return false;
    input_.append(bytes, static_cast<std::size_t>(received));
    return true;
  }
  std::string read_until(std::string_view mark) {
    for (;;) {
      if (const auto at = input_.find(mark); at != input_.npos) {
        auto out = input_.substr(0, at + mark.size());
        input_.erase(0, out.size());
        return out;
      }
      if (!receive()) return std::exchange(input_, {});
    }
  }
  std::string read_to_end() {
    while (receive()) {
    }
    return std::exchange(input_, {});
  }

  struct Answer {
    int status = 0;
    std::string head;
    std::string body;
  };
  /// One response with Content-Length; `has_body` false for HEAD.
  Answer read_answer(bool has_body = true) {
    Answer answer;
    answer.head = read_until("\r\n\r\n");
    if (answer.head.size() < 12) return answer;
    answer.status = std::stoi(answer.head.substr(9, 3));
    const auto at = answer.head.find("content-length: ");
    const std::size_t size = has_body && at != answer.head.npos ? std::stoul(answer.head.substr(at + 16)) : 0;
    while (input_.size() < size && receive()) {
    }
    answer.body = input_.substr(0, size);
    input_.erase(0, size);
    return answer;
  }
  Answer ask(std::string_view method, std::string_view target, std::string_view headers = "", std::string_view body = "") {
    std::string text = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(headers);
    if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    send(text + "\r\n" + std::string(body));
    return read_answer(method != "HEAD");
  }

 private:
  int socket_;
  std::string input_;
};

inline Response reject(const Rejected& rejected, const Request& request) {
  const int status = rejected.code() == Code::unavailable ? 503 : rejected.code() == Code::malformed ? 400 : 422;
  return problem_response(status, code_name(rejected.code()), rejected.message(), rejected.message(), rejected.problems(), request.language());
}

inline ServerOptions options_for_tests() {
  ServerOptions options;
  options.io_threads = 2;
  options.on_rejected = reject;
  return options;
}

/// Lets a test wait until a handler is where it should be, and the handler until the test lets it go on.
struct Gate {
  std::promise<void> reached;
  std::promise<void> opened;
  std::shared_future<void> open = opened.get_future().share();
};

struct TestServer {
  explicit TestServer(ServerOptions options = options_for_tests()) : server(std::move(options)) {
    auto& router = server.router();
    router.add(Method::get, "/hello/{name}", [](const Request& request) -> Response {
      return text_response("hello " + std::string(request.path_parameter("name")) + std::string(request.query("mark").value_or("")));
    });
    router.add(Method::post, "/echo", [](const Request& request) -> Response { return text_response(request.body); });
    router.add(Method::post, "/large", [](const Request& request) -> Response { return text_response(std::to_string(request.body.size())); },
               RouteDoc{.body_bytes_max = 8 * 1024 * 1024});
    router.add(Method::get, "/big", [](const Request&) -> Response { return text_response(std::string(20'000'000, 'b')); });
    router.add(Method::get, "/address", [](const Request& request) -> Response { return text_response(request.remote_address()); });
    router.add(Method::get, "/rejected", [](const Request&) -> Response { throw Rejected(Code::invalid, {"不行", "no"}); });
    router.add(Method::get, "/broken", [](const Request&) -> Response { throw std::runtime_error("secret detail"); });
    router.add(Method::get, "/broken-later", [this](Request&) -> awaitable<Response> {
      co_await server.run_on_workers([] { throw std::logic_error("secret detail"); });
      co_return no_content();
    });
    router.add(Method::get, "/forged", [](const Request&) -> Response { return text_response("x").set("location", "/\r\nset-cookie: a=1"); });
    router.add(Method::get, "/thread", [](Request&) -> awaitable<Response> {
      const auto before = std::this_thread::get_id();
      std::thread other;
      const int value = co_await async_result<int>([&](auto done) { other = std::thread([done] { done(42); }); });
      other.join();
      co_return text_response(std::to_string(value) + (before == std::this_thread::get_id() ? " same thread" : " other thread"));
    });
    router.add(Method::get, "/at-once", [](Request&) -> awaitable<Response> {
      co_return text_response(co_await async_result<std::string>([](auto done) { done("at once"); }));
    });
    router.add(Method::get, "/dropped", [](Request&) -> awaitable<Response> {
      co_return text_response(co_await async_result<std::string>([](auto) {}));
    });
    router.add(Method::get, "/refused-start", [](Request&) -> awaitable<Response> {
      co_return text_response(co_await async_result<std::string>([](auto) { throw Rejected(Code::invalid, {"不行", "no"}); }));
    });
    router.add(Method::get, "/work", [this](Request&) -> awaitable<Response> {
      const int local = 20;
      const int value = co_await server.run_on_workers([&] { return local + 22; });
      co_return text_response(std::to_string(value));
    });
    router.add(Method::get, "/slow", [this](Request&) -> awaitable<Response> {
      co_await server.run_on_workers([this] {
        gate.reached.set_value();
        gate.open.wait();
      });
      co_return text_response("slow");
    });
    router.add_stream("/events", [](Request& request, EventStream& stream) -> awaitable<void> {
      if (request.query("refuse")) throw Rejected(Code::invalid, {"不行", "no"});
      for (int i = 0; i < 3; ++i)
        if (!co_await stream.send("progress", "{\"n\":" + std::to_string(i) + "}")) co_return;
    });
    router.add_stream("/endless", [this](Request&, EventStream& stream) -> awaitable<void> {
      co_await stream.send("first", "1");
      while (co_await stream.wait(1h)) {
      }
      stream_ended.set_value();
    });
    server.start();
  }
  std::uint16_t port() const { return server.port(); }

  Gate gate;
  std::promise<void> stream_ended;
  Server server;
};

}  // namespace jingwei::http
