// See internal/packed.h.
#include "office/internal/packed.h"

#include <zip.h>

#include <memory>
#include <stdexcept>

namespace jingwei::office::internal {
namespace {

[[noreturn]] void fail() { throw std::runtime_error("the parts of a document could not be packed"); }

struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};

std::string content_of(zip_source_t* source) {
  if (zip_source_open(source) < 0) fail();
  zip_source_seek(source, 0, SEEK_END);
  const auto size = zip_source_tell(source);
  zip_source_seek(source, 0, SEEK_SET);
  std::string bytes(static_cast<std::size_t>(size < 0 ? 0 : size), '\0');
  const auto got = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (size < 0 || got != size) fail();
  return bytes;
}

}  // namespace

std::string packed(const std::vector<Part>& parts, Timestamp made_at) {
  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_source_t, FreeSource> target(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!target) fail();
  zip_t* archive = zip_open_from_source(target.get(), ZIP_TRUNCATE, &error);
  if (archive == nullptr) fail();
  zip_source_keep(target.get());  // what was written is read from it after the archive is closed
  for (const auto& part : parts) {
    zip_source_t* source = zip_source_buffer(archive, part.content.data(), part.content.size(), 0);
    const zip_int64_t index = source == nullptr ? -1 : zip_file_add(archive, part.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      zip_discard(archive);
      fail();
    }
    zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), made_at.us / kMicrosPerSecond, 0);
  }
  if (zip_close(archive) < 0) {
    zip_discard(archive);
    fail();
  }
  return content_of(target.get());
}

}  // namespace jingwei::office::internal
