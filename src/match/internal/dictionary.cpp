#include "match/internal/dictionary.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "cppjieba/DictTrie.hpp"  // HMMSegment.hpp leans on its constants
#include "cppjieba/HMMSegment.hpp"

#include <fmt/format.h>

#include "base/check.h"
#include "base/rejected.h"
#include "base/text.h"
#include "io/file.h"

namespace jingwei::match {
namespace {

constexpr float kPrefixOnly = 1;         ///< no log probability is above 0
constexpr std::size_t kFirstSlots = 1U << 20;
constexpr std::size_t kWordCharactersMax = 64;
constexpr std::size_t kFirsts = 0x10000;
constexpr std::size_t kHintWords = 1U << 16;  ///< of 64 bits: 512 kB for half a million prefixes, which the second cache holds
constexpr std::size_t kPairsAhead = 24;       ///< whose slots are fetched before they are asked
constexpr std::uint64_t kHashSeed = 0x9e3779b97f4a7c15ULL;

/// Hash of a prefix from the hash of the prefix that is one character shorter.
std::uint64_t extend(std::uint64_t hash, char32_t c) {
  hash = (hash ^ c) * 0xff51afd7ed558ccdULL;
  return hash ^ (hash >> 32);
}

[[noreturn]] void wrong_line(const std::filesystem::path& file, std::size_t line) {
  const auto where = fmt::format("{}:{}", file.string(), line);
  throw Rejected(Code::invalid, where, {where + "：词典行应为“词 频次 词性”", where + ": a line must be \"word count tag\""},
                 {"重新安装词典文件", "Install the dictionary again"});
}

}  // namespace

struct Dictionary::Model {
  explicit Model(const std::string& file) : model(file), segment(&model) {}
  cppjieba::HMMModel model;
  cppjieba::HMMSegment segment;
};

Dictionary::Dictionary(const std::filesystem::path& folder) {
  slots_.resize(kFirstSlots);
  firsts_.resize(kFirsts);
  hints_.resize(kHintWords);
  load_words(folder / "jieba.dict.utf8");
  const auto model_file = folder / "hmm_model.utf8";
  if (!io::file_exists(model_file)) throw io::FileError(model_file, "open", ENOENT);
  model_ = std::make_unique<Model>(model_file.string());
}

Dictionary::~Dictionary() = default;

void Dictionary::load_words(const std::filesystem::path& file) {
  const std::string content = io::read_file(file);
  struct Line {
    std::string_view word;
    double count;
  };
  std::vector<Line> lines;
  lines.reserve(content.size() / 14);
  double sum = 0;
  std::size_t number = 0;
  for (std::string_view rest = content; !rest.empty();) {
    ++number;
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto space = line.find(' ');
    double count = 0;
    if (space == std::string_view::npos || space == 0) wrong_line(file, number);
    const auto parsed = std::from_chars(line.data() + space + 1, line.data() + line.size(), count);
    if (parsed.ec != std::errc() || count <= 0) wrong_line(file, number);
    lines.push_back({line.substr(0, space), count});
    sum += count;
  }
  if (lines.empty()) wrong_line(file, 1);
  std::vector<double> counts;
  counts.reserve(lines.size());
  for (const auto& line : lines) counts.push_back(line.count);
  std::nth_element(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2), counts.end());
  median_weight_ = static_cast<float>(std::log(counts[counts.size() / 2] / sum));
  min_weight_ = static_cast<float>(std::log(*std::min_element(counts.begin(), counts.end()) / sum));
  std::u32string word;
  for (const auto& line : lines) {
    word.clear();
    for (auto rest = line.word; !rest.empty();) word.push_back(take_code_point(rest));
    add_word(word, static_cast<float>(std::log(line.count / sum)));
  }
}

const Dictionary::Slot* Dictionary::find(std::uint64_t hash) const {
  const auto high = static_cast<std::uint32_t>(hash >> 32);
  const auto low = static_cast<std::uint32_t>(hash);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
    const Slot& slot = slots_[i];
    if (slot.weight == 0) return nullptr;
    if (slot.hash_high == high && slot.hash_low == low) return &slot;
  }
}

Dictionary::Slot& Dictionary::find_or_add(std::uint64_t hash) {
  if (used_ * 10 > slots_.size() * 7) grow();
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
    Slot& slot = slots_[i];
    if (slot.weight == 0) {
      ++used_;
      slot = {static_cast<std::uint32_t>(hash >> 32), static_cast<std::uint32_t>(hash), kPrefixOnly};
      return slot;
    }
    if (slot.hash_high == hash >> 32 && slot.hash_low == static_cast<std::uint32_t>(hash)) return slot;
  }
}

void Dictionary::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  used_ = 0;
  for (const Slot& slot : old)
    if (slot.weight != 0) find_or_add(std::uint64_t{slot.hash_high} << 32 | slot.hash_low).weight = slot.weight;
}

