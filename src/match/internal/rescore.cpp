#include "match/internal/rescore.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/check.h"
#include "match/internal/analyser.h"

namespace jingwei::match {
namespace {

constexpr std::uint64_t kCodePointMask = (std::uint64_t{1} << kCodePointBits) - 1;
constexpr std::size_t kUnitsOfText = 0x10000;
constexpr std::size_t kHitsAtFirst = 1'000;  ///< that there is room for: those of a search of a few words

/// Two letters to a number of 32 bits; the high ones are the good ones.
constexpr std::uint32_t mixed(std::uint32_t letters) { return letters * 0x9e3779b1U; }
constexpr std::uint32_t pair_of(std::uint16_t first, std::uint16_t second) { return std::uint32_t{first} << 16 | second; }

std::size_t hint_of(std::uint32_t key) { return (key >> 2 ^ key >> 14) & 4095; }

/// Units that are not what they fold to, with that: sorted by what they fold to.
const std::vector<std::pair<char16_t, char16_t>>& other_ways_of_writing() {
  static const auto kOthers = [] {
    std::vector<std::pair<char16_t, char16_t>> others;
    for (std::uint32_t c = 0; c < kUnitsOfText; ++c)
      if (const char32_t folded = Analyser::fold_character(c); folded != c) others.emplace_back(static_cast<char16_t>(folded), static_cast<char16_t>(c));
    std::ranges::sort(others);
    return others;
  }();
  return kOthers;
}

/// Letters of rescorers that are gone, all 0 again: their pages would be asked for and given back each time.
std::vector<std::vector<std::uint16_t>>& letters_kept() {
  thread_local std::vector<std::vector<std::uint16_t>> kept;
  return kept;
}

std::vector<std::uint16_t> take_letters() {
  auto& kept = letters_kept();
  if (kept.empty()) return std::vector<std::uint16_t>(kUnitsOfText);
  auto letters = std::move(kept.back());
  kept.pop_back();
  return letters;
}

}  // namespace

Rescorer::Rescorer(const Plan& plan, const Saturation& saturation)
    : plan_(plan), saturation_(saturation), alphabet_(1), term_of_(1, kNone), letters_(take_letters()), counts_(plan.terms.size()),
      best_way_(plan.concepts.size(), 0) {
  CHECK(plan.terms.size() < kNone);
  weights_.reserve(plan.terms.size());
  for (const WeightedTerm& term : plan.terms) weights_.push_back(term.weight);
  std::size_t links = 0;
  for (const WeightedConcept& entry : plan.concepts) links += entry.links.size();
  ways_.reserve(links);
  opaque_.resize(std::bit_ceil((plan.terms.size() + links) * 2 + 16));
  hits_.reserve(kHitsAtFirst);
  pairs_.resize(std::bit_ceil(plan.terms.size() * 4 + 64));
  for (std::size_t i = 0; i < plan.terms.size(); ++i) insert(static_cast<std::uint16_t>(i), plan.terms[i]);
  for (std::uint32_t i = 0; i < plan.concepts.size(); ++i)
    for (const WeightedLink& link : plan.concepts[i].links) {
      Opaque& opaque = add_opaque(opaque_key(link.key));
      ways_.push_back({i, link.weight, std::exchange(opaque.ways, static_cast<std::uint32_t>(ways_.size()))});
    }
  spread_letters();
}

Rescorer::~Rescorer() {
  for (const char32_t letter : alphabet_) letters_[letter] = 0;
  for (const char16_t written : spread_) letters_[written] = 0;
  letters_kept().push_back(std::move(letters_));
}

/// While terms are inserted, letters_ is by folded character.
std::uint16_t Rescorer::letter_of(char32_t character) {
  std::uint16_t& letter = letters_[character];
  if (letter == 0) {
    letter = static_cast<std::uint16_t>(alphabet_.size());
    alphabet_.push_back(character);
    term_of_.push_back(kNone);
  }
  return letter;
}

/// Texts are read as they were written: what folds to a letter is that letter too.
void Rescorer::spread_letters() {
  const auto& others = other_ways_of_writing();
  for (std::uint16_t letter = 1; letter < alphabet_.size(); ++letter)
    for (const auto& [folded, written] : std::ranges::equal_range(others, static_cast<char16_t>(alphabet_[letter]), {}, &std::pair<char16_t, char16_t>::first)) {
      letters_[written] = letter;
      spread_.push_back(written);
    }
}

Rescorer::Pair& Rescorer::add_pair(std::uint16_t first, std::uint16_t second) {
  const std::uint32_t letters = pair_of(first, second);
  const std::uint32_t hash = mixed(letters);
  pair_hint_[hash >> 16 >> 6] |= std::uint64_t{1} << (hash >> 16 & 63);
  std::size_t at = hash >> 12 & (pairs_.size() - 1);
  while (pairs_[at].letters != letters && pairs_[at].letters != 0) at = (at + 1) & (pairs_.size() - 1);
  pairs_[at].letters = letters;
  return pairs_[at];
}

Rescorer::Opaque& Rescorer::add_opaque(std::uint32_t key) {
  opaque_hint_[hint_of(key) / 64] |= std::uint64_t{1} << (hint_of(key) % 64);
  std::size_t at = mixed(key) >> 12 & (opaque_.size() - 1);
  while (opaque_[at].key != key && opaque_[at].key != 0) at = (at + 1) & (opaque_.size() - 1);
  opaque_[at].key = key;
  return opaque_[at];
}

void Rescorer::insert(std::uint16_t number, const WeightedTerm& term) {
  const auto first = static_cast<char32_t>((term.key & kTermBodyMask) >> kCodePointBits);
  const auto second = static_cast<char32_t>(term.key & kCodePointMask);
  switch (term_class(term.key)) {
    case TermClass::unigram:
      if (second < kUnitsOfText) term_of_[letter_of(second)] = number;
      return;
    case TermClass::bigram:
      if (first < kUnitsOfText && second < kUnitsOfText) add_pair(letter_of(first), letter_of(second)).term = number;
      return;
    case TermClass::word: break;
    case TermClass::concept_: return;
  }
  if (term.written.empty()) {
    add_opaque(opaque_key(term.key)).term = number;
    return;
  }
  if (std::ranges::any_of(term.written, [](char32_t c) { return c >= kUnitsOfText; })) return;
  LongWord word{{}, number, kNone};
  for (const char32_t c : std::u32string_view(term.written).substr(2)) word.rest.push_back(letter_of(c));
  Pair& pair = add_pair(letter_of(term.written[0]), letter_of(term.written[1]));
  word.next = pair.words;
  pair.words = static_cast<std::uint16_t>(words_.size());
  words_.push_back(std::move(word));
}

void Rescorer::count(std::uint16_t term, bool title) {
  Counts& counts = counts_[term];
  if (counts.text == 0 && counts.title == 0) touched_.push_back(term);
  if (title) counts.title += counts.title < kTitleCountMax;
  else counts.text += counts.text < kTextCountMax;
}

void Rescorer::read(TextUnits text, bool title) {
  // First the characters that the need has too, a quarter of a usual text, without a branch that cannot be foretold.
  const std::uint16_t* const letters = letters_.data();
  if (met_.size() < text.size() + 1) met_.resize(text.size() + 1);
  Met* const met = met_.data();
  std::size_t size = 0;
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    const std::uint16_t letter = letters[text[i]];
    met[size] = {letter, static_cast<std::uint16_t>(i)};
    size += letter != 0;
  }
  for (std::size_t i = 0; i < size; ++i) {
    const auto [letter, at] = met[i];
    if (term_of_[letter] != kNone) count(term_of_[letter], title);
    if (i + 1 == size || met[i + 1].at != at + 1) continue;
    const std::uint32_t pair = pair_of(letter, met[i + 1].letter);
    const std::uint32_t hash = mixed(pair);
    if ((pair_hint_[hash >> 16 >> 6] >> (hash >> 16 & 63) & 1) == 0) continue;
    std::size_t slot = hash >> 12 & (pairs_.size() - 1);
    while (pairs_[slot].letters != pair && pairs_[slot].letters != 0) slot = (slot + 1) & (pairs_.size() - 1);
    if (pairs_[slot].letters == 0) continue;
    if (pairs_[slot].term != kNone) count(pairs_[slot].term, title);
    for (std::uint16_t w = pairs_[slot].words; w != kNone; w = words_[w].next) {
      const auto& rest = words_[w].rest;
      bool same = at + 2 + rest.size() <= text.size();
      for (std::size_t j = 0; same && j < rest.size(); ++j) same = letters[text[at + 2 + j]] == rest[j];
      if (same) count(words_[w].term, title);
    }
  }
}

