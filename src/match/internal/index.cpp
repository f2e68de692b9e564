#include "match/internal/index.h"

#include <algorithm>
#include <bit>
#include <functional>

#include "base/check.h"

namespace jingwei::match {

std::int64_t IndexSnapshot::frequency(TermKey key) const {
  std::int64_t frequency = 0;
  for (const Part& part : parts) frequency += part.data->frequency(key);
  return frequency;
}

std::vector<std::int64_t> IndexSnapshot::frequencies(std::span<const TermKey> keys) const {
  std::vector<std::int64_t> frequencies(keys.size());
  for (const Part& part : parts) part.data->add_frequencies(keys, frequencies);
  return frequencies;
}

std::optional<Place> IndexSnapshot::find(std::string_view id) const {
  const std::uint64_t hash = stable_hash(id);
  for (std::uint32_t p = 0; p < parts.size(); ++p) {
    const PartData& data = *parts[p].data;
    auto at = std::lower_bound(data.by_id.begin(), data.by_id.end(), hash,
                               [&](std::uint32_t row, std::uint64_t wanted) { return stable_hash(data.id(row)) < wanted; });
    for (; at != data.by_id.end() && stable_hash(data.id(*at)) == hash; ++at)
      if (!parts[p].is_removed(*at) && data.id(*at) == id) return Place{p, *at};
  }
  return std::nullopt;
}

std::size_t IndexSnapshot::bytes() const {
  std::size_t bytes = sizeof *this;
  for (const Part& part : parts) bytes += part.data->bytes() + (part.removed ? part.removed->size() * 8 : 0);
  return bytes;
}

namespace {

/// 0 for less than eight rows, 1 for less than 64, ...
int size_class(const Part& part) { return static_cast<int>(std::bit_width(part.data->rows.size() | 1) - 1) / 3; }

std::size_t rows_of(std::span<const Part> parts) {
  std::size_t rows = 0;
  for (const Part& part : parts) rows += part.data->rows.size();
  return rows;
}

bool worth_rewriting(const Part& part) {
  return part.removed_count >= kRewriteRemovedMin && part.removed_count * kRewriteRemovedShare >= part.data->rows.size();
}

struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// What should become one part next, looking from the youngest part back: smaller parts in front of a larger one, then eight
/// neighbours of one class. Runs of more rows than `rows_max` are passed over.
std::optional<Run> run_to_merge(std::span<const Part> parts, std::size_t rows_min, std::size_t rows_max) {
  const auto fits = [&](std::size_t begin, std::size_t end) {
    const std::size_t rows = rows_of(parts.subspan(begin, end - begin));
    return rows >= rows_min && rows <= rows_max;
  };
  for (std::size_t end = parts.size(); end > 1; --end) {
    const int own = size_class(parts[end - 1]);
    std::size_t begin = end - 1;
    while (begin > 0 && size_class(parts[begin - 1]) < own) --begin;
    if (begin + 1 < end && fits(begin, end)) return Run{begin, end};
    begin = end - 1;
    while (begin > 0 && end - begin < kMergeWidth && size_class(parts[begin - 1]) == own) --begin;
    if (end - begin == kMergeWidth && fits(begin, end)) return Run{begin, end};
  }
  return std::nullopt;
}

/// The first neighbours that together make one part of at most kPartRowsMax; two at least.
std::optional<Run> run_of_all(std::span<const Part> parts) {
  for (std::size_t begin = 0; begin < parts.size(); ++begin) {
    std::size_t end = begin;
    for (std::size_t rows = 0; end < parts.size() && (rows += parts[end].data->rows.size()) <= kPartRowsMax;) ++end;
    if (end > begin + 1) return Run{begin, end};
  }
  return std::nullopt;
}

}  // namespace

Index::Index(const Saturation& saturation)
    : saturation_(saturation), snapshot_(std::make_shared<const IndexSnapshot>()), merger_([this] { merge_in_background(); }) {}

Index::~Index() {
  {
    const std::lock_guard lock(merge_);
    stopping_ = true;
  }
  changed_.notify_all();
  merger_.join();
}

std::shared_ptr<const IndexSnapshot> Index::snapshot() const {
  const std::lock_guard lock(swap_);
  return snapshot_;
}

void Index::publish(IndexSnapshot next) {
  next.totals = {};
  for (const Part& part : next.parts) next.totals += part.data->totals;
  CHECK(next.totals.documents >= 0);
  auto shared = std::make_shared<const IndexSnapshot>(std::move(next));
  {
    const std::lock_guard lock(swap_);
    snapshot_.swap(shared);
  }
  {
    const std::lock_guard lock(merge_);
    look_ = true;
  }
  changed_.notify_all();
}

void Index::set_feed_seq(std::uint64_t feed_seq) {
  const std::lock_guard one_writer(writer_);
  IndexSnapshot next = *snapshot();
  next.feed_seq = feed_seq;
  publish(std::move(next));
}

void Index::set_ways(std::shared_ptr<const SegmentWays> ways) {
  const std::lock_guard one_writer(writer_);
  IndexSnapshot next = *snapshot();
  next.ways = std::move(ways);
  publish(std::move(next));
}

void Index::replace(IndexSnapshot snapshot) {
  const std::lock_guard one_writer(writer_);
  snapshot.ways = this->snapshot()->ways;
  publish(std::move(snapshot));
}

void Index::mark_removed(IndexSnapshot& next, Place place) const {
  Part& part = next.parts[place.part];
  auto removed = part.removed ? std::make_shared<std::vector<std::uint64_t>>(*part.removed)
                              : std::make_shared<std::vector<std::uint64_t>>(part.data->rows.size() / 64 + 1);
  (*removed)[place.row / 64] |= std::uint64_t{1} << (place.row % 64);
  part.removed = std::move(removed);
  ++part.removed_count;
  if (!worth_rewriting(part) || part.data->rows.size() > kInlineRowsMax) return;
  part = {std::make_shared<const PartData>(merge_parts(std::span(&part, 1), saturation_)), nullptr, 0};
}

void Index::add(IndexSnapshot& next, PartData part) const {
  next.parts.push_back({std::make_shared<const PartData>(std::move(part)), nullptr, 0});
  while (const auto run = run_to_merge(next.parts, 0, kInlineRowsMax)) {
    const auto group = std::span(next.parts).subspan(run->begin, run->end - run->begin);
    group.front() = {std::make_shared<const PartData>(merge_parts(group, saturation_)), nullptr, 0};
    next.parts.erase(next.parts.begin() + static_cast<std::ptrdiff_t>(run->begin) + 1, next.parts.begin() + static_cast<std::ptrdiff_t>(run->end));
  }
}

void Index::merge_in_background() {
  std::unique_lock lock(merge_);
  for (;;) {
    idle_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return stopping_ || look_; });
    if (stopping_) return;
    look_ = idle_ = false;
    const bool all = merge_all_;
    merge_all_ = false;
    lock.unlock();
    const auto now = snapshot();
    auto run = all ? run_of_all(now->parts) : run_to_merge(now->parts, kInlineRowsMax + 1, kPartRowsMax);
    for (std::size_t i = 0; !run && i < now->parts.size(); ++i)
      if (worth_rewriting(now->parts[i])) run = Run{i, i + 1};
    if (run) {
      const auto group = std::span(now->parts).subspan(run->begin, run->end - run->begin);
      std::vector<std::vector<std::uint32_t>> moved;
      PartData merged = merge_parts(group, saturation_, all ? RowOrder::by_topic : RowOrder::as_they_came, &moved);
      take_over(group, std::move(merged), moved);
    }
    lock.lock();
    look_ = look_ || run.has_value();
    merge_all_ = merge_all_ || (all && run.has_value());
  }
}

