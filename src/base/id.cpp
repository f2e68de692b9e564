#include "base/id.h"

namespace jingwei {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

}  // namespace

std::string make_ulid(Timestamp time, const std::array<std::uint8_t, 10>& randomness) {
  std::string text(kUlidLength, '0');
  std::uint64_t millis = static_cast<std::uint64_t>(time.us / 1000);
  for (int i = 9; i >= 0; --i) {
    text[static_cast<std::size_t>(i)] = kCrockford[millis & 31];
    millis >>= 5;
  }
  // 80 bits are 16 characters of 5 bits: two groups of 5 bytes and 8 characters each.
  for (std::size_t group = 0; group < 2; ++group) {
    std::uint64_t bits = 0;
    for (std::size_t k = 0; k < 5; ++k) bits = bits << 8 | randomness[group * 5 + k];
    for (std::size_t k = 0; k < 8; ++k) text[10 + group * 8 + 7 - k] = kCrockford[bits >> (5 * k) & 31];
  }
  return text;
}

bool is_ulid(std::string_view text) {
  if (text.size() != kUlidLength || text[0] > '7') return false;
  return text.find_first_not_of(kCrockford) == std::string_view::npos;
}

bool is_id(std::string_view text, std::string_view prefix) {
  return text.size() == prefix.size() + 1 + kUlidLength && text.starts_with(prefix) && text[prefix.size()] == '_' &&
         is_ulid(text.substr(prefix.size() + 1));
}

bool is_any_id(std::string_view text) {
  const auto underscore = text.find('_');
  if (underscore == std::string_view::npos || underscore == 0) return false;
  for (const char c : text.substr(0, underscore))
    if (c < 'a' || c > 'z') return false;
  return is_ulid(text.substr(underscore + 1));
}

}  // namespace jingwei
