// Words of exports in both languages, the same as in the pages.
#pragma once

#include "steering/exports.h"

namespace jingwei::steering::internal {

std::string say(const ExportFrame& frame, const Bilingual& words);
Bilingual words_of(IndicatorState state);
Bilingual words_of(TaskStatus status);
Bilingual words_of(TaskKind kind);
Bilingual words_of(TaskChangeKind kind);
Bilingual words_of(PathVerdict verdict);
Bilingual words_of(SteeringChain chain);
Bilingual words_of(DutyRole role);
/// Of a field of a task that changed ("due_on").
Bilingual words_of_field(std::string_view field);
/// "B3382C": as the pages colour it.
std::string colour_of(IndicatorState state);
/// Worst first, as everywhere.
inline constexpr std::array kStates{IndicatorState::off_track, IndicatorState::no_data,    IndicatorState::pending,
                                    IndicatorState::at_risk,   IndicatorState::recovering, IndicatorState::on_track};

/// Names with the list sign of the language.
std::string listed(const ExportFrame& frame, const std::vector<std::string>& names);
std::vector<std::string> units_of(const std::vector<Duty>& duties, DutyRole role);
/// What every workbook ends with: what it is, as of when, with which filters, of which node.
office::Sheet about_sheet(const ExportFrame& frame, const Bilingual& what);
office::Workbook workbook_of(const ExportFrame& frame, const Bilingual& title, std::vector<office::Sheet> sheets);

/// The table and the chart of one indicator.
std::vector<office::Column> history_columns(const ExportFrame& frame);
std::vector<office::Row> history_rows(const ExportFrame& frame, const IndicatorPage& page);
/// Over history_columns() from column `shift`.
office::Chart history_chart(const ExportFrame& frame, const IndicatorPage& page, std::size_t shift);
std::vector<office::Column> indicator_columns(const ExportFrame& frame);
office::Row indicator_row(const ExportFrame& frame, const IndicatorView& view);

}  // namespace jingwei::steering::internal
