// tlog_make FOLDER ENTRIES SEED: makes a log for peers to check.
//
//   FOLDER/log              the log, in the layout of tlog-tiles
//   FOLDER/vkey             its key
//   FOLDER/checkpoints/<n>  every checkpoint it published, by size
//   FOLDER/receipts/<i>     some receipts: tlog-proof with the statement and its public part in the extra line
//
// Batches are of random size; the log is closed and opened again now and then. The same seed makes the same log.
#include <boost/json.hpp>

#include <cstdio>
#include <random>

#include "io/file.h"
#include "tlog/tlog.h"

using namespace jingwei;
using namespace jingwei::tlog;

namespace {

constexpr std::uint64_t kBatchMax = 70;
constexpr std::uint64_t kReopenEvery = 9;   // batches
constexpr std::uint64_t kReceiptEvery = 97;  // entries
const std::string kOrigin = "jiaxing.example/log";

std::string public_text(std::uint64_t index) { return "{\"kind\":\"need.published\",\"title\":\"轴承异响 " + std::to_string(index) + "\"}"; }

Bytes statement(std::uint64_t index, const crypto::KeyPair& issuer) {
  const Bytes header = crypto::CborWriter().map(1).integer(crypto::kCoseHeaderAlgorithm).integer(crypto::kCoseAlgorithmEdDsa).take();
  const Bytes payload = crypto::CborWriter().array(2).integer(static_cast<std::int64_t>(index)).bytes(crypto::sha256(as_bytes(public_text(index)))).take();
  return crypto::cose_sign1(header, payload, issuer);
}

std::string receipt(const TileLog& log, std::uint64_t index, const crypto::KeyPair& issuer) {
  ProofText proof = log.prove(index);
  const boost::json::object extra{{"statement", to_base64(statement(index, issuer))}, {"public", public_text(index)}};
  const std::string text = boost::json::serialize(extra);
  proof.extra = Bytes(text.begin(), text.end());
  return format_proof_text(proof);
}

void make(const std::filesystem::path& root, std::uint64_t count, std::uint64_t seed) {
  for (const char* folder : {"log", "checkpoints", "receipts"}) io::make_folders(root / folder);
  io::SeededRandom keys(seed);
  const crypto::KeyPair key = crypto::KeyPair::generate(keys);
  const crypto::KeyPair issuer = crypto::KeyPair::generate(keys);
  std::mt19937_64 random(seed);
  io::DiskFolder folder(root / "log");
  TileLog::create(folder, kOrigin, key);
  auto log = TileLog::open(folder, kOrigin, key);
  io::write_file_atomically(root / "vkey", format_vkey(log->verifier_key()) + "\n");
  io::write_file_atomically(root / "checkpoints" / "0", log->checkpoint_text());
  for (std::uint64_t batch = 1; log->size() < count; ++batch) {
    const std::uint64_t old_size = log->size();
    const std::uint64_t size = std::min(count, old_size + 1 + random() % kBatchMax);
    std::vector<Bytes> entries;
    for (std::uint64_t index = old_size; index < size; ++index) entries.push_back(statement(index, issuer));
    log->append(entries);
    log->publish({});
    io::write_file_atomically(root / "checkpoints" / std::to_string(size), log->checkpoint_text());
    if (old_size / kReceiptEvery != size / kReceiptEvery) {
      io::write_file_atomically(root / "receipts" / std::to_string(old_size), receipt(*log, old_size, issuer));
    }
    if (batch % kReopenEvery == 0) log = TileLog::open(folder, kOrigin, key);
  }
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) {
    std::fprintf(stderr, "usage: tlog_make FOLDER ENTRIES SEED\n");
    return 2;
  }
  make(words[1], std::stoull(words[2]), std::stoull(words[3]));
}
