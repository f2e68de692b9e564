// Accounts: creating, finding, changing.
#include "identity/identity.h"

#include "base/check.h"
#include "base/text.h"
#include "identity/internal/rows.h"

namespace jingwei::identity {
namespace {

/// Every enabled administrator but `account_id`. Role names hold no other role's name, so the pattern is exact.
bool other_administrator_exists(store::Transaction& tx, std::string_view account_id) {
  return tx.query_integer("SELECT 1 FROM accounts WHERE roles LIKE '%administrator%' AND disabled = 0 AND id <> $1 LIMIT 1", {account_id}).has_value();
}

Account insert(store::Transaction& tx, const NewAccount& account) {
  const std::string id = tx.new_id(kAccountPrefix);
  tx.execute(
      "INSERT INTO accounts (id, login, name, organization_id, roles, language, password_hash, disabled, version, created_us) "
      "VALUES ($1, $2, $3, $4, $5, $6, '', 0, 1, $7)",
      {id, account.login, account.name, account.organization_id.value_or(""), join_names(account.roles),
       enum_name(account.language.value_or(Language::zh)), tx.now().us});
  tx.append_feed(kFeedKind, "created", id, 1);
  return get_account(tx, id).account;
}

/// A pattern for LIKE … ESCAPE '!' that finds `text` anywhere.
std::string containing(std::string_view text) {
  std::string pattern = "%";
  for (const char c : to_lower_ascii(text)) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return pattern + "%";
}

void check_query(const AccountQuery& query) {
  std::vector<InputProblem> problems;
  if (query.limit < 1 || query.limit > kAccountPageMax)
    problems.push_back({{}, "limit", {"每页条数应为 1 至 200", "a page has 1 to 200 items"}, {"请改用这个范围内的数", "give a number in this range"}});
  if (query.text.size() > 4 * kNameCharactersMax || !is_utf8(query.text) || query.text.find('\0') != std::string::npos)
    problems.push_back({{}, "q", {"查找文字过长或不是文字", "the text to look for is too long or not text"}, {"请缩短后再试", "use a shorter one"}});
  if (query.cursor.size() > kLoginCharactersMax || query.cursor != normalise_login(query.cursor) || !is_utf8(query.cursor) ||
      query.cursor.find('\0') != std::string::npos)
    problems.push_back({{}, "cursor", {"翻页标记不对", "this is no cursor of this list"}, {"请从第一页重新开始", "start again from the first page"}});
  refuse_problems(std::move(problems));
}

}  // namespace

AccountPage Accounts::list(store::Connection& connection, const Actor& actor, const AccountQuery& query) const {
  require_administrator(as_of_now(connection, actor));
  check_query(query);
  const std::string pattern = containing(trim(query.text));
  AccountPage page;
  page.total =
      connection.query_integer("SELECT COUNT(*) FROM accounts WHERE login LIKE $1 ESCAPE '!' OR LOWER(name) LIKE $1 ESCAPE '!'", {pattern}).value_or(0);
  // One more than asked for tells whether there is a next page.
  const auto limit = static_cast<std::int64_t>(query.limit);
  connection.query("SELECT " JINGWEI_ACCOUNT_COLUMNS
                   " FROM accounts a WHERE a.login > $1 AND (a.login LIKE $2 ESCAPE '!' OR LOWER(a.name) LIKE $2 ESCAPE '!') ORDER BY a.login LIMIT $3",
                   {query.cursor, pattern, limit + 1}, [&](const store::Row& row) { page.items.push_back(read_account(row).account); });
  if (page.items.size() > query.limit) {
    page.items.pop_back();
    page.next_cursor = page.items.back().login;
  }
  return page;
}

Account Accounts::find(store::Connection& connection, const Actor& actor, std::string_view account_id) const {
  const Actor now = as_of_now(connection, actor);
  if (now.account_id != account_id) require_administrator(now);
  return get_account(connection, account_id).account;
}

std::vector<Colleague> Accounts::colleagues(store::Connection& connection, const Actor& actor, std::string_view organization_id) const {
  const Actor now = as_of_now(connection, actor);
  if (!now.has(Role::department) && !now.has(Role::administrator) && !now.has(Role::auditor))
    throw Rejected(Code::forbidden, {"只有政府部门可以看单位的人员", "Only departments see who acts for an organization"});
  std::vector<Colleague> people;
  connection.query("SELECT " JINGWEI_ACCOUNT_COLUMNS " FROM accounts a WHERE a.organization_id = $1 AND a.disabled = 0 ORDER BY a.name, a.id LIMIT $2",
                   {organization_id, kColleaguesMax}, [&](const store::Row& row) {
                     auto account = read_account(row).account;
                     people.push_back({std::move(account.name), std::move(account.roles)});
                   });
  return people;
}

Account Accounts::create_first_administrator(store::Transaction& tx, std::string login, std::string name) const {
  NewAccount account{.login = std::move(login), .name = std::move(name), .roles = {Role::administrator}};
  refuse_problems(check_account(account));
  if (tx.query_integer("SELECT 1 FROM accounts LIMIT 1"))
    throw Rejected(Code::wrong_state, {"节点已有账号；请由现有管理员新建", "The node has accounts already; ask one of its administrators for another"});
  return insert(tx, account);
}

Account Accounts::create(store::Transaction& tx, const Actor& actor, NewAccount account) const {
  require_administrator(writing_actor(tx, actor));
  refuse_problems(check_account(account));
  if (tx.query_integer("SELECT 1 FROM accounts WHERE login = $1", {account.login}))
    throw Rejected(Code::conflict, "/login", {"这个登录名已被使用", "this login is taken"}, {"请换一个登录名", "choose another"});
  return insert(tx, account);
}

Account Accounts::update(store::Transaction& tx, const Actor& actor, std::string_view account_id, std::int64_t version, AccountChange change) const {
  require_administrator(writing_actor(tx, actor));
  const AccountRow before = get_account(tx, account_id);
  refuse_problems(check_change(change));
  if (before.account.version != version)
    throw Rejected(Code::version_mismatch, {"账号已被别人修改，请刷新后再改", "Somebody changed this account meanwhile; read it again first"});
  const bool stays_administrator = !change.disabled && Actor{.roles = change.roles}.has(Role::administrator);
  if (!stays_administrator && !other_administrator_exists(tx, account_id))
    throw Rejected(Code::wrong_state, {"这是最后一个可用的管理员，不能停用或取消其管理员角色；请先任命另一位管理员",
                                       "This is the last enabled administrator and can neither be disabled nor lose the role; appoint another first"});
  // From here on it must succeed.
  tx.execute("UPDATE accounts SET name = $1, roles = $2, organization_id = $3, disabled = $4, language = $5, version = $6 WHERE id = $7",
             {change.name, join_names(change.roles), change.organization_id.value_or(""), std::int64_t{change.disabled},
              enum_name(change.language.value_or(before.account.language)), version + 1, account_id});
  if (change.disabled) {
    tx.execute("DELETE FROM sessions WHERE account_id = $1", {account_id});
    tx.execute("DELETE FROM sign_in_links WHERE account_id = $1", {account_id});
  }
  tx.append_feed(kFeedKind, "updated", account_id, version + 1);
  Account after = get_account(tx, account_id).account;
  CHECK(after.version == version + 1);
  return after;
}

}  // namespace jingwei::identity
