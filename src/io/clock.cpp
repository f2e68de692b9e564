#include "io/clock.h"

#include <sys/random.h>

#include <chrono>
#include <cstring>

#include "base/check.h"

namespace jingwei::io {

Timestamp SystemClock::now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

void SystemRandom::fill(void* bytes, std::size_t size) {
  constexpr std::size_t kBuffered = 256;  // getrandom never returns short up to 256 bytes
  thread_local std::array<unsigned char, kBuffered> buffer;
  thread_local std::size_t left = 0;
  auto* out = static_cast<unsigned char*>(bytes);
  while (size > 0) {
    if (left == 0) {
      CHECK(getrandom(buffer.data(), kBuffered, 0) == static_cast<ssize_t>(kBuffered));
      left = kBuffered;
    }
    const std::size_t count = std::min(size, left);
    unsigned char* from = buffer.data() + kBuffered - left;
    std::memcpy(out, from, count);
    std::memset(from, 0, count);  // a random byte is given out once
    out += count;
    size -= count;
    left -= count;
  }
}

void SeededRandom::fill(void* bytes, std::size_t size) {
  const std::lock_guard lock(mutex_);
  auto* out = static_cast<unsigned char*>(bytes);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<unsigned char>(engine_() >> 32);
}

std::string new_id(std::string_view prefix, Clock& clock, Random& random) {
  std::array<std::uint8_t, 10> bytes;
  random.fill(bytes.data(), bytes.size());
  return std::string(prefix) + "_" + make_ulid(clock.now(), bytes);
}

}  // namespace jingwei::io
