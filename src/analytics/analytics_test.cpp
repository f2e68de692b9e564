// The read model behind both databases, who sees what in it, figures with their rows, saved queries.
#include <gtest/gtest.h>

#include "analytics/internal/test_world.h"
#include "analytics/sheet.h"

namespace jingwei::analytics {
namespace {

using namespace analytics::testing;

class AnalyticsTest : public ::testing::TestWithParam<jingwei::testing::Store> {
 protected:
  World world{GetParam()};
};
JINGWEI_ON_BOTH_STORES(AnalyticsTest);

TEST_P(AnalyticsTest, columns_have_the_types_of_the_definition) {
  world.new_need("轴承座去毛刺", 30'000'000);
  const auto model = world.model();
  const auto answer = model->ask(Sight::everything, "SELECT budget_fen, deadline, segment, segment_name, region_name, fictional, published_at, owner_id FROM needs");
  ASSERT_EQ(answer.rows.size(), 1U);
  const std::vector<std::string> types = {"BIGINT", "DATE", "VARCHAR", "VARCHAR", "VARCHAR", "BOOLEAN", "TIMESTAMP WITH TIME ZONE", "VARCHAR"};
  for (std::size_t i = 0; i < types.size(); ++i) EXPECT_EQ(answer.columns[i].type, types[i]) << i;
  EXPECT_EQ(answer.rows[0][0], sql::Value(std::int64_t{30'000'000}));
  EXPECT_EQ(answer.rows[0][1], sql::Value(*sql::parse_day("2026-06-30")));
  EXPECT_EQ(answer.rows[0][2], sql::Value(std::string("chem.polymer")));
  EXPECT_EQ(answer.rows[0][3], sql::Value(definitions().code_list("segments")->find("chem.polymer")->zh));
  EXPECT_EQ(answer.rows[0][4], sql::Value(std::string("南湖区")));
  EXPECT_EQ(answer.rows[0][5], sql::Value(std::monostate()));
  EXPECT_EQ(answer.rows[0][7], sql::Value(world.owner.organization_id));
  EXPECT_EQ(answer.feed_seq, world.feed_seq());
}

TEST_P(AnalyticsTest, every_table_of_every_sight_can_be_read_as_described) {
  world.new_need("轴承座去毛刺", 1);
  const auto model = world.model();
  for (const auto sight : {Sight::published, Sight::audited, Sight::everything}) {
    for (const auto& table : model->tables(sight)) {
      const auto answer = model->ask(sight, "SELECT * FROM " + table.id);
      ASSERT_EQ(answer.columns.size(), table.columns.size()) << table.id;
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        EXPECT_EQ(answer.columns[i].name, table.columns[i].id) << table.id;
        EXPECT_EQ(answer.columns[i].type, table.columns[i].type) << table.id << "." << table.columns[i].id;
        EXPECT_FALSE(table.columns[i].title.zh.empty() || table.columns[i].title.en.empty()) << table.id << "." << table.columns[i].id;
      }
    }
  }
}

TEST_P(AnalyticsTest, it_follows_new_changed_and_withdrawn_entries) {
  const auto model = world.model();
  EXPECT_EQ(world.value(*model, "SELECT count(*) FROM needs"), "0");
  const auto id = world.new_need("轴承座去毛刺", 30'000'000);
  world.new_need("另一条", 1);
  EXPECT_EQ(world.value(*model, "SELECT sum(budget_fen) FROM needs"), "30000001");
  world.run([&](store::Transaction& tx) {
    auto entry = *registry::Registry::find(tx, id);
    entry.fields["budget_fen"] = 5;
    return world.registry.edit(tx, world.owner, id, 1, entry.fields);
  });
  EXPECT_EQ(world.value(*model, "SELECT sum(budget_fen) FROM needs"), "6");
  world.withdraw(id);
  EXPECT_EQ(world.value(*model, "SELECT count(*) FROM needs WHERE state = 'published'"), "1");
  EXPECT_EQ(world.value(*model, "SELECT count(*) FROM versions WHERE id = '" + id + "'"), "3");
  EXPECT_EQ(world.value(*model, "SELECT count(*) FROM entries"), "4") << "two organizations and two needs";
  EXPECT_EQ(world.value(*model, "SELECT max(seq) FROM feed"), std::to_string(world.feed_seq()));
  EXPECT_EQ(world.value(*model, "SELECT count(*) = max(seq) FROM feed"), "true");
  EXPECT_EQ(world.value(*model, "SELECT count(*) FROM statements WHERE subject = '" + id + "'"), "3") << "published, published again after the edit, withdrawn";
  EXPECT_EQ(world.value(*model, "SELECT kind FROM parties WHERE name = '甲厂'"), "organization");
}

TEST_P(AnalyticsTest, what_followed_is_what_a_new_build_gives) {
  const auto model = world.model();
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i) ids.push_back(world.new_need("需求" + std::to_string(i), i, i % 3 == 0 ? "anonymous" : "public", i % 4 != 0));
  for (int i = 1; i < 20; i += 4) world.withdraw(ids[static_cast<std::size_t>(i)]);
  EXPECT_TRUE(model->wait_applied(world.feed_seq(), kPatienceMs));
  const auto anew = world.model();
  for (const auto& table : model->tables(Sight::everything)) {
    const std::string sql = "SELECT md5(string_agg(t::VARCHAR, chr(10) ORDER BY t::VARCHAR)) FROM " + table.id + " t";
    EXPECT_EQ(world.value(*model, sql), world.value(*anew, sql)) << table.id;
  }
}

