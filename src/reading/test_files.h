// Files made in a test: a .docx of given parts, a PDF of given lines.
#pragma once

#include <fmt/format.h>
#include <zip.h>

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/text.h"

namespace jingwei::reading {

/// A ZIP archive in memory.
inline std::string zipped(const std::map<std::string, std::string>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  CHECK(zip != nullptr);
  for (const auto& [name, content] : parts) CHECK(zip_file_add(zip, name.c_str(), zip_source_buffer(zip, content.data(), content.size(), 0), 0) >= 0);
  CHECK(zip_close(zip) == 0);
  CHECK(zip_source_open(target) == 0);
  zip_stat_t status;
  zip_source_stat(target, &status);
  std::string bytes(status.size, '\0');
  CHECK(zip_source_read(target, bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

inline std::string word_part(const std::string& element, const std::string& inside) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:{0} xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
      "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">{1}</w:{0}>",
      element, inside);
}

/// A document with this inside <w:body>, and these lists (nothing: none).
inline std::string docx(const std::string& body, const std::string& numbering = "") {
  std::map<std::string, std::string> parts = {{"[Content_Types].xml", "<Types/>"},
                                              {"word/document.xml", word_part("document", "<w:body>" + body + "</w:body>")}};
  if (!numbering.empty()) parts["word/numbering.xml"] = word_part("numbering", numbering);
  return zipped(parts);
}

/// Characters of the basic plane as a PDF of pdf_page shows them.
inline std::string pdf_text(const std::string& text) {
  std::string codes = "<";
  for (const char32_t c : to_utf32(text)) codes += fmt::format("{:04X}", static_cast<unsigned>(c));
  return codes + ">";
}

/// One page of 595 by 842 points with this content; its font is /F1. The font is not embedded: its map to Unicode is, which is what a
/// reader of text needs.
inline std::string pdf_page(const std::string& content, const std::string& more_of_trailer = "") {
  const std::string map =
      "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def 1 begincodespacerange <0000> <FFFF> endcodespacerange "
      "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end\n";
  const std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
      fmt::format("<< /Length {} >>\nstream\n{}endstream", content.size(), content),
      "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 "
      "/FontDescriptor 8 0 R >>",
      fmt::format("<< /Length {} >>\nstream\n{}endstream", map.size(), map),
      "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>"};
  std::string file = "%PDF-1.4\n";
  std::string table;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", file.size());
    file += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t start = file.size();
  file += fmt::format("xref\n0 {}\n0000000000 65535 f \n{}trailer\n<< /Size {} /Root 1 0 R {} >>\nstartxref\n{}\n%%EOF\n", objects.size() + 1, table,
                      objects.size() + 1, more_of_trailer, start);
  return file;
}

/// One page; each line of any characters of the basic plane. Without lines it is as empty as a scan.
inline std::string pdf(const std::vector<std::string>& lines, const std::string& more_of_trailer = "") {
  std::string content = "BT /F1 12 Tf 50 800 Td 16 TL\n";
  for (const auto& line : lines) content += pdf_text(line) + " Tj T*\n";
  return pdf_page(content + "ET\n", more_of_trailer);
}

}  // namespace jingwei::reading
