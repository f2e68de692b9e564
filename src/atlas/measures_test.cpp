// The measures against slow ways of counting the same, on small random graphs.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "atlas/internal/measures.h"

namespace jingwei::atlas {
namespace {

constexpr std::uint64_t kSeed = 20260121;
constexpr int kGraphs = 400;

Adjacency random_graph(std::mt19937_64& random, bool may_cycle) {
  const std::size_t count = 1 + random() % 9;
  const std::size_t percent = 10 + random() % 60;
  std::vector<std::size_t> shuffled(count);
  for (std::size_t at = 0; at < count; ++at) shuffled[at] = at;
  std::ranges::shuffle(shuffled, random);
  Adjacency forward(count);
  for (std::size_t a = 0; a < count; ++a)
    for (std::size_t b = 0; b < count; ++b)
      if ((may_cycle ? a != b : a < b) && random() % 100 < percent) forward[shuffled[a]].push_back(shuffled[b]);
  for (auto& to : forward) std::ranges::sort(to);
  return forward;
}

using Path = std::vector<std::size_t>;

void each_path(const Adjacency& forward, Path& path, const std::function<void(const Path&)>& visit) {
  if (forward[path.back()].empty()) visit(path);
  for (const std::size_t next : forward[path.back()]) {
    path.push_back(next);
    each_path(forward, path, visit);
    path.pop_back();
  }
}

/// Every way from a node without suppliers to one without customers, walked one by one.
std::vector<Path> all_paths(const Adjacency& forward) {
  const Adjacency backward = reversed(forward);
  std::vector<Path> paths;
  for (std::size_t node = 0; node < forward.size(); ++node) {
    if (!backward[node].empty() || forward[node].empty()) continue;
    Path path = {node};
    each_path(forward, path, [&](const Path& found) { paths.push_back(found); });
  }
  return paths;
}

TEST(Measures, PathCountsEqualThoseOfWalkingEveryPath) {
  std::mt19937_64 random(kSeed);
  for (int graph = 0; graph < kGraphs; ++graph) {
    SCOPED_TRACE(fmt::format("seed {} graph {}", kSeed, graph));
    const Adjacency forward = random_graph(random, false);
    const Acyclic acyclic = without_cycles(forward);
    ASSERT_EQ(acyclic.forward, forward);
    ASSERT_TRUE(acyclic.left_out.empty());
    const Paths paths = count_paths(acyclic);
    const auto walked = all_paths(forward);
    EXPECT_EQ(paths.total, walked.size());
    for (std::size_t node = 0; node < forward.size(); ++node)
      EXPECT_EQ(paths.through[node], std::ranges::count_if(walked, [&](const Path& path) { return std::ranges::count(path, node) > 0; }));
  }
}

TEST(Measures, DominatorsEqualTheNodesThatAllPathsPass) {
  std::mt19937_64 random(kSeed + 1);
  for (int graph = 0; graph < kGraphs; ++graph) {
    SCOPED_TRACE(fmt::format("seed {} graph {}", kSeed + 1, graph));
    const Adjacency forward = random_graph(random, false);
    const Adjacency backward = reversed(forward);
    const Acyclic acyclic = without_cycles(forward);
    const auto dominator = dominators(acyclic);
    const auto counts = dominated_counts(acyclic, dominator);
    std::vector<std::int64_t> dominated(forward.size(), 0);
    for (std::size_t node = 0; node < forward.size(); ++node) {
      std::vector<Path> ways;  // from any source to node, backwards
      Path path = {node};
      each_path(backward, path, [&](const Path& found) { ways.push_back(found); });
      std::optional<std::size_t> last;  // the nearest node that all ways share
      for (std::size_t at = ways[0].size(); at-- > 1;) {
        const std::size_t candidate = ways[0][at];
        if (!std::ranges::all_of(ways, [&](const Path& way) { return std::ranges::count(way, candidate) > 0; })) continue;
        last = candidate;
        ++dominated[candidate];
      }
      EXPECT_EQ(dominator[node], last) << "node " << node;
    }
    EXPECT_EQ(counts, dominated);
  }
}

TEST(Measures, BetweennessEqualsCountingShortestPaths) {
  std::mt19937_64 random(kSeed + 2);
  for (int graph = 0; graph < kGraphs; ++graph) {
    SCOPED_TRACE(fmt::format("seed {} graph {}", kSeed + 2, graph));
    const Adjacency forward = random_graph(random, true);
    const std::size_t count = forward.size();
    // Ways of exactly n steps between all pairs; the first n at which there is one is the distance.
    std::vector<std::vector<double>> steps(count, std::vector<double>(count, -1));
    std::vector<std::vector<double>> ways(count, std::vector<double>(count, 0));
    for (std::size_t source = 0; source < count; ++source) {
      std::vector<double> here(count, 0);
      here[source] = 1;
      for (std::size_t n = 0; n < count; ++n) {
        std::vector<double> next(count, 0);
        for (std::size_t node = 0; node < count; ++node) {
          if (here[node] > 0 && steps[source][node] < 0) {
            steps[source][node] = static_cast<double>(n);
            ways[source][node] = here[node];
          }
          for (const std::size_t to : forward[node]) next[to] += here[node];
        }
        here = next;
      }
    }
    const auto between = betweenness(forward);
    for (std::size_t node = 0; node < count; ++node) {
      double expected = 0;
      for (std::size_t a = 0; a < count; ++a)
        for (std::size_t b = 0; b < count; ++b) {
          if (a == b || a == node || b == node || steps[a][b] < 0 || steps[a][node] < 0 || steps[node][b] < 0) continue;
          if (steps[a][node] + steps[node][b] == steps[a][b]) expected += ways[a][node] * ways[node][b] / ways[a][b];
        }
      EXPECT_NEAR(between[node], expected, 1e-9) << "node " << node;
    }
  }
}

TEST(Measures, WhatRemainsOfCyclesHasAnOrderAndEveryLeftOutEdgeClosedACycle) {
  std::mt19937_64 random(kSeed + 3);
  for (int graph = 0; graph < kGraphs; ++graph) {
    SCOPED_TRACE(fmt::format("seed {} graph {}", kSeed + 3, graph));
    const Adjacency forward = random_graph(random, true);
    const Acyclic acyclic = without_cycles(forward);
    ASSERT_EQ(acyclic.order.size(), forward.size());
    std::vector<std::size_t> place(forward.size());
    for (std::size_t at = 0; at < acyclic.order.size(); ++at) place[acyclic.order[at]] = at;
    std::size_t edges = 0;
    std::size_t kept = 0;
    for (std::size_t node = 0; node < forward.size(); ++node) {
      edges += forward[node].size();
      kept += acyclic.forward[node].size();
      for (const std::size_t to : acyclic.forward[node]) EXPECT_LT(place[node], place[to]);
    }
    EXPECT_EQ(edges, kept + acyclic.left_out.size());
    ASSERT_EQ(acyclic.cycles.size(), acyclic.left_out.size());
    for (std::size_t at = 0; at < acyclic.cycles.size(); ++at) {
      const auto& cycle = acyclic.cycles[at];
      EXPECT_EQ(acyclic.left_out[at], (std::pair(cycle.back(), cycle.front())));
      for (std::size_t step = 0; step < cycle.size(); ++step)
        EXPECT_TRUE(std::ranges::count(forward[cycle[step]], cycle[(step + 1) % cycle.size()]) == 1);
    }
  }
}

TEST(Measures, TheLargestChainStaysWithinTheNumbers) {
  // Layers of three, each joined with all of the next: the shape with most paths.
  Adjacency forward(kNodesPerChainMax);
  for (std::size_t node = 0; node + 3 < kNodesPerChainMax; ++node)
    for (std::size_t next = (node / 3 + 1) * 3; next < std::min((node / 3 + 2) * 3, kNodesPerChainMax); ++next) forward[node].push_back(next);
  const Paths paths = count_paths(without_cycles(forward));
  EXPECT_GT(paths.total, 1e300L);
  EXPECT_NEAR(static_cast<double>(paths.through[300] / paths.total), 1.0 / 3, 1e-6);
}

}  // namespace
}  // namespace jingwei::atlas
