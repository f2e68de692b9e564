#include "node/internal/model_queue.h"

namespace jingwei::node {

void ModelQueue::push(const std::string& id, bool urgent) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.contains(id)) return;
    if (waiting_.size() >= ids_max_) {
      left_out_ = true;
      return;
    }
    waiting_.insert(id);
    (urgent ? urgent_ : others_).push_back(id);
  }
  changed_.notify_all();
}

void ModelQueue::push_back(const std::string& id) { push(id, false); }

std::optional<std::string> ModelQueue::pop() {
  const std::lock_guard lock(mutex_);
  auto& from = urgent_.empty() ? others_ : urgent_;
  if (from.empty()) return std::nullopt;
  std::string id = std::move(from.front());
  from.pop_front();
  waiting_.erase(id);
  return id;
}

std::size_t ModelQueue::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

bool ModelQueue::take_left_out() {
  const std::lock_guard lock(mutex_);
  return std::exchange(left_out_, false);
}

void ModelQueue::wait(int timeout_ms, bool only_stop) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms), [&] { return stopping_ || (!only_stop && !waiting_.empty()); });
}

void ModelQueue::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
}

bool ModelQueue::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

}  // namespace jingwei::node
