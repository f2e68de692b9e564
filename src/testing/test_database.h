// A fresh database for one test, dropped with it: SQLite in a folder of its own, or PostgreSQL on the server that the
// environment variable JINGWEI_TEST_POSTGRESQL names (a URL whose user may create databases). Tests run on both:
//
//   class FeedTest : public ::testing::TestWithParam<testing::Store> { … testing::TestDatabase database_{GetParam()}; };
//   JINGWEI_ON_BOTH_STORES(FeedTest);
//
// Without the variable the tests on PostgreSQL are not there at all, so a run never counts them as passed.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "store/internal/connections.h"
#include "store/store.h"

namespace jingwei::testing {

enum class Store { sqlite, postgresql };

inline std::string store_name(const ::testing::TestParamInfo<Store>& info) { return info.param == Store::sqlite ? "sqlite" : "postgresql"; }

/// Empty when there is no PostgreSQL to test with.
inline std::string postgresql_server() {
  const char* url = std::getenv("JINGWEI_TEST_POSTGRESQL");
  return url != nullptr ? url : "";
}

inline std::vector<Store> available_stores() {
  if (postgresql_server().empty()) return {Store::sqlite};
  return {Store::sqlite, Store::postgresql};
}

#define JINGWEI_ON_BOTH_STORES(fixture)                                                                       \
  INSTANTIATE_TEST_SUITE_P(Stores, fixture, ::testing::ValuesIn(::jingwei::testing::available_stores()),      \
                           ::jingwei::testing::store_name)

constexpr Timestamp kTestStart{1'769'000'000'000'000};  ///< 2026-01-21T12:53:20Z

class TestDatabase {
 public:
  explicit TestDatabase(Store store, Timestamp now = kTestStart) {
    static std::atomic<int> counter = 0;
    name_ = "jingwei_test_" + std::to_string(getpid()) + "_" + std::to_string(++counter);
    store::DatabaseOptions options;
    if (store == Store::sqlite) {
      folder_ = std::filesystem::temp_directory_path() / name_;
      std::filesystem::remove_all(folder_);
      std::filesystem::create_directories(folder_);
      options.sqlite_path = (folder_ / "jingwei.db").string();
      options.create = true;
    } else {
      const auto server = store::open_postgresql(postgresql_server());
      server->run("DROP DATABASE IF EXISTS " + name_);
      server->run("CREATE DATABASE " + name_ + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
      options.postgresql_url = with_database(postgresql_server(), name_);
    }
    database_ = std::make_unique<store::Database>(options, now);
  }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  ~TestDatabase() {
    std::error_code ignored;  // what is left over is in the temporary folder and harms no other test
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    else store::open_postgresql(postgresql_server())->run("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
  }

  store::Database& database() { return *database_; }
  /// Where SQLite's file is; empty on PostgreSQL.
  const std::filesystem::path& folder() const { return folder_; }

 private:
  /// postgresql://user@host:port/any?x=y with another database.
  static std::string with_database(const std::string& url, const std::string& name) {
    const auto authority = url.find("//");
    CHECK(authority != std::string::npos);
    const auto question = url.find('?');
    const auto slash = url.find('/', authority + 2);
    return url.substr(0, std::min(slash, question)) + "/" + name + (question == std::string::npos ? "" : url.substr(question));
  }

  std::string name_;
  std::filesystem::path folder_;
  std::unique_ptr<store::Database> database_;
};

}  // namespace jingwei::testing
