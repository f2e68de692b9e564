// Any bytes as the text of a checkpoint: refused, or written back the same.
#include "base/check.h"
#include "tlog/tlog.h"

using namespace jingwei;
using namespace jingwei::tlog;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  try {
    CHECK(format_checkpoint(parse_checkpoint(text)) == text);
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::malformed);
  }
  return 0;
}
