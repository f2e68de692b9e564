#include "atlas/sheet.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/text.h"
#include "testing/text_cases.h"

namespace jingwei::atlas {
namespace {

const std::string kRegion = "330400";
const ChainThresholds kThresholds{"2026-01-01", 1800, {}, 30, {}};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) lines.push_back(line);
  return lines;
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  return {std::istream_iterator<std::string>(in), {}};
}

Data data_of(const testing::TextCase& text_case) {
  Data data;
  for (const auto& line : lines_of(text_case.block("nodes"))) {
    const auto words = words_of(line);
    const auto place = words.size() > 2 ? enum_from_name<ChainPlace>(words[2]) : ChainPlace::midstream;
    data.nodes.push_back({"链", words[0], "名" + words[0], NodeKind::product, place.value(), "", fmt::format("cgs_{}", data.nodes.size())});
  }
  for (const auto& line : lines_of(text_case.block("edges"))) {
    const auto words = words_of(line);
    const auto relation = words[1] == ">" ? ChainRelation::upstream : enum_from_name<ChainRelation>(words[1]).value();
    data.edges.push_back({"链", words[0], words[2], relation, fmt::format("cge_{}", data.edges.size())});
  }
  if (!text_case.has("suppliers")) return data;
  for (const auto& line : lines_of(text_case.block("suppliers"))) {
    const auto words = words_of(line);
    data.positions.push_back({fmt::format("cgp_{}", data.positions.size()), words[1], words[1], words[0],
                              words.size() > 3 ? std::optional(std::stoi(words[3])) : std::nullopt, words[2], "出处" + words[1]});
  }
  return data;
}

std::string said(const NodeMeasures& node) {
  const std::string hhi = node.hhi ? fmt::format("{} {}", *node.hhi, enum_name(node.hhi_basis)) : "none";
  return fmt::format("{} {}/{}, hhi {}, between {:g}, after {}, dominates {}, loses {:g} %, {}\n", node.code, node.local_suppliers, node.suppliers, hhi,
                     node.betweenness, node.dominator.value_or("nobody"), node.dominates, node.paths_lost_share * 100, enum_name(node.risk));
}

TEST(Atlas, MeasuresAreThoseWorkedByHand) {
  for (const auto& text_case : testing::read_text_cases(std::string(JINGWEI_TESTDATA) + "/measures.test")) {
    SCOPED_TRACE(text_case.name);
    const Graph graph(data_of(text_case));
    const auto report = graph.report("链", kRegion, kThresholds);
    std::string measured;
    for (const auto& node : report.nodes) measured += said(node);
    EXPECT_EQ(measured, text_case.block("expect") + "\n");
    EXPECT_EQ(fmt::format("{:g}", report.supply_paths), text_case.block("paths"));
    std::string faults;
    for (const auto& fault : report.faults) faults += fault.text.zh + "\n";
    for (const auto& fault : graph.loose_faults()) faults += fault.text.zh + "\n";
    EXPECT_EQ(faults, text_case.has("faults") ? text_case.block("faults") + "\n" : "");
  }
}

TEST(Atlas, ListsAndLeadsAreThoseWorkedByHand) {
  for (const auto& text_case : testing::read_text_cases(std::string(JINGWEI_TESTDATA) + "/lists.test")) {
    SCOPED_TRACE(text_case.name);
    const auto report = Graph(data_of(text_case)).report("链", kRegion, kThresholds);
    std::vector<std::string> lines;
    const auto add = [&](const std::string& name, const std::vector<ChainListed>& list) {
      for (const auto& listed : list) {
        std::vector<std::string> reasons;
        for (const auto& reason : listed.reasons) {
          reasons.push_back(reason.zh);
          EXPECT_FALSE(reason.en.empty());
        }
        lines.push_back(name + " " + listed.code + ": " + join(reasons, " / "));
      }
    };
    add("strengthen", report.strengthen);
    add("fill", report.fill);
    add("extend", report.extend);
    for (const auto& lead : report.leads) {
      lines.push_back("lead " + lead.code + " " + lead.organization_name + ": " + lead.reason.zh);
      EXPECT_EQ(lead.source, "出处" + lead.organization_name);
      EXPECT_TRUE(lead.position.starts_with("cgp_"));
    }
    auto expected = lines_of(text_case.block("lists"));
    std::ranges::sort(expected);
    std::ranges::sort(lines);
    EXPECT_EQ(join(lines, "\n"), join(expected, "\n"));
    EXPECT_EQ(report.leads_total, std::ssize(report.leads));
  }
}

