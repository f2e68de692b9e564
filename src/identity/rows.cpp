// Reading accounts, and the refusals that every command shares.
#include "identity/internal/rows.h"

#include <algorithm>

#include "base/check.h"

namespace jingwei::identity {
namespace {

constexpr std::string_view kNodeOperatorId = "node";  // no ULID, so no account can have it

}  // namespace

Actor node_operator() {
  return {.account_id = std::string(kNodeOperatorId), .login = "node", .name = "节点运维", .organization_id = "", .roles = {Role::administrator}};
}

bool is_node_operator(const Actor& actor) { return actor.account_id == kNodeOperatorId; }

AccountRow read_account(const store::Row& row) {
  AccountRow out;
  Account& account = out.account;
  account.id = row.string(0);
  account.login = row.string(1);
  account.name = row.string(2);
  if (!row.text(3).empty()) account.organization_id = row.string(3);
  account.roles = split_names<Role>(row.text(4));
  account.language = enum_from_name<Language>(row.text(5)).value_or(Language::zh);
  out.password_hash = row.string(6);
  account.has_password = !out.password_hash.empty();
  account.disabled = row.integer(7) != 0;
  account.version = row.integer(8);
  account.created_at = to_rfc3339({row.integer(9)});
  if (!row.is_null(10)) account.last_seen_at = to_rfc3339({row.integer(10)});
  return out;
}

AccountRow get_account(store::Transaction& tx, std::string_view account_id) {
  auto found = find_account(tx, account_id);
  if (!found) refuse_account_not_found();
  return std::move(*found);
}

AccountRow get_account(store::Connection& connection, std::string_view account_id) {
  auto found = find_account(connection, account_id);
  if (!found) refuse_account_not_found();
  return std::move(*found);
}

void refuse_unauthenticated() { throw Rejected(Code::unauthenticated, {"请先登录", "Sign in first"}); }

void refuse_forbidden() { throw Rejected(Code::forbidden, {"您没有做这件事的权限，请联系管理员", "You are not allowed to do this; ask an administrator"}); }

void refuse_account_not_found() { throw Rejected(Code::not_found, {"没有这个账号", "There is no such account"}); }

Actor writing_actor(store::Transaction& tx, const Actor& actor) {
  Actor now = as_of_now(tx, actor);
  if (!now.may_write)
    throw Rejected(Code::forbidden, {"这个 API 令牌只能读取，不能修改", "This API token may only read; use one with the scope write"});
  return now;
}

void require_administrator(const Actor& actor) {
  if (!actor.has(Role::administrator)) refuse_forbidden();
}

void require_account(const Actor& actor) {
  if (is_node_operator(actor)) refuse_forbidden();
}

void refuse_problems(std::vector<InputProblem> problems) {
  if (problems.empty()) return;
  throw Rejected(Code::invalid, {"提交的内容有误，请按提示修改", "The content has mistakes; mend them as told"}, std::move(problems));
}

bool is_secret(std::string_view text) {
  return text.size() == kSecretCharacters && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

std::string hex_digest(std::string_view secret) { return to_hex(crypto::sha256(as_bytes(secret))); }

}  // namespace jingwei::identity
