// Bytes of one HTTP/1.1 request into a Request: Beast's parser for the syntax (RFC 9112), then the checks that it leaves to
// its user: one Host, one framing, a sane target, counts and sizes. Works in memory, so that tests and fuzzers can feed it.
#pragma once

#include <boost/beast/http/basic_parser.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/rejected.h"
#include "http/http.h"

namespace jingwei::http {

/// Why the bytes cannot be served; the connection ends after the answer.
struct ParseFailure {
  int status = 400;
  std::string_view code = "malformed";
  Bilingual message;
};

class RequestParser : private boost::beast::http::basic_parser<true> {
 public:
  enum class Step { need_more, header_done, complete, failed };

  /// Empties `request` and fills it from now on; one parser per request.
  RequestParser(const Limits& limits, Request& request);

  /// Takes bytes from the front of `bytes`; those not consumed must come again, with more behind them. Returns header_done
  /// once, also when there is no body: take_body() tells whether more is needed.
  Step put(std::string_view bytes, std::size_t& consumed);
  /// After header_done: sets the route's limit. failed when the announced length is over it; complete without a body.
  Step take_body(std::size_t body_bytes_max);

  const ParseFailure& failure() const { return failure_; }
  bool started() const { return started_; }
  bool keeps_alive() const { return keep_alive(); }
  bool is_http_1_0() const { return version_ == 10; }
  bool expects_continue() const { return expects_continue_; }

 private:
  using Verb = boost::beast::http::verb;
  using Field = boost::beast::http::field;
  using View = boost::beast::string_view;
  using ErrorCode = boost::beast::error_code;

  void on_request_impl(Verb, View method, View target, int version, ErrorCode& failed) override;
  void on_response_impl(int, View, int, ErrorCode&) override {}
  void on_field_impl(Field field, View name, View value, ErrorCode& failed) override;
  void on_header_impl(ErrorCode&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
  std::size_t on_body_impl(View body, ErrorCode& failed) override;
  void on_chunk_header_impl(std::uint64_t, View, ErrorCode&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View body, ErrorCode& failed) override;
  void on_finish_impl(ErrorCode&) override {}

  Step put_header(std::string_view bytes, std::size_t& consumed);
  Step fail(int status, std::string_view code, Bilingual message);
  Step fail_syntax(ErrorCode failed);
  bool check_header();
  bool read_target();
  bool read_authority(std::string_view& target);
  bool read_query(std::string_view query);
  ArenaSpan keep(std::string_view text);

  const Limits& limits_;
  Request& request_;
  ParseFailure failure_;
  bool has_failure_ = false;
  bool started_ = false;
  bool header_complete_ = false;
  bool expects_continue_ = false;
  bool has_transfer_encoding_ = false;
  bool is_chunked_only_ = false;
  int version_ = 11;
  int hosts_ = 0;
  std::size_t header_bytes_ = 0;
  std::size_t body_bytes_max_ = 0;
};

}  // namespace jingwei::http
