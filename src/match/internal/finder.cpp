#include "match/internal/finder.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <utility>

#include "base/check.h"

namespace jingwei::match {
namespace {

/// Share of the floor that may be left to probing; chosen by measurement at a million documents.
constexpr float kLeftToProbing = 0.25F;
constexpr std::size_t kManyLists = 32;
constexpr std::size_t kListsBetweenDrops = 4;
constexpr std::size_t kReadForOneProbe = 6;  ///< postings that are read in the time of one probe; measured

/// Scores are told apart in steps where that is enough.
constexpr std::uint32_t kStepUnits = 32;
constexpr std::uint32_t kSteps = 65'536 / kStepUnits;

/// The best so far, and some that no longer are.
class Pool {
 public:
  explicit Pool(std::size_t keep) : keep_(keep), counts_(kSteps + 1) { found_.reserve(2 * keep); }
  std::size_t keep() const { return keep_; }
  std::uint32_t floor() const { return floor_; }  ///< a document with no more than this is not among the best
  void add(std::uint32_t score, Place place) {
    if (score <= floor_) return;
    found_.push_back({place, score});
    ++counts_[score / kStepUnits];
    ++above_;
    // Who stands in the lowest step is not needed once there are enough above it.
    for (; above_ - counts_[step_] >= keep_; ++step_) {
      above_ -= counts_[step_];
      floor_ = (step_ + 1) * kStepUnits - 1;
    }
  }
  std::vector<FoundPlace> take() {
    std::erase_if(found_, [&](const FoundPlace& one) { return one.score <= floor_; });
    if (found_.size() > keep_) {
      const auto end = found_.begin() + static_cast<std::ptrdiff_t>(keep_);
      std::nth_element(found_.begin(), end - 1, found_.end(), [](const FoundPlace& a, const FoundPlace& b) {
        return a.score != b.score ? a.score > b.score : a.place.part != b.place.part ? a.place.part < b.place.part : a.place.row < b.place.row;
      });
      found_.erase(end, found_.end());
    }
    return std::move(found_);
  }

 private:
  std::size_t keep_;
  std::vector<std::uint32_t> counts_;  ///< found, by step
  std::size_t above_ = 0;              ///< found in step_ and above
  std::uint32_t step_ = 0;
  std::uint32_t floor_ = 0;
  std::vector<FoundPlace> found_;
};

struct Lane {
  ListCursor cursor;
  const Gain* gain;
};

/// What all parts of a search share; too large for the stack. Between two windows all scores are 0 and nobody is over.
struct Workplace {
  std::vector<TermKey> keys;  ///< of each term sought
  std::vector<Gain> gains;
  std::array<std::uint16_t, kWindowDocuments> scores{};
  Marks over;  ///< the documents whose score has passed what makes a candidate
};

/// One part, window by window.
class PartSearch {
 public:
  PartSearch(const IndexSnapshot& index, std::uint32_t number, const std::vector<SoughtTerm>& terms, const Filter& filter, std::uint32_t window,
             Workplace& place, Pool& pool)
      : part_(index.parts[number]), number_(number), filter_(filter, part_), window_(window), pool_(pool), scores_(place.scores.data()), over_(place.over) {
    const PartData& data = *part_.data;
    lanes_.reserve(terms.size());
    const auto lists = data.find_all(place.keys);
    for (std::size_t i = 0; i < terms.size(); ++i)
      if (lists[i] != nullptr) lanes_.push_back({ListCursor(lists[i], data.lengths(), terms[i].flat), &place.gains[i]});
    for (Lane& lane : lanes_) order_.push_back(&lane);
    const auto most = [](const Lane* lane) { return lane->gain->most(lane->cursor.largest()); };
    std::stable_sort(order_.begin(), order_.end(), [&](const Lane* a, const Lane* b) { return most(a) < most(b); });
    limits_.resize(order_.size() + 1);
  }

  void run() {
    if (order_.empty()) return;
    const auto rows = static_cast<std::uint32_t>(part_.data->rows.size());
    std::uint32_t size = pool_.floor() == 0 ? std::min(window_, kFirstWindowDocuments) : window_;
    for (std::uint32_t from = 0, to; from < rows; from = to, size = std::min(window_, 2 * size)) {
      to = std::min(rows, from + size);
      search(from, to);
    }
  }

 private:
  void search(std::uint32_t from, std::uint32_t to) {
    limits_[0] = 0;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const float largest = order_[i]->cursor.largest_within(from, to);
      limits_[i + 1] = limits_[i] + (largest > 0 ? order_[i]->gain->most(largest) : 0);
    }
    std::uint32_t floor = pool_.floor();
    if (limits_.back() <= floor) return;
    // Lists before `needed` are only asked for the candidates of the others. They must not be able to lift a document over the
    // floor by themselves; and leaving more of it to them would make everything a candidate, which costs more than reading on.
    std::size_t needed = 0;
    const auto left = static_cast<std::uint32_t>(kLeftToProbing * static_cast<float>(floor));
    while (limits_[needed + 1] <= left) ++needed;
    const std::uint32_t least = floor > limits_[needed] ? floor - limits_[needed] : 0;
    for (std::size_t i = needed; i < order_.size(); ++i) order_[i]->cursor.add(from, to, *order_[i]->gain, scores_, least, over_);
    collect(from, to, least);
    floor = std::max(floor, floor_of_candidates(from));
    complete(from, to, needed, floor);
    for (const std::uint32_t row : candidates_)
      if (scores_[row - from] > floor) pool_.add(scores_[row - from], {number_, row});
    std::memset(scores_, 0, (to - from) * sizeof *scores_);
  }

