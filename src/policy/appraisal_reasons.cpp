// Points in words: how they came about, and what one step more would bring.
#include <algorithm>

#include <fmt/format.h>

#include "policy/appraisal.h"
#include "policy/internal/appraising.h"

namespace jingwei::policy {
namespace {

constexpr double kStepsOfLinear = 10;  ///< "one step" of a linear rule that names none: a tenth of the way

std::string with(double value, const std::string& unit) { return plain_number(value) + (unit.empty() ? "" : " " + unit); }

Bilingual gain(double more, const Bilingual& unit, bool less, double points) {
  return {fmt::format("再{} {}，多得 {} 分", less ? "降" : "增", with(more, unit.zh), plain_number(points)),
          fmt::format("{} {}: {} points more", with(more, unit.en), less ? "less" : "more", plain_number(points))};
}

CriterionReason linear(const AppraisalCriterion& criterion, const Bilingual& unit, double figure, double share) {
  const auto& rule = criterion.rule;
  CriterionReason reason{criterion.id,
                         {fmt::format("{} 起计分，到 {} 得满分，中间按比例", with(*rule.floor, unit.zh), with(*rule.full, unit.zh)),
                          fmt::format("points from {} on, all of them at {}, in proportion between", with(*rule.floor, unit.en), with(*rule.full, unit.en))},
                         {}};
  if (share >= 100) return reason;
  const double way = *rule.full - *rule.floor;
  if (share <= 0 && figure != *rule.floor) {
    reason.next = {fmt::format("还没到起计的 {}", with(*rule.floor, unit.zh)), fmt::format("has not reached {} yet, where points begin", with(*rule.floor, unit.en))};
    return reason;
  }
  const double left = std::abs(*rule.full - figure);
  const double step = std::min(left, rule.unit_step.value_or(std::abs(way) / kStepsOfLinear));
  reason.next = gain(step, unit, rule.less_is_better, criterion.weight * step / std::abs(way));
  return reason;
}

CriterionReason steps(const AppraisalCriterion& criterion, const Bilingual& unit, double figure, double share) {
  const auto& rule = criterion.rule;
  CriterionReason reason{criterion.id, {}, {}};
  for (const auto& step : rule.steps) {
    reason.how.zh += fmt::format("{}{} {} 得 {} %", reason.how.zh.empty() ? "" : "，", rule.less_is_better ? "不超过" : "达到", with(step.at, unit.zh), plain_number(step.share));
    reason.how.en += fmt::format("{}{} {}: {} %", reason.how.en.empty() ? "" : ", ", rule.less_is_better ? "at most" : "at least", with(step.at, unit.en), plain_number(step.share));
  }
  const auto next = std::ranges::find_if(rule.steps, [&](const AppraisalStep& step) { return step.share > share; });
  if (next != rule.steps.end()) reason.next = gain(std::abs(next->at - figure), unit, rule.less_is_better, criterion.weight * (next->share - share) / 100);
  return reason;
}

CriterionReason percentile(const AppraisalCriterion& criterion, std::optional<double> share, std::size_t platforms) {
  const bool less = criterion.rule.less_is_better;
  CriterionReason reason{criterion.id,
                         {fmt::format("按同类中{}的平台所占比例计分，并列算一半", less ? "比它高" : "比它低"),
                          fmt::format("by the share of platforms of the class whose figure is {}; those level count half", less ? "higher" : "lower")},
                         {}};
  if (share && *share < 100 && platforms > 1)
    reason.next = {fmt::format("再往前一位，约多得 {} 分", plain_number(std::min(criterion.weight / static_cast<double>(platforms - 1), criterion.weight * (100 - *share) / 100))),
                   fmt::format("one place further: about {} points more", plain_number(std::min(criterion.weight / static_cast<double>(platforms - 1), criterion.weight * (100 - *share) / 100)))};
  return reason;
}

}  // namespace

std::vector<CriterionReason> explain(const AppraisalScheme& scheme, const AppraisalClass& of, const PlatformScore& row, std::size_t platforms_in_class) {
  std::vector<CriterionReason> reasons;
  for (std::size_t i = 0; i < of.criteria.size(); ++i) {
    const auto& criterion = of.criteria[i];
    const auto& score = row.criteria[i];
    const Bilingual& unit = scheme.fact(criterion.fact).unit;
    if (!score.figure) {
      reasons.push_back({criterion.id,
                         {"缺数：没有这一年的数值，不当作零", "no data: there is no figure for this year; it is not taken for zero"},
                         {fmt::format("补上数值后得 0 至 {} 分", plain_number(criterion.weight)), fmt::format("with the figure: 0 to {} points", plain_number(criterion.weight))}});
    } else if (!score.share) {
      reasons.push_back({criterion.id,
                         {fmt::format("同类有数的平台不足 {} 家，排不出位次", kPeersMin), fmt::format("fewer than {} platforms of the class have a figure: there is nothing to compare with", kPeersMin)},
                         {}});
    } else {
      switch (criterion.rule.kind) {
        case AppraisalRuleKind::linear: reasons.push_back(linear(criterion, unit, *score.figure, *score.share)); break;
        case AppraisalRuleKind::steps: reasons.push_back(steps(criterion, unit, *score.figure, *score.share)); break;
        case AppraisalRuleKind::percentile: reasons.push_back(percentile(criterion, score.share, platforms_in_class)); break;
      }
    }
  }
  return reasons;
}

}  // namespace jingwei::policy
