// Deals: an agreed piece of work between the owner of a need (buyer) and the owner of a supply (seller), from proposal through
// milestones to acceptance and evaluation; and the problems into which a need is split.
//
//   rules    pure: which act is possible, for whom, and what it makes of a deal (decide). testdata/acts.test is the table
//   Deals    commands inside a store::Transaction: deal row, event, feed record, statements; and the reads
//
// proposed -> agreed -> delivered -> accepted, with disputed between and terminated or declined beside:
//   proposed    the side that did not write the latest terms may agree; either side may write new terms or decline
//   agreed      at least one milestone is open; the seller delivers, the buyer accepts or disputes what was delivered
//   delivered   no milestone is open or disputed, not all are accepted
//   disputed    a milestone is disputed; the seller delivers it again or the buyer accepts it after all
//   accepted    all milestones are accepted; each side may evaluate once
//   terminated  ended by either side with a reason; each side may evaluate once
//   declined    never agreed
// Kinds are those of the technology contract (技术合同); amounts are 合同交易总额 and, as a part of it, 技术交易额.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/time.h"
#include "evidence/evidence.h"
#include "identity/identity.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jingwei::deals {

// ---- words --------------------------------------------------------------------------------------------------------

enum class State { proposed, agreed, delivered, accepted, disputed, terminated, declined };
BOOST_DESCRIBE_ENUM(State, proposed, agreed, delivered, accepted, disputed, terminated, declined)

enum class MilestoneState { open, delivered, accepted, disputed };
BOOST_DESCRIBE_ENUM(MilestoneState, open, delivered, accepted, disputed)

/// 开发, 转让, 许可, 咨询, 服务
enum class Kind { development, transfer, licence, consulting, service };
BOOST_DESCRIBE_ENUM(Kind, development, transfer, licence, consulting, service)

enum class DealAct { propose, agree, decline, revise, deliver, accept, dispute, terminate, evaluate };
BOOST_DESCRIBE_ENUM(DealAct, propose, agree, decline, revise, deliver, accept, dispute, terminate, evaluate)

enum class Side { buyer, seller };
BOOST_DESCRIBE_ENUM(Side, buyer, seller)
constexpr Side other(Side side) { return side == Side::buyer ? Side::seller : Side::buyer; }

// ---- limits -------------------------------------------------------------------------------------------------------

constexpr std::size_t kDealTitleCharactersMax = 120;
constexpr std::size_t kScopeCharactersMax = 4'000;
constexpr std::size_t kMilestonesMax = 20;
constexpr std::size_t kMilestoneTitleCharactersMax = 120;
constexpr std::size_t kNoteCharactersMax = 2'000;    ///< note, reason or comment of an act
constexpr std::int64_t kDealVersionsMax = 1'000;     ///< acts on one deal; more are refused (revising without end)
constexpr std::size_t kDealPageMax = 200;            ///< deals of one page
constexpr std::size_t kWaitingMax = 200;             ///< items of one organization's inbox
constexpr std::size_t kProblemsMax = 8;              ///< of one need
constexpr std::size_t kProblemCharactersMax = 500;

// ---- content ------------------------------------------------------------------------------------------------------

struct MilestoneTerms {
  std::string title;
  std::string due_on;  ///< day within the term of the deal
  std::int64_t amount_fen = 0;
};
BOOST_DESCRIBE_STRUCT(MilestoneTerms, (), (title, due_on, amount_fen))

/// What the sides agree on. Milestones' amounts add up to contract_total_fen.
struct Terms {
  Kind kind = Kind::development;
  std::string title;
  std::string scope;
  std::int64_t contract_total_fen = 0;     ///< 合同交易总额
  std::int64_t technology_amount_fen = 0;  ///< 技术交易额, at most the total
  std::string starts_on;                   ///< day
  std::string ends_on;                     ///< day, not before starts_on
  std::vector<MilestoneTerms> milestones;  ///< 1 to kMilestonesMax
};
BOOST_DESCRIBE_STRUCT(Terms, (), (kind, title, scope, contract_total_fen, technology_amount_fen, starts_on, ends_on, milestones))

/// A new deal: terms and what they are about.
struct Proposal : Terms {
  std::string need_id;
  std::string supply_id;
};
BOOST_DESCRIBE_STRUCT(Proposal, (Terms), (need_id, supply_id))

