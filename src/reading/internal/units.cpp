#include "reading/internal/units.h"

#include <algorithm>

#include "reading/internal/paragraphs.h"

namespace jingwei::reading {
namespace {

using View = std::u32string_view;

constexpr std::size_t kUnitCharactersMax = 40;
constexpr std::size_t kHeadingCharactersMax = 100;
constexpr std::size_t kClauseCharactersMax = 1'500;
constexpr std::size_t kListCharactersMax = 600;

const std::vector<View> kUnitEnds = {U"局",   U"委",   U"办",   U"部",   U"院",   U"厅", U"中心", U"公司", U"集团", U"政府", U"管委会", U"委员会", U"银行",
                                     U"分行", U"支行", U"区",   U"县",   U"市",   U"镇", U"街道", U"乡",   U"处",   U"会",   U"社",     U"大学",   U"学院",
                                     U"所",   U"园",   U"站",   U"队",   U"科",   U"室", U"联",   U"科协", U"专班", U"单位", U"部门",   U"机构",   U"平台",
                                     U"高校", U"学校", U"基金", U"企业", U"新城", U"谷", U"小镇", U"公安", U"税务", U"海关", U"海事"};
const std::vector<View> kLeadWords = {U"牵头", U"主办", U"主责"};
const std::vector<View> kCoWords = {U"配合", U"协同", U"协办", U"参与", U"参加", U"协作", U"支持", U"协助"};
const std::vector<View> kFirstWords = {U"列第一", U"排第一", U"排在第一", U"列在第一", U"排列第一", U"排名第一", U"排在首位", U"列在首位", U"列首位",
                                       U"排首位", U"居首位", U"居第一",   U"第一个",   U"第一位",   U"排在最前", U"列于首位", U"首位的",   U"排序第一"};

struct Label {
  std::size_t begin = 0;  ///< with the bracket before it
  std::size_t list = 0;   ///< where its units begin
  DraftUnitRole role = DraftUnitRole::responsible;
  bool opens_bracket = false;  ///< （责任单位：…）, not 【责任单位】…
};

bool has_unit_end(View name) {
  while (!name.empty() && bracket_kind(name.back()) == ')') {
    std::size_t open = name.size();
    int depth = 0;
    while (open-- > 0) {
      const char kind = bracket_kind(name[open]);
      if (kind == ')') ++depth;
      if (kind == '(' && --depth == 0) break;
    }
    if (open >= name.size() || open == 0) return false;
    name = name.substr(0, open);
  }
  return longest_end(name, kUnitEnds) > 0;
}

/// Where 和, 及, 与 or 以及 divides two units: what stands before ends as a unit does. 市住房和城乡建设局 is one.
std::size_t conjunction(View name, std::size_t from) {
  int depth = 0;
  for (std::size_t i = from; i < name.size(); ++i) {
    const char kind = bracket_kind(name[i]);
    if (kind == '(') ++depth;
    if (kind == ')') --depth;
    if (depth > 0 || i == 0 || !is_one_of(name[i], U"和及与")) continue;
    const std::size_t end = name[i] == U'及' && name[i - 1] == U'以' ? i - 1 : i;
    if (i + 1 < name.size() && has_unit_end(name.substr(0, end)) && (bracket_kind(name[end - 1]) == ')' || is_one_of(name[i + 1], U"各市县区省"))) return i;
  }
  return name.npos;
}

void add_unit(Words name, std::vector<Words>& units) {
  name = trimmed(name, U"。；;，,、：:");
  for (const View end : {View(U"等有关部门"), View(U"等相关部门"), View(U"等部门"), View(U"等单位"), View(U"等")})
    if (name.text.ends_with(end)) {
      name = name.sub(0, name.size() - end.size());
      break;
    }
  if (!name.empty() && name.size() <= kUnitCharactersMax) units.push_back(std::move(name));
}

/// The label that begins at `at`: 责任单位：, 牵头部门：, 【责任单位】.
std::optional<Label> label_at(View text, std::size_t at) {
  const bool bracket = bracket_kind(text[at]) == '(';
  const View from = text.substr(at, 14);
  if (!begins_with_unit_label(from)) return std::nullopt;
  const auto word = std::min({from.find(U"单位"), from.find(U"部门"), from.find(U"主体")});
  Label label{at, at + word + 2, DraftUnitRole::responsible, bracket};
  if (is_one_of(text[label.list], U"】]〕")) {
    label.opens_bracket = false;
    ++label.list;
  }
  if (label.list < text.size() && is_one_of(text[label.list], U"：:")) ++label.list;
  const View key = from.substr(0, word);
  if (contains_any(key, kLeadWords))
    label.role = DraftUnitRole::lead;
  else if (contains_any(key, kCoWords))
    label.role = DraftUnitRole::co;
  return label;
}

std::vector<Label> labels_in(View text, std::size_t from) {
  std::vector<Label> labels;
  for (std::size_t i = from; i < text.size(); ++i)
    if (is_one_of(text[i], U"（(【[〔责牵配协主参负实落支")) {
      if (auto label = label_at(text, i)) {
        labels.push_back(*label);
        i = label->list - 1;
      }
    }
  return labels;
}

/// A list without what is said in it about all measures: 列第一位的为牵头单位, …均为责任主体.
Words list_alone(Words list) {
  const auto stop = list.text.find(U'。');
  if (stop != View::npos) list = list.sub(0, stop);
  for (const View word : kFirstWords)
    if (const auto at = list.text.find(word); at != View::npos && list.text.find(U"牵头", at) != View::npos) list = trimmed(list.sub(0, at), U"（(。，,；");
  Words alone;
  for (const auto& chunk : split_words(list, U"，,；;"))
    if (!contains_any(chunk.text, {U"均为责任", U"均是责任", U"不再列", U"下同", U"不再"})) {
      if (!alone.empty()) alone.push(U'、', chunk.empty() ? alone.at.back() : chunk.at.front());
      alone.append(chunk);
    }
  return alone;
}

void add_list(const Words& list, DraftUnitRole role, UnitClause& clause) {
  const Words alone = list_alone(list);
  clause.has_more = clause.has_more || contains(alone.text, U"等有关") || contains(alone.text, U"等相关") || trimmed(alone, U"）)。").text.ends_with(U"等");
  for (auto& unit : units_in(alone)) {
    DraftUnitRole own = role;
    for (const View mark : {View(U"（牵头）"), View(U"(牵头)"), View(U"（牵头单位）"), View(U"〔牵头〕"), View(U"（主责）")})
      if (unit.text.ends_with(mark)) {
        unit = unit.sub(0, unit.size() - mark.size());
        own = DraftUnitRole::lead;
      }
    clause.units.push_back({std::move(unit), own});
  }
}

/// How many brackets stay open; negative when one closes that was opened before.
int brackets_open(View text) {
  int depth = 0;
  for (const char32_t c : text) depth += bracket_kind(c) == '(' ? 1 : bracket_kind(c) == ')' ? -1 : 0;
  return depth;
}

std::optional<UnitClause> labelled(const Words& words, std::size_t from) {
  const auto labels = labels_in(words.text, from);
  if (labels.empty()) return std::nullopt;
  UnitClause clause;
  clause.begin = labels.front().begin;
  clause.end = words.size();
  if (labels.front().opens_bracket) {
    const auto close = closing_bracket(words.text, clause.begin, kClauseCharactersMax);
    if (close != View::npos) clause.end = close + 1;
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i].begin >= clause.end) {
      // A bracket of its own for each: （牵头单位：…）（配合单位：…）
      const auto close = closing_bracket(words.text, labels[i].begin, kClauseCharactersMax);
      clause.end = close == View::npos ? words.size() : close + 1;
    }
    const std::size_t end = i + 1 < labels.size() ? labels[i + 1].begin : clause.end;
    Words list = trimmed(words.sub(labels[i].list, end - labels[i].list), U"。；;");
    if (!list.empty() && bracket_kind(list.text.back()) == ')' && brackets_open(list.text) < 0) list = list.sub(0, list.size() - 1);
    add_list(list, labels[i].role, clause);
  }
  return clause;
}

