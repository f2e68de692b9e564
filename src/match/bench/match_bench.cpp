// match_bench --supplies F --queries F --folder DIR [--seconds S]: the engine on the corpus of corpus_bench, in the way bench_run.h
// puts every engine through. Lines of two names: `jingwei` is search(), the retrieval that the peers do; `jingwei-match` is match(),
// with all features and reasons. Then one line each for reads beside writes, and for the index: memory, saving, start.
#include <malloc.h>

#include <atomic>
#include <thread>

#include "match/bench/corpus_documents.h"

namespace jingwei::match::bench {
namespace {

constexpr std::size_t kPutBatch = 10'000;
constexpr std::size_t kWritesPerSecond = 1'000;
constexpr std::size_t kWriteBatch = 20;
constexpr std::size_t kSearchedEvery = 10;  ///< batches after which the writer looks its last entry up by its words
constexpr std::size_t kDocumentsKept = 10'000;

/// The first documents are returned, for writing them again later under other ids.
std::vector<Document> put_all(Engine& engine, const std::filesystem::path& supplies, const Codes& codes) {
  std::vector<Document> kept;
  std::vector<Document> batch;
  const auto put = [&] {
    engine.put(batch);
    batch.clear();
  };
  each_entry(supplies, [&](const Entry& entry) {
    batch.push_back(document_of(entry, codes));
    if (kept.size() < kDocumentsKept) kept.push_back(batch.back());
    if (batch.size() == kPutBatch) put();
  });
  put();
  return kept;
}

std::vector<std::string> ids_of(const Matches& matches) {
  std::vector<std::string> ids;
  for (const Item& item : matches.items) ids.push_back(item.id);
  return ids;
}

class Asking {
 public:
  Asking(const Engine& engine, const Codes& codes) : engine_(engine), codes_(codes) {}

  std::vector<std::string> search(const Query& query, std::size_t k, bool filtered) const {
    return ids_of(engine_.search(query.words(), options(query, k, filtered)));
  }
  std::vector<std::string> match(const Query& query, std::size_t k, bool filtered) const {
    Need need;
    need.title = query.title;
    need.text = query.text;
    need.segment = codes_.segments.at(query.segment);
    need.region = codes_.regions.at(query.region);
    return ids_of(engine_.match(need, options(query, k, filtered)));
  }

 private:
  Options options(const Query& query, std::size_t k, bool filtered) const {
    Options options;
    options.limit = k;
    if (filtered) options.kind = query.filter_kind;
    if (filtered) options.region = codes_.regions.at(query.filter_region);
    return options;
  }

  const Engine& engine_;
  const Codes& codes_;
};

/// Puts entries at a steady rate until told to stop. An entry's time runs from when it was due, so that waiting counts.
class Writer {
 public:
  Writer(Engine& engine, const std::vector<Document>& documents) : engine_(engine), documents_(documents), thread_([this] { write(); }) {}
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() { stop(); }

  std::vector<double> stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
    if (lost_) throw std::runtime_error("an entry was put and not found");
    return times_;
  }

 private:
  void write() {
    const double begun = seconds_now();
    for (std::size_t batch = 0; !stopping_; ++batch) {
      const double due = begun + static_cast<double>(batch * kWriteBatch) / kWritesPerSecond;
      if (const double early = due - seconds_now(); early > 0) std::this_thread::sleep_for(std::chrono::duration<double>(early));
      std::vector<Document> documents;
      for (std::size_t i = batch * kWriteBatch; i < (batch + 1) * kWriteBatch; ++i) {
        documents.push_back(documents_[i % documents_.size()]);
        documents.back().id = "w" + std::to_string(i);
      }
      const std::string token = "zq" + std::to_string(1'000'000 + batch);
      documents.back().title += " " + token;
      engine_.put(documents);
      const auto& id = documents.back().id;
      const bool found = batch % kSearchedEvery != 0 ? engine_.find(id).has_value() : ids_of(engine_.search(token, {.limit = 1})) == std::vector{id};
      if (!found) lost_ = true;
      times_.push_back((seconds_now() - due) * 1000);
    }
  }

