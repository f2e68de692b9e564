// Broken invariants: our faults, never the caller's. A failed CHECK prints what was wrong and stops the process in
// release builds too; what a caller did wrong is Rejected (rejected.h).
#pragma once

#include <cstdio>
#include <cstdlib>

namespace jingwei {

[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: broken invariant: %s\n", file, line, condition);
  std::abort();
}

}  // namespace jingwei

#define CHECK(condition)                                             \
  do {                                                               \
    if (!(condition)) [[unlikely]]                                   \
      ::jingwei::check_failed(#condition, __FILE__, __LINE__);       \
  } while (false)