/// One act on an existing deal (any but propose).
struct ActRequest {
  DealAct act = DealAct::agree;
  std::optional<std::string> note;         ///< deliver: what is handed over; dispute, terminate: the reason (all three must); evaluate: the comment
  std::optional<std::int64_t> milestone;   ///< index from 0: accept and dispute must; deliver without one takes the next
  std::optional<std::int64_t> score;       ///< evaluate: 1 to 5
  std::optional<Terms> terms;              ///< revise
};
BOOST_DESCRIBE_STRUCT(ActRequest, (), (act, note, milestone, score, terms))

struct Milestone {
  std::int64_t index = 0;  ///< from 0
  std::string title;
  std::string due_on;
  std::int64_t amount_fen = 0;
  MilestoneState state = MilestoneState::open;
  std::optional<std::string> note;  ///< of the latest act on it
};
BOOST_DESCRIBE_STRUCT(Milestone, (), (index, title, due_on, amount_fen, state, note))

struct Evaluation {
  Side side = Side::buyer;
  std::int64_t score = 0;  ///< 1 to 5
  std::string comment;
  std::string at;
};
BOOST_DESCRIBE_STRUCT(Evaluation, (), (side, score, comment, at))

struct NeedReference {
  std::string id;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(NeedReference, (), (id, title))

struct SupplyReference {
  std::string id;
  std::string register_;  ///< id of its register; `register` itself is a keyword of C++
  std::string title;
};
BOOST_DESCRIBE_STRUCT(SupplyReference, (), (id, register_, title))

/// What everyone who may see the deal sees of it.
struct DealFacts {
  std::string id;
  std::int64_t version = 0;  ///< number of acts so far, the proposal included
  State state = State::proposed;
  Kind kind = Kind::development;
  std::string title;
  std::string scope;
  NeedReference need;        ///< titles as they were when the deal was proposed
  SupplyReference supply;
  Side proposed_by = Side::buyer;
  Side terms_by = Side::buyer;  ///< who wrote the latest terms; the other side agrees
  std::int64_t contract_total_fen = 0;
  std::int64_t technology_amount_fen = 0;
  std::string starts_on;
  std::string ends_on;
  std::vector<Milestone> milestones;
  std::vector<Evaluation> evaluations;
  std::optional<std::string> agreed_at;
  std::string created_at;
  std::string updated_at;
};
BOOST_DESCRIBE_STRUCT(DealFacts, (), (id, version, state, kind, title, scope, need, supply, proposed_by, terms_by, contract_total_fen,
                                      technology_amount_fen, starts_on, ends_on, milestones, evaluations, agreed_at, created_at, updated_at))

/// An organization at the time of proposal, and again of agreement.
struct Party {
  std::string id;
  std::string name;
  std::string region;
};
BOOST_DESCRIBE_STRUCT(Party, (), (id, name, region))

/// The whole truth; only this module sees it outside of commands. Others show a DealView.
struct Deal : DealFacts {
  Party buyer;
  Party seller;
  bool buyer_anonymous = false;  ///< the need hides the enterprise's name until it agrees
};
BOOST_DESCRIBE_STRUCT(Deal, (DealFacts), (buyer, seller, buyer_anonymous))

struct AllowedAct {
  DealAct act = DealAct::agree;
  std::optional<std::int64_t> milestone;
  bool operator==(const AllowedAct&) const = default;
};
BOOST_DESCRIBE_STRUCT(AllowedAct, (), (act, milestone))

/// A side of a deal as somebody may see it.
struct PartyView {
  std::optional<std::string> id;      ///< absent when hidden
  std::optional<std::string> name;
  std::optional<std::string> region;
  std::optional<bool> hidden;         ///< true: an anonymous enterprise that has not agreed yet
};
BOOST_DESCRIBE_STRUCT(PartyView, (), (id, name, region, hidden))

struct DealEvent {
  std::string at;
  DealAct act = DealAct::propose;
  Side side = Side::buyer;
  std::optional<std::string> actor_name;   ///< absent when hidden
  std::optional<std::string> note;
  std::optional<std::int64_t> milestone;
  std::optional<std::int64_t> score;
  std::optional<Terms> terms;              ///< of propose and revise
};
BOOST_DESCRIBE_STRUCT(DealEvent, (), (at, act, side, actor_name, note, milestone, score, terms))

/// A deal as one actor may see it; what the API answers.
struct DealView : DealFacts {
  PartyView buyer;
  PartyView seller;
  std::vector<AllowedAct> acts;  ///< what this actor may do now
  std::optional<std::vector<DealEvent>> events;                          ///< with one deal, not in lists
  std::optional<std::vector<evidence::StatementReference>> statements;   ///< with one deal, not in lists
};
BOOST_DESCRIBE_STRUCT(DealView, (DealFacts), (buyer, seller, acts, events, statements))

// ---- rules: pure ----------------------------------------------------------------------------------------------------

/// The terms in normal form (trimmed, days as 2026-01-21). Throws Rejected{invalid} with all problems; fields are JSON pointers
/// that begin with `pointer` ("/milestones/0/due_on").
Terms check_terms(const Terms& terms, const std::string& pointer = "");

/// True when the actor may act in the name of the organization: one of its people, with a role that acts (not auditor) and
/// a session or token that may write.
bool may_act_for(const identity::Actor& actor, std::string_view organization_id);
/// The side on which the actor may act; nothing for everybody else, departments and administrators included.
std::optional<Side> side_of(const Deal& deal, const identity::Actor& actor);
/// People of both sides, departments, administrators and auditors.
bool may_read(const Deal& deal, const identity::Actor& actor);
/// True while an anonymous enterprise's name must not be shown to the actor.
bool hides_buyer(const Deal& deal, const identity::Actor& actor);

/// What a side may do now, in order of DealAct and milestone.
std::vector<AllowedAct> acts_of(const Deal& deal, Side side);
/// The same for an actor; none when it acts for neither side.
std::vector<AllowedAct> acts_allowed(const Deal& deal, const identity::Actor& actor);

/// A statement that an act makes.
struct StatementPlan {
  std::string kind;                        ///< deal_agreed, deal_delivered, deal_milestone_accepted, deal_accepted, deal_terminated, deal_evaluated
  std::optional<std::int64_t> milestone;
};

struct Decision {
  Deal deal;                               ///< after the act; version is one higher
  std::optional<std::int64_t> milestone;   ///< which the act was about
  ActRequest request;                      ///< in normal form
  std::vector<StatementPlan> statements;
};

/// The whole rule of a deal. Refuses in this order: forbidden (the other side's act), wrong_state (not possible now),
/// forbidden (not this side's turn), wrong_state (not possible for the named milestone), invalid (all problems at once). `now` is the time of the act.
Decision decide(const Deal& deal, Side side, const ActRequest& request, Timestamp now);

/// The first version of a deal: `request` is propose with checked terms, `deal` says between whom and about what.
Decision start(Deal deal, Side side, ActRequest request, Timestamp now);

/// State of an agreed deal from its milestones.
State state_of(const std::vector<Milestone>& milestones);

// ---- problems of a need -----------------------------------------------------------------------------------------------

struct NeedProblem {
  std::int64_t index = 0;  ///< from 0
  std::string text;
};
BOOST_DESCRIBE_STRUCT(NeedProblem, (), (index, text))

struct NeedProblems {
  std::string need_id;
  bool edited = false;       ///< false: the engine's own split
  std::int64_t version = 0;  ///< 0: never edited
  std::vector<NeedProblem> problems;
};
BOOST_DESCRIBE_STRUCT(NeedProblems, (), (need_id, edited, version, problems))

/// What became of a language model's proposal for the split of a need.
enum class ProposalState {
  offered,    ///< waits for the owner
  dismissed,  ///< the owner wants none of it
  none,       ///< the model sees one problem: nothing to offer
  refused,    ///< the answer was no split of this need, or the model declined; `reason` says why
};
BOOST_DESCRIBE_ENUM(ProposalState, offered, dismissed, none, refused)

struct SplitProposal {
  std::string need_id;
  std::string text_digest;  ///< of the text that the model was asked about
  std::string model;
  std::string made_at;      ///< set when it is kept
  ProposalState state = ProposalState::offered;
  std::vector<std::string> problems;  ///< in the need's own words
  std::optional<Bilingual> reason;
};

// ---- commands and reads ---------------------------------------------------------------------------------------------

struct DealFilter {
  std::optional<State> state;
  std::optional<Side> side;  ///< of the actor's own organization
  std::string cursor;        ///< from a former page
  std::size_t limit = 50;    ///< 1 to kDealPageMax
};

struct DealPage {
  std::vector<DealView> deals;  ///< newest change first
  std::string next_cursor;      ///< empty: the last page
  std::int64_t total = 0;
};

/// What a deal waits for from one side.
struct Waiting {
  std::string deal_id;
  std::string deal_title;
  State state = State::proposed;
  Side side = Side::buyer;
  AllowedAct act;     ///< agree, deliver, accept or evaluate
  std::string since;  ///< last act on the deal
};
BOOST_DESCRIBE_STRUCT(Waiting, (), (deal_id, deal_title, state, side, act, since))

struct StateCount {
  State state = State::proposed;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(StateCount, (), (state, count))

/// What deals say of a supply, or of all supplies of a supplier.
struct SellerLoad {
  std::int64_t under_way = 0;  ///< agreed and not ended
  std::int64_t this_year = 0;  ///< those, and what was agreed in the last 365 days and went well
  std::string free_on;         ///< the earliest last day of those under way; empty: none
};

/// A supplier's deals of the last two years, the newest kSellerDealsMax of them. Proposals count for nothing: anybody can make them.
struct SellerRecord : SellerLoad {
  double well = 0;                         ///< concluded deals, each by how the buyer says it went, 0 to 1
  double concluded = 0;                    ///< accepted or terminated
  std::vector<std::int64_t> totals_fen;    ///< of the agreed ones
  std::map<std::string, SellerLoad, std::less<>> supplies;  ///< by supply
};
constexpr std::int64_t kSellerDealsMax = 500;
constexpr std::int64_t kSellerDays = 730;

class Deals {
 public:
  Deals(const registry::Registry& registry, const evidence::Issuer& issuer) : registry_(registry), issuer_(issuer) {}

