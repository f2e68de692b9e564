// Text as people in the region write it: UTF-8, full-width and half-width forms mixed. Pure functions over UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jingwei {

/// Decodes one code point from the front of `text` and removes it; U+FFFD and one byte for a broken sequence.
char32_t take_code_point(std::string_view& text);
void append_utf8(std::string& out, char32_t c);
std::u32string to_utf32(std::string_view text);
std::string to_utf8(std::u32string_view text);

/// Strict UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF).
bool is_utf8(std::string_view text);
/// Code points in valid UTF-8; what limits such as max_length count.
std::size_t count_characters(std::string_view text);
/// The first `characters_max` code points.
std::string_view first_characters(std::string_view text, std::size_t characters_max);

/// Full-width ASCII (Ａ１（) and the ideographic space become half-width; other characters stay.
std::string fold_width(std::string_view text);
/// Only full-width letters, digits and the space: Chinese punctuation stays as it was typed.
std::string fold_alphanumeric_width(std::string_view text);
/// Without white space (ASCII and ideographic) and byte order mark at both ends.
std::string_view trim(std::string_view text);
std::string to_lower_ascii(std::string_view text);
/// True for CJK unified ideographs (basic block, extension A, compatibility, supplementary planes).
bool is_han(char32_t c);

std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace jingwei
