// A few threads that run work in the order it comes, with a limit on what waits.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/rejected.h"

namespace jingwei::analytics::internal {

class Lanes {
 public:
  Lanes(int threads, std::size_t waiting_max) : waiting_max_(waiting_max) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { loop(); });
  }
  ~Lanes() { stop(); }

  void put(std::move_only_function<void()> work) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_ || waiting_.size() >= waiting_max_)
        throw Rejected(Code::unavailable, {"正在算别人的查询，请稍后再试", "Other queries are running; try again soon"});
      waiting_.push_back(std::move(work));
    }
    changed_.notify_one();
  }

  /// What waits is still run, so that nobody waits for an answer in vain.
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_)
      if (thread.joinable()) thread.join();
  }

 private:
  void loop() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      auto work = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      work();
      lock.lock();
    }
  }

  const std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::move_only_function<void()>> waiting_;  ///< guarded by mutex_
  bool stopping_ = false;                                ///< guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace jingwei::analytics::internal
