// Meanings: vectors of supplies from a model of meaning, and which of them lie near a need's.
//
//   engine->meanings().begin(1024);                     // numbers a vector; 0 until then: the match goes without
//   engine->meanings().put(id, vector);                 // one writer, beside readers
//   need.meaning = vector;  engine->match(need);        // the part "meaning" joins the score, and who lies near joins the candidates
//
// Where vectors come from is no question here: whoever asks the model puts them (src/node/meaning_keeper.cpp). Vectors are compared
// by their cosine. A hierarchical small-world graph (Malkov, Yashunin 2016; hnswlib) finds the nearest of many; why hnswlib, and why
// its search is our own: docs/decisions/0013-models-behind-endpoints.md.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jingwei::match {

constexpr std::size_t kDimensionsMax = 4'096;
constexpr std::size_t kMeaningsMax = 10'000'000;  ///< vectors; more are refused

class Meanings {
 public:
  Meanings();
  ~Meanings();
  Meanings(const Meanings&) = delete;
  Meanings& operator=(const Meanings&) = delete;

  // --- the one writer. Readers wait for one vector at most. ---

  /// Forgets all vectors; from here on they have `dimensions` numbers, 0 to kDimensionsMax.
  void begin(std::size_t dimensions);
  /// Adds or replaces by id. Throws Rejected{invalid} for another number of numbers, for one that is not finite, and for zero length.
  void put(std::string_view id, std::span<const float> vector);
  /// Unknown ids are ignored.
  void remove(std::string_view id);

  // --- readers, from any thread ---

  std::size_t dimensions() const;
  std::size_t size() const;
  std::size_t bytes() const;  ///< in memory

  struct Near {
    std::string id;
    double cosine = 0;
  };
  using Passes = std::function<bool(std::string_view id)>;
  /// The nearest that pass, nearest first, at most `count`. With few vectors all are compared; with many the graph is walked, and what
  /// does not pass is walked through and not returned. `vector` has dimensions() numbers of any length but 0; another gives nothing.
  std::vector<Near> nearest(std::span<const float> vector, std::size_t count, const Passes& passes) const;
  /// Cosines of these, in their order; nothing for those without a vector.
  std::vector<std::optional<double>> cosines(std::span<const float> vector, std::span<const std::string_view> ids) const;
  /// The mean cosine of all vectors: what a supply reaches that has nothing to do with the need.
  double usual(std::span<const float> vector) const;

 private:
  struct Graph;
  std::unique_ptr<Graph> graph_;
};

}  // namespace jingwei::match
