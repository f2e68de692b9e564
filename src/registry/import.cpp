// Import: map columns, check every row, compare with what is there, then commit in chunks.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/check.h"
#include "base/text.h"
#include "registry/internal/fields.h"
#include "registry/internal/rows.h"

namespace jingwei::registry {
namespace {

using identity::Actor;
using identity::Role;

std::string header_text(std::string_view header) {
  std::string text = fold_width(trim(header));
  // "价格（万元）" and "价格" are the same column.
  if (const auto open = text.find('('); open != std::string::npos && open > 0) text.resize(open);
  return to_lower_ascii(trim(text));
}

const Field* field_of_header(const Register& reg, std::string_view header) {
  const std::string wanted = header_text(header);
  for (const auto& field : reg.fields) {
    if (wanted == field.id || wanted == header_text(field.title.zh) || wanted == header_text(field.title.en)) return &field;
    for (const auto& synonym : field.synonyms)
      if (wanted == header_text(synonym)) return &field;
  }
  return nullptr;
}

std::vector<const Field*> map_columns(const Register& reg, const std::vector<std::string>& header, ImportPlan& plan) {
  std::vector<const Field*> columns;
  for (const auto& cell : header) {
    const Field* field = field_of_header(reg, cell);
    if (field != nullptr && std::ranges::count(columns, field) > 0) field = nullptr;  // the first column of that name counts
    columns.push_back(field);
    plan.columns.push_back({cell, field != nullptr ? std::optional(field->id) : std::nullopt});
  }
  std::vector<InputProblem> problems;
  for (const auto& field : reg.fields)
    if (field.required && std::ranges::count(columns, &field) == 0)
      problems.push_back({1,
                          field.id,
                          {"缺少必填的一列“" + field.title.zh + "”", "the required column '" + field.title.en + "' is missing"},
                          {"在第一行加上列名 " + field.title.zh, "add a column headed " + field.title.zh + " or " + field.id}});
  if (!problems.empty()) throw Rejected(Code::invalid, {"列名对不上，文件没有导入", "The columns do not fit; nothing was imported"}, std::move(problems));
  return columns;
}

/// Looks organizations up once each.
class OrganizationCache {
 public:
  explicit OrganizationCache(store::Connection& connection) : connection_(connection) {}
  std::optional<std::string> operator()(std::string_view text) {
    const auto [at, added] = known_.try_emplace(std::string(text));
    if (added) {
      at->second = connection_.query_text("SELECT id FROM entries WHERE register = 'organizations' AND key_text = $1", {text});
      // A name that several bear names none of them: the row is refused, and its remedy asks for the code.
      if (!at->second)
        at->second = connection_.query_text("SELECT MIN(id) FROM entries WHERE register = 'organizations' AND title = $1 HAVING COUNT(*) = 1", {text});
      if (!at->second && text.starts_with("org_"))
        at->second = connection_.query_text("SELECT id FROM entries WHERE register = 'organizations' AND id = $1", {text});
    }
    return at->second;
  }