TEST(Atlas, AnEmptyGraphHasNoChainsAndRefusesUnknownOnes) {
  const Graph graph(Data{});
  EXPECT_TRUE(graph.chains(kRegion).empty());
  EXPECT_TRUE(graph.nodes_of("a").empty());
  EXPECT_TRUE(graph.positions_of("a", kRegion).empty());
  EXPECT_TRUE(graph.neighbours_of("a").empty());
  try {
    graph.report("链", kRegion, kThresholds);
    FAIL();
  } catch (const Rejected& rejected) {
    EXPECT_EQ(rejected.code(), Code::not_found);
  }
}

TEST(Atlas, AChainOverTheLimitIsRefusedWithItsSize) {
  Data data;
  for (std::size_t at = 0; at <= kNodesPerChainMax; ++at) data.nodes.push_back({"链", fmt::format("n{}", at), "名"});
  try {
    Graph(std::move(data)).report("链", kRegion, kThresholds);
    FAIL();
  } catch (const Rejected& rejected) {
    EXPECT_EQ(rejected.code(), Code::too_large);
    EXPECT_NE(rejected.message().zh.find("2001"), std::string::npos);
  }
}

TEST(Atlas, AThresholdThatIsToBeSetJudgesNothing) {
  Data data;
  data.nodes.push_back({"链", "a", "名a"});
  data.positions = {{"cgp_1", "one", "一", "a", std::nullopt, "330402", ""}, {"cgp_2", "two", "二", "a", std::nullopt, "330402", ""}};
  const auto report = Graph(std::move(data)).report("链", kRegion, thresholds_on({}, "2026-01-01"));
  EXPECT_EQ(report.nodes.at(0).hhi, 5000);
  EXPECT_EQ(report.nodes.at(0).risk, NodeRisk::steady);
  EXPECT_TRUE(report.strengthen.empty());
}

TEST(Atlas, ANodeOfTwoChainsIsOneNode) {
  Data data;
  data.nodes = {{"甲", "a", "名", NodeKind::product, ChainPlace::upstream, "s1"}, {"乙", "a", "名", NodeKind::product, ChainPlace::downstream, "s1"},
                {"甲", "b", "名b", NodeKind::product, ChainPlace::midstream, "s2"}, {"乙", "c", "名c", NodeKind::product, ChainPlace::midstream, "s3"},
                {"丙", "d", "名d", NodeKind::product, ChainPlace::midstream, "s4"}};
  data.edges = {{"甲", "a", "b"}, {"乙", "c", "a", ChainRelation::uses_material}};
  data.positions = {{"cgp_1", "one", "一", "a", std::nullopt, "330402", ""}};
  const Graph graph(std::move(data));
  ASSERT_EQ(graph.chains(kRegion).size(), 3U);
  EXPECT_EQ(graph.nodes_of("a").size(), 2U);
  EXPECT_EQ(graph.report("甲", kRegion, kThresholds).counts.covered, 1);
  EXPECT_EQ(graph.report("乙", kRegion, kThresholds).counts.covered, 1);
  EXPECT_EQ(graph.report("乙", "310000", kThresholds).counts.covered, 0);
  const auto neighbours = graph.neighbours_of("a");
  ASSERT_EQ(neighbours.size(), 2U);
  EXPECT_EQ(neighbours[0].code, "c");
  EXPECT_FALSE(neighbours[0].outgoing);
  EXPECT_EQ(neighbours[1].code, "b");
  EXPECT_TRUE(neighbours[1].outgoing);

  EXPECT_EQ(graph.distance("s1", "s1"), 0);
  EXPECT_EQ(graph.distance("s1", "s2"), 1);
  EXPECT_EQ(graph.distance("s2", "s1"), 1);
  EXPECT_EQ(graph.distance("s2", "s3"), 2);  // through the shared node, over two relations
  EXPECT_EQ(graph.distance("s1", "s4"), std::nullopt);
  EXPECT_EQ(graph.distance("s1", "nowhere"), std::nullopt);
  EXPECT_EQ(graph.distance("s1", ""), std::nullopt);
}

