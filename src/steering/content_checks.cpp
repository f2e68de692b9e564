// What indicators, tasks and reviews must say. Pure.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/id.h"
#include "base/text.h"
#include "base/time.h"
#include "steering/formula.h"
#include "steering/steering.h"

namespace jingwei::steering {
namespace {

class Problems {
 public:
  void add(std::string field, Bilingual reason, Bilingual remedy) { all_.push_back({std::nullopt, std::move(field), std::move(reason), std::move(remedy)}); }
  void text(const std::string& field, std::string& value, std::size_t characters_max, bool required) {
    value = trim(value);
    if (required && value.empty()) add(field, {"没有填写", "it is empty"}, {"请填写", "fill it in"});
    if (count_characters(value) > characters_max)
      add(field, {fmt::format("最多 {} 个字", characters_max), fmt::format("at most {} characters", characters_max)}, {"请写短些", "write less"});
  }
  void optional_text(const std::string& field, std::optional<std::string>& value, std::size_t characters_max) {
    if (!value) return;
    text(field, *value, characters_max, false);
    if (value->empty()) value.reset();
  }
  void day(const std::string& field, std::string& value) {
    if (auto normal = normalise_date(value)) value = std::move(*normal);
    else add(field, {"没有这一天", "there is no such day"}, {"写成 2026-12-31", "write it as 2026-12-31"});
  }
  void optional_day(const std::string& field, std::optional<std::string>& value) {
    if (value && trim(*value).empty()) value.reset();
    if (value) day(field, *value);
  }
  void count(const std::string& field, std::size_t size, std::size_t max) {
    if (size > max) add(field, {fmt::format("最多 {} 项", max), fmt::format("at most {}", max)}, {"请减少", "use fewer"});
  }
  void done() {
    if (!all_.empty()) throw Rejected(Code::invalid, {"内容有误，请按提示修改", "The content has mistakes; mend them as told"}, std::move(all_));
  }

