// The text of a file that people hand in: .txt in the encodings of the trade, .docx, .pdf with text.
//
//   const std::string text = text_of_file(bytes, programs);
//
// The kind is told from the bytes, not from the name. Places in a draft count in this text, so it is kept beside the draft.
//
// Text: UTF-8, UTF-16 with byte order mark, GB 18030. Word (ECMA-376): one paragraph a line, one row of a table a line with tabs
// between its cells, an empty cell where one is merged with that above or beside it, numbers that Word counts itself written out;
// deleted text, headers, footers and text that is there twice for older programs are left out. PDF: what poppler's pdftotext finds, and
// tables with strokes around their cells by rows, as those of Word (internal/pdf_tables.h); other tables as pdftotext orders their words.
#pragma once

#include <string>
#include <string_view>

#include "io/process.h"

namespace jingwei::reading {

constexpr std::size_t kFileBytesMax = 20U << 20;      ///< of the file itself
constexpr std::size_t kDocxPartBytesMax = 40U << 20;  ///< of one part of a .docx, unpacked
constexpr std::size_t kDocxRatioMax = 200;            ///< unpacked to packed, of a part larger than kDocxRatioFreeBytes
constexpr std::size_t kDocxRatioFreeBytes = 1U << 20;
constexpr std::int64_t kDocxEntriesMax = 5'000;

/// Throws Rejected{too_large}: over a limit, also what would only unpack to more; {malformed}: damaged, or not what it claims to be;
/// {unsupported}: another kind of file, a PDF without text or with a password; {unavailable}: pdftotext is not installed.
std::string text_of_file(std::string_view bytes, io::Programs& programs);

/// The text of a .docx alone; pure.
std::string text_of_docx(std::string_view bytes);

}  // namespace jingwei::reading