/// 由市科技局牵头，市财政局、市税务局配合; 市金融办按职责分工负责. Every part must be units and what they do.
std::optional<UnitClause> spoken(const Words& sentence) {
  UnitClause clause;
  for (const auto& part : split_words(trimmed(sentence, U"。；;"), U"，,；;")) {
    Words list = trimmed(part);
    if (list.text.starts_with(U"由")) list = list.sub(1);
    static const std::vector<View> acts = {
        U"牵头负责", U"牵头实施", U"牵头落实", U"牵头组织实施", U"牵头", U"按职责分工负责", U"按职责负责", U"按照职责分工负责",
        U"具体负责", U"组织实施", U"负责实施", U"负责落实",     U"负责", U"落实",           U"配合",       U"协同",
        U"参与",     U"协助",     U"协办"};
    const auto length = longest_end(list.text, acts);
    if (length == 0) return std::nullopt;
    const View act = View(list.text).substr(list.size() - length);
    const auto role = contains_any(act, kLeadWords) ? DraftUnitRole::lead : contains_any(act, kCoWords) ? DraftUnitRole::co : DraftUnitRole::responsible;
    list = list.sub(0, list.size() - length);
    if (!looks_like_units(list.text)) return std::nullopt;
    clause.has_more = clause.has_more || list.text.ends_with(U"等");
    for (auto& unit : units_in(list)) clause.units.push_back({std::move(unit), role});
  }
  return clause.units.empty() ? std::nullopt : std::optional(std::move(clause));
}