TEST(Atlas, SegmentsKnowWhoDeliversToWhom) {
  Data data;
  for (const char* code : {"a", "b", "c", "d", "e"}) data.nodes.push_back({"链", code, "名", NodeKind::product, ChainPlace::midstream, std::string("s") + code});
  // a -> b -> c, d is equipment of b, e and b deliver to each other.
  data.edges = {{"链", "a", "b"}, {"链", "b", "c"}, {"链", "b", "d", ChainRelation::uses_equipment}, {"链", "b", "e"}, {"链", "e", "b"}};
  const auto ways = Graph(std::move(data)).segment_ways(2);
  const auto way = [&](const char* from, const char* to) {
    const auto at = std::ranges::find_if(ways, [&](const SegmentWay& one) { return one.from == from && one.to == to; });
    return at == ways.end() ? SegmentWay{} : *at;
  };
  EXPECT_EQ(way("sb", "sa"), (SegmentWay{"sb", "sa", 1, ChainSide::upstream}));
  EXPECT_EQ(way("sa", "sb"), (SegmentWay{"sa", "sb", 1, ChainSide::downstream}));
  EXPECT_EQ(way("sc", "sa"), (SegmentWay{"sc", "sa", 2, ChainSide::upstream}));
  EXPECT_EQ(way("sb", "sd"), (SegmentWay{"sb", "sd", 1, ChainSide::beside}));
  EXPECT_EQ(way("sb", "se"), (SegmentWay{"sb", "se", 1, ChainSide::beside}));
  EXPECT_EQ(way("sa", "sd"), (SegmentWay{"sa", "sd", 2, ChainSide::beside}));
  EXPECT_EQ(way("sa", "sa"), SegmentWay{});
  EXPECT_EQ(ways.size(), 20U);  // every pair of five is within two steps
}

TEST(Atlas, PositionsAreShownLocalFirstThenByShare) {
  Data data;
  data.nodes.push_back({"链", "a", "名a"});
  data.positions = {{"cgp_1", "o1", "丁", "a", 90, "310112", ""}, {"cgp_2", "o2", "丙", "a", std::nullopt, "330402", ""}, {"cgp_3", "o3", "乙", "a", 5, "330411", ""}};
  std::string order;
  for (const auto& position : Graph(std::move(data)).positions_of("a", kRegion)) order += position.organization;
  EXPECT_EQ(order, "o3o2o1");
}

std::string refusal_of(const std::string& yaml) {
  try {
    parse_parameters(yaml);
    return "";
  } catch (const Rejected& rejected) {
    EXPECT_EQ(rejected.code(), Code::invalid);
    return rejected.message().en;
  }
}

