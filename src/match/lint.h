// Checks a folder of lexicon files before they are used: what `jingwei lexicon check` prints. Format: README.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/rejected.h"

namespace jingwei::match {

constexpr double kWideShareMax = 0.2;        ///< of the texts; a name found in more says nothing
constexpr std::size_t kWideTextsMin = 100;   ///< fewer texts than these tell nothing about shares

/// A name that stands in too many texts to tell one from another.
struct WideName {
  std::string name;
  std::string where;  ///< file:line of its term
  double share = 0;   ///< of the texts
};
BOOST_DESCRIBE_STRUCT(WideName, (), (name, where, share))

struct LexiconReport {
  std::int64_t terms = 0;
  std::int64_t names = 0;
  std::int64_t relations = 0;                     ///< typed ones, and one for each further name of a term
  std::int64_t phrases = 0;                       ///< gloss, said and answer
  std::int64_t unanswered = 0;                    ///< symptoms without an answer: found by names and relations alone
  std::map<std::string, std::int64_t> by_segment; ///< relations of terms of the segment
  std::vector<InputProblem> faults;               ///< field is "file:line"
  std::vector<WideName> wide;                     ///< widest first
};

/// Reads every *.txt of the folder; `texts` has one text a line. Throws io::FileError for an unreadable file.
LexiconReport check_lexicon(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& texts);

}  // namespace jingwei::match
