// testdata/compare.test: two versions and what the newer one changes.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "io/file.h"
#include "reading/reading.h"
#include "testing/text_cases.h"

namespace jingwei::reading {
namespace {

std::string said(const DraftChanges& found) {
  std::string out;
  for (const auto& change : found.changes) {
    out += fmt::format("{}{} {} {}", out.empty() ? "" : "\n", enum_name(change.kind), enum_name(change.item), change.label);
    for (const auto& field : change.fields) out += fmt::format("\n  {}: {} -> {}", field.field, field.before.value_or("-"), field.after.value_or("-"));
  }
  return out;
}

TEST(Compare, SaysWhatTheNewerVersionChanges) {
  for (const auto& text_case : testing::read_text_cases(std::string(JINGWEI_TESTDATA) + "/compare.test")) {
    const std::string actual = said(compare(read(text_case.block("older")), read(text_case.block("newer"))));
    EXPECT_TRUE(actual == text_case.block("expect")) << text_case.name << "\n" << actual;
  }
}

TEST(Compare, APublishedTextAgainstItself) {
  const std::string folder = std::string(JINGWEI_TESTDATA) + "/documents/";
  const Draft liangxin = read(io::read_file(folder + "jiaxing-liangxin-plan-and-50-indicators.txt"));
  EXPECT_TRUE(compare(liangxin, liangxin).changes.empty());
  const Draft measures = read(io::read_file(folder + "jiaxing-2026-no4-cross-region-measures.txt"));
  const auto changes = compare(liangxin, measures).changes;
  const auto count = [&](DraftChangeKind kind, DraftChangedItem item) {
    return std::count_if(changes.begin(), changes.end(), [&](const DraftChange& change) { return change.kind == kind && change.item == item; });
  };
  EXPECT_EQ(count(DraftChangeKind::added, DraftChangedItem::measure), 12);
  EXPECT_EQ(count(DraftChangeKind::removed, DraftChangedItem::measure), 11);
  EXPECT_EQ(count(DraftChangeKind::removed, DraftChangedItem::indicator), 51);
  EXPECT_EQ(count(DraftChangeKind::changed, DraftChangedItem::head), 1);
}

}  // namespace
}  // namespace jingwei::reading
