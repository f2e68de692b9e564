// Percent-decoding and queries: never out of bounds, what is accepted is UTF-8 without control characters, and encoding what
// was decoded gives the same again.
#include "base/check.h"
#include "base/text.h"
#include "http/forms.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jingwei;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto decoded = http::decode_path_segment(text)) {
    CHECK(is_utf8(*decoded));
    CHECK(http::decode_path_segment(http::encode_component(*decoded)) == *decoded);
  }
  if (const auto pairs = http::parse_query(text, 100)) {
    CHECK(pairs->size() <= 100);
    for (const auto& [name, value] : *pairs) CHECK(is_utf8(name) && is_utf8(value));
  }
  return 0;
}
