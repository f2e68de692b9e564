#include "match/internal/part.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "base/check.h"
#include "base/text.h"

namespace jingwei::match {
namespace {

constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();

void write_varint(std::vector<std::uint8_t>& out, std::uint32_t value) {
  while (value >= 128) {
    out.push_back(static_cast<std::uint8_t>(value | 128));
    value >>= 7;
  }
  out.push_back(static_cast<std::uint8_t>(value));
}

void write_posting(std::vector<std::uint8_t>& out, std::uint32_t gap, const Posting& posting) {
  const bool in_text = posting.text == 1 && posting.title == 0;
  const bool in_title = posting.text == 0 && posting.title == 1 && posting.word;
  const std::uint32_t form = in_text ? (posting.word ? 1 : 0) : in_title ? 2 : 3;
  write_varint(out, gap << 2 | form);
  if (form == 3) out.push_back(static_cast<std::uint8_t>(posting.text | posting.title << 4 | (posting.word ? 64 : 0)));
}

/// Text in UTF-16 when that is shorter, as it is for Chinese. The first byte says which.
void write_text(std::vector<std::uint8_t>& out, std::string_view text) {
  std::u16string wide;
  std::string_view rest = text;
  bool exact = true;
  while (!rest.empty() && exact) {
    const auto before = rest;
    const char32_t c = take_code_point(rest);
    std::string again;
    append_utf8(again, c);
    exact = before.starts_with(again) && before.size() - rest.size() == again.size();
    if (c < 0x10000) {
      wide.push_back(static_cast<char16_t>(c));
    } else {
      wide.push_back(static_cast<char16_t>(0xd800 + ((c - 0x10000) >> 10)));
      wide.push_back(static_cast<char16_t>(0xdc00 + ((c - 0x10000) & 0x3ff)));
    }
  }
  const bool use_wide = exact && wide.size() * 2 < text.size();
  out.push_back(use_wide ? 1 : 0);
  const auto size = static_cast<std::uint32_t>(use_wide ? wide.size() * 2 : text.size());
  write_varint(out, size);
  const auto* bytes = use_wide ? reinterpret_cast<const std::uint8_t*>(wide.data()) : reinterpret_cast<const std::uint8_t*>(text.data());
  out.insert(out.end(), bytes, bytes + size);
}

void write_string(std::vector<std::uint8_t>& out, std::string_view text) {
  write_varint(out, static_cast<std::uint32_t>(text.size()));
  out.insert(out.end(), text.begin(), text.end());
}

class BlobReader {
 public:
  explicit BlobReader(const std::uint8_t* at) : at_(at) {}
  std::string_view string() {
    const std::uint32_t size = varint();
    const std::string_view text(reinterpret_cast<const char*>(at_), size);
    at_ += size;
    return text;
  }
  std::string text() {
    const bool wide = *at_++ == 1;
    const std::uint32_t size = varint();
    std::string out;
    if (!wide) out.assign(reinterpret_cast<const char*>(at_), size);
    for (std::uint32_t i = 0; wide && i < size; i += 2) {
      char32_t c = unit(i);
      if (c >= 0xd800 && c < 0xdc00) {
        i += 2;
        c = 0x10000 + ((c - 0xd800) << 10) + (unit(i) - 0xdc00);
      }
      append_utf8(out, c);
    }
    at_ += size;
    return out;
  }

