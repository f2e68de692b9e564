// From a confirmed draft to tasks, indicators and promises, see internal/plan_items.h.
#include "steering/internal/plan_items.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace jingwei::steering::internal {
namespace {

constexpr std::size_t kYearDigits = 4;

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// The chain that the words of a title speak of, most particular first.
SteeringChain chain_of(std::string_view title) {
  if (has_any(title, {"贷款", "挂牌", "基金", "减负", "金融", "资本"})) return SteeringChain::capital;
  if (has_any(title, {"人才", "工程师", "企业家", "大学生", "技能", "双聘", "选聘", "科技副总"})) return SteeringChain::talent;
  if (has_any(title, {"研发", "研究", "专利", "技术交易", "孵化", "创新联合体", "概念验证", "中试", "科技", "创新中心", "成果", "科创", "知识产权", "大仪", "路演"}))
    return SteeringChain::innovation;
  return SteeringChain::industry;
}

std::optional<double> number_of(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  double value = 0;
  const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), value, std::chars_format::fixed);
  return failed == std::errc() && end == text->data() + text->size() ? std::optional(value) : std::nullopt;
}

std::int64_t year_of(std::string_view period) {
  std::int64_t year = 0;
  std::from_chars(period.data(), period.data() + std::min(kYearDigits, period.size()), year);
  return year;
}

std::string shortened(std::string_view text, std::size_t characters_max) { return std::string(first_characters(trim(text), characters_max)); }

std::vector<Duty> duties_of(const std::vector<reading::DraftUnit>& units, const std::string& from) {
  std::vector<Duty> duties;
  for (const auto& unit : units)
    if (duties.size() < kDutiesMax) duties.push_back({shortened(unit.name, kNameCharactersMax), enum_from_name<DutyRole>(enum_name(unit.role)).value(), from, std::nullopt});
  return duties;
}

/// Registers that keep what promises count, by the words of the promise.
struct Counter {
  std::initializer_list<std::string_view> words;
  std::string_view register_id;
  std::string_view date_field;
  std::string_view kind;  ///< code of the field `kind`; empty: all entries
};
const std::array<Counter, 7>& counters() {
  static const std::array<Counter, 7> all{{
      {{"路演"}, "events", "held_on", "roadshow"},
      {{"沙龙"}, "events", "held_on", "salon"},
      {{"招商推介"}, "events", "held_on", "promotion"},
      {{"对接活动", "对接会"}, "events", "held_on", "matching"},
      {{"科技副总", "特派员", "产业教授", "选聘"}, "placements", "placed_on", ""},
      {{"应用场景机会", "场景机会"}, "scenarios", "opened_on", ""},
      {{"科创项目"}, "projects", "landed_on", ""},
  }};
  return all;
}

std::optional<CountRule> counter_of(const reading::DraftPromise& promise) {
  const bool again = promise.period != reading::DraftPromisePeriod::total && promise.period != reading::DraftPromisePeriod::by_year;
  if (!again || promise.relative_to) return std::nullopt;
  for (const auto& counter : counters()) {
    if (!has_any(promise.subject, counter.words)) continue;
    CountRule rule{std::string(counter.register_id), std::string(counter.date_field), std::nullopt, std::nullopt};
    if (!counter.kind.empty()) rule.equals.emplace(std::map<std::string, std::string>{{"kind", std::string(counter.kind)}});
    return rule;
  }
  return std::nullopt;
}

TargetKind kind_of(reading::DraftPromiseOperator op) {
  using enum reading::DraftPromiseOperator;
  switch (op) {
    case equal: return TargetKind::equal;
    case at_most:
    case under: return TargetKind::at_most;
    case about: return TargetKind::about;
    case rank: return TargetKind::rank_at_best;
    case at_least:
    case over:
    case between:
    case relative:
    case monthly: return TargetKind::at_least;
  }
  return TargetKind::equal;
}

int times_a_year(reading::DraftPromisePeriod period) {
  return period == reading::DraftPromisePeriod::each_month ? 12 : period == reading::DraftPromisePeriod::each_quarter ? 4 : 1;
}

class Builder {
 public:
  Builder(const PlanCommit& commit, std::string_view today) : commit_(commit), day_(commit.draft.date ? commit.draft.date->text : std::string(today)), year_(year_of(day_)) {}

  TaskContent task(const reading::DraftMeasure& measure) const {
    TaskContent task;
    task.kind = TaskKind::measure;
    task.year = year_;
    task.number = shortened(measure.number, kNameCharactersMax);
    task.title = shortened(measure.heading.empty() ? measure.text : measure.heading, kNameCharactersMax);
    task.text = shortened(measure.text, kTextCharactersMax);
    task.chain = chain_of(task.title);
    task.duties = duties_of(measure.units, day_);
    for (const auto& step : measure.steps)
      if (task.milestones.size() < kMilestonesOfTaskMax) task.milestones.push_back({shortened(step.heading.empty() ? step.text : step.heading, kNameCharactersMax), {}, {}});
    task.ranges = measure.ranges;
    return task;
  }

