#include <gtest/gtest.h>

#include <random>

#include <fmt/format.h>

#include "tlog/internal/model_tree.h"
#include "tlog/internal/test_folders.h"
#include "tlog/internal/tile_builder.h"
#include "tlog/tlog.h"

namespace jingwei::tlog {
namespace {

using testing::ModelTree;

constexpr std::uint64_t kSizeMax = 1025;

// ---- the vectors that certificate-transparency's implementations share

const char* const kVectorLeaves[] = {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
const char* const kVectorRoots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

TEST(TreeHash, KnownRootsOfNoneToEightLeaves) {
  EXPECT_EQ(to_hex(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  TileBuilder builder;
  EXPECT_EQ(builder.root(), empty_root());
  for (std::size_t i = 0; i < std::size(kVectorLeaves); ++i) {
    builder.add(*from_hex(kVectorLeaves[i]));
    EXPECT_EQ(to_hex(builder.root()), kVectorRoots[i]) << i + 1 << " leaves";
  }
}

TEST(TreeHash, TheBuildersRootIsTheModelsAtEverySize) {
  ModelTree model(kSizeMax);
  TileBuilder builder;
  for (std::uint64_t size = 0; size <= kSizeMax; ++size) {
    ASSERT_EQ(builder.root(), model.root(size)) << size;
    ASSERT_EQ(tree_root(model, size), model.root(size)) << size;
    builder.add(testing::model_entry(size));
    builder.forget_completed();
  }
}

// ---- every proof up to kSizeMax

TEST(Proof, EveryInclusionProofIsTheModelsAndVerifies) {
  ModelTree model(kSizeMax);
  for (std::uint64_t size = 1; size <= kSizeMax; ++size) {
    const Hash root = model.root(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const Proof proof = prove_inclusion(model, index, size);
      ASSERT_EQ(proof, model.path(index, size)) << index << " of " << size;
      ASSERT_TRUE(verify_inclusion(model.leaf(index), index, size, proof, root)) << index << " of " << size;
    }
  }
}

TEST(Proof, EveryConsistencyProofIsTheModelsAndVerifies) {
  ModelTree model(kSizeMax);
  for (std::uint64_t size = 0; size <= kSizeMax; ++size) {
    const Hash root = model.root(size);
    for (std::uint64_t old_size = 0; old_size <= size; ++old_size) {
      const Proof proof = prove_consistency(model, old_size, size);
      if (old_size > 0) ASSERT_EQ(proof, model.proof(old_size, size)) << old_size << " to " << size;
      else ASSERT_TRUE(proof.empty());
      ASSERT_TRUE(verify_consistency(old_size, model.root(old_size), size, root, proof)) << old_size << " to " << size;
    }
  }
}

/// Each way of changing one thing about a proof.
std::vector<Proof> changed(const Proof& proof, std::mt19937_64& random) {
  std::vector<Proof> all;
  if (!proof.empty()) {
    all.push_back(proof);
    all.back()[random() % proof.size()][random() % 32] ^= static_cast<std::uint8_t>(1U << random() % 8);
    all.push_back(proof);
    all.back().pop_back();
    all.emplace_back(proof.begin() + 1, proof.end());
  }
  all.push_back(proof);
  all.back().push_back(empty_root());
  all.push_back(proof);
  all.back().insert(all.back().begin(), empty_root());
  return all;
}

TEST(Proof, ChangedProofsPositionsAndRootsDoNotVerify) {
  constexpr auto kSeed = 6962;
  SCOPED_TRACE(fmt::format("seed {}", kSeed));
  std::mt19937_64 random(kSeed);
  ModelTree model(kSizeMax);
  for (int round = 0; round < 4000; ++round) {
    const std::uint64_t size = 2 + random() % (kSizeMax - 1);
    const std::uint64_t index = random() % size;
    const Hash root = model.root(size);
    const Proof path = model.path(index, size);
    const Hash& leaf = model.leaf(index);
    for (const Proof& wrong : changed(path, random)) ASSERT_FALSE(verify_inclusion(leaf, index, size, wrong, root)) << index << " of " << size;
    const std::uint64_t other = (index + 1 + random() % (size - 1)) % size;
    ASSERT_FALSE(verify_inclusion(leaf, other, size, path, root)) << other << " for " << index << " of " << size;
    ASSERT_FALSE(verify_inclusion(model.leaf(other), index, size, path, root));
    ASSERT_FALSE(verify_inclusion(leaf, index, size, path, model.root(size - 1)));
    ASSERT_FALSE(verify_inclusion(leaf, size, size, path, root));

    const std::uint64_t old_size = 1 + random() % (size - 1);
    const Proof proof = model.proof(old_size, size);
    const Hash old_root = model.root(old_size);
    for (const Proof& wrong : changed(proof, random)) {
      ASSERT_FALSE(verify_consistency(old_size, old_root, size, root, wrong)) << old_size << " to " << size;
    }
    ASSERT_FALSE(verify_consistency(old_size, model.root(old_size - 1), size, root, proof));
    ASSERT_FALSE(verify_consistency(old_size, old_root, size, model.root(size - 1), proof));
    ASSERT_FALSE(verify_consistency(size, root, old_size, old_root, proof));
  }
  EXPECT_FALSE(verify_consistency(0, model.root(1), 1, model.root(1), {})) << "the empty tree has one root only";
  EXPECT_FALSE(verify_consistency(0, empty_root(), 1, model.root(1), {empty_root()}));
}

// ---- tiles

/// All tiles of a log of `size` entries, as a folder's files.
class TilesInMemory : public LogReader {
 public:
  explicit TilesInMemory(std::uint64_t size) {
    TileBuilder builder;
    for (std::uint64_t i = 0; i < size; ++i) builder.add(testing::model_entry(i));
    for (const TileFile& tile : builder.completed()) files[format_tile_path(tile.path)] = tile.content;
    for (const TileFile& tile : builder.partial_tiles(0)) files[format_tile_path(tile.path)] = tile.content;
  }
  std::optional<std::string> read(const std::string& path) override {
    const auto found = files.find(path);
    if (found == files.end()) return std::nullopt;
    return found->second;
  }
  std::map<std::string, std::string> files;
};

TEST(Tiles, ATreeOf256LeavesHasOneFullTileAndAPartialOneAbove) {
  const TilesInMemory tiles(256);
  std::vector<std::string> paths;
  for (const auto& [path, content] : tiles.files) paths.push_back(fmt::format("{} {}", path, content.size()));
  const std::size_t entries = tiles.files.at("tile/entries/000").size();
  EXPECT_EQ(paths, (std::vector<std::string>{"tile/0/000 8192", "tile/1/000.p/1 32", fmt::format("tile/entries/000 {}", entries)}));
}

TEST(Tiles, ProofsOutOfTilesAreTheModels) {
  constexpr auto kSeed = 256;
  SCOPED_TRACE(fmt::format("seed {}", kSeed));
  std::mt19937_64 random(kSeed);
  ModelTree model(70'000);
  for (const std::uint64_t size : {1ULL, 2ULL, 255ULL, 256ULL, 257ULL, 511ULL, 513ULL, 1025ULL, 65'535ULL, 65'536ULL, 65'537ULL, 70'000ULL}) {
    TilesInMemory tiles(size);
    TileHashes hashes(tiles, size);
    ASSERT_EQ(tree_root(hashes, size), model.root(size)) << size;
    for (int round = 0; round < 100; ++round) {
      const std::uint64_t at = 1 + random() % size;
      const std::uint64_t index = random() % at;
      ASSERT_EQ(prove_inclusion(hashes, index, at), model.path(index, at)) << index << " of " << at << " in " << size;
      ASSERT_EQ(prove_consistency(hashes, at, size), model.proof(at, size)) << at << " to " << size;
    }
  }
}

TEST(Tiles, TheFrontOfAFullTileServesForADroppedPartialOne) {
  ModelTree model(300);
  TilesInMemory tiles(300);
  TileHashes hashes(tiles, 200);  // tile/0/000.p/200 is not there, tile/0/000 is
  EXPECT_EQ(tree_root(hashes, 200), model.root(200));
  TileBuilder resumed(tiles, 200);
  for (std::uint64_t i = 200; i < 300; ++i) resumed.add(testing::model_entry(i));
  EXPECT_EQ(resumed.root(), model.root(300));
}

TEST(Tiles, AMissingOrShortTileIsRefused) {
  TilesInMemory tiles(300);
  tiles.files.at("tile/0/000").pop_back();
  TileHashes short_tile(tiles, 300);
  EXPECT_THROW(short_tile.node(0, 0), Rejected);
  tiles.files.erase("tile/0/001.p/44");
  TileHashes missing_tile(tiles, 300);
  EXPECT_THROW(tree_root(missing_tile, 300), Rejected);
}

TEST(Tiles, ABuilderResumedAtAnySizeGoesOnAsOneThatNeverStopped) {
  ModelTree model(kSizeMax);
  for (std::uint64_t size = 0; size <= kSizeMax; size += 1 + size / 7) {
    TilesInMemory tiles(size);
    TileBuilder builder(tiles, size);
    ASSERT_EQ(builder.root(), model.root(size)) << size;
    for (std::uint64_t i = size; i < kSizeMax; ++i) builder.add(testing::model_entry(i));
    ASSERT_EQ(builder.root(), model.root(kSizeMax)) << size;
  }
}

TEST(Tiles, EntriesOfEveryLengthComeBack) {
  std::string tile;
  const std::vector<Bytes> entries{{}, Bytes(1, 1), Bytes(255, 2), Bytes(256, 3), Bytes(kEntryBytesMax, 4)};
  for (const Bytes& entry : entries) append_to_entries_tile(tile, entry);
  EXPECT_EQ(parse_entries_tile(tile), entries);
  EXPECT_TRUE(parse_entries_tile("").empty());
  tile.pop_back();
  EXPECT_THROW(parse_entries_tile(tile), Rejected);
  EXPECT_THROW(parse_entries_tile(std::string(1, '\0')), Rejected);
  EXPECT_THROW(parse_entries_tile(std::string(257 * 2, '\0')), Rejected) << "257 empty entries";
}

}  // namespace
}  // namespace jingwei::tlog
