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
constexpr std::uint32_t kStride = 8;  ///< documents of a block that are passed over at once

Lanes load(const std::uint8_t* at) {
  Lanes lanes;
  std::memcpy(&lanes, at, sizeof lanes);
  return lanes;
}

void write_varint(LargeVector<std::uint8_t>& out, std::uint32_t value) {
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

constexpr std::uint8_t kCountsOfForm[] = {0x01, 0x10, 0x11, 0};
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

/// Bits 0, 2, 4, ... next to each other.
std::uint32_t every_other_bit(std::uint64_t bits) {
  bits = (bits | bits >> 1) & 0x3333333333333333ULL;
  bits = (bits | bits >> 2) & 0x0f0f0f0f0f0f0f0fULL;
  bits = (bits | bits >> 4) & 0x00ff00ff00ff00ffULL;
  bits = (bits | bits >> 8) & 0x0000ffff0000ffffULL;
  return static_cast<std::uint32_t>(bits | bits >> 16);
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

void write_list(std::span<const Posting> postings, const Saturation& saturation, DocumentLengths lengths, LargeVector<std::uint8_t>& out) {
  const std::size_t begin = out.size();
  const auto share = [&](const Posting& p) { return saturation.of(p.text, p.title, lengths.text_steps[p.document], lengths.title_steps[p.document]); };
  static_assert(sizeof(ListCursor::Head) == kHeadBytes);
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
      out.resize(out.size() + kFormBytes, 0);
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
  ListCursor cursor(list, {});
  for (std::uint32_t block = 0; block < cursor.blocks_; ++block) {
    cursor.decode(block);
    for (std::uint32_t i = 0; i < cursor.size_; ++i) {
      const std::uint8_t counts = cursor.counts_at(i);
      out.push_back({cursor.documents_[i], static_cast<std::uint8_t>(counts & 15), static_cast<std::uint8_t>(counts >> 4)});
    }
  }
}

Gain::Gain(float weight_of_list, const Saturation& shares, bool is_flat) : saturation(&shares), weight(weight_of_list), flat(is_flat) {
  const float* const share = shares.once_in_text();
  for (std::size_t step = 0; step < once.size(); ++step) once[step] = static_cast<std::uint16_t>(is_flat ? weight : weight * share[step]);
}

ListCursor::ListCursor(const std::uint8_t* list, DocumentLengths lengths, bool flat) : list_(list), lengths_(lengths), flat_(flat) {
  count_ = read_varint(list);
  largest_ = static_cast<float>(*list) / 255.0F;
  ++list;
  heads_ = list;
  full_ = static_cast<std::uint32_t>(count_ / kBlockDocuments);
  blocks_ = full_ + (count_ % kBlockDocuments != 0 ? 1 : 0);
}

void ListCursor::decode(std::uint32_t block) {
  block_ = block;
  decoded_ = true;
  at_ = 0;
  special_ = {};
  if (block == full_) return decode_rest();
  const Head own = head(block);
  const std::uint8_t* in = list_ + own.offset;
  size_ = kBlockDocuments;
  unpack_documents(in, own.bits, block == 0 ? kNoDocument : head(block - 1).last, documents_.data());
  if (own.forms != 0 && !flat_) decode_forms(in + 16U * own.bits);
}

/// Most documents hold a term once in their text: only the others are touched. No branch asks for the form, which cannot be foretold.
void ListCursor::decode_forms(const std::uint8_t* forms) {
  constexpr std::uint64_t kLow = 0x5555555555555555ULL;
  const std::uint8_t* counts = forms + kFormBytes;
  for (std::uint32_t first = 0; first < kBlockDocuments; first += 32) {
    std::uint64_t word;
    std::memcpy(&word, forms + first / 4, sizeof word);
    const std::uint64_t special = (word | word >> 1) & kLow;
    if (special == 0) continue;
    special_[first / 64] |= std::uint64_t{every_other_bit(special)} << (first % 64);
    for (std::uint64_t left = special; left != 0; left &= left - 1) {
      const int bit = std::countr_zero(left);
      const std::uint32_t i = first + static_cast<std::uint32_t>(bit) / 2;
      counts_[i] = kCountsOfForm[word >> bit & 3];
      if (lengths_.title_steps != nullptr) __builtin_prefetch(lengths_.title_steps + documents_[i]);  // read at last, and by few
    }
    for (std::uint64_t left = word & word >> 1 & kLow; left != 0; left &= left - 1) counts_[first + static_cast<std::uint32_t>(std::countr_zero(left)) / 2] = *counts++;
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
  for (std::uint32_t i = 0; i < size_; ++i) {
    const std::uint32_t gap = read_varint(in);
    document += gap >> 2;
    documents_[i] = document;
    const std::uint32_t form = gap & 3;
    if (form == 0) continue;
    counts_[i] = form == 3 ? *in++ : kCountsOfForm[form];
    special_[i / 64] |= std::uint64_t{1} << (i % 64);
  }
}

bool ListCursor::seek_block(std::uint32_t document) {
  std::uint32_t block = block_;
  while (block < full_ && head(block).last < document) ++block;
  if (block >= blocks_) {
    block_ = blocks_;
    return false;
  }
  if (!decoded_ || block != block_) decode(block);
  return true;
}

ListCursor::Within ListCursor::within(std::uint32_t from, std::uint32_t to) {
  if (full_ == 0) return block_ < blocks_ ? Within{largest_, count_} : Within{};
  ahead_ = std::max(ahead_, block_);
  while (ahead_ < full_ && head(ahead_).last < from) ++ahead_;
  if (ahead_ >= blocks_) return {};
  std::uint8_t largest = 0;
  std::uint32_t block = ahead_;
  while (block < full_) {
    const Head own = head(block++);
    largest = std::max(largest, own.largest);
    if (own.last + 1 >= to) return {static_cast<float>(largest) / 255.0F, (block - ahead_) * static_cast<std::uint32_t>(kBlockDocuments)};
  }
  // The rest has no head: the whole list's largest is as good a bound.
  const std::uint32_t count = (full_ - ahead_) * static_cast<std::uint32_t>(kBlockDocuments) + count_ % static_cast<std::uint32_t>(kBlockDocuments);
  return {full_ < blocks_ ? largest_ : static_cast<float>(largest) / 255.0F, count};
}

template <class Use>
void ListCursor::each_run(std::uint32_t from, std::uint32_t to, const Use& use) {
  while (block_ < blocks_ && seek_block(from)) {
    while (at_ < size_ && documents_[at_] < from) ++at_;
    const std::uint32_t begin = at_;
    std::uint32_t end = size_;
    if (documents_[size_ - 1] >= to) end = static_cast<std::uint32_t>(std::lower_bound(documents_.begin() + begin, documents_.begin() + size_, to) - documents_.begin());
    use(begin, end);
    at_ = end;
    if (end < size_) return;
    ++block_;
    decoded_ = false;
  }
}

void ListCursor::add(std::uint32_t from, std::uint32_t to, const Gain& gain, std::uint16_t* scores, std::uint32_t least, Marks& over,
                     std::vector<std::uint32_t>* given) {
  const std::uint16_t* const once = gain.once.data();
  const std::uint8_t* const steps = lengths_.text_steps;
  const auto give = [&](std::uint32_t document, std::uint16_t more) {
    const std::uint32_t at = document - from;
    const auto score = static_cast<std::uint16_t>(scores[at] + more);
    scores[at] = score;
    // Seldom, once the floor has risen: foretold well.
    if (score > least) over.set(at);
  };
  each_run(from, to, [&](std::uint32_t begin, std::uint32_t end) {
    if (given != nullptr) given->insert(given->end(), documents_.begin() + begin, documents_.begin() + end);
    if (gain.flat) {
      for (std::uint32_t i = begin; i < end; ++i) give(documents_[i], once[0]);
      return;
    }
    for (std::uint32_t i = begin; i < end; ++i) give(documents_[i], once[steps[documents_[i]]]);
    for (std::uint32_t half = 0; half < 2; ++half)
      for (std::uint64_t left = special_[half]; left != 0; left &= left - 1) {
        const std::uint32_t i = half * 64 + static_cast<std::uint32_t>(std::countr_zero(left));
        if (i >= begin && i < end) give(documents_[i], static_cast<std::uint16_t>(given_at(i, gain) - once[steps[documents_[i]]]));
      }
  });
}

void ListCursor::add_marked(std::uint32_t from, std::uint32_t to, const Gain& gain, std::uint16_t* scores, const Marks& marked) {
  each_run(from, to, [&](std::uint32_t begin, std::uint32_t end) {
    std::array<std::uint8_t, kBlockDocuments> held;
    std::uint32_t count = 0;
    for (std::uint32_t i = begin; i < end; ++i) {
      held[count] = static_cast<std::uint8_t>(i);
      count += marked.holds(documents_[i] - from);
    }
    for (const std::uint8_t i : std::span(held).first(count)) scores[documents_[i] - from] += given_at(i, gain);
  });
}

std::uint16_t ListCursor::given(std::uint32_t document, const Gain& gain) {
  if (block_ >= blocks_ || !seek_block(document)) return 0;
  while (at_ + kStride <= size_ && documents_[at_ + kStride - 1] < document) at_ += kStride;
  while (at_ < size_ && documents_[at_] < document) ++at_;
  return at_ < size_ && documents_[at_] == document ? given_at(at_, gain) : 0;
}

}  // namespace jingwei::match
