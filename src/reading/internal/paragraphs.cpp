#include "reading/internal/paragraphs.h"

#include <algorithm>
#include <optional>

namespace jingwei::reading {
namespace {

using View = std::u32string_view;

constexpr std::size_t kProseCharactersMin = 10;
constexpr std::size_t kHeadingCharactersMax = 40;
constexpr std::size_t kStandaloneCharactersMax = 12;
constexpr std::size_t kCutHeadingCharactersMax = 24;
constexpr std::size_t kColumnCharactersMin = 12;
constexpr std::size_t kOpenBracketCharactersMax = 400;

bool has_sentence(View text) { return text.find_first_of(U"。；！？") != text.npos; }

/// Ends where a sentence may end. A bracket ends one only when it is a remark of its own: (责任单位：…), （征求意见稿）.
bool is_finished(View text) {
  if (text.empty()) return true;
  const char32_t last = text.back();
  if (is_one_of(last, U"。！？：:；;")) return true;
  if (is_one_of(last, U"”’\"") && text.size() > 1 && is_one_of(text[text.size() - 2], U"。！？")) return true;
  if (bracket_kind(last) != ')') return false;
  const View tail = text.substr(text.size() - std::min(text.size(), kOpenBracketCharactersMax));
  const auto open = tail.find_last_of(U"（(【[");
  return open != tail.npos && (begins_with_unit_label(tail.substr(open)) || contains_any(tail, {U"（责任", U"(责任", U"（牵头", U"(牵头", U"（配合"}) ||
                               contains_any(tail.substr(open), {U"负责", U"牵头", U"列出", U"公开", U"稿", U"局）", U"委）", U"局)", U"委)", U"办）"}));
}

/// Only the front is looked at: a paragraph that is longer is prose whatever it holds.
bool is_prose(const Paragraph& paragraph) {
  const View text = paragraph.words.text;
  return text.size() > kHeadingCharactersMax || has_sentence(text) || (!paragraph.numbering && contains(text, U"，") && text.size() > kCutHeadingCharactersMax);
}

/// Lines end in the middle of sentences as a rule: a narrow column, or a file made of a printed page.
bool is_hard_wrapped(const Source& source, const std::vector<bool>& taken) {
  std::size_t prose = 0;
  std::size_t cut = 0;
  for (std::size_t i = 0; i < source.lines.size(); ++i) {
    const View text = source.lines[i].words.text;
    if (taken[i] || text.size() < kProseCharactersMin || text.find_first_of(U"，。、") == text.npos || begins_with_unit_label(text)) continue;
    ++prose;
    if (!is_finished(text)) ++cut;
  }
  return prose >= 4 && cut * 2 > prose;
}

class Joiner {
 public:
  Joiner(const Source& source, const std::vector<bool>& taken) : source_(source), taken_(taken), hard_wrapped_(is_hard_wrapped(source, taken)) {}

  std::vector<Paragraph> run() {
    for (line_ = 0; line_ < source_.lines.size(); ++line_) {
      const Line& line = source_.lines[line_];
      if (taken_[line_]) {
        finish();
        blank_ = true;
      } else if (line.is_blank()) {
        blank_ = true;
        if (line.is_rule) finish();
      } else {
        take(line);
        blank_ = false;
      }
    }
    finish();
    return std::move(paragraphs_);
  }

 private:
  void take(const Line& line) {
    Words words = line.words;
    for (const auto& cell : line.cells) words.append(cell);
    Numbering numbering = numbering_of(words);
    // In the middle of a sentence a line may begin with "16 家企业"; the next number in order is believed all the same.
    const bool is_next = numbering.value == last_bare_ + 1;
    if (open_ && numbering.style == NumberStyle::bare && !is_next && is_prose(*open_) && !is_finished(open_->words.text)) numbering = {};
    if (numbering.style == NumberStyle::bare) last_bare_ = numbering.value;
    if (!open_ || !goes_on(line, numbering)) {
      finish();
      open_ = Paragraph{{}, numbering, line.hashes};
      depth_ = 0;
    }
    open_->words.append(words);
    follow_brackets(words);
  }

  /// A bracket that is open at the end of a line goes on in the next.
  void follow_brackets(const Words& words) {
    const std::size_t before = open_->words.size() - words.size();
    for (std::size_t i = 0; i < words.size(); ++i) {
      const char kind = bracket_kind(words.text[i]);
      if (kind == '(' && depth_++ == 0) opened_at_ = before + i;
      if (kind == ')' && depth_ > 0) --depth_;
    }
  }

