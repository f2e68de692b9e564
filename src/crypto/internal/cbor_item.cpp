#include "crypto/internal/cbor_item.h"

#include <cbor.h>

#include <algorithm>

#include "base/text.h"

namespace jingwei::crypto {
namespace {

using Kind = CborReader::Kind;

void set(void* context, Kind kind, std::uint64_t value) {
  auto& item = *static_cast<CborItem*>(context);
  item.kind = kind;
  item.value = value;
}

template <class Integer>
void on_unsigned(void* context, Integer value) {
  set(context, Kind::integer, value);
}

template <class Integer>
void on_negative(void* context, Integer value) {
  set(context, Kind::integer, value);
  static_cast<CborItem*>(context)->negative = true;
}

template <Kind kind>
void on_string(void* context, cbor_data data, std::size_t size) {
  set(context, kind, size);
  static_cast<CborItem*>(context)->content = {data, size};
}

template <Kind kind>
void on_count(void* context, std::size_t count) {
  set(context, kind, count);
}

/// Events that are not listed here (indefinite lengths, floating point, undefined) keep libcbor's empty callbacks, so the
/// item stays Kind::end and is refused.
cbor_callbacks make_callbacks() {
  cbor_callbacks callbacks = cbor_empty_callbacks;
  callbacks.uint8 = on_unsigned<std::uint8_t>;
  callbacks.uint16 = on_unsigned<std::uint16_t>;
  callbacks.uint32 = on_unsigned<std::uint32_t>;
  callbacks.uint64 = on_unsigned<std::uint64_t>;
  callbacks.negint8 = on_negative<std::uint8_t>;
  callbacks.negint16 = on_negative<std::uint16_t>;
  callbacks.negint32 = on_negative<std::uint32_t>;
  callbacks.negint64 = on_negative<std::uint64_t>;
  callbacks.byte_string = on_string<Kind::bytes>;
  callbacks.string = on_string<Kind::text>;
  callbacks.array_start = on_count<Kind::array>;
  callbacks.map_start = on_count<Kind::map>;
  callbacks.tag = [](void* context, std::uint64_t number) { set(context, Kind::tag, number); };
  callbacks.boolean = [](void* context, bool value) { set(context, Kind::boolean, value ? 1 : 0); };
  callbacks.null = [](void* context) { set(context, Kind::null, 0); };
  return callbacks;
}

/// libcbor 0.8 refuses the one-byte tags 6 to 20, which had no meaning when it was written; COSE_Sign1 is 18.
bool is_tag_unknown_to_libcbor(ByteView bytes) { return !bytes.empty() && bytes[0] >= 0xC6 && bytes[0] <= 0xD4; }

std::size_t shortest_head(std::uint64_t value) {
  if (value < 24) return 1;
  if (value <= 0xFF) return 2;
  if (value <= 0xFFFF) return 3;
  return value <= 0xFFFF'FFFF ? 5 : 9;
}

}  // namespace

void refuse_cbor(std::string_view zh, std::string_view en) {
  throw Rejected(Code::malformed, {"CBOR 数据有误：" + std::string(zh), "the CBOR is wrong: " + std::string(en)});
}

CborItem decode_cbor_item(ByteView bytes) {
  static const cbor_callbacks kCallbacks = make_callbacks();
  CborItem item;
  if (is_tag_unknown_to_libcbor(bytes)) {
    item.kind = Kind::tag;
    item.value = bytes[0] - 0xC0U;
    item.rest = bytes.subspan(1);
    return item;
  }
  const cbor_decoder_result result = cbor_stream_decode(bytes.data(), bytes.size(), &kCallbacks, &item);
  if (result.status == CBOR_DECODER_NEDATA) refuse_cbor("内容不完整", "it is cut short");
  if (result.status == CBOR_DECODER_ERROR || item.kind == Kind::end) {
    refuse_cbor("含有不支持的数据类型", "it holds a kind of item that is not read here");
  }
  const bool simple = item.kind == Kind::boolean || item.kind == Kind::null;
  if (!simple && result.read - item.content.size() != shortest_head(item.value)) {
    refuse_cbor("数字或长度不是最短形式", "a number or length is not in shortest form");
  }
  item.rest = bytes.subspan(result.read);
  return item;
}

ByteView check_cbor(ByteView bytes, int depth_left, std::size_t& items_left) {
  if (depth_left == 0) refuse_cbor("嵌套过深", "it is nested too deeply");
  if (items_left == 0) refuse_cbor("条目过多", "it holds too many items");
  --items_left;
  const CborItem item = decode_cbor_item(bytes);
  ByteView rest = item.rest;
  switch (item.kind) {
    case Kind::array:
      for (std::uint64_t i = 0; i < item.value; ++i) rest = check_cbor(rest, depth_left - 1, items_left);
      return rest;
    case Kind::map: {
      ByteView last_key;
      for (std::uint64_t i = 0; i < item.value; ++i) {
        const ByteView after_key = check_cbor(rest, depth_left - 1, items_left);
        const ByteView key = rest.first(rest.size() - after_key.size());
        if (i > 0 && !std::ranges::lexicographical_compare(last_key, key)) {
          refuse_cbor("映射的键未排序或有重复", "the keys of a map are out of order or repeated");
        }
        last_key = key;
        rest = check_cbor(after_key, depth_left - 1, items_left);
      }
      return rest;
    }
    case Kind::tag:
      return check_cbor(rest, depth_left - 1, items_left);
    case Kind::text:
      if (!is_utf8(as_text(item.content))) refuse_cbor("文字不是 UTF-8", "a text is not UTF-8");
      return rest;
    default:
      return rest;
  }
}

}  // namespace jingwei::crypto
