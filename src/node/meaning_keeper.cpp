#include "node/internal/meaning_keeper.h"

#include <spdlog/spdlog.h>

#include "node/internal/model_settings.h"

namespace jingwei::node {
namespace {

constexpr std::size_t kQueueMax = 100'000;          ///< ids; what does not fit is found in the database later
constexpr std::int64_t kLookedAtOnce = 500;         ///< entries of one step through the database
constexpr std::size_t kRefusedMax = 10'000;         ///< texts remembered as refused; more are asked again
constexpr int kIdleMs = 60'000;
constexpr int kTroubleMs = 1'000;                   ///< until the database is tried again
constexpr std::string_view kNeedsRegister = "needs";

}  // namespace

MeaningKeeper::MeaningKeeper(const models::EmbeddingsSettings& settings, const store::Database& database, store::FeedSignal& signal,
                             const registry::Definitions& definitions, match::Engine& engine, io::Clock& clock, const std::filesystem::path& file)
    : settings_(settings), database_(database), definitions_(definitions), engine_(engine), clock_(clock),
      file_(file, settings.model, static_cast<std::size_t>(settings.dimensions)), embedder_(settings, program_environment()),
      queue_(kQueueMax), pause_(clock) {
  engine_.meanings().begin(static_cast<std::size_t>(settings.dimensions));
  // The feed's number is read before the thread looks through the database: what comes in between is looked at twice.
  const auto feed_seq = database.connect(true)->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
  thread_ = std::thread([this] { loop(); });
  follower_ = std::make_unique<store::FeedFollower>(database, signal, "meanings", feed_seq, [this](store::Connection&, std::span<const store::FeedRecord> records) {
    for (const auto& record : records)
      if (record.kind == "entry") queue_.push(record.subject, is_need(record.subject));
  });
}

MeaningKeeper::~MeaningKeeper() { stop(); }

void MeaningKeeper::stop() {
  follower_->stop();
  queue_.stop();
  embedder_.stop();
  if (thread_.joinable()) thread_.join();
}

bool MeaningKeeper::is_need(const std::string& id) const {
  const auto* reg = definitions_.of_entry(id);
  return reg != nullptr && reg->id == kNeedsRegister;
}

void MeaningKeeper::loop() {
  std::unique_ptr<store::Connection> connection;
  try {
    load();
  } catch (const std::exception& failed) {
    spdlog::error("vectors of earlier runs cannot be read: {}", failed.what());
  }
  while (!queue_.stopping()) {
    try {
      if (!connection) connection = database_.connect(true);
      if (work(*connection)) continue;
      queue_.wait(kIdleMs, false);
    } catch (const models::Failure& failure) {
      note_failure(failure);
      queue_.wait(pause_.left_ms(), true);
    } catch (const std::exception& failed) {
      spdlog::error("meanings: {}", failed.what());
      connection.reset();
      queue_.wait(kTroubleMs, true);
    }
  }
}

/// What earlier runs paid for. Whether it still holds is looked at afterwards, like everything else.
void MeaningKeeper::load() {
  file_.each([&](const std::string& id, const TextDigest& digest, std::span<const float> vector) {
    if (is_need(id)) {
      const std::lock_guard lock(mutex_);
      needs_.emplace(digest, id);
    } else {
      engine_.meanings().put(id, vector);
    }
  }, [&] { return !queue_.stopping(); });
  look_at_everything();
  const std::lock_guard lock(mutex_);
  reading_ = false;
}

/// One step; false when there is nothing to do.
bool MeaningKeeper::work(store::Connection& connection) {
  const auto batch = next_batch(connection);
  if (!batch.empty()) {
    ask(batch);
    return true;
  }
  if (queue_.take_left_out()) look_at_everything();
  const bool more = !looked_through_ && look_through(connection);
  const std::lock_guard lock(mutex_);
  looking_ = more;
  return more || queue_.size() > 0;
}

void MeaningKeeper::look_at_everything() {
  remembered_ = file_.ids();
  looked_through_ = false;
  register_ = 0;
  last_id_.clear();
}

/// Puts the next entries that have a vector or are in the database into the queue; false at the end.
bool MeaningKeeper::look_through(store::Connection& connection) {
  if (!remembered_.empty()) {
    for (std::int64_t i = 0; i < kLookedAtOnce && !remembered_.empty(); ++i, remembered_.pop_back()) queue_.push(remembered_.back(), is_need(remembered_.back()));
    return true;
  }
  const auto& registers = definitions_.all();
  while (register_ < registers.size()) {
    const auto& reg = registers[register_];
    std::vector<std::string> found;
    if (!reg.supply_kind.empty() || reg.id == kNeedsRegister)
      connection.query("SELECT id FROM entries WHERE register = $1 AND id > $2 AND state IN ('published', 'draft') ORDER BY id LIMIT $3",
                       {reg.id, last_id_, kLookedAtOnce}, [&](const store::Row& row) { found.push_back(row.string(0)); });
    if (!found.empty()) {
      last_id_ = found.back();
      for (const auto& id : found) queue_.push(id, is_need(id));
      return true;
    }
    ++register_;
    last_id_.clear();
  }
  looked_through_ = true;
  return false;
}

/// The next texts without a vector. Entries that may not be sent, or no longer, lose theirs on the way.
std::vector<MeaningKeeper::Asked> MeaningKeeper::next_batch(store::Connection& connection) {
  // After failures one text at a time: if it is one text that the endpoint cannot bear, the others pass.
  const std::size_t texts_max = pause_.failures() > 1 ? 1 : static_cast<std::size_t>(settings_.batch);
  std::vector<Asked> batch;
  while (batch.size() < texts_max && !queue_.stopping()) {
    const auto id = queue_.pop();
    if (!id) break;
    auto text = text_to_send(connection, definitions_, *id, settings_.send_confidential);
    if (!text) {
      forget(*id);
      continue;
    }
    const TextDigest digest = digest_of_text(*text);
    if (file_.digest(*id) == digest) continue;
    {
      const std::lock_guard lock(mutex_);
      if (const auto at = refused_.find(*id); at != refused_.end() && at->second == digest) continue;
    }
    batch.push_back({*id, std::move(*text), digest});
  }
  return batch;
}

void MeaningKeeper::ask(std::span<const Asked> batch) {
  std::vector<std::string> texts;
  for (const auto& asked : batch) texts.push_back(asked.text);
  asking_ = texts.size();
  try {
    const auto vectors = embedder_.embed(texts);
    for (std::size_t i = 0; i < batch.size(); ++i) keep(batch[i], vectors[i]);
    pause_.succeeded();
    const std::lock_guard lock(mutex_);
    paused_until_us_ = 0;
  } catch (const models::Failure& failure) {
    asking_ = 0;
    if (failure.fault() != models::Fault::text) {
      // Behind all others, so that one bad text holds up nobody.
      for (const auto& asked : batch) queue_.push_back(asked.id);
      throw;
    }
    if (batch.size() == 1) note_refused(batch[0], failure.reason());
    else ask_one_by_one(batch);
  }
  asking_ = 0;
}

/// After a batch of which some text is not taken.
void MeaningKeeper::ask_one_by_one(std::span<const Asked> batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    try {
      ask(batch.subspan(i, 1));
    } catch (const models::Failure&) {
      for (const auto& asked : batch.subspan(i + 1)) queue_.push_back(asked.id);
      throw;
    }
  }
}

