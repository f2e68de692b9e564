// Attachments: files that people hand in as proof, kept under their SHA-256.
//
//   kind_of      pure: what a file is, from its bytes, and whether its name says the same (testdata/kinds.test)
//   Files        the folder: bytes by digest
//   Attachments  commands inside a store::Transaction, and reads
//
// Whoever refers to an attachment (a report, a task) keeps its id and its digest; the digest goes into the statement.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/rejected.h"
#include "identity/identity.h"
#include "store/store.h"

namespace jingwei::attachments {

constexpr std::size_t kFileBytesMax = 20U << 20;
constexpr std::size_t kFileNameCharactersMax = 120;
constexpr std::int64_t kFilesPerAccountAndDayMax = 200;
constexpr std::string_view kIdPrefix = "att";

// ---- kinds: pure ----------------------------------------------------------------------------------------------------

struct FileKind {
  std::string extension;   ///< "pdf"
  std::string media_type;  ///< "application/pdf"
};

/// PDF, PNG, JPEG, Word, Excel and PowerPoint of today's format without macros. `name` must end as the bytes say. Throws
/// Rejected: too_large, invalid (empty, no usable name), unsupported (another kind, or bytes that are not what the name says).
FileKind kind_of(std::string_view name, std::string_view content);
/// The last part of a path that a browser may have sent, without control characters; throws Rejected{invalid} when nothing is left.
std::string plain_name(std::string_view name);

// ---- the folder -------------------------------------------------------------------------------------------------------

class Files {
 public:
  /// The folder may be missing; it is made with the first file.
  explicit Files(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// On disk when it returns. Returns the SHA-256 in hex.
  std::string keep(std::string_view content) const;
  /// Throws Rejected{unavailable} when the file is not there or not what its name says.
  std::string read(std::string_view sha256) const;
  /// "missing", "changed" or nothing.
  std::optional<std::string> fault_of(std::string_view sha256) const;
  std::filesystem::path path_of(std::string_view sha256) const;

 private:
  std::filesystem::path folder_;
};

/// Digests of every attachment, each once.
std::vector<std::string> digests(store::Connection& connection);
/// Copies the files of all digests from one folder to another, checking each; those that are there already are left. Returns how many
/// there are now. Throws Rejected{malformed} for one that is missing or changed.
std::size_t copy_files(const std::vector<std::string>& digests, const Files& from, const Files& to);

// ---- rows -------------------------------------------------------------------------------------------------------------

struct Attachment {
  std::string id;
  std::string name;
  std::string media_type;
  std::int64_t bytes = 0;
  std::string sha256;
  std::string added_at;
  std::string added_by;
};
BOOST_DESCRIBE_STRUCT(Attachment, (), (id, name, media_type, bytes, sha256, added_at, added_by))

/// Files that were checked and kept.
struct NewAttachment {
  std::string name;
  std::string media_type;
  std::int64_t bytes = 0;
  std::string sha256;
};

/// For departments and administrators who may write. Throws forbidden, throttled (kFilesPerAccountAndDayMax).
Attachment add(store::Transaction& tx, const identity::Actor& actor, const NewAttachment& file);
/// Who may hand in a file: throws forbidden.
void require_may_add(const identity::Actor& actor);
/// Throws not_found, also for those who may not read it.
Attachment require(store::Connection& connection, const identity::Actor& actor, std::string_view id);
std::optional<Attachment> find(store::Connection& connection, std::string_view id);
bool is_id(std::string_view text);

}  // namespace jingwei::attachments
