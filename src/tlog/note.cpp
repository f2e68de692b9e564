// Signed notes: a text, an empty line, signature lines (C2SP signed-note), and cosignatures with a time over them
// (C2SP tlog-cosignature).
#include <algorithm>

#include <fmt/format.h>

#include "base/check.h"
#include "base/text.h"
#include "tlog/internal/reading.h"

namespace jingwei::tlog {
namespace {

constexpr std::string_view kSignaturePrefix = "\u2014 ";
constexpr std::size_t kKeyIdBytes = 4;
constexpr std::size_t kTimeBytes = 8;
constexpr std::size_t kEd25519Bytes = std::tuple_size_v<crypto::Signature>;
constexpr std::uint64_t kSecondsMax = 253'402'300'799;  ///< the end of the year 9999

[[noreturn]] void refuse_note(std::string_view zh, std::string_view en) {
  refuse("签名文本（note）有误", "the signed note is wrong", zh, en);
}

NoteSignature parse_signature(std::string_view line) {
  if (!line.starts_with(kSignaturePrefix)) {
    refuse_note("签名行应以“— ”开头", "a signature line does not start with \"\u2014 \"");
  }
  line.remove_prefix(kSignaturePrefix.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) refuse_note("签名行缺少签名", "a signature line has no signature");
  const std::string_view name = line.substr(0, space);
  if (!is_key_name(name)) refuse_note("签名者名称不合规", "a signer's name is not allowed");
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= kKeyIdBytes) refuse_note("签名不是 base64 或过短", "a signature is not base64 or too short");
  std::uint32_t id = 0;
  for (std::size_t i = 0; i < kKeyIdBytes; ++i) id = id << 8 | (*bytes)[i];
  return {std::string(name), id, Bytes(bytes->begin() + kKeyIdBytes, bytes->end())};
}

std::string cosigned_message(std::string_view text, std::uint64_t seconds) {
  return fmt::format("cosignature/v1\ntime {}\n{}", seconds, text);
}

/// Nothing when the signature does not verify; else when it was made (0 for a kind without time).
std::optional<std::uint64_t> verify_signature(std::string_view text, const VerifierKey& key, ByteView bytes) {
  std::uint64_t seconds = 0;
  std::string message;
  if (key.type == KeyType::cosignature_v1) {
    if (bytes.size() != kTimeBytes + kEd25519Bytes) return std::nullopt;
    for (std::size_t i = 0; i < kTimeBytes; ++i) seconds = seconds << 8 | bytes[i];
    if (seconds > kSecondsMax) return std::nullopt;
    bytes = bytes.subspan(kTimeBytes);
    message = cosigned_message(text, seconds);
    text = message;
  }
  crypto::Signature signature;
  if (bytes.size() != signature.size()) return std::nullopt;
  std::ranges::copy(bytes, signature.begin());
  if (!crypto::verify(key.public_key, as_bytes(text), signature)) return std::nullopt;
  return seconds;
}

}  // namespace

SignedNote parse_note(std::string_view bytes) {
  if (bytes.size() > kNoteBytesMax) refuse_note("过长", "it is too long");
  if (!is_utf8(bytes)) refuse_note("不是 UTF-8", "it is not UTF-8");
  if (std::ranges::any_of(bytes, [](unsigned char c) { return c < 0x20 && c != '\n'; })) {
    refuse_note("含有控制字符", "it holds control characters");
  }
  const std::size_t split = bytes.rfind("\n\n");
  if (split == std::string_view::npos) refuse_note("正文与签名之间没有空行", "no empty line parts text and signatures");
  SignedNote note{std::string(bytes.substr(0, split + 1)), {}};
  std::string_view rest = bytes.substr(split + 2);
  if (rest.empty() || rest.back() != '\n') refuse_note("没有签名或末行未换行", "it has no signature or its last line has no end");
  while (const auto line = take_line(rest)) {
    if (note.signatures.size() == kNoteSignaturesMax) refuse_note("签名过多", "it has too many signatures");
    note.signatures.push_back(parse_signature(*line));
  }
  return note;
}

std::string format_signature(const NoteSignature& signature) {
  Bytes bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(signature.key_id >> shift));
  bytes.insert(bytes.end(), signature.signature.begin(), signature.signature.end());
  return fmt::format("{}{} {}\n", kSignaturePrefix, signature.name, to_base64(bytes));
}

std::string format_note(const SignedNote& note) {
  CHECK(note.text.ends_with('\n'));
  std::string out = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) out += format_signature(signature);
  return out;
}

NoteSignature sign_note(std::string_view text, std::string_view name, const crypto::KeyPair& key) {
  const VerifierKey verifier = make_verifier_key(std::string(name), KeyType::ed25519, key.public_key());
  const crypto::Signature signature = key.sign(as_bytes(text));
  return {verifier.name, verifier.id, Bytes(signature.begin(), signature.end())};
}

NoteSignature cosign_note(std::string_view text, std::string_view name, const crypto::KeyPair& key, Timestamp at) {
  CHECK(at.us >= 0);
  const VerifierKey verifier = make_verifier_key(std::string(name), KeyType::cosignature_v1, key.public_key());
  const auto seconds = static_cast<std::uint64_t>(at.us / kMicrosPerSecond);
  Bytes bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(seconds >> shift));
  const crypto::Signature signature = key.sign(as_bytes(cosigned_message(text, seconds)));
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  return {verifier.name, verifier.id, std::move(bytes)};
}

std::vector<VerifiedSignature> verify_note(const SignedNote& note, std::span<const VerifierKey> keys) {
  std::vector<VerifiedSignature> verified;
  for (const NoteSignature& signature : note.signatures) {
    const auto key = std::ranges::find_if(
        keys, [&](const VerifierKey& known) { return known.name == signature.name && known.id == signature.key_id; });
    if (key == keys.end()) continue;
    const auto seconds = verify_signature(note.text, *key, signature.signature);
    if (!seconds) {
      refuse_note(fmt::format("{} 的签名验证不通过", key->name), fmt::format("the signature by {} does not verify", key->name));
    }
    const auto index = static_cast<std::size_t>(key - keys.begin());
    if (std::ranges::find(verified, index, &VerifiedSignature::key) != verified.end()) continue;
    VerifiedSignature result{index, {}};
    if (key->type == KeyType::cosignature_v1) {
      result.cosigned_at = Timestamp{static_cast<std::int64_t>(*seconds) * kMicrosPerSecond};
    }
    verified.push_back(result);
  }
  return verified;
}

}  // namespace jingwei::tlog
