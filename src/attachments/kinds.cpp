// What a file is. Its name is never believed, but it must not say something else either: people open files by their names.
#include <zip.h>

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>

#include "attachments/attachments.h"
#include "base/text.h"

namespace jingwei::attachments {
namespace {

constexpr std::int64_t kZipPartsMax = 20'000;
constexpr std::size_t kPdfTailBytes = 1024;  ///< within which "%%EOF" must stand (ISO 32000-1, implementation note 18 of its annex H)

struct Known {
  const char* extension;
  const char* media_type;
};
constexpr Known kPdf{"pdf", "application/pdf"};
constexpr Known kPng{"png", "image/png"};
constexpr Known kJpeg{"jpg", "image/jpeg"};
constexpr Known kWord{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"};
constexpr Known kExcel{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
constexpr Known kSlides{"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"};

Rejected unsupported(Bilingual reason, Bilingual remedy) { return Rejected(Code::unsupported, "file", std::move(reason), std::move(remedy)); }

/// Office Open XML (ECMA-376): a ZIP with [Content_Types].xml and one main folder. Only names are looked at; nothing is unpacked.
std::optional<Known> office_kind(std::string_view content) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(content.data(), content.size(), 0, &error);
  const std::unique_ptr<zip_t, decltype(&zip_discard)> zip(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error), zip_discard);
  if (zip == nullptr) {
    if (source != nullptr) zip_source_free(source);
    return std::nullopt;
  }
  const auto parts = zip_get_num_entries(zip.get(), 0);
  if (parts > kZipPartsMax || zip_name_locate(zip.get(), "[Content_Types].xml", 0) < 0) return std::nullopt;
  for (zip_int64_t i = 0; i < parts; ++i) {
    const char* name = zip_get_name(zip.get(), static_cast<zip_uint64_t>(i), 0);
    if (name != nullptr && std::string_view(name).ends_with("vbaProject.bin"))
      throw unsupported({"文件里有宏", "the file contains macros"}, {"另存为不带宏的格式（docx、xlsx、pptx）再上传", "save it without macros (docx, xlsx, pptx) and send that"});
  }
  if (zip_name_locate(zip.get(), "word/document.xml", 0) >= 0) return kWord;
  if (zip_name_locate(zip.get(), "xl/workbook.xml", 0) >= 0) return kExcel;
  if (zip_name_locate(zip.get(), "ppt/presentation.xml", 0) >= 0) return kSlides;
  return std::nullopt;
}

std::optional<Known> known_kind(std::string_view content) {
  using namespace std::string_view_literals;
  if (content.starts_with("%PDF-"sv)) {
    const auto tail = content.substr(content.size() - std::min(content.size(), kPdfTailBytes));
    return tail.find("%%EOF"sv) == std::string_view::npos ? std::nullopt : std::optional(kPdf);
  }
  if (content.starts_with("\x89PNG\r\n\x1a\n"sv)) return kPng;
  if (content.starts_with("\xFF\xD8\xFF"sv)) return kJpeg;
  if (content.starts_with("PK\x03\x04"sv)) return office_kind(content);
  return std::nullopt;
}

std::string extension_of(std::string_view name) {
  const auto dot = name.rfind('.');
  auto extension = dot == std::string_view::npos ? std::string() : to_lower_ascii(name.substr(dot + 1));
  return extension == "jpeg" ? "jpg" : extension;
}

}  // namespace

std::string plain_name(std::string_view name) {
  const auto slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::u32string kept;
  if (is_utf8(name))
    for (const char32_t c : to_utf32(name)) {
      // Marks that turn the direction of writing make "exe.pdf" look like "fdp.exe", and the other way round.
      const bool turns = (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
      if (c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0) && !turns) kept.push_back(c);
    }
  const std::string plain(trim(to_utf8(kept)));
  if (plain.empty() || plain.front() == '.' || count_characters(plain) > kFileNameCharactersMax)
    throw Rejected(Code::invalid, "file", {"文件没有可用的名称，或名称太长", "the file has no usable name, or one too long"},
                   {fmt::format("改成不超过 {} 个字的文件名", kFileNameCharactersMax), fmt::format("rename it, at most {} characters", kFileNameCharactersMax)});
  return plain;
}

FileKind kind_of(std::string_view name, std::string_view content) {
  if (content.size() > kFileBytesMax)
    throw Rejected(Code::too_large, "file", {fmt::format("文件超过 {} MB", kFileBytesMax >> 20), fmt::format("the file is over {} MB", kFileBytesMax >> 20)},
                   {"压缩图片或拆成几份再上传", "make pictures smaller or send it in parts"});
  if (content.empty()) throw Rejected(Code::invalid, "file", {"文件是空的", "the file is empty"}, {"重新选择文件", "choose the file again"});
  const auto kind = known_kind(content);
  if (!kind)
    throw unsupported({"内容不是 PDF、图片（PNG、JPEG）或 Office 文件（docx、xlsx、pptx）", "its content is no PDF, picture (PNG, JPEG) or Office file (docx, xlsx, pptx)"},
                      {"另存为其中一种再上传；旧版 doc、xls、ppt 请另存为新格式", "save it as one of these; old doc, xls and ppt files in today's format"});
  if (extension_of(name) != kind->extension)
    throw unsupported({fmt::format("文件名与内容不符：内容是 {}", kind->extension), fmt::format("the name says something else than the content, which is {}", kind->extension)},
                      {fmt::format("把文件名改为以 .{} 结尾", kind->extension), fmt::format("rename it to end in .{}", kind->extension)});
  return {kind->extension, kind->media_type};
}

}  // namespace jingwei::attachments
