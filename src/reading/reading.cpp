#include "reading/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "reading/internal/clean.h"
#include "reading/internal/doubts.h"
#include "reading/internal/figures.h"
#include "reading/internal/fill.h"
#include "reading/internal/head.h"
#include "reading/internal/indicators.h"
#include "reading/internal/outline.h"
#include "reading/internal/paragraphs.h"
#include "reading/internal/promises.h"
#include "reading/internal/table.h"
#include "reading/internal/task_table.h"
#include "reading/internal/units.h"

namespace jingwei::reading {
namespace {

std::u32string characters_of(std::string_view text) {
  if (text.size() > kTextBytesMax)
    throw Rejected(Code::too_large, "",
                   {fmt::format("文字有 {} MB，最多 {} MB", text.size() >> 20, kTextBytesMax >> 20),
                    fmt::format("The text has {} MB; at most {} MB", text.size() >> 20, kTextBytesMax >> 20)},
                   {"只留下正文和附表再读", "Keep the text and its tables alone"});
  if (!is_utf8(text)) throw Rejected(Code::malformed, "", {"不是 UTF-8 文字", "This is not UTF-8 text"}, {"另存为 UTF-8 编码的文本", "Save it as UTF-8 text"});
  std::u32string characters = to_utf32(text);
  if (std::all_of(characters.begin(), characters.end(), is_space_character))
    throw Rejected(Code::malformed, "", {"里面没有文字", "There is no text in it"},
                   {"扫描件要先做文字识别，再粘贴文字", "Recognise the text of a scan first and paste it"});
  return characters;
}

void check_limits(const Draft& draft) {
  if (draft.measures.size() > kMeasuresMax || draft.promises.size() > kPromisesMax || draft.indicators.size() > kIndicatorsMax)
    throw Rejected(
        Code::too_large, "",
        {fmt::format("读出 {} 条举措、{} 条承诺、{} 个指标，太多了", draft.measures.size(), draft.promises.size(), draft.indicators.size()),
         fmt::format("{} measures, {} promises and {} indicators are too many", draft.measures.size(), draft.promises.size(), draft.indicators.size())},
        {"一次读一份文件", "Read one document at a time"});
}

IndicatorContext context_of(const Head& head, const Draft& draft, const UnitRules& rules, const Source& source) {
  IndicatorContext context;
  for (const auto& year : draft.horizon) context.horizon.push_back(static_cast<int>(year.year));
  if (!head.day.empty()) context.text_year = std::stoi(head.day.substr(0, 4));
  context.plan_year = head.plan_year;
  context.first_leads = rules.first_leads;
  context.explains_star = std::any_of(source.lines.begin(), source.lines.end(), explains_star);
  return context;
}

}  // namespace

Draft read(std::string_view text) {
  const std::u32string characters = characters_of(text);
  const Source source = clean(characters);
  std::vector<bool> taken(source.lines.size(), false);
  const std::vector<Table> tables = find_tables(source);
  for (const Table& table : tables)
    std::fill(taken.begin() + static_cast<std::ptrdiff_t>(table.first_line), taken.begin() + static_cast<std::ptrdiff_t>(table.end_line), true);
  const Head head = head_of(source, taken);
  const std::vector<Paragraph> paragraphs = paragraphs_of(source, taken);
  Outline outline = outline_of(paragraphs);
  for (const Table& table : tables)
    if (table.is_of_tasks) add_task_rows(table, outline);
  std::vector<Words> texts;
  for (const auto& paragraph : paragraphs) texts.push_back(paragraph.words);
  const UnitRules rules = unit_rules_of(texts);

  Draft draft;
  fill_head(source, head, draft);
  fill_horizon(source, texts, draft);
  fill_measures(source, outline, rules, draft);
  fill_promises(source, outline, head.plan_year, draft);
  const IndicatorContext context = context_of(head, draft, rules, source);
  for (const Table& table : tables) {
    if (!table.is_of_tasks) add_indicators(source, table, context, draft);
    if (draft.indicators.size() > kIndicatorsMax) break;
  }
  note_whole(source, head, outline, draft);
  check_limits(draft);
  return draft;
}

}  // namespace jingwei::reading
