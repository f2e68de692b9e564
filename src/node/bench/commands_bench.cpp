// Durable commands per second in process: entries of 1 kB are checked, published, versioned, recorded in the feed, stated
// and signed through Registry, Issuer and Writer, wired as the node wires them, on SQLite on the disk that --folder names.
// Followers of the feed (log, match index) do not run; ./bench measures the whole node over HTTP.
//
//   commands_bench [--count N] [--single N] [--folder DIR]
//
// --single is the number of commands of the second run, which commits each one by itself. One JSON line per figure.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <semaphore>
#include <string>
#include <vector>

#include "base/check.h"
#include "registry/registry.h"

using namespace jingwei;

namespace {

constexpr std::ptrdiff_t kOutstandingMax = 2'000;    ///< commands
constexpr std::size_t kEntryBytes = 1'024;           ///< of an entry's fields as JSON
constexpr double kCommandsPerSecondLimit = 15'000;

struct Options {
  std::size_t count = 60'000;
  std::size_t single = 1'500;
  std::filesystem::path folder = std::filesystem::temp_directory_path();
};

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    if (name == "--count") options.count = std::strtoul(argv[i + 1], nullptr, 10);
    else if (name == "--single") options.single = std::strtoul(argv[i + 1], nullptr, 10);
    else if (name == "--folder") options.folder = argv[i + 1];
  }
  return options;
}

/// What the node has between a request and the disk.
struct Node {
  Node(const std::filesystem::path& folder, const registry::Definitions& definitions, std::size_t batch_commands_max)
      : database({(folder / "jingwei.db").string(), "", true}, clock.now()),
        writer(database, clock, random, signal, {.batch_commands_max = batch_commands_max}),
        issuer("jingwei.local/330400", crypto::KeyPair::generate(random)),
        registry(definitions, issuer) {}

  io::SystemClock clock;
  io::SystemRandom random;
  store::FeedSignal signal;
  store::Database database;
  store::Writer writer;
  evidence::Issuer issuer;
  registry::Registry registry;
};

identity::Actor department() {
  identity::Actor actor;
  actor.account_id = "account_01BENCH0000000000000000000";
  actor.roles = {identity::Role::department};
  return actor;
}

/// Fields of an achievement as a program sends them, filled up to kEntryBytes.
json::object entry_fields(const std::string& owner) {
  json::object fields{{"title", "0000000 高阻隔聚酰胺薄膜"},
                      {"owner", owner},
                      {"segment", "chem.polymer"},
                      {"region", "330402"},
                      {"trl", 6},
                      {"price_fen", 120'000'000},
                      {"transfer_ways", {"licence"}},
                      {"valid_to", "2099-12-31"}};
  std::string text = "以双向拉伸与纳米片层阻隔相结合，氧气透过率降到原来的十分之一。";
  while (json::serialize(fields).size() + text.size() + 10 < kEntryBytes) text += "厚度公差±3%，雾度低于 4%。";
  fields["text"] = text;
  return fields;
}

struct Run {
  double seconds = 0;
  std::vector<double> latencies_ms;
};

/// Publishes `count` entries with at most kOutstandingMax of them not yet durable.
Run publish(Node& node, const registry::Register& reg, const json::object& sample, std::size_t count) {
  using Clock = std::chrono::steady_clock;
  const identity::Actor actor = department();
  std::counting_semaphore<kOutstandingMax> free_places(kOutstandingMax);
  Run run;
  run.latencies_ms.resize(count);
  const auto begun = Clock::now();
  for (std::size_t i = 0; i < count; ++i) {
    free_places.acquire();
    const auto submitted = Clock::now();
    json::object raw = sample;
    raw["title"] = fmt::format("{:07} 高阻隔聚酰胺薄膜", i);
    json::object fields = node.registry.check_fields(reg, raw);
    node.writer.submit([&node, &reg, &actor, fields = std::move(fields)](store::Transaction& tx) mutable { node.registry.create(tx, actor, reg, std::move(fields), true); },
                       [&free_places, &latency_ms = run.latencies_ms[i], submitted](std::exception_ptr failed) {
                         CHECK(!failed);
                         latency_ms = std::chrono::duration<double, std::milli>(Clock::now() - submitted).count();
                         free_places.release();
                       });
  }
  for (std::ptrdiff_t i = 0; i < kOutstandingMax; ++i) free_places.acquire();
  run.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  std::ranges::sort(run.latencies_ms);
  return run;
}

double measure(const Options& options, const registry::Definitions& definitions, std::size_t batch_commands_max, std::size_t count) {
  const auto folder =
      options.folder / fmt::format("jingwei-commands-bench-{}-{}", std::chrono::steady_clock::now().time_since_epoch().count(), batch_commands_max);
  std::filesystem::create_directories(folder);
  double per_second = 0;
  {
    Node node(folder, definitions, batch_commands_max);
    const auto& organizations = *definitions.find("organizations");
    const auto owner = node.writer.run([&](store::Transaction& tx) {
      json::object fields = node.registry.check_fields(
          organizations, {{"name", "嘉澜先进高分子研究院"}, {"uscc", "12330108MAC301629E"}, {"kind", "institute"}, {"region", "330402"}});
      return node.registry.create(tx, department(), organizations, std::move(fields), true).id;
    });
    const json::object sample = entry_fields(owner);
    const Run run = publish(node, *definitions.find("achievements"), sample, count);
    node.writer.stop();
    const auto reader = node.database.connect(true);
    const auto wanted = static_cast<std::int64_t>(count) + 1;
    for (const auto* table : {"entries", "entry_versions", "feed", "statements"})
      CHECK(reader->query_integer(fmt::format("SELECT COUNT(*) FROM {}", table)) == wanted);
    per_second = static_cast<double>(count) / run.seconds;
    fmt::print(stderr, "{} commands of {} bytes, {} a commit at most: {:.0f}/s, p50 {:.1f} ms, p99 {:.1f} ms\n", count, json::serialize(sample).size(),
               batch_commands_max, per_second, run.latencies_ms[count / 2], run.latencies_ms[count * 99 / 100]);
  }
  std::filesystem::remove_all(folder);
  return per_second;
}

/// Without a limit a figure is for information.
void print_figure(std::string_view figure, double value, std::string_view unit, std::optional<double> limit, double peer) {
  json::object line{{"figure", figure}, {"value", value}, {"unit", unit}, {"limit", nullptr}, {"passed", nullptr}, {"peer", peer}};
  if (limit) {
    line["limit"] = *limit;
    line["passed"] = value >= *limit;
  }
  fmt::print("{}\n", json::serialize(line));
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = read_options(argc, argv);
  const auto definitions = registry::Definitions::load(std::filesystem::path(JINGWEI_SOURCE) / "registers");
  const double grouped = measure(options, definitions, store::kBatchCommandsMax, options.count);
  const double single = measure(options, definitions, 1, options.single);
  print_figure("commands_in_process", grouped, "commands/s", kCommandsPerSecondLimit, single);
  print_figure("commands_in_process_group_commit", grouped / single, "x", std::nullopt, 1);
}
