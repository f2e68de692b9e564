// Multipart forms: never out of bounds; parts are bounded and lie within the body. The first line of the input is the
// Content-Type, the rest the body.
#include "base/check.h"
#include "http/forms.h"

#include "base/rejected.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jingwei;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto line = std::min(text.find('\n'), text.size());
  const auto body = text.substr(std::min(line + 1, text.size()));
  for (const auto& content_type : {std::string(text.substr(0, line)), std::string("multipart/form-data; boundary=b")}) {
    try {
      const auto parts = http::parse_multipart(content_type, body);
      CHECK(parts.size() <= http::kFormPartsMax);
      for (const auto& part : parts)
        CHECK(part.content.data() >= body.data() && part.content.data() + part.content.size() <= body.data() + body.size());
    } catch (const Rejected&) {
    }
  }
  return 0;
}
