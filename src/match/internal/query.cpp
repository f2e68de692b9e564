#include "match/internal/query.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <deque>
#include <map>
#include <optional>

#include "base/text.h"
#include "io/file.h"
#include "match/internal/kinds.h"

namespace jingwei::match {
namespace {

constexpr std::size_t kTopicsOfNeed = 40;
constexpr std::uint64_t kWeightsBytesMax = 1'000'000;
constexpr std::uint64_t kAnalysisVersion = 6;  ///< raised when the same text would give other terms

class QueryMaker {
 public:
  explicit QueryMaker(const Knowledge& knowledge) : knowledge_(knowledge) {}

  /// Adds one text of the need. A term counts with the best weight of the places where it stands, not with their sum:
  /// a word said three times in a complaint is no three times better lead.
  void add(std::string_view text, double weight, ProblemSet problems) {
    const auto& folded = texts_.emplace_back(Analyser::fold(text));
    knowledge_.analyser.words(folded, tokens_);
    for (const Token& token : tokens_)
      seen_.push_back({token.key, static_cast<std::uint32_t>(seen_.size()), problems, weight, token.word,
                       std::u32string_view(folded).substr(token.begin, token.end - token.begin)});
    for (const Mention& mention : knowledge_.lexicon.find(folded)) {
      auto& found = concepts_[mention.entry];
      found.entry = mention.entry;
      found.problems |= problems;
      const auto written = folded.substr(mention.begin, mention.end - mention.begin);
      if (weight > found.weight || found.written.empty()) found.written = written;
      found.weight = std::max(found.weight, weight);
    }
    for (auto& figure : find_figures(folded)) figures_.push_back(std::move(figure));
  }

  Query finish(std::size_t problems) {
    Query query = finish_words();
    query.topics = topics_of(query.terms, std::nullopt);
    for (std::size_t problem = 0; problems > 1 && problem < problems; ++problem) query.problem_topics.push_back(topics_of(query.terms, problem));
    Analyser::TradeVotes votes(knowledge_.lexicon);
    for (const QueryConcept& found : query.concepts) votes.add(knowledge_.lexicon.concepts()[found.entry], found.weight);
    query.trades = votes.result();
    return query;
  }

  /// Without topics and trades.
  Query finish_words() {
    Query query;
    std::ranges::sort(seen_, [](const Seen& a, const Seen& b) { return a.key != b.key ? a.key < b.key : a.number < b.number; });
    for (const Seen& one : seen_) {
      if (query.terms.empty() || query.terms.back().key != one.key) query.terms.push_back({one.key});
      QueryTerm& term = query.terms.back();
      term.weight = std::max(term.weight, one.weight);
      term.word = term.word || one.word;
      term.problems |= one.problems;
      if (term.written.empty()) term.written = one.written;
    }
    for (auto& [entry, found] : concepts_) {
      found.links = knowledge_.links[entry];
      query.concepts.push_back(std::move(found));
    }
    query.figures = std::move(figures_);
    return query;
  }

 private:
  /// A term where it stands.
  struct Seen {
    TermKey key;
    std::uint32_t number;
    ProblemSet problems;
    double weight;
    bool word;
    std::u32string_view written;
  };
  /// Of the whole need, or of one of its problems.
  TopicVector topics_of(const std::vector<QueryTerm>& all, std::optional<std::size_t> problem) const {
    std::vector<TopicTerm> terms;
    bool words = false;
    for (const QueryTerm& term : all) {
      if (problem && (term.problems >> *problem & 1) == 0) continue;
      terms.push_back({term.key, static_cast<std::uint32_t>(std::lround(kTopicTitle * term.weight))});
      words = words || !is_number(term.written);
    }
    if (!words) return {};  // numbers alone speak of nothing, also where a term is described by one
    TopicVector topics{knowledge_.analyser.topics().nearest(terms, kTopicsOfNeed), knowledge_.lexicon.concepts().size()};
    topics.add(causes_and_cures(knowledge_.lexicon, knowledge_.weights, topics.topics()), knowledge_.weights.lexicon.topic_step);
    return topics;
  }

