// How the value of a period came to be, day by day: what a count found, what SQL gave, when a report was approved, and what a formula made
// of these on each of the days on which one of them changed.
#pragma once

#include "steering/internal/series.h"

namespace jingwei::steering::internal {

/// From a day on; no value: there is none from then on.
using Grown = std::map<std::string, std::optional<double>>;

class Growing {
 public:
  explicit Growing(const Board& board) : board_(board) {}
  /// Of an indicator at one of its own periods that has begun. What was computed for a period that has ended stands for all its days.
  Grown of(const Kept<IndicatorContent>& indicator, const Period& period);

 private:
  Grown of_count(const Kept<IndicatorContent>& indicator, const Period& period) const;
  Grown of_formula(const Kept<IndicatorContent>& indicator, const Period& period);
  /// Of what a formula refers to, at a period as long as its own or longer.
  Grown of_input(std::string_view code, const Period& period);

  const Board& board_;
  std::set<std::string, std::less<>> under_way_;  ///< a circle, refused when defined, must not run for ever here
};

}  // namespace jingwei::steering::internal
