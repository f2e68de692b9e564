// Rows of the tables accounts and api_tokens, and who is behind an actor. `Source` is a store::Connection or a
// store::Transaction: both answer query(sql, params, visit).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "identity/identity.h"

namespace jingwei::identity {

constexpr std::string_view kAccountPrefix = "account";
constexpr std::string_view kTokenPrefix = "token";
constexpr std::string_view kFeedKind = "account";
constexpr std::string_view kApiTokenStart = "jwt_";  ///< lets scanners of leaked secrets, and people, know one
constexpr std::size_t kSecretCharacters = 43;        ///< kSecretBytes in base64url

/// An account with what its struct for the outside leaves out.
struct AccountRow {
  Account account;
  std::string password_hash;
};

/// Space-separated names, for the columns roles and scopes.
template <DescribedEnum E>
std::string join_names(const std::vector<E>& values) {
  std::string text;
  for (const E value : values) {
    if (!text.empty()) text += ' ';
    text += enum_name(value);
  }
  return text;
}

/// Unknown names are left out: a role that this program no longer knows gives no rights.
template <DescribedEnum E>
std::vector<E> split_names(std::string_view text) {
  std::vector<E> values;
  while (!text.empty()) {
    const auto end = text.find(' ');
    if (const auto value = enum_from_name<E>(text.substr(0, end))) values.push_back(*value);
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
  }
  return values;
}

#define JINGWEI_ACCOUNT_COLUMNS                                                                                       \
  "a.id, a.login, a.name, a.organization_id, a.roles, a.language, a.password_hash, a.disabled, a.version, a.created_us, " \
  "(SELECT MAX(s.seen_us) FROM sessions s WHERE s.account_id = a.id)"

AccountRow read_account(const store::Row& row);

template <class Source>
std::optional<AccountRow> find_account(Source& source, std::string_view account_id) {
  std::optional<AccountRow> found;
  if (!is_id(account_id, kAccountPrefix)) return found;  // also keeps text that PostgreSQL would refuse away from it
  source.query("SELECT " JINGWEI_ACCOUNT_COLUMNS " FROM accounts a WHERE a.id = $1", {account_id},
               [&](const store::Row& row) { found = read_account(row); });
  return found;
}

/// Throws not_found.
AccountRow get_account(store::Transaction& tx, std::string_view account_id);
AccountRow get_account(store::Connection& connection, std::string_view account_id);

[[noreturn]] void refuse_unauthenticated();
[[noreturn]] void refuse_forbidden();
[[noreturn]] void refuse_account_not_found();

bool is_node_operator(const Actor& actor);

/// The actor as the database has it now. An actor was authenticated some moments ago; whoever was disabled or lost a
/// role meanwhile must not finish what was begun before. Throws unauthenticated.
template <class Source>
Actor as_of_now(Source& source, const Actor& actor) {
  if (actor.is_anonymous()) refuse_unauthenticated();
  if (is_node_operator(actor)) return actor;
  const auto found = find_account(source, actor.account_id);
  if (!found || found->account.disabled) refuse_unauthenticated();
  Actor now = actor;
  now.roles = found->account.roles;
  return now;
}

/// Throws forbidden for an API token that may only read. Every command begins with it.
Actor writing_actor(store::Transaction& tx, const Actor& actor);
/// Throws forbidden for all but administrators.
void require_administrator(const Actor& actor);
/// Throws forbidden for the node's operator, who has no account of its own.
void require_account(const Actor& actor);

/// Throws invalid when there is any problem.
void refuse_problems(std::vector<InputProblem> problems);

/// Normalises in place and says all that is wrong. Pure.
std::vector<InputProblem> check_account(NewAccount& account);
std::vector<InputProblem> check_change(AccountChange& change);
/// Trims; 1 to kNameCharactersMax characters without control characters. Pure.
void check_name(std::string& name, std::vector<InputProblem>& problems);

/// True for kSecretCharacters of base64url.
bool is_secret(std::string_view text);
std::string hex_digest(std::string_view secret);

}  // namespace jingwei::identity
