// The lexicon: what the trades know about words. Read from lexicon/*.txt, one file a trade (format: README.md).
//
//   segments chem.polymer nev.drive          which segments the following terms belong to
//   symptom 缩水痕 | 缩痕 | 凹陷痕           type, main name, other names for the same thing
//     caused-by 保压不足 | 壁厚不均          indented: relation and terms
//     cured-by  气体辅助注塑
//     gloss     塑件厚壁处冷却后表面塌下去的凹坑          what it is, in other words than its names
//     said      加强筋对面凹下去一块 | 喷漆也盖不住       of a symptom: how those who have it say it
//     answer    聚合物保压补缩与型腔压力闭环 | ...        of a symptom: how those who solve it describe what they do
//   equipment 机床 | 数控机床 ~ 加工中心     behind "~": terms of their own, of the same type, akin to the first
//
// A name may hold "…": its parts must follow each other within kGapCharactersMax characters (冬天…夏天).
// Loading checks everything and reports all faults with file and line: unknown type or relation, duplicate, a name of two
// terms, cycle in is-a or part-of, contradiction (same and caused-by, caused-by and cured-by), orphan, too short a name.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/described.h"
#include "base/rejected.h"
#include "match/internal/terms.h"

namespace jingwei::match {

constexpr std::size_t kLexiconFileBytesMax = 4'000'000;
constexpr std::size_t kLexiconNamesMax = 200'000;
constexpr std::size_t kNameCharactersMax = 32;
constexpr std::size_t kGapCharactersMax = 10;
constexpr std::size_t kPhraseCharactersMin = 6;  ///< of gloss, said and answer
constexpr std::size_t kPhraseCharactersMax = 60;
constexpr std::size_t kProblemsReportedMax = 200;

enum class TermType { symptom, cause, process, material, equipment, property, method, person, product };
BOOST_DESCRIBE_ENUM(TermType, symptom, cause, process, material, equipment, property, method, person, product)

/// Read "A relation B". `same` is never written as a line: it is the list of names.
enum class RelationType { same, is_a, part_of, caused_by, cured_by, measured_by, tested_with, made_with, made_by, used_in, needs, akin };
constexpr std::size_t kRelationTypes = 12;
std::string_view relation_name(RelationType type);  ///< "cured-by"
std::optional<RelationType> relation_from_name(std::string_view name);

struct Concept {
  std::string name;                ///< main name
  std::vector<std::string> names;  ///< all, main first
  TermType type = TermType::method;
  TermKey key = 0;                 ///< how the index knows it
  std::vector<std::string> segments;
  std::vector<std::uint8_t> segment_places;  ///< of these in Lexicon::segments()
  std::string where;               ///< file:line of the first declaration
  std::string gloss;               ///< what it is, in other words than its names; may be empty
  std::vector<std::string> said;   ///< of a symptom: how those who have it say it
  std::vector<std::string> answers;  ///< of a symptom: how those who solve it describe what they do
};

struct Relation {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  RelationType type = RelationType::akin;
  std::string where;
};

/// A term found in a text.
struct Mention {
  std::uint32_t entry = 0;  ///< concept
  std::uint32_t begin = 0;  ///< characters of the folded text
  std::uint32_t end = 0;
};

/// One step along a relation.
struct Step {
  std::uint32_t to = 0;
  RelationType type = RelationType::akin;
  bool forward = true;  ///< false: the relation reads from `to` to where we come from
};

class Lexicon {
 public:
  struct Source {
    std::string name;
    std::string content;
  };

  Lexicon() = default;
  /// Reads every *.txt of the folder in order of name. Throws Rejected{invalid} with all faults, io::FileError.
  static Lexicon load(const std::filesystem::path& folder);
  /// Every *.txt of the folder in order of name. Throws io::FileError.
  static std::vector<Source> read_sources(const std::filesystem::path& folder);
  /// Pure: reads what it can and adds every fault to `faults` (field is "file:line").
  static Lexicon parse(const std::vector<Source>& sources, std::vector<InputProblem>& faults);

  const std::vector<Concept>& concepts() const { return concepts_; }
  const std::vector<Relation>& relations() const { return relations_; }
  /// Relations counted as the issue counts them: every pair of same names and every typed relation.
  std::size_t relation_count() const;
  const std::vector<Step>& steps(std::uint32_t entry) const { return steps_[entry]; }
  /// Codes of all segments that any term names, sorted; no more than 256 of them.
  const std::vector<std::string>& segments() const { return segments_; }
  std::optional<std::uint32_t> entry_named(std::string_view name) const;
  std::optional<std::uint32_t> entry_with_key(TermKey key) const;
  /// Terms in text folded as Analyser::fold does, in order of place; a name inside a longer name of another term counts too.
  std::vector<Mention> find(std::u32string_view folded) const;
  /// Changes whenever a term or a relation changes: part of what a saved index depends on.
  std::uint64_t fingerprint() const;

 private:
  /// A folded name as it is looked for.
  struct Pattern {
    std::uint32_t entry = 0;
    std::uint32_t begin = 0;  ///< in letters_, or place in gapped_
    std::uint32_t size = 0;   ///< 0: with a gap
  };
  struct Gapped {
    std::vector<std::u32string> parts;
    std::size_t back = 0;  ///< characters at most between the name's begin and its first part of two characters
  };
  /// Names whose first two characters that stand together are the same.
  struct Start {
    std::uint64_t characters = 0;  ///< 0: none
    std::uint32_t begin = 0;       ///< in patterns_
    std::uint32_t end = 0;
  };
  friend class LexiconBuilder;
  void link();
  void link_names();
  std::size_t slot_of(std::uint64_t start) const { return (start * 0x9e3779b97f4a7c15ULL >> 32) & (starts_.size() - 1); }
  void add_mentions(std::u32string_view folded, std::size_t place, const Pattern& pattern, std::vector<Mention>& mentions) const;

  std::vector<Concept> concepts_;
  std::vector<Relation> relations_;
  std::vector<std::string> segments_;
  std::vector<std::vector<Step>> steps_;
  std::unordered_map<std::string, std::uint32_t> by_name_;
  std::unordered_map<TermKey, std::uint32_t> by_key_;
  std::vector<Start> starts_;      ///< open addressing
  std::vector<bool> start_hint_;   ///< by low bits of the two characters: false means surely no name begins so
  std::vector<Pattern> patterns_;
  std::u32string letters_;         ///< of all names without a gap, in order of patterns_
  std::vector<Gapped> gapped_;
};

}  // namespace jingwei::match