TEST_P(AnalyticsTest, deals_and_feedback_are_rows_with_their_parts) {
  const auto model = world.model();
  world.run([&](store::Transaction& tx) {
    const std::string body = R"({"id":"deal_1","version":4,"state":"accepted","kind":"development","title":"去毛刺","need":{"id":"need_1","title":"x"},
      "supply":{"id":"ach_1","register":"achievements","title":"y"},"contract_total_fen":300,"technology_amount_fen":200,"starts_on":"2026-03-01","ends_on":"2026-09-30",
      "milestones":[{"index":0,"title":"样机","due_on":"2026-06-01","amount_fen":100,"state":"accepted"},{"index":1,"title":"上线","due_on":"2026-09-01","amount_fen":200,"state":"open"}],
      "evaluations":[{"side":"buyer","score":5,"comment":"好","at":"2026-10-01T00:00:00Z"}],"agreed_at":"2026-02-01T00:00:00Z",
      "buyer":{"id":"org_1","name":"甲厂","region":"330402"},"seller":{"id":"org_2","name":"乙所","region":""}})";
    tx.execute("INSERT INTO deals (id, state, version, need_id, supply_id, buyer_id, seller_id, created_us, updated_us, body) VALUES ('deal_1','accepted',4,'need_1','ach_1','org_1','org_2',1,2,$1)",
               {std::string_view(body)});
    tx.append_feed("deal", "accept", "deal_1", 4);
    tx.execute("INSERT INTO feedback (id, need_id, supply_id, version, updated_us, mark, reason, body) VALUES ('feedback_1','need_1','ach_1',1,5,'refused','price','{}')", {});
    tx.append_feed("feedback", "refused", "feedback_1", 1);
  });
  EXPECT_EQ(world.value(*model, "SELECT count(*) FROM deals WHERE state = 'accepted' AND agreed_at IS NOT NULL AND seller_region IS NULL AND contract_total_fen = 300"), "1");
  EXPECT_EQ(world.value(*model, "SELECT sum(amount_fen) FROM milestones WHERE deal_id = 'deal_1' AND number = 2"), "200");
  EXPECT_EQ(world.value(*model, "SELECT score FROM evaluations"), "5");
  EXPECT_EQ(world.value(*model, "SELECT reason FROM feedback WHERE mark = 'refused'"), "price");
  world.run([&](store::Transaction& tx) { tx.append_feed("deal", "evaluate", "deal_1", 5); });
  EXPECT_EQ(world.value(*model, "SELECT count(*) FROM milestones"), "2") << "applied again, not added again";
}

