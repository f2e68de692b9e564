#include "store/internal/sealers.h"

namespace jingwei::store {
namespace {

/// Leaves that wait before a thread is woken: waking costs about as much as sealing one.
constexpr std::size_t kWakeLeaves = 8;

}  // namespace

LeafSealers::LeafSealers(std::size_t partners) {
  for (std::size_t i = 0; i < partners; ++i) threads_.emplace_back([this] { loop(); });
}

LeafSealers::~LeafSealers() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  added_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void LeafSealers::add(std::function<Bytes()> seal) {
  std::size_t waiting = 0;
  {
    const std::lock_guard lock(mutex_);
    leaves_.push_back({std::move(seal), {}, nullptr});
    waiting = leaves_.size() - next_;
  }
  if (waiting % kWakeLeaves == 0) added_.notify_one();
}

std::vector<Bytes> LeafSealers::finish() {
  std::unique_lock lock(mutex_);
  work(lock);
  wait_idle(lock);
  std::vector<Bytes> sealed;
  sealed.reserve(leaves_.size());
  for (auto& leaf : leaves_) {
    if (leaf.failed) std::rethrow_exception(leaf.failed);
    sealed.push_back(std::move(leaf.sealed));
  }
  leaves_.clear();
  next_ = 0;
  return sealed;
}

void LeafSealers::abandon() {
  std::unique_lock lock(mutex_);
  next_ = leaves_.size();
  wait_idle(lock);
  leaves_.clear();
  next_ = 0;
}

/// Seals until no leaf is left to take.
void LeafSealers::work(std::unique_lock<std::mutex>& lock) {
  while (next_ < leaves_.size()) {
    Leaf& leaf = leaves_[next_++];  // a deque's elements stay where they are when more are added
    ++sealing_;
    lock.unlock();
    try {
      leaf.sealed = leaf.seal();
    } catch (...) {
      leaf.failed = std::current_exception();
    }
    lock.lock();
    if (--sealing_ == 0) finished_.notify_one();
  }
}

void LeafSealers::wait_idle(std::unique_lock<std::mutex>& lock) {
  finished_.wait(lock, [&] { return sealing_ == 0; });
}

void LeafSealers::loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    added_.wait(lock, [&] { return stopping_ || next_ < leaves_.size(); });
    if (stopping_) return;
    work(lock);
  }
}

}  // namespace jingwei::store
