// Statements, receipts and the log that follows the database.
#include "evidence/evidence.h"

#include <gtest/gtest.h>

#include "io/folder.h"
#include "testing/test_database.h"

namespace jingwei::evidence {
namespace {

using testing::Store;
using testing::TestDatabase;

const std::string kOrigin = "test.example/330400";

class EvidenceTest : public ::testing::TestWithParam<Store> {
 protected:
  EvidenceTest() {
    tlog::TileLog::create(folder_, kOrigin, key_);
    log_ = tlog::TileLog::open(folder_, kOrigin, key_);
  }
  ~EvidenceTest() override { std::filesystem::remove_all(folder_path_); }

  std::string issue(const std::string& kind, json::object public_part, std::optional<json::object> private_part = {}) {
    return writer_.run([&](store::Transaction& tx) {
      tx.append_feed("test", "stated", "s", 1);
      return issuer_.issue(tx, {kind, "ach_1", std::move(public_part), std::move(private_part)});
    });
  }
  tlog::ProofPolicy policy() const { return {{issuer_.verifier_key()}, {}, 0}; }

  static std::filesystem::path fresh_folder() {
    static int counter = 0;
    const auto path = std::filesystem::temp_directory_path() / ("jingwei_log_" + std::to_string(getpid()) + "_" + std::to_string(++counter));
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
    return path;
  }

