#include "match/internal/retrieve.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace jingwei::match {
namespace {

struct WeightedTerm {
  TermKey key = 0;
  float plain = 0;   ///< weight when the document has it as a pair of characters only
  float as_word = 0; ///< and as a word
  ProblemSet problems = 0;
};

struct WeightedLink {
  TermKey key = 0;
  float weight = 0;
};

struct WeightedConcept {
  std::vector<WeightedLink> links;
  ProblemSet problems = 0;
};

struct Plan {
  std::vector<WeightedTerm> terms;
  std::vector<WeightedConcept> concepts;
  std::size_t problems = 1;
  double self = 0;  ///< what a supply that is the need itself would get, about
  bool several() const { return problems > 1; }
};

double rarity_of(std::int64_t frequency, std::int64_t documents) {
  const auto n = static_cast<double>(documents);
  const auto df = static_cast<double>(std::max<std::int64_t>(frequency, 0));
  return std::log(1 + (n - df + 0.5) / (df + 0.5));
}

Plan make_plan(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query) {
  const Weights& weights = knowledge.weights;
  const auto documents = index.totals.documents;
  Plan plan;
  plan.problems = std::max<std::size_t>(1, query.problems.size());
  for (const QueryTerm& term : query.terms) {
    const auto frequency = index.frequency(term.key);
    const double rare = rarity_of(frequency, documents);
    plan.self += term.weight * class_weight(weights, term, true) * rarity_of(std::max<std::int64_t>(frequency, 1), documents) / (1 + weights.text.k1);
    if (frequency <= 0) continue;
    const bool common = term_class(term.key) == TermClass::unigram && static_cast<double>(documents) > weights.text.common_from &&
                        static_cast<double>(frequency) > weights.text.common_share * static_cast<double>(documents);
    if (common) continue;
    plan.terms.push_back({term.key, static_cast<float>(term.weight * rare * class_weight(weights, term, false)),
                          static_cast<float>(term.weight * rare * class_weight(weights, term, true)), term.problems});
  }
  const double rarest = rarity_of(1, std::max<std::int64_t>(documents, 2));
  for (const QueryConcept& found : query.concepts) {
    WeightedConcept weighted{{}, found.problems};
    for (const Link& link : found.links) {
      const TermKey key = knowledge.lexicon.concepts()[link.to].key;
      const auto frequency = index.frequency(key);
      if (frequency <= 0) continue;
      const double rare = rarity_of(frequency, documents) / rarest;
      weighted.links.push_back({key, static_cast<float>(std::min(1.0, found.weight * link.weight * rare * weights.lexicon.saturation))});
    }
    if (weighted.links.empty()) continue;
    std::stable_sort(weighted.links.begin(), weighted.links.end(), [](const auto& a, const auto& b) { return a.weight > b.weight; });
    plan.concepts.push_back(std::move(weighted));
  }
  return plan;
}

/// BM25F's length normalisation by length: one division a length instead of three a document.
struct LengthFactors {
  std::vector<float> title;
  std::vector<float> body;
  std::vector<float> once;  ///< saturation of one occurrence in the text, the usual case

  LengthFactors(const Weights& weights, const Totals& totals) {
    const auto& w = weights.text;
    const double documents = static_cast<double>(std::max<std::int64_t>(1, totals.documents));
    const double average_title = std::max(1.0, static_cast<double>(totals.title_length) / documents);
    const double average_text = std::max(1.0, static_cast<double>(totals.text_length) / documents);
    for (std::size_t length = 0; length <= kAnalysedCharactersMax; ++length) {
      title.push_back(static_cast<float>(w.title / (1 - w.b_title + w.b_title * static_cast<double>(length) / average_title)));
      body.push_back(static_cast<float>(w.body / (1 - w.b_body + w.b_body * static_cast<double>(length) / average_text)));
      once.push_back(static_cast<float>(body.back() / (w.k1 + body.back())));
    }
  }
};

/// Accumulators of one part. Row-major by score so that each is one flat array.
class PartScorer {
 public:
  PartScorer(const PartData& data, const Plan& plan, const Weights& weights, const LengthFactors& lengths)
      : data_(data), plan_(plan), weights_(weights), rows_(data.rows.size()), text_(rows_, 0), lexicon_missing_(rows_, 1) {
    const std::size_t extra = plan.several() ? plan.problems : 0;
    problem_text_.assign(extra, std::vector<float>(rows_, 0));
    problem_lexicon_missing_.assign(extra, std::vector<float>(rows_, 1));
    once_.resize(rows_);
    body_.resize(rows_);
    title_.resize(rows_);
    for (std::size_t i = 0; i < rows_; ++i) {
      body_[i] = lengths.body[data.rows[i].text_length];
      title_[i] = lengths.title[data.rows[i].title_length];
      once_[i] = lengths.once[data.rows[i].text_length];
    }
  }