TEST_P(AnalyticsTest, the_kept_file_goes_on_where_it_was_and_is_built_anew_when_it_is_gone_or_another_nodes) {
  const auto folder = std::filesystem::temp_directory_path() / ("jingwei_analytics_" + std::to_string(getpid()) + "_" + std::to_string(static_cast<int>(GetParam())));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const auto file = folder / "analytics.duckdb";
  world.new_need("一", 1);
  world.model(file).reset();
  world.new_need("二", 2);
  {
    // A row that only this file has shows that the file was kept.
    sql::Database kept({.file = file});
    kept.connect().run("INSERT INTO base.needs (id, state, audience, version, entry_title) VALUES ('need_mark', 'draft', 'open', 1, 'x')");
  }
  EXPECT_EQ(world.value(*world.model(file), "SELECT count(*) FROM needs"), "3");
  std::filesystem::remove(file);
  EXPECT_EQ(world.value(*world.model(file), "SELECT count(*) FROM needs"), "2");
  {
    sql::Database kept({.file = file});
    kept.connect().run("UPDATE base.progress SET feed_seq = feed_seq + 1000; DELETE FROM base.needs");
  }
  EXPECT_EQ(world.value(*world.model(file), "SELECT count(*) FROM needs"), "2") << "ahead of the store: of a database that was restored to an earlier state";
  std::filesystem::resize_file(file, 5000);
  EXPECT_EQ(world.value(*world.model(file), "SELECT count(*) FROM needs"), "2") << "cut off";
  std::filesystem::remove_all(folder);
}

TEST_P(AnalyticsTest, each_sight_shows_what_it_may) {
  world.new_need("公开", 1);
  world.new_need("匿名", 2, "anonymous");
  world.new_need("受邀", 4, "invited");
  world.new_need("草稿", 8, "public", false);
  const auto model = world.model();
  const auto sum = "SELECT sum(budget_fen) FROM needs";
  EXPECT_EQ(world.value(*model, sum, Sight::published), "3");
  EXPECT_EQ(world.value(*model, sum, Sight::audited), "15");
  EXPECT_EQ(world.value(*model, sum, Sight::everything), "15");
  EXPECT_EQ(world.value(*model, "SELECT count(owner_id) FROM needs", Sight::published), "1") << "an anonymous owner is not named";
  EXPECT_EQ(world.value(*model, "SELECT count(owner_id) FROM entries WHERE register = 'needs'", Sight::published), "1");
  EXPECT_EQ(world.value(*model, "SELECT count(tried) FROM needs", Sight::published), "1") << "what members read, but not of an anonymous owner";
  EXPECT_EQ(world.value(*model, "SELECT count(contact_phone) FROM needs", Sight::everything), "4");
  for (const auto sight : {Sight::published, Sight::audited})
    EXPECT_NE(world.value(*model, "SELECT count(contact_phone) FROM needs", sight).find("没有这个名字"), std::string::npos) << "owners' columns are not there";
  EXPECT_NE(world.value(*model, "SELECT count(*) FROM deals", Sight::published).find("没有这张表"), std::string::npos);
  EXPECT_NE(world.value(*model, "SELECT count(*) FROM versions", Sight::published).find("没有这张表"), std::string::npos);
  EXPECT_EQ(world.value(*model, "SELECT count(*) FROM deals", Sight::audited), "0");
  for (const auto* other : {"everything.needs", "base.needs", "audited.needs", "memory.everything.needs"})
    EXPECT_NE(world.value(*model, std::string("SELECT sum(budget_fen) FROM ") + other, Sight::published).find("没有这张表"), std::string::npos) << other;
  EXPECT_NE(world.value(*model, "WITH x AS (SELECT 1) SELECT count(*) FROM everything.needs, x", Sight::published).find("没有这张表"), std::string::npos);
}

