// Any bytes as the text of a plan: refused as malformed, or a draft that keeps its own rules and survives the wire.
#include "base/check.h"
#include "base/text.h"
#include "reading/reading.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jingwei;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto draft = reading::read(text);
    reading::check(draft, static_cast<std::int64_t>(count_characters(text)));
    const auto wire = to_json(draft);
    CHECK(to_json(from_json<reading::Draft>(wire)) == wire);
    CHECK(reading::compare(draft, draft).changes.empty());
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::malformed || rejected.code() == Code::too_large);
    CHECK(!rejected.problems().empty());
  }
  return 0;
}
