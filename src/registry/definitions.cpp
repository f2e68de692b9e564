// Reading register definitions. Every key is known and checked: a misspelt one is an error with its line, not silence.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "base/check.h"
#include "io/file.h"
#include "registry/registry.h"

namespace jingwei::registry {
namespace {

const std::set<std::string> kSubjects = {"anyone", "member", "owner", "administrator", "department", "enterprise", "provider", "financier", "auditor"};
const std::set<std::string> kRoles = {"title", "text",     "segment",  "region",          "owner",    "amount",  "stage",
                                      "trl",   "valid_to", "capacity", "confidentiality", "deadline", "headline"};
constexpr std::size_t kTextLengthDefault = 200;
constexpr std::size_t kLongTextLengthDefault = 4000;

/// One YAML file being read; turns every complaint into a Rejected that names file and line.
class File {
 public:
  explicit File(const std::filesystem::path& path) : path_(path) {}

  /// Calls read(document) for each document. Cut at "---" lines here: YAML::LoadAll of yaml-cpp 0.7 never returns from a document
  /// that begins with a comma. Every complaint of yaml-cpp, also about a value of the wrong type, becomes a Rejected.
  template <class Read>
  void each_document(Read&& read) {
    const std::string content = io::read_file(path_);
    std::string_view rest = content;
    for (bool more = true; more;) {
      const auto marker = rest.starts_with("---\n") ? 0 : rest.find("\n---\n");
      more = marker != std::string_view::npos;
      const std::string text(rest.substr(0, marker));
      try {
        if (const auto document = YAML::Load(text); !document.IsNull()) read(document);
      } catch (const YAML::Exception& broken) {
        throw refusal(std::max(broken.mark.line, 0), broken.msg, "YAML 写法有误", "correct the YAML");
      }
      first_line_ += static_cast<int>(std::ranges::count(text, '\n')) + (marker == 0 ? 1 : 2);
      if (more) rest.remove_prefix(marker + (marker == 0 ? 4 : 5));
    }
  }

  Rejected refusal(int line, const std::string& en, const std::string& zh, const std::string& remedy) const {
    const std::string place = path_.filename().string() + ":" + std::to_string(first_line_ + line + 1) + ": ";
    return Rejected(Code::invalid, place, {place + zh + "（" + en + "）", place + en}, {remedy, remedy});
  }

  void only_keys(const YAML::Node& node, const std::set<std::string>& allowed) const {
    if (!node.IsMap()) throw refusal(node.Mark().line, "a mapping is expected", "这里应是键值", "write key: value");
    for (const auto& pair : node) {
      const auto key = pair.first.as<std::string>();
      if (!allowed.contains(key)) throw refusal(pair.first.Mark().line, "unknown key '" + key + "'", "没有这个键", "see registers/README.md for the keys");
    }
  }

  std::string text(const YAML::Node& node, const char* key) const {
    if (!node[key] || !node[key].IsScalar()) throw refusal(node.Mark().line, std::string("'") + key + "' is missing", "缺少必需的键", "add it");
    return node[key].as<std::string>();
  }

  Bilingual bilingual(const YAML::Node& node, const char* key) const {
    if (!node[key]) throw refusal(node.Mark().line, std::string("'") + key + "' is missing", "缺少必需的键", "add {zh: …, en: …}");
    only_keys(node[key], {"zh", "en"});
    return {text(node[key], "zh"), text(node[key], "en")};
  }

  std::vector<std::string> names(const YAML::Node& node, const std::set<std::string>& allowed) const {
    std::vector<std::string> list;
    if (!node) return list;
    for (const auto& item : node) {
      list.push_back(item.as<std::string>());
      if (!allowed.empty() && !allowed.contains(list.back()))
        throw refusal(item.Mark().line, "'" + list.back() + "' is not allowed here", "不是可用的值", "see registers/README.md");
    }
    return list;
  }