 private:
  char32_t unit(std::uint32_t i) const { return static_cast<char32_t>(at_[i] | at_[i + 1] << 8); }
  std::uint32_t varint() {
    std::uint32_t value = 0;
    for (int shift = 0;; shift += 7) {
      const std::uint32_t byte = *at_++;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
  const std::uint8_t* at_;
};

constexpr const char* kStages[] = {"seed", "growth", "mature"};

void write_document(std::vector<std::uint8_t>& out, const Document& document) {
  write_string(out, document.id);
  for (const auto* field : {&document.kind, &document.segment, &document.region, &document.owner, &document.valid_to})
    write_string(out, *field);
  write_string(out, join(document.stages, ","));
  write_text(out, document.title);
  write_text(out, document.text);
}

void sort_by_id(PartData& part) {
  part.by_id.resize(part.rows.size());
  std::iota(part.by_id.begin(), part.by_id.end(), 0U);
  std::sort(part.by_id.begin(), part.by_id.end(), [&](std::uint32_t a, std::uint32_t b) {
    return part.rows[a].id != part.rows[b].id ? part.rows[a].id < part.rows[b].id : a < b;
  });
}

/// Where each part's rows go, rows and blob of the merged part filled.
std::vector<std::vector<std::uint32_t>> merge_rows(std::span<const Part> parts, PartData& merged) {
  std::vector<std::vector<std::uint32_t>> moved;
  std::size_t rows = 0;
  std::size_t blob = 0;
  for (const Part& part : parts) {
    rows += part.data->rows.size();
    blob += part.data->blob.size();
  }
  merged.rows.reserve(rows);
  merged.blob.reserve(blob);
  for (const Part& part : parts) {
    const PartData& data = *part.data;
    auto& to = moved.emplace_back(data.rows.size(), kGone);
    for (std::uint32_t i = 0; i < data.rows.size(); ++i) {
      if (part.is_removed(i)) continue;
      to[i] = static_cast<std::uint32_t>(merged.rows.size());
      const std::uint32_t end = i + 1 < data.rows.size() ? data.rows[i + 1].blob : static_cast<std::uint32_t>(data.blob.size());
      Row row = data.rows[i];
      row.blob = static_cast<std::uint32_t>(merged.blob.size());
      merged.blob.insert(merged.blob.end(), data.blob.begin() + data.rows[i].blob, data.blob.begin() + end);
      merged.rows.push_back(row);
    }
  }
  return moved;
}

/// One posting list being put together, without its count.
struct MergedList {
  std::vector<std::uint8_t> bytes;
  std::uint32_t count = 0;
  std::uint32_t last = 0;  ///< document of the last posting
  void clear() {
    bytes.clear();
    count = last = 0;
  }
  bool empty() const { return count == 0; }
  void add(const Posting& posting) {
    write_posting(bytes, posting.document - last, posting);
    last = posting.document;
    ++count;
  }
};

/// Appends the key's lists of all parts and moves the cursors on; says how many documents were dropped. Where a part lost
/// no document, only the first gap changes and the rest is copied.
std::uint32_t append_lists(std::span<const Part> parts, std::vector<std::size_t>& cursor, TermKey key,
                           const std::vector<std::vector<std::uint32_t>>& moved, MergedList& list) {
  std::uint32_t dropped = 0;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const PartData& data = *parts[p].data;
    if (cursor[p] >= data.keys.size() || data.keys[cursor[p]] != key) continue;
    const std::size_t at = cursor[p]++;
    const std::uint8_t* end = data.postings.data() + (at + 1 < data.keys.size() ? data.offsets[at + 1] : data.postings.size());
    PostingReader reader(data.postings.data() + data.offsets[at]);
    Posting posting;
    if (parts[p].removed_count == 0 && reader.next(posting)) {
      const std::uint32_t base = moved[p][0];
      posting.document += base;
      list.add(posting);
      list.bytes.insert(list.bytes.end(), reader.at(), end);
      list.count += reader.left();
      while (reader.next(posting)) list.last = posting.document + base;
      continue;
    }
    while (reader.next(posting)) {
      posting.document = moved[p][posting.document];
      if (posting.document == kGone) ++dropped;
      else list.add(posting);
    }
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

std::uint8_t stage_bits(std::span<const std::string> stages) {
  std::uint8_t bits = 0;
  for (const auto& stage : stages)
    for (int i = 0; i < 3; ++i)
      if (stage == kStages[i]) bits |= static_cast<std::uint8_t>(1 << i);
  return bits;
}

std::uint32_t day_number(std::string_view day) {
  if (day.size() != 10 || day[4] != '-' || day[7] != '-') return 0;
  std::uint32_t number = 0;
  for (const char c : day) {
    if (c == '-') continue;
    if (c < '0' || c > '9') return 0;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return number;
}

const std::uint8_t* PartData::find(TermKey key) const {
  const auto at = std::lower_bound(keys.begin(), keys.end(), key);
  if (at == keys.end() || *at != key) return nullptr;
  return postings.data() + offsets[static_cast<std::size_t>(at - keys.begin())];
}

std::int64_t PartData::frequency(TermKey key) const {
  const auto* list = find(key);
  std::int64_t frequency = list != nullptr ? PostingReader(list).left() : 0;
  const auto at = std::lower_bound(adjustments.begin(), adjustments.end(), key,
                                   [](const Adjustment& a, TermKey wanted) { return a.key < wanted; });
  if (at != adjustments.end() && at->key == key) frequency += at->documents;
  return frequency;
}

Document PartData::document(std::uint32_t row) const {
  CHECK(row < rows.size());
  BlobReader reader(blob.data() + rows[row].blob);
  Document document;
  document.id = reader.string();
  for (auto* field : {&document.kind, &document.segment, &document.region, &document.owner, &document.valid_to})
    *field = reader.string();
  for (const auto stage : split(reader.string(), ','))
    if (!stage.empty()) document.stages.emplace_back(stage);
  document.title = reader.text();
  document.text = reader.text();
  if (rows[row].trl != 0) document.trl = rows[row].trl;
  if (rows[row].amount_fen != kNoAmount) document.amount_fen = rows[row].amount_fen;
  document.updated_us = rows[row].updated_us;
  return document;
}

std::string_view PartData::id(std::uint32_t row) const { return BlobReader(blob.data() + rows[row].blob).string(); }

std::size_t PartData::bytes() const {
  return sizeof *this + rows.capacity() * sizeof(Row) + by_id.capacity() * 4 + keys.capacity() * 8 + offsets.capacity() * 4 +
         postings.capacity() + blob.capacity() + adjustments.capacity() * sizeof(Adjustment);
}

PartData make_part(const Document& document, const TermCounts& counts) {
  PartData part;
  Row row;
  row.id = stable_hash(document.id);
  row.text_kind = static_cast<std::uint8_t>(kind_from_text(document.title, document.text));
  row.kind = stable_hash(document.kind.empty() ? kKinds[row.text_kind] : std::string_view(document.kind));
  row.segment = stable_hash(document.segment);
  row.owner = stable_hash(document.owner);
  row.amount_fen = document.amount_fen.value_or(kNoAmount);
  row.updated_us = document.updated_us;
  for (const char c : document.region) row.region = c >= '0' && c <= '9' ? row.region * 10 + static_cast<std::uint32_t>(c - '0') : 0;
  row.valid_to = day_number(document.valid_to);
  row.title_length = counts.title_length;
  row.text_length = counts.text_length;
  row.trl = static_cast<std::uint8_t>(std::clamp(document.trl.value_or(0), 0, 9));
  row.stages = stage_bits(document.stages);
  part.rows.push_back(row);
  part.by_id.push_back(0);
  part.blob.reserve(200 + document.title.size() + document.text.size());
  write_document(part.blob, document);
  part.keys.reserve(counts.terms.size());
  part.offsets.reserve(counts.terms.size());
  part.postings.reserve(counts.terms.size() * 3);
  for (const TermCount& term : counts.terms) {
    part.keys.push_back(term.key);
    part.offsets.push_back(static_cast<std::uint32_t>(part.postings.size()));
    write_varint(part.postings, 1);
    write_posting(part.postings, 0, {0, term.text, term.title, term.word});
  }
  part.totals = {1, counts.title_length, counts.text_length};
  return part;
}

PartData make_removal(const TermCounts& counts) {
  PartData part;
  for (const TermCount& term : counts.terms) part.adjustments.push_back({term.key, -1});
  part.totals = {-1, -std::int64_t{counts.title_length}, -std::int64_t{counts.text_length}};
  return part;
}

PartData merge_parts(std::span<const Part> parts) {
  PartData merged;
  const auto moved = merge_rows(parts, merged);
  sort_by_id(merged);
  std::vector<Adjustment> adjustments;
  std::size_t postings = 0;
  std::size_t keys = 0;
  for (const Part& part : parts) {
    merged.totals += part.data->totals;
    merged.level = std::max(merged.level, part.data->level + 1);
    postings += part.data->postings.size();
    keys = std::max(keys, part.data->keys.size());
    adjustments.insert(adjustments.end(), part.data->adjustments.begin(), part.data->adjustments.end());
  }
  merged.postings.reserve(postings);
  merged.keys.reserve(keys * 2);
  merged.offsets.reserve(keys * 2);
  std::vector<std::size_t> cursor(parts.size(), 0);
  MergedList list;
  for (;;) {
    TermKey key = std::numeric_limits<TermKey>::max();
    for (std::size_t p = 0; p < parts.size(); ++p)
      if (cursor[p] < parts[p].data->keys.size()) key = std::min(key, parts[p].data->keys[cursor[p]]);
    if (key == std::numeric_limits<TermKey>::max()) break;
    list.clear();
    const std::uint32_t dropped = append_lists(parts, cursor, key, moved, list);
    // A document dropped here was taken off the statistics by an adjustment somewhere: this cancels it.
    if (dropped != 0) adjustments.push_back({key, dropped});
    if (list.empty()) continue;
    merged.keys.push_back(key);
    merged.offsets.push_back(static_cast<std::uint32_t>(merged.postings.size()));
    write_varint(merged.postings, list.count);
    merged.postings.insert(merged.postings.end(), list.bytes.begin(), list.bytes.end());
  }
  merged.adjustments = add_up(std::move(adjustments));
  merged.postings.shrink_to_fit();
  merged.keys.shrink_to_fit();
  merged.offsets.shrink_to_fit();
  CHECK(merged.rows.size() < (1U << 30));
  CHECK(merged.postings.size() < std::numeric_limits<std::uint32_t>::max());
  return merged;
}

}  // namespace jingwei::match
