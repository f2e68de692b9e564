#include "http/internal/connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "http/forms.h"
#include "http/internal/response_head.h"

namespace jingwei::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t kInputBytesStart = 4 * 1024;
constexpr std::size_t kInputBytesForBody = 64 * 1024;
constexpr std::size_t kKeptBodyBytesMax = 64 * 1024;  ///< buffers larger than this are freed between requests
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

Response plain_problem(int status, std::string_view code, const Bilingual& message, const Request& request) {
  return problem_response(status, code, message, message, {}, request.language());
}

}  // namespace

Connection::Connection(ServerState& state, IoThread& thread, Socket socket)
    : state_(state), thread_(thread), socket_(std::move(socket)), input_(kInputBytesStart, '\0'), pause_(thread.loop()) {
  place_ = thread_.connections().insert(thread_.connections().end(), this);
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);
  const auto peer = socket_.remote_endpoint(ignored);
  request_.remote_address_ = peer.address().to_string();
}

Connection::~Connection() {
  end_request();
  thread_.connections().erase(place_);
  const std::lock_guard lock(state_.mutex);
  if (--state_.connections == 0) state_.emptied.notify_all();
}

awaitable<void> Connection::serve(std::shared_ptr<Connection> self) {
  auto& connection = *self;
  for (bool sent = true; sent && !connection.closes_;) {
    auto received = co_await connection.receive_header();
    Router::Found found;
    if (received == Received::request) {
      found = connection.state_.router.find(connection.request_.method(), connection.request_.path());
      received = co_await connection.receive_body(found.route);
    }
    if (received == Received::gone) break;
    if (received == Received::refused) {
      if (co_await connection.send(connection.refusal())) co_await connection.drain();
      break;
    }
    connection.phase_ = Phase::handling;
    connection.no_limit();
    if (found.route == nullptr || !connection.take_path_values(found))
      sent = co_await connection.send(connection.unrouted(found));
    else if (const auto* sync = std::get_if<SyncHandler>(&found.route->handler))
      sent = co_await connection.send(connection.run(*sync));
    else if (const auto* async = std::get_if<AsyncHandler>(&found.route->handler))
      sent = co_await connection.send(co_await connection.run(*async));
    else
      sent = co_await connection.run(std::get<StreamHandler>(found.route->handler));
    connection.end_request();
  }
  connection.cut();
}

awaitable<Connection::Received> Connection::receive_header() {
  parser_.emplace(state_.options.limits, request_);
  phase_ = Phase::idle;
  limit(first_ ? state_.options.limits.header_timeout : state_.options.limits.idle_timeout);
  first_ = false;
  for (;;) {
    if (begin_ != end_) {
      if (phase_ == Phase::idle) limit(state_.options.limits.header_timeout);
      phase_ = Phase::receiving;
      std::size_t consumed = 0;
      const auto step = parser_->put(std::string_view(input_).substr(begin_, end_ - begin_), consumed);
      begin_ += consumed;
      if (step == RequestParser::Step::header_done) co_return Received::request;
      if (step == RequestParser::Step::failed) {
        refusal_ = parser_->failure();
        co_return Received::refused;
      }
    } else if (state_.stopping) {
      co_return Received::gone;
    }
    if (!co_await fill()) {
      if (!expired_ || !parser_->started()) co_return Received::gone;
      co_return refuse_late_header();
    }
  }
}

awaitable<Connection::Received> Connection::receive_body(const Route* route) {
  const auto& limits = state_.options.limits;
  const auto route_max = route != nullptr ? route->doc.body_bytes_max : 0;
  auto step = parser_->take_body(route_max != 0 ? route_max : limits.body_bytes_max);
  if (step == RequestParser::Step::complete) co_return Received::request;
  limit(limits.body_timeout);
  const auto begun = deadline_ - limits.body_timeout;
  if (step != RequestParser::Step::failed && parser_->expects_continue() && begin_ == end_ && !co_await write_all(kContinue, {}))
    co_return Received::gone;
  bool needs_bytes = begin_ == end_;
  while (step != RequestParser::Step::failed) {
    deadline_ = begun + timeout_for(limits.body_timeout, request_.body.size());
    if (needs_bytes && !co_await fill()) {
      if (!expired_) co_return Received::gone;
      co_return refuse_late_body();
    }
    std::size_t consumed = 0;
    step = parser_->put(std::string_view(input_).substr(begin_, end_ - begin_), consumed);
    begin_ += consumed;
    if (!count_body()) co_return refuse_busy();
    if (step == RequestParser::Step::complete) co_return Received::request;
    needs_bytes = true;  // also when some are left: the header of a chunk may be cut anywhere
  }
  refusal_ = parser_->failure();
  co_return Received::refused;
}

