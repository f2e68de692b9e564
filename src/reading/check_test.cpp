// testdata/check.test: a draft changed at one place and refused there.
#include <gtest/gtest.h>

#include <sstream>

#include "reading/reading.h"
#include "testing/text_cases.h"

namespace jingwei::reading {
namespace {

/// A text of 100 characters holds it.
Draft sample() {
  Draft draft;
  draft.title = DraftText{"数字市推进数据产业若干措施", {{0, 13}}};
  DraftMeasure measure;
  measure.number = "（一）";
  measure.text = measure.heading = "办好活动";
  measure.units = {{"市科技局", DraftUnitRole::lead, {{30, 34}}}, {"市经信局", DraftUnitRole::co, {{35, 39}}}};
  measure.ranges = {{20, 40}};
  draft.measures = {measure};
  DraftPromise promise;
  promise.measure = 0;
  promise.subject = "活动";
  promise.value = "30";
  promise.ranges = promise.value_ranges = {{22, 26}};
  draft.promises = {promise};
  DraftIndicator indicator;
  indicator.name = "活动次数";
  indicator.targets = {{"2027", DraftTargetKind::equal, "30", {}, "30", {{70, 72}}}};
  indicator.ranges = {{60, 80}};
  draft.indicators = {indicator};
  return draft;
}

TEST(Check, RefusesEachMistakeAtItsPlace) {
  for (const auto& text_case : testing::read_text_cases(std::string(JINGWEI_TESTDATA) + "/check.test")) {
    SCOPED_TRACE(text_case.name);
    json::value changed = to_json(sample());
    std::istringstream words(text_case.block("change"));
    std::string pointer, value;
    words >> pointer;
    std::getline(words, value);
    changed.at_pointer(pointer) = json::parse(value);
    std::string said = "ok";
    try {
      check(from_json<Draft>(changed), 100);
    } catch (const Rejected& rejected) {
      said.clear();
      for (const auto& problem : rejected.problems()) said += (said.empty() ? "" : "\n") + problem.field;
    }
    EXPECT_EQ(said, text_case.block("expect"));
  }
}

TEST(Check, RefusesMoreItemsThanTheLimits) {
  Draft draft = sample();
  draft.measures.resize(kMeasuresMax + 1, draft.measures[0]);
  EXPECT_THROW(check(draft, 100), Rejected);
}

}  // namespace
}  // namespace jingwei::reading
