#include "base/uscc.h"

namespace jingwei {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::size_t kLength = 18;

}  // namespace

UsccVerdict check_uscc(std::string_view code) {
  if (code.size() != kLength) return UsccVerdict::wrong_shape;
  std::size_t sum = 0;
  std::size_t weight = 1;
  for (std::size_t i = 0; i < kLength; ++i) {
    const auto value = kAlphabet.find(code[i]);
    if (value == std::string_view::npos) return UsccVerdict::wrong_shape;
    if (i + 1 == kLength) return value == (31 - sum % 31) % 31 ? UsccVerdict::valid : UsccVerdict::wrong_check_digit;
    sum += value * weight;
    weight = weight * 3 % 31;
  }
  return UsccVerdict::wrong_shape;
}

}  // namespace jingwei
