// The life of the read model: opened or built on a thread of its own, then behind the feed, and asked meanwhile.
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "analytics/analytics.h"
#include "analytics/internal/asking.h"
#include "analytics/internal/keeper.h"
#include "analytics/internal/lanes.h"

namespace jingwei::analytics {
namespace {

using internal::Keeper;

constexpr int kPaceMs = 250;       ///< between two rounds that kept up: one delete looks through whole tables, so few rounds are cheap ones
constexpr int kPriorityNice = 10;  ///< the store's writer and the people come first

/// Linux counts niceness by thread.
void step_back() { setpriority(PRIO_PROCESS, 0, kPriorityNice); }

void delete_file(const std::filesystem::path& file) {
  std::error_code ignored;  // what cannot be deleted is found out when it is opened
  std::filesystem::remove(file, ignored);
  std::filesystem::remove(file.string() + ".wal", ignored);
}

}  // namespace

struct Model::Parts {
  Parts(const store::Database& database, store::FeedSignal& feed_signal, const registry::Definitions& definitions, ModelOptions model_options)
      : store(database), signal(feed_signal), options(std::move(model_options)), schema(internal::schema_of(definitions)), keeper(store, definitions, schema), desk(schema) {}

  void open_or_build();
  void build();
  void run();
  void follow(store::Connection& connection, std::span<const store::FeedRecord> records);
  void become(ReadModelState next);

  const store::Database& store;
  store::FeedSignal& signal;
  const ModelOptions options;
  const internal::Schema schema;
  const Keeper keeper;
  internal::Desk desk;  ///< asks; has the database only while it may be asked

