// Lists that departments keep, and who is told that they are on one.
#include "policy/lists.h"

namespace jingwei::policy {

KeptList keep_list(store::Transaction& tx, const identity::Actor& actor, const Policy& policy, const std::string& day, const std::vector<ListRow>& claimants) {
  if (claimants.size() > kKeptListMembersMax) throw Rejected(Code::too_large, {"名单太长", "The list is too long"});
  std::set<std::string> before;
  tx.query("SELECT DISTINCT m.organization_id FROM policy_list_members m JOIN policy_lists l ON l.id = m.list_id WHERE l.policy = $1", {policy.id},
           [&](const store::Row& row) { before.insert(row.string(0)); });
  // From here on it must succeed.
  KeptList list{tx.new_id("policy_list"), policy.id, day, to_rfc3339(tx.now()), actor.name, static_cast<std::int64_t>(claimants.size()), 0, 0};
  for (const auto& row : claimants) {
    const bool is_new = !before.contains(row.organization);
    list.new_members += is_new ? 1 : 0;
    list.amount_fen += row.amount_fen.value_or(0);
    tx.execute("INSERT INTO policy_list_members (list_id, organization_id, amount_fen, is_new) VALUES ($1, $2, $3, $4)",
               {list.id, row.organization, row.amount_fen.value_or(-1), std::int64_t{is_new}});
  }
  tx.execute("INSERT INTO policy_lists (id, policy, title_zh, title_en, day, made_us, actor_id, members, new_members, amount_fen) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
             {list.id, policy.id, policy.title.zh, policy.title.en, day, tx.now().us, actor.account_id, list.members, list.new_members, list.amount_fen});
  tx.append_feed("policy_list", "keep", list.id, 1);
  return list;
}

std::vector<KeptList> kept_lists(store::Connection& connection, std::string_view policy_id, std::size_t limit) {
  std::vector<KeptList> lists;
  connection.query("SELECT l.id, l.policy, l.day, l.made_us, a.name, l.members, l.new_members, l.amount_fen FROM policy_lists l LEFT JOIN accounts a ON a.id = l.actor_id "
                   "WHERE l.policy = $1 ORDER BY l.made_us DESC, l.id DESC LIMIT $2",
                   {policy_id, static_cast<std::int64_t>(limit)}, [&](const store::Row& row) {
                     lists.push_back({row.string(0), row.string(1), row.string(2), to_rfc3339({row.integer(3)}), row.is_null(4) ? "" : row.string(4), row.integer(5),
                                      row.integer(6), row.integer(7)});
                   });
  return lists;
}

std::optional<std::set<std::string>> ever_listed(store::Connection& connection, std::string_view policy_id) {
  if (connection.query_integer("SELECT COUNT(*) FROM policy_lists WHERE policy = $1", {policy_id}).value_or(0) == 0) return std::nullopt;
  std::set<std::string> all;
  connection.query("SELECT DISTINCT m.organization_id FROM policy_list_members m JOIN policy_lists l ON l.id = m.list_id WHERE l.policy = $1", {policy_id},
                   [&](const store::Row& row) { all.insert(row.string(0)); });
  return all;
}

std::vector<NewlyEntitled> newly_entitled(store::Connection& connection, std::string_view organization_id, Timestamp since) {
  std::vector<NewlyEntitled> news;
  connection.query("SELECT l.id, l.policy, l.title_zh, l.title_en, l.made_us FROM policy_list_members m JOIN policy_lists l ON l.id = m.list_id "
                   "WHERE m.organization_id = $1 AND m.is_new = 1 AND l.made_us >= $2 ORDER BY l.made_us DESC, l.id",
                   {organization_id, since.us}, [&](const store::Row& row) {
                     news.push_back({row.string(0), row.string(1), {row.string(2), row.string(3)}, to_rfc3339({row.integer(4)})});
                   });
  return news;
}

}  // namespace jingwei::policy
