// Imports as jobs: the dry run is kept with the file; the commit goes chunk by chunk through the writer, so that other
// commands pass between two chunks and a crash loses nothing that was acknowledged.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "registry/registry.h"

namespace jingwei::registry {
namespace {

using identity::Actor;
using identity::Role;

struct Stored {
  Import import;
  std::string account_id;
  std::string content;
};

std::optional<Stored> load(store::Connection& connection, std::string_view id, bool with_content) {
  std::optional<Stored> found;
  const auto sql = with_content ? "SELECT body, state, done_rows, account_id, content FROM imports JOIN import_files ON import_id = id WHERE id = $1"
                                : "SELECT body, state, done_rows, account_id FROM imports WHERE id = $1";
  connection.query(sql, {id}, [&](const store::Row& row) {
    found.emplace();
    found->import = from_json<Import>(parse_json(row.text(0)));
    found->import.state = enum_from_name<ImportState>(row.text(1)).value_or(ImportState::failed);
    found->import.done_rows = row.integer(2);
    found->account_id = row.string(3);
    if (with_content) found->content = std::string(as_text(row.bytes(4)));
  });
  return found;
}

Rejected no_such_import() { return Rejected(Code::not_found, {"没有这次导入，或不是您的", "There is no such import, or it is not yours"}); }

bool may_see(const Stored& stored, const Actor& actor) {
  return !actor.is_anonymous() && (stored.account_id == actor.account_id || actor.has(Role::administrator) || actor.has(Role::department));
}

Import summary(const Register& reg, const ImportPlan& plan, bool publish) {
  Import import;
  import.register_ = reg.id;
  import.publish = publish;
  import.rows = static_cast<std::int64_t>(plan.rows.size());
  import.new_ = plan.count(RowVerdict::new_entry);
  import.changed = plan.count(RowVerdict::changed);
  import.same = plan.count(RowVerdict::same);
  import.wrong = plan.count(RowVerdict::wrong);
  import.warned = static_cast<std::int64_t>(plan.warnings.size());
  import.columns = plan.columns;
  const auto first = [](const std::vector<InputProblem>& all) {
    return std::vector<InputProblem>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), kImportProblemsShown)));
  };
  import.problems = first(plan.problems);
  import.warnings = first(plan.warnings);
  return import;
}

/// Who may do what an account may do today.
Actor account_of(store::Connection& connection, std::string_view account_id) {
  Actor actor;
  connection.query("SELECT id, name, organization_id, roles FROM accounts WHERE id = $1", {account_id}, [&](const store::Row& row) {
    actor.account_id = row.text(0);
    actor.name = row.text(1);
    actor.organization_id = row.text(2);
    const std::string_view roles = row.text(3);
    for (const auto name : enum_names<Role>())
      if (roles.find(name) != std::string_view::npos) actor.roles.push_back(*enum_from_name<Role>(name));
  });
  return actor;
}

void save_state(store::Transaction& tx, const Import& import, std::string_view act) {
  tx.execute("UPDATE imports SET state = $1, done_rows = $2, body = $3 WHERE id = $4",
             {enum_name(import.state), import.done_rows, json::serialize(to_json(import)), import.id});
  tx.append_feed("import", act, import.id, import.done_rows);
}

constexpr int kChunksUnderWayMax = 10;  ///< enough for few commits, few enough that others wait for some 100 ms at most

/// Chunks that the writer has and that have not ended. Its end waits for them, whatever happens meanwhile.
class ChunksUnderWay {
 public:
  ChunksUnderWay() = default;
  ChunksUnderWay(const ChunksUnderWay&) = delete;
  ChunksUnderWay& operator=(const ChunksUnderWay&) = delete;
  ~ChunksUnderWay() {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [&] { return count_ == 0; });
  }

  /// Waits for a place. Throws what a chunk before it threw.
  void submit(store::Writer& writer, store::Command command) {
    wait_below(kChunksUnderWayMax);
    // Counted when the writer has taken it: a full queue throws here, and then nothing ends.
    const std::lock_guard submitting(mutex_);
    writer.submit(std::move(command), [this](std::exception_ptr failed) {
      const std::lock_guard lock(mutex_);
      if (failed && !failed_) failed_ = failed;
      --count_;
      ended_.notify_one();
    });
    ++count_;
  }
  void finish() { wait_below(1); }

 private:
  void wait_below(int count) {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [&] { return count_ < count; });
    if (failed_) std::rethrow_exception(failed_);
  }

  std::mutex mutex_;
  std::condition_variable ended_;
  int count_ = 0;                ///< guarded by mutex_
  std::exception_ptr failed_;    ///< guarded by mutex_
};

}  // namespace

