#include "reading/internal/head.h"

#include <algorithm>

#include "base/text.h"
#include "base/time.h"
#include "reading/internal/figures.h"
#include "reading/internal/numbering.h"
#include "reading/internal/units.h"

namespace jingwei::reading {
namespace {

using View = std::u32string_view;

constexpr std::size_t kHeadLinesMax = 80;
constexpr std::size_t kTitleLinesMax = 6;
constexpr std::size_t kTitleCharactersMax = 80;
constexpr std::size_t kNumberCharactersMax = 40;

const std::vector<View> kTitleEnds = {U"方案", U"意见", U"措施", U"举措", U"办法", U"规划",   U"计划",   U"行动",   U"政策", U"要点",
                                      U"细则", U"条例", U"规定", U"决定", U"纲要", U"研究",   U"分解",   U"清单",   U"指引", U"路线图",
                                      U"报告", U"任务", U"通知", U"公告", U"指标", U"分解表", U"任务表", U"清单表", U"目标", U"若干条"};
const std::vector<View> kDraftWords = {U"征求意见稿", U"送审稿", U"讨论稿", U"审议稿", U"草案", U"初稿", U"公开征求意见"};

/// 嘉政办发〔2026〕4号, alone in its line or behind 文号：.
Words document_number(const Words& line) {
  Words words = line;
  if (const auto colon = words.text.find_first_of(U"：:】"); colon != View::npos && colon < 10 && contains_any(words.text.substr(0, colon), {U"文号", U"字号"}))
    words = words.sub(colon + 1);
  const View text = words.text;
  if (text.size() > kNumberCharactersMax || !text.ends_with(U"号")) return {};
  const auto year = find_year(fold_digits(text));
  if (!year || *year < 2 || bracket_kind(text[*year - 1]) != '(' || *year + 5 >= text.size() || bracket_kind(text[*year + 4]) != ')') return {};
  const View digits = text.substr(*year + 5, text.size() - *year - 6);
  const bool plain = std::all_of(digits.begin(), digits.end(), [](char32_t c) { return is_digit(c) || c == U'第'; });
  return plain && !digits.empty() ? words : Words{};
}

/// A day alone in its line, or behind 发文日期, 成文日期.
std::optional<std::pair<Words, std::string>> day_of(const Words& line) {
  Words words = trimmed(line, U"（）()");
  if (const auto mark = words.text.find_first_of(U"：:】]"); mark != View::npos && mark < 10 && contains_any(words.text.substr(0, mark), {U"日期", U"时间"}))
    words = trimmed(words.sub(mark + 1));
  if (words.size() < 8 || words.size() > 14) return std::nullopt;
  const auto day = normalise_date(to_utf8(fold_digits(words.text)));
  if (!day) return std::nullopt;
  return std::pair{words, *day};
}

bool ends_as_title(View text) {
  while (!text.empty() && bracket_kind(text.back()) == ')') {
    const auto open = text.find_last_of(U"（(〔[");
    if (open == View::npos) return false;
    text = text.substr(0, open);
  }
  return longest_end(text, kTitleEnds) > 0;
}

/// What begins the text itself: a sentence, a numbered item.
bool is_body(const Line& line) {
  const View text = line.words.text;
  if (!line.cells.empty() || text.find_first_of(U"。；") != View::npos || text.size() > kTitleCharactersMax) return true;
  const auto numbering = numbering_of(line.words);
  return static_cast<bool>(numbering) && numbering.style != NumberStyle::bare && numbering.style != NumberStyle::dash;
}

/// 关于印发《…》的通知: the name of what it brings into force.
std::u32string announced(View text) {
  const auto from = text.find(U"印发");
  const auto to = text.rfind(U"的通知");
  if (from == View::npos || to == View::npos || to <= from + 2) return {};
  std::u32string name;
  for (const char32_t c : text.substr(from + 2, to - from - 2))
    if (!is_one_of(c, U"《》")) name += c;
  return name;
}

class HeadReader {
 public:
  HeadReader(const Source& source, std::vector<bool>& taken) : source_(source), taken_(taken) {}

  Head run() {
    find_marks();
    find_title();
    find_named();
    find_force();
    find_issuer();
    if (const auto year = find_year(fold_digits(head_.title.text))) {
      const auto text = fold_digits(head_.title.text);
      if (!find_year(text, *year + 4)) head_.plan_year = small_number(View(text).substr(*year, 4));
    }
    return std::move(head_);
  }

 private:
  std::size_t lines_end() const { return std::min(source_.lines.size(), kHeadLinesMax); }

