// analytics_bench [--entries N] [--folder DIR] [--seconds S] [--keep yes]: the read model over a made-up store of N entries on the disk of
// DIR: building it, opening it again, and how far it is behind while 1,000 entries a second are created through Registry and Writer as
// the node does. With --keep the folder stays, for figures_bench. Three quarters of the entries are achievements, the others needs; of each the fields that the demo
// region fills. One JSON line.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <fstream>

#include "analytics/analytics.h"
#include "base/check.h"
#include "base/uscc.h"

using namespace jingwei;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kWritesPerSecond = 1'000;
constexpr int kPatienceMs = 600'000;
constexpr std::size_t kInsertedAtOnce = 50'000;

struct Options {
  std::size_t entries = 1'000'000;
  int seconds = 15;
  bool keep = false;
  std::filesystem::path folder = std::filesystem::temp_directory_path() / "jingwei_analytics_bench";
};

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    if (name == "--entries") options.entries = std::strtoul(argv[i + 1], nullptr, 10);
    else if (name == "--seconds") options.seconds = std::atoi(argv[i + 1]);
    else if (name == "--folder") options.folder = argv[i + 1];
    else if (name == "--keep") options.keep = std::string_view(argv[i + 1]) == "yes";
  }
  return options;
}

double seconds_since(Clock::time_point begun) { return std::chrono::duration<double>(Clock::now() - begun).count(); }

/// Of the whole process, all threads: what a busy machine does not change.
double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long resident_mb() {
  std::ifstream status("/proc/self/statm");
  long pages = 0, resident = 0;
  status >> pages >> resident;
  return resident * 4 / 1024;
}

std::string body_of(std::size_t i, const std::string& region, const std::string& segment) {
  return fmt::format(R"({{"title":"示例条目第 {0} 号：低收缩注塑工艺","owner":"org_01BENCH{1:020}","text":"保压时间从 {2} 秒改到 {3} 秒，收缩率由 0.6 % 降到 0.3 %，已在三家企业的生产线上用过，附检测报告。",)"
                     R"("segment":"{4}","region":"{5}","price_fen":{6},"budget_fen":{6},"trl":{7},"confidentiality":"public","contact_phone":"0573-0000","fictional":true}})",
                     i, i % 5000, i % 30, i % 60, segment, region, (i * 7919) % 100'000'000, 1 + i % 9);
}

