#include "match/internal/finder.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <memory>
#include <span>
#include <utility>

#include "base/check.h"

namespace jingwei::match {
namespace {

/// Share of the floor that many lists may leave to probing; chosen by measurement at a million documents.
constexpr float kLeftToProbing = 0.25F;
constexpr std::size_t kManyLists = 32;
/// What steps of a search take, in nanoseconds; measured at a million documents. Only their proportions matter.
constexpr float kReadNs = 3.5F;        ///< a posting that is read and scored
constexpr float kCandidateNs = 15;     ///< a document that is gathered, weighed and dropped or kept
constexpr float kLookNs = 2;           ///< a posting that is looked up among the candidates
constexpr float kProbeNs = 30;         ///< a candidate that is looked up in a list
/// Of so many documents of a window no more than one has a score: these are wiped, not all.
constexpr std::size_t kSparse = 4;
constexpr std::size_t kListsBetweenDrops = 4;
constexpr std::size_t kLooksForOneProbe = 12;

/// Scores are told apart in steps where that is enough.
constexpr std::uint32_t kStepUnits = 32;
constexpr std::uint32_t kScoreMost = 65'535;
constexpr std::uint32_t kSteps = (kScoreMost + 1) / kStepUnits;

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
  std::uint32_t most = 0;   ///< that it can give a document of the window
  std::uint32_t count = 0;  ///< of its documents in the window, about
};

/// What all parts of a search share; too large for the stack. Between two windows all scores are 0 and nobody is over.
struct Workplace {
  std::vector<TermKey> keys;  ///< of each term sought
  std::vector<Gain> gains;
  std::array<std::uint16_t, kWindowDocuments> scores{};
  std::vector<std::uint32_t> candidates;
  std::vector<std::uint32_t> counts;  ///< of them, by step
  std::vector<std::uint32_t> given;   ///< documents of a window that have a score, each as often as lists gave it something
  Marks over;  ///< the documents whose score has passed what makes a candidate
};

/// One part, window by window.
class PartSearch {
 public:
  PartSearch(const IndexSnapshot& index, std::uint32_t number, const std::vector<SoughtTerm>& terms, const Filter& filter, std::uint32_t window,
             Workplace& place, Pool& pool)
      : part_(index.parts[number]), number_(number), filter_(filter, part_), window_(window), pool_(pool), candidates_(place.candidates), counts_(place.counts),
        given_(place.given), scores_(place.scores.data()), over_(place.over) {
    const PartData& data = *part_.data;
    lanes_.reserve(terms.size());
    const auto lists = data.find_all(place.keys);
    for (std::size_t i = 0; i < terms.size(); ++i)
      if (lists[i] != nullptr) lanes_.push_back({ListCursor(lists[i], data.lengths(), terms[i].flat), &place.gains[i]});
    for (Lane& lane : lanes_) order_.push_back(&lane);
    const auto most = [](const Lane* lane) { return lane->gain->most(lane->cursor.largest()); };
    std::stable_sort(order_.begin(), order_.end(), [&](const Lane* a, const Lane* b) { return most(a) < most(b); });
    limits_.resize(order_.size() + 1);
    few_ = order_.size() < kManyLists;
  }

  void run() {
    if (order_.empty()) return;
    const auto rows = static_cast<std::uint32_t>(part_.data->rows.size());
    if (pool_.floor() > 0) {
      walk(0, rows, window_);
      return;
    }
    const std::uint32_t first = std::min(window_, kFirstWindowDocuments);
    const std::uint32_t begin = densest(rows, first);
    const std::uint32_t size = walk(begin, rows, first);
    for (Lane& lane : lanes_) lane.cursor.rewind();
    walk(0, begin, size);
  }

 private:
  /// Windows of `size` documents and then ever larger ones; says how large the next would be.
  std::uint32_t walk(std::uint32_t from, std::uint32_t end, std::uint32_t size) {
    for (std::uint32_t to; from < end; from = to, size = std::min(window_, 2 * size)) {
      to = std::min(end, from + size);
      search(from, to);
    }
    return size;
  }

  /// Where to begin: the window of `size` documents where lists together can give most to as many documents as are wanted. Documents that
  /// speak of the same lie together, so that there soon is a high floor.
  std::uint32_t densest(std::uint32_t rows, std::uint32_t size) const {
    std::vector<float> worth(rows / size + 1);
    for (const Lane* lane : order_) {
      const auto most = static_cast<float>(lane->gain->most(lane->cursor.largest()));
      std::uint32_t window = 0;
      std::size_t held = 0;
      const auto add_up = [&] { worth[window] += most * static_cast<float>(std::min(held, pool_.keep())); };
      lane->cursor.each_block([&](std::uint32_t first, std::uint32_t last) {
        if (last - first > size) return;  // too few in any one window
        const std::uint32_t here = (first + (last - first) / 2) / size;
        if (here != window) {
          add_up();
          window = here;
          held = 0;
        }
        held += kBlockDocuments;
      });
      add_up();
    }
    return static_cast<std::uint32_t>(std::ranges::max_element(worth) - worth.begin()) * size;
  }

