#include "match/internal/retrieve.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>

#include "match/internal/finder.h"

namespace jingwei::match {
namespace {

/// A word where one of the best supplies writes it.
struct WordSeen {
  TermKey key = 0;
  std::uint32_t text = 0;  ///< number of the text: two for each supply, its title first
  std::uint32_t begin = 0;
  std::uint32_t end = 0;   ///< begin, when it is not to be read off the characters
};

/// The words of the best supplies, sorted, and their texts.
class WordsSeen {
 public:
  WordsSeen(const IndexSnapshot& index, const Knowledge& knowledge, std::span<const Candidate> best) {
    std::vector<Token> tokens;
    FoldedDocument folded;
    for (const Candidate& candidate : best) {
      index.parts[candidate.place.part].data->read_folded(candidate.place.row, folded);
      for (const auto* text : {&folded.title, &folded.text}) {
        const auto number = static_cast<std::uint32_t>(texts_.size());
        texts_.emplace_back(text->begin(), text->end());
        knowledge.analyser.words(texts_.back(), tokens);
        for (const Token& token : tokens) {
          const auto kind = term_class(token.key);
          const bool written = kind == TermClass::word && !token.opaque;
          if (kind == TermClass::word || (kind == TermClass::bigram && token.word)) seen_.push_back({token.key, number, token.begin, written ? token.end : token.begin});
        }
      }
    }
    std::ranges::sort(seen_, {}, [](const WordSeen& one) { return std::tuple(one.key, one.text, one.begin); });
  }
  const std::vector<WordSeen>& all() const { return seen_; }
  std::u32string written(const WordSeen& one) const { return texts_[one.text].substr(one.begin, one.end - one.begin); }

 private:
  std::vector<std::u32string> texts_;
  std::vector<WordSeen> seen_;
};

struct FeedbackWord {
  TermKey key = 0;
  double worth = 0;
  std::size_t seen = 0;  ///< first of it in WordsSeen
  double rare = 0;
};

/// Each word once, worth what the supplies that have it match and how often they say it; how rare it is comes later.
std::vector<FeedbackWord> words_by_worth(const std::vector<WordSeen>& seen, const Weights& weights, std::span<const Candidate> best) {
  std::vector<FeedbackWord> words;
  for (std::size_t i = 0; i < seen.size();) {
    FeedbackWord word{seen[i].key, 0, i};
    while (i < seen.size() && seen[i].key == word.key) {
      const std::uint32_t supply = seen[i].text / 2;
      int title = 0;
      int text = 0;
      for (; i < seen.size() && seen[i].key == word.key && seen[i].text / 2 == supply; ++i) ++(seen[i].text % 2 == 0 ? title : text);
      const double count = std::min<int>(text, kTextCountMax) + weights.text.title * std::min<int>(title, kTitleCountMax);
      word.worth += best[supply].base * best[supply].base * count / (weights.text.k1 + count);
    }
    words.push_back(word);
  }
  std::ranges::sort(words, [](const FeedbackWord& a, const FeedbackWord& b) { return a.worth != b.worth ? a.worth > b.worth : a.key < b.key; });
  return words;
}

/// Those that the collection does not share, worth more the rarer they are, best first. Looks up only who may still be among them.
std::vector<FeedbackWord> rarest_of(const IndexSnapshot& index, const Weights& weights, std::span<const FeedbackWord> words) {
  constexpr std::size_t kLookedUpAtOnce = 128;
  const auto wanted = static_cast<std::size_t>(weights.feedback.terms);
  const double rarest = rarity_of(0, index.totals.documents);
  const auto better = [](const FeedbackWord& a, const FeedbackWord& b) { return a.worth != b.worth ? a.worth > b.worth : a.key < b.key; };
  std::vector<FeedbackWord> kept;
  if (wanted == 0) return kept;
  std::vector<TermKey> keys;
  while (!words.empty() && (kept.size() < wanted || words[0].worth * rarest >= kept.back().worth)) {
    const auto some = words.first(std::min(words.size(), kLookedUpAtOnce));
    words = words.subspan(some.size());
    keys.clear();
    for (const FeedbackWord& word : some) keys.push_back(word.key);
    const auto frequencies = index.frequencies(keys);
    for (std::size_t i = 0; i < some.size(); ++i) {
      const double rare = rarity_of(frequencies[i], index.totals.documents);
      if (rare > weights.feedback.rarity) kept.push_back({some[i].key, some[i].worth * rare, some[i].seen, rare});
    }
    std::ranges::sort(kept, better);
    kept.resize(std::min(kept.size(), wanted));
  }
  return kept;
}

/// The words that the best supplies share and the collection does not, each weighted by how much the supplies match.
std::vector<WeightedTerm> feedback_terms(const IndexSnapshot& index, const Knowledge& knowledge, std::span<const Candidate> best) {
  const auto& weights = knowledge.weights;
  const WordsSeen seen(index, knowledge, best);
  const auto words = rarest_of(index, weights, words_by_worth(seen.all(), weights, best));
  std::vector<WeightedTerm> terms;
  for (const FeedbackWord& word : words) {
    const QueryTerm term{word.key, weights.feedback.weight * word.worth / words[0].worth, true, 0, U"-"};
    terms.push_back({word.key, static_cast<float>(term.weight * word.rare * class_weight(weights, term)), 0, seen.written(seen.all()[word.seen])});
  }
  return terms;
}

bool in_order(const Place& a, const Place& b) { return a.part != b.part ? a.part < b.part : a.row < b.row; }

class Retrieval {
 public:
  Retrieval(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Plan& plan, Rescorer& rescorer, const Options& options,
            const RetrievalShares& shares)
      : index_(index), knowledge_(knowledge), options_(options), filter_(options), plan_(plan), rescorer_(rescorer), query_(query), shares_(shares) {}

