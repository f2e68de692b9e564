// Match: which published supplies answer a need, in which order, and why.
//
//   auto engine = match::Engine::load(match::Files::below(source_folder));   // once, ~0.5 s
//   engine->put(documents);  engine->remove(ids);  engine->set_feed_seq(n);  // one writer, fed by the store's feed
//   match::Matches m = engine->match(need, options);                         // any number of threads
//
// The way of a need (match.cpp shows it in one function):
//   analyse -> decompose into problems -> retrieve -> score -> diversify and calibrate -> explain
// Beside it, for a night's round: the supplies of many needs at once, in parallel and without reasons (match_all), and the reasons of
// the few pairs that are chosen (explain). The suppliers' side of it is two_sides.h.
// Same documents, same options: same answer, in the same order (ties by id). No clock, no randomness, no storage here; the
// index is a read model that may be deleted and rebuilt from the feed at any time. Evaluation: eval.h.
#pragma once

#include <boost/container/flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/rejected.h"
#include "match/meaning.h"

namespace jingwei::match {

constexpr std::size_t kTitleCharactersMax = 500;          ///< of a need; longer is refused
constexpr std::size_t kTextCharactersMax = 20'000;        ///< of a need or query; longer is refused
constexpr std::size_t kAnalysedCharactersMax = 4'000;     ///< of one text; what follows is not indexed and not matched
constexpr std::size_t kProblemsMax = 8;                   ///< of one need; more given by the owner are refused
constexpr std::size_t kResultsMax = 1'000;                ///< of one answer; a higher limit is lowered to it
constexpr std::size_t kFieldBytesMax = 1'000;             ///< of an id, code or owner of a document

/// One supply as the registers publish it. All codes are those of registers/code-lists.
struct Document {
  std::string id;
  std::string kind;     ///< achievement, expert, platform, instrument, pilot, scenario, fund, dataset, policy; empty: read from the text
  std::string title;
  std::string text;
  std::string segment;  ///< code such as "chem.polymer"; may be empty
  std::string region;   ///< GB/T 2260 code; may be empty
  std::optional<int> trl;                  ///< 1 to 9
  std::optional<std::int64_t> amount_fen;  ///< price, fee, or for funds and policies the largest single amount
  std::vector<std::string> stages;         ///< seed, growth, mature; empty: any
  std::string owner;                       ///< id of the owning organization; may be empty
  std::string valid_to;                    ///< day "2026-01-21"; empty: no end
  std::int64_t updated_us = 0;             ///< UTC microseconds; 0: unknown
  bool operator==(const Document&) const = default;
};

/// One solvable part of a need.
struct Problem {
  int index = 0;     ///< from 0, in order of the text
  std::string text;
  bool operator==(const Problem&) const = default;
};

struct Need {
  std::string title;
  std::string text;
  std::string segment;                      ///< code; empty: not given
  std::string region;                       ///< GB/T 2260 code; empty: not given
  std::optional<std::int64_t> budget_fen;
  std::string stage;                        ///< seed, growth, mature; empty: not given
  std::string deadline;                     ///< day; empty: none
  std::vector<std::string> problems;        ///< the owner's own split; empty: the engine splits
  std::vector<float> meaning;               ///< vector of title and text, of the model whose vectors meanings() holds; empty: none
};

struct Options {
  std::size_t limit = 20;
  std::string kind;        ///< only this kind; empty: all
  std::string region;      ///< only within this region (codes nest); empty: all
  std::string segment;     ///< only this segment; empty: all
  std::string today;       ///< day; supplies with an earlier valid_to are left out; empty: validity is not looked at
  std::int64_t now_us = 0; ///< for freshness; 0: freshness counts nothing
  bool text_only = false;  ///< title and text alone of both sides (evaluation)
};

enum class ReasonKind { lexicon, topic, words, segment, region, budget, stage, figure, trl, meaning };
BOOST_DESCRIBE_ENUM(ReasonKind, lexicon, topic, words, segment, region, budget, stage, figure, trl, meaning)

/// Why a supply is shown, in plain words.
struct Reason {
  ReasonKind kind = ReasonKind::words;
  Bilingual text;
  std::optional<std::string> need_words;    ///< as the need says it
  std::optional<std::string> supply_words;  ///< as the supply says it
  std::optional<std::string> relation;      ///< of the lexicon: same, is-a, causes, cured-by...
};
BOOST_DESCRIBE_STRUCT(Reason, (), (kind, text, need_words, supply_words, relation))

struct Item {
  std::string id;
  std::string kind;
  double score = 0;                     ///< 0 to 1
  /// Each 0 to 1: text, lexicon, segment, region, stage, budget, trl, freshness, kind, ... Names last as long as the program.
  boost::container::flat_map<std::string_view, double> parts;
  std::vector<int> problems;            ///< indexes of the problems that it answers
  std::vector<Reason> reasons;          ///< best first, at most three
  std::vector<Bilingual> missing;       ///< what speaks against it or is not known to fit
};

/// A supply for a need as match_all finds it.
struct Found {
  std::string id;
  std::string kind;
  std::string owner;
  std::optional<std::int64_t> amount_fen;
  double score = 0;    ///< 0 to 1, calibrated like Item::score, without what a page's variety costs
  double segment = 0;  ///< nearness, 0 to 1
  double region = 0;   ///< nearness, 0 to 1
};

/// Gets the number of a need and its supplies, best first. Called by several threads at once, once for each need.
using FoundVisitor = std::function<void(std::size_t need, std::span<const Found> found)>;

struct Matches {
  std::vector<Problem> problems;
  std::vector<Item> items;
  std::uint64_t feed_seq = 0;  ///< how far the index had read the feed
};

/// Where a segment stands, seen from another, in the atlas of industry chains.
enum class ChainSide { upstream, downstream, beside };

/// Steps from the segment of a need to that of a supply.
struct SegmentWay {
  std::string from;
  std::string to;
  int steps = 0;
  ChainSide side = ChainSide::beside;  ///< of `to`, seen from `from`
};

/// How much the index holds.
struct IndexState {
  std::size_t documents = 0;
  std::uint64_t feed_seq = 0;
  std::size_t bytes = 0;  ///< of the index in memory
};

/// Why a saved index was not used. The caller rebuilds from the feed.
enum class SnapshotVerdict { loaded, absent, damaged, other_version, other_knowledge };
BOOST_DESCRIBE_ENUM(SnapshotVerdict, loaded, absent, damaged, other_version, other_knowledge)

/// Where the engine's knowledge lies. All read once, at load.
struct Files {
  std::filesystem::path dictionary_folder;  ///< cppjieba's dict folder: jieba.dict.utf8, hmm_model.utf8
  std::filesystem::path lexicon_folder;     ///< *.txt, see README.md
  std::filesystem::path weights;            ///< weights.yaml
  std::filesystem::path segments;           ///< registers/code-lists/segments.yaml
  std::filesystem::path regions;            ///< registers/code-lists/regions.csv
  /// As laid out in the source tree (and in the installed one).
  static Files below(const std::filesystem::path& root);
};

/// Problems that somebody else than owner or engine proposes, a language model say: each must quote the need's text (but for spaces,
/// punctuation, width and case), none may overlap another. The answer is what the need itself says there, or why it is refused.
std::expected<std::vector<std::string>, Bilingual> own_words(const Need& need, const std::vector<std::string>& proposed);

class Engine {
 public:
  /// Throws io::FileError for an unreadable file, Rejected{invalid} naming file and line for a wrong one.
  static std::unique_ptr<Engine> load(const Files& files);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // --- the one writer. Findable when the call returns. ---

