// Which terms of the lexicon a text comes near. Every term with its names and its neighbours' names is a small document, and a
// text is looked for among them (explicit semantic analysis; Gabrilovich, Markovitch 2007). So 瓶底一层渣 comes near 沉淀分层, which
// no name in it says, and a supply that speaks of 微射流均质 comes near it too: they meet without a common word.
// A second small document of a term is its gloss and, for a symptom, how those who have it say it and how those who solve it describe
// what they do (documents expanded by what may be asked of them: Nogueira and others 2019; the other way round: Gao and others 2023).
//
// Complaints, causes and properties count more than what surrounds them: two texts about one machine are not yet about one trouble.
// Terms of trades that the rest of the text does not speak of lose weight: 组件 of a spinning mill is no solar module.
// Whole numbers throughout, so that every machine gives the same.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "match/internal/lexicon.h"
#include "match/internal/terms.h"

namespace jingwei::match {

/// A term of a text and how much it counts there.
struct TopicTerm {
  TermKey key = 0;
  std::uint32_t weight = 0;  ///< small: kTopicTitle, kTopicText
};
constexpr std::uint32_t kTopicTitle = 10;
constexpr std::uint32_t kTopicText = 6;

/// A concept that a text comes near; 0 to 1, the nearest 1.
struct Topic {
  std::uint32_t entry = 0;
  float weight = 0;
};

class TopicIndex {
 public:
  /// Of the first 65,536 concepts; `lexicon` is read here and must outlive it.
  explicit TopicIndex(const Lexicon& lexicon);

  /// The `count` nearest concepts, nearest first; pairs of characters and Latin tokens count, other terms are passed over.
  std::vector<Topic> nearest(std::span<const TopicTerm> terms, std::size_t count) const;
  /// As a document keeps them.
  template <class Near>
  Near of(std::span<const TopicTerm> terms) const;

 private:
  struct Slot {
    TermKey key = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  struct Near {
    std::uint16_t entry = 0;
    std::uint16_t weight = 0;
  };
  void fill(std::span<const std::pair<TermKey, Near>> found);
  /// Sums of the weights of `terms`, by concept; `touched` receives those that rose from 0.
  void add_up(std::span<const TopicTerm> terms, std::vector<std::uint32_t>& sums, std::vector<std::uint16_t>& touched) const;
  std::size_t slot_of(TermKey key) const { return static_cast<std::size_t>((key * 0x9e3779b97f4a7c15ULL) >> 20) & (slots_.size() - 1); }

  const Lexicon& lexicon_;
  std::vector<Slot> slots_;  ///< open addressing; key 0: free
  std::vector<Near> near_;
};

/// Topics of a need, spread out to be read by concept.
class TopicVector {
 public:
  TopicVector() = default;
  TopicVector(std::vector<Topic> topics, std::size_t concepts);
  /// Adds what its topics lead to, all of it together `weight` long beside the topics' 1.
  void add(std::vector<Topic> others, double weight);
  /// Widens it by what others speak of, each by its share of `weight`.
  void add(std::span<const std::pair<const Topics*, double>> others, double weight);
  /// Cosine, 0 to 1.
  template <std::size_t kMost>
  double nearness(const NearTerms<kMost>& other) const {
    if (weights_.empty()) return 0;
    double sum = 0;
    for (std::size_t i = 0; i < kMost && other.weight[i] != 0; ++i) sum += static_cast<double>(weights_[other.entry[i]]) * other.weight[i];
    return std::min(1.0, sum / 255);
  }
  std::span<const Topic> topics() const { return topics_; }
  /// By concept, widened; nothing when there are no topics.
  std::span<const float> weights() const { return weights_; }

 private:
  /// Adds to a weight and returns by how much the vector's length, squared, grows: few of its thousands of weights change.
  double grow(std::uint32_t entry, double by);
  /// To a unit vector, when this is its length squared.
  void shrink(double square);

  std::vector<Topic> topics_;   ///< as given
  std::vector<float> weights_;  ///< by concept, a unit vector; empty: none
};

}  // namespace jingwei::match
