// Reading the tables of testdata.
#pragma once

#include <sstream>

#include "steering/measures.h"
#include "testing/text_cases.h"

namespace jingwei::steering::testing {

using Words = std::vector<std::string>;

inline std::vector<jingwei::testing::TextCase> cases_of(const char* file) {
  return jingwei::testing::read_text_cases(JINGWEI_TESTDATA + ("/" + std::string(file)));
}

inline Words words_of(const std::string& text) {
  Words words;
  std::istringstream in(text);
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

/// The rows of a table without its heading, each as words.
inline std::vector<Words> rows_of(const std::string& table) {
  std::vector<Words> rows;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);)
    if (auto words = words_of(line); !words.empty()) rows.push_back(std::move(words));
  rows.erase(rows.begin());
  return rows;
}

/// The same for cells with single blanks in them: two blanks or more part cells.
inline std::vector<Words> columns_of(const std::string& table) {
  std::vector<Words> rows;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    Words cells;
    for (std::size_t at = 0; at < line.size();) {
      const auto end = std::min(line.find("  ", at), line.size());
      if (end > at) cells.push_back(line.substr(at, end - at));
      at = line.find_first_not_of(' ', end);
      if (at == std::string::npos) break;
    }
    if (!cells.empty()) rows.push_back(std::move(cells));
  }
  rows.erase(rows.begin());
  return rows;
}

inline std::optional<double> number_of(const std::string& word) { return word == "-" ? std::nullopt : std::optional(std::stod(word)); }

/// "2026-Q1 3" of each line.
inline Values values_of(const std::string& lines) {
  Values values;
  const Words words = words_of(lines);
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) values.emplace(parse_period(words[i]).value(), std::stod(words[i + 1]));
  return values;
}

}  // namespace jingwei::steering::testing
