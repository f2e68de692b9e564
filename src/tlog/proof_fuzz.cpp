// Any bytes as a tlog-proof: refused, or written back the same; checking it never throws and never passes.
#include <algorithm>

#include "base/check.h"
#include "tlog/tlog.h"

using namespace jingwei;
using namespace jingwei::tlog;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ProofPolicy policy{{parse_vkey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")}, {}, 0};
  const std::string_view text = as_text({data, size});
  try {
    CHECK(format_proof_text(parse_proof_text(text)) == text);
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::malformed);
  }
  const auto checks = verify_proof(text, {}, policy);
  CHECK(!std::ranges::all_of(checks, &ProofCheck::passed));
  return 0;
}
