#include "office/csv.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace jingwei::office {
namespace {

struct Field {
  std::string operator()(double number) const { return fmt::format("{}", number); }
  std::string operator()(bool yes) const { return yes ? "true" : "false"; }
  std::string operator()(Money money) const { return format_money(money, kFenPerYuan); }
  template <class Other>
  std::string operator()(const Other& other) const {
    return csv_cell(text_of(other));
  }
};

}  // namespace

bool wants_guard(std::string_view text) {
  const std::string_view inner = text.substr(std::min(text.find_first_not_of('\''), text.size()));
  if (inner.empty()) return false;
  return inner[0] == '=' || inner[0] == '+' || inner[0] == '@' || inner[0] == '\t' ||
         (inner[0] == '-' && inner.find_first_not_of("-0123456789.") != std::string_view::npos);
}

std::string csv_cell(std::string_view text) {
  const bool guarded = wants_guard(text);
  if (!guarded && text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string cell = guarded ? "\"'" : "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + '"';
}

std::string csv_of(const Sheet& sheet) {
  std::string csv = "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) csv += (i == 0 ? "" : ",") + csv_cell(sheet.columns[i].title);
  csv += "\r\n";
  for (const auto& row : sheet.rows) {
    CHECK(row.size() == sheet.columns.size());
    for (std::size_t i = 0; i < row.size(); ++i) csv += (i == 0 ? "" : ",") + std::visit(Field(), row[i]);
    csv += "\r\n";
  }
  return csv;
}

}  // namespace jingwei::office
