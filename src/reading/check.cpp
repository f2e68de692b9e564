// What a draft must hold before it is committed, whoever wrote it last.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reading/reading.h"

namespace jingwei::reading {
namespace {

constexpr std::size_t kDecimalCharactersMax = 24;

class Checker {
 public:
  explicit Checker(std::int64_t characters) : characters_(characters) {}

  void report(std::string field, Bilingual reason, Bilingual remedy) {
    problems_.push_back({std::nullopt, std::move(field), std::move(reason), std::move(remedy)});
  }

  void name(const std::string& field, const std::string& text) {
    if (text.empty()) report(field, {"不能为空", "This is empty"}, {"填写文字", "Fill it in"});
  }

  void decimal(const std::string& field, const std::optional<std::string>& text) {
    if (text && !is_decimal(*text))
      report(field, {"不是数值：" + *text, "This is no figure: " + *text}, {"只写数字和小数点，如 3.15", "Write digits and a decimal point, such as 3.15"});
  }

  void ranges(const std::string& field, const DraftRanges& ranges) {
    for (const auto& range : ranges)
      if (range.begin < 0 || range.begin >= range.end || range.end > characters_)
        report(field + "/ranges",
               {fmt::format("位置 {}–{} 不在原文（共 {} 字）里", range.begin, range.end, characters_),
                fmt::format("Place {} to {} does not lie in the text of {} characters", range.begin, range.end, characters_)},
               {"改正位置", "Mend the place"});
  }

  void words(const std::string& field, const std::optional<DraftText>& words) {
    if (!words) return;
    name(field + "/text", words->text);
    ranges(field, words->ranges);
  }

  void units(const std::string& field, const std::vector<DraftUnit>& units) {
    for (std::size_t i = 0; i < units.size(); ++i) {
      name(fmt::format("{}/{}/name", field, i), units[i].name);
      ranges(fmt::format("{}/{}", field, i), units[i].ranges);
    }
  }

  void finish() {
    if (!problems_.empty()) throw Rejected(Code::invalid, {"草稿有误，请按提示修改", "The draft has mistakes; mend them as told"}, std::move(problems_));
  }

 private:
  static bool is_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto point = std::min(text.find('.'), text.size());
    const auto digits = [](std::string_view part) { return !part.empty() && part.find_first_not_of("0123456789") == part.npos; };
    return text.size() <= kDecimalCharactersMax && digits(text.substr(0, point)) && (point == text.size() || digits(text.substr(point + 1)));
  }

  std::int64_t characters_;
  std::vector<InputProblem> problems_;
};

void check_size(const Draft& draft) {
  if (draft.measures.size() > kMeasuresMax || draft.promises.size() > kPromisesMax || draft.indicators.size() > kIndicatorsMax ||
      draft.doubts.size() > kDoubtsMax)
    throw Rejected(Code::too_large, "", {"条目太多", "There are too many items"},
                   {fmt::format("最多 {} 条举措、{} 条承诺、{} 个指标", kMeasuresMax, kPromisesMax, kIndicatorsMax),
                    fmt::format("At most {} measures, {} promises and {} indicators", kMeasuresMax, kPromisesMax, kIndicatorsMax)});
}

void check_measure(const DraftMeasure& measure, const std::string& field, Checker& checker) {
  checker.name(field + "/text", measure.text);
  checker.units(field + "/units", measure.units);
  checker.ranges(field, measure.ranges);
  for (std::size_t i = 0; i < measure.sections.size(); ++i) checker.words(fmt::format("{}/sections/{}", field, i), measure.sections[i]);
  for (std::size_t i = 0; i < measure.steps.size(); ++i) {
    checker.name(fmt::format("{}/steps/{}/text", field, i), measure.steps[i].text);
    checker.ranges(fmt::format("{}/steps/{}", field, i), measure.steps[i].ranges);
  }
}

void check_promise(const DraftPromise& promise, std::size_t measures, const std::string& field, Checker& checker) {
  checker.name(field + "/subject", promise.subject);
  checker.decimal(field + "/value", promise.value);
  checker.decimal(field + "/value_to", promise.value_to);
  checker.ranges(field, promise.ranges);
  checker.ranges(field + "/value", promise.value_ranges);
  if (promise.measure && (*promise.measure < 0 || std::cmp_greater_equal(*promise.measure, measures)))
    checker.report(field + "/measure", {"没有这条举措", "There is no such measure"}, {"改正举措序号", "Mend the measure's index"});
  const bool is_relative = promise.operator_ == DraftPromiseOperator::relative;
  if (!is_relative && !promise.value) checker.report(field + "/value", {"缺少数值", "The figure is missing"}, {"填写数值", "Give the figure"});
  if (is_relative && !promise.relative_to)
    checker.report(field + "/relative_to", {"没有写与什么相比", "It does not say relative to what"}, {"填写相比的对象", "Say relative to what"});
  if ((promise.operator_ == DraftPromiseOperator::between) != promise.value_to.has_value())
    checker.report(field + "/value_to", {"区间要有两端，别的没有上端", "A range has two ends, nothing else has"}, {"改正上端", "Mend the upper end"});
  if (promise.period == DraftPromisePeriod::by_year && !promise.year)
    checker.report(field + "/year", {"没有写到哪一年", "It does not say by which year"}, {"填写年份", "Give the year"});
}

void check_indicator(const DraftIndicator& indicator, const std::string& field, Checker& checker) {
  checker.name(field + "/name", indicator.name);
  checker.words(field + "/system", indicator.system);
  checker.words(field + "/task", indicator.task);
  checker.units(field + "/departments", indicator.departments);
  checker.ranges(field, indicator.ranges);
  for (const auto& [list, figures] : {std::pair{"baselines", &indicator.baselines}, std::pair{"targets", &indicator.targets}})
    for (std::size_t i = 0; i < figures->size(); ++i) {
      checker.decimal(fmt::format("{}/{}/{}/value", field, list, i), (*figures)[i].value);
      checker.ranges(fmt::format("{}/{}/{}", field, list, i), (*figures)[i].ranges);
    }
}

}  // namespace

void check(const Draft& draft, std::int64_t characters) {
  check_size(draft);
  Checker checker(characters);
  checker.words("/title", draft.title);
  checker.words("/issuer", draft.issuer);
  checker.words("/number", draft.number);
  checker.words("/date", draft.date);
  for (std::size_t i = 0; i < draft.horizon.size(); ++i) checker.ranges(fmt::format("/horizon/{}", i), draft.horizon[i].ranges);
  checker.ranges("/force", draft.force_ranges);
  for (std::size_t i = 0; i < draft.measures.size(); ++i) check_measure(draft.measures[i], fmt::format("/measures/{}", i), checker);
  for (std::size_t i = 0; i < draft.promises.size(); ++i) check_promise(draft.promises[i], draft.measures.size(), fmt::format("/promises/{}", i), checker);
  for (std::size_t i = 0; i < draft.indicators.size(); ++i) check_indicator(draft.indicators[i], fmt::format("/indicators/{}", i), checker);
  for (std::size_t i = 0; i < draft.doubts.size(); ++i) checker.ranges(fmt::format("/doubts/{}", i), draft.doubts[i].ranges);
  checker.finish();
}

}  // namespace jingwei::reading
