// Who is behind a cookie or a bearer token, mostly without a read.
//
// A read may be overtaken: the row is read, the account is disabled, account_changed finds nothing to drop, and the old
// row is kept. So each read remembers how many changes there were when it began and keeps its result only when there
// were no more since.
#include <algorithm>
#include <cstring>

#include "identity/internal/rows.h"

namespace jingwei::identity {

std::size_t SessionCache::KeyHash::operator()(const crypto::Digest& key) const {
  std::size_t hash = 0;  // the key is itself a hash
  std::memcpy(&hash, key.data(), sizeof(hash));
  return hash;
}

std::optional<Authentication> SessionCache::authenticate_session(std::string_view token, Timestamp now) {
  if (!is_secret(token)) return std::nullopt;
  return authenticate(Kind::session, token, now);
}

std::optional<Authentication> SessionCache::authenticate_api_token(std::string_view token, Timestamp now) {
  if (!token.starts_with(kApiTokenStart) || !is_secret(token.substr(kApiTokenStart.size()))) return std::nullopt;
  return authenticate(Kind::api_token, token, now);
}

std::optional<Authentication> SessionCache::authenticate(Kind kind, std::string_view token, Timestamp now) {
  const crypto::Digest key = crypto::sha256(as_bytes(token));
  std::uint64_t changes_before = 0;
  {
    const std::lock_guard lock(mutex_);
    const auto at = entries_.find(key);
    const std::int64_t age_us = at == entries_.end() ? -1 : now.us - at->second.read_at.us;
    if (age_us >= 0 && age_us < kCachedSessionUs) {  // a clock that was set back makes it negative: read again
      auto authentication = admit(at->second, kind, now);
      if (!authentication) entries_.erase(at);
      return authentication;
    }
    changes_before = changes_;
  }
  std::optional<Entry> fresh;
  with_connection_([&](store::Connection& connection) { fresh = read(connection, kind, key); });
  const std::lock_guard lock(mutex_);
  const auto known = entries_.find(key);
  if (fresh && known != entries_.end()) {
    fresh->seen = std::max(fresh->seen, known->second.seen);
    fresh->persisted = std::max(fresh->persisted, known->second.persisted);
  }
  auto authentication = fresh ? admit(*fresh, kind, now) : std::nullopt;
  if (!authentication) {
    if (known != entries_.end()) entries_.erase(known);
    return std::nullopt;
  }
  if (changes_ != changes_before) return authentication;
  fresh->read_at = now;
  if (known == entries_.end()) make_room(now);
  entries_.insert_or_assign(key, std::move(*fresh));
  return authentication;
}

std::optional<SessionCache::Entry> SessionCache::read(store::Connection& connection, Kind kind, const crypto::Digest& key) {
  constexpr std::string_view kOfSession =
      "SELECT a.id, a.login, a.name, a.organization_id, a.roles, a.language, a.password_hash, s.created_us, s.seen_us, '' "
      "FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.token_hash = $1 AND a.disabled = 0";
  constexpr std::string_view kOfApiToken =
      "SELECT a.id, a.login, a.name, a.organization_id, a.roles, a.language, a.password_hash, t.created_us, t.expires_us, t.scopes "
      "FROM api_tokens t JOIN accounts a ON a.id = t.account_id WHERE t.token_hash = $1 AND t.revoked_us = 0 AND a.disabled = 0";
  const std::string hash = to_hex(key);
  std::optional<Entry> found;
  connection.query(kind == Kind::session ? kOfSession : kOfApiToken, {hash}, [&](const store::Row& row) {
    Entry entry;
    Authentication& who = entry.authentication;
    who.actor = {row.string(0), row.string(1), row.string(2), row.string(3), split_names<Role>(row.text(4))};
    who.language = enum_from_name<Language>(row.text(5)).value_or(Language::zh);
    who.must_set_password = row.text(6).empty();
    who.token_hash = hash;
    if (kind == Kind::session) {
      entry.expires = {row.integer(7) + kSessionAbsoluteUs};
      entry.seen = entry.persisted = {row.integer(8)};
    } else {
      entry.expires = {row.integer(8)};
      who.by_api_token = true;
      const auto scopes = split_names<TokenScope>(row.text(9));
      who.actor.may_write = std::ranges::find(scopes, TokenScope::write) != scopes.end();
    }
    found = std::move(entry);
  });
  return found;
}

std::optional<Authentication> SessionCache::admit(Entry& entry, Kind kind, Timestamp now) {
  if (now >= entry.expires) return std::nullopt;
  Authentication authentication = entry.authentication;
  if (kind == Kind::session) {
    if (now.us - entry.seen.us >= kSessionIdleUs) return std::nullopt;
    entry.seen = std::max(entry.seen, now);
    if (now.us - entry.persisted.us >= kSessionTouchUs) {
      authentication.touch_due = true;
      entry.persisted = now;  // so that one request is told, not each that comes before the write
    }
  }
  return authentication;
}

void SessionCache::make_room(Timestamp now) {
  if (entries_.size() < entries_max_) return;
  std::erase_if(entries_, [&](const auto& item) { return now.us - item.second.read_at.us >= kCachedSessionUs; });
  // Everything may be read again; dropping all when little was old keeps the cost of making room small on average.
  if (entries_.size() > entries_max_ / 4 * 3) entries_.clear();
}

void SessionCache::account_changed(std::string_view account_id) {
  const std::lock_guard lock(mutex_);
  ++changes_;
  std::erase_if(entries_, [&](const auto& item) { return item.second.authentication.actor.account_id == account_id; });
}

void SessionCache::session_ended(std::string_view token_hash) {
  const std::lock_guard lock(mutex_);
  ++changes_;
  std::erase_if(entries_, [&](const auto& item) { return item.second.authentication.token_hash == token_hash; });
}

void SessionCache::clear() {
  const std::lock_guard lock(mutex_);
  ++changes_;
  entries_.clear();
}

std::size_t SessionCache::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

}  // namespace jingwei::identity
