// Keys of signed notes: "vkey" text and key ids (C2SP signed-note, "Verifier keys").
#include <algorithm>

#include <fmt/format.h>

#include "base/check.h"
#include "tlog/internal/reading.h"

namespace jingwei::tlog {
namespace {

[[noreturn]] void refuse_key(std::string_view zh, std::string_view en) {
  refuse("验证公钥（vkey）有误", "the verifier key (vkey) is wrong", zh, en);
}

}  // namespace

VerifierKey make_verifier_key(std::string name, KeyType type, const crypto::PublicKey& key) {
  CHECK(is_key_name(name));
  const std::uint8_t between[] = {'\n', static_cast<std::uint8_t>(type)};
  const Hash hash = crypto::sha256({as_bytes(name), ByteView(between), ByteView(key)});
  const std::uint32_t id = std::uint32_t{hash[0]} << 24 | std::uint32_t{hash[1]} << 16 | std::uint32_t{hash[2]} << 8 | hash[3];
  return {std::move(name), type, key, id};
}

VerifierKey parse_vkey(std::string_view text) {
  if (text.size() > kVkeyBytesMax) refuse_key("过长", "it is too long");
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) refuse_key("应为 名称+编号+公钥", "it should be name+id+key");
  const std::string_view name = text.substr(0, first);
  const std::string_view id = text.substr(first + 1, second - first - 1);
  if (!is_key_name(name)) refuse_key("名称不合规", "its name is not allowed");
  const auto bytes = from_base64(text.substr(second + 1));  // the key itself may contain '+'
  if (!bytes || bytes->empty()) refuse_key("公钥不是 base64", "its key is not base64");
  const auto type = static_cast<KeyType>(bytes->front());
  if (type != KeyType::ed25519 && type != KeyType::cosignature_v1) {
    refuse_key("不支持的密钥类型", "its type of key is not supported");
  }
  crypto::PublicKey key;
  if (bytes->size() != key.size() + 1) refuse_key("公钥长度不对", "its key has the wrong length");
  std::copy(bytes->begin() + 1, bytes->end(), key.begin());
  VerifierKey result = make_verifier_key(std::string(name), type, key);
  if (id != fmt::format("{:08x}", result.id)) refuse_key("编号与公钥不符", "its id does not belong to its key");
  return result;
}

std::string format_vkey(const VerifierKey& key) {
  Bytes bytes{static_cast<std::uint8_t>(key.type)};
  bytes.insert(bytes.end(), key.public_key.begin(), key.public_key.end());
  return fmt::format("{}+{:08x}+{}", key.name, key.id, to_base64(bytes));
}

}  // namespace jingwei::tlog
