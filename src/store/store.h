// The store: one database, one writer, one feed.
//
//   Database   opens SQLite (a file in the data folder) or PostgreSQL (a URL), checks and applies migrations
//   Writer     runs commands one after another, many to a durable commit; nothing is acknowledged before it is on disk
//   Feed       every committed change in order; read models follow it (FeedFollower)
//   ReadPool   connections for queries; each query sees a committed snapshot
//
// SQL is written once for both databases: parameters $1, $2… each used in order of first appearance, ON CONFLICT, RETURNING.
// A caller's fault is Rejected; a full disk is Rejected{storage_full}; a database that cannot be reached is
// Rejected{unavailable}; anything else a database reports is StoreError, our fault.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/rejected.h"
#include "base/time.h"
#include "io/clock.h"

namespace jingwei::store {

// ---- values and connections -------------------------------------------------------------------------------------

class StoreError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One bound parameter; views must live until the call returns.
using Param = std::variant<std::int64_t, std::string_view, ByteView>;

/// The row under the cursor; columns count from 0. Views live until the next row.
class Row {
 public:
  virtual ~Row() = default;
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual ByteView bytes(int column) const = 0;
  virtual bool is_null(int column) const = 0;
  std::string string(int column) const { return std::string(text(column)); }
};

using RowVisitor = std::function<void(const Row&)>;

/// One database connection; used by one thread at a time. Statements are prepared once and kept.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual void query(std::string_view sql, std::span<const Param> params, const RowVisitor& visit) = 0;
  /// Returns the number of rows changed.
  virtual std::int64_t execute(std::string_view sql, std::span<const Param> params) = 0;
  /// Several statements without parameters (migrations, BEGIN, COMMIT).
  virtual void run(std::string_view sql) = 0;
  /// Starts the writer's transaction: SQLite takes the write lock, PostgreSQL the advisory lock that orders all replicas.
  virtual void begin_write() = 0;
  /// Starts a read-only transaction that sees one snapshot until commit.
  virtual void begin_snapshot() = 0;
  virtual bool is_postgresql() const = 0;

  void query(std::string_view sql, std::initializer_list<Param> params, const RowVisitor& visit) {
    query(sql, std::span(params.begin(), params.size()), visit);
  }
  std::int64_t execute(std::string_view sql, std::initializer_list<Param> params) {
    return execute(sql, std::span(params.begin(), params.size()));
  }
  /// First column of the first row, or nothing.
  std::optional<std::int64_t> query_integer(std::string_view sql, std::initializer_list<Param> params = {});
  std::optional<std::string> query_text(std::string_view sql, std::initializer_list<Param> params = {});
};

/// One committed state for all queries until its end, and cheaper than one for each query.
class Snapshot {
 public:
  explicit Snapshot(Connection& connection) : connection_(connection) { connection_.begin_snapshot(); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot();

 private:
  Connection& connection_;
};

struct DatabaseOptions {
  std::string sqlite_path;      ///< used when url is empty; the folder must exist
  std::string postgresql_url;   ///< postgresql://user@host/database
  bool create = false;          ///< false: a missing SQLite file is an error, never a new database
};

class Database {
 public:
  /// Connects and checks that the schema is one this program knows; applies newer migrations (forward only).
  /// Throws StoreError with a plain sentence: file missing, written by a newer program, a migration that was changed.
  explicit Database(DatabaseOptions options, Timestamp now);

  std::unique_ptr<Connection> connect(bool read_only = false) const;
  const DatabaseOptions& options() const { return options_; }
  bool is_postgresql() const { return !options_.postgresql_url.empty(); }

