#include "reading/internal/promises.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "reading/internal/numbering.h"
#include "reading/internal/phrases.h"

namespace jingwei::reading {
namespace {

using View = std::u32string_view;
using Op = DraftPromiseOperator;

constexpr std::size_t kSubjectCharactersMax = 80;
constexpr std::size_t kClauseCharactersMax = 400;  ///< longer ones are no sentence

/// Clauses end at commas outside brackets and quotes; 1,200 stays whole.
std::vector<Words> clauses_of(const Words& sentence) {
  std::vector<Words> clauses;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= sentence.size(); ++i) {
    const char32_t c = i < sentence.size() ? sentence.text[i] : U'，';
    if (bracket_kind(c) == '(' || c == U'“') ++depth;
    if ((bracket_kind(c) == ')' || c == U'”') && depth > 0) --depth;
    const bool in_number = c == U',' && i > 0 && i + 1 < sentence.size() && is_digit(sentence.text[i - 1]) && is_digit(sentence.text[i + 1]);
    if (i < sentence.size() && (depth > 0 || in_number || !is_one_of(c, U"，,：:"))) continue;
    Words clause = trimmed(sentence.sub(begin, i - begin), U"—");
    if (!clause.empty()) clauses.push_back(std::move(clause));
    begin = i + 1;
  }
  return clauses;
}

Words without_quotes_open(Words words) {
  words = trimmed(words, U"、，。；：—");
  if (words.text.starts_with(U"的")) words = words.sub(1);
  return words;
}

/// The words that say what is counted, without 累计完成 or 净增 at the end and 全市 at the front.
Words subject_of(Words phrase) {
  static const std::vector<View> ends = {U"累计完成", U"累计", U"完成", U"实现", U"净增", U"新增", U"总数", U"力争", U"每年", U"均", U"分别", U"要", U"总量"};
  phrase = without_quotes_open(phrase.sub(adverbs_before(phrase.text, false)));
  for (const View end : ends)
    if (end != U"总量" && end != U"总数" && phrase.size() > end.size() && phrase.text.ends_with(end)) phrase = phrase.sub(0, phrase.size() - end.size());
  return without_quotes_open(phrase);
}

}  // namespace

/// A figure and the words on both sides that may say what it counts.
struct PromiseReader::Segment {
  Words before;
  Words behind;
  Words whole;
  Words clause;  ///< with what the figures before it say of time: 每年引进领军人才20个、博士500名
  Figure figure;
  Words figure_words;
};

void PromiseReader::read(const Words& text, bool is_goal) {
  if (!is_goal) year_.reset();
  for (const auto& sentence : split_words(text, U"。；！？;")) {
    if (!is_goal) year_.reset();
    aspired_ = false;
    if (!sentence.empty()) read_sentence(sentence, is_goal);
  }
}

void PromiseReader::read_sentence(const Words& sentence, bool is_goal) {
  const auto clauses = clauses_of(sentence);
  previous_ = {};
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    next_ = i + 1 < clauses.size() ? clauses[i + 1] : Words{};
    if (clauses[i].size() <= kClauseCharactersMax) read_clause(clauses[i], is_goal);
    previous_ = clauses[i];
  }
}

void PromiseReader::read_clause(const Words& clause, bool is_goal) {
  const std::u32string text = fold_digits(clause.text);
  if (contains_any(text, {U"力争", U"争取", U"努力"})) aspired_ = true;
  if (const auto year = find_year(text); year && *year + 4 < text.size() && is_one_of(text[*year + 4], U"年—-–至~")) {
    // 2025—2027年: the later one.
    std::size_t last = *year;
    while (const auto later = find_year(text, last + 4)) last = *later;
    year_ = small_number(View(text).substr(last, 4));
  }
  if (is_past_or_condition(text)) return;
  if (read_monthly(clause) || read_relative(clause)) return;
  const auto figures = figures_in(text);
  if (read_aims(clause, figures)) return;
  note_rank(clause);
  note_quoted(clause);
  note_doubling(clause);
  // Where a separator stands between two figures, each has its own words; else the first only describes what the second counts.
  std::size_t begin = 0;
  bool goes_on = false;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const Figure& figure = figures[i];
    std::size_t end = clause.size();
    if (i + 1 < figures.size()) {
      const View between = View(text).substr(figure.end, figures[i + 1].begin - figure.end);
      const auto mark = between.find_last_of(U"、和及与或");
      end = mark == View::npos ? figures[i + 1].begin : figure.end + mark;
    }
    const Segment segment{clause.sub(begin, figure.begin - begin),
                          clause.sub(figure.end, end - figure.end),
                          clause.sub(begin, end - begin),
                          clause,
                          figure,
                          clause.sub(figure.begin, figure.end - figure.begin)};
    const bool is_divided = i + 1 >= figures.size() || is_one_of(text[end], U"、和及与或");
    goes_on = read_figure(segment, is_goal, goes_on);
    if (is_divided) begin = end + 1;
  }
}

