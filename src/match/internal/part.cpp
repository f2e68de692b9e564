#include "match/internal/part.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

#include "base/check.h"
#include "base/text.h"
#include "match/internal/blob.h"

namespace jingwei::match {
namespace {

constexpr std::size_t kKeysAhead = 12;   ///< that are fetched while one is read
constexpr std::size_t kSlotsFrom = 256;  ///< keys; below, a search by halves is as fast

void sort_by_id(PartData& part) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> hashes;
  hashes.reserve(part.rows.size());
  for (std::uint32_t row = 0; row < part.rows.size(); ++row) hashes.emplace_back(stable_hash(part.id(row)), row);
  std::ranges::sort(hashes);
  part.by_id.reserve(part.rows.size());
  for (const auto& [hash, row] : hashes) part.by_id.push_back(row);
}

/// A row of one of the parts that are merged.
struct Source {
  std::uint32_t part = 0;
  std::uint32_t row = 0;
};

/// Rows that stay, in the order in which the merged part has them.
std::vector<Source> sources_of(std::span<const Part> parts, RowOrder order) {
  std::vector<Source> sources;
  for (std::uint32_t p = 0; p < parts.size(); ++p)
    for (std::uint32_t row = 0; row < parts[p].data->rows.size(); ++row)
      if (!parts[p].is_removed(row)) sources.push_back({p, row});
  if (order == RowOrder::as_they_came) return sources;
  // Nearest topics first: terms of one trade have neighbouring numbers, so trades lie together and within them troubles.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keys;
  keys.reserve(sources.size());
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    const Topics& topics = parts[sources[i].part].data->topics[sources[i].row];
    std::uint64_t key = 0;
    for (std::size_t t = 0; t < 4; ++t) key = key << 16 | (topics.all.weight[t] == 0 ? std::uint16_t{0xffff} : topics.all.entry[t]);
    keys.emplace_back(key, i);
  }
  std::ranges::sort(keys);
  std::vector<Source> ordered;
  ordered.reserve(sources.size());
  for (const auto& [key, i] : keys) ordered.push_back(sources[i]);
  return ordered;
}

/// Where each part's rows go, rows and blob of the merged part filled.
std::vector<std::vector<std::uint32_t>> merge_rows(std::span<const Part> parts, RowOrder order, PartData& merged) {
  std::vector<std::vector<std::uint32_t>> moved;
  std::size_t blob = 0;
  for (const Part& part : parts) {
    moved.emplace_back(part.data->rows.size(), kGone);
    blob += part.data->blob.size();
  }
  const auto sources = sources_of(parts, order);
  merged.reserve(sources.size());
  merged.blob.reserve(blob);
  for (const Source& source : sources) {
    const PartData& data = *parts[source.part].data;
    const std::uint32_t next = source.row + 1;
    const std::uint32_t end = next < data.rows.size() ? data.rows[next].blob : static_cast<std::uint32_t>(data.blob.size());
    moved[source.part][source.row] = static_cast<std::uint32_t>(merged.rows.size());
    merged.append_row(data, source.row);
    merged.blob.insert(merged.blob.end(), data.blob.begin() + data.rows[source.row].blob, data.blob.begin() + end);
  }
  return moved;
}

/// Gathers the key's postings of all parts and moves the cursors on; says how many documents were dropped.
std::uint32_t gather(std::span<const Part> parts, std::vector<std::size_t>& cursor, TermKey key, const std::vector<std::vector<std::uint32_t>>& moved,
                     std::vector<Posting>& postings) {
  std::uint32_t dropped = 0;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const PartData& data = *parts[p].data;
    if (cursor[p] >= data.keys.size() || data.keys[cursor[p]] != key) continue;
    const std::size_t first = postings.size();
    read_list(data.postings.data() + data.offsets[cursor[p]++], postings);
    std::size_t kept = first;
    for (std::size_t i = first; i < postings.size(); ++i) {
      postings[kept] = postings[i];
      postings[kept].document = moved[p][postings[i].document];
      kept += postings[kept].document != kGone;
    }
    dropped += static_cast<std::uint32_t>(postings.size() - kept);
    postings.resize(kept);
  }
  return dropped;
}

/// Sorted by key, one entry a key, none zero.
std::vector<Adjustment> add_up(std::vector<Adjustment> all) {
  std::sort(all.begin(), all.end(), [](const Adjustment& a, const Adjustment& b) { return a.key < b.key; });
  std::vector<Adjustment> sums;
  for (const Adjustment& adjustment : all) {
    if (!sums.empty() && sums.back().key == adjustment.key) sums.back().documents += adjustment.documents;
    else sums.push_back(adjustment);
  }
  std::erase_if(sums, [](const Adjustment& a) { return a.documents == 0; });
  return sums;
}

}  // namespace

void PartData::finish() {
  for (const auto& code : kind_codes.all()) kind_places.push_back(static_cast<std::uint8_t>(kind_place(code)));
  if (keys.size() < kSlotsFrom) return;
  // A free slot has all bits, a tag never the highest.
  number_bits = static_cast<std::uint32_t>(std::bit_width(keys.size()));
  CHECK(number_bits < 31);
  slots.assign(keys.size() + keys.size() / 5, kFree);
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    std::size_t slot = slot_of(keys[i]);
    while (slots[slot] != kFree) slot = slot_after(slot);
    slots[slot] = tag_of(keys[i]) | i;
  }
}

