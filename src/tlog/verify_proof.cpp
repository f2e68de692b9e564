// Checks a tlog-proof offline, step by step, so that a person can see which step fails.
#include <algorithm>

#include <fmt/format.h>

#include "tlog/internal/reading.h"

namespace jingwei::tlog {
namespace {

const Bilingual kFormat{"证明格式", "Format of the proof"};
const Bilingual kLogSignature{"日志签名", "Signature of the log"};
const Bilingual kInclusion{"收录于日志", "Inclusion in the log"};
const Bilingual kWitnesses{"见证签名", "Cosignatures of witnesses"};
const Bilingual kNotReached{"前面的检查未通过，未能检查", "not checked, because an earlier check failed"};

ProofCheck check_log_signature(const ProofText& proof, const ProofPolicy& policy, Checkpoint& checkpoint) {
  const SignedNote note = parse_note(proof.checkpoint);
  checkpoint = parse_checkpoint(note.text);
  const auto log = std::ranges::find(policy.logs, checkpoint.origin, &VerifierKey::name);
  if (log == policy.logs.end()) {
    return {kLogSignature, false,
            {fmt::format("不认识日志 {}", checkpoint.origin), fmt::format("the log {} is not known", checkpoint.origin)}};
  }
  try {
    // All known keys of that name: a log may be changing its key.
    std::vector<VerifierKey> keys;
    std::ranges::copy_if(policy.logs, std::back_inserter(keys),
                         [&](const VerifierKey& key) { return key.name == checkpoint.origin; });
    if (verify_note(note, keys).empty()) {
      return {kLogSignature, false, {"检查点上没有该日志的签名", "the checkpoint is not signed by the log's key"}};
    }
  } catch (const Rejected& rejected) {
    return {kLogSignature, false, rejected.message()};
  }
  return {kLogSignature, true,
          {fmt::format("{} 签署的检查点，共 {} 条", checkpoint.origin, checkpoint.size),
           fmt::format("checkpoint of {} entries, signed by {}", checkpoint.size, checkpoint.origin)}};
}

ProofCheck check_inclusion(const ProofText& proof, ByteView leaf, const Checkpoint& checkpoint) {
  if (!verify_inclusion(leaf_hash(leaf), proof.index, checkpoint.size, proof.path, checkpoint.root)) {
    return {kInclusion, false,
            {"由声明内容算不出检查点的根哈希：内容或路径被改动",
             "the statement does not lead to the checkpoint's root: it or the path was changed"}};
  }
  return {kInclusion, true, {fmt::format("第 {} 条（从 0 起）", proof.index), fmt::format("entry {} (counted from 0)", proof.index)}};
}

ProofCheck check_witnesses(const ProofText& proof, const ProofPolicy& policy) {
  std::size_t found = 0;
  try {
    found = verify_note(parse_note(proof.checkpoint), policy.witnesses).size();
  } catch (const Rejected& rejected) {
    return {kWitnesses, false, rejected.message()};
  }
  return {kWitnesses, found >= policy.quorum,
          {fmt::format("需要 {} 个，有效 {} 个", policy.quorum, found), fmt::format("{} needed, {} valid", policy.quorum, found)}};
}

}  // namespace

std::vector<ProofCheck> verify_proof(std::string_view proof_text, ByteView leaf, const ProofPolicy& policy) {
  ProofText proof;
  try {
    proof = parse_proof_text(proof_text);
  } catch (const Rejected& rejected) {
    return {{kFormat, false, rejected.message()},
            {kLogSignature, false, kNotReached},
            {kInclusion, false, kNotReached},
            {kWitnesses, false, kNotReached}};
  }
  std::vector<ProofCheck> checks{{kFormat, true, {"C2SP tlog-proof v1", "C2SP tlog-proof v1"}}};
  Checkpoint checkpoint;
  checks.push_back(check_log_signature(proof, policy, checkpoint));
  // Inclusion below an unsigned root would prove nothing, so it is not claimed.
  checks.push_back(checks.back().passed ? check_inclusion(proof, leaf, checkpoint) : ProofCheck{kInclusion, false, kNotReached});
  checks.push_back(check_witnesses(proof, policy));
  return checks;
}

}  // namespace jingwei::tlog
