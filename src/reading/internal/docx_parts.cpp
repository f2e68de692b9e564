#include "reading/internal/docx_parts.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <memory>

#include "reading/file.h"

namespace jingwei::reading {
namespace {

constexpr std::size_t kReadBytes = 1U << 16;

[[noreturn]] void refuse_large(Bilingual reason) {
  throw Rejected(Code::too_large, "", std::move(reason),
                 {"另存一份只有文字和表格的 .docx，或粘贴文字", "Save a .docx with text and tables alone, or paste the text"});
}

}  // namespace

void refuse_damaged_docx() {
  throw Rejected(Code::malformed, "", {"这不是完好的 .docx", "This is no sound .docx"},
                 {"用 Word 或 WPS 打开后另存为 .docx", "Open it in Word or WPS and save it as .docx"});
}

struct DocxParts::Archive {
  zip_t* zip = nullptr;
};

DocxParts::DocxParts(std::string_view bytes) : archive_(nullptr) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* zip = source != nullptr ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  if (zip == nullptr && source != nullptr) zip_source_free(source);
  zip_error_fini(&error);
  if (zip == nullptr) refuse_damaged_docx();
  if (zip_get_num_entries(zip, 0) > kDocxEntriesMax) {
    zip_discard(zip);
    refuse_large({"压缩包里的文件太多", "There are too many files in it"});
  }
  archive_ = new Archive{zip};
}

DocxParts::~DocxParts() {
  zip_discard(archive_->zip);
  delete archive_;
}

std::optional<std::string> DocxParts::part(const char* name) {
  zip_stat_t status;
  zip_stat_init(&status);
  if (zip_stat(archive_->zip, name, 0, &status) != 0) return std::nullopt;
  if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && status.encryption_method != ZIP_EM_NONE)
    throw Rejected(Code::unsupported, "", {".docx 有密码", "The .docx has a password"}, {"去掉密码再交", "Remove the password"});
  const auto is_bomb = [&](std::uint64_t size) { return size > kDocxRatioFreeBytes && size / kDocxRatioMax > std::max<std::uint64_t>(status.comp_size, 1); };
  const Bilingual too_much{fmt::format("解开后文字部分超过 {} MB，或压缩比高得不正常", kDocxPartBytesMax >> 20),
                           fmt::format("Unpacked its text has more than {} MB, or it is packed more tightly than text can be", kDocxPartBytesMax >> 20)};
  if ((status.valid & ZIP_STAT_SIZE) == 0 || status.size > kDocxPartBytesMax || is_bomb(status.size)) refuse_large(too_much);
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen(archive_->zip, name, 0), zip_fclose);
  if (!file) refuse_damaged_docx();
  // The directory may lie about the size: what comes out is counted too.
  std::string content;
  std::string buffer(kReadBytes, '\0');
  for (;;) {
    const auto count = zip_fread(file.get(), buffer.data(), buffer.size());
    if (count < 0) refuse_damaged_docx();
    if (count == 0) return content;
    content.append(buffer, 0, static_cast<std::size_t>(count));
    if (content.size() > kDocxPartBytesMax || is_bomb(content.size())) refuse_large(too_much);
  }
}

void parse_xml(std::string_view part, XmlElements& elements) {
  switch (walk_xml(part, elements, XmlDoctype::refused)) {
    case XmlEnd::whole: return;
    case XmlEnd::damaged: refuse_damaged_docx();
    case XmlEnd::has_doctype: break;
  }
  throw Rejected(Code::malformed, "", {".docx 里有不该有的 DOCTYPE", "There is a DOCTYPE in the .docx, which has no business there"},
                 {"用 Word 或 WPS 打开后另存为 .docx", "Open it in Word or WPS and save it as .docx"});
}

}  // namespace jingwei::reading
