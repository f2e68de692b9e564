// What a confirmed draft becomes. Pure.
//
//   measures    tasks with the steps as milestones, units as duties from the day of the plan
//   indicators  indicators with baseline and targets as published
//   promises    indicators that gather over the year (每年、每季、每月) or stand at its end; counted when a register keeps such entries
#pragma once

#include "steering/steering.h"

namespace jingwei::steering::internal {

struct PlanItems {
  std::vector<IndicatorContent> indicators;
  std::vector<TaskContent> tasks;
};

/// `today` stands for the day of a plan that has none.
PlanItems items_of(const PlanCommit& commit, std::string_view today);
std::string title_of(const PlanCommit& commit);

}  // namespace jingwei::steering::internal