  Engine& engine_;
  const std::vector<Document>& documents_;
  std::vector<double> times_;  ///< the writer's until it has stopped
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> lost_ = false;
  std::thread thread_;
};

double p99_of_reads(const std::vector<const Query*>& queries, std::size_t k, const Search& search, double seconds) {
  std::vector<double> times;
  const double begun = seconds_now();
  for (std::size_t i = 0; seconds_now() - begun < seconds || times.size() < kTimedQueriesLeast; ++i) {
    const double before = seconds_now();
    (void)search(*queries[i % queries.size()], k, false);
    times.push_back((seconds_now() - before) * 1000);
  }
  return percentile(times, 0.99);
}

void measure_writing(Engine& engine, const Asking& asking, const std::vector<Query>& queries, const std::vector<Document>& documents, double seconds) {
  const auto words = of_class(queries, "words");
  const auto needs = of_class(queries, "need");
  const Search search = [&](const Query& query, std::size_t k, bool filtered) { return asking.search(query, k, filtered); };
  const Search match = [&](const Query& query, std::size_t k, bool filtered) { return asking.match(query, k, filtered); };
  const double words_quiet = p99_of_reads(words, 10, search, seconds / 2);
  const double need_quiet = p99_of_reads(needs, 100, match, seconds / 2);
  Writer writer(engine, documents);
  const double words_busy = p99_of_reads(words, 10, search, seconds / 2);
  const double need_busy = p99_of_reads(needs, 100, match, seconds / 2);
  const auto times = writer.stop();
  std::cout << json::object{{"engine", "jingwei"},
                            {"writing", true},
                            {"written", times.size() * kWriteBatch},
                            {"findable_p50_ms", percentile(times, 0.5)},
                            {"findable_p99_ms", percentile(times, 0.99)},
                            {"words_quiet_p99_ms", words_quiet},
                            {"words_p99_ms", words_busy},
                            {"need_quiet_p99_ms", need_quiet},
                            {"need_p99_ms", need_busy}}
            << '\n';
}

/// Saves, and measures what a node pays to start with it: knowledge and index.
void measure_start(std::unique_ptr<Engine> engine, const Files& files, const std::filesystem::path& file, json::object index) {
  const auto documents = engine->state().documents;
  double begun = seconds_now();
  engine->save_index(file);
  index["save_s"] = seconds_now() - begun;
  index["snapshot_mb"] = static_cast<double>(std::filesystem::file_size(file)) / 1e6;
  engine.reset();
  malloc_trim(0);
  begun = seconds_now();
  const auto again = Engine::load(files);
  const auto verdict = again->load_index(file);
  index["start_s"] = seconds_now() - begun;
  index["start_rss_mb"] = rss_mb();
  if (verdict != SnapshotVerdict::loaded || again->state().documents != documents) throw std::runtime_error("the saved index was not loaded");
  std::cout << index << '\n';
}

void measure(const Arguments& arguments) {
  const auto files = Files::below(JINGWEI_SOURCE);
  const Codes codes(files);
  const auto queries = read_queries(arguments.queries);
  std::filesystem::create_directories(arguments.folder);
  auto engine = Engine::load(files);
  malloc_trim(0);
  const double rss_before = rss_mb();
  const double begun = seconds_now();
  const auto documents = put_all(*engine, arguments.supplies, codes);
  // As the peers, whose indexes are merged into one before they are asked.
  engine->merge_all();
  engine->wait_until_merged();
  Built built{"jingwei", seconds_now() - begun, static_cast<double>(engine->state().bytes) / 1e6};
  malloc_trim(0);
  const json::object index{{"engine", "jingwei"},
                           {"documents", engine->state().documents},
                           {"state_mb", built.index_mb},
                           {"rss_mb", rss_mb() - rss_before},
                           {"build_s", built.build_s}};
  const Asking asking(*engine, codes);
  measure_all(built, queries, [&](const Query& query, std::size_t k, bool filtered) { return asking.search(query, k, filtered); }, arguments);
  built.engine = "jingwei-match";
  measure_all(built, queries, [&](const Query& query, std::size_t k, bool filtered) { return asking.match(query, k, filtered); }, arguments);
  measure_writing(*engine, asking, queries, documents, arguments.seconds);
  measure_start(std::move(engine), files, arguments.folder / "jingwei.index", index);
}

}  // namespace
}  // namespace jingwei::match::bench

int main(int argc, char** argv) {
  try {
    jingwei::match::bench::measure(jingwei::match::bench::parse_arguments(argc, argv));
  } catch (const jingwei::Rejected& rejected) {
    std::cerr << "jingwei: " << rejected.message().en << '\n';
    return 1;
  } catch (const std::exception& error) {
    std::cerr << "jingwei: " << error.what() << '\n';
    return 1;
  }
}
