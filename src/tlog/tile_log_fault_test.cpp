// Faults: every step of making, opening and publishing a log fails once, and every step is the last before a kill or a power
// cut. After each, the node starts again, goes on, and the whole log is checked against everything the outside ever saw.
#include <gtest/gtest.h>

#include <random>

#include <fmt/format.h>

#include "tlog/internal/model_tree.h"
#include "tlog/internal/test_folders.h"
#include "tlog/tlog.h"

namespace jingwei::tlog {
namespace {

using testing::Crash;
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

/// What the outside was given and must never see contradicted.
struct Witness {
  std::uint64_t largest = 0;
  std::map<std::uint64_t, Hash> roots;

  std::string last_text;

  void see(const std::string& text) {
    if (text == last_text) return;
    last_text = text;
    const Checkpoint checkpoint = open_checkpoint(text, kVerifier);
    EXPECT_GE(checkpoint.size, largest) << "a step back";
    if (const auto seen = roots.find(checkpoint.size); seen != roots.end()) {
      EXPECT_EQ(seen->second, checkpoint.root) << "a fork at " << checkpoint.size;
    }
    largest = std::max(largest, checkpoint.size);
    roots[checkpoint.size] = checkpoint.root;
  }
};

constexpr std::uint64_t kFaultLogSize = 2180;
/// Single entries, ends of tiles, several tiles at once, and so many that they are synced together.
const std::uint64_t kBatches[] = {1, 63, 130, 62, 300, 1600, 24};

/// Opens the log, or makes it when it never came to be, and brings it to its full size.
void run_node(CrashFolder& folder, Witness& witness, std::size_t first_batch) {
  if (!TileLog::exists(folder)) TileLog::create(folder, kOrigin, kKey);
  const auto log = TileLog::open(folder, kOrigin, kKey);
  witness.see(log->checkpoint_text());
  struct Observed {
    CrashFolder& folder;
    ~Observed() { folder.set_observer({}); }
  } const observed{folder};
  folder.set_observer([&] { witness.see(log->checkpoint_text()); });
  for (std::size_t i = first_batch; log->size() < kFaultLogSize; ++i) {
    const std::uint64_t next = std::min(kFaultLogSize, log->size() + log->pending() + kBatches[i % std::size(kBatches)]);
    log->append(entries(log->size() + log->pending(), next));
    try {
      log->publish({1});
    } catch (const io::FileError& error) {
      EXPECT_TRUE(error.disk_full());
      witness.see(log->checkpoint_text());
      log->publish({1});
    }
    witness.see(log->checkpoint_text());
  }
}

void check_whole(CrashFolder& folder, const Witness& witness, ModelTree& model) {
  FolderReader reader(folder);
  const LogReport report = verify_log(reader, kVerifier);
  EXPECT_TRUE(report.passed()) << report.problems.front().en;
  EXPECT_EQ(report.checkpoint.size, kFaultLogSize);
  for (const auto& [size, root] : witness.roots) EXPECT_EQ(root, model.root(size)) << "not a prefix at " << size;
}

/// Whoever reads the folder finds a tile whole or not at all, also one that no checkpoint covers yet.
void check_no_half_tile(CrashFolder& folder) {
  for (const std::string& path : folder.files()) {
    if (path == "checkpoint" || path.ends_with(".new")) continue;
    const TilePath tile = parse_tile_path(path);
    const std::string content = *folder.read(path);
    const std::uint64_t width = tile.entries ? parse_entries_tile(content).size() : content.size() / sizeof(Hash);
    EXPECT_EQ(width, tile.width) << path;
  }
}

int steps_without_fault() {
  CrashFolder folder;
  Witness witness;
  run_node(folder, witness, 0);
  return folder.steps();
}

TEST(TileLogFault, AKillAtAnyStepNeitherForksNorStepsBack) {
  ModelTree model(kFaultLogSize);
  const int steps = steps_without_fault();
  ASSERT_GT(steps, 100);
  for (int step = 1; step <= steps; ++step) {
    for (const auto fault : {CrashFolder::Fault::crash_before, CrashFolder::Fault::crash_after}) {
      CrashFolder folder;
      Witness witness;
      folder.set_fault(fault, step);
      EXPECT_THROW(run_node(folder, witness, 0), Crash);
      SCOPED_TRACE(fmt::format("killed {} step {}: {}", fault == CrashFolder::Fault::crash_before ? "before" : "after", step,
                               folder.names_of_steps().back()));
      // After a kill the file system still shows everything, so anyone who reads the folder itself may have seen this.
      if (const auto visible = folder.read("checkpoint")) witness.see(*visible);
      run_node(folder, witness, static_cast<std::size_t>(step));
      check_whole(folder, witness, model);
      if (HasFailure()) return;
    }
  }
}

TEST(TileLogFault, APowerCutAtAnyStepNeitherForksNorTakesBackWhatWasHandedOut) {
  constexpr auto kSeed = 1100;
  std::mt19937_64 random(kSeed);
  ModelTree model(kFaultLogSize);
  const int steps = steps_without_fault();
  for (int step = 1; step <= steps; ++step) {
    for (int round = 0; round < 2; ++round) {
      CrashFolder folder;
      Witness witness;
      folder.set_fault(round % 2 == 0 ? CrashFolder::Fault::crash_before : CrashFolder::Fault::crash_after, step);
      EXPECT_THROW(run_node(folder, witness, 0), Crash);
      SCOPED_TRACE(fmt::format("seed {}, power cut at step {}: {}", kSeed, step, folder.names_of_steps().back()));
      folder.cut_power(random);
      check_no_half_tile(folder);
      run_node(folder, witness, static_cast<std::size_t>(step));
      check_whole(folder, witness, model);
      if (HasFailure()) return;
    }
  }
}

TEST(TileLogFault, AFailedStepLeavesTheLogAsItWasAndCanBeRepeated) {
  ModelTree model(kFaultLogSize);
  const int steps = steps_without_fault();
  int failed = 0;
  for (int step = 1; step <= steps; ++step) {
    CrashFolder folder;
    Witness witness;
    folder.set_fault(CrashFolder::Fault::fail, step);
    SCOPED_TRACE(fmt::format("step {} failed", step));
    try {
      run_node(folder, witness, 0);
    } catch (const io::FileError&) {
      ++failed;  // while the log was being made: making it again must work
      run_node(folder, witness, 0);
    }
    check_whole(folder, witness, model);
    if (HasFailure()) return;
  }
  EXPECT_EQ(failed, 4) << "making a log has four steps: write, sync, rename, sync of the folder";
}

}  // namespace
}  // namespace jingwei::tlog
