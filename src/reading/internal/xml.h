// XML from strangers and from programs, element by element (expat). Nothing is fetched.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace jingwei::reading {

using Attributes = std::map<std::string, std::string, std::less<>>;

/// Takes the elements in order; names come without their prefix ("p" for w:p).
class XmlElements {
 public:
  virtual ~XmlElements() = default;
  virtual void begin(std::string_view name, const Attributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view characters) = 0;
};

enum class XmlEnd { whole, damaged, has_doctype };
enum class XmlDoctype { refused, passed_over };  ///< one that is passed over cannot bring entities: they are damage

/// Elements before the damage have been taken when there is some. Nested deeper than 200 is damage.
XmlEnd walk_xml(std::string_view xml, XmlElements& elements, XmlDoctype doctype);

}  // namespace jingwei::reading
