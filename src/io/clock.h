// Time and randomness are handed in, so that every decision runs in a test without waiting and replays from a seed.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/time.h"

namespace jingwei::io {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() = 0;
};

/// The machine's UTC clock.
class SystemClock : public Clock {
 public:
  Timestamp now() override;
};

/// A clock that tests move by hand.
class ManualClock : public Clock {
 public:
  explicit ManualClock(Timestamp start) : us_(start.us) {}
  Timestamp now() override { return {us_.load()}; }
  void advance_us(std::int64_t us) { us_ += us; }

 private:
  std::atomic<std::int64_t> us_;
};

class Random {
 public:
  virtual ~Random() = default;
  /// Safe to call from any thread.
  virtual void fill(void* bytes, std::size_t size) = 0;
};

/// The kernel's generator (getrandom), through a buffer per thread.
class SystemRandom : public Random {
 public:
  void fill(void* bytes, std::size_t size) override;
};

/// Deterministic, for tests; print the seed.
class SeededRandom : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
  void fill(void* bytes, std::size_t size) override;

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;  ///< guarded by mutex_
};

/// "<prefix>_<ULID>"; ids made by one node sort by time.
std::string new_id(std::string_view prefix, Clock& clock, Random& random);

}  // namespace jingwei::io
