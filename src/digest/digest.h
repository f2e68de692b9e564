// Rounds and digests: at night every open need meets every supply, and each side is told what is new for it.
//
//   need_of, SupplierBook   entries and deals as the matching engine takes them
//   propose    pure: which supplies are given to which needs, and how often each owner came up (match/two_sides.h does the sums)
//   due        pure: whether a nightly round is to begin now
//   Rounds     commands of a running round, each of bounded size
//   Digests    what an organization reads of a round; read and unread; exposure of owners
//   letters    digests as mail, for whoever sends mail
//
// A round is `running` until all of it is written; only a `done` one is read, so that a crash in the middle leaves the digest before it
// whole. Only one runs at a time: its holder (a process) shows that it lives by writing, and after kLeaseUs of silence another may begin.
// Digests hold numbers and ids; titles and names are read when somebody looks, and only what that organization may see then.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/time.h"
#include "deals/deals.h"
#include "identity/identity.h"
#include "match/two_sides.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jingwei::digest {

// ---- limits ---------------------------------------------------------------------------------------------------------

constexpr std::size_t kFoundPerNeed = 50;              ///< supplies looked at for each need
constexpr std::int64_t kGivenPerNeed = 5;              ///< new supplies that a need's owner is told of in one round
constexpr double kScoreLeast = 0.1;                    ///< of a supply that is worth telling of
constexpr std::int64_t kSupplyPlaces = 10;             ///< needs that a supply of unknown capacity may be given in one round
constexpr std::int64_t kInvitationsPerPlace = 3;       ///< for each free place of a supply: most proposals come to nothing
constexpr std::int64_t kOwnerPlacesMax = 60;           ///< needs that all supplies of one owner together may be given
constexpr std::size_t kRowsPerCommand = 200;
constexpr std::int64_t kRoundsKeptDays = 60;           ///< a pair that was told is not told again within this time
constexpr std::int64_t kLeaseUs = 300 * kMicrosPerSecond;
constexpr std::int64_t kNightlyTriesMax = 3;           ///< of one day
constexpr std::size_t kPageMax = 200;                  ///< digests, rounds or owners of one page
constexpr std::int64_t kUnreadShownDays = 30;          ///< older digests are no news

// ---- words ----------------------------------------------------------------------------------------------------------

enum class Cause { nightly, asked };
BOOST_DESCRIBE_ENUM(Cause, nightly, asked)

enum class RoundState { running, done, failed };
BOOST_DESCRIBE_ENUM(RoundState, running, done, failed)

/// What came of a round.
struct RoundFigures {
  double seconds = 0;
  std::int64_t candidates = 0;    ///< pairs that were looked at
  std::int64_t owners = 0;        ///< whose supplies were given
  std::int64_t digests = 0;       ///< organizations that are told something
  double share_of_best = 0;       ///< worth of what was given, of a bound for the best possible
  double concentration_plain = 0; ///< Herfindahl-Hirschman index of owners, 0 to 1, if every need got its own best
  double concentration = 0;       ///< as given
};
BOOST_DESCRIBE_STRUCT(RoundFigures, (), (seconds, candidates, owners, digests, share_of_best, concentration_plain, concentration))

struct Round {
  std::string id;
  std::string day;  ///< in Asia/Shanghai
  Cause cause = Cause::nightly;
  RoundState state = RoundState::running;
  std::string started_at;
  std::optional<std::string> ended_at;
  std::int64_t needs = 0;
  std::int64_t needs_done = 0;
  std::int64_t pairs = 0;
  std::optional<RoundFigures> figures;   ///< when done
  std::optional<Bilingual> failure;      ///< when failed
};
BOOST_DESCRIBE_STRUCT(Round, (), (id, day, cause, state, started_at, ended_at, needs, needs_done, pairs, figures, failure))

// ---- what goes in ---------------------------------------------------------------------------------------------------

/// What match reads of an entry of the needs.
match::Need need_of(const registry::Entry& entry);

