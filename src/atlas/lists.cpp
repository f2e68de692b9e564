#include "atlas/internal/lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/region.h"

namespace jingwei::atlas {
namespace {

/// Titles named in one reason; further ones are counted.
constexpr std::size_t kTitlesNamedMax = 3;

struct Links {
  std::map<std::string, std::vector<const NodeMeasures*>, std::less<>> before;  ///< suppliers of a node, by its code
  std::map<std::string, std::vector<const NodeMeasures*>, std::less<>> after;
  std::map<std::string, std::vector<const NodeMeasures*>, std::less<>> substitutes;  ///< nodes that may replace it
};

Links links_of(const ChainReport& report) {
  std::map<std::string_view, const NodeMeasures*> by_code;
  for (const auto& node : report.nodes) by_code.emplace(node.code, &node);
  Links links;
  for (const auto& edge : report.edges) {
    if (edge.relation == ChainRelation::upstream) {
      links.before[edge.to].push_back(by_code.at(edge.from));
      links.after[edge.from].push_back(by_code.at(edge.to));
    }
    if (edge.relation == ChainRelation::substitute) links.substitutes[edge.to].push_back(by_code.at(edge.from));
  }
  return links;
}

std::vector<const NodeMeasures*> covered(const std::map<std::string, std::vector<const NodeMeasures*>, std::less<>>& linked, const std::string& code) {
  std::vector<const NodeMeasures*> found;
  if (const auto at = linked.find(code); at != linked.end())
    std::ranges::copy_if(at->second, std::back_inserter(found), [](const NodeMeasures* node) { return node->local_suppliers > 0; });
  return found;
}

/// A node of the region lies downstream of `code`, near or far.
bool feeds_the_region(const Links& links, const std::string& code) {
  std::set<std::string_view> seen = {code};
  std::vector<std::string_view> waiting = {code};
  while (!waiting.empty()) {
    const auto at = links.after.find(waiting.back());
    waiting.pop_back();
    if (at == links.after.end()) continue;
    for (const NodeMeasures* next : at->second) {
      if (next->local_suppliers > 0) return true;
      if (seen.insert(next->code).second) waiting.push_back(next->code);
    }
  }
  return false;
}

Bilingual named(const std::vector<const NodeMeasures*>& nodes) {
  Bilingual names;
  for (std::size_t at = 0; at < std::min(nodes.size(), kTitlesNamedMax); ++at) {
    names.zh += (at == 0 ? "" : "、") + nodes[at]->title;
    names.en += (at == 0 ? "" : ", ") + nodes[at]->title;
  }
  if (nodes.size() > kTitlesNamedMax) {
    names.zh += fmt::format(" 等 {} 个", nodes.size());
    names.en += fmt::format(" and {} more", nodes.size() - kTitlesNamedMax);
  }
  return names;
}

void say_weight(const NodeMeasures& node, std::vector<Bilingual>& reasons) {
  if (node.paths_lost_share > 0)
    reasons.push_back({fmt::format("它一断，{:.0f} % 的供给路径随之中断", node.paths_lost_share * 100),
                       fmt::format("If it goes, {:.0f} % of the supply paths go with it", node.paths_lost_share * 100)});
  if (node.dominates > 0)
    reasons.push_back({fmt::format("有 {} 个下游节点绕不开它", node.dominates),
                       fmt::format("{} node{} downstream cannot be supplied without it", node.dominates, node.dominates == 1 ? "" : "s")});
}

Bilingual basis_words(HhiBasis basis) {
  switch (basis) {
    case HhiBasis::shares: return {"按占比", "by share"};
    case HhiBasis::mixed: return {"部分占比已知，其余均分", "some shares known, the rest taken as equal"};
    default: return {"占比未知，按各家相等估算", "shares unknown, taken as equal"};
  }
}

std::optional<ChainListed> to_strengthen(const ListInput& input, const NodeMeasures& node) {
  if (node.local_suppliers == 0 || node.single_source) return std::nullopt;
  ChainListed listed{node.code, node.title, {}};
  if (node.risk == NodeRisk::concentrated) {
    const Bilingual basis = basis_words(node.hhi_basis);
    listed.reasons.push_back({fmt::format("供给集中：HHI {}（{}），高于 {}", *node.hhi, basis.zh, *input.thresholds.hhi),
                              fmt::format("Supply is concentrated: HHI {} ({}), above {}", *node.hhi, basis.en, *input.thresholds.hhi)});
  }
  const bool is_key = input.thresholds.key_paths_percent && node.paths_lost_share > 0 &&
                      node.paths_lost_share * 100 >= static_cast<double>(*input.thresholds.key_paths_percent);
  if (is_key) say_weight(node, listed.reasons);
  return listed.reasons.empty() ? std::nullopt : std::optional(listed);
}

ChainListed to_fill(const Links& links, const NodeMeasures& node) {
  ChainListed listed{node.code, node.title, {}};
  if (node.local_suppliers == 0) {
    listed.reasons.push_back(node.suppliers == 0 ? Bilingual{"图谱里还没有供应单位", "The atlas knows no supplier yet"}
                                                 : Bilingual{fmt::format("本地没有供应单位，外地有 {} 家", node.suppliers),
                                                             fmt::format("No supplier here, {} elsewhere", node.suppliers)});
  }
  if (node.single_source)
    listed.reasons.push_back(node.local_suppliers > 0 ? Bilingual{"图谱里只有一家供应单位，没有备份", "The atlas knows one supplier only; there is no second"}
                                                      : Bilingual{"图谱里只有这一家外地单位在做", "The atlas knows no other supplier than that one"});
  if (const auto local = covered(links.after, node.code); !local.empty()) {
    const Bilingual names = named(local);
    listed.reasons.push_back({"本地的 " + names.zh + " 要用它", "Needed here by " + names.en});
  }
  if (const auto local = covered(links.substitutes, node.code); !local.empty()) {
    const Bilingual names = named(local);
    listed.reasons.push_back({"本地的 " + names.zh + " 可以替代它", "May be replaced by what is made here: " + names.en});
  }
  say_weight(node, listed.reasons);
  return listed;
}

ChainListed to_extend(const Links& links, const NodeMeasures& node) {
  const Bilingual names = named(covered(links.before, node.code));
  ChainListed listed{node.code, node.title, {{"本地已有 " + names.zh + "，可以往下游延伸到它", "The region makes " + names.en + " and could go on to it"}}};
  if (node.suppliers > 0)
    listed.reasons.push_back({fmt::format("外地已有 {} 家在做", node.suppliers),
                              fmt::format("{} organization{} elsewhere already {}", node.suppliers, node.suppliers == 1 ? "" : "s", node.suppliers == 1 ? "does" : "do")});
  else listed.reasons.push_back({"图谱里还没有单位在做", "The atlas knows nobody who does it yet"});
  return listed;
}

Bilingual distance_words(std::string_view region, std::string_view other) {
  switch (region_distance(region, other)) {
    case 0:
    case 1: return {"在同一个市", "in the same city"};
    case 2: return {"在本省", "in the same province"};
    default: return {"在外省市", "in another province"};
  }
}

void add_leads(const ListInput& input, const ChainListed& gap, ChainReport& report) {
  std::vector<const Position*> others;
  for (const Position& position : *input.positions.at(gap.code)) others.push_back(&position);
  report.leads_total += static_cast<std::int64_t>(others.size());
  std::ranges::sort(others, [&](const Position* a, const Position* b) {
    const auto rank = [&](const Position* p) {
      return std::tuple(region_distance(input.region, p->region), -p->share_percent.value_or(-1), std::string_view(p->organization_name), std::string_view(p->id));
    };
    return rank(a) < rank(b);
  });
  others.resize(std::min(others.size(), kLeadsPerNodeMax));
  for (const Position* position : others) {
    const Bilingual place = distance_words(input.region, position->region);
    Bilingual reason{fmt::format("本地缺 {}，该单位做这一节点，{}", gap.title, place.zh), fmt::format("The region lacks {}; this organization has it, {}", gap.title, place.en)};
    if (position->share_percent) {
      reason.zh += fmt::format("，供本区域采购的 {} %", *position->share_percent);
      reason.en += fmt::format(", and supplies {} % of what the region buys", *position->share_percent);
    }
    report.leads.push_back({gap.code, gap.title, position->organization, position->organization_name, position->region,
                            position->share_percent ? std::optional<std::int64_t>(*position->share_percent) : std::nullopt, position->id, position->source, std::move(reason)});
  }
}

}  // namespace

void fill_lists(const ListInput& input, ChainReport& report) {
  const Links links = links_of(report);
  std::vector<const NodeMeasures*> nodes;
  for (const auto& node : report.nodes) nodes.push_back(&node);
  // What most of the supply passes comes first.
  std::ranges::sort(nodes, [](const NodeMeasures* a, const NodeMeasures* b) {
    return std::tuple(-a->paths_lost_share, -a->betweenness, std::string_view(a->code)) < std::tuple(-b->paths_lost_share, -b->betweenness, std::string_view(b->code));
  });
  for (const NodeMeasures* node : nodes) {
    const bool missing = node->local_suppliers == 0;
    if (missing && !feeds_the_region(links, node->code) && !covered(links.before, node->code).empty()) report.extend.push_back(to_extend(links, *node));
    else if (missing || node->single_source) report.fill.push_back(to_fill(links, *node));
    else if (auto listed = to_strengthen(input, *node)) report.strengthen.push_back(std::move(*listed));
  }
  std::set<std::string_view> lacking;
  for (const NodeMeasures* node : nodes)
    if (node->local_suppliers == 0) lacking.insert(node->code);
  for (const auto* list : {&report.fill, &report.extend})
    for (const ChainListed& gap : *list)
      if (lacking.contains(gap.code)) add_leads(input, gap, report);
}

}  // namespace jingwei::atlas