 private:
  std::vector<InputProblem> all_;
};

void check_duties(Problems& problems, std::vector<Duty>& duties) {
  problems.count("/duties", duties.size(), kDutiesMax);
  for (std::size_t i = 0; i < duties.size(); ++i) {
    const std::string field = fmt::format("/duties/{}", i);
    problems.text(field + "/unit", duties[i].unit, kNameCharactersMax, true);
    problems.day(field + "/from", duties[i].from);
    problems.optional_day(field + "/to", duties[i].to);
    if (duties[i].to && *duties[i].to < duties[i].from) problems.add(field + "/to", {"结束早于开始", "it ends before it begins"}, {"请核对日期", "check the days"});
  }
}

void check_course(Problems& problems, Course& course) {
  std::ranges::sort(course.targets, {}, &IndicatorTarget::year);
  for (std::size_t i = 0; i < course.targets.size(); ++i) {
    const IndicatorTarget& target = course.targets[i];
    const std::string field = fmt::format("/course/targets/{}", i);
    const bool needs_value = target.kind != TargetKind::none && target.kind != TargetKind::keep_stable;
    if (needs_value && !target.value) problems.add(field + "/value", {"这种目标要有数值", "this kind of target needs a value"}, {"请填写", "fill it in"});
    if (target.year < kYearMin || target.year > kYearMax) problems.add(field + "/year", {"年份不对", "the year is out of range"}, {"如 2027", "such as 2027"});
    if (i > 0 && course.targets[i - 1].year == target.year) problems.add(field + "/year", {"同一年有两个目标", "two targets for one year"}, {"每年一个", "one a year"});
    if (course.baseline && target.year <= course.baseline->year)
      problems.add(field + "/year", {"目标年不晚于基数年", "the target's year is not after the baseline's"}, {"请核对年份", "check the years"});
  }
  const auto points = course.own_path.value_or(std::vector<PathPoint>{});
  if (course.path == PathKind::own && points.empty()) problems.add("/course/own_path", {"自定路径没有点", "an own path without points"}, {"至少写一个期间的应达数", "give the value of at least one period"});
  for (std::size_t i = 0; i < points.size(); ++i)
    if (!parse_period(points[i].period)) problems.add(fmt::format("/course/own_path/{}/period", i), {"不是期间", "this is no period"}, {"如 2026、2026-Q3、2026-09", "such as 2026, 2026-Q3, 2026-09"});
  if (course.tolerance_percent < 0 || course.tolerance_percent > 100 || course.band_percent < 0 || course.band_percent > 100)
    problems.add("/course/tolerance_percent", {"容差应在 0 到 100 之间", "a tolerance lies between 0 and 100"}, {"请修改", "change it"});
}

/// What SQL means is judged where it runs; here only whether there is one.
void check_query(Problems& problems, FigureQuery& query) {
  const auto check = [&](const std::string& field, const std::string& sql) {
    if (sql.size() > kFigureSqlBytesMax)
      problems.add(field, {fmt::format("最多 {} 字节", kFigureSqlBytesMax), fmt::format("at most {} bytes", kFigureSqlBytesMax)}, {"请缩短", "shorten it"});
  };
  if (trim(query.sql).empty()) problems.add("/computed/sql", {"没有查询", "there is no query"}, {"请写一个给出一个数的 SELECT", "write a SELECT that gives one number"});
  check("/computed/sql", query.sql);
  if (query.rows_sql && trim(*query.rows_sql).empty()) query.rows_sql.reset();
  if (query.rows_sql) check("/computed/rows_sql", *query.rows_sql);
}

void check_source(Problems& problems, IndicatorContent& content) {
  problems.optional_text("/formula", content.formula, kFormulaBytesMax);
  if ((content.source == IndicatorSource::formula) != content.formula.has_value())
    problems.add("/formula", {"公式指标要有公式，其他指标不能有", "a formula belongs to indicators computed by one, and to no others"}, {"请核对数据来源", "check the source"});
  if ((content.source == IndicatorSource::counted) != content.count.has_value())
    problems.add("/count", {"计数指标要写明数哪张清单，其他指标不能写", "a counted indicator says what it counts, others do not"}, {"请核对数据来源", "check the source"});
  if ((content.source == IndicatorSource::computed) != content.computed.has_value())
    problems.add("/computed", {"查询指标要有 SQL，其他指标不能有", "SQL belongs to indicators computed by it, and to no others"}, {"请核对数据来源", "check the source"});
  if (content.computed) check_query(problems, *content.computed);
  if (content.rules.min && content.rules.max && *content.rules.min > *content.rules.max)
    problems.add("/rules/max", {"上限小于下限", "the maximum is below the minimum"}, {"请核对", "check both"});
  if (content.formula) Formula::parse(*content.formula);
  if (content.rules.sum_of) Formula::parse(*content.rules.sum_of, "/rules/sum_of");
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= kCodeBytesMax && text.find_first_of("[]{}/\\\"'?#& \t\n") == std::string_view::npos;
}

}  // namespace

IndicatorContent check_indicator(IndicatorContent content, std::string_view today) {
  Problems problems;
  content.code = trim(content.code);
  if (!is_code(content.code))
    problems.add("/code", {"代码应为 1 到 40 个字节，不含空格和括号等符号", "a code has 1 to 40 bytes without blanks, brackets and the like"}, {"如 LX-01", "such as LX-01"});
  problems.text("/name", content.name, kNameCharactersMax, true);
  problems.text("/unit", content.unit, kNameCharactersMax, false);
  problems.optional_text("/system", content.system, kNameCharactersMax);
  problems.optional_text("/task", content.task, kNameCharactersMax);
  problems.optional_text("/note", content.note, kTextCharactersMax);
  check_duties(problems, content.duties);
  check_course(problems, content.course);
  check_source(problems, content);
  if (content.due_days < 0 || content.due_days > kDueDaysMax)
    problems.add("/due_days", {fmt::format("应在 0 到 {} 天之间", kDueDaysMax), fmt::format("0 to {} days", kDueDaysMax)}, {"请修改", "change it"});
  if (!content.reports_from) content.reports_from = period_text(period_of(today, content.frequency));
  const auto first = parse_period(*content.reports_from);
  if (!first || first->frequency != content.frequency)
    problems.add("/reports_from", {"起报期与频次不符", "the first period does not fit the frequency"}, {"如 2026、2026-Q1、2026-01", "such as 2026, 2026-Q1, 2026-01"});
  problems.done();
  return content;
}

TaskContent check_task(TaskContent content) {
  Problems problems;
  problems.text("/title", content.title, kNameCharactersMax * 2, true);
  problems.text("/text", content.text, kTextCharactersMax, false);
  problems.text("/number", content.number, kNameCharactersMax, false);
  problems.text("/status_reason", content.status_reason, kNoteCharactersMax, false);
  problems.optional_text("/person", content.person, kNameCharactersMax);
  problems.optional_day("/due_on", content.due_on);
  check_duties(problems, content.duties);
  if (content.year < kYearMin || content.year > kYearMax) problems.add("/year", {"年份不对", "the year is out of range"}, {"如 2026", "such as 2026"});
  problems.count("/milestones", content.milestones.size(), kMilestonesOfTaskMax);
  for (std::size_t i = 0; i < content.milestones.size(); ++i) {
    const std::string field = fmt::format("/milestones/{}", i);
    problems.text(field + "/title", content.milestones[i].title, kNoteCharactersMax, true);
    problems.optional_day(field + "/due_on", content.milestones[i].due_on);
    problems.optional_day(field + "/done_on", content.milestones[i].done_on);
  }
  problems.count("/evidence", content.evidence.size(), kLinksMax);
  for (std::size_t i = 0; i < content.evidence.size(); ++i) {
    const std::string field = fmt::format("/evidence/{}", i);
    problems.text(field + "/title", content.evidence[i].title, kNameCharactersMax, true);
    problems.text(field + "/address", content.evidence[i].address, kLinkCharactersMax, true);
    const std::string& address = content.evidence[i].address;
    if (!address.starts_with("https://") && !address.starts_with("http://") && !is_any_id(address))
      problems.add(field + "/address", {"应是链接或本节点的编号", "a link or an id of this node is expected"}, {"以 https:// 开头，或如 stmt_01J…", "begin with https://, or give an id"});
  }
  problems.done();
  return content;
}

ReviewContent check_review(ReviewContent content) {
  Problems problems;
  if (!parse_period(content.period)) problems.add("/period", {"不是期间", "this is no period"}, {"如 2026-Q3", "such as 2026-Q3"});
  problems.day("/held_on", content.held_on);
  problems.count("/notes", content.notes.size(), kReviewPartsMax);
  problems.count("/decisions", content.decisions.size(), kReviewPartsMax);
  for (std::size_t i = 0; i < content.notes.size(); ++i) {
    problems.text(fmt::format("/notes/{}/text", i), content.notes[i].text, kNoteCharactersMax, true);
    problems.day(fmt::format("/notes/{}/on", i), content.notes[i].on);
  }
  for (std::size_t i = 0; i < content.decisions.size(); ++i) {
    problems.text(fmt::format("/decisions/{}/text", i), content.decisions[i].text, kNameCharactersMax * 2, true);
    problems.text(fmt::format("/decisions/{}/unit", i), content.decisions[i].unit, kNameCharactersMax, true);
    problems.day(fmt::format("/decisions/{}/due_on", i), content.decisions[i].due_on);
  }
  problems.done();
  return content;
}

}  // namespace jingwei::steering