/// Reads what has come; false when the client has gone or the deadline has passed.
awaitable<bool> Connection::fill() {
  if (begin_ == end_) {
    begin_ = end_ = 0;
    if (phase_ == Phase::receiving && request_.body.size() >= kInputBytesForBody && input_.size() < kInputBytesForBody)
      input_.resize(kInputBytesForBody);
  } else if (end_ == input_.size()) {
    input_.erase(0, begin_);
    end_ -= begin_;
    begin_ = 0;
    input_.resize(std::max(kInputBytesStart, end_ * 2));  // the parser refuses before this grows beyond twice its limits
  }
  const auto [failed, received] = co_await socket_.async_read_some(asio::buffer(input_.data() + end_, input_.size() - end_), kAwait);
  end_ += received;
  co_return !failed;
}

bool Connection::count_body() {
  const auto added = request_.body.size() - counted_bytes_;
  counted_bytes_ += added;
  return (state_.body_bytes += added) <= state_.options.limits.body_bytes_all_max;
}

void Connection::end_request() {
  if (counted_bytes_ == 0) return;
  state_.body_bytes -= counted_bytes_;
  counted_bytes_ = 0;
  if (request_.body.capacity() > kKeptBodyBytesMax) std::string().swap(request_.body);
  if (input_.size() >= kInputBytesForBody && begin_ == end_) {
    std::string(kInputBytesStart, '\0').swap(input_);
    begin_ = end_ = 0;
  }
}

// Refusals are made in plain functions: g++ 12 destroys braced temporaries twice when they stand in an expression with
// co_await (see README.md), and these would easily come to stand in one.
Connection::Received Connection::refuse_late_header() {
  refusal_ = {408, "timeout", {"请求头没有按时收到", "The headers did not arrive in time"}};
  return Received::refused;
}

Connection::Received Connection::refuse_late_body() {
  refusal_ = {408, "timeout", {"请求内容没有按时收到", "The content did not arrive in time"}};
  return Received::refused;
}

Connection::Received Connection::refuse_busy() {
  refusal_ = {503, "unavailable", {"服务器正忙，请稍后再试", "The server is busy; try again later"}};
  return Received::refused;
}

Response Connection::refusal() const {
  auto response = plain_problem(refusal_.status, refusal_.code, refusal_.message, request_);
  response.close = true;
  return response;
}

bool Connection::take_path_values(const Router::Found& found) {
  std::string decoded;  // not into the arena at once: growing it would move the values not yet read
  for (std::size_t i = 0; i < found.route->parameters.size(); ++i) {
    const auto value = decode_path_segment(found.values[i]);
    if (!value) return false;
    request_.path_values_.push_back({static_cast<std::uint32_t>(request_.arena_.size() + decoded.size()), static_cast<std::uint32_t>(value->size())});
    decoded += *value;
  }
  request_.arena_ += decoded;
  request_.path_names_ = &found.route->parameters;
  return true;
}

Response Connection::unrouted(const Router::Found& found) const {
  if (found.route != nullptr) return plain_problem(400, "malformed", {"网址无效", "The address is not valid"}, request_);
  if (request_.method() == Method::options && (!found.allow.empty() || request_.path() == "*"))
    return no_content().set("allow", found.allow.empty() ? "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" : found.allow);
  if (!found.allow.empty())
    return plain_problem(405, "method_not_allowed", {"这个地址不支持该方法", "This address does not know the method"}, request_)
        .set("allow", found.allow);
  return plain_problem(404, "not_found", {"没有这个地址", "There is nothing at this address"}, request_);
}

void Connection::check_deadline() {
  if (thread_.now() < deadline_) return;
  expired_ = true;
  error_code ignored;
  socket_.cancel(ignored);
}

void Connection::stop_soon() {
  error_code ignored;
  if (phase_ == Phase::idle) socket_.cancel(ignored);
  if (phase_ == Phase::streaming) pause_.cancel();
}

void Connection::cut() {
  error_code ignored;
  socket_.shutdown(Socket::shutdown_both, ignored);
  socket_.close(ignored);
  client_gone_ = true;
  pause_.cancel();
}

void Connection::limit(std::chrono::milliseconds timeout) {
  expired_ = false;
  deadline_ = thread_.now() + timeout;
}

std::chrono::milliseconds Connection::timeout_for(std::chrono::milliseconds timeout, std::size_t bytes) const {
  return timeout + std::chrono::milliseconds(bytes * 1000 / state_.options.limits.bytes_per_second_min);
}

}  // namespace jingwei::http
