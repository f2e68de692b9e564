// corpus_bench --documents N --folder DIR [--seed S]: writes DIR/supplies.jsonl, in the format of `jingwei eval match`, and
// DIR/queries.jsonl for `./bench match`. The same N and seed give the same bytes, as long as lexicon and compiler stay; supply i
// does not depend on N.
//
// Queries, each with the supply it was made from (`known`) and a filter that this supply passes:
//   words  2 to 4 terms or rare names          title  its title, some words dropped, some in another name of the same term
//   need   200 to 300 characters as the shop floor says it, about the supply's terms
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "base/described.h"
#include "match/bench/corpus_text.h"

namespace jingwei::match::bench {
namespace {

constexpr std::uint64_t kSeed = 20260121;
constexpr std::size_t kWordQueries = 1'000;
constexpr std::size_t kTitleQueries = 1'000;
constexpr std::size_t kNeedQueries = 500;
constexpr int kTitleTriesMax = 10;
constexpr int kTextCharactersLeast = 100;
constexpr int kTextCharactersMost = 170;
constexpr int kNeedCharactersLeast = 200;
constexpr int kNeedCharactersMost = 270;

/// A title has 10 to 25 characters.
bool fits(std::size_t characters) { return characters >= 10 && characters <= 25; }

struct Supply {
  std::string id;
  const KindFrames* kind = nullptr;
  std::size_t segment = 0;
  std::size_t region = 0;
  Text title;
  Text text;
};

/// People seldom say the same sentence twice: a frame that the text has is drawn again, a few times.
class FramesUsed {
 public:
  std::string_view other(const auto& draw) {
    std::string_view frame = draw();
    for (int i = 0; i < kTriesMax && std::find(used_.begin(), used_.end(), frame) != used_.end(); ++i) frame = draw();
    used_.push_back(frame);
    return frame;
  }

 private:
  static constexpr int kTriesMax = 20;
  std::vector<std::string_view> used_;
};

class Corpus {
 public:
  Corpus(const Words& words, std::uint64_t seed) : words_(words), filler_(words), seed_(seed) {
    for (const KindFrames& kind : kKinds) kinds_.add(kind.percent);
    segments_ = Weighted::zipf(words.segment_codes.size() - 2, 0.6);  // the last two are general ones
    regions_ = Weighted::zipf(words.regions.size(), 0.6);
  }

  Supply supply(std::size_t number) const {
    Random random(seed_ ^ (number + 1) * 0xd6e8feb86659fd93ULL);
    Supply made;
    made.id = fmt::format("s{:08}", number);
    made.kind = &kKinds[kinds_.draw(random)];
    made.segment = segment_of(*made.kind, random);
    made.region = (regions_.draw(random) * 131) % words_.regions.size();
    const auto fill = [&](std::string_view slot) { return filler_.fill(slot, made.segment, random); };
    for (int i = 0; i < kTitleTriesMax && !fits(characters_of(made.title)); ++i) {
      made.title.clear();
      expand(frame_of(made.kind->titles, random), random, fill, made.title);
    }
    const auto wanted = static_cast<std::size_t>(random.between(kTextCharactersLeast, kTextCharactersMost));
    FramesUsed used;
    while (characters_of(made.text) < wanted)
      expand(used.other([&] { return random.chance(25) ? frame_of(kCommonFrames, random) : frame_of(made.kind->sentences, random); }), random, fill, made.text);
    return made;
  }

  json::object line(const Supply& supply, std::size_t number) const {
    Random random(seed_ + number);
    json::object line{{"id", supply.id},
                      {"kind", supply.kind->kind},
                      {"title", joined(supply.title)},
                      {"text", joined(supply.text)},
                      {"segment", words_.segment_names[supply.segment]},
                      {"region", words_.regions[supply.region]},
                      {"trl", nullptr},
                      {"amount_wan", nullptr}};
    if (supply.kind->kind == "achievement") line["trl"] = random.between(3, 9);
    if (supply.kind->kind != "expert" && supply.kind->kind != "platform") line["amount_wan"] = random.between(1, 500);
    return line;
  }

