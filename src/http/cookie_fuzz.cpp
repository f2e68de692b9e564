// Cookies, header parameters and Accept-Language: never out of bounds; a found cookie lies within its header.
#include "base/check.h"
#include "http/forms.h"
#include "http/message.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jingwei;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto value = http::find_cookie(text, "a")) CHECK(value->data() >= text.data() && value->data() + value->size() <= text.data() + size);
  if (const auto value = http::header_parameter(text, "a")) CHECK(value->size() <= size);
  http::pick_language(text);
  return 0;
}