  void run() {
    add_terms(plan_.terms);
    best_.resize(rows_);
    for (const WeightedConcept& entry : plan_.concepts) add_concept(entry);
  }

  void add_terms(const std::vector<WeightedTerm>& terms) {
    for (const WeightedTerm& term : terms)
      if (const auto* list = data_.find(term.key)) plan_.several() ? add_term<true>(term, list) : add_term<false>(term, list);
  }

  float text(std::size_t row) const { return text_[row]; }
  float lexicon(std::size_t row) const { return 1 - lexicon_missing_[row]; }
  float problem_text(std::size_t problem, std::size_t row) const { return problem_text_[problem][row]; }
  float problem_lexicon(std::size_t problem, std::size_t row) const { return 1 - problem_lexicon_missing_[problem][row]; }

 private:
  template <bool kSeveral>
  void add_term(const WeightedTerm& term, const std::uint8_t* list) {
    const auto k1 = static_cast<float>(weights_.text.k1);
    float* const text = text_.data();
    const float* const once = once_.data();
    PostingReader reader(list);
    for (Posting posting; reader.next(posting);) {
      const std::uint32_t row = posting.document;
      float score = once[row];
      if (posting.text != 1 || posting.title != 0) {
        const float frequency = static_cast<float>(posting.text) * body_[row] + static_cast<float>(posting.title) * title_[row];
        score = frequency / (k1 + frequency);
      }
      score *= posting.word ? term.as_word : term.plain;
      text[row] += score;
      if constexpr (kSeveral)
        for (std::size_t p = 0; p < plan_.problems; ++p)
          if (term.problems >> p & 1) problem_text_[p][row] += score;
    }
  }

  /// Of all ways from one term of the need only the best that a document holds counts; terms of the need then add up as
  /// independent evidence (noisy or).
  void add_concept(const WeightedConcept& entry) {
    touched_.clear();
    for (const WeightedLink& link : entry.links) {
      const auto* list = data_.find(link.key);
      if (list == nullptr) continue;
      PostingReader reader(list);
      for (Posting posting; reader.next(posting);) {
        if (best_[posting.document] != 0) continue;
        best_[posting.document] = link.weight;
        touched_.push_back(posting.document);
      }
    }
    for (const std::uint32_t row : touched_) {
      lexicon_missing_[row] *= 1 - best_[row];
      for (std::size_t p = 0; plan_.several() && p < plan_.problems; ++p)
        if (entry.problems >> p & 1) problem_lexicon_missing_[p][row] *= 1 - best_[row];
      best_[row] = 0;
    }
  }

  const PartData& data_;
  const Plan& plan_;
  const Weights& weights_;
  std::size_t rows_;
  std::vector<float> text_;
  std::vector<float> lexicon_missing_;  ///< product of what each term of the need leaves unexplained
  std::vector<std::vector<float>> problem_text_;
  std::vector<std::vector<float>> problem_lexicon_missing_;
  std::vector<float> once_;             ///< saturation of one occurrence in the text, the usual case
  std::vector<float> body_;
  std::vector<float> title_;
  std::vector<float> best_;
  std::vector<std::uint32_t> touched_;
};

struct Filter {
  std::uint64_t kind = 0;
  std::uint64_t segment = 0;
  std::uint32_t region_from = 0;  ///< codes nest: 330400 holds 330400 to 330499
  std::uint32_t region_to = 0;
  std::uint32_t today = 0;

