#include "analytics/sheet.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace jingwei::analytics {
namespace {

struct TypedCell {
  office::Cell operator()(std::monostate) const { return {}; }
  office::Cell operator()(bool value) const { return value; }
  office::Cell operator()(std::int64_t value) const { return office::whole_of(value); }
  office::Cell operator()(double value) const { return value; }
  office::Cell operator()(const std::string& value) const { return value; }
  office::Cell operator()(sql::Day value) const { return office::Day{sql::to_text(value)}; }
  office::Cell operator()(Timestamp value) const { return value; }
  office::Cell operator()(const std::vector<std::string>& value) const { return join(value, "; "); }
};

/// As SQL writes it: "DECIMAL(18,3)" is one, "INTEGER[]" is none.
bool is_number(const sql::Column& column) {
  constexpr std::array kTypes{"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE"};
  return std::ranges::find(kTypes, column.type) != kTypes.end() || (column.type.starts_with("DECIMAL") && !column.type.ends_with(']'));
}

void draw(office::Sheet& sheet, const Answer& answer, AnswerChart chart) {
  const auto number = std::ranges::find_if(answer.columns, is_number);
  const auto label = std::ranges::find_if_not(answer.columns, is_number);
  if (chart == AnswerChart::table || answer.rows.size() < 2 || number == answer.columns.end() || label == answer.columns.end()) return;
  const auto at = [&](const auto& column) { return static_cast<std::size_t>(column - answer.columns.begin()); };
  sheet.charts.push_back({chart == AnswerChart::line ? office::ChartKind::line : office::ChartKind::bars, number->name, "", at(label),
                          {{at(number), "1F5F7A", office::Stroke::solid}}, "", 0, std::min(answer.rows.size(), kPointsMax), ""});
}

}  // namespace

office::Sheet sheet_of(const Answer& answer, std::string name, AnswerChart chart) {
  office::Sheet sheet{std::move(name), {}, {}, {}};
  for (const auto& column : answer.columns) sheet.columns.push_back({column.name, 0});
  for (const auto& row : answer.rows) {
    office::Row cells;
    for (const auto& value : row) cells.push_back(std::visit(TypedCell(), value));
    sheet.rows.push_back(std::move(cells));
  }
  draw(sheet, answer, chart);
  return sheet;
}

}  // namespace jingwei::analytics
