// Text cases: behaviour as tables that a domain person can read.
//
// A .test file holds cases. A line "# ..." is a comment. A case starts with "== name", followed by blocks that start with
// "-- block" and run to the next marker. Example:
//
//   == a price with a thousands separator
//   -- input
//   1,200.5
//   -- expect
//   120050000 fen
#pragma once

#include <map>
#include <string>
#include <vector>

namespace jingwei::testing {

struct TextCase {
  std::string file;
  int line = 0;
  std::string name;
  std::map<std::string, std::string> blocks;  ///< block name to text without the trailing newline

  /// The block's text; fails the test run when it is missing.
  const std::string& block(const std::string& name) const;
  bool has(const std::string& name) const { return blocks.contains(name); }
};

/// Reads all cases; stops the run on a malformed or empty file.
std::vector<TextCase> read_text_cases(const std::string& path);

/// True when tests were started with --update-golden: golden files are then written instead of compared.
bool update_golden();
/// Compares with (or, under --update-golden, writes) a golden file; the result is for EXPECT_TRUE and says the first difference.
bool matches_golden(const std::string& path, const std::string& actual, std::string& difference);

}  // namespace jingwei::testing
