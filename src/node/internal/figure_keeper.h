// Computes the indicators that are SQL over the read model, and hands what changed to steering through the one writer.
//
// When: at the start, whenever the read model has moved (but for the keeper's own writes), and with every new day. It waits until changes
// pause, and rests between two rounds for several times as long as the last one took, so that it never has more than a share of the
// machine. A round asks first for the periods that run; ended ones are asked again for entries that came late, by the same measure.
// SQL that fails is noted at its indicator, asked last in the next round, and holds up nobody else.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "analytics/analytics.h"
#include "steering/steering.h"
#include "store/store.h"

namespace jingwei::node {

class FigureKeeper {
 public:
  struct Services {
    analytics::Model& model;
    const steering::Steering& steering;
    store::Writer& writer;
    store::ReadPool& readers;
    io::Clock& clock;
  };
  enum class Periods { running, ended };
  struct Round {
    std::size_t asked = 0;    ///< figures
    std::size_t failed = 0;   ///< indicators whose SQL failed
    std::size_t written = 0;  ///< versions
    bool whole = true;        ///< false: the read model could not be asked, or it was stopped
  };

  explicit FigureKeeper(const Services& services) : services_(services) {}
  ~FigureKeeper() { stop(); }
  /// Begins to follow the read model on a thread of its own.
  void start();
  void stop();
  /// One round now, whose figures are kept. On the caller's thread, before start().
  Round compute(Periods which);

 private:
  using Clock = std::chrono::steady_clock;
  struct Kept {
    std::vector<steering::FigureResult> results;
    std::vector<steering::FigureTrouble> troubles;
  };

  void loop();
  bool has_reason();
  std::int64_t settled();
  void look();
  bool concerns(std::int64_t applied);
  bool fails_in(const std::string& indicator_id, Periods which) const;
  void note(store::Connection& reader, steering::FigureTrouble trouble, Kept& kept) const;
  std::size_t keep(Kept& kept) const;
  void rest(std::chrono::milliseconds time);

  const Services services_;
  std::map<std::string, Periods, std::less<>> failing_;   ///< indicators whose SQL failed last, and for which periods
  std::set<std::string, std::less<>> of_present_;         ///< indicators whose SQL names no days
  std::int64_t seen_ = -1;                                ///< feed record up to which rounds have looked
  std::string day_;                                       ///< of the last round
  bool running_waits_ = true;                             ///< running periods are to be asked
  bool ended_waits_ = true;                               ///< ended ones are
  Clock::time_point ended_from_{};                        ///< not before
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace jingwei::node
