#include "analytics/internal/keeper.h"

#include <fmt/format.h>

#include <condition_variable>
#include <deque>
#include <thread>

#include "base/check.h"

namespace jingwei::analytics::internal {
namespace {

constexpr std::size_t kBatchRows = 2'000;        ///< entries handed to a worker at once
constexpr std::size_t kBatchesWaitingMax = 8;
constexpr std::size_t kCommitRows = 100'000;     ///< rows of one transaction while building
constexpr unsigned kWorkers = 2;                 ///< that decode and append while one thread reads

/// Batches from the reading thread to the workers.
class Queue {
 public:
  void put(std::vector<EntryRow> batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return batches_.size() < kBatchesWaitingMax || failed_; });
    batches_.push_back(std::move(batch));
    changed_.notify_all();
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  void fail(std::exception_ptr why) {
    const std::lock_guard lock(mutex_);
    if (!failed_) failed_ = std::move(why);
    changed_.notify_all();
  }
  bool take(std::vector<EntryRow>& batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !batches_.empty() || closed_ || failed_; });
    if (failed_ || batches_.empty()) return false;
    batch = std::move(batches_.front());
    batches_.pop_front();
    changed_.notify_all();
    return true;
  }
  bool has_failed() {
    const std::lock_guard lock(mutex_);
    return failed_ != nullptr;
  }
  void rethrow() {
    const std::lock_guard lock(mutex_);
    if (failed_) std::rethrow_exception(failed_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::vector<EntryRow>> batches_;  ///< guarded by mutex_
  bool closed_ = false;                        ///< guarded by mutex_
  std::exception_ptr failed_;                  ///< guarded by mutex_
};

void work(sql::Database& database, const Names& names, Queue& queue) {
  try {
    auto session = database.connect();
    std::vector<EntryRow> batch;
    bool more = queue.take(batch);
    while (more) {
      session.run("BEGIN");
      RowWriter rows(session, names);
      for (std::size_t count = 0; more && count < kCommitRows; more = queue.take(batch)) {
        for (const auto& entry : batch) rows.entry(entry);
        count += batch.size();
      }
      rows.finish();
      session.run("COMMIT");
    }
  } catch (...) {
    queue.fail(std::current_exception());
  }
}

/// The ids of what a batch of records is about, by kind; and entries that were not there before.
struct Changed {
  std::set<std::string, std::less<>> entries, new_entries, deals, feedback;
};

Changed changed_by(std::span<const store::FeedRecord> records, std::int64_t overlap_until) {
  Changed changed;
  for (const auto& record : records) {
    if (record.kind == "entry") {
      changed.entries.insert(record.subject);
      if (record.version == 1 && record.seq > overlap_until) changed.new_entries.insert(record.subject);
    }
    if (record.kind == "deal") changed.deals.insert(record.subject);
    if (record.kind == "feedback") changed.feedback.insert(record.subject);
  }
  return changed;
}

void delete_ids(sql::Session& session, const std::set<std::string, std::less<>>& ids, const std::vector<std::pair<std::string, std::string>>& tables) {
  if (ids.empty()) return;
  session.run("DELETE FROM changed");
  auto rows = session.append("changed", "temp");
  for (const auto& id : ids) rows.text(id).end_row();
  rows.finish();
  for (const auto& [table, column] : tables) session.run(fmt::format("DELETE FROM base.{} WHERE {} IN (SELECT id FROM changed)", table, column));
}

struct Progress {
  std::int64_t feed_seq = 0, leaf_count = 0, overlap_until = 0;
};

Progress progress_of(sql::Session& session) {
  Progress progress;
  auto statement = session.prepare("SELECT feed_seq, leaf_count, overlap_until FROM base.progress");
  statement.each([&](const sql::Row& row) {
    progress = {row.integer(0), row.integer(1), row.integer(2)};
    return false;
  });
  return progress;
}

constexpr auto kVersionsSql = "SELECT id, version, at_us, actor_id, act FROM entry_versions";
constexpr auto kDealsSql = "SELECT id, created_us, updated_us, body FROM deals";
constexpr auto kFeedbackSql = "SELECT id, need_id, supply_id, mark, reason, updated_us, version FROM feedback";
constexpr auto kStatementsSql = "SELECT leaf, id, kind, subject, at_us FROM statements";

}  // namespace

