// From a request to a board: which place each candidate may take, and its price, days, distance and clauses.
#include <algorithm>

#include "base/check.h"
#include "base/region.h"
#include "plan/internal/days.h"
#include "plan/internal/search.h"

namespace jingwei::plan {
namespace {

constexpr int kRegionDistanceMax = 3;

bool solves(std::string_view kind) { return kind == "achievement" || kind == "platform" || kind == "expert"; }

/// The duration of a candidate in its place; a person beside the solvers has one of its own.
std::string_view duration_of(std::string_view kind, bool as_person) { return as_person ? "person" : kind; }

bool inside(const std::vector<std::string>& regions, const std::string& region) {
  return std::any_of(regions.begin(), regions.end(), [&](const auto& outer) { return Regions::contains(outer, region); });
}

bool one_of(const std::vector<std::string>& values, const std::string& value) { return std::find(values.begin(), values.end(), value) != values.end(); }

bool applies(const Clause& clause, const match::Need& need, const Candidate& candidate, const std::string& today) {
  const match::Document& supply = candidate.document;
  if (!one_of(clause.kinds, candidate.item.kind)) return false;
  if (!clause.regions.empty() && !inside(clause.regions, need.region)) return false;
  if (!clause.stages.empty() && !need.stage.empty() && !one_of(clause.stages, need.stage)) return false;
  if (!clause.valid_to.empty() && clause.valid_to < today) return false;
  if (!clause.supplier_inside.empty() && !inside(clause.supplier_inside, supply.region)) return false;
  // Where the supply lies must be known to say that it lies outside.
  if (!clause.supplier_outside.empty() && (supply.region.empty() || inside(clause.supplier_outside, supply.region))) return false;
  return clause.segments.empty() || std::any_of(clause.segments.begin(), clause.segments.end(), [&](const auto& segment) {
           return need.segment == segment || need.segment.starts_with(segment + ".");
         });
}

Choice choice_of(const Request& request, const Rules& rules, const Candidate& candidate, bool as_person) {
  const match::Document& supply = candidate.document;
  Choice choice;
  choice.candidate = &candidate;
  choice.costs = candidate.item.kind != "fund";
  if (choice.costs) choice.price_fen = supply.amount_fen;
  choice.distance = region_distance(request.need.region, supply.region);
  const auto id = duration_of(candidate.item.kind, as_person);
  const auto duration = std::find_if(rules.durations.begin(), rules.durations.end(), [&](const auto& d) { return d.id == id; });
  CHECK(duration != rules.durations.end());
  choice.duration = static_cast<std::size_t>(duration - rules.durations.begin());
  choice.days = duration->days;
  if (!duration->days_by_trl.empty() && supply.trl) choice.days = duration->days_by_trl[static_cast<std::size_t>(std::clamp(*supply.trl, 1, 9) - 1)];
  if (!duration->days_by_distance.empty()) choice.days += duration->days_by_distance[static_cast<std::size_t>(std::clamp(choice.distance, 0, kRegionDistanceMax))];
  for (std::size_t i = 0; i < rules.clauses.size(); ++i) {
    const Clause& clause = rules.clauses[i];
    if (!applies(clause, request.need, candidate, request.today)) continue;
    choice.possible.push_back(i);
    if (choice.costs && clause.of_price && clause.share_percent && clause.ceiling_fen) choice.clauses.push_back(i);
  }
  return choice;
}

bool stage_fits(const match::Document& fund, const std::string& stage) { return fund.stages.empty() || stage.empty() || one_of(fund.stages, stage); }

/// Keeps who is good enough for the place, best first.
std::vector<int> eligible(const Board& board, std::vector<int> options) {
  const auto score = [&](int at) { return board.choices[at].candidate->item.score; };
  std::sort(options.begin(), options.end(), [&](int a, int b) {
    if (score(a) != score(b)) return score(a) > score(b);
    return board.choices[a].candidate->document.id < board.choices[b].candidate->document.id;
  });
  const double least = options.empty() ? 0 : std::max(kScoreMin, kShareOfBest * score(options.front()));
  std::erase_if(options, [&](int at) { return score(at) < least; });
  if (options.size() > kOptionsMax) options.resize(kOptionsMax);
  return options;
}

class Builder {
 public:
  Builder(const Request& request, const Rules& rules) : request_(request), rules_(rules) { board_.rules = &rules; }

  Board build() {
    for (const auto& candidate : request_.candidates) add(candidate);
    const int problems = std::max<int>(1, static_cast<int>(request_.problems.size()));
    for (int problem = 0; problem < problems; ++problem) slot(PartRole::solver, problem, answering(solvers_, problem, problems));
    for (int problem = 0; problem < problems; ++problem) slot(PartRole::instrument, problem, answering(instruments_, problem, problems));
    slot(PartRole::pilot, -1, pilots_);
    slot(PartRole::person, -1, persons_);
    slot(PartRole::fund, -1, funds_);
    return std::move(board_);
  }

 private:
  void add(const Candidate& candidate) {
    const std::string& kind = candidate.item.kind;
    if (solves(kind)) put(solvers_, candidate, false);
    if (kind == "expert") put(persons_, candidate, true);
    if (kind == "instrument") put(instruments_, candidate, false);
    if (kind == "pilot") put(pilots_, candidate, false);
    if (kind == "fund" && stage_fits(candidate.document, request_.need.stage)) put(funds_, candidate, false);
  }
  void put(std::vector<int>& list, const Candidate& candidate, bool as_person) {
    list.push_back(static_cast<int>(board_.choices.size()));
    board_.choices.push_back(choice_of(request_, rules_, candidate, as_person));
  }
  /// With one problem everybody found answers it; with several, those of whom match says so.
  std::vector<int> answering(const std::vector<int>& list, int problem, int problems) const {
    std::vector<int> result;
    for (const int at : list) {
      const auto& answered = board_.choices[at].candidate->item.problems;
      if (problems == 1 || std::find(answered.begin(), answered.end(), problem) != answered.end()) result.push_back(at);
    }
    return result;
  }
  void slot(PartRole role, int problem, std::vector<int> options) { board_.slots.push_back({role, problem, eligible(board_, std::move(options))}); }

  const Request& request_;
  const Rules& rules_;
  Board board_;
  std::vector<int> solvers_, instruments_, pilots_, persons_, funds_;  ///< indexes of choices
};

}  // namespace

Board prepare(const Request& request, const Rules& rules) {
  Board board = Builder(request, rules).build();
  board.budget_fen = request.need.budget_fen;
  if (!request.need.deadline.empty()) board.days_left = days_between(request.today, request.need.deadline);
  return board;
}

}  // namespace jingwei::plan
