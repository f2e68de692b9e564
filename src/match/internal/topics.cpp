#include "match/internal/topics.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>

#include "base/text.h"
#include "match/internal/analyser.h"

namespace jingwei::match {
namespace {

// Shape of the small documents: names of a neighbour as a step along a relation keeps, saturated and normalised as BM25 does.
constexpr double kNeighbour[kRelationTypes][2] = {{1.0, 1.0}, {0.6, 0.6}, {0.4, 0.4},  {0.8, 0.6},  {0.9, 0.6}, {0.7, 0.5},
                                                  {0.7, 0.5}, {0.45, 0.45}, {0.5, 0.45}, {0.4, 0.4}, {0.6, 0.4}, {0.55, 0.55}};
constexpr double kSaturation = 0.6;
constexpr double kLengthShare = 0.4;
constexpr double kDescribed = 0.6;         ///< of what gloss, said and answer say, beside names
constexpr double kDescribedCommonShare = 0.02;
constexpr double kSurroundings = 0.6;      ///< of processes, materials, products...: they say where, not what is wrong
constexpr double kCommonShare = 0.03;      ///< pairs in more documents than this say nothing
constexpr double kScale = 1'000;           ///< of weights as whole numbers
constexpr std::size_t kConceptsMax = 65'536;
constexpr std::size_t kPool = 60;          ///< nearest, of which the trades are asked and the kept chosen
constexpr std::size_t kTermsAhead = 8;
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

/// Of a whole phrase, between its marks.
void terms_of_phrase(std::string_view phrase, std::vector<TermKey>& out) {
  const auto is_mark = [](char32_t c) { return (c < U'0' && c != U' ') || (c > U'9' && c < U'a') || (c > U'z' && c < 0x3400) || c >= 0xff00; };
  const auto folded = Analyser::fold(phrase);
  for (auto begin = folded.begin(); begin != folded.end();) {
    const auto end = std::find_if(begin, folded.end(), is_mark);
    if (end != begin) terms_of_name(to_utf8(std::u32string(begin, end)), out);
    begin = end == folded.end() ? end : end + 1;
  }
}

/// How much each term counts in it, 0 to 1; by key, each once.
using SmallDocument = std::vector<std::pair<TermKey, double>>;

/// Of a term that was added several times the heaviest.
SmallDocument heaviest_of_each(SmallDocument terms) {
  std::ranges::sort(terms, [](const auto& a, const auto& b) { return a.first != b.first ? a.first < b.first : a.second > b.second; });
  terms.erase(std::ranges::unique(terms, {}, &SmallDocument::value_type::first).begin(), terms.end());
  return terms;
}

SmallDocument document_of_names(const Lexicon& lexicon, const std::vector<std::vector<TermKey>>& names, std::uint32_t entry) {
  SmallDocument document;
  const auto add = [&](std::uint32_t concept_, double weight) {
    for (const TermKey key : names[concept_]) document.emplace_back(key, weight);
  };
  add(entry, 1.0);
  for (const Step& step : lexicon.steps(entry)) add(step.to, kNeighbour[static_cast<std::size_t>(step.type)][step.forward ? 0 : 1]);
  return heaviest_of_each(std::move(document));
}

SmallDocument document_of_phrases(const Concept& entry) {
  std::vector<TermKey> terms;
  terms_of_phrase(entry.gloss, terms);
  for (const auto& phrase : entry.said) terms_of_phrase(phrase, terms);
  for (const auto& phrase : entry.answers) terms_of_phrase(phrase, terms);
  SmallDocument document;
  for (const TermKey key : terms) document.emplace_back(key, 1);
  return heaviest_of_each(std::move(document));
}

/// Small documents of one sort, one a concept, each term weighed by how often it stands there and by the length of what it stands in.
class SmallDocuments {
 public:
  void add(SmallDocument document) {
    double length = 0;
    for (const auto& [key, weight] : document) {
      length += weight;
      ++frequency_[key];
    }
    if (length > 0) ++filled_;
    total_ += length;
    lengths_.push_back(length);
    documents_.push_back(std::move(document));
  }
  const SmallDocument& document(std::size_t place) const { return documents_[place]; }
  std::size_t frequency(TermKey key) const {
    const auto at = frequency_.find(key);
    return at == frequency_.end() ? 0 : at->second;
  }
  /// 0 to 1: saturated and normalised.
  double share(std::size_t place, double weight) const {
    const double mean = total_ / static_cast<double>(std::max<std::size_t>(1, filled_));
    return weight / (weight + kSaturation * (1 - kLengthShare + kLengthShare * lengths_[place] / mean));
  }

