// RFC 6962 section 2.1 written down word by word, for tests to compare with: slow, recursive, with a memory.
#pragma once

#include <bit>
#include <map>
#include <vector>

#include "base/bytes.h"
#include "tlog/tlog.h"

namespace jingwei::tlog::testing {

/// Entry `index` of the log that tests build: its length and content vary with the index.
inline Bytes model_entry(std::uint64_t index) {
  Bytes entry(index % 37, static_cast<std::uint8_t>(index));
  const std::string text = "entry " + std::to_string(index);
  entry.insert(entry.end(), text.begin(), text.end());
  return entry;
}

class ModelTree : public HashReader {
 public:
  explicit ModelTree(std::uint64_t size) {
    for (std::uint64_t i = 0; i < size; ++i) leaves_.push_back(leaf_hash(model_entry(i)));
  }

  Hash node(int level, std::uint64_t index) override { return mth(index << level, (index + 1) << level); }
  const Hash& leaf(std::uint64_t index) const { return leaves_[index]; }
  Hash root(std::uint64_t size) { return mth(0, size); }
  /// PATH(m, D[0:n]).
  Proof path(std::uint64_t m, std::uint64_t n) { return path(m, 0, n); }
  /// PROOF(m, D[0:n]).
  Proof proof(std::uint64_t m, std::uint64_t n) { return subproof(m, 0, n, true); }

 private:
  static std::uint64_t split(std::uint64_t n) {
    std::uint64_t k = 1;
    while (k * 2 < n) k *= 2;
    return k;
  }
  const Hash& mth(std::uint64_t begin, std::uint64_t end) {
    const auto [at, fresh] = known_.try_emplace({begin, end});
    if (!fresh) return at->second;
    const std::uint64_t n = end - begin;
    Hash hash = empty_root();
    if (n == 1) {
      hash = leaves_[begin];
    } else if (n > 1) {
      const Hash left = mth(begin, begin + split(n));
      hash = node_hash(left, mth(begin + split(n), end));
    }
    return at->second = hash;
  }
  Proof path(std::uint64_t m, std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t n = end - begin;
    if (n == 1) return {};
    const std::uint64_t k = split(n);
    Proof out = m < k ? path(m, begin, begin + k) : path(m - k, begin + k, end);
    out.push_back(m < k ? mth(begin + k, end) : mth(begin, begin + k));
    return out;
  }
  Proof subproof(std::uint64_t m, std::uint64_t begin, std::uint64_t end, bool whole) {
    const std::uint64_t n = end - begin;
    if (m == n) return whole ? Proof{} : Proof{mth(begin, end)};
    const std::uint64_t k = split(n);
    Proof out = m <= k ? subproof(m, begin, begin + k, whole) : subproof(m - k, begin + k, end, false);
    out.push_back(m <= k ? mth(begin + k, end) : mth(begin, begin + k));
    return out;
  }

  std::vector<Hash> leaves_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, Hash> known_;
};

}  // namespace jingwei::tlog::testing
