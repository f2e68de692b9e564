#include "tlog/internal/tile_builder.h"

#include <utility>

#include "base/check.h"
#include "tlog/internal/reading.h"

namespace jingwei::tlog {

Hash Frontier::root() const {
  std::optional<Hash> root;
  for (std::size_t level = 0; level < roots_.size(); ++level) {
    if ((size_ >> level & 1) != 0) root = root ? node_hash(roots_[level], *root) : roots_[level];
  }
  return root ? *root : empty_root();
}

Frontier Frontier::of(HashReader& hashes, std::uint64_t size) {
  Frontier frontier;
  frontier.size_ = size;
  for (int level = 0; size >> level != 0; ++level) {
    frontier.roots_.emplace_back();
    // The subtree of a set bit lies right after all larger ones: its index is what stands above that bit, doubled.
    if ((size >> level & 1) != 0) frontier.roots_.back() = hashes.node(level, (size >> (level + 1)) << 1);
  }
  return frontier;
}

std::uint64_t tile_items(std::uint64_t size, int level) { return size >> (kTileHeight * level); }

std::optional<std::string> read_tile_file(LogReader& reader, const TilePath& path) {
  auto content = reader.read(format_tile_path(path));
  if (content || path.width == kTileWidth) return content;
  TilePath full = path;
  full.width = kTileWidth;
  content = reader.read(format_tile_path(full));
  if (!content) return std::nullopt;
  if (!path.entries) {
    if (content->size() != kTileWidth * kHashBytes) return std::nullopt;
    content->resize(path.width * kHashBytes);
    return content;
  }
  const std::vector<Bytes> entries = parse_entries_tile(*content);
  if (entries.size() != kTileWidth) return std::nullopt;
  std::string front;
  for (std::size_t i = 0; i < path.width; ++i) append_to_entries_tile(front, entries[i]);
  return front;
}

TileBuilder::TileBuilder(LogReader& reader, std::uint64_t size) {
  TileHashes hashes(reader, size);
  frontier_ = Frontier::of(hashes, size);
  for (int level = 0; tile_items(size, level) != 0; ++level) {
    const std::uint64_t items = tile_items(size, level);
    std::string& edge = edge_.emplace_back();
    for (std::uint64_t i = items - items % kTileWidth; i < items; ++i) {
      edge.append(as_text(hashes.node(kTileHeight * level, i)));
    }
  }
  if (size % kTileWidth == 0) return;
  const TilePath path{true, 0, size / kTileWidth, size % kTileWidth};
  const auto content = read_tile_file(reader, path);
  const std::string name = format_tile_path(path);
  if (!content) refuse("日志瓦片缺失", "a tile of the log is missing", name, name);
  std::string leaves;
  for (const Bytes& entry : parse_entries_tile(*content)) leaves.append(as_text(leaf_hash(entry)));
  if (leaves != edge_.front()) refuse("日志条目与哈希不符", "entries of the log do not have their hashes", name, name);
  entries_edge_ = *content;
}

void TileBuilder::add(ByteView entry) {
  CHECK(size() < kTreeSizeMax);
  append_to_entries_tile(entries_edge_, entry);
  const std::uint64_t leaf = size();
  frontier_.add(leaf_hash(entry), [&](int tree_level, const Hash& hash) {
    if (tree_level % kTileHeight != 0) return;
    const int level = tree_level / kTileHeight;
    if (edge_.size() <= static_cast<std::size_t>(level)) edge_.emplace_back();
    std::string& edge = edge_[static_cast<std::size_t>(level)];
    edge.append(as_text(hash));
    if (edge.size() < kTileWidth * kHashBytes) return;
    const std::uint64_t index = (leaf >> tree_level) / kTileWidth;
    completed_.push_back({{false, level, index}, std::exchange(edge, {})});
    if (level == 0) completed_.push_back({{true, 0, index}, std::exchange(entries_edge_, {})});
  });
}

std::vector<TileFile> TileBuilder::partial_tiles(std::uint64_t since) const {
  std::vector<TileFile> tiles;
  for (int level = 0; level < static_cast<int>(edge_.size()); ++level) {
    const std::uint64_t items = tile_items(size(), level);
    if (items % kTileWidth == 0 || items == tile_items(since, level)) continue;
    const TilePath path{false, level, items / kTileWidth, items % kTileWidth};
    tiles.push_back({path, edge_[static_cast<std::size_t>(level)]});
    if (level == 0) tiles.push_back({{true, 0, path.index, path.width}, entries_edge_});
  }
  return tiles;
}

}  // namespace jingwei::tlog
