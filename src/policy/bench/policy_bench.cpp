// How long it takes to judge 100,000 companies by 50 policies, verdict of every clause included: policy_bench [companies] [policies]
//
// Facts are made by SQL with a fixed seed: a quarter of them unknown, the rest spread around the figures that policies ask for. The
// policies are those that ship, levels of the ladders too, and the first of them once more until there are enough.
#include <chrono>
#include <cstdlib>
#include <fstream>

#include <fmt/format.h>

#include "policy/policy.h"

using namespace jingwei;
using namespace jingwei::policy;

namespace {

constexpr double kLimitSeconds = 10;

std::string spread(std::size_t number, std::int64_t below) { return fmt::format("CAST(hash(i * 1000003 + {}) % {} AS BIGINT)", number, below); }

std::string made_up(const Book& book, std::size_t number) {
  const Fact& fact = book.facts()[number];
  const auto codes = [&] {
    std::string list;
    for (const auto& item : book.definitions().code_list(fact.kind.code_list)->codes) list += (list.empty() ? "'" : ", '") + item.code + "'";
    return list;
  };
  switch (fact.kind.type) {
    case FactType::boolean: return spread(number, 2) + " = 1";
    case FactType::integer: return spread(number, 900);
    case FactType::money: return spread(number, 30'000) + " * 1000000";
    case FactType::decimal: return "CAST(" + spread(number, 100) + " AS DOUBLE)";
    case FactType::date: return "DATE '2015-01-01' + CAST(" + spread(number, 4'000) + " AS INTEGER)";
    case FactType::text: return "'x'";
    case FactType::region: return "list_extract(['330402', '330421', '330481', '330108', '310115', '330400'], 1 + " + spread(number, 6) + ")";
    case FactType::code:
      if (fact.id == "kind") return "CASE WHEN " + spread(number, 5) + " > 0 THEN 'enterprise' ELSE 'institute' END";
      return fmt::format("list_extract([{}], 1 + {})", codes(), spread(number, static_cast<std::int64_t>(book.definitions().code_list(fact.kind.code_list)->codes.size())));
    case FactType::codes: return fmt::format("list_slice([{}], 1 + {}, 3 + {})", codes(), spread(number, 8), spread(number + 500, 6));
  }
  return "NULL";
}

std::string companies_sql(const Book& book, int count) {
  std::string columns = "i";
  for (std::size_t f = 0; f < book.facts().size(); ++f) columns += fmt::format(", CASE WHEN hash(i * 7919 + {}) % 4 = 0 THEN NULL ELSE {} END", f, made_up(book, f));
  return fmt::format("INSERT INTO facts SELECT {} FROM range({}) AS r(i)", columns, count);
}

std::int64_t resident_mb() {
  std::ifstream status("/proc/self/statm");
  std::int64_t pages = 0;
  std::int64_t resident = 0;
  status >> pages >> resident;
  return resident * 4096 / (1 << 20);
}

}  // namespace

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::atoi(argv[1]) : 100'000;
  const std::size_t wanted = argc > 2 ? static_cast<std::size_t>(std::atoi(argv[2])) : 50;
  const std::string source = JINGWEI_SOURCE;
  const auto definitions = registry::Definitions::load(source + "/registers");
  const Book book = Book::load(source + "/policies", definitions);
  std::vector<policy::Policy> policies = book.policies();
  policies.insert(policies.end(), book.levels().begin(), book.levels().end());
  for (std::size_t i = 0; policies.size() < wanted; ++i) {
    policies.push_back(policies[i]);
    policies.back().id += "_again";
  }
  policies.resize(wanted);
  Companies companies(book);
  companies.fill(companies_sql(book, count));
  const auto begun = std::chrono::steady_clock::now();
  std::int64_t claims = 0;
  std::size_t clauses = 0;
  for (const auto& policy : policies) {
    claims += companies.judge(policy, {"2026-06-30", {}}).claim;
    clauses += policy.clauses.size();
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  fmt::print("{{\"figure\": \"verdicts_{}_companies_{}_policies\", \"value\": {:.2f}, \"unit\": \"s\", \"limit\": {}, \"passed\": {}, "
             "\"detail\": \"{} clauses, {} claims, traces kept, {} MB resident\"}}\n",
             count, policies.size(), seconds, kLimitSeconds, seconds <= kLimitSeconds, clauses, claims, resident_mb());
}
