// Who acts: accounts of people, their organizations and roles, sessions, one-time links, API tokens.
//
// Commands take a store::Transaction and run on the writer; reads take a connection. Hashing a password costs some
// 100 ms of a core and never happens on the writer, so signing in has three steps, each on its own thread:
//
//   throttle.admit(login, address, now)       -> seconds to wait; 0: go on
//   accounts.password_of_login(reader, login) -> PasswordOnFile   (unknown logins get one too, and cost the same)
//   accounts.verify(on_file, password)        -> VerifiedSignIn or nothing        on a worker thread
//   accounts.open_session(tx, verified)       -> NewSession                       on the writer
//   throttle.succeeded(login, address)
//
// Changing a password: password_of_account -> prepare_password (worker) -> change_password (writer).
//
// Every command refuses in this order: unauthenticated, forbidden, not_found, invalid (all problems at once, fields are
// JSON pointers), version_mismatch, conflict, wrong_state. Secrets are handed out once; only their SHA-256 is stored.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/described.h"
#include "base/time.h"
#include "crypto/crypto.h"
#include "store/store.h"

namespace jingwei::identity {

enum class Role { administrator, department, enterprise, provider, financier, auditor };
BOOST_DESCRIBE_ENUM(Role, administrator, department, enterprise, provider, financier, auditor)

/// Who is asking. Anonymous readers have no account and no role.
struct Actor {
  std::string account_id;       ///< empty: anonymous
  std::string login;
  std::string name;
  std::string organization_id;  ///< entry of the register organizations; empty: none
  std::vector<Role> roles;
  bool may_write = true;        ///< false for API tokens that may only read