Keeper::Keeper(const store::Database& store, const registry::Definitions& definitions, const Schema& schema)
    : store_(store), schema_(schema), names_(schema, definitions) {}

std::string Keeper::identity(store::Connection& connection) const {
  return schema_.digest + " " + connection.query_text("SELECT value FROM meta WHERE name = 'vkey'").value_or("");
}

std::int64_t Keeper::feed_seq(sql::Session& session) { return progress_of(session).feed_seq; }

bool Keeper::is_current(sql::Database& database) const {
  const auto connection = store_.connect(true);
  auto session = database.connect();
  try {
    const auto stored = session.value_of("SELECT identity FROM base.progress");
    if (stored != sql::Value(identity(*connection))) return false;
    return feed_seq(session) <= connection->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
  } catch (const sql::SqlError&) {
    return false;  // no such table: another program's file, or one that was given up half built
  }
}

bool Keeper::build_entries(sql::Database& database, store::Connection& connection, const std::atomic<bool>& stopping) const {
  Queue queue;
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < kWorkers; ++i) workers.emplace_back([&] { work(database, names_, queue); });
  struct Stopped {};
  std::vector<EntryRow> batch;
  try {
    connection.query(fmt::format("SELECT {} FROM entries e JOIN entry_versions v ON v.id = e.id AND v.version = e.version", kEntryColumns), {}, [&](const store::Row& row) {
      auto entry = read_entry(schema_, row);
      if (entry.stored != nullptr) batch.push_back(std::move(entry));  // else of a register that is no longer defined
      if (batch.size() < kBatchRows) return;
      if (stopping || queue.has_failed()) throw Stopped();
      queue.put(std::exchange(batch, {}));
    });
    queue.put(std::move(batch));
  } catch (const Stopped&) {
  } catch (...) {
    queue.fail(std::current_exception());
  }
  queue.close();
  for (auto& worker : workers) worker.join();
  queue.rethrow();
  return !stopping;
}

void Keeper::build_acts(sql::Database& database, store::Connection& connection, std::int64_t feed_seq, std::int64_t leaf_count) const {
  auto session = database.connect();
  session.run("BEGIN");
  RowWriter rows(session, names_);
  connection.query(kVersionsSql, {}, [&](const store::Row& row) { rows.version(row); });
  connection.query(kDealsSql, {}, [&](const store::Row& row) { rows.deal(row); });
  connection.query(kFeedbackSql, {}, [&](const store::Row& row) { rows.feedback(row); });
  connection.query(fmt::format("{} WHERE leaf < $1", kStatementsSql), {leaf_count}, [&](const store::Row& row) { rows.statement(row); });
  connection.query("SELECT seq, at_us, kind, act, subject, version FROM feed WHERE seq <= $1", {feed_seq}, [&](const store::Row& row) {
    rows.feed({row.integer(0), {row.integer(1)}, row.string(2), row.string(3), row.string(4), row.integer(5)});
  });
  rows.finish();
  session.run("COMMIT");
}

