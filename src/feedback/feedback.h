// Feedback: what the owner of a need thinks of a supply that was shown for it.
//
//   rules      pure: what a mark must say (check), who marks and who reads (testdata/who.test), which grade a mark is worth
//   Feedback   one command inside a store::Transaction (row, version, feed record) and the reads
//
// A later mark replaces an earlier one; every mark stays as a version. Feedback is no public act: it leaves no statement. The supply's
// owner is told what concerns its own supplies, and never who the owner of an anonymous need is.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/time.h"
#include "identity/identity.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jingwei::feedback {

// ---- words and limits -----------------------------------------------------------------------------------------------

/// `cleared`: the mark was taken back; it counts as none and the supplier no longer sees it.
enum class Mark { shortlisted, contacted, refused, accepted, cleared };
BOOST_DESCRIBE_ENUM(Mark, shortlisted, contacted, refused, accepted, cleared)

/// Why a supply was refused; `other` needs words.
enum class RefusalReason { too_early, benefit_unclear, commercial_route_unclear, description_unclear, capacity, price, region, other };
BOOST_DESCRIBE_ENUM(RefusalReason, too_early, benefit_unclear, commercial_route_unclear, description_unclear, capacity, price, region, other)

constexpr std::size_t kNoteCharactersMax = 500;
constexpr std::int64_t kVersionsMax = 1'000;          ///< marks on one supply for one need; more are refused
constexpr std::int64_t kSuppliesOfNeedMax = 2'000;    ///< marked supplies of one need; more are refused
constexpr std::size_t kReceivedPageMax = 200;         ///< marks of one page

// ---- content --------------------------------------------------------------------------------------------------------

struct FeedbackWrite {
  Mark mark = Mark::shortlisted;
  std::optional<RefusalReason> reason;  ///< with `refused`, and only there
  std::optional<std::string> note;      ///< the supplier reads it
};
BOOST_DESCRIBE_STRUCT(FeedbackWrite, (), (mark, reason, note))

struct SupplyTitle {
  std::string id;
  std::string register_;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(SupplyTitle, (), (id, register_, title))

struct FeedbackVersion {
  std::int64_t version = 0;
  std::string at;
  std::optional<std::string> actor_name;
  Mark mark = Mark::shortlisted;
  std::optional<RefusalReason> reason;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(FeedbackVersion, (), (version, at, actor_name, mark, reason, note))

/// The latest mark on a supply, as the need's side sees it; a supplier sees it without names and history.
struct FeedbackView : FeedbackVersion {
  SupplyTitle supply;
  std::optional<std::vector<FeedbackVersion>> history;  ///< newest first, the latest included
};
BOOST_DESCRIBE_STRUCT(FeedbackView, (FeedbackVersion), (supply, history))

/// The need behind a mark as the supplier may see it.
struct NeedGlimpse {
  std::optional<std::string> id;            ///< absent: the need is not for the supplier to open
  std::optional<std::string> title;         ///< absent: it never was for the supplier to see
  std::optional<std::string> owner_name;    ///< absent when hidden
  std::optional<bool> owner_hidden;
};
BOOST_DESCRIBE_STRUCT(NeedGlimpse, (), (id, title, owner_name, owner_hidden))

struct ReceivedFeedback {
  std::string id;
  SupplyTitle supply;
  NeedGlimpse need;
  Mark mark = Mark::shortlisted;
  std::optional<RefusalReason> reason;
  std::optional<std::string> note;
  std::string at;
};
BOOST_DESCRIBE_STRUCT(ReceivedFeedback, (), (id, supply, need, mark, reason, note, at))

struct MarkCount {
  Mark mark = Mark::shortlisted;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(MarkCount, (), (mark, count))

struct ReasonCount {
  RefusalReason reason = RefusalReason::other;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ReasonCount, (), (reason, count))

// ---- rules: pure ----------------------------------------------------------------------------------------------------

/// Normal form (note trimmed, an empty one absent). Throws Rejected{invalid} with all problems; fields are JSON pointers.
FeedbackWrite check(FeedbackWrite write);

/// People of the need's owner with a role that acts (not auditor alone) and a session or token that may write.
bool may_mark(std::string_view need_owner_id, const identity::Actor& actor);

enum class Sees { nothing, received, everything };
BOOST_DESCRIBE_ENUM(Sees, nothing, received, everything)
/// `everything`: the need's side, departments and administrators; `received`: the supply's side.
Sees sees(std::string_view need_owner_id, std::string_view supply_owner_id, const identity::Actor& actor);

/// What a mark is worth as a judgment of the match, 0 to 3 as in the judged files; nothing for a cleared one. A refusal for capacity,
/// price or region says that the supply answers the need but not here and now: 1.
std::optional<int> grade_of(Mark mark, std::optional<RefusalReason> reason);

// ---- command and reads ------------------------------------------------------------------------------------------------

struct ReceivedFilter {
  std::optional<Mark> mark;
  std::optional<RefusalReason> reason;
  std::string cursor;      ///< from a former page
  std::size_t limit = 50;  ///< 1 to kReceivedPageMax
};

struct ReceivedPage {
  std::vector<ReceivedFeedback> items;  ///< newest first
  std::string next_cursor;              ///< empty: the last page
  std::int64_t total = 0;
  std::vector<MarkCount> marks;         ///< of all the actor reads, whatever the filter; every mark but cleared, in order of Mark
  std::vector<ReasonCount> reasons;     ///< likewise, every reason
};

struct Recent {
  std::int64_t count = 0;
  std::int64_t refused = 0;
  std::string latest_id;  ///< empty: none
  std::string latest_at;
};

struct Judgment {
  std::string need_id;
  std::string supply_id;
  int grade = 0;
};

class Feedback {
 public:
  explicit Feedback(const registry::Registry& registry) : registry_(registry) {}

  /// Marks a supply for a need. `version` is the one that was read; nothing or 0 for the first mark. Throws Rejected in this order:
  /// not_found (need), forbidden, not_found (supply), invalid (no supply, or one's own), invalid (version missing), version_mismatch,
  /// invalid (content), wrong_state (a limit above).
  FeedbackView mark(store::Transaction& tx, const identity::Actor& actor, std::string_view need_id, std::string_view supply_id,
                    std::optional<std::int64_t> version, const FeedbackWrite& write) const;

  /// What the actor may read of the marks of a need, newest first; cleared ones to the need's side and overseers only. That the actor
  /// may see the need is the caller's question (Registry::require_visible).
  std::vector<FeedbackView> of_need(store::Connection& connection, const identity::Actor& actor, const registry::Entry& need) const;
  /// Marks on the supplies of the actor's organization; on all supplies for departments and administrators. Cleared ones are left out.
  /// Throws Rejected{invalid} for a wrong cursor or limit.
  ReceivedPage received(store::Connection& connection, const identity::Actor& actor, const ReceivedFilter& filter) const;
  /// Marks on an organization's supplies since a time.
  static Recent recent(store::Connection& connection, std::string_view organization_id, Timestamp since);
  /// Every mark that is worth a grade, by need and supply.
  static void each_judgment(store::Connection& connection, const std::function<void(const Judgment&)>& visit);

 private:
  const registry::Registry& registry_;
};

}  // namespace jingwei::feedback