  /// Documents with more than `least`, filters applied.
  void collect(std::uint32_t from, std::uint32_t to, std::uint32_t least) {
    candidates_.clear();
    const bool filtered = filter_.any();
    over_.take_all(to - from, [&](std::uint32_t i) {
      if (scores_[i] > least && (!filtered || filter_.passes(from + i))) candidates_.push_back(from + i);
    });
  }

  /// What the best of the candidates surely exceed, as many of them as are wanted: their scores can only rise. 0 when they are
  /// few. Scores are counted in steps, which is enough and takes no sorting.
  std::uint32_t floor_of_candidates(std::uint32_t from) {
    if (candidates_.size() < pool_.keep()) return 0;
    counts_.assign(kSteps, 0);
    for (const std::uint32_t row : candidates_) ++counts_[scores_[row - from] / kStepUnits];
    std::size_t above = 0;
    std::size_t step = kSteps;
    while (step > 0 && above < pool_.keep()) above += counts_[--step];
    // A document with the floor itself is not among the best: one unit below the step.
    return step == 0 || above < pool_.keep() ? 0 : static_cast<std::uint32_t>(step * kStepUnits) - 1;
  }

  /// Adds what the lists below `needed` give, heaviest first, and drops who can no longer get over the floor.
  void complete(std::uint32_t from, std::uint32_t to, std::size_t needed, std::uint32_t floor) {
    for (std::size_t i = needed; i-- > 0 && !candidates_.empty();) {
      // Looking at all of them costs about as much as probing a list: not before every one.
      if (i % kListsBetweenDrops == 0 || i + 1 == needed)
        std::erase_if(candidates_, [&](std::uint32_t row) { return scores_[row - from] + limits_[i + 1] <= floor; });
      Lane& lane = *order_[i];
      if (lane.cursor.count_within(to) < candidates_.size() * kReadForOneProbe)
        lane.cursor.add(from, to, *lane.gain, scores_, kNobody, over_);
      else
        for (const std::uint32_t row : candidates_) scores_[row - from] += lane.cursor.given(row, *lane.gain);
    }
  }

  static constexpr std::uint32_t kNobody = 0xffff;  ///< no score is over it

  const Part& part_;
  std::uint32_t number_;
  PartFilter filter_;
  std::uint32_t window_;
  Pool& pool_;
  std::vector<Lane> lanes_;
  std::vector<Lane*> order_;           ///< by what they can give, least first
  std::vector<std::uint32_t> limits_;  ///< sums of what the first i lists can give within the window
  std::vector<std::uint32_t> candidates_;
  std::vector<std::uint32_t> counts_;
  std::uint16_t* scores_;
  Marks& over_;
};

}  // namespace

Filter::Filter(const Options& options) {
  if (!options.kind.empty()) kind_ = stable_hash(options.kind);
  if (!options.segment.empty()) segment_ = stable_hash(options.segment);
  today_ = day_number(options.today);
  if (options.region.empty()) return;
  region_from_ = region_number(options.region);
  region_to_ = region_from_ + (region_from_ % 10'000 == 0 ? 10'000 : region_from_ % 100 == 0 ? 100 : 1);
}

bool Filter::passes(const Row& row) const {
  if (kind_ != 0 && row.kind != kind_) return false;
  if (segment_ != 0 && row.segment != segment_) return false;
  if (region_to_ != 0 && (row.region < region_from_ || row.region >= region_to_)) return false;
  return today_ == 0 || row.valid_to == 0 || row.valid_to >= today_;
}

PartFilter::PartFilter(const Filter& filter, const Part& part)
    : filter_(filter), part_(part), any_(filter.any() || part.removed_count > 0), kind_(part.data->kind_codes.place_of_hash(filter.kind_)),
      segment_(part.data->segment_codes.place_of_hash(filter.segment_)) {}

std::vector<FoundPlace> find_best(const IndexSnapshot& index, const Saturation& saturation, std::vector<SoughtTerm> terms, const Filter& filter,
                             std::size_t keep, std::uint32_t window) {
  CHECK(terms.size() <= kListsMax && window <= kWindowDocuments);
  if (terms.size() < kManyLists) window = std::min(window, kWindowOfFewLists);
  Pool pool(keep);
  // Kept from search to search: its pages would be asked for and given back each time. Not put back when something is thrown, so that
  // what is put back is wiped.
  thread_local std::unique_ptr<Workplace> kept;
  auto place = kept != nullptr ? std::move(kept) : std::make_unique<Workplace>();
  place->keys.clear();
  place->gains.clear();
  float weights = 0;
  for (const SoughtTerm& term : terms) {
    place->keys.push_back(term.key);
    weights += term.weight;
  }
  place->gains.reserve(terms.size());
  for (const SoughtTerm& term : terms) place->gains.emplace_back(term.weight * kScoreUnits / weights, saturation, term.flat);
  // Large parts first: they fill the pool, and its floor then spares work in the others.
  std::vector<std::uint32_t> order(index.parts.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return index.parts[a].data->rows.size() > index.parts[b].data->rows.size(); });
  for (const std::uint32_t number : order)
    if (!index.parts[number].data->rows.empty()) PartSearch(index, number, terms, filter, window, *place, pool).run();
  kept = std::move(place);
  return pool.take();
}

}  // namespace jingwei::match
