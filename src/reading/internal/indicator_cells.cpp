// One cell of figures, and the name of an indicator with what is packed into it.
#include "reading/internal/indicator_cells.h"

#include <algorithm>

#include "base/text.h"
#include "reading/internal/figures.h"
#include "reading/internal/indicators.h"

namespace jingwei::reading {
namespace {

using View = std::u32string_view;

std::size_t digits_from(View text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_digit(text[end]) || (end > at && is_one_of(text[end], U".,") && end + 1 < text.size() && is_digit(text[end + 1])))) ++end;
  return end - at;
}

struct Sign {
  TargetWords words;
  DraftTargetKind kind;
};

/// The kind that the words at the front say, and their length.
std::pair<DraftTargetKind, std::size_t> kind_before(View text) {
  static const std::vector<Sign> signs = {
      {{U"≥", U">=", U">", U"＞", U"不低于", U"不少于", U"超过", U"超", U"大于", U"高于", U"至少", U"突破"}, DraftTargetKind::at_least},
      {{U"≤", U"<=", U"<", U"＜", U"不超过", U"不高于", U"小于", U"低于", U"控制在", U"不大于"}, DraftTargetKind::at_most},
      {{U"约", U"大约"}, DraftTargetKind::about},
      {{U"前", U"全省前", U"全国前", U"全市前", U"进入前", U"进入全省前", U"进入全国前", U"位居全省前", U"保持前", U"保持全省前"},
       DraftTargetKind::rank_at_best},
      {{U"达到", U"达", U"完成", U"累计"}, DraftTargetKind::equal}};
  std::pair best{DraftTargetKind::equal, std::size_t{0}};
  for (const auto& [words, kind] : signs)
    if (const auto length = longest_start(text, words); length > best.second) best = {kind, length};
  return best;
}

std::pair<DraftTargetKind, std::size_t> kind_behind(View text) {
  static const std::vector<Sign> signs = {{{U"以上", U"及以上", U"+"}, DraftTargetKind::at_least},
                                          {{U"以内", U"以下", U"及以下", U"之内"}, DraftTargetKind::at_most},
                                          {{U"左右", U"上下"}, DraftTargetKind::about}};
  for (const auto& [words, kind] : signs)
    if (const auto length = longest_start(text, words); length > 0) return {kind, length};
  return {DraftTargetKind::equal, 0};
}

}  // namespace

bool is_missing(View text) {
  static const std::vector<View> words = {U"-", U"—", U"－", U"–", U"——", U"--", U"/", U"／", U"无", U"暂无", U"待定", U"未统计"};
  return text.empty() || std::find(words.begin(), words.end(), text) != words.end();
}

DraftFigure figure_of_cell(View cell) {
  DraftFigure figure;
  figure.written = to_utf8(cell);
  if (is_missing(cell)) return figure;
  const std::u32string text = fold_digits(cell);
  if (contains_any(text, {U"稳定", U"持平", U"保持不变"}) && std::none_of(text.begin(), text.end(), is_digit)) {
    figure.kind = DraftTargetKind::keep_stable;
    return figure;
  }
  const auto [before, length] = kind_before(text);
  std::size_t at = length;
  const bool is_negative = at < text.size() && is_one_of(text[at], U"-－") && at + 1 < text.size() && is_digit(text[at + 1]);
  if (is_negative) ++at;
  const std::size_t digits = digits_from(text, at);
  if (!is_number(View(text).substr(at, digits))) {
    figure.remark = figure.written;
    return figure;
  }
  figure.value = (is_negative ? "-" : "") + decimal_of(View(text).substr(at, digits));
  at += digits;
  if (at < text.size() && text[at] == U'%') ++at;
  const auto [behind, tail] = kind_behind(View(text).substr(at));
  figure.kind = tail > 0 ? behind : before;
  View rest = View(text).substr(at + tail);
  if (rest.size() > 1 && bracket_kind(rest.front()) == '(' && bracket_kind(rest.back()) == ')') rest = rest.substr(1, rest.size() - 2);
  if (!rest.empty()) figure.remark = to_utf8(rest);
  return figure;
}

std::optional<std::pair<Words, Words>> pair_of(const Words& cell) {
  const auto slash = cell.text.find_first_of(U"/／");
  if (slash == View::npos || slash == 0 || cell.text.find_first_of(U"/／", slash + 1) != View::npos) return std::nullopt;
  const Words left = cell.sub(0, slash);
  const Words right = cell.sub(slash + 1);
  if (right.empty() || !is_digit(left.text[0]) || !is_digit(right.text[0])) return std::nullopt;
  return std::pair{left, right};
}

IndicatorName name_of_cell(Words cell) {
  IndicatorName name;
  while (!cell.empty() && is_one_of(cell.text.front(), U"*＊★▲☆")) {
    name.has_star = true;
    cell = cell.sub(1);
  }
  while (!cell.empty() && is_one_of(cell.text.back(), U"*＊★▲☆")) {
    name.has_star = true;
    cell = cell.sub(0, cell.size() - 1);
  }
  // Brackets at the end, from the last: the unit, and which two things a pair of figures is for.
  while (cell.size() > 2 && bracket_kind(cell.text.back()) == ')') {
    std::size_t open = cell.size() - 1;
    int depth = 0;
    for (;; --open) {
      const char kind = bracket_kind(cell.text[open]);
      if (kind == ')') ++depth;
      if (kind == '(' && --depth == 0) break;
      if (open == 0) return {name.has_star, cell, name.unit, name.parts};
    }
    const Words inside = cell.sub(open + 1, cell.size() - open - 2);
    if (open > 0 && name.unit.empty() && is_unit_of_figures(fold_digits(inside.text))) {
      name.unit = inside;
    } else if (const auto slash = inside.text.find_first_of(U"/／"); open > 0 && slash != View::npos && slash > 0 && name.parts.empty()) {
      name.parts = {inside.sub(0, slash), inside.sub(slash + 1)};
    } else {
      break;
    }
    cell = cell.sub(0, open);
  }
  name.words = cell;
  return name;
}

int compare_decimals(const std::string& left, const std::string& right) {
  const double difference = std::stod(left) - std::stod(right);
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

}  // namespace jingwei::reading