void Rescorer::read_opaque(OpaqueTerms terms, Sums& sums) {
  for (std::uint32_t i = 0; i < terms.size(); ++i) {
    const std::uint32_t value = terms[i];
    const std::uint32_t key = value & ~(kInTitle | kInText);
    if ((opaque_hint_[hint_of(key) / 64] >> (hint_of(key) % 64) & 1) == 0) continue;
    std::size_t at = mixed(key) >> 12 & (opaque_.size() - 1);
    while (opaque_[at].key != key && opaque_[at].key != 0) at = (at + 1) & (opaque_.size() - 1);
    const Opaque& opaque = opaque_[at];
    if (opaque.key == 0) continue;
    if (opaque.term != kNone) {
      if ((value & kInTitle) != 0) count(opaque.term, true);
      if ((value & kInText) != 0) count(opaque.term, false);
    }
    for (std::uint32_t number = opaque.ways; number != kNoWay; number = ways_[number].next) {
      const Way& way = ways_[number];
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
    for (std::size_t p = 0; p < problems.size(); ++p)
      if (plan_.concepts[entry].problems >> p & 1) problems[p] *= 1 - best_way_[entry];
    best_way_[entry] = 0;
  }
  touched_concepts_.clear();
  sums.lexicon = 1 - missing;
  for (double& problem : problems) problem = 1 - problem;
}

void Rescorer::sum_up(std::uint8_t text_step, std::uint8_t title_step, Sums& sums) {
  const float once = saturation_.once_in_text()[text_step];
  std::int64_t all = 0;
  std::array<std::int64_t, kProblemsMax> problems{};
  sums.hits = {static_cast<std::uint32_t>(hits_.size()), static_cast<std::uint32_t>(touched_.size())};
  for (const std::uint16_t number : touched_) {
    Counts& counts = counts_[number];
    const float share = counts.text == 1 && counts.title == 0 ? once : saturation_.of(counts.text, counts.title, text_step, title_step);
    const auto units = static_cast<std::int64_t>(weights_[number] * share * static_cast<float>(kUnits));
    all += units;
    if (!sums.problem_text.empty())
      for (ProblemSet left = plan_.terms[number].problems; left != 0; left &= left - 1) problems[static_cast<std::size_t>(std::countr_zero(left))] += units;
    hits_.push_back({number, counts.title > 0});
    counts = {};
  }
  sums.text = static_cast<double>(all) / kUnits;
  for (std::size_t p = 0; p < sums.problem_text.size(); ++p) sums.problem_text[p] = static_cast<double>(problems[p]) / kUnits;
}

void Rescorer::score(const PartData& data, std::uint32_t row, Sums& sums) {
  sums.problem_text.assign(plan_.several() ? plan_.problems : 0, 0);
  sums.problem_lexicon.assign(plan_.several() ? plan_.problems : 0, 0);
  touched_.clear();
  BlobReader reader = data.texts(row);
  read(reader.units(decoded_), true);
  read(reader.units(decoded_), false);
  read_opaque(reader.opaque_terms(), sums);
  sum_up(data.text_steps[row], data.title_steps[row], sums);
}

}  // namespace jingwei::match
