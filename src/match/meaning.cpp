#include "match/meaning.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "base/rejected.h"
#include "match/internal/small_world.h"

namespace jingwei::match {
namespace {

constexpr std::size_t kAllComparedMax = 4'000;   ///< vectors of which every one is compared: as fast as the graph, and exact
constexpr std::size_t kComparedMax = 20'000;     ///< vectors compared on a walk through the graph
constexpr std::size_t kRemovedMin = 1'000;       ///< removed vectors from which the graph is made anew, when they are half of it

[[noreturn]] void refuse(Bilingual reason) {
  throw Rejected(Code::invalid, "vector", std::move(reason), {"检查模型和维数设置", "Check the model and the dimensions set"});
}

/// Of length 1; empty when there is no such vector.
std::vector<float> unit(std::span<const float> vector) {
  double squares = 0;
  for (const float number : vector) squares += static_cast<double>(number) * number;
  if (!std::isfinite(squares) || squares <= 0) return {};
  const double length = std::sqrt(squares);
  std::vector<float> result(vector.size());
  for (std::size_t i = 0; i < vector.size(); ++i) result[i] = static_cast<float>(vector[i] / length);
  return result;
}

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

}  // namespace

struct Meanings::Graph {
  using Place = SmallWorld::Place;

  std::vector<Near> named(std::span<const SmallWorld::Found> found) const {
    std::vector<Near> near;
    for (const auto& one : found) near.push_back({ids[one.place], one.cosine});
    return near;
  }

  std::vector<SmallWorld::Found> compare_all(std::span<const float> vector, std::size_t count, const std::function<bool(Place)>& passes) const {
    std::vector<SmallWorld::Found> found;
    for (Place place = 0; place < ids.size(); ++place)
      if (passes(place)) found.push_back({world->cosine(vector, place), place});
    std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) { return a.cosine != b.cosine ? a.cosine > b.cosine : ids[a.place] < ids[b.place]; });
    found.resize(std::min(found.size(), count));
    return found;
  }

  void add(std::string_view id, std::span<const float> vector) {
    world->add(vector);
    place_of.emplace(id, static_cast<Place>(ids.size()));
    ids.emplace_back(id);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += vector[i];
  }

  /// The place stays in the graph, as a way to others, under no id.
  void drop(std::string_view id) {
    const auto at = place_of.find(id);
    if (at == place_of.end()) return;
    const auto vector = world->vector(at->second);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] -= vector[i];
    ids[at->second].clear();
    place_of.erase(at);
  }

  bool worth_making_anew() const { return ids.size() - place_of.size() >= kRemovedMin && place_of.size() * 2 < ids.size(); }

  mutable std::shared_mutex mutex;
  std::size_t dimensions = 0;                  ///< guarded by mutex, like all below
  std::unique_ptr<SmallWorld> world;
  std::vector<std::string> ids;                ///< by place; empty: removed
  std::unordered_map<std::string, Place, TextHash, std::equal_to<>> place_of;
  std::vector<double> sum;                     ///< of all vectors that are not removed
};

Meanings::Meanings() : graph_(std::make_unique<Graph>()) {}
Meanings::~Meanings() = default;

void Meanings::begin(std::size_t dimensions) {
  if (dimensions > kDimensionsMax) refuse({"向量维数太大", "A vector has too many numbers"});
  const std::unique_lock lock(graph_->mutex);
  graph_->dimensions = dimensions;
  graph_->world = dimensions == 0 ? nullptr : std::make_unique<SmallWorld>(dimensions);
  graph_->ids.clear();
  graph_->place_of.clear();
  graph_->sum.assign(dimensions, 0);
}

void Meanings::put(std::string_view id, std::span<const float> vector) {
  const auto normal = unit(vector);
  const std::unique_lock lock(graph_->mutex);
  if (vector.size() != graph_->dimensions || graph_->dimensions == 0) refuse({"向量维数不对", "The vector has another number of numbers"});
  if (normal.empty()) refuse({"向量为零或不是有限数", "The vector is zero or not finite"});
  if (graph_->ids.size() >= kMeaningsMax) refuse({"向量太多", "There are too many vectors"});
  // From here on it must succeed.
  graph_->drop(id);
  graph_->add(id, normal);
}

void Meanings::remove(std::string_view id) {
  const std::unique_lock lock(graph_->mutex);
  graph_->drop(id);
  if (!graph_->worth_making_anew()) return;
  // Rare: removals have to be half of a large graph. Readers wait for it.
  const auto old_world = std::move(graph_->world);
  const auto old_ids = std::move(graph_->ids);
  graph_->world = std::make_unique<SmallWorld>(graph_->dimensions);
  graph_->ids.clear();
  graph_->place_of.clear();
  graph_->sum.assign(graph_->dimensions, 0);
  for (SmallWorld::Place place = 0; place < old_ids.size(); ++place)
    if (!old_ids[place].empty()) graph_->add(old_ids[place], old_world->vector(place));
}

std::size_t Meanings::dimensions() const {
  const std::shared_lock lock(graph_->mutex);
  return graph_->dimensions;
}

std::size_t Meanings::size() const {
  const std::shared_lock lock(graph_->mutex);
  return graph_->place_of.size();
}

std::size_t Meanings::bytes() const {
  constexpr std::size_t kPerId = 120;  // twice the id, its string and its node in the table
  const std::shared_lock lock(graph_->mutex);
  return (graph_->world ? graph_->world->bytes() : 0) + graph_->ids.size() * kPerId;
}

std::vector<Meanings::Near> Meanings::nearest(std::span<const float> vector, std::size_t count, const Passes& passes) const {
  const auto normal = unit(vector);
  const std::shared_lock lock(graph_->mutex);
  if (graph_->world == nullptr || normal.size() != graph_->dimensions) return {};
  const auto may_show = [&](SmallWorld::Place place) { return !graph_->ids[place].empty() && passes(graph_->ids[place]); };
  if (graph_->place_of.size() <= kAllComparedMax) return graph_->named(graph_->compare_all(normal, count, may_show));
  return graph_->named(graph_->world->search(normal, count, kComparedMax, may_show));
}

std::vector<std::optional<double>> Meanings::cosines(std::span<const float> vector, std::span<const std::string_view> ids) const {
  const auto normal = unit(vector);
  std::vector<std::optional<double>> found(ids.size());
  const std::shared_lock lock(graph_->mutex);
  if (graph_->world == nullptr || normal.size() != graph_->dimensions) return found;
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (const auto at = graph_->place_of.find(ids[i]); at != graph_->place_of.end()) found[i] = graph_->world->cosine(normal, at->second);
  return found;
}

double Meanings::usual(std::span<const float> vector) const {
  const auto normal = unit(vector);
  const std::shared_lock lock(graph_->mutex);
  if (normal.size() != graph_->dimensions || graph_->place_of.empty()) return 0;
  double product = 0;
  for (std::size_t i = 0; i < normal.size(); ++i) product += normal[i] * graph_->sum[i];
  return product / static_cast<double>(graph_->place_of.size());
}

}  // namespace jingwei::match
