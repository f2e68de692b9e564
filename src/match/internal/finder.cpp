#include "match/internal/finder.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace jingwei::match {
namespace {

using FloatLanes = float __attribute__((vector_size(16)));
using IntLanes = std::int32_t __attribute__((vector_size(16)));

/// Share of the floor that may be left to probing; chosen by measurement at a million documents. Few are wanted of a short
/// query, so few become candidates and reading on is what costs.
constexpr float kLeftToProbing = 0.25F;
constexpr float kLeftOfFew = 0.4F;
constexpr std::size_t kFew = 200;

struct Found {
  float score;
  Place place;
};

/// The best so far. Cut down only when half as many more as wanted have come.
class Pool {
 public:
  explicit Pool(std::size_t keep) : keep_(keep), full_(keep + keep / 2 + 1) { found_.reserve(full_); }
  std::size_t keep() const { return keep_; }
  float floor() const { return floor_; }  ///< a document with no more than this is not among the best
  void add(float score, Place place) {
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
  float floor_ = 0;
  std::vector<Found> found_;
};

struct Lane {
  ListCursor cursor;
  float weight;
};

/// One part, window by window.
class PartSearch {
 public:
  PartSearch(const IndexSnapshot& index, std::uint32_t number, const Saturation& saturation, const std::vector<SoughtTerm>& terms, const Filter& filter,
             Pool& pool)
      : part_(index.parts[number]), number_(number), filter_(filter), pool_(pool) {
    const PartData& data = *part_.data;
    lanes_.reserve(terms.size());
    for (const SoughtTerm& term : terms)
      if (const auto* list = data.find(term.key)) lanes_.push_back({ListCursor(list, &saturation, data.lengths(), term.flat), term.weight});
    for (Lane& lane : lanes_) order_.push_back(&lane);
    std::stable_sort(order_.begin(), order_.end(), [](const Lane* a, const Lane* b) { return bound(*a) < bound(*b); });
    limits_.resize(order_.size() + 1);
  }

  void run() {
    if (order_.empty()) return;
    const auto rows = static_cast<std::uint32_t>(part_.data->rows.size());
    for (std::uint32_t from = 0; from < rows; from += kWindowDocuments) window(from, std::min(rows, from + kWindowDocuments));
  }

 private:
  static float bound(const Lane& lane) { return lane.weight * lane.cursor.largest(); }

  void window(std::uint32_t from, std::uint32_t to) {
    limits_[0] = 0;
    for (std::size_t i = 0; i < order_.size(); ++i) limits_[i + 1] = limits_[i] + order_[i]->weight * order_[i]->cursor.largest_within(from, to);
    const float floor = pool_.floor();
    if (limits_.back() <= floor) return;
    // Lists before `needed` are only asked for the candidates of the others. They must not be able to lift a document over the
    // floor by themselves; and leaving more of it to them would make everything a candidate, which costs more than reading on.
    std::size_t needed = 0;
    const float left = (pool_.keep() <= kFew ? kLeftOfFew : kLeftToProbing) * floor;
    while (limits_[needed + 1] <= left) ++needed;
    const std::uint32_t size = to - from;
    const std::uint32_t padded = (size + 15) / 16 * 16;
    std::memset(scores_.data(), 0, padded * sizeof(float));
    for (std::size_t i = needed; i < order_.size(); ++i) order_[i]->cursor.add(from, to, order_[i]->weight, scores_.data());
    collect(from, to, padded, std::max(0.0F, floor - limits_[needed]));
    complete(needed, floor);
    for (const auto& [row, score] : candidates_)
      if (score > floor) pool_.add(score, {number_, row});
  }

  /// Documents with more than `least`, filters applied.
  void collect(std::uint32_t from, std::uint32_t to, std::uint32_t padded, float least) {
    candidates_.clear();
    const bool filtered = filter_.any() || part_.removed_count > 0;
    if (filtered) filter_.mark(part_, from, to, passes_.data());
    const FloatLanes floor = {least, least, least, least};
    for (std::uint32_t i = 0; i < padded; i += 16) {
      std::array<FloatLanes, 4> four;
      std::memcpy(four.data(), scores_.data() + i, sizeof four);
      const IntLanes over = (four[0] > floor) | (four[1] > floor) | (four[2] > floor) | (four[3] > floor);
      const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(over);
      if ((halves[0] | halves[1]) == 0) continue;
      for (std::uint32_t j = i; j < i + 16; ++j)
        if (scores_[j] > least && (!filtered || passes_[j] != 0)) candidates_.push_back({from + j, scores_[j]});
    }
  }

