#include "match/internal/score.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "base/region.h"
#include "base/time.h"
#include "match/internal/kinds.h"

namespace jingwei::match {
namespace {

constexpr double kUnknown = 0.5;  ///< of a feature when one side says nothing
constexpr double kFreshHalf_us = 730.0 * kMicrosPerDay;  ///< a supply's freshness falls to 1/e in about two years
constexpr double kAnswersProblem = 0.6;  ///< of the best supply's match of a problem, from which a supply answers it too

/// Nearness to the need and to its problems by topics, in units of the nearest candidate and at most 1; a collection in which
/// nothing is near has no full part.
class TopicParts {
 public:
  TopicParts(const IndexSnapshot& index, const Weights& weights, const Query& query, const std::vector<Candidate>& candidates)
      : index_(index), vectors_(query.problem_topics) {
    vectors_.insert(vectors_.begin(), query.topics);
    for (TopicVector& vector : vectors_) widen(vector, weights, candidates);
    nearest_.assign(vectors_.size(), weights.lexicon.topic_floor);
    for (const Candidate& candidate : candidates)
      for (std::size_t i = 0; i < nearest_.size(); ++i) nearest_[i] = std::max(nearest_[i], nearness(i, candidate));
  }
  double whole(const Candidate& candidate) const { return nearness(0, candidate) / nearest_[0]; }
  /// Of the title alone, to the need or to its problem that comes nearest; not in units of anything.
  double title(const Candidate& candidate, double own_problem) const {
    const auto& title = index_.topics(candidate.place).title;
    double problem = 0;
    for (std::size_t i = 1; i < vectors_.size(); ++i) problem = std::max(problem, vectors_[i].nearness(title));
    const double whole = vectors_[0].nearness(title);
    return vectors_.size() > 1 ? (1 - own_problem) * whole + own_problem * problem : whole;
  }
  double problem(std::size_t problem, const Candidate& candidate) const { return nearness(problem + 1, candidate) / nearest_[problem + 1]; }

 private:
  /// Relevance feedback among topics: what the nearest supplies speak of is what the need speaks of in other words.
  void widen(TopicVector& vector, const Weights& weights, const std::vector<Candidate>& candidates) const {
    if (vector.topics().empty()) return;
    std::vector<std::pair<const Topics*, double>> near;
    for (const Candidate& candidate : candidates) near.emplace_back(&index_.topics(candidate.place), vector.nearness(index_.topics(candidate.place).all));
    const auto kept = std::min(near.size(), static_cast<std::size_t>(weights.feedback.topic_documents));
    // Stable, so that equally near ones come in order of the candidates.
    std::ranges::stable_sort(near, [](const auto& a, const auto& b) { return a.second > b.second; });
    near.resize(kept);
    vector.add(near, weights.feedback.topic_weight);
  }
  double nearness(std::size_t i, const Candidate& candidate) const { return vectors_[i].nearness(index_.topics(candidate.place).all); }

  const IndexSnapshot& index_;
  std::vector<TopicVector> vectors_;  ///< of the whole need, then of its problems
  std::vector<double> nearest_;
};

/// Some of the need's words say that a supply speaks of the same field; most of them, that it tells of the same machine, material and
/// mishap in the same words, which a lookalike does too. So what comes on top counts less and less (as a term's repeats do in BM25).
double saturated(double text, double k) { return text <= 0 ? 0 : text * (1 + k) / (text + k); }

std::string code_text(std::uint32_t region) { return region == 0 ? "" : std::to_string(region); }

/// Nearness of a supply's segment to the need's: what the form says, and what the best supplies by words suggest. The same for all
/// supplies of a segment, so each is worked out once.
class SegmentParts {
 public:
  SegmentParts(const IndexSnapshot& index, const Knowledge& knowledge, const Need& need, std::map<std::uint64_t, double> suggested)
      : index_(index), knowledge_(knowledge), given_(knowledge.places.segment(need.segment)), suggested_(std::move(suggested)) {}

  double of(const Row& row) {
    const auto [at, is_new] = parts_.try_emplace(row.segment, 0.0);
    if (is_new) at->second = work_out(row.segment);
    return at->second;
  }