  const Knowledge& knowledge_;
  std::deque<std::u32string> texts_;  ///< folded; what was seen refers to them
  std::vector<Seen> seen_;
  std::vector<Token> tokens_;
  std::map<std::uint32_t, QueryConcept> concepts_;
  std::vector<Figure> figures_;
};

double kept_by(const Weights& weights, const Step& step) {
  const auto& both = weights.relations[static_cast<std::size_t>(step.type)];
  return step.forward ? both.forward : both.backward;
}

}  // namespace

Knowledge::Knowledge(const Files& files)
    : lexicon(Lexicon::load(files.lexicon_folder)),
      weights(Weights::parse(io::read_file(files.weights, kWeightsBytesMax), files.weights.filename().string())),
      analyser(files.dictionary_folder, lexicon, weights.stop_words),
      places(files.segments, files.regions),
      saturation(weights),
      troubles(lexicon) {
  links.reserve(lexicon.concepts().size());
  for (std::uint32_t entry = 0; entry < lexicon.concepts().size(); ++entry) links.push_back(expand(lexicon, weights, entry));
}

std::uint64_t Knowledge::fingerprint() const {
  std::uint64_t print = lexicon.fingerprint() ^ kAnalysisVersion;
  const auto& text = weights.text;
  for (const double number : {text.k1, text.b_title, text.b_body, text.title_length, text.body_length, text.title, text.body})
    print = (print ^ std::bit_cast<std::uint64_t>(number)) * 0xff51afd7ed558ccdULL;
  for (const auto& word : weights.stop_words) print = (print ^ stable_hash(std::string_view(word))) * 0xff51afd7ed558ccdULL;
  return print;
}

std::vector<Topic> causes_and_cures(const Lexicon& lexicon, const Weights& weights, std::span<const Topic> topics) {
  const auto leads = [](const Step& step) { return step.type == RelationType::caused_by || step.type == RelationType::cured_by; };
  std::vector<Topic> found;
  for (const Topic& topic : topics) {
    const auto& steps = lexicon.steps(topic.entry);
    // A term with twenty causes is no better lead than one with two.
    const auto share = static_cast<float>(1 / std::sqrt(std::max<double>(1, static_cast<double>(std::ranges::count_if(steps, leads)))));
    for (const Step& step : steps)
      if (leads(step)) found.push_back({step.to, topic.weight * share * static_cast<float>(kept_by(weights, step))});
  }
  return found;
}

std::vector<Link> expand(const Lexicon& lexicon, const Weights& weights, std::uint32_t entry) {
  std::map<std::uint32_t, Link> best{{entry, {entry, 1.0, {}, 0}}};
  std::vector<Link> front{best[entry]};
  for (int hop = 0; hop < static_cast<int>(weights.lexicon.hops); ++hop) {
    std::vector<Link> next;
    for (const Link& link : front)
      for (const Step& step : lexicon.steps(link.to)) {
        // Siblings under one general term are not each other's answer: down again after up leads anywhere.
        if (!link.steps.empty() && link.steps.back().type == step.type && link.steps.back().forward != step.forward) continue;
        const double weight = link.weight * kept_by(weights, step);
        if (weight < weights.lexicon.floor) continue;
        auto& known = best[step.to];
        if (known.weight >= weight) continue;
        Link longer{step.to, weight, link.steps, 0};
        longer.steps.push_back(step);
        known = longer;
        next.push_back(std::move(longer));
      }
    front = std::move(next);
  }
  std::vector<Link> links;
  for (auto& [to, link] : best) {
    link.key = lexicon.concepts()[to].key;
    links.push_back(std::move(link));
  }
  std::stable_sort(links.begin(), links.end(), [](const Link& a, const Link& b) { return a.weight > b.weight; });
  return links;
}

Query make_query(const Knowledge& knowledge, const Need& need, std::vector<Problem> problems) {
  QueryMaker maker(knowledge);
  const auto& weights = knowledge.weights.need;
  const ProblemSet every = (ProblemSet{1} << problems.size()) - 1;
  // With one problem every word belongs to it; with several the title and what stands outside belong to the whole alone.
  const bool several = problems.size() > 1;
  maker.add(need.title, weights.title, several ? 0 : every);
  maker.add(need.text, weights.body, several ? 0 : every);
  if (several)
    for (const Problem& problem : problems) maker.add(problem.text, weights.body, ProblemSet{1} << problem.index);
  Query query = maker.finish(problems.size());
  query.problems = std::move(problems);
  query.kinds_called = kinds_called(need.title, need.text);
  if ((query.kinds_called >> kind_place("fund") & 1) != 0) query.money = money_asked(need.title, need.text);
  return query;
}

bool is_number(std::u32string_view written) {
  return !written.empty() && std::ranges::all_of(written, [](char32_t c) { return (c >= U'0' && c <= U'9') || c == U'.'; });
}

Query make_search(const Knowledge& knowledge, const Need& words) {
  QueryMaker maker(knowledge);
  maker.add(words.title, knowledge.weights.need.title, 0);
  maker.add(words.text, knowledge.weights.need.body, 0);
  Query query = maker.finish_words();
  for (QueryTerm& term : query.terms) term.searched = term_class(term.key) == TermClass::word && (term.written.empty() || !is_han(term.written.front()));
  return query;
}

}  // namespace jingwei::match
