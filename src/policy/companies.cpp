// Everybody at once: facts as columns, one statement a policy, verdicts as narrow columns.
#include <fmt/format.h>

#include "policy/internal/judging.h"
#include "policy/internal/session.h"
#include "policy/internal/sql.h"

namespace jingwei::policy {
namespace {

constexpr std::size_t kVerdicts = 5;
constexpr std::int64_t kMemoryBytes = 1LL << 30;
constexpr int kThreads = 2;  ///< that work on one judgment

std::string table_of(const Policy& policy) { return "verdicts_" + policy.id; }

}  // namespace

struct Companies::Parts {
  explicit Parts(const Book& from) : book(from), session(open_database(kMemoryBytes, kThreads).connect()) { session.run("CREATE TABLE facts (" + facts_columns(book.facts()) + ")"); }

  void flush() {
    if (rows) rows->finish();
    rows.reset();
  }

  const Book& book;
  sql::Session session;  ///< keeps its database alive
  std::optional<sql::Appender> rows;  ///< while companies are being added
  std::int64_t count = 0;
};

Companies::Companies(const Book& book) : parts_(std::make_unique<Parts>(book)) {}
Companies::Companies(Companies&&) noexcept = default;
Companies::~Companies() = default;

void Companies::add(const Company& company) {
  Parts& p = *parts_;
  if (!p.rows) p.rows.emplace(p.session.append("facts"));
  p.rows->integer(p.count++);
  for (std::size_t i = 0; i < p.book.facts().size(); ++i) append(*p.rows, p.book.facts()[i].kind.type, company.facts[i].value);
  p.rows->end_row();
}

std::int64_t Companies::size() const { return parts_->count; }

void Companies::fill(const std::string& sql) {
  parts_->flush();
  parts_->session.run(sql);
  parts_->count = integers(parts_->session, "SELECT COUNT(*) FROM facts").front().front();
}

Tally Companies::judge(const Policy& policy, const Terms& terms) {
  Parts& p = *parts_;
  p.flush();
  p.session.run(fmt::format("CREATE OR REPLACE TABLE {} AS {}", table_of(policy), judging_sql(p.book.facts(), policy, terms, "facts")));
  Tally tally;
  tally.companies = p.count;
  for (const auto& row : integers(p.session, fmt::format("SELECT outcome, COUNT(*), CAST(coalesce(least(SUM(amount), CAST(9000000000000000000 AS HUGEINT)), 0) AS BIGINT), COUNT(*) - COUNT(amount) FROM {} GROUP BY outcome", table_of(policy)))) {
    switch (static_cast<Outcome>(row[0])) {
      case Outcome::claim:
        tally.claim = row[1];
        tally.amount_fen = row[2];
        tally.without_amount = row[3];
        break;
      case Outcome::to_be_set: tally.to_be_set = row[1]; break;
      case Outcome::tell_us: tally.tell_us = row[1]; break;
      case Outcome::almost: tally.almost = row[1]; break;
      case Outcome::no: tally.no = row[1]; break;
    }
  }
  return tally;
}

std::vector<Judged> Companies::list(const Policy& policy, const std::vector<Outcome>& outcomes, std::size_t offset, std::size_t limit) {
  std::string wanted;
  for (const auto outcome : outcomes) wanted += (wanted.empty() ? "" : ", ") + std::to_string(static_cast<int>(outcome));
  std::vector<Judged> result;
  if (wanted.empty()) return result;
  for (const auto& row : integers(parts_->session, fmt::format("SELECT company, outcome, trace, amount, amount_state FROM {} WHERE outcome IN ({}) "
                                                              "ORDER BY outcome, amount DESC NULLS LAST, company LIMIT {} OFFSET {}",
                                                              table_of(policy), wanted, limit, offset)))
    result.push_back({row[0], static_cast<Outcome>(row[1]), static_cast<std::uint64_t>(row[2]), row[3] == kNull ? std::nullopt : std::optional(row[3]),
                      static_cast<Verdict>(row[4])});
  return result;
}

std::vector<std::vector<std::int64_t>> Companies::clause_counts(const Policy& policy) {
  std::vector<std::vector<std::int64_t>> counts(policy.clauses.size(), std::vector<std::int64_t>(kVerdicts));
  for (std::size_t i = 0; i < policy.clauses.size(); ++i)
    for (const auto& row : integers(parts_->session, fmt::format("SELECT CAST((trace >> {}) & 7 AS INTEGER) AS verdict, COUNT(*) FROM {} GROUP BY verdict", 3 * i, table_of(policy))))
      counts[i][static_cast<std::size_t>(row[0])] = row[1];
  return counts;
}

}  // namespace jingwei::policy
