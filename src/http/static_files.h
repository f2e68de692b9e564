// The web app's files, read once into memory. Paths are looked up among the names found at start, so nothing outside the
// folder can be reached.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "http/message.h"

namespace jingwei::http {

constexpr std::size_t kStaticFilesMax = 5'000;
constexpr std::size_t kStaticBytesMax = 200 * 1024 * 1024;

/// Serves GET and HEAD: ETag from the content's SHA-256, If-None-Match, "x.br" and "x.gz" beside "x" by Accept-Encoding,
/// /assets/* immutable for a year (their names carry a hash), everything else revalidated. A path that names no file and
/// is not below /assets/ nor ends like one (.js, .png...) gets index.html, so that the app's own routes can be linked.
class StaticFiles {
 public:
  /// Throws io::FileError when the folder or its index.html is missing, or it is over a limit above. Paths under
  /// `never_app` ("/api/", "/log/") are 404 instead of index.html.
  StaticFiles(const std::filesystem::path& folder, std::vector<std::string> never_app);
  ~StaticFiles();

  /// For Router::set_fallback; safe from any thread.
  Response serve(const Request& request) const;

 private:
  struct File;
  struct Inside;
  std::unique_ptr<const Inside> inside_;
};

}  // namespace jingwei::http
