#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <random>
#include <thread>

#include <fmt/format.h>

#include "tlog/internal/model_tree.h"
#include "tlog/internal/test_folders.h"
#include "tlog/tlog.h"

namespace jingwei::tlog {
namespace {

using testing::CrashFolder;
using testing::ModelTree;

const std::string kOrigin = "jiaxing.example/log";
const crypto::KeyPair kKey = crypto::KeyPair::from_seed({1, 2, 3});
const VerifierKey kVerifier = make_verifier_key(kOrigin, KeyType::ed25519, kKey.public_key());

std::vector<Bytes> entries(std::uint64_t from, std::uint64_t to) {
  std::vector<Bytes> out;
  for (; from < to; ++from) out.push_back(testing::model_entry(from));
  return out;
}

std::unique_ptr<TileLog> new_log(io::Folder& folder) {
  TileLog::create(folder, kOrigin, kKey);
  return TileLog::open(folder, kOrigin, kKey);
}

void grow(TileLog& log, std::uint64_t size) {
  log.append(entries(log.size() + log.pending(), size));
  log.publish({1'000'000});
}

std::string why_refused(const std::function<void()>& act) {
  try {
    act();
  } catch (const Rejected& rejected) {
    EXPECT_FALSE(rejected.message().zh.empty());
    return rejected.what();
  }
  return "accepted";
}

// ---- life of a log

TEST(TileLog, ANewLogIsEmptyAndSigned) {
  CrashFolder folder;
  EXPECT_FALSE(TileLog::exists(folder));
  const auto log = new_log(folder);
  EXPECT_TRUE(TileLog::exists(folder));
  EXPECT_EQ(log->size(), 0U);
  EXPECT_EQ(open_checkpoint(log->checkpoint_text(), kVerifier).root, empty_root());
  EXPECT_FALSE(log->published_at());
  EXPECT_THROW(TileLog::create(folder, kOrigin, kKey), Rejected);
}

TEST(TileLog, PublishingCoversWhatWasAppendedAndNothingIsShownBefore) {
  CrashFolder folder;
  ModelTree model(700);
  const auto log = new_log(folder);
  const std::string empty = log->checkpoint_text();
  log->append(entries(0, 300));
  EXPECT_EQ(log->pending(), 300U);
  EXPECT_EQ(log->size(), 0U);
  EXPECT_EQ(log->checkpoint_text(), empty);
  EXPECT_FALSE(log->read_tile("tile/0/000"));
  log->publish({5'000'000});
  EXPECT_EQ(log->pending(), 0U);
  EXPECT_EQ(log->checkpoint(), (Checkpoint{kOrigin, 300, model.root(300), {}}));
  EXPECT_EQ(log->published_at(), Timestamp{5'000'000});
  EXPECT_EQ(folder.read("checkpoint"), log->checkpoint_text());
  EXPECT_TRUE(log->read_tile("tile/0/000"));
  const int steps = folder.steps();
  log->publish({6'000'000});
  EXPECT_EQ(folder.steps(), steps) << "publishing nothing new writes nothing";
}

TEST(TileLog, TheFolderIsACompleteLogAfterEveryPublication) {
  CrashFolder folder;
  ModelTree model(1000);
  const auto log = new_log(folder);
  FolderReader reader(folder);
  std::uint64_t size = 0;
  for (const std::uint64_t batch : {1, 2, 60, 192, 1, 64, 64, 300, 84, 232}) {
    grow(*log, size += batch);
    const LogReport report = verify_log(reader, kVerifier);
    ASSERT_TRUE(report.passed()) << report.problems.front().en;
    ASSERT_EQ(report.entries, size);
    ASSERT_EQ(report.checkpoint.root, model.root(size));
  }
}

TEST(TileLog, PartialTilesGoOnceTheFullOneIsPublished) {
  CrashFolder folder;
  const auto log = new_log(folder);
  for (const std::uint64_t size : {10, 20, 255}) grow(*log, size);
  EXPECT_EQ(folder.list("tile/0/000.p"), (std::vector<std::string>{"10", "20", "255"})) << "one for each published size";
  grow(*log, 257);
  EXPECT_EQ(folder.list("tile/0"), (std::vector<std::string>{"000", "001.p"}));
  EXPECT_EQ(folder.list("tile/entries"), (std::vector<std::string>{"000", "001.p"}));
}

TEST(TileLog, ReopeningGoesOnWhereThePublishedLogEnds) {
  ModelTree model(2000);
  for (const std::uint64_t size : {0, 1, 255, 256, 257, 1024, 1300}) {
    CrashFolder folder;
    grow(*new_log(folder), size);
    const auto log = TileLog::open(folder, kOrigin, kKey);
    ASSERT_EQ(log->size(), size);
    grow(*log, 2000);
    ASSERT_EQ(log->checkpoint().root, model.root(2000)) << "reopened at " << size;
    FolderReader reader(folder);
    ASSERT_TRUE(verify_log(reader, kVerifier).passed());
  }
}

TEST(TileLog, ProofsVerifyAgainstTheCheckpoint) {
  CrashFolder folder;
  ModelTree model(1000);
  const auto log = new_log(folder);
  grow(*log, 1000);
  for (std::uint64_t index = 0; index < 1000; index += 37) {
    const ProofText proof = log->prove(index);
    const Checkpoint checkpoint = open_checkpoint(proof.checkpoint, kVerifier);
    EXPECT_TRUE(verify_inclusion(leaf_hash(testing::model_entry(index)), index, checkpoint.size, proof.path, checkpoint.root));
    EXPECT_EQ(log->inclusion(index, index + 1), model.path(index, index + 1));
    EXPECT_EQ(log->consistency(index, 1000), index == 0 ? Proof{} : model.proof(index, 1000));
  }
  EXPECT_EQ(why_refused([&] { log->prove(1000); }), "the log's checkpoint does not cover the position asked for yet");
  EXPECT_THROW(log->inclusion(5, 1001), Rejected);
  EXPECT_THROW(log->inclusion(5, 5), Rejected);
  EXPECT_THROW(log->consistency(5, 1001), Rejected);
  EXPECT_THROW(log->consistency(6, 5), Rejected);
}

TEST(TileLog, OnlyCoveredTilesAreRead) {
  CrashFolder folder;
  const auto log = new_log(folder);
  grow(*log, 300);
  EXPECT_EQ(log->read_tile("checkpoint"), log->checkpoint_text());
  EXPECT_EQ(log->read_tile("tile/0/000")->size(), 8192U);
  EXPECT_EQ(log->read_tile("tile/0/001.p/44")->size(), 44U * 32);
  EXPECT_EQ(log->read_tile("tile/1/000.p/1")->size(), 32U);
  EXPECT_TRUE(log->read_tile("tile/entries/001.p/44"));
  for (const char* path : {"tile/0/001", "tile/0/001.p/45", "tile/0/002", "tile/2/000.p/1", "tile/63/000", "tile/entries/001",
                           "tile/0/000.new", "../secret", "tile/0/../../checkpoint", "tile", "", "tile/0/00"}) {
    EXPECT_FALSE(log->read_tile(path)) << path;
  }
}

TEST(TileLogDeathTest, TooMuchPendingOrTooLargeEntriesAreOurFault) {
  CrashFolder folder;
  const auto log = new_log(folder);
  EXPECT_DEATH(log->append(std::vector<Bytes>(kPendingEntriesMax + 1)), "broken invariant");
  EXPECT_DEATH(log->append(std::vector<Bytes>{Bytes(kEntryBytesMax + 1)}), "broken invariant");
}

// ---- a folder that is not this node's sound log

TEST(TileLog, OpenRefusesWhatIsNotItsOwnSoundLog) {
  CrashFolder folder;
  const std::string start = "the log's folder cannot be used: ";
  EXPECT_EQ(why_refused([&] { TileLog::open(folder, kOrigin, kKey); }), start + "it has no checkpoint file");
  grow(*new_log(folder), 300);
  EXPECT_EQ(why_refused([&] { TileLog::open(folder, "other.example/log", kKey); }),
            start + "the checkpoint is wrong: it is not signed by other.example/log");
  EXPECT_EQ(why_refused([&] { TileLog::open(folder, kOrigin, crypto::KeyPair::from_seed({9})); }),
            start + "the checkpoint is wrong: it is not signed by jiaxing.example/log");
  const auto damaged = [&](const std::string& path, std::size_t byte) {
    CrashFolder copy = folder;
    // Nodes are shared between copies, so the damage is undone afterwards.
    copy.damage(path, byte);
    const std::string why = why_refused([&] { TileLog::open(copy, kOrigin, kKey); });
    copy.damage(path, byte);
    return why;
  };
  EXPECT_EQ(damaged("tile/1/000.p/1", 5), start + "its tiles do not give the checkpoint's root");
  EXPECT_EQ(damaged("tile/0/001.p/44", 5), start + "entries of the log do not have their hashes: tile/entries/001.p/44");
  EXPECT_EQ(damaged("tile/entries/001.p/44", 5), start + "entries of the log do not have their hashes: tile/entries/001.p/44");
  EXPECT_EQ(damaged("checkpoint", 25), start + "the signed note is wrong: the signature by jiaxing.example/log does not verify");
  CrashFolder without_tile = folder;
  without_tile.lose("tile/0/001.p/44");
  EXPECT_EQ(why_refused([&] { TileLog::open(without_tile, kOrigin, kKey); }), start + "a tile of the log is missing: tile/0/001.p/44");
  CrashFolder without_checkpoint = folder;
  without_checkpoint.lose("checkpoint");
  EXPECT_THROW(TileLog::create(without_checkpoint, kOrigin, kKey), Rejected) << "a lost checkpoint never starts a second history";
}

TEST(VerifyLog, FindsAFlippedByteInAnyFile) {
  CrashFolder folder;
  grow(*new_log(folder), 600);
  FolderReader reader(folder);
  ASSERT_TRUE(verify_log(reader, kVerifier).passed());
  std::mt19937_64 random(600);
  for (const std::string& path : folder.files()) {
    for (int round = 0; round < 5; ++round) {
      const std::size_t byte = random() % folder.read(path)->size();
      folder.damage(path, byte);
      EXPECT_FALSE(verify_log(reader, kVerifier).passed()) << path << " byte " << byte;
      folder.damage(path, byte);
    }
    CrashFolder without = folder;
    without.lose(path);
    FolderReader without_reader(without);
    EXPECT_FALSE(verify_log(without_reader, kVerifier).passed()) << path;
  }
}

// ---- on the real file system

class TemporaryFolder {
 public:
  TemporaryFolder() : path_(std::filesystem::temp_directory_path() / fmt::format("jingwei-tlog-{}", ::getpid())) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST(TileLogOnDisk, ReadersProveWhileTheLogGrows) {
  const TemporaryFolder temporary;
  io::DiskFolder folder(temporary.path());
  const auto log = new_log(folder);
  grow(*log, 1);
  std::atomic<bool> growing = true;
  std::atomic<int> wrong = 0;
  std::atomic<int> proved = 0;
  std::vector<std::thread> readers;
  for (unsigned seed = 1; seed <= 2; ++seed) {
    readers.emplace_back([&, seed] {
      std::mt19937_64 random(seed);
      do {
        const std::uint64_t index = random() % log->size();
        const ProofText proof = log->prove(index);
        const Checkpoint checkpoint = open_checkpoint(proof.checkpoint, kVerifier);
        wrong += !verify_inclusion(leaf_hash(testing::model_entry(index)), index, checkpoint.size, proof.path, checkpoint.root);
        ++proved;
      } while (growing);
    });
  }
  for (std::uint64_t size = 1; size <= 2000; size += 61) grow(*log, std::max(size, log->size()));
  growing = false;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GE(proved, 2);
  FolderReader reader(folder);
  EXPECT_TRUE(verify_log(reader, kVerifier).passed());
  const auto reopened = TileLog::open(folder, kOrigin, kKey);
  EXPECT_EQ(reopened->checkpoint(), log->checkpoint());
}

}  // namespace
}  // namespace jingwei::tlog
