// The door to DuckDB: values of every kind, errors with their place, limits, bulk rows.
#include "analytics/sql.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

namespace jingwei::sql {
namespace {

class SqlTest : public ::testing::Test {
 protected:
  Fault fault_of(const std::string& sql, int deadline_ms = 0) {
    try {
      auto statement = session_.prepare(sql, deadline_ms);
      collect(statement, 10, deadline_ms);
    } catch (const SqlError& error) {
      last_ = error;
      return error.fault();
    }
    ADD_FAILURE() << sql << " was not refused";
    return Fault::broken;
  }

  Database database_{{.memory_bytes = 64 << 20}};
  Session session_ = database_.connect();
  std::optional<SqlError> last_;
};

TEST_F(SqlTest, TheLibraryIsTheOneThatPackageJsonPins) { EXPECT_EQ(Database::library_version(), "1.5.6"); }

TEST_F(SqlTest, ValuesOfEveryKindComeOutAsTheyWentIn) {
  const std::vector<Value> values = {std::monostate(), true, std::int64_t{-7}, 2.5, std::string("缩水痕 'x'"), *parse_day("1969-12-31"), Timestamp{1'769'000'000'123'456},
                                     std::vector<std::string>{"甲", "a very long text that does not fit into twelve bytes"}};
  auto statement = session_.prepare("SELECT $1, $2, $3, $4, $5, $6, $7, $8");
  EXPECT_EQ(statement.parameter_count(), 8U);
  for (std::size_t i = 0; i < values.size(); ++i) statement.bind(i + 1, values[i]);
  const auto table = collect(statement, 10);
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(table.rows[0], values);
  const Kind kinds[] = {Kind::boolean, Kind::integer, Kind::number, Kind::text, Kind::day, Kind::timestamp, Kind::list};
  for (std::size_t i = 0; i < 7; ++i) EXPECT_EQ(table.columns[i + 1].kind, kinds[i]) << i;
}

TEST_F(SqlTest, WhatHasNoKindOfItsOwnIsWrittenOut) {
  const std::pair<const char*, Value> cases[] = {
      {"SELECT 12.50::DECIMAL(9,2)", 12.5},
      {"SELECT 0.1::DECIMAL(38,20)", 0.1},
      {"SELECT -0.05::DECIMAL(4,2)", -0.05},
      {"SELECT 7::UTINYINT", std::int64_t{7}},
      {"SELECT sum(x) FROM (VALUES (1), (2)) t(x)", std::int64_t{3}},
      {"SELECT 9223372036854775808::HUGEINT", std::string("9223372036854775808")},
      {"SELECT -170141183460469231731687303715884105727::HUGEINT", std::string("-170141183460469231731687303715884105727")},
      {"SELECT TIME '08:05:01.5'", std::string("08:05:01.500000")},
      {"SELECT INTERVAL 2 MONTH", std::string("2 months 0 days 0 us")},
      {"SELECT {'a': 1, 'b': [true, NULL]}", std::string("{a: 1, b: [true, NULL]}")},
      {"SELECT MAP {'k': 2}", std::string("[{key: k, value: 2}]")},
      {"SELECT [[1], [2, 3]]", std::string("[[1], [2, 3]]")},
      {"SELECT array_value('a', 'b')", std::string("[a, b]")},
      {"SELECT 'b'::ENUM('a', 'b')", std::string("b")},
      {"SELECT '\\xAB'::BLOB", std::string("ab")},
      {"SELECT '8f14e45f-ceea-467f-9575-6d7a5e3bd6a1'::UUID", std::string("8f14e45f-ceea-467f-9575-6d7a5e3bd6a1")},
      {"SELECT TIMESTAMP_NS '2026-01-21 00:00:00.5'", *from_rfc3339("2026-01-21T00:00:00.5Z")},
  };
  for (const auto& [sql, expected] : cases) EXPECT_EQ(session_.value_of(sql), expected) << sql;
}

TEST_F(SqlTest, ParametersHaveNamesToo) {
  auto statement = session_.prepare("SELECT $staff >= $least AND $founded < DATE '2020-01-01'");
  statement.bind("staff", std::int64_t{12}).bind("least", std::int64_t{10}).bind("founded", std::monostate());
  EXPECT_EQ(collect(statement, 1).rows[0][0], Value(std::monostate()));
  statement.bind("founded", *parse_day("2019-12-31"));
  EXPECT_EQ(collect(statement, 1).rows[0][0], Value(true));
  EXPECT_THROW(statement.bind("nobody", true), SqlError);
}

TEST_F(SqlTest, ErrorsSayWhatAndWhere) {
  EXPECT_EQ(fault_of("SELECT 1 FORM x y"), Fault::syntax);
  EXPECT_EQ(last_->position(), 14U);
  EXPECT_EQ(fault_of("SELECT lenght('x')"), Fault::unknown_name);
  EXPECT_EQ(last_->position(), 7U);
  EXPECT_EQ(fault_of("SELECT * FROM nowhere"), Fault::unknown_name);
  EXPECT_EQ(fault_of("SELECT a FROM (SELECT 1 AS b)"), Fault::unknown_name);
  EXPECT_EQ(fault_of("SELECT sum(DATE '2026-01-21')"), Fault::wrong_use);
  EXPECT_EQ(fault_of("SELECT 'x'::INTEGER"), Fault::content);
  EXPECT_EQ(fault_of(std::string("SELECT 1\0, 2", 12)), Fault::syntax);
  EXPECT_EQ(fault_of("SELECT 1; SELECT 2"), Fault::content);
}

TEST_F(SqlTest, NothingOutsideIsReachedAndNoSettingChanges) {
  const auto file = std::filesystem::temp_directory_path() / "jingwei_sql_test.csv";
  std::filesystem::remove(file);
  for (const std::string sql : {"SELECT * FROM read_text('/etc/hostname')", "SELECT * FROM glob('/*')", "COPY (SELECT 1) TO '/dev/stdout'", "ATTACH '/tmp/other.db'",
                                "INSTALL httpfs", "LOAD httpfs", "SELECT * FROM '/etc/passwd.csv'", "SET memory_limit = '1TB'", "SET temp_directory = '/tmp'",
                                "SET enable_external_access = true", "RESET lock_configuration", "EXPORT DATABASE '/tmp/x'", "SELECT * FROM read_csv('https://example.com/x.csv')"})
    EXPECT_THROW(session_.run(sql), SqlError) << sql;
  EXPECT_THROW(session_.run("COPY (SELECT 1) TO '" + file.string() + "'"), SqlError);
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(SqlTest, OnlyQueriesAreSelect) {
  session_.run("CREATE TABLE t (a BIGINT)");
  for (const auto* sql : {"SELECT 1", "FROM t", "WITH x AS (SELECT 1) SELECT * FROM x", "VALUES (1)"}) EXPECT_TRUE(session_.prepare(sql).is_select()) << sql;
  for (const auto* sql : {"INSERT INTO t VALUES (1)", "CREATE TABLE u (a INT)", "DROP TABLE t", "SET VARIABLE x = 1", "EXPLAIN SELECT 1", "DELETE FROM t", "CALL enable_logging()"})
    EXPECT_FALSE(session_.prepare(sql).is_select()) << sql;
}

TEST_F(SqlTest, WhatNeverEndsIsInterruptedAndTheSessionGoesOn) {
  EXPECT_EQ(fault_of("SELECT count(*) FROM range(10000000000) a, range(1000000) b", 100), Fault::time);
  EXPECT_EQ(fault_of("WITH RECURSIVE x AS (SELECT 1 AS n UNION ALL SELECT n FROM x) SELECT count(*) FROM x", 100), Fault::time);
  EXPECT_EQ(session_.value_of("SELECT 42"), Value(std::int64_t{42}));
}

TEST_F(SqlTest, MemoryIsLimitedAndTheSessionGoesOn) {
  EXPECT_EQ(fault_of("SELECT list(range::VARCHAR || 'some more text to fill the memory') FROM range(10000000)", 60'000), Fault::memory);
  EXPECT_EQ(session_.value_of("SELECT 42"), Value(std::int64_t{42}));
}

TEST_F(SqlTest, ACallerThatStopsEarlyIsGivenNoMore) {
  auto statement = session_.prepare("SELECT * FROM range(100000000000)");
  const auto table = collect(statement, 5000);
  EXPECT_EQ(table.rows.size(), 5000U);
  EXPECT_FALSE(table.complete);
}

TEST_F(SqlTest, AParallelScanIsLeftInTheMiddleWithoutHarm) {
  Database database({.memory_bytes = 256 << 20, .threads = 2});
  database.connect().run("CREATE TABLE many AS SELECT 'row number ' || range AS id, range AS n FROM range(2000000)");
  for (int round = 0; round < 100; ++round) {
    auto session = database.connect();
    session.run("BEGIN TRANSACTION READ ONLY");
    auto statement = session.prepare("SELECT id, n FROM many WHERE n % 133 = 1");
    std::size_t rows = 0;
    statement.each([&](const Row&) { return ++rows < 1001; });
    EXPECT_EQ(rows, 1001U);
  }
  EXPECT_EQ(database.connect().value_of("SELECT count(*) FROM many"), Value(std::int64_t{2'000'000}));
}

TEST_F(SqlTest, RowsInBulkKeepNullsAndLists) {
  session_.run("CREATE TABLE t (id VARCHAR, flag BOOLEAN, n BIGINT, x DOUBLE, d DATE, moment TIMESTAMPTZ, tags VARCHAR[])");
  constexpr std::int64_t kRows = 5000;  // more than two chunks
  auto rows = session_.append("t");
  for (std::int64_t i = 0; i < kRows; ++i) {
    rows.text("ent_" + std::to_string(i) + "_a_longer_id_than_twelve");
    if (i % 3 == 0) {
      for (int column = 0; column < 6; ++column) rows.null();
    } else {
      rows.boolean(i % 2 == 0).integer(i).number(static_cast<double>(i) / 2).day({static_cast<std::int32_t>(i)}).timestamp({i});
      rows.list(std::vector<std::string>(static_cast<std::size_t>(i % 4), "标签" + std::to_string(i)));
    }
    rows.end_row();
  }
  rows.finish();
  EXPECT_EQ(session_.value_of("SELECT count(*) FROM t"), Value(kRows));
  EXPECT_EQ(session_.value_of("SELECT count(*) FROM t WHERE n IS NULL AND tags IS NULL"), Value(std::int64_t{1667}));
  EXPECT_EQ(session_.value_of("SELECT sum(n) FROM t WHERE n % 3 <> 0"), Value(std::int64_t{8331667}));
  EXPECT_EQ(session_.value_of("SELECT tags FROM t WHERE n = 4999"), Value(std::vector<std::string>(3, "标签4999")));
  EXPECT_EQ(session_.value_of("SELECT count(*) FROM t WHERE n IS NOT NULL AND len(tags) <> n % 4"), Value(std::int64_t{0}));
}

TEST_F(SqlTest, AnAppenderIsPartOfItsSessionsTransaction) {
  session_.run("CREATE TABLE t (a BIGINT)");
  session_.run("BEGIN");
  auto rows = session_.append("t");
  rows.integer(1).end_row();
  rows.finish();
  session_.run("ROLLBACK");
  EXPECT_EQ(session_.value_of("SELECT count(*) FROM t"), Value(std::int64_t{0}));
}

TEST_F(SqlTest, AFileIsKeptAndOpenedAgain) {
  const auto folder = std::filesystem::temp_directory_path() / "jingwei_sql_file_test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const Opening opening{.file = folder / "x.duckdb", .memory_bytes = 64 << 20};
  {
    Database database(opening);
    database.connect().run("CREATE TABLE t AS SELECT 42 AS a; CHECKPOINT; INSERT INTO t VALUES (43)");
  }
  EXPECT_EQ(Database(opening).connect().value_of("SELECT sum(a) FROM t"), Value(std::int64_t{85}));
  std::filesystem::remove_all(folder);
}

TEST(SqlDay, DaysAreReadStrictly) {
  EXPECT_EQ(parse_day("1970-01-01")->days, 0);
  EXPECT_EQ(parse_day("1969-12-30")->days, -2);
  EXPECT_EQ(to_text(*parse_day("2024-02-29")), "2024-02-29");
  EXPECT_FALSE(parse_day("2026-2-1"));
  EXPECT_FALSE(parse_day("2026-02-30"));
}

}  // namespace
}  // namespace jingwei::sql
