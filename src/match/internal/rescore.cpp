#include "match/internal/rescore.h"

#include <algorithm>
#include <bit>

#include "base/check.h"

namespace jingwei::match {
namespace {

constexpr std::uint64_t kCodePointMask = (std::uint64_t{1} << kCodePointBits) - 1;

/// Two characters to a number of 32 bits; the high ones are the good ones.
constexpr std::uint32_t mixed(std::uint32_t characters) { return characters * 0x9e3779b1U; }

std::size_t hint_of(std::uint32_t key) { return (key >> 2 ^ key >> 14) & 4095; }

}  // namespace

Rescorer::Rescorer(const Plan& plan, const Saturation& saturation)
    : plan_(plan), saturation_(saturation), counts_(plan.terms.size()), best_way_(plan.concepts.size(), 0) {
  CHECK(plan.terms.size() < kNone);
  pairs_.resize(std::bit_ceil(plan.terms.size() * 4 + 64));
  singles_.resize(std::bit_ceil(plan.terms.size() * 2 + 64));
  for (std::size_t i = 0; i < plan.terms.size(); ++i) insert(static_cast<std::uint16_t>(i), plan.terms[i]);
  for (std::uint32_t i = 0; i < plan.concepts.size(); ++i)
    for (const WeightedLink& link : plan.concepts[i].links) ways_[opaque_key(link.key)].push_back({i, link.weight});
  const auto hint = [&](std::uint32_t key) { opaque_hint_[hint_of(key) / 64] |= std::uint64_t{1} << (hint_of(key) % 64); };
  for (const auto& [key, term] : opaque_terms_) hint(key);
  for (const auto& [key, ways] : ways_) hint(key);
}

/// Of the character, or of the free slot where it would be.
std::size_t Rescorer::place_of(char16_t character) const {
  std::size_t at = mixed(character) >> 16 & (singles_.size() - 1);
  while (singles_[at].character != character && singles_[at].character != 0) at = (at + 1) & (singles_.size() - 1);
  return at;
}

Rescorer::Pair& Rescorer::add_pair(std::uint32_t characters) {
  const std::uint32_t hash = mixed(characters);
  pair_hint_[hash >> 18 >> 6] |= std::uint64_t{1} << (hash >> 18 & 63);
  std::size_t at = hash >> 12 & (pairs_.size() - 1);
  while (pairs_[at].characters != characters && pairs_[at].characters != 0) at = (at + 1) & (pairs_.size() - 1);
  pairs_[at].characters = characters;
  return pairs_[at];
}

void Rescorer::insert(std::uint16_t number, const WeightedTerm& term) {
  const auto first = static_cast<std::uint32_t>((term.key & kTermBodyMask) >> kCodePointBits);
  const auto second = static_cast<std::uint32_t>(term.key & kCodePointMask);
  switch (term_class(term.key)) {
    case TermClass::unigram:
      if (second < 0x10000) singles_[place_of(static_cast<char16_t>(second))] = {static_cast<char16_t>(second), number};
      return;
    case TermClass::bigram: {
      if (first >= 0x10000 || second >= 0x10000) return;
      add_pair(first << 16 | second).term = number;
      return;
    }
    case TermClass::word: break;
    case TermClass::concept_: return;
  }
  if (term.written.empty()) {
    opaque_terms_[opaque_key(term.key)] = number;
    return;
  }
  if (std::ranges::any_of(term.written, [](char32_t c) { return c >= 0x10000; })) return;
  Pair& pair = add_pair(static_cast<std::uint32_t>(term.written[0]) << 16 | static_cast<std::uint32_t>(term.written[1]));
  words_.push_back({std::vector<char16_t>(term.written.begin() + 2, term.written.end()), number, pair.words});
  pair.words = static_cast<std::uint16_t>(words_.size() - 1);
}

void Rescorer::count(std::uint16_t term, bool title) {
  Counts& counts = counts_[term];
  if (counts.text == 0 && counts.title == 0) touched_.push_back(term);
  if (title) counts.title += counts.title < kTitleCountMax;
  else counts.text += counts.text < kTextCountMax;
}

void Rescorer::read(const std::vector<char16_t>& units, bool title) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char16_t c = units[i];
    if (const Single& single = singles_[place_of(c)]; single.term != kNone && c != 0) count(single.term, title);
    if (i + 1 == units.size()) return;
    const std::uint32_t characters = std::uint32_t{c} << 16 | units[i + 1];
    const std::uint32_t hash = mixed(characters);
    if ((pair_hint_[hash >> 18 >> 6] >> (hash >> 18 & 63) & 1) == 0) continue;
    std::size_t at = hash >> 12 & (pairs_.size() - 1);
    for (; pairs_[at].characters != 0; at = (at + 1) & (pairs_.size() - 1)) {
      if (pairs_[at].characters != characters) continue;
      if (pairs_[at].term != kNone) count(pairs_[at].term, title);
      for (std::uint16_t w = pairs_[at].words; w != kNone; w = words_[w].next) {
        const auto& rest = words_[w].rest;
        if (units.size() - i - 2 >= rest.size() && std::equal(rest.begin(), rest.end(), units.begin() + static_cast<std::ptrdiff_t>(i) + 2))
          count(words_[w].term, title);
      }
      break;
    }
  }
}

