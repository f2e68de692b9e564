// Vectors of meaning: the graph against comparing everything, and what they change in a match.
#include "match/meaning.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>
#include <sstream>

#include "base/text.h"
#include "match/internal/test_engine.h"
#include "testing/text_cases.h"

namespace jingwei::match {
namespace {

std::vector<float> random_vector(std::mt19937& random, std::size_t dimensions) {
  std::normal_distribution<float> number;
  std::vector<float> vector(dimensions);
  for (float& one : vector) one = number(random);
  return vector;
}

/// Around one of a few middles, as texts of one trade lie.
std::vector<std::vector<float>> clustered(std::size_t count, std::size_t dimensions, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::vector<float>> middles;
  for (int i = 0; i < 40; ++i) middles.push_back(random_vector(random, dimensions));
  std::vector<std::vector<float>> vectors;
  for (std::size_t i = 0; i < count; ++i) {
    auto vector = random_vector(random, dimensions);
    const auto& middle = middles[random() % middles.size()];
    for (std::size_t d = 0; d < dimensions; ++d) vector[d] = vector[d] * 0.7F + middle[d];
    vectors.push_back(std::move(vector));
  }
  return vectors;
}

double cosine(std::span<const float> a, std::span<const float> b) {
  double product = 0, length_a = 0, length_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    product += a[i] * b[i];
    length_a += a[i] * a[i];
    length_b += b[i] * b[i];
  }
  return product / std::sqrt(length_a * length_b);
}

std::vector<std::string> ids_of(const std::vector<Meanings::Near>& near) {
  std::vector<std::string> ids;
  for (const auto& one : near) ids.push_back(one.id);
  return ids;
}

constexpr std::size_t kDimensions = 24;
constexpr std::size_t kMany = 6'000;  // more than are compared one by one

/// Share of the true nearest 20 that pass, which the graph finds.
double share_found(const Meanings& meanings, const std::vector<std::vector<float>>& vectors, std::span<const float> query, auto&& passes) {
  std::vector<std::pair<double, std::size_t>> all;
  for (std::size_t i = 0; i < vectors.size(); ++i)
    if (passes(i)) all.emplace_back(-cosine(query, vectors[i]), i);
  std::sort(all.begin(), all.end());
  all.resize(20);
  const auto near = meanings.nearest(query, 20, [&](std::string_view id) { return passes(std::stoul(std::string(id))); });
  std::set<std::string> found;
  for (const auto& one : near) {
    EXPECT_TRUE(passes(std::stoul(one.id))) << "the filter is honoured";
    EXPECT_NEAR(one.cosine, cosine(query, vectors[std::stoul(one.id)]), 1e-4);
    found.insert(one.id);
  }
  double share = 0;
  for (const auto& [far, i] : all) share += found.contains(std::to_string(i)) ? 1.0 / 20 : 0;
  return share;
}

TEST(Meanings, the_graph_finds_nearly_what_comparing_everything_finds_with_and_without_a_filter) {
  const auto vectors = clustered(kMany, kDimensions, 7);
  Meanings meanings;
  meanings.begin(kDimensions);
  for (std::size_t i = 0; i < vectors.size(); ++i) meanings.put(std::to_string(i), vectors[i]);
  ASSERT_EQ(meanings.size(), kMany);
  const auto queries = clustered(20, kDimensions, 7'007);
  double all = 0, tenth = 0, hundredth = 0;
  for (const auto& query : queries) {
    all += share_found(meanings, vectors, query, [](std::size_t) { return true; }) / 20;
    tenth += share_found(meanings, vectors, query, [](std::size_t i) { return i % 10 == 3; }) / 20;
    hundredth += share_found(meanings, vectors, query, [](std::size_t i) { return i % 100 == 3; }) / 20;
  }
  EXPECT_GT(all, 0.95);
  EXPECT_GT(tenth, 0.95);
  EXPECT_GT(hundredth, 0.9);
}

TEST(Meanings, removed_and_replaced_vectors_are_never_found_as_they_were) {
  const auto vectors = clustered(kMany, kDimensions, 11);
  Meanings meanings;
  meanings.begin(kDimensions);
  for (std::size_t i = 0; i < vectors.size(); ++i) meanings.put(std::to_string(i), vectors[i]);
  // More than half goes, so the graph is made anew on the way; of what stays some take the place of others.
  for (std::size_t i = 0; i < vectors.size(); ++i)
    if (i % 4 != 0) meanings.remove(std::to_string(i));
  meanings.remove("never there");
  meanings.put("0", vectors[1]);
  EXPECT_EQ(meanings.size(), kMany / 4);
  const auto near = meanings.nearest(vectors[1], 5, [](std::string_view) { return true; });
  ASSERT_FALSE(near.empty());
  EXPECT_EQ(near[0].id, "0");
  EXPECT_NEAR(near[0].cosine, 1, 1e-5);
  for (const auto& one : near) EXPECT_EQ(std::stoul(one.id) % 4, 0u);
  double sum = 0;
  for (std::size_t i = 0; i < vectors.size(); i += 4) sum += cosine(vectors[9], vectors[i == 0 ? 1 : i]);
  EXPECT_NEAR(meanings.usual(vectors[9]), sum / (kMany / 4), 1e-5);
}

TEST(Meanings, a_vector_that_is_none_is_refused_and_changes_nothing) {
  Meanings meanings;
  EXPECT_THROW(meanings.put("a", std::vector<float>{1, 2}), Rejected) << "not begun";
  meanings.begin(2);
  EXPECT_THROW(meanings.begin(kDimensionsMax + 1), Rejected);
  EXPECT_THROW(meanings.put("a", std::vector<float>{1}), Rejected);
  EXPECT_THROW(meanings.put("a", std::vector<float>{0, 0}), Rejected);
  EXPECT_THROW(meanings.put("a", std::vector<float>{NAN, 1}), Rejected);
  EXPECT_EQ(meanings.size(), 0u);
  meanings.put("a", std::vector<float>{3, 4});
  EXPECT_TRUE(meanings.nearest(std::vector<float>{1, 2, 3}, 5, [](std::string_view) { return true; }).empty()) << "another model's vector";
  EXPECT_EQ(ids_of(meanings.nearest(std::vector<float>{1, 0}, 5, [](std::string_view) { return true; })), std::vector<std::string>{"a"});
}

// ---- what they change in a match ----------------------------------------------------------------------------------

class MeaningMatch : public ::testing::Test {
 protected:
  MeaningMatch() {
    engine->put(Document{"words", "achievement", "阀体盐雾起泡的阳极氧化处理", "铝合金阀体表面处理，盐雾 720 小时不起泡", "chem.surface", "330411"});
    engine->put(Document{"meaning", "achievement", "夜莺二期", "星港书院馆藏", "chem.surface", "330411"});
    engine->put(Document{"other", "achievement", "仓库盘点小车", "自动识别货架标签", "ai.software", "330411"});
    engine->put(Document{"fund", "fund", "科技贷款", "面向成长期企业的信用贷款", "", "330400"});
    need.title = "阀门外壳盐雾试验过不了";
    need.text = "阀体盐雾 240 小时就起泡";
    need.region = "330402";
  }
  std::string shown(const Matches& matches) {
    std::string text;
    for (const Item& item : matches.items) {
      text += item.id;
      for (const auto& [part, value] : item.parts) text += fmt::format(" {}={:.6f}", part, value);
      for (const Reason& reason : item.reasons) text += "|" + reason.text.zh;
      text += fmt::format(" {:.9f}\n", item.score);
    }
    return text;
  }
  const Item* find(const Matches& matches, std::string_view id) {
    for (const Item& item : matches.items)
      if (item.id == id) return &item;
    return nullptr;
  }

  std::unique_ptr<Engine> engine = new_engine();
  Need need;
};

TEST_F(MeaningMatch, without_vectors_and_with_those_of_another_model_every_answer_is_what_it_was) {
  const std::string before = shown(engine->match(need));
  need.meaning = {1, 0, 0};
  EXPECT_EQ(shown(engine->match(need)), before) << "a need's vector alone";
  engine->meanings().begin(2);
  engine->meanings().put("other", std::vector<float>{1, 0});
  EXPECT_EQ(shown(engine->match(need)), before) << "another number of dimensions";
  need.meaning.clear();
  EXPECT_EQ(shown(engine->match(need)), before) << "vectors of supplies alone";
}

TEST_F(MeaningMatch, a_supply_without_shared_words_but_near_in_meaning_appears_with_its_part_and_reason) {
  ASSERT_EQ(find(engine->match(need), "meaning"), nullptr) << "words alone do not find it";
  engine->meanings().begin(3);
  engine->meanings().put("words", std::vector<float>{0.9F, 0.1F, 0.1F});
  engine->meanings().put("meaning", std::vector<float>{0.8F, 0.2F, 0.1F});
  engine->meanings().put("other", std::vector<float>{0, 1, 0});
  engine->meanings().put("fund", std::vector<float>{0, 0, 1});
  need.meaning = {1, 0, 0};
  const auto matches = engine->match(need);
  const Item* found = find(matches, "meaning");
  ASSERT_NE(found, nullptr);
  EXPECT_GT(found->parts.at("meaning"), 0.5);
  ASSERT_FALSE(found->reasons.empty());
  EXPECT_EQ(found->reasons[0].kind, ReasonKind::meaning);
  EXPECT_NE(found->reasons[0].text.zh.find("意思相近"), std::string::npos);
  EXPECT_EQ(matches.items[0].id, "words") << "who shares words and meaning stays first";
  EXPECT_EQ(find(matches, "other")->parts.at("meaning"), 0) << "far away counts nothing";
}

TEST_F(MeaningMatch, filters_hold_for_what_is_found_by_meaning) {
  engine->meanings().begin(2);
  for (const char* id : {"words", "meaning", "other", "fund", "withdrawn"}) engine->meanings().put(id, std::vector<float>{1, 0.1F});
  need.meaning = {1, 0};
  Options options;
  options.kind = "fund";
  const auto funds = engine->match(need, options);
  ASSERT_EQ(funds.items.size(), 1u);
  EXPECT_EQ(funds.items[0].id, "fund");
  options.kind.clear();
  options.segment = "chem.surface";
  EXPECT_EQ(engine->match(need, options).items.size(), 2u);
  EXPECT_EQ(find(engine->match(need), "withdrawn"), nullptr) << "a vector whose supply is gone";
}

TEST_F(MeaningMatch, a_search_of_words_and_the_evaluation_by_text_alone_know_no_vectors) {
  engine->meanings().begin(2);
  engine->meanings().put("meaning", std::vector<float>{1, 0});
  need.meaning = {1, 0};
  Options text_only;
  text_only.text_only = true;
  EXPECT_EQ(find(engine->match(need, text_only), "meaning"), nullptr);
  EXPECT_EQ(find(engine->search("阀体盐雾"), "meaning"), nullptr);
}

TEST(ProposedSplit, is_made_of_the_needs_own_words_or_refused) {
  for (const auto& text_case : testing::read_text_cases(std::string(JINGWEI_TESTDATA) + "/proposed_split.test")) {
    SCOPED_TRACE(text_case.name);
    Need need;
    need.text = text_case.block("text");
    std::vector<std::string> proposed;
    for (const auto line : split(text_case.block("proposed"), '\n')) proposed.emplace_back(line);
    const auto own = own_words(need, proposed);
    EXPECT_EQ(own ? join(*own, "\n") : "refused: " + own.error().zh, text_case.block("expect"));
  }
  EXPECT_FALSE(own_words(Need{}, {}));
}

}  // namespace
}  // namespace jingwei::match
