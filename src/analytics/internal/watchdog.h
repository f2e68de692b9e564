// Calls `bite` once a deadline has passed, and again every few milliseconds until it is called off: an interruption that comes between
// two steps of DuckDB is forgotten by the next.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace jingwei::sql {

class Watchdog {
 public:
  explicit Watchdog(std::function<void()> bite) : bite_(std::move(bite)) {}
  Watchdog(const Watchdog&) = delete;
  ~Watchdog() { stop(); }

  /// Watches until the end of its life; 0 ms watches nothing. The thread is started by the first watch.
  class Watch {
   public:
    Watch(Watchdog& dog, int deadline_ms);
    Watch(const Watch&) = delete;
    ~Watch();

   private:
    Watchdog* dog_;
  };
  void stop();

 private:
  void loop();

  std::function<void()> bite_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::chrono::steady_clock::time_point deadline_;  ///< guarded by mutex_
  bool watching_ = false;                           ///< guarded by mutex_
  bool stopping_ = false;                           ///< guarded by mutex_
  std::thread thread_;                              ///< the session's thread only
};

}  // namespace jingwei::sql
