// Requests written as tables, and plans as the lines a reader would check. For tests and the bench only.
#pragma once

#include <string>

#include "plan/plan.h"

namespace jingwei::plan {

/// Figures that are easy to add up: agreement 10 days, person 5, fund 20, achievement 90 (TRL 9: 30), platform 60, expert 45,
/// instrument 10 (+2 elsewhere), pilot 30, support 1.
inline constexpr std::string_view kTestDurations = R"(steps:
  - {id: support, title: {zh: 申领, en: apply}, days: 1, after: [], reason: {zh: 理由, en: reason}}
  - {id: person, title: {zh: 诊断, en: visit}, days: 5, after: [], reason: {zh: 理由, en: reason}}
  - {id: agreement, title: {zh: 签约, en: contract}, days: 10, after: [], reason: {zh: 理由, en: reason}}
  - {id: fund, title: {zh: 资金, en: money}, days: 20, after: [agreement], reason: {zh: 理由, en: reason}}
  - {id: achievement, title: {zh: 成果, en: achievement}, days: 90, days_by_trl: [90, 90, 90, 90, 90, 90, 90, 90, 30], after: [agreement, person], reason: {zh: 理由, en: reason}}
  - {id: platform, title: {zh: 平台, en: platform}, days: 60, after: [agreement, person], reason: {zh: 理由, en: reason}}
  - {id: expert, title: {zh: 专家, en: expert}, days: 45, after: [agreement, person], reason: {zh: 理由, en: reason}}
  - {id: instrument, title: {zh: 检测, en: measurement}, days: 10, days_by_distance: [0, 0, 0, 2], after: [achievement, platform, expert], reason: {zh: 理由, en: reason}}
  - {id: pilot, title: {zh: 中试, en: pilot}, days: 30, after: [instrument], reason: {zh: 理由, en: reason}}
)";

inline Candidate candidate(std::string id, std::string kind, std::optional<std::int64_t> amount_fen, std::string region, std::optional<int> trl, double score,
                           std::vector<int> problems) {
  Candidate made;
  made.item.id = made.document.id = std::move(id);
  made.item.kind = made.document.kind = std::move(kind);
  made.document.amount_fen = amount_fen;
  made.document.region = std::move(region);
  made.document.trl = trl;
  made.item.score = score;
  made.item.problems = std::move(problems);
  return made;
}

}  // namespace jingwei::plan
