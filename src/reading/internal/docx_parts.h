// The parts of a .docx: a ZIP archive (libzip) of XML (expat). Whatever stranger made it, no part is unpacked beyond its limit, no
// document type is read (entities that grow), and nothing is fetched.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/rejected.h"
#include "reading/internal/xml.h"

namespace jingwei::reading {

[[noreturn]] void refuse_damaged_docx();

/// A part by its name, or nothing when there is none. Throws as text_of_docx does.
class DocxParts {
 public:
  explicit DocxParts(std::string_view bytes);
  DocxParts(const DocxParts&) = delete;
  DocxParts& operator=(const DocxParts&) = delete;
  ~DocxParts();

  std::optional<std::string> part(const char* name);

 private:
  struct Archive;
  Archive* archive_;
};

/// Throws Rejected{malformed} when the part is damaged or has a document type.
void parse_xml(std::string_view part, XmlElements& elements);

}  // namespace jingwei::reading
