// The second half of Connection: from a handler to bytes on the socket.
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "http/internal/connection.h"
#include "http/internal/response_head.h"

namespace jingwei::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

constexpr std::chrono::milliseconds kHeartbeat{15'000};  ///< between bytes of a stream; proxies cut at 30 s and more
constexpr std::chrono::milliseconds kDrainTimeout{2'000};
constexpr std::size_t kDrainBytesMax = 32 * 1024 * 1024;  ///< more than a client has on the way when it is refused; the timeout ends the rest

Response internal_failure(const Request& request) {
  const Bilingual message{"服务器内部错误，请稍后再试", "Something went wrong inside the server; try again later"};
  return problem_response(500, "internal", message, message, {}, request.language());
}

/// Counts a stream while it lives.
class StreamPlace {
 public:
  explicit StreamPlace(std::atomic<std::size_t>& streams) : streams_(streams), number_(++streams) {}
  StreamPlace(const StreamPlace&) = delete;
  StreamPlace& operator=(const StreamPlace&) = delete;
  ~StreamPlace() { --streams_; }
  std::size_t number() const { return number_; }

 private:
  std::atomic<std::size_t>& streams_;
  const std::size_t number_;
};

}  // namespace

Response Connection::rejected(const Rejected& rejection) const { return state_.options.on_rejected(rejection, request_); }

Response Connection::too_many_streams() const {
  return rejected(Rejected(Code::unavailable, {"同时打开的进度太多，请稍后再试", "Too many streams are open; try again later"}));
}

Response Connection::failed(std::exception_ptr failure) const {
  try {
    try {
      std::rethrow_exception(failure);
    } catch (const Rejected& rejection) {
      return rejected(rejection);
    } catch (const std::exception& inner) {
      spdlog::error("{} {} failed: {}", request_.method_name(), request_.path(), inner.what());
      return state_.options.on_failure ? state_.options.on_failure(inner, request_) : internal_failure(request_);
    }
  } catch (...) {
    spdlog::error("{} {} failed, and so did its answer", request_.method_name(), request_.path());
    return internal_failure(request_);
  }
}

Response Connection::run(const SyncHandler& handler) const {
  try {
    return handler(request_);
  } catch (...) {
    return failed(std::current_exception());
  }
}

awaitable<Response> Connection::run(const AsyncHandler& handler) {
  std::exception_ptr failure;
  try {
    co_return co_await handler(request_);
  } catch (...) {
    failure = std::current_exception();
  }
  co_return failed(failure);
}

awaitable<bool> Connection::run(const StreamHandler& handler) {
  const StreamPlace place(state_.streams);
  if (place.number() > state_.options.limits.streams_max)
    co_return co_await send(too_many_streams());
  std::exception_ptr failure;
  try {
    EventStream stream(*this);
    co_await handler(request_, stream);
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) {
    auto response = failed(failure);  // also for the log when nobody can be told any more
    if (!stream_begun_) co_return co_await send(std::move(response));
  }
  if (!stream_begun_) co_await begin_stream();
  closes_ = true;
  co_return true;
}

awaitable<bool> Connection::begin_stream() {
  stream_begun_ = true;
  phase_ = Phase::streaming;
  stream_end_ = thread_.now() + state_.options.limits.stream_life_max;
  Response response;
  response.set("content-type", "text/event-stream").set("cache-control", "no-store").set("x-accel-buffering", "no");
  write_head(response, {thread_.date(), state_.options.headers, true, false, true}, head_);
  if (request_.method() == Method::head) client_gone_ = true;  // nothing follows
  if (!co_await write_all(head_, {})) client_gone_ = true;
  if (!client_gone_) watch_client();
  co_return !client_gone_;
}

/// A client that leaves is seen at once, not at the next event: what it asked for need not go on.
void Connection::watch_client() {
  socket_.async_read_some(asio::buffer(&watched_, 1), [self = shared_from_this()](error_code failed, std::size_t) {
    if (!failed && self->phase_ == Phase::streaming) return self->watch_client();
    self->client_gone_ = true;
    self->pause_.cancel();
  });
}

bool Connection::stream_is_over() const { return client_gone_ || state_.stopping || thread_.now() >= stream_end_; }

awaitable<bool> Connection::send_event(std::string_view event, std::string_view data) {
  CHECK(event.size() + data.size() <= state_.options.limits.event_bytes_max);
  const auto text = event_text(event, data);
  if (!stream_begun_ && !co_await begin_stream()) co_return false;
  if (stream_is_over()) co_return false;
  if (!co_await write_all(text, {})) client_gone_ = true;
  last_event_ = thread_.now();
  co_return !client_gone_;
}

awaitable<bool> Connection::wait_in_stream(std::chrono::milliseconds pause) {
  if (!stream_begun_ && !co_await begin_stream()) co_return false;
  const auto end = std::chrono::steady_clock::now() + pause;
  for (;;) {
    if (stream_is_over()) co_return false;
    const auto now = std::chrono::steady_clock::now();
    if (now >= end) co_return true;
    if (now - last_event_ >= kHeartbeat) {
      if (!co_await write_all(":\n\n", {})) client_gone_ = true;
      last_event_ = now;
      continue;
    }
    pause_.expires_at(std::min(end, last_event_ + kHeartbeat));
    co_await pause_.async_wait(kAwait);
  }
}

awaitable<bool> EventStream::send(std::string_view event, std::string_view data) { return connection_.send_event(event, data); }
awaitable<bool> EventStream::wait(std::chrono::milliseconds pause) { return connection_.wait_in_stream(pause); }

awaitable<bool> Connection::send(Response response) {
  if (!can_be_sent(response)) {
    spdlog::error("{} {}: the response has an impossible status or header", request_.method_name(), request_.path());
    response = internal_failure(request_);
  }
  closes_ = response.close || state_.stopping || !parser_->keeps_alive();
  write_head(response, {thread_.date(), state_.options.headers, closes_, parser_->is_http_1_0() && !closes_, false}, head_);
  const bool has_body = request_.method() != Method::head && has_content(response.status);
  co_return co_await write_all(head_, has_body ? response.content() : std::string_view());
}

/// One gathering write in the common case. Writing at once, without going through the event loop, saves a round of it.
awaitable<bool> Connection::write_all(std::string_view head, std::string_view body) {
  std::size_t written = 0;
  Instant begun;
  while (!head.empty() || !body.empty()) {
    error_code failure;
    const std::array buffers = {asio::const_buffer(head.data(), head.size()), asio::const_buffer(body.data(), body.size())};
    auto taken = socket_.write_some(buffers, failure);
    if (failure == asio::error::would_block) {
      if (written == 0 || begun == Instant()) {
        limit(state_.options.limits.write_timeout);
        begun = thread_.now();
      }
      deadline_ = begun + timeout_for(state_.options.limits.write_timeout, written);
      const auto [interrupted] = co_await socket_.async_wait(Socket::wait_write, kAwait);
      if (interrupted) co_return false;
      continue;
    }
    if (failure) co_return false;
    written += taken;
    const auto of_head = std::min(taken, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(taken - of_head);
  }
  no_limit();
  co_return true;
}

/// Reads on for a moment after a refusal: closing with unread bytes would reset the connection, and the client would never
/// see why it was refused.
awaitable<void> Connection::drain() {
  phase_ = Phase::closing;
  limit(kDrainTimeout);
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  for (std::size_t drained = 0; drained < kDrainBytesMax;) {
    const auto [failure, received] = co_await socket_.async_read_some(asio::buffer(input_), kAwait);
    if (failure) break;
    drained += received;
  }
}

}  // namespace jingwei::http