  // Commands. What they return is the whole truth: show it through view().
  /// The actor's organization owns the need or the supply; both are published; one open deal for a need and a supply.
  /// Throws Rejected: forbidden, not_found, wrong_state, conflict, invalid.
  Deal propose(store::Transaction& tx, const identity::Actor& actor, const Proposal& proposal) const;
  /// One act on the deal's version `version`. Throws Rejected: not_found, forbidden, version_mismatch, and what decide() throws.
  Deal act(store::Transaction& tx, const identity::Actor& actor, std::string_view deal_id, std::int64_t version, const ActRequest& request) const;

  // Reads.
  static std::optional<Deal> find(store::Connection& connection, std::string_view deal_id);
  static std::optional<Deal> find(store::Transaction& tx, std::string_view deal_id);
  /// With events and statements. Throws Rejected{not_found} when there is none that the actor may see.
  DealView require_visible(store::Connection& connection, const identity::Actor& actor, std::string_view deal_id) const;
  /// Deals of the actor's organization; of everybody for departments, administrators and auditors. With a side: where the
  /// actor's own organization is that side. Throws Rejected{invalid} for a wrong cursor or limit.
  DealPage list(store::Connection& connection, const identity::Actor& actor, const DealFilter& filter) const;
  /// Without events and statements; pure.
  static DealView view(const Deal& deal, const identity::Actor& actor);
  static std::vector<DealEvent> events(store::Connection& connection, const Deal& deal, const identity::Actor& actor);
  /// What waits for this organization, what was touched last first; at most kWaitingMax.
  static std::vector<Waiting> waiting_for(store::Connection& connection, std::string_view organization_id);
  /// What the deals of an organization say of it as a supplier.
  static SellerRecord seller(store::Connection& connection, std::string_view organization_id, Timestamp now);
  /// Calls visit with every supplier that has deals, in order of their ids.
  static void each_seller(store::Connection& connection, Timestamp now, const std::function<void(const std::string&, const SellerRecord&)>& visit);
  /// Every state once, in order of State.
  static std::vector<StateCount> count_by_state(store::Connection& connection);

