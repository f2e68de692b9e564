#include "registry/sheet.h"

#include "base/text.h"

namespace jingwei::registry {
namespace {

using office::Cell;

std::string say(const Bilingual& words, bool english) { return english ? words.en : words.zh; }

Bilingual words_of(EntryState state) {
  switch (state) {
    case EntryState::draft: return {"草稿", "Draft"};
    case EntryState::published: return {"已发布", "Published"};
    case EntryState::withdrawn: return {"已撤回", "Withdrawn"};
    case EntryState::expired: return {"已过期", "Expired"};
  }
  return {};
}

std::string head_of(const Field& field, bool english) {
  const std::string title = say(field.title, english);
  // The page may show money in 万元; a cell of money is in yuan.
  const std::string unit = field.type == FieldType::money ? say({"元", "yuan"}, english) : field.unit ? say(*field.unit, english) : "";
  return unit.empty() ? title : english ? title + " (" + unit + ")" : title + "（" + unit + "）";
}

/// Names as the reader's language has them; organizations are looked up once each.
class Names {
 public:
  Names(const Definitions& definitions, store::Connection& connection, bool english) : definitions_(definitions), connection_(connection), english_(english) {}

  std::string of_code(const Field& field, std::string_view code) const {
    const CodeItem* item = definitions_.code_list(field.code_list)->find(code);
    return item == nullptr ? std::string(code) : english_ ? item->en : item->zh;
  }
  std::string of_region(std::string_view code) const {
    const Region* region = definitions_.regions().find(code);
    return region == nullptr ? std::string(code) : region->full_name;
  }
  const std::string& of_organization(std::string_view id) {
    const auto known = organizations_.find(id);
    if (known != organizations_.end()) return known->second;
    return organizations_.emplace(id, Registry::organization_name(connection_, id)).first->second;
  }

 private:
  const Definitions& definitions_;
  store::Connection& connection_;
  bool english_;
  std::map<std::string, std::string, std::less<>> organizations_;
};

Cell cell_of(const Field& field, const json::value& value, Names& names) {
  if (value.is_null()) return {};
  if (field.many) {
    std::vector<std::string> words;
    for (const auto& code : value.as_array()) words.push_back(names.of_code(field, code.as_string()));
    return join(words, "; ");
  }
  switch (field.type) {
    case FieldType::integer: return office::whole_of(value.as_int64());
    case FieldType::decimal: return value.to_number<double>();
    case FieldType::money: return Money{value.as_int64()};
    case FieldType::boolean: return value.as_bool();
    case FieldType::date: return office::Day{std::string(value.as_string())};
    case FieldType::code: return names.of_code(field, value.as_string());
    case FieldType::region: return names.of_region(value.as_string());
    case FieldType::organization: return names.of_organization(value.as_string());
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::uscc:
    case FieldType::url: break;
  }
  return std::string(value.as_string());
}

}  // namespace

office::Sheet entries_sheet(const Registry& registry, store::Connection& reader, store::Connection& connection, const Register& reg, const identity::Actor& actor,
                            const EntryFilter& filter, bool english) {
  office::Sheet sheet{say(reg.title, english), {}, {}, {}};
  for (const auto& field : reg.fields) sheet.columns.push_back({head_of(field, english), 0});
  sheet.columns.push_back({say({"状态", "State"}, english), 0});
  Names names(registry.definitions(), connection, english);
  registry.each(reader, actor, filter, [&](const Entry& entry) {
    // One row too many is enough for the workbook to be refused; a register may have many more.
    if (sheet.rows.size() * sheet.columns.size() > office::kCellsMax) return;
    const json::object visible = registry.visible_fields(entry, actor, registry.hides_owner(connection, entry, actor));
    office::Row row;
    for (const auto& field : reg.fields) {
      const auto at = visible.find(field.id);
      row.push_back(at == visible.end() ? Cell() : cell_of(field, at->value(), names));
    }
    row.emplace_back(say(words_of(entry.state), english));
    sheet.rows.push_back(std::move(row));
  });
  return sheet;
}

}  // namespace jingwei::registry
