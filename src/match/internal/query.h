// A need as the engine sees it: weighted terms, lexicon terms with the ways that lead from them, figures, problems.
// Stages "analyse" and "decompose".
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "match/internal/analyser.h"
#include "match/internal/figures.h"
#include "match/internal/kinds.h"
#include "match/internal/lexicon.h"
#include "match/internal/places.h"
#include "match/internal/postings.h"
#include "match/internal/trouble.h"
#include "match/internal/weights.h"
#include "match/match.h"

namespace jingwei::match {

/// A way through the lexicon from a term of the need to a term that a supply may hold.
struct Link {
  std::uint32_t to = 0;     ///< concept
  double weight = 0;        ///< 1 for the term itself
  std::vector<Step> steps;  ///< empty for the term itself
  TermKey key = 0;          ///< of the concept, said here too: concepts lie scattered, and a need has a thousand links
};

/// All that the engine knows; const after load. Members in this order: the analyser refers to lexicon and weights.
struct Knowledge {
  explicit Knowledge(const Files& files);
  Knowledge(const Knowledge&) = delete;
  Knowledge& operator=(const Knowledge&) = delete;
  /// What terms depend on; a saved index with another one is not used.
  std::uint64_t fingerprint() const;

  Lexicon lexicon;
  Weights weights;
  Analyser analyser;
  Places places;
  Saturation saturation;
  Troubles troubles;
  std::vector<std::vector<Link>> links;  ///< of each concept: see expand()
};

/// Bit i: problem i.
using ProblemSet = std::uint32_t;

struct QueryTerm {
  TermKey key = 0;
  double weight = 0;        ///< by where it stands; not yet by class or rarity
  bool word = false;
  ProblemSet problems = 0;
  std::u32string written;
  bool searched = false;    ///< a figure or a Latin token among a few words that somebody searches for
};

struct QueryConcept {
  std::uint32_t entry = 0;
  double weight = 0;
  ProblemSet problems = 0;
  std::u32string written;   ///< as the need has it
  std::span<const Link> links;  ///< heaviest first, each concept once; held by Knowledge
};

struct Query {
  std::vector<Problem> problems;
  std::vector<QueryTerm> terms;        ///< each key once, sorted
  std::vector<QueryConcept> concepts;  ///< each once
  std::vector<Figure> figures;
  std::uint32_t kinds_called = 0;
  MoneyAsked money;  ///< when it calls for funds
  Trades trades;
  TopicVector topics;                        ///< of the whole need
  std::vector<TopicVector> problem_topics;   ///< of each, when it has several
};

/// Splits a text into problems where markers or several symptoms say so; one problem when unsure.
std::vector<std::string> split_problems(const Knowledge& knowledge, std::string_view title, std::string_view text);

/// Ways of at most `hops` steps from a term, heaviest first.
std::vector<Link> expand(const Lexicon& lexicon, const Weights& weights, std::uint32_t entry);

/// Where a step from topics to their causes and cures leads, and from causes and cures to what they cause and cure; a term as often as
/// it is reached. An achievement's title names the cause or the cure, the need the complaint, and a lookalike shares only what surrounds it.
std::vector<Topic> causes_and_cures(const Lexicon& lexicon, const Weights& weights, std::span<const Topic> topics);

Query make_query(const Knowledge& knowledge, const Need& need, std::vector<Problem> problems);
/// Of a few words that somebody searches for: figures and Latin tokens count as words do.
Query make_search(const Knowledge& knowledge, const Need& words);

/// Whether a term, as it is written, has nothing but digits and points.
bool is_number(std::u32string_view written);

}  // namespace jingwei::match
