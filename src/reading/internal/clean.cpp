#include "reading/internal/clean.h"

#include <algorithm>

#include "base/text.h"
#include "reading/internal/paragraphs.h"

namespace jingwei::reading {
namespace {

constexpr std::size_t kResidueCharactersMax = 120;
constexpr std::size_t kHeadlineCharactersMax = 200;
constexpr std::size_t kDoubledCharactersMin = 8;

using View = std::u32string_view;

/// Length of what an editor left at the front of `text`: [bookmark: …], [_GoBack], <br>, HYPERLINK \l "…"; 0 when there is none.
std::size_t residue(View text) {
  const auto closed_by = [&](char32_t end) {
    const auto at = text.substr(0, kResidueCharactersMax).find_first_of(std::u32string{end, U'\n'});
    return at == text.npos || text[at] == U'\n' ? 0 : at + 1;
  };
  if (text[0] == U'[' && starts_with_any(text, {U"[bookmark:", U"[_", U"[comment", U"[image", U"[OLE_LINK"})) return closed_by(U']');
  if (text[0] == U'<' && text.size() > 1 && (is_one_of(text[1], U"/!") || (text[1] >= U'a' && text[1] <= U'z') || (text[1] >= U'A' && text[1] <= U'Z')))
    return closed_by(U'>');
  if (starts_with_any(text, {U"HYPERLINK \\l", U"PAGEREF _"})) {
    const auto end = text.substr(0, kResidueCharactersMax).find_first_of(U"\n\t");
    return end == text.npos ? 0 : end;
  }
  return 0;
}

bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9'); }

/// Without white space, but for one space where letters or digits stand on both sides.
Words without_spaces(const Words& raw) {
  Words kept;
  bool space = false;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (is_space_character(raw.text[i])) {
      space = true;
      continue;
    }
    if (space && !kept.empty() && is_latin(raw.text[i]) && is_latin(kept.text.back())) kept.push(U' ', raw.at[i] - 1);
    kept.push(raw.text[i], raw.at[i]);
    space = false;
  }
  return kept;
}

/// 责任单位：市科技局 市财政局, where nothing but spaces divides the names: 、 in their places.
Words with_marks_for_spaces(const Words& raw) {
  Words kept;
  bool space = false;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (is_space_character(raw.text[i])) {
      space = true;
      continue;
    }
    const bool divides = space && !kept.empty() && !is_one_of(kept.text.back(), U"：:】") && !is_one_of(raw.text[i], U"：:（(");
    if (divides && !begins_with_unit_label(View(raw.text).substr(i))) kept.push(U'、', raw.at[i] - 1);
    kept.push(raw.text[i], raw.at[i]);
    space = false;
  }
  return kept;
}

/// The first copy of a headline that a page shows twice over, piece by piece; the words themselves when it is none.
Words undoubled(const Words& words) {
  if (words.size() < kDoubledCharactersMin || words.size() > kHeadlineCharactersMax || words.size() % 2 != 0) return words;
  Words once;
  const View text = words.text;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = (text.size() - at) / 2;
    while (length > 0 && text.substr(at, length) != text.substr(at + length, length)) --length;
    if (length == 0) return words;
    // One character that stands twice says little (天天); the line counts only when all of it does.
    once.append(words.sub(at, length));
    at += 2 * length;
  }
  return once;
}

/// — 3 —, - 3 -, 第 3 页 共 9 页, 3 / 9: the number of a page. A figure alone is a cell of a table.
bool is_page_number(View text) {
  if (text.empty() || text.size() > 16 || std::none_of(text.begin(), text.end(), is_digit)) return false;
  const bool has_word = text.starts_with(U"第") && contains(text, U"页");
  const bool has_dashes = text.size() > 2 && is_one_of(text.front(), U"—-–－·") && is_one_of(text.back(), U"—-–－·");
  return (has_word && std::all_of(text.begin(), text.end(), [](char32_t c) { return is_digit(c) || is_one_of(c, U"第页共，,/／总"); })) ||
         (has_dashes && std::all_of(text.begin(), text.end(), [](char32_t c) { return is_digit(c) || is_one_of(c, U"—-–－·"); }));
}

/// 一、总体要求……1
bool is_contents_line(View text) {
  const auto last = text.find_last_not_of(U"0123456789");
  if (last == text.npos || last + 1 == text.size() || last < 4) return false;
  return is_one_of(text[last], U"…．.·") && is_one_of(text[last - 1], U"…．.·") && is_one_of(text[last - 2], U"…．.·");
}

/// **bold** as bold. A single star stays: it marks indicators.
Words without_emphasis(const Words& words) {
  if (words.text.find(U"**") == View::npos && words.text.find(U"__") == View::npos) return words;
  Words plain;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_mark = i + 1 < words.size() && words.text[i] == words.text[i + 1] && is_one_of(words.text[i], U"*_");
    if (is_mark)
      ++i;
    else
      plain.push(words.text[i], words.at[i]);
  }
  return plain;
}

