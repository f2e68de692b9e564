// Transparency logs as C2SP defines them: Merkle tiles, checkpoints, proofs, cosigning. Knows nothing of what a leaf means.
//
//   formats   signed-note v1.0.0, tlog-checkpoint v1.0.0, tlog-tiles v0.1.0, tlog-cosignature v1 (type 04), tlog-proof v1
//             (github.com/C2SP/C2SP); tree hashes of RFC 6962 section 2.1 with SHA-256
//   pure      everything but TileLog and the readers: values in, values out
//   TileLog   this node's own log in a folder that anyone may serve as it is
//
// Outside bytes that break a format throw Rejected{malformed} in both languages. All may be called from any thread
// unless said.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/rejected.h"
#include "base/time.h"
#include "crypto/crypto.h"
#include "io/folder.h"

namespace jingwei::tlog {

// ---- limits (bytes unless said) -----------------------------------------------------------------------------------
constexpr std::size_t kEntryBytesMax = 65'535;  ///< the length before an entry in a tile has 16 bits
constexpr std::size_t kKeyNameBytesMax = 255;
constexpr std::size_t kVkeyBytesMax = 512;
constexpr std::size_t kNoteBytesMax = 64U << 10;
constexpr std::size_t kNoteSignaturesMax = 64;  ///< lines; the standard asks for 16 at least
constexpr std::size_t kExtensionLinesMax = 16;
constexpr std::size_t kPathHashesMax = 64;  ///< hashes of an inclusion or consistency proof
constexpr std::size_t kProofExtraBytesMax = 512U << 10;
constexpr std::size_t kProofBytesMax = 1U << 20;
constexpr int kTileLevelMax = 63;
constexpr std::uint64_t kTileWidth = 256;
constexpr std::uint64_t kTreeSizeMax = 1ULL << 62;
constexpr std::uint64_t kPendingEntriesMax = 65'536;  ///< entries held in memory between two publications

// ---- tree hashes --------------------------------------------------------------------------------------------------
using Hash = crypto::Digest;

Hash leaf_hash(ByteView entry);
Hash node_hash(const Hash& left, const Hash& right);
Hash empty_root();

// ---- keys ---------------------------------------------------------------------------------------------------------
enum class KeyType : std::uint8_t {
  ed25519 = 0x01,         ///< signs a note: logs
  cosignature_v1 = 0x04,  ///< signs a note with a time: witnesses
};

/// A public key with the name it signs under; a "vkey": name+hex key id+base64(type, key).
struct VerifierKey {
  std::string name;
  KeyType type = KeyType::ed25519;
  crypto::PublicKey public_key{};
  std::uint32_t id = 0;  ///< first four bytes of SHA-256(name, 0x0A, type, key)
  bool operator==(const VerifierKey&) const = default;
};
VerifierKey make_verifier_key(std::string name, KeyType type, const crypto::PublicKey& key);
VerifierKey parse_vkey(std::string_view text);
std::string format_vkey(const VerifierKey& key);

// ---- signed notes -------------------------------------------------------------------------------------------------
struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;  ///< without the key id
  bool operator==(const NoteSignature&) const = default;
};
struct SignedNote {
  std::string text;  ///< ends with a newline
  std::vector<NoteSignature> signatures;
};
SignedNote parse_note(std::string_view bytes);
std::string format_note(const SignedNote& note);

NoteSignature sign_note(std::string_view text, std::string_view name, const crypto::KeyPair& key);
/// A cosignature/v1: "at this time this was the largest consistent tree I had seen". Whole seconds.
NoteSignature cosign_note(std::string_view text, std::string_view name, const crypto::KeyPair& key, Timestamp at);
/// One line "— name base64\n".
std::string format_signature(const NoteSignature& signature);

struct VerifiedSignature {
  std::size_t key = 0;                    ///< index into the keys handed in
  std::optional<Timestamp> cosigned_at;  ///< of a cosignature
};
/// The signatures by known keys, each key once. Signatures by unknown keys are ignored; one by a known key that does not
/// verify throws Rejected{malformed}: the note was tampered with.
std::vector<VerifiedSignature> verify_note(const SignedNote& note, std::span<const VerifierKey> keys);