  std::atomic<bool> stopping = false;
  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  ReadModelState state = ReadModelState::building;              ///< guarded by mutex
  std::unique_ptr<store::FeedFollower> follower;        ///< guarded by mutex until ready, then fixed
  std::shared_ptr<sql::Database> database;              ///< opener's thread, then the follower's
  std::optional<sql::Session> session;                  ///< likewise
  std::thread opener;
  internal::Lanes lanes{kQueriesAtOnce, kWaitingMax};   ///< last: stopped before what its work uses
};

void Model::Parts::become(ReadModelState next) {
  {
    const std::lock_guard lock(mutex);
    if (state == ReadModelState::stopped) return;
    state = next;
  }
  changed.notify_all();
}

void Model::Parts::build() {
  session.reset();
  database.reset();
  if (!options.file.empty()) delete_file(options.file);
  database = std::make_shared<sql::Database>(sql::Opening{options.file, options.memory_bytes, options.threads});
  const auto begun = std::chrono::steady_clock::now();
  if (!keeper.build(*database, stopping)) return;
  session = database->connect();
  if (!options.file.empty()) session->run("CHECKPOINT");
  spdlog::info("analytics: built up to feed {} in {:.1f} s", Keeper::feed_seq(*session), std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
}

void Model::Parts::open_or_build() {
  std::error_code ignored;
  if (!options.file.empty() && std::filesystem::exists(options.file, ignored)) {
    try {
      database = std::make_shared<sql::Database>(sql::Opening{options.file, options.memory_bytes, options.threads});
      if (keeper.is_current(*database)) {
        session = database->connect();
        return;
      }
      spdlog::info("analytics: the kept file is of another node, other registers or another state; building it anew");
    } catch (const sql::SqlError& error) {
      spdlog::warn("analytics: the kept file cannot be used, building it anew: {}", error.what());
    }
  }
  build();
}

void Model::Parts::run() {
  step_back();
  while (!stopping) {
    try {
      open_or_build();
      if (stopping) return;
      const std::lock_guard lock(mutex);
      follower = std::make_unique<store::FeedFollower>(store, signal, "analytics", Keeper::feed_seq(*session),
                                                       [this](store::Connection& connection, std::span<const store::FeedRecord> records) { follow(connection, records); });
      desk.open(database);
      break;
    } catch (const std::exception& failed) {
      // The node works without analytics; what failed (a full disk, a database that is away) may mend itself.
      spdlog::error("analytics: cannot be built, trying again: {}", failed.what());
      std::unique_lock lock(mutex);
      changed.wait_for(lock, std::chrono::seconds(10), [&] { return stopping.load(); });
    }
  }
  become(ReadModelState::ready);
}

void Model::Parts::follow(store::Connection& connection, std::span<const store::FeedRecord> records) {
  step_back();
  try {
    keeper.apply(*session, connection, records);
  } catch (const sql::SqlError& error) {
    if (error.fault() != sql::Fault::broken) throw;
    // DuckDB refuses everything after such an error: what is left is to make the file again.
    spdlog::error("analytics: the database is broken, building it anew: {}", error.what());
    become(ReadModelState::building);
    desk.close();
    build();
    if (stopping) return;
    desk.open(database);
    become(ReadModelState::ready);
  }
  if (records.size() == store::kFeedPageMax) return;  // far behind: go on at once
  std::unique_lock lock(mutex);
  changed.wait_for(lock, std::chrono::milliseconds(kPaceMs), [&] { return stopping.load(); });
}

Model::Model(const store::Database& database, store::FeedSignal& signal, const registry::Definitions& definitions, ModelOptions options)
    : parts_(std::make_unique<Parts>(database, signal, definitions, std::move(options))) {
  parts_->opener = std::thread([parts = parts_.get()] { parts->run(); });
}

Model::~Model() { stop(); }

void Model::end_queries() {
  auto& p = *parts_;
  {
    const std::lock_guard lock(p.mutex);
    p.stopping = true;
    p.state = ReadModelState::stopped;
  }
  p.changed.notify_all();
  p.desk.close();
  p.lanes.stop();
}

void Model::stop() {
  auto& p = *parts_;
  if (!p.opener.joinable()) return;
  end_queries();
  p.opener.join();
  p.desk.close();  // it may have been opened in between
  if (p.follower) p.follower->stop();
}

ReadModelState Model::state() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->state;
}

bool Model::wait_ready(int timeout_ms) const {
  std::unique_lock lock(parts_->mutex);
  parts_->changed.wait_for(lock, std::chrono::milliseconds(timeout_ms), [&] { return parts_->state != ReadModelState::building; });
  return parts_->state == ReadModelState::ready;
}

std::int64_t Model::applied_seq() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->follower ? parts_->follower->applied_seq() : 0;
}

bool Model::wait_applied(std::int64_t seq, int timeout_ms) const {
  return wait_ready(timeout_ms) && parts_->follower->wait_applied(seq, timeout_ms);
}

std::vector<TableFacts> Model::tables(Sight sight) const { return internal::facts_of(parts_->schema, sight); }

void Model::later(std::move_only_function<void()> work) { parts_->lanes.put(std::move(work)); }

Answer Model::ask(Sight sight, std::string_view sql, const Limits& limits) const { return parts_->desk.ask(sight, sql, limits); }

Figure Model::figure_of(const FigureQuestion& question, const Limits& limits) const { return parts_->desk.figure(question, limits); }

// ---- who ------------------------------------------------------------------------------------------------------------

std::optional<Sight> sight_of(const identity::Actor& actor) {
  using identity::Role;
  if (actor.has(Role::department) || actor.has(Role::administrator)) return Sight::everything;
  if (actor.has(Role::auditor)) return Sight::audited;
  if (actor.has(Role::financier)) return Sight::published;
  return std::nullopt;
}

Sight require_sight(const identity::Actor& actor) {
  if (const auto sight = sight_of(actor)) return *sight;
  throw Rejected(actor.is_anonymous() ? Code::unauthenticated : Code::forbidden,
                 {"数据查询供部门、管理员、审计和金融机构使用", "Queries are for departments, administrators, auditors and financiers"});
}

}  // namespace jingwei::analytics
