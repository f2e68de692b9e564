// The report of a quarter's review as a document and as a workbook, see exports.h.
#include <fmt/format.h>

#include <algorithm>

#include "steering/internal/export_words.h"

namespace jingwei::steering {
namespace {

using internal::listed;
using internal::say;
using internal::words_of;
using office::Cell;
using office::Column;
using office::Row;
using office::Sheet;

std::string state_words(const ExportFrame& frame, const AgendaItem& item) {
  if (item.is_task) {
    const auto status = enum_from_name<TaskStatus>(item.state);
    return status ? say(frame, words_of(*status)) : item.state;
  }
  const auto state = enum_from_name<IndicatorState>(item.state);
  return state ? say(frame, words_of(*state)) : item.state;
}

/// A table, as a sheet of the workbook and as a table of the document; widths are shares of the page.
struct Part {
  Bilingual name;
  std::vector<Column> columns;
  std::vector<Row> rows;
};

std::vector<Column> titled(const ExportFrame& frame, std::initializer_list<std::pair<Bilingual, double>> titles) {
  std::vector<Column> columns;
  for (const auto& [title, share] : titles) columns.push_back({say(frame, title), share});
  return columns;
}

Part agenda_part(const ExportFrame& frame, const Bilingual& name, const std::vector<AgendaItem>& items) {
  Part part{name, titled(frame, {{{"事项", "Item"}, 26}, {{"状态", "State"}, 9}, {{"责任单位", "Responsible"}, 20}, {{"说明", "Why"}, 45}}), {}};
  for (const auto& item : items) part.rows.push_back({item.title, state_words(frame, item), listed(frame, item.units), say(frame, item.why)});
  return part;
}

std::string field_value(const ExportFrame& frame, const FieldChange& change, const std::string& value) {
  if (change.field != "status") return value;
  const auto status = enum_from_name<TaskStatus>(value);
  return status ? say(frame, words_of(*status)) : value;
}

Part differences_part(const ExportFrame& frame, const std::vector<TaskChange>& changes) {
  Part part{{"与上次调度相比的任务变化", "Tasks since the last review"},
            titled(frame, {{{"变化", "Change"}, 9}, {{"任务", "Task"}, 31}, {{"项", "Field"}, 10}, {{"原来", "Before"}, 25}, {{"现在", "Now"}, 25}}),
            {}};
  for (const auto& change : changes) {
    const std::string kind = say(frame, words_of(change.kind));
    if (change.fields.empty()) part.rows.push_back({kind, change.title, Cell(), Cell(), Cell()});
    for (const auto& field : change.fields)
      part.rows.push_back({kind, change.title, say(frame, internal::words_of_field(field.field)), field_value(frame, field, field.before), field_value(frame, field, field.after)});
  }
  return part;
}

Part notes_part(const ExportFrame& frame, const ReviewReport& report) {
  Part part{{"记录", "Notes"}, titled(frame, {{{"日期", "Day"}, 12}, {{"关于", "About"}, 28}, {{"记录", "Note"}, 60}}), {}};
  for (const auto& note : report.page.notes) {
    const auto title = note.item_id ? report.titles.find(*note.item_id) : report.titles.end();
    part.rows.push_back({office::Day{note.on}, title == report.titles.end() ? Cell() : Cell(title->second), note.text});
  }
  return part;
}

Part decisions_part(const ExportFrame& frame, const ReviewReport& report) {
  Part part{{"决定", "Decisions"},
            titled(frame, {{{"决定事项", "Decision"}, 44}, {{"责任单位", "Responsible"}, 20}, {{"期限", "Due"}, 12}, {{"落实情况", "Progress"}, 24}}),
            {}};
  for (const auto& decision : report.page.decisions) {
    const auto task = decision.task_id ? std::ranges::find(report.decided, *decision.task_id, &Kept<TaskContent>::id) : report.decided.end();
    const std::string progress = task == report.decided.end() ? "" : say(frame, words_of(task->status)) + (task->status_reason.empty() ? "" : " · " + task->status_reason);
    part.rows.push_back({decision.text, decision.unit, office::Day{decision.due_on}, progress});
  }
  return part;
}

std::vector<Part> parts_of(const ExportFrame& frame, const ReviewReport& report) {
  return {agenda_part(frame, {"需要关注的指标", "Indicators to look at"}, report.page.off_track),
          agenda_part(frame, {"状态有变化的指标", "Indicators whose state changed"}, report.page.changed),
          agenda_part(frame, {"滞后的任务和项目", "Late tasks and projects"}, report.page.tasks),
          differences_part(frame, report.page.differences),
          notes_part(frame, report),
          decisions_part(frame, report)};
}

Bilingual title_of(const ReviewReport& report) { return {report.page.period + " 季度调度报告", "Quarterly review " + report.page.period}; }

/// 一、二、…十、十一、
std::string numbered(const ExportFrame& frame, std::size_t number, const std::string& text) {
  if (frame.language == identity::Language::en) return fmt::format("{}. {}", number, text);
  static constexpr std::string_view kDigits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
  return fmt::format("{}、{}", kDigits[std::min(number, std::size(kDigits) - 1)], text);
}

/// "2027 target: 44.5左右" and the like, one line below the heading of an indicator.
std::string facts_of(const ExportFrame& frame, const IndicatorPage& page) {
  std::vector<std::string> facts = {say(frame, words_of(page.state)) + (page.since ? say(frame, {"（自 " + *page.since + "）", " (since " + *page.since + ")"}) : "")};
  const auto fact = [&](const Bilingual& name, const std::string& value) { facts.push_back(say(frame, name) + say(frame, {"：", ": "}) + value); };
  if (page.course.baseline) fact({fmt::format("{} 年基期", page.course.baseline->year), fmt::format("{} baseline", page.course.baseline->year)}, page.course.baseline->text);
  if (!page.course.targets.empty()) fact({fmt::format("{} 年目标", page.course.targets.back().year), fmt::format("{} target", page.course.targets.back().year)}, page.course.targets.back().text);
  if (page.figure) fact({page.period.value_or("") + " 值", page.period.value_or("")}, figure_text(*page.figure) + " " + page.unit);
  if (const auto units = leads_of(page.duties); !units.empty()) fact({"责任单位", "Responsible"}, listed(frame, units));
  if (page.fictional) facts.push_back(say(frame, {"数值为虚构示例", "invented figures"}));
  return listed(frame, {fmt::format("{}", fmt::join(facts, say(frame, {"；", "; "})))});
}

void add_indicator(office::Document& document, const ExportFrame& frame, const IndicatorPage& page) {
  document.blocks.push_back(office::Heading{2, page.code + " " + page.name});
  document.blocks.push_back(office::Paragraph{say(frame, page.why), office::ParagraphLook::plain});
  document.blocks.push_back(office::Paragraph{facts_of(frame, page), office::ParagraphLook::quiet});
  Sheet data{"Data", internal::history_columns(frame), internal::history_rows(frame, page), {}};
  if (!data.rows.empty()) document.blocks.push_back(office::Figure{std::move(data), internal::history_chart(frame, page, 0)});
}

std::string summary_of(const ExportFrame& frame, const ReviewReport& report) {
  const auto& page = report.page;
  return say(frame, {fmt::format("本次调度看到：{} 项指标需要关注，{} 项状态有变化，{} 项任务滞后；形成决定 {} 项。数据截至 {}。", page.off_track.size(), page.changed.size(), page.tasks.size(), page.decisions.size(),
                                 page.held_on),
                     fmt::format("{} indicators to look at, {} changed their state, {} tasks are late; {} decisions. Figures as of {}.", page.off_track.size(), page.changed.size(), page.tasks.size(),
                                 page.decisions.size(), page.held_on)});
}

}  // namespace

office::Document review_document(const ExportFrame& frame, const ReviewReport& report) {
  const bool english = frame.language == identity::Language::en;
  office::Document document{say(frame, title_of(report)),
                            say(frame, frame.node) + " · " + say(frame, {report.page.held_on + " 召开", "held on " + report.page.held_on}),
                            say(frame, frame.node),
                            english ? "en-US" : "zh-CN",
                            english ? office::PageWords{"Page ", " of ", ""} : office::PageWords{"第 ", " 页，共 ", " 页"},
                            frame.made_at,
                            {}};
  document.blocks.push_back(office::Paragraph{summary_of(frame, report), office::ParagraphLook::plain});
  std::size_t number = 0;
  for (auto& part : parts_of(frame, report)) {
    document.blocks.push_back(office::Heading{1, numbered(frame, ++number, say(frame, part.name))});
    if (part.rows.empty()) document.blocks.push_back(office::Paragraph{say(frame, {"无。", "None."}), office::ParagraphLook::quiet});
    else document.blocks.push_back(office::Table{std::move(part.columns), std::move(part.rows)});
  }
  if (report.indicators.empty()) return document;
  document.blocks.push_back(office::Heading{1, numbered(frame, ++number, say(frame, {"指标逐项：历史、路径和目标", "Indicators one by one: history, path and target"}))});
  document.blocks.push_back(office::Paragraph{say(frame, {"图为当日所知，双击可改样式和数据。", "Charts show what was known on that day; they can be restyled and their data edited."}), office::ParagraphLook::quiet});
  for (const auto& page : report.indicators) add_indicator(document, frame, page);
  if (report.indicators.size() < report.page.off_track.size())
    document.blocks.push_back(office::Paragraph{say(frame, {fmt::format("图只列前 {} 项。", kReviewChartsMax), fmt::format("Charts of the first {} only.", kReviewChartsMax)}), office::ParagraphLook::quiet});
  return document;
}

office::Workbook review_workbook(const ExportFrame& frame, const ReviewReport& report) {
  std::vector<Sheet> sheets;
  for (auto& part : parts_of(frame, report)) {
    for (auto& column : part.columns) column.width = 0;  // of the page's width in documents, by content here
    sheets.push_back({say(frame, part.name), std::move(part.columns), std::move(part.rows), {}});
  }
  Sheet indicators{say(frame, {"指标", "Indicators"}), internal::indicator_columns(frame), {}, {}};
  Sheet history{say(frame, {"指标各期", "Periods"}), {{say(frame, {"代码", "Code"}), 0}, {say(frame, {"指标", "Indicator"}), 0}}, {}, {}};
  Sheet charts{say(frame, {"图", "Charts"}), {}, {}, {}};
  constexpr std::size_t kShift = 2;
  std::ranges::copy(internal::history_columns(frame), std::back_inserter(history.columns));
  for (const auto& page : report.indicators) {
    indicators.rows.push_back(internal::indicator_row(frame, page));
    auto rows = internal::history_rows(frame, page);
    if (rows.empty()) continue;
    auto chart = internal::history_chart(frame, page, kShift);
    chart.data_sheet = history.name;
    chart.first_row = history.rows.size();
    chart.rows = rows.size();
    charts.charts.push_back(std::move(chart));
    for (auto& row : rows) {
      row.insert(row.begin(), {page.code, page.name});
      history.rows.push_back(std::move(row));
    }
  }
  sheets.push_back(std::move(indicators));
  if (!charts.charts.empty()) sheets.push_back(std::move(charts));
  sheets.push_back(std::move(history));
  return internal::workbook_of(frame, title_of(report), std::move(sheets));
}

}  // namespace jingwei::steering