  void search(std::uint32_t from, std::uint32_t to) {
    std::uint32_t all = 0;
    std::size_t count = 0;
    for (Lane* lane : order_) {
      const auto [largest, held] = lane->cursor.within(from, to);
      lane->most = largest > 0 ? lane->gain->most(largest) : 0;
      lane->count = held;
      all += lane->most;
      count += held;
    }
    std::uint32_t floor = pool_.floor();
    if (all <= floor) return;
    const std::size_t needed = few_ ? leave_long(floor) : leave_light(floor);
    const std::uint32_t least = floor > limits_[needed] ? floor - limits_[needed] : 0;
    for (std::size_t i = 0; i < needed; ++i) count -= order_[i]->count;
    const bool sparse = few_ && count * kSparse < to - from;
    given_.clear();
    for (std::size_t i = needed; i < order_.size(); ++i) order_[i]->cursor.add(from, to, *order_[i]->gain, scores_, least, over_, sparse ? &given_ : nullptr);
    collect(from, to, least);
    if (needed > 0) {
      floor = std::max(floor, floor_of_candidates(from, all));
      complete(from, to, needed, floor);
    }
    for (const std::uint32_t row : candidates_)
      if (scores_[row - from] > floor) pool_.add(scores_[row - from], {number_, row});
    if (sparse)
      for (const std::uint32_t row : given_) scores_[row - from] = 0;
    else
      std::memset(scores_, 0, (to - from) * sizeof *scores_);
  }

  // Lists before the one whose place is returned are only asked for the candidates of the others. They must not be able to lift a document
  // over the floor by themselves.

  /// Of many lists those that give least. Leaving more than a part of the floor to them would make everything a candidate, which costs
  /// more than reading on.
  std::size_t leave_light(std::uint32_t floor) {
    const auto left = static_cast<std::uint32_t>(kLeftToProbing * static_cast<float>(floor));
    std::size_t needed = 0;
    for (limits_[0] = 0; (limits_[needed + 1] = limits_[needed] + order_[needed]->most) <= left;) ++needed;
    return needed;
  }

  /// Of few lists those that are long for what they give, as many as make the search cheapest.
  std::size_t leave_long(std::uint32_t floor) {
    std::ranges::sort(order_, std::ranges::greater(), [](const Lane* lane) { return static_cast<float>(lane->count) / static_cast<float>(lane->most + 1); });
    float read = 0;
    for (const Lane* lane : order_) read += static_cast<float>(lane->count);
    float looked = 0;
    float cheapest = std::numeric_limits<float>::max();
    std::size_t needed = 0;
    std::uint32_t limit = 0;
    for (std::size_t left = 0; left < order_.size() && limit <= floor; ++left) {
      float candidates = 0;  // at least those that one list makes so
      for (const Lane* lane : std::span(order_).subspan(left))
        if (lane->most > floor - limit) candidates += static_cast<float>(lane->count);
      const float cost = read * kReadNs + candidates * kCandidateNs + std::min(looked * kLookNs, candidates * kProbeNs * static_cast<float>(left));
      if (cost < cheapest) {
        cheapest = cost;
        needed = left;
      }
      read -= static_cast<float>(order_[left]->count);
      looked += static_cast<float>(order_[left]->count);
      limit += order_[left]->most;
    }
    std::ranges::sort(std::span(order_).first(needed), {}, &Lane::most);
    limits_[0] = 0;
    for (std::size_t i = 0; i < needed; ++i) limits_[i + 1] = limits_[i] + order_[i]->most;
    return needed;
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
  std::uint32_t floor_of_candidates(std::uint32_t from, std::uint32_t most) {
    if (candidates_.size() < pool_.keep()) return 0;
    counts_.assign(std::min(most, kScoreMost) / kStepUnits + 1, 0);
    for (const std::uint32_t row : candidates_) ++counts_[scores_[row - from] / kStepUnits];
    std::size_t above = 0;
    std::size_t step = counts_.size();
    while (step > 0 && above < pool_.keep()) above += counts_[--step];
    // A document with the floor itself is not among the best: one unit below the step.
    return step == 0 || above < pool_.keep() ? 0 : static_cast<std::uint32_t>(step * kStepUnits) - 1;
  }

  /// Adds what the lists below `needed` give, heaviest first, and drops who can no longer get over the floor.
  void complete(std::uint32_t from, std::uint32_t to, std::size_t needed, std::uint32_t floor) {
    bool marked = false;
    for (std::size_t i = needed; i-- > 0 && !candidates_.empty();) {
      // Looking at all of them costs about as much as probing a list: not before every one.
      if (i % kListsBetweenDrops == 0 || i + 1 == needed)
        std::erase_if(candidates_, [&](std::uint32_t row) { return scores_[row - from] + limits_[i + 1] <= floor; });
      Lane& lane = *order_[i];
      if (lane.count >= candidates_.size() * kLooksForOneProbe) {
        for (const std::uint32_t row : candidates_) scores_[row - from] += lane.cursor.given(row, *lane.gain);
        continue;
      }
      if (!std::exchange(marked, true))
        for (const std::uint32_t row : candidates_) over_.set(row - from);
      lane.cursor.add_marked(from, to, *lane.gain, scores_, over_);
    }
    if (marked) over_.take_all(to - from, [](std::uint32_t) {});
  }

  const Part& part_;
  std::uint32_t number_;
  PartFilter filter_;
  std::uint32_t window_;
  bool few_ = false;  ///< lists
  Pool& pool_;
  std::vector<Lane> lanes_;
  std::vector<Lane*> order_;           ///< by what they can give, least first; few lists as leave_long() has them
  std::vector<std::uint32_t> limits_;  ///< sums of what the first i lists can give within the window
  std::vector<std::uint32_t>& candidates_;
  std::vector<std::uint32_t>& counts_;
  std::vector<std::uint32_t>& given_;
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
