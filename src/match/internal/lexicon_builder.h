// Reads lexicon files and checks them; see lexicon.h for the format and README.md for how to write one.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "match/internal/lexicon.h"

namespace jingwei::match {

class LexiconBuilder {
 public:
  explicit LexiconBuilder(std::vector<InputProblem>& faults) : faults_(faults) {}
  void read(const Lexicon::Source& source);
  /// Resolves the relations' terms, checks the whole, and hands over the lexicon.
  Lexicon build();

 private:
  struct Pending {
    std::uint32_t from;
    RelationType type;
    std::string to;
    std::string where;
    std::optional<TermType> type_of_new;  ///< of a term that is declared here; absent: by the relation
  };
  void read_line(std::string_view line, const std::string& where);
  void read_term(std::string_view type_name, std::string_view rest, const std::string& where);
  void read_relation(std::string_view name, std::string_view rest, const std::string& where);
  void read_gloss(std::string_view rest, const std::string& where);
  void read_phrases(std::string_view keyword, std::string_view rest, const std::string& where);
  bool check_phrase(std::string_view phrase, const std::string& where);
  bool check_name(const std::string& name, const std::string& where);
  std::uint32_t declare(const std::string& name, TermType type, const std::string& where);
  std::uint32_t resolve(const Pending& pending);
  void check_cycles(RelationType type);
  void check_orphans();
  void fault(const std::string& where, Bilingual reason, Bilingual remedy);

  std::vector<InputProblem>& faults_;
  Lexicon lexicon_;
  std::vector<std::string> segments_;       ///< of the present file
  std::optional<std::uint32_t> current_;    ///< the term that indented lines belong to
  std::vector<Pending> pending_;
  std::set<std::tuple<std::uint32_t, RelationType, std::uint32_t>> known_;
};

}  // namespace jingwei::match
