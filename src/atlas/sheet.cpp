// Words of both languages stand here, the same as on the page of a chain.
#include "atlas/sheet.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"

namespace jingwei::atlas {
namespace {

using office::Cell;
using office::Sheet;

std::string say(const Bilingual& words, bool english) { return english ? words.en : words.zh; }

Bilingual words_of(NodeRisk risk) {
  switch (risk) {
    case NodeRisk::steady: return {"供给稳", "Steady supply"};
    case NodeRisk::concentrated: return {"供给集中", "Concentrated"};
    case NodeRisk::single_source: return {"独家供应", "One supplier only"};
    case NodeRisk::missing: return {"本地缺", "Missing here"};
  }
  return {};
}

Bilingual words_of(HhiBasis basis) {
  switch (basis) {
    case HhiBasis::none: return {"没有供应单位", "No supplier"};
    case HhiBasis::shares: return {"按占比", "By share"};
    case HhiBasis::mixed: return {"部分占比未知", "Some shares unknown"};
    case HhiBasis::equal: return {"占比未知，按相等算", "Shares unknown, taken as equal"};
  }
  return {};
}

Sheet sheet_with(const Bilingual& name, std::initializer_list<Bilingual> heads, bool english) {
  Sheet sheet{say(name, english), {}, {}, {}};
  for (const auto& head : heads) sheet.columns.push_back({say(head, english), 0});
  return sheet;
}

Cell whole(std::optional<std::int64_t> number) { return number ? office::whole_of(*number) : Cell(); }
/// Per cent with one decimal, as on the page.
Cell percent(double share) {
  constexpr double kPerMille = 1000;
  return std::round(share * kPerMille) / (kPerMille / 100);
}

std::map<std::string_view, std::string_view> titles_of(const ChainReport& report) {
  std::map<std::string_view, std::string_view> titles;
  for (const auto& node : report.nodes) titles.emplace(node.code, node.title);
  return titles;
}

Sheet nodes_sheet(const ChainReport& report, const ChainNames& names, bool english) {
  Sheet sheet = sheet_with({"全部节点", "All nodes"},
                           {{"节点", "Node"}, {"代码", "Code"}, {"位置", "Place"}, {"类型", "Kind"}, {"产业链环节", "Segment"}, {"状况", "Supply"}, {"本地单位", "Here"}, {"全部单位", "In all"},
                            {"集中度 HHI", "Concentration (HHI)"}, {"集中度依据", "HHI made from"}, {"断供影响 (%)", "Paths lost without it (%)"}, {"枢纽度 (%)", "Betweenness (%)"},
                            {"绕不开的上游", "Cannot do without"}, {"离不开它的节点", "Nodes that need it"}, {"供给", "Supplies"}}, english);
  const auto titles = titles_of(report);
  for (const auto& node : report.nodes) {
    std::vector<std::string> customers;
    for (const auto& edge : report.edges)
      if (edge.from == node.code && edge.relation == ChainRelation::upstream) customers.emplace_back(titles.at(edge.to));
    sheet.rows.push_back({node.title, node.code, names.code("chain-positions", enum_name(node.position)), names.code("chain-node-kinds", enum_name(node.kind)),
                          node.segment ? Cell(names.code("segments", *node.segment)) : Cell(), say(words_of(node.risk), english), office::whole_of(node.local_suppliers),
                          office::whole_of(node.suppliers), whole(node.hhi), say(words_of(node.hhi_basis), english),
                          percent(node.paths_lost_share), percent(node.betweenness_share),
                          node.dominator ? Cell(std::string(titles.at(*node.dominator))) : Cell(), office::whole_of(node.dominates), join(customers, "; ")});
  }
  return sheet;
}

Sheet relations_sheet(const ChainReport& report, const ChainNames& names, bool english) {
  Sheet sheet = sheet_with({"关系", "Relations"},
                           {{"从", "From"}, {"从（代码）", "From (code)"}, {"关系", "Relation"}, {"到", "To"}, {"到（代码）", "To (code)"}, {"成环，未计入", "Closes a cycle, left out"}},
                           english);
  const auto titles = titles_of(report);
  for (const auto& edge : report.edges)
    sheet.rows.push_back({std::string(titles.at(edge.from)), edge.from, names.code("chain-relations", enum_name(edge.relation)), std::string(titles.at(edge.to)), edge.to,
                          edge.left_out ? Cell(say({"是", "yes"}, english)) : Cell()});
  return sheet;
}

Sheet listed_sheet(const Bilingual& name, const std::vector<ChainListed>& listed, bool english) {
  Sheet sheet = sheet_with(name, {{"节点", "Node"}, {"代码", "Code"}, {"理由", "Reasons"}}, english);
  for (const auto& one : listed) {
    std::vector<std::string> reasons;
    for (const auto& reason : one.reasons) reasons.push_back(say(reason, english));
    sheet.rows.push_back({one.title, one.code, join(reasons, "\n")});
  }
  return sheet;
}

Sheet leads_sheet(const ChainReport& report, const ChainNames& names, bool english) {
  Sheet sheet = sheet_with({"招引线索", "Leads"}, {{"单位", "Organization"}, {"节点", "Node"}, {"地区", "Region"}, {"区域采购占比 (%)", "Share of purchases (%)"}, {"理由", "Reason"}, {"依据", "Source"}, {"上链记录", "Entry"}}, english);
  for (const auto& lead : report.leads)
    sheet.rows.push_back({lead.organization_name, lead.title, names.region(lead.region), whole(lead.share_percent), say(lead.reason, english), lead.source, lead.position});
  return sheet;
}

Sheet about_sheet(const ChainReport& report, const ChainThresholds& thresholds, std::string_view region, const ChainNames& names, bool english) {
  Sheet sheet = sheet_with({"说明", "About"}, {{"项", "Item"}, {"内容", "Text"}}, english);
  const auto add = [&](const Bilingual& item, const std::string& text) { sheet.rows.push_back({say(item, english), text}); };
  const auto figure = [&](std::optional<std::int64_t> number) { return number ? std::to_string(*number) : say({"待定", "to be set"}, english); };
  add({"产业链", "Chain"}, report.counts.chain);
  add({"从哪里看", "Looking from"}, names.region(region));
  add({"供给集中：HHI 高于", "Concentrated: HHI above"}, figure(thresholds.hhi));
  add({"依据", "Source"}, say(thresholds.hhi_source, english));
  add({"关键节点：断供影响达到 (%)", "Key node: paths lost, at least (%)"}, figure(thresholds.key_paths_percent));
  add({"依据", "Source"}, say(thresholds.key_paths_source, english));
  add({"线索", "Leads"}, english ? fmt::format("{} of {}", report.leads.size(), report.leads_total) : fmt::format("共 {} 条，列出 {} 条", report.leads_total, report.leads.size()));
  for (const auto& fault : report.faults) add({"没有计入的数据", "Data left out"}, say(fault.text, english));
  return sheet;
}

}  // namespace

std::vector<Sheet> chain_sheets(const ChainReport& report, const ChainThresholds& thresholds, std::string_view region, const ChainNames& names, bool english) {
  return {nodes_sheet(report, names, english),
          relations_sheet(report, names, english),
          listed_sheet({"强链", "Strengthen"}, report.strengthen, english),
          listed_sheet({"补链", "Fill"}, report.fill, english),
          listed_sheet({"延链", "Extend"}, report.extend, english),
          leads_sheet(report, names, english),
          about_sheet(report, thresholds, region, names, english)};
}

}  // namespace jingwei::atlas