 private:
  store::Connection& connection_;
  std::unordered_map<std::string, std::optional<std::string>> known_;
};

/// Fields of one line of the file, with every problem of every cell.
PlannedRow read_row(const Definitions& definitions, const Register& reg, const std::vector<const Field*>& columns, const std::vector<std::string>& line,
                    const OrganizationResolver& resolve, Problems& problems) {
  PlannedRow row;
  row.fields.reserve(columns.size());
  for (std::size_t c = 0; c < columns.size() && c < line.size(); ++c) {
    if (columns[c] == nullptr) continue;
    auto value = read_cell(definitions, *columns[c], without_guard(line[c]), resolve, problems);
    if (value && !value->is_null()) row.fields.emplace(columns[c]->id, std::move(*value));
  }
  for (const auto& field : reg.fields)
    if (field.required && !row.fields.contains(field.id) && std::ranges::none_of(problems.errors, [&](const auto& p) { return p.field == field.id; }))
      problems.errors.push_back(missing_field(field));
  if (line.size() > columns.size())
    problems.errors.push_back({std::nullopt, "", {"这一行比表头多出几格", "the row has more cells than the header"}, {"检查有没有没加引号的逗号", "look for a comma that is not in quotes"}});
  return row;
}

/// New, changed or the same, against the entry that bears this key now.
void compare_with_present(store::Connection& connection, const Register& reg, const std::vector<const Field*>& columns, const std::string& key, PlannedRow& row) {
  row.verdict = RowVerdict::new_entry;
  connection.query(
      "SELECT e.id, e.version, v.body FROM entries e JOIN entry_versions v ON v.id = e.id AND v.version = e.version "
      "WHERE e.register = $1 AND e.key_text = $2",
      {reg.id, key}, [&](const store::Row& found) {
        row.entry_id = found.text(0);
        row.version = found.integer(1);
        const json::object present = parse_json(found.text(2)).as_object();
        // Columns that the file does not have stay as they are.
        for (const auto& item : present)
          if (std::ranges::none_of(columns, [&](const Field* f) { return f != nullptr && f->id == item.key(); })) row.fields.emplace(item.key(), item.value());
        row.verdict = present == row.fields ? RowVerdict::same : RowVerdict::changed;
      });
}

void collect(std::vector<InputProblem>& from, std::int64_t row, std::vector<InputProblem>& into) {
  for (auto& problem : from) {
    problem.row = row;
    into.push_back(std::move(problem));
  }
}

}  // namespace

std::int64_t ImportPlan::count(RowVerdict verdict) const { return std::ranges::count(rows, verdict, &PlannedRow::verdict); }

ImportPlan Registry::plan_import(store::Connection& connection, const Actor& actor, const Register& reg, std::string_view csv) const {
  if (!may_create(reg, actor)) throw Rejected(Code::forbidden, {"您没有权限导入这个清单", "You may not import into this register"});
  const auto cells = parse_csv(csv);
  if (cells.empty())
    throw Rejected(Code::malformed, "", {"文件是空的", "the file is empty"},
                   {"第一行写列名，下面每行一条", "put column names in the first row and one entry in each row below"});
  ImportPlan plan;
  const auto columns = map_columns(reg, cells.front(), plan);
  const store::Snapshot snapshot(connection);
  OrganizationCache organizations(connection);
  const OrganizationResolver resolve = [&](std::string_view text) { return organizations(text); };
  const bool for_others = actor.has(Role::department) || actor.has(Role::administrator);
  std::unordered_map<std::string, std::int64_t> row_of_key;
  plan.rows.reserve(cells.size() - 1);

  for (std::size_t i = 1; i < cells.size(); ++i) {
    const auto& line = cells[i];
    if (std::ranges::all_of(line, [](const std::string& cell) { return trim(cell).empty(); })) continue;
    Problems problems;
    PlannedRow row = read_row(definitions_, reg, columns, line, resolve, problems);
    row.row = static_cast<std::int64_t>(i) + 1;
    const std::string key = key_text(reg, row.fields);
    if (problems.errors.empty()) {
      if (reg.with_role("owner") != nullptr && !for_others && !actor.acts_for(role_text(reg, row.fields, "owner")))
        problems.errors.push_back({std::nullopt, reg.with_role("owner")->id, {"只能导入本单位的条目", "you may only import your own organization's entries"},
                                   {"去掉其他单位的行", "remove the rows of other organizations"}});
      const auto [at, first] = row_of_key.try_emplace(key, row.row);
      if (!first)
        problems.errors.push_back({std::nullopt, reg.key.back(), {fmt::format("与第 {} 行重复", at->second), fmt::format("repeats row {}", at->second)},
                                   {"只留一行", "keep one of them"}});
    }
    if (problems.errors.empty()) compare_with_present(connection, reg, columns, key, row);
    collect(problems.errors, row.row, plan.problems);
    collect(problems.warnings, row.row, plan.warnings);
    plan.rows.push_back(std::move(row));
  }
  return plan;
}

ImportResult Registry::commit_rows(store::Transaction& tx, const Actor& actor, const Register& reg, std::span<const PlannedRow> rows, bool publish) const {
  ImportResult result;
  for (const auto& row : rows) {
    if (row.verdict != RowVerdict::new_entry && row.verdict != RowVerdict::changed) continue;
    try {
      // The checks of create and edit come before their first write, so that a refused row leaves nothing behind.
      if (row.verdict == RowVerdict::new_entry) create(tx, actor, reg, row.fields, publish);
      else edit(tx, actor, row.entry_id, row.version, row.fields);
      ++result.committed;
    } catch (const Rejected& rejected) {
      if (rejected.code() == Code::storage_full || rejected.code() == Code::unavailable) throw;
      result.problems.push_back({row.row, rejected.problems().empty() ? "" : rejected.problems().front().field, rejected.message(),
                                 {"重新导入这一行", "import this row again"}});
    }
  }
  return result;
}

}  // namespace jingwei::registry