bool Keeper::build(sql::Database& database, const std::atomic<bool>& stopping) const {
  const auto connection = store_.connect(true);
  auto session = database.connect();
  session.run("BEGIN;\n" + creation_sql(schema_) + "COMMIT");  // one sync of the disk, not one a statement
  // The heads are read before the rows: what comes in between is in the rows already and applied once more, which changes nothing.
  std::int64_t feed_seq = 0, leaf_count = 0;
  connection->query("SELECT feed_seq, leaf_count FROM heads WHERE id = 1", {}, [&](const store::Row& row) {
    feed_seq = row.integer(0);
    leaf_count = row.integer(1);
  });
  // Acts and entries side by side, each on a connection of its own.
  std::exception_ptr failed;
  std::thread acts([&] {
    try {
      build_acts(database, *store_.connect(true), feed_seq, leaf_count);
    } catch (...) {
      failed = std::current_exception();
    }
  });
  bool whole = false;
  try {
    whole = build_entries(database, *connection, stopping);
  } catch (...) {
    acts.join();
    throw;
  }
  acts.join();
  if (failed) std::rethrow_exception(failed);
  if (!whole) return false;
  const auto overlap_until = connection->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
  // Last, so that a build that ends before it is known to be none.
  session.run(fmt::format("CREATE TABLE base.progress AS SELECT {} AS identity, {}::BIGINT AS feed_seq, {}::BIGINT AS leaf_count, {}::BIGINT AS overlap_until",
                          sql::quoted_text(identity(*connection)), feed_seq, leaf_count, overlap_until));
  return true;
}

void Keeper::apply(sql::Session& session, store::Connection& connection, std::span<const store::FeedRecord> records) const {
  CHECK(!records.empty());
  session.run("CREATE TEMP TABLE IF NOT EXISTS changed (id VARCHAR)");
  session.run("BEGIN");
  try {
    const auto before = progress_of(session);
    const auto changed = changed_by(records, before.overlap_until);
    std::set<std::string, std::less<>> gone;  // rows that may be here in an older state
    std::ranges::set_difference(changed.entries, changed.new_entries, std::inserter(gone, gone.end()));
    std::vector<std::pair<std::string, std::string>> tables{{"versions", "id"}};
    for (const auto& stored : schema_.registers)
      if (std::ranges::any_of(gone, [&](const auto& id) { return id.starts_with(stored.definition->id_prefix + "_"); })) tables.emplace_back(stored.name, "id");
    delete_ids(session, gone, tables);
    delete_ids(session, changed.deals, {{"deals", "id"}, {"milestones", "deal_id"}, {"evaluations", "deal_id"}});
    delete_ids(session, changed.feedback, {{"feedback", "id"}});
    RowWriter rows(session, names_);
    std::int64_t leaf_count = 0;
    {
      const store::Snapshot snapshot(connection);
      for (const auto& id : changed.entries) {
        connection.query(fmt::format("SELECT {} FROM entries e JOIN entry_versions v ON v.id = e.id AND v.version = e.version WHERE e.id = $1", kEntryColumns), {id},
                         [&](const store::Row& row) {
                           const auto entry = read_entry(schema_, row);
                           if (entry.stored != nullptr) rows.entry(entry);
                         });
        connection.query(fmt::format("{} WHERE id = $1", kVersionsSql), {id}, [&](const store::Row& row) { rows.version(row); });
      }
      for (const auto& id : changed.deals) connection.query(fmt::format("{} WHERE id = $1", kDealsSql), {id}, [&](const store::Row& row) { rows.deal(row); });
      for (const auto& id : changed.feedback) connection.query(fmt::format("{} WHERE id = $1", kFeedbackSql), {id}, [&](const store::Row& row) { rows.feedback(row); });
      leaf_count = connection.query_integer("SELECT leaf_count FROM heads WHERE id = 1").value_or(0);
      connection.query(fmt::format("{} WHERE leaf >= $1 AND leaf < $2 ORDER BY leaf", kStatementsSql), {before.leaf_count, leaf_count},
                       [&](const store::Row& row) { rows.statement(row); });
    }
    for (const auto& record : records)
      if (record.seq > before.feed_seq) rows.feed(record);
    rows.finish();
    session.run(fmt::format("UPDATE base.progress SET feed_seq = {}, leaf_count = {}", records.back().seq, leaf_count));
    session.run("COMMIT");
  } catch (...) {
    try {
      session.run("ROLLBACK");
    } catch (const sql::SqlError&) {
      // the transaction is gone already; what was wrong is thrown below
    }
    throw;
  }
}

}  // namespace jingwei::analytics::internal