  explicit Filter(const Options& options) {
    if (!options.kind.empty()) kind = stable_hash(options.kind);
    if (!options.segment.empty()) segment = stable_hash(options.segment);
    today = day_number(options.today);
    if (options.region.empty()) return;
    for (const char c : options.region) region_from = c >= '0' && c <= '9' ? region_from * 10 + static_cast<std::uint32_t>(c - '0') : 0;
    region_to = region_from + (region_from % 10'000 == 0 ? 10'000 : region_from % 100 == 0 ? 100 : 1);
  }
  bool any() const { return kind != 0 || segment != 0 || region_to != 0 || today != 0; }
  bool passes(const Row& row) const {
    if (kind != 0 && row.kind != kind) return false;
    if (segment != 0 && row.segment != segment) return false;
    if (region_to != 0 && (row.region < region_from || row.region >= region_to)) return false;
    return today == 0 || row.valid_to == 0 || row.valid_to >= today;
  }
};

struct Hit {
  double base = 0;
  Place place;
};

/// The accumulators of all parts and what is chosen from them.
class Retrieval {
 public:
  Retrieval(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Options& options,
            const std::map<std::string, double>& shares)
      : index_(index), knowledge_(knowledge), plan_(make_plan(index, knowledge, query)), filter_(options), text_share_(shares.at("text")),
        lexicon_share_(shares.at("lexicon")) {
    const LengthFactors lengths(knowledge.weights, index.totals);
    scorers_.reserve(index.parts.size());
    for (const Part& part : index.parts) {
      scorers_.emplace_back(*part.data, plan_, knowledge.weights, lengths);
      scorers_.back().run();
    }
  }

  void add_terms(const std::vector<WeightedTerm>& terms) {
    for (PartScorer& scorer : scorers_) scorer.add_terms(terms);
  }

  /// The best by text and lexicon. Text counts in units of the best supply, but never of less than a fraction of what the
  /// need itself would score: a need that nobody answers has no full score.
  std::vector<Hit> best(std::size_t keep) {
    best_text_ = std::max(1e-9, plan_.self * knowledge_.weights.need.floor);
    best_problem_.assign(plan_.several() ? plan_.problems : 0, 1e-9);
    each_match([&](Place place, const PartScorer& scorer) {
      best_text_ = std::max<double>(best_text_, scorer.text(place.row));
      for (std::size_t i = 0; i < best_problem_.size(); ++i) best_problem_[i] = std::max<double>(best_problem_[i], scorer.problem_text(i, place.row));
    });
    if (keep == 0) return {};
    // A heap with the worst of the kept on top: almost every document is turned away by one comparison.
    const auto better = [&](const Hit& a, const Hit& b) { return a.base != b.base ? a.base > b.base : index_.id(a.place) < index_.id(b.place); };
    std::vector<Hit> hits;
    each_match([&](Place place, const PartScorer& scorer) {
      const Hit hit{(text_share_ * scorer.text(place.row) / best_text_ + lexicon_share_ * scorer.lexicon(place.row)) / (text_share_ + lexicon_share_), place};
      if (hits.size() == keep) {
        if (!better(hit, hits.front())) return;
        std::pop_heap(hits.begin(), hits.end(), better);
        hits.pop_back();
      }
      hits.push_back(hit);
      std::push_heap(hits.begin(), hits.end(), better);
    });
    std::sort_heap(hits.begin(), hits.end(), better);
    return hits;
  }

  Candidate candidate(const Hit& hit) const {
    const PartScorer& scorer = scorers_[hit.place.part];
    const std::uint32_t row = hit.place.row;
    Candidate candidate{hit.place, scorer.text(row) / best_text_, scorer.lexicon(row), hit.base, {}, {}};
    for (std::size_t i = 0; i < best_problem_.size(); ++i) {
      candidate.problem_text.push_back(scorer.problem_text(i, row) / best_problem_[i]);
      candidate.problem_lexicon.push_back(scorer.problem_lexicon(i, row));
    }
    return candidate;
  }