TEST_P(AnalyticsTest, the_sight_follows_from_the_role) {
  EXPECT_EQ(sight_of(world.department), Sight::everything);
  EXPECT_EQ(sight_of({"a", "a", "a", "", {Role::administrator}}), Sight::everything);
  EXPECT_EQ(sight_of(world.auditor), Sight::audited);
  EXPECT_EQ(sight_of(world.financier), Sight::published);
  EXPECT_EQ(sight_of({"a", "a", "a", "", {Role::auditor, Role::financier}}), Sight::audited);
  EXPECT_FALSE(sight_of(world.owner));
  EXPECT_FALSE(sight_of({"a", "a", "a", "", {Role::provider}}));
  EXPECT_FALSE(sight_of({}));
}

TEST_P(AnalyticsTest, a_figure_comes_with_its_rows_and_its_state) {
  const auto a = world.new_need("一", 100);
  const auto b = world.new_need("二", 250);
  const auto model = world.model();
  const auto figure = model->figure_of({"SELECT sum(budget_fen) / 100 FROM needs", "SELECT id, budget_fen / 100 FROM needs ORDER BY id"});
  EXPECT_EQ(figure.value, 3.5);
  EXPECT_EQ(figure.row_ids, (std::vector{a, b}));
  EXPECT_EQ(figure.row_values, (std::vector{1.0, 2.5}));
  EXPECT_TRUE(figure.rows_complete);
  EXPECT_EQ(figure.feed_seq, world.feed_seq());
  EXPECT_EQ(model->figure_of({"SELECT avg(budget_fen) FROM needs WHERE state = 'expired'"}).value, std::nullopt) << "no data is not zero";
  EXPECT_EQ(model->figure_of({"SELECT budget_fen FROM needs WHERE false"}).value, std::nullopt);
  const auto refusal = [&](const std::string& sql, const std::optional<std::string>& rows) {
    try {
      model->figure_of({sql, rows});
    } catch (const Rejected& refused) {
      return refused.problems().at(0).field;
    }
    return std::string("taken");
  };
  EXPECT_EQ(refusal("SELECT title FROM needs", {}), "sql");
  EXPECT_EQ(refusal("SELECT budget_fen FROM needs", {}), "sql") << "two rows";
  EXPECT_EQ(refusal("SELECT 1, 2", {}), "sql");
  EXPECT_EQ(refusal("SELECT 1", "SELECT budget_fen FROM needs"), "rows_sql");
  EXPECT_EQ(refusal("SELECT 1", "SELECT id, title FROM needs"), "rows_sql");
  EXPECT_EQ(refusal("SELECT count(*) FROM nothing", {}), "sql");
  EXPECT_EQ(refusal("SELECT 1 / 0", {}), "sql") << "infinity is no figure";
  EXPECT_EQ(refusal("SELECT $from", {}), "sql") << "no days, no parameters";
}

