// What a stranger's SQL must be before it is run: one SELECT over tables that may be named, without functions that no deadline can end.
//
// Judged on DuckDB's own parse tree (json_serialize_sql, which serializes SELECT and nothing else), in a database without tables, so
// that nothing of the text is bound, folded or run before it is judged. Positions are those of the text.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "analytics/analytics.h"

namespace jingwei::analytics::internal {

/// Line and character in a text, both from 1.
struct Place {
  std::int64_t line = 1;
  std::int64_t character = 1;
};
Place place_of(std::string_view text, std::size_t byte);

/// A refusal of SQL with its place. `field` is "sql" or "rows_sql".
Rejected refused(std::string_view field, std::string_view sql, std::optional<std::size_t> byte, Bilingual reason, Bilingual remedy);
/// The same for what DuckDB said.
Rejected refused(std::string_view field, std::string_view sql, const sql::SqlError& error, int deadline_ms);

/// What a text may leave to be filled in: nothing, or $from and $to.
enum class Parameters { none, days };

class Gate {
 public:
  Gate();
  /// Throws Rejected{invalid, too_large}. `may_name` says whether a table without schema may be named.
  void admit(std::string_view field, std::string_view sql, const std::function<bool(std::string_view)>& may_name,
             Parameters parameters = Parameters::none) const;

 private:
  mutable sql::Database parser_;
};

}  // namespace jingwei::analytics::internal
