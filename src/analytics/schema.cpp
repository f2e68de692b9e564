#include "analytics/internal/schema.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace jingwei::analytics::internal {
namespace {

using registry::Field;
using registry::FieldType;
using registry::Register;
using registry::Sensitivity;

constexpr int kSchemaVersion = 1;  ///< raise it when the meaning of a column changes
constexpr auto kMoment = "TIMESTAMP WITH TIME ZONE";

std::string table_name(std::string_view register_id) {
  std::string name(register_id);
  std::ranges::replace(name, '-', '_');
  return name;
}

std::string type_of(const Field& field) {
  if (field.many) return "VARCHAR[]";
  switch (field.type) {
    case FieldType::integer: case FieldType::money: return "BIGINT";
    case FieldType::decimal: return "DOUBLE";
    case FieldType::date: return "DATE";
    case FieldType::boolean: return "BOOLEAN";
    default: return "VARCHAR";
  }
}

bool has_name(const Field& field) { return field.type == FieldType::code || field.type == FieldType::region; }

std::optional<Bilingual> about_field(const Field& field) {
  if (field.type == FieldType::money) return Bilingual{"单位：分（100 分 = 1 元）", "in fen (100 fen = 1 yuan)"};
  if (field.type == FieldType::organization) return Bilingual{"organizations 表的 id", "id in the table organizations"};
  if (field.type == FieldType::code) return Bilingual{"代码，名称在 " + field.id + "_name", "a code; its name is in " + field.id + "_name"};
  if (field.type == FieldType::region) return Bilingual{"区划代码，名称在 " + field.id + "_name", "a division code; its name is in " + field.id + "_name"};
  if (field.unit) return Bilingual{"单位：" + field.unit->zh, "in " + field.unit->en};
  return field.help;
}

std::vector<StoredColumn> common_columns() {
  return {
      {"id", "VARCHAR", {"编号", "Id"}, {}, Source::id},
      {"state", "VARCHAR", {"状态", "State"}, Bilingual{"draft 草稿，published 已发布，withdrawn 已撤回，expired 已过期", "draft, published, withdrawn, expired"}, Source::state},
      {"audience", "VARCHAR", {"公开方式", "Audience"}, Bilingual{"open 公开，anonymous 匿名，invited 受邀可见", "open, anonymous, invited"}, Source::audience},
      {"owner_id", "VARCHAR", {"所属单位", "Owner"}, Bilingual{"organizations 表的 id", "id in the table organizations"}, Source::owner_id},
      {"version", "BIGINT", {"版本", "Version"}, {}, Source::version},
      {"created_at", kMoment, {"建立时间", "Created"}, {}, Source::created_at},
      {"updated_at", kMoment, {"更新时间", "Updated"}, {}, Source::updated_at},
      {"published_at", kMoment, {"首次发布时间", "First published"}, Bilingual{"从未发布为 NULL", "NULL when it never was"}, Source::published_at},
      {"entry_title", "VARCHAR", {"名称", "Title"}, {}, Source::title, nullptr, false},
      {"entry_region", "VARCHAR", {"区划代码", "Region"}, {}, Source::region, nullptr, false},
      {"entry_segment", "VARCHAR", {"产业链环节", "Segment"}, {}, Source::segment, nullptr, false},
      {"entry_valid_to", "DATE", {"有效期至", "Valid to"}, {}, Source::valid_to, nullptr, false},
  };
}

StoredRegister stored_register(const Register& definition) {
  StoredRegister stored{&definition, table_name(definition.id), common_columns()};
  const auto taken = [&](const std::string& name) { return std::ranges::any_of(stored.columns, [&](const auto& column) { return column.name == name; }); };
  for (const auto& field : definition.fields) {
    if (field.role == "owner") continue;  // is owner_id
    const std::string name = taken(field.id) ? field.id + "_field" : field.id;
    stored.columns.push_back({name, type_of(field), field.title, about_field(field), Source::field, &field});
    if (!has_name(field)) continue;
    stored.columns.push_back({name + "_name", field.many ? "VARCHAR[]" : "VARCHAR", {field.title.zh + "（名称）", field.title.en + " (name)"}, {}, Source::field_name, &field});
  }
  return stored;
}

std::vector<StoredActs> tables_of_acts() {
  return {
      {"versions", {"条目的版本", "Versions of entries"}, {"每个条目每次变动一行", "One row for each change of each entry"},
       {{"id", "VARCHAR", {"条目", "Entry"}}, {"version", "BIGINT", {"版本", "Version"}}, {"at", kMoment, {"时间", "When"}},
        {"actor_id", "VARCHAR", {"经办账号", "Account"}}, {"act", "VARCHAR", {"动作", "Act"}}}},
      {"deals", {"对接事项", "Deals"}, {"一项一行；节点和评价在 milestones、evaluations", "One row a deal; see milestones and evaluations"},
       {{"id", "VARCHAR", {"编号", "Id"}}, {"state", "VARCHAR", {"状态", "State"}}, {"kind", "VARCHAR", {"类型", "Kind"}}, {"title", "VARCHAR", {"名称", "Title"}},
        {"need_id", "VARCHAR", {"需求", "Need"}}, {"supply_id", "VARCHAR", {"供给", "Supply"}}, {"supply_register", "VARCHAR", {"供给所在清单", "Register of the supply"}},
        {"buyer_id", "VARCHAR", {"需方单位", "Buyer"}}, {"buyer_region", "VARCHAR", {"需方区划", "Buyer's region"}},
        {"seller_id", "VARCHAR", {"供方单位", "Seller"}}, {"seller_region", "VARCHAR", {"供方区划", "Seller's region"}},
        {"contract_total_fen", "BIGINT", {"合同交易总额", "Contract total"}, Bilingual{"单位：分", "in fen"}},
        {"technology_amount_fen", "BIGINT", {"技术交易额", "Technology amount"}, Bilingual{"单位：分", "in fen"}},
        {"starts_on", "DATE", {"开始日期", "Starts"}}, {"ends_on", "DATE", {"结束日期", "Ends"}},
        {"agreed_at", kMoment, {"签约时间", "Agreed"}, Bilingual{"未签约为 NULL", "NULL when it is not agreed"}},
        {"created_at", kMoment, {"提出时间", "Proposed"}}, {"updated_at", kMoment, {"更新时间", "Updated"}}, {"version", "BIGINT", {"版本", "Version"}}}},
      {"milestones", {"里程碑", "Milestones"}, {"对接事项的节点及其验收", "Steps of deals and their acceptance"},
       {{"deal_id", "VARCHAR", {"对接事项", "Deal"}}, {"number", "BIGINT", {"序号", "Number"}, Bilingual{"从 1 开始", "from 1"}}, {"title", "VARCHAR", {"名称", "Title"}},
        {"due_on", "DATE", {"约定日期", "Due"}}, {"amount_fen", "BIGINT", {"金额", "Amount"}, Bilingual{"单位：分", "in fen"}},
        {"state", "VARCHAR", {"状态", "State"}, Bilingual{"accepted 即已验收", "accepted: it was accepted"}}}},
      {"evaluations", {"评价", "Evaluations"}, {"对接双方的互评", "What the sides of a deal said of each other"},
       {{"deal_id", "VARCHAR", {"对接事项", "Deal"}}, {"side", "VARCHAR", {"评价方", "Side"}}, {"score", "BIGINT", {"分数", "Score"}, Bilingual{"1 到 5", "1 to 5"}},
        {"at", kMoment, {"时间", "When"}}}},
      {"feedback", {"匹配反馈", "Feedback"}, {"需求方对供给的最近一次标记", "The latest mark of a need's owner on a supply"},
       {{"id", "VARCHAR", {"编号", "Id"}}, {"need_id", "VARCHAR", {"需求", "Need"}}, {"supply_id", "VARCHAR", {"供给", "Supply"}}, {"mark", "VARCHAR", {"标记", "Mark"}},
        {"reason", "VARCHAR", {"理由", "Reason"}}, {"updated_at", kMoment, {"更新时间", "Updated"}}, {"version", "BIGINT", {"版本", "Version"}}}},
      {"statements", {"存证声明", "Statements"}, {"日志里的每一条声明", "Every statement in the log"},
       {{"leaf", "BIGINT", {"叶序号", "Leaf"}}, {"id", "VARCHAR", {"编号", "Id"}}, {"kind", "VARCHAR", {"类型", "Kind"}}, {"subject", "VARCHAR", {"对象", "Subject"}},
        {"at", kMoment, {"时间", "When"}}}, true},
      {"feed", {"变更流水", "Feed"}, {"每一次提交的变动，按先后", "Every committed change in order"},
       {{"seq", "BIGINT", {"序号", "Number"}}, {"at", kMoment, {"时间", "When"}}, {"kind", "VARCHAR", {"对象类型", "Kind"}}, {"act", "VARCHAR", {"动作", "Act"}},
        {"subject", "VARCHAR", {"对象", "Subject"}}, {"version", "BIGINT", {"版本", "Version"}}}},
  };
}

// ---- views ----------------------------------------------------------------------------------------------------------

bool may_name(const StoredRegister& stored, Sight sight) {
  if (sight != Sight::published) return true;
  return std::ranges::any_of(stored.definition->access.read_published, [](const auto& who) { return who == "anyone" || who == "member" || who == "financier"; });
}

bool shows(const StoredColumn& column, Sight sight) {
  return sight == Sight::everything || column.field == nullptr || column.field->sensitivity != Sensitivity::owner;
}

/// The column as a view of this sight selects it.
std::string selected(const StoredColumn& column, Sight sight) {
  const std::string name = sql::quoted_name(column.name);
  const bool near_owner = column.source == Source::owner_id || (column.field != nullptr && column.field->sensitivity == Sensitivity::members);
  if (sight != Sight::published || !near_owner) return name;
  return fmt::format("CASE WHEN audience <> 'anonymous' THEN {} END AS {}", name, name);
}

std::string rows_of(Sight sight) { return sight == Sight::published ? " WHERE state = 'published' AND audience <> 'invited'" : ""; }

std::string typed_view(const StoredRegister& stored, Sight sight) {
  std::string columns;
  for (const auto& column : stored.columns)
    if (column.in_typed_view && shows(column, sight)) columns += (columns.empty() ? "" : ", ") + selected(column, sight);
  return fmt::format("CREATE VIEW {}.{} AS SELECT {} FROM base.{}{};\n", enum_name(sight), stored.name, columns, stored.name, rows_of(sight));
}

std::vector<ColumnFacts> entry_columns() {
  return {{"id", "VARCHAR", {"编号", "Id"}}, {"register", "VARCHAR", {"清单", "Register"}}, {"state", "VARCHAR", {"状态", "State"}}, {"audience", "VARCHAR", {"公开方式", "Audience"}},
          {"owner_id", "VARCHAR", {"所属单位", "Owner"}, Bilingual{"organizations 表的 id", "id in the table organizations"}}, {"title", "VARCHAR", {"名称", "Title"}},
          {"region", "VARCHAR", {"区划代码", "Region"}}, {"segment", "VARCHAR", {"产业链环节", "Segment"}}, {"valid_to", "DATE", {"有效期至", "Valid to"}},
          {"version", "BIGINT", {"版本", "Version"}}, {"created_at", kMoment, {"建立时间", "Created"}}, {"updated_at", kMoment, {"更新时间", "Updated"}},
          {"published_at", kMoment, {"首次发布时间", "First published"}}};
}

std::string entries_view(const Schema& schema, Sight sight) {
  std::string all;
  for (const auto& stored : schema.registers) {
    if (!may_name(stored, sight)) continue;
    const auto owner = std::ranges::find(stored.columns, Source::owner_id, &StoredColumn::source);
    all += fmt::format(
        "{}SELECT id, {} AS register, state, audience, {}, entry_title AS title, entry_region AS region, entry_segment AS segment, entry_valid_to AS valid_to, version, "
        "created_at, updated_at, published_at FROM base.{}{}",
        all.empty() ? "" : " UNION ALL ", sql::quoted_text(stored.definition->id), selected(*owner, sight), stored.name, rows_of(sight));
  }
  return fmt::format("CREATE VIEW {}.entries AS {};\n", enum_name(sight), all);
}

std::string parties_view(Sight sight) {
  return fmt::format("CREATE VIEW {0}.parties AS SELECT id, CASE register WHEN 'persons' THEN 'person' ELSE 'organization' END AS kind, title AS name, region, state "
                     "FROM {0}.entries WHERE register IN ('organizations', 'persons');\n", enum_name(sight));
}

std::string comments(std::string_view sight, const TableFacts& table) {
  std::string sql = fmt::format("COMMENT ON VIEW {}.{} IS {};\n", sight, table.id, sql::quoted_text(table.title.zh + " / " + table.title.en));
  for (const auto& column : table.columns)
    sql += fmt::format("COMMENT ON COLUMN {}.{}.{} IS {};\n", sight, table.id, sql::quoted_name(column.id),
                       sql::quoted_text(column.title.zh + " / " + column.title.en + (column.about ? "；" + column.about->zh : "")));
  return sql;
}

template <class Columns>
std::string create_table(const std::string& name, const Columns& columns, auto name_of) {
  std::string sql;
  for (const auto& column : columns) sql += (sql.empty() ? "" : ", ") + sql::quoted_name(name_of(column)) + " " + column.type;
  return fmt::format("CREATE TABLE base.{} ({});\n", name, sql);
}

std::string digest_of(const Schema& schema, const registry::Definitions& definitions, const std::string& sql) {
  std::string all = fmt::format("{}\n{}", kSchemaVersion, sql);
  std::set<std::string> lists;
  for (const auto& stored : schema.registers)
    for (const auto& column : stored.columns)
      if (column.source == Source::field_name && column.field->type == FieldType::code) lists.insert(column.field->code_list);
  for (const auto& id : lists)
    if (const auto* list = definitions.code_list(id))
      for (const auto& item : list->codes) all += item.code + "\t" + item.zh + "\n";
  for (const auto& region : definitions.regions().all()) all += region.code + "\t" + region.name + "\n";
  // FNV-1a, 64 bits: it tells apart what a careless change makes, and nobody gains by a collision.
  std::uint64_t hash = 14695981039346656037ULL;
  for (const unsigned char c : all) hash = (hash ^ c) * 1099511628211ULL;
  return fmt::format("{:016x}", hash);
}

}  // namespace

