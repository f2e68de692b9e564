#include "match/internal/postings.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "base/check.h"

namespace jingwei::match {
namespace {

/// Four lanes; GCC (from 12) and Clang turn it into SSE2 or NEON.
using Lanes = std::uint32_t __attribute__((vector_size(16)));

constexpr std::uint32_t kExactLengths = 192;
constexpr double kStepsPerDoubling = 14;
constexpr std::size_t kFormBytes = kBlockDocuments / 4;
constexpr std::size_t kHeadBytes = 12;

Lanes load(const std::uint8_t* at) {
  Lanes lanes;
  std::memcpy(&lanes, at, sizeof lanes);
  return lanes;
}

void write_varint(std::vector<std::uint8_t>& out, std::uint32_t value) {
  while (value >= 128) {
    out.push_back(static_cast<std::uint8_t>(value | 128));
    value >>= 7;
  }
  out.push_back(static_cast<std::uint8_t>(value));
}

std::uint32_t read_varint(const std::uint8_t*& at) {
  std::uint32_t value = *at++;
  if (value < 128) return value;
  value &= 127;
  for (int shift = 7;; shift += 7) {
    const std::uint32_t byte = *at++;
    value |= (byte & 127) << shift;
    if (byte < 128) return value;
  }
}

std::uint8_t form_of(const Posting& posting) {
  if (posting.text == 1 && posting.title == 0) return 0;
  if (posting.text == 0 && posting.title == 1) return 1;
  return posting.text == 1 && posting.title == 1 ? 2 : 3;
}

constexpr std::uint8_t kCountsOfForm[] = {0x01, 0x10, 0x11};
std::uint8_t counts_of(const Posting& posting) { return static_cast<std::uint8_t>(posting.text | posting.title << 4); }

/// Rounded up: a bound must not be too small.
std::uint8_t share_byte(float share) { return static_cast<std::uint8_t>(std::min(255.0F, std::ceil(share * 255.0F))); }

/// Value i lies in lane i % 4, bits from i / 4 * `bits` of that lane.
void pack(const std::array<std::uint32_t, kBlockDocuments>& values, std::uint32_t bits, std::uint8_t* out) {
  std::array<std::uint32_t, kBlockDocuments + 4> words{};
  for (std::size_t i = 0; i < kBlockDocuments; ++i) {
    const std::size_t bit = i / 4 * bits;
    const std::size_t word = bit / 32 * 4 + i % 4;
    const std::uint64_t shifted = std::uint64_t{values[i]} << (bit % 32);
    words[word] |= static_cast<std::uint32_t>(shifted);
    if (bit % 32 + bits > 32) words[word + 4] |= static_cast<std::uint32_t>(shifted >> 32);
  }
  std::memcpy(out, words.data(), 16 * bits);
}

/// Gaps back to documents: unpack, add one, sum up.
void unpack_documents(const std::uint8_t* in, std::uint32_t bits, std::uint32_t before, std::uint32_t* out) {
  const Lanes ones = {1, 1, 1, 1};
  const std::uint32_t mask_value = bits == 32 ? ~0U : (1U << bits) - 1;
  const Lanes mask = {mask_value, mask_value, mask_value, mask_value};
  const Lanes zero = {0, 0, 0, 0};
  Lanes sum = {before, before, before, before};
  Lanes word = bits == 0 ? zero : load(in);
  std::uint32_t bit = 0;
  for (std::size_t i = 0; i < kBlockDocuments / 4; ++i) {
    Lanes value = word >> bit;
    bit += bits;
    if (bit >= 32 && i + 1 < kBlockDocuments / 4) {
      bit -= 32;
      in += 16;
      word = load(in);
      if (bit > 0) value |= word << (bits - bit);
    }
    value = (value & mask) + ones;
    value += __builtin_shufflevector(zero, value, 0, 4, 5, 6);
    value += __builtin_shufflevector(zero, value, 0, 0, 4, 5);
    sum = value + __builtin_shufflevector(sum, sum, 3, 3, 3, 3);
    std::memcpy(out + i * 4, &sum, sizeof sum);
  }
}

}  // namespace

std::uint8_t length_step(std::uint32_t length) {
  if (length < kExactLengths) return static_cast<std::uint8_t>(length);
  const double doublings = std::log2(static_cast<double>(length) / kExactLengths);
  return static_cast<std::uint8_t>(std::min(255.0, kExactLengths + kStepsPerDoubling * doublings));
}

Saturation::Saturation(const Weights& weights) : k1_(static_cast<float>(weights.text.k1)) {
  const auto& w = weights.text;
  for (std::uint32_t step = 0; step < 256; ++step) {
    const double length = step < kExactLengths ? step : kExactLengths * std::exp2((step - kExactLengths) / kStepsPerDoubling);
    body_[step] = static_cast<float>(w.body / (1 - w.b_body + w.b_body * length / w.body_length));
    title_[step] = static_cast<float>(w.title / (1 - w.b_title + w.b_title * length / w.title_length));
    once_in_text_[step] = body_[step] / (k1_ + body_[step]);
  }
}

void write_list(std::span<const Posting> postings, const Saturation& saturation, DocumentLengths lengths, std::vector<std::uint8_t>& out) {
  const std::size_t begin = out.size();
  const auto share = [&](const Posting& p) { return saturation.of(p.text, p.title, lengths.text_steps[p.document], lengths.title_steps[p.document]); };
  write_varint(out, static_cast<std::uint32_t>(postings.size()));
  const std::size_t largest_at = out.size();
  out.push_back(0);
  const std::size_t full = postings.size() / kBlockDocuments;
  const std::size_t heads_at = out.size();
  out.resize(out.size() + full * kHeadBytes);
  std::uint32_t before = kNoDocument;  // the first gap counts from document -1
  std::uint8_t largest = 0;
  for (std::size_t block = 0; block < full; ++block) {
    const auto group = postings.subspan(block * kBlockDocuments, kBlockDocuments);
    ListCursor::Head head{group.back().document, static_cast<std::uint32_t>(out.size() - begin), 0, 0, 0, 0};
    std::array<std::uint32_t, kBlockDocuments> gaps;
    std::uint32_t all = 0;
    for (std::size_t i = 0; i < kBlockDocuments; ++i) {
      all |= gaps[i] = group[i].document - before - 1;
      before = group[i].document;
      head.forms |= static_cast<std::uint8_t>(form_of(group[i]) != 0);
      head.largest = std::max(head.largest, share_byte(share(group[i])));
    }
    head.bits = static_cast<std::uint8_t>(std::bit_width(all));
    largest = std::max(largest, head.largest);
    out.resize(out.size() + 16U * head.bits);
    pack(gaps, head.bits, out.data() + out.size() - 16U * head.bits);
    if (head.forms != 0) {
      out.resize(out.size() + kFormBytes);
      std::uint8_t* const forms = out.data() + out.size() - kFormBytes;
      for (std::size_t i = 0; i < kBlockDocuments; ++i) forms[i / 4] |= static_cast<std::uint8_t>(form_of(group[i]) << (i % 4 * 2));
      for (const Posting& posting : group)
        if (form_of(posting) == 3) out.push_back(counts_of(posting));
    }
    std::memcpy(out.data() + heads_at + block * kHeadBytes, &head, kHeadBytes);
  }
  for (const Posting& posting : postings.subspan(full * kBlockDocuments)) {
    write_varint(out, (posting.document - before) << 2 | form_of(posting));
    before = posting.document;
    if (form_of(posting) == 3) out.push_back(counts_of(posting));
    largest = std::max(largest, share_byte(share(posting)));
  }
  out[largest_at] = largest;
}

std::uint32_t list_count(const std::uint8_t* list) { return read_varint(list); }

void read_list(const std::uint8_t* list, std::vector<Posting>& out) {
  ListCursor cursor(list, nullptr, {});
  for (std::uint32_t block = 0; block < cursor.blocks_; ++block) {
    cursor.decode(block);
    for (std::uint32_t i = 0; i < cursor.size_; ++i) {
      const std::uint8_t counts = cursor.plain_ ? kCountsOfForm[0] : cursor.counts_[i];
      out.push_back({cursor.documents_[i], static_cast<std::uint8_t>(counts & 15), static_cast<std::uint8_t>(counts >> 4)});
    }
  }
}

ListCursor::ListCursor(const std::uint8_t* list, const Saturation* saturation, DocumentLengths lengths, bool flat)
    : list_(list), saturation_(saturation), lengths_(lengths), flat_(flat) {
  count_ = read_varint(list);
  largest_ = flat ? 1 : static_cast<float>(*list) / 255.0F;
  ++list;
  heads_ = list;
  full_ = static_cast<std::uint32_t>(count_ / kBlockDocuments);
  blocks_ = full_ + (count_ % kBlockDocuments != 0 ? 1 : 0);
  if (full_ == 0 && saturation_ != nullptr) {
    decode_rest();
    decoded_ = true;
  }
}

ListCursor::Head ListCursor::head(std::uint32_t block) const {
  Head head;
  static_assert(sizeof head == kHeadBytes);
  std::memcpy(&head, heads_ + block * kHeadBytes, kHeadBytes);
  return head;
}

void ListCursor::decode(std::uint32_t block) {
  block_ = block;
  decoded_ = true;
  at_ = 0;
  plain_ = true;
  if (block == full_) return decode_rest();
  const Head own = head(block);
  const std::uint8_t* in = list_ + own.offset;
  size_ = kBlockDocuments;
  unpack_documents(in, own.bits, block == 0 ? kNoDocument : head(block - 1).last, documents_.data());
  if (own.forms == 0) return;
  plain_ = false;
  const std::uint8_t* forms = in + 16U * own.bits;
  const std::uint8_t* counts = forms + kFormBytes;
  for (std::size_t i = 0; i < kBlockDocuments; ++i) {
    const std::uint8_t form = forms[i / 4] >> (i % 4 * 2) & 3;
    counts_[i] = form == 3 ? *counts++ : kCountsOfForm[form];
  }
}

void ListCursor::decode_rest() {
  const std::uint8_t* in = heads_;
  std::uint32_t document = kNoDocument;
  if (full_ > 0) {
    const Head last = head(full_ - 1);
    document = last.last;
    in = list_ + last.offset + 16U * last.bits;
    if (last.forms != 0) {
      const std::uint8_t* forms = in;
      in += kFormBytes;
      for (std::size_t i = 0; i < kBlockDocuments; ++i) in += (forms[i / 4] >> (i % 4 * 2) & 3) == 3;
    }
  }
  size_ = static_cast<std::uint32_t>(count_ % kBlockDocuments);
  plain_ = true;
  for (std::uint32_t i = 0; i < size_; ++i) {
    const std::uint32_t gap = read_varint(in);
    document += gap >> 2;
    documents_[i] = document;
    const std::uint32_t form = gap & 3;
    counts_[i] = form == 3 ? *in++ : kCountsOfForm[form];
    plain_ = plain_ && form == 0;
  }
}

float ListCursor::share_at(std::uint32_t i) const {
  if (flat_) return 1;
  const std::uint32_t document = documents_[i];
  const std::uint8_t step = lengths_.text_steps[document];
  if (plain_ || counts_[i] == kCountsOfForm[0]) return saturation_->once_in_text()[step];
  return saturation_->of(counts_[i] & 15, static_cast<std::uint8_t>(counts_[i] >> 4), step, lengths_.title_steps[document]);
}

bool ListCursor::seek_block(std::uint32_t document) {
  if (decoded_ && at_ < size_ && documents_[size_ - 1] >= document) return true;
  std::uint32_t block = decoded_ ? block_ + 1 : block_;
  while (block < full_ && head(block).last < document) ++block;
  if (block >= blocks_) {
    block_ = blocks_;
    decoded_ = false;
    return false;
  }
  decode(block);
  return true;
}

float ListCursor::largest_within(std::uint32_t from, std::uint32_t to) {
  float largest = 0;
  ahead_ = std::max(ahead_, block_);
  while (ahead_ < full_ && head(ahead_).last < from) ++ahead_;
  for (std::uint32_t block = ahead_; block < blocks_; ++block) {
    // What is decoded is known exactly; it often begins behind the window.
    if (decoded_ && block == block_) {
      while (at_ < size_ && documents_[at_] < from) ++at_;
      if (at_ < size_ && documents_[at_] >= to) break;
      if (at_ < size_) largest = std::max(largest, largest_of(block));
    } else {
      largest = std::max(largest, largest_of(block));
    }
    if (last_of(block) + 1 >= to) break;
  }
  return largest;
}

void ListCursor::add(std::uint32_t from, std::uint32_t to, float weight, float* scores) {
  while (block_ < blocks_ && seek_block(from)) {
    while (at_ < size_ && documents_[at_] < from) ++at_;
    std::uint32_t i = at_;
    std::uint32_t end = i;
    if (size_ > 0 && documents_[size_ - 1] < to) end = size_;
    else while (end < size_ && documents_[end] < to) ++end;
    if (flat_) {
      for (; i < end; ++i) scores[documents_[i] - from] += weight;
    } else if (plain_) {
      const float* const once = saturation_->once_in_text();
      const std::uint8_t* const steps = lengths_.text_steps;
      for (; i < end; ++i) scores[documents_[i] - from] += weight * once[steps[documents_[i]]];
    } else {
      for (; i < end; ++i) scores[documents_[i] - from] += weight * share_at(i);
    }
    at_ = i;
    if (i < size_ || block_ + 1 >= blocks_) return;
  }
}

float ListCursor::share_of(std::uint32_t document) {
  if (block_ >= blocks_ || !seek_block(document)) return 0;
  while (at_ < size_ && documents_[at_] < document) ++at_;
  return at_ < size_ && documents_[at_] == document ? share_at(at_) : 0;
}

}  // namespace jingwei::match