/// A bracket or a sentence at the very end.
std::optional<UnitClause> unlabelled(const Words& words) {
  std::size_t end = words.size();
  while (end > 0 && is_one_of(words.text[end - 1], U"。；; ")) --end;
  if (end == 0) return std::nullopt;
  std::size_t begin = end;
  const std::size_t reach = end - std::min(end, kListCharactersMax);
  if (bracket_kind(words.text[end - 1]) == ')') {
    int depth = 0;
    while (begin-- > reach) {
      const char kind = bracket_kind(words.text[begin]);
      if (kind == ')') ++depth;
      if (kind == '(' && --depth == 0) break;
    }
    if (depth != 0) return std::nullopt;
    const Words inside = words.sub(begin + 1, end - begin - 2);
    auto clause = spoken(inside);
    if (!clause && inside.size() > 2 && looks_like_units(inside.text) && !contains(inside.text, U"市、区")) {
      clause.emplace();
      for (auto& unit : units_in(inside)) clause->units.push_back({std::move(unit), DraftUnitRole::responsible});
    }
    if (clause) std::tie(clause->begin, clause->end) = std::pair(begin, words.size());
    return clause;
  }
  while (begin > reach && !is_one_of(words.text[begin - 1], U"。；：！？")) --begin;
  auto clause = spoken(words.sub(begin, end - begin));
  if (clause) std::tie(clause->begin, clause->end) = std::pair(begin, words.size());
  return clause;
}

/// Where the sentence around `at` begins; a bracket that closes before it is passed over.
std::size_t sentence_begin(View text, std::size_t at) {
  int depth = 0;
  std::size_t begin = at;
  while (begin > 0 && at - begin < kListCharactersMax) {
    const char32_t c = text[begin - 1];
    const char kind = bracket_kind(c);
    if (kind == ')') ++depth;
    if (kind == '(' && --depth < 0) break;
    if (depth <= 0 && is_one_of(c, U"。；：:！？")) break;
    --begin;
  }
  return begin;
}

std::vector<Words> everywhere_in(const Words& sentence) {
  static const std::vector<View> keys = {U"均需由", U"均须由", U"均需", U"均须", U"均由", U"都由", U"都需", U"需由", U"由"};
  static const std::vector<View> acts = {U"组织落实", U"贯彻落实", U"负责落实", U"组织实施", U"落实", U"负责", U"实施", U"承担"};
  const View text = sentence.text;
  for (const View key : keys) {
    const auto from = text.find(key);
    if (from == text.npos) continue;
    std::size_t end = text.npos;
    for (const View act : acts)
      if (const auto at = text.find(act, from + key.size()); at != text.npos) end = std::min(end, at);
    if (end != text.npos) return units_in(sentence.sub(from + key.size(), end - from - key.size()));
  }
  for (const View key : {View(U"均为"), View(U"均是"), View(U"皆为"), View(U"同为"), View(U"为各项")}) {
    const auto at = text.find(key);
    if (at == text.npos || !contains_any(text.substr(at), {U"责任", U"落实"})) continue;
    std::size_t from = text.substr(0, at).find_last_of(U"，,");
    from = from == text.npos ? 0 : from + 1;
    return units_in(sentence.sub(from, at - from));
  }
  return {};
}

}  // namespace

