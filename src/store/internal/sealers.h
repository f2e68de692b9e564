// Threads that sign a batch's leaves while the writer runs the batch's later commands.
//
// A batch is: add() each leaf of a command that has succeeded, then finish(), or abandon() when the batch is undone. Both return
// when no leaf is being worked on any more; leaves that no thread has taken by then are the writer's own, so that it never
// waits for a thread that the machine has not let run.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/bytes.h"

namespace jingwei::store {

/// Used by the writer's thread alone.
class LeafSealers {
 public:
  explicit LeafSealers(std::size_t partners);
  ~LeafSealers();
  LeafSealers(const LeafSealers&) = delete;
  LeafSealers& operator=(const LeafSealers&) = delete;

  void add(std::function<Bytes()> seal);
  /// The sealed leaves of this batch in the order they were added; throws what a seal function threw.
  std::vector<Bytes> finish();
  void abandon();

 private:
  struct Leaf {
    std::function<Bytes()> seal;
    Bytes sealed;
    std::exception_ptr failed;
  };

  void loop();
  void work(std::unique_lock<std::mutex>& lock);
  void wait_idle(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable added_;
  std::condition_variable finished_;
  std::deque<Leaf> leaves_;     ///< guarded by mutex_; a taken leaf belongs to the thread that took it
  std::size_t next_ = 0;        ///< guarded by mutex_: leaves before it are taken
  std::size_t sealing_ = 0;     ///< guarded by mutex_: taken and not done
  bool stopping_ = false;       ///< guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace jingwei::store
