// Deals for tests of the pure rules: built in any situation without walking there.
#pragma once

#include <algorithm>
#include <sstream>

#include "deals/deals.h"

namespace jingwei::deals::testing {

constexpr Timestamp kNow{1'769'000'000'000'000};  ///< 2026-01-21T12:53:20Z
constexpr const char* kBuyerId = "org_01KFBUYER00000000000000000";
constexpr const char* kSellerId = "org_01KFSELLER0000000000000000";

/// Terms that keep every rule: two milestones, 300 000 yuan, 240 000 of it technology.
inline Terms good_terms() {
  return {Kind::development, "轴承座去毛刺", "研制去毛刺专机一台并在线验证", 30'000'000, 24'000'000, "2026-03-01", "2026-09-30",
          {{"样机", "2026-06-01", 10'000'000}, {"上线验收", "2026-09-30", 20'000'000}}};
}

inline MilestoneState milestone_state(char letter) {
  return letter == 'd' ? MilestoneState::delivered : letter == 'a' ? MilestoneState::accepted : letter == 'x' ? MilestoneState::disputed : MilestoneState::open;
}

inline char letter(MilestoneState state) { return "odax"[static_cast<int>(state)]; }

/// `milestones` as in testdata/acts.test: "od" is one open and one delivered.
inline Deal deal_in(State state, const std::string& milestones, Side terms_by, const std::vector<Side>& evaluated = {}) {
  Deal deal;
  deal.id = "deal_01KF0000000000000000000000";
  deal.need = {"need_01KF0000000000000000000000", "去毛刺"};
  deal.supply = {"ach_01KF0000000000000000000000", "achievements", "去毛刺工艺"};
  deal.buyer = {kBuyerId, "甲厂", "330402"};
  deal.seller = {kSellerId, "乙所", "310112"};
  deal.proposed_by = terms_by;
  deal.created_at = to_rfc3339(kNow);
  deal = start(std::move(deal), terms_by, {DealAct::propose, {}, {}, {}, good_terms()}, kNow).deal;
  deal.version = 7;
  deal.state = state;
  for (std::size_t i = 0; i < milestones.size(); ++i) deal.milestones.at(i).state = milestone_state(milestones[i]);
  for (const Side side : evaluated) deal.evaluations.push_back({side, 4, "", to_rfc3339(kNow)});
  return deal;
}

/// An act with everything that the acts need said.
inline ActRequest complete_request(DealAct act, std::int64_t milestone) {
  ActRequest request;
  request.act = act;
  if (act == DealAct::deliver || act == DealAct::accept || act == DealAct::dispute) request.milestone = milestone;
  if (act == DealAct::deliver || act == DealAct::dispute || act == DealAct::terminate) request.note = "写明";
  if (act == DealAct::evaluate) request.score = 4;
  if (act == DealAct::revise) request.terms = good_terms();
  return request;
}

using Words = std::vector<std::string>;

inline Words sorted(Words words) {
  std::ranges::sort(words);
  return words;
}

inline Words words_of(const std::string& line) {
  std::istringstream in(line);
  Words words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

inline std::vector<DealAct> every_act() {
  std::vector<DealAct> acts;
  for (const auto name : enum_names<DealAct>()) acts.push_back(enum_from_name<DealAct>(name).value());
  return acts;
}

}  // namespace jingwei::deals::testing