  /// Scores what was found; in no order before keep().
  void score(const std::vector<Place>& places, std::span<const Place> near) {
    Sums sums;
    candidates_.reserve(places.size());
    // The rows and texts lie scattered over the memory: fetch those to come while another is read.
    constexpr std::size_t kRowsAhead = 16;
    constexpr std::size_t kTextsAhead = 8;
    for (std::size_t i = 0; i < std::min(kRowsAhead, places.size()); ++i) index_.parts[places[i].part].data->prefetch_row(places[i].row);
    for (std::size_t i = 0; i < std::min(kTextsAhead, places.size()); ++i) index_.parts[places[i].part].data->prefetch_text(places[i].row);
    for (std::size_t i = 0; i < places.size(); ++i) {
      const Place place = places[i];
      if (i + kRowsAhead < places.size()) index_.parts[places[i + kRowsAhead].part].data->prefetch_row(places[i + kRowsAhead].row);
      if (i + kTextsAhead < places.size()) index_.parts[places[i + kTextsAhead].part].data->prefetch_text(places[i + kTextsAhead].row);
      rescorer_.score(*index_.parts[place.part].data, place.row, sums);
      candidates_.push_back({place, sums.text, sums.lexicon, query_.topics.nearness(index_.topics(place).all), 0, 0, std::move(sums.problem_text), std::move(sums.problem_lexicon),
                             sums.hits, std::binary_search(near.begin(), near.end(), place, in_order)});
    }
    weigh();
  }

  /// What the best supplies by words also say.
  void widen() {
    const auto best = std::span(candidates_).first(std::min(candidates_.size(), static_cast<std::size_t>(knowledge_.weights.feedback.documents)));
    Plan added;
    added.terms = feedback_terms(index_, knowledge_, best);
    if (added.terms.empty()) return;
    Rescorer rescorer(added, knowledge_.saturation);
    Sums sums;
    for (Candidate& candidate : candidates_) {
      rescorer.score(*index_.parts[candidate.place.part].data, candidate.place.row, sums);
      candidate.text += sums.text;
    }
    weigh();
    sort();
  }

  /// Keeps the best by words, lexicon and topics: what shares no word with the need but speaks of the same must not be lost here.
  void keep(std::size_t count) {
    if (candidates_.size() <= count) return sort();
    double best_topic = knowledge_.weights.lexicon.topic_floor;
    for (const Candidate& candidate : candidates_) best_topic = std::max(best_topic, candidate.topic);
    for (Candidate& candidate : candidates_)
      candidate.promise = promise(candidate.base, candidate.topic / best_topic, query_.topics.nearness(index_.topics(candidate.place).title));
    const auto beyond = candidates_.begin() + static_cast<std::ptrdiff_t>(count);
    std::ranges::nth_element(candidates_, beyond, [&](const Candidate& a, const Candidate& b) {
      return a.promise != b.promise ? a.promise > b.promise : index_.id(a.place) < index_.id(b.place);
    });
    candidates_.erase(std::remove_if(beyond, candidates_.end(), [](const Candidate& candidate) { return !candidate.near; }), candidates_.end());
    weigh();
    sort();
  }

  std::vector<Candidate> take() {
    // Text in units of the best supply, see weigh().
    for (Candidate& candidate : candidates_) {
      candidate.text /= best_text_;
      for (std::size_t i = 0; i < candidate.problem_text.size(); ++i) candidate.problem_text[i] /= best_problem_[i];
    }
    std::erase_if(candidates_, [this](const Candidate& candidate) { return candidate.base <= 0 && (shares_.topic <= 0 || candidate.topic <= 0) && !candidate.near; });
    return std::move(candidates_);
  }