std::uint32_t PartData::number_of(TermKey key) const {
  if (slots.empty()) {
    const auto at = std::lower_bound(keys.begin(), keys.end(), key);
    return at == keys.end() || *at != key ? kFree : static_cast<std::uint32_t>(at - keys.begin());
  }
  const std::uint32_t tag = tag_of(key);
  for (std::size_t slot = slot_of(key); slots[slot] != kFree; slot = slot_after(slot))
    if (slots[slot] - number_in(slots[slot]) == tag && keys[number_in(slots[slot])] == key) return number_in(slots[slot]);
  return kFree;
}

const std::uint8_t* PartData::find(TermKey key) const {
  const auto number = number_of(key);
  return number == kFree ? nullptr : postings.data() + offsets[number];
}

std::vector<const std::uint8_t*> PartData::find_all(std::span<const TermKey> keys_wanted) const {
  std::vector<const std::uint8_t*> lists(keys_wanted.size());
  if (slots.empty()) {
    for (std::size_t i = 0; i < lists.size(); ++i) lists[i] = find(keys_wanted[i]);
    return lists;
  }
  // Four things lie behind each other: slot, key, offset, list. Each is asked for some keys before it is needed.
  const auto fetch_slot = [&](std::size_t i) {
    if (i < keys_wanted.size()) __builtin_prefetch(&slots[slot_of(keys_wanted[i])]);
  };
  const auto fetch_key = [&](std::size_t i) {
    if (i >= keys_wanted.size()) return;
    const std::uint32_t tag = tag_of(keys_wanted[i]);
    std::size_t slot = slot_of(keys_wanted[i]);
    while (slots[slot] != kFree && slots[slot] - number_in(slots[slot]) != tag) slot = slot_after(slot);
    if (slots[slot] == kFree) return;
    __builtin_prefetch(&keys[number_in(slots[slot])]);
    __builtin_prefetch(&offsets[number_in(slots[slot])]);
  };
  for (std::size_t i = 0; i < 2 * kKeysAhead; ++i) fetch_slot(i);
  for (std::size_t i = 0; i < kKeysAhead; ++i) fetch_key(i);
  for (std::size_t i = 0; i < keys_wanted.size(); ++i) {
    fetch_slot(i + 2 * kKeysAhead);
    fetch_key(i + kKeysAhead);
    lists[i] = find(keys_wanted[i]);
    if (lists[i] != nullptr) __builtin_prefetch(lists[i]);
  }
  return lists;
}

std::int64_t PartData::frequency(TermKey key) const {
  std::int64_t frequency = 0;
  add_frequencies(std::span(&key, 1), std::span(&frequency, 1));
  return frequency;
}

void PartData::add_frequencies(std::span<const TermKey> keys_wanted, std::span<std::int64_t> frequencies) const {
  if (!keys.empty()) {
    const auto lists = find_all(keys_wanted);
    for (std::size_t i = 0; i < lists.size(); ++i)
      if (lists[i] != nullptr) frequencies[i] += list_count(lists[i]);
  }
  if (adjustments.empty()) return;
  for (std::size_t i = 0; i < keys_wanted.size(); ++i) {
    const auto at = std::ranges::lower_bound(adjustments, keys_wanted[i], {}, &Adjustment::key);
    if (at != adjustments.end() && at->key == keys_wanted[i]) frequencies[i] += at->documents;
  }
}

std::size_t PartData::bytes() const {
  std::size_t codes = 0;
  for (const auto* some : {&kind_codes, &segment_codes})
    for (const auto& code : some->all()) codes += sizeof code + 8 + code.size();
  return sizeof *this + codes + rows.capacity() * sizeof(StoredRow) + by_id.capacity() * 4 + keys.capacity() * 8 + offsets.capacity() * 4 +
         postings.capacity() + blob.capacity() + adjustments.capacity() * sizeof(Adjustment) + text_steps.capacity() + title_steps.capacity() +
         kinds.capacity() * 2 + segments.capacity() * 2 + regions.capacity() * 4 + valid_to.capacity() * 4 + slots.capacity() * 4 +
         topics.capacity() * sizeof(Topics);
}

namespace {

void append_list(PartData& part, TermKey key, std::span<const Posting> postings, const Saturation& saturation, DocumentLengths lengths) {
  part.keys.push_back(key);
  part.offsets.push_back(static_cast<std::uint32_t>(part.postings.size()));
  write_list(postings, saturation, lengths, part.postings);
}

}  // namespace

