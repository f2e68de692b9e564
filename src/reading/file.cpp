#include "reading/file.h"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>

#include "base/text.h"
#include "reading/internal/pdf_tables.h"
#include "reading/reading.h"

namespace jingwei::reading {
namespace {

constexpr int kPdfTimeoutMs = 30'000;
constexpr int kPdfNoPermission = 3;
constexpr std::size_t kPdfPagesDrawnMax = 60;  ///< pages that may have a table; what comes behind is read as it is
constexpr int kDrawingTimeoutMs = 10'000;
constexpr std::size_t kDrawingBytesMax = 32U << 20;
constexpr std::size_t kBoxesBytesMax = 64U << 20;

/// Nothing when the bytes are not in this encoding.
std::optional<std::string> converted(std::string_view bytes, const char* encoding) {
  const iconv_t converter = ::iconv_open("UTF-8", encoding);
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string text(bytes.size() * 2 + 16, '\0');
  char* from = const_cast<char*>(bytes.data());
  char* to = text.data();
  std::size_t from_left = bytes.size();
  std::size_t to_left = text.size();
  const bool converts = ::iconv(converter, &from, &from_left, &to, &to_left) != static_cast<std::size_t>(-1) && from_left == 0;
  ::iconv_close(converter);
  if (!converts) return std::nullopt;
  text.resize(text.size() - to_left);
  return text;
}

[[noreturn]] void refuse_text() {
  throw Rejected(Code::unsupported, "", {"读不了这种文件", "Files of this kind are not read"},
                 {"交 .docx、有文字的 .pdf 或 .txt；.doc 和 .wps 先另存为 .docx", "Hand in .docx, .pdf with text or .txt; save .doc and .wps as .docx first"});
}

std::string text_of_plain(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  for (const auto& [mark, encoding] : {std::pair{"\xFF\xFE"sv, "UTF-16LE"}, std::pair{"\xFE\xFF"sv, "UTF-16BE"}})
    if (bytes.starts_with(mark)) {
      auto text = converted(bytes.substr(2), encoding);
      if (!text) refuse_text();
      return std::move(*text);
    }
  if (bytes.find('\0') != bytes.npos) refuse_text();
  if (is_utf8(bytes)) return std::string(bytes);
  auto text = converted(bytes, "GB18030");
  if (!text) refuse_text();
  return std::move(*text);
}

/// What a program makes of the PDF; nothing when it cannot.
std::string made_of_pdf(std::string_view bytes, io::Programs& programs, const std::vector<std::string>& command, std::size_t bytes_max) {
  io::ProgramLimits limits;
  limits.timeout_ms = kDrawingTimeoutMs;
  limits.output_bytes_max = bytes_max;
  auto result = programs.run(command, bytes, limits);
  return result.end == io::ProgramResult::End::exited && result.exit_code == 0 ? std::move(result.output) : std::string();
}

/// The same text with tables by rows, where strokes make them. Whatever goes wrong here, the text stays as it is.
std::string with_tables(std::string text, std::string_view bytes, io::Programs& programs) {
  const auto pages = pages_of(made_of_pdf(bytes, programs, {"pdftotext", "-enc", "UTF-8", "-bbox-layout", "-", "-"}, kBoxesBytesMax));
  const auto texts = split(text, '\f');
  if (pages.size() + 1 != texts.size()) return text;
  std::string out;
  std::size_t drawn = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    std::string own;
    if (may_have_table(pages[i]) && drawn++ < kPdfPagesDrawnMax) {
      const std::string number = std::to_string(i + 1);
      own = text_with_tables(pages[i], strokes_of(made_of_pdf(bytes, programs, {"pdftocairo", "-svg", "-f", number, "-l", number, "-", "-"}, kDrawingBytesMax)));
    }
    out += own.empty() ? std::string(texts[i]) : own;
    out += '\f';
  }
  return out;
}

std::string text_of_pdf(std::string_view bytes, io::Programs& programs) {
  io::ProgramLimits limits;
  limits.timeout_ms = kPdfTimeoutMs;
  limits.output_bytes_max = kTextBytesMax;
  auto result = programs.run({"pdftotext", "-enc", "UTF-8", "-eol", "unix", "-", "-"}, bytes, limits);
  using End = io::ProgramResult::End;
  if (result.end == End::not_found)
    throw Rejected(Code::unavailable, "", {"这台服务器没有装 pdftotext，读不了 PDF", "This server has no pdftotext and cannot read PDF"},
                   {"装上 poppler-utils，或改交 .docx、粘贴文字", "Install poppler-utils, or hand in .docx or paste the text"});
  if (result.end == End::output_too_long)
    throw Rejected(Code::too_large, "",
                   {fmt::format("PDF 里的文字超过 {} MB", kTextBytesMax >> 20), fmt::format("The PDF has more than {} MB of text", kTextBytesMax >> 20)},
                   {"只留下正文和附表再读", "Keep the text and its tables alone"});
  if (result.end != End::exited)
    throw Rejected(Code::too_large, "", {"读这个 PDF 用的时间或内存太多", "Reading this PDF takes too much time or memory"},
                   {"另存为普通 PDF，或粘贴文字", "Save it as a plain PDF, or paste the text"});
  if (result.exit_code == kPdfNoPermission || result.errors.find("password") != std::string::npos)
    throw Rejected(Code::unsupported, "", {"PDF 有密码或不许取文字", "The PDF has a password or forbids taking its text"},
                   {"去掉密码再交", "Remove the password"});
  if (result.exit_code != 0)
    throw Rejected(Code::malformed, "", {"PDF 损坏，打不开", "The PDF is damaged and cannot be opened"}, {"重新导出一份", "Export it anew"});
  if (!is_utf8(result.output) || std::all_of(result.output.begin(), result.output.end(), [](unsigned char c) { return c <= ' '; }))
    throw Rejected(Code::unsupported, "", {"PDF 里没有文字，多半是扫描件", "There is no text in the PDF; it is probably a scan"},
                   {"先做文字识别，再粘贴文字，或改交 .docx", "Recognise its text first and paste it, or hand in .docx"});
  return with_tables(std::move(result.output), bytes, programs);
}

}  // namespace

std::string text_of_file(std::string_view bytes, io::Programs& programs) {
  if (bytes.size() > kFileBytesMax)
    throw Rejected(Code::too_large, "",
                   {fmt::format("文件有 {} MB，最多 {} MB", bytes.size() >> 20, kFileBytesMax >> 20),
                    fmt::format("The file has {} MB; at most {} MB", bytes.size() >> 20, kFileBytesMax >> 20)},
                   {"去掉图片再交", "Remove its pictures"});
  if (bytes.empty()) throw Rejected(Code::malformed, "", {"文件是空的", "The file is empty"}, {"选对文件", "Choose the right file"});
  if (bytes.starts_with("PK\x03\x04")) return text_of_docx(bytes);
  // A PDF may have some bytes before its first line.
  if (bytes.substr(0, 1024).find("%PDF-") != bytes.npos) return text_of_pdf(bytes, programs);
  if (bytes.starts_with("\xD0\xCF\x11\xE0") || bytes.starts_with("{\\rtf")) refuse_text();
  return text_of_plain(bytes);
}

}  // namespace jingwei::reading
