// Tests beside the policies. A file is cases of one policy or of the levels of one ladder:
//
//   == a firm of Binjiang lists its first data product
//   -- facts
//   region 330108
//   data_listed_on 2026-03-01
//   -- figures                  (may be left out: those in force)
//   reward_fen 10 万元
//   -- on                       (may be left out: 2026-06-30)
//   2026-06-30
//   -- level                    (ladders only)
//   high_tech
//   -- expect
//   claim 100000.00             (outcome, and the amount in yuan, or why there is none)
//   no: where                   (clauses that are not yes, by verdict)
#include <fmt/format.h>

#include <sstream>

#include "base/money.h"
#include "base/text.h"
#include "io/file.h"
#include "policy/internal/yaml_file.h"
#include "policy/policy.h"

namespace jingwei::policy {
namespace {

constexpr std::string_view kDayOfCases = "2026-06-30";

struct Case {
  int line = 0;
  std::string name;
  std::map<std::string, std::string> blocks;
};

[[noreturn]] void malformed(const std::string& file, int line, const Bilingual& reason) {
  const std::string place = file + ":" + std::to_string(line);
  throw Rejected(Code::invalid, place, {place + "：" + reason.zh, place + ": " + reason.en}, {"用例的写法见 policies/README.md", "See policies/README.md for how a case is written"});
}

std::vector<Case> read_cases(const std::string& file, const std::string& text) {
  std::vector<Case> cases;
  std::string* block = nullptr;
  std::istringstream in(text);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.starts_with("== ")) {
      cases.push_back({number, line.substr(3), {}});
      block = nullptr;
    } else if (line.starts_with("-- ")) {
      if (cases.empty()) malformed(file, number, {"段落在第一个用例之前", "a block before the first case"});
      block = &cases.back().blocks[line.substr(3)];
    } else if (block != nullptr) {
      if (!trim(line).empty()) *block += line + "\n";
    } else if (!line.empty() && !line.starts_with('#')) {
      malformed(file, number, {"段落之外的文字", "text outside a block"});
    }
  }
  if (cases.empty()) malformed(file, 1, {"没有用例", "no cases"});
  return cases;
}

/// "key rest of the line" for each line of a block.
std::vector<std::pair<std::string, std::string>> pairs(const Case& text_case, const std::string& block) {
  std::vector<std::pair<std::string, std::string>> result;
  const auto at = text_case.blocks.find(block);
  if (at == text_case.blocks.end()) return result;
  for (const auto line : split(at->second, '\n')) {
    if (trim(line).empty()) continue;
    const auto space = line.find(' ');
    result.emplace_back(line.substr(0, space), space == std::string_view::npos ? "" : line.substr(space + 1));
  }
  return result;
}

std::string block_or(const Case& text_case, const std::string& block, std::string_view otherwise) {
  const auto at = text_case.blocks.find(block);
  return std::string(trim(at == text_case.blocks.end() ? otherwise : std::string_view(at->second)));
}

class Runner {
 public:
  Runner(const Book& book, std::string file) : book_(book), file_(std::move(file)) {}

  CaseResult run(const Case& text_case, const Policy& policy) const {
    Company company{"", "", std::vector<KnownFact>(book_.facts().size())};
    std::vector<InputProblem> problems;
    for (const auto& [id, text] : pairs(text_case, "facts")) {
      const auto index = book_.fact(id);
      if (!index) malformed(file_, text_case.line, {"没有这个事实：" + id, "there is no fact " + id});
      company.facts[*index].value = value_of_text(book_.definitions(), book_.facts()[*index].kind, text, id, problems);
      if (is_known(company.facts[*index].value)) company.facts[*index].origin = Origin::said;
    }
    Terms terms{block_or(text_case, "on", kDayOfCases), {}};
    for (const auto& [id, text] : pairs(text_case, "figures")) {
      const auto at = std::ranges::find(policy.parameters, id, &Parameter::id);
      if (at == policy.parameters.end()) malformed(file_, text_case.line, {"没有这个参数：" + id, "there is no parameter " + id});
      terms.instead[id] = value_of_text(book_.definitions(), at->kind, text, id, problems);
    }
    if (!problems.empty()) malformed(file_, text_case.line, {problems.front().field + " " + problems.front().reason.zh, problems.front().field + " " + problems.front().reason.en});
    const std::string expected = block_or(text_case, "expect", "");
    const std::string actual = told(answer(book_, {&policy}, company, terms).front());
    return {file_, text_case.line, text_case.name, expected == actual, expected == actual ? "" : "expected:\n" + expected + "\nactual:\n" + actual};
  }

 private:
  static std::string told(const PolicyAnswer& answer) {
    std::string out(enum_name(answer.outcome));
    if (answer.outcome == Outcome::claim && answer.benefit.money)
      out += answer.benefit.amount_fen ? " " + format_money({*answer.benefit.amount_fen}, kFenPerYuan) : " " + std::string(enum_name(answer.benefit.state));
    for (const auto verdict : {Verdict::no, Verdict::tell_us, Verdict::to_be_set, Verdict::not_computable}) {
      std::string ids;
      for (const auto& clause : answer.clauses)
        if (clause.verdict == verdict) ids += " " + clause.id;
      if (!ids.empty()) out += fmt::format("\n{}:{}", enum_name(verdict), ids);
    }
    return out;
  }

  const Book& book_;
  std::string file_;
};

}  // namespace

std::vector<CaseResult> run_cases(const Book& book, const std::filesystem::path& folder) {
  std::vector<CaseResult> results;
  auto files = files_of(folder, ".test");
  std::ranges::move(files_of(folder / "schemes", ".test"), std::back_inserter(files));
  for (const auto& path : files) {
    const std::string file = path.filename().string();
    const Runner runner(book, file);
    const bool ladder = path.parent_path().filename() == "schemes";
    for (const auto& text_case : read_cases(file, io::read_file(path))) {
      const std::string id = ladder ? block_or(text_case, "level", "") : path.stem().string();
      const auto level = std::ranges::find(book.levels(), id, &Policy::id);
      if (ladder ? level == book.levels().end() : book.find(id) == nullptr) malformed(file, text_case.line, {"没有这项政策或级别：" + id, "there is no policy or level " + id});
      results.push_back(runner.run(text_case, ladder ? *level : book.require(id)));
    }
  }
  return results;
}

}  // namespace jingwei::policy
