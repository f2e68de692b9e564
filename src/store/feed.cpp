// Reading the feed, and the threads that follow it.
#include <spdlog/spdlog.h>

#include "store/store.h"

namespace jingwei::store {

std::vector<FeedRecord> read_feed(Connection& connection, std::int64_t after_seq, std::size_t limit) {
  std::vector<FeedRecord> records;
  connection.query("SELECT seq, at_us, kind, act, subject, version FROM feed WHERE seq > $1 ORDER BY seq LIMIT $2",
                   {after_seq, static_cast<std::int64_t>(limit)}, [&](const Row& row) {
                     records.push_back({row.integer(0), {row.integer(1)}, row.string(2), row.string(3), row.string(4), row.integer(5)});
                   });
  return records;
}

void FeedSignal::grew_to(std::int64_t seq) {
  {
    const std::lock_guard lock(mutex_);
    seq_ = std::max(seq_, seq);
    heard_.store(seq_, std::memory_order_release);
  }
  changed_.notify_all();
}

void FeedSignal::wait_past(std::int64_t seq, int timeout_ms) {
  std::unique_lock lock(mutex_);
  const std::uint64_t wakes = wakes_;
  changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms), [&] { return wakes_ != wakes || seq_ > seq; });
}

void FeedSignal::wake() {
  {
    const std::lock_guard lock(mutex_);
    ++wakes_;
  }
  changed_.notify_all();
}

FeedFollower::FeedFollower(const Database& database, FeedSignal& signal, std::string name, std::int64_t from_seq, Apply apply)
    : database_(database), signal_(signal), name_(std::move(name)), apply_(std::move(apply)), applied_seq_(from_seq), thread_([this] { loop(); }) {}

FeedFollower::~FeedFollower() { stop(); }

void FeedFollower::stop() {
  stopping_ = true;
  signal_.wake();
  advanced_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool FeedFollower::wait_applied(std::int64_t seq, int timeout_ms) {
  if (applied_seq_ >= seq) return true;
  std::unique_lock lock(mutex_);
  advanced_.wait_for(lock, std::chrono::milliseconds(timeout_ms), [&] { return stopping_ || applied_seq_ >= seq; });
  return applied_seq_ >= seq;
}

void FeedFollower::loop() {
  std::unique_ptr<Connection> connection;
  while (!stopping_) {
    try {
      if (!connection) connection = database_.connect(true);
      const auto records = read_feed(*connection, applied_seq_);
      if (records.empty()) {
        signal_.wait_past(applied_seq_, kFeedPollMs);
        continue;
      }
      signal_.grew_to(records.back().seq);  // another replica's commits become news in this process too
      apply_(*connection, records);
      {
        const std::lock_guard lock(mutex_);
        applied_seq_ = records.back().seq;
      }
      advanced_.notify_all();
    } catch (const std::exception& failed) {
      // The same records are tried again with a new connection: a read model never skips one.
      spdlog::error("{}: following the feed failed, trying again: {}", name_, failed.what());
      connection.reset();
      signal_.wait_past(INT64_MAX - 1, kFeedPollMs);
    }
  }
}

ReadPool::ReadPool(const Database& database, std::size_t connections_max) : database_(database), may_open_(connections_max) {}

ReadPool::Lease ReadPool::borrow() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return !idle_.empty() || may_open_ > 0; });
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return Lease(*this, std::move(connection));
  }
  --may_open_;
  lock.unlock();
  try {
    return Lease(*this, database_.connect(true));
  } catch (...) {
    lock.lock();
    ++may_open_;
    returned_.notify_one();
    throw;
  }
}

ReadPool::Lease::~Lease() {
  if (!connection_) return;
  {
    const std::lock_guard lock(pool_->mutex_);
    pool_->idle_.push_back(std::move(connection_));
  }
  pool_->returned_.notify_one();
}

}  // namespace jingwei::store