TEST_P(AnalyticsTest, a_figure_is_asked_for_the_days_of_a_period) {
  world.new_need("一", 100);
  world.new_need("二", 250);
  const auto model = world.model();
  const auto of = [&](const std::string& sql, const std::string& from, const std::string& to, const std::optional<std::string>& rows = {}) {
    return model->figure_of({sql, rows, Sight::everything, FigureDays{*sql::parse_day(from), *sql::parse_day(to)}});
  };
  EXPECT_EQ(of("SELECT count(*) FROM needs WHERE deadline BETWEEN $from AND $to", "2026-04-01", "2026-06-30").value, 2);
  EXPECT_EQ(of("SELECT count(*) FROM needs WHERE deadline BETWEEN $from AND $to", "2026-07-01", "2026-09-30").value, 0);
  EXPECT_EQ(of("SELECT $to - $from + 1", "2026-01-01", "2026-12-31").value, 365) << "they are of type DATE";
  EXPECT_EQ(of("SELECT sum(budget_fen) FROM needs WHERE deadline < $from", "2026-01-01", "2026-12-31").value, std::nullopt);
  const auto rows = of("SELECT 1", "2026-04-01", "2026-06-30", "SELECT id FROM needs WHERE deadline >= $from");
  EXPECT_EQ(rows.row_ids.size(), 2u);
  EXPECT_FALSE(rows.by_days) << "the figure itself names no day";
  EXPECT_TRUE(of("SELECT year($from)", "2026-04-01", "2026-06-30").by_days);
  const auto refusal = [&](const std::string& sql) {
    try {
      of(sql, "2026-04-01", "2026-06-30");
    } catch (const Rejected& refused) {
      return refused.message().zh;
    }
    return std::string("taken");
  };
  EXPECT_EQ(refusal("SELECT 1 WHERE\n $until > $from"), "第 2 行第 2 个字：没有参数 $until");
  EXPECT_EQ(refusal("SELECT ?"), "没有参数 $1");
  EXPECT_EQ(refusal("SELECT $from"), "指标的查询要给出一个数，这里有 1 列") << "a day is no number";
  EXPECT_EQ(refusal("SELECT 1 / date_diff('day', $from, $from)"), "结果不是一个有限的数：多半是除以了零");
}

TEST_P(AnalyticsTest, days_are_those_of_the_region) {
  const auto model = world.model();
  EXPECT_EQ(world.value(*model, "SELECT CAST(TIMESTAMPTZ '2026-01-01 17:00:00+00' AS DATE)"), "2026-01-02");
  EXPECT_EQ(world.value(*model, "SELECT TIMESTAMPTZ '2025-12-31 16:00:00+00' >= DATE '2026-01-01'"), "true");
}

TEST_P(AnalyticsTest, what_never_ends_is_stopped_and_the_next_query_runs) {
  const auto model = world.model();
  try {
    model->ask(Sight::everything, "SELECT count(*) FROM range(10000000000) a, range(1000000) b", {.rows_max = 10, .deadline_ms = 200});
    FAIL() << "it ended";
  } catch (const Rejected& refused) {
    EXPECT_EQ(refused.code(), Code::invalid);
    EXPECT_NE(refused.message().zh.find("已停止"), std::string::npos);
    EXPECT_FALSE(refused.problems().at(0).remedy.en.empty());
  }
  EXPECT_EQ(world.value(*model, "SELECT 42"), "42");
}

TEST_P(AnalyticsTest, stopping_ends_what_runs) {
  auto model = world.model();
  std::thread asker([&] { EXPECT_THROW(model->ask(Sight::everything, "SELECT count(*) FROM range(10000000000) a, range(1000000) b", {.rows_max = 10, .deadline_ms = kPatienceMs}), Rejected); });
  std::thread stopper([&] { model->stop(); });
  stopper.join();
  asker.join();
  EXPECT_THROW(model->ask(Sight::everything, "SELECT 1"), Rejected);
}

TEST_P(AnalyticsTest, an_answer_says_when_there_was_more) {
  const auto model = world.model();
  const auto answer = model->ask(Sight::published, "SELECT * FROM range(100)", {.rows_max = 10, .deadline_ms = kPatienceMs});
  EXPECT_EQ(answer.rows.size(), 10U);
  EXPECT_FALSE(answer.complete);
}

TEST_P(AnalyticsTest, csv_guards_texts_and_leaves_numbers) {
  const auto model = world.model();
  const auto answer = model->ask(Sight::published, "SELECT -5 AS n, -0.5 AS x, '=1+1' AS t, NULL AS nothing, ['甲', '乙'] AS many, true AS yes, DATE '2026-01-21' AS d");
  EXPECT_EQ(csv_of(answer), "n,x,t,nothing,many,yes,d\r\n-5,-0.5,\"'=1+1\",,甲; 乙,true,2026-01-21\r\n");
  EXPECT_EQ(json_of(answer.rows[0][3]), json::value(nullptr));
}

