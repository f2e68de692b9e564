#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <future>
#include <thread>

#include "base/check.h"
#include "http/http.h"
#include "http/internal/connection.h"
#include "http/internal/io_thread.h"
#include "http/internal/server_state.h"
#include "http/internal/workers.h"

namespace jingwei::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

constexpr std::chrono::milliseconds kTickMax{250};
constexpr std::chrono::milliseconds kTickMin{5};
constexpr std::chrono::milliseconds kAcceptPause{20};  ///< while connections_max are open or descriptors are used up

/// Deadlines are looked at this often; a quarter of the shortest keeps them honest.
std::chrono::milliseconds tick_for(const Limits& limits) {
  const auto shortest = std::min({limits.header_timeout, limits.body_timeout, limits.idle_timeout, limits.write_timeout});
  return std::clamp(shortest / 4, kTickMin, kTickMax);
}

}  // namespace

PortBusy::PortBusy(const std::string& address, std::uint16_t port)
    : std::runtime_error(address + ":" + std::to_string(port) + " is in use by another program"), port_(port) {}

struct Server::Inside {
  ServerState state;
  std::vector<std::unique_ptr<IoThread>> threads;
  std::unique_ptr<Workers> workers;
  std::optional<tcp::acceptor> acceptor;  ///< used by the first thread after start
  std::optional<asio::steady_timer> accept_pause;
  std::promise<void> accept_ended;
  std::uint16_t port = 0;
  bool started = false;
  bool stopped = false;

  explicit Inside(ServerOptions options) : state(std::move(options)) {}

  void bind();
  awaitable<void> accept_connections();
  void open_connection(IoThread& thread, Connection::Socket socket);
  void for_each_connection(void (Connection::*act)());
  bool wait_until_empty(std::optional<std::chrono::milliseconds> time_max);
};

void Server::Inside::bind() {
  const auto& options = state.options;
  const tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
  acceptor.emplace(threads[0]->loop(), endpoint.protocol());
  acceptor->set_option(tcp::acceptor::reuse_address(true));  // a restart need not wait for old connections to fade
  error_code failed;
  acceptor->bind(endpoint, failed);
  if (!failed) acceptor->listen(asio::socket_base::max_listen_connections, failed);
  if (failed == asio::error::address_in_use) throw PortBusy(options.address, options.port);
  if (failed) throw std::runtime_error(options.address + ":" + std::to_string(options.port) + ": " + failed.message());
  port = acceptor->local_endpoint().port();
}

/// Hands connections to the threads in turn, so that each keeps its share of the load.
awaitable<void> Server::Inside::accept_connections() {
  std::size_t turn = 0;
  while (!state.stopping) {
    if (state.connections >= state.options.limits.connections_max) {
      accept_pause->expires_after(kAcceptPause);
      co_await accept_pause->async_wait(kAwait);
      continue;
    }
    auto& thread = *threads[turn++ % threads.size()];
    auto [failed, accepted] = co_await acceptor->async_accept(thread.loop(), kAwait);
    if (failed == asio::error::operation_aborted) break;
    if (failed) {
      spdlog::warn("a connection could not be accepted: {}", failed.message());
      accept_pause->expires_after(kAcceptPause);
      co_await accept_pause->async_wait(kAwait);
      continue;
    }
    ++state.connections;
    auto socket = std::make_shared<Connection::Socket>(std::move(accepted));  // std::function wants a copyable closure
    thread.post([this, &thread, socket] { open_connection(thread, std::move(*socket)); });
  }
}

void Server::Inside::open_connection(IoThread& thread, Connection::Socket socket) {
  auto connection = std::make_shared<Connection>(state, thread, std::move(socket));
  asio::co_spawn(thread.loop(), Connection::serve(std::move(connection)), [](std::exception_ptr failure) {
    if (!failure) return;
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& inner) {
      spdlog::error("a connection ended with an error: {}", inner.what());
    }
  });
}

void Server::Inside::for_each_connection(void (Connection::*act)()) {
  for (auto& thread : threads)
    thread->post([act, loop = thread.get()] {
      for (auto* connection : loop->connections()) (connection->*act)();
    });
}

bool Server::Inside::wait_until_empty(std::optional<std::chrono::milliseconds> time_max) {
  std::unique_lock lock(state.mutex);
  const auto is_empty = [&] { return state.connections == 0; };
  if (time_max) return state.emptied.wait_for(lock, *time_max, is_empty);
  state.emptied.wait(lock, is_empty);
  return true;
}

Server::Server(ServerOptions options) : inside_(std::make_unique<Inside>(std::move(options))) {
  CHECK(inside_->state.options.on_rejected);
}

Server::~Server() { stop(); }

Router& Server::router() {
  CHECK(!inside_->started);
  return inside_->state.router;
}

void Server::start() {
  auto& inside = *inside_;
  CHECK(!inside.started);
  const auto& options = inside.state.options;
  const int threads = options.io_threads > 0 ? options.io_threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  for (int i = 0; i < threads; ++i) inside.threads.push_back(std::make_unique<IoThread>(tick_for(options.limits)));
  try {
    inside.bind();
  } catch (...) {
    inside.acceptor.reset();
    inside.threads.clear();
    throw;
  }
  inside.started = true;
  inside.accept_pause.emplace(inside.threads[0]->loop());
  inside.workers = std::make_unique<Workers>(options.worker_threads, options.limits.worker_queue_max);
  for (auto& thread : inside.threads) thread->start();
  asio::co_spawn(inside.threads[0]->loop(), inside.accept_connections(), [&inside](std::exception_ptr failure) {
    if (failure) spdlog::critical("the server accepts no more connections");
    inside.accept_ended.set_value();
  });
}

void Server::stop() {
  auto& inside = *inside_;
  if (!inside.started || inside.stopped) return;
  inside.stopped = true;
  inside.state.stopping = true;
  inside.threads[0]->post([&inside] {
    inside.acceptor->close();
    inside.accept_pause->cancel();
  });
  inside.accept_ended.get_future().wait();
  inside.for_each_connection(&Connection::stop_soon);
  if (!inside.wait_until_empty(inside.state.options.limits.stop_deadline)) {
    spdlog::warn("{} connections did not end in time and are cut", inside.state.connections.load());
    inside.for_each_connection(&Connection::cut);
    inside.wait_until_empty(std::nullopt);
  }
  inside.workers->stop();
  for (auto& thread : inside.threads) thread->stop();
}

std::uint16_t Server::port() const { return inside_->port; }
std::size_t Server::connections() const { return inside_->state.connections; }

void Server::post_to_workers(std::function<void()> job) {
  if (!inside_->workers->push(std::move(job)))
    throw Rejected(Code::unavailable, {"服务器正忙，请稍后再试", "The server is busy; try again later"});
}

}  // namespace jingwei::http
