#include "match/internal/small_world.h"

#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <queue>

#include "base/check.h"

namespace jingwei::match {
namespace {

constexpr std::size_t kLinks = 16;               // of a vector on each upper level, twice as many on the lowest
constexpr std::size_t kConsideredWhenAdding = 200;
constexpr std::size_t kConsideredMin = 128;      // of the best so far, when searching
constexpr std::size_t kRoomAtFirst = 1'024;

struct Nearer {
  bool operator()(const std::pair<float, SmallWorld::Place>& a, const std::pair<float, SmallWorld::Place>& b) const { return a.first < b.first; }
};

/// The library's list of visited places, given back whatever happens.
class Visited {
 public:
  explicit Visited(hnswlib::VisitedListPool& pool) : pool_(pool), list_(pool.getFreeVisitedList()) {}
  Visited(const Visited&) = delete;
  Visited& operator=(const Visited&) = delete;
  ~Visited() { pool_.releaseVisitedList(list_); }
  /// True the first time.
  bool enter(SmallWorld::Place place) {
    if (list_->mass[place] == list_->curV) return false;
    list_->mass[place] = list_->curV;
    return true;
  }

 private:
  hnswlib::VisitedListPool& pool_;
  hnswlib::VisitedList* list_;
};

}  // namespace

struct SmallWorld::Graph {
  explicit Graph(std::size_t dimensions) : space(dimensions), world(&space, kRoomAtFirst, kLinks, kConsideredWhenAdding) {}
  hnswlib::InnerProductSpace space;
  hnswlib::HierarchicalNSW<float> world;
};

SmallWorld::SmallWorld(std::size_t dimensions) : dimensions_(dimensions), graph_(std::make_unique<Graph>(dimensions)) {}
SmallWorld::~SmallWorld() = default;
std::size_t SmallWorld::size() const { return graph_->world.cur_element_count; }

void SmallWorld::add(std::span<const float> vector) {
  CHECK(vector.size() == dimensions_);
  if (graph_->world.cur_element_count == graph_->world.max_elements_) graph_->world.resizeIndex(graph_->world.max_elements_ * 2);
  graph_->world.addPoint(vector.data(), graph_->world.cur_element_count);
}

std::size_t SmallWorld::bytes() const { return graph_->world.max_elements_ * (graph_->world.size_data_per_element_ + sizeof(void*) + sizeof(std::mutex)); }

std::span<const float> SmallWorld::vector(Place place) const {
  return {reinterpret_cast<const float*>(graph_->world.getDataByInternalId(place)), dimensions_};
}

float SmallWorld::distance(const float* vector, Place place) const {
  return graph_->world.fstdistfunc_(vector, graph_->world.getDataByInternalId(place), graph_->world.dist_func_param_);
}

float SmallWorld::cosine(std::span<const float> vector, Place place) const { return 1 - distance(vector.data(), place); }

SmallWorld::Place SmallWorld::descend(const float* vector) const {
  Place here = graph_->world.enterpoint_node_;
  float nearest = distance(vector, here);
  for (int level = graph_->world.maxlevel_; level > 0; --level)
    for (bool moved = true; moved;) {
      moved = false;
      auto* const list = graph_->world.get_linklist(here, level);
      const auto* const links = reinterpret_cast<const Place*>(list + 1);
      for (std::size_t i = 0, size = graph_->world.getListCount(list); i < size; ++i)
        if (const float far = distance(vector, links[i]); far < nearest) {
          nearest = far;
          here = links[i];
          moved = true;
        }
    }
  return here;
}

std::vector<SmallWorld::Found> SmallWorld::search(std::span<const float> vector, std::size_t count, std::size_t compared_max,
                                                  const std::function<bool(Place)>& passes) const {
  if (size() == 0 || count == 0) return {};
  const std::size_t considered = std::max(count, kConsideredMin);
  Visited visited(*graph_->world.visited_list_pool_);
  std::priority_queue<std::pair<float, Place>, std::vector<std::pair<float, Place>>, Nearer> best;   // the farthest of them on top
  std::priority_queue<std::pair<float, Place>> open;  // by -distance: the nearest on top
  std::size_t compared = 0;
  const auto meet = [&](Place place) {
    if (!visited.enter(place)) return;
    ++compared;
    const float far = distance(vector.data(), place);
    if (best.size() >= considered && far >= best.top().first) return;
    open.emplace(-far, place);
    if (!passes(place)) return;
    best.emplace(far, place);
    if (best.size() > considered) best.pop();
  };
  meet(descend(vector.data()));
  // Places that do not pass are walked through; the walk ends when what is left is farther than the worst of enough found.
  while (!open.empty() && compared < compared_max) {
    const auto [minus_far, place] = open.top();
    if (best.size() >= considered && -minus_far > best.top().first) break;
    open.pop();
    auto* const list = graph_->world.get_linklist0(place);
    const auto* const links = reinterpret_cast<const Place*>(list + 1);
    for (std::size_t i = 0, size = graph_->world.getListCount(list); i < size; ++i) meet(links[i]);
  }
  std::vector<Found> found(best.size());
  for (std::size_t i = best.size(); i-- > 0; best.pop()) found[i] = {1 - best.top().first, best.top().second};
  found.resize(std::min(found.size(), count));
  return found;
}

}  // namespace jingwei::match
