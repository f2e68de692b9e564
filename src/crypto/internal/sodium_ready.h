// libsodium picks its implementations for this processor once; every module part that needs them asks here first.
#pragma once

namespace jingwei::crypto {

void sodium_ready();

}  // namespace jingwei::crypto
