// `jingwei check`: every invariant of database and log, without changing anything.
#include <fmt/format.h>

#include "evidence/evidence.h"
#include "io/file.h"
#include "node/node.h"

namespace jingwei::node {
namespace {

constexpr std::size_t kProblemsMax = 50;

/// Invariants that one query can see: the number must be zero.
struct Rule {
  const char* broken;
  const char* sql;
};

constexpr Rule kRules[] = {
    {"feed records are missing or out of order", "SELECT (SELECT feed_seq FROM heads WHERE id = 1) - (SELECT COUNT(*) FROM feed) FROM heads WHERE id = 1"},
    {"the last feed record is not the head",
     "SELECT (SELECT feed_seq FROM heads WHERE id = 1) - (SELECT COALESCE(MAX(seq), 0) FROM feed) FROM heads WHERE id = 1"},
    {"statements are missing", "SELECT (SELECT leaf_count FROM heads WHERE id = 1) - (SELECT COUNT(*) FROM statements) FROM heads WHERE id = 1"},
    {"the last statement is not the last leaf",
     "SELECT (SELECT leaf_count FROM heads WHERE id = 1) - 1 - (SELECT COALESCE(MAX(leaf), -1) FROM statements) FROM heads WHERE id = 1"},
    {"entries without their current version",
     "SELECT COUNT(*) FROM entries e LEFT JOIN entry_versions v ON v.id = e.id AND v.version = e.version WHERE v.id IS NULL"},
    {"entries whose versions are not 1..n",
     "SELECT COUNT(*) FROM (SELECT e.id FROM entries e JOIN entry_versions v ON v.id = e.id GROUP BY e.id, e.version HAVING COUNT(*) <> e.version OR "
     "MAX(v.version) <> e.version) broken"},
    {"versions without an entry", "SELECT COUNT(*) FROM entry_versions v LEFT JOIN entries e ON e.id = v.id WHERE e.id IS NULL"},
    {"published entries without a statement",
     "SELECT COUNT(*) FROM entries e WHERE e.state = 'published' AND NOT EXISTS (SELECT 1 FROM statements s WHERE s.subject = e.id)"},
    {"entries whose owner is no organization",
     "SELECT COUNT(*) FROM entries e WHERE NOT EXISTS (SELECT 1 FROM entries o WHERE o.id = e.owner_id AND o.register = 'organizations')"},
    {"deals whose events are not 1..version", "SELECT COUNT(*) FROM deals d WHERE d.version <> (SELECT COUNT(*) FROM deal_events e WHERE e.deal_id = d.id)"},
    {"agreed deals without a statement",
     "SELECT COUNT(*) FROM deals d WHERE d.state NOT IN ('proposed', 'declined') AND NOT EXISTS (SELECT 1 FROM statements s WHERE s.subject = d.id AND s.kind "
     "= 'deal_agreed')"},
    {"deals whose sides are the same", "SELECT COUNT(*) FROM deals WHERE buyer_id = seller_id"},
    {"feedback whose versions are not 1..n",
     "SELECT COUNT(*) FROM feedback f WHERE f.version <> (SELECT COUNT(*) FROM feedback_versions v WHERE v.id = f.id AND v.version BETWEEN 1 AND f.version)"},
    {"feedback that differs from its latest version",
     "SELECT COUNT(*) FROM feedback f LEFT JOIN feedback_versions v ON v.id = f.id AND v.version = f.version AND v.at_us = f.updated_us AND v.body = f.body "
     "WHERE v.id IS NULL"},
    {"versions without feedback", "SELECT COUNT(*) FROM feedback_versions v LEFT JOIN feedback f ON f.id = v.id AND f.version >= v.version WHERE f.id IS NULL"},
    {"feedback on a need or supply that does not exist",
     "SELECT COUNT(*) FROM feedback f LEFT JOIN entries n ON n.id = f.need_id AND n.register = 'needs' LEFT JOIN entries s ON s.id = f.supply_id "
     "WHERE n.id IS NULL OR s.id IS NULL"},
    {"refusals without a reason, or a reason without a refusal", "SELECT COUNT(*) FROM feedback WHERE (mark = 'refused') <> (reason <> '')"},
    {"finished rounds younger than what is kept whose pairs are not as many as they say",
     "SELECT COUNT(*) FROM rounds r WHERE r.state = 'done' AND EXISTS (SELECT 1 FROM digests d WHERE d.round_id = r.id) AND "
     "r.pairs <> (SELECT COUNT(*) FROM round_pairs p WHERE p.round_id = r.id)"},
    {"rounds that ended without an end, or run with one", "SELECT COUNT(*) FROM rounds WHERE (state = 'running') <> (ended_us = 0)"},
    {"two rounds run at once", "SELECT CASE WHEN COUNT(*) > 1 THEN COUNT(*) ELSE 0 END FROM rounds WHERE state = 'running'"},
    {"digests of rounds that do not exist", "SELECT COUNT(*) FROM digests d LEFT JOIN rounds r ON r.id = d.round_id WHERE r.id IS NULL"},
    {"saved queries whose versions are not 1..n",
     "SELECT COUNT(*) FROM saved_queries q WHERE q.version <> (SELECT COUNT(*) FROM saved_query_versions v WHERE v.id = q.id AND v.version BETWEEN 1 AND q.version)"},
    {"sessions of accounts that do not exist", "SELECT COUNT(*) FROM sessions s LEFT JOIN accounts a ON a.id = s.account_id WHERE a.id IS NULL"},
};

void add(CheckReport& report, std::string problem);

void check_files(store::Connection& connection, const std::filesystem::path& data, CheckReport& report) {
  const auto files = files_of_node(data);
  for (const auto& digest : attachments::digests(connection))
    if (const auto fault = files.fault_of(digest)) add(report, fmt::format("file {}: {}", digest, *fault));
}

void add(CheckReport& report, std::string problem) {
  if (report.problems.size() < kProblemsMax) report.problems.push_back(std::move(problem));
}

void check_rules(store::Connection& connection, CheckReport& report) {
  for (const auto& rule : kRules) {
    const auto count = connection.query_integer(rule.sql).value_or(0);
    if (count != 0) add(report, fmt::format("{}: {}", rule.broken, count));
  }
}

void check_statements(store::Connection& connection, const crypto::KeyPair& key, const std::string& origin, CheckReport& report) {
  std::int64_t expected = 0;
  connection.query("SELECT leaf, id, kind, subject, cose, public_text FROM statements ORDER BY leaf", {}, [&](const store::Row& row) {
    const std::string name = "statement " + row.string(1);
    if (row.integer(0) != expected) add(report, fmt::format("{} is leaf {}, expected {}", name, row.integer(0), expected));
    expected = row.integer(0) + 1;
    ++report.statements;
    try {
      const auto cose = crypto::parse_cose_sign1(row.bytes(4));
      const auto claims = evidence::read_claims(cose);
      if (!cose.verify(key.public_key())) add(report, name + ": the signature is wrong");
      if (claims.id != row.text(1) || claims.kind != row.text(2) || claims.subject != row.text(3) || claims.issuer != origin)
        add(report, name + ": the claims differ from the row");
      if (claims.public_digest != crypto::sha256(as_bytes(row.text(5)))) add(report, name + ": the public part was changed");
    } catch (const Rejected& rejected) {
      add(report, name + ": " + rejected.message().en);
    }
  });
}

/// The log must be a prefix of the statements, leaf by leaf, and hold together by itself.
void check_log(store::Connection& connection, const std::filesystem::path& data, const tlog::VerifierKey& key, CheckReport& report) {
  io::DiskFolder folder(data / "log");
  tlog::FolderReader reader(folder);
  try {
    const auto found = tlog::verify_log(reader, key, [&](std::uint64_t index, ByteView entry) {
      bool same = false;
      connection.query("SELECT cose FROM statements WHERE leaf = $1", {static_cast<std::int64_t>(index)}, [&](const store::Row& row) {
        const ByteView cose = row.bytes(0);
        same = std::equal(cose.begin(), cose.end(), entry.begin(), entry.end());
      });
      if (!same) add(report, fmt::format("log: leaf {} is not the statement of the database", index));
    });
    for (const auto& problem : found.problems) add(report, "log: " + problem.en);
    const auto leaves = connection.query_integer("SELECT leaf_count FROM heads WHERE id = 1").value_or(0);
    if (static_cast<std::int64_t>(found.checkpoint.size) > leaves)
      add(report, fmt::format("log: holds {} leaves, the database {}", found.checkpoint.size, leaves));
  } catch (const Rejected& rejected) {
    add(report, "log: " + rejected.message().en);
  }
}

}  // namespace

CheckReport check(const std::filesystem::path& data, const std::string& store_override) {
  const Settings settings = read_settings(data);
  const crypto::KeyPair key = read_key(data);
  const auto database = open_database(data, settings, store_override, false);
  const auto connection = database->connect(true);
  // The log is read by a second connection, so that the database's side is one snapshot.
  const auto lookup = database->connect(true);
  CheckReport report;
  connection->begin_snapshot();
  check_rules(*connection, report);
  check_statements(*connection, key, settings.origin, report);
  report.entries = connection->query_integer("SELECT COUNT(*) FROM entries").value_or(0);
  report.deals = connection->query_integer("SELECT COUNT(*) FROM deals").value_or(0);
  check_files(*connection, data, report);
  connection->run("COMMIT");
  check_log(*lookup, data, tlog::make_verifier_key(settings.origin, tlog::KeyType::ed25519, key.public_key()), report);
  return report;
}

}  // namespace jingwei::node
