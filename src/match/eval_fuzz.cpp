// Any bytes as a supplies or needs file: read or Rejected.
#include <cstdint>

#include "match/eval.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jingwei;
  static const auto files = match::Files::below(JINGWEI_SOURCE);
  const std::string_view content(reinterpret_cast<const char*>(data), size);
  try {
    (void)match::read_supplies(content, files);
  } catch (const Rejected&) {
  }
  try {
    (void)match::read_needs(content, files);
  } catch (const Rejected&) {
  }
  return 0;
}
