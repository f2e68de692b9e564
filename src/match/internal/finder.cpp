#include "match/internal/finder.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>

#include "base/check.h"

namespace jingwei::match {
namespace {

constexpr std::uint32_t kLanes = 8;
using ScoreLanes = std::uint16_t __attribute__((vector_size(2 * kLanes)));
using ByteLanes = std::int8_t __attribute__((vector_size(kLanes)));

/// All lists of a search together give at most this much. A thousandth of what makes a candidate is still ten of these units.
constexpr float kUnits = 65'000;

/// Share of the floor that may be left to probing; chosen by measurement at a million documents. Few are wanted of a short
/// query, so few become candidates and reading on is what costs.
constexpr float kLeftToProbing = 0.25F;
constexpr float kLeftOfFew = 0.4F;
constexpr std::size_t kFew = 200;
/// A window whose lists hold fewer than one document in so many is sparse: only the groups that were scored are looked at and wiped.
constexpr std::uint32_t kSparseShare = 32;
constexpr std::size_t kReadForOneProbe = 6;  ///< postings that are read in the time of one probe; measured

struct Found {
  std::uint32_t score;
  Place place;
};

/// The best so far. Cut down only when half as many more as wanted have come.
class Pool {
 public:
  explicit Pool(std::size_t keep) : keep_(keep), full_(keep + keep / 2 + 1) { found_.reserve(full_); }
  std::size_t keep() const { return keep_; }
  std::uint32_t floor() const { return floor_; }  ///< a document with no more than this is not among the best
  void add(std::uint32_t score, Place place) {
    found_.push_back({score, place});
    if (found_.size() >= full_) cut();
  }
  std::vector<Place> places() {
    if (found_.size() > keep_) cut();
    std::vector<Place> places;
    for (const Found& found : found_) places.push_back(found.place);
    return places;
  }

 private:
  void cut() {
    const auto last = found_.begin() + static_cast<std::ptrdiff_t>(keep_);
    std::nth_element(found_.begin(), last - 1, found_.end(), [](const Found& a, const Found& b) {
      return a.score != b.score ? a.score > b.score : a.place.part != b.place.part ? a.place.part < b.place.part : a.place.row < b.place.row;
    });
    floor_ = (last - 1)->score;
    found_.erase(last, found_.end());
  }
  std::size_t keep_;
  std::size_t full_;
  std::uint32_t floor_ = 0;
  std::vector<Found> found_;
};

struct Lane {
  ListCursor cursor;
  const Gain* gain;
};

/// What all parts of a search share; too large for the stack. Between two windows all scores are 0 and nothing is touched.
struct Workplace {
  std::vector<TermKey> keys;  ///< of each term sought
  std::vector<Gain> gains;
  alignas(16) std::array<std::uint16_t, kWindowDocuments> scores{};
  std::array<std::uint8_t, kWindowDocuments / kGroupDocuments> touched{};  ///< groups of documents that a sparse window has scored
};

/// One part, window by window.
class PartSearch {
 public:
  PartSearch(const IndexSnapshot& index, std::uint32_t number, const std::vector<SoughtTerm>& terms, const Filter& filter, std::uint32_t window,
             Workplace& place, Pool& pool)
      : part_(index.parts[number]), number_(number), filter_(filter, part_), window_(window), pool_(pool), scores_(place.scores.data()), touched_(place.touched.data()) {
    const PartData& data = *part_.data;
    lanes_.reserve(terms.size());
    const auto lists = data.find_all(place.keys);
    for (std::size_t i = 0; i < terms.size(); ++i)
      if (lists[i] != nullptr) lanes_.push_back({ListCursor(lists[i], data.lengths()), &place.gains[i]});
    for (Lane& lane : lanes_) order_.push_back(&lane);
    const auto most = [](const Lane* lane) { return lane->gain->most(lane->cursor.largest()); };
    std::stable_sort(order_.begin(), order_.end(), [&](const Lane* a, const Lane* b) { return most(a) < most(b); });
    limits_.resize(order_.size() + 1);
  }

  void run() {
    if (order_.empty()) return;
    const auto rows = static_cast<std::uint32_t>(part_.data->rows.size());
    for (std::uint32_t from = 0; from < rows; from += window_) search(from, std::min(rows, from + window_));
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
    const auto left = static_cast<std::uint32_t>((pool_.keep() <= kFew ? kLeftOfFew : kLeftToProbing) * static_cast<float>(floor));
    while (limits_[needed + 1] <= left) ++needed;
    std::size_t postings = 0;
    for (std::size_t i = needed; i < order_.size(); ++i) postings += order_[i]->cursor.count_within(to);
    groups_ = (to - from + kGroupDocuments - 1) / kGroupDocuments;
    sparse_ = postings * kSparseShare < to - from;
    for (std::size_t i = needed; i < order_.size(); ++i) add(*order_[i], from, to);
    collect(from, floor > limits_[needed] ? floor - limits_[needed] : 0);
    floor = std::max(floor, floor_of_candidates(from));
    complete(from, to, needed, floor);
    for (const std::uint32_t row : candidates_)
      if (scores_[row - from] > floor) pool_.add(scores_[row - from], {number_, row});
    wipe();
  }

