#include "match/internal/nearness.h"

#include <algorithm>

#include "match/internal/finder.h"

namespace jingwei::match {
namespace {

/// Supplies that pass, if they are few enough; nothing otherwise.
std::optional<std::vector<std::string_view>> few_passing(const IndexSnapshot& index, const Filter& filter) {
  std::vector<std::string_view> ids;
  for (std::uint32_t p = 0; p < index.parts.size(); ++p)
    for (std::uint32_t row = 0; row < index.parts[p].data->rows.size(); ++row) {
      if (index.parts[p].is_removed(row) || !filter.passes(index.parts[p].data->row(row))) continue;
      if (ids.size() == kPassingComparedMax) return std::nullopt;
      ids.push_back(index.id({p, row}));
    }
  return ids;
}

}  // namespace

Nearness::Nearness(const Meanings& meanings, const Weights& weights, const IndexSnapshot& index, const Need& need, const Options& options)
    : meanings_(meanings), vector_(need.meaning) {
  if (need.meaning.empty() || meanings.dimensions() != need.meaning.size() || meanings.size() == 0) return;
  const Filter filter(options);
  // A filter that little passes is no matter for a graph of everything: what passes is compared one by one.
  if (const auto few = filter.any() ? few_passing(index, filter) : std::nullopt) {
    std::vector<Meanings::Near> near;
    const auto cosines = meanings.cosines(vector_, *few);
    for (std::size_t i = 0; i < few->size(); ++i)
      if (cosines[i]) near.push_back({std::string((*few)[i]), *cosines[i]});
    std::sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.cosine != b.cosine ? a.cosine > b.cosine : a.id < b.id; });
    near.resize(std::min(near.size(), kNearestMax));
    keep_nearest(std::move(near), index);
  } else {
    keep_nearest(meanings.nearest(vector_, kNearestMax,
                                  [&](std::string_view id) {
                                    const auto place = index.find(id);
                                    return place && filter.passes(index.row(*place));
                                  }),
                 index);
  }
  if (places_.empty()) return;
  share_ = weights.meaning.share;
  usual_ = meanings.usual(vector_);
  range_ = std::max(best_ - usual_, weights.meaning.range);
}

void Nearness::keep_nearest(std::vector<Meanings::Near> near, const IndexSnapshot& index) {
  for (const auto& one : near)
    if (const auto place = index.find(one.id)) places_.push_back(*place);
  if (!near.empty()) best_ = near.front().cosine;
  std::sort(places_.begin(), places_.end(), [](const Place& a, const Place& b) { return a.part != b.part ? a.part < b.part : a.row < b.row; });
}

std::vector<std::optional<double>> Nearness::parts(std::span<const std::string_view> ids) const {
  if (share_ == 0) return {};
  auto parts = meanings_.cosines(vector_, ids);
  for (auto& part : parts)
    if (part) part = std::clamp((*part - usual_) / range_, 0.0, 1.0);
  return parts;
}

}  // namespace jingwei::match
