// What one act's evidence costs: hashing, signing and encoding its statement. The write path allows 35 us for the last.
#include <benchmark/benchmark.h>

#include "crypto/crypto.h"

namespace jingwei::crypto {
namespace {

constexpr std::size_t kStatementBytes = 300;

Bytes header() {
  return CborWriter().map(2).integer(1).integer(-8).integer(15).map(2).integer(1).text("node.example").integer(2).text("need_01J").take();
}

void sha256_node(benchmark::State& state) {
  Bytes bytes(65, 7);
  for (auto _ : state) benchmark::DoNotOptimize(sha256(bytes));
}
BENCHMARK(sha256_node);

void ed25519_sign(benchmark::State& state) {
  const KeyPair key = KeyPair::from_seed({1});
  const Bytes message(kStatementBytes, 7);
  for (auto _ : state) benchmark::DoNotOptimize(key.sign(message));
}
BENCHMARK(ed25519_sign);

void statement_sign_and_encode(benchmark::State& state) {
  const KeyPair key = KeyPair::from_seed({1});
  const Bytes payload(kStatementBytes, 7);
  for (auto _ : state) benchmark::DoNotOptimize(cose_sign1(header(), payload, key));
}
BENCHMARK(statement_sign_and_encode);

void statement_parse_and_verify(benchmark::State& state) {
  const KeyPair key = KeyPair::from_seed({1});
  const Bytes message = cose_sign1(header(), Bytes(kStatementBytes, 7), key);
  for (auto _ : state) benchmark::DoNotOptimize(parse_cose_sign1(message).verify(key.public_key()));
}
BENCHMARK(statement_parse_and_verify);

void password_hash(benchmark::State& state) {
  const PasswordHasher hasher;
  for (auto _ : state) benchmark::DoNotOptimize(hasher.hash("correct horse battery staple"));
}
BENCHMARK(password_hash)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace jingwei::crypto

BENCHMARK_MAIN();
