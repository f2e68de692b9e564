// This node's own log. Why it never forks and never steps back:
//
//   1. An entry is appended only after it is durable in the database, and the database's order never changes. So the tree
//      of the first n entries is always the same tree, whoever computes it and however often.
//   2. publish() makes every tile of the new tree durable before it touches the checkpoint. A death before that leaves
//      tiles that no checkpoint covers; the next append computes them again, equal byte by byte, and replaces them whole.
//   3. The checkpoint is replaced by one rename of a synced file. A death leaves the old or the new one, never half; both
//      are heads of the same tree.
//   4. The new checkpoint counts in memory, and so is handed out, only after the rename is durable. So what anyone was
//      given here is never taken back by a power cut.
//   5. A tree that is not larger than the published one is never signed, and the one way to a smaller published tree,
//      a lost checkpoint file, makes open() refuse.
//   6. Partial tiles go only after a checkpoint that no longer needs them is durable.
#include "base/check.h"
#include "io/file.h"
#include "tlog/internal/durable_files.h"
#include "tlog/internal/tile_builder.h"

namespace jingwei::tlog {
namespace {

constexpr const char* kCheckpointFile = "checkpoint";
constexpr const char* kTileFolder = "tile";

using Files = std::vector<std::pair<std::string, std::string>>;

std::string sign_checkpoint(const Checkpoint& checkpoint, const crypto::KeyPair& key) {
  const std::string text = format_checkpoint(checkpoint);
  return format_note({text, {sign_note(text, checkpoint.origin, key)}});
}

[[noreturn]] void refuse_log(std::string_view zh, std::string_view en) {
  throw Rejected(Code::invalid, {"日志目录无法使用：" + std::string(zh), "the log's folder cannot be used: " + std::string(en)});
}

[[noreturn]] void refuse_position() {
  throw Rejected(Code::wrong_state, {"日志的检查点尚未覆盖所请求的位置",
                                     "the log's checkpoint does not cover the position asked for yet"});
}

std::string partial_folder(bool entries, int level, std::uint64_t index) {
  return format_tile_path({entries, level, index, kTileWidth}) + ".p";
}

}  // namespace

struct TileLog::Tree {
  TileBuilder builder;
  DurableFiles files;
};

struct TileLog::Published {
  Checkpoint checkpoint;
  std::string text;
  std::optional<Timestamp> at;
};

TileLog::TileLog(io::Folder& folder, const std::string& origin, const crypto::KeyPair& key)
    : folder_(folder),
      origin_(origin),
      key_(key),
      verifier_key_(make_verifier_key(origin, KeyType::ed25519, key.public_key())),
      tree_(std::make_unique<Tree>(Tree{{}, DurableFiles(folder)})) {}
TileLog::~TileLog() = default;

bool TileLog::exists(io::Folder& folder) { return folder.read(kCheckpointFile).has_value(); }

void TileLog::create(io::Folder& folder, const std::string& origin, const crypto::KeyPair& key) {
  if (exists(folder) || !folder.list(kTileFolder).empty()) {
    throw Rejected(Code::conflict, {"目录中已有日志", "the folder holds a log already"});
  }
  DurableFiles(folder).write(Files{{kCheckpointFile, sign_checkpoint({origin, 0, empty_root(), {}}, key)}});
}

std::unique_ptr<TileLog> TileLog::open(io::Folder& folder, const std::string& origin, const crypto::KeyPair& key) {
  std::unique_ptr<TileLog> log(new TileLog(folder, origin, key));
  const auto text = folder.read(kCheckpointFile);
  if (!text) refuse_log("没有检查点文件 checkpoint", "it has no checkpoint file");
  try {
    const Checkpoint checkpoint = open_checkpoint(*text, log->verifier_key_);
    FolderReader reader(folder);
    log->tree_->builder = TileBuilder(reader, checkpoint.size);
    if (log->tree_->builder.root() != checkpoint.root) {
      refuse_log("瓦片算出的根哈希与检查点不符", "its tiles do not give the checkpoint's root");
    }
    log->published_ = std::make_shared<const Published>(Published{checkpoint, *text, {}});
  } catch (const Rejected& rejected) {
    if (rejected.code() != Code::malformed) throw;
    refuse_log(rejected.message().zh, rejected.message().en);
  }
  log->sweep();
  return log;
}

void TileLog::append(std::span<const Bytes> entries) {
  CHECK(pending() + entries.size() <= kPendingEntriesMax);
  for (const Bytes& entry : entries) tree_->builder.add(entry);
}

void TileLog::publish(Timestamp now) {
  if (pending() == 0) return;
  TileBuilder& builder = tree_->builder;
  const std::uint64_t old_size = size();

  Files files;
  for (const TileFile& tile : builder.completed()) files.emplace_back(format_tile_path(tile.path), tile.content);
  for (const TileFile& tile : builder.partial_tiles(old_size)) files.emplace_back(format_tile_path(tile.path), tile.content);
  tree_->files.write(files);

  // From here on every tile of the new tree is durable, so its head may be signed and shown.
  Published next{{origin_, builder.size(), builder.root(), {}}, {}, now};
  CHECK(next.checkpoint.size > old_size);
  next.text = sign_checkpoint(next.checkpoint, key_);
  tree_->files.write(Files{{kCheckpointFile, next.text}});

  // From here on the new checkpoint is durable, so it may be handed out.
  {
    const std::lock_guard lock(mutex_);
    published_ = std::make_shared<const Published>(std::move(next));
  }
  builder.forget_completed();
  remove_superseded_tiles(old_size, size());
}

/// Partial tiles of tiles that are full now. Failing to is ignored on purpose: they are right and merely take room, and the
/// checkpoint stands.
void TileLog::remove_superseded_tiles(std::uint64_t old_size, std::uint64_t size) {
  try {
    for (int level = 0; tile_items(old_size, level) != 0; ++level) {
      const std::uint64_t index = tile_items(old_size, level) / kTileWidth;
      if (tile_items(old_size, level) % kTileWidth == 0 || index == tile_items(size, level) / kTileWidth) continue;
      tree_->files.remove_folder(partial_folder(false, level, index));
      if (level == 0) tree_->files.remove_folder(partial_folder(true, level, index));
    }
  } catch (const io::FileError&) {
  }
}

/// What a process that died before removing superseded tiles left behind, as far as it lies in the folder of the right
/// edge; what lies elsewhere is harmless.
void TileLog::sweep() {
  const auto sweep_level = [&](bool entries, int level) {
    const std::uint64_t edge = tile_items(size(), level) / kTileWidth;
    const std::string edge_path = format_tile_path({entries, level, edge, kTileWidth});
    const std::string edge_name = edge_path.substr(edge_path.rfind('/') + 1);
    const std::string folder = edge_path.substr(0, edge_path.rfind('/'));
    for (const std::string& name : folder_.list(folder)) {
      if (name.ends_with(".p") && name.size() == edge_name.size() + 2 && name < edge_name) {
        tree_->files.remove_folder(folder + "/" + name);
      }
    }
  };
  try {
    for (int level = 0; tile_items(size(), level) != 0; ++level) sweep_level(false, level);
    sweep_level(true, 0);
  } catch (const io::FileError&) {
  }
}

std::shared_ptr<const TileLog::Published> TileLog::published() const {
  const std::lock_guard lock(mutex_);
  return published_;
}

std::uint64_t TileLog::size() const { return published()->checkpoint.size; }
std::uint64_t TileLog::pending() const { return tree_->builder.size() - size(); }
Checkpoint TileLog::checkpoint() const { return published()->checkpoint; }
std::string TileLog::checkpoint_text() const { return published()->text; }
std::optional<Timestamp> TileLog::published_at() const { return published()->at; }

std::optional<std::string> TileLog::read_tile(const std::string& path) const {
  const auto now = published();
  if (path == kCheckpointFile) return now->text;
  TilePath tile;
  try {
    tile = parse_tile_path(path);
  } catch (const Rejected&) {
    return std::nullopt;
  }
  if (tile.level * kTileHeight > 63) return std::nullopt;
  const std::uint64_t items = tile_items(now->checkpoint.size, tile.level);
  if (tile.index >= items || tile.width > items - tile.index * kTileWidth) return std::nullopt;
  return folder_.read(path);
}

Proof TileLog::inclusion(std::uint64_t index, std::uint64_t size) const {
  const auto now = published();
  if (index >= size || size > now->checkpoint.size) refuse_position();
  FolderReader reader(folder_);
  TileHashes hashes(reader, now->checkpoint.size);
  return prove_inclusion(hashes, index, size);
}

Proof TileLog::consistency(std::uint64_t old_size, std::uint64_t size) const {
  const auto now = published();
  if (old_size > size || size > now->checkpoint.size) refuse_position();
  FolderReader reader(folder_);
  TileHashes hashes(reader, now->checkpoint.size);
  return prove_consistency(hashes, old_size, size);
}

ProofText TileLog::prove(std::uint64_t index) const {
  const auto now = published();
  if (index >= now->checkpoint.size) refuse_position();
  FolderReader reader(folder_);
  TileHashes hashes(reader, now->checkpoint.size);
  return {{}, index, prove_inclusion(hashes, index, now->checkpoint.size), now->text};
}

}  // namespace jingwei::tlog
