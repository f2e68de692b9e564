// COSE_Sign1 (RFC 9052 section 4.2) with EdDSA (RFC 9053 section 2.2), one shape only, so that equal statements are equal
// bytes: tag 18, attached payload, empty unprotected header, deterministic encoding.
#include <algorithm>

#include "base/check.h"
#include "crypto/crypto.h"

namespace jingwei::crypto {
namespace {

constexpr std::int64_t kHeaderCritical = 2;

[[noreturn]] void refuse(std::string_view zh, std::string_view en) {
  throw Rejected(Code::malformed,
                 {"COSE 签名声明有误：" + std::string(zh), "the COSE signed statement is wrong: " + std::string(en)});
}

/// A map that names EdDSA and no critical header: those would have to be understood, and none is here.
void check_protected_header(ByteView header) {
  CborReader reader(header);
  std::optional<std::int64_t> algorithm;
  const std::size_t pairs = reader.map();
  for (std::size_t i = 0; i < pairs; ++i) {
    if (reader.peek() != CborReader::Kind::integer) {
      reader.skip();
      reader.skip();
      continue;
    }
    const std::int64_t label = reader.integer();
    if (label == kHeaderCritical) refuse("含有必须理解的扩展（crit）", "it has critical headers (crit)");
    if (label == kCoseHeaderAlgorithm && reader.peek() == CborReader::Kind::integer) algorithm = reader.integer();
    else reader.skip();
  }
  if (algorithm != kCoseAlgorithmEdDsa) refuse("签名算法不是 EdDSA", "its algorithm is not EdDSA");
}

/// What is signed: the Sig_structure with context "Signature1" and no external data.
Bytes signed_bytes(ByteView protected_header, ByteView payload) {
  return CborWriter().array(4).text("Signature1").bytes(protected_header).bytes({}).bytes(payload).take();
}

}  // namespace

bool CoseSign1::verify(const PublicKey& key) const {
  return crypto::verify(key, signed_bytes(protected_header, payload), signature);
}

Bytes cose_sign1(ByteView protected_header, ByteView payload, const KeyPair& key) {
  bool header_valid = true;
  try {
    check_protected_header(protected_header);
  } catch (const Rejected&) {
    header_valid = false;
  }
  CHECK(header_valid);
  const Signature signature = key.sign(signed_bytes(protected_header, payload));
  Bytes message =
      CborWriter().tag(kCoseSign1Tag).array(4).bytes(protected_header).map(0).bytes(payload).bytes(signature).take();
  CHECK(message.size() <= kCoseBytesMax);
  return message;
}

CoseSign1 parse_cose_sign1(ByteView bytes) {
  if (bytes.size() > kCoseBytesMax) refuse("内容过大", "it is too large");
  CborReader reader(bytes);
  if (reader.tag() != kCoseSign1Tag) refuse("标签不是 18", "its tag is not 18");
  if (reader.array() != 4) refuse("不是四个部分", "it does not have four parts");
  const ByteView protected_header = reader.bytes();
  check_protected_header(protected_header);
  if (reader.map() != 0) refuse("未保护头部不为空", "its unprotected header is not empty");
  const ByteView payload = reader.bytes();
  const ByteView signature = reader.bytes();
  reader.expect_end();
  CoseSign1 message;
  if (signature.size() != message.signature.size()) refuse("签名长度不对", "its signature has the wrong length");
  message.protected_header.assign(protected_header.begin(), protected_header.end());
  message.payload.assign(payload.begin(), payload.end());
  std::ranges::copy(signature, message.signature.begin());
  return message;
}

}  // namespace jingwei::crypto