ImportJobs::ImportJobs(const Registry& registry, store::Writer& writer, store::ReadPool& readers)
    : registry_(registry), writer_(writer), readers_(readers), thread_([this] { loop(); }) {}

ImportJobs::~ImportJobs() { stop(); }

void ImportJobs::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Import ImportJobs::check(const Actor& actor, const Register& reg, std::string csv, bool publish) {
  auto plan = std::make_shared<ImportPlan>();
  {
    auto reader = readers_.borrow();
    *plan = registry_.plan_import(*reader, actor, reg, csv);
  }
  Import import = summary(reg, *plan, publish);
  import = writer_.run([&](store::Transaction& tx) {
    Import kept = import;
    kept.id = tx.new_id("imp");
    kept.created_at = to_rfc3339(tx.now());
    tx.execute("DELETE FROM imports WHERE created_us < $1 AND state <> 'committing'", {tx.now().us - kImportKeptDays * kMicrosPerDay});
    tx.execute("DELETE FROM import_files WHERE NOT EXISTS (SELECT 1 FROM imports WHERE id = import_id)", {});
    tx.execute("INSERT INTO imports (id, register, account_id, state, created_us, done_rows, body) VALUES ($1, $2, $3, $4, $5, 0, $6)",
               {kept.id, reg.id, actor.account_id, enum_name(kept.state), tx.now().us, json::serialize(to_json(kept))});
    tx.execute("INSERT INTO import_files (import_id, content) VALUES ($1, $2)", {kept.id, as_bytes(csv)});
    tx.append_feed("import", "checked", kept.id, 0);
    return kept;
  });
  keep_plan(import.id, std::move(plan));
  return import;
}

Import ImportJobs::start(const Actor& actor, std::string_view id) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= kImportJobsWaitingMax) throw Rejected(Code::unavailable, {"等待导入的文件太多，请稍后再试", "Too many imports are waiting; try again later"});
  }
  Import import = writer_.run([&](store::Transaction& tx) {
    auto stored = load(tx.reader(), id, false);
    if (!stored || stored->account_id != actor.account_id) throw no_such_import();
    if (stored->import.state != ImportState::checked) throw Rejected(Code::wrong_state, {"这次导入已经开始或完成", "This import has begun or is done"});
    stored->import.state = ImportState::committing;
    save_state(tx, stored->import, "committing");
    return stored->import;
  });
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({import.id, actor});
  }
  changed_.notify_all();
  return import;
}

Import ImportJobs::require(store::Connection& connection, const Actor& actor, std::string_view id) {
  auto stored = load(connection, id, false);
  if (!stored || !may_see(*stored, actor)) throw no_such_import();
  return std::move(stored->import);
}

std::vector<Import> ImportJobs::list(store::Connection& connection, const Actor& actor, std::size_t limit) {
  std::vector<Import> imports;
  connection.query("SELECT body, state, done_rows FROM imports WHERE account_id = $1 ORDER BY created_us DESC LIMIT $2",
                   {actor.account_id, static_cast<std::int64_t>(limit)}, [&](const store::Row& row) {
                     Import import = from_json<Import>(parse_json(row.text(0)));
                     import.state = enum_from_name<ImportState>(row.text(1)).value_or(ImportState::failed);
                     import.done_rows = row.integer(2);
                     imports.push_back(std::move(import));
                   });
  return imports;
}

