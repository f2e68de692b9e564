// Lists, histories and export. Filters become SQL; the visibility rules of access.cpp are repeated here as SQL so that pages
// and totals are right, and a test holds the two against each other.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/id.h"
#include "base/text.h"
#include "registry/internal/fields.h"
#include "registry/internal/rows.h"

namespace jingwei::registry {
namespace {

using identity::Actor;
using identity::Role;

/// A WHERE clause under construction with its parameters.
class Where {
 public:
  void add(std::string_view condition_before, store::Param value, std::string_view condition_after = "") {
    and_();
    text_ += condition_before;
    text_ += place(value);
    text_ += condition_after;
  }
  void add(std::string_view condition) {
    and_();
    text_ += condition;
  }
  std::string place(store::Param value) {
    params_.push_back(value);
    return "$" + std::to_string(params_.size());
  }
  const std::string& text() const { return text_; }
  const std::vector<store::Param>& params() const { return params_; }

 private:
  void and_() {
    if (!text_.empty()) text_ += " AND ";
  }
  std::string text_;
  std::vector<store::Param> params_;
};

std::string like_pattern(std::string_view text) {
  std::string pattern = "%";
  for (const char c : to_lower_ascii(text)) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

std::string region_pattern(std::string_view code) {
  const std::string_view stem = code.ends_with("0000") ? code.substr(0, 2) : code.ends_with("00") ? code.substr(0, 4) : code;
  return std::string(stem) + "%";
}

/// Texts that the parameters of a filter point at; must outlive the query.
struct FilterTexts {
  std::string like;
  std::string region;
  std::string state;
};

}  // namespace

static void add_filter(Where& where, const EntryFilter& filter, FilterTexts& texts) {
  where.add("e.register = ", filter.register_id);
  if (filter.state) {
    texts.state = enum_name(*filter.state);
    where.add("e.state = ", texts.state);
  }
  if (!filter.text.empty()) {
    texts.like = like_pattern(filter.text);
    where.add("LOWER(e.title) LIKE ", texts.like, " ESCAPE '\\'");
  }
  if (!filter.region.empty()) {
    texts.region = region_pattern(filter.region);
    where.add("e.region LIKE ", texts.region);
  }
  if (!filter.segment.empty()) where.add("e.segment = ", filter.segment);
  if (!filter.owner_id.empty()) {
    where.add("e.owner_id = ", filter.owner_id);
  }
}

/// As may_read says it: privileged readers see all, others what is published for them and what is their own.
static void add_visibility(Where& where, const Actor& actor, bool reads_drafts, bool reads_published, bool filters_owner) {
  if (reads_drafts) return;
  const std::string_view own = actor.organization_id;
  if (own.empty()) {
    where.add(reads_published ? "e.state = 'published' AND e.audience <> 'invited'" : "1 = 0");
    // A stranger who asks for one owner's entries must not learn which anonymous needs are that owner's.
    if (filters_owner) where.add("e.audience <> 'anonymous'");
    return;
  }
  std::string condition = "(e.owner_id = " + where.place(own);
  if (reads_published) {
    condition += " OR (e.state = 'published' AND (e.audience " + std::string(filters_owner ? "= 'open'" : "<> 'invited'");
    condition += " OR EXISTS (SELECT 1 FROM need_guests g WHERE g.need_id = e.id AND g.organization_id = " + where.place(own) + ")))";
  }
  where.add(condition + ")");
}

EntryPage Registry::list(store::Connection& connection, const Actor& actor, const EntryFilter& filter) const {
  const Register& reg = require_register(filter.register_id);
  Where where;
  FilterTexts texts;
  add_filter(where, filter, texts);
  add_visibility(where, actor, allows(reg.access.read_draft, nullptr, actor), allows(reg.access.read_published, nullptr, actor), !filter.owner_id.empty());
  EntryPage page;
  connection.query("SELECT COUNT(*) FROM entries e WHERE " + where.text(), where.params(), [&](const store::Row& row) { page.total = row.integer(0); });

  std::string cursor_value;
  std::string cursor_id;
  std::int64_t cursor_us = 0;
  if (!filter.cursor.empty()) {
    const auto bar = filter.cursor.rfind('|');
    cursor_value = filter.cursor.substr(0, bar);
    cursor_id = bar == std::string::npos ? "" : filter.cursor.substr(bar + 1);
    const auto [end, error] = std::from_chars(cursor_value.data(), cursor_value.data() + cursor_value.size(), cursor_us);
    const bool is_time = error == std::errc{} && end == cursor_value.data() + cursor_value.size();
    if (!is_id(cursor_id, reg.id_prefix) || !(filter.by_title || is_time))
      throw Rejected(Code::invalid, "cursor", {"翻页位置无效", "this is no cursor of a former page"}, {"请从第一页开始", "start from the first page"});
    const store::Param value = filter.by_title ? store::Param(std::string_view(cursor_value)) : store::Param(cursor_us);
    const std::string column = filter.by_title ? "e.title" : "e.updated_us";
    const std::string beyond = filter.by_title ? " > " : " < ";
    std::string condition = "(" + column + beyond + where.place(value);
    condition += " OR (" + column + " = " + where.place(value);
    condition += " AND e.id" + beyond + where.place(std::string_view(cursor_id)) + "))";
    where.add(condition);
  }
  const std::size_t limit = std::clamp<std::size_t>(filter.limit, 1, kPageMax);
  const std::string order = filter.by_title ? "e.title, e.id" : "e.updated_us DESC, e.id DESC";
  const std::string sql = fmt::format("SELECT {} FROM entries e JOIN entry_versions v ON v.id = e.id AND v.version = e.version WHERE {} ORDER BY {} LIMIT {}",
                                      kEntryColumns, where.text(), order, limit + 1);
  connection.query(sql, where.params(), [&](const store::Row& row) { page.entries.push_back(read_entry(row)); });
  if (page.entries.size() > limit) {
    page.entries.pop_back();
    const Entry& last = page.entries.back();
    page.next_cursor = (filter.by_title ? last.title : std::to_string(last.updated_at.us)) + "|" + last.id;
  }
  return page;
}

void Registry::each(store::Connection& connection, const Actor& actor, const EntryFilter& filter, const std::function<void(const Entry&)>& visit) const {
  const Register& reg = require_register(filter.register_id);
  Where where;
  FilterTexts texts;
  add_filter(where, filter, texts);
  add_visibility(where, actor, allows(reg.access.read_draft, nullptr, actor), allows(reg.access.read_published, nullptr, actor), !filter.owner_id.empty());
  const std::string sql = fmt::format("SELECT {} FROM entries e JOIN entry_versions v ON v.id = e.id AND v.version = e.version WHERE {} ORDER BY e.id",
                                      kEntryColumns, where.text());
  connection.query(sql, where.params(), [&](const store::Row& row) { visit(read_entry(row)); });
}

std::vector<EntryVersion> Registry::history(store::Connection& connection, std::string_view id) const {
  std::vector<EntryVersion> versions;
  connection.query(
      "SELECT v.version, v.at_us, v.actor_id, COALESCE(a.name, ''), v.act, v.body FROM entry_versions v LEFT JOIN accounts a ON a.id = v.actor_id WHERE v.id = "
      "$1 ORDER BY v.version DESC LIMIT 200",
      {id}, [&](const store::Row& row) {
        versions.push_back({row.integer(0), {row.integer(1)}, row.string(2), row.string(3), row.string(4), parse_json(row.text(5)).as_object()});
      });
  return versions;
}

std::string Registry::organization_name(store::Connection& connection, std::string_view organization_id) {
  return connection.query_text("SELECT title FROM entries WHERE id = $1", {organization_id}).value_or("");
}

std::string Registry::export_header(const Register& reg) const {
  std::string line;
  for (const auto& field : reg.fields) line += (line.empty() ? "" : ",") + csv_cell(field.title.zh);
  return line + ",状态\r\n";
}

std::set<std::string> Registry::shared_names(store::Connection& connection) {
  std::set<std::string> names;
  connection.query("SELECT title FROM entries WHERE register = 'organizations' GROUP BY title HAVING COUNT(*) > 1", {}, [&](const store::Row& row) { names.insert(row.string(0)); });
  return names;
}

std::string Registry::export_row(store::Connection& connection, const Register& reg, const Entry& entry, const Actor& actor, bool hide_owner,
                                 const std::set<std::string>& shared_names) const {
  static const std::map<EntryState, std::string> state_names = {
      {EntryState::draft, "草稿"}, {EntryState::published, "已发布"}, {EntryState::withdrawn, "已撤回"}, {EntryState::expired, "已过期"}};
  const json::object visible = visible_fields(entry, actor, hide_owner);
  std::string line;
  for (const auto& field : reg.fields) {
    if (&field != &reg.fields.front()) line += ',';
    const auto at = visible.find(field.id);
    if (at == visible.end()) continue;
    if (field.type == FieldType::organization) {
      const std::string_view id = at->value().as_string();
      const std::string name = organization_name(connection, id);
      line += csv_cell(shared_names.contains(name) ? connection.query_text("SELECT key_text FROM entries WHERE id = $1", {id}).value_or(name) : name);
    } else line += csv_cell(write_cell(definitions_, field, at->value()));
  }
  return line + "," + state_names.at(entry.state) + "\r\n";
}

}  // namespace jingwei::registry
