// The store on both databases: batches, savepoints, the feed, idempotency keys, migrations, backup.
#include "store/store.h"

#include <gtest/gtest.h>

#include <future>
#include <random>
#include <set>

#include "base/described.h"
#include "io/file.h"
#include "testing/test_database.h"

namespace jingwei::store {
namespace {

using testing::Store;
using testing::TestDatabase;

class StoreTest : public ::testing::TestWithParam<Store> {
 protected:
  std::int64_t count(const std::string& table) { return database_.database().connect(true)->query_integer("SELECT COUNT(*) FROM " + table).value_or(-1); }

  TestDatabase database_{GetParam()};
  io::ManualClock clock_{testing::kTestStart};
  io::SeededRandom random_{7};
  FeedSignal signal_;
  Writer writer_{database_.database(), clock_, random_, signal_};
};

void put_meta(Transaction& tx, const std::string& name, const std::string& value) {
  tx.execute("INSERT INTO meta (name, value) VALUES ($1, $2)", {name, value});
  tx.append_feed("meta", "put", name, 1);
}

TEST_P(StoreTest, ARefusedCommandLeavesNothingAndDoesNotHurtItsNeighbours) {
  // One batch of three: the writer is held by the first command until the others are queued.
  std::promise<void> queued;
  std::vector<std::future<bool>> outcomes;
  const auto submit = [&](Command command) {
    auto done = std::make_shared<std::promise<bool>>();
    outcomes.push_back(done->get_future());
    writer_.submit(std::move(command), [done](std::exception_ptr error) { done->set_value(!error); });
  };
  submit([&](Transaction&) { queued.get_future().wait(); });
  submit([](Transaction& tx) { put_meta(tx, "before", "1"); });
  submit([](Transaction& tx) {
    put_meta(tx, "refused", "1");
    tx.append_leaf({"stm_x", "k", "s", "{}", {}, [] { return Bytes{1}; }});
    throw Rejected(Code::invalid, {"不行", "no"});
  });
  submit([](Transaction& tx) { put_meta(tx, "after", "1"); });
  queued.set_value();
  EXPECT_TRUE(outcomes[1].get());
  EXPECT_FALSE(outcomes[2].get());
  EXPECT_TRUE(outcomes[3].get());
  const auto reader = database_.database().connect(true);
  EXPECT_FALSE(reader->query_text("SELECT value FROM meta WHERE name = 'refused'"));
  EXPECT_EQ(count("statements"), 0);
  const auto feed = read_feed(*reader, 0);
  ASSERT_EQ(feed.size(), 2u);
  EXPECT_EQ(feed[0].subject, "before");
  EXPECT_EQ(feed[1].subject, "after");
  EXPECT_EQ(feed[1].seq, 2) << "numbers of a refused command are given out again";
}

TEST_P(StoreTest, AFailingStatementUndoesItsCommandOnly) {
  EXPECT_THROW(writer_.run([](Transaction& tx) {
    put_meta(tx, "half", "1");
    tx.execute("INSERT INTO meta (name, value) VALUES ($1, $2)", {"half", "again"});
  }), StoreError);
  writer_.run([](Transaction& tx) { put_meta(tx, "next", "1"); });
  EXPECT_EQ(count("meta"), 1);
}

TEST_P(StoreTest, LeavesAreSealedInOrderWithTheirBatch) {
  for (int i = 0; i < 50; ++i)
    writer_.run([&](Transaction& tx) {
      const auto leaf = tx.append_leaf({"stm_" + std::to_string(i), "kind", "subject", "{}", {}, [i] { return Bytes{static_cast<std::uint8_t>(i)}; }});
      EXPECT_EQ(leaf, i);
    });
  std::int64_t expected = 0;
  database_.database().connect(true)->query("SELECT leaf, cose FROM statements ORDER BY leaf", {}, [&](const Row& row) {
    EXPECT_EQ(row.integer(0), expected);
    ASSERT_EQ(row.bytes(1).size(), 1u);
    EXPECT_EQ(row.bytes(1)[0], expected);
    ++expected;
  });
  EXPECT_EQ(expected, 50);
}

TEST_P(StoreTest, ManyThreadsGetOneOrderWithoutGaps) {
  constexpr int kThreads = 8;
  constexpr int kEach = 100;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) writer_.run([&](Transaction& tx) { put_meta(tx, std::to_string(t) + "/" + std::to_string(i), "x"); });
    });
  for (auto& thread : threads) thread.join();
  const auto reader = database_.database().connect(true);
  const auto feed = read_feed(*reader, 0);
  ASSERT_EQ(feed.size(), kThreads * kEach);
  std::set<std::string> subjects;
  for (std::size_t i = 0; i < feed.size(); ++i) {
    EXPECT_EQ(feed[i].seq, static_cast<std::int64_t>(i) + 1);
    subjects.insert(feed[i].subject);
  }
  EXPECT_EQ(subjects.size(), feed.size());
}

