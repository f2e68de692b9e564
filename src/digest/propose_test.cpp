// The tables of testdata, and who is given to whom.
#include <gtest/gtest.h>

#include <sstream>

#include "base/money.h"
#include "digest/digest.h"
#include "testing/text_cases.h"

namespace jingwei::digest {
namespace {

using Words = std::vector<std::string>;

std::vector<Words> table_of(const char* file) {
  std::vector<Words> rows;
  for (const auto& text_case : jingwei::testing::read_text_cases(std::string(JINGWEI_TESTDATA "/") + file)) {
    std::istringstream lines(text_case.block("table"));
    std::string line;
    std::getline(lines, line);  // the heading
    while (std::getline(lines, line)) {
      std::istringstream in(line);
      Words words;
      for (std::string word; in >> word;) words.push_back(word);
      if (!words.empty()) rows.push_back(std::move(words));
    }
  }
  return rows;
}

Timestamp shanghai(const std::string& minute) { return from_rfc3339(minute + ":00+08:00").value(); }

TEST(Due, as_the_table_says) {
  for (const auto& words : table_of("due.test")) {
    const Past past{shanghai(words[1]), words[2] == "yes", words[3] == "yes", std::stoll(words[4])};
    EXPECT_EQ(due(shanghai(words[0]), 150, past) ? "yes" : "no", words[5]) << words[0] << " " << words[1];
  }
}

TEST(TimeOfDay, as_the_table_says) {
  for (const auto& words : table_of("time.test")) {
    std::string actual;
    try {
      const auto minutes = parse_time_of_day(words[0]);
      actual = minutes ? std::to_string(*minutes) : "off";
    } catch (const Rejected& rejected) {
      actual = "refused";
      EXPECT_FALSE(rejected.problems().at(0).remedy.en.empty());
    }
    EXPECT_EQ(actual, words[1]) << words[0];
  }
}

TEST(Supplier, as_the_table_says) {
  for (const auto& words : table_of("supplier.test")) {
    deals::SellerRecord record;
    deals::SellerLoad load;
    const auto both = [](const std::string& text) { return std::pair(std::stoll(text), std::stoll(text.substr(text.find('/') + 1))); };
    std::tie(record.under_way, load.under_way) = both(words[1]);
    std::tie(record.this_year, load.this_year) = both(words[2]);
    record.supplies["ach_1"] = load;
    std::istringstream totals(words[3]);
    for (std::string total; words[3] != "-" && std::getline(totals, total, ',');) record.totals_fen.push_back(parse_money(total, kFenPerWan)->fen);
    const auto supplier = supplier_of(words[0] == "-" ? std::nullopt : std::optional(std::stoll(words[0])), record, "ach_1");
    const auto shown = [](const std::optional<std::int64_t>& value) { return value ? std::to_string(*value) : "-"; };
    EXPECT_EQ(supplier ? shown(supplier->places) : "-", words[4]);
    EXPECT_EQ(supplier ? std::to_string(supplier->taken) : "-", words[5]);
    EXPECT_EQ(supplier && supplier->usual_fen ? std::to_string(*supplier->usual_fen / kFenPerWan) : "-", words[6]);
  }
}

match::Found found(const std::string& id, const std::string& owner, double score) { return {id, "achievement", owner, {}, score, 0.5, 0.5}; }

std::map<std::string, std::int64_t> given_by_supply(const Proposals& proposals) {
  std::map<std::string, std::int64_t> counts;
  for (const Given& one : proposals.given) ++counts[one.supply];
  return counts;
}

const SupplierOf kUnknown = [](const match::Found&) { return match::Supplier{}; };
const ToldBefore kNothing = [](std::string_view, std::string_view) { return false; };

TEST(Propose, leaves_out_what_is_ones_own_told_or_too_weak) {
  const std::vector<AskedNeed> needs{{"need_1", "org_a", {}}};
  const std::vector<std::vector<match::Found>> all{
      {found("s1", "org_a", 0.9), found("s2", "org_b", 0.8), found("s3", "org_b", 0.7), found("s4", "org_c", kScoreLeast - 0.01)}};
  const auto proposals = propose(needs, all, kUnknown, [](std::string_view, std::string_view supply) { return supply == "s2"; });
  ASSERT_EQ(proposals.given.size(), 1U);
  EXPECT_EQ(proposals.given[0].supply, "s3");
  EXPECT_EQ(proposals.exposure.size(), 1U);
  EXPECT_EQ(proposals.candidates, 1);
}

TEST(Propose, spreads_needs_over_suppliers_of_equal_worth_where_each_need_alone_would_not) {
  std::vector<AskedNeed> needs;
  std::vector<std::vector<match::Found>> all;
  for (int i = 0; i < 20; ++i) {
    needs.push_back({"need_" + std::to_string(i), "org_buyer", {}});
    std::vector<match::Found> one;
    for (int s = 0; s < 10; ++s) one.push_back(found("s" + std::to_string(s), "org_" + std::to_string(s), 0.6));
    all.push_back(one);
  }
  const auto proposals = propose(needs, all, kUnknown, kNothing);
  EXPECT_EQ(proposals.given.size(), 100U);
  for (const auto& [supply, count] : given_by_supply(proposals)) EXPECT_EQ(count, 10) << supply;
  std::vector<std::int64_t> plain, given;
  for (const auto& exposure : proposals.exposure) {
    plain.push_back(exposure.plain);
    given.push_back(exposure.given);
  }
  EXPECT_NEAR(concentration(plain), 0.2, 1e-9) << "the first five get all";
  EXPECT_NEAR(concentration(given), 0.1, 1e-9);
  EXPECT_GT(inequality(plain), 0.49);
  EXPECT_NEAR(inequality(given), 0, 1e-9);
  EXPECT_GT(proposals.share_of_best, 0.99);
}

TEST(Propose, never_gives_more_than_a_supplier_has_room_for) {
  std::vector<AskedNeed> needs;
  std::vector<std::vector<match::Found>> all;
  for (int i = 0; i < 50; ++i) {
    needs.push_back({"need_" + std::to_string(i), "org_buyer", {}});
    all.push_back({found("free", "org_1", 0.9), found("full", "org_2", 0.9), found("two", "org_3", 0.5)});
  }
  const SupplierOf supplier = [](const match::Found& one) {
    match::Supplier supplier;
    if (one.id == "full") supplier.places = 3, supplier.taken = 3;
    if (one.id == "two") supplier.places = 3, supplier.taken = 1;
    return supplier;
  };
  const auto counts = given_by_supply(propose(needs, all, supplier, kNothing));
  EXPECT_EQ(counts.at("free"), kSupplyPlaces);
  EXPECT_EQ(counts.at("two"), 2 * kInvitationsPerPlace);
  EXPECT_FALSE(counts.contains("full"));
}

TEST(Measures, of_evenness) {
  EXPECT_EQ(concentration({}), 0);
  EXPECT_EQ(inequality({}), 0);
  EXPECT_EQ(inequality({0, 0}), 0);
  EXPECT_NEAR(concentration(std::vector<std::int64_t>{3, 1}), 0.625, 1e-12);
  EXPECT_NEAR(inequality({0, 0, 0, 4}), 0.75, 1e-12);
}

}  // namespace
}  // namespace jingwei::digest
