// What counted indicators find in registers, kept as a read model: made of the entries as they are, moved on by the feed.
//
// It holds no truth of its own and may be thrown away at any time. The node itself reads the entries, so that a count is the same for
// everybody who asks; which of the rows behind it a person sees is decided where rows are shown (Steering::rows_of).
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "registry/registry.h"
#include "steering/content.h"

namespace jingwei::steering::internal {

constexpr std::int64_t kRecordsFollowedMax = 50'000;  ///< of the feed; with more of them everything is counted anew
constexpr std::size_t kEntriesReadMax = 2'000;        ///< changed ones, read one by one; with more of them likewise
constexpr std::size_t kTalliesMax = 500;              ///< beyond them those that nobody asks for at the moment are dropped

using DayAmounts = std::map<std::string, double, std::less<>>;  ///< what the entries of a day add up to

/// What one rule finds, as of now.
struct Tally {
  struct Row {
    std::string day;
    double amount = 0;
  };
  CountRule rule;
  std::map<std::string, Row, std::less<>> rows;  ///< by id of the entry; about 150 bytes each
  DayAmounts by_day;
};
using Tallies = std::map<std::string, Tally, std::less<>>;  ///< by key_of() the rule

std::string key_of(const CountRule& rule);
/// Reads every published entry of the rules' registers, each register once; in the order of the rules. Nothing is found in a register that
/// is gone.
std::vector<DayAmounts> counted_anew(store::Connection& connection, const registry::Registry& registry, const std::vector<CountRule>& rules);

/// An entry behind a count.
struct CountedRow {
  std::string id;
  std::string day;
  double amount = 0;
};

/// Answers hold every change that was committed before they were asked for. Never ask inside a store::Transaction: what it has not
/// committed yet must not be kept here.
class CountKeeper {
 public:
  explicit CountKeeper(const registry::Registry& registry) : registry_(registry) {}
  /// In the order of the rules.
  std::vector<DayAmounts> amounts(store::Connection& connection, const std::vector<CountRule>& rules);
  /// Of the days from `first` to `last`, newest first.
  std::vector<CountedRow> rows(store::Connection& connection, const CountRule& rule, std::string_view first, std::string_view last);

 private:
  void catch_up(store::Connection& connection, const std::vector<CountRule>& rules);
  void follow(store::Connection& connection, std::int64_t feed_seq);
  std::vector<Tally*> tallies_of(std::string_view register_id);

  const registry::Registry& registry_;
  std::mutex mutex_;
  Tallies tallies_;             ///< guarded by mutex_
  std::int64_t feed_seq_ = 0;   ///< guarded by mutex_: the tallies hold at least what was committed up to here
};

}  // namespace jingwei::steering::internal
