#include "reading/internal/outline.h"

#include <algorithm>
#include <map>

namespace jingwei::reading {
namespace {

using View = std::u32string_view;

constexpr std::size_t kHeadingCharactersMax = 60;
constexpr std::size_t kSectionCharactersMax = 16;
constexpr std::size_t kDepthMax = 12;

const std::vector<View> kDescriptions = {U"现状",     U"现实基础", U"发展基础", U"工作基础", U"成效", U"短板", U"存在的问题", U"存在问题",
                                         U"主要问题", U"背景",     U"面临形势", U"总则",     U"附则", U"回顾", U"名词解释",   U"困难"};
const std::vector<View> kGoals = {U"总体要求", U"总体目标", U"主要目标", U"发展目标", U"工作目标", U"指导思想",
                                  U"基本原则", U"总体思路", U"目标要求", U"行动目标", U"预期目标", U"基本要求"};
const std::vector<View> kSafeguards = {U"保障措施", U"组织保障", U"组织实施", U"工作要求", U"工作保障", U"实施保障", U"保障机制", U"强化保障"};

struct Node {
  const Paragraph* head = nullptr;
  std::vector<const Paragraph*> body;
  std::vector<std::size_t> children;
  std::optional<std::size_t> parent;
  bool is_numbered = false;
};

bool is_section_of(const Words& heading, const std::vector<View>& words) {
  return heading.size() <= kSectionCharactersMax && contains_any(heading.text, words);
}

/// 推动制度完善升级。一是…: a measure that the text does not number.
bool begins_unnumbered_measure(View text) {
  const auto stop = text.find(U'。');
  return stop != text.npos && stop > 3 && stop <= kHeadingCharactersMax && starts_with_any(text.substr(stop + 1), {U"一是", U"一要"});
}

class Builder {
 public:
  explicit Builder(const std::vector<Paragraph>& paragraphs) {
    for (const auto& paragraph : paragraphs) {
      if (is_broken_head(paragraph)) {
        outline_.broken_tables.push_back(paragraph.words);
        in_broken_table_ = true;
      }
      if (in_broken_table_ && !ends_broken_table(paragraph)) continue;
      in_broken_table_ = false;
      take(paragraph);
    }
  }

  Outline finish() {
    for (const std::size_t root : roots_) collect(root, {});
    if (outline_.measures.empty()) measures_from_headings();
    return std::move(outline_);
  }

 private:
  struct Open {
    NumberStyle style;
    int hashes;
    std::size_t node;
  };

  /// 序 指标 2024年 2027年 责任部门 in one line of text: a table whose columns were lost on the way, as PDF loses them.
  static bool is_broken_head(const Paragraph& paragraph) {
    const View text = paragraph.words.text;
    return text.size() <= kBrokenHeadCharactersMax && text.find_first_of(U"。，；") == View::npos && contains(text, U"指标") && contains_any(text, {U"20"}) &&
           contains(text, U"年") && contains_any(text, {U"责任部门", U"责任单位", U"牵头单位", U"牵头部门", U"单位", U"序号"});
  }

  /// A sentence, or the next big heading: the text goes on.
  static bool ends_broken_table(const Paragraph& paragraph) {
    const auto style = paragraph.numbering.style;
    return paragraph.words.text.find(U'。') != View::npos || style == NumberStyle::han || style == NumberStyle::chapter || style == NumberStyle::part ||
           style == NumberStyle::han_bracket;
  }

  void take(const Paragraph& paragraph) {
    if (paragraph.numbering && paragraph.numbering.style != NumberStyle::dash) return open_numbered(paragraph);
    const bool is_plain_heading = paragraph.is_heading && !paragraph.numbering;
    if (is_plain_heading) return open_plain(paragraph);
    if (stack_.empty() || (!nodes_[stack_.back().node].is_numbered && begins_unnumbered_measure(paragraph.words.text))) {
      // Prose before any heading, or a measure without number: a node of its own below the heading.
      const bool is_measure = begins_unnumbered_measure(paragraph.words.text);
      add_node(paragraph, false);
      if (is_measure) {
        first_seen_.emplace(NumberStyle::none, nodes_.size());
        stack_.push_back({NumberStyle::none, kUnnumberedMeasure, nodes_.size() - 1});
      }
      return;
    }
    nodes_[stack_.back().node].body.push_back(&paragraph);
  }

