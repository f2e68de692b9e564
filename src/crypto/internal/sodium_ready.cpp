#include "crypto/internal/sodium_ready.h"

#include <sodium.h>

#include "base/check.h"

namespace jingwei::crypto {

void sodium_ready() {
  static const bool ready = sodium_init() >= 0;
  CHECK(ready);
}

}  // namespace jingwei::crypto