  /// Adds what the lists below `needed` give, heaviest first, and drops who can no longer get over the floor.
  void complete(std::size_t needed, float floor) {
    for (std::size_t i = needed; i-- > 0 && !candidates_.empty();) {
      Lane& lane = *order_[i];
      std::size_t kept = 0;
      for (Candidate& candidate : candidates_) {
        if (candidate.score + limits_[i + 1] <= floor) continue;
        candidate.score += lane.weight * lane.cursor.share_of(candidate.row);
        candidates_[kept++] = candidate;
      }
      candidates_.resize(kept);
    }
  }

  struct Candidate {
    std::uint32_t row;
    float score;
  };

  const Part& part_;
  std::uint32_t number_;
  const Filter& filter_;
  Pool& pool_;
  std::vector<Lane> lanes_;
  std::vector<Lane*> order_;  ///< by what they can give, least first
  std::vector<float> limits_; ///< sums of what the first i lists can give within the window
  std::vector<Candidate> candidates_;
  alignas(16) std::array<float, kWindowDocuments> scores_;
  std::array<std::uint8_t, kWindowDocuments> passes_;
};

}  // namespace

Filter::Filter(const Options& options) {
  if (!options.kind.empty()) kind_ = stable_hash(options.kind);
  if (!options.segment.empty()) segment_ = stable_hash(options.segment);
  today_ = day_number(options.today);
  if (options.region.empty()) return;
  for (const char c : options.region) region_from_ = c >= '0' && c <= '9' ? region_from_ * 10 + static_cast<std::uint32_t>(c - '0') : 0;
  region_to_ = region_from_ + (region_from_ % 10'000 == 0 ? 10'000 : region_from_ % 100 == 0 ? 100 : 1);
}

bool Filter::passes(const Row& row) const {
  if (kind_ != 0 && row.kind != kind_) return false;
  if (segment_ != 0 && row.segment != segment_) return false;
  if (region_to_ != 0 && (row.region < region_from_ || row.region >= region_to_)) return false;
  return today_ == 0 || row.valid_to == 0 || row.valid_to >= today_;
}

void Filter::mark(const Part& part, std::uint32_t from, std::uint32_t to, std::uint8_t* passes) const {
  const PartData& data = *part.data;
  const std::uint32_t size = to - from;
  std::memset(passes, 1, size);
  if (kind_ != 0) {
    std::size_t kind = 0;
    while (kind < kKinds.size() && stable_hash(kKinds[kind]) != kind_) ++kind;
    const std::uint8_t* const kinds = data.kinds.data() + from;
    for (std::uint32_t i = 0; i < size; ++i) passes[i] &= kinds[i] == kind;
  }
  if (segment_ != 0) {
    const auto segment = static_cast<std::size_t>(std::ranges::find(data.segment_hashes, segment_) - data.segment_hashes.begin());
    const std::uint16_t* const segments = data.segments.data() + from;
    for (std::uint32_t i = 0; i < size; ++i) passes[i] &= segments[i] == segment && segment < data.segment_hashes.size();
  }
  if (region_to_ != 0) {
    const std::uint32_t* const regions = data.regions.data() + from;
    for (std::uint32_t i = 0; i < size; ++i) passes[i] &= regions[i] - region_from_ < region_to_ - region_from_;
  }
  if (today_ != 0) {
    const std::uint32_t* const valid_to = data.valid_to.data() + from;
    for (std::uint32_t i = 0; i < size; ++i) passes[i] &= valid_to[i] - 1 >= today_ - 1;
  }
  if (part.removed_count == 0) return;
  for (std::uint32_t i = 0; i < size; ++i) passes[i] &= !part.is_removed(from + i);
}

std::vector<Place> find_best(const IndexSnapshot& index, const Saturation& saturation, std::vector<SoughtTerm> terms, const Filter& filter,
                             std::size_t keep) {
  Pool pool(keep);
  // Large parts first: they fill the pool, and its floor then spares work in the others.
  std::vector<std::uint32_t> order(index.parts.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return index.parts[a].data->rows.size() > index.parts[b].data->rows.size(); });
  for (const std::uint32_t number : order)
    if (!index.parts[number].data->rows.empty()) PartSearch(index, number, saturation, terms, filter, pool).run();
  return pool.places();
}

}  // namespace jingwei::match
