// What the node keeps of models: the file of vectors across crashes, and the queue. The rest needs an endpoint:
// tests/e2e/models.test.mjs.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "io/file.h"
#include "node/internal/model_queue.h"
#include "node/internal/model_texts.h"
#include "node/internal/vector_file.h"

namespace jingwei::node {
namespace {

class VectorFileTest : public ::testing::Test {
 protected:
  VectorFileTest() {
    folder = std::filesystem::temp_directory_path() / ("jingwei_vectors_" + std::to_string(getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
  }
  ~VectorFileTest() override { std::filesystem::remove_all(folder); }
  std::unique_ptr<VectorFile> open(const std::string& model = "m", std::size_t dimensions = 3) {
    return std::make_unique<VectorFile>(folder / "vectors", model, dimensions);
  }
  static std::map<std::string, std::vector<float>> all_of(const VectorFile& file) {
    std::map<std::string, std::vector<float>> all;
    file.each([&](const std::string& id, const TextDigest& digest, std::span<const float> vector) {
      EXPECT_EQ(digest, digest_of_text(id)) << id;
      all.emplace(id, std::vector<float>(vector.begin(), vector.end()));
    }, [] { return true; });
    return all;
  }

  std::filesystem::path folder;
};

TEST_F(VectorFileTest, what_was_put_is_there_after_a_restart_and_what_was_removed_is_not) {
  {
    const auto file = open();
    file->put("a", digest_of_text("a"), std::vector<float>{1, 2, 3});
    file->put("b", digest_of_text("b"), std::vector<float>{4, 5, 6});
    file->put("a", digest_of_text("a"), std::vector<float>{7, 8, 9});
    file->remove("b");
    file->remove("never there");
    file->put("c", digest_of_text("c"), std::vector<float>{0, 0, -1});
  }
  const auto file = open();
  EXPECT_EQ(all_of(*file), (std::map<std::string, std::vector<float>>{{"a", {7, 8, 9}}, {"c", {0, 0, -1}}}));
  EXPECT_EQ(file->digest("a"), digest_of_text("a"));
  EXPECT_FALSE(file->digest("b"));
  EXPECT_FALSE(file->vector("b"));
}

TEST_F(VectorFileTest, another_model_or_number_of_dimensions_starts_anew) {
  open()->put("a", digest_of_text("a"), std::vector<float>{1, 2, 3});
  EXPECT_EQ(open("other")->size(), 0u);
  EXPECT_EQ(open("m")->size(), 0u) << "the first model's vectors are gone";
  open()->put("a", digest_of_text("a"), std::vector<float>{1, 2, 3});
  EXPECT_EQ(open("m", 4)->size(), 0u);
}

TEST_F(VectorFileTest, cut_or_damaged_anywhere_it_keeps_the_whole_records_before_and_goes_on) {
  const auto path = folder / "vectors";
  {
    const auto file = open();
    for (const char* id : {"a", "b", "c"}) file->put(id, digest_of_text(id), std::vector<float>{1, 2, 3});
  }
  const std::string whole = io::read_file(path);
  std::mt19937 random(3);
  for (std::size_t length = 0; length <= whole.size(); ++length)
    for (const bool damaged : {false, true}) {
      std::string bytes = whole.substr(0, damaged ? whole.size() : length);
      if (damaged && length < whole.size()) bytes[length] = static_cast<char>(bytes[length] ^ (1 + static_cast<int>(random() % 255)));
      std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
      {
        const auto file = open();
        for (const auto& [id, vector] : all_of(*file)) EXPECT_EQ(vector, (std::vector<float>{1, 2, 3}));
        file->put("d", digest_of_text("d"), std::vector<float>{3, 2, 1});
      }
      const auto after = all_of(*open());
      ASSERT_TRUE(after.contains("d")) << "at " << length;
      EXPECT_EQ(after.at("d"), (std::vector<float>{3, 2, 1}));
    }
}

TEST_F(VectorFileTest, replaced_records_are_left_out_when_they_are_most_of_the_file) {
  {
    const auto file = open();
    for (int i = 0; i < 3'000; ++i) file->put("a", digest_of_text("a"), std::vector<float>{1, 2, static_cast<float>(i)});
    file->put("b", digest_of_text("b"), std::vector<float>{5, 5, 5});
  }
  const auto size = std::filesystem::file_size(folder / "vectors");
  const auto file = open();
  EXPECT_LT(std::filesystem::file_size(folder / "vectors") * 100, size);
  file->put("c", digest_of_text("c"), std::vector<float>{6, 6, 6});
  const std::map<std::string, std::vector<float>> expected{{"a", {1, 2, 2'999}}, {"b", {5, 5, 5}}, {"c", {6, 6, 6}}};
  EXPECT_EQ(all_of(*file), expected);
  EXPECT_EQ(all_of(*open()), expected);
}

TEST(ModelQueue, urgent_ids_come_first_each_waits_once_and_what_does_not_fit_is_remembered_as_left_out) {
  ModelQueue queue(3);
  for (const char* id : {"a", "b", "a"}) queue.push(id, false);
  queue.push("need", true);
  EXPECT_FALSE(queue.take_left_out());
  queue.push("too many", true);
  EXPECT_TRUE(queue.take_left_out());
  EXPECT_FALSE(queue.take_left_out()) << "said once";
  EXPECT_EQ(queue.size(), 3u);
  EXPECT_EQ(queue.pop(), "need");
  EXPECT_EQ(queue.pop(), "a");
  queue.push("a", false);
  EXPECT_EQ(queue.pop(), "b");
  EXPECT_EQ(queue.pop(), "a");
  EXPECT_FALSE(queue.pop());
  queue.stop();
  queue.wait(1'000'000'000, false);
  EXPECT_TRUE(queue.stopping());
}

}  // namespace
}  // namespace jingwei::node