namespace {

/// Postings of some documents by key, each key's by document. Keys are gathered in a hash table and only they are sorted; the
/// postings, many times as many, are then dealt out in one pass.
class PostingsByKey {
 public:
  PostingsByKey(std::span<const AnalysedDocument> documents, std::size_t terms) : slots_(std::bit_ceil(terms + terms / 2 + 1), kFree) {
    std::vector<std::uint32_t> numbers;  // of the key of each term, in order of the documents
    numbers.reserve(terms);
    std::vector<std::uint32_t> counts;
    std::vector<TermKey> found;
    for (const AnalysedDocument& analysed : documents)
      for (const TermCount& term : analysed.counts.terms) {
        const std::uint32_t number = number_of(term.key, found);
        if (number == counts.size()) counts.push_back(0);
        ++counts[number];
        numbers.push_back(number);
      }
    std::vector<std::uint32_t> order(found.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return found[a] < found[b]; });
    std::vector<std::uint32_t> next(found.size());
    begins_.push_back(0);
    for (const std::uint32_t number : order) {
      keys_.push_back(found[number]);
      next[number] = begins_.back();
      begins_.push_back(begins_.back() + counts[number]);
    }
    postings_.resize(terms);
    std::size_t at = 0;
    for (std::uint32_t document = 0; document < documents.size(); ++document)
      for (const TermCount& term : documents[document].counts.terms) postings_[next[numbers[at++]]++] = {document, term.text, term.title};
  }
  const std::vector<TermKey>& keys() const { return keys_; }
  std::span<const Posting> postings(std::size_t key) const { return std::span(postings_).subspan(begins_[key], begins_[key + 1] - begins_[key]); }

 private:
  static constexpr std::uint32_t kFree = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t number_of(TermKey key, std::vector<TermKey>& found) {
    std::size_t slot = static_cast<std::size_t>((key * 0x9e3779b97f4a7c15ULL) >> 20) & (slots_.size() - 1);
    for (; slots_[slot] != kFree; slot = (slot + 1) & (slots_.size() - 1))
      if (found[slots_[slot]] == key) return slots_[slot];
    slots_[slot] = static_cast<std::uint32_t>(found.size());
    found.push_back(key);
    return slots_[slot];
  }
  std::vector<std::uint32_t> slots_;
  std::vector<TermKey> keys_;
  std::vector<std::uint32_t> begins_;
  std::vector<Posting> postings_;
};

}  // namespace

PartData make_part(std::span<const AnalysedDocument> documents, const Saturation& saturation) {
  PartData part;
  std::size_t terms = 0;
  for (const AnalysedDocument& analysed : documents) {
    part.append_row(analysed.document, analysed.counts);
    write_document(part.blob, analysed.document, analysed.counts);
    part.totals += {1, analysed.counts.title_length, analysed.counts.text_length};
    terms += analysed.counts.terms.size();
  }
  const PostingsByKey sorted(documents, terms);
  sort_by_id(part);
  part.postings.reserve(terms * 3);
  for (std::size_t i = 0; i < sorted.keys().size(); ++i)
    append_list(part, sorted.keys()[i], sorted.postings(i), saturation, part.lengths());
  part.finish();
  return part;
}

PartData make_removal(const TermCounts& counts) {
  PartData part;
  for (const TermCount& term : counts.terms) part.adjustments.push_back({term.key, -1});
  part.totals = {-1, -std::int64_t{counts.title_length}, -std::int64_t{counts.text_length}};
  return part;
}

PartData merge_parts(std::span<const Part> parts, const Saturation& saturation, RowOrder order, std::vector<std::vector<std::uint32_t>>* moved_out) {
  PartData merged;
  auto moved = merge_rows(parts, order, merged);
  sort_by_id(merged);
  std::vector<Adjustment> adjustments;
  std::size_t bytes = 0;
  for (const Part& part : parts) {
    merged.totals += part.data->totals;
    bytes += part.data->postings.size();
    adjustments.insert(adjustments.end(), part.data->adjustments.begin(), part.data->adjustments.end());
  }
  merged.postings.reserve(bytes);
  std::vector<std::size_t> cursor(parts.size(), 0);
  std::vector<Posting> postings;
  for (;;) {
    TermKey key = std::numeric_limits<TermKey>::max();
    for (std::size_t p = 0; p < parts.size(); ++p)
      if (cursor[p] < parts[p].data->keys.size()) key = std::min(key, parts[p].data->keys[cursor[p]]);
    if (key == std::numeric_limits<TermKey>::max()) break;
    postings.clear();
    const std::uint32_t dropped = gather(parts, cursor, key, moved, postings);
    // A document dropped here was taken off the statistics by an adjustment somewhere: this cancels it.
    if (dropped != 0) adjustments.push_back({key, dropped});
    if (order != RowOrder::as_they_came) std::ranges::sort(postings, {}, &Posting::document);
    if (!postings.empty()) append_list(merged, key, postings, saturation, merged.lengths());
  }
  merged.adjustments = add_up(std::move(adjustments));
  merged.postings.shrink_to_fit();
  merged.keys.shrink_to_fit();
  merged.offsets.shrink_to_fit();
  CHECK(merged.rows.size() < (1U << 30));
  CHECK(merged.postings.size() < std::numeric_limits<std::uint32_t>::max());
  merged.finish();
  if (moved_out != nullptr) *moved_out = std::move(moved);
  return merged;
}

}  // namespace jingwei::match