  // Problems of a need. Who may see the need is the caller's question (Registry::require_visible).
  /// The owner's split if there is one, else `automatic`, the engine's.
  static NeedProblems problems(store::Connection& connection, std::string_view need_id, const std::vector<std::string>& automatic);
  /// Replaces the split. For whoever may edit the need. `version` is the one that was read (0: never edited).
  /// Throws Rejected: not_found, forbidden, version_mismatch, invalid.
  NeedProblems set_problems(store::Transaction& tx, const identity::Actor& actor, std::string_view need_id, std::int64_t version,
                            const std::vector<std::string>& texts) const;

  // What a language model proposes as the split of a need. It changes nothing: the owner accepts it through set_problems().
  static std::optional<SplitProposal> proposal(store::Connection& connection, std::string_view need_id);
  /// Replaces an earlier one. By the node itself, for nobody.
  void keep_proposal(store::Transaction& tx, const SplitProposal& proposal) const;
  /// For whoever may edit the need. Throws Rejected: not_found (also when none is offered), forbidden.
  void dismiss_proposal(store::Transaction& tx, const identity::Actor& actor, std::string_view need_id) const;

 private:
  /// The need, if the actor may edit it. Strangers learn nothing of a need that is not for everybody to see.
  registry::Entry require_editable_need(store::Transaction& tx, const identity::Actor& actor, std::string_view need_id) const;
  void write(store::Transaction& tx, const identity::Actor& actor, Side side, const Decision& decision) const;

  const registry::Registry& registry_;
  const evidence::Issuer& issuer_;
};

}  // namespace jingwei::deals
