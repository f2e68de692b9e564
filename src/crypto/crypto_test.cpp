#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "crypto/crypto.h"

namespace jingwei::crypto {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> array_from_hex(std::string_view hex) {
  const auto bytes = from_hex(hex);
  std::array<std::uint8_t, N> out{};
  EXPECT_TRUE(bytes && bytes->size() == N);
  if (bytes) std::copy_n(bytes->begin(), std::min(N, bytes->size()), out.begin());
  return out;
}

// ---- hashing: FIPS 180-4 examples, RFC 4231 cases 1 to 3

TEST(Hash, Sha256KnownAnswers) {
  EXPECT_EQ(to_hex(sha256(ByteView{})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256(as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Hash, PiecesGiveTheHashOfTheWhole) {
  const Digest whole = sha256(as_bytes("abcdef"));
  EXPECT_EQ(sha256({as_bytes("ab"), as_bytes(""), as_bytes("cdef")}), whole);
  Hasher hasher;
  EXPECT_EQ(hasher.add(as_bytes("abc")).add(as_bytes("def")).finish(), whole);
  EXPECT_EQ(hasher.add(as_bytes("abcdef")).finish(), whole) << "a hasher starts anew after finish()";
}

TEST(Hash, HmacKnownAnswers) {
  EXPECT_EQ(to_hex(hmac_sha256(Bytes(20, 0x0b), as_bytes("Hi There"))),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256(Bytes(20, 0xaa), Bytes(50, 0xdd))),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  EXPECT_EQ(to_hex(hmac_sha256({}, {})), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Hash, ConstantTimeEqualComparesContentAndLength) {
  EXPECT_TRUE(constant_time_equal(as_bytes("token"), as_bytes("token")));
  EXPECT_TRUE(constant_time_equal({}, {}));
  EXPECT_FALSE(constant_time_equal(as_bytes("token"), as_bytes("tokem")));
  EXPECT_FALSE(constant_time_equal(as_bytes("token"), as_bytes("toke")));
}

TEST(Token, IsUrlSafeAndOfTheRandomSourceAlone) {
  io::SeededRandom one(7), same(7), other(8);
  const std::string token = random_token(one, 32);
  EXPECT_EQ(token.size(), 43U);
  EXPECT_EQ(token.find_first_of("+/="), std::string::npos);
  EXPECT_EQ(random_token(same, 32), token);
  EXPECT_NE(random_token(other, 32), token);
}

// ---- signing: RFC 8032 section 7.1, tests 1 and 2

TEST(Sign, Ed25519KnownAnswers) {
  const KeyPair first = KeyPair::from_seed(array_from_hex<32>("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  EXPECT_EQ(to_hex(first.public_key()), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(to_hex(first.sign({})),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2465514143"
            "8e7a100b");
  const KeyPair second = KeyPair::from_seed(array_from_hex<32>("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  const std::uint8_t message[] = {0x72};
  EXPECT_EQ(to_hex(second.sign(message)),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d2916"
            "12bb0c00");
}

TEST(Sign, AChangedMessageSignatureOrKeyDoesNotVerify) {
  io::SeededRandom random(1);
  const KeyPair key = KeyPair::generate(random);
  const KeyPair other = KeyPair::generate(random);
  Signature signature = key.sign(as_bytes("act"));
  EXPECT_TRUE(verify(key.public_key(), as_bytes("act"), signature));
  EXPECT_FALSE(verify(key.public_key(), as_bytes("acт"), signature));
  EXPECT_FALSE(verify(other.public_key(), as_bytes("act"), signature));
  signature[5] ^= 1;
  EXPECT_FALSE(verify(key.public_key(), as_bytes("act"), signature));
  EXPECT_FALSE(verify(PublicKey{}, as_bytes("act"), signature)) << "a point of small order is no key";
}

TEST(Sign, SeedRestoresTheKey) {
  io::SeededRandom random(2);
  const KeyPair key = KeyPair::generate(random);
  EXPECT_EQ(KeyPair::from_seed(key.seed()).public_key(), key.public_key());
}

TEST(Sign, ManyThreadsMaySignAndHashAtOnce) {
  const KeyPair key = KeyPair::from_seed({1, 2, 3});
  const Signature expected = key.sign(as_bytes("same"));
  const Digest digest = sha256(as_bytes("same"));
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (int& count : wrong) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) count += key.sign(as_bytes("same")) != expected || sha256(as_bytes("same")) != digest;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

// ---- passwords

TEST(Password, VerifiesOnlyTheRightOne) {
  const PasswordHasher hasher(kPasswordCostInTests);
  const std::string hash = hasher.hash("correct horse 电池");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$"));
  EXPECT_TRUE(PasswordHasher::verify(hash, "correct horse 电池"));
  EXPECT_FALSE(PasswordHasher::verify(hash, "correct horse"));
  EXPECT_FALSE(PasswordHasher::verify("", "correct horse"));
  EXPECT_FALSE(PasswordHasher::verify("$argon2id$nonsense", "correct horse"));
  EXPECT_FALSE(PasswordHasher::verify(std::string(500, '$'), "correct horse"));
  EXPECT_NE(hasher.hash("correct horse 电池"), hash) << "each hash has its own salt";
}

TEST(Password, AHashOfAnotherCostAsksForRehash) {
  const PasswordHasher cheap(kPasswordCostInTests);
  const PasswordHasher dearer({2, 16U << 10});
  const std::string hash = cheap.hash("password");
  EXPECT_FALSE(cheap.needs_rehash(hash));
  EXPECT_TRUE(dearer.needs_rehash(hash));
  EXPECT_TRUE(dearer.needs_rehash("no hash"));
  EXPECT_TRUE(PasswordHasher::verify(hash, "password")) << "older hashes stay valid";
}

TEST(Password, AHugePasswordIsRefusedBeforeHashing) {
  const PasswordHasher hasher(kPasswordCostInTests);
  const std::string huge(kPasswordBytesMax + 1, 'x');
  EXPECT_THROW(hasher.hash(huge), Rejected);
  EXPECT_FALSE(PasswordHasher::verify(hasher.hash("x"), huge));
}

// ---- COSE

Bytes eddsa_header() { return CborWriter().map(1).integer(kCoseHeaderAlgorithm).integer(kCoseAlgorithmEdDsa).take(); }

TEST(Cose, SignsWhatTheCoseWorkingGroupsExampleSigns) {
  // cose-wg/Examples eddsa-examples/eddsa-sig-01: same protected header, payload and key. Its unprotected header holds a
  // key id, which the signature does not cover.
  const KeyPair key = KeyPair::from_seed(array_from_hex<32>("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  const Bytes header = CborWriter().map(2).integer(1).integer(-8).integer(3).integer(0).take();
  const Bytes message = cose_sign1(header, as_bytes("This is the content."), key);
  EXPECT_EQ(to_hex(message),
            "d28445a201270300a054546869732069732074686520636f6e74656e742e5840"
            "7142fd2ff96d56db85bee905a76ba1d0b7321a95c8c4d3607c5781932b7afb8711497dfa751bf40b58b3bcc32300b1487f3db34085eef013bf08f4a4"
            "4d6fef0d");
}

TEST(Cose, WhatWasSignedParsesAndVerifies) {
  io::SeededRandom random(3);
  const KeyPair key = KeyPair::generate(random);
  const CoseSign1 message = parse_cose_sign1(cose_sign1(eddsa_header(), as_bytes("payload"), key));
  EXPECT_EQ(as_text(message.payload), "payload");
  EXPECT_EQ(message.protected_header, eddsa_header());
  EXPECT_TRUE(message.verify(key.public_key()));
  EXPECT_FALSE(message.verify(KeyPair::generate(random).public_key()));
}

TEST(Cose, EveryFlippedBitIsRefusedOrDoesNotVerify) {
  const KeyPair key = KeyPair::from_seed({9});
  const Bytes original = cose_sign1(eddsa_header(), as_bytes("a right"), key);
  for (std::size_t bit = 0; bit < original.size() * 8; ++bit) {
    Bytes changed = original;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    try {
      EXPECT_FALSE(parse_cose_sign1(changed).verify(key.public_key())) << "bit " << bit;
    } catch (const Rejected& rejected) {
      EXPECT_EQ(rejected.code(), Code::malformed) << "bit " << bit;
    }
  }
}

TEST(Cose, OtherShapesAreRefused) {
  const Bytes signature(64, 1);
  const Bytes header = eddsa_header();
  const auto refused = [](const Bytes& bytes) {
    try {
      parse_cose_sign1(bytes);
    } catch (const Rejected& rejected) {
      return std::string(rejected.what());
    }
    return std::string("accepted");
  };
  const std::string start = "the COSE signed statement is wrong: ";
  EXPECT_EQ(refused(CborWriter().tag(98).array(4).bytes(header).map(0).bytes({}).bytes(signature).take()), start + "its tag is not 18");
  EXPECT_EQ(refused(CborWriter().tag(18).array(3).bytes(header).map(0).bytes({}).take()), start + "it does not have four parts");
  EXPECT_EQ(refused(CborWriter().tag(18).array(4).bytes(header).map(1).integer(4).bytes({}).bytes({}).bytes(signature).take()),
            start + "its unprotected header is not empty");
  EXPECT_EQ(refused(CborWriter().tag(18).array(4).bytes(header).map(0).bytes({}).bytes(Bytes(63)).take()),
            start + "its signature has the wrong length");
  const Bytes es256 = CborWriter().map(1).integer(1).integer(-7).take();
  EXPECT_EQ(refused(CborWriter().tag(18).array(4).bytes(es256).map(0).bytes({}).bytes(signature).take()), start + "its algorithm is not EdDSA");
  EXPECT_EQ(refused(CborWriter().tag(18).array(4).bytes({}).map(0).bytes({}).bytes(signature).take()), "the CBOR is wrong: it is cut short");
  const Bytes critical = CborWriter().map(2).integer(1).integer(-8).integer(2).array(1).integer(15).take();
  EXPECT_EQ(refused(CborWriter().tag(18).array(4).bytes(critical).map(0).bytes({}).bytes(signature).take()),
            start + "it has critical headers (crit)");
  EXPECT_EQ(refused(CborWriter().tag(18).array(4).bytes(header).map(0).null().bytes(signature).take()),
            "the CBOR is wrong: it holds something else where a byte string should be");
  EXPECT_EQ(refused(Bytes(kCoseBytesMax + 1)), start + "it is too large");
}

}  // namespace
}  // namespace jingwei::crypto
