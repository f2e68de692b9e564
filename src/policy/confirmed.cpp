#include "policy/confirmed.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "crypto/crypto.h"

namespace jingwei::policy {
namespace {

/// What is kept whole.
struct Body {
  AppraisalScheme scheme;
  AppraisalResult result;
};
BOOST_DESCRIBE_STRUCT(Body, (), (scheme, result))

std::int64_t platforms_of(const AppraisalResult& result) {
  std::int64_t count = 0;
  for (const auto& scores : result.classes) count += static_cast<std::int64_t>(scores.rows.size());
  return count;
}

AppraisalConfirmation confirmation_of(const store::Row& row) {
  AppraisalConfirmation one{row.string(0), row.integer(1), to_rfc3339({row.integer(2)}), row.string(3), std::nullopt, row.integer(5), row.string(6)};
  if (!row.text(4).empty()) one.reason = row.string(4);
  return one;
}

constexpr std::string_view kColumns = "id, version, at_us, actor_name, reason, feed_seq, sha256";

/// The newest confirmation as the running command sees it.
std::optional<AppraisalConfirmation> newest(store::Transaction& tx, const AppraisalResult& result) {
  std::optional<AppraisalConfirmation> found;
  tx.query(fmt::format("SELECT {} FROM appraisal_confirmations WHERE scheme = $1 AND year = $2 ORDER BY version DESC LIMIT 1", kColumns), {result.scheme, result.year},
           [&](const store::Row& row) { found = confirmation_of(row); });
  return found;
}

void require_version(const std::optional<AppraisalConfirmation>& before, std::optional<std::int64_t> version) {
  if (before ? version == before->version : !version) return;
  if (!before) throw Rejected(Code::version_mismatch, {"这一年还没有确认过的结果", "No result of this year has been confirmed yet"});
  throw Rejected(Code::version_mismatch, {fmt::format("{} 已在 {} 确认了第 {} 版", before->by_name, before->at.substr(0, 10), before->version),
                                          fmt::format("{} confirmed version {} on {}", before->by_name, before->version, before->at.substr(0, 10))},
                 {{0, "", {"您看到的不是最新的一版", "what you see is not the latest version"}, {"刷新页面，看过最新的确认再决定", "load the page again and look at the latest confirmation"}}});
}

void require_reason(const std::optional<AppraisalConfirmation>& before, const std::string& reason) {
  if (before && reason.empty())
    throw Rejected(Code::invalid, "/reason", {"更正已确认的结果要写明原因", "a correction of a confirmed result needs a reason"}, {"如“平台补报了年度数据”", "such as \"figures of the year were handed in late\""});
  if (count_characters(reason) > kConfirmReasonMax)
    throw Rejected(Code::invalid, "/reason", {fmt::format("原因超过 {} 字", kConfirmReasonMax), fmt::format("the reason is longer than {} characters", kConfirmReasonMax)}, {"写短一点", "Make it shorter"});
}

/// Class and row of each platform.
using Rows = std::map<std::string_view, std::pair<std::string, const PlatformScore*>>;
Rows rows_of(const AppraisalResult& result) {
  Rows rows;
  for (const auto& scores : result.classes)
    for (const auto& row : scores.rows) rows.emplace(row.platform.id, std::pair(scores.class_id, &row));
  return rows;
}

/// Criteria of either, by name; what only one of them has is "no data" in the other.
std::vector<CriterionDifference> criteria_that_differ(const PlatformScore* confirmed, const PlatformScore* now) {
  std::vector<CriterionDifference> all;
  const auto of = [&](const std::string& id) -> CriterionDifference& {
    const auto known = std::ranges::find(all, id, &CriterionDifference::criterion);
    return known != all.end() ? *known : all.emplace_back(CriterionDifference{id, {}, {}, {}, {}});
  };
  if (now != nullptr)
    for (const auto& score : now->criteria) {
      auto& one = of(score.criterion);
      one.figure_now = score.figure;
      one.points_now = score.points;
    }
  if (confirmed != nullptr)
    for (const auto& score : confirmed->criteria) {
      auto& one = of(score.criterion);
      one.figure_confirmed = score.figure;
      one.points_confirmed = score.points;
    }
  std::erase_if(all, [](const CriterionDifference& one) { return one.figure_confirmed == one.figure_now && one.points_confirmed == one.points_now; });
  return all;
}

}  // namespace

std::string digest_of(const AppraisalScheme& scheme, const AppraisalResult& result) {
  Body body{scheme, result};
  body.result.feed_seq = 0;
  return to_hex(crypto::sha256(as_bytes(json::serialize(to_json(body)))));
}

bool may_confirm(const identity::Actor& actor) {
  return actor.may_write && (actor.has(identity::Role::department) || actor.has(identity::Role::administrator));
}

AppraisalConfirmation confirm_appraisal(store::Transaction& tx, const identity::Actor& actor, const evidence::Issuer& issuer, const AppraisalScheme& scheme,
                                        const AppraisalResult& result, std::optional<std::int64_t> version, const ConfirmationWrite& write) {
  if (!may_confirm(actor)) throw Rejected(Code::forbidden, {"只有主管部门可以确认评价结果", "Only departments confirm results"});
  if (std::to_string(result.year) >= shanghai_date(tx.now()).substr(0, 4))
    throw Rejected(Code::wrong_state, {fmt::format("{} 年还没有结束，结果还会变，不能确认", result.year), fmt::format("{} is not over: its result still changes and cannot be confirmed", result.year)});
  if (platforms_of(result) == 0) throw Rejected(Code::wrong_state, {"这一年没有平台有得分，没有可确认的结果", "No platform has a score in this year: there is nothing to confirm"});
  const auto before = newest(tx, result);
  require_version(before, version);
  const std::string sha256 = digest_of(scheme, result);
  if (write.sha256 != sha256)
    throw Rejected(Code::conflict, {"您看过以后数值或办法有变动，现在的结果不是您看到的那个", "Figures or rules have changed since you looked: the result is no longer the one that you saw"},
                   {{0, "/sha256", {"结果已变", "the result has changed"}, {"刷新页面，再看一遍后确认", "load the page again, look once more, then confirm"}}});
  if (before && before->sha256 == sha256) throw Rejected(Code::wrong_state, {"现在的结果和已确认的一样，不用更正", "The result is the same as the confirmed one: there is nothing to correct"});
  const std::string reason(trim(write.reason.value_or("")));
  require_reason(before, reason);
  // From here on it must succeed.
  AppraisalConfirmation made{before ? before->id : tx.new_id("appraisal"), before ? before->version + 1 : 1, to_rfc3339(tx.now()), actor.name, std::nullopt, result.feed_seq, sha256};
  if (before) made.reason = reason;
  tx.execute("INSERT INTO appraisal_confirmations (id, version, scheme, year, at_us, actor_id, actor_name, reason, feed_seq, sha256, body) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
             {made.id, made.version, result.scheme, result.year, tx.now().us, actor.account_id, actor.name, before ? reason : "", result.feed_seq, sha256,
              json::serialize(to_json(Body{scheme, result}))});
  tx.append_feed("appraisal", before ? "correct" : "confirm", made.id, made.version);
  issuer.issue(tx, {before ? "appraisal_corrected" : "appraisal_confirmed", made.id,
                    {{"scheme", result.scheme}, {"year", result.year}, {"version", made.version}, {"platforms", platforms_of(result)}, {"result_sha256", sha256}},
                    json::object{{"by", actor.account_id}, {"reason", before ? reason : ""}}});
  return made;
}

std::optional<ConfirmedAppraisal> confirmed_appraisal(store::Connection& connection, std::string_view scheme, std::int64_t year, std::optional<std::int64_t> version) {
  std::optional<ConfirmedAppraisal> found;
  const std::string which = version ? "AND version = $3" : "AND version >= $3 ORDER BY version DESC LIMIT 1";
  connection.query(fmt::format("SELECT {}, body FROM appraisal_confirmations WHERE scheme = $1 AND year = $2 {}", kColumns, which), {scheme, year, version.value_or(0)}, [&](const store::Row& row) {
    auto body = from_json<Body>(parse_json(row.text(7)));
    found.emplace();
    static_cast<AppraisalConfirmation&>(*found) = confirmation_of(row);
    found->scheme = std::move(body.scheme);
    found->result = std::move(body.result);
  });
  return found;
}

std::vector<AppraisalConfirmation> confirmations(store::Connection& connection, std::string_view scheme, std::int64_t year) {
  std::vector<AppraisalConfirmation> all;
  connection.query(fmt::format("SELECT {} FROM appraisal_confirmations WHERE scheme = $1 AND year = $2 ORDER BY version DESC", kColumns), {scheme, year},
                   [&](const store::Row& row) { all.push_back(confirmation_of(row)); });
  return all;
}

AppraisalStanding standing_of(const PlatformScore& row) { return {row.low, row.high, row.grade_low, row.grade_high, row.rank_best, row.rank_worst}; }

std::vector<AppraisalDifference> differences(const AppraisalResult& confirmed, const AppraisalResult& now) {
  const Rows before = rows_of(confirmed);
  const Rows after = rows_of(now);
  std::vector<AppraisalDifference> all;
  const auto compare = [&](const AppraisedPlatform& platform) {
    const auto was = before.find(platform.id);
    const auto is = after.find(platform.id);
    const PlatformScore* then = was == before.end() ? nullptr : was->second.second;
    const PlatformScore* today = is == after.end() ? nullptr : is->second.second;
    AppraisalDifference one{platform.id, platform.title, platform.owner_id, {}, {}, {}, {}, criteria_that_differ(then, today)};
    if (then != nullptr) {
      one.class_confirmed = was->second.first;
      one.confirmed = standing_of(*then);
    }
    if (today != nullptr) {
      one.class_now = is->second.first;
      one.now = standing_of(*today);
    }
    if (one.class_confirmed != one.class_now || one.confirmed != one.now || !one.criteria.empty()) all.push_back(std::move(one));
  };
  for (const auto& scores : now.classes)
    for (const auto& row : scores.rows) compare(row.platform);
  for (const auto& scores : confirmed.classes)
    for (const auto& row : scores.rows)
      if (!after.contains(row.platform.id)) compare(row.platform);
  return all;
}

}  // namespace jingwei::policy