void strip_markdown(Line& line) {
  Words& words = line.words;
  std::size_t hashes = 0;
  while (hashes < words.size() && words.text[hashes] == U'#') ++hashes;
  if (hashes > 0 && hashes <= 6 && hashes < words.size()) {
    line.hashes = static_cast<int>(hashes);
    words = words.sub(hashes);
  }
  if (words.text.starts_with(U">")) words = words.sub(1);
  words = without_emphasis(words);
}

bool is_rule(View text) { return text.size() >= 3 && text.find_first_not_of(U"-—_=*") == text.npos; }

std::vector<Words> cells_of(const Words& raw, char32_t separator) {
  auto cells = split_words(raw, std::u32string(1, separator));
  for (auto& cell : cells) cell = without_emphasis(without_spaces(cell));
  return cells;
}

/// One line of the source without residue; tabs still in it.
Line line_of(const Words& raw) {
  Line line;
  Words trimmed_line = trimmed(raw);
  const auto bars = std::count(trimmed_line.text.begin(), trimmed_line.text.end(), U'|');
  if (bars >= 2 && trimmed_line.text.starts_with(U"|")) {
    line.is_bar_row = true;
    line.cells = cells_of(trimmed_line.sub(1, trimmed_line.size() - (trimmed_line.text.ends_with(U"|") ? 2 : 1)), U'|');
    return line;
  }
  const auto first_word = raw.text.find_first_not_of(U" ");
  line.is_tabbed = first_word != raw.text.npos && raw.text[first_word] == U'\t';
  const auto is_tab = [](char32_t c) { return c == U'\t'; };
  // A tab at the front alone is an indent or a cell of its own; one between words divides cells.
  if (std::any_of(trimmed_line.text.begin(), trimmed_line.text.end(), is_tab)) {
    Words row = raw;
    while (!row.empty() && is_one_of(row.text.back(), U"\r\n ")) row = row.sub(0, row.size() - 1);
    line.cells = cells_of(row, U'\t');
    // A number, a tab and the words: a heading, not a row.
    if (line.cells.size() >= 3) return line;
    line.cells.clear();
  }
  line.words = without_spaces(trimmed_line);
  if (begins_with_unit_label(line.words.text) && line.words.text.find_first_of(U"、，,；;") == View::npos) line.words = with_marks_for_spaces(trimmed_line);
  line.is_rule = is_rule(line.words.text);
  if (line.is_rule || is_page_number(line.words.text) || is_contents_line(line.words.text) || line.words.text == U"目录") {
    line.words = {};
    line.is_tabbed = false;
    return line;
  }
  strip_markdown(line);
  if (Words once = undoubled(line.words); once.size() < line.words.size()) {
    line.words = std::move(once);
    line.is_doubled = true;
  }
  return line;
}

void keep(const Words& words, std::vector<bool>& kept) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words.text[i] != U' ') kept[words.at[i]] = true;
}

/// 12 or 3/9 beside a page break is the number of a page; anywhere else it may be a cell of a table.
bool is_bare_page_number(View text) {
  return !text.empty() && text.size() <= 7 && is_digit(text.front()) && is_digit(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char32_t c) { return is_digit(c) || is_one_of(c, U"/／"); });
}

void drop_page_numbers(std::vector<Line>& lines, std::size_t page) {
  constexpr std::size_t kReach = 3;
  const auto drop = [](Line& line) {
    if (line.is_blank()) return false;
    if (is_bare_page_number(line.words.text)) line.words = {};
    return true;
  };
  for (std::size_t i = page; i > 0 && page - i < kReach && !drop(lines[i - 1]); --i) {
  }
  for (std::size_t i = page; i < lines.size() && i - page < kReach && !drop(lines[i]); ++i) {
  }
}

}  // namespace

Source clean(const std::u32string& text) {
  Source source;
  std::vector<bool> kept(text.size(), false);
  std::vector<std::size_t> pages;  ///< the line with which each page begins
  Words raw;
  std::uint32_t place = 0;
  const auto finish = [&](std::size_t next) {
    Line line = line_of(raw);
    line.place = place;
    source.lines.push_back(std::move(line));
    raw = {};
    place = static_cast<std::uint32_t>(next);
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const auto length = residue(View(text).substr(i))) {
      i += length - 1;
      continue;
    }
    if (text[i] == U'\n' || text[i] == U'\f' || text[i] == U'\v')
      finish(i + 1);
    else
      raw.push(text[i], static_cast<std::uint32_t>(i));
    if (text[i] == U'\f') pages.push_back(source.lines.size());
  }
  finish(text.size());
  for (const std::size_t page : pages) drop_page_numbers(source.lines, page);
  for (const Line& line : source.lines) {
    keep(line.words, kept);
    for (const auto& cell : line.cells) keep(cell, kept);
  }
  source.kept_before.resize(text.size() + 1, 0);
  for (std::size_t i = 0; i < text.size(); ++i) source.kept_before[i + 1] = source.kept_before[i] + (kept[i] ? 1 : 0);
  return source;
}

}  // namespace jingwei::reading
