// eval fit: what it learns from judgments that follow one feature alone, and what it refuses.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "io/file.h"
#include "match/eval.h"
#include "match/internal/weights.h"

namespace jingwei::match {
namespace {

/// Needs and supplies with the same words everywhere: only the place tells them apart, and only the local one is right.
class FitTest : public ::testing::Test {
 protected:
  void SetUp() override {
    io::make_folders(folder_);
    std::string supplies;
    std::string needs;
    for (int i = 0; i < 12; ++i) {
      supplies += fmt::format(R"({{"id":"near{0}","kind":"achievement","title":"主轴热误差补偿{0}","text":"机床主轴","region":"嘉兴南湖"}})", i) + "\n";
      supplies += fmt::format(R"({{"id":"far{0}","kind":"achievement","title":"主轴热误差补偿{0}","text":"机床主轴","region":"合肥蜀山"}})", i) + "\n";
      needs += fmt::format(R"({{"id":"m{0}","title":"主轴热误差补偿{0}","text":"机床主轴","region":"嘉兴南湖","judgments":{{"near{0}":3,"far{0}":0}}}})", i) + "\n";
    }
    io::write_file_atomically(folder_ / "s.jsonl", supplies);
    io::write_file_atomically(folder_ / "n.jsonl", needs);
    request_ = {folder_ / "s.jsonl", folder_ / "n.jsonl", folder_ / "w.yaml", 3, 0.001, false};
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  const Files files_ = Files::below(JINGWEI_SOURCE);
  const std::filesystem::path folder_ = std::filesystem::temp_directory_path() / "jingwei-fit-test";
  FitRequest request_;
};

TEST_F(FitTest, RaisesTheShareThatJudgmentsFollowAndWritesAWeightsFile) {
  const FitResult result = fit(files_, request_);
  double sum = 0;
  for (const auto& [name, share] : result.shares) sum += share;
  EXPECT_NEAR(sum, 1, 1e-9);
  EXPECT_GT(result.shares.at("region"), read_shares(files_, false).at("region"));
  EXPECT_EQ(result.folds.size(), 3U);
  EXPECT_GE(result.held_out, result.before - 1e-9);
  const Weights written = Weights::parse(io::read_file(folder_ / "w.yaml"), "w.yaml");
  EXPECT_NEAR(written.parts.at("region"), result.shares.at("region"), 0.001);
  EXPECT_EQ(written.parts_search, Weights::parse(io::read_file(files_.weights), "weights.yaml").parts_search);
  EXPECT_EQ(written.stop_words, Weights::parse(io::read_file(files_.weights), "weights.yaml").stop_words);
}

TEST_F(FitTest, GivesTheSameTwice) {
  const auto one = fit(files_, request_);
  const auto written = io::read_file(folder_ / "w.yaml");
  EXPECT_EQ(fit(files_, request_).shares, one.shares);
  EXPECT_EQ(io::read_file(folder_ / "w.yaml"), written);
}

TEST_F(FitTest, RefusesMoreFoldsThanNeeds) {
  request_.folds = 13;
  EXPECT_THROW((void)fit(files_, request_), Rejected);
}

}  // namespace
}  // namespace jingwei::match
