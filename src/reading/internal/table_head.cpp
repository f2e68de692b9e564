// What the columns of a table are, from the words at their heads, and what a cell looks like.
#include <algorithm>

#include "base/text.h"
#include "reading/internal/figures.h"
#include "reading/internal/table.h"

namespace jingwei::reading {
namespace {

using View = std::u32string_view;

constexpr std::size_t kUnitCharactersMax = 10;

bool is_any(View text, const std::vector<View>& words) { return std::find(words.begin(), words.end(), text) != words.end(); }

const std::vector<View> kNames = {U"指标",     U"指标名称", U"主要指标", U"具体指标", U"三级指标", U"二级指标", U"指标内容", U"名称",    U"项目",
                                  U"项目名称", U"目标名称", U"考核指标", U"工作指标", U"任务指标", U"内容",     U"监测指标", U"核心指标"};
const std::vector<View> kSystems = {U"体系", U"类别", U"领域", U"维度", U"大类", U"分类", U"板块", U"方面", U"一级指标", U"指标类别", U"指标体系", U"目标体系"};
const std::vector<View> kTasks = {U"任务", U"重点任务", U"工作任务", U"主要任务", U"事项", U"重点工作"};

/// "2026Q1" from 2026年一季度, "Q1" from 一季度, "2027" from 2027年, "2026-06" from 2026年6月; empty when there is no period.
std::string period_of(View text) {
  std::string year;
  if (const auto at = find_year(text)) year = to_utf8(text.substr(*at, 4));
  static const std::vector<std::pair<View, const char*>> parts = {
      {U"一季度", "Q1"}, {U"1季度", "Q1"}, {U"第一季度", "Q1"}, {U"Q1", "Q1"},     {U"二季度", "Q2"}, {U"2季度", "Q2"}, {U"Q2", "Q2"},     {U"前三季度", "Q3"},
      {U"三季度", "Q3"}, {U"3季度", "Q3"}, {U"Q3", "Q3"},       {U"四季度", "Q4"}, {U"4季度", "Q4"},  {U"Q4", "Q4"},    {U"上半年", "H1"}, {U"下半年", "H2"}};
  for (const auto& [word, part] : parts)
    if (contains(text, word)) return year + part;
  if (!year.empty()) {
    const auto month = text.find(U"月");
    const auto after = text.find(U"年");
    if (month != text.npos && after != text.npos && month > after + 1 && month <= after + 3) {
      const auto digits = to_utf8(fold_digits(text.substr(after + 1, month - after - 1)));
      return year + (digits.size() == 1 ? "-0" : "-") + digits;
    }
    return year;
  }
  return contains_any(text, {U"全年", U"年度目标", U"本年"}) ? "Y" : "";
}

}  // namespace

Column column_of(const Words& head) {
  Column column;
  column.words = head;
  const std::u32string text = fold_digits(head.text);
  const auto is = [&](ColumnKind kind) {
    column.kind = kind;
    return column;
  };
  if (text.empty() || text.size() > 20 || text.find_first_of(U"。；") != text.npos) return column;
  if (is_any(text, {U"序号", U"编号", U"号", U"No.", U"No", U"#"})) return is(ColumnKind::number);
  if (is_any(text, kNames)) return is(ColumnKind::name);
  if (is_any(text, kSystems)) return is(ColumnKind::system);
  if (is_any(text, kTasks)) return is(ColumnKind::task);
  if (is_any(text, {U"具体举措", U"工作举措", U"主要举措", U"重点举措", U"工作措施", U"工作内容", U"任务内容", U"具体任务", U"主要内容", U"具体内容", U"举措",
                    U"措施", U"主要措施", U"工作任务内容"}))
    return is(ColumnKind::measure);
  if (is_any(text, {U"完成时限", U"时限", U"完成时间", U"时间节点", U"进度安排", U"完成期限", U"时间安排", U"时间要求", U"推进计划"}))
    return is(ColumnKind::deadline);
  if (is_any(text, {U"目标要求", U"目标任务", U"预期成效", U"完成标志", U"工作要求", U"工作目标", U"任务目标"})) return is(ColumnKind::goal);
  if (is_any(text, {U"单位", U"计量单位", U"量纲", U"指标单位"})) return is(ColumnKind::unit);
  if (is_any(text, {U"备注", U"说明", U"备注说明", U"数据来源"})) return is(ColumnKind::remark);
  if (is_any(text, {U"属性", U"指标属性", U"性质", U"类型", U"指标性质"})) return is(ColumnKind::property);
  if (contains(text, U"牵头")) return is(ColumnKind::lead);
  if (contains_any(text, {U"配合", U"协同", U"参与", U"协办"})) return is(ColumnKind::co);
  if (contains_any(text, {U"责任", U"负责", U"主管", U"部门"}) && contains_any(text, {U"单位", U"部门", U"主体"})) return is(ColumnKind::departments);
  column.period = period_of(text);
  if (contains_any(text, {U"目标", U"预期", U"计划", U"规划"}))
    column.time = ColumnTime::target;
  else if (contains_any(text, {U"基数", U"基期", U"基准", U"现状", U"实际", U"完成", U"基础值", U"当前"}))
    column.time = ColumnTime::baseline;
  if (column.period.empty() && column.time == ColumnTime::unsaid) return column;
  // 到2027年… in a sentence is no head.
  if (text.size() > 12 || contains(text, U"，")) return column;
  return is(ColumnKind::figure);
}

bool is_head(const std::vector<Column>& columns) {
  const auto count = [&](ColumnKind kind) { return std::count_if(columns.begin(), columns.end(), [&](const Column& column) { return column.kind == kind; }); };
  return columns.size() >= 3 && count(ColumnKind::name) == 1 && count(ColumnKind::figure) >= 1 && count(ColumnKind::unknown) <= 1;
}

bool is_task_head(const std::vector<Column>& columns) {
  const auto has = [&](ColumnKind kind) { return std::any_of(columns.begin(), columns.end(), [&](const Column& column) { return column.kind == kind; }); };
  const bool names_units = has(ColumnKind::lead) || has(ColumnKind::departments);
  return columns.size() >= 3 && (has(ColumnKind::task) || has(ColumnKind::measure)) && names_units && !has(ColumnKind::name);
}

bool is_figure_cell(View text) {
  if (text.empty()) return false;
  if (is_digit(text.front()) || is_one_of(text.front(), U"-—－–/／≥≤><～~")) return true;
  return starts_with_any(text,
                         {U"保持", U"前",   U"不低于", U"不少于", U"不超过", U"不高于", U"持平", U"稳定", U"基本稳定", U"达到",   U"完成", U"超过", U"约",
                          U"持续", U"进入", U"提升",   U"下降",   U"待",     U"暂无",   U"无",   U"力争", U"全省前",   U"全国前", U"逐年", U"稳步", U"第"}) &&
         text.size() <= 20;
}

bool is_unit_of_figures(View text) {
  if (text.empty() || text.size() > kUnitCharactersMax) return false;
  std::u32string_view rest = text;
  static const std::vector<View> words = {
      U"%",  U"％",     U"‰",      U"亿",   U"万",     U"千", U"百",     U"元",       U"美元",   U"家",     U"个",     U"项",     U"件",  U"名",
      U"人", U"人次",   U"人年",   U"场",   U"次",     U"亩", U"公里",   U"平方公里", U"平方米", U"座",     U"只",     U"支",     U"所",  U"套",
      U"台", U"台套",   U"辆",     U"户",   U"例",     U"篇", U"册",     U"条",       U"种",     U"类",     U"批",     U"倍",     U"年",  U"天",
      U"日", U"小时",   U"吨",     U"千瓦", U"千瓦时", U"位", U"分",     U"组",       U"对",     U"块",     U"处",     U"起",     U"宗",  U"笔",
      U"份", U"岁",     U"株",     U"头",   U"间",     U"栋", U"百分点", U"P",        U"EFLOPS", U"PFLOPS", U"GW",     U"MW",     U"GB",  U"TB",
      U"PB", U"标准煤", U"立方米", U"每",   U"/",      U"／", U"·",      U"名次",     U"元/人",  U"(套)",   U"（套）", U"（次）", U"(次)"};
  while (!rest.empty()) {
    const auto length = longest_start(rest, words);
    if (length == 0) return false;
    rest.remove_prefix(length);
  }
  return true;
}

}  // namespace jingwei::reading