  void add(Lane& lane, std::uint32_t from, std::uint32_t to) { lane.cursor.add(from, to, *lane.gain, scores_, sparse_ ? touched_ : nullptr); }

  void wipe() {
    if (!sparse_) {
      std::memset(scores_, 0, groups_ * kGroupDocuments * sizeof *scores_);
      return;
    }
    each_touched([&](std::uint32_t group) {
      std::memset(scores_ + group * kGroupDocuments, 0, kGroupDocuments * sizeof *scores_);
      touched_[group] = 0;
    });
  }

  template <class Use>
  void each_touched(const Use& use) {
    constexpr std::uint32_t kAtOnce = sizeof(std::uint64_t);
    for (std::uint32_t first = 0; first < groups_; first += kAtOnce) {
      std::uint64_t some;
      std::memcpy(&some, touched_ + first, kAtOnce);
      for (; some != 0; some &= some - 1) use(first + static_cast<std::uint32_t>(std::countr_zero(some)) / 8);
    }
  }

  /// Documents with more than `least`, filters applied.
  void collect(std::uint32_t from, std::uint32_t least) {
    candidates_.clear();
    const bool filtered = filter_.any();
    const ScoreLanes floor = ScoreLanes{} + static_cast<std::uint16_t>(least);
    const auto look = [&](std::uint32_t group) {
      const std::uint32_t i = group * kGroupDocuments;
      std::array<ScoreLanes, kGroupDocuments / kLanes> some;
      std::memcpy(some.data(), scores_ + i, sizeof some);
      // Most groups end here: one question to all of their documents.
      auto any = some[0] > floor;
      for (std::uint32_t lanes = 1; lanes < some.size(); ++lanes) any |= some[lanes] > floor;
      std::array<std::uint64_t, sizeof any / sizeof(std::uint64_t)> bits;
      std::memcpy(bits.data(), &any, sizeof any);
      if ((bits[0] | bits[1]) == 0) return;
      for (std::uint32_t lanes = 0; lanes < some.size(); ++lanes) {
        // One byte a document, so that nothing is asked of the others.
        auto over = std::bit_cast<std::uint64_t>(__builtin_convertvector(some[lanes] > floor, ByteLanes)) & 0x0101010101010101ULL;
        for (; over != 0; over &= over - 1) {
          const std::uint32_t j = i + lanes * kLanes + static_cast<std::uint32_t>(std::countr_zero(over)) / 8;
          if (!filtered || filter_.passes(from + j)) candidates_.push_back(from + j);
        }
      }
    };
    if (sparse_) return each_touched(look);
    for (std::uint32_t group = 0; group < groups_; ++group) look(group);
  }

  /// What the best of the candidates surely exceed, as many of them as are wanted: their scores can only rise. 0 when they are
  /// few. Scores are counted in steps, which is enough and takes no sorting.
  std::uint32_t floor_of_candidates(std::uint32_t from) {
    if (candidates_.size() < 2 * pool_.keep()) return 0;
    counts_.assign(kSteps, 0);
    for (const std::uint32_t row : candidates_) ++counts_[scores_[row - from] / kStepUnits];
    std::size_t above = 0;
    std::size_t step = kSteps;
    while (step > 0 && above < pool_.keep()) above += counts_[--step];
    // A document with the floor itself is not among the best: one unit below the step.
    return step == 0 ? 0 : static_cast<std::uint32_t>(step * kStepUnits) - 1;
  }

  /// Adds what the lists below `needed` give, heaviest first, and drops who can no longer get over the floor.
  void complete(std::uint32_t from, std::uint32_t to, std::size_t needed, std::uint32_t floor) {
    for (std::size_t i = needed; i-- > 0 && !candidates_.empty();) {
      std::erase_if(candidates_, [&](std::uint32_t row) { return scores_[row - from] + limits_[i + 1] <= floor; });
      Lane& lane = *order_[i];
      if (lane.cursor.count_within(to) < candidates_.size() * kReadForOneProbe)
        add(lane, from, to);
      else
        for (const std::uint32_t row : candidates_) scores_[row - from] += lane.cursor.given(row, *lane.gain);
    }
  }

  static constexpr std::uint32_t kStepUnits = 32;
  static constexpr std::size_t kSteps = 65'536 / kStepUnits;

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
  bool sparse_ = false;           ///< the window
  std::uint32_t groups_ = 0;      ///< of it
  std::uint16_t* scores_;
  std::uint8_t* touched_;
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

std::vector<Place> find_best(const IndexSnapshot& index, const Saturation& saturation, std::vector<SoughtTerm> terms, const Filter& filter,
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
  for (const SoughtTerm& term : terms) place->gains.emplace_back(term.weight * kUnits / weights, saturation, term.flat);
  // Large parts first: they fill the pool, and its floor then spares work in the others.
  std::vector<std::uint32_t> order(index.parts.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return index.parts[a].data->rows.size() > index.parts[b].data->rows.size(); });
  for (const std::uint32_t number : order)
    if (!index.parts[number].data->rows.empty()) PartSearch(index, number, terms, filter, window, *place, pool).run();
  kept = std::move(place);
  return pool.places();
}

}  // namespace jingwei::match
