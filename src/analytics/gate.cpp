#include "analytics/internal/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace jingwei::analytics::internal {
namespace {

constexpr int kParseDeadlineMs = 2'000;
constexpr std::size_t kTreeDepthMax = 1'500;
constexpr std::size_t kNestingMax = 200;        ///< open brackets; DuckDB's parser recurses over them
constexpr std::size_t kLikeWildcardsMax = 2;

/// One call of these may run for minutes or fill the memory, and a deadline only comes between calls (each was tried). The rest reads
/// or writes beside the tables.
const std::set<std::string_view> kRefusedFunctions = {
    // time: steps grow with the product of lengths, or wait on purpose
    "levenshtein", "editdist3", "damerau_levenshtein", "jaro_similarity", "jaro_winkler_similarity", "jaccard", "sleep_ms",
    // GLOB and LIKE … ESCAPE try every way to split a text
    "~~~", "like_escape", "not_like_escape", "ilike_escape", "not_ilike_escape",
    // memory: one short text or number makes a huge value
    "repeat", "lpad", "rpad", "printf", "format", "bar", "bitstring", "range", "generate_series", "list_resize", "array_resize", "equi_width_bins",
    // beside the tables
    "write_log", "getenv", "current_setting", "getvariable", "query", "query_table", "json_execute_serialized_sql", "nextval", "currval", "add_parquet_key",
};
const std::set<std::string_view> kTableFunctions = {"range", "generate_series", "unnest", "json_each", "json_tree"};
const std::set<std::string_view> kLikes = {"~~", "!~~", "~~*", "!~~*"};
/// Parts of a tree that stand for rows which are no table of ours.
const std::set<std::string_view> kRefusedSources = {"SHOW_REF", "COLUMN_DATA", "DELIM_GET", "BOUND_TABLE_REF", "TABLE_SAMPLE"};

std::string_view text_at(const json::object& node, std::string_view key) {
  const auto* found = node.if_contains(key);
  return found != nullptr && found->is_string() ? std::string_view(found->as_string()) : std::string_view();
}

std::optional<std::size_t> position_of(const json::object& node) {
  const auto* found = node.if_contains("query_location");
  if (found == nullptr || !found->is_number()) return std::nullopt;
  boost::system::error_code failed;
  const auto byte = found->to_number<std::uint64_t>(failed);
  return failed || byte > kSqlBytesMax ? std::nullopt : std::optional<std::size_t>(byte);
}

struct Judge {
  std::string_view field;
  std::string_view sql;
  const std::function<bool(std::string_view)>& may_name;
  Parameters parameters;
  std::set<std::string, std::less<>> ctes;

  [[noreturn]] void refuse(const json::object& node, Bilingual reason, Bilingual remedy) const {
    throw refused(field, sql, position_of(node), std::move(reason), std::move(remedy));
  }

  void source(const json::object& node, std::string_view type) const {
    if (type == "BASE_TABLE") {
      const std::string name(text_at(node, "table_name"));
      const bool plain = text_at(node, "schema_name").empty() && text_at(node, "catalog_name").empty();
      if (plain && (ctes.contains(name) || may_name(name))) return;
      const bool file = name.find_first_of("./\\*:") != std::string::npos;
      if (file) refuse(node, {"SQL 不能读文件或网址：" + name, "SQL reads neither files nor addresses: " + name}, {"只能查询列出的表", "query the tables that are listed"});
      refuse(node, {"没有这张表，或您无权查询：" + name, "there is no table " + name + ", or it is not for you"}, {"表名见左侧列表，前面不写库名", "use a name from the list of tables, without a schema"});
    }
    if (type == "TABLE_FUNCTION") {
      const auto* called = node.if_contains("function");
      const auto name = called != nullptr && called->is_object() ? text_at(called->as_object(), "function_name") : std::string_view();
      if (!kTableFunctions.contains(name))
        refuse(node, {fmt::format("{}() 读表以外的东西，不能用", name), fmt::format("{}() reads what is not a table here", name)},
               {"只能查询列出的表", "query the tables that are listed"});
    }
    if (kRefusedSources.contains(type) || type.starts_with("BOUND_"))
      refuse(node, {"DESCRIBE、SHOW 和 SUMMARIZE 不能用", "DESCRIBE, SHOW and SUMMARIZE are not for use here"},
             {"表和列见左侧列表，统计请写 SELECT", "tables and columns are listed; write a SELECT for figures"});
  }

