#include "reading/internal/indicators.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "reading/internal/doubts.h"
#include "reading/internal/figures.h"
#include "reading/internal/indicator_cells.h"
#include "reading/internal/numbering.h"
#include "reading/internal/units.h"

namespace jingwei::reading {
namespace {

using View = std::u32string_view;

constexpr std::size_t kCaptionLinesMax = 4;
/// More than a country makes: 万亿元 from here on is 亿元 that lost its way.
constexpr double kTrillionYuanMax = 300;
constexpr double kHundredMillionYuanMax = 3'000'000;

int year_in(View text) {
  const std::u32string folded = fold_digits(text);
  const auto at = find_year(folded);
  return at ? small_number(View(folded).substr(*at, 4)) : 0;
}

/// The year of a table whose heads say only 一季度: from its caption, else from the title, else from the date.
std::optional<int> year_of(const Source& source, const Table& table, const IndicatorContext& context) {
  std::size_t seen = 0;
  for (std::size_t i = table.first_line; i-- > 0 && seen < kCaptionLinesMax;) {
    if (source.lines[i].is_blank()) continue;
    ++seen;
    if (source.lines[i].words.size() > 60) break;
    if (const int year = year_in(source.lines[i].words.text)) return year;
  }
  return context.plan_year ? context.plan_year : context.text_year;
}

/// Which columns hold what was and which what shall be, where the heads name only years.
void settle_times(std::vector<Column>& columns, std::optional<int> year, const IndicatorContext& context) {
  std::size_t figures = 0;
  bool has_target = false;
  Column* last = nullptr;
  for (auto& column : columns) {
    if (column.kind != ColumnKind::figure) continue;
    if (year && (column.period.empty() || !is_digit(static_cast<unsigned char>(column.period[0]))))
      column.period = column.period == "Y" ? std::to_string(*year) : column.period.empty() ? "" : std::to_string(*year) + column.period;
    if (column.period == "Y") column.period.clear();
    ++figures;
    has_target = has_target || column.time == ColumnTime::target;
    last = &column;
  }
  for (auto& column : columns) {
    if (column.kind != ColumnKind::figure || column.time != ColumnTime::unsaid) continue;
    const int own = column.period.size() >= 4 ? std::atoi(column.period.substr(0, 4).c_str()) : 0;
    const bool looked_to = std::find(context.horizon.begin(), context.horizon.end(), own) != context.horizon.end();
    const bool is_part_of_year = column.period.size() > 4 || (year && own == *year && figures > 2);
    const bool is_coming = looked_to || is_part_of_year || (context.text_year && own >= *context.text_year) || (!has_target && &column == last);
    column.time = is_coming ? ColumnTime::target : ColumnTime::baseline;
  }
}

class TableReader {
 public:
  TableReader(const Source& source, const Table& table, const IndicatorContext& context, Draft& draft)
      : source_(source), table_(table), columns_(table.columns), context_(context), draft_(draft) {}

  void run() {
    settle_times(columns_, year_of(source_, table_, context_), context_);
    for (const Row& row : table_.rows) read_row(row);
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i].kind == ColumnKind::unknown && !columns_[i].words.empty() && has_figures(i))
        add_doubt(draft_, "", source_.ranges_of(columns_[i].words),
                  {"表里“" + columns_[i].words.utf8() + "”一列没有读", "The column \"" + columns_[i].words.utf8() + "\" of the table was not read"},
                  {"从表头看不出它是哪一年的数，或是什么", "Its head does not say of which year it is, or what it is"},
                  {"需要时自己补上", "Add it by hand if it is needed"});
    for (const Words& cell : table_.unread)
      add_doubt(draft_, "", source_.ranges_of(cell), {"表里有一格没有读进去：" + cell.utf8(), "A cell of the table was not read: " + cell.utf8()},
                {"这一行的格数和表头对不上", "The cells of its row do not fit the head"}, {"对照原文补上这一行", "Add the row by hand"});
  }

