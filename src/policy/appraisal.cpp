// From figures to points, scores, grades and ranks; nothing that is not known is taken for zero.
#include "policy/appraisal.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/check.h"
#include "policy/internal/appraising.h"

namespace jingwei::policy {
namespace {

double rounded(double points) { return std::round(points * 100) / 100; }

double stepped(const AppraisalRule& rule, double figure) {
  double share = 0;
  for (const auto& step : rule.steps)
    if (rule.less_is_better ? figure <= step.at : figure >= step.at) share = step.share;
  return share;
}

std::optional<double> behind(const AppraisalRule& rule, double figure, const std::vector<double>& others) {
  if (others.size() + 1 < kPeersMin) return std::nullopt;
  double count = 0;
  for (const double other : others) count += other == figure ? 0.5 : (other < figure) != rule.less_is_better ? 1 : 0;
  return 100 * count / static_cast<double>(others.size());
}

CriterionScore score_criterion(const AppraisalCriterion& criterion, const std::map<std::string, AppraisalFigure>& known, const std::set<std::string>& members,
                               const std::string& id) {
  CriterionScore score{criterion.id, {}, {}, {}, {}};
  const auto at = known.find(id);
  if (at == known.end()) return score;
  score.figure = at->second.value;
  if (!at->second.entry_id.empty()) score.entry_id = at->second.entry_id;
  std::vector<double> others;
  if (criterion.rule.kind == AppraisalRuleKind::percentile)
    for (const auto& [platform, figure] : known)
      if (platform != id && members.contains(platform)) others.push_back(figure.value);
  score.share = share_of(criterion.rule, *score.figure, others);
  if (score.share) score.points = rounded(*score.share * criterion.weight / 100);
  return score;
}

void rank(std::vector<PlatformScore>& rows) {
  // Of the others, those that are certainly before (their low above our high) and those that may be (their high above our low).
  std::vector<double> lows;
  std::vector<double> highs;
  for (const auto& row : rows) {
    lows.push_back(row.low);
    highs.push_back(row.high);
  }
  std::ranges::sort(lows);
  std::ranges::sort(highs);
  const auto above = [](const std::vector<double>& sorted, double value) { return sorted.end() - std::ranges::upper_bound(sorted, value); };
  for (auto& row : rows) {
    row.rank_best = 1 + above(lows, row.high);
    row.rank_worst = 1 + above(highs, row.low) - (row.high > row.low ? 1 : 0);  // it is not before itself
  }
}

std::string text_at(const std::vector<sql::Value>& row, std::size_t column) {
  const auto* text = std::get_if<std::string>(&row.at(column));
  return text == nullptr ? "" : *text;
}

std::vector<AppraisedPlatform> platforms_of(std::int64_t year, const AskTables& ask, std::int64_t& feed_seq) {
  const auto answer = ask(term_sql(year) +
                          "SELECT p.id, p.title, p.kind, p.region, p.owner_id, o.name FROM platforms p LEFT JOIN parties o ON o.id = p.owner_id, term "
                          "WHERE p.state = 'published' OR (p.state = 'expired' AND p.valid_to >= term.first_day) ORDER BY p.id");
  if (!answer.complete) throw Rejected(Code::too_large, {"平台太多，算不下", "There are too many platforms to appraise"});
  feed_seq = answer.feed_seq;
  std::vector<AppraisedPlatform> platforms;
  for (const auto& row : answer.rows) platforms.push_back({text_at(row, 0), text_at(row, 1), text_at(row, 2), text_at(row, 3), text_at(row, 4), text_at(row, 5)});
  return platforms;
}

/// All facts in one statement, so that they are of one state.
AppraisalFigures figures_of(const AppraisalScheme& scheme, std::int64_t year, const AskTables& ask) {
  std::string sql;
  for (const auto& fact : scheme.facts)
    sql += fmt::format("{}SELECT {} AS fact, CAST(platform AS VARCHAR), CAST(figure AS DOUBLE), {} FROM ({}\n) AS {}", sql.empty() ? term_sql(year) : "\nUNION ALL ",
                       sql::quoted_text(fact.id), fact.tells_entry ? "CAST(entry AS VARCHAR)" : "CAST(NULL AS VARCHAR)", fact.sql,
                       fact.tells_entry ? "a(platform, figure, entry)" : "a(platform, figure)");
  const auto answer = ask(sql);
  if (!answer.complete) throw Rejected(Code::too_large, {"平台太多，算不下", "There are too many platforms to appraise"});
  AppraisalFigures figures;
  std::set<std::pair<std::string, std::string>> twice;
  for (const auto& row : answer.rows) {
    const auto* value = std::get_if<double>(&row.at(2));
    if (value == nullptr || !std::isfinite(*value)) continue;
    const bool fresh = figures[text_at(row, 0)].try_emplace(text_at(row, 1), AppraisalFigure{*value, text_at(row, 3)}).second;
    if (!fresh) twice.emplace(text_at(row, 0), text_at(row, 1));
  }
  // Two figures for one platform: which one is right cannot be told here, so it is no data.
  for (const auto& [fact, platform] : twice) figures[fact].erase(platform);
  return figures;
}

}  // namespace

std::string term_sql(std::int64_t year) {
  return fmt::format("WITH term AS (SELECT {0} AS year, DATE '{0}-01-01' AS first_day, DATE '{1}-01-01' AS next_day) ", year, year + 1);
}

std::string plain_number(double value) {
  auto text = fmt::format("{:.2f}", value);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::optional<double> share_of(const AppraisalRule& rule, double figure, const std::vector<double>& others) {
  switch (rule.kind) {
    case AppraisalRuleKind::linear: return 100 * std::clamp((figure - *rule.floor) / (*rule.full - *rule.floor), 0.0, 1.0);
    case AppraisalRuleKind::steps: return stepped(rule, figure);
    case AppraisalRuleKind::percentile: return behind(rule, figure, others);
  }
  return std::nullopt;
}

const AppraisalGrade& grade_of(const AppraisalScheme& scheme, double score) {
  const auto at = std::ranges::find_if(scheme.grades, [&](const AppraisalGrade& grade) { return score >= grade.from; });
  CHECK(at != scheme.grades.end());  // the last is from 0
  return *at;
}

bool is_trial(const AppraisalScheme& scheme, const AppraisalClass& of) {
  return !scheme.grades_basis.is_set || std::ranges::any_of(of.criteria, [](const auto& criterion) { return !criterion.weight_basis.is_set || !criterion.rule.basis.is_set; });
}

std::vector<PlatformScore> score_class(const AppraisalScheme& scheme, const AppraisalClass& of, std::vector<AppraisedPlatform> platforms, const AppraisalFigures& figures) {
  static const std::map<std::string, AppraisalFigure> kNone;
  std::set<std::string> members;
  for (const auto& platform : platforms) members.insert(platform.id);
  std::vector<PlatformScore> rows;
  for (auto& platform : platforms) {
    PlatformScore row;
    double missing = 0;
    for (const auto& criterion : of.criteria) {
      const auto at = figures.find(criterion.fact);
      row.criteria.push_back(score_criterion(criterion, at == figures.end() ? kNone : at->second, members, platform.id));
      row.low += row.criteria.back().points.value_or(0);
      if (row.criteria.back().points) continue;
      missing += criterion.weight;
      ++row.missing;
    }
    row.low = rounded(row.low);
    row.high = std::min(kWeightsTotal, rounded(row.low + missing));
    row.grade_low = grade_of(scheme, row.low).id;
    row.grade_high = grade_of(scheme, row.high).id;
    row.platform = std::move(platform);
    rows.push_back(std::move(row));
  }
  rank(rows);
  std::ranges::sort(rows, [](const PlatformScore& a, const PlatformScore& b) {
    return std::tie(b.low, b.high, a.platform.title, a.platform.id) < std::tie(a.low, a.high, b.platform.title, b.platform.id);
  });
  return rows;
}

AppraisalResult appraise(const AppraisalScheme& scheme, std::int64_t year, const AskTables& ask) {
  if (!scheme.covers(year)) {
    const auto to = scheme.last_year ? std::to_string(*scheme.last_year) : "";
    throw Rejected(Code::invalid, "year", {fmt::format("这个办法不管 {} 年", year), fmt::format("the scheme is not for {}", year)},
                   {fmt::format("从 {} 年起{}", scheme.first_year, to.empty() ? "" : "，到 " + to + " 年止"), fmt::format("From {}{}", scheme.first_year, to.empty() ? " on" : " to " + to)});
  }
  AppraisalResult result{scheme.id, year, 0, {}, {}};
  std::map<std::string, std::vector<AppraisedPlatform>> by_kind;
  for (auto& platform : platforms_of(year, ask, result.feed_seq)) by_kind[platform.kind].push_back(std::move(platform));
  const auto figures = figures_of(scheme, year, ask);
  for (const auto& of : scheme.classes) {
    std::vector<AppraisedPlatform> members;
    for (const auto& kind : of.kinds) {
      std::ranges::move(by_kind[kind], std::back_inserter(members));
      by_kind.erase(kind);
    }
    result.classes.push_back({of.id, score_class(scheme, of, std::move(members), figures)});
  }
  for (auto& [kind, platforms] : by_kind) std::ranges::move(platforms, std::back_inserter(result.without_class));
  return result;
}

std::shared_ptr<const AppraisalResult> KeptAppraisals::of(const AppraisalScheme& scheme, std::int64_t year, std::int64_t feed_seq, const AskTables& ask) {
  const std::pair key(scheme.id, year);
  {
    const std::lock_guard lock(mutex_);
    if (feed_seq_ == feed_seq)
      if (const auto kept = tables_.find(key); kept != tables_.end()) return kept->second;
  }
  auto made = std::make_shared<const AppraisalResult>(appraise(scheme, year, ask));
  const std::lock_guard lock(mutex_);
  // The read model may have moved on meanwhile; an older table than those that are kept is given and not kept.
  if (made->feed_seq > feed_seq_) {
    feed_seq_ = made->feed_seq;
    tables_.clear();
  }
  if (made->feed_seq == feed_seq_) tables_.insert_or_assign(key, made);
  return made;
}

}  // namespace jingwei::policy