bool PromiseReader::read_figure(const Segment& segment, bool is_goal, bool goes_on) {
  Promise promise;
  promise.figure = segment.figure;
  promise.value_words = segment.figure_words;
  promise.words = trimmed(segment.whole, U"、，");
  Words before = trimmed(segment.before);
  Words behind = trimmed(segment.behind);
  const Bound first = bound_before(before.text);
  const Bound last = bound_behind(behind.text);
  before = before.sub(0, before.size() - first.length);
  behind = trimmed(behind.sub(last.length));
  promise.op = last.length > 0 ? last.op : first.length > 0 ? first.op : segment.figure.is_more ? Op::over : Op::equal;
  if (!segment.figure.value_to.empty()) promise.op = Op::between;
  if (const auto rank = rank_words_at_end(before.text); rank > 0) {
    promise.op = Op::rank;
    before = before.sub(0, before.size() - rank);
    if (auto& wider = promise.figure.value_to; !wider.empty()) {
      promise.figure.value = std::exchange(wider, {});
      promise.doubt = {"名次写成一个区间，按较宽的一端读", "The rank is written as a range and read by its wider end"};
    }
  }
  const bool has_bound = first.length > 0 || last.length > 0 || promise.op == Op::rank || promise.op == Op::between;
  if (segment.figure.unit.empty() && (!has_bound || !behind.empty())) return false;
  if (before.text.ends_with(U"等")) return false;
  set_time(segment.clause, promise);

  const auto doing = doing_of(before);
  const bool is_read = doing ? name_object(*doing, before, behind, promise) : behind.empty() && name_alone(before, has_bound, goes_on || is_goal, promise);
  if (!is_read || promise.subject.empty() || promise.subject.size() > kSubjectCharactersMax) return false;
  keep(std::move(promise));
  return true;
}

/// 每年举办 | 招商推介活动 | 不少于30场, or 打造 | 10个 | 产业场景. Words on both sides only describe: 招引总投资超10亿元的项目.
bool PromiseReader::name_object(const Doing& doing, const Words& before, const Words& behind, Promise& promise) const {
  promise.scope = doing.scope;
  const bool is_repeated =
      promise.period != DraftPromisePeriod::total && promise.period != DraftPromisePeriod::by_year && is_one_of(promise.figure.unit.front(), U"次场届期轮批");
  if (promise.figure.is_one && promise.scope.empty() && !is_repeated) return false;
  if (doing.is_at_least && promise.op == Op::equal) promise.op = Op::at_least;
  const Words object = trimmed(before.sub(doing.object), U"、");
  const View verb = View(before.text).substr(doing.verb, doing.object - doing.verb);
  if (object.empty() && !behind.empty()) {
    promise.subject = without_quotes_open(behind);
  } else if (object.empty()) {
    // 支持企业改造锅炉，三年累计改造400台: what it is stands behind the same verb in the clause before.
    const auto same = previous_.text.find(verb);
    const bool is_there = same != View::npos && same + verb.size() < previous_.size();
    promise.subject = is_there ? subject_of(previous_.sub(same + verb.size())) : before.sub(doing.verb);
    if (!is_there) promise.doubt = {"没有说清是什么的数量", "It does not say what is counted"};
  } else if (behind.empty()) {
    promise.subject = subject_of(object);
  } else {
    const auto size = size_word_at_end(object.text);
    if (size == 0 || size != object.size() || !is_making_verb(verb)) return false;
    promise.subject = without_quotes_open(behind);
    promise.subject_text = promise.subject.utf8() + object.utf8();
  }
  return true;
}