 private:
  bool has_figures(std::size_t column) const {
    return std::any_of(table_.rows.begin(), table_.rows.end(), [&](const Row& row) { return !is_missing(row.cells[column].text); });
  }

  Words cell(const Row& row, ColumnKind kind) const {
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i].kind == kind) return row.cells[i];
    return {};
  }

  void read_row(const Row& row) {
    const auto filled = std::count_if(row.cells.begin(), row.cells.end(), [](const Words& words) { return !words.empty(); });
    if (filled == 0) return;
    const bool names_row = filled == 1 && columns_.size() > 2;
    if (const Words system = cell(row, ColumnKind::system); !system.empty()) {
      system_ = system;
      task_ = {};
    }
    if (const Words task = cell(row, ColumnKind::task); !task.empty()) task_ = task;
    const Words name = cell(row, ColumnKind::name);
    if (names_row) {
      for (const Words& words : row.cells)
        if (!words.empty() && !is_figure_cell(words.text)) {
          system_ = words;
          task_ = {};
        }
      return;
    }
    // A star, a unit or a number alone names nothing.
    if (name.empty() || name_of_cell(name.sub(number_in(name))).words.empty()) {
      add_doubt(draft_, "", ranges_of(row), {"表里有一行没有指标名称", "A row of the table has no name"},
                {"也许是合并的单元格", "Perhaps its cell is merged with another"}, {"对照原文补上", "Add it by hand"});
      return;
    }
    read_indicator(row, name);
  }

  /// A number at the front of the name where the table has no column for it: 1.研发经费投入.
  std::size_t number_in(const Words& name) const {
    const bool has_column = std::any_of(columns_.begin(), columns_.end(), [](const Column& column) { return column.kind == ColumnKind::number; });
    const auto numbering = numbering_of(name);
    return !has_column && numbering.style == NumberStyle::digits ? numbering.length : 0;
  }

  DraftRanges ranges_of(const Row& row) const {
    Words words;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i].kind != ColumnKind::system && columns_[i].kind != ColumnKind::task) words.append(row.cells[i]);
    return source_.ranges_of(in_order(words));
  }

  /// Cells may stand in another order than they are read in, and what divides them is no words.
  static Words in_order(const Words& words) {
    if (words.empty()) return words;
    const auto [first, last] = std::minmax_element(words.at.begin(), words.at.end());
    Words hull;
    for (std::uint32_t place = *first; place <= *last; ++place) hull.push(U' ', place);
    return hull;
  }

  void read_indicator(const Row& row, const Words& words) {
    const std::size_t number = number_in(words);
    const IndicatorName name = name_of_cell(words.sub(number));
    DraftIndicator indicator;
    indicator.number = trimmed(number > 0 ? words.sub(0, number) : cell(row, ColumnKind::number), U".、．").utf8();
    if (!system_.empty()) indicator.system = source_.text_of(system_);
    if (!task_.empty()) indicator.task = source_.text_of(task_);
    indicator.name = name.words.utf8();
    const Words unit = cell(row, ColumnKind::unit);
    indicator.unit = !unit.empty() && !is_missing(unit.text) ? unit.utf8() : name.unit.utf8();
    indicator.own = name.has_star && context_.explains_star;
    indicator.ranges = ranges_of(row);
    if (name.words.text.starts_with(U"其中") && !whole_.empty())
      indicator.within = whole_;
    else
      whole_ = indicator.number;
    read_departments(row, indicator);
    if (name.parts.size() == 2 && add_pair(row, indicator, name)) return;
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i].kind == ColumnKind::figure) add_figure(row.cells[i], columns_[i], indicator);
    finish(std::move(indicator), row, name);
  }

  /// 12800/7721 under (415X/135N): two indicators.
  bool add_pair(const Row& row, const DraftIndicator& common, const IndicatorName& name) {
    std::vector<DraftIndicator> both(2, common);
    bool any = false;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].kind != ColumnKind::figure) continue;
      const auto pair = pair_of(row.cells[i]);
      any = any || pair;
      add_figure(pair ? pair->first : row.cells[i], columns_[i], both[0]);
      add_figure(pair ? pair->second : row.cells[i], columns_[i], both[1]);
    }
    if (!any) return false;
    for (std::size_t i = 0; i < 2; ++i) {
      both[i].part = name.parts[i].utf8();
      finish(std::move(both[i]), row, name);
    }
    return true;
  }

  void add_figure(const Words& words, const Column& column, DraftIndicator& indicator) {
    DraftFigure figure = figure_of_cell(words.text);
    figure.period = column.period;
    figure.ranges = source_.ranges_of(words);
    auto& figures = column.time == ColumnTime::target ? indicator.targets : indicator.baselines;
    figures.push_back(std::move(figure));
  }

  void read_departments(const Row& row, DraftIndicator& indicator) {
    std::vector<NamedUnit> named;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto kind = columns_[i].kind;
      if (kind != ColumnKind::lead && kind != ColumnKind::co && kind != ColumnKind::departments) continue;
      if (is_missing(row.cells[i].text)) continue;
      const auto role = kind == ColumnKind::lead ? DraftUnitRole::lead : kind == ColumnKind::co ? DraftUnitRole::co : DraftUnitRole::responsible;
      for (auto& unit : units_in(row.cells[i])) named.push_back({std::move(unit), role});
    }
    indicator.departments = roles_settled(source_, named, context_.first_leads);
  }

  void finish(DraftIndicator indicator, const Row& row, const IndicatorName& name) {
    set_direction(indicator);
    const std::size_t index = draft_.indicators.size();
    draft_.indicators.push_back(std::move(indicator));
    note_doubts(draft_.indicators.back(), fmt::format("/indicators/{}", index), row, name);
  }

  static void set_direction(DraftIndicator& indicator) {
    const DraftFigure* target = indicator.targets.empty() ? nullptr : &indicator.targets.back();
    const auto baseline =
        std::find_if(indicator.baselines.rbegin(), indicator.baselines.rend(), [](const DraftFigure& figure) { return figure.value.has_value(); });
    const auto set = [&](DraftDirection direction, DraftDirectionReason reason) {
      indicator.direction = direction;
      indicator.direction_reason = reason;
    };
    const bool is_rank =
        contains_any(to_utf32(indicator.name), {U"位次", U"排名", U"名次", U"排位"}) || (target && target->kind == DraftTargetKind::rank_at_best);
    if (is_rank)
      set(DraftDirection::down, DraftDirectionReason::rank);
    else if (target && target->kind == DraftTargetKind::keep_stable)
      set(DraftDirection::keep, DraftDirectionReason::stable);
    else if (target && target->kind == DraftTargetKind::at_least)
      set(DraftDirection::up, DraftDirectionReason::bound);
    else if (target && target->kind == DraftTargetKind::at_most)
      set(DraftDirection::down, DraftDirectionReason::bound);
    else if (target && target->value && baseline != indicator.baselines.rend()) {
      const int order = compare_decimals(*target->value, *baseline->value);
      set(order > 0 ? DraftDirection::up : order < 0 ? DraftDirection::down : DraftDirection::keep, DraftDirectionReason::figures);
    }
  }

  void note_doubts(const DraftIndicator& indicator, const std::string& item, const Row& row, const IndicatorName& name) {
    if (row.is_guessed)
      add_doubt(draft_, item, indicator.ranges,
                {"这一行的格数和表头对不上，按内容分到各列", "The cells of this row do not fit the head; they were given to columns by what they look like"},
                {"可能有合并或缺少的单元格", "Cells may be merged or missing"}, {"对照原文逐格核对", "Compare each cell with the text"});
    if (name.has_star && !context_.explains_star)
      add_doubt(draft_, item + "/own", indicator.ranges, {"指标带星号，原文没有说明星号的意思", "The indicator has a star that the text does not explain"},
                {"只在有“带*的为…自设指标”一类说明时才认作自设", "It counts as the region's own only where the text says so"},
                {"确认是不是自设指标", "Decide whether it is the region's own"});
    note_units(indicator, item);
    note_figures(indicator, item, "baselines", indicator.baselines);
    note_figures(indicator, item, "targets", indicator.targets);
    note_floor(indicator, item);
    note_lead(draft_, item + "/departments", indicator.departments);
  }

  void note_units(const DraftIndicator& indicator, const std::string& item) {
    double largest = 0;
    for (const auto* figures : {&indicator.baselines, &indicator.targets})
      for (const auto& figure : *figures)
        if (figure.value) largest = std::max(largest, std::stod(*figure.value));
    const bool is_share = contains_any(to_utf32(indicator.name), {U"比重", U"占比", U"比例"});
    const bool is_impossible = (indicator.unit == "万亿元" && largest > kTrillionYuanMax) || (indicator.unit == "亿元" && largest > kHundredMillionYuanMax) ||
                               ((indicator.unit == "%" || indicator.unit == "％") && is_share && largest > 100);
    if (is_impossible)
      add_doubt(draft_, item + "/unit", indicator.ranges,
                {fmt::format("单位“{}”和数值 {:g} 放在一起不可能", indicator.unit, largest),
                 fmt::format("The unit {} cannot be right beside {:g}", indicator.unit, largest)},
                {"原文多半把单位写错了，读取时不替原文改", "The text probably has the wrong unit; it is not mended here"},
                {"问清后改正单位，例如亿元", "Ask and correct the unit, for example 亿元"});
  }

  void note_figures(const DraftIndicator& indicator, const std::string& item, const char* list, const std::vector<DraftFigure>& figures) {
    for (std::size_t i = 0; i < figures.size(); ++i) {
      const DraftFigure& figure = figures[i];
      const std::string at = fmt::format("{}/{}/{}", item, list, i);
      if (figure.kind == DraftTargetKind::none && figure.remark)
        add_doubt(draft_, at, figure.ranges, {"“" + figure.written + "”里读不出数值", "No figure can be read from \"" + figure.written + "\""},
                  {"只认数字和以上、左右、前几、保持稳定等写法", "Only digits and words such as 以上, 左右, 前, 保持稳定 are read"},
                  {"填写目标，或留空", "Fill in the figure or leave it empty"});
      if (figure.period.empty())
        add_doubt(draft_, at + "/period", figure.ranges, {"看不出是哪一年的数", "It does not say of which year this is"},
                  {"表头和标题都没有年份", "Neither the head nor the caption has a year"}, {"填写年份", "Fill in the year"});
    }
    if (figures.size() > 1 || !figures.empty() || std::string_view(list) != "targets") return;
    add_doubt(draft_, item + "/targets", indicator.ranges, {"没有目标", "There is no target"}, {"表里只有过去的数", "The table has figures of the past only"},
              {"填写目标，或留空", "Fill in a target or leave it empty"});
  }

  void note_floor(const DraftIndicator& indicator, const std::string& item) {
    if (indicator.targets.empty() || indicator.targets.back().kind != DraftTargetKind::at_least || !indicator.targets.back().value) return;
    const DraftFigure& target = indicator.targets.back();
    for (const auto& baseline : indicator.baselines)
      if (baseline.value && compare_decimals(*target.value, *baseline.value) < 0)
        add_doubt(draft_, item + "/targets", indicator.ranges,
                  {fmt::format("目标“{}”低于 {} 年的 {}", target.written, baseline.period, *baseline.value),
                   fmt::format("The target \"{}\" lies below the {} of {}", target.written, *baseline.value, baseline.period)},
                  {"“以上”读作下限：不低于它就算完成，不是要降下来", "以上 is read as a floor that must be kept, not as a decline to be reached"},
                  {"确认是下限", "Confirm that it is a floor"});
  }

  const Source& source_;
  const Table& table_;
  std::vector<Column> columns_;
  const IndicatorContext& context_;
  Draft& draft_;
  Words system_;
  Words task_;
  std::string whole_;
};

}  // namespace

void add_indicators(const Source& source, const Table& table, const IndicatorContext& context, Draft& draft) {
  TableReader(source, table, context, draft).run();
}

}  // namespace jingwei::reading
