// Stage "decompose". Four signs of several problems, strongest first; each must leave parts long enough to stand alone.
//   1 numbering: 一是…二是…, 第一…第二…, 1、…2、…, ①…②…
//   2 an announcement: 两件事：…, 两个问题：…, then the clauses behind it split at ；or 。另外
//   3 an addition: 另外, 此外, 还有一个, 再一个, 其次 at the start of a clause, when a symptom follows
//   4 a semicolon between two clauses that each hold a symptom of their own
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "match/internal/query.h"

namespace jingwei::match {
namespace {

constexpr std::size_t kPartCharactersMin = 8;

using View = std::u32string_view;

constexpr std::array<std::array<View, 4>, 6> kNumberings = {{{U"一是", U"二是", U"三是", U"四是"},
                                                             {U"第一,", U"第二,", U"第三,", U"第四,"},
                                                             {U"第一，", U"第二，", U"第三，", U"第四，"},
                                                             {U"1、", U"2、", U"3、", U"4、"},
                                                             {U"1.", U"2.", U"3.", U"4."},
                                                             {U"①", U"②", U"③", U"④"}}};
constexpr std::array<View, 10> kAnnouncements = {U"两件事", U"两个问题", U"两个难题", U"两个毛病", U"两个麻烦", U"两处", U"三件事", U"三个问题", U"几个问题", U"两头"};
constexpr std::array<View, 9> kAdditions = {U"另外", U"此外", U"还有一个", U"还有个", U"再一个", U"再有", U"其次", U"另一个", U"同时还"};
// Words with which people on the shop floor say that something is wrong; the lexicon's symptoms add the trade's own.
constexpr std::array<View, 53> kComplaints = {
    U"不良", U"报废", U"投诉", U"退货", U"返工", U"开裂", U"断裂", U"起泡", U"起皮", U"脱落", U"漏", U"堵", U"卡", U"抖", U"晃", U"松", U"偏", U"飘", U"糊",
    U"粘", U"脆", U"硬", U"发黄", U"发黑", U"发霉", U"生锈", U"掉", U"烧", U"响", U"吵", U"慢", U"吃力", U"超标", U"超差", U"不稳", U"不准", U"不均", U"不够",
    U"不住", U"不上", U"不下", U"不动", U"不起", U"不清", U"不出", U"不匀", U"变形", U"磨", U"破", U"坏", U"臭", U"皱", U"划伤"};

bool is_clause_end(char32_t c) { return c == U'，' || c == U',' || c == U'。' || c == U'；' || c == U';' || c == U'：' || c == U':' || c == U'！' || c == U'\n'; }

std::size_t han_count(View text) { return static_cast<std::size_t>(std::ranges::count_if(text, is_han)); }

View trim_clause(View text) {
  while (!text.empty() && (is_clause_end(text.front()) || text.front() == U' ')) text.remove_prefix(1);
  while (!text.empty() && (is_clause_end(text.back()) || text.back() == U' ')) text.remove_suffix(1);
  return text;
}

class Splitter {
 public:
  explicit Splitter(const Lexicon& lexicon) : lexicon_(lexicon) {}

  std::vector<View> split(View text) const {
    for (const auto& numbering : kNumberings)
      if (auto parts = by_numbering(text, numbering); parts.size() > 1) return parts;
    std::vector<View> parts;
    const auto announced = behind_announcement(text);
    for (const View piece : by_additions(announced.value_or(text)))
      for (const View part : by_semicolons(piece)) parts.push_back(part);
    return parts;
  }

 private:
  bool complains(View text) const {
    if (std::ranges::any_of(kComplaints, [&](View word) { return text.find(word) != View::npos; })) return true;
    return std::ranges::any_of(lexicon_.find(text), [&](const Mention& mention) { return lexicon_.concepts()[mention.entry].type == TermType::symptom; });
  }

  static bool stands_alone(View text) { return han_count(text) >= kPartCharactersMin; }

  static std::vector<View> by_numbering(View text, const std::array<View, 4>& marks) {
    std::vector<std::size_t> at;
    for (std::size_t from = 0; const View mark : marks) {
      const auto found = text.find(mark, from);
      if (found == View::npos) break;
      // "0.1、" or "11、" is a figure, not a number of a list.
      if (found > 0 && text[found - 1] >= U'0' && text[found - 1] <= U'9') break;
      if (found > 0 && (mark[0] >= U'0' && mark[0] <= U'9') && !is_clause_end(text[found - 1]) && text[found - 1] != U' ') break;
      at.push_back(found);
      from = found + mark.size();
    }
    std::vector<View> parts;
    for (std::size_t i = 0; at.size() > 1 && i < at.size(); ++i) {
      const std::size_t begin = at[i] + marks[i].size();
      const View part = trim_clause(text.substr(begin, (i + 1 < at.size() ? at[i + 1] : text.size()) - begin));
      if (han_count(part) < 4) return {};
      parts.push_back(part);
    }
    return parts;
  }

  static std::optional<View> behind_announcement(View text) {
    for (const View word : kAnnouncements) {
      const auto at = text.find(word);
      if (at == View::npos) continue;
      const auto rest = text.substr(at + word.size());
      const auto colon = rest.find_first_of(U"：:，,");
      if (colon != View::npos && colon < 6) return rest.substr(colon + 1);
    }
    return std::nullopt;
  }

  std::vector<View> by_additions(View text) const {
    std::vector<View> parts;
    std::size_t begin = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (!is_clause_end(text[i - 1]) || !std::ranges::any_of(kAdditions, [&](View word) { return text.substr(i).starts_with(word); })) continue;
      const View before = trim_clause(text.substr(begin, i - begin));
      const auto end = std::min(text.find_first_of(U"。\n", i), text.size());
      const View after = trim_clause(text.substr(i, end - i));
      if (!stands_alone(before) || han_count(after) < 6 || !complains(before) || !complains(after)) continue;
      parts.push_back(before);
      begin = i;
    }
    if (const View last = trim_clause(text.substr(begin)); !last.empty()) parts.push_back(last);
    return parts;
  }

  std::vector<View> by_semicolons(View text) const {
    std::vector<View> parts;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != U'；' && text[i] != U';') continue;
      const View before = trim_clause(text.substr(begin, i - begin));
      const auto end = std::min(text.find_first_of(U"；;。\n", i + 1), text.size());
      const View after = trim_clause(text.substr(i + 1, end - i - 1));
      if (!stands_alone(before) || !stands_alone(after) || !complains(before) || !complains(after)) continue;
      parts.push_back(before);
      begin = i + 1;
    }
    if (const View last = trim_clause(text.substr(begin)); !last.empty()) parts.push_back(last);
    return parts;
  }

  const Lexicon& lexicon_;
};

}  // namespace

std::vector<std::string> split_problems(const Knowledge& knowledge, std::string_view title, std::string_view text) {
  const auto whole = to_utf32(first_characters(text, kAnalysedCharactersMax));
  auto parts = Splitter(knowledge.lexicon).split(whole);
  std::vector<std::string> problems;
  if (parts.size() > 1 && parts.size() <= kProblemsMax)
    for (const View part : parts) problems.push_back(to_utf8(part));
  else if (!trim(text).empty()) problems.emplace_back(trim(text));
  else if (!trim(title).empty()) problems.emplace_back(trim(title));
  return problems;
}

}  // namespace jingwei::match
