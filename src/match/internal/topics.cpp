#include "match/internal/topics.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>

#include "match/internal/analyser.h"

namespace jingwei::match {
namespace {

// Shape of the small documents: names of a neighbour as a step along a relation keeps, saturated and normalised as BM25 does.
constexpr double kNeighbour[kRelationTypes][2] = {{1.0, 1.0}, {0.6, 0.6}, {0.4, 0.4},  {0.8, 0.6},  {0.9, 0.6}, {0.7, 0.5},
                                                  {0.7, 0.5}, {0.45, 0.45}, {0.5, 0.45}, {0.4, 0.4}, {0.6, 0.4}, {0.55, 0.55}};
constexpr double kSaturation = 0.6;
constexpr double kLengthShare = 0.4;
constexpr double kSurroundings = 0.6;      ///< of processes, materials, products...: they say where, not what is wrong
constexpr double kCommonShare = 0.03;      ///< pairs in more documents than this say nothing
constexpr double kScale = 1'000;           ///< of weights as whole numbers
constexpr std::size_t kConceptsMax = 65'536;
constexpr std::size_t kPool = 60;          ///< nearest, of which the trades are asked and the kept chosen
constexpr std::uint32_t kFarFrom = 4;        ///< what scores less than the nearest by more than this factor is not looked at
constexpr std::uint32_t kForeignPercent = 40;  ///< what a term keeps of whose trades nothing else speaks

/// Pairs of characters of a name, and its Latin token when it has one alone: the hot of Hot Disk and the A of 双酚A, met by
/// themselves, say nothing. Whole names are found by the lexicon.
void terms_of_name(std::string_view name, std::vector<TermKey>& out) {
  const auto folded = Analyser::fold(name);
  std::vector<TermKey> tokens;
  for (std::size_t i = 0; i < folded.size();) {
    const bool latin = folded[i] < 0x80 && folded[i] > U' ';
    std::size_t end = i + 1;
    while (end < folded.size() && latin && folded[end] < 0x80 && folded[end] > U' ') ++end;
    if (latin && end > i + 1) tokens.push_back(word_key(folded.substr(i, end - i)));
    else if (!latin && i + 1 < folded.size() && folded[i + 1] >= 0x80 && folded[i] != U'…' && folded[i + 1] != U'…') out.push_back(bigram_key(folded[i], folded[i + 1]));
    i = end;
  }
  if (tokens.size() == 1) out.push_back(tokens[0]);
}

bool is_trouble(TermType type) { return type == TermType::symptom || type == TermType::cause || type == TermType::property; }

using SmallDocument = std::unordered_map<TermKey, double>;

SmallDocument small_document(const Lexicon& lexicon, const std::vector<std::vector<TermKey>>& names, std::uint32_t entry) {
  SmallDocument document;
  const auto add = [&](std::uint32_t concept_, double weight) {
    for (const TermKey key : names[concept_]) document[key] = std::max(document[key], weight);
  };
  add(entry, 1.0);
  for (const Step& step : lexicon.steps(entry)) add(step.to, kNeighbour[static_cast<std::size_t>(step.type)][step.forward ? 0 : 1]);
  return document;
}

}  // namespace

TopicIndex::TopicIndex(const Lexicon& lexicon) : lexicon_(lexicon) {
  const std::size_t concepts = std::min(lexicon.concepts().size(), kConceptsMax);
  std::vector<std::vector<TermKey>> names(lexicon.concepts().size());
  for (std::size_t i = 0; i < names.size(); ++i)
    for (const auto& name : lexicon.concepts()[i].names) terms_of_name(name, names[i]);
  std::vector<SmallDocument> documents;
  std::vector<double> lengths;
  double total = 0;
  std::unordered_map<TermKey, std::uint32_t> frequency;
  for (std::uint32_t i = 0; i < concepts; ++i) {
    documents.push_back(small_document(lexicon, names, i));
    double length = 0;
    std::vector<double> weights;  // summed in order of size: a hash table's order is not everywhere the same
    for (const auto& [key, weight] : documents[i]) {
      weights.push_back(weight);
      ++frequency[key];
    }
    std::ranges::sort(weights);
    for (const double weight : weights) length += weight;
    lengths.push_back(length);
    total += length;
  }
  const double mean = total / static_cast<double>(std::max<std::size_t>(1, concepts));
  std::vector<std::pair<TermKey, Near>> all;
  for (std::uint32_t i = 0; i < concepts; ++i) {
    const double norm = kSaturation * (1 - kLengthShare + kLengthShare * lengths[i] / mean);
    const double type = is_trouble(lexicon.concepts()[i].type) ? 1 : kSurroundings;
    for (const auto& [key, weight] : documents[i]) {
      const auto count = static_cast<double>(frequency[key]);
      if (count > std::max(20.0, kCommonShare * static_cast<double>(concepts))) continue;
      const double worth = kScale * type * std::log(1 + static_cast<double>(concepts) / (1 + count)) * weight / (weight + norm);
      all.push_back({key, {static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(std::clamp<long>(std::lround(worth), 1, 65'535))}});
    }
  }
  std::ranges::sort(all, [](const auto& a, const auto& b) { return a.first != b.first ? a.first < b.first : a.second.entry < b.second.entry; });
  slots_.resize(std::bit_ceil(frequency.size() * 2 + 16));
  near_.reserve(all.size());
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i;
    for (; end < all.size() && all[end].first == all[i].first; ++end) near_.push_back(all[end].second);
    std::size_t slot = slot_of(all[i].first);
    while (slots_[slot].key != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = {all[i].first, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end)};
    i = end;
  }
}

std::vector<Topic> TopicIndex::nearest(std::span<const TopicTerm> terms, std::size_t count) const {
  // Sums by concept; those touched are remembered, so that clearing costs what was used.
  thread_local std::vector<std::uint32_t> sums;
  thread_local std::vector<std::uint16_t> touched;
  sums.resize(std::min(lexicon_.concepts().size(), kConceptsMax));
  touched.clear();
  for (const TopicTerm& term : terms) {
    std::size_t slot = slot_of(term.key);
    while (slots_[slot].key != term.key && slots_[slot].key != 0) slot = (slot + 1) & (slots_.size() - 1);
    if (slots_[slot].key == 0) continue;
    for (std::uint32_t i = slots_[slot].begin; i < slots_[slot].end; ++i) {
      std::uint32_t& sum = sums[near_[i].entry];
      if (sum == 0) touched.push_back(near_[i].entry);
      sum += near_[i].weight * term.weight;
    }
  }
  std::uint32_t highest = 0;
  for (const std::uint16_t entry : touched) highest = std::max(highest, sums[entry]);
  thread_local std::vector<std::pair<std::uint32_t, std::uint16_t>> pool;
  pool.clear();
  for (const std::uint16_t entry : touched) {
    if (sums[entry] > highest / kFarFrom) pool.emplace_back(sums[entry], entry);
    sums[entry] = 0;
  }
  const auto better = [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; };
  const auto pooled = static_cast<std::ptrdiff_t>(std::min(pool.size(), kPool));
  std::partial_sort(pool.begin(), pool.begin() + pooled, pool.end(), better);
  pool.resize(static_cast<std::size_t>(pooled));
  // What the nearest say of the trade decides which of them are meant.
  std::vector<std::uint64_t> votes(lexicon_.segments().size());
  std::uint64_t most = 1;
  for (const auto& [sum, entry] : pool) {
    const auto& places = lexicon_.concepts()[entry].segment_places;
    for (const std::uint8_t place : places) most = std::max(most, votes[place] += std::uint64_t{sum} * sum / 1'000 / places.size());
  }
  for (auto& [sum, entry] : pool) {
    const auto& places = lexicon_.concepts()[entry].segment_places;
    std::uint64_t own = places.empty() ? most : 0;
    for (const std::uint8_t place : places) own = std::max(own, votes[place]);
    sum = static_cast<std::uint32_t>(std::uint64_t{sum} * (kForeignPercent * most + (100 - kForeignPercent) * own) / (100 * most));
  }
  std::ranges::sort(pool, better);
  std::vector<Topic> topics;
  // Squared: the nearest few say what a text is about, the many behind them only where.
  for (std::size_t i = 0; i < std::min(count, pool.size()) && pool[0].first > 0; ++i) {
    const float share = static_cast<float>(pool[i].first) / static_cast<float>(pool[0].first);
    topics.push_back({pool[i].second, share * share});
  }
  return topics;
}

namespace {

float length_of(std::span<const Topic> topics) {
  float sum = 0;
  for (const Topic& topic : topics) sum += topic.weight * topic.weight;
  return std::sqrt(sum);
}

}  // namespace

template <class Near>
Near TopicIndex::of(std::span<const TopicTerm> terms) const {
  Near kept;
  const auto topics = nearest(terms, Near::kKept);
  const float length = length_of(topics);
  for (std::size_t i = 0; i < topics.size(); ++i) {
    kept.entry[i] = static_cast<std::uint16_t>(topics[i].entry);
    kept.weight[i] = static_cast<std::uint8_t>(std::lround(255 * topics[i].weight / length));
  }
  return kept;
}

template TextTopics TopicIndex::of(std::span<const TopicTerm>) const;
template TitleTopics TopicIndex::of(std::span<const TopicTerm>) const;

TopicVector::TopicVector(std::vector<Topic> topics, std::size_t concepts) : topics_(std::move(topics)) {
  if (topics_.empty()) return;
  weights_.resize(concepts);
  const float length = length_of(topics_);
  for (const Topic& topic : topics_) weights_[topic.entry] = topic.weight / length;
}

void TopicVector::add(std::vector<Topic> others, double weight) {
  if (weights_.empty() || others.empty()) return;
  // Terms that many lead to come several times; each counts with the sum.
  std::ranges::stable_sort(others, {}, &Topic::entry);
  std::size_t last = 0;
  for (std::size_t i = 1; i < others.size(); ++i) {
    if (others[i].entry == others[last].entry) others[last].weight += others[i].weight;
    else others[++last] = others[i];
  }
  others.resize(last + 1);
  const double unit = weight / length_of(others);
  double square = 1;
  for (const Topic& topic : others) square += grow(topic.entry, unit * topic.weight);
  shrink(square);
}

void TopicVector::add(std::span<const std::pair<const Topics*, double>> others, double weight) {
  double shares = 0;
  for (const auto& [topics, share] : others) shares += share;
  if (weights_.empty() || shares <= 0) return;
  double square = 1;
  for (const auto& [topics, share] : others)
    for (std::size_t i = 0; i < topics->all.kKept; ++i)
      square += grow(topics->all.entry[i], weight * share / shares * (topics->all.weight[i] / 255.0));
  shrink(square);
}

double TopicVector::grow(std::uint32_t entry, double by) {
  const double before = weights_[entry];
  weights_[entry] += static_cast<float>(by);
  return by * (2 * before + by);
}

void TopicVector::shrink(double square) {
  const auto unit = static_cast<float>(1 / std::sqrt(square));
  for (float& one : weights_) one *= unit;
}

}  // namespace jingwei::match
