#include "match/internal/batch.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "match/internal/explain.h"
#include "match/internal/rescore.h"
#include "match/internal/retrieve.h"
#include "match/internal/score.h"

namespace jingwei::match {
namespace {

std::vector<Problem> numbered(const std::vector<std::string>& texts) {
  std::vector<Problem> problems;
  for (const auto& text : texts) problems.push_back({static_cast<int>(problems.size()), text});
  return problems;
}

/// The way of a need up to its scores, best first.
std::vector<Scored> best_of(const IndexSnapshot& index, const Knowledge& knowledge, const Meanings& meanings, const Need& need, const Options& options) {
  const Features shares = shares_of(knowledge.weights, Mode::need);
  const Query query = make_query(knowledge, need, numbered(need.problems.empty() ? split_problems(knowledge, need.title, need.text) : need.problems));
  const Nearness near(meanings, knowledge.weights, index, need, options);
  const Plan plan = make_plan(index, knowledge, query);
  Rescorer rescorer(plan, knowledge.saturation);
  auto candidates = retrieve(index, knowledge, query, plan, rescorer, options, retrieval_shares(shares, Mode::need), true, near.places());
  auto scored = score(index, knowledge, query, need, options, Mode::need, shares, std::move(candidates), near);
  const std::size_t kept = std::min({scored.size(), options.limit, kResultsMax});
  std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(kept), scored.end(), [&](const Scored& a, const Scored& b) {
    return a.raw != b.raw ? a.raw > b.raw : index.id(a.candidate.place) < index.id(b.candidate.place);
  });
  scored.resize(kept);
  return scored;
}

void find_for(const IndexSnapshot& index, const Knowledge& knowledge, const Meanings& meanings, const Need& need, const Options& options, std::vector<Found>& found) {
  found.clear();
  for (const Scored& one : best_of(index, knowledge, meanings, need, options)) {
    Document document = index.parts[one.candidate.place.part].data->particulars(one.candidate.place.row);
    found.push_back({std::move(document.id), std::move(document.kind), std::move(document.owner), document.amount_fen, knowledge.weights.calibrate(one.raw),
                     at(one.features, Feature::segment), at(one.features, Feature::region)});
  }
}

}  // namespace

void match_batch(const IndexSnapshot& index, const Knowledge& knowledge, const Meanings& meanings, std::span<const Need> needs, const Options& options,
                 std::size_t threads, const FoundVisitor& visit) {
  std::atomic<std::size_t> next = 0;
  std::mutex failing;
  std::exception_ptr failed;  // the first; guarded by failing
  const auto work = [&] {
    try {
      std::vector<Found> found;
      for (std::size_t i = next++; i < needs.size(); i = next++) {
        find_for(index, knowledge, meanings, needs[i], options, found);
        visit(i, found);
      }
    } catch (...) {
      next = needs.size();  // the others end after the need that they are at
      const std::lock_guard lock(failing);
      if (!failed) failed = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::clamp<std::size_t>(std::min(threads, needs.size()), 1, kBatchThreadsMax); ++i) others.emplace_back(work);
    work();
  }
  if (failed) std::rethrow_exception(failed);
}

std::vector<Item> explain_these(const IndexSnapshot& index, const Knowledge& knowledge, const Meanings& meanings, const Need& need, std::vector<Problem> problems,
                                std::span<const std::string> ids, const Options& options) {
  const Query query = make_query(knowledge, need, std::move(problems));
  const Plan plan = make_plan(index, knowledge, query);
  Rescorer rescorer(plan, knowledge.saturation);
  std::vector<Candidate> candidates;
  double best = std::max(1e-9, plan.self * knowledge.weights.need.floor);
  std::vector<double> best_of_problem(plan.several() ? plan.problems : 0, 1e-9);
  for (const auto& id : ids) {
    const auto place = index.find(id);
    if (!place) continue;
    Sums sums;
    rescorer.score(*index.parts[place->part].data, place->row, sums);
    best = std::max(best, sums.text);
    for (std::size_t i = 0; i < best_of_problem.size(); ++i) best_of_problem[i] = std::max(best_of_problem[i], sums.problem_text[i]);
    candidates.push_back({*place, sums.text, sums.lexicon, query.topics.nearness(index.topics(*place).all), 0, 0, std::move(sums.problem_text),
                          std::move(sums.problem_lexicon), sums.hits});
  }
  const Features shares = shares_of(knowledge.weights, Mode::need);
  for (Candidate& candidate : candidates) {
    candidate.text /= best;
    for (std::size_t i = 0; i < best_of_problem.size(); ++i) candidate.problem_text[i] /= best_of_problem[i];
    candidate.base = at(shares, Feature::text) * candidate.text + at(shares, Feature::lexicon) * candidate.lexicon;
  }
  auto scored = score(index, knowledge, query, need, options, Mode::need, shares, std::move(candidates), Nearness(meanings, knowledge.weights, index, need, options));
  const Explainer explainer(index, knowledge, query, plan, rescorer, need, Mode::need, shares);
  std::vector<Item> items;
  for (Scored& one : scored) {
    one.score = knowledge.weights.calibrate(one.raw);
    items.push_back(explainer.explain(one));
  }
  return items;
}

}  // namespace jingwei::match