  void open_numbered(const Paragraph& paragraph) {
    const NumberStyle style = paragraph.numbering.style;
    const int value = paragraph.numbering.value;
    const auto same = std::find_if(stack_.begin(), stack_.end(), [&](const Open& open) { return open.style == style; });
    if (same != stack_.end())
      stack_.erase(same, stack_.end());
    else
      close_what_came_later(style, value);
    while (!stack_.empty() && (stack_.back().hashes == kUnnumberedMeasure || stack_.size() >= kDepthMax)) stack_.pop_back();
    int& last = last_value_[style];
    if (value > last + 1 && last > 0) outline_.gaps.push_back({paragraph.words, last + 1});
    last = value;
    add_node(paragraph, true);
    first_seen_.emplace(style, nodes_.size());
    stack_.push_back({style, 0, nodes_.size() - 1});
  }

  /// 一、 goes on as 三、 although a heading without number came between: what a text began to use after the first 一、 lies below
  /// it. Counting that begins anew stays below the heading it stands under.
  void close_what_came_later(NumberStyle style, int value) {
    const auto seen = first_seen_.find(style);
    if (seen == first_seen_.end() || value <= 1) return;
    const auto lies_below = [&](const Open& open) {
      return first_seen_.at(open.style) > seen->second && (open.style == NumberStyle::none || open.style > style);
    };
    while (!stack_.empty() && lies_below(stack_.back())) stack_.pop_back();
  }

  void open_plain(const Paragraph& paragraph) {
    while (!stack_.empty() &&
           (stack_.back().style != NumberStyle::none || paragraph.hashes == 0 || stack_.back().hashes == 0 || stack_.back().hashes >= paragraph.hashes))
      stack_.pop_back();
    add_node(paragraph, false);
    first_seen_.emplace(NumberStyle::none, nodes_.size());
    stack_.push_back({NumberStyle::none, paragraph.hashes, nodes_.size() - 1});
  }

  void add_node(const Paragraph& paragraph, bool is_numbered) {
    while (!stack_.empty() && stack_.back().hashes == kUnnumberedMeasure) stack_.pop_back();
    Node node;
    node.head = &paragraph;
    node.is_numbered = is_numbered;
    if (stack_.empty())
      roots_.push_back(nodes_.size());
    else
      nodes_[stack_.back().node].children.push_back(nodes_.size());
    nodes_.push_back(std::move(node));
  }

  /// With the space between number and words that cleaning took away: 第二章 成果供给.
  static Words heading_of(const Paragraph& paragraph) {
    const Words& words = paragraph.words;
    const std::size_t length = paragraph.numbering.length;
    if (length == 0 || length >= words.size() || words.at[length] == words.at[length - 1] + 1) return trimmed(words, U"。：:");
    Words heading = words.sub(0, length);
    heading.push(U' ', words.at[length] - 1);
    heading.append(words.sub(length));
    return trimmed(heading, U"。：:");
  }

  /// The clause of a node's own paragraphs, and behind which of them it ends (0 is the head).
  struct Own {
    std::optional<UnitClause> clause;
    std::size_t paragraphs = 0;  ///< head and body that belong to it: nothing follows the clause
    bool is_apart = false;       ///< the clause is a paragraph of its own
  };

  Own own_of(const Node& node) const {
    Own own;
    own.paragraphs = 1 + node.body.size();
    for (std::size_t i = 0; i <= node.body.size(); ++i) {
      const Paragraph& paragraph = i == 0 ? *node.head : *node.body[i - 1];
      // Behind a heading the clause ends nothing: its text follows.
      if (i == 0 && unit_clause_of_heading(paragraph.words.sub(paragraph.numbering.length))) own.clause = UnitClause{};
      if (i == 0 && (paragraph.is_heading || own.clause)) continue;
      if (!unit_clause_of(paragraph.words)) {
        if (own.clause && own.paragraphs <= i) break;
        continue;
      }
      // 牵头单位 and 配合单位 in lines of their own are one clause.
      own.is_apart = i > 0 && begins_with_unit_label(paragraph.words.text);
      own.clause = UnitClause{};
      own.paragraphs = i + 1;
    }
    return own;
  }