/// Pieces of work a year that a supply has room for, from its field with the role `capacity`; nothing when it has none or leaves it
/// empty. People give days and instruments hours: 20 days or 40 hours make a piece of work.
std::optional<std::int64_t> places_of(const registry::Register& reg, const registry::Entry& entry);

/// What deals and capacity say of a supply's supplier; nothing when neither says anything.
std::optional<match::Supplier> supplier_of(const std::optional<std::int64_t>& places, const deals::SellerRecord& record, std::string_view supply_id);

/// Suppliers as the database knows them, each read once.
class SupplierBook {
 public:
  SupplierBook(store::Connection& connection, const registry::Registry& registry, Timestamp now) : connection_(connection), registry_(registry), now_(now) {}
  /// Reads the deals of everybody at once: for a round.
  void read_all();
  std::optional<match::Supplier> of(const std::string& supply_id, const std::string& owner_id);

 private:
  store::Connection& connection_;
  const registry::Registry& registry_;
  Timestamp now_;
  bool all_ = false;
  std::map<std::string, deals::SellerRecord, std::less<>> records_;
};

// ---- choosing: pure -------------------------------------------------------------------------------------------------

struct AskedNeed {
  std::string id;
  std::string owner;
  std::optional<std::int64_t> budget_fen;
};

/// A pair that both sides are told of.
struct Given {
  std::size_t need = 0;  ///< number of the need
  std::string supply;
  std::string owner;
  double score = 0;      ///< the need's view
  double supplier = 0;   ///< the supplier's view
  double worth = 0;
};

struct Exposure {
  std::string owner;
  std::int64_t found = 0;
  std::int64_t plain = 0;
  std::int64_t given = 0;
};

struct Proposals {
  std::vector<Given> given;        ///< by need, best first
  std::vector<Exposure> exposure;  ///< by owner's id
  std::int64_t candidates = 0;
  double share_of_best = 1;
};

using SupplierOf = std::function<match::Supplier(const match::Found&)>;
using ToldBefore = std::function<bool(std::string_view need_id, std::string_view supply_id)>;

/// `found[i]` are the supplies of `needs[i]`, best first. One's own supplies, what was told before and what scores too little are left out.
Proposals propose(std::span<const AskedNeed> needs, std::span<const std::vector<match::Found>> found, const SupplierOf& supplier, const ToldBefore& told);

/// Herfindahl-Hirschman index and Gini coefficient of counts; 0 when all are zero.
double concentration(std::span<const std::int64_t> counts);
double inequality(std::vector<std::int64_t> counts);

/// Minutes after midnight of "02:30"; nothing for "off". Throws Rejected{invalid} for anything else.
std::optional<int> parse_time_of_day(std::string_view text);

/// What is known of rounds when the question is whether another is due.
struct Past {
  Timestamp node_started;       ///< a round that was missed before is made up for only on a node that has had rounds
  bool had_rounds = false;
  bool done_today = false;      ///< nightly, or running
  std::int64_t tries_today = 0;
};
bool due(Timestamp now, int minute_of_day, const Past& past);

// ---- commands -------------------------------------------------------------------------------------------------------

struct PairRow {
  std::string need_id;
  std::string supply_id;
  std::string need_owner_id;
  std::string supply_owner_id;
  double worth = 0;
  double score = 0;
  double supplier = 0;
  std::vector<match::Reason> reasons;
  std::vector<Bilingual> missing;
};

struct DigestRow {
  std::string organization_id;
  std::int64_t needs = 0;     ///< of its needs that got something
  std::int64_t supplies = 0;  ///< that they got
  std::int64_t wanted = 0;    ///< needs of others that suit its supplies and that it may see
};

/// Pairs of ids, eight bytes each: some million of them are told within two months. Two pairs in 2^64 may be taken for one, and then
/// one of them is not told.
class PairSet {
 public:
  void add(std::string_view need_id, std::string_view supply_id) { hashes_.push_back(hash_of(need_id, supply_id)); }
  /// After the last add.
  void close();
  bool contains(std::string_view need_id, std::string_view supply_id) const;

