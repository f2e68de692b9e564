// Words for the corpus of `./bench match`: names of the lexicon by type and segment, nouns and verbs of the dictionary with their
// counts, segments and regions by the names that `jingwei eval match` reads; and chance from a seed.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/region.h"
#include "base/text.h"
#include "io/file.h"
#include "match/match.h"

namespace jingwei::match::bench {

/// SplitMix64: what the standard library's distributions return is not the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15ULL;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
    return z ^ z >> 31;
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>((static_cast<unsigned __int128>(next()) * n) >> 64); }
  int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1))); }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  template <class Range>
  const auto& one_of(const Range& range) {
    return range[below(std::size(range))];
  }

 private:
  std::uint64_t state_;
};

/// Draws indexes by given weights.
class Weighted {
 public:
  void add(double weight) { sums_.push_back((sums_.empty() ? 0 : sums_.back()) + weight); }
  static Weighted zipf(std::size_t n, double exponent) {
    Weighted made;
    for (std::size_t i = 0; i < n; ++i) made.add(std::pow(static_cast<double>(i + 1), -exponent));
    return made;
  }
  std::size_t draw(Random& random) const {
    const double at = static_cast<double>(random.next() >> 11) * 0x1p-53 * sums_.back();
    return std::min<std::size_t>(sums_.size() - 1, static_cast<std::size_t>(std::upper_bound(sums_.begin(), sums_.end(), at) - sums_.begin()));
  }
  std::size_t size() const { return sums_.size(); }

 private:
  std::vector<double> sums_;
};

constexpr std::size_t kNoSegment = static_cast<std::size_t>(-1);  ///< of words of every trade

/// One thing of the lexicon; `type` is the slot that it fills.
struct Term {
  std::string type;
  std::vector<std::string> names;
  std::size_t segment = kNoSegment;
};

struct Dictionary {
  std::vector<std::string> words;
  Weighted weights;
};

struct Words {
  std::vector<std::string> segment_codes;
  std::vector<std::string> segment_names;
  std::vector<std::string> regions;  ///< city and district: 嘉兴南湖
  std::vector<std::string> cities;   ///< of `regions`, in the same order: 嘉兴
  std::vector<Term> terms;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_type;                             ///< into `terms`
  std::map<std::pair<std::size_t, std::string>, std::vector<std::size_t>, std::less<>> by_segment;  ///< segment and type into `terms`
  Dictionary nouns;
  Dictionary verbs;
};

/// Which slot a type of the lexicon, or the target of a relation, fills.
inline std::string slot_of(std::string_view word) {
  static const std::map<std::string_view, std::string> slots{
      {"symptom", "symptom"}, {"cause", "cause"},      {"process", "process"},  {"material", "material"},  {"equipment", "product"},
      {"product", "product"}, {"method", "method"},    {"property", "noun"},    {"person", "noun"},        {"caused-by", "cause"},
      {"cured-by", "method"}, {"measured-by", "test"}, {"tested-with", "test"}, {"made-with", "material"}, {"made-by", "process"},
      {"used-in", "product"}, {"part-of", "product"},  {"is-a", "product"},     {"needs", "material"},     {"akin", "method"}};
  const auto at = slots.find(word);
  return at == slots.end() ? "" : at->second;
}

class LexiconLines {
 public:
  explicit LexiconLines(Words& words) : words_(words) {}

