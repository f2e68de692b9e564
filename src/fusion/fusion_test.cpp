#include "fusion/sheet.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <sstream>

#include <fmt/format.h>

#include "io/file.h"
#include "office/csv.h"
#include "testing/text_cases.h"

namespace jingwei::fusion {
namespace {

using testing::read_text_cases;

std::string testdata(const std::string& file) { return std::string(JINGWEI_TESTDATA) + "/" + file; }

constexpr const char* kFour = R"(alpha: {innovation: 0.25, industry: 0.25, capital: 0.25, talent: 0.25}
indicators:
  - {id: a, system: innovation, direction: up, weight: 1, title: {zh: 甲, en: A}, unit: {zh: 个, en: x}, low: 0, high: 10, reference: 选定}
  - {id: b, system: industry, direction: down, weight: 1, title: {zh: 乙, en: B}, unit: {zh: 个, en: x}, low: 0, high: 10, reference: 选定}
  - {id: c, system: capital, direction: up, weight: 1, title: {zh: 丙, en: C}, unit: {zh: 个, en: x}, low: 0, high: 10, reference: 选定}
  - {id: d, system: talent, direction: up, weight: 1, title: {zh: 丁, en: D}, unit: {zh: 个, en: x}, low: 0, high: 10, reference: 选定}
)";

std::vector<Observation> observations_of(const std::string& text) {
  std::vector<Observation> result;
  std::istringstream in(text);
  Observation one;
  while (in >> one.county >> one.year >> one.indicator >> one.value) result.push_back(one);
  return result;
}

std::string told(std::optional<double> value) { return value ? fmt::format("{:.4f}", *value) : "-"; }

TEST(Fusion, DegreesAndGradesAreAsTheTableSays) {
  for (const auto& text_case : read_text_cases(testdata("degrees.test"))) {
    const auto four = [](const std::string& text) {
      std::array<double, kSystems> values{};
      std::istringstream in(text);
      for (auto& value : values) in >> value;
      return values;
    };
    const auto all = degrees(four(text_case.block("u")), four(text_case.has("alpha") ? text_case.block("alpha") : "0.25 0.25 0.25 0.25"));
    EXPECT_EQ(fmt::format("C {:.4f} T {:.4f} D {:.4f} {} {}", all.c, all.t, all.d, grade_of(all.d).zh, coupling_of(all.c).zh), text_case.block("expect")) << text_case.name;
  }
}

TEST(Fusion, BoundariesAreRightClosed) {
  EXPECT_EQ(grade_of(0.1).zh, "极度失调");
  EXPECT_EQ(grade_of(0.1001).zh, "严重失调");
  EXPECT_EQ(grade_of(0.1 + 0.2).zh, "中度失调") << "0.30000000000000004 is 0.3";
  EXPECT_EQ(coupling_of(0.8).zh, "磨合");
  EXPECT_EQ(coupling_of(0.81).zh, "高水平耦合");
}

TEST(Fusion, SmallPanelsAreAsTheTableSays) {
  const auto indicators = Indicators::parse(kFour);
  for (const auto& text_case : read_text_cases(testdata("index.test"))) {
    const Settings settings{text_case.has("normalisation") ? Normalisation::reference : Normalisation::min_max, Weighting::entropy};
    std::string out;
    for (const auto& place : compute(indicators, observations_of(text_case.block("values")), settings).places) {
      out += fmt::format("{}{} {}", out.empty() ? "" : "\n", place.county, place.year);
      for (const auto& level : place.levels) out += " " + told(level.u);
      out += fmt::format(" {} {}", told(place.d), place.rank ? std::to_string(*place.rank) : "-");
    }
    EXPECT_EQ(out, text_case.block("expect")) << text_case.name;
  }
}

TEST(Fusion, PicturesAreAsTheirRowsSay) {
  const auto indicators = Indicators::parse(kFour);
  const CountyNames names = {{"330402", "南湖区"}, {"330411", "秀洲区"}, {"330421", "嘉善县"}};
  for (const auto& text_case : read_text_cases(testdata("pictures.test"))) {
    const auto index = compute(indicators, observations_of(text_case.block("values")), {});
    const auto latest = latest_year(index);
    EXPECT_EQ(latest ? std::to_string(*latest) : "-", text_case.block("latest")) << text_case.name;
    PictureChoice choice{enum_from_name<Picture>(text_case.block("picture")).value(), std::nullopt, text_case.has("county") ? text_case.block("county") : ""};
    if (text_case.has("year")) choice.year = std::stoll(text_case.block("year"));
    std::string out;
    try {
      const auto sheet = picture_sheet(index, choice, names, text_case.has("english"));
      EXPECT_EQ(sheet.charts.size(), sheet.rows.empty() ? 0U : 1U) << text_case.name;
      for (const auto& chart : sheet.charts)
        for (const auto& series : chart.series) EXPECT_LT(series.column, sheet.columns.size()) << text_case.name;
      out = sheet.name + "\n" + office::csv_of(sheet).substr(std::string_view("\xEF\xBB\xBF").size());
      std::erase(out, '\r');
      out.pop_back();
    } catch (const Rejected& rejected) {
      for (const auto& problem : rejected.problems()) out += problem.field + " " + problem.reason.en;
    }
    EXPECT_EQ(out, text_case.block("expect")) << text_case.name;
  }
}

TEST(Fusion, TheRadarComparesTheChosenCountyBesideTheHighest) {
  const auto place = [](const char* county, std::int64_t year, std::optional<std::int64_t> rank) {
    Place place;
    place.county = county;
    place.year = year;
    place.rank = rank;
    return place;
  };
  Index index;
  index.places = {place("c", 2023, 1), place("a", 2024, 3), place("b", 2024, std::nullopt), place("c", 2024, 1), place("d", 2024, 2), place("b", 2025, std::nullopt)};
  std::string told;
  for (const auto& one : comparisons(index)) {
    told += std::to_string(one.year) + " " + (one.county.empty() ? "-" : one.county) + ":";
    for (const auto& county : one.counties) told += " " + county;
    told += "\n";
  }
  EXPECT_EQ(told,
            "2023 -: c\n2023 c: c\n"
            "2024 -: c a\n2024 c: c\n2024 d: d c\n2024 a: a c\n2024 b: b c\n"
            "2025 -:\n2025 b: b\n");
}

TEST(Fusion, EveryFileOfAPictureSaysThatTheIndexIsRelative) {
  for (const bool english : {false, true}) {
    std::string all;
    for (const auto& row : about_sheet({}, english).rows) all += office::text_of(row[1]) + "\n";
    EXPECT_NE(all.find(english ? "It is relative" : "这是相对的"), std::string::npos);
  }
}

TEST(Fusion, WrongIndicatorsAreTold) {
  for (const auto& text_case : read_text_cases(testdata("faults.test"))) {
    std::string out;
    try {
      (void)Indicators::parse(text_case.block("yaml"));
    } catch (const Rejected& rejected) {
      for (const auto& problem : rejected.problems()) out += (out.empty() ? "" : "\n") + problem.field + " " + problem.reason.en;
    }
    EXPECT_EQ(out, text_case.block("faults")) << text_case.name;
  }
}

TEST(Fusion, WrongFiguresAreRefused) {
  const auto indicators = Indicators::parse(kFour);
  EXPECT_THROW((void)compute(indicators, observations_of("330402 2024 x 1"), {}), Rejected);
  EXPECT_THROW((void)compute(indicators, observations_of("330402 2024 a 1\n330402 2024 a 2"), {}), Rejected);
  std::vector<Observation> odd = observations_of("330402 2024 a 1");
  odd.front().value = std::nan("");
  EXPECT_THROW((void)compute(indicators, odd, {}), Rejected);
  EXPECT_TRUE(compute(indicators, {}, {}).places.empty());
}

Indicators shipped() { return Indicators::parse(io::read_file(std::string(JINGWEI_SOURCE) + "/src/fusion/indicators.yaml")); }

std::vector<Observation> made_up(const Indicators& indicators) {
  std::vector<Observation> all;
  std::uint64_t state = 11;
  for (const int year : {2023, 2024})
    for (const char* county : {"330402", "330411", "330421", "330424"})
      for (const auto& indicator : indicators.all) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        all.push_back({county, year, indicator.id, indicator.low + (indicator.high - indicator.low) * static_cast<double>(state >> 40) / (1 << 24), "例", true});
      }
  return all;
}