  bool goes_on(const Line& line, const Numbering& numbering) const {
    const View before = open_->words.text;
    const View next = line.words.text;
    if (line.hashes > 0 || open_->hashes > 0) return false;
    if (depth_ > 0 && before.size() - opened_at_ <= kOpenBracketCharactersMax) return true;
    if (numbering || begins_with_unit_label(next) || starts_with_any(next, {U"附件", U"附表", U"抄送", U"备注", U"注：", U"【"})) return false;
    if (is_one_of(before.back(), U"，、,")) return true;
    if (hard_wrapped_ && !blank_ && before.back() == U'；') return true;
    if (is_finished(before)) return false;
    if (begins_with_unit_label(before)) return hard_wrapped_ && !blank_;
    if (is_prose(*open_)) return !blank_ || !is_standalone(next);
    // A line as long as the column is full, not ended: the first sentence of a paragraph, or a heading of two lines.
    if (hard_wrapped_ && !blank_ && !open_->numbering && before.size() >= kColumnCharactersMin) return true;
    const bool both_are_cut = hard_wrapped_ && next.size() <= kCutHeadingCharactersMax && next.find_first_of(U"。，；：、") == next.npos;
    return both_are_cut && (!blank_ || (open_->numbering && open_->words.size() <= kHeadingCharactersMax));
  }

  /// A few words between blank lines, such as 短板 between two columns: a heading, not the rest of the sentence above.
  bool is_standalone(View text) const {
    if (text.size() > kStandaloneCharactersMax || is_finished(text) || text.find_first_of(U"，。、；：") != text.npos) return false;
    return line_ + 1 >= source_.lines.size() || taken_[line_ + 1] || source_.lines[line_ + 1].is_blank() || numbering_of(source_.lines[line_ + 1].words);
  }

  void finish() {
    if (!open_) return;
    const View text = open_->words.text;
    open_->is_heading = open_->hashes > 0 || (!has_sentence(text) && text.size() <= kHeadingCharactersMax && text.find_first_of(U"：:") == View::npos &&
                                              !is_one_of(text.back(), U"，、") && !begins_with_unit_label(text));
    paragraphs_.push_back(std::move(*open_));
    open_.reset();
  }

  const Source& source_;
  const std::vector<bool>& taken_;
  const bool hard_wrapped_;
  std::size_t line_ = 0;
  bool blank_ = false;
  int last_bare_ = 0;
  int depth_ = 0;              ///< brackets open at the end of open_
  std::size_t opened_at_ = 0;  ///< where the first of them stands
  std::optional<Paragraph> open_;
  std::vector<Paragraph> paragraphs_;
};

/// A sentence that stops in the middle before a heading, and goes on below another: columns of a newspaper. The rest is known by
/// its first character, one alone before 、 or a closing mark, with which no sentence begins.
void join_columns(std::vector<Paragraph>& paragraphs) {
  const auto is_cut = [](const Paragraph& paragraph) { return has_sentence(paragraph.words.text) && !is_finished(paragraph.words.text); };
  const auto is_rest = [](const Paragraph& paragraph) {
    const View text = paragraph.words.text;
    return !paragraph.is_heading && !paragraph.numbering && text.size() > 1 && (text[1] == U'、' || is_one_of(text[0], U"，。、；）”》"));
  };
  std::optional<std::size_t> cut;
  std::vector<bool> moved(paragraphs.size(), false);
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    if (cut && i > 0 && paragraphs[i - 1].is_heading && is_rest(paragraphs[i])) {
      paragraphs[*cut].words.append(paragraphs[i].words);
      paragraphs[*cut].goes_on_under = paragraphs[i - 1].words;
      moved[i] = true;
      cut.reset();
    } else if (!cut && is_cut(paragraphs[i]) && i + 1 < paragraphs.size() && paragraphs[i + 1].is_heading) {
      cut = i;
    }
  }
  std::vector<Paragraph> left;
  for (std::size_t i = 0; i < paragraphs.size(); ++i)
    if (!moved[i]) left.push_back(std::move(paragraphs[i]));
  paragraphs = std::move(left);
}

}  // namespace

bool begins_with_unit_label(View text) {
  if (text.empty()) return false;
  if (is_one_of(text[0], U"（(【[〔")) text.remove_prefix(1);
  const View front = text.substr(0, 8);
  const auto label = std::min({front.find(U"单位"), front.find(U"部门"), front.find(U"主体")});
  if (label == View::npos) return false;
  const View after = text.substr(label + 2);
  return starts_with_any(
             front, {U"责任", U"牵头", U"配合", U"协同", U"协办", U"主办", U"参与", U"参加", U"负责", U"实施", U"落实", U"主责", U"协作", U"支持", U"主要"}) &&
         (after.starts_with(U"：") || after.starts_with(U":") || after.starts_with(U"】") || after.starts_with(U"]"));
}

std::vector<Paragraph> paragraphs_of(const Source& source, const std::vector<bool>& taken) {
  auto paragraphs = Joiner(source, taken).run();
  join_columns(paragraphs);
  return paragraphs;
}

}  // namespace jingwei::reading
