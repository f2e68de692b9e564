#include "http/static_files.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "base/rejected.h"
#include "io/file.h"

namespace jingwei::http {
namespace {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "jingwei-static-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  void write(const std::string& name, std::string_view content) {
    io::make_folders((path_ / name).parent_path());
    io::write_file_atomically(path_ / name, content);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct AppFolder : Folder {
  AppFolder() {
    write("index.html", "<html>");
    write("assets/app-1a2b.js", "code");
    write("assets/app-1a2b.js.br", "brotli");
    write("assets/app-1a2b.js.gz", "gzipped");
    write("download.gz", "an archive of its own");
    write("manifest.webmanifest", "{}");
  }
};

struct App : AppFolder {
  StaticFiles files{path(), {"/api/", "/log/"}};
};

std::string body_of(const StaticFiles& files, std::string_view target, std::vector<Header> headers = {}) {
  try {
    const auto response = files.serve(Request::make(Method::get, target, std::move(headers)));
    return response.status == 200 ? std::string(response.content()) : std::to_string(response.status);
  } catch (const Rejected& rejected) {
    return std::string(code_name(rejected.code()));
  }
}

TEST(StaticFiles, serves_files_and_index_for_the_apps_own_routes) {
  const App app;
  EXPECT_EQ(body_of(app.files, "/"), "<html>");
  EXPECT_EQ(body_of(app.files, "/index.html"), "<html>");
  EXPECT_EQ(body_of(app.files, "/needs/need_01"), "<html>");
  EXPECT_EQ(body_of(app.files, "/atlas/nodes/hyd.stack"), "<html>");
  EXPECT_EQ(body_of(app.files, "/gone.png"), "not_found");
  EXPECT_EQ(body_of(app.files, "/assets/app-1a2b.js"), "code");
  EXPECT_EQ(body_of(app.files, "/download.gz"), "an archive of its own");
  EXPECT_EQ(body_of(app.files, "/assets/gone-3c4d.js"), "not_found");
  EXPECT_EQ(body_of(app.files, "/api/v1/unknown"), "not_found");
  EXPECT_EQ(body_of(app.files, "/log/unknown"), "not_found");
}

TEST(StaticFiles, picks_the_form_that_the_client_reads) {
  const App app;
  EXPECT_EQ(body_of(app.files, "/assets/app-1a2b.js", {{"accept-encoding", "gzip, deflate, br"}}), "brotli");
  EXPECT_EQ(body_of(app.files, "/assets/app-1a2b.js", {{"accept-encoding", "gzip"}}), "gzipped");
  EXPECT_EQ(body_of(app.files, "/assets/app-1a2b.js", {{"accept-encoding", "br;q=0, gzip;q=0.0"}}), "code");
  EXPECT_EQ(body_of(app.files, "/assets/app-1a2b.js.br"), "not_found");
  const auto response = app.files.serve(Request::make(Method::get, "/assets/app-1a2b.js", {{"accept-encoding", "br"}}));
  EXPECT_EQ(response.header("content-encoding"), "br");
  EXPECT_EQ(response.header("vary"), "accept-encoding");
  EXPECT_EQ(response.header("content-type"), "text/javascript; charset=utf-8");
}

TEST(StaticFiles, lets_clients_keep_what_cannot_change) {
  const App app;
  const auto asset = app.files.serve(Request::make(Method::get, "/assets/app-1a2b.js"));
  EXPECT_EQ(asset.header("cache-control"), "public, max-age=31536000, immutable");
  const auto index = app.files.serve(Request::make(Method::get, "/needs"));
  EXPECT_EQ(index.header("cache-control"), "no-cache");
  const std::string etag(index.header("etag").value());
  EXPECT_EQ(body_of(app.files, "/", {{"if-none-match", etag}}), "304");
  EXPECT_EQ(body_of(app.files, "/", {{"if-none-match", "\"other\", W/" + etag}}), "304");
  EXPECT_EQ(body_of(app.files, "/", {{"if-none-match", "\"other\""}}), "<html>");
  EXPECT_NE(asset.header("etag"), index.header("etag"));
}

TEST(StaticFiles, wants_an_index) {
  const Folder empty;
  EXPECT_THROW(StaticFiles(empty.path(), {}), io::FileError);
  EXPECT_THROW(StaticFiles(empty.path() / "absent", {}), io::FileError);
}

}  // namespace
}  // namespace jingwei::http