/// 技术交易总额 | 达400亿元. Without any other sign a bare figure counts only among goals: 高新技术企业3800家.
bool PromiseReader::name_alone(const Words& before, bool has_bound, bool is_expected, Promise& promise) const {
  if (promise.figure.is_one) return false;
  const bool has_time = promise.period != DraftPromisePeriod::total;
  if (!has_bound && !has_time && !is_expected && promise.figure.unit != U"%" && !contains_any(before.text, {U"净增", U"新增", U"新建", U"累计"})) return false;
  promise.subject = subject_of(before);
  static const std::vector<View> sizes = {U"总数", U"总量", U"数量", U"规模", U"总规模", U"总额", U"占比", U"比例"};
  if (std::find(sizes.begin(), sizes.end(), promise.subject.text) != sizes.end() && !previous_.empty()) {
    const auto doing = doing_of(previous_);
    const Words of = subject_of(doing ? previous_.sub(doing->object) : previous_);
    promise.subject_text = of.utf8() + promise.subject.utf8();
    promise.doubt = {"是什么的" + promise.subject.utf8() + "，要看前一句", "Of what this is a total or a share stands in the clause before"};
  }
  if (!promise.subject.empty()) return true;
  if (!has_bound || previous_.empty()) return false;
  promise.subject = subject_of(previous_);
  promise.doubt = {"主语在前一句里，也可能是别的", "What it is about stands in the clause before, or is something else"};
  return true;
}

/// 紧盯五千亿、三千亿的能级目标，加快发展壮大新材料、智能物联…: figures that are aims, for what the next clause names.
bool PromiseReader::read_aims(const Words& clause, const std::vector<Figure>& figures) {
  static const std::vector<View> looks = {U"紧盯", U"锚定", U"瞄准", U"对标", U"朝着", U"围绕", U"聚焦", U"按照"};
  if (figures.empty() || next_.empty()) return false;
  const View behind = View(clause.text).substr(figures.back().end);
  const View before = View(clause.text).substr(0, figures.front().begin);
  const auto goal = behind.find(U"目标");
  if (goal == View::npos || goal > 8 || longest_end(before, looks) == 0) return false;
  static const std::vector<View> grows = {U"加快", U"发展壮大", U"推动", U"做大做强", U"做强做大", U"培育壮大", U"大力发展", U"发展", U"培育", U"打造"};
  Words subject = next_;
  while (const auto length = longest_start(subject.text, grows)) subject = subject.sub(length);
  if (subject.empty() || subject.size() > kSubjectCharactersMax) return false;
  for (const Figure& figure : figures) {
    Promise promise;
    promise.figure = figure;
    if (!figure.value_to.empty()) promise.op = Op::between;
    promise.value_words = clause.sub(figure.begin, figure.end - figure.begin);
    promise.words = clause;
    if (next_.at.front() == clause.at.back() + 2) promise.words.push(U'，', clause.at.back() + 1);
    promise.words.append(next_);
    promise.subject = subject;
    set_time(clause, promise);
    if (figures.size() > 1)
      promise.doubt = {"一句里有几个数值和几样东西，原文没有说哪个数值对应哪一样",
                       "Several figures stand beside several things, and the text does not say which belongs to which"};
    keep(std::move(promise));
  }
  return true;
}

