// The growing right edge of a tree: takes entries in order, gives tiles. Memory only.
#pragma once

#include <string>
#include <vector>

#include "tlog/tlog.h"

namespace jingwei::tlog {

/// The roots of the complete subtrees that a tree's leaves fall into, one for each bit of the tree's size.
class Frontier {
 public:
  /// `completed(level, hash)` is called for each subtree that this leaf completes, upward from level 0.
  template <class Completed>
  void add(const Hash& leaf, Completed&& completed) {
    Hash hash = leaf;
    int level = 0;
    completed(level, hash);
    for (; (size_ >> level & 1) != 0; ++level) {
      hash = node_hash(roots_[static_cast<std::size_t>(level)], hash);
      completed(level + 1, hash);
    }
    if (roots_.size() <= static_cast<std::size_t>(level)) roots_.resize(static_cast<std::size_t>(level) + 1);
    roots_[static_cast<std::size_t>(level)] = hash;
    ++size_;
  }
  std::uint64_t size() const { return size_; }
  Hash root() const;
  /// The frontier of the tree that `hashes` describes.
  static Frontier of(HashReader& hashes, std::uint64_t size);

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> roots_;  ///< by level; meaningful where size_ has a bit
};

struct TileFile {
  TilePath path;
  std::string content;
};

class TileBuilder {
 public:
  TileBuilder() = default;
  /// Goes on after the first `size` leaves of a log whose right-edge tiles `reader` has. Throws Rejected{malformed} when
  /// one is absent or of the wrong length, or the partial entries do not have the hashes in their tile.
  TileBuilder(LogReader& reader, std::uint64_t size);

  void add(ByteView entry);
  std::uint64_t size() const { return frontier_.size(); }
  Hash root() const { return frontier_.root(); }

  /// Full tiles since the last forget_completed(), in order of completion.
  const std::vector<TileFile>& completed() const { return completed_; }
  void forget_completed() { completed_.clear(); }
  /// The partial tiles at the right edge that differ from those of the tree of `since` leaves.
  std::vector<TileFile> partial_tiles(std::uint64_t since) const;

 private:
  Frontier frontier_;
  std::vector<std::string> edge_;  ///< by tile level: the partial hash tile
  std::string entries_edge_;
  std::vector<TileFile> completed_;
};

/// How many hashes (at level 0 also entries) the tiles of a level hold together.
std::uint64_t tile_items(std::uint64_t size, int level);

/// The content of the tile at `path` in a log: the file itself, else the front of the full tile that replaced a partial
/// one. Nothing when neither is there or the full tile is broken.
std::optional<std::string> read_tile_file(LogReader& reader, const TilePath& path);

constexpr int kTileHeight = 8;
constexpr std::size_t kHashBytes = std::tuple_size_v<Hash>;

}  // namespace jingwei::tlog
