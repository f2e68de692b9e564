#include "match/internal/index.h"

#include <algorithm>

#include "base/check.h"

namespace jingwei::match {

std::int64_t IndexSnapshot::frequency(TermKey key) const {
  std::int64_t frequency = 0;
  for (const Part& part : parts) frequency += part.data->frequency(key);
  return frequency;
}

std::optional<Place> IndexSnapshot::find(std::string_view id) const {
  const std::uint64_t hash = stable_hash(id);
  for (std::uint32_t p = 0; p < parts.size(); ++p) {
    const PartData& data = *parts[p].data;
    auto at = std::lower_bound(data.by_id.begin(), data.by_id.end(), hash,
                               [&](std::uint32_t row, std::uint64_t wanted) { return data.rows[row].id < wanted; });
    for (; at != data.by_id.end() && data.rows[*at].id == hash; ++at)
      if (!parts[p].is_removed(*at) && data.id(*at) == id) return Place{p, *at};
  }
  return std::nullopt;
}

std::size_t IndexSnapshot::bytes() const {
  std::size_t bytes = sizeof *this;
  for (const Part& part : parts) bytes += part.data->bytes() + (part.removed ? part.removed->size() * 8 : 0);
  return bytes;
}

Index::Index() : snapshot_(std::make_shared<const IndexSnapshot>()) {}

std::shared_ptr<const IndexSnapshot> Index::snapshot() const {
  const std::lock_guard lock(swap_);
  return snapshot_;
}

void Index::publish(IndexSnapshot next) {
  next.totals = {};
  for (const Part& part : next.parts) next.totals += part.data->totals;
  CHECK(next.totals.documents >= 0);
  auto shared = std::make_shared<const IndexSnapshot>(std::move(next));
  const std::lock_guard lock(swap_);
  snapshot_.swap(shared);
}

void Index::set_feed_seq(std::uint64_t feed_seq) {
  const std::lock_guard one_writer(writer_);
  IndexSnapshot next = *snapshot();
  next.feed_seq = feed_seq;
  publish(std::move(next));
}

void Index::replace(IndexSnapshot snapshot) {
  const std::lock_guard one_writer(writer_);
  publish(std::move(snapshot));
}

void Index::mark_removed(IndexSnapshot& next, Place place) const {
  Part& part = next.parts[place.part];
  auto removed = part.removed ? std::make_shared<std::vector<std::uint64_t>>(*part.removed)
                              : std::make_shared<std::vector<std::uint64_t>>(part.data->rows.size() / 64 + 1);
  (*removed)[place.row / 64] |= std::uint64_t{1} << (place.row % 64);
  part.removed = std::move(removed);
  ++part.removed_count;
  const auto rows = static_cast<std::uint32_t>(part.data->rows.size());
  if (part.removed_count < kRewriteRemovedMin || part.removed_count * kRewriteRemovedShare < rows) return;
  PartData rewritten = merge_parts(std::span(&part, 1));
  rewritten.level = part.data->level;
  part = {std::make_shared<const PartData>(std::move(rewritten)), nullptr, 0};
}

void Index::add(IndexSnapshot& next, PartData part) const {
  next.parts.push_back({std::make_shared<const PartData>(std::move(part)), nullptr, 0});
  // Eight neighbours of one level become one of the next, which may fill that level in turn.
  while (next.parts.size() >= kMergeWidth) {
    const auto tail = std::span(next.parts).last(kMergeWidth);
    const auto level = tail.front().data->level;
    if (!std::ranges::all_of(tail, [&](const Part& p) { return p.data->level == level; })) break;
    auto merged = std::make_shared<const PartData>(merge_parts(tail));
    next.parts.resize(next.parts.size() - kMergeWidth);
    next.parts.push_back({std::move(merged), nullptr, 0});
  }
}

}  // namespace jingwei::match