// ---- checkpoints --------------------------------------------------------------------------------------------------
struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root{};
  std::vector<std::string> extensions;
  bool operator==(const Checkpoint&) const = default;
};
/// The text of a checkpoint's note.
Checkpoint parse_checkpoint(std::string_view text);
std::string format_checkpoint(const Checkpoint& checkpoint);
/// Parses a signed checkpoint whose origin is the key's name and whose signature by that key verifies.
Checkpoint open_checkpoint(std::string_view note, const VerifierKey& log);

// ---- tiles --------------------------------------------------------------------------------------------------------
/// "tile/<level>/<N>[.p/<width>]" or "tile/entries/<N>[.p/<width>]"; N in groups of three digits: x001/x234/067.
struct TilePath {
  bool entries = false;
  int level = 0;  ///< 0 for entries
  std::uint64_t index = 0;
  std::uint64_t width = kTileWidth;  ///< 1 to 256; less than 256 is a partial tile
  bool operator==(const TilePath&) const = default;
};
std::string format_tile_path(const TilePath& path);
TilePath parse_tile_path(std::string_view text);

/// Entries of an entries tile in order.
std::vector<Bytes> parse_entries_tile(std::string_view tile);
void append_to_entries_tile(std::string& tile, ByteView entry);

/// Where a log's files come from: a folder, a web server, memory.
class LogReader {
 public:
  virtual ~LogReader() = default;
  /// The content at "checkpoint" or a tile path; nothing when there is none.
  virtual std::optional<std::string> read(const std::string& path) = 0;
};
/// A log's folder; also of somebody else's log.
class FolderReader : public LogReader {
 public:
  explicit FolderReader(io::Folder& folder) : folder_(folder) {}
  std::optional<std::string> read(const std::string& path) override { return folder_.read(path); }

 private:
  io::Folder& folder_;
};

// ---- proofs -------------------------------------------------------------------------------------------------------
using Proof = std::vector<Hash>;

/// Hashes of complete subtrees.
class HashReader {
 public:
  virtual ~HashReader() = default;
  /// The hash over leaves [index << level, (index + 1) << level).
  virtual Hash node(int level, std::uint64_t index) = 0;
};
/// Subtree hashes from the tiles of a tree of `size` leaves; remembers the tiles it read. Throws Rejected{malformed} when
/// a tile is absent or has the wrong length. One thread at a time.
class TileHashes : public HashReader {
 public:
  TileHashes(LogReader& reader, std::uint64_t size);
  ~TileHashes() override;
  Hash node(int level, std::uint64_t index) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The root over the first `size` leaves.
Hash tree_root(HashReader& hashes, std::uint64_t size);
/// Of leaf `index` in the tree of `size` leaves; from the leaf's sibling upward.
Proof prove_inclusion(HashReader& hashes, std::uint64_t index, std::uint64_t size);
/// That the tree of `old_size` leaves is a prefix of the tree of `size` leaves; empty for 0 and for equal sizes.
Proof prove_consistency(HashReader& hashes, std::uint64_t old_size, std::uint64_t size);
bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof, const Hash& root);
bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root,
                        const Proof& proof);

/// c2sp.org/tlog-proof@v1: all that checks one leaf offline.
struct ProofText {
  std::optional<Bytes> extra;  ///< carried along, not authenticated
  std::uint64_t index = 0;
  Proof path;
  std::string checkpoint;  ///< the signed checkpoint as published
};
ProofText parse_proof_text(std::string_view text);
std::string format_proof_text(const ProofText& proof);

// ---- this node's log ----------------------------------------------------------------------------------------------
/// The log of this node: a read model in a folder that holds the layout of tlog-tiles and can be served as it is.
///
/// One thread appends and publishes; every const function may be called from any thread at any time and sees the last
/// published state. After a throw from publish() the log is as before and the call may be repeated.
class TileLog {
 public:
  /// Makes an empty log with a checkpoint of size 0. Throws Rejected{conflict} when the folder holds a log already.
  static void create(io::Folder& folder, const std::string& origin, const crypto::KeyPair& key);
  /// True when the folder holds a checkpoint.
  static bool exists(io::Folder& folder);
  /// Opens the log. Throws Rejected{invalid} with a plain sentence when there is no checkpoint, it was signed under
  /// another name or by another key, or the tiles do not give its root. `folder` must outlive the log.
  static std::unique_ptr<TileLog> open(io::Folder& folder, const std::string& origin, const crypto::KeyPair& key);

