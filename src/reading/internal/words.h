// Words of the text, each character with its place: whatever is cut, joined and cleaned later still knows where it stands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reading/reading.h"

namespace jingwei::reading {

struct Words {
  std::u32string text;
  std::vector<std::uint32_t> at;  ///< place of each character of text

  std::size_t size() const { return text.size(); }
  bool empty() const { return text.empty(); }
  void push(char32_t c, std::uint32_t place) {
    text += c;
    at.push_back(place);
  }
  void append(const Words& more);
  Words sub(std::size_t begin, std::size_t count = std::u32string::npos) const;
  std::string utf8() const;
};

/// One line as printed, cleaned of residue. `cells` is filled where the line is a row of a table: divided by tabs or bars.
struct Line {
  Words words;
  std::vector<Words> cells;
  int hashes = 0;           ///< Markdown: number of # before a heading
  bool is_bar_row = false;  ///< Markdown: | a | b |
  bool is_tabbed = false;   ///< begins with a tab: a cell in a line of its own, perhaps an empty one
  bool is_rule = false;     ///< ---
  bool is_doubled = false;  ///< a headline that the page shows twice; `words` is one of the two
  std::uint32_t place = 0;  ///< of its first character, also of an empty line
  bool is_blank() const { return words.empty() && cells.empty(); }
};

struct Source {
  std::vector<Line> lines;
  std::vector<std::uint32_t> kept_before;  ///< how many characters before a place are words; one longer than the text

  /// Pieces of the text that hold the words; a gap of nothing but dirt does not divide.
  DraftRanges ranges_of(const Words& words) const;
  DraftText text_of(const Words& words) const { return {words.utf8(), ranges_of(words)}; }
};

bool is_digit(char32_t c);  ///< 0 to 9, also full width
bool is_space_character(char32_t c);
bool is_one_of(char32_t c, std::u32string_view set);
/// The end of a sentence: 。！？；
bool ends_sentence(char32_t c);

Words trimmed(const Words& words, std::u32string_view also = U"");
std::vector<Words> split_words(const Words& words, std::u32string_view separators);
bool contains(std::u32string_view text, std::u32string_view part);
/// True when text holds one of parts.
bool contains_any(std::u32string_view text, const std::vector<std::u32string_view>& parts);
bool starts_with_any(std::u32string_view text, const std::vector<std::u32string_view>& parts);
/// Length of the longest of parts that text ends with; 0 when none.
std::size_t longest_end(std::u32string_view text, const std::vector<std::u32string_view>& parts);
std::size_t longest_start(std::u32string_view text, const std::vector<std::u32string_view>& parts);
/// Where the bracket that opens at `open` closes; npos when it does not within `characters_max`.
std::size_t closing_bracket(std::u32string_view text, std::size_t open, std::size_t characters_max);
/// '(' for every bracket that opens, ')' for every one that closes, else 0.
char bracket_kind(char32_t c);

}  // namespace jingwei::reading
