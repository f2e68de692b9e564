// What the parsers of this module share: lines, numbers, hashes, refusals.
#pragma once

#include <optional>
#include <string_view>

#include "tlog/tlog.h"

namespace jingwei::tlog {

/// Throws Rejected{malformed}: "<what>: <why>" in both languages.
[[noreturn]] void refuse(std::string_view what_zh, std::string_view what_en, std::string_view why_zh, std::string_view why_en);

/// Decimal without sign or leading zeros, at most kTreeSizeMax.
std::optional<std::uint64_t> parse_decimal(std::string_view text);
/// Standard base64 of 32 bytes.
std::optional<Hash> parse_hash(std::string_view text);
/// Takes a line off the front, without its newline; nothing when no newline is left.
std::optional<std::string_view> take_line(std::string_view& rest);

/// A name under which a key signs: UTF-8, no space of any script, no '+', no control character.
bool is_key_name(std::string_view name);

}  // namespace jingwei::tlog
