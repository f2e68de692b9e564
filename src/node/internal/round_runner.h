// Runs rounds (digest/digest.h), at a time of day and when asked: reads needs and suppliers, lets the engine match them all, and writes what
// came of it by commands of bounded size. One thread of its own; the matching uses all cores.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "digest/digest.h"
#include "match/match.h"
#include "store/store.h"

namespace jingwei::node {

constexpr std::size_t kRoundNeedsMax = 20'000;  ///< the newest; more would not fit into memory beside their candidates

class RoundRunner {
 public:
  struct Services {
    store::Writer& writer;
    store::ReadPool& readers;
    io::Clock& clock;
    io::Random& random;
    const registry::Registry& registry;
    match::Engine& engine;
    const digest::Digests& digests;
    std::function<std::vector<float>(std::string_view title, std::string_view text)> meaning;  ///< of a need, from a model; empty: none
  };
  /// `minute_of_day` in Asia/Shanghai; nothing: rounds are run here only when asked for.
  RoundRunner(const Services& services, std::optional<int> minute_of_day);
  ~RoundRunner();

  /// Begins a nightly round if one is due. Cheap otherwise; called every minute.
  void look();
  /// Begins a round now. Throws Rejected{wrong_state} while another one runs.
  digest::Round ask();
  /// Who begins rounds here; and runs one that was begun in this name.
  const std::string& holder() const { return holder_; }
  void run_begun(const digest::Round& round);
  /// Waits until the round has ended or so long; the round as it is.
  digest::Round wait(const std::string& id, int timeout_ms);
  /// Ends a running round as failed and stops.
  void stop();

 private:
  struct Input;
  struct Stopped {};
  void loop();
  void run(const digest::Round& round);
  Input read() const;
  void match(const std::string& id, Input& input);
  digest::Proposals choose(const Input& input) const;
  void write(const std::string& id, const Input& input, const digest::Proposals& proposals);
  void write_digests(const std::string& id);
  digest::Round begin(digest::Cause cause);
  template <class Rows, class Write>
  void in_commands(const Rows& rows, const Write& write);

  Services services_;
  std::optional<int> minute_of_day_;
  std::string holder_;
  Timestamp started_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<digest::Round> begun_;    ///< guarded by mutex_
  std::atomic<bool> stopping_ = false; ///< set under mutex_
  std::thread thread_;
};

}  // namespace jingwei::node