 private:
  std::filesystem::path path_;
  int first_line_ = 0;  ///< of the document being read
};

std::int64_t fen_per_unit(const File& file, const YAML::Node& node, const Field& field) {
  if (!field.unit || (field.unit->zh != "元" && field.unit->zh != "万元"))
    throw file.refusal(node.Mark().line, "money needs unit 元 or 万元", "金额要写单位", "add unit: {zh: 万元, en: 10 000 yuan}");
  return field.unit->zh == "元" ? 100 : 1'000'000;
}

Field read_field(const File& file, const YAML::Node& node) {
  file.only_keys(node, {"id", "title", "help", "type", "role", "required", "unit", "min", "max", "max_length", "code_list", "many", "synonyms", "sensitivity",
                        "in_table"});
  Field field;
  field.id = file.text(node, "id");
  field.title = file.bilingual(node, "title");
  if (node["help"]) field.help = file.bilingual(node, "help");
  if (node["unit"]) field.unit = file.bilingual(node, "unit");
  const auto type = enum_from_name<FieldType>(file.text(node, "type"));
  if (!type) throw file.refusal(node["type"].Mark().line, "unknown type", "没有这种类型", "see registers/README.md for the types");
  field.type = *type;
  if (node["role"]) field.role = node["role"].as<std::string>();
  if (!field.role.empty() && !kRoles.contains(field.role))
    throw file.refusal(node["role"].Mark().line, "unknown role", "没有这个作用", "see registers/README.md for the roles");
  field.required = node["required"] && node["required"].as<bool>();
  field.many = node["many"] && node["many"].as<bool>();
  field.in_table = node["in_table"] && node["in_table"].as<bool>();
  if (node["min"]) field.min = node["min"].as<double>();
  if (node["max"]) field.max = node["max"].as<double>();
  field.max_length = node["max_length"]                   ? node["max_length"].as<std::size_t>()
                     : field.type == FieldType::long_text ? kLongTextLengthDefault
                                                          : kTextLengthDefault;
  field.synonyms = file.names(node["synonyms"], {});
  if (node["code_list"]) field.code_list = node["code_list"].as<std::string>();
  const std::string sensitivity = node["sensitivity"] ? node["sensitivity"].as<std::string>() : "public";
  const auto level = sensitivity == "public" ? std::optional(Sensitivity::open) : enum_from_name<Sensitivity>(sensitivity);
  if (!level || sensitivity == "open") throw file.refusal(node["sensitivity"].Mark().line, "unknown sensitivity", "没有这种公开程度", "use public, members or owner");
  field.sensitivity = *level;
  if (field.type == FieldType::money) field.fen_per_unit = fen_per_unit(file, node, field);
  if ((field.type == FieldType::code) != !field.code_list.empty())
    throw file.refusal(node.Mark().line, "code_list goes with type code", "代码字段要写代码表", "name a list of registers/code-lists");
  return field;
}

Register read_register(const File& file, const YAML::Node& node) {
  file.only_keys(node, {"id", "id_prefix", "title", "about", "chain", "supply_kind", "key", "fields", "access", "statements"});
  Register reg;
  reg.id = file.text(node, "id");
  reg.id_prefix = file.text(node, "id_prefix");
  reg.title = file.bilingual(node, "title");
  reg.about = file.bilingual(node, "about");
  reg.chain = file.text(node, "chain");
  if (node["supply_kind"]) reg.supply_kind = node["supply_kind"].as<std::string>();
  for (const auto& item : node["fields"]) {
    reg.fields.push_back(read_field(file, item));
    const Field* first = reg.field(reg.fields.back().id);
    if (first != &reg.fields.back()) throw file.refusal(item.Mark().line, "two fields have this id", "字段重名", "give each field its own id");
  }
  reg.key = file.names(node["key"], {});
  for (const auto& key : reg.key)
    if (reg.field(key) == nullptr || !reg.field(key)->required)
      throw file.refusal(node["key"].Mark().line, "key names no required field: " + key, "主键必须是必填字段", "name required fields");
  if (reg.key.empty()) throw file.refusal(node.Mark().line, "key is missing", "缺少主键", "name the fields that tell entries apart");
  if (reg.with_role("title") == nullptr) throw file.refusal(node.Mark().line, "no field has role title", "缺少标题字段", "give one field role: title");
  const YAML::Node access = node["access"];
  if (!access) throw file.refusal(node.Mark().line, "access is missing", "缺少权限", "say who may read and write");
  file.only_keys(access, {"create", "edit", "publish", "withdraw", "read_published", "read_draft"});
  reg.access = {file.names(access["create"], kSubjects),         file.names(access["edit"], kSubjects),     file.names(access["publish"], kSubjects),
                file.names(access["withdraw"], kSubjects), file.names(access["read_published"], kSubjects), file.names(access["read_draft"], kSubjects)};
  const auto statements = file.names(node["statements"], {"publish", "withdraw"});
  reg.states_publish = std::ranges::count(statements, "publish") > 0;
  reg.states_withdraw = std::ranges::count(statements, "withdraw") > 0;
  return reg;
}

CodeList read_code_list(const File& file, const YAML::Node& node) {
  file.only_keys(node, {"id", "title", "codes"});
  CodeList list{file.text(node, "id"), file.bilingual(node, "title"), {}};
  for (const auto& item : node["codes"]) {
    file.only_keys(item, {"code", "zh", "en", "chain"});
    const std::string code = file.text(item, "code");
    if (list.find(code) != nullptr) throw file.refusal(item.Mark().line, "this code appears twice", "代码重复", "give each its own code");
    list.codes.push_back({code, file.text(item, "zh"), file.text(item, "en"), item["chain"] ? item["chain"].as<std::string>() : ""});
  }
  return list;
}

std::vector<std::filesystem::path> yaml_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  for (const auto& item : std::filesystem::directory_iterator(folder, failed))
    if (item.path().extension() == ".yaml") files.push_back(item.path());
  if (failed) throw io::FileError(folder, "cannot be read", failed.value());
  std::ranges::sort(files);
  return files;
}

}  // namespace