  /// Number and day, each alone in its line; a day at the end of the text counts too.
  void find_marks() {
    const auto look = [&](std::size_t i) {
      const Words& words = source_.lines[i].words;
      if (taken_[i] || words.empty() || words.size() > kNumberCharactersMax) return;
      if (head_.number.empty())
        if (Words number = document_number(words); !number.empty()) {
          head_.number = std::move(number);
          taken_[i] = true;
        }
      if (head_.date.empty())
        if (auto day = day_of(words)) {
          std::tie(head_.date, head_.day) = std::move(*day);
          date_line_ = i;
          taken_[i] = true;
        }
    };
    for (std::size_t i = 0; i < lines_end(); ++i) look(i);
    for (std::size_t i = std::max(lines_end(), source_.lines.size() - std::min<std::size_t>(source_.lines.size(), 20)); i < source_.lines.size(); ++i) look(i);
  }

  void find_title() {
    if (choose_headline()) return;
    std::size_t first = 0;
    std::u32string name;
    for (std::size_t i = 0; i < lines_end() && name.empty() && !is_body(source_.lines[i]); ++i) {
      name = announced(title_joined_from(i).text);
      if (!name.empty()) notice_line_ = i;
    }
    if (!name.empty() && (find_announced(name) || take_announced(name))) return;
    for (; first < lines_end(); ++first) {
      const Line& line = source_.lines[first];
      if (line.is_blank() || taken_[first]) continue;
      if (is_body(line) && line.hashes == 0) return;
      if (is_part_of_title(line)) break;
    }
    if (first == lines_end()) return;
    head_.title = title_joined_from(first);
    head_.is_title_guessed = !ends_as_title(head_.title.text);
    if (head_.is_title_guessed) head_.title = source_.lines[first].words;
    std::size_t next = 0;
    for (; next <= first || (next < lines_end() && source_.lines[next].place <= head_.title.at.back()); ++next) taken_[next] = true;
    // Names of authors, where they work, a mark of a footnote.
    for (; next < lines_end(); ++next) {
      const View text = source_.lines[next].words.text;
      const bool is_bracketed =
          !text.empty() && bracket_kind(text.front()) == '(' && bracket_kind(text.back()) == ')' && !numbering_of(source_.lines[next].words);
      if (text.size() > kTitleCharactersMax || (text.size() > 4 && !is_bracketed) || !source_.lines[next].cells.empty()) break;
      if (!text.empty() && !contains_any(text, kDraftWords)) taken_[next] = true;
    }
  }

  /// 某市委办公室印发《…》: who issues it, and its name.
  void find_named() {
    const auto mark = head_.title.text.find(U"印发《");
    const auto close = head_.title.text.rfind(U'》');
    if (mark == View::npos || close == View::npos || close < mark + 4 || head_.title.text.find(U"通知", close) != View::npos) return;
    Words before = head_.title.sub(0, mark);
    if (before.text.ends_with(U"关于")) before = before.sub(0, before.size() - 2);
    if (!before.empty() && looks_like_units(before.text)) head_.issuer = before;
    head_.title = head_.title.sub(mark + 3, close - mark - 3);
    head_.is_title_guessed = !ends_as_title(head_.title.text);
  }

  /// The lines from `i` on that make a title together: until a word that ends titles.
  Words title_joined_from(std::size_t i) const {
    Words title;
    std::size_t lines = 0;
    for (; i < lines_end() && lines < kTitleLinesMax; ++i) {
      const Line& line = source_.lines[i];
      if (line.is_blank() || taken_[i]) continue;
      if ((is_body(line) && line.hashes == 0) || !is_part_of_title(line) || title.size() + line.words.size() > kTitleCharactersMax) break;
      title.append(line.words);
      ++lines;
      if (ends_as_title(title.text)) break;
    }
    return title;
  }

  static bool is_part_of_title(const Line& line) {
    const View text = line.words.text;
    return text.size() >= 4 && !text.ends_with(U"文件") && !is_one_of(text.back(), U"：:，") && bracket_kind(text.front()) != '(' &&
           (line.hashes > 0 || text.find(U'，') == View::npos);
  }

  /// The plan that a notice announces has its title once more, above its own text.
  bool find_announced(const std::u32string& name) {
    for (std::size_t i = notice_line_ + 1; i < lines_end(); ++i) {
      Words joined;
      for (std::size_t next = i; next < lines_end() && joined.size() < name.size() && next < i + kTitleLinesMax; ++next)
        joined.append(source_.lines[next].words);
      if (joined.text != name) continue;
      head_.title = joined;
      for (std::size_t line = 0; line < source_.lines.size() && source_.lines[line].place <= joined.at.back(); ++line) taken_[line] = true;
      return true;
    }
    return false;
  }

