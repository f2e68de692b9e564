// CBOR through libcbor's streaming functions. Its tree of items (cbor_load, cbor_serialize) is not used: it allocates each
// item and neither keeps nor checks the deterministic form that signatures need.
#include <cbor.h>

#include <limits>
#include <utility>

#include "base/check.h"
#include "crypto/crypto.h"
#include "crypto/internal/cbor_item.h"

namespace jingwei::crypto {
namespace {

constexpr std::size_t kHeadBytesMax = 9;
constexpr std::size_t kUsualDocumentBytes = 512;

CborItem expect(ByteView bytes, CborReader::Kind kind, std::string_view zh, std::string_view en) {
  if (bytes.empty()) refuse_cbor("缺少" + std::string(zh), "it ends where " + std::string(en) + " should be");
  CborItem item = decode_cbor_item(bytes);
  if (item.kind != kind) refuse_cbor("此处应为" + std::string(zh), "it holds something else where " + std::string(en) + " should be");
  return item;
}

}  // namespace

// ---- writing ----------------------------------------------------------------------------------------------------

unsigned char* CborWriter::grow(std::size_t size_max) {
  if (out_.capacity() == 0) out_.reserve(kUsualDocumentBytes);
  const std::size_t start = out_.size();
  out_.resize(start + size_max);
  return out_.data() + start;
}

void CborWriter::shrink(std::size_t written, std::size_t size_max) {
  CHECK(written > 0);
  out_.resize(out_.size() - size_max + written);
}

CborWriter& CborWriter::integer(std::int64_t value) {
  unsigned char* head = grow(kHeadBytesMax);
  // -1 - value without overflow: the complement of the bits.
  const std::size_t written = value >= 0 ? cbor_encode_uint(static_cast<std::uint64_t>(value), head, kHeadBytesMax)
                                         : cbor_encode_negint(~static_cast<std::uint64_t>(value), head, kHeadBytesMax);
  shrink(written, kHeadBytesMax);
  return *this;
}

CborWriter& CborWriter::bytes(ByteView value) {
  shrink(cbor_encode_bytestring_start(value.size(), grow(kHeadBytesMax), kHeadBytesMax), kHeadBytesMax);
  out_.insert(out_.end(), value.begin(), value.end());
  return *this;
}

CborWriter& CborWriter::text(std::string_view value) {
  shrink(cbor_encode_string_start(value.size(), grow(kHeadBytesMax), kHeadBytesMax), kHeadBytesMax);
  out_.insert(out_.end(), value.begin(), value.end());
  return *this;
}

CborWriter& CborWriter::array(std::size_t items) {
  shrink(cbor_encode_array_start(items, grow(kHeadBytesMax), kHeadBytesMax), kHeadBytesMax);
  return *this;
}

CborWriter& CborWriter::map(std::size_t pairs) {
  shrink(cbor_encode_map_start(pairs, grow(kHeadBytesMax), kHeadBytesMax), kHeadBytesMax);
  return *this;
}

CborWriter& CborWriter::tag(std::uint64_t number) {
  shrink(cbor_encode_tag(number, grow(kHeadBytesMax), kHeadBytesMax), kHeadBytesMax);
  return *this;
}

CborWriter& CborWriter::boolean(bool value) {
  shrink(cbor_encode_bool(value, grow(kHeadBytesMax), kHeadBytesMax), kHeadBytesMax);
  return *this;
}

CborWriter& CborWriter::null() {
  shrink(cbor_encode_null(grow(kHeadBytesMax), kHeadBytesMax), kHeadBytesMax);
  return *this;
}

Bytes CborWriter::take() {
  bool deterministic = true;
  try {
    CborReader check{out_};
  } catch (const Rejected&) {
    deterministic = false;
  }
  CHECK(deterministic);
  return std::exchange(out_, {});
}

// ---- reading ----------------------------------------------------------------------------------------------------

CborReader::CborReader(ByteView document) : rest_(document) {
  if (document.size() > kCborBytesMax) refuse_cbor("内容过大", "it is too large");
  std::size_t items_left = kCborItemsMax;
  if (!check_cbor(document, kCborDepthMax, items_left).empty()) refuse_cbor("后面还有多余内容", "something follows it");
}

CborReader::Kind CborReader::peek() const { return rest_.empty() ? Kind::end : decode_cbor_item(rest_).kind; }

std::int64_t CborReader::integer() {
  const CborItem item = expect(rest_, Kind::integer, "整数", "a whole number");
  if (item.value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    refuse_cbor("整数超出范围", "a whole number is out of range");
  }
  rest_ = item.rest;
  const auto value = static_cast<std::int64_t>(item.value);
  return item.negative ? -1 - value : value;
}

ByteView CborReader::bytes() {
  const CborItem item = expect(rest_, Kind::bytes, "字节串", "a byte string");
  rest_ = item.rest;
  return item.content;
}

std::string_view CborReader::text() {
  const CborItem item = expect(rest_, Kind::text, "文字", "a text");
  rest_ = item.rest;
  return as_text(item.content);
}

std::size_t CborReader::array() {
  const CborItem item = expect(rest_, Kind::array, "数组", "an array");
  rest_ = item.rest;
  return item.value;
}

std::size_t CborReader::map() {
  const CborItem item = expect(rest_, Kind::map, "映射", "a map");
  rest_ = item.rest;
  return item.value;
}

std::uint64_t CborReader::tag() {
  const CborItem item = expect(rest_, Kind::tag, "标签", "a tag");
  rest_ = item.rest;
  return item.value;
}

bool CborReader::boolean() {
  const CborItem item = expect(rest_, Kind::boolean, "真假值", "true or false");
  rest_ = item.rest;
  return item.value != 0;
}

void CborReader::null() { rest_ = expect(rest_, Kind::null, "空值", "null").rest; }

ByteView CborReader::skip() {
  if (rest_.empty()) refuse_cbor("内容不完整", "it is cut short");
  std::size_t items_left = kCborItemsMax;
  const ByteView after = check_cbor(rest_, kCborDepthMax, items_left);
  const ByteView passed = rest_.first(rest_.size() - after.size());
  rest_ = after;
  return passed;
}

void CborReader::expect_end() const {
  if (!rest_.empty()) refuse_cbor("后面还有多余内容", "something follows it");
}

}  // namespace jingwei::crypto
