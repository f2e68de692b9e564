// What the log thread pays: growing by batches in memory, publishing to a real disk, building and opening a large log.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>

#include "tlog/tlog.h"

namespace jingwei::tlog {
namespace {

constexpr std::size_t kEntryBytes = 450;  ///< a usual statement
constexpr std::uint64_t kLargeLog = 1'000'000;

/// In the working directory, not in /tmp, which often is memory.
class TemporaryFolder {
 public:
  TemporaryFolder() : path_(std::filesystem::current_path() / ("tlog-bench-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A disk on which nothing has to be waited for: what is left is our own cost.
class FolderWithoutSync : public io::DiskFolder {
 public:
  using DiskFolder::DiskFolder;
  void sync_file(const std::string&) override {}
  void sync_folder(const std::string&) override {}
  void sync_all() override {}
};

const std::string kOrigin = "bench.example/log";

std::vector<Bytes> batch_of(std::size_t size) { return std::vector<Bytes>(size, Bytes(kEntryBytes, 7)); }

template <class Folder>
void append_and_publish(benchmark::State& state) {
  const TemporaryFolder temporary;
  Folder folder(temporary.path());
  const crypto::KeyPair key = crypto::KeyPair::from_seed({1});
  TileLog::create(folder, kOrigin, key);
  const auto log = TileLog::open(folder, kOrigin, key);
  const auto batch = batch_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    log->append(batch);
    log->publish({});
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}
BENCHMARK(append_and_publish<FolderWithoutSync>)->Name("append_and_publish_without_sync")->Arg(64)->Arg(1024)->Unit(benchmark::kMicrosecond);
BENCHMARK(append_and_publish<io::DiskFolder>)->Name("append_and_publish")->Arg(64)->Arg(1024)->Unit(benchmark::kMicrosecond);

void append_in_memory(benchmark::State& state) {
  const TemporaryFolder temporary;
  FolderWithoutSync folder(temporary.path());
  const crypto::KeyPair key = crypto::KeyPair::from_seed({1});
  TileLog::create(folder, kOrigin, key);
  const auto log = TileLog::open(folder, kOrigin, key);
  const auto batch = batch_of(64);
  for (auto _ : state) {
    log->append(batch);
    if (log->pending() + batch.size() > kPendingEntriesMax) {
      state.PauseTiming();
      log->publish({});
      state.ResumeTiming();
    }
  }
}
BENCHMARK(append_in_memory)->Unit(benchmark::kMicrosecond);

/// A million entries from nothing, opened again, proved from.
void large_log(benchmark::State& state) {
  const crypto::KeyPair key = crypto::KeyPair::from_seed({1});
  const auto batch = batch_of(50'000);
  for (auto _ : state) {
    const TemporaryFolder temporary;
    io::DiskFolder folder(temporary.path());
    TileLog::create(folder, kOrigin, key);
    const auto seconds_since = [](auto start) { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
    auto start = std::chrono::steady_clock::now();
    const auto log = TileLog::open(folder, kOrigin, key);
    while (log->size() < kLargeLog) {
      log->append(batch);
      log->publish({});
    }
    state.counters["build_s"] = seconds_since(start);
    start = std::chrono::steady_clock::now();
    const auto reopened = TileLog::open(folder, kOrigin, key);
    state.counters["open_ms"] = 1e3 * seconds_since(start);
    start = std::chrono::steady_clock::now();
    constexpr int kProofs = 1000;
    for (int i = 0; i < kProofs; ++i) benchmark::DoNotOptimize(reopened->prove(static_cast<std::uint64_t>(i) * 997));
    state.counters["prove_us"] = 1e6 * seconds_since(start) / kProofs;
    start = std::chrono::steady_clock::now();
    FolderReader reader(folder);
    if (!verify_log(reader, reopened->verifier_key()).passed()) state.SkipWithError("the log does not verify");
    state.counters["verify_s"] = seconds_since(start);
  }
}
BENCHMARK(large_log)->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace jingwei::tlog

BENCHMARK_MAIN();
