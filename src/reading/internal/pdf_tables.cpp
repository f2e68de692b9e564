#include "reading/internal/pdf_tables.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace jingwei::reading {
namespace {

// In points; a line of body text is some 20 high, a hair line 0.5.
constexpr double kSame = 2.5;         ///< strokes so near to each other are one
constexpr double kReach = 4;          ///< strokes whose ends come so near to each other meet
constexpr double kLineApart = 4;      ///< middles of words of different lines
constexpr double kCovered = 0.6;      ///< share of a cell's side that a stroke must cover to part it from the next
constexpr std::size_t kCellsMax = 10'000;     ///< of a grid
constexpr std::size_t kBesideLeast = 2;  ///< rows of lines that stand beside each other

double middle_of(const PdfWord& word) { return (word.top + word.bottom) / 2; }

/// Strokes of one line that touch or lie over each other as one.
std::vector<Stroke> joined(std::vector<Stroke> strokes) {
  std::ranges::sort(strokes, [](const Stroke& a, const Stroke& b) { return a.upright != b.upright ? a.upright : a.at != b.at ? a.at < b.at : a.from < b.from; });
  // Lines that are the same but for a hair first get one place.
  for (std::size_t i = 1; i < strokes.size(); ++i)
    if (strokes[i].upright == strokes[i - 1].upright && strokes[i].at - strokes[i - 1].at < kSame) strokes[i].at = strokes[i - 1].at;
  std::ranges::sort(strokes, [](const Stroke& a, const Stroke& b) { return a.upright != b.upright ? a.upright : a.at != b.at ? a.at < b.at : a.from < b.from; });
  std::vector<Stroke> whole;
  for (const Stroke& stroke : strokes) {
    if (!whole.empty() && whole.back().upright == stroke.upright && whole.back().at == stroke.at && stroke.from <= whole.back().to + kReach)
      whole.back().to = std::max(whole.back().to, stroke.to);
    else
      whole.push_back(stroke);
  }
  return whole;
}

bool meet(const Stroke& a, const Stroke& b) {
  return a.upright != b.upright && a.at >= b.from - kReach && a.at <= b.to + kReach && b.at >= a.from - kReach && b.at <= a.to + kReach;
}

class Sets {
 public:
  explicit Sets(std::size_t size) : parents_(size) { std::iota(parents_.begin(), parents_.end(), std::size_t{0}); }
  std::size_t of(std::size_t one) {
    while (parents_[one] != one) one = parents_[one] = parents_[parents_[one]];
    return one;
  }
  /// The lower number stays.
  void join(std::size_t a, std::size_t b) {
    a = of(a);
    b = of(b);
    parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parents_;
};

/// Strokes that hang together.
std::vector<std::vector<Stroke>> frames_of(const std::vector<Stroke>& strokes) {
  Sets sets(strokes.size());
  // Upright ones come first, sorted by place, and so do the others: for each only those within reach are looked at.
  const auto level = std::ranges::find(strokes, false, &Stroke::upright);
  for (auto upright = strokes.begin(); upright != level; ++upright)
    for (auto other = std::lower_bound(level, strokes.end(), upright->from - kReach, [](const Stroke& s, double at) { return s.at < at; });
         other != strokes.end() && other->at <= upright->to + kReach; ++other)
      if (meet(*upright, *other)) sets.join(static_cast<std::size_t>(upright - strokes.begin()), static_cast<std::size_t>(other - strokes.begin()));
  std::vector<std::vector<Stroke>> frames(strokes.size());
  for (std::size_t i = 0; i < strokes.size(); ++i) frames[sets.of(i)].push_back(strokes[i]);
  std::erase_if(frames, [](const auto& frame) { return frame.size() < 4; });
  return frames;
}

std::vector<double> distinct(std::vector<double> places) {
  std::ranges::sort(places);
  std::vector<double> kept;
  for (const double place : places)
    if (kept.empty() || place - kept.back() > kSame) kept.push_back(place);
  return kept;
}

class Table {
 public:
  explicit Table(const std::vector<Stroke>& frame) {
    std::vector<double> xs;
    std::vector<double> ys;
    for (const Stroke& stroke : frame) {
      (stroke.upright ? xs : ys).push_back(stroke.at);
      // Tables that are open at a side, or at the end of a page, end where their other strokes do.
      (stroke.upright ? ys : xs).insert((stroke.upright ? ys : xs).end(), {stroke.from, stroke.to});
    }
    xs_ = distinct(std::move(xs));
    ys_ = distinct(std::move(ys));
    if (!is_table()) return;
    words_.resize(columns() * rows());
    Sets sets(columns() * rows());
    for (std::size_t row = 0; row < rows(); ++row)
      for (std::size_t column = 0; column < columns(); ++column) {
        const std::size_t cell = row * columns() + column;
        if (column + 1 < columns() && !parted(frame, true, xs_[column + 1], ys_[row], ys_[row + 1])) sets.join(cell, cell + 1);
        if (row + 1 < rows() && !parted(frame, false, ys_[row + 1], xs_[column], xs_[column + 1])) sets.join(cell, cell + columns());
      }
    for (std::size_t cell = 0; cell < words_.size(); ++cell) whole_.push_back(sets.of(cell));
  }

