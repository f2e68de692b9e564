// Saved queries: commands load, reject, write row, version and feed record.
#include <fmt/format.h>

#include "analytics/analytics.h"
#include "base/check.h"
#include "base/text.h"

namespace jingwei::analytics {
namespace {

using identity::Actor;
using identity::Role;

constexpr std::size_t kChartBytesMax = 2'000;
constexpr auto kSelect =
    "SELECT q.id, q.version, q.title, q.body, q.owner_id, a.name, q.updated_us FROM saved_queries q LEFT JOIN accounts a ON a.id = q.owner_id WHERE q.removed = 0";

SavedQuery read(const store::Row& row) {
  const auto body = parse_json(row.text(3)).as_object();
  SavedQuery query{row.string(0), row.integer(1), row.string(2), std::string(body.at("sql").as_string()), {}, row.string(4)};
  query.owner_name = row.is_null(5) ? "" : row.string(5);
  query.updated_at = to_rfc3339({row.integer(6)});
  if (const auto* chart = body.if_contains("chart")) query.chart = chart->as_object();
  return query;
}

std::string body_of(const QueryWrite& write) {
  json::object body{{"title", write.title}, {"sql", write.sql}};
  if (write.chart) body.emplace("chart", *write.chart);
  return json::serialize(body);
}

/// The SQL itself is not judged here: what may be asked today may be refused tomorrow, and a half-written query may be kept.
QueryWrite checked(QueryWrite write) {
  std::vector<InputProblem> problems;
  write.title = trim(write.title);
  const auto length = to_utf32(write.title).size();
  if (length == 0 || length > kQueryTitleMax)
    problems.push_back({{}, "title", {fmt::format("名称要有 1 到 {} 个字", kQueryTitleMax), fmt::format("a title has 1 to {} characters", kQueryTitleMax)}, {"请改短或补上", "shorten it or fill it in"}});
  if (write.sql.empty() || write.sql.size() > kSqlBytesMax)
    problems.push_back({{}, "sql", {fmt::format("查询要有 1 到 {} 字节", kSqlBytesMax), fmt::format("a query has 1 to {} bytes", kSqlBytesMax)}, {"请改短或补上", "shorten it or fill it in"}});
  if (write.chart && json::serialize(*write.chart).size() > kChartBytesMax)
    problems.push_back({{}, "chart", {"图的设置太长", "the settings of the chart are too long"}, {"请重新画图", "draw the chart anew"}});
  if (!problems.empty()) throw Rejected(Code::invalid, problems.front().reason, problems);
  return write;
}

std::optional<SavedQuery> find(store::Connection& connection, std::string_view id) {
  std::optional<SavedQuery> found;
  connection.query(fmt::format("{} AND q.id = $1", kSelect), {id}, [&](const store::Row& row) { found = read(row); });
  return found;
}

SavedQuery require_own(store::Transaction& tx, const Actor& actor, std::string_view id, std::int64_t version) {
  require_sight(actor);
  auto query = find(tx.reader(), id);
  if (!query) throw Rejected(Code::not_found, {"没有这个查询", "There is no such query"});
  if (!actor.may_write || (query->owner_id != actor.account_id && !actor.has(Role::administrator)))
    throw Rejected(Code::forbidden, {"只能改自己的查询；可另存一份", "Only one's own queries are changed; save a copy"});
  if (query->version != version)
    throw Rejected(Code::version_mismatch, "version",
                   {fmt::format("在您打开之后有人改过（现在是第 {} 版）", query->version), fmt::format("it changed since you opened it (version {} now)", query->version)},
                   {"请重新载入，看过再改", "load it again, look, and change it then"});
  return std::move(*query);
}

void write_version(store::Transaction& tx, const Actor& actor, const SavedQuery& query, std::string_view act, std::string_view body) {
  tx.execute("INSERT INTO saved_query_versions (id, version, at_us, actor_id, act, body) VALUES ($1, $2, $3, $4, $5, $6)",
             {query.id, query.version, tx.now().us, actor.account_id, act, body});
  tx.append_feed("query", act, query.id, query.version);
}

SavedQuery with_content(SavedQuery query, QueryWrite write, Timestamp now) {
  query.title = std::move(write.title);
  query.sql = std::move(write.sql);
  query.chart = std::move(write.chart);
  query.updated_at = to_rfc3339(now);
  return query;
}

}  // namespace

SavedQuery Queries::create(store::Transaction& tx, const Actor& actor, QueryWrite write) const {
  require_sight(actor);
  if (!actor.may_write) throw Rejected(Code::forbidden, {"这个令牌只能读", "This token may only read"});
  write = checked(std::move(write));
  const auto kept = tx.query_integer("SELECT COUNT(*) FROM saved_queries WHERE organization_id = $1 AND removed = 0", {actor.organization_id}).value_or(0);
  if (kept >= static_cast<std::int64_t>(kQueriesPerOrganizationMax))
    throw Rejected(Code::wrong_state, {fmt::format("一个单位最多保存 {} 个查询，请先删去一些", kQueriesPerOrganizationMax),
                                       fmt::format("An organization keeps at most {} queries; remove some first", kQueriesPerOrganizationMax)});
  // From here on it must succeed.
  const auto body = body_of(write);
  SavedQuery query = with_content({tx.new_id("query"), 1, {}, {}, {}, actor.account_id, actor.name, {}}, std::move(write), tx.now());
  tx.execute("INSERT INTO saved_queries (id, version, owner_id, organization_id, updated_us, removed, title, body) VALUES ($1, 1, $2, $3, $4, 0, $5, $6)",
             {query.id, actor.account_id, actor.organization_id, tx.now().us, query.title, body});
  write_version(tx, actor, query, "created", body);
  return query;
}

SavedQuery Queries::edit(store::Transaction& tx, const Actor& actor, std::string_view id, std::int64_t version, QueryWrite write) const {
  auto query = require_own(tx, actor, id, version);
  write = checked(std::move(write));
  // From here on it must succeed.
  const auto body = body_of(write);
  query = with_content(std::move(query), std::move(write), tx.now());
  ++query.version;
  const auto rows = tx.execute("UPDATE saved_queries SET version = $1, updated_us = $2, title = $3, body = $4 WHERE id = $5 AND version = $6",
                               {query.version, tx.now().us, query.title, body, query.id, version});
  CHECK(rows == 1);
  write_version(tx, actor, query, "edited", body);
  return query;
}

void Queries::remove(store::Transaction& tx, const Actor& actor, std::string_view id, std::int64_t version) const {
  auto query = require_own(tx, actor, id, version);
  // From here on it must succeed.
  ++query.version;
  const auto rows = tx.execute("UPDATE saved_queries SET version = $1, updated_us = $2, removed = 1 WHERE id = $3 AND version = $4",
                               {query.version, tx.now().us, query.id, version});
  CHECK(rows == 1);
  write_version(tx, actor, query, "removed", body_of({query.title, query.sql, query.chart}));
}

SavedQuery Queries::require(store::Connection& connection, const Actor& actor, std::string_view id) const {
  require_sight(actor);
  auto query = find(connection, id);
  if (!query) throw Rejected(Code::not_found, {"没有这个查询", "There is no such query"});
  return std::move(*query);
}

std::vector<SavedQuery> Queries::list(store::Connection& connection, const Actor& actor) const {
  require_sight(actor);
  std::vector<SavedQuery> queries;
  connection.query(fmt::format("{} ORDER BY q.updated_us DESC, q.id", kSelect), {}, [&](const store::Row& row) { queries.push_back(read(row)); });
  return queries;
}

}  // namespace jingwei::analytics