std::vector<Words> units_in(const Words& list) {
  std::vector<Words> units;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= list.size(); ++i) {
    const char32_t c = i < list.size() ? list.text[i] : U'、';
    const char kind = bracket_kind(c);
    if (kind == '(') ++depth;
    if (kind == ')') --depth;
    if (i < list.size() && (depth > 0 || !is_one_of(c, U"、，,；; "))) continue;
    Words name = list.sub(begin, i - begin);
    begin = i + 1;
    for (std::size_t at = conjunction(name.text, 0); at != View::npos; at = conjunction(name.text, 0)) {
      add_unit(name.sub(0, name.text[at - 1] == U'以' ? at - 1 : at), units);
      name = name.sub(at + 1);
    }
    add_unit(std::move(name), units);
  }
  return units;
}

bool looks_like_units(View text) {
  if (text.empty() || text.size() > kListCharactersMax || is_digit(text[0])) return false;
  Words words;
  for (const char32_t c : text) words.push(c, 0);
  const auto units = units_in(words);
  return !units.empty() && std::all_of(units.begin(), units.end(), [](const Words& unit) {
    return unit.size() > 1 && has_unit_end(unit.text) && unit.text.find_first_of(U"。：“”") == View::npos;
  });
}

std::optional<UnitClause> unit_clause_of(const Words& words) {
  const std::size_t from = words.size() - std::min(words.size(), kClauseCharactersMax);
  if (auto clause = labelled(words, from)) return clause;
  return unlabelled(words);
}

std::optional<UnitClause> unit_clause_of_heading(const Words& words) {
  const Words heading = words.sub(0, words.text.find_first_of(U"。：；"));
  if (heading.size() > kHeadingCharactersMax || heading.empty() || bracket_kind(heading.text.back()) != ')') return std::nullopt;
  const auto open = heading.text.find_last_of(U"（(〔");
  if (open == View::npos ||
      !contains_any(View(heading.text).substr(open), {U"局", U"委", U"办", U"厅", U"部", U"院", U"中心", U"单位", U"公司", U"牵头", U"负责"}))
    return std::nullopt;
  return unlabelled(heading);
}

UnitRules unit_rules_of(const std::vector<Words>& texts) {
  UnitRules rules;
  for (const auto& words : texts) {
    const View text = words.text;
    for (std::size_t at = text.find(U"牵头"); at != text.npos && !rules.first_leads; at = text.find(U"牵头", at + 2)) {
      const std::size_t back = at - std::min<std::size_t>(at, 20);
      if (!contains_any(text.substr(back, at - back), kFirstWords)) continue;
      rules.first_leads = true;
      rules.first_leads_words = words.sub(back, at + 2 - back);
    }
    for (std::size_t at = text.find(U"不再"); at != text.npos && rules.everywhere.empty(); at = text.find(U"不再", at + 2)) {
      if (text.substr(at, 9).find(U"列") == text.npos) continue;
      const std::size_t begin = sentence_begin(text, at);
      rules.everywhere = everywhere_in(words.sub(begin, at - begin));
    }
    for (const View all : {View(U"各项任务"), View(U"各项举措"), View(U"各项工作"), View(U"所有任务"), View(U"上述任务"), View(U"以上任务")})
      if (const auto at = text.find(all); at != text.npos && rules.everywhere.empty()) {
        const std::size_t begin = sentence_begin(text, at);
        const auto end = std::min(text.find_first_of(U"。；", at), text.size());
        if (contains(text.substr(begin, end - begin), U"均")) rules.everywhere = everywhere_in(words.sub(begin, end - begin));
      }
  }
  return rules;
}

}  // namespace jingwei::reading