TEST(Atlas, ParametersAreDatedAndChecked) {
  std::ifstream file(std::string(JINGWEI_SOURCE) + "/src/atlas/parameters.yaml");
  const std::string shipped{std::istreambuf_iterator<char>(file), {}};
  const auto dated = parse_parameters(shipped);
  EXPECT_EQ(thresholds_on(dated, "2026-01-01").hhi, 1800);
  EXPECT_FALSE(thresholds_on(dated, "2026-01-01").hhi_source.zh.empty());
  EXPECT_EQ(thresholds_on(dated, "2023-12-17").hhi, std::nullopt);

  const auto item = [](const std::string& day, const std::string& hhi) {
    return fmt::format("  - {{valid_from: {}, hhi: {}, hhi_source: {{zh: 甲, en: a}}, key_paths_percent: to be set, key_paths_source: {{zh: 乙, en: b}}}}\n", day, hhi);
  };
  const auto two = parse_parameters("thresholds:\n" + item("2026-06-01", "to be set") + item("2025-01-01", "2500"));
  EXPECT_EQ(thresholds_on(two, "2026-05-31").hhi, 2500);
  EXPECT_EQ(thresholds_on(two, "2026-06-01").hhi, std::nullopt);
  EXPECT_EQ(thresholds_on(two, "2026-06-01").key_paths_percent, std::nullopt);

  EXPECT_EQ(refusal_of("thresholds:\n" + item("2025-01-01", "10001")), "parameters.yaml:2: must be from 0 to 10000");
  EXPECT_EQ(refusal_of("thresholds:\n" + item("1.1.2025", "1")), "parameters.yaml:2: write the day as 2026-01-21");
  EXPECT_EQ(refusal_of("limits: []\n"), "parameters.yaml:1: a list called thresholds is expected");
  EXPECT_EQ(refusal_of("thresholds:\n  - {valid: 1}\n"), "parameters.yaml:2: unknown key: valid");
  EXPECT_NE(refusal_of("thresholds: [\n"), "");
  EXPECT_NE(refusal_of(""), "");
}

TEST(Atlas, AWorkbookHoldsAllThatThePageShows) {
  const auto node = [](const char* code, ChainPlace place) { return Node{"链", code, std::string("名") + code, NodeKind::product, place, code[0] == 'a' ? "seg" : "", code}; };
  const std::vector<Position> positions = {{"p1", "o1", "本地一", "b", {}, "330402", "年报"}, {"p2", "o2", "外地一", "a", 40, "310000", "年报"}};
  Data data{{node("a", ChainPlace::upstream), node("b", ChainPlace::midstream), node("c", ChainPlace::downstream)},
            {{"链", "a", "b", ChainRelation::upstream, "e1"}, {"链", "b", "c", ChainRelation::upstream, "e2"}, {"链", "a", "c", ChainRelation::substitute, "e3"}},
            positions};
  const auto report = Graph(std::move(data)).report("链", kRegion, kThresholds);
  const ChainNames names{[](std::string_view list, std::string_view code) { return std::string(list) + "/" + std::string(code); },
                         [](std::string_view code) { return "地" + std::string(code); }};
  for (const bool english : {false, true}) {
    const auto sheets = chain_sheets(report, kThresholds, kRegion, names, english);
    std::string told;
    for (const auto& sheet : sheets) {
      told += fmt::format("{} {}\n", sheet.name, sheet.rows.size());
      for (const auto& row : sheet.rows) ASSERT_EQ(row.size(), sheet.columns.size()) << sheet.name;
    }
    EXPECT_EQ(told, english ? "All nodes 3\nRelations 3\nStrengthen 0\nFill 2\nExtend 1\nLeads 1\nAbout 7\n" : "全部节点 3\n关系 3\n强链 0\n补链 2\n延链 1\n招引线索 1\n说明 7\n");
    EXPECT_EQ(sheets[0].rows[0][4], office::Cell(std::string("segments/seg")));
    EXPECT_EQ(sheets[0].rows[1][4], office::Cell()) << "no segment is an empty cell";
    EXPECT_EQ(sheets[0].rows[0][14], office::Cell(std::string("名b"))) << "what it supplies, not what it may replace";
    const std::string reason = english ? report.leads[0].reason.en : report.leads[0].reason.zh;
    EXPECT_EQ(sheets[5].rows[0], (office::Row{std::string("外地一"), std::string("名a"), std::string("地310000"), 40.0, reason, std::string("年报"), std::string("p2")}));
  }
}

}  // namespace
}  // namespace jingwei::atlas