  IndicatorContent indicator(const reading::DraftIndicator& row) const {
    IndicatorContent content;
    content.code = fmt::format("{}-{:0>2}{}", commit_.code, row.number, row.part ? "-" + *row.part : "");
    content.name = shortened(row.name + (row.part ? "（" + *row.part + "）" : ""), kNameCharactersMax);
    content.unit = row.unit;
    if (row.system) content.system = shortened(row.system->text, kNameCharactersMax);
    if (row.task) content.task = shortened(row.task->text, kNameCharactersMax);
    content.chain = chain_of(content.name);
    content.own = row.own;
    content.is_public = true;
    content.course.direction = row.direction == reading::DraftDirection::up ? Direction::up : row.direction == reading::DraftDirection::down ? Direction::down : Direction::none;
    if (!row.baselines.empty()) {
      const auto& baseline = row.baselines.back();
      content.course.baseline = IndicatorBaseline{year_of(baseline.period), number_of(baseline.value), baseline.written};
    }
    for (const auto& target : row.targets)
      content.course.targets.push_back({year_of(target.period), enum_from_name<TargetKind>(enum_name(target.kind)).value(), number_of(target.value), target.written});
    // 每年…, 年度…, 年均金额: the value is what a year brings.
    if (row.name.starts_with("每年") || row.name.starts_with("年度") || has_any(row.name, {"年均金额"})) content.course.aggregation = Aggregation::sum;
    const bool counts_things = has_any(row.unit, {"家", "个", "名", "项", "件"});
    if (counts_things && content.course.aggregation == Aggregation::last && row.name.find("每万人") == std::string::npos) content.frequency = commit_.frequency;
    if (content.course.baseline) content.reports_from = period_text({content.frequency, static_cast<int>(content.course.baseline->year) + 1, 1});
    content.duties = duties_of(row.departments, day_);
    if (row.departments.size() > 1 && content.duties.front().role == DutyRole::responsible) content.duties.front().role = DutyRole::lead;  // reports for all
    content.ranges = row.ranges;
    return content;
  }

  IndicatorContent promise(const reading::DraftPromise& promise, std::size_t number) const {
    IndicatorContent content;
    content.code = fmt::format("{}-P{:02}", commit_.code, number);
    const std::string subject = promise.subject.empty() ? promise.text : promise.subject;
    content.name = shortened(promise.relative_to ? subject + "与" + *promise.relative_to + "之差" : subject, kNameCharactersMax);
    content.unit = promise.relative_to && promise.unit.empty() ? "百分点" : promise.unit;
    content.promise = true;
    content.is_public = true;
    content.chain = chain_of(content.name);
    content.note = shortened(promise.text, kTextCharactersMax);
    content.ranges = promise.ranges;
    set_course(promise, content);
    content.count = counter_of(promise);
    if (content.count) content.source = IndicatorSource::counted;
    if (promise.measure && *promise.measure >= 0 && *promise.measure < static_cast<std::int64_t>(commit_.draft.measures.size())) {
      const auto& measure = commit_.draft.measures[static_cast<std::size_t>(*promise.measure)];
      content.task = shortened(measure.heading, kNameCharactersMax);
      content.duties = duties_of(measure.units, day_);
    }
    return content;
  }

 private:
  void set_course(const reading::DraftPromise& promise, IndicatorContent& content) const {
    const bool again = promise.period != reading::DraftPromisePeriod::total && promise.period != reading::DraftPromisePeriod::by_year;
    const TargetKind kind = kind_of(promise.operator_);
    content.course.direction = kind == TargetKind::at_most || kind == TargetKind::rank_at_best ? Direction::down : Direction::up;
    auto value = promise.relative_to ? std::optional(0.0) : number_of(promise.value);
    if (value) *value *= times_a_year(promise.period);
    const bool share = has_any(promise.unit, {"%"}) || promise.relative_to;  // shares of quarters do not add up
    content.course.aggregation = again && !share ? Aggregation::sum : Aggregation::last;
    content.frequency = again && !share ? Frequency::quarter : Frequency::year;
    const auto horizon = commit_.draft.horizon.empty() ? year_ : commit_.draft.horizon.front().year;
    const auto until = promise.year.value_or(again ? year_ : horizon);
    const TargetKind asked = value ? kind : TargetKind::none;
    content.course.targets.push_back({again ? year_ : until, asked, value, promise.text});
    if (again && until > year_) content.course.targets.push_back({until, asked, value, promise.text});
    content.reports_from = period_text({content.frequency, static_cast<int>(year_), 1});
  }

  const PlanCommit& commit_;
  std::string day_;
  std::int64_t year_;
};

}  // namespace

PlanItems items_of(const PlanCommit& commit, std::string_view today) {
  const Builder builder(commit, today);
  PlanItems items;
  for (const auto& measure : commit.draft.measures) items.tasks.push_back(builder.task(measure));
  for (const auto& row : commit.draft.indicators) items.indicators.push_back(builder.indicator(row));
  std::size_t number = 0;
  for (const auto& promise : commit.draft.promises) items.indicators.push_back(builder.promise(promise, ++number));
  return items;
}

std::string title_of(const PlanCommit& commit) {
  return shortened(commit.draft.title ? commit.draft.title->text : commit.text, kNameCharactersMax);
}

}  // namespace jingwei::steering::internal
