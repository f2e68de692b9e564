// The supplier's view, what is said of its load, and the auction: tables of testdata, then properties against the best of all choices.
#include "match/two_sides.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <sstream>

#include "base/money.h"
#include "match/internal/test_engine.h"
#include "testing/text_cases.h"

namespace jingwei::match {
namespace {

using Words = std::vector<std::string>;

std::vector<Words> rows_of(const std::string& table) {
  std::vector<Words> rows;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream in(line);
    Words words;
    for (std::string word; in >> word;) words.push_back(word);
    if (!words.empty()) rows.push_back(std::move(words));
  }
  return rows;
}

std::vector<testing::TextCase> cases(const char* file) { return testing::read_text_cases(std::string(JINGWEI_TESTDATA "/") + file); }

double view_score(const Words& words) {
  std::optional<std::int64_t> budget;
  Offer offer;
  offer.kind = "achievement";
  Supplier supplier;
  for (std::size_t i = 1; i + 1 < words.size(); i += 2) {
    const auto& value = words[i + 1];
    const auto fen = [&] { return parse_money(value, kFenPerWan)->fen; };
    if (words[i] == "kind") offer.kind = value;
    else if (words[i] == "budget") budget = fen();
    else if (words[i] == "amount") offer.amount_fen = fen();
    else if (words[i] == "usual") supplier.usual_fen = fen();
    else if (words[i] == "field") offer.field = std::stod(value);
    else if (words[i] == "region") offer.region = std::stod(value);
    else if (words[i] == "places") supplier.places = std::stoll(value);
    else if (words[i] == "taken") supplier.taken = std::stoll(value);
    else if (words[i] == "well") supplier.well = std::stod(value);
    else if (words[i] == "concluded") supplier.concluded = std::stod(value);
    else ADD_FAILURE() << "unknown word " << words[i];
  }
  const auto view = supplier_view(budget, offer, supplier);
  EXPECT_TRUE(view.score > 0 && view.score <= 1) << words[0] << " " << view.score;
  for (const auto& [name, value] : view.parts) EXPECT_TRUE(value >= 0 && value <= 1) << name << " " << value;
  return mutual_worth(0.49, view);
}

TEST(SupplierView, orders_as_the_table_says) {
  for (const auto& text_case : cases("supplier_view.test")) {
    SCOPED_TRACE(text_case.name);
    std::map<std::string, double> wanted;
    for (const auto& words : rows_of(text_case.block("offers"))) wanted[words[0].substr(0, words[0].size() - 1)] = view_score(words);
    std::istringstream in(text_case.block("expect"));
    std::string before;
    in >> before;
    std::size_t named = 1;
    for (std::string relation, name; in >> relation >> name; before = name, ++named) {
      ASSERT_TRUE(wanted.contains(before) && wanted.contains(name));
      if (relation == "=") EXPECT_NEAR(wanted[before], wanted[name], 1e-12) << before << " and " << name;
      else EXPECT_GT(wanted[before], wanted[name] + 1e-9) << before << " and " << name;
    }
    EXPECT_EQ(named, wanted.size());
  }
}

TEST(SupplierView, load_is_said_as_the_table_says) {
  for (const auto& text_case : cases("load_said.test")) {
    auto rows = rows_of(text_case.block("table"));
    rows.erase(rows.begin());
    for (const auto& words : rows) {
      Supplier supplier;
      if (words[0] != "-") supplier.places = std::stoll(words[0]);
      supplier.taken = std::stoll(words[1]);
      if (words[2] != "-") supplier.free_on = words[2];
      std::string wanted;
      for (std::size_t i = 3; i < words.size(); ++i) wanted += (i > 3 ? " " : "") + words[i];
      const auto said = said_of_load(supplier);
      EXPECT_EQ(said ? said->zh : "-", wanted);
      EXPECT_EQ(said ? said->en.empty() : false, false);
    }
  }
}

// ---- the online answer ----

Matches three_items() {
  Matches matches;
  for (const auto& [id, score] : {std::pair{"a", 0.6}, {"b", 0.55}, {"c", 0.5}}) {
    Item item;
    item.id = id;
    item.kind = "platform";
    item.score = score;
    item.parts = {{"segment", 0.5}, {"region", 0.5}};
    matches.items.push_back(item);
  }
  return matches;
}

std::string order_of(const Matches& matches) {
  std::string ids;
  for (const Item& item : matches.items) ids += item.id;
  return ids;
}

TEST(BothSides, nothing_known_changes_nothing) {
  Matches matches = three_items();
  see_both_sides(matches, {}, [](const Item&) { return std::nullopt; });
  EXPECT_EQ(order_of(matches), "abc");
  EXPECT_EQ(matches.items[0].parts.size(), 2U);
  // A supplier that is known by name alone is neutral, too.
  see_both_sides(matches, {}, [](const Item&) { return std::optional(KnownSupplier{}); });
  EXPECT_EQ(order_of(matches), "abc");
  EXPECT_DOUBLE_EQ(matches.items[0].score, 0.6);
  EXPECT_TRUE(matches.items[0].missing.empty());
}

TEST(BothSides, a_full_supplier_steps_back_and_says_why) {
  Matches matches = three_items();
  see_both_sides(matches, {}, [](const Item& item) -> std::optional<KnownSupplier> {
    if (item.id != "a") return std::nullopt;
    return KnownSupplier{{.places = 3, .taken = 3, .free_on = "2026-05-01", .usual_fen = {}}, {}};
  });
  EXPECT_EQ(order_of(matches), "bca");
  EXPECT_LT(matches.items[2].score, 0.6 * 0.75);
  ASSERT_EQ(matches.items[2].missing.size(), 1U);
  EXPECT_NE(matches.items[2].missing[0].en.find("no free capacity until 2026-05-01"), std::string::npos);
  EXPECT_EQ(matches.items[2].parts.at("load"), 0);
}

TEST(ToldToSupplier, reasons_speak_to_the_supplier_or_are_left_out) {
  const std::vector<Reason> reasons{{ReasonKind::lexicon, {"你写的“缩水痕”可用“气辅”解决", "Your “sink mark” is cured by “gas assist”"}, "缩水痕", "气辅", "cured-by"},
                                    {ReasonKind::words, {"都提到：外壳", "Both mention 外壳"}, "外壳", "外壳", {}},
                                    {ReasonKind::budget, {"报价 30 万元，在预算之内", "Within your budget"}, {}, {}, {}},
                                    {ReasonKind::segment, {"同属“高性能聚合物”环节", "Same segment"}, {}, {}, {}},
                                    {ReasonKind::topic, {"说法不同，讲的都近于“缩水痕”这类问题", "Other words, but both are close to “缩水痕”"}, {}, {}, {}}};
  const auto told = told_to_supplier(reasons);
  ASSERT_EQ(told.size(), 4U);
  EXPECT_EQ(told[0].text.zh, "需求里的“缩水痕”，您写的是“气辅”");
  EXPECT_EQ(told[0].text.en, "The need says “缩水痕”, you say “气辅”");
  EXPECT_EQ(told[1].text.zh, "都提到：外壳");
  EXPECT_EQ(told[2].kind, ReasonKind::segment);
  EXPECT_EQ(told[3].kind, ReasonKind::topic);
}

// ---- the auction ----

TEST(Spread, pairs_as_the_table_says) {
  for (const auto& text_case : cases("spread.test")) {
    SCOPED_TRACE(text_case.name);
    Market market;
    std::map<std::string, std::uint32_t> needs, supplies, owners;
    Words need_names, supply_names;
    for (const auto& words : rows_of(text_case.block("owners"))) {
      owners[words[0]] = static_cast<std::uint32_t>(market.owner_places.size());
      market.owner_places.push_back(std::stoll(words[1]));
    }
    for (const auto& words : rows_of(text_case.block("needs"))) {
      needs[words[0]] = static_cast<std::uint32_t>(market.need_places.size());
      need_names.push_back(words[0]);
      market.need_places.push_back(std::stoll(words[1]));
    }
    for (const auto& words : rows_of(text_case.block("supplies"))) {
      supplies[words[0]] = static_cast<std::uint32_t>(market.supply_places.size());
      supply_names.push_back(words[0]);
      market.owner_of.push_back(owners.at(words[1]));
      market.supply_places.push_back(std::stoll(words[2]));
    }
    for (const auto& words : rows_of(text_case.block("worth"))) market.pairs.push_back({needs.at(words[0]), supplies.at(words[1]), std::stod(words[2])});
    std::map<std::string, std::string> got;
    for (const auto i : spread(market).chosen) got[need_names[market.pairs[i].need]] += " " + supply_names[market.pairs[i].supply];
    std::string actual;
    for (const auto& name : need_names) actual += (actual.empty() ? "" : "\n") + name + ":" + got[name];
    EXPECT_EQ(actual, text_case.block("expect"));
  }
}

Market random_market(std::mt19937& random, std::size_t needs, std::size_t supplies, std::size_t owners, int percent, bool coarse) {
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  Market market;
  for (std::size_t i = 0; i < needs; ++i) market.need_places.push_back(static_cast<std::int64_t>(below(3)));
  for (std::size_t i = 0; i < owners; ++i) market.owner_places.push_back(static_cast<std::int64_t>(below(4)));
  for (std::size_t i = 0; i < supplies; ++i) {
    market.owner_of.push_back(static_cast<std::uint32_t>(below(owners)));
    market.supply_places.push_back(static_cast<std::int64_t>(below(3)));
  }
  for (std::uint32_t n = 0; n < needs; ++n)
    for (std::uint32_t s = 0; s < supplies; ++s)
      if (static_cast<int>(below(100)) < percent)
        market.pairs.push_back({n, s, coarse ? static_cast<double>(below(5)) / 4 : static_cast<double>(below(1'000'000)) / 1e6});
  return market;
}

/// Worth of a choice less crowding, or nothing when it breaks a limit.
std::optional<double> worth_of(const Market& market, const std::vector<std::uint32_t>& chosen) {
  std::vector<std::int64_t> needs(market.need_places.size()), supplies(market.supply_places.size()), owners(market.owner_places.size());
  double worth = 0;
  for (const auto i : chosen) {
    const Pair& pair = market.pairs[i];
    const auto owner = market.owner_of[pair.supply];
    if (++needs[pair.need] > market.need_places[pair.need] || ++supplies[pair.supply] > market.supply_places[pair.supply]) return std::nullopt;
    worth += pair.worth - kCrowding * static_cast<double>(owners[owner]) / static_cast<double>(std::max<std::int64_t>(1, market.owner_places[owner]));
    if (++owners[owner] > market.owner_places[owner]) return std::nullopt;
  }
  return worth;
}

double best_of_all(const Market& market) {
  double best = 0;
  for (std::uint32_t set = 0; set < (1U << market.pairs.size()); ++set) {
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t i = 0; i < market.pairs.size(); ++i)
      if ((set >> i & 1) != 0) chosen.push_back(i);
    best = std::max(best, worth_of(market, chosen).value_or(0));
  }
  return best;
}

