// Quantified promises in running text: clause by clause, a figure, what it counts, and whether it is promised or only describes.
#pragma once

#include <optional>
#include <vector>

#include "reading/internal/figures.h"
#include "reading/internal/phrases.h"
#include "reading/internal/words.h"

namespace jingwei::reading {

struct Promise {
  Words words;  ///< the clause
  Words subject;
  std::string subject_text;  ///< where it is not a piece of the text: 产业基金 + 总规模; else empty
  Words value_words;
  DraftPromiseOperator op = DraftPromiseOperator::equal;
  Figure figure;
  Words relative_to;
  Words scope;
  DraftPromisePeriod period = DraftPromisePeriod::total;
  std::optional<int> year;
  bool is_aspired = false;
  Bilingual doubt;  ///< why the reader is not sure; empty when it is
};

/// Something that looks like a promise and could not be read as one.
struct Unread {
  Words words;
  Bilingual reason;
};

/// Goes through a text in order; the year of 到2027年 holds for the rest of its sentence, and in goals until another one comes.
class PromiseReader {
 public:
  /// `plan_year`: the one year that the title names (2026年…任务), for 全年.
  explicit PromiseReader(std::optional<int> plan_year) : plan_year_(plan_year) {}

  void read(const Words& text, bool is_goal);
  /// Years of goals do not hold beyond their section.
  void forget_year() { year_.reset(); }

  bool has_promises() const { return !promises_.empty(); }
  std::vector<Promise> take_promises() { return std::move(promises_); }
  std::vector<Unread> take_unread() { return std::move(unread_); }

 private:
  struct Segment;
  void read_sentence(const Words& sentence, bool is_goal);
  void read_clause(const Words& clause, bool is_goal);
  bool read_figure(const Segment& segment, bool is_goal, bool goes_on);
  bool name_object(const Doing& doing, const Words& before, const Words& behind, Promise& promise) const;
  bool name_alone(const Words& before, bool has_bound, bool is_expected, Promise& promise) const;
  bool read_aims(const Words& clause, const std::vector<Figure>& figures);
  bool read_relative(const Words& clause);
  bool read_monthly(const Words& clause);
  void note_rank(const Words& clause);
  void note_quoted(const Words& clause);
  void note_doubling(const Words& clause);
  void set_time(const Words& clause, Promise& promise) const;
  void keep(Promise promise);

  std::optional<int> plan_year_;
  std::optional<int> year_;
  bool aspired_ = false;
  Words previous_;  ///< the clause before
  Words next_;      ///< the clause behind
  std::vector<Promise> promises_;
  std::vector<Unread> unread_;
};

}  // namespace jingwei::reading
