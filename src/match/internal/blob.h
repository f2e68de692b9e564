// How a part keeps documents: id, title, text, opaque terms, then kind, segment, region, owner, valid_to and stages, one after
// the other. Text in UTF-16 when that is shorter, as it is for Chinese; its first byte says which.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "match/internal/terms.h"
#include "match/match.h"

namespace jingwei::match {

void write_document(std::vector<std::uint8_t>& out, const Document& document, const TermCounts& counts);

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
  void skip_text() {
    ++at_;
    const std::uint32_t size = varint();
    at_ += size;
  }
  void opaque(std::vector<std::uint32_t>& out) {
    out.resize(varint());
    std::memcpy(out.data(), at_, out.size() * 4);
    at_ += out.size() * 4;
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