 private:
  std::vector<SmallDocument> documents_;
  std::vector<double> lengths_;
  std::unordered_map<TermKey, std::size_t> frequency_;
  double total_ = 0;
  std::size_t filled_ = 0;  ///< documents that say anything
};

}  // namespace

TopicIndex::TopicIndex(const Lexicon& lexicon) : lexicon_(lexicon) {
  const std::size_t concepts = std::min(lexicon.concepts().size(), kConceptsMax);
  std::vector<std::vector<TermKey>> names(lexicon.concepts().size());
  for (std::size_t i = 0; i < names.size(); ++i)
    for (const auto& name : lexicon.concepts()[i].names) terms_of_name(name, names[i]);
  SmallDocuments named;
  SmallDocuments described;
  for (std::uint32_t i = 0; i < concepts; ++i) {
    named.add(document_of_names(lexicon, names, i));
    described.add(document_of_phrases(lexicon.concepts()[i]));
  }
  const auto all = static_cast<double>(concepts);
  const auto rarity = [&](std::size_t count) { return std::log(1 + all / (1 + static_cast<double>(count))); };
  std::vector<std::pair<TermKey, Near>> found;
  for (std::uint32_t i = 0; i < concepts; ++i) {
    const double scale = kScale * (is_trouble(lexicon.concepts()[i].type) ? 1 : kSurroundings);
    const auto add = [&](TermKey key, double worth) {
      const auto weight = static_cast<std::uint16_t>(std::clamp<long>(std::lround(scale * worth), 1, 65'535));
      found.push_back({key, {static_cast<std::uint16_t>(i), weight}});
    };
    for (const auto& [key, weight] : named.document(i)) {
      const std::size_t count = named.frequency(key);
      if (static_cast<double>(count) <= std::max(20.0, kCommonShare * all)) add(key, rarity(count) * named.share(i, weight));
    }
    for (const auto& [key, weight] : described.document(i)) {
      const std::size_t count = named.frequency(key) + described.frequency(key);
      const bool common = static_cast<double>(count) > std::max(20.0, kDescribedCommonShare * all);
      const bool in_names = std::ranges::binary_search(named.document(i), key, {}, &SmallDocument::value_type::first);
      if (!common && !in_names) add(key, kDescribed * rarity(count) * described.share(i, weight));
    }
  }
  std::ranges::sort(found, [](const auto& a, const auto& b) { return a.first != b.first ? a.first < b.first : a.second.entry < b.second.entry; });
  fill(found);
}

void TopicIndex::fill(std::span<const std::pair<TermKey, Near>> found) {
  std::size_t keys = 0;
  for (std::size_t i = 0; i < found.size(); ++i) keys += i == 0 || found[i].first != found[i - 1].first ? 1 : 0;
  slots_.resize(std::bit_ceil(keys * 2 + 16));
  near_.reserve(found.size());
  for (std::size_t i = 0; i < found.size();) {
    std::size_t end = i;
    for (; end < found.size() && found[end].first == found[i].first; ++end) near_.push_back(found[end].second);
    std::size_t slot = slot_of(found[i].first);
    while (slots_[slot].key != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = {found[i].first, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end)};
    i = end;
  }
}

void TopicIndex::add_up(std::span<const TopicTerm> terms, std::vector<std::uint32_t>& sums, std::vector<std::uint16_t>& touched) const {
  // Where a term's slot and its list lie is fetched some terms before they are read.
  thread_local std::vector<std::uint32_t> found;
  found.resize(terms.size());
  const auto find = [&](std::size_t t) {
    std::size_t slot = slot_of(terms[t].key);
    while (slots_[slot].key != terms[t].key && slots_[slot].key != 0) slot = (slot + 1) & (slots_.size() - 1);
    found[t] = static_cast<std::uint32_t>(slot);
    __builtin_prefetch(near_.data() + slots_[slot].begin);
  };
  for (std::size_t t = 0; t < std::min(terms.size(), 2 * kTermsAhead); ++t) __builtin_prefetch(&slots_[slot_of(terms[t].key)]);
  for (std::size_t t = 0; t < std::min(terms.size(), kTermsAhead); ++t) find(t);
  for (std::size_t t = 0; t < terms.size(); ++t) {
    if (t + 2 * kTermsAhead < terms.size()) __builtin_prefetch(&slots_[slot_of(terms[t + 2 * kTermsAhead].key)]);
    if (t + kTermsAhead < terms.size()) find(t + kTermsAhead);
    const TopicTerm& term = terms[t];
    const std::uint32_t slot = found[t];
    for (std::uint32_t i = slots_[slot].begin; i < slots_[slot].end; ++i) {
      std::uint32_t& sum = sums[near_[i].entry];
      if (sum == 0) touched.push_back(near_[i].entry);
      sum += near_[i].weight * term.weight;
    }
  }
}

std::vector<Topic> TopicIndex::nearest(std::span<const TopicTerm> terms, std::size_t count) const {
  // Sums by concept; those touched are remembered, so that clearing costs what was used.
  thread_local std::vector<std::uint32_t> sums;
  thread_local std::vector<std::uint16_t> touched;
  sums.resize(std::min(lexicon_.concepts().size(), kConceptsMax));
  touched.clear();
  add_up(terms, sums, touched);
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