  json::object words_query(const Supply& supply, Random& random) const {
    Text pieces = telling(supply);
    std::string words;
    for (int left = random.between(2, 4); left > 0 && !pieces.empty(); --left) {
      const std::size_t at = random.below(pieces.size());
      words += (words.empty() ? "" : " ") + said(pieces[at], 40, random);
      pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return {{"class", "words"}, {"title", words}, {"text", ""}};
  }

  json::object title_query(const Supply& supply, Random& random) const {
    std::string title;
    for (const Piece& piece : supply.title)
      if (!random.chance(15)) title += said(piece, 30, random);
    return {{"class", "title"}, {"title", title.empty() ? joined(supply.title) : title}, {"text", ""}};
  }

  json::object need_query(const Supply& supply, Random& random) const {
    Text pieces = telling(supply);
    const auto fill = [&](std::string_view slot) {
      const auto same = std::find_if(pieces.begin(), pieces.end(), [&](const Piece& piece) { return piece.slot == slot; });
      if (same == pieces.end() || random.chance(15)) return filler_.fill(slot, supply.segment, random);
      const Piece piece{said(*same, 60, random), same->term, same->slot};
      pieces.erase(same);
      return piece;
    };
    Text title;
    Text text;
    expand(random.one_of(kNeedTitles), random, fill, title);
    FramesUsed used;
    const auto wanted = static_cast<std::size_t>(random.between(kNeedCharactersLeast, kNeedCharactersMost));
    while (characters_of(text) < wanted) expand(used.other([&] { return random.one_of(kNeedFrames); }), random, fill, text);
    return {{"class", "need"}, {"title", joined(title)}, {"text", joined(text)}};
  }

  json::object query(const Supply& supply, std::string_view wanted, std::size_t number) const {
    Random random((seed_ ^ 0x5bd1e995) * (number + 7));
    json::object query = wanted == "words" ? words_query(supply, random) : wanted == "title" ? title_query(supply, random) : need_query(supply, random);
    query["id"] = fmt::format("q{:05}", number);
    query["segment"] = words_.segment_names[supply.segment];
    query["region"] = random.one_of(words_.regions);
    query["known"] = supply.id;
    query["filter_kind"] = supply.kind->kind;
    query["filter_region"] = words_.cities[supply.region];
    return query;
  }

 private:
  std::string_view frame_of(Frames frames, Random& random) const {
    auto& weights = frames_[frames.size()];
    if (weights.size() == 0) weights = Weighted::zipf(frames.size(), 0.5);
    return frames[weights.draw(random)];
  }
  /// Most funds and policies are for every trade.
  std::size_t segment_of(const KindFrames& kind, Random& random) const {
    if ((kind.kind == "fund" || kind.kind == "policy") && random.chance(70)) return words_.segment_codes.size() - (kind.kind == "fund" ? 2 : 1);
    return segments_.draw(random);
  }
  /// Pieces by which a supply can be found again.
  static Text telling(const Supply& supply) {
    Text pieces;
    for (const Text* text : {&supply.title, &supply.text})
      for (const Piece& piece : *text)
        if (piece.term != kNoTerm || piece.slot == "noun" || piece.slot == "grade" || piece.slot == "model" || piece.slot == "person" || piece.slot == "figure")
          pieces.push_back(piece);
    return pieces;
  }
  std::string said(const Piece& piece, int other_percent, Random& random) const {
    return piece.term != kNoTerm && random.chance(other_percent) ? filler_.other_name(piece, random) : piece.text;
  }

  const Words& words_;
  Filler filler_;
  std::uint64_t seed_;
  Weighted kinds_;
  Weighted segments_;
  Weighted regions_;
  mutable std::map<std::size_t, Weighted> frames_;
};

void write(const Corpus& corpus, std::size_t documents, const std::filesystem::path& folder, std::uint64_t seed) {
  std::ofstream supplies(folder / "supplies.jsonl");
  for (std::size_t i = 0; i < documents; ++i) supplies << corpus.line(corpus.supply(i), i) << '\n';
  std::ofstream queries(folder / "queries.jsonl");
  Random random(seed + 1);
  std::size_t number = 0;
  for (const auto& [wanted, count] : {std::pair{"words", kWordQueries}, {"title", kTitleQueries}, {"need", kNeedQueries}})
    for (std::size_t i = 0; i < count; ++i) queries << corpus.query(corpus.supply(random.below(documents)), wanted, ++number) << '\n';
  supplies.close();
  queries.close();
  if (!supplies || !queries) throw std::runtime_error("the corpus could not be written to " + folder.string());
}

}  // namespace
}  // namespace jingwei::match::bench

int main(int argc, char** argv) {
  using namespace jingwei::match;
  std::size_t documents = 0;
  std::uint64_t seed = bench::kSeed;
  std::filesystem::path folder;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view flag = argv[i];
    if (flag == "--documents")
      documents = std::strtoull(argv[i + 1], nullptr, 10);
    else if (flag == "--seed")
      seed = std::strtoull(argv[i + 1], nullptr, 10);
    else if (flag == "--folder")
      folder = argv[i + 1];
  }
  if (documents == 0 || folder.empty()) {
    std::cerr << "corpus_bench --documents N --folder DIR [--seed S]\n";
    return 2;
  }
  try {
    const auto words = bench::read_words(Files::below(JINGWEI_SOURCE));
    bench::write(bench::Corpus(words, seed), documents, folder, seed);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
