#include "io/folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "io/file.h"

namespace jingwei::io {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

std::optional<std::string> DiskFolder::read(const std::string& path) {
  const auto full = root_ / path;
  const Descriptor file(::open(full.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (file.get() < 0) throw FileError(full, "cannot be opened", errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw FileError(full, "cannot be read", errno);
  if (!S_ISREG(status.st_mode)) return std::nullopt;
  if (static_cast<std::uint64_t>(status.st_size) > kFolderFileBytesMax) throw FileError(full, "is too large", EFBIG);
  std::string content(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t filled = 0;
  while (filled < content.size()) {
    const ssize_t count = ::read(file.get(), content.data() + filled, content.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw FileError(full, "cannot be read", errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  content.resize(filled);
  return content;
}

std::vector<std::string> DiskFolder::list(const std::string& path) {
  std::vector<std::string> names;
  std::error_code failed;
  const auto full = root_ / path;
  for (auto entry = std::filesystem::directory_iterator(full, failed); !failed && entry != std::filesystem::directory_iterator();
       entry.increment(failed)) {
    names.push_back(entry->path().filename().string());
  }
  if (failed && failed != std::errc::no_such_file_or_directory) throw FileError(full, "cannot be listed", failed.value());
  std::ranges::sort(names);
  return names;
}

void DiskFolder::write(const std::string& path, std::string_view content) {
  const auto full = root_ / path;
  const Descriptor file(::open(full.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file.get() < 0) throw FileError(full, "cannot be created", errno);
  while (!content.empty()) {
    const ssize_t written = ::write(file.get(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw FileError(full, "cannot be written", errno);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

void DiskFolder::sync_file(const std::string& path) {
  const auto full = root_ / path;
  // fsync is about the file, not the descriptor: Linux reports a write-back error nobody has seen yet here as well.
  const Descriptor file(::open(full.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) throw FileError(full, "cannot be opened", errno);
  if (::fsync(file.get()) != 0) throw FileError(full, "cannot be synced", errno);
}

void DiskFolder::rename(const std::string& from, const std::string& to) {
  const auto target = root_ / to;
  if (::rename((root_ / from).c_str(), target.c_str()) != 0) throw FileError(target, "cannot be replaced", errno);
}

void DiskFolder::make_folder(const std::string& path) {
  const auto full = root_ / path;
  if (::mkdir(full.c_str(), 0755) != 0 && errno != EEXIST) throw FileError(full, "cannot be created", errno);
}

void DiskFolder::sync_folder(const std::string& path) { io::sync_folder(root_ / path); }

void DiskFolder::sync_all() {
  const Descriptor folder(::open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) throw FileError(root_, "cannot be opened", errno);
  if (::syncfs(folder.get()) != 0) throw FileError(root_, "cannot be synced", errno);
}

void DiskFolder::remove(const std::string& path) {
  const auto full = root_ / path;
  if (std::remove(full.c_str()) != 0 && errno != ENOENT) throw FileError(full, "cannot be removed", errno);
}

}  // namespace jingwei::io
