#include "reading/internal/docx_parts.h"

#include <expat.h>
#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <exception>
#include <memory>

#include "reading/file.h"

namespace jingwei::reading {
namespace {

constexpr int kXmlDepthMax = 200;
constexpr std::size_t kReadBytes = 1U << 16;

[[noreturn]] void refuse_large(Bilingual reason) {
  throw Rejected(Code::too_large, "", std::move(reason),
                 {"另存一份只有文字和表格的 .docx，或粘贴文字", "Save a .docx with text and tables alone, or paste the text"});
}

std::string_view local_name(const XML_Char* name) {
  const std::string_view whole(name);
  const auto colon = whole.rfind(':');
  return colon == whole.npos ? whole : whole.substr(colon + 1);
}

/// What expat calls. An exception must not pass through a library in C: it is kept and thrown behind the parser.
struct Parsing {
  XML_Parser parser;
  XmlElements& elements;
  int depth = 0;
  bool has_doctype = false;
  std::exception_ptr failed;

  template <class Act>
  void guarded(Act act) {
    if (failed) return;
    try {
      act();
    } catch (...) {
      failed = std::current_exception();
      XML_StopParser(parser, XML_FALSE);
    }
  }
};

void on_begin(void* data, const XML_Char* name, const XML_Char** pairs) {
  auto& parsing = *static_cast<Parsing*>(data);
  parsing.guarded([&] {
    if (++parsing.depth > kXmlDepthMax) refuse_damaged_docx();
    Attributes attributes;
    for (; *pairs != nullptr; pairs += 2) attributes.emplace(local_name(pairs[0]), pairs[1]);
    parsing.elements.begin(local_name(name), attributes);
  });
}

void on_end(void* data, const XML_Char* name) {
  auto& parsing = *static_cast<Parsing*>(data);
  --parsing.depth;
  parsing.guarded([&] { parsing.elements.end(local_name(name)); });
}

void on_text(void* data, const XML_Char* characters, int length) {
  auto& parsing = *static_cast<Parsing*>(data);
  parsing.guarded([&] { parsing.elements.text({characters, static_cast<std::size_t>(length)}); });
}

void on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  auto& parsing = *static_cast<Parsing*>(data);
  parsing.has_doctype = true;
  XML_StopParser(parsing.parser, XML_FALSE);
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
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr), XML_ParserFree);
  Parsing parsing{parser.get(), elements, 0, false, nullptr};
  XML_SetUserData(parser.get(), &parsing);
  XML_SetElementHandler(parser.get(), on_begin, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  bool parsed = true;
  // Expat takes lengths as int.
  for (std::size_t at = 0; parsed && at <= part.size(); at += kReadBytes) {
    const auto piece = part.substr(at, kReadBytes);
    parsed = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), at + kReadBytes > part.size()) == XML_STATUS_OK;
  }
  if (parsing.failed) std::rethrow_exception(parsing.failed);
  if (parsing.has_doctype)
    throw Rejected(Code::malformed, "", {".docx 里有不该有的 DOCTYPE", "There is a DOCTYPE in the .docx, which has no business there"},
                   {"用 Word 或 WPS 打开后另存为 .docx", "Open it in Word or WPS and save it as .docx"});
  if (!parsed) refuse_damaged_docx();
}

}  // namespace jingwei::reading