  bool is_anonymous() const { return account_id.empty(); }
  bool has(Role role) const {
    for (const Role own : roles)
      if (own == role) return true;
    return false;
  }
  bool acts_for(std::string_view organization) const { return !organization_id.empty() && organization_id == organization; }
};

/// The person at the node's own command line, who could edit the database by hand: an administrator without an account.
Actor node_operator();

// ---- limits -----------------------------------------------------------------------------------------------------

constexpr std::size_t kLoginCharactersMin = 3;
constexpr std::size_t kLoginCharactersMax = 40;
constexpr std::size_t kNameCharactersMax = 60;
constexpr std::size_t kPasswordCharactersMin = 12;
constexpr std::size_t kPasswordCharactersMax = 128;
constexpr std::size_t kSecretBytes = 32;                                       ///< randomness of every token and link
constexpr std::int64_t kLinkValidUs = 24 * 3600 * kMicrosPerSecond;
constexpr std::int64_t kSessionIdleUs = 2 * 3600 * kMicrosPerSecond;
constexpr std::int64_t kSessionAbsoluteUs = 12 * 3600 * kMicrosPerSecond;
constexpr std::int64_t kSessionTouchUs = 60 * kMicrosPerSecond;                ///< how often "last seen" is written
constexpr std::int64_t kSessionsPerAccountMax = 20;                            ///< one more ends the one seen longest ago
constexpr std::int64_t kCachedSessionUs = 5 * kMicrosPerSecond;                ///< how long a session is believed without a read
constexpr std::size_t kCachedSessionsMax = 16'384;                             ///< entries
constexpr std::int64_t kApiTokenDaysMax = 366;
constexpr std::int64_t kApiTokensPerAccountMax = 50;                           ///< not revoked, not expired
constexpr std::int64_t kThrottleWindowUs = 15 * 60 * kMicrosPerSecond;
constexpr std::int64_t kThrottleFailuresPerLogin = 5;                          ///< per window
constexpr std::int64_t kThrottleFailuresPerAddress = 30;                       ///< per window
constexpr std::size_t kThrottleKeysMax = 65'536;                               ///< logins, and as many addresses
constexpr std::size_t kAccountPageMax = 200;
constexpr std::int64_t kColleaguesMax = 200;                                   ///< of one organization that are told

// ---- accounts ---------------------------------------------------------------------------------------------------

enum class Language { zh, en };
BOOST_DESCRIBE_ENUM(Language, zh, en)

struct Account {
  std::string id;  ///< account_<ULID>
  std::string login;
  std::string name;
  std::vector<Role> roles;
  std::optional<std::string> organization_id;
  Language language = Language::zh;
  bool disabled = false;
  bool has_password = false;  ///< false: must set one
  std::int64_t version = 0;
  std::string created_at;                   ///< RFC 3339
  std::optional<std::string> last_seen_at;  ///< of the sessions that still run
  bool operator==(const Account&) const = default;
};
BOOST_DESCRIBE_STRUCT(Account, (), (id, login, name, roles, organization_id, language, disabled, has_password, version, created_at, last_seen_at))

struct NewAccount {
  std::string login;  ///< normalised: trimmed, half width, lower case; then [a-z0-9._@-]
  std::string name;
  std::vector<Role> roles;
  /// Only its shape is checked here; that the organization exists is the caller's to check.
  std::optional<std::string> organization_id;
  std::optional<Language> language;  ///< zh when absent
};
BOOST_DESCRIBE_STRUCT(NewAccount, (), (login, name, roles, organization_id, language))

/// Replaces everything an administrator may change; an absent organization means none, an absent language leaves it.
struct AccountChange {
  std::string name;
  std::vector<Role> roles;
  std::optional<std::string> organization_id;
  bool disabled = false;
  std::optional<Language> language;
};
BOOST_DESCRIBE_STRUCT(AccountChange, (), (name, roles, organization_id, disabled, language))

struct AccountQuery {
  std::string text;    ///< part of login or name; empty: all
  std::string cursor;  ///< next_cursor of the page before
  std::size_t limit = 50;
};

struct AccountPage {
  std::vector<Account> items;  ///< by login
  std::optional<std::string> next_cursor;
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(AccountPage, (), (items, next_cursor, total))

/// Somebody of an organization, as departments see it.
struct Colleague {
  std::string name;
  std::vector<Role> roles;
};
BOOST_DESCRIBE_STRUCT(Colleague, (), (name, roles))

// ---- links, sessions, tokens ------------------------------------------------------------------------------------

/// What using a link does to the password the person has.
enum class LinkUse {
  new_password,  ///< empties it: for new people and forgotten passwords; ends the person's other sessions
  sign_in,       ///< leaves it
};

struct SignInLink {
  std::string token;  ///< goes after "/signin#link="
  std::string expires_at;
};
BOOST_DESCRIBE_STRUCT(SignInLink, (), (token, expires_at))

struct NewSession {
  std::string token;       ///< for the cookie
  std::string token_hash;  ///< names the session in end_session, change_password, SessionCache::session_ended
  Account account;         ///< must set a password when !account.has_password
};

/// What was on file when the password was asked for.
struct PasswordOnFile {
  std::string account_id;  ///< empty: nobody can sign in with this login
  std::string login;
  std::string hash;        ///< empty: none set
};

/// Made by Accounts::verify only.
struct VerifiedSignIn {
  std::string account_id;
  std::string verified_hash;           ///< must still be on file when the session is opened
  std::optional<std::string> rehashed; ///< with today's cost, when the one on file has another
};

/// Made by Accounts::prepare_password only.
struct PreparedPassword {
  std::string account_id;
  std::string replaces_hash;  ///< must still be on file when it is written
  std::string hash;
};

enum class TokenScope { read, write };
BOOST_DESCRIBE_ENUM(TokenScope, read, write)

struct NewApiToken {
  std::string name;
  std::vector<TokenScope> scopes;  ///< write includes read
  std::string expires_on;          ///< the last day on which it works, Asia/Shanghai; at most kApiTokenDaysMax ahead
};
BOOST_DESCRIBE_STRUCT(NewApiToken, (), (name, scopes, expires_on))

struct ApiToken {
  std::string id;  ///< token_<ULID>
  std::string name;
  std::vector<TokenScope> scopes;
  std::string expires_on;
  bool expired = false;
  std::string created_at;
};
BOOST_DESCRIBE_STRUCT(ApiToken, (), (id, name, scopes, expires_on, expired, created_at))

struct CreatedApiToken : ApiToken {
  std::string token;  ///< "jwt_" and 43 characters; shown once
};
BOOST_DESCRIBE_STRUCT(CreatedApiToken, (ApiToken), (token))

/// All commands and reads. Holds nothing but the hasher; safe on any thread.
///
/// Feed: kind "account", subject the account's id; acts created, updated, link_made, link_used, password_changed,
/// sessions_ended, token_made, token_revoked. Sessions and their "last seen" do not enter the feed.
class Accounts {
 public:
  /// Hashes once, for logins that do not exist.
  explicit Accounts(crypto::PasswordHasher hasher);

