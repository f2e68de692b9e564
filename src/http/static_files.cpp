#include "http/static_files.h"

#include <openssl/sha.h>

#include <array>
#include <cerrno>
#include <map>

#include "base/bytes.h"
#include "base/rejected.h"
#include "base/text.h"
#include "http/forms.h"
#include "io/file.h"

namespace jingwei::http {
namespace {

struct MediaType {
  std::string_view extension;
  std::string_view type;
};

constexpr std::array kMediaTypes = {
    MediaType{".html", "text/html; charset=utf-8"},
    MediaType{".js", "text/javascript; charset=utf-8"},
    MediaType{".mjs", "text/javascript; charset=utf-8"},
    MediaType{".css", "text/css; charset=utf-8"},
    MediaType{".json", "application/json"},
    MediaType{".map", "application/json"},
    MediaType{".webmanifest", "application/manifest+json"},
    MediaType{".svg", "image/svg+xml"},
    MediaType{".png", "image/png"},
    MediaType{".jpg", "image/jpeg"},
    MediaType{".webp", "image/webp"},
    MediaType{".ico", "image/x-icon"},
    MediaType{".woff2", "font/woff2"},
    MediaType{".txt", "text/plain; charset=utf-8"},
    MediaType{".wasm", "application/wasm"},
};

constexpr std::string_view kUnknownType = "application/octet-stream";

std::string_view media_type_of(std::string_view path) {
  for (const auto& known : kMediaTypes)
    if (path.ends_with(known.extension)) return known.type;
  return kUnknownType;
}

std::string strong_etag(std::string_view content) {
  constexpr std::size_t kEtagBytes = 16;  // of 32: enough to tell contents apart, half the header
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(), digest.data());
  return "\"" + to_hex(ByteView(digest).first(kEtagBytes)) + "\"";
}

/// True for a coding that is listed without "q=0".
bool accepts(std::string_view accept_encoding, std::string_view coding) {
  for (auto item : split(accept_encoding, ',')) {
    item = trim(item);
    const auto semicolon = std::min(item.find(';'), item.size());
    if (to_lower_ascii(trim(item.substr(0, semicolon))) != coding) continue;
    const auto quality = trim(item.substr(std::min(semicolon + 1, item.size())));
    return quality.empty() || quality.find_first_of("123456789") != quality.npos;
  }
  return false;
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  for (auto item : split(if_none_match, ',')) {
    item = trim(item);
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == etag || item == "*") return true;
  }
  return false;
}

}  // namespace

struct StaticFiles::File {
  struct Form {
    std::shared_ptr<const std::string> content;
    std::string etag;
    std::string coding;  ///< "br", "gzip" or empty
  };
  std::vector<Form> forms;  ///< best first; the plain one last
  std::string media_type;
  std::string cache_control;
};

struct StaticFiles::Inside {
  std::map<std::string, File, std::less<>> files;  ///< by path: "/assets/x.js"
  std::vector<std::string> never_app;
};

StaticFiles::StaticFiles(const std::filesystem::path& folder, std::vector<std::string> never_app) {
  namespace fs = std::filesystem;
  std::error_code failed;
  std::map<std::string, std::string> contents;
  std::size_t bytes = 0;
  for (auto at = fs::recursive_directory_iterator(folder, failed); !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
    if (!at->is_regular_file()) continue;
    auto content = io::read_file(at->path());
    bytes += content.size();
    if (contents.size() == kStaticFilesMax || bytes > kStaticBytesMax)
      throw io::FileError(folder, "has too many or too large files for a web app", EFBIG);
    contents["/" + at->path().lexically_relative(folder).generic_string()] = std::move(content);
  }
  if (failed) throw io::FileError(folder, "cannot be read", failed.value());
  if (!contents.contains("/index.html")) throw io::FileError(folder / "index.html", "is missing; build the web app first", ENOENT);

  auto inside = std::make_unique<Inside>();
  inside->never_app = std::move(never_app);
  const auto add_form = [&](File& file, const std::string& path, std::string coding) {
    const auto at = contents.find(path);
    if (at == contents.end()) return;
    file.forms.push_back({std::make_shared<const std::string>(at->second), strong_etag(at->second), std::move(coding)});
  };
  for (const auto& [path, content] : contents) {
    const bool is_compressed_form = (path.ends_with(".br") || path.ends_with(".gz")) && contents.contains(path.substr(0, path.size() - 3));
    if (is_compressed_form) continue;
    auto& file = inside->files[path];
    file.media_type = media_type_of(path);
    file.cache_control = path.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    add_form(file, path + ".br", "br");
    add_form(file, path + ".gz", "gzip");
    add_form(file, path, "");
  }
  inside_ = std::move(inside);
}

StaticFiles::~StaticFiles() = default;

Response StaticFiles::serve(const Request& request) const {
  const auto absent = [] { return Rejected(Code::not_found, {"没有这个页面", "There is no such page"}); };
  const auto path = decode_path_segment(request.path());
  if (!path) throw absent();
  auto at = inside_->files.find(*path);
  if (at == inside_->files.end()) {
    for (const auto& prefix : inside_->never_app)
      if (path->starts_with(prefix)) throw absent();
    // A missing script answered with a page would only hide that it is missing; a code with a dot in it is no file.
    if (path->starts_with("/assets/") || media_type_of(*path) != kUnknownType) throw absent();
    at = inside_->files.find("/index.html");
  }
  const auto& file = at->second;
  const auto accepted = request.header("accept-encoding").value_or("");
  const auto* form = &file.forms.back();
  for (const auto& candidate : file.forms) {
    if (!candidate.coding.empty() && !accepts(accepted, candidate.coding)) continue;
    form = &candidate;
    break;
  }
  Response response;
  response.set("etag", form->etag).set("cache-control", file.cache_control);
  if (file.forms.size() > 1) response.set("vary", "accept-encoding");
  if (const auto known = request.header("if-none-match"); known && names_etag(*known, form->etag)) {
    response.status = 304;
    return response;
  }
  response.set("content-type", file.media_type);
  if (!form->coding.empty()) response.set("content-encoding", form->coding);
  response.shared_body = form->content;
  return response;
}

}  // namespace jingwei::http
