// Steps between segments in the industry atlas, looked up by the hashes that rows hold.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>

#include "match/internal/terms.h"
#include "match/match.h"

namespace jingwei::match {

class SegmentWays {
 public:
  struct Way {
    int steps = 0;
    ChainSide side = ChainSide::beside;
  };

  explicit SegmentWays(std::span<const SegmentWay> ways) {
    for (const SegmentWay& way : ways) ways_.emplace(key(stable_hash(way.from), stable_hash(way.to)), Way{way.steps, way.side});
  }
  /// From a need's segment to a supply's; nothing when no way is known.
  const Way* find(std::uint64_t from, std::uint64_t to) const {
    const auto at = ways_.find(key(from, to));
    return at == ways_.end() ? nullptr : &at->second;
  }

 private:
  static std::uint64_t key(std::uint64_t from, std::uint64_t to) { return from * 0x9e3779b97f4a7c15ULL ^ to; }
  std::unordered_map<std::uint64_t, Way> ways_;
};

}  // namespace jingwei::match
