// Operations over OpenSSL 3, libsodium and libcbor; no algorithm of its own.
//
//   hashing      SHA-256, HMAC-SHA-256                      OpenSSL
//   signing      Ed25519 (RFC 8032)                         libsodium
//   passwords    Argon2id (RFC 9106), PHC strings           libsodium
//   CBOR         deterministic core (RFC 8949, 4.2.1)       libcbor's streaming coder, which allocates nothing
//   COSE_Sign1   EdDSA over Ed25519 (RFC 9052, RFC 9053)    the above
//
// Everything may be called from any thread unless said. Bytes from outside that break a format throw
// Rejected{malformed}; misuse by our own code stops the process.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/rejected.h"
#include "io/clock.h"

struct evp_md_ctx_st;

namespace jingwei::crypto {

// ---- hashing ----------------------------------------------------------------------------------------------------

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(ByteView bytes);
/// The hash of the parts one after another, without joining them.
Digest sha256(std::initializer_list<ByteView> parts);

/// SHA-256 of bytes that arrive in pieces. One thread at a time.
class Hasher {
 public:
  Hasher();
  Hasher& add(ByteView bytes);
  /// The digest of all that was added; the hasher starts anew.
  Digest finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

Digest hmac_sha256(ByteView key, ByteView message);
/// Takes as long for equal as for different content; the lengths are not secret.
bool constant_time_equal(ByteView a, ByteView b);
/// `size` random bytes in the URL-safe alphabet; 32 bytes are 43 characters.
std::string random_token(io::Random& random, std::size_t size);

// ---- signing ----------------------------------------------------------------------------------------------------

using Seed = std::array<std::uint8_t, 32>;  ///< the private key as RFC 8032 defines it; whoever holds it can sign
using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

/// An Ed25519 key. The secret is wiped from memory when the last copy goes.
class KeyPair {
 public:
  static KeyPair from_seed(const Seed& seed);
  static KeyPair generate(io::Random& random);
  KeyPair(const KeyPair&) = default;
  KeyPair& operator=(const KeyPair&) = default;
  ~KeyPair();

  const PublicKey& public_key() const { return public_key_; }
  /// For writing the key to its file.
  Seed seed() const;
  /// Deterministic: the same message has the same signature. Allocates nothing.
  Signature sign(ByteView message) const;

 private:
  KeyPair() = default;
  PublicKey public_key_{};
  std::array<std::uint8_t, 64> secret_{};  ///< libsodium's form: seed, then public key
};

bool verify(const PublicKey& key, ByteView message, const Signature& signature);

// ---- passwords --------------------------------------------------------------------------------------------------

/// What one guess costs.
struct PasswordCost {
  std::uint64_t passes;
  std::size_t memory_bytes;
};
constexpr PasswordCost kPasswordCost{2, 64U << 20};      ///< some 60 to 100 ms of one core in 2026
constexpr PasswordCost kPasswordCostInTests{1, 8U << 10};  ///< libsodium's minimum; never for real accounts
constexpr std::size_t kPasswordBytesMax = 1024;            ///< longer ones are refused before hashing

class PasswordHasher {
 public:
  explicit PasswordHasher(PasswordCost cost = kPasswordCost) : cost_(cost) {}
  /// "$argon2id$v=19$m=65536,t=2,p=1$salt$hash". Throws Rejected{invalid} over kPasswordBytesMax.
  std::string hash(std::string_view password) const;
  /// False for a wrong password and for text that is no hash.
  static bool verify(std::string_view hash, std::string_view password);
  /// True when `hash` was made with another cost than this hasher's.
  bool needs_rehash(std::string_view hash) const;

 private:
  PasswordCost cost_;
};

// ---- CBOR -------------------------------------------------------------------------------------------------------

constexpr std::size_t kCborBytesMax = 1U << 20;
constexpr int kCborDepthMax = 16;              ///< arrays, maps and tags inside each other
constexpr std::size_t kCborItemsMax = 65'536;  ///< items in all of one document

/// Writes one document in deterministic encoding: shortest heads, definite lengths. The caller writes map keys in
/// bytewise order of their encoding (small numbers first: 1, 2, 15, 395, -1, "a"); take() checks.
class CborWriter {
 public:
  CborWriter& integer(std::int64_t value);
  CborWriter& bytes(ByteView value);
  CborWriter& text(std::string_view value);
  /// Followed by `items` items.
  CborWriter& array(std::size_t items);
  /// Followed by `pairs` times a key and its value.
  CborWriter& map(std::size_t pairs);
  /// Followed by the tagged item.
  CborWriter& tag(std::uint64_t number);
  CborWriter& boolean(bool value);
  CborWriter& null();
  /// The document; stops the process when it is not complete or not deterministic. The writer starts anew.
  Bytes take();

 private:
  unsigned char* grow(std::size_t size_max);
  void shrink(std::size_t written, std::size_t size_max);
  Bytes out_;
};

/// Reads one document of outside bytes, item by item. The whole is checked first: complete, nothing after it,
/// deterministic (shortest heads, definite lengths, map keys sorted and unique), valid UTF-8, no floating point, no
/// simple values but false, true and null, within the limits above. Each read throws Rejected{malformed} when another
/// kind of item comes. Views point into the bytes handed in, which must outlive them.
class CborReader {
 public:
  enum class Kind { integer, bytes, text, array, map, tag, boolean, null, end };

  explicit CborReader(ByteView document);

  Kind peek() const;
  std::int64_t integer();  ///< also refuses what does not fit 64 bits signed
  ByteView bytes();
  std::string_view text();
  std::size_t array();  ///< the number of items that follow
  std::size_t map();    ///< the number of pairs that follow
  std::uint64_t tag();
  bool boolean();
  void null();
  /// Passes over one item with all it contains and returns its bytes.
  ByteView skip();
  /// Refuses when something is left.
  void expect_end() const;

 private:
  ByteView rest_;
};

// ---- COSE -------------------------------------------------------------------------------------------------------

constexpr std::int64_t kCoseHeaderAlgorithm = 1;
constexpr std::int64_t kCoseAlgorithmEdDsa = -8;
constexpr std::uint64_t kCoseSign1Tag = 18;
constexpr std::size_t kCoseBytesMax = 65'535;  ///< as much as an entry of a log may hold

/// A COSE_Sign1 with attached payload and empty unprotected header: [protected, {}, payload, signature] under tag 18.
struct CoseSign1 {
  Bytes protected_header;  ///< the encoded map, with 1: -8
  Bytes payload;
  Signature signature{};
  bool verify(const PublicKey& key) const;
};

/// Signs. `protected_header` is a deterministically encoded map that says 1: -8 (checked).
Bytes cose_sign1(ByteView protected_header, ByteView payload, const KeyPair& key);
/// Strict: only what cose_sign1 writes. Does not verify the signature.
CoseSign1 parse_cose_sign1(ByteView bytes);

}  // namespace jingwei::crypto