TEST(Fusion, TheCodeListOfTheRegisterIsTheListOfIndicators) {
  const auto codes = io::read_file(std::string(JINGWEI_SOURCE) + "/registers/code-lists/fusion.yaml");
  for (const auto& indicator : shipped().all) EXPECT_NE(codes.find("{code: " + indicator.id + ", zh: " + indicator.title.zh + ","), std::string::npos) << indicator.id;
}

TEST(Fusion, EntropyWeightsSumToOneAndFavourSpread) {
  const auto indicators = shipped();
  const auto index = compute(indicators, made_up(indicators), {});
  for (std::size_t s = 0; s < kSystems; ++s) {
    double sum = 0;
    for (std::size_t i = 0; i < indicators.all.size(); ++i)
      if (static_cast<std::size_t>(indicators.all[i].system) == s) sum += index.weights[i];
    EXPECT_NEAR(sum, 1, 1e-12);
  }
}

TEST(Fusion, SharesSumToOneAndRaisingNeverLowers) {
  const auto indicators = shipped();
  for (const auto weighting : {Weighting::entropy, Weighting::given})
    for (const auto& place : compute(indicators, made_up(indicators), {Normalisation::reference, weighting}).places) {
      ASSERT_TRUE(place.d);
      double shares = 0;
      for (const auto& cell : place.cells) shares += cell.share.value_or(0);
      EXPECT_NEAR(shares, 1, 1e-9);
      ASSERT_FALSE(place.raise_first.empty());
    }
}

TEST(Fusion, SteadinessIsTheSameEveryTimeAndHoldsTheRank) {
  const auto indicators = shipped();
  const auto first = compute(indicators, made_up(indicators), {});
  const auto second = compute(indicators, made_up(indicators), {});
  ASSERT_EQ(first.steadiness.size(), 4U);
  for (std::size_t i = 0; i < first.steadiness.size(); ++i) {
    const auto& one = first.steadiness[i];
    EXPECT_EQ(one.changes, second.steadiness[i].changes);
    EXPECT_LE(one.rank_best, one.rank);
    EXPECT_GE(one.rank_worst, one.rank);
    EXPECT_LE(one.d_low, one.d_high);
  }
}

TEST(Fusion, TheTableHasARowForEachFigure) {
  const auto indicators = shipped();
  const auto csv = office::csv_of(table_sheet(indicators, compute(indicators, made_up(indicators), {}), {}));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * 4 * static_cast<std::ptrdiff_t>(indicators.all.size()));
}

}  // namespace
}  // namespace jingwei::fusion
