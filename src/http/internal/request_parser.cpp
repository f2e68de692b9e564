#include "http/internal/request_parser.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.h"
#include "http/forms.h"
#include "http/internal/ascii.h"

namespace jingwei::http {
namespace {

namespace beast = boost::beast;
using beast::http::error;

constexpr std::size_t kLastChunkBytes = 5;
constexpr std::size_t kBodyReserveBytesMax = 256 * 1024;  ///< what an announced length alone may make us allocate

std::string_view as_view(beast::string_view text) { return {text.data(), text.size()}; }

/// "20 MB"; rounded down, but of a few bytes "1 KB".
std::string in_words(std::size_t bytes) {
  constexpr std::size_t kKilo = 1024;
  return bytes >= kKilo * kKilo ? fmt::format("{} MB", bytes / kKilo / kKilo) : fmt::format("{} KB", std::max<std::size_t>(1, bytes / kKilo));
}

/// "." and "..", and slashes that hide in escapes: nobody needs them but to get around a check of somebody else.
bool has_unsafe_segment(std::string_view path) {
  while (!path.empty()) {
    const auto slash = std::min(path.find('/', 1), path.size());
    auto segment = path.substr(1, slash - 1);
    path.remove_prefix(slash);
    for (std::size_t i = 0; i < segment.size(); ++i) {
      const auto three = segment.substr(i, 3);
      if (segment[i] == '\\' || equal_ignoring_case(three, "%2f") || equal_ignoring_case(three, "%5c")) return true;
    }
    int dots = 0;
    while (!segment.empty() && (segment[0] == '.' || equal_ignoring_case(segment.substr(0, 3), "%2e"))) {
      segment.remove_prefix(segment[0] == '.' ? 1 : 3);
      ++dots;
    }
    if (segment.empty() && (dots == 1 || dots == 2)) return true;
  }
  return false;
}

}  // namespace

RequestParser::RequestParser(const Limits& limits, Request& request) : limits_(limits), request_(request) {
  header_limit(static_cast<std::uint32_t>(limits.header_bytes_max));
  body_limit(boost::none);  // the route's limit is enforced by take_body and on_body_impl
  request.method_ = Method::other;
  request.method_name_ = request.target_ = request.path_ = {};
  request.arena_.clear();
  request.headers_.clear();
  request.query_.clear();
  request.path_values_.clear();
  request.path_names_ = nullptr;
  request.body.clear();
}

RequestParser::Step RequestParser::put(std::string_view bytes, std::size_t& consumed) {
  consumed = 0;
  if (has_failure_) return Step::failed;
  if (!bytes.empty()) started_ = true;
  if (!header_complete_) return put_header(bytes, consumed);
  if (is_done()) return Step::complete;
  // A chunked body ends in at least "0\r\n\r\n", so waiting for five bytes never waits for nothing. Beast 1.81 asserts that it
  // gets them when it looks at the last chunk a second time; a client that cuts there would otherwise stop the process.
  const std::size_t bytes_min = chunked() ? kLastChunkBytes : 1;
  if (bytes.size() < bytes_min) return Step::need_more;
  eager(true);
  ErrorCode failed;
  consumed = basic_parser::put(boost::asio::const_buffer(bytes.data(), bytes.size()), failed);
  if (failed && failed != error::need_more) return fail_syntax(failed);
  if (is_done()) return Step::complete;
  // A chunk's header or the trailers must fit where a header fits, or a client could have us search for ever.
  if (failed && bytes.size() - consumed >= limits_.header_bytes_max) return fail_syntax(error::header_limit);
  return Step::need_more;
}

RequestParser::Step RequestParser::put_header(std::string_view bytes, std::size_t& consumed) {
  if (bytes.empty()) return Step::need_more;
  ErrorCode failed;
  consumed = basic_parser::put(boost::asio::const_buffer(bytes.data(), bytes.size()), failed);
  header_bytes_ += consumed;
  if (failed && failed != error::need_more) return fail_syntax(failed);
  // Beast holds each remainder against its limit, not the sum of what it took.
  const auto pending = is_header_done() ? 0 : bytes.size() - consumed;
  if (header_bytes_ + pending > limits_.header_bytes_max) return fail_syntax(error::header_limit);
  if (!is_header_done()) return Step::need_more;
  header_complete_ = true;
  return check_header() ? Step::header_done : Step::failed;
}

RequestParser::Step RequestParser::take_body(std::size_t body_bytes_max) {
  body_bytes_max_ = body_bytes_max;
  const auto length = content_length();
  if (length && *length > body_bytes_max) return fail_syntax(error::body_limit);
  if (length) request_.body.reserve(std::min<std::size_t>(*length, kBodyReserveBytesMax));
  return is_done() ? Step::complete : Step::need_more;
}

RequestParser::Step RequestParser::fail(int status, std::string_view code, Bilingual message) {
  if (!has_failure_) failure_ = {status, code, std::move(message)};
  has_failure_ = true;
  return Step::failed;
}

RequestParser::Step RequestParser::fail_syntax(ErrorCode failed) {
  if (failed == error::header_limit)
    return fail(431, "too_large", {"请求头太长", "The headers of the request are too long"});
  if (failed == error::body_limit) {
    const auto most = in_words(body_bytes_max_);
    return fail(413, "too_large", {fmt::format("请求内容太大，最多 {}：请删短，或分几次提交", most),
                                   fmt::format("The content of the request is too large, at most {}: shorten it, or send it in parts", most)});
  }
  return fail(400, "malformed", {"不是有效的 HTTP 请求", "This is not a valid HTTP request"});
}

void RequestParser::on_request_impl(Verb, View method, View target, int version, ErrorCode& failed) {
  version_ = version;
  request_.method_ = method_from_name(as_view(method));
  request_.method_name_ = keep(as_view(method));
  if (target.size() > limits_.target_bytes_max) {
    fail(414, "too_large", {"网址太长", "The address is too long"});
    failed = error::bad_target;
    return;
  }
  request_.target_ = keep(as_view(target));
}

void RequestParser::on_field_impl(Field field, View name, View value, ErrorCode& failed) {
  if (header_complete_) return;  // trailers: nothing here needs them, and they must not look like headers
  if (request_.headers_.size() == limits_.header_count_max) {
    fail_syntax(error::header_limit);
    failed = error::header_limit;
    return;
  }
  if (field == Field::host) {
    ++hosts_;
  } else if (field == Field::transfer_encoding) {
    is_chunked_only_ = !has_transfer_encoding_ && equal_ignoring_case(as_view(value), "chunked");
    has_transfer_encoding_ = true;
  } else if (field == Field::expect) {
    expects_continue_ = version_ == 11 && equal_ignoring_case(as_view(value), "100-continue");
  }
  const auto kept_name = keep(as_view(name));
  request_.headers_.push_back({kept_name, keep(as_view(value))});
}

std::size_t RequestParser::on_body_impl(View body, ErrorCode& failed) {
  if (request_.body.size() + body.size() > body_bytes_max_) {
    failed = error::body_limit;
    return 0;
  }
  request_.body.append(body.data(), body.size());
  return body.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, View body, ErrorCode& failed) { return on_body_impl(body, failed); }

bool RequestParser::check_header() {
  // Two readers that frame a message differently are what request smuggling needs (RFC 9112 section 11.2).
  if (has_transfer_encoding_ && (!is_chunked_only_ || version_ == 10))
    return fail(400, "malformed", {"不支持这种传输编码", "This transfer encoding is not read"}), false;
  if (hosts_ > 1 || (hosts_ == 0 && version_ == 11))
    return fail(400, "malformed", {"请求要有且只有一个 Host 头", "A request has exactly one Host header"}), false;
  return read_target();
}

bool RequestParser::read_target() {
  auto target = request_.target();
  if (request_.method_ == Method::options && target == "*") {
    request_.path_ = request_.target_;
    return true;
  }
  if (!read_authority(target)) return false;
  const auto question = std::min(target.find('?'), target.size());
  const auto path = target.substr(0, question);
  if (path.find('#') != path.npos || has_unsafe_segment(path))
    return fail(400, "malformed", {"网址无效", "The address is not valid"}), false;
  request_.path_ = {static_cast<std::uint32_t>(path.data() - request_.arena_.data()), static_cast<std::uint32_t>(path.size())};
  return question == target.size() || read_query(target.substr(question + 1));
}

/// Absolute form is for proxies; it is read (RFC 9112 section 3.2.2) when it names the host that the Host header names.
bool RequestParser::read_authority(std::string_view& target) {
  if (target.starts_with('/')) return true;
  constexpr std::string_view kScheme = "http://";
  const auto rest = target.size() > kScheme.size() ? target.substr(kScheme.size()) : std::string_view();
  const auto slash = rest.find('/');
  const auto host = request_.header("host");
  if (!equal_ignoring_case(target.substr(0, kScheme.size()), kScheme) || slash == rest.npos || !host ||
      !equal_ignoring_case(rest.substr(0, slash), *host))
    return fail(400, "malformed", {"网址要以 / 开头", "The address must begin with /"}), false;
  target = rest.substr(slash);
  return true;
}

bool RequestParser::read_query(std::string_view query) {
  const auto pairs = parse_query(query, limits_.query_parameters_max);
  if (!pairs) return fail(400, "malformed", {"网址中的参数无效或太多", "The query is not valid or too long"}), false;
  for (const auto& [name, value] : *pairs) {
    const auto kept_name = keep(name);
    request_.query_.push_back({kept_name, keep(value)});
  }
  return true;
}

ArenaSpan RequestParser::keep(std::string_view text) {
  const auto offset = static_cast<std::uint32_t>(request_.arena_.size());
  request_.arena_.append(text);
  return {offset, static_cast<std::uint32_t>(text.size())};
}

Request Request::make(Method method, std::string_view target, std::vector<Header> headers, std::string body) {
  std::string text = std::string(http::method_name(method)) + " " + std::string(target) + " HTTP/1.1\r\nhost: localhost\r\n";
  for (const auto& header : headers) text += header.name + ": " + header.value + "\r\n";
  text += "\r\n";
  Request request;
  const Limits limits;
  RequestParser parser(limits, request);
  std::size_t consumed = 0;
  CHECK(parser.put(text, consumed) == RequestParser::Step::header_done);
  request.body = std::move(body);
  request.remote_address_ = "127.0.0.1";
  return request;
}

}  // namespace jingwei::http
