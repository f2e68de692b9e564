#include "reading/internal/fill.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "reading/internal/doubts.h"
#include "reading/internal/figures.h"
#include "reading/internal/promises.h"

namespace jingwei::reading {
namespace {

using View = std::u32string_view;

std::optional<DraftText> text_if(const Source& source, const Words& words) {
  if (words.empty()) return std::nullopt;
  return source.text_of(words);
}

std::string joined(const std::vector<Words>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : "\n") + part.utf8();
  return text;
}

DraftStep step_of(const Source& source, const Step& step) {
  DraftStep made;
  made.number = step.number.utf8();
  const auto stop = step.words.text.find_first_of(U"。：");
  if (stop != View::npos && stop + 1 < step.words.size() && stop <= 60) made.heading = step.words.sub(0, stop).utf8();
  made.text = step.words.utf8();
  Words whole = step.number;
  whole.append(step.words);
  made.ranges = source.ranges_of(whole);
  return made;
}

std::vector<DraftUnit> units_of(const Source& source, const Measure& measure, const UnitRules& rules) {
  std::set<std::u32string> everywhere;
  for (const auto& unit : rules.everywhere) everywhere.insert(plain_brackets(unit.text));
  std::vector<NamedUnit> named;
  if (measure.clause)
    for (const auto& unit : measure.clause->units)
      if (!everywhere.contains(plain_brackets(unit.words.text))) named.push_back(unit);
  auto units = roles_settled(source, named, rules.first_leads);
  for (const auto& unit : rules.everywhere) units.push_back({unit.utf8(), DraftUnitRole::everywhere, source.ranges_of(unit)});
  return units;
}

void note_measure(const Source& source, const Measure& measure, const DraftMeasure& made, const std::string& item, bool others_have_units, Draft& draft) {
  if (measure.is_joined)
    add_doubt(draft, item, made.ranges, {"这一条由版面上分开的两段接成", "This measure is joined from two pieces of the page"},
              {"前一段在句中断开，后一段从句中开始", "One piece stops in the middle of a sentence, the other begins in the middle of one"},
              {"对照原文看接得对不对", "See whether they belong together"});
  if (measure.is_clause_of_last)
    add_doubt(draft, item + "/units", made.ranges, {"责任单位写在最后一个小项后面", "The units stand behind the last sub-item"},
              {"读作整条的责任单位，也可能只管最后一项", "They are taken for the whole measure, and may be meant for the last item alone"},
              {"确认管哪几项", "Decide which items they are for"});
  if (measure.clause && measure.clause->has_more)
    add_doubt(draft, item + "/units", made.ranges, {"责任单位里有“等”，还有没列出的单位", "The list of units ends with 等: there are others"},
              {"原文没有列全", "The text does not name them all"}, {"补上其余单位", "Add the others"});
  const bool has_own = std::any_of(made.units.begin(), made.units.end(), [](const DraftUnit& unit) { return unit.role != DraftUnitRole::everywhere; });
  if (!has_own && others_have_units)
    add_doubt(draft, item + "/units", made.ranges, {"这一条没有写责任单位", "This measure names no unit"},
              {"别的举措写了，这一条没有", "Others do, this one does not"}, {"指定责任单位", "Name who is responsible"});
  note_lead(draft, item + "/units", made.units);
  static_cast<void>(source);
}

DraftPromise promise_of(const Source& source, const Promise& promise, std::optional<std::int64_t> measure) {
  DraftPromise made;
  made.measure = measure;
  made.subject = promise.subject_text.empty() ? promise.subject.utf8() : promise.subject_text;
  made.operator_ = promise.op;
  if (promise.op != DraftPromiseOperator::relative) made.value = promise.figure.value;
  if (!promise.figure.value_to.empty()) made.value_to = promise.figure.value_to;
  made.unit = to_utf8(promise.figure.unit);
  made.period = promise.period;
  if (promise.year) made.year = *promise.year;
  if (!promise.relative_to.empty()) made.relative_to = promise.relative_to.utf8();
  if (!promise.scope.empty()) made.scope = promise.scope.utf8();
  made.aspired = promise.is_aspired;
  made.text = promise.words.utf8();
  made.ranges = source.ranges_of(promise.words);
  made.value_ranges = source.ranges_of(promise.value_words);
  return made;
}

void add_promises(const Source& source, PromiseReader& reader, std::optional<std::int64_t> measure, Draft& draft) {
  for (const auto& promise : reader.take_promises()) {
    if (draft.promises.size() > kPromisesMax) return;
    draft.promises.push_back(promise_of(source, promise, measure));
    if (!promise.doubt.zh.empty())
      add_doubt(draft, fmt::format("/promises/{}/subject", draft.promises.size() - 1), draft.promises.back().ranges,
                {"不清楚这个数值说的是什么", "It is not clear what the figure is of"}, promise.doubt, {"改正或删去", "Correct or remove it"});
  }
  for (const auto& unread : reader.take_unread())
    add_doubt(draft, "", source.ranges_of(unread.words),
              {"这句话没有读成承诺：" + unread.words.utf8(), "This was not read as a promise: " + unread.words.utf8()}, unread.reason,
              {"需要时自己添一条", "Add one by hand if it is meant"});
}

/// 市科技局要会同…建立…: a duty that stands outside the measures.
void note_duty(const Source& source, const Words& words, Draft& draft) {
  for (const auto& sentence : split_words(words, U"。；"))
    for (const View act : {View(U"要会同"), View(U"要加强"), View(U"要牵头"), View(U"要切实"), View(U"会同"), View(U"牵头")}) {
      const auto at = sentence.text.find(act);
      if (at == View::npos || at < 3 || at > 20 || !looks_like_units(View(sentence.text).substr(0, at)) || sentence.text.starts_with(U"各")) continue;
      add_doubt(draft, "", source.ranges_of(sentence),
                {sentence.sub(0, at).utf8() + "的这项职责没有编号，没有作为举措",
                 "This duty of " + sentence.sub(0, at).utf8() + " has no number and was not taken for a measure"},
                {"它写在编号的举措之外", "It stands outside the numbered measures"}, {"需要跟踪时自己添一条", "Add one by hand if it is to be followed up"});
      break;
    }
}

}  // namespace

