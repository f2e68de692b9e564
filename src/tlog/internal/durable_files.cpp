#include "tlog/internal/durable_files.h"

namespace jingwei::tlog {
namespace {

constexpr const char* kTemporary = ".new";

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

}  // namespace

void DurableFiles::make_folders(const std::string& file, std::set<std::string>& unsynced) {
  for (std::size_t slash = file.find('/'); slash != std::string::npos; slash = file.find('/', slash + 1)) {
    const std::string folder = file.substr(0, slash);
    if (durable_folders_.contains(folder)) continue;
    folder_.make_folder(folder);
    // Also when it was there already: a process that died may have made it without syncing its parent.
    unsynced.insert(parent_of(folder));
  }
}

void DurableFiles::write(std::span<const std::pair<std::string, std::string>> files) {
  std::set<std::string> unsynced;
  for (const auto& [path, content] : files) {
    make_folders(path, unsynced);
    folder_.write(path + kTemporary, content);
  }
  const bool one_by_one = files.size() <= kSyncedOneByOneMax;
  if (one_by_one) {
    for (const auto& [path, content] : files) folder_.sync_file(path + kTemporary);
  } else {
    folder_.sync_all();
  }
  for (const auto& [path, content] : files) {
    folder_.rename(path + kTemporary, path);
    unsynced.insert(parent_of(path));
  }
  if (one_by_one) {
    for (const std::string& folder : unsynced) folder_.sync_folder(folder);
  } else {
    folder_.sync_all();
  }
  for (const auto& [path, content] : files) {
    for (std::string folder = parent_of(path); !folder.empty(); folder = parent_of(folder)) durable_folders_.insert(folder);
  }
}

void DurableFiles::remove_folder(const std::string& path) {
  durable_folders_.erase(path);
  for (const std::string& name : folder_.list(path)) folder_.remove(path + "/" + name);
  folder_.remove(path);
}

}  // namespace jingwei::tlog