 private:
  DatabaseOptions options_;
};


// ---- feed ---------------------------------------------------------------------------------------------------------

struct FeedRecord {
  std::int64_t seq = 0;
  Timestamp at;
  std::string kind;     ///< "entry", "deal", "account", "import"...
  std::string act;      ///< "published", "withdrawn", "agreed"...
  std::string subject;  ///< id of what changed
  std::int64_t version = 0;
};

constexpr std::size_t kFeedPageMax = 2000;  ///< records

std::vector<FeedRecord> read_feed(Connection& connection, std::int64_t after_seq, std::size_t limit = kFeedPageMax);

/// Tells followers in this process that the feed has grown. Changes of other replicas are seen by polling.
class FeedSignal {
 public:
  void grew_to(std::int64_t seq);
  /// The highest number heard of; 0 before the first commit or follower of this process.
  std::int64_t seq() const { return heard_.load(std::memory_order_acquire); }
  /// Waits until the feed is past `seq`, `timeout_ms` has gone by or wake() was called.
  void wait_past(std::int64_t seq, int timeout_ms);
  /// Ends every wait that runs now, so that a follower sees that it is to stop.
  void wake();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t seq_ = 0;      ///< guarded by mutex_
  std::uint64_t wakes_ = 0;   ///< guarded by mutex_
  std::atomic<std::int64_t> heard_ = 0;  ///< seq_ for those who do not wait
};

// ---- writer -------------------------------------------------------------------------------------------------------

/// A leaf of the evidence log before it is signed: the batch signs all its leaves together, on all cores.
struct LeafDraft {
  std::string statement_id;
  std::string kind;
  std::string subject;
  std::string public_text;  ///< exact JSON whose digest the statement carries
  Bytes salt;               ///< of the private part's digest; empty when there is none
  std::function<Bytes()> seal;  ///< makes the leaf's bytes; pure, called once on any thread
};

/// What a command sees: the state with all earlier commands applied. Writes of a command that throws are undone.
class Transaction {
 public:
  Timestamp now() const { return now_; }
  std::string new_id(std::string_view prefix);
  io::Random& random() { return random_; }

  void query(std::string_view sql, std::initializer_list<Param> params, const RowVisitor& visit) {
    connection_.query(sql, params, visit);
  }
  std::optional<std::int64_t> query_integer(std::string_view sql, std::initializer_list<Param> params = {}) {
    return connection_.query_integer(sql, params);
  }
  std::optional<std::string> query_text(std::string_view sql, std::initializer_list<Param> params = {}) {
    return connection_.query_text(sql, params);
  }
  std::int64_t execute(std::string_view sql, std::initializer_list<Param> params);
  /// Appends to the feed and returns the record's number.
  std::int64_t append_feed(std::string_view kind, std::string_view act, std::string_view subject, std::int64_t version);
  /// Appends to the evidence log and returns the leaf's index (from 0).
  std::int64_t append_leaf(LeafDraft draft);
  /// Number of the last feed record, this command's included.
  std::int64_t feed_seq() const { return feed_seq_; }
  /// For reads by functions that take a connection; writes go through execute(), which can undo them.
  Connection& reader() { return connection_; }

 private:
  friend class Writer;
  Transaction(Connection& connection, io::Clock& clock, io::Random& random) : connection_(connection), clock_(clock), random_(random) {}
  void open_savepoint();

  Connection& connection_;
  io::Clock& clock_;
  io::Random& random_;
  Timestamp now_;
  std::int64_t feed_seq_ = 0;
  std::int64_t leaf_count_ = 0;
  std::vector<std::pair<std::int64_t, LeafDraft>> leaves_;
  bool savepoint_open_ = false;
};

using Command = std::move_only_function<void(Transaction&)>;
/// Called once, on the writer's thread, after the commit (or its failure); must be quick. Null: done and durable.
using Completion = std::move_only_function<void(std::exception_ptr)>;

constexpr std::size_t kWriterQueueMax = 16'384;   ///< commands waiting; more are refused as unavailable
constexpr std::size_t kBatchCommandsMax = 512;    ///< commands in one commit
constexpr int kFeedPollMs = 200;                  ///< how often other replicas' changes are looked for

struct WriterOptions {
  std::size_t batch_commands_max = kBatchCommandsMax;  ///< 1 measures one commit per command
  std::size_t seal_threads = 2;                        ///< threads that sign a batch's leaves, the writer's included
};

class Writer {
 public:
  Writer(const Database& database, io::Clock& clock, io::Random& random, FeedSignal& signal, WriterOptions options = {});
  ~Writer();

  /// Queues a command. Throws Rejected{unavailable} when the queue is full or the writer is stopping.
  void submit(Command command, Completion completion);
  /// Runs a command and waits: the result, or the exception it threw.
  template <class F>
  auto run(F&& command) -> decltype(command(std::declval<Transaction&>()));
  /// Finishes what is queued and stops.
  void stop();

 private:
  struct Queued {
    Command command;
    Completion completion;
  };
  struct Sealers;

  void loop();
  void run_batch(std::vector<Queued>& batch);
  std::exception_ptr run_one(Transaction& transaction, Command& command);
  void seal_leaves(Transaction& transaction);
  std::vector<Queued> take_batch();

