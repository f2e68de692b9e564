// Receipts: one text file that proves a statement offline.
#include "evidence/evidence.h"

namespace jingwei::evidence {
namespace {

struct Extra {
  Bytes cose;
  std::string public_text;
};

[[noreturn]] void refuse(const char* zh, const char* en) {
  throw Rejected(Code::malformed, "", {zh, en}, {"请重新下载回执，不要改动文件内容", "download the receipt again and do not change the file"});
}

/// The statement and its public part from the proof's extra line.
Extra read_extra(const tlog::ProofText& proof) {
  if (!proof.extra) refuse("回执里没有存证声明", "the receipt holds no statement");
  const json::value value = parse_json(as_text(*proof.extra));
  const auto* object = value.if_object();
  const auto* statement = object != nullptr && object->contains("statement") ? object->at("statement").if_string() : nullptr;
  const auto* text = object != nullptr && object->contains("public") ? object->at("public").if_string() : nullptr;
  if (statement == nullptr || text == nullptr) refuse("回执的附加内容不完整", "the receipt's extra line is incomplete");
  const auto cose = from_base64(*statement);
  if (!cose) refuse("存证声明不是合法的 base64", "the statement is not valid base64");
  return {*cose, std::string(*text)};
}

/// The issuer's key is the log's key: a node signs its statements and its log with one key, pinned by name.
std::optional<crypto::PublicKey> key_of(const tlog::ProofPolicy& policy, const std::string& issuer) {
  for (const auto& log : policy.logs)
    if (log.name == issuer) return log.public_key;
  return std::nullopt;
}

Check check(const char* zh, const char* en, bool passed, std::string detail_zh, std::string detail_en) {
  return {{zh, en}, passed, {std::move(detail_zh), std::move(detail_en)}};
}

void check_statement(const Extra& extra, const tlog::ProofText& proof, const tlog::ProofPolicy& policy, ReceiptVerdict& verdict) {
  const crypto::CoseSign1 cose = crypto::parse_cose_sign1(extra.cose);
  const Claims claims = read_claims(cose);
  const auto key = key_of(policy, claims.issuer);
  const bool signed_by_issuer = key && cose.verify(*key);
  verdict.checks.push_back(check("出具方签名", "Issuer's signature", signed_by_issuer,
                                 signed_by_issuer ? claims.issuer + " 签署"
                                 : key            ? "签名与公钥不符"
                                                  : "不认识出具方 " + claims.issuer,
                                 signed_by_issuer ? "signed by " + claims.issuer
                                 : key            ? "the signature does not match the key"
                                                  : "unknown issuer " + claims.issuer));
  const bool unchanged = crypto::sha256(as_bytes(extra.public_text)) == claims.public_digest;
  verdict.checks.push_back(check("公开内容", "Public part", unchanged, unchanged ? "与声明中的摘要一致" : "内容被改动过，与声明中的摘要不符",
                                 unchanged ? "matches the digest in the statement" : "was changed: it does not match the digest in the statement"));
  verdict.statement = Statement{claims.id, static_cast<std::int64_t>(proof.index), claims.kind, claims.subject, to_rfc3339(claims.at), claims.issuer, {}};
  if (unchanged) verdict.statement->public_part = parse_json(extra.public_text).as_object();
}

}  // namespace

std::string make_receipt(store::Connection& connection, const tlog::TileLog& log, std::string_view statement_id) {
  std::optional<std::int64_t> leaf;
  Bytes cose;
  std::string public_text;
  connection.query("SELECT leaf, cose, public_text FROM statements WHERE id = $1", {statement_id}, [&](const store::Row& row) {
    leaf = row.integer(0);
    const ByteView bytes = row.bytes(1);
    cose.assign(bytes.begin(), bytes.end());
    public_text = row.string(2);
  });
  if (!leaf) throw Rejected(Code::not_found, {"没有这条存证声明", "No such statement"});
  tlog::ProofText proof = log.prove(static_cast<std::uint64_t>(*leaf));
  const std::string extra = json::serialize(json::object{{"statement", to_base64(cose)}, {"public", public_text}});
  const ByteView bytes = as_bytes(extra);
  proof.extra = Bytes(bytes.begin(), bytes.end());
  return tlog::format_proof_text(proof);
}

ReceiptVerdict verify_receipt(std::string_view receipt, const tlog::ProofPolicy& policy) {
  ReceiptVerdict verdict;
  try {
    if (receipt.size() > kReceiptBytesMax) throw Rejected(Code::too_large, {"文件太大，不是回执", "The file is too large to be a receipt"});
    const tlog::ProofText proof = tlog::parse_proof_text(receipt);
    const Extra extra = read_extra(proof);
    for (auto& passed : tlog::verify_proof(receipt, extra.cose, policy)) verdict.checks.push_back({passed.name, passed.passed, passed.detail});
    check_statement(extra, proof, policy, verdict);
    verdict.checkpoint = tlog::parse_checkpoint(tlog::parse_note(proof.checkpoint).text);
    verdict.valid = true;
    for (const auto& each : verdict.checks) verdict.valid = verdict.valid && each.passed;
  } catch (const Rejected& rejected) {
    verdict.valid = false;
    verdict.checks.push_back({{"回执格式", "Receipt format"}, false, rejected.message()});
  } catch (const std::exception& unreadable) {
    verdict.valid = false;
    verdict.checks.push_back({{"回执格式", "Receipt format"}, false, {"无法读取回执", std::string("the receipt cannot be read: ") + unreadable.what()}});
  }
  return verdict;
}

}  // namespace jingwei::evidence
