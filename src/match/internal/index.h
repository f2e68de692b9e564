// The inverted index: immutable parts behind one snapshot that the writer swaps and readers hold as long as they like.
// One writer at a time; readers never wait for it. See part.h for how parts look and merge, snapshot_file.h for saving.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "match/internal/part.h"
#include "match/internal/terms.h"

namespace jingwei::match {

constexpr std::size_t kMergeWidth = 8;          ///< parts of one level that become one of the next
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

  std::int64_t frequency(TermKey key) const;
  std::optional<Place> find(std::string_view id) const;
  const Row& row(Place place) const { return parts[place.part].data->rows[place.row]; }
  Document document(Place place) const { return parts[place.part].data->document(place.row); }
  std::string_view id(Place place) const { return parts[place.part].data->id(place.row); }
  std::size_t bytes() const;
};

/// A document with its terms, ready to be put.
struct AnalysedDocument {
  Document document;
  TermCounts counts;
};

class Index {
 public:
  Index();
  std::shared_ptr<const IndexSnapshot> snapshot() const;

  // The writer. Each call ends with one swap.
  void put(std::span<const AnalysedDocument> documents, const auto& analyse);
  void remove(std::string_view id, const auto& analyse);
  void set_feed_seq(std::uint64_t feed_seq);
  void replace(IndexSnapshot snapshot);

 private:
  void add(IndexSnapshot& next, PartData part) const;
  void mark_removed(IndexSnapshot& next, Place place) const;
  void publish(IndexSnapshot next);

  mutable std::mutex swap_;                          ///< held for a pointer copy only
  std::shared_ptr<const IndexSnapshot> snapshot_;    ///< guarded by swap_
  std::mutex writer_;                                ///< one writer at a time
};

/// `analyse(const Document&) -> TermCounts` must give what it gave when the old version was put.
void Index::put(std::span<const AnalysedDocument> documents, const auto& analyse) {
  const std::lock_guard one_writer(writer_);
  IndexSnapshot next = *snapshot();
  for (const AnalysedDocument& analysed : documents) {
    if (const auto old = next.find(analysed.document.id)) {
      const TermCounts counts = analyse(next.document(*old));
      mark_removed(next, *old);
      add(next, make_removal(counts));
    }
    add(next, make_part(analysed.document, analysed.counts));
  }
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
