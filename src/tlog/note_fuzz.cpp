// Any bytes as a signed note and as a vkey: refused, or written back the same.
#include "base/check.h"
#include "tlog/tlog.h"

using namespace jingwei;
using namespace jingwei::tlog;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const VerifierKey keys[] = {parse_vkey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
                                     parse_vkey("witness.example/w1+c03ad8d4+BOHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")};
  const std::string_view text = as_text({data, size});
  try {
    const SignedNote note = parse_note(text);
    CHECK(format_note(note) == text);
    (void)verify_note(note, keys);
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::malformed);
  }
  try {
    CHECK(format_vkey(parse_vkey(text)) == text);
  } catch (const Rejected& rejected) {
    CHECK(rejected.code() == Code::malformed);
  }
  return 0;
}
