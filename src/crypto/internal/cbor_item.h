// One CBOR item as libcbor decodes it, and the check that a whole document is deterministic.
#pragma once

#include <cstdint>

#include "crypto/crypto.h"

namespace jingwei::crypto {

struct CborItem {
  CborReader::Kind kind = CborReader::Kind::end;
  bool negative = false;    ///< an integer -1 - value
  std::uint64_t value = 0;  ///< integer, count of items or pairs, tag number, 0 or 1 of a boolean
  ByteView content;         ///< of a byte or text string
  ByteView rest;            ///< what follows this item's head and content
};

/// The item at the front, without what it contains. Throws Rejected{malformed} when it is cut short, not in shortest form
/// or of a kind that is not read here.
CborItem decode_cbor_item(ByteView bytes);

/// Checks one item with all it contains; returns what follows it. `items_left` is decreased.
ByteView check_cbor(ByteView bytes, int depth_left, std::size_t& items_left);

[[noreturn]] void refuse_cbor(std::string_view zh, std::string_view en);

}  // namespace jingwei::crypto