void check_spread(const Market& market, const Spread& result, double step) {
  const auto worth = worth_of(market, result.chosen);
  ASSERT_TRUE(worth.has_value()) << "a limit is broken";
  EXPECT_NEAR(*worth, result.worth, 1e-9);
  EXPECT_GE(result.bound, result.worth - 1e-9);
  EXPECT_LE(result.bound, result.worth + step * static_cast<double>(result.chosen.size()) + 1e-9);
  EXPECT_TRUE(std::ranges::is_sorted(result.chosen));
}

TEST(Spread, comes_within_a_step_a_pair_of_the_best_of_all_choices) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 400; ++round) {
    const Market market = random_market(random, 1 + random() % 4, 1 + random() % 4, 1 + random() % 3, 70, round % 2 == 0);
    if (market.pairs.size() > 12) continue;
    const double step = round % 3 == 0 ? 0.05 : 0.001;
    const Spread result = spread(market, step);
    check_spread(market, result, step);
    const double best = best_of_all(market);
    EXPECT_GE(result.bound, best - 1e-9) << "round " << round;
    EXPECT_GE(result.worth, best - step * static_cast<double>(result.chosen.size()) - 1e-9) << "round " << round;
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(Spread, keeps_limits_and_its_promise_in_large_markets_and_repeats_itself) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 6; ++round) {
    const Market market = random_market(random, 300, 80, 20, 30, round % 2 == 0);
    const Spread result = spread(market);
    check_spread(market, result, kSpreadStep);
    EXPECT_EQ(spread(market).chosen, result.chosen);
  }
}