std::string ImportJobs::wrong_rows(const Actor& actor, std::string_view id) {
  auto reader = readers_.borrow();
  auto stored = load(*reader, id, true);
  if (!stored || !may_see(*stored, actor)) throw no_such_import();
  // Judged as for the one who imports, whoever asks.
  const auto plan = plan_of(account_of(*reader, stored->account_id), stored->import, stored->content);
  const auto cells = parse_csv(stored->content);
  std::string text = "\xEF\xBB\xBF行,原因,";
  std::map<std::int64_t, std::string> reasons;
  for (const auto& problem : plan->problems) {
    std::string& reason = reasons[problem.row.value_or(0)];
    reason += (reason.empty() ? "" : "；") + problem.reason.zh + "（" + problem.remedy.zh + "）";
  }
  const auto write_cells = [&](const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) text += (i > 0 ? "," : "") + csv_cell(without_guard(row[i]));
    text += "\r\n";
  };
  write_cells(cells.front());
  for (const auto& [row, reason] : reasons) {
    if (row < 1 || static_cast<std::size_t>(row) > cells.size()) continue;
    text += std::to_string(row) + "," + csv_cell(reason) + ",";
    write_cells(cells[static_cast<std::size_t>(row) - 1]);
  }
  return text;
}

void ImportJobs::keep_plan(const std::string& id, std::shared_ptr<const ImportPlan> plan) {
  const std::lock_guard lock(mutex_);
  plans_.emplace_back(id, std::move(plan));
  if (plans_.size() > kImportPlansKept) plans_.pop_front();
}

std::shared_ptr<const ImportPlan> ImportJobs::plan_of(const Actor& actor, const Import& import, const std::string& csv) {
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, plan] : plans_)
      if (id == import.id) return plan;
  }
  auto reader = readers_.borrow();
  return std::make_shared<ImportPlan>(registry_.plan_import(*reader, actor, registry_.require_register(import.register_), csv));
}

void ImportJobs::resume() {
  std::vector<Job> interrupted;
  auto reader = readers_.borrow();
  std::vector<std::pair<std::string, std::string>> found;
  reader->query("SELECT id, account_id FROM imports WHERE state = 'committing' ORDER BY created_us", {}, [&](const store::Row& row) { found.emplace_back(row.string(0), row.string(1)); });
  for (const auto& [id, account_id] : found) interrupted.push_back({id, account_of(*reader, account_id)});
  const std::lock_guard lock(mutex_);
  for (auto& job : interrupted) waiting_.push_back(std::move(job));
  changed_.notify_all();
}

void ImportJobs::loop() {
  while (true) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    const Job job = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    try {
      commit(job);
    } catch (const std::exception& failed) {
      // Still "committing" in the database: the next start takes it up again.
      spdlog::error("import {} was interrupted: {}", job.id, failed.what());
    }
  }
}

void ImportJobs::commit(const Job& job) {
  std::optional<Stored> stored;
  {
    auto reader = readers_.borrow();
    stored = load(*reader, job.id, true);
  }
  if (!stored || stored->import.state != ImportState::committing) return;
  Import import = stored->import;
  const Register& reg = registry_.require_register(import.register_);
  const auto plan = plan_of(job.actor, import, stored->content);
  const auto outstanding = plan->count(RowVerdict::new_entry) + plan->count(RowVerdict::changed);
  import.done_rows = import.new_ + import.changed - outstanding;  // more than none when a former run was interrupted
  ChunksUnderWay under_way;
  for (std::size_t from = 0; from < plan->rows.size(); from += kImportChunkRows) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    const std::span chunk = std::span(plan->rows).subspan(from, std::min(kImportChunkRows, plan->rows.size() - from));
    // Commands run one after another on the writer's thread, so that they alone touch `import` until all have ended.
    under_way.submit(writer_, [&, chunk](store::Transaction& tx) {
      const ImportResult result = registry_.commit_rows(tx, job.actor, reg, chunk, import.publish);
      import.done_rows += result.committed;
      import.wrong += static_cast<std::int64_t>(result.problems.size());
      for (const auto& problem : result.problems)
        if (import.problems.size() < kImportProblemsShown) import.problems.push_back(problem);
      tx.execute("UPDATE imports SET done_rows = $1 WHERE id = $2", {import.done_rows, import.id});
    });
  }
  under_way.finish();
  import.state = ImportState::done;
  writer_.run([&](store::Transaction& tx) { save_state(tx, import, "done"); });
}

}  // namespace jingwei::registry