  std::filesystem::path folder_path_ = fresh_folder();
  io::DiskFolder folder_{folder_path_};
  TestDatabase database_{GetParam()};
  io::ManualClock clock_{testing::kTestStart};
  io::SeededRandom random_{11};
  crypto::KeyPair key_ = crypto::KeyPair::generate(random_);
  Issuer issuer_{kOrigin, key_};
  store::FeedSignal signal_;
  store::Writer writer_{database_.database(), clock_, random_, signal_};
  std::unique_ptr<tlog::TileLog> log_;
};

TEST_P(EvidenceTest, AReceiptVerifiesOfflineAndSaysWhatWasStated) {
  LogKeeper keeper(database_.database(), signal_, *log_, clock_);
  const std::string id = issue("entry_published", {{"title", "耐电解液密封圈"}}, json::object{{"floor_price_fen", 1}});
  for (int i = 0; i < 5; ++i) issue("other", {{"n", i}});
  ASSERT_TRUE(keeper.wait_published(5, 10'000));
  const auto reader = database_.database().connect(true);
  const std::string receipt = make_receipt(*reader, *log_, id);
  const auto verdict = verify_receipt(receipt, policy());
  EXPECT_TRUE(verdict.valid);
  EXPECT_GE(verdict.checks.size(), 4u);
  ASSERT_TRUE(verdict.statement);
  EXPECT_EQ(verdict.statement->kind, "entry_published");
  EXPECT_EQ(verdict.statement->subject, "ach_1");
  EXPECT_EQ(verdict.statement->public_part.at("title").as_string(), "耐电解液密封圈");
  EXPECT_EQ(verdict.statement->issuer, kOrigin);
  EXPECT_EQ(receipt.find("floor_price"), std::string::npos) << "the private part never leaves the node";
}

TEST_P(EvidenceTest, EveryChangedByteOfAReceiptIsNoticed) {
  LogKeeper keeper(database_.database(), signal_, *log_, clock_);
  const std::string id = issue("deal_accepted", {{"deal", "deal_1"}});
  issue("other", {{"n", 1}});
  ASSERT_TRUE(keeper.wait_published(1, 10'000));
  const std::string receipt = make_receipt(*database_.database().connect(true), *log_, id);
  ASSERT_TRUE(verify_receipt(receipt, policy()).valid);
  for (std::size_t i = 0; i < receipt.size(); ++i) {
    std::string changed = receipt;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(verify_receipt(changed, policy()).valid) << "byte " << i << " was '" << receipt[i] << "'";
  }
  for (std::size_t length = 0; length < receipt.size(); length += 7) EXPECT_FALSE(verify_receipt(receipt.substr(0, length), policy()).valid);
}

TEST_P(EvidenceTest, AnotherNodesKeyIsNotBelieved) {
  LogKeeper keeper(database_.database(), signal_, *log_, clock_);
  const std::string id = issue("k", {});
  ASSERT_TRUE(keeper.wait_published(0, 10'000));
  const std::string receipt = make_receipt(*database_.database().connect(true), *log_, id);
  const Issuer other(kOrigin, crypto::KeyPair::generate(random_));
  EXPECT_FALSE(verify_receipt(receipt, {{other.verifier_key()}, {}, 0}).valid);
  EXPECT_FALSE(verify_receipt(receipt, {{}, {}, 0}).valid);
}

TEST_P(EvidenceTest, ThePrivatePartIsSaltedSoThatItCannotBeGuessed) {
  issue("k", {}, json::object{{"price", 5}});
  issue("k", {}, json::object{{"price", 5}});
  std::vector<crypto::Digest> digests;
  database_.database().connect(true)->query("SELECT cose, salt FROM statements ORDER BY leaf", {}, [&](const store::Row& row) {
    const auto claims = read_claims(crypto::parse_cose_sign1(row.bytes(0)));
    ASSERT_TRUE(claims.private_digest);
    EXPECT_EQ(row.bytes(1).size(), kSaltBytes);
    EXPECT_EQ(*claims.private_digest, crypto::sha256({row.bytes(1), as_bytes("{\"price\":5}")}));
    digests.push_back(*claims.private_digest);
  });
  ASSERT_EQ(digests.size(), 2u);
  EXPECT_NE(digests[0], digests[1]);
}

TEST_P(EvidenceTest, AStatementIsInTheLogOnlyWhenItsActIsCommitted) {
  EXPECT_THROW(writer_.run([&](store::Transaction& tx) {
    issuer_.issue(tx, {"k", "s", {}, {}});
    throw Rejected(Code::invalid, {"不行", "no"});
  }), Rejected);
  issue("k", {});
  EXPECT_EQ(database_.database().connect(true)->query_integer("SELECT COUNT(*) FROM statements"), 1);
}

TEST_P(EvidenceTest, ALogAheadOfItsDatabaseIsNotContinued) {
  {
    LogKeeper keeper(database_.database(), signal_, *log_, clock_);
    for (int i = 0; i < 3; ++i) issue("k", {{"n", i}});
    ASSERT_TRUE(keeper.wait_published(2, 10'000));
  }
  writer_.run([](store::Transaction& tx) {
    tx.execute("DELETE FROM statements WHERE leaf = 2", {});
    tx.execute("UPDATE heads SET leaf_count = 2", {});
  });
  writer_.run([](store::Transaction&) {});
  const auto leaves = database_.database().connect(true)->query_integer("SELECT COUNT(*) FROM statements");
  ASSERT_EQ(leaves, 2);
  EXPECT_THROW(LogKeeper(database_.database(), signal_, *log_, clock_), Rejected);
}

TEST_P(EvidenceTest, ALostLogIsRebuiltTheSame) {
  std::string before;
  {
    LogKeeper keeper(database_.database(), signal_, *log_, clock_);
    for (int i = 0; i < 300; ++i) issue("k", {{"n", i}});
    ASSERT_TRUE(keeper.wait_published(299, 20'000));
    before = log_->checkpoint_text();
  }
  const auto second_path = folder_path_.string() + "_second";
  std::filesystem::remove_all(second_path);
  std::filesystem::create_directories(second_path);
  io::DiskFolder second_folder{second_path};
  tlog::TileLog::create(second_folder, kOrigin, key_);
  const auto second = tlog::TileLog::open(second_folder, kOrigin, key_);
  LogKeeper keeper(database_.database(), signal_, *second, clock_);
  EXPECT_EQ(second->checkpoint_text(), before);
  keeper.stop();
  std::filesystem::remove_all(second_path);
}

JINGWEI_ON_BOTH_STORES(EvidenceTest);

}  // namespace
}  // namespace jingwei::evidence