void Rescorer::read_opaque(bool several, Sums& sums) {
  for (const std::uint32_t value : document_.opaque) {
    const std::uint32_t key = value & ~(kInTitle | kInText);
    if ((opaque_hint_[hint_of(key) / 64] >> (hint_of(key) % 64) & 1) == 0) continue;
    if (const auto term = opaque_terms_.find(key); term != opaque_terms_.end()) {
      if ((value & kInTitle) != 0) count(term->second, true);
      if ((value & kInText) != 0) count(term->second, false);
    }
    const auto ways = ways_.find(key);
    if (ways == ways_.end()) continue;
    for (const Way& way : ways->second) {
      if (best_way_[way.entry] == 0) touched_concepts_.push_back(way.entry);
      best_way_[way.entry] = std::max(best_way_[way.entry], way.weight);
    }
  }
  // Terms of the need are independent evidence (noisy or); in the order of the plan, so that the sum is always the same.
  std::ranges::sort(touched_concepts_);
  double missing = 1;
  std::vector<double>& problems = sums.problem_lexicon;
  for (double& problem : problems) problem = 1;
  for (const std::uint32_t entry : touched_concepts_) {
    missing *= 1 - best_way_[entry];
    for (std::size_t p = 0; several && p < problems.size(); ++p)
      if (plan_.concepts[entry].problems >> p & 1) problems[p] *= 1 - best_way_[entry];
    best_way_[entry] = 0;
  }
  touched_concepts_.clear();
  sums.lexicon = 1 - missing;
  for (double& problem : problems) problem = 1 - problem;
}

void Rescorer::score(const PartData& data, std::uint32_t row, Sums& sums) {
  const bool several = plan_.several();
  sums.problem_text.assign(several ? plan_.problems : 0, 0);
  sums.problem_lexicon.assign(several ? plan_.problems : 0, 0);
  data.read_folded(row, document_);
  touched_.clear();
  read(document_.title, true);
  read(document_.text, false);
  read_opaque(several, sums);
  std::ranges::sort(touched_);
  sums.text = 0;
  for (const std::uint16_t number : touched_) {
    Counts& counts = counts_[number];
    const WeightedTerm& term = plan_.terms[number];
    const double score = term.weight * saturation_.of(counts.text, counts.title, data.text_steps[row], data.title_steps[row]);
    sums.text += score;
    for (std::size_t p = 0; several && p < plan_.problems; ++p)
      if (term.problems >> p & 1) sums.problem_text[p] += score;
    counts = {};
  }
}

}  // namespace jingwei::match
