// SHA-256 and HMAC through OpenSSL, which uses the processor's SHA instructions; libsodium's SHA-256 does not.
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include "base/check.h"
#include "crypto/crypto.h"

namespace jingwei::crypto {
namespace {

/// Fetched once: OpenSSL 3 looks an algorithm up by name on every use otherwise, which costs more than hashing a node.
const EVP_MD* sha256_algorithm() {
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  CHECK(algorithm != nullptr);
  return algorithm;
}

}  // namespace

void Hasher::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Hasher::Hasher() : context_(EVP_MD_CTX_new()) {
  CHECK(context_ != nullptr);
  CHECK(EVP_DigestInit_ex2(context_.get(), sha256_algorithm(), nullptr) == 1);
}

Hasher& Hasher::add(ByteView bytes) {
  CHECK(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  return *this;
}

Digest Hasher::finish() {
  Digest digest;
  CHECK(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1);
  CHECK(EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1);
  return digest;
}

Digest sha256(ByteView bytes) { return sha256({bytes}); }

Digest sha256(std::initializer_list<ByteView> parts) {
  thread_local Hasher hasher;  // making a context costs more than hashing a node of a tree
  for (const ByteView part : parts) hasher.add(part);
  return hasher.finish();
}

Digest hmac_sha256(ByteView key, ByteView message) {
  static const std::uint8_t kNothing = 0;  // OpenSSL reads a null key as "the key of last time"
  Digest digest;
  unsigned int size = 0;
  const std::uint8_t* key_bytes = key.empty() ? &kNothing : key.data();
  CHECK(HMAC(sha256_algorithm(), key_bytes, static_cast<int>(key.size()), message.data(), message.size(), digest.data(),
             &size) != nullptr);
  CHECK(size == digest.size());
  return digest;
}

bool constant_time_equal(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

std::string random_token(io::Random& random, std::size_t size) {
  Bytes bytes(size);
  random.fill(bytes.data(), bytes.size());
  return to_base64url(bytes);
}

}  // namespace jingwei::crypto
