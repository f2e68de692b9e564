// Reading: from the text of a plan, as people publish it, to a draft that a person confirms: measures, who is responsible, what is
// promised, the table of indicators, and whatever the reader is not sure of.
//
//   const Draft draft = read(text);                            // UTF-8
//   const DraftChanges changes = compare(old_draft, draft);    // what a newer version changes
//   check(corrected, count_characters(text));                  // a draft that came back from a person
//
// The way (reading.cpp shows it in one function): clean -> paragraphs -> outline -> measures -> units -> promises -> tables -> doubts.
// Pure: same text, same draft; no storage, no clock, no model. Time and memory grow with the length of the text.
//
// Where things stand. Every item has `ranges`: pieces of the text as given, counted in Unicode characters (code points, not UTF-16
// units), end exclusive, in reading order. Nearly always there is one. Two or more mean that the layout cut the item: a column of a
// newspaper that goes on elsewhere. A piece may hold blank lines, page numbers and other dirt that `text` leaves out.
//
// Nothing is invented. What the text does not say is absent; what can be read in two ways is a doubt with its reason, and the item
// is given as the text has it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"

namespace jingwei::reading {

constexpr std::size_t kTextBytesMax = 2U << 20;  ///< of one text; a plan with fifty indicators has 20 kB
constexpr std::size_t kMeasuresMax = 2'000;      ///< of one draft, and so for the next three
constexpr std::size_t kPromisesMax = 5'000;
constexpr std::size_t kIndicatorsMax = 5'000;
constexpr std::size_t kDoubtsMax = 1'000;  ///< the last one then says that there are more

struct DraftRange {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  bool operator==(const DraftRange&) const = default;
};
BOOST_DESCRIBE_STRUCT(DraftRange, (), (begin, end))

using DraftRanges = std::vector<DraftRange>;

/// Words of the text, without the dirt between them.
struct DraftText {
  std::string text;
  DraftRanges ranges;
};
BOOST_DESCRIBE_STRUCT(DraftText, (), (text, ranges))

/// draft: it says so (征求意见稿, 送审稿, 草案, 讨论稿). in_force: it has a document number and no such word. unknown: neither.
enum class DraftForce { unknown, draft, in_force };
BOOST_DESCRIBE_ENUM(DraftForce, unknown, draft, in_force)

struct DraftYear {
  std::int64_t year = 0;
  DraftRanges ranges;
};
BOOST_DESCRIBE_STRUCT(DraftYear, (), (year, ranges))

/// lead: the text says so, or it is the only one named. co: named beside a lead. responsible: one of several, and the text does not
/// say who leads. everywhere: by a clause that holds for every measure (各县〔市、区〕政府…不再列出); its place is that clause.
enum class DraftUnitRole { lead, co, responsible, everywhere };
BOOST_DESCRIBE_ENUM(DraftUnitRole, lead, co, responsible, everywhere)

struct DraftUnit {
  std::string name;  ///< as written: 市委组织部〔市委人才办〕
  DraftUnitRole role = DraftUnitRole::responsible;
  DraftRanges ranges;
};
BOOST_DESCRIBE_STRUCT(DraftUnit, (), (name, role, ranges))

/// 一是…; 二是…
struct DraftStep {
  std::string number;   ///< "一是", "1", "①"
  std::string heading;  ///< its first sentence when more follows; else empty
  std::string text;     ///< all of it without the number
  DraftRanges ranges;
};
BOOST_DESCRIBE_STRUCT(DraftStep, (), (number, heading, text, ranges))

struct DraftMeasure {
  std::string number;               ///< as written: "（一）", "1.", "第三条", "(1)"; empty when the text does not number it
  std::string heading;              ///< without number; the first sentence when the measure is one paragraph
  std::string text;                 ///< all of it, heading included, without number and unit clause
  std::vector<DraftText> sections;  ///< headings it stands under, outermost first
  std::vector<DraftStep> steps;
  std::vector<DraftUnit> units;  ///< in order of the text; those of a clause for every measure last
  DraftRanges ranges;
};
BOOST_DESCRIBE_STRUCT(DraftMeasure, (), (number, heading, text, sections, steps, units, ranges))

/// equal: a bare figure (重点打造10个). at_least: 以上, 不少于, 不低于, 达. at_most: 以内, 不超过. over, under: 超过, 低于, 余 (strictly).
/// about: 左右, 约. between: 3%—5%. relative: no less than another quantity (不低于各类贷款增速). monthly: 月月, 12 a year.
/// rank: at that place or a better one (前50).
enum class DraftPromiseOperator { equal, at_least, at_most, over, under, about, between, relative, monthly, rank };
BOOST_DESCRIBE_ENUM(DraftPromiseOperator, equal, at_least, at_most, over, under, about, between, relative, monthly, rank)

/// total: the text gives no time. by_year: until the end of `year`. each_*: again and again.
enum class DraftPromisePeriod { total, each_year, each_quarter, each_month, by_year };
BOOST_DESCRIBE_ENUM(DraftPromisePeriod, total, each_year, each_quarter, each_month, by_year)

struct DraftPromise {
  std::optional<std::int64_t> measure;  ///< index into measures; absent: one of the goals of the whole plan
  std::string subject;                  ///< what is counted: 跨区域招商推介活动
  DraftPromiseOperator operator_ = DraftPromiseOperator::equal;
  std::optional<std::string> value;     ///< decimal ("3.15"); absent only for relative
  std::optional<std::string> value_to;  ///< the upper end of between
  std::string unit;                     ///< as written, with its multiple: 亿元, 万家, %; empty when the text gives none
  DraftPromisePeriod period = DraftPromisePeriod::total;
  std::optional<std::int64_t> year;        ///< of by_year; of each_year the last year when the text gives one
  std::optional<std::string> relative_to;  ///< of relative: 各类贷款增速
  std::optional<std::string> scope;        ///< each of whom: 各县（市、区）
  bool aspired = false;                    ///< 力争, 争取: an aim rather than a duty
  std::string text;                        ///< the clause as it reads
  DraftRanges ranges;                      ///< of the clause
  DraftRanges value_ranges;                ///< of the figure and its unit
};
BOOST_DESCRIBE_STRUCT(DraftPromise, (),
                      (measure, subject, operator_, value, value_to, unit, period, year, relative_to, scope, aspired, text, ranges, value_ranges))

/// none: the cell is empty or a dash, or has no figure that could be read (then there is a doubt).
enum class DraftTargetKind { none, equal, at_least, at_most, about, keep_stable, rank_at_best };
BOOST_DESCRIBE_ENUM(DraftTargetKind, none, equal, at_least, at_most, about, keep_stable, rank_at_best)

/// A cell with the figure of a past or a coming period.
struct DraftFigure {
  std::string period;                            ///< "2027", "2026Q1", "2026-06"; empty when the table's head does not say
  DraftTargetKind kind = DraftTargetKind::none;  ///< of a baseline: equal or none
  std::optional<std::string> value;              ///< decimal; absent: missing, never zero
  std::optional<std::string> remark;             ///< what stands beside it: 24年数据未出
  std::string written;                           ///< the cell as it reads: "15（24年数据未出）", "-", "前50"
  DraftRanges ranges;
};
BOOST_DESCRIBE_STRUCT(DraftFigure, (), (period, kind, value, remark, written, ranges))

enum class DraftDirection { up, down, keep };
BOOST_DESCRIBE_ENUM(DraftDirection, up, down, keep)

/// Why the direction is what it is. rank: a better place is a smaller figure. bound: the target is a floor (以上) or a ceiling,
/// whatever the baseline is. stable: 保持基本稳定. figures: target against baseline. assumed: no baseline to compare with; up.
enum class DraftDirectionReason { rank, bound, stable, figures, assumed };
BOOST_DESCRIBE_ENUM(DraftDirectionReason, rank, bound, stable, figures, assumed)

struct DraftIndicator {
  std::string number;                 ///< of the row; two indicators made of one row share it
  std::optional<std::string> part;    ///< 415X or 135N where a cell holds 12800/7721
  std::optional<std::string> within;  ///< number of the indicator it is a part of (其中…)
  std::optional<DraftText> system;    ///< merged cells hold for the rows below them
  std::optional<DraftText> task;
  std::string name;                    ///< without unit, star and part
  std::string unit;                    ///< as written; empty when there is none
  bool own = false;                    ///< marked with * where the text explains the mark (带*的为…自设指标)
  std::vector<DraftFigure> baselines;  ///< past periods, oldest first
  std::vector<DraftFigure> targets;    ///< coming periods, soonest first
  DraftDirection direction = DraftDirection::up;
  DraftDirectionReason direction_reason = DraftDirectionReason::assumed;
  std::vector<DraftUnit> departments;
  DraftRanges ranges;  ///< of the row without the merged cells
};
BOOST_DESCRIBE_STRUCT(DraftIndicator, (),
                      (number, part, within, system, task, name, unit, own, baselines, targets, direction, direction_reason, departments, ranges))

/// What a person must look at. The item stays in the draft as the text has it.
struct DraftDoubt {
  std::string item;  ///< JSON pointer into the draft ("/indicators/10/unit"); empty: the whole text
  DraftRanges ranges;
  Bilingual what;    ///< what is doubtful
  Bilingual reason;  ///< why the reader is not sure
  Bilingual remedy;  ///< what to decide
};
BOOST_DESCRIBE_STRUCT(DraftDoubt, (), (item, ranges, what, reason, remedy))

struct Draft {
  std::optional<DraftText> title;
  std::optional<DraftText> issuer;
  std::optional<DraftText> number;  ///< 嘉政办发〔2026〕4号
  std::optional<DraftText> date;    ///< text is a day: 2026-01-21
  std::vector<DraftYear> horizon;   ///< years that it looks to (到2027年), in order
  DraftForce force = DraftForce::unknown;
  DraftRanges force_ranges;  ///< of the word that says so
  std::vector<DraftMeasure> measures;
  std::vector<DraftPromise> promises;  ///< in order of the text
  std::vector<DraftIndicator> indicators;
  std::vector<DraftDoubt> doubts;
};
BOOST_DESCRIBE_STRUCT(Draft, (), (title, issuer, number, date, horizon, force, force_ranges, measures, promises, indicators, doubts))

/// Throws Rejected{malformed}: not UTF-8, or no text in it; Rejected{too_large}: longer than kTextBytesMax, or more items than the
/// limits above.
Draft read(std::string_view text);

/// Checks a draft that somebody corrected, before it is committed: names, figures as decimals, measures that exist, ranges that lie
/// in a text of `characters`. Throws Rejected{invalid} with all problems, fields as JSON pointers.
void check(const Draft& draft, std::int64_t characters);

enum class DraftChangeKind { added, removed, changed };
BOOST_DESCRIBE_ENUM(DraftChangeKind, added, removed, changed)

enum class DraftChangedItem { head, measure, promise, indicator };
BOOST_DESCRIBE_ENUM(DraftChangedItem, head, measure, promise, indicator)

struct DraftFieldChange {
  std::string field;                  ///< "value", "units", "targets"
  std::optional<std::string> before;  ///< as a person reads it
  std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(DraftFieldChange, (), (field, before, after))

struct DraftChange {
  DraftChangeKind kind = DraftChangeKind::changed;
  DraftChangedItem item = DraftChangedItem::measure;
  std::string label;                      ///< heading, subject or name
  std::optional<std::int64_t> old_index;  ///< in the list of the older draft; absent when added, and for the head
  std::optional<std::int64_t> new_index;
  std::vector<DraftFieldChange> fields;  ///< of changed
};
BOOST_DESCRIBE_STRUCT(DraftChange, (), (kind, item, label, old_index, new_index, fields))

struct DraftChanges {
  std::vector<DraftChange> changes;  ///< head, measures, promises, indicators; each in order of the newer draft, removed ones last
};
BOOST_DESCRIBE_STRUCT(DraftChanges, (), (changes))

/// What the newer version adds, removes and changes. Measures are the same when their headings are (or number and most words);
/// promises by measure, subject and period; indicators by name and part, else by number and most words of the name.
DraftChanges compare(const Draft& older, const Draft& newer);

}  // namespace jingwei::reading
