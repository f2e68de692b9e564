// hnswlib's graph with a search of our own: its searchKnn (0.6.2) takes no filter and hands back what was removed. Vectors have
// length 1 and are compared by inner product. Places count from 0 in the order of adding; none is ever taken out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace jingwei::match {

class SmallWorld {
 public:
  using Place = std::uint32_t;
  struct Found {
    float cosine = 0;
    Place place = 0;
  };

  explicit SmallWorld(std::size_t dimensions);
  ~SmallWorld();

  void add(std::span<const float> vector);
  std::size_t size() const;
  std::size_t bytes() const;
  std::span<const float> vector(Place place) const;
  float cosine(std::span<const float> vector, Place place) const;

  /// Nearest first. Compares at most `compared_max` vectors, so a filter that hardly anything passes finds less than `count`.
  std::vector<Found> search(std::span<const float> vector, std::size_t count, std::size_t compared_max,
                            const std::function<bool(Place)>& passes) const;

 private:
  struct Graph;  ///< the library's headers define functions, so that one file alone may include them
  float distance(const float* vector, Place place) const;
  Place descend(const float* vector) const;

  std::size_t dimensions_;
  std::unique_ptr<Graph> graph_;
};

}  // namespace jingwei::match
