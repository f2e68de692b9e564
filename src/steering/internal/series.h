// The values of all indicators as of a day, computed once for lists, pages and reviews: reported ones from approved observations,
// counted ones from registers, computed ones as SQL gave them, formulas from all of these.
#pragma once

#include <set>

#include "steering/formula.h"
#include "steering/internal/counts.h"
#include "steering/internal/rows.h"

namespace jingwei::steering::internal {

struct Series {
  Values values;
  std::map<Period, std::string> known;  ///< day on which a value became known
};

/// Everything that figures are made of.
struct Board {
  std::string day;                                                     ///< as of its end
  std::map<std::string, Kept<IndicatorContent>, std::less<>> by_code;
  std::map<std::string, std::map<Period, Observation>, std::less<>> observations;  ///< by id of the indicator
  std::map<std::string, std::map<Period, ComputedFigure>, std::less<>> figures;    ///< by id of the indicator
  std::map<std::string, std::map<std::string, std::optional<double>>, std::less<>> growth;  ///< running figures of computed ones by day, by id
  std::map<std::string, FigureTrouble, std::less<>> troubles;                      ///< by id of the indicator
  std::map<std::string, DayAmounts, std::less<>> counted;                          ///< of counted ones, by code
  std::map<std::string, Series, std::less<>> series;                               ///< by code; filled by compute()
};

/// Reads everything. `now` true: as it is, else as of the end of the day.
Board load_board(store::Connection& connection, CountKeeper& counts, std::string_view day, bool now);
/// As it is for a command, what its transaction has not committed yet included. Counts read every entry of their registers.
Board load_board_of_command(store::Transaction& tx, const registry::Registry& registry);
/// Reported indicators and their reports alone, as they are: what is due needs nothing else.
Board load_reports(store::Connection& connection, std::string_view day);
/// Fills board.series. Pure.
void compute(Board& board);
/// Periods that count as steps, with what became of each.
struct Walked {
  std::vector<IndicatorPoint> points;
  std::vector<Standing> standings;  ///< of points with a state, in order
  std::optional<Standing> settled;  ///< the last one that a value led to
};
Walked walk(const Board& board, const Kept<IndicatorContent>& indicator);
/// Of the period that runs: where the line is, and the figure so far of those that count or compute by themselves and of formulas whose
/// inputs all have one, which gives the view its state for the time being. Figure and period of the view stay those of the last ended period.
void add_running(const Board& board, const Kept<IndicatorContent>& indicator, const Walked& walked, IndicatorView& view);
/// State, reason, figures.
IndicatorView view_of(const Board& board, const Kept<IndicatorContent>& indicator);
/// view_of() with points up to the last target's year and a forecast; no lineage, no versions.
IndicatorPage history_of(const Board& board, const Kept<IndicatorContent>& indicator);
std::string due_day(const IndicatorContent& content, const Period& period);
/// Others than departments see public indicators.
bool may_see(const identity::Actor& actor, const IndicatorContent& content);
/// The periods of a frequency that lie in one as long or longer and have begun on the day; none when they are longer.
std::vector<Period> begun_parts(Frequency own, const Period& period, std::string_view day);
/// What the values of begun parts make together; nothing when one that counts is missing.
std::optional<double> gathered(const std::vector<std::optional<double>>& values, Aggregation aggregation);
/// The value of an indicator as a formula over it finds it: at a period as long as its own or longer; of one that runs, so far.
std::optional<double> input_at(const Board& board, std::string_view code, const Period& period);
/// The question that a counted indicator puts, as SQL over tables named like registers.
std::string query_of(const CountRule& rule, std::string_view from, std::string_view to);

}  // namespace jingwei::steering::internal