/// Rows as the store would have them after that many publications, written without the writer: signing is not what is measured.
void fill(store::Connection& connection, std::size_t entries) {
  const std::string regions[] = {"330402", "330411", "330421", "330424", "330481", "330482", "330483"};
  const std::string segments[] = {"chem.polymer", "hydrogen.cell", "auto.parts"};
  for (std::size_t begin = 0; begin < entries; begin += kInsertedAtOnce) {
    connection.run("BEGIN");
    for (std::size_t i = begin; i < std::min(entries, begin + kInsertedAtOnce); ++i) {
      const bool need = i % 4 == 3;
      const auto id = fmt::format("{}_01BENCH{:020}", need ? "need" : "ach", i);
      const auto& region = regions[i % 7];
      const auto& segment = segments[i % 3];
      const std::string owner = fmt::format("org_01BENCH{:020}", i % 5000);
      const std::string title = fmt::format("示例条目第 {} 号：低收缩注塑工艺", i);
      const auto at = static_cast<std::int64_t>(1'769'000'000'000'000 + i * 1000);
      const auto seq = static_cast<std::int64_t>(i + 1);
      const std::string_view state = i % 10 == 0 ? "draft" : "published";
      connection.execute("INSERT INTO entries (id, register, key_text, state, owner_id, region, segment, title, audience, valid_to, version, created_us, updated_us, published_us) "
                         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', '', 1, $9, $10, $11)",
                         {id, need ? "needs" : "achievements", id, state, owner, region, segment, title, at, at, at});
      connection.execute("INSERT INTO entry_versions (id, version, at_us, actor_id, act, body) VALUES ($1, 1, $2, 'account_1', 'published', $3)", {id, at, body_of(i, region, segment)});
      connection.execute("INSERT INTO feed (seq, at_us, kind, act, subject, version) VALUES ($1, $2, 'entry', 'published', $3, 1)", {seq, at, id});
      connection.execute("INSERT INTO statements (leaf, id, kind, subject, at_us, cose, public_text, salt) VALUES ($1, $2, 'entry_published', $3, $4, $5, '{}', $6)",
                         {seq - 1, "st_" + id, id, at, ByteView(), ByteView()});
    }
    connection.run("COMMIT");
  }
  connection.execute("UPDATE heads SET feed_seq = $1, leaf_count = $2", {static_cast<std::int64_t>(entries), static_cast<std::int64_t>(entries)});
}

std::string credit_code() {
  const std::string body = "91330400MA2000001";
  for (const char c : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY"))
    if (check_uscc(body + c) == UsccVerdict::valid) return body + c;
  return body;
}

struct Lag {
  double p50_ms = 0, p99_ms = 0, max_ms = 0;
  double per_second = 0;
};

/// Entries at a fixed rate; how long each commit is not in the model.
Lag lag_at_rate(store::Writer& writer, const registry::Registry& registry, const analytics::Model& model, int seconds) {
  identity::Actor actor;
  actor.account_id = "account_01BENCH0000000000000000000";
  actor.roles = {identity::Role::department};
  const auto owner = writer.run([&](store::Transaction& tx) {
    const auto& reg = registry.require_register("organizations");
    return registry.create(tx, actor, reg, registry.check_fields(reg, {{"name", "示例研究院"}, {"uscc", credit_code()}, {"kind", "institute"}, {"region", "330402"}}), true).id;
  });
  const auto& reg = registry.require_register("achievements");
  std::vector<double> lags;
  std::atomic<std::int64_t> last_seq = 0;
  const auto begun = Clock::now();
  constexpr int kPerStep = 10;
  const int steps = seconds * kWritesPerSecond / kPerStep;
  std::vector<std::pair<std::int64_t, Clock::time_point>> commits;
  std::mutex mutex;
  std::atomic<bool> done = false;
  std::thread watcher([&] {
    std::size_t next = 0;
    while (true) {
      const auto applied = model.applied_seq();
      const auto now = Clock::now();
      {
        const std::lock_guard lock(mutex);
        for (; next < commits.size() && commits[next].first <= applied; ++next) lags.push_back(std::chrono::duration<double, std::milli>(now - commits[next].second).count());
        if (done && next == commits.size()) return;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  });
  for (int step = 0; step < steps; ++step) {
    std::this_thread::sleep_until(begun + std::chrono::milliseconds(step * 1000 * kPerStep / kWritesPerSecond));
    for (int i = 0; i < kPerStep; ++i) {
      const json::object fields{{"title", fmt::format("新条目 {} {}", step, i)}, {"owner", owner}, {"text", "去毛刺"}, {"segment", "chem.polymer"}, {"region", "330402"}};
      auto seq = std::make_shared<std::int64_t>(0);
      writer.submit([&registry, &reg, actor, fields, seq](store::Transaction& tx) {
                      registry.create(tx, actor, reg, registry.check_fields(reg, fields), true);
                      *seq = tx.feed_seq();
                    },
                    [&mutex, &commits, seq](std::exception_ptr failed) {
                      CHECK(!failed);
                      const std::lock_guard lock(mutex);
                      commits.emplace_back(*seq, Clock::now());
                    });
    }
  }
  const double took = seconds_since(begun);
  writer.run([&](store::Transaction& tx) { last_seq = tx.feed_seq(); });
  done = true;
  watcher.join();
  std::ranges::sort(lags);
  const auto at = [&](double share) { return lags.at(std::min(lags.size() - 1, static_cast<std::size_t>(share * static_cast<double>(lags.size())))); };
  return {at(0.5), at(0.99), lags.back(), static_cast<double>(lags.size()) / took};
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = read_options(argc, argv);
  std::filesystem::remove_all(options.folder);
  std::filesystem::create_directories(options.folder);
  io::SystemClock clock;
  io::SystemRandom random;
  store::FeedSignal signal;
  const store::Database database({(options.folder / "jingwei.db").string(), "", true}, clock.now());
  fill(*database.connect(), options.entries);
  const auto definitions = registry::Definitions::load(JINGWEI_SOURCE "/registers");
  const auto file = options.folder / "analytics.duckdb";
  const auto seq = static_cast<std::int64_t>(options.entries);

  const long before_mb = resident_mb();
  const double before_cpu_s = processor_seconds();
  auto begun = Clock::now();
  auto model = std::make_unique<analytics::Model>(database, signal, definitions, analytics::ModelOptions{.file = file});
  CHECK(model->wait_applied(seq, kPatienceMs));
  const double build_s = seconds_since(begun);
  const double build_cpu_s = processor_seconds() - before_cpu_s;
  const long built_mb = resident_mb() - before_mb;
  model.reset();
  begun = Clock::now();
  model = std::make_unique<analytics::Model>(database, signal, definitions, analytics::ModelOptions{.file = file});
  CHECK(model->wait_applied(seq, kPatienceMs));
  const double open_s = seconds_since(begun);

  store::Writer writer(database, clock, random, signal);
  const evidence::Issuer issuer("jingwei.local/330400", crypto::KeyPair::generate(random));
  const registry::Registry registry(definitions, issuer);
  const Lag lag = lag_at_rate(writer, registry, *model, options.seconds);
  writer.stop();
  model->stop();
  std::error_code ignored;
  fmt::print(R"({{"entries":{},"build_s":{:.2f},"build_cpu_s":{:.2f},"open_s":{:.2f},"writes_per_second":{:.0f},"lag_p50_ms":{:.0f},"lag_p99_ms":{:.0f},"lag_max_ms":{:.0f},)"
             R"("resident_mb":{},"file_mb":{}}})"
             "\n",
             options.entries, build_s, build_cpu_s, open_s, lag.per_second, lag.p50_ms, lag.p99_ms, lag.max_ms, built_mb, std::filesystem::file_size(file, ignored) >> 20);
  if (!options.keep) std::filesystem::remove_all(options.folder);
}
