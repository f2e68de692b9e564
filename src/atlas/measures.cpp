#include <algorithm>
#include <cmath>
#include <utility>

#include "atlas/internal/measures.h"
#include "base/check.h"

namespace jingwei::atlas {

Adjacency reversed(const Adjacency& forward) {
  Adjacency backward(forward.size());
  for (std::size_t from = 0; from < forward.size(); ++from)
    for (const std::size_t to : forward[from]) backward[to].push_back(from);
  return backward;
}

Acyclic without_cycles(const Adjacency& forward) {
  enum class Mark { fresh, on_walk, done };
  const Adjacency backward = reversed(forward);
  Acyclic result{Adjacency(forward.size()), {}, {}, {}};
  std::vector<Mark> marks(forward.size(), Mark::fresh);
  std::vector<std::pair<std::size_t, std::size_t>> walk;  // node, next edge to look at
  const auto walk_from = [&](std::size_t root) {
    if (marks[root] != Mark::fresh) return;
    walk.emplace_back(root, 0);
    marks[root] = Mark::on_walk;
    while (!walk.empty()) {
      const std::size_t node = walk.back().first;
      if (walk.back().second == forward[node].size()) {
        marks[node] = Mark::done;
        result.order.push_back(node);
        walk.pop_back();
        continue;
      }
      const std::size_t next = forward[node][walk.back().second++];
      if (marks[next] == Mark::on_walk) {
        result.left_out.emplace_back(node, next);
        const auto begin = std::ranges::find(walk, next, &std::pair<std::size_t, std::size_t>::first);
        auto& cycle = result.cycles.emplace_back();
        for (auto at = begin; at != walk.end(); ++at) cycle.push_back(at->first);
        continue;
      }
      result.forward[node].push_back(next);
      if (marks[next] == Mark::done) continue;
      marks[next] = Mark::on_walk;
      walk.emplace_back(next, 0);
    }
  };
  for (std::size_t node = 0; node < forward.size(); ++node)
    if (backward[node].empty()) walk_from(node);
  for (std::size_t node = 0; node < forward.size(); ++node) walk_from(node);
  std::ranges::reverse(result.order);
  return result;
}

std::vector<double> betweenness(const Adjacency& forward) {
  const std::size_t count = forward.size();
  std::vector<double> between(count, 0);
  for (std::size_t source = 0; source < count; ++source) {
    std::vector<std::size_t> visited;  // in order of distance
    std::vector<std::vector<std::size_t>> before(count);
    std::vector<double> ways(count, 0);
    std::vector<std::int64_t> steps(count, -1);
    visited.push_back(source);
    ways[source] = 1;
    steps[source] = 0;
    for (std::size_t at = 0; at < visited.size(); ++at) {
      const std::size_t node = visited[at];
      for (const std::size_t next : forward[node]) {
        if (steps[next] < 0) {
          steps[next] = steps[node] + 1;
          visited.push_back(next);
        }
        if (steps[next] != steps[node] + 1) continue;
        ways[next] += ways[node];
        before[next].push_back(node);
      }
    }
    std::vector<double> dependency(count, 0);
    for (auto at = visited.rbegin(); at != visited.rend(); ++at) {
      for (const std::size_t node : before[*at]) dependency[node] += ways[node] / ways[*at] * (1 + dependency[*at]);
      if (*at != source) between[*at] += dependency[*at];
    }
  }
  return between;
}

Paths count_paths(const Acyclic& graph) {
  const std::size_t count = graph.forward.size();
  const Adjacency backward = reversed(graph.forward);
  std::vector<long double> into(count, 0);
  std::vector<long double> out_of(count, 0);
  for (const std::size_t node : graph.order) {
    if (backward[node].empty()) into[node] = 1;
    for (const std::size_t next : graph.forward[node]) into[next] += into[node];
  }
  Paths paths{0, std::vector<long double>(count, 0)};
  for (auto at = graph.order.rbegin(); at != graph.order.rend(); ++at) {
    if (graph.forward[*at].empty()) out_of[*at] = 1;
    for (const std::size_t next : graph.forward[*at]) out_of[*at] += out_of[next];
    const bool alone = backward[*at].empty() && graph.forward[*at].empty();
    if (alone) continue;
    paths.through[*at] = into[*at] * out_of[*at];
    if (backward[*at].empty()) paths.total += out_of[*at];
  }
  // A graph of n nodes without cycles has at most about 3^(n/3) of them; kNodesPerChainMax keeps that far inside the type.
  CHECK(std::isfinite(paths.total));
  return paths;
}

std::vector<std::optional<std::size_t>> dominators(const Acyclic& graph) {
  const std::size_t count = graph.forward.size();
  const Adjacency backward = reversed(graph.forward);
  std::vector<std::size_t> place(count, 0);
  for (std::size_t at = 0; at < count; ++at) place[graph.order[at]] = at;
  std::vector<std::optional<std::size_t>> dominator(count);
  // Suppliers of a node stand before it in the order, so theirs are final: one pass is enough.
  for (const std::size_t node : graph.order) {
    std::optional<std::size_t> common;
    for (std::size_t at = 0; at < backward[node].size(); ++at) {
      std::optional<std::size_t> other = backward[node][at];
      if (at == 0) {
        common = other;
        continue;
      }
      while (common != other && common && other) {
        auto& later = place[*common] > place[*other] ? common : other;
        later = dominator[*later];
      }
      if (common != other) common.reset();
    }
    dominator[node] = common;
  }
  return dominator;
}

std::vector<std::int64_t> dominated_counts(const Acyclic& graph, const std::vector<std::optional<std::size_t>>& dominator) {
  std::vector<std::int64_t> counts(graph.forward.size(), 0);
  for (auto at = graph.order.rbegin(); at != graph.order.rend(); ++at)
    if (dominator[*at]) counts[*dominator[*at]] += counts[*at] + 1;
  return counts;
}

Concentration concentration(const std::vector<std::optional<int>>& shares) {
  if (shares.empty()) return {};
  double known = 0;
  std::size_t unknown = 0;
  for (const auto& share : shares) share ? known += *share : unknown += 1;
  const bool none_known = unknown == shares.size();
  // Shares of nothing say no more than no shares.
  if (none_known || (unknown == 0 && known == 0)) return {std::llround(10'000.0 / static_cast<double>(shares.size())), HhiBasis::equal};
  const double scale = known > 100 ? 100 / known : 1;
  const double left = unknown == 0 ? 0 : std::max(0.0, 100 - known) / static_cast<double>(unknown);
  double sum = 0;
  for (const auto& share : shares) sum += share ? std::pow(*share * scale, 2) : std::pow(left, 2);
  return {std::llround(sum), unknown == 0 ? HhiBasis::shares : HhiBasis::mixed};
}

}  // namespace jingwei::atlas
