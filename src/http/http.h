// HTTP/1.1 server and router: the one entry point of this module.
//
//   ServerOptions options;                       // address, port, threads, limits, hooks
//   Server server(std::move(options));
//   server.router().add(Method::get, "/api/v1/registers/{register}", [&](const Request& request) -> Response {...}, {...});
//   server.router().add(Method::post, "/api/v1/deals", [&](Request& request) -> awaitable<Response> {
//     auto result = co_await async_result<Result>([&](auto done) { writer.submit(command, std::move(done)); });
//     co_return json_response(result, 201);
//   }, RouteDoc{.id = "createDeal", ...});
//   server.start();  ...  server.stop();
//
// Threads: one event loop per I/O thread; a connection lives on one of them from accept to close, and so do its handlers.
// Synchronous handlers must be quick and must not block; whatever computes long goes through Server::run_on_workers.
// Other headers of the module: message.h (Request, Response), openapi.h and json_schema.h (documents from described types),
// forms.h (pure parsers: multipart, cookies, queries), static_files.h. No TLS: a reverse proxy in front does that.
#pragma once

#include <boost/asio/awaitable.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/rejected.h"
#include "http/message.h"
#include "http/openapi.h"

namespace jingwei::http {

using boost::asio::awaitable;

/// Every bound of the server, with its unit. A request over a limit is answered (413, 414, 431, 408) and its connection
/// closed; the server goes on.
struct Limits {
  std::size_t header_bytes_max = 16 * 1024;
  std::size_t header_count_max = 100;
  std::size_t target_bytes_max = 8 * 1024;
  std::size_t query_parameters_max = 100;
  std::size_t body_bytes_max = 1024 * 1024;  ///< RouteDoc::body_bytes_max overrides it
  std::size_t body_bytes_all_max = 512 * 1024 * 1024;  ///< bodies held by all connections together; more get 503
  std::size_t connections_max = 4096;        ///< further ones wait in the kernel's queue
  std::size_t streams_max = 256;             ///< server-sent event streams at once; more get 503
  std::size_t event_bytes_max = 1024 * 1024;
  std::size_t worker_queue_max = 256;  ///< jobs waiting for run_on_workers; more get 503
  std::chrono::milliseconds header_timeout{10'000};  ///< from the first byte of a request to the end of its headers
  std::chrono::milliseconds body_timeout{30'000};    ///< for a body, and more by bytes_per_second_min for a large one
  std::chrono::milliseconds idle_timeout{75'000};    ///< between requests
  std::chrono::milliseconds write_timeout{30'000};   ///< for a response, and more by bytes_per_second_min for a large one
  std::size_t bytes_per_second_min = 16 * 1024;      ///< slower clients are cut off
  std::chrono::milliseconds stream_life_max{3'600'000};
  std::chrono::milliseconds stop_deadline{10'000};  ///< for running requests when the server stops
};

/// Makes the response for what a handler threw.
using RejectedHook = std::function<Response(const Rejected&, const Request&)>;
/// For any other exception, already logged; the default is a 500 problem that says nothing about the inside.
using FailureHook = std::function<Response(const std::exception&, const Request&)>;

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free one; Server::port() tells
  int io_threads = 0;      ///< 0: as many as the machine has
  int worker_threads = 2;
  Limits limits;
  std::vector<Header> headers;  ///< added to every response that has not set them itself: CSP and its like
  RejectedHook on_rejected;     ///< required
  FailureHook on_failure;
};

class PortBusy : public std::runtime_error {
 public:
  PortBusy(const std::string& address, std::uint16_t port);
  std::uint16_t port() const { return port_; }

 private:
  std::uint16_t port_;
};

class Connection;

/// The open answer of a stream handler (text/event-stream, HTML standard section 9.2). Nothing is queued: send() returns
/// when the kernel has taken the event.
class EventStream {
 public:
  explicit EventStream(Connection& connection) : connection_(connection) {}
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;

  /// False when the client has gone or the server stops: return then. `data` may have several lines.
  awaitable<bool> send(std::string_view event, std::string_view data);
  /// Pauses; false, and at once, when the client has gone or the server stops. Keeps idle proxies awake by comments.
  awaitable<bool> wait(std::chrono::milliseconds pause);

 private:
  Connection& connection_;
};

using SyncHandler = std::function<Response(const Request&)>;
using AsyncHandler = std::function<awaitable<Response>(Request&)>;
/// May throw Rejected before its first send; later exceptions end the stream.
using StreamHandler = std::function<awaitable<void>(Request&, EventStream&)>;
using Handler = std::variant<SyncHandler, AsyncHandler, StreamHandler>;

constexpr std::size_t kPathParametersMax = 8;

struct Route {
  Method method;
  std::string pattern;
  std::vector<std::string> parameters;  ///< names in order of the pattern
  Handler handler;
  RouteDoc doc;
};

/// Patterns: literal segments, "{name}" for one segment, "{name*}" last for the rest with its slashes. A literal wins over a
/// parameter, a parameter over a rest. GET routes answer HEAD too. Fill before Server::start().
class Router {
 public:
  Router();
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;
  ~Router();

  /// CHECK fails for a malformed pattern or one that is there already.
  void add(Method method, std::string_view pattern, SyncHandler handler, RouteDoc doc = {});
  void add(Method method, std::string_view pattern, AsyncHandler handler, RouteDoc doc = {});
  void add_stream(std::string_view pattern, StreamHandler handler, RouteDoc doc = {});
  /// Answers GET and HEAD of paths that no pattern matches; for static files.
  void set_fallback(SyncHandler handler);

  struct Found {
    const Route* route = nullptr;  ///< nothing: 404, or 405 when `allow` is not empty
    /// Values of the route's parameters in order, still encoded.
    std::array<std::string_view, kPathParametersMax> values;
    std::string allow;  ///< "GET, HEAD, POST": filled when there is no route, for 405 and OPTIONS
  };
  /// `path` as sent.
  Found find(Method method, std::string_view path) const;
  const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

 private:
  struct Node;
  void insert(std::unique_ptr<Route> route);

  std::unique_ptr<Node> root_;
  std::vector<std::unique_ptr<Route>> routes_;
  std::unique_ptr<Route> fallback_;
};

class Server {
 public:
  explicit Server(ServerOptions options);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Stops first.
  ~Server();

  Router& router();
  /// Binds, then serves on its own threads. Throws PortBusy; std::runtime_error for an address that cannot be bound.
  void start();
  /// Takes no new connections, lets running requests finish until Limits::stop_deadline, then cuts their connections, and
  /// returns when every handler has returned and all threads are joined. What handlers await (the writer, for instance)
  /// must therefore be stopped after the server. Not from a handler. May be called twice.
  void stop();
  std::uint16_t port() const;
  std::size_t connections() const;

  /// Runs `work` on the worker pool and resumes with its result (or exception) on the connection's thread. Throws
  /// Rejected{unavailable} at once when Limits::worker_queue_max jobs wait. The handler's frame lives until the work is
  /// done, also when the client has gone, so references to its locals are fine. Await at once: `work` is kept by reference.
  template <class Work>
  awaitable<std::invoke_result_t<Work&>> run_on_workers(Work&& work);

 private:
  struct Inside;
  void post_to_workers(std::function<void()> job);

  std::unique_ptr<Inside> inside_;
};

namespace detail {

/// Wakes the coroutine that waits for it; from any thread, once. When the last copy goes unused, the coroutine is woken with
/// an error instead of sleeping for ever.
class Resume {
 public:
  struct State;
  explicit Resume(std::shared_ptr<State> state) : state_(std::move(state)) {}
  void operator()() const;

 private:
  std::shared_ptr<State> state_;
};

/// Suspends the calling coroutine; `initiate` gets what wakes it and may be woken before it returns.
awaitable<void> suspend(std::function<void(Resume)> initiate);

}  // namespace detail

/// g++ 12 destroys temporaries of lambdas that own something, and braced aggregates, twice when they stand in an expression
/// with co_await (src/http/README.md). These two functions refuse such lambdas when compiling.
template <class Callable>
concept SafeInAwait = std::is_lvalue_reference_v<Callable> || std::is_trivially_destructible_v<Callable>;

/// Awaits a callback: calls initiate(done), where done(T) may be called from any thread, once, also before initiate returns.
/// Resumes on the connection's thread. A `done` that is dropped without a call throws std::runtime_error in the coroutine;
/// what `initiate` throws is thrown too. Use from handlers only, and await at once: `initiate` is kept by reference.
template <class T, class Initiate>
awaitable<T> async_result(Initiate&& initiate) {
  static_assert(SafeInAwait<Initiate>, "capture by reference, or give the lambda a name and pass that");
  std::optional<T> result;  // in this frame, which lives until it is resumed
  co_await detail::suspend([&](detail::Resume resume) {
    initiate([&result, resume = std::move(resume)](T value) {
      result.emplace(std::move(value));
      resume();
    });
  });
  co_return std::move(*result);
}

template <class Work>
awaitable<std::invoke_result_t<Work&>> Server::run_on_workers(Work&& work) {
  static_assert(SafeInAwait<Work>, "capture by reference, or give the lambda a name and pass that");
  using Result = std::invoke_result_t<Work&>;
  std::conditional_t<std::is_void_v<Result>, std::monostate, std::optional<Result>> result;
  std::exception_ptr failure;
  co_await detail::suspend([&](detail::Resume resume) {
    post_to_workers([&, resume = std::move(resume)] {
      try {
        if constexpr (std::is_void_v<Result>) work();
        else result.emplace(work());
      } catch (...) {
        failure = std::current_exception();
      }
      resume();
    });
  });
  if (failure) std::rethrow_exception(failure);
  if constexpr (!std::is_void_v<Result>) co_return std::move(*result);
}

}  // namespace jingwei::http
