// Text to terms: folded characters, single characters, pairs, words, Latin tokens, normalised figures, and the lexicon's
// concepts. The same on both sides, so that a need and a supply meet. Pure and const after construction: any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "match/internal/dictionary.h"
#include "match/internal/lexicon.h"
#include "match/internal/terms.h"
#include "match/internal/topics.h"
#include "match/internal/traditional.h"

namespace jingwei::match {

/// A place in folded text that became a term.
struct Token {
  TermKey key = 0;
  std::uint32_t begin = 0;  ///< characters of the folded text
  std::uint32_t end = 0;
  bool word = false;        ///< of a bigram: a word of two characters
  bool opaque = false;      ///< as in TermCount
};

class Analyser {
 public:
  /// `lexicon` is held by reference and must outlive the analyser. Inserts the lexicon's terms as words before any cut.
  Analyser(const std::filesystem::path& dictionary_folder, const Lexicon& lexicon, const std::vector<std::string>& stop_words);

  static char32_t fold_character(char32_t c) {
    if (c >= 0xff01 && c <= 0xff5e) c -= 0xfee0;
    if (c == 0x3000) c = U' ';
    return c >= U'A' && c <= U'Z' ? c + 32 : simplified(c);
  }
  /// Half-width, lower case, simplified, broken bytes as U+FFFD, at most kAnalysedCharactersMax characters.
  static std::u32string fold(std::string_view text);

  /// All terms of folded text in order of their place, with repeats. Stop words leave no word and no bigram.
  void tokens(std::u32string_view folded, std::vector<Token>& out) const;
  /// As tokens(), without terms of the lexicon.
  void words(std::u32string_view folded, std::vector<Token>& out) const;
  /// The terms of a document as the index keeps them.
  TermCounts counts(std::string_view title, std::string_view text) const;

  /// Votes of the terms of the lexicon in a text, each shared among the segments it belongs to.
  class TradeVotes {
   public:
    explicit TradeVotes(const Lexicon& lexicon) : lexicon_(lexicon), votes_(lexicon.segments().size(), 0) {}
    void add(const Concept& entry, double weight);
    Trades result() const;

   private:
    const Lexicon& lexicon_;
    std::vector<double> votes_;
  };

  const Lexicon& lexicon() const { return lexicon_; }
  const TopicIndex& topics() const { return topics_; }
  bool is_stop_word(std::u32string_view word) const { return stop_words_.contains(std::u32string(word)); }

 private:
  bool is_stop_bigram(TermKey key) const;
  void han_tokens(std::u32string_view folded, std::uint32_t begin, std::uint32_t end, std::vector<Token>& out,
                  std::vector<WordSpan>& words) const;

  Dictionary dictionary_;
  const Lexicon& lexicon_;
  TopicIndex topics_;
  std::unordered_set<std::u32string> stop_words_;
  std::vector<TermKey> stop_bigrams_;  ///< sorted
  std::vector<bool> stop_hint_;        ///< by low bits of a bigram: false means surely no stop word
};

}  // namespace jingwei::match
