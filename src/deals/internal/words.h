// The words of a deal as sentences use them, and who reads every deal. Pure.
#pragma once

#include <algorithm>

#include "deals/deals.h"

namespace jingwei::deals::internal {

inline Bilingual words(State state) {
  switch (state) {
    case State::proposed: return {"已提出", "proposed"};
    case State::agreed: return {"已达成", "agreed"};
    case State::delivered: return {"已交付", "delivered"};
    case State::accepted: return {"已验收", "accepted"};
    case State::disputed: return {"有争议", "disputed"};
    case State::terminated: return {"已终止", "terminated"};
    case State::declined: return {"未达成", "declined"};
  }
  return {};
}

inline Bilingual words(DealAct act) {
  switch (act) {
    case DealAct::propose: return {"提出", "propose"};
    case DealAct::agree: return {"同意", "agree"};
    case DealAct::decline: return {"谢绝或撤回", "decline"};
    case DealAct::revise: return {"修改条款", "revise the terms"};
    case DealAct::deliver: return {"交付", "deliver"};
    case DealAct::accept: return {"验收", "accept"};
    case DealAct::dispute: return {"提出异议", "dispute"};
    case DealAct::terminate: return {"终止", "terminate"};
    case DealAct::evaluate: return {"评价", "evaluate"};
  }
  return {};
}

inline Bilingual words(Side side) { return side == Side::buyer ? Bilingual{"需求方", "buyer"} : Bilingual{"供给方", "seller"}; }

inline bool reads_all(const identity::Actor& actor) {
  return std::ranges::any_of(actor.roles, [](identity::Role role) {
    return role == identity::Role::department || role == identity::Role::administrator || role == identity::Role::auditor;
  });
}

}  // namespace jingwei::deals::internal
