// Paragraphs to measures: which numbered items are measures, under which headings, with which steps.
#pragma once

#include <optional>
#include <vector>

#include "reading/internal/paragraphs.h"
#include "reading/internal/units.h"

namespace jingwei::reading {

struct Step {
  Words number;
  Words words;
};

struct Measure {
  Words number;
  Words heading;
  Words words;               ///< everything, number and unit clause included
  std::vector<Words> parts;  ///< the paragraphs of its text without number and unit clause
  std::vector<Words> sections;
  std::vector<Step> steps;
  std::vector<Words> beside;  ///< of a table: what shall come of it, and by when
  std::optional<UnitClause> clause;
  bool is_clause_of_last = false;  ///< the units stand behind the last of its sub-items and might be meant for that alone
  bool is_joined = false;          ///< of pieces from two places of the page
};

/// A paragraph outside measures: goals, introductions.
struct Prose {
  Words words;
  std::vector<Words> sections;
};

/// A number that is missing between two that are there: 一, 三.
struct Gap {
  Words words;  ///< the item behind the gap
  int expected = 0;
};

struct Outline {
  std::vector<Measure> measures;
  std::vector<Prose> prose;       ///< what may hold goals
  std::vector<Words> left_out;    ///< headings of parts that describe what is, not what shall be: 现状, 短板
  std::vector<Words> unnumbered;  ///< paragraphs at the end that name duties without a number: 保障措施
  std::vector<Gap> gaps;
  std::vector<Words> broken_tables;  ///< heads of tables whose columns were lost; what follows them is not read
};

Outline outline_of(const std::vector<Paragraph>& paragraphs);

/// 一是…；二是…, ①…②…, 1.…2.… inside one text.
std::vector<Step> steps_in(const Words& words);

}  // namespace jingwei::reading
