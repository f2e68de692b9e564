// Ids of what a model is to be asked about, each once, urgent ones first. Bounded: what does not fit is not kept but remembered as
// "something was left out", and whoever empties the queue looks for it in the database.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>

namespace jingwei::node {

class ModelQueue {
 public:
  explicit ModelQueue(std::size_t ids_max) : ids_max_(ids_max) {}

  /// Does nothing for an id that waits already. An urgent id goes before all others that are not.
  void push(const std::string& id, bool urgent);
  /// Behind all others, as what went wrong.
  void push_back(const std::string& id);
  std::optional<std::string> pop();
  std::size_t size() const;
  /// Whether something was left out since the last call.
  bool take_left_out();

  /// Until something is pushed, `timeout_ms` has gone by or stop() was called. Pushing does not end a wait with `only_stop`.
  void wait(int timeout_ms, bool only_stop);
  void stop();
  bool stopping() const;

 private:
  const std::size_t ids_max_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> urgent_;         ///< guarded by mutex_, as all below
  std::deque<std::string> others_;
  std::unordered_set<std::string> waiting_;
  bool left_out_ = false;
  bool stopping_ = false;
};

}  // namespace jingwei::node
