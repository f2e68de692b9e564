// Making, signing and finding statements. The format is in evidence.h.
#include "base/check.h"
#include "evidence/evidence.h"

namespace jingwei::evidence {
namespace {

constexpr std::int64_t kHeaderKeyId = 4;
constexpr std::int64_t kHeaderCwtClaims = 15;
constexpr std::int64_t kClaimIssuer = 1;
constexpr std::int64_t kClaimSubject = 2;
constexpr std::int64_t kClaimIssuedAt = 6;
constexpr std::size_t kKeyIdBytes = 8;

Bytes protected_header(const std::string& origin, const std::string& subject, Timestamp at, const crypto::KeyPair& key) {
  const crypto::Digest key_digest = crypto::sha256(key.public_key());
  crypto::CborWriter cbor;
  cbor.map(3);
  cbor.integer(crypto::kCoseHeaderAlgorithm).integer(crypto::kCoseAlgorithmEdDsa);
  cbor.integer(kHeaderKeyId).bytes(ByteView(key_digest).first(kKeyIdBytes));
  cbor.integer(kHeaderCwtClaims).map(3);
  cbor.integer(kClaimIssuer).text(origin);
  cbor.integer(kClaimSubject).text(subject);
  cbor.integer(kClaimIssuedAt).integer(at.us / kMicrosPerSecond);
  return cbor.take();
}

Bytes payload(const std::string& id, const std::string& kind, Timestamp at, const crypto::Digest& public_digest,
              const std::optional<crypto::Digest>& private_digest) {
  // Keys in bytewise order of their encoding: the shorter text first.
  crypto::CborWriter cbor;
  cbor.map(private_digest ? 5 : 4);
  cbor.text("id").text(id);
  cbor.text("kind").text(kind);
  cbor.text("time_us").integer(at.us);
  cbor.text("public_sha256").bytes(public_digest);
  if (private_digest) cbor.text("private_sha256").bytes(*private_digest);
  return cbor.take();
}

[[noreturn]] void refuse(const char* zh, const char* en) {
  throw Rejected(Code::malformed, "", {std::string("不是经纬存证声明：") + zh, std::string("not a Jingwei statement: ") + en},
                 {"请重新下载回执", "download the receipt again"});
}

crypto::Digest read_digest(crypto::CborReader& cbor) {
  const ByteView bytes = cbor.bytes();
  crypto::Digest digest;
  if (bytes.size() != digest.size()) refuse("摘要长度不对", "a digest has the wrong length");
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

void expect(bool condition) {
  if (!condition) refuse("声明的结构不对", "the claims have another structure");
}

Statement statement_of(const store::Row& row, const std::string& issuer) {
  return {row.string(1), row.integer(0), row.string(2), row.string(3), to_rfc3339({row.integer(4)}), issuer, parse_json(row.text(5)).as_object()};
}

}  // namespace

std::string Issuer::issue(store::Transaction& transaction, StatementDraft draft) const {
  const std::string id = transaction.new_id("stm");
  const Timestamp at = transaction.now();
  store::LeafDraft leaf;
  leaf.statement_id = id;
  leaf.kind = draft.kind;
  leaf.subject = draft.subject;
  leaf.public_text = json::serialize(draft.public_part);
  CHECK(leaf.public_text.size() <= kPublicPartBytesMax);
  std::string private_text;
  if (draft.private_part) {
    private_text = json::serialize(*draft.private_part);
    leaf.salt.resize(kSaltBytes);
    transaction.random().fill(leaf.salt.data(), leaf.salt.size());
  }
  // Digests and signature are left to the batch, which computes them on all cores.
  leaf.seal = [this, id, at, kind = std::move(draft.kind), subject = std::move(draft.subject), public_text = leaf.public_text,
               private_text = std::move(private_text), salt = leaf.salt] {
    std::optional<crypto::Digest> private_digest;
    if (!salt.empty()) private_digest = crypto::sha256({ByteView(salt), as_bytes(private_text)});
    return crypto::cose_sign1(protected_header(origin_, subject, at, key_), payload(id, kind, at, crypto::sha256(as_bytes(public_text)), private_digest), key_);
  };
  transaction.append_leaf(std::move(leaf));
  return id;
}

Claims read_claims(const crypto::CoseSign1& cose) {
  Claims claims;
  crypto::CborReader header(cose.protected_header);
  expect(header.map() == 3 && header.integer() == crypto::kCoseHeaderAlgorithm && header.integer() == crypto::kCoseAlgorithmEdDsa);
  expect(header.integer() == kHeaderKeyId);
  header.bytes();
  expect(header.integer() == kHeaderCwtClaims && header.map() == 3);
  expect(header.integer() == kClaimIssuer);
  claims.issuer = header.text();
  expect(header.integer() == kClaimSubject);
  claims.subject = header.text();
  expect(header.integer() == kClaimIssuedAt);
  const std::int64_t seconds = header.integer();
  header.expect_end();

  crypto::CborReader body(cose.payload);
  const std::size_t members = body.map();
  expect(members == 4 || members == 5);
  expect(body.text() == "id");
  claims.id = body.text();
  expect(body.text() == "kind");
  claims.kind = body.text();
  expect(body.text() == "time_us");
  claims.at = {body.integer()};
  expect(claims.at.us >= 0 && claims.at.us / kMicrosPerSecond == seconds);
  expect(body.text() == "public_sha256");
  claims.public_digest = read_digest(body);
  if (members == 5) {
    expect(body.text() == "private_sha256");
    claims.private_digest = read_digest(body);
  }
  body.expect_end();
  return claims;
}

std::optional<Statement> find_statement(store::Connection& connection, std::string_view id, const std::string& issuer) {
  std::optional<Statement> found;
  connection.query("SELECT leaf, id, kind, subject, at_us, public_text FROM statements WHERE id = $1", {id},
                   [&](const store::Row& row) { found = statement_of(row, issuer); });
  return found;
}

std::vector<StatementReference> statements_about(store::Connection& connection, std::string_view subject) {
  std::vector<StatementReference> references;
  connection.query("SELECT id, kind, at_us FROM statements WHERE subject = $1 ORDER BY leaf", {subject}, [&](const store::Row& row) {
    references.push_back({row.string(0), row.string(1), to_rfc3339({row.integer(2)})});
  });
  return references;
}

std::vector<Statement> list_statements(store::Connection& connection, const StatementFilter& filter, const std::string& issuer) {
  std::vector<Statement> statements;
  connection.query(
      "SELECT leaf, id, kind, subject, at_us, public_text FROM statements WHERE leaf < $1 AND ($2 = '' OR subject = $3) AND ($4 = '' OR kind = $5) "
      "ORDER BY leaf DESC LIMIT $6",
      {filter.before_index, filter.subject, filter.subject, filter.kind, filter.kind, static_cast<std::int64_t>(filter.limit)},
      [&](const store::Row& row) { statements.push_back(statement_of(row, issuer)); });
  return statements;
}

}  // namespace jingwei::evidence
