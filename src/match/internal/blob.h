// How a part keeps documents: id, title, text, opaque terms, then kind, region, owner, valid_to and stages, one after the other;
// for what a column of the part says as well, a mark stands. Text in UTF-16 when that is shorter, as it is for Chinese; its first byte says which.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "match/internal/large_pages.h"
#include "match/internal/terms.h"
#include "match/match.h"

namespace jingwei::match {

constexpr std::string_view kAsInColumn = "\xff";  ///< no text begins so

void write_document(LargeVector<std::uint8_t>& out, const Document& document, const TermCounts& counts);

/// A text in 16-bit units as it was written, not folded; a rare character is two.
class TextUnits {
 public:
  TextUnits(const void* at, std::uint32_t size) : at_(static_cast<const std::uint8_t*>(at)), size_(size) {}
  std::uint32_t size() const { return size_; }
  char16_t operator[](std::size_t i) const {
    char16_t unit;
    std::memcpy(&unit, at_ + i * 2, sizeof unit);
    return unit;
  }

 private:
  const std::uint8_t* at_;
  std::uint32_t size_;
};

/// The opaque terms of a document: opaque_key | kInTitle | kInText.
class OpaqueTerms {
 public:
  OpaqueTerms(const std::uint8_t* at, std::uint32_t size) : at_(at), size_(size) {}
  std::uint32_t size() const { return size_; }
  std::uint32_t operator[](std::size_t i) const {
    std::uint32_t value;
    std::memcpy(&value, at_ + i * 4, sizeof value);
    return value;
  }

 private:
  const std::uint8_t* at_;
  std::uint32_t size_;
};

/// Reads the pieces in their order. The bytes are ours: what is read is not checked.
class BlobReader {
 public:
  explicit BlobReader(const std::uint8_t* at) : at_(at) {}
  std::string_view string() {
    const std::uint32_t size = varint();
    const std::string_view text(reinterpret_cast<const char*>(at_), size);
    at_ += size;
    return text;
  }
  std::string text();
  /// As text(), folded and without making a string.
  void folded(std::vector<char16_t>& out);
  /// As text(), where it lies when it lies there in units, else put into `decoded`.
  TextUnits units(std::vector<char16_t>& decoded);
  void skip_text() {
    ++at_;
    const std::uint32_t size = varint();
    at_ += size;
  }
  OpaqueTerms opaque_terms() {
    const std::uint32_t count = varint();
    at_ += std::size_t{count} * 4;
    return {at_ - std::size_t{count} * 4, count};
  }
  void skip_opaque() {
    const std::size_t count = varint();
    at_ += count * 4;
  }

 private:
  char32_t unit(std::uint32_t i) const { return static_cast<char32_t>(at_[i] | at_[i + 1] << 8); }
  std::uint32_t varint() {
    std::uint32_t value = 0;
    for (int shift = 0;; shift += 7) {
      const std::uint32_t byte = *at_++;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
  const std::uint8_t* at_;
};

}  // namespace jingwei::match