  /// LIKE tries every way to lay out its wildcards, so few are allowed where DuckDB has no faster way.
  void like(const json::object& node, std::string_view name) const {
    const auto* children = node.if_contains("children");
    const json::object* pattern = nullptr;
    if (children != nullptr && children->is_array() && children->as_array().size() == 2) pattern = children->as_array()[1].if_object();
    const auto* value = pattern != nullptr && text_at(*pattern, "class") == "CONSTANT" ? pattern->if_contains("value") : nullptr;
    if (value == nullptr || !value->is_object())
      refuse(node, {"LIKE 的右边要是写明的文字", "the pattern of LIKE must be written out"}, {"比较两列请用 contains() 或 starts_with()", "use contains() or starts_with() to compare columns"});
    const auto text = text_at(value->as_object(), "value");
    const auto any = static_cast<std::size_t>(std::ranges::count(text, '%'));
    const bool slow = name.ends_with('*') || text.find('_') != std::string_view::npos;
    if (slow && any > kLikeWildcardsMax)
      refuse(node, {fmt::format("这样的 LIKE 可能永远算不完（{} 个 % 与 _ 或 ILIKE 一起用）", any), fmt::format("such a LIKE may never end ({} % together with _ or ILIKE)", any)},
             {"请用 regexp_matches(列, '…')", "use regexp_matches(column, '…')"});
  }

  void call(const json::object& node, bool is_source) const {
    const std::string name = to_lower_ascii(text_at(node, "function_name"));
    if (!is_source && kRefusedFunctions.contains(name))
      refuse(node, {fmt::format("{} 不能用：一次调用可能停不下来，或读表以外的东西", name), fmt::format("{} is not for use here: one call may never end, or reads beside the tables", name)},
             {"请换一种写法", "write it in another way"});
    if (kLikes.contains(name)) like(node, name);
  }

  void parameter(const json::object& node) const {
    if (parameters == Parameters::none) refuse(node, {"这里没有参数可填", "there are no parameters to fill in"}, {"请直接写出值", "write the value itself"});
    const auto name = text_at(node, "identifier");
    if (name == "from" || name == "to") return;
    const auto at = sql.find(fmt::format("${}", name));  // the tree does not say where parameters stand
    throw refused(field, sql, at == std::string_view::npos ? std::nullopt : std::optional(at), {fmt::format("没有参数 ${}", name), fmt::format("there is no parameter ${}", name)},
                  {"只有 $from 和 $to：这一期的第一天和最后一天", "there are $from and $to: the first and last day of the period"});
  }

  void names(const json::object& node) {
    const auto* map = node.if_contains("cte_map");
    if (map == nullptr || !map->is_object()) return;
    const auto* entries = map->as_object().if_contains("map");
    if (entries == nullptr || !entries->is_array()) return;
    for (const auto& entry : entries->as_array())
      if (entry.is_object()) ctes.emplace(text_at(entry.as_object(), "key"));
  }
};

/// Calls visit(object, name under which it hangs) for every object of the tree, without recursion.
template <class Visit>
void each_object(const json::value& root, Visit&& visit) {
  std::vector<std::pair<const json::value*, std::string_view>> open{{&root, ""}};
  while (!open.empty()) {
    const auto [value, key] = open.back();
    open.pop_back();
    if (const auto* array = value->if_array()) {
      for (const auto& item : *array) open.emplace_back(&item, key);
    } else if (const auto* object = value->if_object()) {
      visit(*object, key);
      for (const auto& [name, item] : *object) open.emplace_back(&item, name);
    }
  }
}

/// Brackets within each other, whatever stands in quotes: an upper bound is all that is wanted.
std::size_t deepest_nesting(std::string_view sql) {
  std::size_t depth = 0, deepest = 0;
  for (const char c : sql) {
    if (c == '(' || c == '[' || c == '{') deepest = std::max(deepest, ++depth);
    if ((c == ')' || c == ']' || c == '}') && depth > 0) --depth;
  }
  return deepest;
}

json::value tree_of(const sql::Database& parser, std::string_view field, std::string_view sql) {
  auto session = const_cast<sql::Database&>(parser).connect();
  auto statement = session.prepare("SELECT json_serialize_sql($1::VARCHAR)");
  statement.bind(1, std::string(sql));
  std::string text;
  statement.each([&](const sql::Row& row) { text = row.value(0).index() == 4 ? std::get<std::string>(row.value(0)) : ""; return false; }, kParseDeadlineMs);
  json::parse_options options;
  options.max_depth = kTreeDepthMax;
  boost::system::error_code failed;
  auto tree = json::parse(text, failed, {}, options);
  if (failed || !tree.is_object())
    throw refused(field, sql, std::nullopt, {"查询嵌套太深", "the query is nested too deeply"}, {"请拆成几步，用 WITH", "split it into steps with WITH"});
  return tree;
}

}  // namespace

Place place_of(std::string_view text, std::size_t byte) {
  Place place;
  for (std::size_t i = 0; i < std::min(byte, text.size()); ++i) {
    if (text[i] == '\n') place = {place.line + 1, 1};
    else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) ++place.character;
  }
  return place;
}

Rejected refused(std::string_view field, std::string_view sql, std::optional<std::size_t> byte, Bilingual reason, Bilingual remedy) {
  InputProblem problem{std::nullopt, std::string(field), reason, std::move(remedy)};
  Bilingual message = std::move(reason);
  if (byte) {
    const auto place = place_of(sql, *byte);
    problem.row = place.line;
    message.zh = fmt::format("第 {} 行第 {} 个字：{}", place.line, place.character, message.zh);
    message.en = fmt::format("line {}, character {}: {}", place.line, place.character, message.en);
  }
  return {Code::invalid, std::move(message), {std::move(problem)}};
}

