// Any bytes as a lexicon file: faults are reported, nothing else happens, and what was read can be searched and expanded.
#include <cstdint>

#include "match/internal/lexicon.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jingwei::match;
  std::vector<jingwei::InputProblem> faults;
  const std::string content(reinterpret_cast<const char*>(data), size);
  const auto lexicon = Lexicon::parse({{"fuzz.txt", content}}, faults);
  for (const Concept& entry : lexicon.concepts())
    if (entry.names.empty() || lexicon.entry_with_key(entry.key) == std::nullopt) __builtin_trap();
  (void)lexicon.find(U"主轴热变形，冬天偏低夏天偏高");
  return 0;
}