/// 科创贷款增速不低于各类贷款增速
bool PromiseReader::read_relative(const Words& clause) {
  static const std::vector<View> words = {U"不低于", U"不慢于", U"高于", U"快于", U"优于", U"超过", U"大于", U"高出"};
  static const std::vector<View> measures = {U"增速", U"增幅", U"增长率", U"水平", U"均值", U"平均"};
  for (const View word : words) {
    const auto at = clause.text.find(word);
    if (at == View::npos) continue;
    Words other = trimmed(clause.sub(at + word.size()), U"。");
    if (other.empty() || !figures_in(fold_digits(other.text)).empty() || longest_end(other.text, measures) == 0) return false;
    Promise promise;
    promise.op = Op::relative;
    promise.words = promise.value_words = clause;
    promise.value_words = clause.sub(at);
    promise.subject = subject_of(clause.sub(0, at));
    promise.relative_to = other;
    set_time(clause, promise);
    if (promise.subject.empty()) return false;
    keep(std::move(promise));
    return true;
  }
  return false;
}

/// 月月举办创新沙龙
bool PromiseReader::read_monthly(const Words& clause) {
  const auto at = clause.text.find(U"月月");
  if (at == View::npos) return false;
  const Words rest = clause.sub(at + 2);
  const auto doing = doing_of(rest);
  if (!doing) return false;
  Promise promise;
  promise.op = Op::monthly;
  promise.figure.value = "12";
  promise.value_words = clause.sub(at, 2);
  promise.words = clause;
  promise.subject = subject_of(rest.sub(doing->object));
  promise.period = DraftPromisePeriod::each_year;
  promise.year = year_;
  if (promise.subject.empty()) return false;
  keep(std::move(promise));
  return true;
}

/// “五个百项”: a figure that is also a name.
void PromiseReader::note_quoted(const Words& clause) {
  for (std::size_t open = clause.text.find(U'“'); open != View::npos; open = clause.text.find(U'“', open + 1)) {
    const auto close = clause.text.find(U'”', open);
    if (close == View::npos || close - open > 8) continue;
    const View inside = View(clause.text).substr(open + 1, close - open - 1);
    const auto figures = figures_in(inside);
    const bool has_multiple = inside.find_first_of(U"百千万") != View::npos;
    if (figures.empty() || figures.back().unit.find_last_not_of(U"百千万亿") == View::npos || figures.back().end != inside.size() || !has_multiple) continue;
    unread_.push_back(
        {clause, {"引号里的“" + to_utf8(inside) + "”既像名称又像数目", "\"" + to_utf8(inside) + "\" in quotation marks is as much a name as a figure"}});
  }
}

/// 翻一番 is a promise without a figure.
void PromiseReader::note_doubling(const Words& clause) {
  if (contains_any(clause.text, {U"翻一番", U"翻番", U"翻两番", U"倍增"}) && !contains_any(clause.text, {U"“", U"行动", U"计划", U"工程"}))
    unread_.push_back({clause, {"翻番要看从多少算起，这里没有数", "Doubling needs a figure to begin from, and there is none here"}});
}

/// 保持全省第一 says a rank, but not of what.
void PromiseReader::note_rank(const Words& clause) {
  for (const View word : {View(U"全国第一"), View(U"全省第一"), View(U"全市第一"), View(U"全球第一"), View(U"长三角第一")})
    if (const auto at = clause.text.find(word); at != View::npos)
      unread_.push_back({clause,
                         {"“" + to_utf8(word) + "”是名次，没有说是哪几项的名次，没有作为承诺",
                          "\"" + to_utf8(word) + "\" is a rank, and the text does not say of which figures; it is not taken as a promise"}});
}

void PromiseReader::set_time(const Words& clause, Promise& promise) const {
  const View text = clause.text;
  if (contains_any(text, {U"每年", U"年均", U"逐年"}))
    promise.period = DraftPromisePeriod::each_year;
  else if (contains_any(text, {U"每季"}))
    promise.period = DraftPromisePeriod::each_quarter;
  else if (contains_any(text, {U"每月", U"每个月"}))
    promise.period = DraftPromisePeriod::each_month;
  promise.year = year_;
  if (!promise.year && contains_any(text, {U"全年", U"年内", U"今年", U"本年"})) promise.year = plan_year_;
  if (promise.period == DraftPromisePeriod::total && promise.year) promise.period = DraftPromisePeriod::by_year;
}

void PromiseReader::keep(Promise promise) {
  promise.is_aspired = aspired_;
  promises_.push_back(std::move(promise));
}

}  // namespace jingwei::reading
