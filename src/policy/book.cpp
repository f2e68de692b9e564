// All files of policies/, read and checked.
#include <algorithm>

#include "base/check.h"
#include "policy/internal/expressions.h"
#include "policy/internal/reading.h"

namespace jingwei::policy {
namespace {

std::string place_of(const Policy& policy, const Expression& expression) { return policy.file + ":" + std::to_string(expression.line); }

bool is_told(const std::vector<InputProblem>& problems, const Policy& policy, const Expression& expression) {
  return std::ranges::find(problems, place_of(policy, expression), &InputProblem::field) != problems.end();
}

void check_policy(sql::Session& session, const std::vector<Fact>& facts, Policy& policy, std::vector<InputProblem>& problems) {
  const auto tell = [&](const Expression& expression, const std::vector<ExpressionFault>& faults) {
    for (const auto& fault : faults) problems.push_back({std::nullopt, place_of(policy, expression), fault.reason, fault.remedy});
  };
  const std::size_t before = problems.size();
  for (auto& clause : policy.clauses) tell(clause.when, read_expression(session, facts, policy, clause.when));
  tell(policy.benefit.formula, read_expression(session, facts, policy, policy.benefit.formula));
  const bool readable = problems.size() == before;
  if (!readable || !all_stand(session, policy)) {
    const std::size_t told = problems.size();
    for (const auto& clause : policy.clauses)
      if (!is_told(problems, policy, clause.when)) tell(clause.when, try_expression(session, policy, clause.when, true));
    if (!is_told(problems, policy, policy.benefit.formula)) tell(policy.benefit.formula, try_expression(session, policy, policy.benefit.formula, false));
    CHECK(!readable || problems.size() > told);
  }
  // A figure that nothing reads is a figure somebody meant to use.
  for (std::size_t i = 0; i < policy.parameters.size(); ++i) {
    const auto reads = [&](const Expression& expression) { return std::ranges::find(expression.parameters, i) != expression.parameters.end(); };
    if (!reads(policy.benefit.formula) && std::ranges::none_of(policy.clauses, [&](const Clause& clause) { return reads(clause.when); }))
      problems.push_back({std::nullopt, policy.file + ":" + std::to_string(policy.parameters[i].line),
                          {"参数 " + policy.parameters[i].id + " 没有用到", "parameter " + policy.parameters[i].id + " is not used"}, {"用上它或删去", "Use it or remove it"}});
  }
}

/// Files by name; a region's own stand for those that ship.
std::map<std::string, std::filesystem::path> layered(const std::filesystem::path& folder, const std::filesystem::path& own, const char* below) {
  std::map<std::string, std::filesystem::path> files;
  for (const auto& path : files_of(folder / below, ".yaml")) files[path.filename().string()] = path;
  if (own.empty() || !std::filesystem::is_directory(own / below)) return files;
  for (const auto& path : files_of(own / below, ".yaml")) files[path.filename().string()] = path;
  return files;
}

constexpr std::int64_t kAnswerMemoryBytes = 128LL << 20;

}  // namespace

Book::Book() : database_(std::make_unique<sql::Database>(open_database(kAnswerMemoryBytes, 1))) {}
Book::Book(Book&&) noexcept = default;
Book::~Book() = default;

Book Book::load(const std::filesystem::path& folder, const registry::Definitions& definitions, const std::filesystem::path& own) {
  std::vector<InputProblem> problems;
  Book book;
  book.definitions_ = &definitions;
  const auto files = layered(folder, own, ".");
  auto facts = read_facts(files.contains("facts.yaml") ? files.at("facts.yaml") : folder / "facts.yaml", definitions, problems);
  book.facts_ = std::move(facts.facts);
  book.groups_ = std::move(facts.groups);
  for (const auto& [name, path] : files)
    if (name != "facts.yaml") book.policies_.push_back(read_policy(path, definitions, problems));
  for (const auto& [name, path] : layered(folder, own, "schemes")) {
    auto scheme = read_scheme(path, book.levels_.size(), definitions, problems);
    book.schemes_.push_back(std::move(scheme.scheme));
    std::ranges::move(scheme.levels, std::back_inserter(book.levels_));
  }
  if (problems.empty()) {  // expressions make sense only over facts that are in order
    auto session = open_database(kAnswerMemoryBytes, 1).connect();
    make_probes(session, book.facts_);
    for (auto& policy : book.policies_) check_policy(session, book.facts_, policy, problems);
    for (auto& level : book.levels_) check_policy(session, book.facts_, level, problems);
  }
  if (problems.empty()) return book;
  Bilingual message{problems.front().field + "：" + problems.front().reason.zh, problems.front().field + ": " + problems.front().reason.en};
  throw Rejected(Code::invalid, std::move(message), std::move(problems));
}

std::optional<std::size_t> Book::fact(std::string_view id) const {
  const auto at = std::ranges::find(facts_, id, &Fact::id);
  return at == facts_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - facts_.begin()));
}

const Policy* Book::find(std::string_view id) const {
  const auto at = std::ranges::find(policies_, id, &Policy::id);
  return at == policies_.end() ? nullptr : &*at;
}

const Policy& Book::require(std::string_view id) const {
  if (const auto* policy = find(id)) return *policy;
  throw Rejected(Code::not_found, {"没有这项政策", "There is no such policy"});
}

}  // namespace jingwei::policy