  const Database& database_;
  io::Clock& clock_;
  io::Random& random_;
  FeedSignal& signal_;
  WriterOptions options_;
  std::unique_ptr<Connection> connection_;  ///< writer thread only
  std::unique_ptr<Sealers> sealers_;        ///< writer thread only
  std::mutex mutex_;
  std::condition_variable queued_;
  std::deque<Queued> queue_;  ///< guarded by mutex_
  bool stopping_ = false;     ///< guarded by mutex_
  std::thread thread_;
};

// ---- readers ------------------------------------------------------------------------------------------------------

/// Connections for readers. Borrowed for one request at a time.
class ReadPool {
 public:
  ReadPool(const Database& database, std::size_t connections_max);

  class Lease {
   public:
    Lease(ReadPool& pool, std::unique_ptr<Connection> connection) : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease&&) = default;
    ~Lease();
    Connection* operator->() { return connection_.get(); }
    Connection& operator*() { return *connection_; }

   private:
    ReadPool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  /// Waits when all connections are out.
  Lease borrow();

 private:
  friend class Lease;
  const Database& database_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;  ///< guarded by mutex_
  std::size_t may_open_;                           ///< guarded by mutex_
};

/// A read model's thread: gives it every record after `from_seq` in order, at most 1 s late.
class FeedFollower {
 public:
  using Apply = std::function<void(Connection&, std::span<const FeedRecord>)>;

  FeedFollower(const Database& database, FeedSignal& signal, std::string name, std::int64_t from_seq, Apply apply);
  ~FeedFollower();
  std::int64_t applied_seq() const { return applied_seq_.load(); }
  /// True once the follower has applied `seq`; false after `timeout_ms` or when it was stopped.
  bool wait_applied(std::int64_t seq, int timeout_ms);
  void stop();

 private:
  void loop();

  const Database& database_;
  FeedSignal& signal_;
  std::string name_;
  Apply apply_;
  std::atomic<std::int64_t> applied_seq_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable advanced_;
  std::thread thread_;
};

// ---- idempotency --------------------------------------------------------------------------------------------------

constexpr std::int64_t kIdempotencyKeptDays = 30;

struct KeptAnswer {
  std::int64_t status = 0;
  std::string headers;  ///< JSON object of header names and values
  std::string body;
};

/// The answer already given to this key by this actor. Throws Rejected{conflict} when the key was used for another request.
std::optional<KeptAnswer> find_answer(Transaction& transaction, std::string_view actor_id, std::string_view key, std::string_view request_digest);
void keep_answer(Transaction& transaction, std::string_view actor_id, std::string_view key, std::string_view request_digest, const KeptAnswer& answer);
/// Deletes keys older than kIdempotencyKeptDays; returns how many.
std::int64_t drop_old_answers(Transaction& transaction);

// ---- backup -------------------------------------------------------------------------------------------------------

struct BackupReport {
  std::int64_t rows = 0;
  std::int64_t feed_seq = 0;
  std::int64_t leaf_count = 0;
};

/// Writes every table of one snapshot as JSON lines and a manifest with SHA-256 of each file into a new folder.
/// The node may go on running. A backup of either database can be restored into the other.
BackupReport backup(const Database& database, const std::string& folder, Timestamp now);
/// Restores into an empty database; checks the manifest before the first write. Throws Rejected or StoreError.
BackupReport restore(const Database& database, const std::string& folder);

// ---- implementation of templates ----------------------------------------------------------------------------------

template <class F>
auto Writer::run(F&& command) -> decltype(command(std::declval<Transaction&>())) {
  using Result = decltype(command(std::declval<Transaction&>()));
  std::mutex mutex;
  std::condition_variable finished;
  bool done = false;
  std::exception_ptr error;
  std::conditional_t<std::is_void_v<Result>, int, std::optional<Result>> result{};
  submit(
      [&](Transaction& transaction) {
        if constexpr (std::is_void_v<Result>) command(transaction);
        else result = command(transaction);
      },
      [&](std::exception_ptr failed) {
        const std::lock_guard lock(mutex);
        error = failed;
        done = true;
        finished.notify_one();
      });
  std::unique_lock lock(mutex);
  finished.wait(lock, [&] { return done; });
  if (error) std::rethrow_exception(error);
  if constexpr (!std::is_void_v<Result>) return std::move(*result);
}

}  // namespace jingwei::store
