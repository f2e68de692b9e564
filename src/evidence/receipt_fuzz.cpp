// Any bytes as a receipt, as the receipt's extra line, and as the statement in it: checking never throws, and nothing is valid but
// what the node signed. The seed corpus holds one valid receipt of the key below.
#include "base/check.h"
#include "evidence/evidence.h"

namespace {

using namespace jingwei;
using namespace jingwei::evidence;

const tlog::ProofPolicy& policy() {
  static const tlog::ProofPolicy pinned{
      {tlog::make_verifier_key("test.example/330400", tlog::KeyType::ed25519, crypto::KeyPair::from_seed({7}).public_key())}, {}, 0};
  return pinned;
}

/// A proof that is well formed, so that what it carries is read; no key of the policy signed its checkpoint.
std::string carry(ByteView extra) {
  static const std::string checkpoint = tlog::format_note(
      {tlog::format_checkpoint({"example.com/other", 1, tlog::empty_root(), {}}), {{"example.com/other", 1, Bytes(64, 1)}}});
  tlog::ProofText proof;
  proof.extra = Bytes(extra.begin(), extra.end());
  proof.checkpoint = checkpoint;
  return tlog::format_proof_text(proof);
}

void check(std::string_view receipt) {
  const ReceiptVerdict verdict = verify_receipt(receipt, policy());
  CHECK(!verdict.checks.empty());
  for (const auto& each : verdict.checks) CHECK(!each.name.zh.empty() && !each.name.en.empty());
  if (!verdict.valid) return;
  CHECK(verdict.statement && verdict.checkpoint && verdict.checkpoint->origin == "test.example/330400");
  CHECK(verdict.statement->issuer == "test.example/330400" && verdict.statement->kind == "entry_published");
  CHECK(json::serialize(verdict.statement->public_part) == R"({"title":"耐电解液密封圈"})");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  check(as_text(bytes));
  check(carry(bytes));
  const json::object extra{{"statement", to_base64(bytes)}, {"public", R"({"title":"耐电解液密封圈"})"}};
  check(carry(as_bytes(json::serialize(extra))));
  return 0;
}