const StoredRegister* Schema::of_register(std::string_view id) const {
  const auto found = std::ranges::find(registers, id, [](const auto& stored) -> const std::string& { return stored.definition->id; });
  return found == registers.end() ? nullptr : &*found;
}

Schema schema_of(const registry::Definitions& definitions) {
  Schema schema;
  for (const auto& definition : definitions.all()) schema.registers.push_back(stored_register(definition));
  schema.acts = tables_of_acts();
  // A register that bore the name of a table of acts would hide it.
  for (const auto& stored : schema.registers) {
    CHECK(stored.name != "entries" && stored.name != "parties");
    for (const auto& acts : schema.acts) CHECK(stored.name != acts.name);
  }
  schema.digest = digest_of(schema, definitions, creation_sql(schema));
  return schema;
}

std::vector<TableFacts> facts_of(const Schema& schema, Sight sight) {
  std::vector<TableFacts> tables;
  for (const auto& stored : schema.registers) {
    if (!may_name(stored, sight)) continue;
    auto& table = tables.emplace_back(TableFacts{stored.name, stored.definition->title, stored.definition->about, {}});
    for (const auto& column : stored.columns)
      if (column.in_typed_view && shows(column, sight)) table.columns.push_back({column.name, column.type, column.title, column.about});
  }
  tables.push_back({"entries", {"全部条目", "All entries"}, {"各清单共有的列合在一起", "What all registers have in common, in one table"}, entry_columns()});
  tables.push_back({"parties", {"主体", "Parties"}, {"组织和人才", "Organizations and persons"},
                    {{"id", "VARCHAR", {"编号", "Id"}}, {"kind", "VARCHAR", {"类型", "Kind"}}, {"name", "VARCHAR", {"名称", "Name"}}, {"region", "VARCHAR", {"区划代码", "Region"}},
                     {"state", "VARCHAR", {"状态", "State"}}}});
  for (const auto& acts : schema.acts)
    if (acts.is_public || sight != Sight::published) tables.push_back({acts.name, acts.title, acts.about, acts.columns});
  return tables;
}

std::string creation_sql(const Schema& schema) {
  std::string sql = "CREATE SCHEMA base; CREATE SCHEMA published; CREATE SCHEMA audited; CREATE SCHEMA everything;\n";
  for (const auto& stored : schema.registers) sql += create_table(stored.name, stored.columns, [](const auto& column) { return column.name; });
  for (const auto& acts : schema.acts) sql += create_table(acts.name, acts.columns, [](const auto& column) { return column.id; });
  for (const auto sight : {Sight::published, Sight::audited, Sight::everything}) {
    for (const auto& stored : schema.registers)
      if (may_name(stored, sight)) sql += typed_view(stored, sight);
    sql += entries_view(schema, sight) + parties_view(sight);
    for (const auto& acts : schema.acts)
      if (acts.is_public || sight != Sight::published) sql += fmt::format("CREATE VIEW {}.{} AS SELECT * FROM base.{};\n", enum_name(sight), acts.name, acts.name);
    for (const auto& table : facts_of(schema, sight)) sql += comments(enum_name(sight), table);
  }
  return sql;
}

}  // namespace jingwei::analytics::internal
