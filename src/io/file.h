// Files as the node needs them: whole-file reads with a limit, writes that are on disk when they return, folders, locks.
// Failures of the machine throw FileError with path and reason; a full disk is told apart so that it can be answered as such.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace jingwei::io {

class FileError : public std::runtime_error {
 public:
  FileError(const std::filesystem::path& path, std::string_view what, int error_number);
  bool disk_full() const { return disk_full_; }

 private:
  bool disk_full_;
};

/// Throws FileError when absent, unreadable or larger than `size_max` bytes.
std::string read_file(const std::filesystem::path& path, std::uint64_t size_max = 1ULL << 30);

/// A file's content where the system keeps it, without a copy of its own: for files of hundreds of megabytes that are read once from end
/// to end. Whoever writes such a file must replace it whole, as write_file_atomically does, and never shorten it.
class MappedFile {
 public:
  /// Throws FileError when absent or unreadable.
  explicit MappedFile(const std::filesystem::path& path);
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();
  std::string_view content() const { return content_; }

 private:
  std::string_view content_;
};

bool file_exists(const std::filesystem::path& path);

/// Writes to a temporary file beside it, syncs, renames over `path`, syncs the folder: readers see the old or the new
/// content, and after return the new one survives a power cut. `mode` as for open(2).
void write_file_atomically(const std::filesystem::path& path, std::string_view content, unsigned mode = 0644);

/// The same, piece by piece, for what is too large to be put together in memory first. Without commit() nothing has happened.
class AtomicFile {
 public:
  explicit AtomicFile(const std::filesystem::path& path, unsigned mode = 0644);
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();
  void write(std::string_view piece);
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path temporary_;
  int descriptor_;
};

void make_folders(const std::filesystem::path& path);
/// Makes renames and new files of a folder durable.
void sync_folder(const std::filesystem::path& path);

/// Holds an exclusive lock on a file until destroyed; the kernel drops it when the process dies.
class FolderLock {
 public:
  /// Throws FileError naming the holder's process id when another process holds it.
  explicit FolderLock(const std::filesystem::path& lock_file);
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  int descriptor_;
};

}  // namespace jingwei::io