/// Puts the merged part where its sources are now, without what was removed from them meanwhile.
void Index::take_over(std::span<const Part> before, PartData merged, const std::vector<std::vector<std::uint32_t>>& moved) {
  const std::lock_guard one_writer(writer_);
  IndexSnapshot next = *snapshot();
  const auto first = std::ranges::find(next.parts, before.front().data, &Part::data);
  const auto left = static_cast<std::size_t>(next.parts.end() - first);
  // The whole index may have been replaced, or a source rewritten: then the work is lost and the merger looks again.
  if (left < before.size() || !std::ranges::equal(std::span(&*first, before.size()), before, {}, &Part::data, &Part::data)) return;
  Part part{std::make_shared<const PartData>(std::move(merged)), nullptr, 0};
  auto removed = std::make_shared<std::vector<std::uint64_t>>(part.data->rows.size() / 64 + 1);
  for (std::size_t p = 0; p < before.size(); ++p)
    for (std::uint32_t row = 0; first[static_cast<std::ptrdiff_t>(p)].removed_count > before[p].removed_count && row < before[p].data->rows.size(); ++row) {
      if (before[p].is_removed(row) || !first[static_cast<std::ptrdiff_t>(p)].is_removed(row)) continue;
      const std::uint32_t to = moved[p][row];
      (*removed)[to / 64] |= std::uint64_t{1} << (to % 64);
      ++part.removed_count;
    }
  if (part.removed_count > 0) part.removed = std::move(removed);
  *first = std::move(part);
  next.parts.erase(first + 1, first + static_cast<std::ptrdiff_t>(before.size()));
  publish(std::move(next));
}

void Index::merge_all() {
  {
    const std::lock_guard lock(merge_);
    merge_all_ = look_ = true;
  }
  changed_.notify_all();
}

void Index::wait_until_merged() {
  std::unique_lock lock(merge_);
  changed_.wait(lock, [&] { return idle_ && !look_; });
}

}  // namespace jingwei::match
