// The one writer: load, reject, decide, write. Many commands share one durable commit.
//
// A batch is: begin (taking the lock that orders all replicas), read the heads, run each command in its own savepoint while
// other cores sign the leaves of those before it, write leaves and heads, commit, then answer. The savepoint is opened by a
// command's first write, so that a command that refuses before it writes, as commands should, costs none.
//
// Nobody is answered before the commit, refused commands neither: what a command saw may include its neighbours' writes.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/check.h"
#include "store/internal/sealers.h"
#include "store/store.h"

namespace jingwei::store {

struct Writer::Sealers : LeafSealers {
  using LeafSealers::LeafSealers;
};

std::string Transaction::new_id(std::string_view prefix) { return io::new_id(prefix, clock_, random_); }

void Transaction::open_savepoint() {
  if (savepoint_open_) return;
  connection_.execute("SAVEPOINT command", {});
  savepoint_open_ = true;
}

std::int64_t Transaction::execute(std::string_view sql, std::initializer_list<Param> params) {
  open_savepoint();
  return connection_.execute(sql, params);
}

std::int64_t Transaction::append_feed(std::string_view kind, std::string_view act, std::string_view subject, std::int64_t version) {
  const std::int64_t seq = feed_seq_ + 1;
  execute("INSERT INTO feed (seq, at_us, kind, act, subject, version) VALUES ($1, $2, $3, $4, $5, $6)", {seq, now_.us, kind, act, subject, version});
  feed_seq_ = seq;
  return seq;
}

std::int64_t Transaction::append_leaf(LeafDraft draft) {
  leaves_.emplace_back(leaf_count_, std::move(draft));
  return leaf_count_++;
}

Writer::Writer(const Database& database, io::Clock& clock, io::Random& random, FeedSignal& signal, WriterOptions options)
    : database_(database), clock_(clock), random_(random), signal_(signal), options_(options), connection_(database.connect()),
      sealers_(std::make_unique<Sealers>(options.seal_threads - 1)), thread_([this] { loop(); }) {}

Writer::~Writer() { stop(); }

void Writer::submit(Command command, Completion completion) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) throw Rejected(Code::unavailable, {"系统正在停止，请稍后再试", "The node is stopping; try again later"});
    if (queue_.size() >= kWriterQueueMax) throw Rejected(Code::unavailable, {"系统繁忙，请稍后再试", "Too much is waiting to be written; try again in a moment"});
    queue_.push_back({std::move(command), std::move(completion)});
  }
  queued_.notify_one();
}

void Writer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  queued_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::vector<Writer::Queued> Writer::take_batch() {
  std::unique_lock lock(mutex_);
  queued_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  std::vector<Queued> batch;
  const std::size_t count = std::min(queue_.size(), options_.batch_commands_max);
  batch.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return batch;
}

void Writer::loop() {
  while (true) {
    auto batch = take_batch();
    if (batch.empty()) return;  // stopping and nothing left
    run_batch(batch);
  }
}

void Writer::run_batch(std::vector<Queued>& batch) {
  std::vector<std::exception_ptr> outcomes(batch.size());
  std::int64_t feed_seq = 0;
  bool changed = false;
  try {
    connection_->begin_write();
    Transaction transaction(*connection_, clock_, random_);
    transaction.now_ = clock_.now();
    connection_->query("SELECT feed_seq, leaf_count FROM heads WHERE id = 1", {}, [&](const Row& row) {
      transaction.feed_seq_ = row.integer(0);
      transaction.leaf_count_ = row.integer(1);
    });
    const std::int64_t feed_before = transaction.feed_seq_;
    const std::int64_t leaves_before = transaction.leaf_count_;
    for (std::size_t i = 0; i < batch.size(); ++i) outcomes[i] = run_one(transaction, batch[i].command);
    seal_leaves(transaction);
    feed_seq = transaction.feed_seq_;
    changed = feed_seq != feed_before;
    if (changed || transaction.leaf_count_ != leaves_before)
      connection_->execute("UPDATE heads SET feed_seq = $1, leaf_count = $2 WHERE id = 1", {feed_seq, transaction.leaf_count_});
    connection_->run("COMMIT");
  } catch (const std::exception& failed) {
    // The disk is full, the database went away or a statement was wrong: the whole batch is undone and everybody told.
    spdlog::error("writer: a batch of {} was undone: {}", batch.size(), failed.what());
    const auto error = std::current_exception();
    for (auto& outcome : outcomes) outcome = error;
    changed = false;
    sealers_->abandon();
    try {
      connection_->run("ROLLBACK");
    } catch (const std::exception&) {
      // Not in a transaction any more (SQLite undid it itself) or no connection: begin_write starts afresh.
    }
  }
  if (changed) signal_.grew_to(feed_seq);
  for (std::size_t i = 0; i < batch.size(); ++i)
    if (batch[i].completion) batch[i].completion(outcomes[i]);
}

std::exception_ptr Writer::run_one(Transaction& transaction, Command& command) {
  const std::int64_t feed_before = transaction.feed_seq_;
  const std::int64_t leaves_before = transaction.leaf_count_;
  const std::size_t drafts_before = transaction.leaves_.size();
  transaction.savepoint_open_ = false;
  std::exception_ptr error;
  try {
    command(transaction);
    if (transaction.savepoint_open_) connection_->execute("RELEASE SAVEPOINT command", {});
    for (std::size_t i = drafts_before; i < transaction.leaves_.size(); ++i) sealers_->add(std::move(transaction.leaves_[i].second.seal));
    return nullptr;
  } catch (const Rejected& rejected) {
    if (rejected.code() == Code::storage_full || rejected.code() == Code::unavailable) throw;  // not this command's doing
    error = std::current_exception();
  } catch (const std::exception& failed) {
    spdlog::error("writer: a command failed: {}", failed.what());
    if (!transaction.savepoint_open_) throw;  // PostgreSQL gives up the whole transaction after a failed statement
    error = std::current_exception();
  }
  if (transaction.savepoint_open_) {
    connection_->execute("ROLLBACK TO SAVEPOINT command", {});
    connection_->execute("RELEASE SAVEPOINT command", {});
  }
  transaction.feed_seq_ = feed_before;
  transaction.leaf_count_ = leaves_before;
  transaction.leaves_.resize(drafts_before);
  return error;
}

void Writer::seal_leaves(Transaction& transaction) {
  const auto& leaves = transaction.leaves_;
  if (leaves.empty()) return;
  const std::vector<Bytes> sealed = sealers_->finish();
  CHECK(sealed.size() == leaves.size());
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const auto& [leaf, draft] = leaves[i];
    connection_->execute(
        "INSERT INTO statements (leaf, id, kind, subject, at_us, cose, public_text, salt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        {leaf, draft.statement_id, draft.kind, draft.subject, transaction.now_.us, ByteView(sealed[i]), draft.public_text, ByteView(draft.salt)});
  }
}

}  // namespace jingwei::store
