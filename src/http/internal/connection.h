// One client from accept to close, as one coroutine on one I/O thread: serve() shows the whole way of a request.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/http.h"
#include "http/internal/io_thread.h"
#include "http/internal/request_parser.h"
#include "http/internal/server_state.h"

namespace jingwei::http {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

  /// On the thread's own loop; has been counted in state.connections.
  Connection(ServerState& state, IoThread& thread, Socket socket);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// Serves requests until the client, a limit or the server ends the connection.
  static awaitable<void> serve(std::shared_ptr<Connection> self);

  /// Every tick: interrupts what waits too long.
  void check_deadline();
  /// The server stops: ends at once when nothing is going on, else after the present response.
  void stop_soon();
  /// The server has waited enough: whatever is going on cannot reach the client any more.
  void cut();

  awaitable<bool> send_event(std::string_view event, std::string_view data);
  awaitable<bool> wait_in_stream(std::chrono::milliseconds pause);

 private:
  enum class Phase { idle, receiving, handling, streaming, closing };
  enum class Received { request, refused, gone };
  using Instant = IoThread::Instant;

  awaitable<Received> receive_header();
  awaitable<Received> receive_body(const Route* route);
  awaitable<bool> fill();
  bool count_body();
  void end_request();
  Received refuse_late_header();
  Received refuse_late_body();
  Received refuse_busy();
  Response refusal() const;

  bool take_path_values(const Router::Found& found);
  Response unrouted(const Router::Found& found) const;
  Response rejected(const Rejected& rejection) const;
  Response too_many_streams() const;
  Response failed(std::exception_ptr failure) const;
  Response run(const SyncHandler& handler) const;
  awaitable<Response> run(const AsyncHandler& handler);
  /// As send().
  awaitable<bool> run(const StreamHandler& handler);
  awaitable<bool> begin_stream();
  void watch_client();
  bool stream_is_over() const;

  /// False when it did not reach the kernel; sets closes_ when it is the last.
  awaitable<bool> send(Response response);
  awaitable<bool> write_all(std::string_view head, std::string_view body);
  awaitable<void> drain();

  void limit(std::chrono::milliseconds timeout);
  std::chrono::milliseconds timeout_for(std::chrono::milliseconds timeout, std::size_t bytes) const;
  void no_limit() { deadline_ = Instant::max(); }

  ServerState& state_;
  IoThread& thread_;
  std::list<Connection*>::iterator place_;
  Socket socket_;

  std::string input_;  ///< bytes begin_ to end_ are received and not yet parsed
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::string head_;  ///< of the response under way
  Request request_;
  std::optional<RequestParser> parser_;
  ParseFailure refusal_;
  std::size_t counted_bytes_ = 0;  ///< this connection's share of state_.body_bytes

  Phase phase_ = Phase::idle;
  Instant deadline_ = Instant::max();
  bool expired_ = false;
  bool first_ = true;
  bool closes_ = false;

  boost::asio::basic_waitable_timer<std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>,
                                    boost::asio::io_context::executor_type> pause_;
  bool stream_begun_ = false;
  bool client_gone_ = false;
  Instant stream_end_;
  Instant last_event_;
  char watched_ = 0;
};

}  // namespace jingwei::http
