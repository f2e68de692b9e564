// The parts of a .docx: a ZIP archive (libzip) of XML (expat). Whatever stranger made it, no part is unpacked beyond its limit, no
// document type is read (entities that grow), and nothing is fetched.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/rejected.h"

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

using Attributes = std::map<std::string, std::string, std::less<>>;

/// Takes the elements of a part in order; names come without their prefix ("p" for w:p).
class XmlElements {
 public:
  virtual ~XmlElements() = default;
  virtual void begin(std::string_view name, const Attributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view characters) = 0;
};

void parse_xml(std::string_view part, XmlElements& elements);

}  // namespace jingwei::reading