void MeaningKeeper::note_refused(const Asked& asked, const Bilingual& reason) {
  forget(asked.id);  // a vector of an earlier text would speak of what is no longer there
  const std::lock_guard lock(mutex_);
  if (refused_.size() >= kRefusedMax) refused_.clear();
  refused_[asked.id] = asked.digest;
  last_error_ = reason;
  last_error_at_ = clock_.now();
}

void MeaningKeeper::keep(const Asked& asked, std::span<const float> vector) {
  if (is_need(asked.id)) forget(asked.id);
  else engine_.meanings().put(asked.id, vector);
  file_.put(asked.id, asked.digest, vector);
  const std::lock_guard lock(mutex_);
  refused_.erase(asked.id);
  if (is_need(asked.id)) needs_.emplace(asked.digest, asked.id);
}

void MeaningKeeper::forget(const std::string& id) {
  if (const auto digest = file_.digest(id)) {
    const std::lock_guard lock(mutex_);
    needs_.erase({*digest, id});
  }
  engine_.meanings().remove(id);
  file_.remove(id);
  const std::lock_guard lock(mutex_);
  refused_.erase(id);
}

void MeaningKeeper::note_failure(const models::Failure& failure) {
  if (failure.fault() == models::Fault::stopped) return;
  pause_.failed(failure);
  spdlog::warn("embeddings: {}; trying again in {} ms", failure.reason().en, pause_.left_ms());
  const std::lock_guard lock(mutex_);
  last_error_ = failure.reason();
  last_error_at_ = clock_.now();
  paused_until_us_ = clock_.now().us + pause_.left_ms() * std::int64_t{1'000};
}

std::vector<float> MeaningKeeper::of_need(std::string_view title, std::string_view text) const {
  const TextDigest digest = digest_of_text(text_of_need(title, text));
  std::string id;
  {
    const std::lock_guard lock(mutex_);
    const auto at = needs_.lower_bound({digest, ""});
    if (at == needs_.end() || at->first != digest) return {};
    id = at->second;
  }
  return file_.vector(id).value_or(std::vector<float>());
}

api::ModelState MeaningKeeper::state() const {
  api::ModelState state;
  state.use = api::ModelUse::embeddings;
  state.model = settings_.model;
  state.done = static_cast<std::int64_t>(file_.size());
  state.waiting = static_cast<std::int64_t>(queue_.size() + asking_);
  const std::lock_guard lock(mutex_);
  state.refused = static_cast<std::int64_t>(refused_.size());
  state.reading = reading_ || looking_;
  state.paused_seconds = std::max<std::int64_t>(0, (paused_until_us_ - clock_.now().us + kMicrosPerSecond - 1) / kMicrosPerSecond);
  if (last_error_) {
    state.last_error = last_error_;
    state.last_error_at = to_rfc3339(last_error_at_);
  }
  return state;
}

}  // namespace jingwei::node
