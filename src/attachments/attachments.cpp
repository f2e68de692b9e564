// Rows: who handed in what.
#include "attachments/attachments.h"

#include "base/id.h"
#include "base/time.h"

namespace jingwei::attachments {
namespace {

using identity::Actor;
using identity::Role;

constexpr std::string_view kColumns = "id, name, media_type, bytes, sha256, at_us, actor_name, actor_id";
constexpr std::int64_t kDayUs = 24 * 3600 * kMicrosPerSecond;

bool reads_all(const Actor& actor) { return actor.has(Role::department) || actor.has(Role::administrator) || actor.has(Role::auditor); }

struct Found {
  Attachment attachment;
  std::string actor_id;
};
std::optional<Found> look_up(store::Connection& connection, std::string_view id) {
  std::optional<Found> found;
  connection.query("SELECT " + std::string(kColumns) + " FROM attachments WHERE id = $1", {id}, [&](const store::Row& row) {
    found = Found{{row.string(0), row.string(1), row.string(2), row.integer(3), row.string(4), to_rfc3339({row.integer(5)}), row.string(6)}, row.string(7)};
  });
  return found;
}

}  // namespace

bool is_id(std::string_view text) { return text.starts_with(std::string(kIdPrefix) + "_"); }

void require_may_add(const Actor& actor) {
  const bool may = actor.may_write && (actor.has(Role::department) || actor.has(Role::administrator));
  if (!may) throw Rejected(Code::forbidden, {"只有政府部门可以上传佐证文件", "Proofs are handed in by departments"});
}

Attachment add(store::Transaction& tx, const Actor& actor, const NewAttachment& file) {
  require_may_add(actor);
  const auto today = tx.query_integer("SELECT COUNT(*) FROM attachments WHERE actor_id = $1 AND at_us > $2", {actor.account_id, tx.now().us - kDayUs}).value_or(0);
  if (today >= kFilesPerAccountAndDayMax) throw Rejected(Code::throttled, {"一天内上传的文件太多，请明天再传", "Too many files within a day; go on tomorrow"});
  // From here on it must succeed.
  Attachment added{tx.new_id(kIdPrefix), file.name, file.media_type, file.bytes, file.sha256, to_rfc3339(tx.now()), actor.name};
  tx.execute("INSERT INTO attachments (id, sha256, name, media_type, bytes, at_us, actor_id, actor_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
             {added.id, added.sha256, added.name, added.media_type, added.bytes, tx.now().us, actor.account_id, actor.name});
  tx.append_feed("attachment", "added", added.id, 1);
  return added;
}

std::optional<Attachment> find(store::Connection& connection, std::string_view id) {
  auto found = look_up(connection, id);
  return found ? std::optional(std::move(found->attachment)) : std::nullopt;
}

Attachment require(store::Connection& connection, const Actor& actor, std::string_view id) {
  auto found = look_up(connection, id);
  if (!found || (!reads_all(actor) && (actor.account_id.empty() || found->actor_id != actor.account_id)))
    throw Rejected(Code::not_found, {"没有这个文件，或您无权查看", "There is no such file, or it is not for you to see"});
  return std::move(found->attachment);
}

}  // namespace jingwei::attachments
