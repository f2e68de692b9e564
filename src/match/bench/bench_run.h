// What every engine of `./bench match` is put through, Jingwei's and its peers': the same queries in the same order, one thread,
// warm, wall time. Needs the standard library and Boost.JSON only, because the peers are built without Jingwei.
//
// A line of the output: {engine, class, k, filter, queries, p50_ms, p99_ms, per_second, ndcg10, ranks, index_mb, build_s, memory_mb}.
// ndcg10 is over known items: 1 / log2(rank + 1) of the supply that the query was made from, 0 beyond ten. `queries` is less than
// the file holds when an engine is too slow for the time that one line may take; a fast one answers them several times, and all of its
// times count. `ranks` (of the known item, 0: not within ten) lets two engines be compared over the queries that both answered.
#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace jingwei::match::bench {

namespace json = boost::json;

constexpr std::size_t kWarmQueries = 100;
constexpr std::size_t kTimedQueriesLeast = 30;  ///< of a line, however slow the engine is
/// For so long a fast engine answers the queries again and again: one pass takes it a quarter of a second, and a slow moment of the
/// machine would be the figure.
constexpr double kLineSecondsLeast = 3;
constexpr std::size_t kRunDepth = 100;

/// A line of supplies.jsonl.
struct Entry {
  std::string id;
  std::string kind;
  std::string title;
  std::string text;
  std::string segment;
  std::string region;  ///< 嘉兴南湖; a filter is a beginning of it
  json::object all;
};

/// A line of queries.jsonl; what is absent stays empty.
struct Query {
  std::string id;
  std::string query_class;
  std::string title;
  std::string text;
  std::string segment;
  std::string region;
  std::string known;
  std::string filter_kind;
  std::string filter_region;
  std::string words() const { return text.empty() ? title : title + "\n" + text; }
};

struct Arguments {
  std::filesystem::path supplies;
  std::filesystem::path queries;
  std::filesystem::path folder;  ///< for the index of an engine that keeps it in files
  std::filesystem::path run;     ///< TREC run file to write instead of measuring times; empty: none
  double seconds = 20;           ///< that one line may take, once so many queries are answered:
  std::size_t least = kTimedQueriesLeast;
};

inline Arguments parse_arguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view flag = argv[i];
    if (flag == "--supplies")
      arguments.supplies = argv[i + 1];
    else if (flag == "--queries")
      arguments.queries = argv[i + 1];
    else if (flag == "--folder")
      arguments.folder = argv[i + 1];
    else if (flag == "--run")
      arguments.run = argv[i + 1];
    else if (flag == "--seconds")
      arguments.seconds = std::stod(argv[i + 1]);
    else if (flag == "--least")
      arguments.least = std::stoul(argv[i + 1]);
    else
      throw std::invalid_argument("unknown option " + std::string(flag));
  }
  if (arguments.supplies.empty() || arguments.queries.empty() || arguments.folder.empty())
    throw std::invalid_argument("--supplies F --queries F --folder DIR [--run OUT] [--seconds S] [--least N]");
  return arguments;
}

inline void each_line(const std::filesystem::path& file, const std::function<void(json::object)>& use) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) use(json::parse(line).as_object());
  if (!in.eof()) throw std::runtime_error("cannot be read: " + file.string());
}

inline std::string text_of(const json::object& line, std::string_view key) {
  const auto* value = line.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

inline void each_entry(const std::filesystem::path& file, const std::function<void(const Entry&)>& use) {
  each_line(file, [&](json::object line) {
    Entry entry{
        text_of(line, "id"), text_of(line, "kind"), text_of(line, "title"), text_of(line, "text"), text_of(line, "segment"), text_of(line, "region"), {}};
    entry.all = std::move(line);
    use(entry);
  });
}

inline std::vector<Query> read_queries(const std::filesystem::path& file) {
  std::vector<Query> queries;
  each_line(file, [&](const json::object& line) {
    queries.push_back({text_of(line, "id"), text_of(line, "class"), text_of(line, "title"), text_of(line, "text"), text_of(line, "segment"),
                       text_of(line, "region"), text_of(line, "known"), text_of(line, "filter_kind"), text_of(line, "filter_region")});
  });
  return queries;
}

/// 嘉兴, 嘉兴南, 嘉兴南湖 of 嘉兴南湖: what an engine indexes to answer filters by a beginning.
inline std::vector<std::string> beginnings(const std::string& region) {
  std::vector<std::string> all;
  for (std::size_t bytes = 6; bytes <= region.size(); bytes += 3) all.push_back(region.substr(0, bytes));
  return all;
}

inline double seconds_now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

inline double rss_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) * 1024 / 1e6;
  return 0;
}

inline double folder_mb(const std::filesystem::path& folder) {
  double bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  return bytes / 1e6;
}