  // -- reads
  /// Administrator.
  AccountPage list(store::Connection& connection, const Actor& actor, const AccountQuery& query) const;
  /// Administrator, or one's own.
  Account find(store::Connection& connection, const Actor& actor, std::string_view account_id) const;
  /// Enabled accounts of an organization by name, for departments, administrators and auditors.
  std::vector<Colleague> colleagues(store::Connection& connection, const Actor& actor, std::string_view organization_id) const;
  /// One's own that are not revoked, newest first.
  std::vector<ApiToken> api_tokens(store::Connection& connection, const Actor& actor, Timestamp now) const;

  // -- accounts (administrator)
  /// For `jingwei init`: wrong_state when any account exists. `login` and `name` as for create.
  Account create_first_administrator(store::Transaction& tx, std::string login, std::string name) const;
  /// conflict when the login is taken.
  Account create(store::Transaction& tx, const Actor& actor, NewAccount account) const;
  /// wrong_state when it would leave the node without an enabled administrator. Disabling ends the account's sessions and
  /// links at once; call SessionCache::account_changed after the commit.
  Account update(store::Transaction& tx, const Actor& actor, std::string_view account_id, std::int64_t version, AccountChange change) const;
  /// Voids the account's older links. wrong_state for a disabled account.
  SignInLink make_link(store::Transaction& tx, const Actor& actor, std::string_view account_id, LinkUse use = LinkUse::new_password) const;

  // -- signing in
  /// unauthenticated when the link is unknown, used, replaced or older than kLinkValidUs, without saying which.
  NewSession use_link(store::Transaction& tx, std::string_view token) const;
  PasswordOnFile password_of_login(store::Connection& connection, std::string_view login) const;
  /// Slow; nothing for a wrong password, an unknown login, a disabled account, an account without password.
  std::optional<VerifiedSignIn> verify(const PasswordOnFile& on_file, std::string_view password) const;
  /// unauthenticated when the account was disabled or the password changed meanwhile.
  NewSession open_session(store::Transaction& tx, const VerifiedSignIn& verified) const;
  /// What api answers when verify() gave nothing; the same for every reason.
  static Rejected wrong_login_or_password();

  // -- passwords (one's own, in a session; admit() the login to the throttle first when there is an old one)
  PasswordOnFile password_of_account(store::Connection& connection, const Actor& actor) const;
  /// Slow. `old_password` is needed unless none is set. invalid with every broken rule (/old_password, /new_password).
  PreparedPassword prepare_password(const PasswordOnFile& on_file, const std::optional<std::string>& old_password, std::string_view new_password) const;
  /// Ends all sessions of the account but `keep_token_hash` and voids its links. wrong_state when changed meanwhile.
  void change_password(store::Transaction& tx, const Actor& actor, const PreparedPassword& prepared, std::string_view keep_token_hash) const;

  // -- sessions
  void touch_session(store::Transaction& tx, std::string_view token_hash, Timestamp seen) const;
  void end_session(store::Transaction& tx, std::string_view token_hash) const;
  /// One's own or, as administrator, another's; all but `keep_token_hash`. Returns how many ended.
  std::int64_t end_sessions(store::Transaction& tx, const Actor& actor, std::string_view account_id, std::string_view keep_token_hash = {}) const;
  /// Sessions over their limits and links over theirs; returns how many rows. Run every few minutes.
  std::int64_t delete_expired(store::Transaction& tx) const;

  // -- API tokens (one's own; api allows it in sessions only, so that a token cannot make another that outlives it)
  CreatedApiToken create_api_token(store::Transaction& tx, const Actor& actor, NewApiToken token) const;
  /// One's own or, as administrator, anybody's.
  void revoke_api_token(store::Transaction& tx, const Actor& actor, std::string_view token_id) const;

 private:
  NewSession start_session(store::Transaction& tx, std::string_view account_id) const;

