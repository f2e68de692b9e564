#include "http/internal/response_head.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/check.h"
#include "http/internal/ascii.h"

namespace jingwei::http {
namespace {

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    case 507: return "Insufficient Storage";
    default: return "";
  }
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c > 0x20 && c < 0x7F && std::string_view("\"(),/:;<=>?@[\\]{}").find(static_cast<char>(c)) == std::string_view::npos;
  });
}

bool is_field_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return (c >= 0x20 && c != 0x7F) || c == '\t'; });
}

}  // namespace

bool can_be_sent(const Response& response) {
  if (response.status < 200 || response.status > 599) return false;
  return std::all_of(response.headers.begin(), response.headers.end(),
                     [](const Header& header) { return is_token(header.name) && is_field_text(header.value); });
}

bool has_content(int status) { return status != 204 && status != 304; }

void write_head(const Response& response, const HeadContext& context, std::string& out) {
  out.clear();
  out.append("HTTP/1.1 ");
  append_number(out, static_cast<std::size_t>(response.status));
  out.append(" ").append(reason_phrase(response.status)).append("\r\n");
  append_header(out, "date", context.date);
  for (const auto& header : response.headers) append_header(out, header.name, header.value);
  for (const auto& header : context.server_headers)
    if (!response.header(header.name)) append_header(out, header.name, header.value);
  if (!context.is_stream && has_content(response.status)) {
    out.append("content-length: ");
    append_number(out, response.content().size());
    out.append("\r\n");
  }
  if (context.close) out.append("connection: close\r\n");
  else if (context.keep_alive_1_0) out.append("connection: keep-alive\r\n");
  out.append("\r\n");
}

std::string event_text(std::string_view event, std::string_view data) {
  CHECK(event.find_first_of("\r\n") == event.npos);
  std::string out;
  out.reserve(event.size() + data.size() + 32);
  if (!event.empty()) out.append("event: ").append(event).append("\n");
  for (;;) {
    const auto end = data.find_first_of("\r\n");
    out.append("data: ").append(data.substr(0, end)).append("\n");
    if (end == data.npos) break;
    const bool is_pair = data.substr(end, 2) == "\r\n";
    data.remove_prefix(end + (is_pair ? 2 : 1));
  }
  return out + "\n";
}

}  // namespace jingwei::http
