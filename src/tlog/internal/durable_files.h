// Writes files so that after return they survive a power cut, and so that no reader ever sees half of one.
#pragma once

#include <set>
#include <span>
#include <string>
#include <utility>

#include "io/folder.h"

namespace jingwei::tlog {

class DurableFiles {
 public:
  explicit DurableFiles(io::Folder& folder) : folder_(folder) {}

  /// All of them, in no order among each other; missing folders are made. Each content is complete and synced under a
  /// temporary name ("….new") before it takes its own.
  ///
  /// A few files, as every checkpoint under load has them, are synced one by one, with the folders that got a name: syncfs
  /// would wait for everything that anybody wrote to the file system, the database's log above all. Many files, as when
  /// the log is built anew, are synced by two syncfs, one before the renames and one after. All writes come before the
  /// first sync, so the disk gets them together and the first journal commit usually covers the rest.
  void write(std::span<const std::pair<std::string, std::string>> files);
  /// Removes a folder of files. Its place may be made again.
  void remove_folder(const std::string& path);

 private:
  static constexpr std::size_t kSyncedOneByOneMax = 12;  ///< files

  void make_folders(const std::string& file, std::set<std::string>& unsynced);

  io::Folder& folder_;
  std::set<std::string> durable_folders_;  ///< known to exist durably
};

}  // namespace jingwei::tlog