void fill_head(const Source& source, const Head& head, Draft& draft) {
  draft.title = text_if(source, head.title);
  draft.issuer = text_if(source, head.issuer);
  draft.number = text_if(source, head.number);
  if (!head.day.empty()) draft.date = DraftText{head.day, source.ranges_of(head.date)};
  draft.force = head.force;
  draft.force_ranges = source.ranges_of(head.force_words);
}

void fill_horizon(const Source& source, const std::vector<Words>& texts, Draft& draft) {
  std::set<int> seen;
  for (const auto& words : texts) {
    const std::u32string text = fold_digits(words.text);
    for (auto at = find_year(text); at; at = find_year(text, *at + 4)) {
      // 2030年，园区生产总值…: a sentence that begins with a year and does not tell of the past.
      const bool begins =
          (*at == 0 || is_one_of(text[*at - 1], U"。；")) && *at + 5 < text.size() && text[*at + 4] == U'年' && is_one_of(text[*at + 5], U"，底");
      const bool looks_to =
          (begins && !contains_any(View(text).substr(*at, 60), {U"已", U"实现了", U"完成了", U"以来"})) ||
          *at > 0 && is_one_of(text[*at - 1], U"到至") && *at + 4 < text.size() && text[*at + 4] == U'年' && (*at < 2 || !is_one_of(text[*at - 2], U"截"));
      if (!looks_to) continue;
      const int year = small_number(View(text).substr(*at, 4));
      if (!seen.insert(year).second) continue;
      draft.horizon.push_back({year, source.ranges_of(words.sub(*at - 1, 6))});
    }
  }
  std::sort(draft.horizon.begin(), draft.horizon.end(), [](const DraftYear& left, const DraftYear& right) { return left.year < right.year; });
}

void fill_measures(const Source& source, const Outline& outline, const UnitRules& rules, Draft& draft) {
  const bool others_have_units =
      std::any_of(outline.measures.begin(), outline.measures.end(), [](const Measure& measure) { return measure.clause && !measure.clause->units.empty(); });
  for (const auto& measure : outline.measures) {
    if (draft.measures.size() > kMeasuresMax) return;
    DraftMeasure made;
    made.number = measure.number.utf8();
    made.heading = measure.heading.utf8();
    made.text = joined(measure.parts);
    if (made.text.empty()) continue;
    if (!measure.beside.empty()) made.text += "\n" + joined(measure.beside);
    for (const auto& section : measure.sections) made.sections.push_back(source.text_of(section));
    for (const auto& step : measure.steps) made.steps.push_back(step_of(source, step));
    made.units = units_of(source, measure, rules);
    made.ranges = source.ranges_of(measure.words);
    draft.measures.push_back(std::move(made));
    note_measure(source, measure, draft.measures.back(), fmt::format("/measures/{}", draft.measures.size() - 1), others_have_units, draft);
  }
}

void fill_promises(const Source& source, const Outline& outline, std::optional<int> plan_year, Draft& draft) {
  PromiseReader reader(plan_year);
  for (const auto& prose : outline.prose) {
    reader.read(prose.words, true);
    add_promises(source, reader, std::nullopt, draft);
  }
  reader.forget_year();
  std::int64_t index = 0;
  for (const auto& measure : outline.measures) {
    if (measure.parts.empty()) continue;
    for (const auto& part : measure.parts) reader.read(part, false);
    // What a table says beside the measure repeats its figure more often than it adds one.
    if (!reader.has_promises())
      for (const auto& cell : measure.beside) reader.read(cell, false);
    add_promises(source, reader, index++, draft);
  }
}