  void collect(std::size_t index, std::vector<Words> sections) {
    const Node& node = nodes_[index];
    if (!node.is_numbered) return collect_plain(index, std::move(sections));
    const Words heading = heading_of(*node.head);
    if (node.head->is_heading && is_section_of(heading, kDescriptions)) {
      outline_.left_out.push_back(heading);
      return;
    }
    const Words first = first_sentence(node);
    if (is_section_of(first, kGoals) || first.text == U"目标" || first.text == U"总目标") return keep_goals(index, std::move(sections));
    if (node.children.empty()) return collect_leaf(node, std::move(sections));
    const auto clauses = std::count_if(node.children.begin(), node.children.end(), [&](std::size_t child) { return has_clause_below(child); });
    const Own own = own_of(node);
    const Own last = own_of(nodes_[node.children.back()]);
    const bool last_speaks_for_all = node.children.size() > 1 && clauses == 1 && last.clause && nodes_[node.children.back()].children.empty();
    if (clauses == 0 && own.clause) return add_measure(node, sections, false);
    if (last_speaks_for_all && node.head->is_heading) {
      add_measure(node, sections, !last.is_apart);
      return;
    }
    sections.push_back(heading);
    if (!node.body.empty()) keep_prose(node.body, sections);
    for (const std::size_t child : node.children) collect(child, sections);
  }

  void collect_plain(std::size_t index, std::vector<Words> sections) {
    const Node& node = nodes_[index];
    if (!node.head->is_heading && begins_unnumbered_measure(node.head->words.text)) return add_measure(node, sections, false);
    if (!node.head->is_heading) {
      keep_prose({node.head}, sections);
      keep_prose(node.body, sections);
    } else {
      const Words heading = heading_of(*node.head);
      sections.push_back(heading);
      if (is_section_of(heading, kDescriptions))
        outline_.left_out.push_back(heading);
      else
        keep_prose(node.body, sections);
    }
    for (const std::size_t child : node.children) collect(child, sections);
  }

  Words first_sentence(const Node& node) const {
    const Words words = node.head->words.sub(node.head->numbering.length);
    return words.sub(0, words.text.find_first_of(U"。：:"));
  }

  bool has_clause_below(std::size_t index) const {
    const Node& node = nodes_[index];
    if (own_of(node).clause) return true;
    return std::any_of(node.children.begin(), node.children.end(), [&](std::size_t child) { return has_clause_below(child); });
  }

  void keep_prose(const std::vector<const Paragraph*>& paragraphs, const std::vector<Words>& sections) {
    for (const Paragraph* paragraph : paragraphs) outline_.prose.push_back({paragraph->words, sections});
  }

  void keep_goals(std::size_t index, std::vector<Words> sections) {
    const Node& node = nodes_[index];
    if (!node.head->is_heading) keep_prose({node.head}, sections);
    sections.push_back(heading_of(*node.head));
    keep_prose(node.body, sections);
    for (const std::size_t child : node.children) keep_goals(child, sections);
  }

  void collect_leaf(const Node& node, std::vector<Words> sections) {
    const bool has_text = !node.head->is_heading || !node.body.empty();
    const bool is_safeguard = is_section_of(first_sentence(node), kSafeguards) && !own_of(node).clause && node.head->is_heading;
    if (is_safeguard) {
      for (const Paragraph* paragraph : node.body)
        if (!paragraph->is_heading && paragraph->words.size() > 10) outline_.unnumbered.push_back(paragraph->words);
      return;
    }
    if (node.head->is_heading && !has_text && sections.empty() && node.head->words.size() <= 8) return;
    add_measure(node, sections, false);
  }

  void add_measure(const Node& node, const std::vector<Words>& sections, bool is_clause_of_last) {
    Measure measure;
    measure.sections = sections;
    measure.is_clause_of_last = is_clause_of_last;
    const std::size_t length = node.head->numbering.style == NumberStyle::dash ? 0 : node.head->numbering.length;
    measure.number = trimmed(node.head->words.sub(0, length));
    const Own own = own_of(node);
    add_part(*node.head, length, measure);
    for (std::size_t i = 0; i < node.body.size(); ++i) {
      if (i + 1 < own.paragraphs)
        add_part(*node.body[i], 0, measure);
      else
        keep_prose({node.body[i]}, sections);
    }
    for (const std::size_t child : node.children) add_child(nodes_[child], measure);
    set_heading(*node.head, measure);
    if (node.children.empty()) {
      Words text;
      for (const auto& part : measure.parts) text.append(part);
      measure.steps = steps_in(text);
    }
    outline_.measures.push_back(std::move(measure));
  }