const Field* Register::field(std::string_view wanted) const {
  const auto at = std::ranges::find(fields, wanted, &Field::id);
  return at == fields.end() ? nullptr : &*at;
}

const Field* Register::with_role(std::string_view role) const {
  const auto at = std::ranges::find(fields, role, &Field::role);
  return at == fields.end() ? nullptr : &*at;
}

const CodeItem* CodeList::find(std::string_view code) const {
  const auto at = std::ranges::find(codes, code, &CodeItem::code);
  return at == codes.end() ? nullptr : &*at;
}

const CodeItem* CodeList::resolve(std::string_view text) const {
  const auto at = std::ranges::find_if(codes, [&](const CodeItem& item) { return item.code == text || item.zh == text || item.en == text; });
  return at == codes.end() ? nullptr : &*at;
}

Definitions Definitions::load(const std::filesystem::path& folder) {
  Definitions definitions;
  for (const auto& path : yaml_files(folder / "code-lists")) {
    File file(path);
    file.each_document([&](const YAML::Node& document) {
      CodeList list = read_code_list(file, document);
      const std::string id = list.id;
      if (!definitions.code_lists_.emplace(id, std::move(list)).second)
        throw file.refusal(document.Mark().line, "two code lists are called " + id, "代码表重名", "rename one");
    });
  }
  definitions.regions_ = std::make_shared<Regions>(io::read_file(folder / "code-lists" / "regions.csv"));
  for (const auto& path : yaml_files(folder)) {
    File file(path);
    file.each_document([&](const YAML::Node& document) {
      Register reg = read_register(file, document);
      for (const auto& field : reg.fields)
        if (!field.code_list.empty() && definitions.code_list(field.code_list) == nullptr)
          throw file.refusal(document.Mark().line, "there is no code list " + field.code_list, "没有这个代码表", "add it to registers/code-lists");
      for (const auto& other : definitions.registers_)
        if (other.id == reg.id || other.id_prefix == reg.id_prefix)
          throw file.refusal(document.Mark().line, "id or id_prefix is taken by " + other.id, "编号前缀重复", "choose another");
      definitions.registers_.push_back(std::move(reg));
    });
  }
  return definitions;
}

const Register* Definitions::find(std::string_view id) const {
  const auto at = std::ranges::find(registers_, id, &Register::id);
  return at == registers_.end() ? nullptr : &*at;
}

const Register* Definitions::of_entry(std::string_view entry_id) const {
  const auto prefix = entry_id.substr(0, entry_id.find('_'));
  const auto at = std::ranges::find(registers_, prefix, &Register::id_prefix);
  return at == registers_.end() ? nullptr : &*at;
}

const CodeList* Definitions::code_list(std::string_view id) const {
  const auto at = code_lists_.find(id);
  return at == code_lists_.end() ? nullptr : &at->second;
}

}  // namespace jingwei::registry