  std::vector<Place> places(std::span<const Place> near) const {
    std::vector<Place> places;
    if (index_.totals.documents <= static_cast<std::int64_t>(kAllRescored)) {
      for (std::uint32_t p = 0; p < index_.parts.size(); ++p)
        for (std::uint32_t row = 0; row < index_.parts[p].data->rows.size(); ++row)
          if (!index_.parts[p].is_removed(row) && filter_.passes(index_.parts[p].data->row(row))) places.push_back({p, row});
      return places;
    }
    // Single characters stand in too many documents to look for them first; they count when the found are scored.
    const auto [found_most, rescored_most] = wanted();
    auto found = find_best(index_, knowledge_.saturation, heaviest(std::nullopt, false), filter_, found_most);
    if (found.size() < std::min(options_.limit, kResultsMax)) found = find_best(index_, knowledge_.saturation, heaviest(std::nullopt, true), filter_, found_most);
    add_most_promising(std::move(found), query_.topics, rescored_most, places);
    for (std::size_t problem = 0; plan_.several() && problem < plan_.problems; ++problem)
      add_most_promising(find_best(index_, knowledge_.saturation, heaviest(problem, false), filter_, kFoundOfProblem), query_.problem_topics[problem], kRescoredOfProblem, places);
    places.insert(places.end(), near.begin(), near.end());
    std::sort(places.begin(), places.end(), in_order);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
  }

 private:
  /// A search of a few words; a need of a few words is looked for as widely as a long one.
  bool is_short() const { return shares_.topic <= 0 && plan_.terms.size() <= kShortTerms; }
  struct Wanted {
    std::size_t found;
    std::size_t rescored;
  };
  /// A search of a few words needs no deep pool, and no search has topics to choose by.
  Wanted wanted() const {
    const std::size_t asked = std::min(options_.limit, kResultsMax);
    const std::size_t rescored = is_short() ? std::max(kRescoredOfShort, 2 * asked) : std::max(kRescoredMax, asked);
    return {shares_.topic > 0 ? std::max(kFoundMax, 2 * asked) : rescored, rescored};
  }

  /// Of what the heaviest terms found, those that topics of text and title speak for too: these weigh more in the end and cost far less
  /// than scoring a text by all terms.
  void add_most_promising(std::vector<FoundPlace> found, const TopicVector& topics, std::size_t most, std::vector<Place>& places) const {
    if (found.size() > most) {
      const auto promises = promises_of(found, topics);
      std::vector<std::size_t> order(found.size());
      std::iota(order.begin(), order.end(), std::size_t{0});
      std::ranges::nth_element(order, order.begin() + static_cast<std::ptrdiff_t>(most), [&](std::size_t a, std::size_t b) {
        return promises[a] != promises[b] ? promises[a] > promises[b] : in_order(found[a].place, found[b].place);
      });
      for (std::size_t i = 0; i < most; ++i) places.push_back(found[order[i]].place);
      return;
    }
    for (const FoundPlace& one : found) places.push_back(one.place);
  }

  /// What words and ways, topics and the title's topics, each 0 to 1, promise of a supply's score.
  double promise(double words, double topic, double title) const {
    return (shares_.text + shares_.lexicon) * words + shares_.topic * topic + shares_.title * title;
  }

  std::vector<double> promises_of(std::span<const FoundPlace> found, const TopicVector& topics) const {
    constexpr std::size_t kAhead = 16;  // whose topics are fetched while others are read
    std::vector<double> near(found.size());
    std::vector<double> titles(found.size());
    double best_score = 1;
    double best_topic = knowledge_.weights.lexicon.topic_floor;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (i + kAhead < found.size()) __builtin_prefetch(&index_.topics(found[i + kAhead].place));
      const Topics& own = index_.topics(found[i].place);
      near[i] = topics.nearness(own.all);
      titles[i] = topics.nearness(own.title);
      best_topic = std::max(best_topic, near[i]);
      best_score = std::max(best_score, static_cast<double>(found[i].score));
    }
    std::vector<double> promises;
    for (std::size_t i = 0; i < found.size(); ++i) promises.push_back(promise(found[i].score / best_score, near[i] / best_topic, titles[i]));
    return promises;
  }

