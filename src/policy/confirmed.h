// Results of an appraisal that a person confirmed (评价结果确认): kept as they were, beside what is computed now.
//
// A confirmation holds scheme and result whole: weights, rules, grades, figures, points. No later figure, file or version of the program
// changes it; a correction is a new version with its reason. Each leaves a statement that holds the digest of what was confirmed.
#pragma once

#include "evidence/evidence.h"
#include "identity/identity.h"
#include "policy/appraisal.h"
#include "store/store.h"

namespace jingwei::policy {

constexpr std::size_t kConfirmReasonMax = 500;  ///< characters

struct AppraisalConfirmation {
  std::string id;            ///< of scheme and year
  std::int64_t version = 0;
  std::string at;
  std::string by_name;
  std::optional<std::string> reason;  ///< of versions after the first
  std::int64_t feed_seq = 0;          ///< state of the read model that was confirmed
  std::string sha256;                 ///< digest_of() what was confirmed
};
BOOST_DESCRIBE_STRUCT(AppraisalConfirmation, (), (id, version, at, by_name, reason, feed_seq, sha256))

struct ConfirmedAppraisal : AppraisalConfirmation {
  AppraisalScheme scheme;
  AppraisalResult result;
};
BOOST_DESCRIBE_STRUCT(ConfirmedAppraisal, (AppraisalConfirmation), (scheme, result))

struct ConfirmationWrite {
  std::string sha256;                 ///< of what the person saw
  std::optional<std::string> reason;  ///< corrections must
};
BOOST_DESCRIBE_STRUCT(ConfirmationWrite, (), (sha256, reason))

/// SHA-256, in hex, of scheme and result as JSON without the state of the read model: the same figures by the same rules are the same.
std::string digest_of(const AppraisalScheme& scheme, const AppraisalResult& result);

/// Who confirms: departments and administrators.
bool may_confirm(const identity::Actor& actor);
/// Keeps `result` as confirmed. `version`: of the confirmation that it corrects; nothing for a first one. Refuses in this order: forbidden;
/// wrong_state (the year is not over, no platform has a score); version_mismatch; conflict (the figures are no longer those that the
/// person saw); wrong_state (what is confirmed already says the same); invalid (a correction without a reason).
AppraisalConfirmation confirm_appraisal(store::Transaction& tx, const identity::Actor& actor, const evidence::Issuer& issuer, const AppraisalScheme& scheme,
                                        const AppraisalResult& result, std::optional<std::int64_t> version, const ConfirmationWrite& write);

/// The newest version, or the one asked for; nothing when there is none.
std::optional<ConfirmedAppraisal> confirmed_appraisal(store::Connection& connection, std::string_view scheme, std::int64_t year,
                                                      std::optional<std::int64_t> version = std::nullopt);
/// Newest first, without what was confirmed.
std::vector<AppraisalConfirmation> confirmations(store::Connection& connection, std::string_view scheme, std::int64_t year);

// ---- confirmed beside computed --------------------------------------------------------------------------------------

/// How a platform stands in its class.
struct AppraisalStanding {
  double low = 0;
  double high = 0;
  std::string grade_low;
  std::string grade_high;
  std::int64_t rank_best = 0;
  std::int64_t rank_worst = 0;
  bool operator==(const AppraisalStanding&) const = default;
};
BOOST_DESCRIBE_STRUCT(AppraisalStanding, (), (low, high, grade_low, grade_high, rank_best, rank_worst))
AppraisalStanding standing_of(const PlatformScore& row);

struct CriterionDifference {
  std::string criterion;
  std::optional<double> figure_confirmed;
  std::optional<double> figure_now;
  std::optional<double> points_confirmed;
  std::optional<double> points_now;
};
BOOST_DESCRIBE_STRUCT(CriterionDifference, (), (criterion, figure_confirmed, figure_now, points_confirmed, points_now))

/// A platform of which anything is another than it was confirmed to be.
struct AppraisalDifference {
  std::string platform;
  std::string title;
  std::string owner_id;
  std::optional<std::string> class_confirmed;  ///< absent: it was not appraised
  std::optional<std::string> class_now;
  std::optional<AppraisalStanding> confirmed;
  std::optional<AppraisalStanding> now;
  std::vector<CriterionDifference> criteria;   ///< those whose figure or points differ
};
BOOST_DESCRIBE_STRUCT(AppraisalDifference, (), (platform, title, owner_id, class_confirmed, class_now, confirmed, now, criteria))

/// In the order of `now`, then those that are in it no more.
std::vector<AppraisalDifference> differences(const AppraisalResult& confirmed, const AppraisalResult& now);

}  // namespace jingwei::policy
