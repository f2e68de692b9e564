#include "analytics/internal/asking.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "base/text.h"

namespace jingwei::analytics::internal {
namespace {

using sql::Kind;

std::int64_t feed_seq_of(sql::Session& session) { return std::get<std::int64_t>(session.value_of("SELECT feed_seq FROM base.progress")); }

/// Exactly one query that returns rows, by DuckDB's own judgement; the gate has looked at it before.
sql::Statement prepared(sql::Session& session, std::string_view field, std::string_view sql, int deadline_ms) {
  auto statement = session.prepare(sql, deadline_ms);
  if (!statement.is_select()) throw refused(field, sql, 0, {"只能查询：这里只接受 SELECT", "only queries are answered here: SELECT"}, {"请写 SELECT …", "write SELECT …"});
  return statement;
}

template <class Run>
auto said_in_words(std::string_view field, std::string_view sql, int deadline_ms, Run&& run) {
  try {
    return run();
  } catch (const sql::SqlError& error) {
    throw refused(field, sql, error, deadline_ms);
  }
}

bool is_figure(Kind kind) { return kind == Kind::integer || kind == Kind::number; }

void require_figure_form(const sql::Statement& statement, std::string_view sql) {
  const auto& columns = statement.columns();
  if (columns.size() == 1 && is_figure(columns[0].kind)) return;
  throw refused("sql", sql, std::nullopt, {fmt::format("指标的查询要给出一个数，这里有 {} 列", columns.size()), fmt::format("a figure is one column of numbers; there are {} columns", columns.size())},
                {"例如 SELECT count(*) FROM needs", "for example SELECT count(*) FROM needs"});
}

void require_rows_form(const sql::Statement& statement, std::string_view sql) {
  const auto& columns = statement.columns();
  const bool ids = !columns.empty() && columns[0].kind == Kind::text;
  if (ids && (columns.size() == 1 || (columns.size() == 2 && is_figure(columns[1].kind)))) return;
  throw refused("rows_sql", sql, std::nullopt, {"明细查询的第一列要是编号，第二列（可没有）要是数", "rows are given by ids in the first column and, perhaps, numbers in a second"},
                {"例如 SELECT id, budget_fen FROM needs", "for example SELECT id, budget_fen FROM needs"});
}

std::optional<double> number_of(const sql::Row& row, std::size_t column, std::string_view field, std::string_view sql) {
  if (row.is_null(column)) return std::nullopt;
  const double value = row.number(column);
  if (std::isfinite(value)) return value;
  throw refused(field, sql, std::nullopt, {"结果不是一个有限的数：多半是除以了零", "the result is no finite number: most likely something was divided by zero"},
                {"除数请写成 NULLIF(…, 0)：除数为零时就是没有数据", "write the divisor as NULLIF(…, 0): a divisor of zero then means no data"});
}

/// Whether the text leaves days to be filled in, which it does here.
bool bind_days(sql::Statement& statement, const std::optional<FigureDays>& days) {
  if (!days || statement.parameter_count() == 0) return false;
  if (statement.has_parameter("from")) statement.bind("from", days->from);
  if (statement.has_parameter("to")) statement.bind("to", days->to);
  return true;
}

// The columns of a statement with parameters are certain only once it runs, so its form is looked at with the first row and at the end.

void read_value(sql::Session& session, const FigureQuestion& question, const Limits& limits, Figure& figure) {
  auto statement = prepared(session, "sql", question.sql, limits.deadline_ms);
  figure.by_days = bind_days(statement, question.days);
  if (!figure.by_days) require_figure_form(statement, question.sql);
  std::size_t rows = 0;
  statement.each(
      [&](const sql::Row& row) {
        if (++rows > 1) return false;
        require_figure_form(statement, question.sql);
        figure.value = number_of(row, 0, "sql", question.sql);
        return true;
      },
      limits.deadline_ms);
  require_figure_form(statement, question.sql);
  if (rows > 1)
    throw refused("sql", question.sql, std::nullopt, {"指标的查询给出了不止一行", "a figure is one row; there are more"}, {"请汇总成一个数，例如 count(*)、sum(…)", "aggregate to one number: count(*), sum(…)"});
}

void read_rows(sql::Session& session, const FigureQuestion& question, const Limits& limits, Figure& figure) {
  auto statement = prepared(session, "rows_sql", *question.rows_sql, limits.deadline_ms);
  if (!bind_days(statement, question.days)) require_rows_form(statement, *question.rows_sql);
  statement.each(
      [&](const sql::Row& row) {
        if (figure.row_ids.empty()) require_rows_form(statement, *question.rows_sql);
        figure.rows_complete = figure.row_ids.size() < kFigureRowsMax;
        if (!figure.rows_complete) return false;
        figure.row_ids.push_back(row.is_null(0) ? "" : std::get<std::string>(row.value(0)));
        if (statement.columns().size() == 2) figure.row_values.push_back(number_of(row, 1, "rows_sql", *question.rows_sql).value_or(0));
        return true;
      },
      limits.deadline_ms);
  require_rows_form(statement, *question.rows_sql);
}

}  // namespace

/// One of the places at the desk, with a session that sees one state until the end.
class Desk::Turn {
 public:
  Turn(Desk& desk, Sight sight) : desk_(desk) {
    std::unique_lock lock(desk_.mutex_);
    if (!desk_.database_)
      throw Rejected(Code::unavailable, {"查询用的数据正在准备，请稍后再试", "The data for queries are being prepared; try again soon"});
    const bool free = desk_.changed_.wait_for(lock, std::chrono::milliseconds(kWaitForTurnMs),
                                              [&] { return !desk_.database_ || desk_.asking_.size() < static_cast<std::size_t>(kQueriesAtOnce); });
    if (!free || !desk_.database_)
      throw Rejected(Code::unavailable, {"正在算别人的查询，请稍后再试", "Other queries are running; try again soon"});
    session_ = desk_.database_->connect();
    place_ = desk_.asking_.insert(desk_.asking_.end(), &*session_);
    lock.unlock();
    try {
      session_->run(fmt::format("SET search_path = '{}'; BEGIN TRANSACTION READ ONLY", enum_name(sight)));
      feed_seq_ = feed_seq_of(*session_);
    } catch (...) {
      leave();
      throw;
    }
  }
  Turn(const Turn&) = delete;
  ~Turn() { leave(); }

