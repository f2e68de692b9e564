// A few threads for what computes too long for an I/O thread, behind a bounded queue.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace jingwei::http {

class Workers {
 public:
  Workers(int threads, std::size_t queue_max);
  ~Workers();
  /// False when the queue is full or stop() has begun. `job` must not throw.
  bool push(std::function<void()> job);
  /// Finishes what is queued, then joins.
  void stop();

 private:
  void run();

  const std::size_t queue_max_;  ///< jobs
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;  ///< guarded by mutex_
  bool stopping_ = false;                    ///< guarded by mutex_
  std::vector<std::thread> threads_;         ///< used by the owner only
};

}  // namespace jingwei::http
