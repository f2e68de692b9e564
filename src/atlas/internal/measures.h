// Measures on a directed graph of numbered nodes; atlas.h names their sources. Adjacency lists are sorted and hold no node twice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "atlas/atlas.h"

namespace jingwei::atlas {

using Adjacency = std::vector<std::vector<std::size_t>>;  ///< by node, the nodes that it delivers to

Adjacency reversed(const Adjacency& forward);

struct Acyclic {
  Adjacency forward;
  std::vector<std::size_t> order;                                  ///< topological
  std::vector<std::vector<std::size_t>> cycles;                    ///< each as a round of nodes
  std::vector<std::pair<std::size_t, std::size_t>> left_out;       ///< the edge that closes each cycle
};
Acyclic without_cycles(const Adjacency& forward);

std::vector<double> betweenness(const Adjacency& forward);

struct Paths {
  long double total = 0;              ///< ways from a node without suppliers to one without customers, at least one edge long
  std::vector<long double> through;   ///< by node
};
Paths count_paths(const Acyclic& graph);

/// By node, its immediate dominator; nothing where only the virtual source stands before it.
std::vector<std::optional<std::size_t>> dominators(const Acyclic& graph);
/// By node, how many others it dominates, near and far.
std::vector<std::int64_t> dominated_counts(const Acyclic& graph, const std::vector<std::optional<std::size_t>>& dominator);

struct Concentration {
  std::optional<std::int64_t> hhi;
  HhiBasis basis = HhiBasis::none;
};
/// One entry a supplier, its percentage if known. Known shares over 100 together are scaled down to it. Where all are known and make
/// less than 100, the rest counts as many small suppliers: the index is then a lower bound.
Concentration concentration(const std::vector<std::optional<int>>& shares);

}  // namespace jingwei::atlas
