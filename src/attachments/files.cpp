// The folder of bytes by digest.
#include "attachments/attachments.h"
#include "base/check.h"
#include "crypto/crypto.h"
#include "io/file.h"

namespace jingwei::attachments {
namespace {

constexpr std::size_t kDigestCharacters = 64;

std::string digest_of(std::string_view content) { return to_hex(crypto::sha256(as_bytes(content))); }

}  // namespace

std::filesystem::path Files::path_of(std::string_view sha256) const {
  CHECK(sha256.size() == kDigestCharacters && sha256.find_first_not_of("0123456789abcdef") == std::string_view::npos);
  return folder_ / sha256.substr(0, 2) / sha256;
}

std::string Files::keep(std::string_view content) const {
  auto digest = digest_of(content);
  if (!fault_of(digest)) return digest;  // a damaged file is mended by the same bytes
  const auto path = path_of(digest);
  io::make_folders(path.parent_path());
  io::write_file_atomically(path, content, 0600);
  io::sync_folder(folder_);
  return digest;
}

std::string Files::read(std::string_view sha256) const {
  if (const auto fault = fault_of(sha256))
    throw Rejected(Code::unavailable, *fault == "missing" ? Bilingual{"文件不在本机的文件目录里，请联系管理员", "The file is not in this machine's folder of files; ask the administrator"}
                                                          : Bilingual{"文件已损坏，请联系管理员从备份恢复", "The file is damaged; the administrator restores it from a backup"});
  return io::read_file(path_of(sha256), kFileBytesMax);
}

std::optional<std::string> Files::fault_of(std::string_view sha256) const {
  const auto path = path_of(sha256);
  if (!io::file_exists(path)) return "missing";
  try {
    return digest_of(io::read_file(path, kFileBytesMax)) == sha256 ? std::nullopt : std::optional<std::string>("changed");
  } catch (const io::FileError&) {
    return "changed";
  }
}

std::vector<std::string> digests(store::Connection& connection) {
  std::vector<std::string> all;
  connection.query("SELECT DISTINCT sha256 FROM attachments ORDER BY sha256", {}, [&](const store::Row& row) { all.push_back(row.string(0)); });
  return all;
}

std::size_t copy_files(const std::vector<std::string>& digests, const Files& from, const Files& to) {
  for (const auto& digest : digests) {
    if (!to.fault_of(digest)) continue;
    if (const auto fault = from.fault_of(digest))
      throw Rejected(Code::malformed, {"文件 " + digest + (*fault == "missing" ? " 不在" : " 已损坏"), "The file " + digest + " is " + *fault});
    CHECK(to.keep(from.read(digest)) == digest);
  }
  return digests.size();
}

}  // namespace jingwei::attachments
