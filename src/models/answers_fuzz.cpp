// Answers of endpoints: whatever the bytes, vectors as asked for or a Failure, never anything else.
#include <cmath>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "models/internal/answers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace jingwei::models;
  constexpr std::size_t kTexts = 2;
  constexpr std::size_t kDimensions = 3;
  const std::string_view body(reinterpret_cast<const char*>(bytes), size);
  try {
    const auto vectors = read_vectors(body, kTexts, kDimensions);
    CHECK(vectors.size() == kTexts);
    for (const auto& vector : vectors) {
      CHECK(vector.size() == kDimensions);
      for (const float number : vector) CHECK(std::isfinite(number));
    }
  } catch (const Failure& failure) {
    CHECK(!failure.reason().zh.empty() && !failure.reason().en.empty());
  }
  try {
    CHECK(read_reply(body).is_object());
  } catch (const Failure& failure) {
    CHECK(!failure.reason().zh.empty() && !failure.reason().en.empty());
  }
  return 0;
}
