// Insert and query times at 100,000 documents of about 150 characters, deterministic text with Zipf-like word frequencies
// made from the shipped lexicon and the dictionary's own characters. Prints one JSON line per figure.
#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "match/internal/lexicon.h"
#include "match/match.h"

using namespace jingwei;

namespace {

constexpr std::size_t kNeeds = 200;

/// This thread's own time: the machine may be busy with other things.
double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}
double seconds_since(double begin) { return cpu_seconds() - begin; }

double rss_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

void print(const char* what, double value, const char* unit, double limit) {
  std::printf("{\"bench\":\"match.%s\",\"value\":%.3f,\"unit\":\"%s\",\"limit\":%.3f}\n", what, value, unit, limit);
}

/// Words of the dictionary by falling frequency, drawn as Zipf's law says.
class Texts {
 public:
  explicit Texts(const match::Files& files) : random_(20260121) {
    std::ifstream in(files.dictionary_folder / "jieba.dict.utf8");
    std::vector<std::pair<long, std::string>> counted;
    std::string word;
    std::string tag;
    for (long count = 0; in >> word >> count >> tag;)
      if (word.size() >= 6 && word.size() <= 12) counted.emplace_back(count, word);
    std::sort(counted.rbegin(), counted.rend());
    counted.resize(std::min<std::size_t>(counted.size(), 60'000));
    for (auto& [count, text] : counted) words_.push_back(std::move(text));
  }
  std::string make(std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) {
      const double u = std::uniform_real_distribution<double>(0, 1)(random_);
      const auto rank = static_cast<std::size_t>(std::pow(static_cast<double>(words_.size()), u)) - 1;
      text += words_[std::min(rank, words_.size() - 1)];
      if (random_() % 8 == 0) text += "，";
    }
    return text;
  }
  std::uint64_t next() { return random_(); }

 private:
  std::mt19937_64 random_;
  std::vector<std::string> words_;
};

match::Document make_document(Texts& texts, std::size_t number) {
  match::Document document;
  document.id = "ach_" + std::to_string(1'000'000'000 + number);
  document.kind = number % 3 == 0 ? "achievement" : number % 3 == 1 ? "platform" : "instrument";
  document.title = texts.make(45);
  document.text = texts.make(405);
  document.segment = "machine.tool";
  document.region = number % 2 == 0 ? "330402" : "310115";
  return document;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t kDocuments = argc > 1 ? std::stoul(argv[1]) : 100'000;
  const auto files = match::Files::below(JINGWEI_SOURCE);
  const double before = rss_mb();
  auto begin = cpu_seconds();
  const auto engine = match::Engine::load(files);
  print("load_s", seconds_since(begin), "s", 0.6);
  print("knowledge_rss", rss_mb() - before, "MB", 60);

  Texts texts(files);
  std::vector<match::Document> documents;
  for (std::size_t i = 0; i < kDocuments; ++i) documents.push_back(make_document(texts, i));
  std::vector<match::Need> needs(kNeeds);
  for (auto& need : needs) need = {texts.make(45), texts.make(450), "machine.tool", "330402", {}, "", "", {}};
  malloc_trim(0);
  const double rss = rss_mb();

  begin = cpu_seconds();
  for (std::size_t i = 0; i < documents.size(); i += 2000) engine->put(std::span(documents).subspan(i, std::min<std::size_t>(2000, documents.size() - i)));
  print("insert_us", seconds_since(begin) / kDocuments * 1e6, "us", 60);
  engine->wait_until_merged();
  engine->merge_all();
  engine->wait_until_merged();
  malloc_trim(0);
  print("index_bytes", static_cast<double>(engine->state().bytes) / 1e6, "MB", 100);
  print("index_rss", rss_mb() - rss, "MB", 100);

  std::vector<double> times;
  match::Options options;
  options.limit = 100;
  for (int i = 0; i < 20; ++i) (void)engine->match(needs[i], options);
  for (const auto& need : needs) {
    begin = cpu_seconds();
    (void)engine->match(need, options);
    times.push_back(seconds_since(begin) * 1000);
  }
  std::sort(times.begin(), times.end());
  print("need_p50_ms", times[times.size() / 2], "ms", 10);
  print("need_p99_ms", times[times.size() * 99 / 100], "ms", 30);
  times.clear();
  for (const auto& need : needs) {
    begin = cpu_seconds();
    (void)engine->search(need.title.substr(0, 12), options);
    times.push_back(seconds_since(begin) * 1000);
  }
  std::sort(times.begin(), times.end());
  print("search_p50_ms", times[times.size() / 2], "ms", 5);

  const auto file = std::filesystem::temp_directory_path() / "jingwei-index-bench.idx";
  begin = cpu_seconds();
  engine->save_index(file);
  print("save_s", seconds_since(begin), "s", 2);
  begin = cpu_seconds();
  const auto verdict = engine->load_index(file);
  print("start_from_saved_s", seconds_since(begin), "s", 1);
  std::filesystem::remove(file);
  return verdict == match::SnapshotVerdict::loaded && engine->state().documents == kDocuments ? 0 : 1;
}