  /// Adds or replaces by id. Throws Rejected{invalid} for an empty id or a field over kFieldBytesMax; nothing is changed then.
  void put(std::span<const Document> documents);
  void put(const Document& document) { put(std::span(&document, 1)); }
  /// Unknown ids are ignored.
  void remove(std::string_view id);
  void clear();
  /// The last change of the feed that the index holds.
  void set_feed_seq(std::uint64_t feed_seq);
  /// How far segments are from each other; replaces what was given before. Not saved with the index: whoever keeps the atlas gives it
  /// at start and when the atlas changes. A need and a supply of segments that no way joins are as near as their chain says.
  void set_segment_ways(std::span<const SegmentWay> ways);
  /// Replaces the index by a saved one; on any verdict but `loaded` the index is left as it was.
  SnapshotVerdict load_index(const std::filesystem::path& file);
  /// Begins to make as few parts as there may be, beside readers and writer: after a bulk load, and at night.
  void merge_all();
  /// Returns when no merge of the index is due or under way. For tests and measurements; answers are the same before.
  void wait_until_merged();

  // --- readers, from any thread, also while the writer writes ---

  std::uint64_t feed_seq() const;
  IndexState state() const;
  std::optional<Document> find(std::string_view id) const;
  /// Vectors of a model of meaning, beside the index; none until somebody puts them.
  Meanings& meanings();
  void save_index(const std::filesystem::path& file) const;

  /// The need as the engine would split it, or the owner's own split. One problem when unsure.
  /// Throws Rejected{too_large} over the limits above (also the two below).
  std::vector<Problem> decompose(const Need& need) const;
  /// Supplies for a need, best first. An empty need matches nothing.
  Matches match(const Need& need, const Options& options = {}) const;
  /// The best `options.limit` supplies of every need, on so many threads. Throws Rejected{too_large} before it begins; what `visit` throws
  /// ends it.
  void match_all(std::span<const Need> needs, const Options& options, std::size_t threads, const FoundVisitor& visit) const;
  /// Reasons and what is missing for these supplies, in the order of `ids`, whatever their rank; unknown ids are left out. Scores are
  /// as if no other supply were there.
  std::vector<Item> explain(const Need& need, std::span<const std::string> ids, const Options& options = {}) const;
  /// Free-text search: a few words, best first; reasons show the words found. An empty query gives nothing.
  Matches search(std::string_view query, const Options& options = {}) const;

 private:
  struct Parts;
  explicit Engine(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace jingwei::match
