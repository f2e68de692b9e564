// What the programs say of a stranger's PDF, in halves: boxes of words, then a drawing.
#include <cstdint>

#include "reading/internal/pdf_tables.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jingwei::reading;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto half = all.find('\f');
  const auto strokes = strokes_of(half == all.npos ? all : all.substr(half + 1));
  for (const PdfPage& page : pages_of(all.substr(0, half))) {
    (void)may_have_table(page);
    (void)text_with_tables(page, strokes);
  }
  return 0;
}
