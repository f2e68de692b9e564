// Inclusion and consistency proofs: building them is RFC 6962 sections 2.1.1 and 2.1.2, checking them RFC 9162 sections
// 2.1.3.2 and 2.1.4.2.
#include <bit>

#include "base/check.h"
#include "tlog/tlog.h"

namespace jingwei::tlog {
namespace {

/// The largest power of two smaller than `size`, where the tree of `size` leaves splits; size > 1.
std::uint64_t split_of(std::uint64_t size) { return std::bit_floor(size - 1); }

/// MTH over leaves [begin, end): begin is a multiple of the power of two that spans the range, as every split makes it.
Hash range_hash(HashReader& hashes, std::uint64_t begin, std::uint64_t end) {
  const std::uint64_t size = end - begin;
  if (std::has_single_bit(size)) {
    const int level = std::countr_zero(size);
    return hashes.node(level, begin >> level);
  }
  const std::uint64_t middle = begin + split_of(size);
  return node_hash(range_hash(hashes, begin, middle), range_hash(hashes, middle, end));
}

/// PATH(index, [begin, end)).
void add_inclusion(HashReader& hashes, std::uint64_t index, std::uint64_t begin, std::uint64_t end, Proof& proof) {
  if (end - begin == 1) return;
  const std::uint64_t middle = begin + split_of(end - begin);
  if (index < middle) {
    add_inclusion(hashes, index, begin, middle, proof);
    proof.push_back(range_hash(hashes, middle, end));
  } else {
    add_inclusion(hashes, index, middle, end, proof);
    proof.push_back(range_hash(hashes, begin, middle));
  }
}

/// SUBPROOF over [begin, end) for the prefix that ends at `old_end`; `known` while the prefix is the old root itself.
void add_consistency(HashReader& hashes, std::uint64_t old_end, std::uint64_t begin, std::uint64_t end, bool known,
                     Proof& proof) {
  if (old_end == end) {
    if (!known) proof.push_back(range_hash(hashes, begin, end));
    return;
  }
  const std::uint64_t middle = begin + split_of(end - begin);
  if (old_end <= middle) {
    add_consistency(hashes, old_end, begin, middle, known, proof);
    proof.push_back(range_hash(hashes, middle, end));
  } else {
    add_consistency(hashes, old_end, middle, end, false, proof);
    proof.push_back(range_hash(hashes, begin, middle));
  }
}

}  // namespace

Hash tree_root(HashReader& hashes, std::uint64_t size) { return size == 0 ? empty_root() : range_hash(hashes, 0, size); }

Proof prove_inclusion(HashReader& hashes, std::uint64_t index, std::uint64_t size) {
  CHECK(index < size);
  Proof proof;
  add_inclusion(hashes, index, 0, size, proof);
  return proof;
}

Proof prove_consistency(HashReader& hashes, std::uint64_t old_size, std::uint64_t size) {
  CHECK(old_size <= size);
  Proof proof;
  if (old_size > 0) add_consistency(hashes, old_size, 0, size, true, proof);
  return proof;
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof, const Hash& root) {
  if (index >= size) return false;
  std::uint64_t place = index;
  std::uint64_t last = size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (last == 0) return false;
    if ((place & 1) != 0 || place == last) {
      hash = node_hash(sibling, hash);
      // At the right edge a node without a sibling moves up unchanged until it is a right child.
      while ((place & 1) == 0 && place != 0) {
        place >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    place >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root,
                        const Proof& proof) {
  if (old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (old_size == 0) return proof.empty() && old_root == empty_root();
  std::uint64_t place = old_size - 1;
  std::uint64_t last = size - 1;
  while ((place & 1) != 0) {
    place >>= 1;
    last >>= 1;
  }
  std::size_t next = 0;
  // The old tree is itself a node of the new one when its size is a power of two; the proof then leaves it out.
  const bool old_is_node = std::has_single_bit(old_size);
  if (!old_is_node && proof.empty()) return false;
  Hash old_hash = old_is_node ? old_root : proof[next++];
  Hash new_hash = old_hash;
  for (; next < proof.size(); ++next) {
    if (last == 0) return false;
    if ((place & 1) != 0 || place == last) {
      old_hash = node_hash(proof[next], old_hash);
      new_hash = node_hash(proof[next], new_hash);
      while ((place & 1) == 0 && place != 0) {
        place >>= 1;
        last >>= 1;
      }
    } else {
      new_hash = node_hash(new_hash, proof[next]);
    }
    place >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && new_hash == root;
}

}  // namespace jingwei::tlog