// ---- many needs at once ----

TEST(MatchAll, finds_what_match_finds_on_any_number_of_threads) {
  const auto engine = new_engine();
  engine->put(std::vector<Document>{{"a1", "achievement", "气体辅助注塑成型技术", "向熔体内注入氮气，消除厚壁制件表面凹陷", "chem.polymer", "330402", 8, 3'000'000, {}, "org_1", "", 0},
                                    {"a2", "platform", "表面工程中心", "电镀、涂层、盐雾试验", "chem.surface", "330481", {}, {}, {}, "org_2", "", 0},
                                    {"a3", "instrument", "高低温试验箱", "温度循环试验", "chem.surface", "310115", {}, 100'000, {}, "org_2", "", 0}});
  std::vector<Need> needs;
  for (int i = 0; i < 20; ++i) needs.push_back({i % 2 == 0 ? "塑料壳背面缩水" : "镀层盐雾不过", "试了几次都不行", "", "330402", {}, "", "", {}});
  Options options;
  options.limit = 2;
  for (const std::size_t threads : {1, 4}) {
    std::vector<std::vector<Found>> all(needs.size());
    engine->match_all(needs, options, threads, [&](std::size_t need, std::span<const Found> found) { all[need].assign(found.begin(), found.end()); });
    for (std::size_t i = 0; i < needs.size(); ++i) {
      ASSERT_EQ(all[i].size(), 2U);
      EXPECT_EQ(all[i][0].id, i % 2 == 0 ? "a1" : "a2");
      EXPECT_EQ(all[i][0].owner, i % 2 == 0 ? "org_1" : "org_2");
      EXPECT_EQ(all[i][0].id, engine->match(needs[i], {}).items[0].id);
      EXPECT_GE(all[i][0].score, all[i][1].score);
    }
  }
  EXPECT_THROW(engine->match_all(needs, options, 4, [](std::size_t need, std::span<const Found>) { if (need == 3) throw std::runtime_error("stop"); }),
               std::runtime_error);
  needs[7].title = std::string(4'000, 'x');
  EXPECT_THROW(engine->match_all(needs, options, 2, [](std::size_t, std::span<const Found>) { FAIL(); }), Rejected);
}

TEST(Explain, says_for_chosen_pairs_what_match_says) {
  const auto engine = new_engine();
  engine->put(Document{"a1", "achievement", "气体辅助注塑成型技术", "向熔体内注入氮气，消除厚壁制件表面凹陷", "chem.polymer", "330402", 8, {}, {}, "org_1", "", 0});
  engine->put(Document{"a2", "achievement", "织物防水整理", "面料防泼水", "textile.dyeing", "330402", 8, {}, {}, "org_2", "", 0});
  const Need need{"塑料壳背面缩水", "外壳筋位背后一块块缩水痕", "", "330402", {}, "", "", {}};
  const auto items = engine->explain(need, std::vector<std::string>{"a2", "gone", "a1"});
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].id, "a2");
  EXPECT_EQ(items[1].id, "a1");
  ASSERT_FALSE(items[1].reasons.empty());
  EXPECT_EQ(items[1].reasons[0].text.zh, engine->match(need, {}).items[0].reasons[0].text.zh);
}

}  // namespace
}  // namespace jingwei::match
