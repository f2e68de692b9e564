// Commands of a round: load, refuse, write rows. What a round writes is read by nobody before finish().
#include "digest/internal/rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/check.h"
#include "crypto/crypto.h"

namespace jingwei::digest {
namespace {

Rejected lost() {
  return Rejected(Code::wrong_state, {"这一轮匹配已由别处接手或已结束", "This round has ended or is somebody else's by now"});
}

/// Shows that the holder lives, too.
void require_held(store::Transaction& tx, std::string_view id, std::string_view holder) {
  if (tx.execute("UPDATE rounds SET seen_us = $1 WHERE id = $2 AND holder = $3 AND state = 'running'", {tx.now().us, id, holder}) != 1) throw lost();
}

void end(store::Transaction& tx, std::string_view id, RoundState state, const internal::RoundBody& body) {
  const std::string text = json::serialize(to_json(body));
  const auto rows = tx.execute("UPDATE rounds SET state = $1, ended_us = $2, body = $3 WHERE id = $4", {enum_name(state), tx.now().us, text, id});
  CHECK(rows == 1);
  tx.append_feed("round", enum_name(state), id, 2);
}

/// A round whose holder has been silent for too long failed.
void end_silent_ones(store::Transaction& tx) {
  std::vector<std::string> silent;
  tx.query("SELECT id FROM rounds WHERE state = 'running' AND seen_us < $1", {tx.now().us - kLeaseUs}, [&](const store::Row& row) { silent.push_back(row.string(0)); });
  for (const auto& id : silent)
    end(tx, id, RoundState::failed, {{}, Bilingual{"中途停下，没有完成；上一次的结果不受影响", "It stopped before its end; what the round before it found still holds"}});
}

void require_free(store::Transaction& tx, Cause cause, const std::string& day) {
  if (tx.query_integer("SELECT 1 FROM rounds WHERE state = 'running'"))
    throw Rejected(Code::wrong_state, {"正在进行一轮匹配，等它结束再开始", "A round is running; begin another when it has ended"});
  if (cause == Cause::asked) return;
  if (tx.query_integer("SELECT 1 FROM rounds WHERE cause = 'nightly' AND day = $1 AND state = 'done'", {day}))
    throw Rejected(Code::wrong_state, {"今天的夜间匹配已经完成", "Tonight's round is done"});
  if (tx.query_integer("SELECT COUNT(*) FROM rounds WHERE cause = 'nightly' AND day = $1", {day}).value_or(0) >= kNightlyTriesMax)
    throw Rejected(Code::wrong_state, {"今天的夜间匹配已试过多次，明天再来", "Tonight's round was tried several times; the next is tomorrow"});
}

}  // namespace

Round Rounds::begin(store::Transaction& tx, Cause cause, std::string_view holder) {
  const std::string day = shanghai_date(tx.now());
  end_silent_ones(tx);
  require_free(tx, cause, day);
  // From here on it must succeed.
  const std::string id = tx.new_id("round");
  tx.execute("INSERT INTO rounds (id, day, cause, state, holder, started_us, seen_us, ended_us, needs, needs_done, pairs, body) "
             "VALUES ($1, $2, $3, 'running', $4, $5, $6, 0, 0, 0, 0, '{}')",
             {id, day, enum_name(cause), holder, tx.now().us, tx.now().us});
  tx.append_feed("round", "running", id, 1);
  return find(tx.reader(), id).value();
}

void Rounds::advance(store::Transaction& tx, std::string_view id, std::string_view holder, std::int64_t needs, std::int64_t needs_done) {
  require_held(tx, id, holder);
  tx.execute("UPDATE rounds SET needs = $1, needs_done = $2 WHERE id = $3", {needs, needs_done, id});
}

void Rounds::add_pairs(store::Transaction& tx, std::string_view id, std::string_view holder, std::span<const PairRow> rows) {
  CHECK(rows.size() <= kRowsPerCommand);
  require_held(tx, id, holder);
  for (const PairRow& row : rows) {
    const std::string body = json::serialize(to_json(internal::PairBody{row.score, row.supplier, row.reasons, row.missing}));
    tx.execute("INSERT INTO round_pairs (round_id, need_id, supply_id, need_owner_id, supply_owner_id, worth_ppm, body) VALUES ($1, $2, $3, $4, $5, $6, $7)",
               {id, row.need_id, row.supply_id, row.need_owner_id, row.supply_owner_id, static_cast<std::int64_t>(row.worth * 1e6), body});
  }
  tx.execute("UPDATE rounds SET pairs = pairs + $1 WHERE id = $2", {static_cast<std::int64_t>(rows.size()), id});
}

void Rounds::add_exposure(store::Transaction& tx, std::string_view id, std::string_view holder, std::span<const Exposure> rows) {
  CHECK(rows.size() <= kRowsPerCommand);
  require_held(tx, id, holder);
  for (const Exposure& row : rows)
    tx.execute("INSERT INTO round_exposure (round_id, owner_id, found, plain, given) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (round_id, owner_id) DO UPDATE SET "
               "found = round_exposure.found + excluded.found, plain = round_exposure.plain + excluded.plain, given = round_exposure.given + excluded.given",
               {id, row.owner, row.found, row.plain, row.given});
}

void Rounds::add_digests(store::Transaction& tx, std::string_view id, std::string_view holder, std::span<const DigestRow> rows) {
  CHECK(rows.size() <= kRowsPerCommand);
  require_held(tx, id, holder);
  for (const DigestRow& row : rows)
    tx.execute("INSERT INTO digests (id, round_id, organization_id, at_us, needs, supplies, wanted) VALUES ($1, $2, $3, $4, $5, $6, $7)",
               {tx.new_id("digest"), id, row.organization_id, tx.now().us, row.needs, row.supplies, row.wanted});
}

Round Rounds::finish(store::Transaction& tx, std::string_view id, std::string_view holder, const RoundFigures& figures) {
  require_held(tx, id, holder);
  end(tx, id, RoundState::done, {figures, {}});
  return find(tx.reader(), id).value();
}

void Rounds::fail(store::Transaction& tx, std::string_view id, std::string_view holder, const Bilingual& why) {
  require_held(tx, id, holder);
  end(tx, id, RoundState::failed, {{}, why});
}

bool Rounds::forget(store::Transaction& tx) {
  const std::int64_t before = tx.now().us - kRoundsKeptDays * kMicrosPerDay;
  const auto round = tx.query_text("SELECT r.id FROM rounds r WHERE (r.state = 'failed' OR (r.state = 'done' AND r.ended_us < $1)) AND "
                                   "(EXISTS (SELECT 1 FROM round_pairs p WHERE p.round_id = r.id) OR EXISTS (SELECT 1 FROM round_exposure e WHERE e.round_id = r.id) "
                                   "OR EXISTS (SELECT 1 FROM digests d WHERE d.round_id = r.id)) ORDER BY r.id LIMIT 1",
                                   {before});
  if (!round) return false;
  const auto rows = static_cast<std::int64_t>(kRowsPerCommand);
  tx.execute("DELETE FROM digest_reads WHERE digest_id IN (SELECT id FROM digests WHERE round_id = $1 ORDER BY id LIMIT $2)", {*round, rows});
  tx.execute("DELETE FROM digests WHERE id IN (SELECT id FROM digests WHERE round_id = $1 ORDER BY id LIMIT $2)", {*round, rows});
  tx.execute("DELETE FROM round_exposure WHERE round_id = $1 AND owner_id IN (SELECT owner_id FROM round_exposure WHERE round_id = $1 ORDER BY owner_id LIMIT $2)", {*round, rows});
  tx.execute("DELETE FROM round_pairs WHERE round_id = $1 AND need_id IN (SELECT need_id FROM round_pairs WHERE round_id = $1 ORDER BY need_id LIMIT $2)", {*round, rows});
  return true;
}

std::vector<Round> Rounds::list(store::Connection& connection, std::size_t limit) {
  std::vector<Round> rounds;
  connection.query(fmt::format("SELECT {} FROM rounds ORDER BY started_us DESC, id DESC LIMIT $1", internal::kRoundColumns),
                   {static_cast<std::int64_t>(std::min(limit, kPageMax))}, [&](const store::Row& row) { rounds.push_back(internal::read_round(row)); });
  return rounds;
}

std::optional<Round> Rounds::find(store::Connection& connection, std::string_view id) {
  std::optional<Round> round;
  connection.query(fmt::format("SELECT {} FROM rounds WHERE id = $1", internal::kRoundColumns), {id}, [&](const store::Row& row) { round = internal::read_round(row); });
  return round;
}

std::optional<Round> Rounds::latest_done(store::Connection& connection) {
  std::optional<Round> round;
  connection.query(fmt::format("SELECT {} FROM rounds WHERE state = 'done' ORDER BY ended_us DESC, id DESC LIMIT 1", internal::kRoundColumns), {},
                   [&](const store::Row& row) { round = internal::read_round(row); });
  return round;
}

Past Rounds::past(store::Connection& connection, Timestamp now) {
  const std::string day = shanghai_date(now);
  Past past;
  past.had_rounds = connection.query_integer("SELECT 1 FROM rounds WHERE state = 'done' LIMIT 1").has_value();
  past.done_today = connection.query_integer("SELECT 1 FROM rounds WHERE (cause = 'nightly' AND day = $1 AND state = 'done') OR (state = 'running' AND seen_us >= $2) LIMIT 1",
                                             {day, now.us - kLeaseUs})
                        .has_value();
  past.tries_today = connection.query_integer("SELECT COUNT(*) FROM rounds WHERE cause = 'nightly' AND day = $1", {day}).value_or(0);
  return past;
}

PairSet Rounds::told_before(store::Connection& connection) {
  PairSet told;
  const auto add = [&](const store::Row& row) { told.add(row.text(0), row.text(1)); };
  connection.query("SELECT p.need_id, p.supply_id FROM round_pairs p JOIN rounds r ON r.id = p.round_id WHERE r.state = 'done'", {}, add);
  connection.query("SELECT need_id, supply_id FROM feedback WHERE mark <> 'cleared'", {}, add);
  connection.query("SELECT need_id, supply_id FROM deals", {}, add);
  told.close();
  return told;
}

void PairSet::close() { std::ranges::sort(hashes_); }

bool PairSet::contains(std::string_view need_id, std::string_view supply_id) const { return std::ranges::binary_search(hashes_, hash_of(need_id, supply_id)); }

std::uint64_t PairSet::hash_of(std::string_view need_id, std::string_view supply_id) {
  const auto digest = crypto::sha256({as_bytes(need_id), as_bytes(" "), as_bytes(supply_id)});
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < sizeof hash; ++i) hash = hash << 8 | digest[i];
  return hash;
}

}  // namespace jingwei::digest
