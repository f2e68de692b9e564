// What the tests of this module share: the shipped knowledge, read once per test program.
#pragma once

#include "match/internal/query.h"
#include "match/match.h"

namespace jingwei::match {

inline const Knowledge& shipped_knowledge() {
  static const Knowledge knowledge(Files::below(JINGWEI_SOURCE));
  return knowledge;
}

inline std::unique_ptr<Engine> new_engine() { return Engine::load(Files::below(JINGWEI_SOURCE)); }

}  // namespace jingwei::match