  std::size_t columns() const { return xs_.empty() ? 0 : xs_.size() - 1; }
  std::size_t rows() const { return ys_.empty() ? 0 : ys_.size() - 1; }
  bool is_table() const { return columns() >= 2 && rows() >= 2 && columns() * rows() <= kCellsMax; }

  /// False when the word does not lie in it.
  bool take(const PdfWord& word) {
    const auto column = between(xs_, (word.left + word.right) / 2);
    const auto row = between(ys_, middle_of(word));
    if (!column || !row) return false;
    words_[whole_[*row * columns() + *column]].push_back(&word);
    return true;
  }

  /// Rows without a word are left out; nothing when words stand in fewer than two columns.
  std::string text() {
    std::vector<bool> used(columns());
    for (std::size_t cell = 0; cell < words_.size(); ++cell)
      if (!words_[cell].empty()) used[cell % columns()] = true;
    if (std::ranges::count(used, true) < 2) return "";
    std::string out;
    for (std::size_t row = 0; row < rows(); ++row) {
      std::string line;
      bool some = false;
      for (std::size_t column = 0; column < columns(); ++column) {
        // Columns without a word anywhere are the gaps between double lines.
        if (!used[column]) continue;
        const std::string words = text_of(words_[row * columns() + column]);
        some |= !words.empty();
        line += words + '\t';
      }
      line.pop_back();
      if (some) out += line + '\n';
    }
    return out;
  }

 private:
  static std::optional<std::size_t> between(const std::vector<double>& places, double at) {
    const auto above = std::ranges::upper_bound(places, at);
    if (above == places.begin() || above == places.end()) return std::nullopt;
    return static_cast<std::size_t>(above - places.begin()) - 1;
  }

  static bool parted(const std::vector<Stroke>& frame, bool upright, double at, double from, double to) {
    double covered = 0;
    for (const Stroke& stroke : frame)
      if (stroke.upright == upright && std::abs(stroke.at - at) <= kSame) covered += std::max(0.0, std::min(to, stroke.to) - std::max(from, stroke.from));
    return covered >= kCovered * (to - from);
  }

  /// Its lines run on: 省级高新区规上工业增加值年 / 均增速 is one name. Latin words keep a space.
  static std::string text_of(std::vector<const PdfWord*> words) {
    std::ranges::stable_sort(words, {}, [](const PdfWord* word) { return middle_of(*word); });
    std::string out;
    for (std::size_t i = 0; i < words.size();) {
      std::size_t end = i + 1;
      while (end < words.size() && middle_of(*words[end]) - middle_of(*words[i]) < kLineApart) ++end;
      std::stable_sort(words.begin() + static_cast<std::ptrdiff_t>(i), words.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const PdfWord* a, const PdfWord* b) { return a->left < b->left; });
      for (; i < end; ++i) {
        const auto& text = words[i]->text;
        const auto latin = [](char c) { return c > ' ' && static_cast<unsigned char>(c) < 0x80; };
        if (!out.empty() && !text.empty() && latin(out.back()) && latin(text.front())) out += ' ';
        out += text;
      }
    }
    std::ranges::replace(out, '\t', ' ');
    return out;
  }

  std::vector<double> xs_;
  std::vector<double> ys_;
  std::vector<std::size_t> whole_;  ///< of each cell of the grid the first one of the cell that it belongs to
  std::vector<std::vector<const PdfWord*>> words_;
};

}  // namespace

bool may_have_table(const PdfPage& page) {
  std::vector<double> middles;
  for (const auto& block : page.blocks)
    for (const auto& line : block)
      for (const PdfWord& word : line) middles.push_back(middle_of(word));
  // Words of a sentence are one word as long as no space is between them, so several in one line are rare but for cells.
  std::ranges::sort(middles);
  std::size_t beside = 0;
  for (std::size_t i = 1; i < middles.size(); ++i) beside += middles[i] - middles[i - 1] < kLineApart;
  return beside >= kBesideLeast;
}

std::string text_with_tables(const PdfPage& page, const std::vector<Stroke>& strokes) {
  std::vector<Table> tables;
  for (const auto& frame : frames_of(joined(strokes)))
    if (Table table(frame); table.is_table()) tables.push_back(std::move(table));
  // Where each word lies: in a table, or nowhere.
  constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
  std::vector<std::size_t> places;
  for (const auto& block : page.blocks)
    for (const auto& line : block)
      for (const PdfWord& word : line) {
        std::size_t place = 0;
        while (place < tables.size() && !tables[place].take(word)) ++place;
        places.push_back(place < tables.size() ? place : kNowhere);
      }
  std::vector<std::string> texts;
  for (Table& table : tables) texts.push_back(table.text());
  if (std::ranges::all_of(texts, &std::string::empty)) return "";
  std::string out;
  std::size_t at = 0;
  std::vector<bool> said(tables.size());
  for (const auto& block : page.blocks) {
    bool some = false;
    for (const auto& line : block) {
      std::string own;
      for (const PdfWord& word : line) {
        const std::size_t place = places[at++];
        if (place == kNowhere || texts[place].empty()) own += (own.empty() ? "" : " ") + word.text;
        else if (!said[place]) {
          // A table stands where its first word does.
          out += texts[place];
          said[place] = some = true;
        }
      }
      if (!own.empty()) out += own + '\n';
      some |= !own.empty();
    }
    if (some) out += '\n';
  }
  return out;
}

}  // namespace jingwei::reading
