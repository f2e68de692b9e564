// Responses and events as bytes. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace jingwei::http {

/// False for a status or header that must not go out: control characters would let data forge headers.
bool can_be_sent(const Response& response);

struct HeadContext {
  std::string_view date;
  const std::vector<Header>& server_headers;  ///< added where the response has none of that name
  bool close = false;
  bool keep_alive_1_0 = false;  ///< an HTTP/1.0 client must be told that the connection stays
  bool is_stream = false;       ///< no length is known; the end of the connection ends the body
};

/// Status line, headers and the empty line, into `out` (emptied first).
void write_head(const Response& response, const HeadContext& context, std::string& out);
/// Whether a response of this status has a body and a Content-Length (RFC 9110 section 6.4.1).
bool has_content(int status);

/// One event of a stream; line breaks of any kind in `data` become lines of the event.
std::string event_text(std::string_view event, std::string_view data);

}  // namespace jingwei::http
