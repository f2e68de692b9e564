#include <fmt/format.h>

#include <cmath>

#include "analytics/analytics.h"
#include "base/text.h"

namespace jingwei::analytics {
namespace {

struct Cell {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return fmt::format("{}", value); }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(sql::Day value) const { return sql::to_text(value); }
  std::string operator()(Timestamp value) const { return to_rfc3339(value); }
  std::string operator()(const std::vector<std::string>& value) const { return join(value, "; "); }
};

}  // namespace

std::string cell_of(const sql::Value& value) { return std::visit(Cell(), value); }

std::string csv_of(const Answer& answer) {
  std::string csv;
  const auto line = [&](const auto& cells, auto text) {
    for (std::size_t i = 0; i < cells.size(); ++i) csv += (i == 0 ? "" : ",") + text(cells[i]);
    csv += "\r\n";
  };
  line(answer.columns, [](const sql::Column& column) { return registry::csv_cell(column.name); });
  for (const auto& row : answer.rows)
    line(row, [](const sql::Value& value) {
      const bool number = std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
      return number ? cell_of(value) : registry::csv_cell(cell_of(value));
    });
  return csv;
}

json::value json_of(const sql::Value& value) {
  if (std::holds_alternative<std::monostate>(value)) return nullptr;
  if (const auto* yes = std::get_if<bool>(&value)) return *yes;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (const auto* number = std::get_if<double>(&value); number != nullptr && std::isfinite(*number)) return *number;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return json::array(list->begin(), list->end());
  return json::string(cell_of(value));
}

}  // namespace jingwei::analytics