  sql::Session& session() { return *session_; }
  std::int64_t feed_seq() const { return feed_seq_; }

 private:
  void leave() {
    const std::lock_guard lock(desk_.mutex_);
    desk_.asking_.erase(place_);
    session_.reset();
    desk_.changed_.notify_all();
  }

  Desk& desk_;
  std::optional<sql::Session> session_;
  std::list<sql::Session*>::iterator place_;
  std::int64_t feed_seq_ = 0;
};

Desk::Desk(const Schema& schema) {
  for (const auto sight : {Sight::published, Sight::audited, Sight::everything})
    for (const auto& table : facts_of(schema, sight)) tables_[sight].insert(table.id);
}

void Desk::open(std::shared_ptr<sql::Database> database) {
  const std::lock_guard lock(mutex_);
  database_ = std::move(database);
}

void Desk::close() {
  std::unique_lock lock(mutex_);
  database_.reset();
  changed_.notify_all();
  while (!asking_.empty()) {
    // Again and again: an interruption between two steps of a query is forgotten.
    for (auto* session : asking_) session->interrupt();
    changed_.wait_for(lock, std::chrono::milliseconds(20));
  }
}

bool Desk::may_name(Sight sight, std::string_view table) const {
  return tables_.at(sight).contains(to_lower_ascii(table));  // SQL folds the case of names
}

void Desk::admit(Sight sight, std::string_view field, std::string_view sql, Parameters parameters) const {
  gate_.admit(field, sql, [&](std::string_view table) { return may_name(sight, table); }, parameters);
}

Answer Desk::ask(Sight sight, std::string_view sql, const Limits& limits) {
  admit(sight, "sql", sql, Parameters::none);
  Turn turn(*this, sight);
  const auto begun = std::chrono::steady_clock::now();
  return said_in_words("sql", sql, limits.deadline_ms, [&] {
    auto statement = prepared(turn.session(), "sql", sql, limits.deadline_ms);
    auto table = sql::collect(statement, limits.rows_max, limits.deadline_ms);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count();
    return Answer{std::move(table.columns), std::move(table.rows), table.complete, turn.feed_seq(), took};
  });
}

Figure Desk::figure(const FigureQuestion& question, const Limits& limits) {
  const auto parameters = question.days ? Parameters::days : Parameters::none;
  admit(question.sight, "sql", question.sql, parameters);
  if (question.rows_sql) admit(question.sight, "rows_sql", *question.rows_sql, parameters);
  Turn turn(*this, question.sight);
  Figure figure;
  figure.feed_seq = turn.feed_seq();
  said_in_words("sql", question.sql, limits.deadline_ms, [&] { read_value(turn.session(), question, limits, figure); });
  if (question.rows_sql) said_in_words("rows_sql", *question.rows_sql, limits.deadline_ms, [&] { read_rows(turn.session(), question, limits, figure); });
  return figure;
}

}  // namespace jingwei::analytics::internal
