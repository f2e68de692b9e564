// Parts of a .docx that hardly depend on what it says: styles, fonts, lists, settings, header and footer.
#pragma once

#include <string>

#include "office/document.h"

namespace jingwei::office::internal {

constexpr std::string_view kXmlHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view kWordNames =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

std::string styles_part(const Document& document);
std::string fonts_part();
std::string lists_part();
std::string settings_part(const Document& document);
std::string header_part(const Document& document);
std::string footer_part(const Document& document);
std::string properties_part(const Document& document);
/// [Content_Types].xml and the relations of the package and of word/document.xml.
std::string types_part(std::size_t charts);
std::string package_relations();
std::string document_relations(std::size_t charts);

}  // namespace jingwei::office::internal
