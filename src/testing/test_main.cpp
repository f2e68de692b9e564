#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include "testing/text_cases.h"

namespace jingwei::testing {
namespace {

bool updating_golden = false;

[[noreturn]] void stop(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  std::exit(2);
}

std::string read_file(const std::string& path, bool& found) {
  std::ifstream in(path, std::ios::binary);
  found = in.good();
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

const std::string& TextCase::block(const std::string& wanted) const {
  const auto at = blocks.find(wanted);
  if (at == blocks.end()) stop(file + ":" + std::to_string(line) + ": case '" + name + "' has no block '" + wanted + "'");
  return at->second;
}

std::vector<TextCase> read_text_cases(const std::string& path) {
  bool found = false;
  std::istringstream in(read_file(path, found));
  if (!found) stop(path + ": cannot be read");
  std::vector<TextCase> cases;
  std::string* block = nullptr;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.starts_with("== ")) {
      cases.push_back({path, number, line.substr(3), {}});
      block = nullptr;
    } else if (line.starts_with("-- ")) {
      if (cases.empty()) stop(path + ":" + std::to_string(number) + ": block before the first case");
      block = &cases.back().blocks[line.substr(3)];
    } else if (block != nullptr) {
      if (!block->empty()) *block += '\n';
      *block += line;
    } else if (!line.empty() && !line.starts_with('#')) {
      stop(path + ":" + std::to_string(number) + ": text outside a block");
    }
  }
  for (auto& text_case : cases)
    for (auto& [name, text] : text_case.blocks)
      while (text.ends_with('\n')) text.pop_back();
  if (cases.empty()) stop(path + ": no cases");
  return cases;
}

bool update_golden() { return updating_golden; }

bool matches_golden(const std::string& path, const std::string& actual, std::string& difference) {
  if (updating_golden) {
    std::ofstream(path, std::ios::binary) << actual;
    return true;
  }
  bool found = false;
  const std::string expected = read_file(path, found);
  if (found && expected == actual) return true;
  std::istringstream left(expected);
  std::istringstream right(actual);
  std::string a;
  std::string b;
  for (int number = 1;; ++number) {
    const bool more_a = static_cast<bool>(std::getline(left, a));
    const bool more_b = static_cast<bool>(std::getline(right, b));
    if (more_a != more_b || a != b || !more_a) {
      difference = path + ":" + std::to_string(number) + "\n  expected: " + (more_a ? a : "(end)") + "\n  actual:   " +
                   (more_b ? b : "(end)") + "\n  run with --update-golden when the change is meant";
      return false;
    }
  }
}

}  // namespace jingwei::testing

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i)
    if (std::strcmp(argv[i], "--update-golden") == 0) jingwei::testing::updating_golden = true;
  return RUN_ALL_TESTS();
}
