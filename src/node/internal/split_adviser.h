// Asks a language model how it would split a need into problems, off the way of requests, and keeps what it says as a proposal for the
// owner (Deals::keep_proposal). It decides nothing: without it, and until the owner accepts, the engine's own split stands.
//
// A need is asked about when it is published or changed, and when its owner looks and there is no proposal for its present text; so
// nothing is lost when the node stops before the model has answered.
#pragma once

#include <map>
#include <mutex>
#include <thread>

#include "api/api.h"
#include "deals/deals.h"
#include "models/models.h"
#include "node/internal/model_queue.h"
#include "node/internal/model_texts.h"

namespace jingwei::node {

class SplitAdviser {
 public:
  SplitAdviser(const models::EndpointSettings& settings, const store::Database& database, store::FeedSignal& signal, store::Writer& writer,
               const registry::Definitions& definitions, const deals::Deals& deals, const match::Engine& engine, io::Clock& clock);
  ~SplitAdviser();

  /// What is there for the owner of this need; puts it into the queue when the model has not been asked about its present text.
  api::SplitAdvice advice(store::Connection& connection, const registry::Entry& need);
  api::ModelState state() const;
  void stop();

 private:
  void loop();
  void work(store::Connection& connection, const std::string& id);
  deals::SplitProposal ask(const std::string& id, const registry::Entry& need, const TextDigest& digest);
  void note_failure(const models::Failure& failure);

  const models::EndpointSettings settings_;
  const store::Database& database_;
  store::Writer& writer_;
  const registry::Definitions& definitions_;
  const deals::Deals& deals_;
  const match::Engine& engine_;
  io::Clock& clock_;
  models::Chat chat_;
  ModelQueue queue_;
  models::Pause pause_;  ///< the thread's own

  mutable std::mutex mutex_;
  std::int64_t done_ = 0;                  ///< guarded by mutex_, as all below
  std::int64_t refused_ = 0;
  std::optional<Bilingual> last_error_;
  Timestamp last_error_at_;
  std::int64_t paused_until_us_ = 0;

  std::thread thread_;
  std::unique_ptr<store::FeedFollower> follower_;
};

}  // namespace jingwei::node
