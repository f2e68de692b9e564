// Verbs of policies: check the files, run the cases beside them, list them. No node is needed.
#include <iostream>

#include <fmt/format.h>

#include "node/internal/verbs.h"
#include "node/node.h"
#include "policy/policy.h"

namespace jingwei::node {
namespace {

int test_policies(const policy::Book& book, const std::string& folder) {
  int failed = 0;
  const auto results = policy::run_cases(book, folder);
  for (const auto& result : results) {
    if (result.passed) continue;
    ++failed;
    std::cout << fmt::format("FAIL  {}:{} {}\n{}\n", result.file, result.line, result.name, result.difference);
  }
  std::cout << fmt::format("{} passed, {} failed\n", results.size() - static_cast<std::size_t>(failed), failed);
  return failed == 0 ? kOk : kNegative;
}

int list_policies(const policy::Book& book) {
  for (const auto& policy : book.policies()) std::cout << fmt::format("{:36} {:9} {:2} clauses  {}\n", policy.id, enum_name(policy.standing), policy.clauses.size(), sentence(policy.title));
  for (const auto& scheme : book.schemes())
    for (const auto& level : scheme.levels) std::cout << fmt::format("{:36} {:9} {:2} clauses  {}\n", scheme.id + "/" + level.code, "level", book.levels()[level.policy].clauses.size(), sentence(level.title));
  return kOk;
}

}  // namespace

void add_policy(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("policy", "policies as files")->require_subcommand(1);
  auto folder = std::make_shared<std::string>((program_folder() / "policies").string());
  auto own = std::make_shared<std::string>();
  const auto ask = [&](CLI::App* asked) {
    asked->add_option("FOLDER", *folder)->capture_default_str();
    asked->add_option("--own", *own, "folder of a region's own files, which stand for those of the same name");
    return asked;
  };
  const auto with_book = [=](const std::function<int(const policy::Book&)>& use) {
    const auto definitions = registry::Definitions::load(program_folder() / "registers");
    return use(policy::Book::load(*folder, definitions, *own));
  };
  ask(verb->add_subcommand("check", "check all files"))->callback([=, &chosen] {
    chosen = [=] {
      return with_book([](const policy::Book& book) {
        std::cout << fmt::format("{} policies, {} ladders with {} levels, {} facts: in order\n", book.policies().size(), book.schemes().size(), book.levels().size(), book.facts().size());
        return kOk;
      });
    };
  });
  ask(verb->add_subcommand("test", "run the cases beside the policies"))->callback([=, &chosen] {
    chosen = [=] { return with_book([=](const policy::Book& book) { return test_policies(book, *folder); }); };
  });
  ask(verb->add_subcommand("list", "list policies and levels"))->callback([=, &chosen] { chosen = [=] { return with_book(list_policies); }; });
}

}  // namespace jingwei::node
