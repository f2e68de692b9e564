#include "analytics/internal/watchdog.h"

namespace jingwei::sql {
namespace {

constexpr std::chrono::milliseconds kBiteAgain{20};

}  // namespace

Watchdog::Watch::Watch(Watchdog& dog, int deadline_ms) : dog_(deadline_ms > 0 ? &dog : nullptr) {
  if (dog_ == nullptr) return;
  {
    const std::lock_guard lock(dog_->mutex_);
    dog_->deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(deadline_ms);
    dog_->watching_ = true;
  }
  if (!dog_->thread_.joinable()) dog_->thread_ = std::thread([&dog] { dog.loop(); });
  dog_->changed_.notify_one();
}

Watchdog::Watch::~Watch() {
  if (dog_ == nullptr) return;
  // Under the lock, so that no bite is on its way when this returns and the next statement begins.
  const std::lock_guard lock(dog_->mutex_);
  dog_->watching_ = false;
}

void Watchdog::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Watchdog::loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (!watching_) {
      changed_.wait(lock);
    } else if (std::chrono::steady_clock::now() < deadline_) {
      changed_.wait_until(lock, deadline_);
    } else {
      bite_();
      changed_.wait_for(lock, kBiteAgain);
    }
  }
}

}  // namespace jingwei::sql
