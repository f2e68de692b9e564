// Argon2id through libsodium. Its salts come from libsodium's own source of randomness, the kernel: a salt decides
// nothing, so no test needs to replay it.
#include <sodium.h>

#include "base/check.h"
#include "crypto/crypto.h"
#include "crypto/internal/sodium_ready.h"

namespace jingwei::crypto {

std::string PasswordHasher::hash(std::string_view password) const {
  sodium_ready();
  if (password.size() > kPasswordBytesMax) {
    throw Rejected(Code::invalid, "/password", {"密码过长", "the password is too long"},
                   {"请不要超过 1024 字节", "use at most 1024 bytes"});
  }
  char text[crypto_pwhash_STRBYTES];
  // Fails only when the memory cannot be had; that is the machine's fault, not the caller's.
  if (crypto_pwhash_str(text, password.data(), password.size(), cost_.passes, cost_.memory_bytes) != 0) throw std::bad_alloc();
  return text;
}

bool PasswordHasher::verify(std::string_view hash, std::string_view password) {
  sodium_ready();
  if (password.size() > kPasswordBytesMax || hash.size() >= crypto_pwhash_STRBYTES) return false;
  const std::string terminated(hash);
  return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

bool PasswordHasher::needs_rehash(std::string_view hash) const {
  if (hash.size() >= crypto_pwhash_STRBYTES) return true;
  const std::string terminated(hash);
  return crypto_pwhash_str_needs_rehash(terminated.c_str(), cost_.passes, cost_.memory_bytes) != 0;
}

}  // namespace jingwei::crypto
