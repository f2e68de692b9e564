// For tests: the parts of an Open Packaging file as trees, and the cells of a sheet as spreadsheet programs read them.
#pragma once

#include <expat.h>
#include <zip.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/check.h"

namespace jingwei::office {

struct Element {
  std::string name;  ///< without prefix
  std::map<std::string, std::string> attributes;
  std::string text;  ///< of its own
  std::vector<std::unique_ptr<Element>> children;

  /// All below it with that name, in order.
  std::vector<const Element*> all(const std::string& wanted) const {
    std::vector<const Element*> found;
    for (const auto& child : children) {
      if (child->name == wanted) found.push_back(child.get());
      for (const Element* below : child->all(wanted)) found.push_back(below);
    }
    return found;
  }
  std::string attribute(const std::string& wanted) const { return attributes.contains(wanted) ? attributes.at(wanted) : std::string(); }
  std::string all_text() const {
    std::string joined = text;
    for (const auto& child : children) joined += child->all_text();
    return joined;
  }
};

/// Stops the test when the text is no well-formed XML.
inline std::unique_ptr<Element> parse(const std::string& xml) {
  struct State {
    Element root;
    std::vector<Element*> open;
  } state;
  state.open.push_back(&state.root);
  const auto local = [](const char* name) {
    const std::string whole(name);
    return whole.substr(whole.rfind(':') + 1);
  };
  XML_Parser parser = XML_ParserCreate("UTF-8");
  static const auto name_of = local;
  XML_SetUserData(parser, &state);
  XML_SetElementHandler(
      parser,
      [](void* data, const XML_Char* name, const XML_Char** pairs) {
        auto& reading = *static_cast<State*>(data);
        auto element = std::make_unique<Element>();
        element->name = name_of(name);
        for (; *pairs != nullptr; pairs += 2) element->attributes.emplace(name_of(pairs[0]), pairs[1]);
        reading.open.back()->children.push_back(std::move(element));
        reading.open.push_back(reading.open.back()->children.back().get());
      },
      [](void* data, const XML_Char*) { static_cast<State*>(data)->open.pop_back(); });
  XML_SetCharacterDataHandler(parser, [](void* data, const XML_Char* text, int size) {
    static_cast<State*>(data)->open.back()->text.append(text, static_cast<std::size_t>(size));
  });
  const auto status = XML_Parse(parser, xml.data(), static_cast<int>(xml.size()), 1);
  XML_ParserFree(parser);
  CHECK(status == XML_STATUS_OK);
  return std::move(state.root.children.at(0));
}

/// Names of parts to their bytes.
inline std::map<std::string, std::string> parts_of(const std::string& bytes) {
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  CHECK(archive != nullptr);
  std::map<std::string, std::string> parts;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
    zip_stat_t facts;
    CHECK(zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &facts) == 0);
    std::string content(facts.size, '\0');
    zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
    CHECK(zip_fread(file, content.data(), content.size()) == static_cast<zip_int64_t>(content.size()));
    zip_fclose(file);
    parts.emplace(facts.name, std::move(content));
  }
  zip_discard(archive);
  return parts;
}

/// A cell as it is in the file: its type ("s" text, "n" number, "b" truth, "f" formula, "" blank), value, and number format.
struct SeenCell {
  std::string type;
  std::string value;
  std::string format;
};

/// Cells of a sheet by their references ("B2").
inline std::map<std::string, SeenCell> cells_of(const std::map<std::string, std::string>& parts, int sheet) {
  std::vector<std::string> shared;
  const auto strings = parse(parts.contains("xl/sharedStrings.xml") ? parts.at("xl/sharedStrings.xml") : "<sst/>");
  for (const auto* item : strings->all("si")) shared.push_back(item->all_text());
  const auto styles = parse(parts.at("xl/styles.xml"));
  std::map<std::string, std::string> formats;
  for (const auto* format : styles->all("numFmt")) formats.emplace(format->attribute("numFmtId"), format->attribute("formatCode"));
  std::vector<std::string> looks;
  for (const auto* look : styles->all("cellXfs").at(0)->all("xf")) looks.push_back(look->attribute("numFmtId"));
  std::map<std::string, SeenCell> cells;
  const auto table = parse(parts.at("xl/worksheets/sheet" + std::to_string(sheet) + ".xml"));
  for (const auto* cell : table->all("c")) {
    SeenCell seen{cell->attribute("t"), "", ""};
    if (!cell->all("v").empty()) seen.value = cell->all("v")[0]->text;
    if (seen.type == "s") seen.value = shared.at(std::stoul(seen.value));
    if (seen.type == "inlineStr") seen = {"s", cell->all("t").at(0)->text, ""};
    else if (seen.type.empty() && !seen.value.empty()) seen.type = "n";
    if (!cell->all("f").empty()) seen.type = "f";
    const std::string id = cell->attribute("s").empty() ? "0" : looks.at(std::stoul(cell->attribute("s")));
    seen.format = formats.contains(id) ? formats.at(id) : id;
    cells.emplace(cell->attribute("r"), std::move(seen));
  }
  return cells;
}

}  // namespace jingwei::office
