// Verbs of appraisals: check the files, list classes and weights. No node is needed.
#include <iostream>

#include <fmt/format.h>

#include "node/internal/verbs.h"
#include "node/node.h"
#include "policy/appraisal.h"

namespace jingwei::node {
namespace {

int check_appraisals(const policy::Appraisals& appraisals) {
  for (const auto& scheme : appraisals.schemes()) {
    std::size_t criteria = 0;
    std::size_t on_trial = 0;
    for (const auto& of : scheme.classes)
      for (const auto& criterion : of.criteria) {
        ++criteria;
        on_trial += criterion.weight_basis.is_set ? 0 : 1;
      }
    std::cout << fmt::format("{}: {} classes, {} facts, {} criteria, {} weights on trial: in order\n", scheme.id, scheme.classes.size(), scheme.facts.size(), criteria, on_trial);
  }
  return kOk;
}

int list_appraisals(const policy::Appraisals& appraisals) {
  for (const auto& scheme : appraisals.schemes())
    for (const auto& of : scheme.classes) {
      std::cout << fmt::format("{}/{}  {}\n", scheme.id, of.id, sentence(of.title));
      for (const auto& criterion : of.criteria)
        std::cout << fmt::format("  {:6g} {:5}  {:10}  {}\n", criterion.weight, criterion.weight_basis.is_set ? "set" : "trial", enum_name(criterion.rule.kind), sentence(criterion.title));
    }
  return kOk;
}

}  // namespace

void add_appraisal(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("appraisal", "appraisal of platforms, schemes as files")->require_subcommand(1);
  auto folder = std::make_shared<std::string>((program_folder() / "policies/appraisals").string());
  auto own = std::make_shared<std::string>();
  const auto add = [&](const char* name, const char* about, int (*use)(const policy::Appraisals&)) {
    auto* asked = verb->add_subcommand(name, about);
    asked->add_option("FOLDER", *folder)->capture_default_str();
    asked->add_option("--own", *own, "folder of a region's own files, which stand for those of the same name");
    asked->callback([=, &chosen] {
      chosen = [=] {
        const auto definitions = registry::Definitions::load(program_folder() / "registers");
        return use(policy::Appraisals::load(*folder, definitions, *own));
      };
    });
  };
  add("check", "check all files", check_appraisals);
  add("list", "list classes, criteria and weights", list_appraisals);
}

}  // namespace jingwei::node
