// How long a need with eight problems and twelve candidates of each kind takes: plan_bench [rounds]
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>

#include "io/file.h"
#include "plan/plan.h"
#include "plan/test_plan.h"

using namespace jingwei;

namespace {

plan::Request largest() {
  plan::Request request;
  request.today = "2026-01-01";
  request.need.region = "330402";
  request.need.budget_fen = 200'000'000;
  request.need.deadline = "2026-12-31";
  for (int i = 0; i < static_cast<int>(match::kProblemsMax); ++i) request.problems.push_back({i, "problem"});
  std::uint64_t state = 7;
  const auto next = [&](std::uint64_t below) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state >> 33) % below;
  };
  const char* regions[] = {"330402", "330411", "330108", "310115"};
  for (const char* kind : {"achievement", "expert", "platform", "instrument", "pilot", "fund", "policy"})
    for (int i = 0; i < static_cast<int>(plan::kOptionsMax); ++i) {
      std::vector<int> answers;
      for (int problem = 0; problem < static_cast<int>(match::kProblemsMax); ++problem)
        if (next(2) == 0) answers.push_back(problem);
      request.candidates.push_back(plan::candidate(fmt::format("{}{}", kind, i), kind, static_cast<std::int64_t>(next(80'000'000)), regions[next(4)], 1 + static_cast<int>(next(9)),
                                                   0.6 + 0.03 * static_cast<double>(next(12)), answers));
    }
  return request;
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 50;
  const std::string folder = std::string(JINGWEI_SOURCE) + "/src/plan/";
  const auto rules = plan::Rules::parse(io::read_file(folder + "durations.yaml"), io::read_file(folder + "support.yaml"));
  const auto request = largest();
  std::vector<double> ms;
  for (int i = 0; i < std::max(rounds, 1); ++i) {
    const auto begun = std::chrono::steady_clock::now();
    const auto plans = plan::make(request, rules);
    ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
    if (plans.alternatives.empty()) return 1;
  }
  std::sort(ms.begin(), ms.end());
  fmt::print("plan: {} problems, {} candidates: p50 {:.1f} ms, max {:.1f} ms (to stay under 50 ms)\n", request.problems.size(), request.candidates.size(), ms[ms.size() / 2], ms.back());
}