  /// Terms before relations: what a relation names may be declared, with its other names, further below or in another file.
  void read(const std::filesystem::path& file, bool relations) {
    segment_ = kNoSegment;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
      const auto hash = line.find('#');
      if (hash != std::string::npos) line.resize(hash);
      std::istringstream parts(line);
      std::string first;
      if (!(parts >> first)) continue;
      std::string rest;
      std::getline(parts, rest);
      if (first == "segments")
        take_segments(rest);
      else if (line[0] != ' ' && !relations)
        take_term(slot_of(first), rest);
      else if (line[0] == ' ' && relations)
        for (const auto& name : names_of(rest, '|')) add(slot_of(first), {name});
    }
  }

 private:
  static std::vector<std::string> names_of(std::string_view text, char separator) {
    std::vector<std::string> names;
    for (const auto name : split(text, separator))
      if (const auto bare = trim(name); !bare.empty() && bare.find("…") == std::string_view::npos) names.emplace_back(bare);
    return names;
  }
  void take_segments(const std::string& codes) {
    std::istringstream in(codes);
    std::string code;
    if (!(in >> code)) {
      segment_ = kNoSegment;
      return;
    }
    const auto at = std::find(words_.segment_codes.begin(), words_.segment_codes.end(), code);
    if (at == words_.segment_codes.end()) throw std::runtime_error("unknown segment in the lexicon: " + code);
    segment_ = static_cast<std::size_t>(at - words_.segment_codes.begin());
  }
  /// Behind "~" stand terms of their own.
  void take_term(const std::string& type, std::string_view rest) {
    const auto parts = split(rest, '~');
    add(type, names_of(parts[0], '|'));
    for (std::size_t i = 1; i < parts.size(); ++i)
      for (const auto& name : names_of(parts[i], '|')) add(type, {name});
  }
  void add(const std::string& type, const std::vector<std::string>& names) {
    if (type.empty() || names.empty() || !seen_.emplace(names[0], true).second) return;
    for (const auto& name : names) seen_.emplace(name, true);
    words_.by_type[type].push_back(words_.terms.size());
    words_.by_segment[{segment_, type}].push_back(words_.terms.size());
    words_.terms.push_back({type, names, segment_});
  }

  Words& words_;
  std::map<std::string, bool> seen_;
  std::size_t segment_ = kNoSegment;
};

inline std::string without_suffix(std::string_view name) {
  for (const std::string_view suffix : {"新区", "市", "区", "县", "省"})
    if (name.size() > suffix.size() + 3 && name.ends_with(suffix)) return std::string(name.substr(0, name.size() - suffix.size()));
  return std::string(name);
}

/// District names with their city, as supplies name their place; and the code of each city.
inline void read_places(const Files& files, Words& words, std::map<std::string, std::string>* city_codes = nullptr) {
  const Regions regions(io::read_file(files.regions));
  for (const Region& region : regions.all()) {
    const Region* parent = regions.find(region.parent);
    if (parent == nullptr || (parent->parent.empty() && parent->code != "310000")) continue;
    words.cities.push_back(without_suffix(parent->name));
    words.regions.push_back(words.cities.back() + without_suffix(region.name));
    if (city_codes != nullptr) (*city_codes)[words.cities.back()] = parent->code;
    if (city_codes != nullptr) (*city_codes)[words.regions.back()] = region.code;
  }
}

/// Lines "  - {code: chem.polymer, zh: 化工新材料-高性能聚合物, ...".
inline void read_segments(const Files& files, Words& words) {
  std::ifstream in(files.segments);
  for (std::string line; std::getline(in, line);) {
    const auto code = line.find("{code: ");
    const auto zh = line.find(", zh: ");
    if (code == std::string::npos || zh == std::string::npos) continue;
    words.segment_codes.push_back(line.substr(code + 7, zh - code - 7));
    words.segment_names.push_back(line.substr(zh + 6, line.find(", en:") - zh - 6));
  }
}

inline void read_dictionary(const Files& files, Words& words) {
  std::ifstream in(files.dictionary_folder / "jieba.dict.utf8");
  std::string word;
  std::string tag;
  for (double count = 0; in >> word >> count >> tag;) {
    // Two to four characters; single ones and names of people would not stand in these places.
    if (word.size() < 6 || word.size() > 12 || static_cast<unsigned char>(word[0]) < 0xe4) continue;
    Dictionary* into = tag == "n" || tag == "vn" || tag == "nz" ? &words.nouns : tag == "v" ? &words.verbs : nullptr;
    if (into == nullptr) continue;
    into->words.push_back(word);
    into->weights.add(count);
  }
}

inline Words read_words(const Files& files) {
  Words words;
  read_segments(files, words);
  read_places(files, words);
  read_dictionary(files, words);
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(files.lexicon_folder))
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  LexiconLines lines(words);
  for (const bool relations : {false, true})
    for (const auto& path : paths) lines.read(path, relations);
  if (words.segment_codes.empty() || words.terms.empty() || words.nouns.words.empty()) throw std::runtime_error("lexicon, segments or dictionary are empty");
  return words;
}

}  // namespace jingwei::match::bench