 private:
  double work_out(std::uint64_t hash) const {
    const auto& weights = knowledge_.weights.segment;
    const Segment* own = knowledge_.places.segment_with_hash(hash);
    if (own == nullptr) return kUnknown * weights.general;
    if (own->general()) return weights.general;
    double by_text = 0;
    for (const auto& [suggested, share] : suggested_)
      if (const Segment* other = knowledge_.places.segment_with_hash(suggested)) by_text = std::max(by_text, share * nearness(*other, *own));
    return given_ == nullptr ? by_text : weights.given * nearness(*given_, *own) + (1 - weights.given) * by_text;
  }
  /// By the code, by the chain that the code list names, and by the steps between them in the atlas, whichever says most.
  double nearness(const Segment& wanted, const Segment& own) const {
    const auto& weights = knowledge_.weights.segment;
    if (wanted.code == own.code) return weights.same;
    const double by_chain = wanted.chain == own.chain ? weights.chain : 0;
    const auto* way = index_.way(stable_hash(wanted.code), stable_hash(own.code));
    return way == nullptr ? by_chain : std::max(by_chain, weights.same * std::pow(weights.step, std::max(1, way->steps)));
  }

  const IndexSnapshot& index_;
  const Knowledge& knowledge_;
  const Segment* given_;
  std::map<std::uint64_t, double> suggested_;
  std::unordered_map<std::uint64_t, double> parts_;
};

double region_part(const Need& need, const Row& row) {
  if (need.region.empty() || row.region == 0) return kUnknown;
  constexpr double kByDistance[] = {1.0, 0.85, 0.55, 0.25};
  return kByDistance[region_distance(need.region, code_text(row.region))];
}

double budget_part(const Need& need, const Row& row, std::size_t kind, bool called) {
  if (!need.budget_fen || *need.budget_fen <= 0 || row.amount_fen == kNoAmount) return kUnknown;
  const double ratio = static_cast<double>(row.amount_fen) / static_cast<double>(*need.budget_fen);
  // Of money the amount is a ceiling of what one can get; of everything else it is a price.
  if (kKinds[kind] == "fund" || kKinds[kind] == "policy") return called ? std::min(1.0, ratio) : kUnknown;
  return ratio <= 1 ? 1.0 : std::max(0.0, 1 - (ratio - 1));
}

double stage_part(const Need& need, const Row& row) {
  if (need.stage.empty() || row.stages == 0) return kUnknown;
  return (row.stages & stage_bits(std::span(&need.stage, 1))) != 0 ? 1.0 : 0.0;
}

double trl_part(const Row& row) {
  if (row.trl == 0) return kUnknown;
  return row.trl >= 8 ? 1.0 : row.trl >= 6 ? 0.75 : row.trl >= 4 ? 0.4 : 0.1;
}

double freshness_part(const Options& options, const Row& row) {
  if (options.now_us == 0 || row.updated_us == 0) return kUnknown;
  return std::exp(-std::max(0.0, static_cast<double>(options.now_us - row.updated_us)) / kFreshHalf_us);
}

/// How well a fund's form and size suit the money that is asked for, 0 to 1. The amount of a fund is the most it gives at a time;
/// one that gives very much more at a time has a smallest sum above what is asked.
double money_part(const MoneyAsked& asked, const Need& need, const Row& row) {
  constexpr double kOtherForm = 0.4;
  constexpr double kTooLargeFrom = 4;
  const double form = asked.forms == 0 || row.money == 0 || (asked.forms & row.money) != 0 ? 1 : kOtherForm;
  const auto wanted = asked.amount_fen ? asked.amount_fen : need.budget_fen;
  if (!wanted || *wanted <= 0 || row.amount_fen == kNoAmount) return form;
  const double ratio = static_cast<double>(row.amount_fen) / static_cast<double>(*wanted);
  const double size = ratio < 1 ? ratio : ratio > kTooLargeFrom ? std::max(kOtherForm, kTooLargeFrom / ratio) : 1;
  return form * size;
}

double kind_part(const Weights& weights, std::size_t kind, std::uint32_t called) {
  if (called != 0 && (called >> kind & 1) != 0) return 1;
  const double usual = weights.kinds.at(std::string(kKinds[kind]));
  return called == 0 ? usual : weights.kind_not_called * usual;
}

std::size_t kind_of(const Row& row, Mode mode) {
  if (mode == Mode::text_only) return row.text_kind;
  return row.kind_place;
}

/// With one problem, whoever is shown answers it. With several: who comes near the best answer to it.
std::vector<int> answered(const Candidate& candidate, const std::vector<double>& problem_topic, std::size_t problems) {
  if (problems <= 1) return {0};
  std::vector<int> found;
  int best = 0;
  double most = -1;
  for (std::size_t i = 0; i < candidate.problem_text.size(); ++i) {
    const double much = candidate.problem_text[i] + candidate.problem_lexicon[i] + problem_topic[i];
    if (candidate.problem_text[i] >= kAnswersProblem) found.push_back(static_cast<int>(i));
    if (much > most) {
      most = much;
      best = static_cast<int>(i);
    }
  }
  if (found.empty()) found.push_back(best);
  return found;
}

/// Columns of candidates that come a little later; with the first, of all up to there.
void fetch_ahead(const IndexSnapshot& index, const std::vector<Candidate>& candidates, std::size_t at) {
  constexpr std::size_t kAhead = 8;
  for (std::size_t i = at == 0 ? 0 : at + kAhead; i <= at + kAhead && i < candidates.size(); ++i)
    index.parts[candidates[i].place.part].data->prefetch_columns(candidates[i].place.row);
}

}  // namespace

Features shares_of(const Weights& weights, Mode mode) {
  const auto& named = mode == Mode::need ? weights.parts : mode == Mode::text_only ? weights.parts_text_only : weights.parts_search;
  Features shares{};
  for (std::size_t i = 0; i < shares.size(); ++i)
    if (const auto found = named.find(kFeatureNames[i]); found != named.end()) shares[i] = found->second;
  return shares;
}

std::map<std::uint64_t, double> suggested_segments(const IndexSnapshot& index, const Weights& weights, const std::vector<Candidate>& candidates) {
  std::map<std::uint64_t, double> votes;
  const auto neighbours = std::min(candidates.size(), static_cast<std::size_t>(weights.segment.neighbours));
  for (std::size_t i = 0; i < neighbours; ++i) votes[index.row(candidates[i].place).segment] += candidates[i].base * candidates[i].base;
  double most = 0;
  for (const auto& [segment, vote] : votes) most = std::max(most, vote);
  if (most <= 0) return {};
  for (auto& [segment, vote] : votes) vote /= most;
  return votes;
}

std::vector<Scored> score(const IndexSnapshot& index, const Knowledge& knowledge, const Query& query, const Need& need, const Options& options,
                          Mode mode, const Features& shares, std::vector<Candidate> candidates, const Nearness& near) {
  const Weights& weights = knowledge.weights;
  std::vector<std::string_view> ids;
  for (const Candidate& candidate : candidates) ids.push_back(index.id(candidate.place));
  const auto meanings = near.parts(ids);
  SegmentParts segments(index, knowledge, need, mode == Mode::need ? suggested_segments(index, weights, candidates) : std::map<std::uint64_t, double>{});
  std::vector<Scored> all;
  all.reserve(candidates.size());
  const TopicParts topics(index, weights, query, candidates);
  std::optional<SpokenOf> spoken;
  if (mode != Mode::search) spoken.emplace(knowledge.lexicon, knowledge.troubles, query);
  for (Candidate& candidate : candidates) {
    fetch_ahead(index, candidates, all.size());
    const Row row = index.row(candidate.place);
    const std::size_t kind = kind_of(row, mode);
    Scored one;
    double text = candidate.text;
    double lexicon = candidate.lexicon;
    double topic = topics.whole(candidate);
    std::vector<double> problem_topic;
    for (std::size_t p = 0; p < candidate.problem_text.size(); ++p) problem_topic.push_back(topics.problem(p, candidate));
    if (!candidate.problem_text.empty()) {
      const double own = weights.need.own_problem;
      text = (1 - own) * text + own * *std::ranges::max_element(candidate.problem_text);
      lexicon = std::max(lexicon, (1 - own) * lexicon + own * *std::ranges::max_element(candidate.problem_lexicon));
      topic = (1 - own) * topic + own * *std::ranges::max_element(problem_topic);
    }
    at(one.features, Feature::text) = mode == Mode::search ? text : saturated(text, weights.need.text_saturation);
    at(one.features, Feature::lexicon) = lexicon;
    at(one.features, Feature::topic) = topic;
    at(one.features, Feature::trade) = nearness(query.trades, row.trades);
    if (spoken) {
      one.other_trouble = spoken->other_trouble(*index.parts[candidate.place.part].data, candidate.place.row);
      at(one.features, Feature::trouble) = 1 - one.other_trouble.share;
      at(one.features, Feature::title) = topics.title(candidate, weights.need.own_problem);
      at(one.features, Feature::kind) = kind_part(weights, kind, query.kinds_called);
    }
    if (mode == Mode::need) {
      at(one.features, Feature::segment) = segments.of(row);
      at(one.features, Feature::region) = region_part(need, row);
      at(one.features, Feature::budget) = budget_part(need, row, kind, (query.kinds_called >> kind & 1) != 0);
      at(one.features, Feature::stage) = stage_part(need, row);
      at(one.features, Feature::trl) = trl_part(row);
      at(one.features, Feature::freshness) = freshness_part(options, row);
    }
    if (kKinds[kind] == "fund" && mode != Mode::search && (query.kinds_called >> kind & 1) != 0)
      at(one.features, Feature::kind) *= money_part(query.money, need, row);
    for (std::size_t i = 0; i < shares.size(); ++i) one.raw += shares[i] * one.features[i];
    if (!meanings.empty()) one.meaning = meanings[all.size()];
    if (one.meaning) one.raw = (1 - near.share()) * one.raw + near.share() * *one.meaning;
    // Who asks for money or a person means it: what the need is about comes second.
    if (mode != Mode::search && query.kinds_called != 0)
      one.raw = (1 - weights.kind_called) * one.raw + weights.kind_called * at(one.features, Feature::kind);
    one.problems = answered(candidate, problem_topic, query.problems.size());
    one.candidate = std::move(candidate);
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<Scored> diversify_and_calibrate(const IndexSnapshot& index, const Weights& weights, const Options& options, Mode mode,
                                            std::vector<Scored> scored) {
  std::sort(scored.begin(), scored.end(), [&](const Scored& a, const Scored& b) {
    return a.raw != b.raw ? a.raw > b.raw : index.id(a.candidate.place) < index.id(b.candidate.place);
  });
  const std::size_t limit = std::min({scored.size(), options.limit, kResultsMax});
  const std::size_t depth = mode == Mode::search ? 0 : std::min(scored.size(), static_cast<std::size_t>(weights.diversity.depth));
  std::map<std::size_t, int> of_kind;
  std::map<std::uint32_t, int> of_owner;
  std::set<int> covered;
  // Greedy: at each place the best of what is left, after what its kind, owner and problems cost or gain it there.
  for (std::size_t at = 0; at < depth; ++at) {
    std::size_t best = at;
    double best_value = -1;
    for (std::size_t i = at; i < depth; ++i) {
      if (scored[i].raw + weights.diversity.problem <= best_value) break;  // what is left stays in order of its raw score
      const Row row = index.row(scored[i].candidate.place);
      double value = scored[i].raw - std::min(weights.diversity.kind_max, weights.diversity.kind * of_kind[kind_of(row, mode)]);
      if (mode == Mode::need && row.owner != 0) value -= weights.diversity.owner * std::min(3, of_owner[row.owner]);
      const bool opens = std::ranges::any_of(scored[i].problems, [&](int p) { return !covered.contains(p); });
      if (opens && at > 0) value += weights.diversity.problem;
      if (value > best_value) {
        best_value = value;
        best = i;
      }
    }
    std::rotate(scored.begin() + static_cast<std::ptrdiff_t>(at), scored.begin() + static_cast<std::ptrdiff_t>(best),
                scored.begin() + static_cast<std::ptrdiff_t>(best) + 1);
    const Row row = index.row(scored[at].candidate.place);
    ++of_kind[kind_of(row, mode)];
    ++of_owner[row.owner];
    covered.insert(scored[at].problems.begin(), scored[at].problems.end());
    scored[at].score = std::max(0.0, best_value);
  }
  for (std::size_t i = depth; i < scored.size(); ++i) scored[i].score = scored[i].raw;
  scored.resize(limit);
  // Shown scores never rise down the page.
  double above = 1;
  for (Scored& one : scored) above = one.score = std::min(above, mode == Mode::search ? one.score : weights.calibrate(one.score));
  return scored;
}

}  // namespace jingwei::match
