// A folder of files whose every step towards the disk can be seen, so that tests can fail each step or crash after it.
//
// Paths are relative, with '/' between names. Nothing is durable before sync_file (content) and sync_folder (names), or
// sync_all (both).
// Failures of the machine throw FileError (file.h). One thread writes; reading from other threads is safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jingwei::io {

constexpr std::uint64_t kFolderFileBytesMax = 64U << 20;

class Folder {
 public:
  virtual ~Folder() = default;

  /// The content; nothing when there is no such file. Refuses more than kFolderFileBytesMax.
  virtual std::optional<std::string> read(const std::string& path) = 0;
  /// The names in a folder in order; none when there is no such folder. "" is the folder itself.
  virtual std::vector<std::string> list(const std::string& path) = 0;

  /// Creates or replaces a file in a folder that exists.
  virtual void write(const std::string& path, std::string_view content) = 0;
  virtual void sync_file(const std::string& path) = 0;
  /// Replaces `to` in one step for every reader.
  virtual void rename(const std::string& from, const std::string& to) = 0;
  /// The parent must exist; nothing happens when the folder does already.
  virtual void make_folder(const std::string& path) = 0;
  virtual void sync_folder(const std::string& path) = 0;
  /// Everything in the folder, at the price of everything else that was written to the same file system.
  virtual void sync_all() = 0;
  /// A file or an empty folder; nothing happens when it is not there.
  virtual void remove(const std::string& path) = 0;
};

/// A folder of the machine. It must exist.
class DiskFolder : public Folder {
 public:
  explicit DiskFolder(std::filesystem::path root) : root_(std::move(root)) {}

  std::optional<std::string> read(const std::string& path) override;
  std::vector<std::string> list(const std::string& path) override;
  void write(const std::string& path, std::string_view content) override;
  void sync_file(const std::string& path) override;
  void rename(const std::string& from, const std::string& to) override;
  void make_folder(const std::string& path) override;
  void sync_folder(const std::string& path) override;
  void sync_all() override;
  void remove(const std::string& path) override;

 private:
  std::filesystem::path root_;
};

}  // namespace jingwei::io
