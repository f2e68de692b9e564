// Evidence: statements of legally relevant acts, the log that holds them, receipts that prove them offline.
//
// A statement is a COSE_Sign1 (RFC 9052, EdDSA) made as a SCITT signed statement (RFC 9943):
//   protected header  {1: -8, 4: key id, 15: {1: issuer, 2: subject, 6: seconds}}      15 = CWT claims (RFC 9597)
//   payload           {"id", "kind", "time_us", "public_sha256", "private_sha256"?}    CBOR, deterministic
//   public_sha256     SHA-256 of the public part, exact JSON text kept beside the statement
//   private_sha256    SHA-256 of 16 random bytes followed by the private part; the bytes stay with the node
// It is written in the transaction of its act; its bytes are a leaf of the node's C2SP log. A receipt is a C2SP tlog-proof whose
// `extra` line is base64 of {"statement": base64, "public": text}: one text file, checked with the log's public key alone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/time.h"
#include "crypto/crypto.h"
#include "store/store.h"
#include "tlog/tlog.h"

namespace jingwei::evidence {

constexpr std::size_t kPublicPartBytesMax = 60'000;
constexpr std::size_t kReceiptBytesMax = tlog::kProofBytesMax;
constexpr std::size_t kSaltBytes = 16;

/// What an act states. Personal data belongs into the private part only.
struct StatementDraft {
  std::string kind;          ///< "entry_published", "deal_agreed"…
  std::string subject;       ///< id of what it is about
  json::object public_part;  ///< anyone may see it
  std::optional<json::object> private_part;
};

/// Signs statements with the node's key.
class Issuer {
 public:
  /// `origin` names node and log, such as "jingwei.example/330400".
  Issuer(std::string origin, crypto::KeyPair key) : origin_(std::move(origin)), key_(std::move(key)) {}
  /// Adds the statement to the running command; it is signed and logged with the command's commit. Returns its id.
  std::string issue(store::Transaction& transaction, StatementDraft draft) const;
  const std::string& origin() const { return origin_; }
  const crypto::KeyPair& key() const { return key_; }
  tlog::VerifierKey verifier_key() const { return tlog::make_verifier_key(origin_, tlog::KeyType::ed25519, key_.public_key()); }

 private:
  std::string origin_;
  crypto::KeyPair key_;
};

struct Statement {
  std::string id;
  std::int64_t index = 0;  ///< leaf in the log
  std::string kind;
  std::string subject;
  std::string at;
  std::string issuer;
  json::object public_part;
};

/// A short mention of a statement in what it is about.
struct StatementReference {
  std::string id;
  std::string kind;
  std::string at;
};
BOOST_DESCRIBE_STRUCT(StatementReference, (), (id, kind, at))

/// Claims of a statement's bytes. Throws Rejected{malformed}; does not verify the signature.
struct Claims {
  std::string id;
  std::string kind;
  std::string issuer;
  std::string subject;
  Timestamp at;
  crypto::Digest public_digest{};
  std::optional<crypto::Digest> private_digest;
};
Claims read_claims(const crypto::CoseSign1& cose);

std::optional<Statement> find_statement(store::Connection& connection, std::string_view id, const std::string& issuer);
std::vector<StatementReference> statements_about(store::Connection& connection, std::string_view subject);

struct StatementFilter {
  std::string subject;
  std::string kind;
  std::int64_t before_index = INT64_MAX;  ///< newest first, from here downward
  std::size_t limit = 50;
};
std::vector<Statement> list_statements(store::Connection& connection, const StatementFilter& filter, const std::string& issuer);

/// The receipt's text. Throws Rejected{not_found}, or Rejected{wrong_state} while no checkpoint covers the statement.
std::string make_receipt(store::Connection& connection, const tlog::TileLog& log, std::string_view statement_id);

struct Check {
  Bilingual name;
  bool passed = false;
  Bilingual detail;
};
BOOST_DESCRIBE_STRUCT(Check, (), (name, passed, detail))

struct ReceiptVerdict {
  bool valid = false;
  std::vector<Check> checks;
  std::optional<Statement> statement;  ///< when it could be read
  std::optional<tlog::Checkpoint> checkpoint;
};
/// Checks a receipt against the logs in `policy`: the log's signature, inclusion, the issuer's signature, the public part.
/// Needs no network and no node; never throws for what the text holds.
ReceiptVerdict verify_receipt(std::string_view receipt, const tlog::ProofPolicy& policy);

/// Keeps the node's log up with the statements of the database: new leaves are in a checkpoint within a second.
class LogKeeper {
 public:
  /// Publishes what is missing before it returns. Throws Rejected{invalid} when the log holds more leaves than the database:
  /// the database was set back (an old backup), and publishing from it would fork the log.
  LogKeeper(const store::Database& database, store::FeedSignal& signal, tlog::TileLog& log, io::Clock& clock);
  void stop() { follower_->stop(); }
  /// Waits until a checkpoint covers leaf `index`.
  bool wait_published(std::int64_t index, int timeout_ms) const;

 private:
  void catch_up(store::Connection& connection);

  tlog::TileLog& log_;
  io::Clock& clock_;
  std::unique_ptr<store::FeedFollower> follower_;
};

}  // namespace jingwei::evidence
