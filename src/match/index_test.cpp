// The index against a model that keeps documents in a map and computes BM25F by the book.
#include "match/internal/index.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <thread>

#include <fmt/format.h>

#include "base/text.h"
#include "io/file.h"
#include "match/internal/plan.h"
#include "match/internal/retrieve.h"
#include "match/internal/snapshot_file.h"
#include "match/internal/test_engine.h"

namespace jingwei::match {
namespace {

TermCounts counts_of(const Document& document) { return shipped_knowledge().analyser.counts(document.title, document.text); }

Document random_document(std::mt19937_64& random) {
  static constexpr const char* kWords[] = {"主轴", "轴承", "热变形", "补偿", "涂层", "氢脆", "焊缝", "检测", "染色", "掉色", "电池", "隔膜", "机器人", "减速器", "7075", "PECVD"};
  Document document;
  document.id = fmt::format("d{}", random() % 60);
  document.kind = random() % 2 == 0 ? "achievement" : "platform";
  document.region = random() % 2 == 0 ? "330402" : "310115";
  for (std::uint64_t i = 0, n = 1 + random() % 3; i < n; ++i) document.title += kWords[random() % 16];
  for (std::uint64_t i = 0, n = random() % 12; i < n; ++i) document.text += kWords[random() % 16];
  return document;
}

std::size_t occurrences(std::u32string_view text, std::u32string_view word) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::u32string_view::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

/// How often a document has a term. Words of three and more Han characters are counted where the text contains them, Latin
/// tokens and figures once.
TermCount count_of(const TermCounts& counts, const Document& document, const QueryTerm& term) {
  const auto found = std::ranges::find(counts.terms, term.key, &TermCount::key);
  TermCount count = found == counts.terms.end() ? TermCount{term.key} : *found;
  if (count.opaque) return {term.key, count.text > 0, count.title > 0};
  if (term_class(term.key) != TermClass::word || term.written.empty() || !is_han(term.written[0])) return count;
  count.text = static_cast<std::uint8_t>(std::min<std::size_t>(kTextCountMax, occurrences(Analyser::fold(document.text), term.written)));
  count.title = static_cast<std::uint8_t>(std::min<std::size_t>(kTitleCountMax, occurrences(Analyser::fold(document.title), term.written)));
  return count;
}

/// BM25F as weights.yaml and retrieve.h define it, the slow way.
std::map<std::string, double> model_scores(const std::map<std::string, Document>& documents, const Query& query, const Weights& weights) {
  std::map<std::string, TermCounts> counted;
  for (const auto& [id, document] : documents) counted[id] = counts_of(document);
  const double n = static_cast<double>(documents.size());
  std::map<std::string, double> scores;
  const auto& w = weights.text;
  for (const QueryTerm& term : query.terms) {
    double frequency = 0;
    for (const auto& [id, counts] : counted) frequency += std::ranges::find(counts.terms, term.key, &TermCount::key) != counts.terms.end() ? 1 : 0;
    if (frequency == 0) continue;
    const double rare = std::log(1 + (n - frequency + 0.5) / (frequency + 0.5));
    for (const auto& [id, counts] : counted) {
      const TermCount count = count_of(counts, documents.at(id), term);
      const double tf = count.text * w.body / (1 - w.b_body + w.b_body * counts.text_length / w.body_length) +
                        count.title * w.title / (1 - w.b_title + w.b_title * counts.title_length / w.title_length);
      if (tf > 0) scores[id] += term.weight * rare * class_weight(weights, term) * tf / (w.k1 + tf);
    }
  }
  return scores;
}

TEST(Index, AgreesWithTheModelAfterAnySequenceOfPutsAndRemovals) {
  const std::uint64_t seed = 20260121;
  SCOPED_TRACE(fmt::format("seed {}", seed));
  std::mt19937_64 random(seed);
  const Knowledge& knowledge = shipped_knowledge();
  Need need;
  need.title = "主轴热变形";
  need.text = "主轴轴承发热，7075铝件加工焊缝检测";
  const Query query = make_query(knowledge, need, {{0, need.text}});
  Index index(shipped_knowledge().saturation);
  std::map<std::string, Document> model;
  for (int step = 0; step < 1500; ++step) {
    const Document document = random_document(random);
    if (random() % 3 == 0) {
      index.remove(document.id, counts_of);
      model.erase(document.id);
    } else {
      const AnalysedDocument analysed{document, counts_of(document)};
      index.put(std::span(&analysed, 1), counts_of);
      model[document.id] = document;
    }
    if (step % 50 != 49) continue;
    if (step % 200 == 199) {
      index.merge_all();
      index.wait_until_merged();
    }
    const auto snapshot = index.snapshot();
    ASSERT_EQ(snapshot->totals.documents, static_cast<std::int64_t>(model.size())) << "step " << step;
    Options options;
    options.limit = 1000;
    const Plan plan = make_plan(*snapshot, knowledge, query);
    Rescorer rescorer(plan, knowledge.saturation);
    const auto candidates = retrieve(*snapshot, knowledge, query, plan, rescorer, options, {1.0, 0.0, 0.0}, false);
    const auto expected = model_scores(model, query, knowledge.weights);
    double best = 0;
    for (const auto& [id, value] : expected) best = std::max(best, value);
    std::size_t with_text = 0;
    for (const Candidate& candidate : candidates) {
      if (candidate.text <= 0) continue;
      ++with_text;
      const auto at = expected.find(std::string(snapshot->id(candidate.place)));
      ASSERT_NE(at, expected.end()) << "step " << step;
      ASSERT_NEAR(candidate.text / candidates[0].text, at->second / best, 1e-4) << "step " << step << " " << at->first;
      ASSERT_EQ(snapshot->document(candidate.place), model.at(at->first));
    }
    ASSERT_EQ(with_text, expected.size()) << "step " << step;
  }
}

TEST(Index, SameDocumentsGiveTheSameAnswerWhateverTheirHistory) {
  std::mt19937_64 random(7);
  std::map<std::string, Document> documents;
  const auto wandering = new_engine();
  for (int i = 0; i < 400; ++i) {
    const Document document = random_document(random);
    wandering->put(document);
    documents[document.id] = document;
    if (i % 5 == 0) {
      wandering->remove(document.id);
      documents.erase(document.id);
    }
  }
  wandering->merge_all();
  wandering->wait_until_merged();
  const auto straight = new_engine();
  for (const auto& [id, document] : documents) straight->put(document);
  Need need;
  need.title = "焊缝检测";
  need.text = "电池隔膜和轴承涂层";
  const auto a = wandering->match(need, {});
  const auto b = straight->match(need, {});
  ASSERT_EQ(a.items.size(), b.items.size());
  ASSERT_FALSE(a.items.empty());
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    EXPECT_EQ(a.items[i].id, b.items[i].id);
    EXPECT_EQ(a.items[i].score, b.items[i].score);
  }
}

TEST(Index, MergedAsAWholeDocumentsLieByTopic) {
  std::mt19937_64 random(3);
  Index index(shipped_knowledge().saturation);
  for (int i = 0; i < 100; ++i) {
    const Document document = random_document(random);
    const AnalysedDocument analysed{document, counts_of(document)};
    index.put(std::span(&analysed, 1), counts_of);
  }
  const auto nearest = [&] {
    const auto snapshot = index.snapshot();
    std::vector<std::uint32_t> first;
    for (const Part& part : snapshot->parts)
      for (const Topics& topics : part.data->topics) first.push_back(topics.all.weight[0] == 0 ? 0xffff : topics.all.entry[0]);
    return first;
  };
  EXPECT_FALSE(std::ranges::is_sorted(nearest()));
  index.merge_all();
  index.wait_until_merged();
  EXPECT_EQ(index.snapshot()->parts.size(), 1U);
  EXPECT_TRUE(std::ranges::is_sorted(nearest()));
}

TEST(Plan, OfTheLongestNeedOnlyTheHeaviestTermsAreLookedFor) {
  std::mt19937 random(20261120);
  Index index(shipped_knowledge().saturation);
  std::vector<Problem> problems;
  for (int i = 0; i < static_cast<int>(kProblemsMax); ++i) {
    Document document;
    document.id = fmt::format("d{}", i);
    for (std::size_t c = 0; c < kAnalysedCharactersMax; ++c) append_utf8(document.text, static_cast<char32_t>(0x4e00 + random() % 20'000));
    const AnalysedDocument analysed{document, counts_of(document)};
    index.put(std::span(&analysed, 1), counts_of);
    problems.push_back({i, document.text});
  }
  const Query query = make_query(shipped_knowledge(), {}, problems);
  ASSERT_GT(query.terms.size(), kTermsMax);
  const Plan plan = make_plan(*index.snapshot(), shipped_knowledge(), query);
  EXPECT_EQ(plan.terms.size(), kTermsMax);
  EXPECT_TRUE(std::ranges::is_sorted(plan.terms, {}, &WeightedTerm::key));
}

TEST(Index, ReadersKeepTheirSnapshotWhileTheWriterWrites) {
  const auto engine = new_engine();
  std::mt19937_64 random(11);
  for (int i = 0; i < 200; ++i) engine->put(random_document(random));
  std::atomic<bool> stop = false;
  std::atomic<int> answers = 0;
  std::thread reader([&] {
    Need need;
    need.title = "主轴轴承热变形";
    while (!stop || answers == 0) {
      const auto matches = engine->match(need, {});
      for (std::size_t i = 1; i < matches.items.size(); ++i) EXPECT_GE(matches.items[i - 1].score, matches.items[i].score);
      ++answers;
    }
  });
  for (int i = 0; i < 600; ++i) {
    const Document document = random_document(random);
    if (i % 3 == 0) engine->remove(document.id);
    else engine->put(document);
  }
  stop = true;
  reader.join();
  EXPECT_GT(answers, 0);
}

std::string written(const IndexSnapshot& snapshot) {
  std::string file;
  write_index(snapshot, 5, [&](std::string_view piece) { file += piece; });
  return file;
}

TEST(SnapshotFile, ComesBackAsItWas) {
  std::mt19937_64 random(3);
  Index index(shipped_knowledge().saturation);
  for (int i = 0; i < 300; ++i) {
    const Document document = random_document(random);
    const AnalysedDocument analysed{document, counts_of(document)};
    index.put(std::span(&analysed, 1), counts_of);
    if (i % 4 == 0) index.remove(random_document(random).id, counts_of);
  }
  index.set_feed_seq(42);
  const auto before = index.snapshot();
  const auto file = written(*before);
  IndexSnapshot after;
  ASSERT_EQ(read_index(file, 5, after), SnapshotVerdict::loaded);
  EXPECT_EQ(after.feed_seq, 42U);
  EXPECT_EQ(written(after), file);
}

TEST(SnapshotFile, AnyDamageIsSeenAndNothingIsLoaded) {
  Index index(shipped_knowledge().saturation);
  Document document;
  document.id = "d1";
  document.title = "主轴热变形补偿";
  const AnalysedDocument analysed{document, counts_of(document)};
  index.put(std::span(&analysed, 1), counts_of);
  const auto good = written(*index.snapshot());
  IndexSnapshot after;
  for (std::size_t i = 0; i < good.size(); ++i) {
    auto bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    ASSERT_NE(read_index(bad, 5, after), SnapshotVerdict::loaded) << "byte " << i;
  }
  for (std::size_t size = 0; size < good.size(); ++size) ASSERT_EQ(read_index(good.substr(0, size), 5, after), SnapshotVerdict::damaged) << size;
  EXPECT_EQ(read_index(good + "x", 5, after), SnapshotVerdict::damaged);
  EXPECT_EQ(read_index(good, 6, after), SnapshotVerdict::other_knowledge);
  EXPECT_TRUE(after.parts.empty());
}

TEST(SnapshotFile, EngineKeepsItsIndexWhenTheFileIsUnusable) {
  const auto engine = new_engine();
  Document document;
  document.id = "d1";
  document.title = "主轴热变形补偿";
  engine->put(document);
  const auto file = std::filesystem::temp_directory_path() / "jingwei-index-test.idx";
  EXPECT_EQ(engine->load_index(file.string() + ".absent"), SnapshotVerdict::absent);
  io::write_file_atomically(file, "not an index");
  EXPECT_EQ(engine->load_index(file), SnapshotVerdict::damaged);
  EXPECT_EQ(engine->state().documents, 1U);
  engine->set_feed_seq(9);
  engine->save_index(file);
  const auto other = new_engine();
  EXPECT_EQ(other->load_index(file), SnapshotVerdict::loaded);
  EXPECT_EQ(other->feed_seq(), 9U);
  EXPECT_EQ(other->find("d1"), document);
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace jingwei::match
