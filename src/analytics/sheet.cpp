#include "analytics/sheet.h"

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

}  // namespace

office::Sheet sheet_of(const Answer& answer, std::string name) {
  office::Sheet sheet{std::move(name), {}, {}, {}};
  for (const auto& column : answer.columns) sheet.columns.push_back({column.name, 0});
  for (const auto& row : answer.rows) {
    office::Row cells;
    for (const auto& value : row) cells.push_back(std::visit(TypedCell(), value));
    sheet.rows.push_back(std::move(cells));
  }
  return sheet;
}

}  // namespace jingwei::analytics
