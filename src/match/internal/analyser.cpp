#include "match/internal/analyser.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "match/internal/figures.h"
#include "match/match.h"

namespace jingwei::match {
namespace {

bool is_alphanumeric(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9'); }
constexpr std::size_t kHints = 1U << 16;
std::size_t hint_of(TermKey bigram) { return (bigram ^ bigram >> 13) % kHints; }

/// Inside a Latin token: pvc-u, 0.5, n/p.
bool joins_tokens(char32_t c) { return c == U'.' || c == U'-' || c == U'+'; }

/// Counts tokens of one field into `counts`, which ends sorted by key.
struct Counter {
  std::vector<TermCount> all;
  void add(const std::vector<Token>& tokens, bool title) {
    for (const Token& token : tokens) {
      TermCount count{token.key, 0, 0, token.word, token.opaque};
      (title ? count.title : count.text) = 1;
      all.push_back(count);
    }
  }
  std::vector<TermCount> sum() {
    std::sort(all.begin(), all.end(), [](const TermCount& a, const TermCount& b) { return a.key < b.key; });
    std::vector<TermCount> sums;
    sums.reserve(all.size());
    for (const TermCount& one : all) {
      if (sums.empty() || sums.back().key != one.key) {
        sums.push_back(one);
        continue;
      }
      TermCount& same = sums.back();
      same.text = std::min<std::uint8_t>(kTextCountMax, same.text + one.text);
      same.title = std::min<std::uint8_t>(kTitleCountMax, same.title + one.title);
      same.word = same.word || one.word;
      same.opaque = same.opaque || one.opaque;
    }
    return sums;
  }
};

std::uint16_t length_of(std::u32string_view folded) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < folded.size(); ++i)
    if (is_han(folded[i]) || (is_alphanumeric(folded[i]) && (i == 0 || !is_alphanumeric(folded[i - 1])))) ++length;
  return static_cast<std::uint16_t>(length);
}

}  // namespace

Analyser::Analyser(const std::filesystem::path& dictionary_folder, const Lexicon& lexicon, const std::vector<std::string>& stop_words)
    : dictionary_(dictionary_folder), lexicon_(lexicon), topics_(lexicon) {
  for (const Concept& entry : lexicon.concepts())
    for (const auto& name : entry.names) {
      const auto folded = fold(name);
      if (folded.size() > 1 && std::ranges::all_of(folded, is_han)) dictionary_.insert_user_word(folded);
    }
  for (const auto& word : stop_words) {
    const auto folded = fold(word);
    stop_words_.insert(folded);
    if (folded.size() == 2) stop_bigrams_.push_back(bigram_key(folded[0], folded[1]));
  }
  std::sort(stop_bigrams_.begin(), stop_bigrams_.end());
  stop_hint_.resize(kHints);
  for (const TermKey key : stop_bigrams_) stop_hint_[hint_of(key)] = true;
}

bool Analyser::is_stop_bigram(TermKey key) const {
  return stop_hint_[hint_of(key)] && std::binary_search(stop_bigrams_.begin(), stop_bigrams_.end(), key);
}

std::u32string Analyser::fold(std::string_view text) {
  // Only what can be analysed is copied: a code point has at most four bytes.
  std::u32string folded;
  folded.reserve(std::min(text.size() / 2, kAnalysedCharactersMax));
  while (!text.empty() && folded.size() < kAnalysedCharactersMax) {
    folded.push_back(fold_character(take_code_point(text)));
  }
  return folded;
}

void Analyser::han_tokens(std::u32string_view folded, std::uint32_t begin, std::uint32_t end, std::vector<Token>& out,
                          std::vector<WordSpan>& words) const {
  for (std::uint32_t i = begin; i < end; ++i) out.push_back({unigram_key(folded[i]), i, i + 1, false, false});
  const std::size_t first_bigram = out.size();
  for (std::uint32_t i = begin; i + 1 < end; ++i) out.push_back({bigram_key(folded[i], folded[i + 1]), i, i + 2, false, false});
  const std::size_t last_bigram = out.size();
  dictionary_.cut(folded.substr(begin, end - begin), words);
  for (const WordSpan& word : words) {
    if (word.size() == 2) {
      out[first_bigram + word.begin].word = true;
    } else if (word.size() > 2) {
      const auto text = folded.substr(begin + word.begin, word.size());
      if (!is_stop_word(text)) out.push_back({word_key(text), begin + word.begin, begin + word.end, true, false});
    }
  }
  const auto first = out.begin() + static_cast<std::ptrdiff_t>(first_bigram);
  const auto last = out.begin() + static_cast<std::ptrdiff_t>(last_bigram);
  out.erase(std::remove_if(first, last, [&](const Token& token) { return is_stop_bigram(token.key); }), last);
}