 private:
  static std::uint64_t hash_of(std::string_view need_id, std::string_view supply_id);
  std::vector<std::uint64_t> hashes_;
};

class Rounds {
 public:
  // Each throws Rejected{wrong_state} when the round is no longer the holder's.
  /// Begins a round, or says why not: Rejected{wrong_state} when one runs, or when today's nightly one is done or was tried too often.
  static Round begin(store::Transaction& tx, Cause cause, std::string_view holder);
  static void advance(store::Transaction& tx, std::string_view id, std::string_view holder, std::int64_t needs, std::int64_t needs_done);
  /// At most kRowsPerCommand rows each.
  static void add_pairs(store::Transaction& tx, std::string_view id, std::string_view holder, std::span<const PairRow> rows);
  static void add_exposure(store::Transaction& tx, std::string_view id, std::string_view holder, std::span<const Exposure> rows);
  static void add_digests(store::Transaction& tx, std::string_view id, std::string_view holder, std::span<const DigestRow> rows);
  static Round finish(store::Transaction& tx, std::string_view id, std::string_view holder, const RoundFigures& figures);
  static void fail(store::Transaction& tx, std::string_view id, std::string_view holder, const Bilingual& why);
  /// Deletes what old or failed rounds wrote, at most kRowsPerCommand rows a table; false when nothing is left to delete.
  static bool forget(store::Transaction& tx);

  // Reads.
  static std::vector<Round> list(store::Connection& connection, std::size_t limit);
  static std::optional<Round> find(store::Connection& connection, std::string_view id);
  static std::optional<Round> latest_done(store::Connection& connection);
  static Past past(store::Connection& connection, Timestamp now);
  /// Pairs of rounds that are kept, marked pairs and pairs with a deal.
  static PairSet told_before(store::Connection& connection);
};

// ---- what each side reads -------------------------------------------------------------------------------------------

struct DigestSummary {
  std::string id;
  std::string round_id;
  std::string day;
  std::string at;
  std::int64_t needs = 0;
  std::int64_t supplies = 0;
  std::int64_t wanted = 0;
  bool read = false;
};
BOOST_DESCRIBE_STRUCT(DigestSummary, (), (id, round_id, day, at, needs, supplies, wanted, read))

struct Named {
  std::string id;
  std::string register_;
  std::string title;
  std::optional<std::string> owner_name;  ///< absent when hidden
  std::optional<std::string> region;
};
BOOST_DESCRIBE_STRUCT(Named, (), (id, register_, title, owner_name, region))

/// The other end of a pair.
struct DigestLine {
  Named entry;
  double score = 0;     ///< what the need's side would be shown
  double supplier = 0;  ///< what the supplier would think of it
  std::vector<match::Reason> reasons;
  std::vector<Bilingual> missing;
};
BOOST_DESCRIBE_STRUCT(DigestLine, (), (entry, score, supplier, reasons, missing))

struct DigestGroup {
  Named own;
  std::vector<DigestLine> lines;  ///< best first
};
BOOST_DESCRIBE_STRUCT(DigestGroup, (), (own, lines))

struct Digest : DigestSummary {
  std::vector<DigestGroup> for_needs;     ///< one's own needs and new supplies for each
  std::vector<DigestGroup> for_supplies;  ///< one's own supplies and needs that suit them
};
BOOST_DESCRIBE_STRUCT(Digest, (DigestSummary), (for_needs, for_supplies))

struct DigestPage {
  std::vector<DigestSummary> items;  ///< newest first
  std::string next_cursor;           ///< empty: the last page
  std::int64_t total = 0;
};

