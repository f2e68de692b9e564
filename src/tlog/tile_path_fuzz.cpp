// Any bytes as a tile path and as an entries tile: refused, or written back the same.
#include "base/check.h"
#include "tlog/tlog.h"

using namespace jingwei;
using namespace jingwei::tlog;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  try {
    CHECK(format_tile_path(parse_tile_path(text)) == text);
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::malformed);
  }
  try {
    std::string again;
    for (const Bytes& entry : parse_entries_tile(text)) append_to_entries_tile(again, entry);
    CHECK(again == text);
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::malformed);
  }
  return 0;
}