void note_whole(const Source& source, const Head& head, const Outline& outline, Draft& draft) {
  if (!draft.title)
    add_doubt(draft, "/title", {}, {"没有找到标题", "No title was found"}, {"开头没有像标题的行", "No line at the front looks like one"},
              {"填写标题", "Fill it in"});
  else if (head.is_title_guessed)
    add_doubt(draft, "/title", draft.title->ranges, {"这一行当作标题，不一定是", "This line is taken for the title and may not be"},
              {"它不以方案、意见、措施等词结尾", "It does not end with a word such as 方案, 意见 or 措施"}, {"确认标题", "Confirm the title"});
  for (const auto& other : head.other_titles)
    add_doubt(draft, "/title", source.ranges_of(other), {"还有一个大标题：" + other.utf8(), "There is another headline: " + other.utf8()},
              {"这里可能有两篇文章，段落可能交错", "There may be two articles here, with their columns mixed"},
              {"分开读，或确认举措属于哪一篇", "Read them apart, or see which measure belongs to which"});
  for (const auto& head : outline.broken_tables)
    add_doubt(draft, "/indicators", source.ranges_of(head), {"这张指标表没有读", "This table of indicators was not read"},
              {"行和列在这里分不开了，PDF 常这样", "Its rows and columns cannot be told apart here, as often in PDF"},
              {"改交 .docx，或把表格从 Word、Excel 里粘贴进来", "Hand in .docx, or paste the table from Word or Excel"});
  for (const auto& gap : outline.gaps)
    add_doubt(draft, "", source.ranges_of(gap.words.sub(0, 20)),
              {fmt::format("编号不连续，缺第 {} 个", gap.expected), fmt::format("Number {} is missing", gap.expected)},
              {"这里的编号比上一个大了不止一", "The number here is more than one above the last"},
              {"看原文是不是少了一条", "See whether the text lacks an item"});
  for (const auto& words : outline.unnumbered)
    add_doubt(draft, "", source.ranges_of(words), {"这一段没有编号，没有作为举措", "This paragraph has no number and was not taken for a measure"},
              {"保障一类的话，没有写责任单位", "It speaks of safeguards and names no unit"},
              {"需要跟踪时自己添一条", "Add one by hand if it is to be followed up"});
  const auto opens = [&](View label) {
    return std::find_if(outline.prose.begin(), outline.prose.end(), [&](const Prose& prose) { return prose.words.text.starts_with(label); });
  };
  if (const auto summary = opens(U"【摘要】"); summary != outline.prose.end())
    add_doubt(draft, "", source.ranges_of(summary->words.sub(0, 4)), {"这像一篇论文，不像文件", "This looks like a paper rather than a plan"},
              {"它有摘要和关键词", "It has an abstract and key words"}, {"确认要把它的建议当作举措", "Decide whether its proposals are to be measures"});
  for (const auto& heading : outline.left_out)
    if (!contains_any(heading.text, {U"总则", U"附则", U"名词解释"}))
      add_doubt(draft, "", source.ranges_of(heading), {"“" + heading.utf8() + "”一节没有读", "The part \"" + heading.utf8() + "\" was not read"},
                {"标题看上去讲的是已经有的，不是要做的", "By its heading it tells what is, not what shall be done"},
                {"里面有要做的事时自己添加", "Add by hand what it promises"});
  for (const auto& prose : outline.prose) note_duty(source, prose.words, draft);
  const bool any_unit = std::any_of(draft.measures.begin(), draft.measures.end(), [](const DraftMeasure& measure) { return !measure.units.empty(); });
  if (draft.measures.empty() && draft.indicators.empty())
    add_doubt(draft, "/measures", {}, {"没有读出举措，也没有指标表", "Neither a measure nor a table of indicators was found"},
              {"没有编号的条目，也没有“……。一是……”这样的段落", "There are no numbered items and no paragraphs such as …。一是…"},
              {"看文件是否选对，或自己添加", "See whether it is the right file, or add them by hand"});
  else if (!draft.measures.empty() && !any_unit)
    add_doubt(draft, "/measures", {}, {"全文没有写责任单位", "The text names no responsible unit"},
              {"没有责任单位、牵头单位一类的话", "There is no clause such as 责任单位 or 牵头单位"}, {"逐条指定责任单位", "Name a unit for each measure"});
}

bool explains_star(const Line& line) {
  const View text = line.words.text;
  return text.size() <= 60 && text.find_first_of(U"*＊★▲") != View::npos && contains_any(text, {U"带", U"标"}) &&
         contains_any(text, {U"自设", U"自定", U"特色", U"新增", U"自主"}) && contains(text, U"指标");
}

}  // namespace jingwei::reading
