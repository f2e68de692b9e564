// Pure parsers of what browsers send: percent-encoding, queries, cookies, multipart forms. No I/O, no allocation beyond the
// result. Each is strict where leniency would let two readers see different things.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jingwei::http {

/// Percent-decodes (RFC 3986 section 2.1) to UTF-8; nothing for a broken escape, invalid UTF-8 or a control character
/// (in queries, tab and line breaks are allowed).
std::optional<std::string> decode_path_segment(std::string_view text);
/// As above with "+" for a space, as HTML forms write queries.
std::optional<std::string> decode_query_text(std::string_view text);
/// For links that we write: everything but unreserved characters is escaped.
std::string encode_component(std::string_view text);

using NameValues = std::vector<std::pair<std::string, std::string>>;

/// "a=1&b=2" decoded, in order; nothing when malformed or more than `count_max` parameters.
std::optional<NameValues> parse_query(std::string_view text, std::size_t count_max);

/// First cookie of that name in a Cookie header; quotes around the value are kept off.
std::optional<std::string_view> find_cookie(std::string_view cookie_header, std::string_view name);

/// Value of a parameter of a header such as Content-Type: ("multipart/form-data; boundary=x", "boundary") gives "x".
/// Quoted strings are unquoted.
std::optional<std::string> header_parameter(std::string_view header, std::string_view name);

/// One part of a form; `content` is a view into the parsed body.
struct FormPart {
  std::string name;
  std::optional<std::string> file_name;  ///< as sent; never a path to be used
  std::string media_type;                ///< lower case without parameters; "text/plain" when not given
  std::string_view content;
};

constexpr std::size_t kFormPartsMax = 20;
constexpr std::size_t kFormPartHeaderBytesMax = 4 * 1024;
constexpr std::size_t kFormBoundaryBytesMax = 70;  ///< RFC 2046 section 5.1.1

/// multipart/form-data (RFC 7578). Throws Rejected: unsupported when `content_type` is another, malformed, too_large.
std::vector<FormPart> parse_multipart(std::string_view content_type, std::string_view body);

}  // namespace jingwei::http
