// Hashes of RFC 6962 section 2.1: a leaf and a node can never be taken for each other because of the byte in front.
#include "tlog/tlog.h"

namespace jingwei::tlog {

Hash leaf_hash(ByteView entry) {
  static constexpr std::uint8_t kLeaf[] = {0x00};
  return crypto::sha256({ByteView(kLeaf), entry});
}

Hash node_hash(const Hash& left, const Hash& right) {
  static constexpr std::uint8_t kNode[] = {0x01};
  return crypto::sha256({ByteView(kNode), ByteView(left), ByteView(right)});
}

Hash empty_root() { return crypto::sha256(ByteView{}); }

}  // namespace jingwei::tlog