Rejected refused(std::string_view field, std::string_view sql, const sql::SqlError& error, int deadline_ms) {
  using sql::Fault;
  const std::string said = error.what();
  const std::string meant = error.candidates().empty() ? "" : error.candidates();
  const auto with = [&](Bilingual reason, Bilingual remedy) { return refused(field, sql, error.position(), std::move(reason), std::move(remedy)); };
  switch (error.fault()) {
    case Fault::syntax: return with({"读不懂：" + said, "cannot be read: " + said}, {"请检查这里的写法", "check what is written here"});
    case Fault::unknown_name:
      return with({"没有这个名字：" + said, "no such name: " + said},
                  meant.empty() ? Bilingual{"表和列的名字见左侧列表", "names of tables and columns are listed"} : Bilingual{"是不是：" + meant, "perhaps: " + meant});
    case Fault::time:
      return with({fmt::format("超过 {} 秒还没算完，已停止", deadline_ms / 1000), fmt::format("stopped: not done after {} seconds", deadline_ms / 1000)},
                  {"请加条件、减少连接，或分步算", "add conditions, join less, or compute it in steps"});
    case Fault::memory:
      return with({"要用的内存超过了上限，已停止", "stopped: it needs more memory than it may have"}, {"请先筛选或汇总，再排序和连接", "filter or group before sorting and joining"});
    case Fault::forbidden: return with({"不能读写文件、网络或改设置：" + said, "files, network and settings are out of reach: " + said}, {"只能查询列出的表", "query the tables that are listed"});
    case Fault::content: return with({"算到一个不合适的值：" + said, "a value that does not fit: " + said}, {"转换请用 TRY_CAST，除数请先判断", "convert with TRY_CAST and check divisors"});
    default: return with({"不能这样用：" + said, "cannot be used like this: " + said}, {"请检查类型和写法", "check types and places"});
  }
}

Gate::Gate() : parser_({.memory_bytes = 64LL << 20}) {}

void Gate::admit(std::string_view field, std::string_view sql, const std::function<bool(std::string_view)>& may_name, Parameters parameters) const {
  if (sql.size() > kSqlBytesMax)
    throw Rejected(Code::too_large, std::string(field), {fmt::format("查询太长，最多 {} 字节", kSqlBytesMax), fmt::format("the query is too long: at most {} bytes", kSqlBytesMax)},
                   {"请缩短，或分成几个查询", "shorten it or make several queries"});
  if (!is_utf8(sql) || sql.find('\0') != std::string_view::npos)
    throw refused(field, sql, std::nullopt, {"文字不是 UTF-8", "the text is not UTF-8"}, {"请重新输入", "type it again"});
  if (deepest_nesting(sql) > kNestingMax)
    throw refused(field, sql, std::nullopt, {"查询嵌套太深", "the query is nested too deeply"}, {"请拆成几步，用 WITH", "split it into steps with WITH"});
  json::value tree;
  try {
    tree = tree_of(parser_, field, sql);
  } catch (const sql::SqlError& error) {
    throw refused(field, sql, error, kParseDeadlineMs);
  }
  const auto& root = tree.as_object();
  if (const auto* error = root.if_contains("error"); error != nullptr && error->is_bool() && error->as_bool()) {
    if (text_at(root, "error_type") == "parser") {
      const auto position = text_at(root, "position");
      throw refused(field, sql, sql::SqlError(sql::Fault::syntax, std::string(text_at(root, "error_message")),
                                              position.empty() ? std::nullopt : std::optional<std::size_t>(std::stoull(std::string(position)))), 0);
    }
    throw refused(field, sql, 0, {"只能查询：这里只接受 SELECT", "only queries are answered here: SELECT"}, {"请写 SELECT …（也可以 WITH … SELECT …）", "write SELECT … or WITH … SELECT …"});
  }
  const auto* statements = root.if_contains("statements");
  const auto count = statements != nullptr && statements->is_array() ? statements->as_array().size() : 0;
  if (count != 1)
    throw refused(field, sql, std::nullopt, {fmt::format("一次只能有一个查询，这里有 {} 个", count), fmt::format("one query at a time; there are {}", count)},
                  {"请只留一个 SELECT", "leave one SELECT"});
  Judge judge{field, sql, may_name, parameters, {}};
  each_object(*statements, [&](const json::object& node, std::string_view) { judge.names(node); });
  each_object(*statements, [&](const json::object& node, std::string_view key) {
    const auto type = text_at(node, "type");
    const auto kind = text_at(node, "class");
    if (kind.empty()) judge.source(node, type);
    if (kind == "FUNCTION") judge.call(node, key == "function");
    if (kind == "PARAMETER") judge.parameter(node);
  });
}

}  // namespace jingwei::analytics::internal