  crypto::PasswordHasher hasher_;
  std::string nobodys_hash_;  ///< of a random password, at today's cost
};

/// Why a password is not good enough; empty when it is. Pure. Rules in testdata/passwords.test.
std::vector<InputProblem> password_problems(std::string_view password, std::string_view login, std::string_view field = "/new_password");
/// Trimmed, half width, lower case: "Ｗang.Li " is "wang.li". Not yet checked.
std::string normalise_login(std::string_view login);

// ---- authentication of each request -----------------------------------------------------------------------------

struct Authentication {
  Actor actor;
  Language language = Language::zh;
  bool must_set_password = false;
  bool by_api_token = false;
  bool touch_due = false;   ///< queue Accounts::touch_session(token_hash, now); said once per kSessionTouchUs
  std::string token_hash;   ///< hexadecimal
};

/// Answers "who is this?" from memory. An entry is believed for kCachedSessionUs, then read again. Other replicas' changes
/// arrive through the feed (account_changed), so they count at most a second later. Thread safe.
class SessionCache {
 public:
  /// Hands a connection to what it is given, at once.
  using WithConnection = std::function<void(const std::function<void(store::Connection&)>&)>;

  explicit SessionCache(store::ReadPool& readers, std::size_t entries_max = kCachedSessionsMax)
      : SessionCache([&readers](const auto& use) { use(*readers.borrow()); }, entries_max) {}
  explicit SessionCache(WithConnection with_connection, std::size_t entries_max = kCachedSessionsMax)
      : with_connection_(std::move(with_connection)), entries_max_(entries_max) {}

  /// The cookie's content. Nothing: unknown, ended, over its idle or absolute limit, or the account is disabled.
  /// Borrows a reader when it has to read, so the caller must not hold one.
  std::optional<Authentication> authenticate_session(std::string_view token, Timestamp now);
  /// The bearer token. Nothing: unknown, revoked, expired, or the account is disabled.
  std::optional<Authentication> authenticate_api_token(std::string_view token, Timestamp now);

  /// For every feed record of kind "account", and by api right after the commit of its own command.
  void account_changed(std::string_view account_id);
  /// Right after end_session was committed.
  void session_ended(std::string_view token_hash);
  void clear();
  std::size_t size() const;

 private:
  struct Entry {
    Authentication authentication;
    Timestamp expires;    ///< absolute limit, or the API token's
    Timestamp seen;       ///< in memory, newer than on disk
    Timestamp persisted;  ///< "last seen" as written or about to be
    Timestamp read_at;
  };
  struct KeyHash {
    std::size_t operator()(const crypto::Digest& key) const;
  };
  enum class Kind { session, api_token };

  std::optional<Authentication> authenticate(Kind kind, std::string_view token, Timestamp now);
  static std::optional<Entry> read(store::Connection& connection, Kind kind, const crypto::Digest& key);
  static std::optional<Authentication> admit(Entry& entry, Kind kind, Timestamp now);
  void make_room(Timestamp now);

  const WithConnection with_connection_;
  const std::size_t entries_max_;
  mutable std::mutex mutex_;
  std::unordered_map<crypto::Digest, Entry, KeyHash> entries_;  ///< guarded by mutex_
  std::uint64_t changes_ = 0;  ///< guarded by mutex_; a read that was overtaken by a change is not kept
};

// ---- throttling -------------------------------------------------------------------------------------------------

/// Slows down guessing, per login and per remote address (IPv6: per /64). In memory, of this process only. Each try takes
/// one of a bucket's places when it is admitted, so parallel tries cannot slip through; success gives it back. Places
/// come back evenly over kThrottleWindowUs (the generic cell rate algorithm, ITU-T I.371). Thread safe.
class SignInThrottle {
 public:
  explicit SignInThrottle(std::size_t keys_max = kThrottleKeysMax) : keys_max_(keys_max) {}

  /// 0: go on, a place was taken. Otherwise seconds to wait, and nothing was taken. Unknown logins count alike.
  std::int64_t admit(std::string_view login, std::string_view address, Timestamp now);
  void succeeded(std::string_view login, std::string_view address);
  /// What api throws for a wait, with `retry_after_s` as the header Retry-After.
  static Rejected throttled(std::int64_t retry_after_s);
  std::size_t size() const;

 private:
  using Bucket = std::unordered_map<std::string, std::int64_t>;  ///< key to the time, in us, when the bucket is empty again

  void make_room(Bucket& bucket, Timestamp now) const;

  const std::size_t keys_max_;
  mutable std::mutex mutex_;
  Bucket logins_;     ///< guarded by mutex_
  Bucket addresses_;  ///< guarded by mutex_
};

}  // namespace jingwei::identity
