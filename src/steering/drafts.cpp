// Drafts of plans: what a clerk has corrected so far, found again after the browser was closed.
#include <fmt/format.h>

#include "base/text.h"
#include "steering/internal/plan_items.h"
#include "steering/internal/rows.h"

namespace jingwei::steering {
namespace {

using identity::Actor;

struct Row {
  PlanDraftNote note;
  std::string body;
};

/// Of the actor; nobody learns that another account has such a draft.
Row require_row(store::Connection& connection, const Actor& actor, std::string_view id) {
  std::optional<Row> found;
  connection.query("SELECT id, version, title, updated_us, body FROM plan_drafts WHERE id = $1 AND account_id = $2", {id, actor.account_id}, [&](const store::Row& row) {
    found = Row{{row.string(0), row.integer(1), row.string(2), to_rfc3339({row.integer(3)})}, row.string(4)};
  });
  if (!found) throw internal::not_found({"草稿", "draft"});
  return std::move(*found);
}

void require_version(const PlanDraftNote& note, std::optional<std::int64_t> version) {
  if (version == note.version) return;
  throw Rejected(Code::version_mismatch, "version",
                 {fmt::format("这份草稿在另一个窗口里存过（现在是第 {} 版）；这里的修改没有写入", note.version),
                  fmt::format("this draft was saved in another window (version {} now); nothing of this one was written", note.version)},
                 {"打开最新的草稿接着改，或先把这里的改动记下来", "go on with the newest draft, or note down what you changed here first"});
}

void require_size(const PlanDraftWrite& write) {
  if (write.text.size() > reading::kTextBytesMax) throw Rejected(Code::too_large, {"文件太长", "The text is too long"});
  if (!is_utf8(write.text)) throw Rejected(Code::malformed, {"文件不是 UTF-8 文本", "The text is not UTF-8"});
}

}  // namespace

PlanDraftNote Steering::save_draft(store::Transaction& tx, const Actor& actor, const std::optional<std::string>& id, std::optional<std::int64_t> version,
                                   const PlanDraftWrite& write) const {
  if (!steers(actor, units(tx.reader()))) throw internal::forbidden({"只有统筹单位可以读入文件", "Only the steering office reads plans in"});
  PlanDraftNote note;
  if (id) {
    note = require_row(tx.reader(), actor, *id).note;
    require_version(note, version);
  }
  require_size(write);
  if (!id && tx.query_integer("SELECT COUNT(*) FROM plan_drafts WHERE account_id = $1", {actor.account_id}).value_or(0) >= kPlanDraftsMax)
    throw Rejected(Code::conflict, "", {fmt::format("草稿已有 {} 份", kPlanDraftsMax), fmt::format("there are {} drafts already", kPlanDraftsMax)}, {"先确认或删掉几份", "commit or discard some first"});
  // From here on it must succeed.
  PlanCommit named;
  named.draft = write.draft;
  if (!write.draft.title) named.text = write.text;
  note.title = internal::title_of(named);
  note.updated_at = to_rfc3339(tx.now());
  ++note.version;
  const std::string body = internal::body_of(write);
  if (id) {
    tx.execute("UPDATE plan_drafts SET version = $1, updated_us = $2, title = $3, body = $4 WHERE id = $5", {note.version, tx.now().us, note.title, body, *id});
  } else {
    note.id = tx.new_id("plan_draft");
    tx.execute("INSERT INTO plan_drafts (id, account_id, version, updated_us, title, body) VALUES ($1, $2, $3, $4, $5, $6)",
               {note.id, actor.account_id, note.version, tx.now().us, note.title, body});
  }
  tx.append_feed("plan_draft", "saved", note.id, note.version);
  return note;
}

void Steering::discard_draft(store::Transaction& tx, const Actor& actor, std::string_view id, std::int64_t version) const {
  const auto note = require_row(tx.reader(), actor, id).note;
  require_version(note, version);
  // From here on it must succeed.
  tx.execute("DELETE FROM plan_drafts WHERE id = $1", {id});
  tx.append_feed("plan_draft", "discarded", id, note.version + 1);
}

std::vector<PlanDraftNote> Steering::drafts(store::Connection& connection, const Actor& actor) const {
  if (!reads_all(actor)) throw internal::forbidden({"只有政府部门可以看文件", "Plans are for departments"});
  std::vector<PlanDraftNote> notes;
  connection.query("SELECT id, version, title, updated_us FROM plan_drafts WHERE account_id = $1 ORDER BY updated_us DESC, id DESC", {actor.account_id},
                   [&](const store::Row& row) { notes.push_back({row.string(0), row.integer(1), row.string(2), to_rfc3339({row.integer(3)})}); });
  return notes;
}

PlanDraft Steering::draft(store::Connection& connection, const Actor& actor, std::string_view id) const {
  const auto row = require_row(connection, actor, id);
  PlanDraft draft;
  static_cast<PlanDraftWrite&>(draft) = from_json<PlanDraftWrite>(parse_json(row.body));
  draft.id = row.note.id;
  draft.version = row.note.version;
  draft.title = row.note.title;
  draft.updated_at = row.note.updated_at;
  return draft;
}

}  // namespace jingwei::steering