  TileLog(const TileLog&) = delete;
  TileLog& operator=(const TileLog&) = delete;
  ~TileLog();

  /// Takes the entries that follow size() + pending() in the database's order; they must be durable there. Only memory
  /// changes. The caller keeps pending() within kPendingEntriesMax and each entry within kEntryBytesMax (checked).
  void append(std::span<const Bytes> entries);
  /// Makes all that is pending part of the log: tiles durable first, then the signed checkpoint. Nothing happens when
  /// nothing is pending. Throws io::FileError when the machine fails. `now` becomes published_at().
  void publish(Timestamp now);

  /// Entries that the checkpoint covers.
  std::uint64_t size() const;
  /// Entries appended and not published; for the appending thread.
  std::uint64_t pending() const;
  Checkpoint checkpoint() const;
  /// The signed checkpoint, byte by byte as in the file.
  std::string checkpoint_text() const;
  /// When this process last published; nothing since it opened the log.
  std::optional<Timestamp> published_at() const;
  const VerifierKey& verifier_key() const { return verifier_key_; }

  /// The file at "checkpoint" or a tile path that the checkpoint covers; nothing for anything else.
  std::optional<std::string> read_tile(const std::string& path) const;
  /// Throw Rejected{wrong_state} when `size` is larger than size() or the positions do not lie in it.
  Proof inclusion(std::uint64_t index, std::uint64_t size) const;
  Proof consistency(std::uint64_t old_size, std::uint64_t size) const;
  /// Proof of entry `index` against the current checkpoint, all of one moment. Throws Rejected{wrong_state} when the
  /// checkpoint does not cover it yet.
  ProofText prove(std::uint64_t index) const;

 private:
  struct Tree;
  struct Published;
  TileLog(io::Folder& folder, const std::string& origin, const crypto::KeyPair& key);
  std::shared_ptr<const Published> published() const;
  void remove_superseded_tiles(std::uint64_t old_size, std::uint64_t size);
  void sweep();

  io::Folder& folder_;
  std::string origin_;
  crypto::KeyPair key_;
  VerifierKey verifier_key_;
  std::unique_ptr<Tree> tree_;  ///< appending thread only
  mutable std::mutex mutex_;
  std::shared_ptr<const Published> published_;  ///< guarded by mutex_
};

// ---- checking -----------------------------------------------------------------------------------------------------
/// What a full check of a log found.
struct LogReport {
  Checkpoint checkpoint;
  std::uint64_t entries = 0;  ///< read and hashed
  std::uint64_t tiles = 0;    ///< compared with what the entries give
  std::vector<Bilingual> problems;
  bool passed() const { return problems.empty(); }
};
/// Recomputes the whole log from its entries: signature, every tile of every level, root. Problems of the log are in the
/// report (at most kReportProblemsMax); `each` is called with every index and entry.
LogReport verify_log(LogReader& reader, const VerifierKey& log,
                     const std::function<void(std::uint64_t, ByteView)>& each = {});
constexpr std::size_t kReportProblemsMax = 20;

/// Whose word is taken for a proof.
struct ProofPolicy {
  std::vector<VerifierKey> logs;
  std::vector<VerifierKey> witnesses;
  std::size_t quorum = 0;  ///< cosignatures by different witnesses that are needed
};
struct ProofCheck {
  Bilingual name;
  bool passed = false;
  Bilingual detail;
};
/// Checks in a fixed order: format, the log's signature, inclusion of `leaf`, cosignatures. Those that cannot be reached
/// are reported as failed. Never throws for what the text holds.
std::vector<ProofCheck> verify_proof(std::string_view proof_text, ByteView leaf, const ProofPolicy& policy);

}  // namespace jingwei::tlog
