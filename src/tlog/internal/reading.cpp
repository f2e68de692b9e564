#include "tlog/internal/reading.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace jingwei::tlog {
namespace {

/// Unicode's White_Space property, as signed-note forbids it in names.
bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

}  // namespace

void refuse(std::string_view what_zh, std::string_view what_en, std::string_view why_zh, std::string_view why_en) {
  throw Rejected(Code::malformed, {std::string(what_zh) + "：" + std::string(why_zh),
                                   std::string(what_en) + ": " + std::string(why_en)});
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  if (text.empty() || (text.front() == '0' && text.size() > 1)) return std::nullopt;
  if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > kTreeSizeMax) return std::nullopt;
  return value;
}

std::optional<Hash> parse_hash(std::string_view text) {
  Hash hash;
  if (text.size() != (hash.size() + 2) / 3 * 4) return std::nullopt;
  const auto bytes = from_base64(text);
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::ranges::copy(*bytes, hash.begin());
  return hash;
}

std::optional<std::string_view> take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

bool is_key_name(std::string_view name) {
  if (name.empty() || name.size() > kKeyNameBytesMax || !is_utf8(name)) return false;
  while (!name.empty()) {
    const char32_t c = take_code_point(name);
    if (c < 0x20 || c == '+' || is_space(c)) return false;
  }
  return true;
}

}  // namespace jingwei::tlog
