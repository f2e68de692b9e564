// Links, passwords and sessions.
//
// A link's purpose is part of what is hashed, so that the table needs no column for it and nobody can turn a link that
// leaves the password alone into one that empties it.
#include "base/check.h"
#include "identity/internal/rows.h"

namespace jingwei::identity {
namespace {

std::string link_hash(LinkUse use, std::string_view token) {
  const std::string_view purpose = use == LinkUse::new_password ? "new_password:" : "sign_in:";
  return to_hex(crypto::sha256({as_bytes(purpose), as_bytes(token)}));
}

[[noreturn]] void refuse_link() {
  throw Rejected(Code::unauthenticated, {"登录链接无效：可能已经用过、过期或被新的链接取代；请向管理员要一个新的",
                                         "This link does not work: it was used, is too old or was replaced; ask an administrator for a new one"});
}

[[noreturn]] void refuse_changed_meanwhile() {
  throw Rejected(Code::wrong_state, {"密码刚刚被修改过，请重新登录后再试", "The password was changed a moment ago; sign in again and retry"});
}

struct FoundLink {
  std::string hash;
  std::string account_id;
  LinkUse use;
};

FoundLink find_usable_link(store::Transaction& tx, std::string_view token) {
  if (!is_secret(token)) refuse_link();
  for (const LinkUse use : {LinkUse::new_password, LinkUse::sign_in}) {
    FoundLink link{link_hash(use, token), "", use};
    const auto account_id =
        tx.query_text("SELECT account_id FROM sign_in_links WHERE token_hash = $1 AND used_us = 0 AND expires_us > $2", {link.hash, tx.now().us});
    if (!account_id) continue;
    link.account_id = *account_id;
    return link;
  }
  refuse_link();
}

std::int64_t delete_sessions(store::Transaction& tx, std::string_view account_id, std::string_view keep_token_hash) {
  return tx.execute("DELETE FROM sessions WHERE account_id = $1 AND token_hash <> $2", {account_id, keep_token_hash});
}

}  // namespace

Accounts::Accounts(crypto::PasswordHasher hasher) : hasher_(hasher) {
  // Nobody knows the password; it need not be random for that, as a match gives nothing.
  nobodys_hash_ = hasher_.hash("nobody's password");
}

// ---- links ------------------------------------------------------------------------------------------------------

SignInLink Accounts::make_link(store::Transaction& tx, const Actor& actor, std::string_view account_id, LinkUse use) const {
  require_administrator(writing_actor(tx, actor));
  const Account account = get_account(tx, account_id).account;
  if (account.disabled)
    throw Rejected(Code::wrong_state, {"账号已停用，请先启用", "The account is disabled; enable it first"});
  const SignInLink link{crypto::random_token(tx.random(), kSecretBytes), to_rfc3339({tx.now().us + kLinkValidUs})};
  tx.execute("DELETE FROM sign_in_links WHERE account_id = $1", {account_id});
  tx.execute("INSERT INTO sign_in_links (token_hash, account_id, created_us, expires_us, used_us) VALUES ($1, $2, $3, $4, 0)",
             {link_hash(use, link.token), account_id, tx.now().us, tx.now().us + kLinkValidUs});
  tx.append_feed(kFeedKind, "link_made", account_id, account.version);
  return link;
}

NewSession Accounts::use_link(store::Transaction& tx, std::string_view token) const {
  const FoundLink link = find_usable_link(tx, token);
  const auto row = find_account(tx, link.account_id);
  if (!row || row->account.disabled) refuse_link();
  // From here on it must succeed.
  const bool empties = link.use == LinkUse::new_password && row->account.has_password;
  const std::int64_t version = row->account.version + (empties ? 1 : 0);
  tx.execute("UPDATE sign_in_links SET used_us = $1 WHERE token_hash = $2", {tx.now().us, link.hash});
  if (empties) tx.execute("UPDATE accounts SET password_hash = '', version = $1 WHERE id = $2", {version, link.account_id});
  if (link.use == LinkUse::new_password) delete_sessions(tx, link.account_id, "");
  tx.append_feed(kFeedKind, "link_used", link.account_id, version);
  return start_session(tx, link.account_id);
}

// ---- passwords --------------------------------------------------------------------------------------------------

PasswordOnFile Accounts::password_of_login(store::Connection& connection, std::string_view login) const {
  PasswordOnFile on_file{.account_id = "", .login = normalise_login(login), .hash = ""};
  NewAccount shape{.login = on_file.login, .name = "-", .roles = {Role::auditor}};
  if (!check_account(shape).empty()) return on_file;  // nobody can have such a login, and PostgreSQL may not take it as text
  connection.query("SELECT id, password_hash FROM accounts WHERE login = $1 AND disabled = 0", {on_file.login}, [&](const store::Row& row) {
    on_file.account_id = row.string(0);
    on_file.hash = row.string(1);
  });
  return on_file;
}

std::optional<VerifiedSignIn> Accounts::verify(const PasswordOnFile& on_file, std::string_view password) const {
  const bool somebody = !on_file.account_id.empty() && !on_file.hash.empty();
  const bool matches = crypto::PasswordHasher::verify(somebody ? on_file.hash : nobodys_hash_, password);
  if (!somebody || !matches) return std::nullopt;
  VerifiedSignIn verified{on_file.account_id, on_file.hash, std::nullopt};
  if (hasher_.needs_rehash(on_file.hash)) verified.rehashed = hasher_.hash(password);
  return verified;
}

Rejected Accounts::wrong_login_or_password() {
  return Rejected(Code::unauthenticated, {"登录名或密码不对；忘记密码请向管理员要登录链接",
                                          "The login or the password is wrong; if you forgot it, ask an administrator for a sign-in link"});
}

PasswordOnFile Accounts::password_of_account(store::Connection& connection, const Actor& actor) const {
  require_account(as_of_now(connection, actor));
  AccountRow row = get_account(connection, actor.account_id);
  return {row.account.id, row.account.login, std::move(row.password_hash)};
}

PreparedPassword Accounts::prepare_password(const PasswordOnFile& on_file, const std::optional<std::string>& old_password,
                                            std::string_view new_password) const {
  auto problems = password_problems(new_password, on_file.login);
  if (!on_file.hash.empty()) {
    if (!old_password)
      problems.push_back({{}, "/old_password", {"没有填写原密码", "the old password is missing"}, {"请填写现在的密码", "give the present password"}});
    else if (!crypto::PasswordHasher::verify(on_file.hash, *old_password))
      problems.push_back({{}, "/old_password", {"原密码不对", "the old password is wrong"}, {"请重新输入现在的密码", "type the present password again"}});
    else if (*old_password == new_password)
      problems.push_back({{}, "/new_password", {"新密码与原密码相同", "the new password is the old one"}, {"请换一个不同的密码", "choose another"}});
  }
  refuse_problems(std::move(problems));
  return {on_file.account_id, on_file.hash, hasher_.hash(new_password)};
}

void Accounts::change_password(store::Transaction& tx, const Actor& actor, const PreparedPassword& prepared, std::string_view keep_token_hash) const {
  CHECK(prepared.account_id == actor.account_id && !prepared.hash.empty());
  require_account(writing_actor(tx, actor));
  const AccountRow row = get_account(tx, actor.account_id);
  if (row.password_hash != prepared.replaces_hash) refuse_changed_meanwhile();
  // From here on it must succeed.
  const std::int64_t version = row.account.version + 1;
  tx.execute("UPDATE accounts SET password_hash = $1, version = $2 WHERE id = $3", {prepared.hash, version, row.account.id});
  tx.execute("DELETE FROM sign_in_links WHERE account_id = $1", {row.account.id});
  delete_sessions(tx, row.account.id, keep_token_hash);
  tx.append_feed(kFeedKind, "password_changed", row.account.id, version);
}

// ---- sessions ---------------------------------------------------------------------------------------------------

NewSession Accounts::open_session(store::Transaction& tx, const VerifiedSignIn& verified) const {
  const auto row = find_account(tx, verified.account_id);
  if (!row || row->account.disabled || row->password_hash != verified.verified_hash) throw wrong_login_or_password();
  // From here on it must succeed.
  if (verified.rehashed) tx.execute("UPDATE accounts SET password_hash = $1 WHERE id = $2", {*verified.rehashed, verified.account_id});
  return start_session(tx, verified.account_id);
}

NewSession Accounts::start_session(store::Transaction& tx, std::string_view account_id) const {
  // Makes room before the new one comes, so that equal times cannot push the new one out.
  tx.execute("DELETE FROM sessions WHERE account_id = $1 AND token_hash NOT IN "
             "(SELECT token_hash FROM sessions WHERE account_id = $1 ORDER BY seen_us DESC, token_hash LIMIT $2)",
             {account_id, kSessionsPerAccountMax - 1});
  NewSession session;
  session.token = crypto::random_token(tx.random(), kSecretBytes);
  session.token_hash = hex_digest(session.token);
  tx.execute("INSERT INTO sessions (token_hash, account_id, created_us, seen_us) VALUES ($1, $2, $3, $3)", {session.token_hash, account_id, tx.now().us});
  session.account = get_account(tx, account_id).account;
  return session;
}

void Accounts::touch_session(store::Transaction& tx, std::string_view token_hash, Timestamp seen) const {
  tx.execute("UPDATE sessions SET seen_us = $1 WHERE token_hash = $2 AND seen_us < $1", {seen.us, token_hash});
}

void Accounts::end_session(store::Transaction& tx, std::string_view token_hash) const {
  tx.execute("DELETE FROM sessions WHERE token_hash = $1", {token_hash});
}

std::int64_t Accounts::end_sessions(store::Transaction& tx, const Actor& actor, std::string_view account_id, std::string_view keep_token_hash) const {
  const Actor now = writing_actor(tx, actor);
  if (now.account_id != account_id) require_administrator(now);
  const Account account = get_account(tx, account_id).account;
  const std::int64_t ended = delete_sessions(tx, account_id, keep_token_hash);
  tx.append_feed(kFeedKind, "sessions_ended", account_id, account.version);
  return ended;
}

std::int64_t Accounts::delete_expired(store::Transaction& tx) const {
  // "Last seen" is written up to kSessionTouchUs late, so memory may know that a session is alive when the row looks dead.
  const std::int64_t idle_since = tx.now().us - kSessionIdleUs - 2 * kSessionTouchUs;
  std::int64_t deleted = tx.execute("DELETE FROM sessions WHERE seen_us < $1 OR created_us <= $2", {idle_since, tx.now().us - kSessionAbsoluteUs});
  deleted += tx.execute("DELETE FROM sign_in_links WHERE expires_us <= $1", {tx.now().us});
  return deleted;
}

}  // namespace jingwei::identity
