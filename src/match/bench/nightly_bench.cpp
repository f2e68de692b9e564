// nightly_bench --supplies F --queries F --folder DIR [--needs N] [--threads T]: a night's round over the corpus of corpus_bench: the
// best 50 supplies of every need, the suppliers' view of each, and the auction over all pairs. N needs (10,000 when not given) come from
// the file's needs of the shop floor, over and over. Suppliers are made up: about one owner for 40 supplies, a third of them with a stated
// capacity, some busy. With a DIR/jingwei.index, saved by match_bench or an earlier run, the index is loaded from it; otherwise it is
// built and saved there. One JSON line.
#include <malloc.h>
#include <sys/resource.h>

#include <thread>

#include "match/bench/corpus_documents.h"
#include "match/two_sides.h"

namespace jingwei::match::bench {
namespace {

constexpr std::size_t kFoundPerNeed = 50;
constexpr std::int64_t kGivenPerNeed = 5;
constexpr std::size_t kPutBatch = 10'000;
constexpr std::size_t kOwnersPerMillion = 25'000;

struct NightArguments {
  Arguments files;
  std::size_t needs = 10'000;
  std::size_t threads = 2;
};

NightArguments parse(int argc, char** argv) {
  NightArguments arguments;
  std::vector<char*> others{argv[0]};
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view flag = argv[i];
    if (flag == "--needs") arguments.needs = std::stoul(argv[i + 1]);
    else if (flag == "--threads") arguments.threads = std::stoul(argv[i + 1]);
    else others.insert(others.end(), {argv[i], argv[i + 1]});
  }
  arguments.files = parse_arguments(static_cast<int>(others.size()), others.data());
  return arguments;
}

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

void fill(Engine& engine, const NightArguments& arguments, const Codes& codes) {
  const auto file = arguments.files.folder / "jingwei.index";
  if (engine.load_index(file) == SnapshotVerdict::loaded) return;
  std::vector<Document> batch;
  each_entry(arguments.files.supplies, [&](const Entry& entry) {
    batch.push_back(document_of(entry, codes));
    if (batch.size() < kPutBatch) return;
    engine.put(batch);
    batch.clear();
  });
  engine.put(batch);
  engine.merge_all();
  engine.wait_until_merged();
  engine.save_index(file);
}

std::vector<Need> needs_of(const NightArguments& arguments, const Codes& codes) {
  const auto queries = read_queries(arguments.files.queries);
  const auto asked = of_class(queries, "need");
  std::vector<Need> needs;
  for (std::size_t i = 0; i < arguments.needs; ++i) {
    const Query& query = *asked[i % asked.size()];
    Need need;
    need.title = query.title;
    need.text = query.text;
    need.segment = codes.segments.at(query.segment);
    need.region = codes.regions.at(query.region);
    need.budget_fen = static_cast<std::int64_t>(10 + i * 37 % 400) * kFenPerWan;
    needs.push_back(std::move(need));
  }
  return needs;
}

std::uint64_t hash_of(std::string_view id) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash ^ hash >> 29;
}

Supplier supplier_of(std::uint64_t owner) {
  Supplier supplier;
  if (owner % 3 == 0) supplier.places = static_cast<std::int64_t>(3 + owner % 20);
  supplier.taken = static_cast<std::int64_t>(owner % 7);
  if (owner % 5 == 0) supplier.usual_fen = static_cast<std::int64_t>(20 + owner % 100) * kFenPerWan;
  if (owner % 4 == 0) supplier.well = 2, supplier.concluded = 3;
  return supplier;
}

/// The pairs of all needs as the auction takes them; supplies and owners numbered as they come, need by need.
Market market_of(const std::vector<Need>& needs, const std::vector<std::vector<Found>>& found, std::size_t owners) {
  Market market;
  market.need_places.assign(needs.size(), kGivenPerNeed);
  std::map<std::string, std::uint32_t, std::less<>> supplies;
  std::map<std::uint64_t, std::uint32_t> owner_numbers;
  for (std::uint32_t i = 0; i < needs.size(); ++i)
    for (const Found& one : found[i]) {
      const std::uint64_t owner = hash_of(one.id) % owners;
      const Supplier supplier = supplier_of(owner);
      const auto view = supplier_view(needs[i].budget_fen, {one.kind, one.amount_fen, one.segment, one.region}, supplier);
      const auto [at, is_new] = supplies.emplace(one.id, static_cast<std::uint32_t>(market.supply_places.size()));
      if (is_new) {
        const auto [own, first] = owner_numbers.emplace(owner, static_cast<std::uint32_t>(market.owner_places.size()));
        if (first) market.owner_places.push_back(supplier.places ? 3 * std::max<std::int64_t>(0, *supplier.places - supplier.taken) : 20);
        market.owner_of.push_back(own->second);
        market.supply_places.push_back(10);
      }
      market.pairs.push_back({i, at->second, mutual_worth(one.score, view)});
    }
  return market;
}

void measure(const NightArguments& arguments) {
  const auto files = Files::below(JINGWEI_SOURCE);
  const Codes codes(files);
  std::filesystem::create_directories(arguments.files.folder);
  const auto engine = Engine::load(files);
  fill(*engine, arguments, codes);
  const auto needs = needs_of(arguments, codes);
  const std::size_t owners = std::max<std::size_t>(10, engine->state().documents * kOwnersPerMillion / 1'000'000);
  malloc_trim(0);
  const double rss_before = rss_mb();
  const double begun = seconds_now();
  const double cpu_begun = cpu_seconds();
  std::vector<std::vector<Found>> found(needs.size());
  engine->match_all(needs, {.limit = kFoundPerNeed}, arguments.threads, [&](std::size_t need, std::span<const Found> best) { found[need].assign(best.begin(), best.end()); });
  const double matched = seconds_now();
  const double cpu_matched = cpu_seconds();
  const Market market = market_of(needs, found, owners);
  const double viewed = seconds_now();
  const Spread result = spread(market);
  const double spread_done = seconds_now();
  std::cout << json::object{{"engine", "jingwei-nightly"},
                            {"documents", engine->state().documents},
                            {"needs", needs.size()},
                            {"threads", arguments.threads},
                            {"pairs", market.pairs.size()},
                            {"owners", market.owner_places.size()},
                            {"given", result.chosen.size()},
                            {"of_best", result.worth / std::max(1e-9, result.bound)},
                            {"match_s", matched - begun},
                            {"match_cpu_s", cpu_matched - cpu_begun},
                            {"view_s", viewed - matched},
                            {"spread_s", spread_done - viewed},
                            {"seconds", spread_done - begun},
                            {"cpu_s", cpu_seconds() - cpu_begun},
                            {"more_mb", rss_mb() - rss_before}}
            << '\n';
}

}  // namespace
}  // namespace jingwei::match::bench

int main(int argc, char** argv) {
  try {
    jingwei::match::bench::measure(jingwei::match::bench::parse(argc, argv));
  } catch (const jingwei::Rejected& rejected) {
    std::cerr << "jingwei: " << rejected.message().en << '\n';
    return 1;
  } catch (const std::exception& error) {
    std::cerr << "jingwei: " << error.what() << '\n';
    return 1;
  }
}