 private:
  void each_match(auto&& use) const {
    const bool filtered = filter_.any();
    for (std::uint32_t p = 0; p < index_.parts.size(); ++p) {
      const Part& part = index_.parts[p];
      const PartScorer& scorer = scorers_[p];
      for (std::uint32_t row = 0; row < part.data->rows.size(); ++row) {
        if (scorer.text(row) <= 0 && scorer.lexicon(row) <= 0) continue;
        if (part.is_removed(row) || (filtered && !filter_.passes(part.data->rows[row]))) continue;
        use(Place{p, row}, scorer);
      }
    }
  }

  const IndexSnapshot& index_;
  const Knowledge& knowledge_;
  Plan plan_;
  Filter filter_;
  double text_share_;
  double lexicon_share_;
  std::vector<PartScorer> scorers_;  ///< one a part
  double best_text_ = 0;
  std::vector<double> best_problem_;
};

/// The words that the best supplies share and the collection does not, each weighted by how much the supplies match.
std::vector<WeightedTerm> feedback_terms(const IndexSnapshot& index, const Knowledge& knowledge, const std::vector<Hit>& best) {
  const auto& weights = knowledge.weights;
  std::map<TermKey, double> said;
  for (const Hit& hit : best) {
    const Document document = index.document(hit.place);
    for (const TermCount& term : knowledge.analyser.counts(document.title, document.text).terms) {
      const auto kind = term_class(term.key);
      if (kind == TermClass::word || (kind == TermClass::bigram && term.word)) {
        const double count = term.text + weights.text.title * term.title;
        said[term.key] += hit.base * hit.base * count / (weights.text.k1 + count);
      }
    }
  }
  struct Word {
    double worth;
    double rare;
    TermKey key;
  };
  std::vector<Word> words;
  for (const auto& [key, much] : said) {
    const double rare = rarity_of(index.frequency(key), index.totals.documents);
    if (rare > weights.feedback.rarity) words.push_back({much * rare, rare, key});
  }
  std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) { return a.worth != b.worth ? a.worth > b.worth : a.key < b.key; });
  words.resize(std::min(words.size(), static_cast<std::size_t>(weights.feedback.terms)));
  std::vector<WeightedTerm> terms;
  for (const Word& word : words) {
    QueryTerm term{word.key, weights.feedback.weight * word.worth / words[0].worth, true, 0, U"-"};
    terms.push_back({word.key, static_cast<float>(term.weight * word.rare * class_weight(weights, term, false)),
                     static_cast<float>(term.weight * word.rare * class_weight(weights, term, true)), 0});
  }
  return terms;
}

}  // namespace

double rarity(const IndexSnapshot& index, TermKey key) { return rarity_of(index.frequency(key), index.totals.documents); }

double class_weight(const Weights& weights, const QueryTerm& term, bool word_in_document) {
  switch (term_class(term.key)) {
    case TermClass::unigram: return weights.text.unigram;
    case TermClass::bigram: return weights.text.bigram + (term.word && word_in_document ? weights.text.word : 0);
    case TermClass::word: return term.written.empty() ? weights.text.figure : weights.text.word;
    case TermClass::concept_: return 0;
  }
  return 0;
}

std::vector<Candidate> retrieve(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Options& options,
                                const std::map<std::string, double>& shares, bool widen) {
  Retrieval retrieval(index, knowledge, query, options, shares);
  if (widen) retrieval.add_terms(feedback_terms(index, knowledge, retrieval.best(static_cast<std::size_t>(knowledge.weights.feedback.documents))));
  std::vector<Candidate> candidates;
  for (const Hit& hit : retrieval.best(std::max(kCandidatesMax, std::min(options.limit, kResultsMax)))) candidates.push_back(retrieval.candidate(hit));
  return candidates;
}

}  // namespace jingwei::match
