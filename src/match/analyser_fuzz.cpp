// Any bytes as title and text: terms come out sorted, each once; the need is split and figures are read without harm.
#include <cstdint>
#include <cstdlib>

#include "match/internal/query.h"
#include "match/internal/snapshot_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jingwei::match;
  static const Knowledge knowledge(Files::below(JINGWEI_SOURCE));
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto counts = knowledge.analyser.counts(text.substr(0, size / 3), text);
  for (std::size_t i = 1; i < counts.terms.size(); ++i)
    if (counts.terms[i - 1].key >= counts.terms[i].key) __builtin_trap();
  for (const auto& problem : split_problems(knowledge, "", text))
    if (problem.empty()) __builtin_trap();
  IndexSnapshot snapshot;
  (void)read_index(text, 0, snapshot);
  return 0;
}
