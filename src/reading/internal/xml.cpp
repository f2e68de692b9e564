#include "reading/internal/xml.h"

#include <expat.h>

#include <exception>
#include <memory>

namespace jingwei::reading {
namespace {

constexpr int kDepthMax = 200;
constexpr std::size_t kReadBytes = 1U << 16;

std::string_view local_name(const XML_Char* name) {
  const std::string_view whole(name);
  const auto colon = whole.rfind(':');
  return colon == whole.npos ? whole : whole.substr(colon + 1);
}

/// What expat calls. An exception must not pass through a library in C: it is kept and thrown behind the parser.
struct Parsing {
  XML_Parser parser;
  XmlElements& elements;
  bool refuses_doctype = true;
  int depth = 0;
  bool has_doctype = false;
  bool too_deep = false;
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
  if (++parsing.depth > kDepthMax) {
    parsing.too_deep = true;
    XML_StopParser(parsing.parser, XML_FALSE);
    return;
  }
  parsing.guarded([&] {
    Attributes attributes;
    for (; *pairs != nullptr; pairs += 2) attributes.emplace(local_name(pairs[0]), pairs[1]);
    parsing.elements.begin(local_name(name), attributes);
  });
}

void on_end(void* data, const XML_Char* name) {
  auto& parsing = *static_cast<Parsing*>(data);
  --parsing.depth;
  if (!parsing.too_deep) parsing.guarded([&] { parsing.elements.end(local_name(name)); });
}

void on_text(void* data, const XML_Char* characters, int length) {
  auto& parsing = *static_cast<Parsing*>(data);
  parsing.guarded([&] { parsing.elements.text({characters, static_cast<std::size_t>(length)}); });
}

void on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  auto& parsing = *static_cast<Parsing*>(data);
  parsing.has_doctype = true;
  if (parsing.refuses_doctype) XML_StopParser(parsing.parser, XML_FALSE);
}

/// An own entity could grow; a program that draws or measures pages declares none.
void on_entity(void* data, const XML_Char*, int, const XML_Char*, int, const XML_Char*, const XML_Char*, const XML_Char*, const XML_Char*) {
  XML_StopParser(static_cast<Parsing*>(data)->parser, XML_FALSE);
}

}  // namespace

XmlEnd walk_xml(std::string_view xml, XmlElements& elements, XmlDoctype doctype) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr), XML_ParserFree);
  Parsing parsing{.parser = parser.get(), .elements = elements};
  parsing.refuses_doctype = doctype == XmlDoctype::refused;
  XML_SetUserData(parser.get(), &parsing);
  XML_SetElementHandler(parser.get(), on_begin, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  XML_SetEntityDeclHandler(parser.get(), on_entity);
  bool parsed = true;
  // Expat takes lengths as int.
  for (std::size_t at = 0; parsed && at <= xml.size(); at += kReadBytes) {
    const auto piece = xml.substr(at, kReadBytes);
    parsed = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), at + kReadBytes > xml.size()) == XML_STATUS_OK;
  }
  if (parsing.failed) std::rethrow_exception(parsing.failed);
  if (parsing.has_doctype && parsing.refuses_doctype) return XmlEnd::has_doctype;
  return parsed ? XmlEnd::whole : XmlEnd::damaged;
}

}  // namespace jingwei::reading