TEST_P(StoreTest, AFollowerSeesEveryRecordOnceInOrder) {
  std::mutex mutex;
  std::vector<std::int64_t> seen;
  FeedFollower follower(database_.database(), signal_, "test", 0, [&](Connection&, std::span<const FeedRecord> records) {
    const std::lock_guard lock(mutex);
    for (const auto& record : records) seen.push_back(record.seq);
  });
  for (int i = 0; i < 30; ++i) writer_.run([&](Transaction& tx) { put_meta(tx, std::to_string(i), "x"); });
  ASSERT_TRUE(follower.wait_applied(30, 10'000));
  follower.stop();
  const std::lock_guard lock(mutex);
  ASSERT_EQ(seen.size(), 30u);
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], static_cast<std::int64_t>(i) + 1);
}

TEST_P(StoreTest, AFollowerThatThrowsGetsTheSameRecordsAgain) {
  std::atomic<int> calls = 0;
  std::atomic<std::int64_t> first = 0;
  FeedFollower follower(database_.database(), signal_, "test", 0, [&](Connection&, std::span<const FeedRecord> records) {
    if (++calls == 1) throw std::runtime_error("once");
    first = records.front().seq;
  });
  writer_.run([](Transaction& tx) { put_meta(tx, "a", "x"); });
  ASSERT_TRUE(follower.wait_applied(1, 10'000));
  EXPECT_EQ(first, 1);
}

TEST_P(StoreTest, AnIdempotencyKeyGivesTheSameAnswerAndOnlyToTheSameRequest) {
  const auto ask = [&](const std::string& digest) {
    return writer_.run([&](Transaction& tx) {
      if (auto answer = find_answer(tx, "account_1", "key", digest)) return "kept " + answer->body;
      put_meta(tx, "made", "x");
      keep_answer(tx, "account_1", "key", digest, {201, "{}", "first"});
      return std::string("made");
    });
  };
  EXPECT_EQ(ask("d1"), "made");
  EXPECT_EQ(ask("d1"), "kept first");
  try {
    ask("d2");
    FAIL() << "another request under the same key must be refused";
  } catch (const Rejected& rejected) {
    EXPECT_EQ(rejected.code(), Code::conflict);
  }
  clock_.advance_us((kIdempotencyKeptDays + 1) * kMicrosPerDay);
  EXPECT_EQ(writer_.run([](Transaction& tx) { return drop_old_answers(tx); }), 1);
}

TEST_P(StoreTest, ABackupOfOneDatabaseRestoresIntoTheOther) {
  for (int i = 0; i < 20; ++i)
    writer_.run([&](Transaction& tx) {
      put_meta(tx, "名称 " + std::to_string(i), "引号 \" 换行 \n 表情 😀");
      tx.append_leaf({"stm_" + std::to_string(i), "k", "s", "{\"a\":1}", {9, 0, 255}, [] { return Bytes{0, 1, 2, 255}; }});
    });
  const auto folder = std::filesystem::temp_directory_path() / ("jingwei_backup_" + std::to_string(getpid()));
  std::filesystem::remove_all(folder);
  const auto made = backup(database_.database(), folder.string(), clock_.now());
  EXPECT_EQ(made.leaf_count, 20);
  for (const Store target : testing::available_stores()) {
    TestDatabase fresh(target);
    const auto restored = restore(fresh.database(), folder.string());
    EXPECT_EQ(restored.rows, made.rows);
    const auto again = std::filesystem::temp_directory_path() / ("jingwei_backup_again_" + std::to_string(getpid()));
    std::filesystem::remove_all(again);
    backup(fresh.database(), again.string(), clock_.now());
    for (const auto* file : {"meta.jsonl", "feed.jsonl", "statements.jsonl", "heads.jsonl"})
      EXPECT_EQ(io::read_file(folder / file), io::read_file(again / file)) << file;
    EXPECT_THROW(restore(fresh.database(), folder.string()), Rejected) << "a database in use is never overwritten";
    std::filesystem::remove_all(again);
  }
  std::string spoiled = io::read_file(folder / "meta.jsonl");
  spoiled.back() = ' ';
  io::write_file_atomically(folder / "meta.jsonl", spoiled);
  TestDatabase fresh(GetParam());
  EXPECT_THROW(restore(fresh.database(), folder.string()), Rejected) << "a changed file is noticed before the first write";
  std::filesystem::remove_all(folder);
}

TEST_P(StoreTest, ABackupMadeBeforeATableCameIsRestored) {
  writer_.run([&](Transaction& tx) { put_meta(tx, "a", "1"); });
  const auto folder = std::filesystem::temp_directory_path() / ("jingwei_old_backup_" + std::to_string(getpid()));
  std::filesystem::remove_all(folder);
  backup(database_.database(), folder.string(), clock_.now());
  json::object manifest = parse_json(io::read_file(folder / "manifest.json")).as_object();
  manifest.erase("schema");
  manifest.erase("sha256");
  const std::set<std::string_view> later{"feedback", "feedback_versions", "rounds", "round_pairs", "round_exposure",
                                         "digests", "digest_reads", "split_proposals", "saved_queries", "saved_query_versions",
                                         "policy_lists", "policy_list_members", "steering_items", "steering_versions",
                                         "attachments", "plan_drafts", "appraisal_confirmations"};
  json::array tables;
  for (const auto& table : manifest["tables"].as_array())
    if (!later.contains(std::string_view(table.at("name").as_string()))) tables.push_back(table);
  manifest["tables"] = tables;
  for (const auto table : later) std::filesystem::remove(folder / (std::string(table) + ".jsonl"));
  io::write_file_atomically(folder / "manifest.json", json::serialize(manifest));
  TestDatabase fresh(GetParam());
  EXPECT_GT(restore(fresh.database(), folder.string()).rows, 0);
  manifest["schema"] = 1'000'000;
  io::write_file_atomically(folder / "manifest.json", json::serialize(manifest));
  TestDatabase other(GetParam());
  EXPECT_THROW(restore(other.database(), folder.string()), Rejected) << "a newer program's backup";
  std::filesystem::remove_all(folder);
}

TEST_P(StoreTest, BackupKnowsEveryColumnOfEveryTable) {
  const auto folder = std::filesystem::temp_directory_path() / ("jingwei_columns_" + std::to_string(getpid()));
  std::filesystem::remove_all(folder);
  backup(database_.database(), folder.string(), clock_.now());
  const auto reader = database_.database().connect(true);
  const std::string sql =
      reader->is_postgresql()
          ? "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, ordinal_position"
          : "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1, c.cid";
  std::map<std::string, std::string> columns;
  reader->query(sql, {}, [&](const Row& row) {
    std::string& list = columns[row.string(0)];
    list += (list.empty() ? "[\"" : ",\"") + row.string(1) + "\"";
  });
  columns.erase("schema_migrations");
  EXPECT_GE(columns.size(), 15u);
  for (const auto& [table, list] : columns) {
    ASSERT_TRUE(io::file_exists(folder / (table + ".jsonl"))) << table << " is not backed up";
    const std::string content = io::read_file(folder / (table + ".jsonl"));
    EXPECT_EQ(content.substr(0, content.find('\n')), list + "]") << table;
  }
  std::filesystem::remove_all(folder);
}

TEST_P(StoreTest, AChangedOrNewerSchemaIsRefusedAtStart) {
  const auto reopen = [&] {
    DatabaseOptions options = database_.database().options();
    Database again(options, clock_.now());
  };
  EXPECT_NO_THROW(reopen());
  database_.database().connect()->run("INSERT INTO schema_migrations (name, digest, applied_us) VALUES ('9999_future.sql', 'x', 0)");
  EXPECT_THROW(reopen(), StoreError);
  database_.database().connect()->run("DELETE FROM schema_migrations WHERE name = '9999_future.sql'; UPDATE schema_migrations SET digest = 'other'");
  EXPECT_THROW(reopen(), StoreError);
}

TEST_P(StoreTest, ManyValuesComeBackAsTheyWent) {
  const Bytes bytes = {0, 1, 127, 128, 255};
  const std::string text = "经纬 'quoted' \"double\" \\ \n\t 😀";
  writer_.run([&](Transaction& tx) {
    tx.execute("INSERT INTO statements (leaf, id, kind, subject, at_us, cose, public_text, salt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
               {INT64_MAX, text, "", "s", INT64_MIN, ByteView(bytes), text, ByteView()});
  });
  int rows = 0;
  database_.database().connect(true)->query("SELECT leaf, id, kind, at_us, cose, salt FROM statements", {}, [&](const Row& row) {
    ++rows;
    EXPECT_EQ(row.integer(0), INT64_MAX);
    EXPECT_EQ(row.text(1), text);
    EXPECT_EQ(row.text(2), "");
    EXPECT_EQ(row.integer(3), INT64_MIN);
    EXPECT_EQ(Bytes(row.bytes(4).begin(), row.bytes(4).end()), bytes);
    EXPECT_EQ(row.bytes(5).size(), 0u);
    EXPECT_FALSE(row.is_null(5));
  });
  EXPECT_EQ(rows, 1);
}

JINGWEI_ON_BOTH_STORES(StoreTest);

// Two replicas on one PostgreSQL: the advisory lock gives their commands one order.
TEST(Replicas, TwoWritersOnOnePostgresqlKeepOneOrder) {
  if (testing::postgresql_server().empty()) GTEST_SKIP() << "needs JINGWEI_TEST_POSTGRESQL";
  TestDatabase shared(Store::postgresql);
  io::SystemClock clock;
  io::SystemRandom random;
  FeedSignal signal_a;
  FeedSignal signal_b;
  Writer a(shared.database(), clock, random, signal_a);
  Writer b(shared.database(), clock, random, signal_b);
  FeedFollower follower(shared.database(), signal_b, "replica b", 0, [](Connection&, std::span<const FeedRecord>) {});
  constexpr int kEach = 150;
  const auto work = [&](Writer& writer, const std::string& name) {
    for (int i = 0; i < kEach; ++i)
      writer.run([&](Transaction& tx) {
        put_meta(tx, name + std::to_string(i), "x");
        tx.append_leaf({"stm_" + name + std::to_string(i), "k", "s", "{}", {}, [] { return Bytes{7}; }});
      });
  };
  std::thread other([&] { work(a, "a"); });
  work(b, "b");
  other.join();
  const auto reader = shared.database().connect(true);
  EXPECT_EQ(reader->query_integer("SELECT feed_seq FROM heads"), 2 * kEach);
  EXPECT_EQ(reader->query_integer("SELECT COUNT(*) FROM feed"), 2 * kEach);
  EXPECT_EQ(reader->query_integer("SELECT COUNT(*) FROM statements"), 2 * kEach);
  EXPECT_EQ(reader->query_integer("SELECT MAX(leaf) FROM statements"), 2 * kEach - 1);
  EXPECT_TRUE(follower.wait_applied(2 * kEach, 10'000)) << "a replica sees the other's commits without being told";
}

TEST(Database, AMissingFileIsAnErrorAndNotANewDatabase) {
  DatabaseOptions options;
  options.sqlite_path = (std::filesystem::temp_directory_path() / "jingwei_no_such.db").string();
  EXPECT_THROW(Database(options, {0}), StoreError);
  EXPECT_FALSE(io::file_exists(options.sqlite_path));
}

TEST(Writer, AFullQueueIsRefusedNotGrown) {
  TestDatabase database(Store::sqlite);
  io::ManualClock clock(testing::kTestStart);
  io::SeededRandom random(1);
  FeedSignal signal;
  std::promise<void> go;
  std::size_t refused = 0;
  {
    Writer writer(database.database(), clock, random, signal);
    writer.submit([&](Transaction&) { go.get_future().wait(); }, nullptr);
    for (std::size_t i = 0; i < kWriterQueueMax + kBatchCommandsMax + 10; ++i) {
      try {
        writer.submit([](Transaction&) {}, nullptr);
      } catch (const Rejected& rejected) {
        EXPECT_EQ(rejected.code(), Code::unavailable);
        ++refused;
      }
    }
    go.set_value();
  }
  EXPECT_GE(refused, 10u) << "the first batch may have taken kBatchCommandsMax of them";
}

}  // namespace
}  // namespace jingwei::store