  /// Or the plan follows its notice without a title of its own.
  bool take_announced(const std::u32string& name) {
    const Words notice = title_joined_from(notice_line_);
    Words found;
    for (std::size_t i = notice.text.find(U"印发") + 2; i < notice.size() && found.size() < name.size(); ++i)
      if (!is_one_of(notice.text[i], U"《》")) found.push(notice.text[i], notice.at[i]);
    head_.title = found;
    for (std::size_t line = 0; line < source_.lines.size() && source_.lines[line].place <= notice.at.back(); ++line) taken_[line] = true;
    return true;
  }

  /// Headlines printed twice over are sure ones. The title is the one that shares most words with the first sentence.
  bool choose_headline() {
    std::vector<std::size_t> lines;
    for (std::size_t i = 0; i < source_.lines.size() && lines.size() < 20; ++i)
      if (source_.lines[i].is_doubled) lines.push_back(i);
    if (lines.empty()) return false;
    Words opening;
    for (std::size_t i = 0; i < lines_end() && opening.size() < 200; ++i)
      if (!source_.lines[i].is_doubled) opening.append(source_.lines[i].words);
    std::size_t best = 0;
    std::size_t chosen = lines.front();
    for (const std::size_t line : lines) {
      const std::size_t shared = longest_shared(source_.lines[line].words.text, opening.text);
      if (shared > best) {
        best = shared;
        chosen = line;
      }
    }
    for (const std::size_t line : lines) {
      if (line == chosen)
        head_.title = source_.lines[line].words;
      else
        head_.other_titles.push_back(source_.lines[line].words);
      taken_[line] = true;
    }
    return true;
  }

  static std::size_t longest_shared(View one, View other) {
    std::size_t longest = 0;
    for (std::size_t i = 0; i < one.size(); ++i)
      while (i + longest < one.size() && contains(other, one.substr(i, longest + 1))) ++longest;
    return longest;
  }

  void find_force() {
    const auto look = [&](const Words& words) {
      for (const View word : kDraftWords)
        if (const auto at = words.text.find(word); at != View::npos && head_.force != DraftForce::draft) {
          head_.force = DraftForce::draft;
          head_.force_words = words.sub(at, word.size());
        }
    };
    for (std::size_t i = 0; i < lines_end(); ++i) {
      const Words& words = source_.lines[i].words;
      if (words.size() > kTitleCharactersMax) break;
      look(words);
      // A line that says nothing else belongs to the head.
      if (head_.force == DraftForce::draft && words.size() <= 12 && contains_any(words.text, kDraftWords)) taken_[i] = true;
    }
    if (head_.force == DraftForce::unknown && !head_.number.empty()) {
      head_.force = DraftForce::in_force;
      head_.force_words = head_.number;
    }
    // （送审稿） is no part of the title.
    const auto open = head_.title.text.find_last_of(U"（(");
    if (open != View::npos && contains_any(head_.title.text.substr(open), kDraftWords)) head_.title = head_.title.sub(0, open);
  }

  /// The unit above the day, else the one that the title or the letterhead names.
  void find_issuer() {
    if (date_line_ && head_.issuer.empty())
      for (std::size_t i = *date_line_; i-- > 0 && *date_line_ - i < 4;)
        if (const Words& words = source_.lines[i].words; !words.empty()) {
          if (words.size() <= 30 && looks_like_units(words.text)) {
            head_.issuer = words;
            taken_[i] = true;
          }
          break;
        }
    for (std::size_t i = 0; i < lines_end() && head_.issuer.empty(); ++i) {
      const Words& words = source_.lines[i].words;
      if (is_body(source_.lines[i]) && source_.lines[i].hashes == 0) break;
      if (words.text.ends_with(U"文件") && looks_like_units(words.text.substr(0, words.size() - 2)))
        head_.issuer = words.sub(0, words.size() - 2);
      else if (const auto at = words.text.find(U"关于"); at != View::npos && at > 3 && looks_like_units(words.text.substr(0, at)))
        head_.issuer = words.sub(0, at);
    }
  }

  const Source& source_;
  std::vector<bool>& taken_;
  std::optional<std::size_t> date_line_;
  std::size_t notice_line_ = 0;
  Head head_;
};

}  // namespace

Head head_of(const Source& source, std::vector<bool>& taken) { return HeadReader(source, taken).run(); }

}  // namespace jingwei::reading