void Analyser::words(std::u32string_view folded, std::vector<Token>& out) const {
  out.clear();
  std::vector<WordSpan> words;
  for (std::uint32_t i = 0; i < folded.size();) {
    std::uint32_t end = i;
    if (is_han(folded[i])) {
      while (end < folded.size() && is_han(folded[end])) ++end;
      han_tokens(folded, i, end, out, words);
    } else if (is_alphanumeric(folded[i])) {
      while (end < folded.size() && (is_alphanumeric(folded[end]) || (joins_tokens(folded[end]) && end + 1 < folded.size() &&
                                                                     is_alphanumeric(folded[end + 1]))))
        ++end;
      out.push_back({word_key(folded.substr(i, end - i)), i, end, true, true});
      // The pieces of a compound too: icp-ms is also icp and ms.
      for (std::uint32_t piece = i, j = i; j <= end; ++j) {
        if (j < end && is_alphanumeric(folded[j])) continue;
        if (j - piece != end - i && j > piece + 1) out.push_back({word_key(folded.substr(piece, j - piece)), piece, j, true, true});
        piece = j + 1;
      }
    } else {
      end = i + 1;
    }
    i = end;
  }
  for (const Figure& figure : find_figures(folded)) out.push_back({figure.key(), 0, 0, true, true});
}

void Analyser::tokens(std::u32string_view folded, std::vector<Token>& out) const {
  words(folded, out);
  for (const Mention& mention : lexicon_.find(folded))
    out.push_back({lexicon_.concepts()[mention.entry].key, mention.begin, mention.end, true, true});
}

void Analyser::TradeVotes::add(const Concept& entry, double weight) {
  for (const std::uint8_t place : entry.segment_places) votes_[place] += weight / static_cast<double>(entry.segment_places.size());
}

Trades Analyser::TradeVotes::result() const {
  Trades trades;
  double length = 0;
  std::vector<std::size_t> order(votes_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const std::size_t kept = std::min(order.size(), Trades::kKept);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                    [&](std::size_t a, std::size_t b) { return votes_[a] != votes_[b] ? votes_[a] > votes_[b] : a < b; });
  for (std::size_t i = 0; i < kept; ++i) length += votes_[order[i]] * votes_[order[i]];
  for (std::size_t i = 0; i < kept && length > 0; ++i) {
    trades.segment[i] = static_cast<std::uint8_t>(order[i]);
    trades.weight[i] = static_cast<std::uint8_t>(std::lround(255 * votes_[order[i]] / std::sqrt(length)));
  }
  return trades;
}

TermCounts Analyser::counts(std::string_view title, std::string_view text) const {
  TermCounts counts;
  Counter counter;
  std::vector<Token> found;
  const auto folded_title = fold(title);
  tokens(folded_title, found);
  counter.all.reserve(found.size() * 6);
  counter.add(found, true);
  const auto folded_text = fold(text);
  tokens(folded_text, found);
  counter.add(found, false);
  counts.title_length = length_of(folded_title);
  counts.text_length = length_of(folded_text);
  counts.terms = counter.sum();
  TradeVotes votes(lexicon_);
  for (const TermCount& term : counts.terms)
    if (term_class(term.key) == TermClass::concept_)
      if (const auto entry = lexicon_.entry_with_key(term.key)) votes.add(lexicon_.concepts()[*entry], term.title != 0 ? 2 : 1);
  counts.trades = votes.result();
  std::vector<TopicTerm> terms;
  std::vector<TopicTerm> title_terms;
  for (const TermCount& term : counts.terms) {
    if (term_class(term.key) != TermClass::bigram && term_class(term.key) != TermClass::word) continue;
    terms.push_back({term.key, term.title != 0 ? kTopicTitle : kTopicText});
    if (term.title != 0) title_terms.push_back(terms.back());
  }
  counts.topics = {topics_.of<TextTopics>(terms), topics_.of<TitleTopics>(title_terms)};
  return counts;
}

}  // namespace jingwei::match
