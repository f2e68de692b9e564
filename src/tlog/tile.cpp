// Tile paths and entries tiles (C2SP tlog-tiles).
#include <fmt/format.h>

#include "base/check.h"
#include "tlog/internal/reading.h"

namespace jingwei::tlog {
namespace {

constexpr int kIndexGroupsMax = 6;  ///< 10^18 tiles; also keeps the arithmetic within 64 bits

[[noreturn]] void refuse_path(std::string_view text) {
  refuse("瓦片路径有误", "the tile path is wrong", text.substr(0, 100), text.substr(0, 100));
}

[[noreturn]] void refuse_entries(std::string_view zh, std::string_view en) {
  refuse("条目瓦片有误", "the entries tile is wrong", zh, en);
}

}  // namespace

std::string format_tile_path(const TilePath& path) {
  CHECK(path.level >= 0 && path.level <= kTileLevelMax && path.width >= 1 && path.width <= kTileWidth);
  CHECK(!path.entries || path.level == 0);
  std::string groups = fmt::format("{:03}", path.index % 1000);
  for (std::uint64_t rest = path.index / 1000; rest > 0; rest /= 1000) groups = fmt::format("x{:03}/{}", rest % 1000, groups);
  std::string text = path.entries ? "tile/entries/" + groups : fmt::format("tile/{}/{}", path.level, groups);
  if (path.width < kTileWidth) text += fmt::format(".p/{}", path.width);
  return text;
}

TilePath parse_tile_path(std::string_view text) {
  const std::string_view whole = text;
  TilePath path;
  if (!text.starts_with("tile/")) refuse_path(whole);
  text.remove_prefix(5);
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) refuse_path(whole);
  const std::string_view level = text.substr(0, slash);
  text.remove_prefix(slash + 1);
  path.entries = level == "entries";
  if (!path.entries) {
    const auto number = parse_decimal(level);
    if (!number || *number > kTileLevelMax) refuse_path(whole);
    path.level = static_cast<int>(*number);
  }
  if (const std::size_t partial = text.find(".p/"); partial != std::string_view::npos) {
    const auto width = parse_decimal(text.substr(partial + 3));
    if (!width || *width < 1 || *width >= kTileWidth) refuse_path(whole);
    path.width = *width;
    text = text.substr(0, partial);
  }
  for (int group = 0; !text.empty(); ++group) {
    const bool last = text.front() != 'x';
    if (!last) text.remove_prefix(1);
    if (group == kIndexGroupsMax || text.size() < 3) refuse_path(whole);
    for (const char c : text.substr(0, 3)) {
      if (c < '0' || c > '9') refuse_path(whole);
      path.index = path.index * 10 + static_cast<std::uint64_t>(c - '0');
    }
    text.remove_prefix(3);
    if (last != text.empty()) refuse_path(whole);
    if (!last) {
      if (text.front() != '/') refuse_path(whole);
      text.remove_prefix(1);
    }
  }
  if (format_tile_path(path) != whole) refuse_path(whole);  // one path for each tile: no leading group of zeros
  return path;
}

std::vector<Bytes> parse_entries_tile(std::string_view tile) {
  std::vector<Bytes> entries;
  while (!tile.empty()) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(tile[i]); };
    const std::size_t size = tile.size() < 2 ? 0 : std::size_t{byte(0)} << 8 | byte(1);
    if (tile.size() < 2 + size) refuse_entries("内容不完整", "it is cut short");
    if (entries.size() == kTileWidth) refuse_entries("超过 256 条", "it holds more than 256 entries");
    const ByteView entry = as_bytes(tile.substr(2, size));
    entries.emplace_back(entry.begin(), entry.end());
    tile.remove_prefix(2 + size);
  }
  return entries;
}

void append_to_entries_tile(std::string& tile, ByteView entry) {
  CHECK(entry.size() <= kEntryBytesMax);
  tile.push_back(static_cast<char>(entry.size() >> 8));
  tile.push_back(static_cast<char>(entry.size() & 0xFF));
  tile.append(as_text(entry));
}

}  // namespace jingwei::tlog
