// See internal/export_words.h.
#include "steering/internal/export_words.h"

#include "base/text.h"

namespace jingwei::steering::internal {

std::string say(const ExportFrame& frame, const Bilingual& words) { return frame.language == identity::Language::en ? words.en : words.zh; }

Bilingual words_of(IndicatorState state) {
  switch (state) {
    case IndicatorState::on_track: return {"正常", "On track"};
    case IndicatorState::pending: return {"待确认", "Pending"};
    case IndicatorState::at_risk: return {"有风险", "At risk"};
    case IndicatorState::off_track: return {"偏离", "Off track"};
    case IndicatorState::recovering: return {"回升", "Recovering"};
    case IndicatorState::no_data: return {"缺数", "No data"};
  }
  return {};
}

Bilingual words_of(TaskStatus status) {
  switch (status) {
    case TaskStatus::planned: return {"未开始", "Planned"};
    case TaskStatus::running: return {"推进中", "Running"};
    case TaskStatus::at_risk: return {"有风险", "At risk"};
    case TaskStatus::slipped: return {"滞后", "Slipped"};
    case TaskStatus::done: return {"已完成", "Done"};
    case TaskStatus::dropped: return {"不再实施", "Dropped"};
  }
  return {};
}

Bilingual words_of(TaskKind kind) {
  switch (kind) {
    case TaskKind::measure: return {"年度任务", "Task of the year"};
    case TaskKind::project: return {"重大项目", "Major project"};
    case TaskKind::reform: return {"重大改革", "Major reform"};
    case TaskKind::decision: return {"调度决定", "Decision of a review"};
  }
  return {};
}

Bilingual words_of(TaskChangeKind kind) {
  switch (kind) {
    case TaskChangeKind::added: return {"新增", "Added"};
    case TaskChangeKind::removed: return {"不再实施", "Dropped"};
    case TaskChangeKind::done: return {"完成", "Done"};
    case TaskChangeKind::slipped: return {"滞后", "Slipped"};
    case TaskChangeKind::changed: return {"修改", "Changed"};
  }
  return {};
}

Bilingual words_of(PathVerdict verdict) {
  switch (verdict) {
    case PathVerdict::good: return {"达到", "Met"};
    case PathVerdict::near: return {"容差内", "Within tolerance"};
    case PathVerdict::bad: return {"未达到", "Missed"};
    case PathVerdict::free: return {"无要求", "Nothing required"};
  }
  return {};
}

Bilingual words_of(SteeringChain chain) {
  switch (chain) {
    case SteeringChain::innovation: return {"创新链", "Innovation"};
    case SteeringChain::industry: return {"产业链", "Industry"};
    case SteeringChain::capital: return {"资金链", "Capital"};
    case SteeringChain::talent: return {"人才链", "Talent"};
  }
  return {};
}

Bilingual words_of(DutyRole role) {
  switch (role) {
    case DutyRole::lead: return {"牵头", "leads"};
    case DutyRole::co: return {"配合", "helps"};
    case DutyRole::responsible: return {"责任", "responsible"};
    case DutyRole::everywhere: return {"各地落实", "everywhere"};
  }
  return {};
}

Bilingual words_of_field(std::string_view field) {
  static const std::map<std::string_view, Bilingual> names = {
      {"status", {"状态", "State"}},       {"status_reason", {"原因", "Reason"}}, {"due_on", {"期限", "Due"}},       {"title", {"名称", "Title"}},     {"text", {"内容", "Content"}},
      {"duties", {"责任单位", "Responsible"}}, {"person", {"责任人", "Accountable"}}, {"milestones", {"节点", "Milestones"}}, {"evidence", {"佐证数", "Evidence"}}};
  const auto found = names.find(field);
  return found == names.end() ? Bilingual{std::string(field), std::string(field)} : found->second;
}

std::string colour_of(IndicatorState state) {
  switch (state) {
    case IndicatorState::on_track: return "2F7D4F";
    case IndicatorState::pending: return "B9772E";
    case IndicatorState::at_risk: return "D9A441";
    case IndicatorState::off_track: return "B3382C";
    case IndicatorState::recovering: return "1F5F7A";
    case IndicatorState::no_data: return "8A8F98";
  }
  return "8A8F98";
}

std::string listed(const ExportFrame& frame, const std::vector<std::string>& names) { return join(names, frame.language == identity::Language::en ? ", " : "、"); }

std::vector<std::string> units_of(const std::vector<Duty>& duties, DutyRole role) {
  std::vector<std::string> names;
  for (const auto& duty : duties)
    if (duty.role == role && !duty.to) names.push_back(duty.unit);
  return names;
}

office::Sheet about_sheet(const ExportFrame& frame, const Bilingual& what) {
  office::Sheet sheet{say(frame, {"说明", "About"}), {{say(frame, {"项", "What"}), 0}, {say(frame, {"内容", "Content"}), 0}}, {}, {}};
  const auto line = [&](const Bilingual& name, office::Cell content) { sheet.rows.push_back({say(frame, name), std::move(content)}); };
  line({"内容", "Content"}, say(frame, what));
  line({"节点", "Node"}, say(frame, frame.node));
  line({"截至", "As of the end of"}, office::Day{frame.day});
  if (!frame.filters.empty()) line({"筛选", "Filters"}, frame.filters);
  line({"生成时间", "Made at"}, frame.made_at);
  line({"空格", "Empty cells"}, say(frame, {"没有数值，不是零", "No value, which is not zero"}));
  return sheet;
}

office::Workbook workbook_of(const ExportFrame& frame, const Bilingual& title, std::vector<office::Sheet> sheets) {
  sheets.push_back(about_sheet(frame, title));
  return {say(frame, title), say(frame, frame.node), frame.made_at, std::move(sheets)};
}

}  // namespace jingwei::steering::internal
