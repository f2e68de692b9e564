// Subtree hashes out of tiles: a tile of level L holds the hashes of tree level 8 L; those between are recomputed.
#include <algorithm>
#include <map>
#include <utility>

#include "base/check.h"
#include "tlog/internal/reading.h"
#include "tlog/internal/tile_builder.h"

namespace jingwei::tlog {
namespace {

constexpr std::size_t kTilesRememberedMax = 1024;  ///< tiles, 8 MiB

Hash hash_at(std::string_view tile, std::uint64_t place) {
  Hash hash;
  std::ranges::copy(as_bytes(tile.substr(place * kHashBytes, kHashBytes)), hash.begin());
  return hash;
}

/// Over `count` (a power of two) hashes of a tile from `place`.
Hash fold(std::string_view tile, std::uint64_t place, std::uint64_t count) {
  if (count == 1) return hash_at(tile, place);
  return node_hash(fold(tile, place, count / 2), fold(tile, place + count / 2, count / 2));
}

}  // namespace

struct TileHashes::State {
  LogReader& reader;
  std::uint64_t size;
  std::map<std::pair<int, std::uint64_t>, std::string> tiles;

  const std::string& tile(int level, std::uint64_t index) {
    if (const auto known = tiles.find({level, index}); known != tiles.end()) return known->second;
    const std::uint64_t items = tile_items(size, level);
    const TilePath path{false, level, index, std::min(kTileWidth, items - index * kTileWidth)};
    auto content = read_tile_file(reader, path);
    const std::string name = format_tile_path(path);
    if (!content) refuse("日志瓦片缺失", "a tile of the log is missing", name, name);
    if (content->size() != path.width * kHashBytes) {
      refuse("日志瓦片长度不对", "a tile of the log has the wrong length", name, name);
    }
    if (tiles.size() == kTilesRememberedMax) tiles.clear();
    return tiles.emplace(std::pair(level, index), std::move(*content)).first->second;
  }
};

TileHashes::TileHashes(LogReader& reader, std::uint64_t size) : state_(std::make_unique<State>(State{reader, size, {}})) {
  CHECK(size <= kTreeSizeMax);
}
TileHashes::~TileHashes() = default;

Hash TileHashes::node(int level, std::uint64_t index) {
  CHECK(level >= 0 && level < 63 && index < state_->size >> level);
  const int height = level % kTileHeight;
  const std::uint64_t first = index << height;
  return fold(state_->tile(level / kTileHeight, first / kTileWidth), first % kTileWidth, 1ULL << height);
}

}  // namespace jingwei::tlog