TEST_P(AnalyticsTest, a_workbook_draws_what_the_page_draws) {
  const auto model = world.model();
  const auto charts = [&](const std::string& sql, AnswerChart chart) { return sheet_of(model->ask(Sight::published, sql), "行", chart).charts; };
  const std::string months = "SELECT range AS id, 'M' || range AS month, range * 2.5 AS n FROM range(100)";
  const auto drawn = charts("SELECT month, n FROM (" + months + ")", AnswerChart::bar);
  ASSERT_EQ(drawn.size(), 1u);
  EXPECT_EQ(drawn[0].kind, office::ChartKind::bars);
  EXPECT_EQ(std::tuple(drawn[0].title, drawn[0].labels, drawn[0].series.at(0).column, drawn[0].rows), std::tuple("n", 0u, 1u, kPointsMax));
  EXPECT_EQ(charts(months, AnswerChart::line).at(0).series.at(0).column, 0u) << "the first number";
  EXPECT_EQ(charts(months, AnswerChart::line).at(0).labels, 1u);
  EXPECT_TRUE(charts(months, AnswerChart::table).empty());
  EXPECT_TRUE(charts("SELECT 'a' AS t, 1 AS n", AnswerChart::bar).empty()) << "one row is no picture";
  EXPECT_TRUE(charts("SELECT range AS a FROM range(3)", AnswerChart::bar).empty()) << "nothing names the bars";
  EXPECT_TRUE(charts("SELECT [range] AS a, 'x' AS t FROM range(3)", AnswerChart::bar).empty()) << "a list is no number";
}

TEST_P(AnalyticsTest, saved_queries_are_read_by_all_analysts_and_changed_by_their_owner) {
  const Queries queries;
  const auto kept = world.run([&](store::Transaction& tx) { return queries.create(tx, world.department, {" 需求数 ", "SELECT count(*) FROM needs", {}}); });
  EXPECT_EQ(kept.title, "需求数");
  const auto edited = world.run([&](store::Transaction& tx) { return queries.edit(tx, world.department, kept.id, 1, {"需求数", "SELECT count(*) AS n FROM needs", json::object{{"kind", "bar"}}}); });
  EXPECT_EQ(edited.version, 2);
  EXPECT_EQ(queries.require(world.connection(), world.financier, kept.id).sql, "SELECT count(*) AS n FROM needs");
  EXPECT_EQ(queries.list(world.connection(), world.auditor).size(), 1U);
  const auto outcome = [&](auto&& command) -> std::string {
    try {
      world.run(command);
      return "ok";
    } catch (const Rejected& refused) {
      return std::string(code_name(refused.code()));
    }
  };
  const QueryWrite write{"x", "SELECT 1", {}};
  EXPECT_EQ(outcome([&](store::Transaction& tx) { queries.edit(tx, world.financier, kept.id, 2, write); }), "forbidden");
  EXPECT_EQ(outcome([&](store::Transaction& tx) { queries.edit(tx, world.department, kept.id, 1, write); }), "version_mismatch");
  EXPECT_EQ(outcome([&](store::Transaction& tx) { queries.create(tx, world.owner, write); }), "forbidden");
  EXPECT_EQ(outcome([&](store::Transaction& tx) { queries.create(tx, world.department, {"", "", {}}); }), "invalid");
  EXPECT_EQ(outcome([&](store::Transaction& tx) { queries.create(tx, world.department, {std::string(300, 'x'), "SELECT 1", {}}); }), "invalid");
  EXPECT_EQ(outcome([&](store::Transaction& tx) { queries.remove(tx, world.department, kept.id, 2); }), "ok");
  EXPECT_EQ(queries.list(world.connection(), world.auditor).size(), 0U);
  EXPECT_THROW(queries.require(world.connection(), world.auditor, kept.id), Rejected);
  EXPECT_EQ(world.connection().query_integer("SELECT COUNT(*) FROM saved_query_versions WHERE id = $1", {kept.id}), 3);
}

}  // namespace
}  // namespace jingwei::analytics
