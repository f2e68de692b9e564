#include "io/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>

namespace jingwei::io {
namespace {

/// Closes a descriptor when the scope ends.
struct Descriptor {
  int value;
  explicit Descriptor(int fd) : value(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
};

void write_all(int fd, std::string_view content, const std::filesystem::path& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw FileError(path, "cannot be written", errno);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// A name for what will replace `path`; no two are the same.
std::filesystem::path beside(const std::filesystem::path& path) {
  static std::atomic<unsigned> counter = 0;
  return path.string() + ".new." + std::to_string(::getpid()) + "." + std::to_string(counter++);
}

}  // namespace

FileError::FileError(const std::filesystem::path& path, std::string_view what, int error_number)
    : std::runtime_error(path.string() + ": " + std::string(what) + ": " + std::strerror(error_number)),
      disk_full_(error_number == ENOSPC || error_number == EDQUOT) {}

std::string read_file(const std::filesystem::path& path, std::uint64_t size_max) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.value < 0) throw FileError(path, "cannot be opened", errno);
  struct stat status {};
  if (::fstat(file.value, &status) != 0) throw FileError(path, "cannot be read", errno);
  if (S_ISDIR(status.st_mode)) throw FileError(path, "is a folder", EISDIR);
  if (static_cast<std::uint64_t>(status.st_size) > size_max) throw FileError(path, "is too large", EFBIG);
  std::string content;
  char buffer[1 << 16];
  while (true) {
    const ssize_t count = ::read(file.value, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw FileError(path, "cannot be read", errno);
    if (count == 0) return content;
    content.append(buffer, static_cast<std::size_t>(count));
    if (content.size() > size_max) throw FileError(path, "is too large", EFBIG);
  }
}

MappedFile::MappedFile(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.value < 0) throw FileError(path, "cannot be opened", errno);
  struct stat status {};
  if (::fstat(file.value, &status) != 0) throw FileError(path, "cannot be read", errno);
  if (S_ISDIR(status.st_mode)) throw FileError(path, "is a folder", EISDIR);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return;
  void* const at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.value, 0);
  if (at == MAP_FAILED) throw FileError(path, "cannot be read", errno);
  (void)::madvise(at, size, MADV_SEQUENTIAL);
  content_ = {static_cast<const char*>(at), size};
}

MappedFile::~MappedFile() {
  if (!content_.empty()) ::munmap(const_cast<char*>(content_.data()), content_.size());
}

bool file_exists(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

void write_file_atomically(const std::filesystem::path& path, std::string_view content, unsigned mode) {
  AtomicFile file(path, mode);
  file.write(content);
  file.commit();
}

AtomicFile::AtomicFile(const std::filesystem::path& path, unsigned mode)
    : path_(path), temporary_(beside(path)), descriptor_(::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)) {
  if (descriptor_ < 0) throw FileError(temporary_, "cannot be created", errno);
}

AtomicFile::~AtomicFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view piece) { write_all(descriptor_, piece, temporary_); }

void AtomicFile::commit() {
  if (::fsync(descriptor_) != 0) throw FileError(temporary_, "cannot be synced", errno);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) throw FileError(path_, "cannot be replaced", errno);
  ::close(descriptor_);
  descriptor_ = -1;
  sync_folder(path_.parent_path());
}

void make_folders(const std::filesystem::path& path) {
  std::error_code failed;
  std::filesystem::create_directories(path, failed);
  if (failed) throw FileError(path, "cannot be created", failed.value());
}

void sync_folder(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.empty() ? std::filesystem::path(".") : path;
  const Descriptor handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle.value < 0) throw FileError(folder, "cannot be opened", errno);
  if (::fsync(handle.value) != 0) throw FileError(folder, "cannot be synced", errno);
}

FolderLock::FolderLock(const std::filesystem::path& lock_file)
    : descriptor_(::open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
  if (descriptor_ < 0) throw FileError(lock_file, "cannot be opened", errno);
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const int error_number = errno;
    char holder[32] = {};
    const ssize_t count = ::pread(descriptor_, holder, sizeof holder - 1, 0);
    ::close(descriptor_);
    throw FileError(lock_file, "is in use by process " + std::string(holder, count > 0 ? static_cast<std::size_t>(count) : 0),
                    error_number);
  }
  const std::string self = std::to_string(::getpid());
  if (::ftruncate(descriptor_, 0) != 0 || ::pwrite(descriptor_, self.data(), self.size(), 0) < 0) {
    const int error_number = errno;
    ::close(descriptor_);
    throw FileError(lock_file, "cannot be written", error_number);
  }
}

FolderLock::~FolderLock() { ::close(descriptor_); }

}  // namespace jingwei::io
