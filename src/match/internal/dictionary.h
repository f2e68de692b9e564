// Cuts Chinese text into words as cppjieba's QuerySegment does (MixSegment: most probable path over the dictionary, hidden
// Markov model for what the dictionary does not know; then the two- and three-character words inside longer ones), from
// cppjieba's own dictionary files and with its HMM code.
//
// Why not cppjieba's DictTrie: it holds one unordered_map per trie node, 117 MB and 0.46 s to load, over a third of a node's
// memory. The same 349,000 words as a hash table of prefixes (as the original Python jieba keeps them) need about 12 MB.
// dictionary_test.cpp holds both against each other.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace jingwei::match {

/// Characters [begin, end) of the text that was cut.
struct WordSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size() const { return end - begin; }
  bool operator==(const WordSpan&) const = default;
};

class Dictionary {
 public:
  /// Reads jieba.dict.utf8 and hmm_model.utf8. Throws io::FileError, or Rejected with file and line.
  explicit Dictionary(const std::filesystem::path& folder);
  ~Dictionary();
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;

  /// Words of the trade; before the first cut. Weight as cppjieba's InsertUserWord: the median of the dictionary.
  void insert_user_word(std::u32string_view word);
  /// Words and sub-words in order of their place (sub-words before the word that holds them). `text` without separators.
  void cut(std::u32string_view text, std::vector<WordSpan>& words) const;
  bool contains(std::u32string_view word) const;

 private:
  /// Open addressing over 64-bit hashes of words and of all their prefixes.
  struct Slot {
    std::uint32_t hash_high = 0;
    std::uint32_t hash_low = 0;
    float weight = 0;  ///< log probability; kPrefixOnly for a prefix that is no word
  };
  const Slot* find(std::uint64_t hash) const;
  /// False means surely neither a word nor the beginning of one.
  bool may_hold(std::uint64_t hash) const { return (hints_[hash >> 6 & (hints_.size() - 1)] >> (hash & 63) & 1) != 0; }
  /// Of a prefix of one character: its weight as in a slot, 0 when there is none.
  float weight_of_first(char32_t c) const { return c < firsts_.size() ? firsts_[c] : weight_of_rare(c); }
  float weight_of_rare(char32_t c) const;
  Slot& find_or_add(std::uint64_t hash);
  void grow();
  void add_word(std::u32string_view word, float weight);
  void load_words(const std::filesystem::path& file);
  void cut_by_probability(std::u32string_view text, std::vector<WordSpan>& words) const;

  struct Model;
  std::vector<Slot> slots_;
  std::vector<float> firsts_;          ///< by character of the basic plane; the others stand in slots_
  std::vector<std::uint64_t> hints_;   ///< bits, see may_hold
  std::size_t used_ = 0;
  float min_weight_ = 0;
  float median_weight_ = 0;
  std::unique_ptr<Model> model_;
};

}  // namespace jingwei::match
