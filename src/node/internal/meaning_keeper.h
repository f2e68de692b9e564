// Keeps the vectors of supplies and needs behind the feed, beside everything else: one thread asks the endpoint, nobody waits for it.
//
// A read model: the file of vectors may be deleted. The queue needs no file of its own, since what waits is what has a text and no vector
// for it: at the start, and whenever the queue was too small, the thread looks through the database.
#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <set>
#include <thread>

#include "api/api.h"
#include "match/match.h"
#include "models/models.h"
#include "node/internal/model_queue.h"
#include "node/internal/model_texts.h"
#include "node/internal/vector_file.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jingwei::node {

class MeaningKeeper {
 public:
  /// The database, definitions and engine must outlive it. Throws io::FileError.
  MeaningKeeper(const models::EmbeddingsSettings& settings, const store::Database& database, store::FeedSignal& signal,
                const registry::Definitions& definitions, match::Engine& engine, io::Clock& clock, const std::filesystem::path& file);
  ~MeaningKeeper();

  /// The vector of a need with this title and text, if one was made; empty otherwise. Asks nobody.
  std::vector<float> of_need(std::string_view title, std::string_view text) const;
  api::ModelState state() const;
  void stop();

 private:
  struct Asked {
    std::string id;
    std::string text;
    TextDigest digest;
  };

  void loop();
  void load();
  bool work(store::Connection& connection);
  std::vector<Asked> next_batch(store::Connection& connection);
  bool look_through(store::Connection& connection);
  void ask(std::span<const Asked> batch);
  void ask_one_by_one(std::span<const Asked> batch);
  void note_refused(const Asked& asked, const Bilingual& reason);
  void look_at_everything();
  void keep(const Asked& asked, std::span<const float> vector);
  void forget(const std::string& id);
  void note_failure(const models::Failure& failure);
  bool is_need(const std::string& id) const;

  const models::EmbeddingsSettings settings_;
  const store::Database& database_;
  const registry::Definitions& definitions_;
  match::Engine& engine_;
  io::Clock& clock_;
  VectorFile file_;
  models::Embedder embedder_;
  ModelQueue queue_;

  // The thread's own.
  models::Pause pause_;
  bool looked_through_ = false;             ///< everything in the database has been looked at
  std::vector<std::string> remembered_;     ///< ids with a vector that are still to be looked at
  std::size_t register_ = 0;                ///< where the look through the database has come to...
  std::string last_id_;                     ///< ...within that register

  mutable std::mutex mutex_;
  std::set<std::pair<TextDigest, std::string>> needs_;  ///< guarded by mutex_: texts of needs with a vector, and whose
  std::map<std::string, TextDigest> refused_;      ///< guarded by mutex_: texts that the endpoint does not take
  std::optional<Bilingual> last_error_;            ///< guarded by mutex_
  Timestamp last_error_at_;                        ///< guarded by mutex_
  bool reading_ = true;                            ///< guarded by mutex_: vectors of earlier runs are being read
  bool looking_ = true;                            ///< guarded by mutex_: not everything has been looked at
  std::int64_t paused_until_us_ = 0;               ///< guarded by mutex_
  std::atomic<std::size_t> asking_ = 0;            ///< texts in the request under way

  std::thread thread_;
  std::unique_ptr<store::FeedFollower> follower_;
};

}  // namespace jingwei::node
