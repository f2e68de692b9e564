// The inverted index: immutable parts behind one snapshot that the writer swaps and readers hold as long as they like.
// One writer at a time; readers never wait for it. Small merges are the writer's, large ones a thread's beside it.
// See part.h for how parts look and merge, snapshot_file.h for saving.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <vector>

#include "match/internal/part.h"
#include "match/internal/segment_ways.h"
#include "match/internal/terms.h"

namespace jingwei::match {

constexpr std::size_t kMergeWidth = 8;          ///< parts of like size that become one
constexpr std::size_t kInlineRowsMax = 8'192;   ///< merges of more documents than these are done beside the writer
constexpr std::size_t kPartRowsMax = 2'500'000; ///< larger parts are not made: offsets have 32 bits
constexpr std::uint32_t kRewriteRemovedMin = 64;  ///< removed documents from which a part may be rewritten alone...
constexpr std::uint32_t kRewriteRemovedShare = 3; ///< ...when they are more than one in this many

/// A document's place within one snapshot.
struct Place {
  std::uint32_t part = 0;
  std::uint32_t row = 0;
  bool operator==(const Place&) const = default;
};

struct IndexSnapshot {
  std::vector<Part> parts;
  Totals totals;
  std::uint64_t feed_seq = 0;
  std::shared_ptr<const SegmentWays> ways;  ///< handed in, never saved; nothing: none known

  const SegmentWays::Way* way(std::uint64_t from, std::uint64_t to) const { return ways ? ways->find(from, to) : nullptr; }
  std::int64_t frequency(TermKey key) const;
  /// Of many terms at once, in their order: what they ask of the memory is fetched together.
  std::vector<std::int64_t> frequencies(std::span<const TermKey> keys) const;
  std::optional<Place> find(std::string_view id) const;
  Row row(Place place) const { return parts[place.part].data->row(place.row); }
  const Topics& topics(Place place) const { return parts[place.part].data->topics[place.row]; }
  Document document(Place place) const { return parts[place.part].data->document(place.row); }
  std::string_view id(Place place) const { return parts[place.part].data->id(place.row); }
  std::size_t bytes() const;
};

class Index {
 public:
  /// `saturation` must outlive the index.
  explicit Index(const Saturation& saturation);
  ~Index();
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;
  std::shared_ptr<const IndexSnapshot> snapshot() const;

  // The writer. Each call ends with one swap.
  void put(std::span<const AnalysedDocument> documents, const auto& analyse);
  void remove(std::string_view id, const auto& analyse);
  void set_feed_seq(std::uint64_t feed_seq);
  void set_ways(std::shared_ptr<const SegmentWays> ways);
  /// Parts and numbers of another; ways between segments stay.
  void replace(IndexSnapshot snapshot);
  /// Makes as few parts as there may be, as at night: fewer lists to look up. Writers and readers go on meanwhile.
  void merge_all();
  /// Until no large merge is due or under way. For tests and measurements.
  void wait_until_merged();

 private:
  void add(IndexSnapshot& next, PartData part) const;
  void mark_removed(IndexSnapshot& next, Place place) const;
  void publish(IndexSnapshot next);
  void merge_in_background();
  void take_over(std::span<const Part> before, PartData merged, const std::vector<std::vector<std::uint32_t>>& moved);

  const Saturation& saturation_;
  mutable std::mutex swap_;                          ///< held for a pointer copy only
  std::shared_ptr<const IndexSnapshot> snapshot_;    ///< guarded by swap_
  std::mutex writer_;                                ///< one writer at a time
  std::mutex merge_;
  std::condition_variable changed_;                  ///< parts came, or a merge ended, or the end
  bool merge_all_ = false;                           ///< guarded by merge_: asked for
  bool look_ = false;                                ///< guarded by merge_: parts came since the merger last looked
  bool idle_ = true;                                 ///< guarded by merge_
  bool stopping_ = false;                            ///< guarded by merge_
  std::thread merger_;                               ///< last: it uses all of the above
};

/// `analyse(const Document&) -> TermCounts` must give what it gave when the old version was put.
void Index::put(std::span<const AnalysedDocument> documents, const auto& analyse) {
  const std::lock_guard one_writer(writer_);
  IndexSnapshot next = *snapshot();
  // Of an id that comes twice in one call the last counts: what comes before it is put, and removed again, by itself.
  std::unordered_set<std::string_view> ids;
  std::size_t begin = 0;
  const auto flush = [&](std::size_t end) {
    if (end > begin) add(next, make_part(documents.subspan(begin, end - begin), saturation_));
    begin = end;
    ids.clear();
  };
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const auto& id = documents[i].document.id;
    if (!ids.insert(id).second) {
      flush(i);
      ids.insert(id);
    }
    if (const auto old = next.find(id)) {
      const TermCounts counts = analyse(next.document(*old));
      mark_removed(next, *old);
      add(next, make_removal(counts));
    }
  }
  flush(documents.size());
  publish(std::move(next));
}

void Index::remove(std::string_view id, const auto& analyse) {
  const std::lock_guard one_writer(writer_);
  IndexSnapshot next = *snapshot();
  const auto old = next.find(id);
  if (!old) return;
  const TermCounts counts = analyse(next.document(*old));
  mark_removed(next, *old);
  add(next, make_removal(counts));
  publish(std::move(next));
}

}  // namespace jingwei::match
