// Any bytes: refused, or a statement whose signature can be checked.
#include "base/check.h"
#include "crypto/crypto.h"

using namespace jingwei;
using namespace jingwei::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const KeyPair key = KeyPair::from_seed({1});
  try {
    const CoseSign1 message = parse_cose_sign1({data, size});
    (void)message.verify(key.public_key());
    CHECK(cose_sign1(message.protected_header, message.payload, key).size() == size);
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::malformed);
  }
  return 0;
}
