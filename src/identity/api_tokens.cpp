// API tokens: for programs that act for a person. They carry the person's roles at the time of each request.
#include <algorithm>

#include "base/check.h"
#include "identity/internal/rows.h"

namespace jingwei::identity {
namespace {

Timestamp start_of_shanghai_day(const std::string& day) {
  const auto time = from_rfc3339(day + "T00:00:00+08:00");
  CHECK(time.has_value());
  return *time;
}

/// Normalises in place, says all that is wrong and, when nothing is, gives the instant from which the token is dead.
Timestamp check_token(NewApiToken& token, Timestamp now) {
  std::vector<InputProblem> problems;
  check_name(token.name, problems);
  std::ranges::sort(token.scopes);
  const auto repeated = std::ranges::unique(token.scopes);
  token.scopes.erase(repeated.begin(), repeated.end());
  if (token.scopes.empty())
    problems.push_back({{}, "/scopes", {"没有选择权限范围", "no scope is given"}, {"请选择读取(read)或修改(write)", "give read or write"}});
  Timestamp expires;
  const auto day = normalise_date(token.expires_on);
  if (!day) {
    problems.push_back({{}, "/expires_on", {"不是有效的日期", "this is not a date"}, {"请写成 2026-12-31 的样子", "write it like 2026-12-31"}});
  } else {
    token.expires_on = *day;
    expires = {start_of_shanghai_day(*day).us + kMicrosPerDay};
    const Timestamp today = start_of_shanghai_day(shanghai_date(now));
    if (expires.us <= today.us)
      problems.push_back({{}, "/expires_on", {"日期已经过去", "the date is past"}, {"请选择今天或以后的日期", "choose today or later"}});
    else if (expires.us - kMicrosPerDay > today.us + kApiTokenDaysMax * kMicrosPerDay)
      problems.push_back({{}, "/expires_on", {"有效期超过 366 天", "it would work for more than 366 days"}, {"请选择更早的日期", "choose an earlier date"}});
  }
  refuse_problems(std::move(problems));
  return expires;
}

/// The last day on which a token works, from the instant at which it dies.
std::string last_day(Timestamp expires) { return shanghai_date({expires.us - 1}); }

}  // namespace

std::vector<ApiToken> Accounts::api_tokens(store::Connection& connection, const Actor& actor, Timestamp now) const {
  as_of_now(connection, actor);
  std::vector<ApiToken> tokens;
  connection.query("SELECT id, name, scopes, expires_us, created_us FROM api_tokens WHERE account_id = $1 AND revoked_us = 0 ORDER BY created_us DESC, id DESC",
                   {actor.account_id}, [&](const store::Row& row) {
                     const Timestamp expires{row.integer(3)};
                     tokens.push_back({row.string(0), row.string(1), split_names<TokenScope>(row.text(2)), last_day(expires), now >= expires,
                                       to_rfc3339({row.integer(4)})});
                   });
  return tokens;
}

CreatedApiToken Accounts::create_api_token(store::Transaction& tx, const Actor& actor, NewApiToken token) const {
  require_account(writing_actor(tx, actor));
  const Timestamp expires = check_token(token, tx.now());
  const auto live =
      tx.query_integer("SELECT COUNT(*) FROM api_tokens WHERE account_id = $1 AND revoked_us = 0 AND expires_us > $2", {actor.account_id, tx.now().us});
  if (live.value_or(0) >= kApiTokensPerAccountMax)
    throw Rejected(Code::wrong_state, {"有效的 API 令牌已达 50 个，请先撤销不用的", "There are 50 working API tokens already; revoke those you do not use"});
  // From here on it must succeed.
  CreatedApiToken created;
  created.id = tx.new_id(kTokenPrefix);
  created.name = token.name;
  created.scopes = token.scopes;
  created.expires_on = token.expires_on;
  created.created_at = to_rfc3339(tx.now());
  created.token = std::string(kApiTokenStart) + crypto::random_token(tx.random(), kSecretBytes);
  tx.execute("INSERT INTO api_tokens (id, account_id, name, token_hash, scopes, created_us, expires_us, revoked_us) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
             {created.id, actor.account_id, created.name, hex_digest(created.token), join_names(created.scopes), tx.now().us, expires.us});
  tx.append_feed(kFeedKind, "token_made", actor.account_id, get_account(tx, actor.account_id).account.version);
  return created;
}

void Accounts::revoke_api_token(store::Transaction& tx, const Actor& actor, std::string_view token_id) const {
  const Actor now = writing_actor(tx, actor);
  std::string owner;
  bool revoked = false;
  if (is_id(token_id, kTokenPrefix))
    tx.query("SELECT account_id, revoked_us FROM api_tokens WHERE id = $1", {token_id}, [&](const store::Row& row) {
      owner = row.string(0);
      revoked = row.integer(1) != 0;
    });
  // Another person's token is as good as none to all but administrators.
  if (owner.empty() || (owner != now.account_id && !now.has(Role::administrator)))
    throw Rejected(Code::not_found, {"没有这个 API 令牌", "There is no such API token"});
  if (revoked) return;  // asked for twice
  tx.execute("UPDATE api_tokens SET revoked_us = $1 WHERE id = $2", {tx.now().us, token_id});
  tx.append_feed(kFeedKind, "token_revoked", owner, get_account(tx, owner).account.version);
}

}  // namespace jingwei::identity
