// Any bytes as a .docx, and any bytes as its text part within a sound archive: refused in a sentence, or text that is read.
#include <zip.h>

#include "base/check.h"
#include "base/text.h"
#include "reading/file.h"
#include "reading/reading.h"
#include "reading/test_files.h"

namespace {

using namespace jingwei;

void expect_text_or_refusal(const std::string& bytes) {
  try {
    const auto text = reading::text_of_docx(bytes);
    CHECK(is_utf8(text));
    CHECK(text.size() <= 2 * reading::kTextBytesMax);
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::malformed || rejected.code() == Code::too_large || rejected.code() == Code::unsupported);
    CHECK(!rejected.problems().empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  expect_text_or_refusal(bytes);
  expect_text_or_refusal(reading::docx(bytes, bytes));
  return 0;
}