  /// A paragraph of a measure: its text, and what it says of units.
  static void add_part(const Paragraph& paragraph, std::size_t from, Measure& measure) {
    measure.words.append(paragraph.words);
    if (!paragraph.goes_on_under.empty()) {
      measure.is_joined = true;
      measure.sections = {paragraph.goes_on_under};
    }
    Words text = paragraph.words.sub(from);
    auto clause = paragraph.is_heading ? std::nullopt : unit_clause_of(text);
    if (!clause) clause = unit_clause_of_heading(text);
    if (clause) {
      Words behind = text.sub(clause->end);
      text = text.sub(0, clause->begin);
      if (trimmed(behind, U"。；;").size() > 0) text.append(behind);
      if (!measure.clause) measure.clause.emplace();
      measure.clause->has_more = measure.clause->has_more || clause->has_more;
      for (auto& unit : clause->units) measure.clause->units.push_back(std::move(unit));
    }
    text = trimmed(text);
    if (!text.empty()) measure.parts.push_back(std::move(text));
  }

  void add_child(const Node& node, Measure& measure) const {
    Step step;
    step.number = trimmed(node.head->words.sub(0, node.head->numbering.length));
    const std::size_t before = measure.parts.size();
    add_part(*node.head, node.head->numbering.length, measure);
    for (const Paragraph* paragraph : node.body) add_part(*paragraph, 0, measure);
    for (std::size_t i = before; i < measure.parts.size(); ++i) step.words.append(measure.parts[i]);
    for (const std::size_t child : node.children) add_child(nodes_[child], measure);
    if (!step.words.empty()) measure.steps.push_back(std::move(step));
  }

  static void set_heading(const Paragraph& head, Measure& measure) {
    if (measure.parts.empty()) return;
    const Words& first = measure.parts.front();
    if (head.is_heading) {
      measure.heading = trimmed(first, U"。：:");
      return;
    }
    const auto stop = std::min(first.text.find_first_of(U"。；："), first.size());
    if (stop <= kHeadingCharactersMax) measure.heading = first.sub(0, stop);
  }

  /// A text without a single number whose Markdown headings are all there is.
  void measures_from_headings() {
    std::vector<Prose> prose;
    prose.swap(outline_.prose);
    for (const Node& node : nodes_)
      if (node.head->hashes > 0 && !node.body.empty() && node.children.empty() && !is_section_of(node.head->words, kDescriptions) &&
          !is_section_of(node.head->words, kGoals))
        add_measure(node, {}, false);
    if (outline_.measures.empty()) outline_.prose.swap(prose);
  }

  static constexpr int kUnnumberedMeasure = 99;
  static constexpr std::size_t kBrokenHeadCharactersMax = 80;
  bool in_broken_table_ = false;

  std::vector<Node> nodes_;
  std::vector<std::size_t> roots_;
  std::vector<Open> stack_;
  std::map<NumberStyle, int> last_value_;
  std::map<NumberStyle, std::size_t> first_seen_;  ///< how many nodes there were when a style was first used
  Outline outline_;
};

}  // namespace

std::vector<Step> steps_in(const Words& words) {
  static const std::vector<View> firsts = {U"一", U"二", U"三", U"四", U"五", U"六", U"七", U"八", U"九", U"十"};
  std::vector<std::pair<std::size_t, std::size_t>> marks;  // where, length
  const View text = words.text;
  for (std::size_t i = 0; i + 2 < text.size() && marks.size() < firsts.size(); ++i) {
    const bool begins = i == 0 || is_one_of(text[i - 1], U"。；，：！");
    const View mark = firsts[marks.size()];
    if (begins && text.substr(i).starts_with(mark) && is_one_of(text[i + 1], U"是要"))
      marks.emplace_back(i, 2);
    else if (text[i] == U'①' + static_cast<char32_t>(marks.size()))
      marks.emplace_back(i, 1);
  }
  std::vector<Step> steps;
  if (marks.size() < 2) return steps;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const auto [begin, length] = marks[i];
    const std::size_t end = i + 1 < marks.size() ? marks[i + 1].first : text.size();
    steps.push_back({words.sub(begin, length), trimmed(words.sub(begin + length, end - begin - length))});
  }
  return steps;
}

Outline outline_of(const std::vector<Paragraph>& paragraphs) { return Builder(paragraphs).finish(); }

}  // namespace jingwei::reading