void Dictionary::add_word(std::u32string_view word, float weight) {
  CHECK(weight < 0);
  std::uint64_t hash = kHashSeed;
  for (std::size_t i = 0; i < word.size(); ++i) {
    hash = extend(hash, word[i]);
    if (i == 0 && word[0] < kFirsts) {
      float& first = firsts_[word[0]];
      if (word.size() == 1) first = weight;
      else if (first == 0) first = kPrefixOnly;
      continue;
    }
    hints_[hash >> 6 & (kHintWords - 1)] |= std::uint64_t{1} << (hash & 63);
    Slot& slot = find_or_add(hash);
    if (i + 1 == word.size()) slot.weight = weight;
  }
}

void Dictionary::insert_user_word(std::u32string_view word) {
  if (!word.empty() && word.size() <= kWordCharactersMax) add_word(word, median_weight_);
}

float Dictionary::weight_of_rare(char32_t c) const {
  const Slot* slot = find(extend(kHashSeed, c));
  return slot == nullptr ? 0 : slot->weight;
}

bool Dictionary::contains(std::u32string_view word) const {
  if (word.empty()) return false;
  if (word.size() == 1) return weight_of_first(word[0]) < 0;
  std::uint64_t hash = kHashSeed;
  for (const char32_t c : word) hash = extend(hash, c);
  const Slot* slot = may_hold(hash) ? find(hash) : nullptr;
  return slot != nullptr && slot->weight < 0;
}

void Dictionary::cut_by_probability(std::u32string_view text, std::vector<WordSpan>& words) const {
  const std::size_t size = text.size();
  const auto pair_at = [&](std::size_t i) { return extend(extend(kHashSeed, text[i]), text[i + 1]); };
  // From the back: the best log probability of the rest of the text, and where its first word ends.
  // Kept from text to text: asking for memory would take as long as the rest of a short one.
  thread_local std::vector<double> best;
  thread_local std::vector<std::uint32_t> next;
  best.resize(size + 1);
  best[size] = 0;
  next.resize(size);
  for (std::size_t i = size; i-- > 0;) {
    if (i >= kPairsAhead)
      if (const auto hash = pair_at(i - kPairsAhead); may_hold(hash)) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
    const float first = weight_of_first(text[i]);
    best[i] = best[i + 1] + (first < 0 ? first : min_weight_);
    next[i] = static_cast<std::uint32_t>(i + 1);
    if (first == 0 || i + 1 == size) continue;
    std::uint64_t hash = pair_at(i);
    for (std::size_t j = i + 1; may_hold(hash);) {
      const Slot* slot = find(hash);
      if (slot == nullptr) break;
      if (const double weight = best[j + 1] + slot->weight; slot->weight < 0 && weight > best[i]) {
        best[i] = weight;
        next[i] = static_cast<std::uint32_t>(j + 1);
      }
      if (++j == size) break;
      hash = extend(hash, text[j]);
    }
  }
  for (std::uint32_t i = 0; i < size; i = next[i]) words.push_back({i, next[i]});
}

void Dictionary::cut(std::u32string_view text, std::vector<WordSpan>& words) const {
  words.clear();
  thread_local std::vector<WordSpan> rough;
  rough.clear();
  cut_by_probability(text, rough);
  // Runs of single characters may be words that the dictionary does not know: the hidden Markov model joins them.
  thread_local std::vector<WordSpan> mixed;
  mixed.clear();
  for (std::size_t i = 0; i < rough.size();) {
    if (rough[i].size() > 1) {
      mixed.push_back(rough[i++]);
      continue;
    }
    std::size_t j = i;
    while (j < rough.size() && rough[j].size() == 1) ++j;
    if (j - i == 1) {
      mixed.push_back(rough[i]);
    } else {
      std::vector<cppjieba::RuneStr> run(j - i);
      for (std::size_t k = i; k < j; ++k) run[k - i] = cppjieba::RuneStr(text[rough[k].begin], 0, 1);
      std::vector<cppjieba::WordRange> joined;
      model_->segment.Cut(run.data(), run.data() + run.size(), joined);
      for (const auto& range : joined) {
        const auto begin = rough[i].begin + static_cast<std::uint32_t>(range.left - run.data());
        mixed.push_back({begin, begin + static_cast<std::uint32_t>(range.Length())});
      }
    }
    i = j;
  }
  for (const WordSpan& span : mixed) {
    for (const std::uint32_t length : {2U, 3U})
      for (std::uint32_t i = span.begin; span.size() > length && i + length <= span.end; ++i)
        if (contains(text.substr(i, length))) words.push_back({i, i + length});
    words.push_back(span);
  }
}

}  // namespace jingwei::match
