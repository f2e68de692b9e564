// Posting lists against the arrays they were written from, and the search through them against scoring everything.
#include "match/internal/postings.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <set>

#include <fmt/format.h>

#include "match/internal/finder.h"
#include "match/internal/test_engine.h"

namespace jingwei::match {
namespace {

constexpr std::uint64_t kSeed = 20261120;

struct Lengths {
  std::vector<std::uint8_t> text;
  std::vector<std::uint8_t> title;
  DocumentLengths view() const { return {text.data(), title.data()}; }
};

Lengths random_lengths(std::mt19937_64& random, std::size_t documents) {
  Lengths lengths;
  for (std::size_t i = 0; i < documents; ++i) {
    lengths.text.push_back(length_step(static_cast<std::uint32_t>(random() % 4000)));
    lengths.title.push_back(length_step(static_cast<std::uint32_t>(random() % 60)));
  }
  return lengths;
}

/// One document in `rare`, with counts of every form.
std::vector<Posting> random_postings(std::mt19937_64& random, std::uint32_t documents, std::uint32_t rare, bool plain) {
  std::vector<Posting> postings;
  for (std::uint32_t document = 0; document < documents; ++document) {
    if (random() % rare != 0) continue;
    Posting posting{document, 1, 0};
    if (!plain && random() % 4 == 0) posting = {document, static_cast<std::uint8_t>(random() % 16), static_cast<std::uint8_t>(1 + random() % 3)};
    postings.push_back(posting);
  }
  if (postings.empty()) postings.push_back({documents - 1, 1, 0});
  return postings;
}

bool same(const std::vector<Posting>& a, const std::vector<Posting>& b) {
  return std::ranges::equal(a, b, [](const Posting& x, const Posting& y) { return x.document == y.document && x.text == y.text && x.title == y.title; });
}

TEST(Postings, ComeBackAsTheyWere) {
  std::mt19937_64 random(kSeed);
  const Saturation& saturation = shipped_knowledge().saturation;
  for (const std::uint32_t documents : {1U, 127U, 128U, 129U, 5'000U, 200'000U})
    for (const std::uint32_t rare : {1U, 2U, 50U, 3000U})
      for (const bool plain : {true, false}) {
        SCOPED_TRACE(fmt::format("{} documents, one in {}, plain {}", documents, rare, plain));
        const Lengths lengths = random_lengths(random, documents);
        const auto postings = random_postings(random, documents, rare, plain);
        LargeVector<std::uint8_t> list{0xaa};  // a list need not begin where its bytes are aligned
        write_list(postings, saturation, lengths.view(), list);
        EXPECT_EQ(list_count(list.data() + 1), postings.size());
        std::vector<Posting> read;
        read_list(list.data() + 1, read);
        EXPECT_TRUE(same(read, postings));
      }
}

/// A third of the documents get what the list gives, the others nothing.
void add_to_some(std::mt19937_64& random, ListCursor& cursor, std::uint32_t from, std::uint32_t to, const Gain& gain, const std::vector<std::uint16_t>& expected) {
  const auto marks = std::make_unique<Marks>();
  std::vector<std::uint16_t> wanted(to - from, 5);
  for (std::uint32_t at = 0; at < to - from; ++at) {
    if (random() % 3 != 0) continue;
    marks->set(at);
    wanted[at] = static_cast<std::uint16_t>(wanted[at] + expected[from + at]);
  }
  std::vector<std::uint16_t> scores(to - from, 5);
  cursor.add_marked(from, to, gain, scores.data(), *marks);
  EXPECT_EQ(scores, wanted) << from;
}

TEST(Postings, CursorAddsAndBoundsAsTheListSays) {
  std::mt19937_64 random(kSeed);
  const Saturation& saturation = shipped_knowledge().saturation;
  constexpr std::uint32_t kDocuments = 30'000;
  const Lengths lengths = random_lengths(random, kDocuments);
  for (const std::uint32_t rare : {1U, 7U, 150U, 5000U}) {
    SCOPED_TRACE(fmt::format("one in {}", rare));
    const auto postings = random_postings(random, kDocuments, rare, false);
    LargeVector<std::uint8_t> list;
    write_list(postings, saturation, lengths.view(), list);
    const bool flat = rare == 7;
    const Gain gain(20'000, saturation, flat);
    std::vector<std::uint16_t> expected(kDocuments, 0);
    for (const Posting& p : postings)
      expected[p.document] = static_cast<std::uint16_t>(20'000 * (flat ? 1 : saturation.of(p.text, p.title, lengths.text[p.document], lengths.title[p.document])));
    ListCursor adder(list.data(), lengths.view(), flat);
    ListCursor prober(list.data(), lengths.view(), flat);
    ListCursor marker(list.data(), lengths.view(), flat);
    const auto over = std::make_unique<Marks>();
    for (std::uint32_t from = 0; from < kDocuments;) {
      const std::uint32_t to = std::min<std::uint32_t>(kDocuments, from + 1 + static_cast<std::uint32_t>(random() % 900));
      const auto [largest, estimate] = adder.within(from, to);
      if (random() % 3 != 0) {  // a window may be passed over
        std::vector<std::uint16_t> scores(to - from, 7);
        const auto least = static_cast<std::uint32_t>(7 + random() % 12'000);
        std::vector<std::uint32_t> given;
        adder.add(from, to, gain, scores.data(), least, *over, &given);
        std::vector<std::uint32_t> held_by_list;
        for (const Posting& p : postings)
          if (p.document >= from && p.document < to) held_by_list.push_back(p.document);
        ASSERT_EQ(given, held_by_list);
        std::vector<bool> marked(to - from);
        over->take_all(to - from, [&](std::uint32_t at) { marked[at] = true; });
        std::uint32_t held = 0;
        for (std::uint32_t d = from; d < to; ++d) {
          ASSERT_EQ(scores[d - from], expected[d] + 7) << d;
          ASSERT_LE(scores[d - from] > least, marked[d - from]) << d;
          ASSERT_LE(expected[d], largest > 0 ? gain.most(largest) : 0) << d;
          held += expected[d] != 0;
        }
        ASSERT_LE(held, estimate);
        add_to_some(random, marker, from, to, gain, expected);
      }
      const std::uint32_t probe = from + static_cast<std::uint32_t>(random() % (to - from));
      ASSERT_EQ(prober.given(probe, gain), expected[probe]) << probe;
      from = to;
    }
    // Once more from the first document.
    for (ListCursor* cursor : {&adder, &prober, &marker}) cursor->rewind();
    std::vector<std::uint16_t> scores(kDocuments, 0);
    const auto all = adder.within(0, kDocuments);
    EXPECT_EQ(all.count, postings.size());
    adder.add(0, kDocuments, gain, scores.data(), gain.most(all.largest), *over);
    EXPECT_EQ(scores, expected);
    over->take_all(kDocuments, [](std::uint32_t at) { ADD_FAILURE() << at << " has more than the list can give"; });
    EXPECT_EQ(prober.given(postings.front().document, gain), expected[postings.front().document]);
    EXPECT_EQ(adder.within(kDocuments, kDocuments + 1).count, 0U);
  }
}

TEST(Postings, BlocksSayWhereTheirDocumentsLie) {
  std::mt19937_64 random(kSeed);
  constexpr std::uint32_t kDocuments = 9'000;
  const Lengths lengths = random_lengths(random, kDocuments);
  const auto postings = random_postings(random, kDocuments, 20, false);
  LargeVector<std::uint8_t> list;
  write_list(postings, shipped_knowledge().saturation, lengths.view(), list);
  std::size_t read = 0;
  std::uint32_t next = 0;
  ListCursor(list.data(), lengths.view()).each_block([&](std::uint32_t first, std::uint32_t last) {
    EXPECT_EQ(first, next);
    EXPECT_GE(postings[read].document, first);
    EXPECT_EQ(postings[read + 127].document, last);
    read += 128;
    next = last + 1;
  });
  EXPECT_EQ(read, postings.size() / 128 * 128);
  EXPECT_GT(read, 256U);
}

const char* const kWords[] = {"主轴", "轴承", "热变形", "补偿", "涂层", "氢脆", "焊缝", "检测", "染色", "掉色", "电池", "隔膜", "机器人", "减速器", "7075", "PECVD"};

constexpr auto kRareWord = "质谱仪";

Document random_document(std::mt19937_64& random, int number) {
  Document document;
  document.id = fmt::format("d{:05}", number);
  document.kind = random() % 3 == 0 ? "platform" : "achievement";
  document.segment = random() % 2 == 0 ? "machine.tool" : "robot";
  document.region = random() % 2 == 0 ? "330402" : "310115";
  document.valid_to = random() % 4 == 0 ? "2026-01-01" : "";
  for (std::uint64_t i = 0, n = 1 + random() % 3; i < n; ++i) document.title += kWords[random() % 16];
  for (std::uint64_t i = 0, n = random() % 20; i < n; ++i) document.text += kWords[random() % (1 + random() % 16)];
  if (number % 1000 < 3)
    for (int i = 0; i <= number % 1000; ++i) document.text += kRareWord;
  return document;
}

class FinderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::mt19937_64 random(kSeed);
    const auto analyse = [](const Document& d) { return shipped_knowledge().analyser.counts(d.title, d.text); };
    for (int i = 0; i < 6000;) {
      std::vector<AnalysedDocument> batch;
      for (const int end = i + 1 + static_cast<int>(random() % 400); i < end; ++i) {
        Document document = random_document(random, i);
        TermCounts counts = analyse(document);
        batch.push_back({std::move(document), std::move(counts)});
      }
      index_.put(batch, analyse);
      for (int r = 0; r < 20; ++r) index_.remove(fmt::format("d{:05}", random() % 6000), analyse);
    }
    index_.wait_until_merged();
    snapshot_ = index_.snapshot();
    often_ = terms_of({"主轴", "热变形", "轴承", "隔膜", "涂层"});
    seldom_ = terms_of({kRareWord});
    mixed_ = terms_of({kRareWord, "主轴", "PECVD"});
  }

  static std::vector<SoughtTerm> terms_of(std::initializer_list<const char*> words) {
    std::set<TermKey> known;
    std::vector<SoughtTerm> terms;
    for (const char* word : words) {
      std::vector<Token> tokens;
      shipped_knowledge().analyser.tokens(Analyser::fold(word), tokens);
      for (const Token& token : tokens)
        if (known.insert(token.key).second) terms.push_back({token.key, static_cast<float>(1 + known.size() % 7), term_class(token.key) == TermClass::concept_});
    }
    return terms;
  }

  /// The best by walking every list to its end.
  std::vector<std::pair<float, std::string>> expected(const std::vector<SoughtTerm>& terms, const Filter& filter) const {
    std::map<std::string, float> sums;
    for (const Part& part : snapshot_->parts)
      for (const SoughtTerm& term : terms) {
        const auto* list = part.data->find(term.key);
        if (list == nullptr) continue;
        std::vector<Posting> postings;
        read_list(list, postings);
        for (const Posting& p : postings) {
          const float share = term.flat ? 1 : shipped_knowledge().saturation.of(p.text, p.title, part.data->text_steps[p.document], part.data->title_steps[p.document]);
          if (!part.is_removed(p.document) && filter.passes(part.data->row(p.document))) sums[std::string(part.data->id(p.document))] += term.weight * share;
        }
      }
    std::vector<std::pair<float, std::string>> sorted;
    for (const auto& [id, sum] : sums) sorted.emplace_back(sum, id);
    std::sort(sorted.rbegin(), sorted.rend());
    return sorted;
  }

  void check(const std::vector<SoughtTerm>& terms, const Filter& filter, std::size_t keep, std::uint32_t window) const {
    const auto all = expected(terms, filter);
    std::map<std::string, float> sums;
    for (const auto& [sum, id] : all) sums[id] = sum;
    float weights = 0;
    for (const SoughtTerm& term : terms) weights += term.weight;
    const float units_of_rounding = weights / 65'000 * static_cast<float>(terms.size());
    std::set<std::string> found;
    for (const auto& [place, score] : find_best(*snapshot_, shipped_knowledge().saturation, terms, filter, keep, window)) {
      const std::string id(snapshot_->id(place));
      EXPECT_TRUE(found.insert(id).second) << id;
      ASSERT_TRUE(sums.contains(id)) << id;
      // What each list gives is rounded down to a whole unit, of which all lists together have 65,000.
      EXPECT_GE(sums[id] + units_of_rounding, all[std::min(keep, all.size()) - 1].first) << id;
    }
    EXPECT_EQ(found.size(), std::min(keep, all.size()));
  }

  Index index_{shipped_knowledge().saturation};
  std::shared_ptr<const IndexSnapshot> snapshot_;
  std::vector<SoughtTerm> often_;
  std::vector<SoughtTerm> seldom_;  ///< in so few documents that most windows hold none
  std::vector<SoughtTerm> mixed_;   ///< long lists beside one of a few documents
};

TEST_F(FinderTest, FindsTheBestAsWalkingEveryListDoes) {
  Options some;
  some.kind = "platform";
  some.region = "330400";
  Options other;
  other.segment = "robot";
  other.today = "2026-11-20";
  for (const auto& terms : {often_, seldom_, mixed_})
    for (const Options& options : {Options{}, some, other})
      for (const auto& [keep, window] : std::vector<std::pair<std::size_t, std::uint32_t>>{
               {1, 500}, {10, 64}, {10, kWindowDocuments}, {200, 1'000}, {5'000, 300}, {5, 2'000}}) {
        SCOPED_TRACE(fmt::format("{} terms, kind '{}', keep {}, window {}", terms.size(), options.kind, keep, window));
        check(terms, Filter(options), keep, window);
      }
}

TEST_F(FinderTest, AnswersAreTheSameBeforeAndAfterMerging) {
  Need need;
  need.title = "主轴轴承热变形";
  const auto one = new_engine();
  const auto other = new_engine();
  std::mt19937_64 random(kSeed);
  std::vector<Document> documents;
  for (int i = 0; i < 3000; ++i) documents.push_back(random_document(random, i));
  one->put(documents);
  for (const Document& document : documents) other->put(document);
  const auto a = one->match(need, {});
  const auto b = other->match(need, {});
  ASSERT_EQ(a.items.size(), b.items.size());
  for (std::size_t i = 0; i < a.items.size(); ++i) EXPECT_EQ(a.items[i].id, b.items[i].id);
}

}  // namespace
}  // namespace jingwei::match
