// Byte strings and their text forms. Base64 is the standard alphabet with padding (RFC 4648 section 4), decoded strictly.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jingwei {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::string to_hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view text);
std::string to_base64(ByteView bytes);
/// Nothing for a wrong alphabet, wrong padding or bits left over.
std::optional<Bytes> from_base64(std::string_view text);
/// URL-safe alphabet without padding (RFC 4648 section 5); for tokens.
std::string to_base64url(ByteView bytes);

}  // namespace jingwei
