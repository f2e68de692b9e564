// What tests of policies need: the shipped book, a small one of their own, companies made up with a fixed seed.
#pragma once

#include <unistd.h>

#include <atomic>
#include <random>

#include "io/file.h"
#include "policy/policy.h"

namespace jingwei::policy {

inline const registry::Definitions& definitions() {
  static const auto kDefinitions = registry::Definitions::load(std::string(JINGWEI_SOURCE) + "/registers");
  return kDefinitions;
}
inline std::filesystem::path policies_folder() { return std::string(JINGWEI_SOURCE) + "/policies"; }
inline const Book& shipped() {
  // Never destroyed: DuckDB's own statics may be gone by then.
  static const Book& kBook = *new Book(Book::load(policies_folder(), definitions()));
  return kBook;
}

/// A folder of policies that goes away with the test.
class TestFolder {
 public:
  TestFolder() {
    static std::atomic<int> counter = 0;
    path_ = std::filesystem::temp_directory_path() / ("jingwei_policies_" + std::to_string(getpid()) + "_" + std::to_string(++counter));
    std::filesystem::create_directories(path_ / "schemes");
  }
  TestFolder(const TestFolder&) = delete;
  ~TestFolder() {
    std::error_code ignored;  // what is left over is in the temporary folder and harms no other test
    std::filesystem::remove_all(path_, ignored);
  }
  void write(const std::string& name, const std::string& text) const { io::write_file_atomically(path_ / name, text); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

constexpr const char* kSampleFacts = R"(groups:
  - {id: all, title: {zh: 全部, en: All}}
facts:
  - {id: staff, group: all, type: integer, title: {zh: 职工, en: Staff}, question: {zh: 多少人？, en: "How many?"}}
  - {id: rd_spend_fen, group: all, type: money, unit: {zh: 万元, en: 10 000 yuan}, title: {zh: 研发, en: Research}, question: {zh: 多少？, en: "How much?"}}
  - {id: kind, group: all, type: code, code_list: organization-kinds, title: {zh: 类型, en: Kind}, question: {zh: 什么？, en: "What?"}}
  - {id: region, group: all, type: region, title: {zh: 地区, en: Region}, question: {zh: 哪里？, en: "Where?"}}
  - {id: fined, group: all, type: boolean, title: {zh: 失信, en: Breach}, question: {zh: 有吗？, en: "Any?"}}
  - {id: founded_on, group: all, type: date, title: {zh: 成立, en: Founded}, question: {zh: 哪天？, en: "When?"}}
)";

inline std::string sample_policy(const std::string& id, const std::string& parameters, const std::string& when, const std::string& formula) {
  return "id: " + id + R"(
title: {zh: 例, en: Sample}
issuer: {zh: 某地, en: Somewhere}
document: 例
place: 一
quote: 例
standing: in_force
chain: capital
entities: [enterprise]
)" + parameters + R"(clauses:
  - {id: own, required: {zh: 够, en: enough}, when: ")" + when + R"(", todo: {zh: 做, en: do}}
benefit: {text: {zh: 钱, en: money}, formula: ")" + formula + R"("}
apply: {zh: 窗口, en: desk}
)";
}

inline Book sample_book() {
  TestFolder folder;
  folder.write("facts.yaml", kSampleFacts);
  folder.write("sample.yaml", sample_policy("sample", R"(parameters:
  - {id: staff_min, title: {zh: 人数, en: Staff}, type: integer, values: [{from: 2020-01-01, value: 15, legal: 一}, {from: 2030-01-01, value: 30, legal: 二}]}
)", "staff >= p.staff_min", "rd_spend_fen * 10 // 100"));
  folder.write("ratio.yaml", sample_policy("ratio", "", "rd_spend_fen / staff > 5", "1000 * rd_spend_fen / staff"));
  return Book::load(folder.path(), definitions());
}

inline Company company_with(const Book& book, const std::vector<std::pair<std::string, Value>>& facts) {
  Company company{"", "", std::vector<KnownFact>(book.facts().size())};
  for (const auto& [id, value] : facts) company.facts[book.fact(id).value()] = {value, Origin::said, ""};
  return company;
}

/// Companies with any mixture of known and unknown facts, zeros included.
inline std::vector<Company> sample_companies(const Book& book, int count) {
  std::mt19937_64 random(20260630);
  std::vector<Company> companies;
  for (int i = 0; i < count; ++i) {
    Company company = company_with(book, {});
    for (std::size_t f = 0; f < book.facts().size(); ++f) {
      const auto& kind = book.facts()[f].kind;
      const auto draw = random();
      if (draw % 4 == 0) continue;
      const auto number = static_cast<std::int64_t>((draw >> 8) % 5 == 0 ? 0 : (draw >> 12) % 300'000);
      Value value;
      switch (kind.type) {
        case FactType::boolean: value = (draw >> 9) % 2 == 0; break;
        case FactType::integer: value = number % 1500; break;
        case FactType::money: value = number * 100'000; break;
        case FactType::decimal: value = static_cast<double>(number); break;
        case FactType::date: value = std::string((draw >> 9) % 2 == 0 ? "2012-02-29" : "2026-03-01"); break;
        case FactType::region: value = std::string((draw >> 9) % 3 == 0 ? "330108" : (draw >> 9) % 3 == 1 ? "330402" : "330400"); break;
        case FactType::text: value = std::string("x"); break;
        case FactType::code: {
          const auto& codes = definitions().code_list(kind.code_list)->codes;
          value = kind.code_list == "organization-kinds" && (draw >> 9) % 2 == 0 ? std::string("enterprise") : codes[(draw >> 10) % codes.size()].code;
          break;
        }
        case FactType::codes: {
          const auto& codes = definitions().code_list(kind.code_list)->codes;
          std::vector<std::string> some;
          for (std::size_t c = 0; c < codes.size(); ++c)
            if ((draw >> (c + 5)) % 3 == 0) some.push_back(codes[c].code);
          value = some;
          break;
        }
      }
      company.facts[f] = {value, Origin::said, ""};
    }
    companies.push_back(std::move(company));
  }
  return companies;
}

}  // namespace jingwei::policy
