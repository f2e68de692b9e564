// Requests and responses as handlers see them.
//
// A connection keeps one Request and fills it anew for each message, so that a busy connection allocates nothing for it:
// all texts live in one arena and are handed out as views, valid while the handler runs.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/described.h"
#include "base/rejected.h"

namespace jingwei::http {

enum class Method { get, head, post, put, patch, del, options, other };

/// "GET"; "?" for Method::other, whose name Request::method_name() still knows.
std::string_view method_name(Method method);
/// Case-sensitive, as RFC 9110 wants it.
Method method_from_name(std::string_view name);

enum class Language { zh, en };

/// Accept-Language (RFC 9110 section 12.5.4): the better of Chinese and English, Chinese when in doubt.
Language pick_language(std::string_view accept_language);

struct Header {
  std::string name;
  std::string value;
  bool operator==(const Header&) const = default;
};

/// Where a text lies in the arena of a Request.
struct ArenaSpan {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

class Request {
 public:
  Method method() const { return method_; }
  std::string_view method_name() const { return view(method_name_); }
  /// As sent, still percent-encoded, without query: "/api/v1/registers/needs".
  std::string_view path() const { return view(path_); }
  /// Path and query as sent.
  std::string_view target() const { return view(target_); }

  /// A path parameter by the name in the route's pattern, decoded. CHECK fails for a name the pattern does not have.
  std::string_view path_parameter(std::string_view name) const;
  /// First query parameter of that name, decoded; nothing when absent.
  std::optional<std::string_view> query(std::string_view name) const;
  /// All query parameters in order, decoded.
  std::vector<std::pair<std::string_view, std::string_view>> query_parameters() const;
  /// First header of that name, any case, without white space around it.
  std::optional<std::string_view> header(std::string_view name) const;
  std::vector<std::pair<std::string_view, std::string_view>> headers() const;
  /// First cookie of that name (RFC 6265 section 5.4); case-sensitive.
  std::optional<std::string_view> cookie(std::string_view name) const;
  /// By Accept-Language.
  Language language() const;
  /// Media type of the body, lower case without parameters ("application/json"); empty when not given.
  std::string media_type() const;
  /// Address of the peer, without port.
  const std::string& remote_address() const { return remote_address_; }

  /// May be moved from by the handler that takes it mutably.
  std::string body;

  /// For tests of handlers: a request that never was on a wire. CHECK fails when `target` is not valid.
  static Request make(Method method, std::string_view target, std::vector<Header> headers = {}, std::string body = {});

 private:
  friend class RequestParser;
  friend class Connection;
  struct Pair {
    ArenaSpan name;
    ArenaSpan value;
  };
  std::string_view view(ArenaSpan span) const { return std::string_view(arena_).substr(span.offset, span.size); }

  Method method_ = Method::other;
  ArenaSpan method_name_;
  ArenaSpan target_;
  ArenaSpan path_;
  std::string arena_;
  std::vector<Pair> headers_;
  std::vector<Pair> query_;
  std::vector<ArenaSpan> path_values_;
  const std::vector<std::string>* path_names_ = nullptr;  ///< of the matched route; owned by the router
  std::string remote_address_;
};

struct Response {
  int status = 200;
  std::vector<Header> headers;  ///< without Content-Length, Date and Connection, which the server writes
  std::string body;
  /// Sent instead of `body` when set; for content that many responses share.
  std::shared_ptr<const std::string> shared_body;
  bool close = false;  ///< ends the connection after this response

  /// Adds a header; a second one of the same name is sent beside the first. Control characters in a value make the whole
  /// response a 500, so that nobody can smuggle headers through data.
  Response& set(std::string_view name, std::string_view value) &;
  Response&& set(std::string_view name, std::string_view value) &&;
  std::optional<std::string_view> header(std::string_view name) const;
  std::string_view content() const { return shared_body ? std::string_view(*shared_body) : std::string_view(body); }
};

/// application/json from any described type or JSON value.
Response json_response_text(std::string json_text, int status = 200);
template <class T>
Response json_response(const T& value, int status = 200) {
  return json_response_text(json::serialize(to_json(value)), status);
}
/// text/plain by default; the media type gets "; charset=utf-8".
Response text_response(std::string body, int status = 200, std::string_view media_type = "text/plain");
Response bytes_response(std::string body, std::string_view media_type, int status = 200);
Response no_content();
/// 303 See Other.
Response see_other(std::string_view location);

/// Problem details (RFC 9457) as every error of the API looks.
struct Problem {
  std::string type;  ///< "urn:jingwei:problem:<code>"
  std::string title;
  int status = 0;
  std::string code;
  std::string detail;
  Bilingual message;
  std::vector<InputProblem> problems;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (type, title, status, code, detail, message, problems))

/// application/problem+json; `title` and `message` in the reader's language, `message` also in both.
Response problem_response(int status, std::string_view code, const Bilingual& title, const Bilingual& message,
                          const std::vector<InputProblem>& problems, Language language);

/// Throws Rejected{unsupported} unless the body is application/json.
void require_json(const Request& request);

}  // namespace jingwei::http