struct OwnerExposure {
  std::string id;  ///< of the owner
  std::string name;
  std::int64_t found = 0;      ///< among the first kFoundPerNeed of a need
  std::int64_t plain = 0;      ///< if every need got its own best
  std::int64_t given = 0;      ///< told to owners of needs
  double share = 0;            ///< of all that were given
  std::int64_t contacted = 0;  ///< marked as contacted or accepted in the period
  std::int64_t deals = 0;      ///< proposed in the period
};
BOOST_DESCRIBE_STRUCT(OwnerExposure, (), (id, name, found, plain, given, share, contacted, deals))

struct ExposureReport {
  std::int64_t days = 0;
  std::int64_t rounds = 0;
  std::int64_t owners = 0;
  std::int64_t given = 0;
  double concentration_plain = 0;  ///< Herfindahl-Hirschman index, 0 to 1
  double concentration = 0;
  double inequality_plain = 0;     ///< Gini coefficient, 0 to 1
  double inequality = 0;
  std::vector<OwnerExposure> items;  ///< most given first
};
BOOST_DESCRIBE_STRUCT(ExposureReport, (), (days, rounds, owners, given, concentration_plain, concentration, inequality_plain, inequality, items))

class Digests {
 public:
  explicit Digests(const registry::Registry& registry) : registry_(registry) {}

  /// Of the actor's organization. Throws Rejected{invalid} for a wrong cursor or limit.
  DigestPage list(store::Connection& connection, const identity::Actor& actor, std::string_view cursor, std::size_t limit) const;
  /// Throws Rejected{not_found} for another's or none.
  Digest require(store::Connection& connection, const identity::Actor& actor, std::string_view id) const;
  /// Newest first, of the last kUnreadShownDays, not read by this account.
  std::vector<DigestSummary> unread(store::Connection& connection, const identity::Actor& actor, Timestamp now, std::size_t limit) const;
  /// Marks it as read or unread for this account. Throws Rejected{not_found}.
  DigestSummary mark_read(store::Transaction& tx, const identity::Actor& actor, std::string_view id, bool read) const;
  /// Counts for digests of a round's pairs, for organizations that have an account; only needs that the organization may see.
  std::vector<DigestRow> count(store::Connection& connection, std::string_view round_id) const;
  /// Of rounds ended within so many days. `limit` 0: all owners.
  ExposureReport exposure(store::Connection& connection, Timestamp now, std::int64_t days, std::size_t limit) const;
  static std::string exposure_csv(const ExposureReport& report);

 private:
  friend class Letters;
  Digest read(store::Connection& connection, DigestSummary summary, const std::string& organization_id) const;

  const registry::Registry& registry_;
};

// ---- mail -----------------------------------------------------------------------------------------------------------

/// A digest for one account.
struct Letter {
  std::string account_id;
  std::optional<std::string> address;  ///< the login, where it is a mail address
  std::string name;
  identity::Language language = identity::Language::zh;
  std::string subject;
  std::string text;
  std::string digest_id;
  std::string at;
};
BOOST_DESCRIBE_STRUCT(Letter, (), (account_id, address, name, language, subject, text, digest_id, at))

struct Sender {
  Bilingual title;     ///< of the node
  std::string host;    ///< of the node: links and the sender's address
};
Sender sender_of(const Bilingual& title, std::string_view origin);

class Letters {
 public:
  Letters(const Digests& digests, Sender sender) : digests_(digests), sender_(std::move(sender)) {}
  /// One for each enabled account of the organizations that a round tells something. Throws Rejected{not_found} when there is no such round that is done.
  std::vector<Letter> of_round(store::Connection& connection, std::string_view round_id) const;
  /// RFC 5322 and 2045 to 2047: lines end in CRLF, UTF-8 in base64. The letter has an address.
  std::string message(const Letter& letter) const;
  /// RFC 4155: one file of all letters that have an address.
  std::string mbox(std::span<const Letter> letters) const;
  /// All letters, one JSON object a line.
  static std::string json_lines(std::span<const Letter> letters);

 private:
  const Digests& digests_;
  Sender sender_;
};

}  // namespace jingwei::digest