  /// The terms and ways that weigh most, of the whole need or of one problem, as lists to look through. A way is weighed
  /// against the text by what the need itself would score.
  std::vector<SoughtTerm> heaviest(std::optional<std::size_t> problem, bool single_characters) const {
    const auto belongs = [&](ProblemSet problems) { return !problem || (problems >> *problem & 1) != 0; };
    std::vector<SoughtTerm> terms;
    for (const WeightedTerm& term : plan_.terms)
      if (belongs(term.problems) && (single_characters || term_class(term.key) != TermClass::unigram)) terms.push_back({term.key, term.weight, false});
    cut(terms, is_short() ? kTermsOfShort : kHeaviestTerms);
    std::vector<SoughtTerm> ways;
    const double unit = std::max(1e-9, plan_.self * knowledge_.weights.need.floor) * shares_.lexicon / std::max(1e-9, shares_.text);
    for (const WeightedConcept& entry : plan_.concepts)
      for (const WeightedLink& link : entry.links)
        if (belongs(entry.problems)) ways.push_back({link.key, static_cast<float>(link.weight * unit), true});
    // What the need comes near without writing it: the terms themselves, and the best ways that lead on from them.
    const auto topics = (problem ? query_.problem_topics[*problem] : query_.topics).topics();
    for (const Topic& topic : topics.first(shares_.topic > 0 ? std::min(topics.size(), kTopicsSought) : 0)) {
      const std::span links(knowledge_.links[topic.entry]);
      for (const Link& link : links.first(std::min(links.size(), kWaysOfTopic)))
        ways.push_back({link.key, static_cast<float>(kTopicSought * topic.weight * link.weight * unit), true});
    }
    cut(ways, is_short() ? kWaysOfShort : kHeaviestWays);
    terms.insert(terms.end(), ways.begin(), ways.end());
    return terms;
  }

  /// The heaviest, each once with its best weight.
  static void cut(std::vector<SoughtTerm>& terms, std::size_t most) {
    const auto heavier = [](const SoughtTerm& a, const SoughtTerm& b) { return a.weight != b.weight ? a.weight > b.weight : a.key < b.key; };
    // Many ways end in the same term. A few times as many as wanted are nearly always enough, and sorting thousands is what costs.
    for (std::size_t sorted = std::min(terms.size(), 8 * most);; sorted = terms.size()) {
      std::partial_sort(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(sorted), terms.end(), heavier);
      std::vector<SoughtTerm> kept;
      for (const SoughtTerm& term : std::span(terms).first(sorted)) {
        if (kept.size() == most) break;
        if (std::ranges::find(kept, term.key, &SoughtTerm::key) == kept.end()) kept.push_back(term);
      }
      if (kept.size() < most && sorted < terms.size()) continue;
      terms = std::move(kept);
      return;
    }
  }

  /// Text counts in units of the best supply, but never of less than a fraction of what the need itself would score: a need
  /// that nobody answers has no full score.
  void weigh() {
    best_text_ = std::max(1e-9, plan_.self * knowledge_.weights.need.floor);
    best_problem_.assign(plan_.several() ? plan_.problems : 0, 1e-9);
    for (const Candidate& candidate : candidates_) {
      best_text_ = std::max(best_text_, candidate.text);
      for (std::size_t i = 0; i < best_problem_.size(); ++i) best_problem_[i] = std::max(best_problem_[i], candidate.problem_text[i]);
    }
    for (Candidate& candidate : candidates_)
      candidate.base = (shares_.text * candidate.text / best_text_ + shares_.lexicon * candidate.lexicon) / (shares_.text + shares_.lexicon);
  }

  void sort() {
    std::sort(candidates_.begin(), candidates_.end(), [&](const Candidate& a, const Candidate& b) {
      return a.base != b.base ? a.base > b.base : index_.id(a.place) < index_.id(b.place);
    });
  }

  static constexpr std::size_t kTopicsSought = 8;
  static constexpr std::size_t kWaysOfTopic = 4;
  static constexpr double kTopicSought = 0.3;  ///< beside 1 for a term that the need writes
  static constexpr std::size_t kShortTerms = 32;
  static constexpr std::size_t kRescoredOfShort = 70;
  static constexpr std::size_t kTermsOfShort = 4;  ///< that look through the index; measured at a million documents, as are the ways
  static constexpr std::size_t kWaysOfShort = 2;

  const IndexSnapshot& index_;
  const Knowledge& knowledge_;
  const Options& options_;
  Filter filter_;
  const Plan& plan_;
  Rescorer& rescorer_;
  const Query& query_;
  RetrievalShares shares_;
  std::vector<Candidate> candidates_;
  double best_text_ = 0;
  std::vector<double> best_problem_;
};

}  // namespace

std::vector<Candidate> retrieve(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Plan& plan, Rescorer& rescorer, const Options& options,
                                const RetrievalShares& shares, bool widen, std::span<const Place> near) {
  Retrieval retrieval(index, knowledge, query, plan, rescorer, options, shares);
  retrieval.score(retrieval.places(near), near);
  // A search is scored by nothing but words and ways, which are known now: only those that are shown go on.
  const std::size_t shown = std::min(options.limit, kResultsMax);
  retrieval.keep(shares.topic <= 0 && near.empty() ? shown : std::max(kCandidatesMax, shown));
  if (widen) retrieval.widen();
  return retrieval.take();
}

}  // namespace jingwei::match
