// figures_bench --folder DIR: all indicators of a node computed anew, as the node does it: SQL over the read model that analytics_bench left in
// DIR, and what changed written back through the writer. 200 indicators, each another count, sum, share or join; of two in five the rows
// behind the figure are kept too. One JSON line.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>

#include "base/check.h"
#include "node/internal/figure_keeper.h"

using namespace jingwei;

namespace {

using Clock = std::chrono::steady_clock;
using node::FigureKeeper;

constexpr int kIndicators = 200;
constexpr int kPatienceMs = 600'000;

/// Of the whole process, all threads: what a busy machine does not change.
double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double seconds_since(Clock::time_point begun) { return std::chrono::duration<double>(Clock::now() - begun).count(); }

std::vector<steering::FigureQuery> queries() {
  const std::string regions[] = {"330402", "330411", "330421", "330424", "330481", "330482", "330483"};
  const std::string days = "published_at >= $from AND published_at < $to + 1";
  std::vector<steering::FigureQuery> all;
  for (int i = 0; static_cast<int>(all.size()) < kIndicators; ++i) {
    const auto& region = regions[i % 7];
    const std::string mature = fmt::format("FROM achievements WHERE region = '{}' AND trl >= {} AND state = 'published' AND {}", region, 1 + i % 9, days);
    all.push_back({"SELECT count(*) " + mature, "SELECT id " + mature});
    const std::string wanted = fmt::format("FROM needs WHERE region = '{}' AND budget_fen > {} AND {}", region, i * 1000, days);
    all.push_back({"SELECT sum(budget_fen) / 1000000 " + wanted, "SELECT id, budget_fen / 1000000 " + wanted});
    all.push_back({fmt::format("SELECT count(DISTINCT owner_id) FROM needs WHERE region = '{}' AND created_at >= $from AND version >= {}", region, i % 2), std::nullopt});
    all.push_back({fmt::format("SELECT 100.0 * count(*) FILTER (region LIKE '3304%') / NULLIF(count(*), 0) FROM entries WHERE register = 'achievements' AND version >= {} AND created_at >= $from", i % 3), std::nullopt});
    all.push_back({fmt::format("SELECT count(*) FROM needs n WHERE region = '{}' AND {} AND EXISTS (SELECT 1 FROM achievements a WHERE a.segment = n.segment AND a.trl = {})", region, days, 1 + i % 9), std::nullopt});
  }
  return all;
}

steering::IndicatorContent indicator(std::size_t number, steering::FigureQuery query, const std::string& from) {
  steering::IndicatorContent content;
  content.code = fmt::format("B{:03}", number);
  content.name = "示例指标 " + content.code;
  content.source = steering::IndicatorSource::computed;
  content.computed = std::move(query);
  content.reports_from = from;
  return content;
}

}  // namespace

int main(int argc, char** argv) {
  CHECK(argc == 3 && std::string_view(argv[1]) == "--folder");
  const std::filesystem::path folder = argv[2];
  io::SystemClock clock;
  io::SystemRandom random;
  store::FeedSignal signal;
  const store::Database database({(folder / "jingwei.db").string(), "", false}, clock.now());
  const auto definitions = registry::Definitions::load(JINGWEI_SOURCE "/registers");
  const evidence::Issuer issuer("jingwei.local/330400", crypto::KeyPair::generate(random));
  const registry::Registry registry(definitions, issuer);
  const steering::Steering steering(registry, issuer);
  store::Writer writer(database, clock, random, signal);
  store::ReadPool readers(database, 4);

  const auto year = shanghai_date(clock.now()).substr(0, 4);
  auto number = std::size_t{0};
  for (auto& query : queries())
    writer.run([&](store::Transaction& tx) { return steering.define(tx, identity::node_operator(), indicator(number++, std::move(query), std::to_string(std::stoi(year) - 1))); });

  analytics::Model model(database, signal, definitions, {.file = folder / "analytics.duckdb"});
  const auto feed_seq = readers.borrow()->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value();
  CHECK(model.wait_applied(feed_seq, kPatienceMs));
  const auto entries = readers.borrow()->query_integer("SELECT COUNT(*) FROM entries").value();

  FigureKeeper keeper({model, steering, writer, readers, clock});
  const auto timed = [&](FigureKeeper::Periods which, FigureKeeper::Round& round) {
    const auto begun = Clock::now();
    round = keeper.compute(which);
    const double seconds = seconds_since(begun);
    if (!round.whole || round.failed > 0 || round.asked != kIndicators) {
      fmt::print(stderr, "{} asked, {} failed in {:.1f} s\n", round.asked, round.failed, seconds);
      std::exit(1);
    }
    return seconds;
  };
  FigureKeeper::Round first, again, ended;
  const double before_cpu_s = processor_seconds();
  const double first_s = timed(FigureKeeper::Periods::running, first);
  const double first_cpu_s = processor_seconds() - before_cpu_s;
  CHECK(first.written == kIndicators);
  const double again_s = timed(FigureKeeper::Periods::running, again);
  CHECK(again.written == 0);
  const double ended_s = timed(FigureKeeper::Periods::ended, ended);
  model.stop();
  writer.stop();
  fmt::print(R"({{"entries":{},"indicators":{},"first_s":{:.2f},"first_cpu_s":{:.2f},"written":{},"again_s":{:.2f},"ended_s":{:.2f}}})" "\n", entries, kIndicators, first_s, first_cpu_s, first.written, again_s, ended_s);
}
