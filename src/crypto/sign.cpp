// Ed25519 through libsodium.
#include <sodium.h>

#include "base/check.h"
#include "crypto/crypto.h"
#include "crypto/internal/sodium_ready.h"

namespace jingwei::crypto {

static_assert(crypto_sign_SEEDBYTES == std::tuple_size_v<Seed>);
static_assert(crypto_sign_PUBLICKEYBYTES == std::tuple_size_v<PublicKey>);
static_assert(crypto_sign_BYTES == std::tuple_size_v<Signature>);

KeyPair KeyPair::from_seed(const Seed& seed) {
  sodium_ready();
  KeyPair pair;
  CHECK(crypto_sign_seed_keypair(pair.public_key_.data(), pair.secret_.data(), seed.data()) == 0);
  return pair;
}

KeyPair KeyPair::generate(io::Random& random) {
  Seed seed;
  random.fill(seed.data(), seed.size());
  KeyPair pair = from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  return pair;
}

KeyPair::~KeyPair() { sodium_memzero(secret_.data(), secret_.size()); }

Seed KeyPair::seed() const {
  Seed seed;
  CHECK(crypto_sign_ed25519_sk_to_seed(seed.data(), secret_.data()) == 0);
  return seed;
}

Signature KeyPair::sign(ByteView message) const {
  Signature signature;
  CHECK(crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret_.data()) == 0);
  return signature;
}

bool verify(const PublicKey& key, ByteView message, const Signature& signature) {
  sodium_ready();
  return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

}  // namespace jingwei::crypto