/// `times` in any order; in milliseconds.
inline double percentile(std::vector<double> times, double share) {
  if (times.empty()) return 0;
  std::sort(times.begin(), times.end());
  return times[std::min(times.size() - 1, static_cast<std::size_t>(static_cast<double>(times.size()) * share))];
}

using Search = std::function<std::vector<std::string>(const Query& query, std::size_t k, bool filtered)>;

struct Built {
  std::string engine;
  double build_s = 0;
  double index_mb = 0;
};

/// From 1; 0 when it is not among the first ten.
inline int known_item_rank(const std::vector<std::string>& found, const std::string& known) {
  const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(10, found.size()));
  const auto at = std::find(found.begin(), end, known);
  return at == end ? 0 : static_cast<int>(at - found.begin()) + 1;
}

inline void measure_line(const Built& built, const std::vector<const Query*>& queries, std::size_t k, bool filtered, const Search& search,
                         const Arguments& limits) {
  double begun = seconds_now();
  for (std::size_t i = 0; i < std::min(kWarmQueries, queries.size()) && seconds_now() - begun < limits.seconds / 4; ++i) (void)search(*queries[i], k, filtered);
  std::vector<double> times;
  std::vector<int> ranks;
  double gain = 0;
  begun = seconds_now();
  for (std::size_t i = 0;; ++i) {
    if (i >= queries.size() && seconds_now() - begun > kLineSecondsLeast) break;
    if (times.size() >= limits.least && seconds_now() - begun > limits.seconds) break;
    const Query& query = *queries[i % queries.size()];
    const double before = seconds_now();
    const auto found = search(query, k, filtered);
    times.push_back((seconds_now() - before) * 1000);
    if (i >= queries.size()) continue;
    ranks.push_back(known_item_rank(found, query.known));
    if (ranks.back() != 0) gain += 1 / std::log2(ranks.back() + 1.0);
  }
  const double count = static_cast<double>(times.size());
  double total = 0;
  for (const double time : times) total += time;
  std::cout << json::object{{"engine", built.engine},
                            {"class", queries.front()->query_class},
                            {"k", k},
                            {"filter", filtered},
                            {"queries", ranks.size()},
                            {"p50_ms", percentile(times, 0.5)},
                            {"p99_ms", percentile(times, 0.99)},
                            {"per_second", 1000 * count / total},
                            {"ndcg10", gain / static_cast<double>(ranks.size())},
                            {"ranks", json::value_from(ranks)},
                            {"index_mb", built.index_mb},
                            {"build_s", built.build_s},
                            {"memory_mb", rss_mb()}}
            << "\n"
            << std::flush;
}

inline std::vector<const Query*> of_class(const std::vector<Query>& queries, std::string_view wanted) {
  std::vector<const Query*> chosen;
  for (const Query& query : queries)
    if (query.query_class == wanted) chosen.push_back(&query);
  return chosen;
}

/// Every class, top 10 and 100, with and without a filter by kind and region.
inline void measure_all(const Built& built, const std::vector<Query>& queries, const Search& search, const Arguments& limits) {
  for (const std::string_view query_class : {"words", "title", "need"}) {
    const auto chosen = of_class(queries, query_class);
    if (chosen.empty()) continue;
    for (const std::size_t k : {10, 100})
      for (const bool filtered : {false, true}) measure_line(built, chosen, k, filtered, search, limits);
  }
}

inline void write_run(const std::filesystem::path& file, const std::string& engine, const std::vector<Query>& queries, const Search& search) {
  std::ofstream out(file);
  for (const Query& query : queries) {
    std::size_t rank = 0;
    for (const auto& id : search(query, kRunDepth, false)) {
      ++rank;
      out << query.id << " Q0 " << id << ' ' << rank << ' ' << 1.0 / static_cast<double>(rank) << ' ' << engine << '\n';
    }
  }
  out.close();
  if (!out) throw std::runtime_error("cannot be written: " + file.string());
}

/// A peer has build(arguments), index_mb() and search(query, k, filtered). The whole of a peer's main.
template <class Peer>
int run_peer(const std::string& engine, int argc, char** argv) {
  try {
    const Arguments arguments = parse_arguments(argc, argv);
    const auto queries = read_queries(arguments.queries);
    std::filesystem::create_directories(arguments.folder);
    Peer peer;
    const double begun = seconds_now();
    peer.build(arguments);
    const Built built{engine, seconds_now() - begun, peer.index_mb()};
    const Search search = [&](const Query& query, std::size_t k, bool filtered) { return peer.search(query, k, filtered); };
    if (arguments.run.empty())
      measure_all(built, queries, search, arguments);
    else
      write_run(arguments.run, engine, queries, search);
  } catch (const std::exception& error) {
    std::cerr << engine << ": " << error.what() << '\n';
    return 1;
  }
  return 0;
}

}  // namespace jingwei::match::bench
